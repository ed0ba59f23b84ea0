"""``poa case sent``: the journal's line on what was sent, and a copy of the case as it was then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import Day, ui_language_option

if TYPE_CHECKING:
    from poa.case.journal import Sent
    from poa.cli.case.folder import OpenCase

FACTS = "facts.json"


@click.command(name="sent", epilog="Example: poa case sent my-case papers --by 'Ops lead' --today 2026-11-04")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("papers", nargs=-1, metavar="PAPERS...", type=click.Path(path_type=Path))
@click.option("--by", metavar="NAME", help="Who confirms the statements and sent them: a name or a role.")
@click.option("--channel", metavar="WORDS", default="", help="Where it was sent, such as Account Health.")
@click.option("--today", type=Day(), metavar="DATE", help="Day on which it was sent.")
@ui_language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(**values: Any) -> None:
    """Note in the journal what was sent, when and by whom.

    PAPERS are the folder that poa appeal wrote, or the files that were sent.
    Their hashes and a copy of the case are kept, so that a second submission can
    say what changed. Whoever sends confirms every statement of the case.
    """
    from poa.cli.case.folder import open_case
    from poa.cli.terminal import console, line, print_json
    from poa.errors import UsageFault
    from poa.words import counted, said, spoken

    folder = values["folder"]
    opened = open_case(folder)
    if not values["papers"]:
        raise UsageFault(
            "nothing_sent",
            "Nothing says what was sent.",
            hint="Name the folder of the papers, or the files: poa case sent FOLDER PAPERS.",
        )
    sent = _note(opened, values)
    if as_json := values["as_json"]:
        print_json(
            {
                "number": sent.number,
                "day": sent.day.isoformat(),
                "by": sent.by,
                "files": dict(sent.files),
                "kept": sent.kept,
            }
        )
    for sentence in (
        counted(
            len(sent.files),
            "Submission {submission} of {day} is in the journal, with 1 file by its hash.",
            "Submission {submission} of {day} is in the journal, with {number} files by their hash.",
            submission=sent.number,
            day=sent.day,
        ),
        said("When Amazon answers: poa case reply {folder} REPLY-FILE", folder=str(folder)),
    ):
        if not as_json:
            console().print(line(spoken(sentence, opened.reads(values["ui_language"]))), soft_wrap=True)


def _note(opened: OpenCase, values: dict[str, Any]) -> Sent:
    """Keep what was sent, then add to the journal who confirmed it and that it was sent."""
    from poa.case.editing import statement_texts
    from poa.case.journal import JOURNAL, Confirmed, Sent, entry_line, submissions
    from poa.cli.case.folder import CASE_FILE, SENT
    from poa.cli.case.journaling import facts_beside, hashes, named
    from poa.cli.case.wall_clock import day_given
    from poa.files import append_line, replace_file

    root = opened.root or Path()
    files, facts = hashes(values["papers"]), facts_beside(values["papers"])
    _check_papers(opened, values["papers"])
    day = day_given(values["today"], what="What was sent")
    person = named(values["by"])
    number = len(submissions(opened.journal)) + 1
    while (root / SENT / str(number)).exists():  # somebody else is noting one, or has stopped half way
        number += 1
    kept = f"{SENT}/{number}"
    replace_file(root / kept / CASE_FILE, opened.data)
    if facts is not None:
        replace_file(root / kept / FACTS, facts)
    sent = Sent(day=day, by=person, number=number, channel=values["channel"], files=files, kept=kept)
    confirmed = Confirmed(day=day, by=person, statements=statement_texts(opened.case))
    for entry in (confirmed, sent):
        append_line(root / JOURNAL, entry_line(entry))
    return sent


def _check_papers(opened: OpenCase, papers: tuple[Path, ...]) -> None:
    """Refuse papers of poa that are a draft, or of another case: nobody sends those on purpose."""
    from hashlib import sha256

    from poa.errors import UsageFault
    from poa.files import provenance_of

    for folder in papers:
        made = provenance_of(folder)
        if made.made_by is None:  # files by their names, or a folder that poa did not make
            continue
        if made.status == "draft":
            raise UsageFault(
                "draft_sent",
                f"The papers in {folder} are a draft, with questions in them.",
                hint="Make them again with --final, or name the very files that were sent.",
            )
        if sha256(opened.data).hexdigest() != made.case:
            raise UsageFault(
                "other_case",
                f"The papers in {folder} were made from another case, or from this one before it was changed.",
                hint="Make them again from this case, or name the very files that were sent.",
            )
