"""What a case file holds: causes, actions and evidence as a graph, and every field of it optional.

A cause has a code of the taxonomy, the rows that show it, the gap in the seller's own control and the
whys that lead there; every corrective and preventive action belongs to a cause; evidence is a file.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from poa.characters import clean


def _day(value: object) -> object:
    """A day as the file may write it: bare, in quotes, or left empty."""
    if isinstance(value, str):
        return date.fromisoformat(value.strip()) if value.strip() else None
    return value


def _yes_or_no(value: object) -> object:
    """An answer as the file may write it: yes, no, true, false, or left empty."""
    if isinstance(value, str):
        return {"": None, "yes": True, "no": False}.get(value.strip().casefold(), value)
    return value


def _file_name(value: object) -> object:
    """A file's name as the folder gives it: accents composed, as macOS does not, and slashes forward."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.strip()).replace("\\", "/")
    return value


def _text(value: object) -> object:
    """Words, or nothing where no sign of them can be seen."""
    return "" if isinstance(value, str) and not clean(value) else value


Day: TypeAlias = Annotated[date | None, BeforeValidator(_day)]
YesNo: TypeAlias = Annotated[bool | None, BeforeValidator(_yes_or_no)]


def _number(value: object) -> object:
    """A figure as the file may write it: 4, 4.5, or left empty; no truth value, which Python takes for one."""
    if isinstance(value, str) and not value.strip():
        return None
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _whole(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Target: TypeAlias = Annotated[
    Annotated[float, Field(ge=0, allow_inf_nan=False)] | None, BeforeValidator(_number)
]
Weeks: TypeAlias = Annotated[Annotated[int, Field(ge=1, le=52)] | None, BeforeValidator(_whole)]
Words: TypeAlias = Annotated[
    str, BeforeValidator(_text), StringConstraints(strip_whitespace=True, max_length=2_000)
]
FileName: TypeAlias = Annotated[str, BeforeValidator(_file_name), StringConstraints(max_length=2_000)]


class Part(BaseModel):
    """One heading of the file; what it does not know is refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Seller(Part):
    """Who writes: the account's name as Amazon knows it, and its store.

    ``language`` is what the seller reads (en, zh, ja, de): that of cover and questions. ``origin`` is the country
    that the goods come from, ``own_warehouse`` what the files call own stock.
    """

    name: Words | None = None
    marketplace: Words | None = None
    language: Words | None = None
    origin: Words | None = None
    own_warehouse: tuple[Words, ...] = ()


class Notice(Part):
    """What Amazon sent, as a file of the case folder, and what only a look at Account Health can tell.

    ``deadline`` wins over the days that the text names. ``quiz_offered``, ``appeal_button``,
    ``automated_handling_time`` and ``repeat_on_time_delivery`` are yes, no, or not known;
    ``answered_apart`` are other matters of the notice that have an answer of their own.
    """

    date: Day = None
    file: FileName | None = None
    deadline: Day = None
    quiz_offered: YesNo = None
    appeal_button: YesNo = None
    automated_handling_time: YesNo = None
    repeat_on_time_delivery: YesNo = None
    answered_apart: tuple[Words, ...] = ()


class Cause(Part):
    """A root cause as the seller states it.

    ``code`` and ``gap`` are of the taxonomy (``poa/policy/causes.toml``); ``shown_by`` names the rows, such
    as ``supplier: Alder Supply`` or ``step: confirmation``, and is empty where they show nothing.
    ``statement`` is the gap in the seller's own work; ``why`` leads to it, each step answering why the one
    before it happened; ``escape`` says why it was not noticed before the ship-by time.
    """

    id: Words | None = None
    code: Words | None = None
    shown_by: Words | None = None
    gap: Words | None = None
    statement: Words | None = None
    why: tuple[Words, ...] = ()
    escape: Words | None = None


class Action(Part):
    """What the weekly page needs of any action, beside what the letter says of it.

    ``id`` is what it is called there (C1, P1 … by its place where none is given). ``kpi`` is the control figure
    of ``poa/policy/kpis.toml`` that rows can check, ``target`` its target in that figure's unit (hours, orders, or a
    fraction such as 0.02), ``weeks`` in how many weeks running it must hold before the action is closed.
    """

    id: Words | None = None
    cause: Words | None = None
    kpi: Words | None = None
    target: Target = None
    weeks: Weeks = None


class Corrective(Action):
    """Something done about a cause, with its day, and the file in ``evidence/`` that shows it."""

    action: Words | None = None
    role: Words | None = None
    date: Day = None
    evidence: FileName | None = None


class Preventive(Action):
    """A control from now on: what, who by role, from when, how often, measured by what with which target."""

    control: Words | None = None
    role: Words | None = None
    start: Day = None
    frequency: Words | None = None
    measure: Words | None = None


class Check(Part):
    """The seller's own word on whether an action held in a week (``2026-W44``), where no file can tell."""

    action: Words | None = None
    week: Words | None = None
    held: YesNo = None
    note: Words | None = None


class Evidence(Part):
    """What a file in ``evidence/`` is: ``title`` is how the papers call it, ``date`` the day that it shows.

    ``shows`` says what it proves where no action names it; the file is then enclosed for that.
    """

    file: FileName | None = None
    title: Words | None = None
    date: Day = None
    shows: Words | None = None


class Case(Part):
    """The case file, version 1. ``letter_date`` is the day that stands on the letter, ``options`` what a pack asks."""

    case: Literal[1] = 1
    letter_date: Day = None
    seller: Seller = Field(default_factory=Seller)
    notice: Notice = Field(default_factory=Notice)
    cause: tuple[Cause, ...] = ()
    corrective: tuple[Corrective, ...] = ()
    preventive: tuple[Preventive, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    check: tuple[Check, ...] = ()
    options: dict[str, bool | int | float | date | Words] = Field(default_factory=dict)
