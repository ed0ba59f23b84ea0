"""``poa explain``: why one order is late or not, or what stands behind a figure, with every row that speaks of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import account_options, open_account, ui_language_option
from poa.errors import InputFault, UsageFault

if TYPE_CHECKING:
    from poa.account import Account
    from poa.account.explaining import Explanation
    from poa.review import Ground

_ORDER = re.compile(r"(?=[\w-]*[0-9])[\w-]{5,}", re.ASCII)  # one word with a digit, as ids of any store are
AMAZONS = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}")


@click.command(
    name="explain",
    epilog='Example: poa explain "44 of 787" --facts papers/internal/facts.json',
)
@click.argument("asked", metavar="ORDER-ID|FIGURE")
@account_options
@click.option(
    "--facts",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The facts.json of a run, to trace a figure of its papers.",
)
@ui_language_option
def command(*, asked: str, case_folder: Any, as_json: bool, **values: Any) -> None:
    """Say why an order is late or not, or what stands behind a figure.

    ORDER-ID is the order as Amazon writes it; REPORT are the same files as for poa
    summary. Times are those of the marketplace.

    FIGURE is a figure, a day or a name as a paper prints it ("6.3 %", "44 of 787"),
    or the id of a fact. With --facts it is looked up in the papers of that run.
    """
    from poa.cli.case.folder import open_case
    from poa.cli.review.held_against import language_of, read_facts, with_case

    opened = open_case(case_folder)
    if values["facts"] is not None:
        if values["reports"]:
            raise UsageFault(
                "facts_and_reports",
                "Facts of a run and reports are both given; each says by itself what is behind a figure.",
                hint="Leave one of them out.",
            )
        ground = read_facts(values["facts"], opened)
    else:
        account = open_account(opened, values)
        if found := _order(asked, account):
            _show(found, as_json=as_json)
            return
        ground = with_case(_ground(account), opened)
    from poa.cli.review.traced import show_trace

    show_trace(asked, ground, language=language_of(opened, ground, values["ui_language"]), as_json=as_json)


def _order(asked: str, account: Account) -> Explanation | None:
    """The order explained, where it may be one; raises InputFault where it can be nothing else, and no row has it."""
    from poa.account.explaining import explain
    from poa.cli.asking import answered

    if not _ORDER.fullmatch(asked.strip()):
        return None
    try:
        return answered(account, lambda account, tell: explain(asked, account, tell=tell))
    except InputFault as fault:
        if fault.code != "order_not_found" or AMAZONS.fullmatch(asked.strip()):
            raise
        return None


def _ground(account: Account) -> Ground:
    """The facts of the rows as ground to look up a figure in."""
    from poa.account import facts_of
    from poa.cli.asking import answered
    from poa.facts import evidence_data, summary_data
    from poa.review import ground_of

    facts = answered(account, lambda account, tell: facts_of(account, tell=tell))
    data = {**summary_data(facts), "evidence": evidence_data(facts)}
    return ground_of(data, name=facts.source.files[0].name)


def _show(found: Explanation, *, as_json: bool) -> None:
    from poa.account.explaining import VERDICTS
    from poa.account.told_rows import as_lines
    from poa.cli.terminal import console, line, print_json

    if as_json:
        print_json(found.as_data())
        return
    out = console()
    out.print(line(f"Order {found.order_id}, {found.marketplace}: {VERDICTS[found.verdict]}", "bold"))
    for sentence in found.why:
        out.print(line(sentence))
    out.print()
    out.print(line(f"Rows that speak of it (times in {found.zone})", "bold"))
    out.table(("Where", "What it tells"), list(as_lines(found.rows)))
