"""``poa summary``: the numbers of an account on the terminal, in words that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import account_options, open_account, open_case

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from poa.facts import Facts, Rate, StatedRate, SupplierShare

_PROBLEMS_SHOWN = 10


@click.command(
    name="summary",
    epilog="Example: poa summary late-shipments.csv --suppliers suppliers.xlsx",
)
@account_options
def command(case_folder: Any, as_json: bool, debug: bool, **values: Any) -> None:  # noqa: ARG001, FBT001 - click calls by name; main reads --debug
    """Print the late shipment rate of both windows, and where the late orders are.

    REPORT is the Late Shipment Report of Account Health, or any list of orders
    with order id, ship-by date and ship confirmation, as CSV, tab-separated
    text or workbook. Nothing is written.
    """
    from poa.account import facts_of
    from poa.cli.terminal import console, print_json, progress
    from poa.facts import summary_data

    case, _, _ = open_case(case_folder)
    with progress() as tell:
        facts = facts_of(open_account(case, values), tell=tell)
    if as_json:
        print_json(summary_data(facts))
    else:
        show(facts, console())


def show(facts: Facts, out: Console) -> None:
    """Print the facts: rates, suppliers, problems, assumptions."""
    from poa.cli.terminal import line

    out.print(line(f"Late shipment rate, {facts.marketplace_name}, as of {facts.as_of.value}", "bold"))
    out.print(_rates(facts))
    for sentence in _remarks(facts):
        out.print(line(sentence))
    out.print()
    out.print(line("Where the late orders are (a count, not a cause)", "bold"))
    if facts.late_by_supplier.known:
        out.print(_suppliers(facts))
    else:
        out.print(
            line(
                "No supplier is known. It takes --suppliers FILE (columns sku, supplier) and a sku column in the report."
            )
        )
    out.print()
    _show_sources(facts, out)


def _rates(facts: Facts) -> Any:
    from poa.cli.terminal import table

    rows = [_rate_row(rate) for rate in facts.late_shipment_rate]
    target = float(facts.late_shipment_rate[0].target.value or 0)
    header = ("Window", "From", "To", "Late / orders", "Rate", "95% range", f"< {target:.0%}")
    return table(header, rows, right=(1, 2, 3, 4, 5))


def _rate_row(rate: Rate) -> tuple[str | Text, ...]:
    from rich.text import Text

    from poa.rounding import percent

    name = "all days" if rate.window_days is None else f"{rate.window_days} days"
    orders = "?" if rate.orders.value is None else f"{rate.orders.value:,}"
    days = (str(rate.from_.value), str(rate.to.value))
    if rate.meets_target is None:
        return (name, *days, f"{rate.late.value:,} / {orders}", "-", "-", "-")
    target = float(rate.target.value or 0)
    verdict = Text("met", "green") if rate.meets_target else Text("missed", "bold red")
    return (
        name,
        *days,
        f"{rate.late.value:,} / {orders}",
        "few" if rate.few else percent(float(rate.rate.value or 0), against=target),
        "-" if rate.few else f"{float(rate.low.value or 0):.1%}-{float(rate.high.value or 0):.1%}",
        verdict if rate.window_days is not None else "",
    )


def _remarks(facts: Facts) -> list[str]:
    from poa.rounding import percent

    said = []
    if facts.late_shipment_rate[0].orders.value is None:
        said.append(
            "No rate: nothing says how many orders there were. If the report lists every order, add --complete;"
            " else add --performance FILE or --orders N."
        )
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
    if any(rate.few for rate in facts.late_shipment_rate):
        said.append("few: under 20 orders, where a percentage would mislead.")
    return [*said, *map(_stated, facts.stated_by_amazon)]


def _stated(stated: StatedRate) -> str:
    bases = " or ".join(stated.reproduced_by)
    compared = (
        f"counting by {bases} date gives the same"
        if bases
        else "no way of counting these rows gives the same"
    )
    return (
        f"Amazon states for {stated.from_.value} to {stated.to.value}: {stated.late.value:,} late of"
        f" {stated.orders.value:,} orders, status {stated.status or '(none)'}; {compared}."
    )


def _suppliers(facts: Facts) -> Any:
    from poa.cli.terminal import table

    found = facts.late_by_supplier
    rows = [_supplier_row(share, str(share.name.value)) for share in found.top]
    if found.rest:
        rows.append(_supplier_row(found.rest, f"{found.rest_count.value:,} others together"))
    header = (f"Supplier ({found.window_days} days)", "Late / orders", "Rate", "Of orders", "Of late")
    return table(header, rows, right=(1, 2, 3, 4))


def _supplier_row(share: SupplierShare, name: str) -> tuple[str, ...]:
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


def _show_sources(facts: Facts, out: Console) -> None:
    from poa.cli.terminal import line, table

    out.print(line("Files", "bold"))
    rows = [
        (
            file.name,
            file.report,
            file.encoding,
            f"{file.rows_read:,}",
            f"{file.rows_used:,}",
            f"{file.rows_refused:,}",
        )
        for file in facts.source.files
    ]
    out.print(table(("File", "Read as", "Encoding", "Rows", "Used", "Refused"), rows, right=(3, 4, 5)))
    for file in facts.source.files:
        if file.columns:
            taken = ", ".join(f"{ours} = '{theirs}'" for ours, theirs in file.columns.items())
            out.print(line(f"{file.name}: {taken}", "dim"))
    problems = facts.source.problems
    if problems:
        out.print()
        out.print(line("Rows that need a look", "bold"))
        shown = [
            (f"{row.file}:{row.line}", f"{row.message} ({row.value})" if row.value else row.message)
            for row in problems[:_PROBLEMS_SHOWN]
        ]
        out.print(table(("Where", "What"), shown))
        if len(problems) > _PROBLEMS_SHOWN:
            out.print(line(f"... and {len(problems) - _PROBLEMS_SHOWN:,} more; --json lists every one."))
    out.print()
    out.print(line("Assumed", "bold"))
    for sentence in facts.source.assumptions:
        out.print(line(f"- {sentence}"))
