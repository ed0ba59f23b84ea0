"""What became of one account: its papers and what stands in them, or the one sentence why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from poa.errors import GateNotMet, PoaError
from poa.facts import Facts

_AHEAD = 14  # days of the projection that count as near
_NONE = date.max.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A window's rate as the index shows it; ``breach_in``: days until it misses the target, 0 where it does."""

    days: int
    orders: int | None
    late: int | None
    rate: float | None
    target: float
    breach_in: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One account. ``fault`` is the error of the contract, None where the papers were made.

    ``fresh`` is false where they were made by an earlier run. ``open_points`` are the questions of a draft, and
    ``alarms`` the promises that are overdue or broken.
    """

    account: str
    fault: Mapping[str, Any] | None = None
    fresh: bool = True
    seller: str | None = None
    marketplace: str | None = None
    as_of: str | None = None
    deadline: str | None = None
    windows: tuple[Window, ...] = ()
    open_points: int | None = None
    alarms: int | None = None

    @property
    def failed(self) -> bool:
        """Whether there are no papers."""
        return self.fault is not None

    @property
    def urgency(self) -> tuple[str, int, str]:
        """What to sort by: the deadline, then the days until a target is missed, then the name."""
        near = [one.breach_in for one in self.windows if one.breach_in is not None]
        return (self.deadline or _NONE, min(near, default=_AHEAD + 1), self.account)

    def as_data(self) -> dict[str, Any]:
        """The outcome as JSON has it."""
        return {**asdict(self), "status": "failed" if self.failed else "done"}


def by_urgency(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The accounts by deadline, then by how soon a target is missed, then by name; those without either last."""
    return sorted(outcomes, key=lambda one: one.urgency)


def counted(number: int, thing: str) -> str:
    """``1 account``, ``2 accounts``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def from_data(data: Mapping[str, Any]) -> Outcome:
    """The outcome that :meth:`Outcome.as_data` wrote; raises TypeError or KeyError for what is none."""
    told = {name: value for name, value in data.items() if name != "status"}
    return Outcome(**{**told, "windows": tuple(Window(**one) for one in told["windows"])})


def failed(account: str, fault: PoaError, **known: Any) -> Outcome:
    """The outcome of an account that has no papers."""
    told = fault.as_data()
    if isinstance(fault, GateNotMet):
        told["open_points"] = list(fault.open_points)
    return Outcome(account=account, fault=told, **known)


def windows_of(facts: Facts) -> tuple[Window, ...]:
    """The windows that have a target, with the day on which each misses it if nothing changes."""
    ahead = {one.window_days: one.path for one in facts.projection or () if one.scenario == "current_rate"}
    found = []
    for rate in facts.late_shipment_rate:
        if rate.window_days is None:
            continue
        target = float(rate.target.value or 0)
        path = ahead.get(rate.window_days, ())
        near = (day for day, one in enumerate(path[: _AHEAD + 1]) if one is not None and one >= target)
        found.append(
            Window(
                days=rate.window_days,
                orders=_number(rate.orders.value),
                late=_number(rate.late.value),
                rate=None if rate.rate.value is None else float(rate.rate.value),
                target=target,
                breach_in=0 if rate.meets_target is False else next(near, None),
            )
        )
    return tuple(found)


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
