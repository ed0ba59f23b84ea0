"""``poa case sent``: the journal's line on what was sent, and a copy of the case as it was then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import Day, ui_language_option
from poa.errors import InputFault, UsageFault

if TYPE_CHECKING:
    from poa.case.journal import Sent
    from poa.cli.case.folder import OpenCase

_FACTS = "facts.json"
_INTERNAL = "internal/"
_SENT_LIMIT = 64 << 20  # bytes of one paper


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
    from poa.cli.terminal import print_json, teller
    from poa.words import counted, said

    folder = values["folder"]
    opened = open_case(folder)
    if not values["papers"]:
        raise UsageFault(
            "nothing_sent",
            "Nothing says what was sent.",
            hint="Name the folder of the papers, or the files: poa case sent FOLDER PAPERS.",
        )
    sent = _note(opened, values)
    if values["as_json"]:
        print_json(
            {
                "number": sent.number,
                "day": sent.day.isoformat(),
                "by": sent.by,
                "files": dict(sent.files),
                "kept": sent.kept,
            }
        )
        return
    say = teller(opened.reads(values["ui_language"]))
    say(
        counted(
            len(sent.files),
            "Submission {submission} of {day} is in the journal, with 1 file by its hash.",
            "Submission {submission} of {day} is in the journal, with {number} files by their hash.",
            submission=sent.number,
            day=sent.day,
        )
    )
    say(said("When Amazon answers: poa case reply {folder} REPLY-FILE", folder=str(folder)))


def _note(opened: OpenCase, values: dict[str, Any]) -> Sent:
    """Keep what was sent, then add to the journal who confirmed it and that it was sent."""
    from poa.case.editing import statement_texts
    from poa.case.journal import JOURNAL, Confirmed, Sent, entry_line, submissions
    from poa.cli.case.folder import CASE_FILE, SENT
    from poa.cli.case.wall_clock import day_given
    from poa.files import append_line, replace_file

    root = opened.root or Path()
    files, facts = _hashes(values["papers"]), _facts_beside(values["papers"])
    _check_papers(opened, values["papers"])
    day = day_given(values["today"], what="What was sent")
    person = _named(values["by"])
    number = len(submissions(opened.journal)) + 1
    while (root / SENT / str(number)).exists():  # somebody else is noting one, or has stopped half way
        number += 1
    kept = f"{SENT}/{number}"
    replace_file(root / kept / CASE_FILE, opened.data)
    if facts is not None:
        replace_file(root / kept / _FACTS, facts)
    sent = Sent(day=day, by=person, number=number, channel=values["channel"], files=files, kept=kept)
    confirmed = Confirmed(day=day, by=person, statements=statement_texts(opened.case))
    for entry in (confirmed, sent):
        append_line(root / JOURNAL, entry_line(entry))
    return sent


def _check_papers(opened: OpenCase, papers: tuple[Path, ...]) -> None:
    """Refuse papers of poa that are a draft, or of another case: nobody sends those on purpose."""
    from hashlib import sha256

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


def _named(by: str | None) -> str:
    """Who speaks, by option or at a prompt; UsageFault where there is nobody to ask."""
    from poa.cli.case.wall_clock import on_terminal

    if by and by.strip():
        return by.strip()
    if not on_terminal():
        raise UsageFault(
            "no_name", "The journal needs to know who confirms it.", hint="Add --by, such as --by 'Ops lead'."
        )
    return str(click.prompt("Who confirms it (a name or a role)?", err=True)).strip()


def _hashes(papers: Sequence[Path]) -> dict[str, str]:
    """The SHA-256 of each file by its name; of a folder, what may be sent: all but ``internal/``.

    Raises InputFault for a path that is not there, and for a folder that holds nothing.
    """
    from hashlib import sha256

    from poa.files import files_in, read

    found: dict[str, str] = {}
    for path in papers:
        if not path.is_dir():
            files = {path.name: path}
        elif not (
            files := {name: one for name, one in files_in(path).items() if not name.startswith(_INTERNAL)}
        ):
            raise InputFault(
                "no_papers",
                f"{path} holds nothing that may be sent.",
                file=str(path),
                hint="Name the folder that 'poa appeal' wrote, or the files that you sent.",
            )
        for name, one in files.items():
            told = name if name not in found else f"{path.resolve().parent.name}/{path.name}/{name}"
            found[told] = sha256(read(one, limit=_SENT_LIMIT)).hexdigest()
    return found


def _facts_beside(papers: Sequence[Path]) -> bytes | None:
    """The facts behind the papers of a folder, to be compared with those of a later letter."""
    from poa.files import read

    for path in papers:
        for folder in (path, path.parent):
            if (facts := folder / _INTERNAL / _FACTS).is_file():
                return read(facts)
    return None
