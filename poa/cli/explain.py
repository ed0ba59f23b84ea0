"""``poa explain``: why one order is late or not, with every row that speaks of it."""

from __future__ import annotations

from typing import Any

import click

from poa.cli.options import account_options, open_account


@click.command(
    name="explain",
    epilog="Example: poa explain 111-1234567-1234567 late-shipments.csv orders.txt",
)
@click.argument("order_id", metavar="ORDER-ID")
@account_options
def command(order_id: str, case_folder: Any, as_json: bool, debug: bool, **values: Any) -> None:  # noqa: ARG001, FBT001 - click calls by name; main reads --debug
    """Say why an order is late or not: every row that speaks of it, file and line.

    ORDER-ID is the order as Amazon writes it; REPORT are the same files as for poa
    summary. Times are those of the marketplace.
    """
    from poa.account.explaining import VERDICTS, explain
    from poa.account.told_rows import as_lines
    from poa.cli.asking import answered
    from poa.cli.case.folder import open_case
    from poa.cli.terminal import console, line, print_json, table

    account = open_account(open_case(case_folder), values)
    found = answered(account, lambda account, tell: explain(order_id, account, tell=tell))
    if as_json:
        print_json(found.as_data())
        return
    out = console()
    out.print(line(f"Order {found.order_id}, {found.marketplace}: {VERDICTS[found.verdict]}", "bold"))
    for sentence in found.why:
        out.print(line(sentence))
    out.print()
    out.print(line(f"Rows that speak of it (times in {found.zone})", "bold"))
    out.print(table(("Where", "What it tells"), list(as_lines(found.rows))))
