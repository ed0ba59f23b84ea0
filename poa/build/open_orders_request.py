"""What each supplier is asked about its open orders: a text to send and a list to fill in, and the seller's own list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from poa.annex.cells import in_csv, one_line
from poa.build.filled import filled, paper_tree
from poa.build.supplier_papers import was_by
from poa.facts import Plain
from poa.facts.waiting import Waiting, WaitingOrder
from poa.files import safe_name
from poa.orders import NOT_STATED, SEVERAL
from poa.packs import Pack
from poa.packs.language import find_language
from poa.writers import writer

REQUEST = "open-orders-request"
ALL = "internal/open-orders.csv"  # of every supplier, and so the seller's own
_MOST_ORDERS = 200  # in a text; the list holds all
_MINE = (
    *("order_id", "sku", "ship_by", "state"),
    # Left for the supplier to fill in; these names poa reads back as a supplier's list.
    *("supplier_dispatch_date", "carrier", "tracking_number", "carrier_first_scan_date"),
)
_EVERY = (
    *("order_id", "sku", "supplier", "suppliers_of_lines", "ship_by", "hours_left", "state"),
    *("cancelled_after", "supplier_dispatch_date", "tracking", "buyer_asked_to_cancel"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFiles:
    """The files of one supplier by name, and how many of its orders they ask about."""

    supplier: str
    orders: int
    files: Mapping[str, bytes]


def by_supplier(orders: Iterable[WaitingOrder]) -> dict[str, list[WaitingOrder]]:
    """The orders of each supplier, as they come: where the most urgent stand first, so does its supplier."""
    found: dict[str, list[WaitingOrder]] = {}
    for one in orders:
        found.setdefault(one.supplier, []).append(one)
    return found


def has_left(one: WaitingOrder, judged: str) -> bool:
    """Whether it left, by the dispatch time that is told; one that lies ahead is a plan."""
    return was_by(one.dispatched, judged)


def supplier_files(
    waiting: Waiting, *, left_out: AbstractSet[str], zone: str, pack: Pack, language: str
) -> tuple[SupplierFiles, ...]:
    """For each supplier ``open-orders-<supplier>.txt`` in ``language``, and the same orders as ``.csv`` to fill in.

    Orders of several suppliers, or of none that is stated, are in nobody's files, nor are those whose ids are
    ``left_out``. Raises PackFault for a language or
    a template that is not there.
    """
    find_language(language, offered=pack.languages)
    taken: set[str] = set()
    found = []
    for supplier, orders in by_supplier(
        one for one in waiting.orders if one.order_id not in left_out
    ).items():
        if supplier in {SEVERAL, NOT_STATED}:
            continue
        name = f"open-orders-{safe_name(supplier)}"
        if name.casefold() in taken:  # on Windows and a Mac the two would be one file
            name = f"{name}-{len(taken)}"
        taken.add(name.casefold())
        request = request_data(supplier, orders, judged=waiting.judged, zone=zone, file=f"{name}.csv")
        text = _text(pack, {"request": request}, language=language, dated=waiting.judged[:10])
        rows = [_row(one) for one in orders]
        files = {f"{name}.txt": text, f"{name}.csv": _csv(_MINE, rows)}
        found.append(SupplierFiles(supplier=supplier, orders=len(orders), files=files))
    return tuple(found)


def every_order(
    waiting: Waiting, lines: Mapping[str, Sequence[tuple[str, str]]], *, asked_to_cancel: AbstractSet[str]
) -> bytes:
    """All open orders as CSV, for the seller alone.

    ``lines`` has SKU and supplier of each line, by order id, where they have several; ``asked_to_cancel`` the ids of
    those that the buyers asked to cancel.
    """
    rows = [
        (
            one.order_id,
            ", ".join(one.skus),
            one.supplier,
            ", ".join(f"{sku}: {supplier}" for sku, supplier in lines.get(one.order_id, ())),
            one.promised or "",
            one.hours_left,
            one.left,
            "" if one.cancelled_after is None else one.cancelled_after.isoformat(),
            one.dispatched or "",
            one.tracking,
            "yes" if one.order_id in asked_to_cancel else "",
        )
        for one in waiting.orders
    ]
    return _csv(_EVERY, rows)


def request_data(
    supplier: str, orders: Sequence[WaitingOrder], *, judged: str, zone: str, file: str
) -> dict[str, Plain]:
    """What the template is given as ``request``; ``file`` is the list that lies beside the text."""
    shown = orders[:_MOST_ORDERS]
    gone = [one for one in shown if has_left(one, judged)]
    here = [one for one in shown if not has_left(one, judged)]
    return {
        "supplier": supplier,
        "orders": len(orders),
        "judged": judged[:10],
        "zone": zone,
        "past": [_order(one) for one in here if one.left == "past_due"],
        "coming": [_order(one) for one in here if one.left != "past_due"],
        "gone": [_order(one) for one in gone],
        "more": len(orders) - len(shown),
        "list": file,
    }


def _order(one: WaitingOrder) -> Plain:
    return {
        "id": one.order_id,
        "skus": [*one.skus],
        "due": None if one.due is None else one.due[:10],
        "tracking": one.tracking == "known",
    }


def _row(one: WaitingOrder) -> tuple[str, ...]:
    state = "past_due" if one.left == "past_due" else "open"
    return (one.order_id, ", ".join(one.skus), one.promised or "", state, one.dispatched or "", "", "", "")


def _text(pack: Pack, context: Mapping[str, Plain], *, language: str, dated: str) -> bytes:
    markdown = filled(pack, REQUEST, context, language=language)
    return writer("txt").write(paper_tree(REQUEST, markdown, language=language, dated=dated), images={})


def _csv(header: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """UTF-8 with a mark by which Excel knows it, lines end in CR LF; no text is run as a formula."""
    lines = [in_csv(list(header)), *(_cells(row) for row in rows)]
    return "".join(",".join(line) + "\r\n" for line in lines).encode("utf-8-sig")


def _cells(row: Sequence[str | float | None]) -> list[str]:
    texts = iter(in_csv([one_line(cell) for cell in row if isinstance(cell, str)]))
    return [next(texts) if isinstance(cell, str) else "" if cell is None else f"{cell:.1f}" for cell in row]
