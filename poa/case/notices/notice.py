"""What was read in a notice: the contract of ``poa notice --json``, and nothing that is not written there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal, TypeAlias

Condition: TypeAlias = Literal["less_than", "at_least", "at_most"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A target that the notice writes: a fraction (0.04 for 4 %) and how the rate must stand to it."""

    kind: str
    value: Fraction
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The time to answer, as written: days, hours, or a date; ``counted_from_first`` is the first notice's time."""

    days: int | None = None
    hours: int | None = None
    date: date | None = None
    counted_from_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing that is asked: its code in the contract, and the notice's own line."""

    code: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotice:
    """A notice as read; ``kinds`` is empty and ``stage`` None where the text is no notice.

    ``asks_lines`` stand in the notice's order; ``metric_values`` are the account's own rates by kind;
    ``plan_asked`` is true where a plan of action or an appeal is asked for, ``quiz_named`` where a quiz is
    written of, ``wrong_channel`` where an answer was refused for the way it took. ``unsure`` says in words
    what could not be told.
    """

    kinds: tuple[str, ...] = ()
    stage: str | None = None
    scope: str | None = None
    marketplace: str | None = None
    language: str | None = None
    thresholds: tuple[Threshold, ...] = ()
    windows_days: tuple[int, ...] = ()
    metric_values: tuple[tuple[str, Fraction], ...] = ()
    deadline: Deadline = Deadline()
    channel: str | None = None
    tense: str | None = None
    asks_lines: tuple[Ask, ...] = ()
    received: date | None = None
    plan_asked: bool = False
    quiz_named: bool = False
    repeated: bool = False
    wrong_channel: bool = False
    unsure: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[str, ...]:
        """The codes of what is asked, each once, in the notice's order."""
        return tuple(dict.fromkeys(ask.code for ask in self.asks_lines))

    @property
    def asks_text(self) -> tuple[str, ...]:
        """The notice's own request lines, each once, in its order."""
        return tuple(dict.fromkeys(ask.line for ask in self.asks_lines))

    @property
    def metric_value(self) -> Fraction | None:
        """The account's own rate of the first kind; None where the notice writes none, or several."""
        first = self.kinds[0] if self.kinds else None
        found = {value for kind, value in self.metric_values if kind == first or len(self.kinds) == 1}
        return found.pop() if len(found) == 1 else None


def due_on(notice: ReadNotice, received: date | None) -> date | None:
    """The day by which an answer is due: the one written, or counted from the day of receipt."""
    deadline = notice.deadline
    if deadline.date is not None:
        return deadline.date
    if deadline.days is None or received is None or deadline.counted_from_first:
        return None
    try:
        return received + timedelta(days=deadline.days)
    except OverflowError:
        return None


def notice_data(notice: ReadNotice, first: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The JSON of the contract, version 1; ``first`` are the first steps as data."""
    day = notice.deadline.date
    value = notice.metric_value
    return {
        "notice": 1,
        "kinds": list(notice.kinds),
        "stage": notice.stage,
        "scope": notice.scope,
        "marketplace": notice.marketplace,
        "language": notice.language,
        "thresholds": [
            {"kind": one.kind, "value": float(one.value), "condition": one.condition}
            for one in notice.thresholds
        ],
        "windows_days": list(notice.windows_days),
        "metric_value": None if value is None else float(value),
        "metric_values": [{"kind": kind, "value": float(value)} for kind, value in notice.metric_values],
        "deadline": {
            "days": notice.deadline.days,
            "hours": notice.deadline.hours,
            "date": day.isoformat() if day else None,
            "counted_from_first": notice.deadline.counted_from_first,
        },
        "channel": notice.channel,
        "tense": notice.tense,
        "asks": list(notice.asks),
        "asks_text": list(notice.asks_text),
        "asks_lines": [{"ask": ask.code, "line": ask.line} for ask in notice.asks_lines],
        "received": notice.received.isoformat() if notice.received else None,
        "unsure": [str(sentence) for sentence in notice.unsure],
        "first": [dict(step) for step in first],
    }
