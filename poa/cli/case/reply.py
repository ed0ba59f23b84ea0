"""``poa case reply``: Amazon's answer, read, kept, and noted in the journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import Day, ui_language_option

if TYPE_CHECKING:
    from poa.case.journal import Reply
    from poa.cli.case.folder import OpenCase


@click.command(name="reply", epilog="Example: poa case reply my-case reply.eml --today 2026-11-06")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("reply", type=click.Path(path_type=Path))
@click.option("--today", type=Day(), metavar="DATE", help="Day on which it came.  [default: the e-mail's]")
@ui_language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(**values: Any) -> None:
    """Keep Amazon's answer, read what it asks, and note it in the journal.

    The next papers answer its lines: each stays an open question until the case
    says more than what was sent.
    """
    from poa.cli.case.folder import open_case
    from poa.cli.terminal import console, line, print_json, teller
    from poa.words import said

    opened = open_case(values["folder"])
    entry = _note(opened, values)
    if values["as_json"]:
        print_json(entry.model_dump(mode="json"))
        return
    say = teller(opened.reads(values["ui_language"]))
    say(said("The answer of {day} is kept as {file}.", day=entry.day, file=entry.file))
    if entry.deadline:
        say(said("Answer by {day}.", day=entry.deadline))
    asked = tuple(dict.fromkeys(text for _, text in entry.lines))
    say(
        said("It asks:")
        if asked
        else said("It asks nothing that poa could read. Read it yourself, word for word.")
    )
    for text in asked:
        console().print(line(f"  - {text}"), soft_wrap=True)
    say(said("Next: poa case ask {folder}", folder=str(values["folder"])))


def _note(opened: OpenCase, values: dict[str, Any]) -> Reply:
    """Read the answer, keep it in the folder, and add its line to the journal."""
    from hashlib import sha256

    from poa.case.journal import JOURNAL, Reply, entry_line, submissions
    from poa.case.notices import due_on
    from poa.cli.case.folder import INPUTS, notice_in
    from poa.cli.case.wall_clock import day_given
    from poa.errors import UsageFault
    from poa.files import append_line, files_in, free_name, replace_file

    root, path = opened.root or Path(), values["reply"]
    if not submissions(opened.journal):
        raise UsageFault(
            "nothing_sent",
            "The journal holds no submission that this could answer.",
            hint=f"Note first what was sent: poa case sent {values['folder']} PAPERS",
        )
    told, (_, data) = notice_in(path)
    digest = sha256(data).hexdigest()
    if any(isinstance(one, Reply) and one.sha256 == digest for one in opened.journal):
        raise UsageFault(
            "already_noted",
            f"{path} is in the journal already.",
            hint="Give Amazon's new answer, as a file of its own.",
        )
    day = day_given(values["today"] or told.received, what="Amazon's answer")
    if day < submissions(opened.journal)[-1].day:
        raise UsageFault(
            "reply_before_sent",
            f"An answer of {day} cannot answer what was sent on {submissions(opened.journal)[-1].day}.",
            hint="Correct the day with --today.",
        )
    number = sum(isinstance(one, Reply) for one in opened.journal) + 1
    name = free_name(f"reply-{number}-{path.name}", files_in(root / INPUTS))
    entry = Reply(
        day=day,
        file=f"{INPUTS}/{name}",
        sha256=digest,
        stage=told.stage,
        deadline=due_on(told, day),
        lines=[(one.code, one.line) for one in told.asks_lines],
    )
    replace_file(root / INPUTS / name, data)
    append_line(root / JOURNAL, entry_line(entry))
    return entry
