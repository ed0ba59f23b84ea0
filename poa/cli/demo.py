"""``poa demo``: a worked example from sample data, in one command."""

from __future__ import annotations

from pathlib import Path

import click

from poa.words import SPOKEN

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
@click.option("--debug", is_flag=True, help="Show the traceback of a fault.")
def command(out: Path, language: str, as_json: bool, debug: bool) -> None:  # noqa: ARG001, FBT001 - click calls by name; main reads --debug
    """Make a sample account, write its papers, and say what to open first.

    The folder gets a finished case (a report, a supplier map, Amazon's notice,
    evidence) and papers (what poa makes of it). A folder that poa demo made is
    made again; any other is left alone.
    """
    from poa.account import Account, facts_and_late_orders
    from poa.build import Appeal, appeal_papers
    from poa.case import read_case
    from poa.case.notices import due_on, notice_text, read_notice
    from poa.case.triage import Answers
    from poa.cli.appeal import open_packs
    from poa.cli.outcome import show
    from poa.cli.terminal import console, line, print_json, progress
    from poa.files import as_input, check_output, provenance_of, write_folder
    from poa.sample import CASE, EVIDENCE, NOTICE, REPORT, SUPPLIERS, sample_files
    from poa.words import said, spoken

    again = provenance_of(out / "papers").made_by == _MADE_BY
    check_output(out, replace=again)
    files = sample_files(language=language)
    case = read_case(files[CASE], name=CASE)
    notice = read_notice(notice_text(files[NOTICE], name=NOTICE))
    account = Account(
        reports=(as_input(REPORT, files[REPORT]),),
        suppliers=(as_input(SUPPLIERS, files[SUPPLIERS]),),
        marketplace=case.seller.marketplace,
        strict=True,
        letter_date=case.letter_date,
    )
    with progress() as tell:
        facts, late_orders = facts_and_late_orders(account, tell=tell)
        appeal = Appeal(
            facts=facts,
            late_orders=late_orders,
            case=case,
            case_file=(CASE, files[CASE]),
            notice=notice,
            notice_file=(NOTICE, files[NOTICE]),
            answers=Answers(
                quiz_offered=case.notice.quiz_offered,
                appeal_button=case.notice.appeal_button,
                automated_handling_time=case.notice.automated_handling_time,
            ),
            deadline=due_on(notice, case.notice.date),
            evidence={name.removeprefix("evidence/"): files[name] for name in EVIDENCE},
            pack=open_packs(None),
            language=language,
            ui_language=language,
            final=True,
            made_by=_MADE_BY,
        )
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
    screen = console()

    def say(sentence: str, style: str = "") -> None:
        screen.print(line(spoken(sentence, language), style), soft_wrap=True)

    say(said("A made-up account: 90 days of orders, its supplier map, Amazon's notice, its case:"))
    say(f"  {out / 'case'}")
    screen.print()
    show(facts, papers, out / "papers", ui_language=language)
    screen.print()
    say(said("With your own files:"), "bold")
    say(said("  poa case new my-case YOUR-REPORT.csv YOUR-SUPPLIERS.csv --notice NOTICE.txt"))
    say(said("It makes a case folder and asks what only you can say; case.toml in the folder"))
    say(said("above is an example of the answers."))
