"""``poa case check``: what is open, by what the notice asks; readiness, never a chance of success."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa.cli.options import pack_option, ui_language_option
from poa.words import Said, counted, said, spoken

if TYPE_CHECKING:
    from poa.case import Open
    from poa.case.resubmission import Unanswered
    from poa.cli.case.folder import OpenCase
    from poa.packs.options import Option


@click.command(name="check", epilog="Example: poa case check my-case")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="End with code 3 while something is open.")
@pack_option
@ui_language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(
    *,
    folder: Path,
    strict: bool,
    pack_folder: Path | None,
    ui_language: str | None,
    as_json: bool,
) -> None:
    """Say what is still open in a case, for each part that the notice asks.

    It says what is ready, and never how good the chances are. The rows are not
    read here: poa appeal holds the case against them. With --pack, what that pack
    requires counts, too.
    """
    from poa.case import open_points
    from poa.case.matters import other_matters
    from poa.case.resubmission import contradictions, unanswered
    from poa.cli.case.ask_options import open_options
    from poa.cli.case.folder import open_case
    from poa.cli.pack_folders import open_packs
    from poa.cli.terminal import print_json
    from poa.errors import GateNotMet

    opened = open_case(folder)
    found = _Found(
        points=open_points(opened.case, present=opened.evidence),
        waits=unanswered(opened.earlier, opened.case),
        matters=tuple(other_matters(opened.notice, opened.case)),
        against=tuple(contradictions(opened.earlier, opened.case)) if opened.earlier else (),
        advice=tuple(_advice(opened)),
        options=tuple(open_options(opened.case.options, open_packs(pack_folder).options)),
    )
    again = str(folder) if pack_folder is None else f"{folder} --pack {pack_folder}"
    if as_json:
        print_json(_data(opened, found, opened.reads(ui_language)))
    else:
        _show(opened, found, opened.reads(ui_language), folder=again)
    if strict and found.open_now:
        raise GateNotMet(
            "open_questions",
            counted(found.open_now, "1 point of the case is open.", "{number} points of the case are open."),
            hint=f"Answer them: poa case ask {again}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is open, what Amazon still waits for, what contradicts the first letter, and what to look at again.

    ``options`` are those that the pack requires and nobody answered.
    """

    points: tuple[Open, ...]
    waits: tuple[Unanswered, ...]
    matters: tuple[Said, ...]
    against: tuple[Said, ...]
    advice: tuple[Said, ...]
    options: tuple[Option, ...]

    @property
    def open_now(self) -> int:
        return len(self.points) + len(self.waits) + len(self.matters) + len(self.options)


def _data(opened: OpenCase, found: _Found, language: str) -> dict[str, object]:
    return {
        "ready": not found.open_now,
        "open": [
            {"path": one.path, "ask": one.ask, "question": spoken(one.question, language)}
            for one in found.points
        ],
        "options": [{"name": one.name, "question": one.help} for one in found.options],
        "other_matters": [spoken(one, language) for one in found.matters],
        "unanswered": [{"ask": one.ask, "line": one.line} for one in found.waits],
        "contradictions": [spoken(one, language) for one in found.against],
        "advice": [spoken(one, language) for one in found.advice],
        "deadline": opened.deadline.isoformat() if opened.deadline else None,
    }


def _due(opened: OpenCase) -> Iterator[Said]:
    """By when, as a day where it is known, else as the notice says it."""
    if opened.deadline:
        yield said("Answer by {day}.", day=opened.deadline)
    elif opened.notice is not None and opened.notice.deadline.days:
        days = opened.notice.deadline.days
        yield counted(
            days, "Answer within 1 day of the notice.", "Answer within {number} days of the notice."
        )


def _state(found: _Found, ask: str, number: int) -> Said:
    """How far one part of the letter is."""
    if number:
        return counted(number, "1 point is open", "{number} points are open")
    waits = any(one.ask == ask for one in found.waits)
    return said("Amazon waits for more") if waits else said("ready")


def _show(opened: OpenCase, found: _Found, language: str, *, folder: str) -> None:
    from poa.cli.terminal import console, item, line

    out = console()

    def say(sentence: str, style: str = "") -> None:
        out.print(line(spoken(sentence, language), style))

    def listed(rows: Sequence[str]) -> None:
        for row in rows:
            out.print(item("  - ", spoken(row, language)))

    for sentence in _due(opened):
        say(sentence, "bold")
        out.print()
    for ask, title in _parts(opened):
        mine = [one for one in found.points if one.ask == ask]
        say(said("{title}: {state}", title=title, state=_state(found, ask, len(mine))), "bold")
        if mine:
            listed([_placed(one, opened, language) for one in mine])
    for title, rows in (
        (said("The pack asks:"), tuple(one.help for one in found.options)),
        (said("The notice:"), found.matters),
        (said("Amazon still waits for more on:"), tuple(one.line for one in found.waits)),
        (said("Not as in what was sent:"), found.against),
        (said("Worth another look:"), found.advice),
    ):
        if rows:
            out.print()
            say(title, "bold")
            listed(rows)
    out.print()
    if found.open_now:
        say(said("Next: poa case ask {folder}", folder=folder))
    else:
        say(said("Nothing of the case is open. Next: poa appeal --case {folder} --final", folder=folder))


def _parts(opened: OpenCase) -> Iterator[tuple[str, str]]:
    """The parts of the letter, in the notice's order and words where it has them."""
    titles = {
        "root_cause": said("Root cause"),
        "corrective": said("Actions taken"),
        "preventive": said("Prevention"),
        "evidence": said("Evidence"),
    }
    asked: dict[str, str] = {}
    for one in opened.notice.asks_lines if opened.notice else ():
        asked.setdefault(one.code, one.line)
    order = [*(code for code in asked if code in titles), *(code for code in titles if code not in asked)]
    yield "", said("Frame of the letter")
    for code in order:
        yield code, asked.get(code) or titles[code]


def _placed(one: Open, opened: OpenCase, language: str) -> str:
    """A question, with the entry that it is about where there are several."""
    question = spoken(one.question, language)
    heading, *rest = one.path.split(".")
    if len(rest) < 2:
        return question
    if rest[0] == "of":
        return said("Cause {number}: {question}", number=_number(rest[1], opened), question=question)
    if len(getattr(opened.case, heading)) < 2:
        return question
    patterns = {
        "cause": "Cause {number}: {question}",
        "corrective": "Action {number}: {question}",
        "preventive": "Control {number}: {question}",
        "evidence": "File {number}: {question}",
    }
    return said(patterns[heading], number=int(rest[0]) + 1, question=question)


def _number(name: str, opened: OpenCase) -> int:
    """The number of the cause that actions call by a name."""
    from poa.case.graph import name_of

    names = [name_of(cause, at) for at, cause in enumerate(opened.case.cause, start=1)]
    return names.index(name) + 1


def _advice(opened: OpenCase) -> Iterator[Said]:
    """What no rule forbids and a strict reader would ask about."""
    from poa.case.editing import statement_texts
    from poa.case.journal import unconfirmed

    shortest = 3  # steps of a why-chain (R13)
    for number, cause in enumerate(opened.case.cause, start=1):
        if 0 < len(cause.why) < shortest:
            yield said("Cause {number}: its chain of whys has fewer than 3 steps.", number=number)
        if cause.code and not cause.shown_by:
            yield said("Cause {number}: nothing says which rows show it (shown_by).", number=number)
    open_now = len(unconfirmed(statement_texts(opened.case), opened.journal))
    if open_now:
        yield counted(
            open_now,
            "1 statement was written or changed since somebody confirmed the case; whoever sends it confirms it.",
            "{number} statements were written or changed since somebody confirmed the case; whoever sends it confirms them.",
        )
