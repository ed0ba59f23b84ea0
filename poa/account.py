"""From the files of one account to its facts: read, join, count, and say what was assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from poa.analysis.daily import daily
from poa.analysis.open_orders import open_orders, past_due
from poa.analysis.rates import Counting, rate_of, reproduced
from poa.analysis.suppliers import late_by_supplier
from poa.analysis.windows import Basis, as_of_day, latest_stamp, order_days, window
from poa.assumptions import completeness_of, general, on_days, on_denominators, on_suppliers
from poa.errors import GateNotMet, InputFault, UsageFault
from poa.facts import VERSION, Facts, Figure, Problem, Rows, Source, SourceFile, StatedRate
from poa.files import InputFile
from poa.orders import Orders, collapse, pool
from poa.policy import Marketplace, late_shipment_rule, marketplace
from poa.reports import known_reports
from poa.reports.mapping import ColumnMap, read_mapping
from poa.reports.performance import read_performance
from poa.reports.reading import Reading, ReportRows, read_report
from poa.reports.supplier_map import SupplierMap, assign_suppliers, read_supplier_map
from poa.stated import check_as_of, check_denominators, denominators, whole_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a run is about: the files of one account and what the user said of them.

    ``orders`` and ``orders_10`` are typed denominators of the two windows; ``now`` has an offset.
    """

    reports: tuple[InputFile, ...]
    suppliers: tuple[InputFile, ...] = ()
    performance: InputFile | None = None
    mapping: InputFile | None = None
    marketplace: str = "US"
    as_of: date | None = None
    now: datetime | None = None
    window_by: Basis = "ship-by"
    orders: int | None = None
    orders_10: int | None = None
    encoding: str | None = None
    complete: bool = False
    strict: bool = False
    letter_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    """All rows as one order table, what was read on the way, and what could not be used."""

    orders: Orders
    reports: tuple[ReportRows, ...]
    maps: tuple[SupplierMap, ...]
    problems: tuple[Problem, ...]
    assumptions: tuple[str, ...]


def facts_of(account: Account, *, tell: Callable[[str], None]) -> Facts:
    """The facts of an account; ``tell`` is told what is being done.

    Raises InputFault or UsageFault for what cannot be used, GateNotMet where ``strict`` is asked
    for and a row was refused.
    """
    account = _told_apart(account)
    store = _store(account)
    joined = _join(account, store, tell)
    if account.strict and joined.problems:
        raise GateNotMet(
            "rows_refused",
            f"{len(joined.problems):,} rows could not be used, and --strict allows none.",
            open_points=[f"{row.file}:{row.line}: {row.message}" for row in joined.problems[:50]],
            hint="Mend the rows, or run without --strict: they are then counted and listed.",
        )
    tell("Counting")
    stated = _stated(account, store)
    as_of = account.as_of or (
        date.fromisoformat(str(stated[0].to.value)) if stated else as_of_day(joined.orders, zone=store.zone)
    )
    return _count(account, store, joined, stated=stated, as_of=as_of)


def _told_apart(account: Account) -> Account:
    """The account with files of one name numbered: a place in a file must name one file."""
    seen: Counter[str] = Counter()

    def numbered(files: tuple[InputFile, ...]) -> Iterator[InputFile]:
        for file in files:
            seen[file.name] += 1
            number = seen[file.name]
            yield file if number == 1 else replace(file, name=f"{file.name} ({number})")

    return replace(
        account, reports=tuple(numbered(account.reports)), suppliers=tuple(numbered(account.suppliers))
    )


def _store(account: Account) -> Marketplace:
    """The marketplace; a mapping file of a foreign report brings the zone of its days along."""
    store = marketplace(account.marketplace)
    mapping = _mapping(account)
    return replace(store, zone=mapping.zone, sure="S") if mapping and mapping.zone else store


def _mapping(account: Account) -> ColumnMap | None:
    file = account.mapping
    return read_mapping(file.data, name=file.name, report=known_reports()[0]) if file else None


def _join(account: Account, store: Marketplace, tell: Callable[[str], None]) -> _Joined:
    reading = Reading(
        zone=store.zone, encoding=account.encoding, mapping=_mapping(account), complete=account.complete
    )
    reports = []
    for number, file in enumerate(account.reports):
        tell(f"Reading {file.name}, {len(file.data):,} bytes")
        reports.append(read_report(file.data, name=file.name, number=number, reading=reading))
    maps = tuple(
        read_supplier_map(file.data, name=file.name, encoding=account.encoding) for file in account.suppliers
    )
    rows = pool([report.rows for report in reports])
    assumptions = [words for report in reports for words in report.assumptions]
    if maps:
        assigned = assign_suppliers(rows, [entry for one in maps for entry in one.entries], zone=store.zone)
        rows = assigned.rows
        assumptions += on_suppliers(assigned, has_sku=any("sku" in report.columns for report in reports))
    orders, conflicts = collapse(rows, file_names=tuple(report.name for report in reports))
    if not len(orders.table):
        raise InputFault(
            "no_usable_row",
            f"None of the orders can be used; the first: {conflicts[0].message}.",
            file=conflicts[0].file,
            line=conflicts[0].line,
            hint="Give one report of these days, the newest.",
        )
    told = [*(row for one in reports for row in one.problems), *(row for one in maps for row in one.problems)]
    return _Joined(
        orders=orders,
        reports=tuple(reports),
        maps=maps,
        problems=(*told, *conflicts),
        assumptions=tuple(assumptions),
    )


def _stated(account: Account, store: Marketplace) -> tuple[StatedRate, ...]:
    file = account.performance
    return read_performance(file.data, name=file.name, marketplace_id=store.id) if file else ()


def _count(
    account: Account, store: Marketplace, joined: _Joined, *, stated: tuple[StatedRate, ...], as_of: date
) -> Facts:
    rule = late_shipment_rule()
    orders = joined.orders
    now = (account.now or latest_stamp(orders)).astimezone(UTC)
    windows = [window(days, as_of=as_of) for days in rule.windows_days]
    counting = Counting(
        orders=orders,
        days=order_days(orders, zone=store.zone, basis=account.window_by),
        overdue=past_due(orders, now=now),
        rule=rule,
        zone=store.zone,
        by=account.window_by,
        complete=all(report.complete is not False for report in joined.reports),
    )
    if counting.without_day == len(counting.days):
        raise UsageFault(
            "no_window_day",
            f"No order has a {account.window_by} day, so none belongs to a window.",
            hint="Choose another --window-by; each order has a ship-by day.",
        )
    if account.as_of:
        check_as_of(counting, as_of)
    completeness = completeness_of(joined.reports, counting, windows[0])
    counting = replace(counting, complete=completeness.complete)
    told = denominators((account.orders, account.orders_10), stated, windows)
    check_denominators(counting, windows, told)
    rates = tuple(
        rate_of(counting, span, told=told.get(span.days or 0)) for span in (*windows, whole_file(counting))
    )
    return Facts(
        facts=VERSION,
        as_of=Figure(id="as_of", value=as_of.isoformat(), unit="day", rows=Rows(rule=_AS_OF, orders=0)),
        marketplace=store.code,
        marketplace_name=store.name,
        time_zone=store.zone,
        window_by=account.window_by,
        source=Source(
            files=tuple(_files(account, joined)),
            problems=joined.problems,
            assumptions=(
                *general(store, by=account.window_by, as_of_given=account.as_of is not None, stated=stated),
                *completeness.assumptions,
                *on_denominators((account.orders, account.orders_10), rates, counting),
                *on_days(counting, stated, as_of=as_of),
                *joined.assumptions,
            ),
        ),
        lists_every_order=counting.complete,
        rows_read=_rows_figure("rows_read", sum(report.read for report in joined.reports), "every row"),
        rows_refused=_rows_figure("rows_refused", _refused(joined), "listed under source.problems"),
        late_shipment_rate=rates,
        stated_by_amazon=tuple(reproduced(counting, one) for one in stated),
        **open_orders(counting, now=now, letter=account.letter_date),
        late_by_supplier=late_by_supplier(counting, windows[0]),
        days=daily(counting, as_of=as_of) if counting.complete else (),
    )


_AS_OF = "the earlier of the latest ship-by day and the latest day of purchase or confirmation, unless given"


def _files(account: Account, joined: _Joined) -> Iterator[SourceFile]:
    refused = Counter(row.file for row in joined.problems if row.refused)
    read: list[tuple[InputFile, str, ReportRows | SupplierMap]] = [
        *((file, one.report.name, one) for file, one in zip(account.reports, joined.reports, strict=True)),
        *((file, "supplier_map", one) for file, one in zip(account.suppliers, joined.maps, strict=True)),
    ]
    for file, kind, one in read:
        yield SourceFile(
            name=file.name,
            sha256=file.sha256,
            report=kind,
            encoding=one.encoding,
            rows_read=one.read,
            rows_used=one.read - refused[file.name],
            rows_refused=refused[file.name],
            columns=one.columns,
        )
    for extra, kind in ((account.performance, "seller_performance_v2"), (account.mapping, "column_mapping")):
        if extra:
            yield SourceFile(
                name=extra.name,
                sha256=extra.sha256,
                report=kind,
                encoding="utf-8",
                rows_read=0,
                rows_used=0,
                rows_refused=0,
                columns={},
            )


def _refused(joined: _Joined) -> int:
    reports = {report.name for report in joined.reports}
    return sum(row.refused for row in joined.problems if row.file in reports)


def _rows_figure(name: str, value: int, rule: str) -> Figure:
    return Figure(id=name, value=value, unit="rows", rows=Rows(rule=rule, orders=0))
