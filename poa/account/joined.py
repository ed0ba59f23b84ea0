"""From the files of one account to its order table: gathered, joined, and what could not be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pandas as pd

from poa.account.assumptions import on_confirmed_since
from poa.account.gathering import Answers, Gathered, gather
from poa.account.laid_over import with_suppliers
from poa.account.listing import late_only, listing
from poa.account.parts import Parts
from poa.doing import Tell
from poa.errors import GateNotMet, InputFault
from poa.facts import Problem, Stated, StatedMetric, StatedRate
from poa.files import InputFile
from poa.files.spilled import Spill
from poa.joining import Pooled, collapse, pool
from poa.joining.apart import Apart, set_apart
from poa.joining.known import known_at
from poa.joining.lines import FileRows
from poa.orders import Basis, Orders
from poa.policy import Marketplace, marketplace
from poa.reports.mapping import ColumnMap, read_mapping
from poa.reports.opening import Reading, read_performance
from poa.reports.reading import ReportRows
from poa.words import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a run is about: the files of one account and what the user said of them.

    ``reports``, ``suppliers`` and ``performance`` are recognised alike, by what they hold. ``orders``
    and ``orders_10`` are typed denominators of the two windows; ``now`` has an offset. Where
    ``marketplace`` is None the rows name it, else it is US; where ``window_by`` is None it is the
    ship-by day, unless the orders have none. ``week`` (``2026-W44``) is the week that a page is about, whose
    last day is then ``as_of``. ``origin`` is the country that goods come from, None where
    nobody said; ``own_warehouse`` names the seller's own stock. ``answers`` holds, by file, what was asked of the user.
    Rows too many for the memory are put ``away`` in parts of about ``part_rows`` (a million, where None).
    """

    reports: tuple[InputFile, ...]
    suppliers: tuple[InputFile, ...] = ()
    performance: InputFile | None = None
    mappings: tuple[InputFile, ...] = ()
    marketplace: str | None = None
    as_of: date | None = None
    now: datetime | None = None
    window_by: Basis | None = None
    orders: int | None = None
    orders_10: int | None = None
    encoding: str | None = None
    complete: bool = False
    strict: bool = False
    letter_date: date | None = None
    week: str | None = None
    origin: str | None = None
    own_warehouse: tuple[str, ...] = ()
    answers: Answers = field(default_factory=dict)
    away: Spill | None = None
    part_rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """All rows as one order table, what was read on the way, and what could not be used.

    ``pooled`` are the rows before they were joined, with what the suppliers say of them; ``stated`` is
    what Amazon states of the account.
    """

    orders: Orders
    pooled: Pooled
    apart: Apart
    gathered: Gathered
    store: Marketplace
    stated: tuple[Stated, ...]
    problems: tuple[Problem, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjoined:
    """All rows of an account before those of one order are put together."""

    gathered: Gathered
    pooled: Pooled
    apart: Apart
    store: Marketplace
    assumptions: tuple[str, ...]


def join(account: Account, *, tell: Tell, tracking: bool = False) -> Joined:
    """Read every file of the account and join what they say of each order.

    Where no marketplace is given and the rows name one, it is that one: the one with most orders.
    ``tracking`` asks for tracking numbers, which otherwise are read only where a file needs them.
    Raises InputFault for a file that cannot be used, or where no order can be.
    """
    return joined(unjoined(account, tell=tell, tracking=tracking))


def unjoined(account: Account, *, tell: Tell, tracking: bool = False) -> Unjoined:
    """Read every file and set apart what the rate is not about; raises InputFault where no order is left."""
    maps = tuple(read_mapping(file.data, name=file.name) for file in account.mappings)
    store = store_of(account, maps)
    parts = None
    if account.away is not None:
        size = sum(file.size for file in account.reports)
        parts = Parts(account.away, size=size, rows=account.part_rows, zone=store.zone)
    gathered = gather(
        (*account.reports, *account.suppliers, *([account.performance] if account.performance else [])),
        reading=Reading(zone=store.zone, encoding=account.encoding, mappings=maps, complete=account.complete),
        answers=account.answers,
        store=store,
        tracking=tracking,
        tell=tell,
        put_away=parts.take if parts else None,
    )
    members = None
    if parts is not None and parts.took:
        gathered, members = parts.given_back(
            gathered, by=account.window_by, stated=account.performance is not None, tell=tell
        )
    reports = gathered.reports("orders")
    full = listing(reports)
    pooled = pool(
        [_file_rows(report, lists=any(report is one for one in full)) for report in reports], members=members
    )
    pooled, assumptions = with_suppliers(pooled, gathered, reports, store)
    apart = set_apart(pooled, store=store.code)
    if account.marketplace is None and apart.stores and apart.stores[0] != store.code:
        # Its days end in another zone, so that the times are read again.
        return unjoined(replace(account, marketplace=apart.stores[0]), tell=tell, tracking=tracking)
    if account.performance:
        read_performance(account.performance, marketplace_id=store.id)
    if not len(apart.pooled.rows):
        raise InputFault(
            "no_usable_row",
            f"None of the orders is a seller-fulfilled order of {store.name}.",
            file=reports[0].name,
            hint="Choose the marketplace with --marketplace.",
        )
    return Unjoined(
        gathered=gathered,
        pooled=pooled,
        apart=apart,
        store=store,
        assumptions=tuple(assumptions),
    )


def joined(read: Unjoined, *, until: datetime | None = None) -> Joined:
    """The rows as one order table: all of them, or what was known at the moment ``until``.

    Raises InputFault where no order can be used.
    """
    gathered, store = read.gathered, read.store
    reports = gathered.reports("orders")
    apart = read.apart if until is None else known_at(read.apart, until, late_only=late_only(reports))
    orders, conflicts = collapse(apart.pooled, opens=apart.opens, ships=apart.ships, zone=store.zone)
    if not len(orders.table):
        if not conflicts:
            raise InputFault(
                "nothing_yet",
                f"None of the orders was known by {until:%Y-%m-%d}.",
                file=reports[0].name,
                hint="Choose a later week.",
            )
        raise InputFault(
            "no_usable_row",
            f"None of the orders can be used; the first: {conflicts[0].message}.",
            file=conflicts[0].file,
            line=conflicts[0].line,
            hint="Give one report of these days, the newest.",
        )
    if orders.table["ship_by"].isna().all() and pd.isna(orders.latest):
        raise InputFault(
            "no_dates",
            f"None of the orders in {', '.join(report.name for report in reports)} has a date.",
            file=reports[0].name,
            hint="Add a report with the ship-by or purchase dates of these orders.",
        )
    every, silent = gathered.stated(marketplace_id=store.id)
    stated = _newest(every)
    told = [one.read for one in gathered.files if one.read is not None]
    return Joined(
        orders=orders,
        pooled=read.pooled,
        apart=apart,
        gathered=gathered,
        store=store,
        stated=stated,
        problems=(*(row for one in told for row in one.problems), *conflicts),
        assumptions=(
            *(words for one in told if isinstance(one, ReportRows) for words in one.assumptions),
            *(
                said(
                    "{file} is the same file as {twin}; its orders count once.",
                    file=one.file.name,
                    twin=one.twin,
                )
                for one in gathered.files
                if one.twin
            ),
            *(
                [said("Of two performance reports of one rate, the newest days are shown.")]
                if len(stated) < len(every)
                else []
            ),
            *(
                said("{file} states no late shipment rate of {store}.", file=name, store=store.name)
                for name in silent
            ),
            *on_confirmed_since(orders.confirmed_since),
            *read.assumptions,
        ),
    )


def check_strict(account: Account, problems: Sequence[Problem]) -> None:
    """Raise GateNotMet where a row was refused and the run allows none."""
    refused = [row for row in problems if row.refused]
    if account.strict and refused:
        raise GateNotMet(
            "rows_refused",
            f"{len(refused):,} rows could not be used, and --strict allows none.",
            open_points=[f"{row.file}:{row.line}: {row.message}" for row in refused[:50]],
            hint="Mend the rows, or run without --strict: they are then counted and listed.",
        )


def _newest(stated: Sequence[Stated]) -> tuple[Stated, ...]:
    """Of each rate and window the newest that Amazon states; the longest late shipment window first."""
    rates = sorted(
        (one for one in stated if isinstance(one, StatedRate)),
        key=lambda one: (-one.window_days, str(one.to.value), one.orders.value is not None),
    )
    newest = {one.window_days: one for one in rates}
    others = sorted((one for one in stated if isinstance(one, StatedMetric)), key=lambda one: one.last)
    return (*newest.values(), *{one.metric: one for one in others}.values())


def store_of(account: Account, maps: tuple[ColumnMap, ...]) -> Marketplace:
    """The marketplace as given, else US; a mapping file of a foreign report brings the zone of its days along."""
    store = marketplace(account.marketplace or "US")
    zone = next((mapping.zone for mapping in maps if mapping.zone), None)
    return replace(store, zone=zone, sure="S") if zone else store


def _file_rows(report: ReportRows, *, lists: bool) -> FileRows:
    return FileRows(
        name=report.name,
        rows=report.rows,
        told=frozenset(report.columns),
        coarse=report.coarse,
        minutes=report.minutes,
        lists=lists,
        all_open=report.report.lists == "open_orders",
    )
