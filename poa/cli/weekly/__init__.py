"""``poa weekly``: last week's shipping incidents on a page, and whether the promises hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from poa.cli.options import account_options, pack_option, paper_language_option, ui_language_option


@click.command(
    name="weekly",
    epilog="Example: poa weekly orders.csv --suppliers suppliers.xlsx --case my-case",
)
@account_options
@click.option(
    "--week",
    "week_name",
    metavar="WEEK",
    help="Such as 2026-W44, or 2026-W40..2026-W44.  [default: the last whole one]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the page.  [default: poa-SELLER-WEEK]",
)
@click.option("--overwrite", is_flag=True, help="Replace pages that are already in the folder.")
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    default="md,docx",
    show_default=True,
    help="Formats, with commas between: also html, and pdf where LibreOffice is.",
)
@paper_language_option
@ui_language_option
@click.option(
    "--audience",
    metavar="supplier:NAME",
    help="A reduced page for one supplier: its own orders and scorecard, nothing else.",
)
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; silent when all is well, else exit 3 with a line for each alarm.",
)
@click.option(
    "--since-notice",
    is_flag=True,
    help="Write how the rate went since Amazon's notice, as an annex of a letter.",
)
@pack_option
def command(**values: Any) -> None:
    """Write last week's page: rates, incidents, suppliers, promises, open orders.

    REPORT are the same files as for poa summary; without them, those of the case
    folder are read, which also keeps the history of weeks and says what was
    promised. Overlapping files are joined. A week that was missed is filled in,
    one whose rows changed is restated, and a lost history is made again.
    """
    from poa.errors import UsageFault

    chosen = [
        name
        for name, given in (
            ("--check", values["only_check"]),
            ("--since-notice", values["since_notice"]),
            ("--audience", values["audience"] is not None),
        )
        if given
    ]
    if len(chosen) > 1:
        raise UsageFault(
            "usage", f"{' and '.join(chosen)} cannot be given together.", hint="Run poa once for each."
        )
    if values["as_of"] is not None:
        raise UsageFault(
            "usage", "--as-of does not go with a week.", hint="The week says it: --week 2026-W44."
        )
    if values["only_check"]:
        from poa.cli.weekly.checking import check

        check(values)
    elif values["since_notice"]:
        from poa.cli.weekly.since import since_notice

        since_notice(values)
    else:
        from poa.cli.ahead import maker
        from poa.cli.weekly.running import ahead_of, run

        with maker(values, ahead_of(values)) as papers:
            run(values, papers)
