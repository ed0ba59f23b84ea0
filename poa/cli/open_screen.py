"""The open orders on the terminal: what they come to, what is urgent, the orders of each supplier, what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from poa.build.open_orders_request import ALL, SupplierFiles, by_supplier, has_left
from poa.cli.terminal import item, line, table
from poa.facts import Facts
from poa.facts.waiting import Waiting, WaitingOrder

if TYPE_CHECKING:
    from poa.account.open_list import OpenList

_SHOWN = 50  # orders on a terminal, of all suppliers together
_HOURS_SHOWN, _DAY, _DAYS_WITH_HOURS = 48, 24, 10
_NAMED = 5  # orders in a sentence
_IN_DANGER = 10  # orders named that Amazon may cancel soon
_LEFT = {
    "past_due": "past {their} ship-by time",
    "h4": "with up to 4 hours left",
    "h24": "with up to 24 hours left",
    "h48": "with up to 48 hours left",
    "later": "with more than 48 hours left",
    "no_deadline": "without a ship-by time",
}
_TRACKING = {"known": "known", "missing": "missing", "not_told": "not told"}
NOTHING = (
    "Nothing is known of open orders: these files do not say which they are, and a list of late orders cannot. Add the"
    " unshipped orders report, or a list of every order with its status or confirmation."
)


def show(found: OpenList, out: Console, *, latest: bool) -> None:
    """Print one store: what it comes to, what Amazon may cancel soon, then the orders of each supplier.

    ``latest`` says that nobody named the moment: it is the latest in the files.
    """
    waiting, facts = found.waiting, found.facts
    out.print(line(f"Open orders, {facts.marketplace_name}, judged at {_clock(waiting.judged)}", "bold"))
    if not waiting.lists_open:
        out.print(line(NOTHING))
        return
    if latest:
        out.print(line("That is the latest moment in these files; --now judges another."))
    out.print(line(_all(waiting)))
    for sentence in _remarks(found):
        out.print(line(sentence))
    _show_danger(waiting, facts, out)
    first = waiting.orders[:_SHOWN]
    whole = by_supplier(waiting.orders)
    numbers = any(one.tracking != "not_told" for one in waiting.orders)
    for supplier, orders in by_supplier(first).items():
        out.print()
        out.print(line(_title(supplier, whole[supplier], shown=len(orders)), "bold"))
        out.print(_orders(found, orders, numbers=numbers))
    more = len(waiting.orders) - len(first)
    if more:
        out.print()
        out.print(
            line(f"{more:,} more, less urgent than these: --out DIR writes all of them, --json prints them.")
        )


def _all(waiting: Waiting) -> str:
    """The sentence that says it all."""
    number = len(waiting.orders)
    if not number:
        return "No order is open."
    parts = [
        f"{one.orders.value:,} {_LEFT[one.left].format(their='its' if one.orders.value == 1 else 'their')}"
        for one in waiting.counts
        if one.orders.value
    ]
    orders = "1 order is not confirmed" if number == 1 else f"{number:,} orders are not confirmed"
    return f"{orders}: {', '.join(parts)}."


def _remarks(found: OpenList) -> Iterator[str]:
    """What the seller can do alone, and what these files leave open."""
    waiting = found.waiting
    sent = sum(one.tracking == "known" and has_left(one, waiting.judged) for one in waiting.orders)
    if sent:
        have, those = ("1 of them has", "that one") if sent == 1 else (f"{sent:,} of them have", "those")
        yield f"{have} a dispatch time and a tracking number: confirm {those} yourself."
    if not found.lists_all:
        yield "These files do not list every order, so there may be more open ones."
    if found.asked_to_cancel:
        asked = [one.order_id for one in waiting.orders if one.order_id in found.asked_to_cancel]
        more = f" and {len(asked) - _NAMED:,} more" if len(asked) > _NAMED else ""
        yield f"Of these the buyer asked to cancel, so decide first: {', '.join(asked[:_NAMED])}{more}."
    if waiting.orders and all(one.tracking == "not_told" for one in waiting.orders):
        yield "No file has tracking numbers."


def _show_danger(waiting: Waiting, facts: Facts, out: Console) -> None:
    """What Amazon may cancel by itself soon: it is about to leave the late shipment rate for the cancellation rate."""
    from poa.analysis.waiting import SOON

    number = waiting.to_cancel.rows.orders
    if not number:
        return
    orders = "1 order" if number == 1 else f"{number:,} orders"
    mine = sorted(
        (one for one in waiting.orders if one.left == "past_due" and (one.days_to_cancel or 0) < SOON),
        key=lambda one: (one.days_to_cancel or 0, one.order_id),
    )
    rows = [
        (one.order_id, one.supplier, one.due or "", f"{one.cancelled_after}") for one in mine[:_IN_DANGER]
    ]
    out.print()
    out.print(line(f"Amazon may cancel {orders} by itself within {SOON} days, or already", "bold red"))
    out.print(table(("Order", "Supplier", "Promised", "Waits until"), rows))
    if number > _IN_DANGER:
        out.print(line(f"{number - _IN_DANGER:,} more"))
    out.print(line(f"Amazon cancels an order that is not confirmed {facts.auto_cancel}."))


def _title(supplier: str, orders: Sequence[WaitingOrder], *, shown: int) -> str:
    past = sum(one.left == "past_due" for one in orders)
    number = "1 order" if len(orders) == 1 else f"{len(orders):,} orders"
    parts = [number, *([f"{past:,} past due"] if past else [])]
    if shown < len(orders):
        parts.append(f"{shown:,} shown")
    return f"{supplier}: {', '.join(parts)}"


def _orders(found: OpenList, orders: Sequence[WaitingOrder], *, numbers: bool) -> Table:
    """The orders of one supplier; all tables of a list have the same widths."""
    out = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, width in (("Order", 19), ("SKU", 17 if numbers else 27), ("Promised", 16), ("Left", 12)):
        out.add_column(name, width=width, overflow="fold", justify="left")
    if numbers:
        out.add_column("Tracking", width=8)
    for one in orders:
        style = "bold red" if one.left == "past_due" else "yellow" if one.left == "h4" else ""
        cells = [
            line(one.order_id),
            line(_skus(found, one)),
            line(one.due or "not told"),
            Text(left(one.hours_left), style),
        ]
        out.add_row(*cells, *([Text(_TRACKING[one.tracking])] if numbers else []))
    return out


def _skus(found: OpenList, one: WaitingOrder) -> str:
    """The SKUs; of an order of several suppliers each with its own."""
    lines = found.lines.get(one.order_id, ())
    if lines:
        return ", ".join(f"{sku} ({supplier})" for sku, supplier in lines)
    return ", ".join(one.skus) or "not told"


def left(hours: float | None) -> str:
    """How long is left, never more than there is: ``40 min``, ``27 h``, ``3 d 5 h``; ``past 3 h`` once it is past."""
    if hours is None:
        return "not told"
    before = "past " if hours < 0 else ""
    minutes = floor(abs(hours) * 60)
    whole = minutes // 60
    if not whole:
        return f"{before}{minutes} min"
    if whole <= _HOURS_SHOWN:
        return f"{before}{whole} h"
    days = whole // _DAY
    return f"{before}{days} d {whole % _DAY} h" if days < _DAYS_WITH_HOURS else f"{before}{days} d"


def _clock(judged: str) -> str:
    """``2026-10-31 18:00 (-07:00)``: a moment on the store's clock."""
    return f"{judged[:10]} {judged[11:16]} ({judged[19:]})"


def show_written(written: Sequence[SupplierFiles], found: OpenList, folder: Path, out: Console) -> None:
    """Say which file is whose, and which orders nobody is asked about."""
    waiting = found.waiting
    out.print()
    if not waiting.orders:
        out.print(line("Nothing was written: there is nobody to ask."))
        return
    out.print(line(f"Written to {folder}, to be read and sent by you", "bold"))
    for one in written:
        text = next(name for name in one.files if name.endswith(".txt"))
        out.print(item("- ", f"{one.supplier}: {text} and .csv"))
    out.print(item("- ", f"for you only: {ALL}, every open order with its supplier"))
    if written:
        out.print(line("A .csv has the same orders, for the supplier to fill in; poa reads it back."))
    apart = len(waiting.orders) - sum(one.orders for one in written)
    if apart:
        orders, they = (
            ("1 order: it has", "its buyer") if apart == 1 else (f"{apart:,} orders: they have", "a buyer")
        )
        cancelled = f", or {they} asked to cancel" if found.asked_to_cancel else ""
        out.print(line(f"No text asks about {orders} no supplier, or several{cancelled}."))
    # Their orders are no longer open, or another's.
    earlier = {path.name for path in folder.glob("open-orders-*")}.difference(*(one.files for one in written))
    for name in sorted(earlier):
        out.print(item("- ", f"of an earlier run, not written again: {name}"))
