"""The open orders on the terminal: what they come to, what is urgent, the orders of each supplier, what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from poa.build.open_orders_request import ALL, SupplierFiles, by_supplier, has_left
from poa.cli.standing import shown
from poa.cli.terminal import Screen, item
from poa.facts import Facts
from poa.facts.waiting import Waiting, WaitingOrder
from poa.words import counted, said, spoken, strung

if TYPE_CHECKING:
    from poa.account.open_list import OpenList

_SHOWN = 50  # orders on a terminal, of all suppliers together
_HOURS_SHOWN, _DAY, _DAYS_WITH_HOURS = 48, 24, 10
_NAMED = 5  # orders in a sentence
_IN_DANGER = 10  # orders named that Amazon may cancel soon
_LEFT = {
    "past_due": "{number} past their ship-by time",
    "one": "{number} past its ship-by time",
    "h4": "{number} with up to 4 hours left",
    "h24": "{number} with up to 24 hours left",
    "h48": "{number} with up to 48 hours left",
    "later": "{number} with more than 48 hours left",
    "no_deadline": "{number} without a ship-by time",
}
_TITLES = (said("Order"), said("SKU"), said("Promised"), said("Left"), said("Tracking"))
_TRACKING = {"known": said("known"), "missing": said("missing"), "not_told": said("not told")}
_SAYS = {
    "title": "Open orders, {store}, judged at {time}",
    "nothing": "Nothing is known of open orders: these files do not say which they are, and a list of late orders cannot. Add the unshipped orders report, or a list of every order with its status or confirmation.",
    "one_open": "{number} order is not confirmed: {parts}.",
    "open": "{number} orders are not confirmed: {parts}.",
    "more": "{number} more, less urgent than these: --out DIR writes all of them, --json prints them.",
    "one_sent": "{number} of them has a dispatch time and a tracking number: confirm that one yourself.",
    "sent": "{number} of them have a dispatch time and a tracking number: confirm those yourself.",
    "cancelled": "Amazon may cancel {orders} by itself within {days} days, or already",
    "list": "A .csv has the same orders, for the supplier to fill in; poa reads it back.",
    "one_apart": "No text asks about {number} order: it has no supplier, or several.",
    "apart": "No text asks about {number} orders: they have no supplier, or several.",
    "one_asked": "No text asks about {number} order: it has no supplier, or several, or its buyer asked to cancel.",
    "asked": "No text asks about {number} orders: they have no supplier, or several, or a buyer asked to cancel.",
}
NOTHING = said(_SAYS["nothing"])


def show(found: OpenList, out: Screen, *, latest: bool) -> None:
    """Print one store: what it comes to, what Amazon may cancel soon, then the orders of each supplier.

    ``latest`` says that nobody named the moment: it is the latest in the files.
    """
    waiting, facts = found.waiting, found.facts
    out.say(said(_SAYS["title"], store=facts.marketplace_name, time=_clock(waiting.judged)), style="bold")
    if not waiting.lists_open:
        out.say(NOTHING)
        return
    if latest:
        out.say(said("That is the latest moment in these files; --now judges another."))
    out.say(_all(waiting), *_remarks(found))
    _show_danger(waiting, facts, out)
    first = waiting.orders[:_SHOWN]
    whole = by_supplier(waiting.orders)
    numbers = any(one.tracking != "not_told" for one in waiting.orders)
    for supplier, orders in by_supplier(first).items():
        out.print()
        out.say(_title(supplier, whole[supplier], shown_here=len(orders)), style="bold")
        out.print(_orders(found, orders, out, numbers=numbers))
    more = len(waiting.orders) - len(first)
    if more:
        out.print()
        out.say(said(_SAYS["more"], number=more))


def _all(waiting: Waiting) -> str:
    """The sentence that says it all."""
    number = len(waiting.orders)
    if not number:
        return said("No order is open.")
    counts = [(one.left, one.orders.value) for one in waiting.counts if one.orders.value]
    parts = (
        said(_LEFT["one" if (state, orders) == ("past_due", 1) else state], number=orders)
        for state, orders in counts
    )
    return counted(number, _SAYS["one_open"], _SAYS["open"], parts=strung("{one}, {other}", parts))


def _remarks(found: OpenList) -> Iterator[str]:
    """What the seller can do alone, and what these files leave open."""
    waiting = found.waiting
    sent = sum(one.tracking == "known" and has_left(one, waiting.judged) for one in waiting.orders)
    if sent:
        yield counted(sent, _SAYS["one_sent"], _SAYS["sent"])
    if not found.lists_all:
        yield said("These files do not list every order, so there may be more open ones.")
    if found.asked_to_cancel:
        asked = [one.order_id for one in waiting.orders if one.order_id in found.asked_to_cancel]
        orders = strung("{one}, {other}", asked[:_NAMED])
        if len(asked) > _NAMED:
            orders = said("{orders} and {number} more", orders=orders, number=len(asked) - _NAMED)
        yield said("Of these the buyer asked to cancel, so decide first: {orders}.", orders=orders)
    if waiting.orders and all(one.tracking == "not_told" for one in waiting.orders):
        yield said("No file has tracking numbers.")


def _show_danger(waiting: Waiting, facts: Facts, out: Screen) -> None:
    """What Amazon may cancel by itself soon: it is about to leave the late shipment rate for the cancellation rate."""
    from poa.analysis.waiting import SOON

    number = waiting.to_cancel.rows.orders
    if not number:
        return
    mine = sorted(
        (one for one in waiting.orders if one.left == "past_due" and (one.days_to_cancel or 0) < SOON),
        key=lambda one: (one.days_to_cancel or 0, one.order_id),
    )
    mine = mine[:_IN_DANGER]
    rows = [(one.order_id, shown(one.supplier), one.due or "", f"{one.cancelled_after}") for one in mine]
    out.print()
    orders = counted(number, "{number} order", "{number} orders")
    out.say(said(_SAYS["cancelled"], orders=orders, days=SOON), style="bold red")
    out.table((said("Order"), said("Supplier"), said("Promised"), said("Waits until")), rows)
    if number > _IN_DANGER:
        out.say(said("{number} more", number=number - _IN_DANGER))
    out.say(said("Amazon cancels an order that is not confirmed {when}.", when=facts.auto_cancel))


def _title(supplier: str, orders: Sequence[WaitingOrder], *, shown_here: int) -> str:
    past = sum(one.left == "past_due" for one in orders)
    parts = [counted(len(orders), "{number} order", "{number} orders")]
    if past:
        parts.append(said("{number} past due", number=past))
    if shown_here < len(orders):
        parts.append(said("{number} shown", number=shown_here))
    return said("{name}: {list}", name=shown(supplier), list=strung("{one}, {other}", parts))


def _orders(found: OpenList, orders: Sequence[WaitingOrder], out: Screen, *, numbers: bool) -> Table:
    """The orders of one supplier; all tables of a list have the same widths."""
    rows = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    widths = (19, 17, 16, 12, 8) if numbers else (19, 27, 16, 12)
    for title, width in zip(_TITLES, widths, strict=False):
        rows.add_column(out.cell(title), width=width, overflow="fold", justify="left")
    for one in orders:
        style = "bold red" if one.left == "past_due" else "yellow" if one.left == "h4" else ""
        told = (one.order_id, _skus(found, one), one.due or said("not told"), left(one.hours_left))
        cells = [out.cell(cell) for cell in (*told, _TRACKING[one.tracking])]
        cells[3].stylize(style)
        rows.add_row(*cells[: len(widths)])
    return rows


def _skus(found: OpenList, one: WaitingOrder) -> str:
    """The SKUs; of an order of several suppliers each with its own."""
    lines = found.lines.get(one.order_id, ())
    if lines:
        each = (said("{name} ({key})", name=shown(sku), key=shown(supplier)) for sku, supplier in lines)
        return strung("{one}, {other}", each)
    return strung("{one}, {other}", map(shown, one.skus)) or said("not told")


def left(hours: float | None) -> str:
    """How long is left, never more than there is: ``40 min``, ``27 h``, ``3 d 5 h``; ``past 3 h`` once it is past."""
    if hours is None:
        return said("not told")
    minutes = floor(abs(hours) * 60)
    whole = minutes // 60
    if not whole:
        time = said("{number} min", number=minutes)
    elif whole <= _HOURS_SHOWN:
        time = said("{number} h", number=whole)
    elif whole < _DAY * _DAYS_WITH_HOURS:
        time = said("{days} d {hours} h", days=whole // _DAY, hours=whole % _DAY)
    else:
        time = said("{number} d", number=whole // _DAY)
    return said("past {time}", time=time) if hours < 0 else time


def _clock(judged: str) -> str:
    """``2026-10-31 18:00 (-07:00)``: a moment on the store's clock."""
    return f"{judged[:10]} {judged[11:16]} ({judged[19:]})"


def show_written(written: Sequence[SupplierFiles], found: OpenList, folder: Path, out: Screen) -> None:
    """Say which file is whose, and which orders nobody is asked about."""

    def tell(sentence: str) -> None:
        out.print(item("- ", spoken(sentence, out.language)))

    waiting = found.waiting
    out.print()
    if not waiting.orders:
        out.say(said("Nothing was written: there is nobody to ask."))
        return
    out.say(said("Written to {folder}, to be read and sent by you", folder=str(folder)), style="bold")
    for one in written:
        text = next(name for name in one.files if name.endswith(".txt"))
        tell(said("{supplier}: {file} and .csv", supplier=one.supplier, file=text))
    tell(said("for you only: {file}, every open order with its supplier", file=ALL))
    if written:
        out.say(said(_SAYS["list"]))
    if apart := len(waiting.orders) - sum(one.orders for one in written):
        if found.asked_to_cancel:
            out.say(counted(apart, _SAYS["one_asked"], _SAYS["asked"]))
        else:
            out.say(counted(apart, _SAYS["one_apart"], _SAYS["apart"]))
    # Their orders are no longer open, or another's.
    earlier = {path.name for path in folder.glob("open-orders-*")}.difference(*(one.files for one in written))
    for name in sorted(earlier):
        tell(said("of an earlier run, not written again: {file}", file=name))
