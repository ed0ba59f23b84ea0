"""Why orders are confirmed late, as data: the causes, the gaps in the seller's own control, what to offer for each.

The sentences are those of ``causes.toml``; they are proposals and become the seller's only by being
confirmed. Slots such as ``{late}`` are filled from facts alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, TypeVar

from poa.errors import UsageFault, did_you_mean
from poa.policy import Sure, table

Layer: TypeAlias = Literal["internal", "partner", "external"]
Option: TypeAlias = Literal["RAISE_HANDLING", "SECOND_SOURCE", "MOVE_TO_FBA"]
T = TypeVar("T", "CauseCode", "GapCode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Immediate:
    """Something done at once, as done (``past``) and as intended (``future``).

    The ``plain`` sentences stand in where the rows do not fill a slot; an empty one means: not offered then.
    """

    past: str
    future: str
    plain_past: str = ""
    plain_future: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preventive:
    """A control from now on: what, which role, how often, measured by what.

    ``plain`` is the measure without a number of the rows. ``kind`` is ``backup`` where it stands by for a
    single source, person or carrier. ``note``, ``while_delayed`` (where a delay that
    stands out lies in the measured days) and ``by_confirmation`` (where confirmations alone tell the hand-over)
    speak to the seller and never stand in a letter.
    """

    control: str
    role: str
    frequency: str
    measure: str
    plain: str = ""
    kind: Literal["", "backup"] = ""
    note: str = ""
    while_delayed: str = ""
    by_confirmation: str = ""
    never_alone: bool = False
    source: str = ""
    sure: Sure | Literal[""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseCode:
    """A cause of the taxonomy.

    ``because`` is its step of a why-chain. ``shown_by`` names the facts that can show it (``stage.supplier``,
    ``handling``, ``surge`` …) and is empty where rows cannot; ``needs`` says what would. One that is not
    ``in_letter`` is told to the seller with its ``note`` and is no cause of a letter.
    """

    code: str
    layer: Layer
    title: str
    meaning: str
    because: str
    test: str
    shown_by: tuple[str, ...]
    needs: str
    x12: tuple[str, ...]
    source: str
    sure: Sure
    options: tuple[Option, ...]
    immediate: tuple[Immediate, ...]
    preventive: tuple[Preventive, ...]
    note: str = ""
    in_letter: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCode:
    """A gap in the seller's own control that let a cause through.

    ``statement`` is in the first person; ``escape`` says why it was not noticed before the ship-by time;
    ``why`` leads to what the seller controls; ``fits`` are the codes of the causes that it may stand beside.
    """

    code: str
    title: str
    statement: str
    escape: str
    why: tuple[str, ...]
    fits: tuple[str, ...]


@cache
def cause_codes() -> Mapping[str, CauseCode]:
    """Every cause by its code, in the order in which they are offered."""
    return MappingProxyType(
        {code: CauseCode(code=code, **_lists(row)) for code, row in table("causes.toml")["cause"].items()}
    )


@cache
def gap_codes() -> Mapping[str, GapCode]:
    """Every gap by its code, in the order in which they are offered."""
    return MappingProxyType(
        {code: GapCode(code=code, **_lists(row)) for code, row in table("causes.toml")["gap"].items()}
    )


@cache
def options() -> Mapping[str, Preventive]:
    """The measures that are offered only where the rows carry them, by name."""
    return MappingProxyType({name: Preventive(**row) for name, row in table("causes.toml")["option"].items()})


@cache
def common_immediate() -> tuple[Immediate, ...]:
    """What belongs to every cause: open orders first."""
    return tuple(Immediate(**row) for row in table("causes.toml")["common"])


def cause_code(code: str) -> CauseCode:
    """The cause with this code; raises UsageFault for one that the taxonomy lacks."""
    return _known(code, cause_codes(), what="cause")


def gap_code(code: str) -> GapCode:
    """The gap with this code; raises UsageFault for one that the taxonomy lacks."""
    return _known(code, gap_codes(), what="gap")


def _known(code: str, known: Mapping[str, T], *, what: str) -> T:
    found = known.get(code.strip().upper())
    if found is None:
        raise UsageFault(
            f"unknown_{what}",
            f"'{code}' is no {what} of the list{did_you_mean(code.strip().upper(), known)}",
            hint=f"Use one of {', '.join(known)}.",
        )
    return found


def _lists(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the file with its lists as tuples, and its actions as what they are."""
    made = {"immediate": Immediate, "preventive": Preventive}
    return {
        key: tuple(made[key](**one) if key in made else one for one in value)
        if isinstance(value, list)
        else value
        for key, value in row.items()
    }
