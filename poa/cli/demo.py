"""``poa demo``: a worked example from sample data, in one command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from poa.languages import SPOKEN

_MADE_BY = "poa demo"


@click.command(
    name="demo",
    epilog="Example: poa demo --out try-poa",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=Path("poa-demo"),
    show_default=True,
    help="Folder for the example.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(SPOKEN),
    default="en",
    show_default=True,
    help="Language of case, papers and cover.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(*, out: Path, language: str, as_json: bool) -> None:
    """Make a sample account, write its papers, and say what to open first.

    The folder gets a finished case (a report, a supplier map, Amazon's notice,
    evidence) and papers (what poa makes of it). A folder that poa demo made is
    made again; any other is left alone.
    """
    from poa.account import facts_and_late_orders
    from poa.build import appeal_papers
    from poa.build.samples import account_of, appeal_of
    from poa.cli.outcome import show
    from poa.cli.pack_folders import open_packs
    from poa.cli.terminal import console, print_json, progress, teller
    from poa.files import check_output, provenance_of, write_folder
    from poa.sample import REPORT, SUPPLIERS, sample_files
    from poa.words import said

    again = provenance_of(out / "papers").made_by == _MADE_BY
    check_output(out, replace=again)
    files = sample_files(language=language)
    account = replace(account_of(files), strict=True)
    with progress() as tell:
        facts, late_orders = facts_and_late_orders(account, tell=tell)
        appeal = appeal_of(files, facts, late_orders, pack=open_packs(None), language=language)
        appeal = replace(appeal, final=True, made_by=_MADE_BY)
        papers = appeal_papers(appeal, tell=tell)
    reports = {REPORT, SUPPLIERS}
    written = {
        f"case/inputs/{name}" if name in reports else f"case/{name}": data for name, data in files.items()
    }
    written |= {f"papers/{name}": data for name, data in papers.files.items()}
    write_folder(out, written, replace=again)
    if as_json:
        print_json({"out": str(out), "files": sorted(written), "questions": list(papers.questions)})
        return
    screen, say = console(), teller(language)
    say(said("A made-up account: 90 days of orders, its supplier map, Amazon's notice, its case:"))
    say(f"  {out / 'case'}")
    screen.print()
    show(facts, papers, out / "papers", ui_language=language)
    screen.print()
    say(said("With your own files:"), "bold")
    say(said("  poa case new my-case YOUR-REPORT.csv YOUR-SUPPLIERS.csv --notice NOTICE.txt"))
    say(said("It makes a case folder and asks what only you can say; case.toml in the folder"))
    say(said("above is an example of the answers."))
