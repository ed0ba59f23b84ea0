"""``poa summary``: the numbers of an account on the terminal, in words that can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import account_options, open_account, ui_language_option
from poa.cli.roomy import part_option, roomy
from poa.errors import UsageFault

if TYPE_CHECKING:
    from poa.account import Account
    from poa.doing import Tell
    from poa.facts import Facts, Plain


@click.command(
    name="summary",
    epilog="Example: poa summary late-shipments.csv --suppliers suppliers.xlsx",
)
@account_options
@click.option(
    "--map-out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Ask which column is which, and write the answers as a mapping file.",
)
@part_option
@click.option("--open", "open_orders", is_flag=True, help="List the open orders by supplier, by hours left.")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="With --open: write a text and a list for each supplier, ready to send.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that are already in that folder.")
@click.option(
    "--lang", "language", metavar="CODE", help="Language of those texts: en, zh, ja or de.  [default: en]"
)
@ui_language_option
def command(*, case_folder: Any, as_json: bool, map_out: Path | None, **values: Any) -> None:
    """Print the late shipment rate of both windows, and where the late orders are.

    REPORT are reports of Amazon's and lists of suppliers in any order; poa
    recognises each by its columns: the Late Shipment Report, orders reports,
    performance reports, a sheet of which supplier makes what, as CSV, text,
    workbook, JSON or XML, also inside .gz or .zip. Nothing is written, except
    with --open --out: files that ask each supplier about its open orders.
    """
    from poa.cli.asking import answered
    from poa.cli.case.folder import open_case
    from poa.cli.terminal import console, print_json

    check_options(values)
    opened = open_case(case_folder)
    account = open_account(opened, values)
    speaks = "en" if as_json else opened.reads(values["ui_language"])
    if map_out is not None:
        from poa.cli.mapping_dialogue import make_mapping

        mapped = make_mapping(account, map_out, language=speaks)
        if mapped is None:
            return
        account = mapped
    if values["open_orders"]:
        from poa.cli.open_orders import list_open

        list_open(account, values, as_json=as_json, language=speaks)
        return
    facts = answered(account, each_store)
    if as_json:
        print_json(stores_data(facts))
        return
    from poa.cli.summary_screen import show

    screen = console(language=speaks)
    for number, one in enumerate(facts):
        if number:
            screen.print()
        show(one, screen)


def each_store(account: Account, tell: Tell) -> tuple[Facts, ...]:
    """The facts of the account's store; where none was named, of each store that its rows name."""
    from poa.account import facts_of

    with roomy(account) as own:
        first = facts_of(own, tell=tell)
        return (first, *(facts_of(other, tell=tell) for other in other_stores(own, first)))


def stores_data(facts: Sequence[Facts]) -> dict[str, Plain]:
    """The JSON of the contract: the facts of the first store, and those of others beside them."""
    from poa.facts import summary_data

    first, *others = map(summary_data, facts)
    return first | ({"other_stores": list(others)} if others else {})


def other_stores(account: Account, first: Facts) -> list[Account]:
    """The account once more for each other store that its rows name; none where a marketplace was named."""
    from dataclasses import replace

    others = () if account.marketplace else [store for store in first.stores if store != first.marketplace]
    stated = (account.performance,) if account.performance else ()
    rest = replace(account, reports=(*account.reports, *stated), performance=None)
    return [replace(rest, marketplace=store) for store in others]


def check_options(values: dict[str, Any]) -> None:
    """Raise UsageFault for options that only go with others, OutputFault for a folder that cannot be written to."""
    from poa.files import check_output

    if values["out"] is None:
        for name, given in (("--lang", values["language"]), ("--overwrite", values["overwrite"])):
            if given:
                raise UsageFault("usage", f"{name} goes with --open --out DIR.")
    elif not values["open_orders"]:
        raise UsageFault("usage", "--out goes with --open: without it poa summary writes nothing.")
    else:
        check_output(values["out"], replace=values["overwrite"])
