"""Whether the files together list every order and say of each whether it was late: else there is no rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from poa.account.listing import late_lists, listing, silent
from poa.analysis.rates import Counting, lists_late_orders_only
from poa.analysis.windows import Window
from poa.facts import NoRate, Problem
from poa.orders import Basis, Orders
from poa.reports.reading import ReportRows

_NO_ORDERS = {"repeated_header"}  # refused rows that are about no order


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """What makes up numerator and denominator, and the words that say why it was taken so.

    ``listing`` list every order; of them ``silent`` say nothing of confirmations. ``lists`` hold late
    orders. ``all_late_known`` is true where one of these tells every late order. ``inferred`` is true where a list of late orders stands for the confirmations of the others.
    ``by`` is the date that all of them have; ``no_rate`` says why there is no rate, and is empty where there is.
    """

    complete: bool
    inferred: bool
    all_late_known: bool
    by: Basis
    reports: tuple[ReportRows, ...]
    listing: tuple[ReportRows, ...]
    silent: tuple[ReportRows, ...]
    lists: tuple[ReportRows, ...]
    conflicts: tuple[Problem, ...] = ()
    no_rate: NoRate = ""
    assumptions: tuple[str, ...] = ()

    @property
    def refused(self) -> int:
        """Rows of the lists of late orders that name an order and could not be used, conflicts among them."""
        names = {report.name for report in self.lists}
        return sum(row.file in names for row in self.conflicts) + sum(
            row.refused
            and row.code not in _NO_ORDERS
            and not (row.code == "bad_order_id" and row.value is None)
            for report in self.lists
            for row in report.problems
        )

    def judged(self, counting: Counting, longest: Window) -> Completeness:
        """The same after counting, with the words, and why there is no rate where there is none."""
        no_rate, words = self._judge(counting, longest)
        return replace(self, complete=not no_rate, no_rate=no_rate, assumptions=(*self.assumptions, words))

    def _judge(self, counting: Counting, longest: Window) -> tuple[NoRate, str]:
        names, lists = _names(self.reports), _verb(self.reports)
        if not counting.tells:
            return "no_confirmations", f"{names}: no file says when orders were confirmed."
        if not self.complete:
            if not self.all_late_known:
                words = f"{names} {lists} some orders; the late ones among them are not all there were."
                return "some_orders", words
            return "late_orders_only", _no_denominator(names, counting)
        unlisted = longest.holds(counting.days) & counting.late & ~counting.orders.table["listed"].to_numpy()
        if unlisted.any():
            return "unlisted_late_orders", (
                f"{int(np.count_nonzero(unlisted)):,} late orders from {longest.first} to {longest.last} are not in"
                f" {_names(self.listing)}, so that does not list every order of these days."
            )
        if self.silent:
            return self._judge_silent(counting, longest)
        if all(report.complete for report in self.reports):
            return "", f"{names} {lists} every order, as the seller states."
        if lists_late_orders_only(counting, longest):
            return "late_orders_only", (
                f"{names}: more than half of the orders from {longest.first} to {longest.last} are late, so it is"
                " taken as a list of late orders only."
            )
        return "", f"{names} is taken to list every order, not only late ones."

    def _judge_silent(self, counting: Counting, longest: Window) -> tuple[NoRate, str]:
        unknown = int(np.count_nonzero(longest.holds(counting.days) & counting.unknown))
        silent, list_ = _names(self.silent), _verb(self.silent)
        if self.inferred and self.refused:
            return "refused_late_rows", (
                f"{_names(self.lists)}: {self.refused:,} rows could not be used, so not every late order is known, and"
                f" what {silent} {list_} beside them cannot be taken as not late."
            )
        if self.inferred:
            return "", (
                f"{_names(self.lists)} is taken to hold every late order from {longest.first} to {longest.last}: the"
                f" {unknown:,} orders of these days that are in {silent} and not in it count as not late."
            )
        if not unknown:
            return "", f"{silent} {list_} every order, and the other files say when each was confirmed."
        return "unknown_confirmations", (
            f"{silent} {list_} every order; of {unknown:,} orders from {longest.first} to {longest.last} no file"
            " says whether they were confirmed in time."
        )


def completeness_of(
    reports: Sequence[ReportRows],
    orders: Orders,
    *,
    by: Basis,
    chosen: bool,
    conflicts: tuple[Problem, ...] = (),
) -> Completeness:
    """What the files are for the rate; ``chosen`` says that the user named the date to count by.

    ``conflicts`` are the rows of orders that are told in different ways.
    """
    # A list of late orders none of which is of this store says nothing of its other orders.
    lists = late_lists(reports) if orders.table["told"].any() else ()
    full, quiet = listing(reports), silent(reports)
    words: tuple[str, ...] = ()
    if quiet and not chosen and by == "ship-by" and not _have_deadlines(orders):
        by = "purchase"
        changed = f"{_names(quiet)} has no ship-by dates, so orders are counted by their purchase day"
        words = (f"{changed}.",)
    return Completeness(
        complete=bool(full),
        inferred=bool(quiet and lists),
        all_late_known=bool(lists) or any("ship_confirmed" in report.columns for report in full),
        by=by,
        reports=tuple(reports),
        listing=full,
        silent=quiet,
        lists=lists,
        conflicts=conflicts,
        assumptions=words,
    )


def _have_deadlines(orders: Orders) -> bool:
    """Whether the orders whose confirmation no file tells have ship-by dates, from whichever file."""
    table = orders.table
    listed = table["listed"] & ~table["told"]
    return not listed.any() or bool(table["ship_by"][listed].notna().any())


def _no_denominator(names: str, counting: Counting) -> str:
    on_time = int(np.count_nonzero(counting.confirmed & ~counting.late))
    if on_time:
        return (
            f"{names}: orders on time are in it ({on_time:,}), so it is no list of late orders only; that it lists every"
            " order is not stated (--complete states it)."
        )
    return f"{names} is taken as a list of late orders only, which does not say how many orders there were."


def _verb(reports: Sequence[ReportRows]) -> str:
    return "lists" if len(reports) == 1 else "together list"


def _names(reports: Sequence[ReportRows]) -> str:
    return ", ".join(report.name for report in reports)
