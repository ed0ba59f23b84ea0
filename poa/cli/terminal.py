"""How poa speaks on a terminal: plain tables of 80 columns, colour only where it is wanted.

Every value is cleaned on its way out: a name from a file can carry escape sequences and markup.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from poa.characters import clean, harmless
from poa.doing import Doing, Tell
from poa.errors import GateNotMet, PoaError
from poa.languages import spaced
from poa.words import Said, spoken

WIDTH = 80
_SAFE = re.compile(r"[\w@%+=:,./\\-]+" if os.name == "nt" else r"[\w@%+=:,./-]+")
# What stays whole where a language has no blanks to break at: a number with its counter, a name in
# Latin letters, a sign; brackets and stops stay with what they open and close.
_WHOLE = re.compile(r"[（「“]*(?:[!-~]*[0-9][!-~]*\w?|[!-~]+|.)[、。，；：）」”]*\s*", re.DOTALL)  # noqa: RUF001

Cell: TypeAlias = str | Text | tuple[str, str]  # words, or words and their style


class Screen(Console):
    """A console that speaks one language."""

    language = "en"

    def on_broken_pipe(self) -> None:
        """Leave it to the command line, where a reader that has seen enough is no fault."""
        raise BrokenPipeError

    def say(self, *sentences: str, style: str = "", lead: str = "") -> None:
        """Print sentences, each behind the lead and broken between words."""
        for sentence in sentences:
            words = lead + self._told(sentence)
            self.print(line(words if spaced(self.language) else _broken(words, self.width), style))

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[Cell]], *, right: Sequence[int] = ()
    ) -> None:
        """Print a table without frames; the columns named in ``right`` hold numbers, ``|`` ends a line of a title."""
        out = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for at, title in enumerate(header):
            words, aside = self._told(title).replace("|", "\n"), at in right
            out.add_column(words, justify="right" if aside else "left", overflow="fold", no_wrap=aside)
        for row in rows:
            out.add_row(*map(self.cell, row))
        self.print(out)

    def cell(self, cell: Cell) -> Text:
        """What stands in a cell."""
        words, style = cell if isinstance(cell, tuple) else (cell, "")
        return words if isinstance(words, Text) else line(self._told(words), style)

    def _told(self, words: str) -> str:
        # A supplier may be called "None"; only a sentence is translated, never a name from a file.
        return spoken(words, self.language) if isinstance(words, Said) else words


def _broken(text: str, width: int) -> str:
    """The text in lines, as a language without blanks breaks them."""
    rows = [""]
    for piece in _WHOLE.findall(text):
        if cell_len(rows[-1] + piece.rstrip()) > width:
            rows.append("")
        rows[-1] += piece
    return "\n".join(rows)


def console(stream: TextIO | None = None, *, language: str = "en") -> Screen:
    """A console on stdout (or the given stream); rich honours ``NO_COLOR`` and non-terminals."""
    out = sys.stdout if stream is None else stream
    screen = Screen(file=out, highlight=False, markup=False, emoji=False, soft_wrap=False)
    if not screen.is_terminal:
        screen = Screen(file=out, highlight=False, markup=False, emoji=False, width=WIDTH, color_system=None)
    screen.language = language
    return screen


def line(text: str, style: str = "") -> Text:
    """One line of words, cleaned."""
    return Text(harmless(text), style=style)


def item(sign: str, text: str) -> Text:
    """One item of a list, its further lines under the first; wide characters count as two."""
    rows = line(text).wrap(console(), WIDTH - len(sign), overflow="fold")
    return Text(sign) + Text(f"\n{' ' * len(sign)}").join(Text(row.plain.rstrip()) for row in rows)


def section(out: Screen, title: str, sentences: Iterable[str]) -> None:
    """A title, a list under it, and an empty line; nothing where the list is empty."""
    if listed := [*sentences]:
        out.say(title, style="bold")
        out.say(*listed, lead="- ")
        out.print()


def teller(language: str) -> Callable[..., None]:
    """What says a sentence, and in which style, on stdout in a language; no line of it is broken."""
    out = console()

    def say(sentence: str, style: str = "") -> None:
        out.print(line(spoken(sentence, language), style), soft_wrap=True)

    return say


def typed(name: str | Path) -> str:
    """A name in a printed command, so that it can be typed: as it is, or in quotes where the shell would take it apart."""
    text = str(name)
    if _SAFE.fullmatch(text):
        return text
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)


def print_json(data: object) -> None:
    """The product as JSON on stdout."""
    sys.stdout.write(json_text(data, narrow="utf" not in (sys.stdout.encoding or "").lower()))


def json_text(data: object, *, narrow: bool) -> str:
    """Data as the JSON that poa prints; ``narrow`` where its signs must be ASCII."""
    return json.dumps(data, ensure_ascii=narrow, indent=2, allow_nan=False) + "\n"


@contextmanager
def progress() -> Iterator[Tell]:
    """What is being done, on stderr, while it is done; nothing where no terminal is.

    Where a file is being read: how far, how many rows, and the time left.
    """
    err = console(sys.stderr)
    if not err.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[rows]}", markup=False),
        TimeRemainingColumn(),
        console=err,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None, rows="")

        def tell(doing: Doing) -> None:
            bar.update(
                task,
                description=harmless(doing.words),
                total=doing.total or None,
                completed=doing.done,
                rows=f"{doing.rows:,} rows" if doing.rows else "",
            )

        yield tell


def show_error(fault: PoaError, *, as_json: bool) -> None:
    """One fault: what, where, what to do next."""
    if as_json:
        data: dict[str, Any] = fault.as_data()
        if isinstance(fault, GateNotMet):
            data["open_points"] = list(fault.open_points)
        print_json({"error": data})
        return
    err = console(sys.stderr)
    # A name with a line end in it must not begin a line that poa seems to say.
    said = Text.assemble(("Error: ", "bold red"), clean(fault.message))
    if fault.place and fault.line is not None:
        said.append(f" [{harmless(fault.place)}]")
    err.print(said)
    if isinstance(fault, GateNotMet):
        for point in fault.open_points:
            err.print(item("  - ", point))
    if fault.hint:
        for part in fault.hint.split("\n"):
            err.print(line(part) if not part.startswith(" ") else Text(part), soft_wrap="=" in part)
