"""What is said when a week's page is made: the sentence of the page, and what to open."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from poa.words import Said, counted, said, spoken

if TYPE_CHECKING:
    from poa.cli.weekly.running import Run
    from poa.facts.weekly import Weekly
    from poa.made import WeekPapers

_PAGE = "weekly-summary"


def _days(week: Weekly) -> Said:
    return said("{week} ({first} to {last})", week=week.week, first=week.first, last=week.last)


def show(done: Run, out: Path, made: Mapping[str, WeekPapers], *, language: str) -> None:
    """Say the week in a sentence, what changed in the history, and where the page lies."""
    from poa.cli.outcome import reviewed
    from poa.cli.terminal import console, item, line

    screen = console()
    for one in done.told:
        week = one.weekly
        screen.print(line(spoken(_days(week), language), "bold"))
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
    last = done.told[-1].weekly.week
    folder = out if len(made) == 1 else out / last
    name = next(
        (f"{_PAGE}{end}" for end in (".docx", ".pdf", ".html", ".md") if f"{_PAGE}{end}" in made[last].files),
        None,
    )
    if name:
        screen.print(
            line(spoken(said("Open first: {paper}", paper=str(folder / name)), language)), soft_wrap=True
        )
