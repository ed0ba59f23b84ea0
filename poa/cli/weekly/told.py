"""What is said when a week's page is made: the sentence of the page, and what to open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poa.cli.outcome import opened_first, reviewed
from poa.cli.saving import say_kept
from poa.cli.terminal import console, item, line, print_json, teller
from poa.words import counted, said, spoken

if TYPE_CHECKING:
    from poa.account.weeks import Told
    from poa.cli.case.folder import OpenCase
    from poa.made import WeekPapers


def said_out(
    name: str, made: WeekPapers, out: Path, *, kept: tuple[str, ...], opened: OpenCase, values: dict[str, Any]
) -> None:
    """Say what was written, and what was kept of what somebody edited."""
    if values["as_json"]:
        print_json({"out": str(out), "files": sorted(made.files), "kept": list(kept)})
        return
    console().print(line(made.sentence, "bold"))
    _say_first(name, made, out, opened.reads(values["ui_language"]))
    say_kept(kept, out)


def show(done: Sequence[Told], out: Path, made: Mapping[str, WeekPapers], *, language: str) -> None:
    """Say the week in a sentence, what changed in the history, and where the page lies."""
    screen = console()
    for one in done:
        week = one.weekly
        days = said("{week} ({first} to {last})", week=week.week, first=week.first, last=week.last)
        screen.print(line(spoken(days, language), "bold"))
        screen.print(line(made[week.week].sentence))
        filled = one.filled
        if filled:
            words = counted(
                len(filled),
                "1 week that was missing in the history is filled in: {weeks}.",
                "{number} weeks that were missing in the history are filled in: {weeks}.",
                weeks=said("{first} to {last}", first=filled[0], last=filled[-1])
                if filled[1:]
                else filled[0],
            )
            screen.print(line(spoken(words, language)))
        for restated in week.restated:
            words = said("{week} is restated: its rows changed since it was told.", week=restated.week)
            screen.print(line(spoken(words, language)))
        for gap in week.gaps:
            screen.print(item("  - ", spoken(gap, language)))
        screen.print()
        for told in reviewed(made[week.week].reviews, language):
            screen.print(told)
    last = done[-1].weekly.week
    _say_first("weekly-summary", made[last], out if len(made) == 1 else out / last, language)


def _say_first(name: str, made: WeekPapers, out: Path, language: str) -> None:
    if found := opened_first(name, made.files):
        teller(language)(said("Open first: {paper}", paper=str(out / found)))
