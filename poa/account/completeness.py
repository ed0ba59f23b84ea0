"""Whether the files together list every order and say of each whether it was late: else there is no rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from poa.account.listing import late_lists, listing, silent
from poa.analysis.rates import Counting, lists_late_orders_only
from poa.analysis.windows import Window
from poa.facts import NoRate, Problem
from poa.orders import Basis, Orders
from poa.reports.reading import ReportRows
from poa.words import Said, counted, said

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

    def _judge(self, counting: Counting, longest: Window) -> tuple[NoRate, Said]:
        names, files = _names(self.reports), len(self.reports)
        if not counting.tells:
            return "no_confirmations", said("{names}: no file says when orders were confirmed.", names=names)
        if not self.complete:
            if not self.all_late_known:
                return "some_orders", counted(
                    files,
                    "{names} lists some orders; the late ones among them are not all there were.",
                    "{names} together list some orders; the late ones among them are not all there were.",
                    names=names,
                )
            return "late_orders_only", _no_denominator(names, counting)
        unlisted = longest.holds(counting.days) & counting.late & ~counting.orders.table["listed"].to_numpy()
        if unlisted.any():
            return "unlisted_late_orders", said(
                "{late} late orders from {first} to {last} are not in {listing}, so that does not list every order of"
                " these days.",
                late=counting.orders.count(unlisted),
                first=longest.first,
                last=longest.last,
                listing=_names(self.listing),
            )
        if self.silent:
            return self._judge_silent(counting, longest)
        if all(report.complete for report in self.reports):
            return "", counted(
                files,
                "{names} lists every order, as the seller states.",
                "{names} together list every order, as the seller states.",
                names=names,
            )
        if lists_late_orders_only(counting, longest):
            return "late_orders_only", said(
                "{names}: more than half of the orders from {first} to {last} are late, so it is taken as a list of"
                " late orders only.",
                names=names,
                first=longest.first,
                last=longest.last,
            )
        return "", said("{names} is taken to list every order, not only late ones.", names=names)

    def _judge_silent(self, counting: Counting, longest: Window) -> tuple[NoRate, Said]:
        unknown = counting.orders.count(longest.holds(counting.days) & counting.unknown)
        silent, files = _names(self.silent), len(self.silent)
        if self.inferred and self.refused:
            return "refused_late_rows", counted(
                files,
                "{lists}: {refused} rows could not be used, so not every late order is known, and what {silent} lists"
                " beside them cannot be taken as not late.",
                "{lists}: {refused} rows could not be used, so not every late order is known, and what {silent} together"
                " list beside them cannot be taken as not late.",
                lists=_names(self.lists),
                refused=self.refused,
                silent=silent,
            )
        if self.inferred:
            return "", said(
                "{lists} is taken to hold every late order from {first} to {last}: the {unknown} orders of these days"
                " that are in {silent} and not in it count as not late.",
                lists=_names(self.lists),
                first=longest.first,
                last=longest.last,
                unknown=unknown,
                silent=silent,
            )
        if not unknown:
            return "", counted(
                files,
                "{silent} lists every order, and the other files say when each was confirmed.",
                "{silent} together list every order, and the other files say when each was confirmed.",
                silent=silent,
            )
        return "unknown_confirmations", counted(
            files,
            "{silent} lists every order; of {unknown} orders from {first} to {last} no file says whether they were"
            " confirmed in time.",
            "{silent} together list every order; of {unknown} orders from {first} to {last} no file says whether they"
            " were confirmed in time.",
            silent=silent,
            unknown=unknown,
            first=longest.first,
            last=longest.last,
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
    words: tuple[Said, ...] = ()
    if quiet and not chosen and by == "ship-by" and not _have_deadlines(orders):
        by = "purchase"
        words = (
            said(
                "{names} has no ship-by dates, so orders are counted by their purchase day.",
                names=_names(quiet),
            ),
        )
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


def _no_denominator(names: str, counting: Counting) -> Said:
    on_time = counting.orders.count(counting.confirmed & ~counting.late)
    if on_time:
        return said(
            "{names}: orders on time are in it ({on_time}), so it is no list of late orders only; that it lists every"
            " order is not stated (--complete states it).",
            names=names,
            on_time=on_time,
        )
    return said(
        "{names} is taken as a list of late orders only, which does not say how many orders there were.",
        names=names,
    )


def _names(reports: Sequence[ReportRows]) -> str:
    return ", ".join(report.name for report in reports)
