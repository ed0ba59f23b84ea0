"""``poa demo``: a worked example from sample data, in one command."""

from __future__ import annotations

from pathlib import Path

import click

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
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault.")
def command(out: Path, as_json: bool, debug: bool) -> None:  # noqa: ARG001, FBT001 - click calls by name; main reads --debug
    """Make a sample account, write its papers, and say what to open first.

    The folder gets inputs (a report, a supplier map, a finished case) and papers
    (what poa makes of them). A folder that poa demo made is made again; any
    other is left alone.
    """
    from poa.account import Account, facts_of
    from poa.build import Appeal, appeal_papers
    from poa.case import read_case
    from poa.cli.appeal import open_packs, show
    from poa.cli.terminal import console, line, print_json, progress
    from poa.files import as_input, check_output, provenance_of, write_folder
    from poa.sample import sample_files

    again = provenance_of(out / "papers").made_by == _MADE_BY
    check_output(out, replace=again)
    files = sample_files()
    report, suppliers, case_file = files
    case = read_case(files[case_file], name=case_file)
    account = Account(
        reports=(as_input(report, files[report]),),
        suppliers=(as_input(suppliers, files[suppliers]),),
        strict=True,
        letter_date=case.letter_date,
    )
    with progress() as tell:
        facts = facts_of(account, tell=tell)
        appeal = Appeal(
            facts=facts,
            case=case,
            case_file=(case_file, files[case_file]),
            pack=open_packs(None),
            final=True,
            made_by=_MADE_BY,
        )
        papers = appeal_papers(appeal, tell=tell)
    written = {f"inputs/{name}": data for name, data in files.items()}
    written |= {f"papers/{name}": data for name, data in papers.files.items()}
    write_folder(out, written, replace=again)
    if as_json:
        print_json({"out": str(out), "files": sorted(written), "questions": list(papers.questions)})
        return
    said = console()
    said.print(line("A made-up account, 90 days of orders, its supplier map and its case:"))
    said.print(line(f"  {out / 'inputs'}"), soft_wrap=True)
    said.print()
    show(facts, papers, out / "papers")
    said.print()
    said.print(line("With your own files:", "bold"))
    said.print(line("  poa appeal YOUR-REPORT.csv --suppliers YOUR-SUPPLIERS.csv"))
    said.print(line("It writes a draft that shows each question only you can answer; case.toml in"))
    said.print(line("the inputs above is an example of the answers."))
