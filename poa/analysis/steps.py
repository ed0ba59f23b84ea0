"""The late orders by the step in which they lost their time, as facts: bounds, hours, contradictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from poa.analysis.rates import LATE, Counting
from poa.analysis.stages import (
    ALL,
    Bits,
    C,
    D,
    H,
    Times,
    dispatch_halves,
    out_of_order,
    overrun,
    possibly,
    stage_sets,
    surely,
    times_of,
)
from poa.analysis.windows import Window
from poa.facts import Between, CauseStages, Figure, Rows, StageBounds, Stages
from poa.orders import Mask, Positions

Step = Literal["dispatch", "handover", "confirmation"]

_BITS: dict[Step, int] = {"dispatch": D, "handover": H, "confirmation": C}
_HOUR = 3600


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Steps:
    """Late orders (positions in the order table, ascending) and the steps that each may have been in."""

    counting: Counting
    positions: Positions
    sets: Bits
    times: Times

    def chosen(self, positions: Positions) -> Steps:
        """The same of some of the orders."""
        inside = np.isin(self.positions, positions)
        return Steps(
            counting=self.counting,
            positions=self.positions[inside],
            sets=self.sets[inside],
            times=_some(self.times, inside),
        )

    def bounds(self, name: str, step: Step, rule: str) -> Between:
        """Lower and upper bound of a step as figures whose ids begin with ``name``."""
        return (
            self.figure(
                f"{name}.low", surely(self.sets, _BITS[step]), f"{rule}, surely in {step} at the deadline"
            ),
            self.figure(
                f"{name}.high",
                possibly(self.sets, _BITS[step]),
                f"{rule}, in {step} at the deadline or not told",
            ),
        )

    def figure(self, name: str, which: Mask, rule: str) -> Figure:
        """How many of these orders are chosen, and their rows."""
        rows = self.counting.orders.behind(self.positions[which], rule)
        return Figure(id=name, value=rows.orders, unit="orders", rows=rows)


def _some(times: Times, inside: Mask) -> Times:
    names = ("purchased", "ordered", "dispatched", "scanned", "confirmed", "ship_by")
    return Times(**{name: getattr(times, name)[inside] for name in names}, days=times.days)


def steps_of(counting: Counting, *, days: frozenset[str]) -> Steps:
    """The steps of every late order; ``days`` names the columns that tell bare days."""
    lines = counting.orders.late_lines
    times = times_of(lines, days)
    return Steps(
        counting=counting,
        positions=lines.index.to_numpy(),
        sets=stage_sets(times),
        times=times,
    )


def stages(steps: Steps, window: Window) -> Stages:
    """The late orders of the window by step."""
    counting = steps.counting
    inside = np.flatnonzero(window.holds(counting.days) & counting.late)
    mine = steps.chosen(inside)
    rule = counting.rule_of(window, LATE)
    routing = supplier = None
    if not np.isnat(mine.times.ordered).all():
        routing, supplier = _halves(mine, rule)
    hours = _hours(mine, rule)
    return Stages(
        late=mine.figure("stages.late", np.ones(len(mine.positions), dtype=bool), rule),
        dispatch=_bounds(mine, "dispatch", rule),
        routing=routing,
        supplier=supplier,
        handover=_bounds(mine, "handover", rule),
        confirmation=_bounds(mine, "confirmation", rule),
        unattributed=mine.figure("stages.unattributed", mine.sets == ALL, f"{rule}, no time tells the step"),
        contradicting=mine.figure(
            "stages.contradicting",
            out_of_order(mine.times),
            f"{rule}, with times that cannot be in this order",
        ),
        **hours,
    )


def _bounds(steps: Steps, step: Step, rule: str) -> StageBounds:
    low, high = steps.bounds(f"stages.{step}", step, rule)
    return StageBounds(low=low, high=high)


def _halves(steps: Steps, rule: str) -> tuple[StageBounds, StageBounds]:
    """Dispatch in two: our own routing until the supplier had the order, the supplier from then on."""
    at_routing, at_supplier = dispatch_halves(steps.times, steps.sets)
    sure = surely(steps.sets, D)

    def half(name: str, mine: Mask, other: Mask, words: str) -> StageBounds:
        return StageBounds(
            low=steps.figure(f"stages.{name}.low", sure & mine & ~other, f"{rule}, surely {words}"),
            high=steps.figure(f"stages.{name}.high", mine, f"{rule}, {words} or not told"),
        )

    return (
        half("routing", at_routing, at_supplier, "not yet ordered at the supplier at the deadline"),
        half("supplier", at_supplier, at_routing, "at the supplier at the deadline"),
    )


def _hours(steps: Steps, rule: str) -> dict[str, Figure]:
    """Hours past the deadline in each step; None where confirmations are bare days."""
    told = "confirmed" not in steps.times.days
    spent = overrun(steps.times)
    return {
        f"{name}_hours": Figure(
            id=f"stages.{name}_hours",
            value=float(seconds.astype(np.int64).sum()) / _HOUR if told else None,
            unit="hours",
            rows=Rows(
                rule=f"{rule}, hours from deadline to confirmation spent in {name}", orders=len(seconds)
            ),
        )
        for name, seconds in spent.items()
    }


def cause_stages(steps: Steps, positions: Positions, *, name: str, rule: str) -> CauseStages:
    """The late orders among some positions by step, of a cause whose figures are called ``name``."""
    mine = steps.chosen(positions)
    return CauseStages(**{step: mine.bounds(f"{name}.{step}", step, rule) for step in _BITS})
