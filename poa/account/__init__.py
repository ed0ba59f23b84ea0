"""From the files of one account to its facts: read, join, count, and say what was assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from poa.account.assumptions import general, on_days, on_denominators, on_names
from poa.account.beside_amazon import beside_amazon
from poa.account.counted import Counted, counted, whole_file
from poa.account.joined import Account, Joined, check_strict, join
from poa.account.late_orders import late_orders
from poa.account.standing_out import standing_out
from poa.analysis.clocks import clocks
from poa.analysis.daily import daily
from poa.analysis.open_orders import open_orders
from poa.analysis.other_rates import other_rates
from poa.analysis.shares import late_by_supplier
from poa.doing import Doing, Tell
from poa.facts import VERSION, Facts, Figure, LateOrder, Rows, Source, SourceFile, StatedMetric
from poa.policy import auto_cancel_rule
from poa.reports.opening import Opened
from poa.reports.reading import ReportRows
from poa.reports.supplier_map import SupplierMap
from poa.words import said

__all__ = ["Account", "counted_facts", "facts_and_late_orders", "facts_of"]


def facts_of(account: Account, *, tell: Tell) -> Facts:
    """The facts of an account; ``tell`` is told what is being done.

    Raises InputFault or UsageFault for what cannot be used, GateNotMet where ``strict`` is asked for
    and a row was refused.
    """
    return counted_facts(account, joined_of(account, tell=tell))


def facts_and_late_orders(account: Account, *, tell: Tell) -> tuple[Facts, tuple[LateOrder, ...]]:
    """The facts, and the late orders of the longest window one by one; raises what ``facts_of`` raises."""
    joined = joined_of(account, tell=tell)
    facts = counted_facts(account, joined)
    return facts, late_orders(joined, facts)


def joined_of(account: Account, *, tell: Tell, tracking: bool = False) -> Joined:
    """The files of an account read and joined; raises GateNotMet where ``strict`` is asked for and a row was refused."""
    joined = join(account, tell=tell, tracking=tracking)
    check_strict(account, joined.problems)
    tell(Doing("Counting"))
    return joined


def counted_facts(account: Account, joined: Joined, found: Counted | None = None) -> Facts:
    """The facts of files that were read and joined, as they were counted; raises UsageFault for days that cannot be."""
    found = found or counted(account, joined)
    counting, completeness, windows = found.counting, found.completeness, found.windows
    stated, as_of, store, orders = found.stated, found.as_of, joined.store, joined.orders
    reports = joined.gathered.reports("orders")
    rates = tuple(map(found.rate, (*windows, whole_file(counting))))
    cancel = auto_cancel_rule(store.code)
    names = {report.name for report in reports}
    refused = sum(row.refused for row in joined.problems if row.file in names)
    others, missing = other_rates(
        counting,
        stated=[one for one in joined.stated if isinstance(one, StatedMetric)],
        packages=[report.rows for report in joined.gathered.reports("packages")],
        cancelled=joined.apart.cancelled,
        states=any("status" in report.columns and report.complete for report in reports),
        store=store.code,
        as_of=as_of,
    )
    days = daily(counting, as_of=as_of) if counting.complete else ()
    return Facts(
        facts=VERSION,
        as_of=Figure(id="as_of", value=as_of.isoformat(), unit="day", rows=Rows(rule=_AS_OF, orders=0)),
        marketplace=store.code,
        marketplace_name=store.name,
        stores=joined.apart.stores,
        time_zone=store.zone,
        window_by=counting.by,
        source=Source(
            files=tuple(_files(account, joined)),
            problems=joined.problems,
            assumptions=(
                *general(
                    store,
                    by=counting.by,
                    as_of_given=account.as_of is not None,
                    stated=stated,
                    inferred=completeness.inferred,
                    named=account.marketplace is not None or bool(joined.apart.stores),
                    week=account.week,
                ),
                *completeness.assumptions,
                *on_denominators((account.orders, account.orders_10), rates, counting),
                *on_days(counting, stated, as_of=as_of),
                *on_names(list(orders.table["supplier"].cat.categories), account.own_warehouse),
                *joined.assumptions,
            ),
        ),
        lists_every_order=counting.complete,
        confirmations_inferred=counting.inferred_from is not None and counting.complete,
        no_rate=completeness.no_rate,
        rows_read=_rows_figure("rows_read", sum(report.read for report in reports), "every row"),
        rows_refused=_rows_figure("rows_refused", refused, "listed under source.problems"),
        late_shipment_rate=rates,
        stated_by_amazon=tuple(beside_amazon(counting, one, joined) for one in stated),
        **open_orders(counting, now=found.now, letter=account.letter_date, cancel=cancel),
        auto_cancel=cancel.words,
        set_aside=joined.apart.set_aside,
        clocks=clocks(counting, windows[0]),
        other_rates=others,
        other_rates_missing=missing,
        late_by_supplier=late_by_supplier(counting, windows[0]),
        days=days,
        **standing_out(account, joined, counting, windows, days),
    )


_AS_OF = "the earlier of the latest ship-by day and the latest day of purchase or confirmation, unless given"


def _files(account: Account, joined: Joined) -> Iterator[SourceFile]:
    refused = Counter(row.file for row in joined.problems if row.refused)
    for one in joined.gathered.files:
        read, report = one.read, one.opened.report
        rows = 0 if read is None else read.read
        lost = 0 if read is None else refused[one.file.name]
        yield SourceFile(
            name=one.file.name,
            sha256=one.file.sha256,
            report=report.name,
            title=said(report.title),
            encoding=one.opened.table.encoding,
            rows_read=rows,
            rows_used=rows - lost,
            rows_refused=lost,
            columns=one.opened.columns
            if report.role != "supplier_map"
            else dict(read.columns if read else {}),
            has=_has(one.opened, read),
            lacks=_lacks(one.opened),
        )
    for file in account.mappings:
        yield SourceFile(
            name=file.name,
            sha256=file.sha256,
            report="column_mapping",
            title=said("Mapping file"),
            encoding="utf-8",
            rows_read=0,
            rows_used=0,
            rows_refused=0,
            columns={},
            has=(),
            lacks=(),
        )


def _rows_figure(name: str, value: int, rule: str) -> Figure:
    return Figure(id=name, value=value, unit="rows", rows=Rows(rule=rule, orders=0))


# What a file can prove by a column, in a few words.
_WORDS = {
    "ship_by": said("ship-by"),
    "ship_confirmed": said("confirm time"),
    "purchased": said("purchase time"),
    "supplier": said("supplier"),
    "supplier_ordered": said("order time at the supplier"),
    "supplier_dispatched": said("dispatch time"),
    "first_scan": said("carrier scan"),
    "delivered": said("delivery time"),
    "status": said("order status"),
    "ship_entered": said("ship date typed in"),
    "valid_tracking": said("valid tracking"),
    "tracking_invalid": said("valid tracking"),
}
_NEEDED = ("ship_by", "ship_confirmed", "supplier", "supplier_dispatched")


def _has(opened: Opened, read: ReportRows | SupplierMap | None) -> tuple[str, ...]:
    """What the file tells."""
    match opened.report.role:
        case "stated":
            return (said("Amazon's own counts"),)
        case "supplier_map":
            return (said("supplier of each SKU"),)
        case "packages":
            return (said("valid tracking of packages"),)
        case _:
            told = dict.fromkeys(_WORDS[ours] for ours in opened.columns if ours in _WORDS)
            every = isinstance(read, ReportRows) and opened.report.role == "orders" and read.complete is True
            return (*([said("every order")] if every else []), *told)


def _lacks(opened: Opened) -> tuple[str, ...]:
    """What is needed for the rate and its causes, and is not in the file."""
    if opened.report.role != "orders":
        return ()
    return tuple(said("no {what}", what=_WORDS[ours]) for ours in _NEEDED if ours not in opened.columns)
