"""``poa summary``: the numbers of an account on the terminal, in words that can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import account_options, open_account
from poa.cli.roomy import part_option, roomy
from poa.errors import UsageFault

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from poa.account import Account
    from poa.doing import Tell
    from poa.facts import Facts, Plain, Rate, Share


_LISTS = (
    "Add a report that lists every order (All Orders, or the orders report), Amazon's performance report (V2), or"
    " --orders N. Where your own list holds every order, say so with --complete."
)
_LATE = "Add the Late Shipment Report of Account Health, or a list of every order with its confirmation."
_WHY_NOT = {
    "": "it takes orders of these days.",
    "no_confirmations": f"no file says when orders were confirmed. {_LATE}",
    "some_orders": f"these files tell of some orders only, so there may be more late ones. {_LATE}",
    "late_orders_only": f"nothing says how many orders there were. {_LISTS}",
    "unlisted_late_orders": "late orders are missing in the list of every order. Add a list that covers all days.",
    "refused_late_rows": "late orders are among the rows that could not be used. Mend them, or download again.",
    "unknown_confirmations": f"of some orders no file says whether they were confirmed in time. {_LATE}",
}


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
def command(case_folder: Any, as_json: bool, map_out: Path | None, **values: Any) -> None:  # noqa: FBT001 - click calls by name
    """Print the late shipment rate of both windows, and where the late orders are.

    REPORT are reports of Amazon's and lists of suppliers in any order; poa
    recognises each by its columns: the Late Shipment Report, orders reports,
    performance reports, a sheet of which supplier makes what, as CSV, text,
    workbook, JSON or XML, also inside .gz or .zip. Nothing is written, except
    with --open --out: files that ask each supplier about its open orders.
    """
    from poa.cli.asking import answered
    from poa.cli.case.folder import open_case
    from poa.cli.mapping_dialogue import make_mapping
    from poa.cli.terminal import console, print_json

    check_options(values)
    account = open_account(open_case(case_folder), values)
    if map_out is not None:
        mapped = make_mapping(account, map_out)
        if mapped is None:
            return
        account = mapped
    if values["open_orders"]:
        from poa.cli.open_orders import list_open

        list_open(account, values, as_json=as_json)
        return
    facts = answered(account, each_store)
    if as_json:
        print_json(stores_data(facts))
        return
    for number, one in enumerate(facts):
        if number:
            console().print()
        show(one, console())


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


def show(facts: Facts, out: Console) -> None:
    """Print the facts: rates, suppliers, what else the files tell, problems, assumptions."""
    from poa.cli.beside import show_beside
    from poa.cli.course import show_course, show_verdict
    from poa.cli.files_table import show_sources
    from poa.cli.groups import show_groups
    from poa.cli.standing import show_standing
    from poa.cli.terminal import line

    out.print(line(f"Late shipment rate, {facts.marketplace_name}, as of {facts.as_of.value}", "bold"))
    out.print(_rates(facts))
    show_verdict(facts, out)
    for sentence in _remarks(facts):
        out.print(line(sentence))
    out.print()
    if facts.attribution is None:
        _show_counts(facts, out)
    show_standing(facts, out)
    show_course(facts, out)
    show_groups(facts, out)
    show_beside(facts, out)
    show_sources(facts, out)


def _show_counts(facts: Facts, out: Console) -> None:
    """Late orders by supplier, where nothing says how many orders each had."""
    from poa.cli.terminal import line

    out.print(line("Where the late orders are (a count, not a cause)", "bold"))
    if facts.late_by_supplier.known:
        out.print(_suppliers(facts))
    elif facts.late_shipment_rate[0].late.value is None:
        out.print(line("Not known: no file says which orders were late."))
    else:
        out.print(
            line("No supplier is known. It takes a list with the columns sku and supplier beside the report.")
        )
    out.print()


def _rates(facts: Facts) -> Any:
    from poa.cli.terminal import table

    rows = [
        _rate_row(rate)
        for rate in facts.late_shipment_rate
        if rate.window_days is not None or not facts.confirmations_inferred
    ]
    target = float(facts.late_shipment_rate[0].target.value or 0)
    header = ("Window", "From", "To", "Late / orders", "Rate", "95% range", f"< {target:.0%}")
    return table(header, rows, right=(1, 2, 3, 4, 5))


def _rate_row(rate: Rate) -> tuple[str | Text, ...]:
    from rich.text import Text

    from poa.rounding import percent

    name = "all days" if rate.window_days is None else f"{rate.window_days} days"
    orders = "?" if rate.orders.value is None else f"{rate.orders.value:,}"
    late = "?" if rate.late.value is None else f"{rate.late.value:,}{'' if rate.all_late_known else '+'}"
    days = (str(rate.from_.value), str(rate.to.value))
    if rate.meets_target is None:
        return (name, *days, f"{late} / {orders}", "-", "-", "-")
    target = float(rate.target.value or 0)
    verdict = Text("met", "green") if rate.meets_target else Text("missed", "bold red")
    return (
        name,
        *days,
        f"{late} / {orders}",
        "few" if rate.few else percent(float(rate.rate.value or 0), against=target),
        "-" if rate.few else f"{float(rate.low.value or 0):.1%}-{float(rate.high.value or 0):.1%}",
        verdict if rate.window_days is not None else "",
    )


def _remarks(facts: Facts) -> list[str]:
    from poa.account.assumptions import tells_of_missing_days
    from poa.rounding import percent

    said = []
    longest = facts.late_shipment_rate[0]
    if longest.rate.value is None and longest.orders.value is None:
        said.append(f"No rate: {_WHY_NOT[facts.no_rate]}")
    overdue = facts.unconfirmed_past_due.rows.orders
    if overdue:
        are, their, they = ("is", "its", "it") if overdue == 1 else ("are", "their", "they")
        said.append(
            f"{overdue:,} {'order' if overdue == 1 else 'orders'} {are} past {their} ship-by time and not confirmed;"
            f" {they} {are} not in the rate yet."
        )
        longest = facts.late_shipment_rate[0]
        if longest.unconfirmed.value and longest.at_least.value is not None and not longest.few:
            shown = percent(float(longest.at_least.value), against=float(longest.target.value or 0))
            said.append(
                f"Once those of the {longest.window_days} days are confirmed, their rate is at least {shown}."
            )
    if facts.rows_refused.value:
        said.append(
            f"{facts.rows_refused.value:,} of {facts.rows_read.value:,} rows could not be used; they are listed below."
        )
    said.extend(one for one in facts.source.assumptions if tells_of_missing_days(one))
    if any(rate.few and rate.rate.value is not None for rate in facts.late_shipment_rate):
        said.append("few: under 20 orders, where a percentage would mislead.")
    return said


def _suppliers(facts: Facts) -> Any:
    from poa.cli.terminal import table

    found = facts.late_by_supplier
    rows = [_supplier_row(share, str(share.name.value)) for share in found.top]
    if found.rest:
        rows.append(_supplier_row(found.rest, f"{found.rest_count.value:,} others together"))
    header = (f"Supplier ({found.window_days} days)", "Late / orders", "Rate", "Of orders", "Of late")
    return table(header, rows, right=(1, 2, 3, 4))


def _supplier_row(share: Share, name: str) -> tuple[str, ...]:
    def percent(value: object) -> str:
        return "-" if value is None else f"{float(str(value)):.1%}"

    orders = "?" if share.orders.value is None else f"{share.orders.value:,}"
    rate = "few" if share.few else percent(share.rate.value)
    return (
        name,
        f"{share.late.value:,} / {orders}",
        rate,
        percent(share.share_of_orders.value),
        percent(share.share_of_late.value),
    )
