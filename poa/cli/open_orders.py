"""``poa summary --open``: the open orders on the terminal and as JSON, and a folder of files for the suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from poa.build.open_orders_request import ALL, SupplierFiles, every_order, supplier_files
from poa.cli.asking import answered
from poa.cli.open_screen import NOTHING, show, show_written
from poa.cli.terminal import console, print_json
from poa.doing import Tell
from poa.errors import InputFault, UsageFault
from poa.facts import Plain, template_data
from poa.files import write_folder
from poa.words import said, spoken, strung

if TYPE_CHECKING:
    from poa.account import Account
    from poa.account.open_list import OpenList

VERSION = 1  # of the JSON


def list_open(account: Account, values: dict[str, Any], *, as_json: bool, language: str) -> None:
    """Print the open orders of each store, and write the files for the suppliers where a folder is named."""
    found = answered(account, each_store)
    written = _write(found, values, language) if values["out"] is not None else None
    if as_json:
        first, *others = map(open_data, found)
        more: dict[str, Plain] = {"other_stores": list(others)} if others else {}
        if written is not None:
            names = [name for one in written for name in sorted(one.files)]
            names += [ALL] if found[0].waiting.orders else []
            more |= {"out": str(values["out"]), "files": [*names]}
        print_json(first | more)
        return
    screen = console(language=language)
    for number, one in enumerate(found):
        if number:
            screen.print()
        show(one, screen, latest=account.now is None)
    if written is not None:
        show_written(written, found[0], values["out"], screen)


def each_store(account: Account, tell: Tell) -> tuple[OpenList, ...]:
    """The open orders of the account's store; where none was named, of each store that its rows name."""
    from poa.account.open_list import open_list
    from poa.cli.summary import other_stores

    first = open_list(account, tell=tell)
    return (first, *(open_list(other, tell=tell) for other in other_stores(account, first.facts)))


def open_data(found: OpenList) -> dict[str, Plain]:
    """The open orders as the JSON of ``poa summary --open --json``; a number is null where nothing is known."""
    waiting = found.waiting
    orders: list[Plain] = []
    for one in waiting.orders:
        order = template_data(one)
        order["buyer_asked_to_cancel"] = one.order_id in found.asked_to_cancel
        if one.order_id in found.lines:
            order["lines"] = [{"sku": sku, "supplier": name} for sku, name in found.lines[one.order_id]]
        orders.append(order)
    return {
        "open": VERSION,
        "judged": waiting.judged,
        "marketplace": found.facts.marketplace,
        "lists_open": waiting.lists_open,
        "lists_all": found.lists_all,
        "number": waiting.number.value,
        "orders": orders,
        "counts": {one.left: one.orders.value for one in waiting.counts},
        "to_cancel": waiting.to_cancel.value,
    }


def _write(found: Sequence[OpenList], values: dict[str, Any], speaks: str) -> tuple[SupplierFiles, ...]:
    """Write the files of every supplier, and the list of all orders for the seller; or nothing, where none is open."""
    from poa.cli.pack_folders import open_packs

    first = found[0]
    if len(found) > 1:
        stores = strung("{one}, {other}", (one.facts.marketplace for one in found))
        told = said("The files hold orders of several stores: {stores}.", stores=stores)
        hint = said(
            "Files for suppliers are about one. Name it, such as --marketplace {store}.",
            store=first.facts.marketplace,
        )
        raise UsageFault("several_stores", spoken(told, speaks), hint=spoken(hint, speaks))
    if not first.waiting.lists_open:
        raise InputFault("no_open_orders", spoken(NOTHING, speaks), file=first.facts.source.files[0].name)
    if not first.waiting.orders:
        return ()
    made = supplier_files(
        first.waiting,
        left_out=first.asked_to_cancel,
        zone=first.facts.time_zone,
        pack=open_packs(None),
        language=values["language"] or "en",
    )
    files = {name: data for one in made for name, data in one.files.items()}
    files[ALL] = every_order(first.waiting, first.lines, asked_to_cancel=first.asked_to_cancel)
    write_folder(values["out"], files, replace=values["overwrite"])
    return made
