"""How review, explain and notice speak: sentences in one language, their further lines hanging under their lead."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from poa.characters import clean
from poa.cli.terminal import WIDTH, console, line
from poa.words import spoken

INDENT = "  "


class Say:
    """Says sentences in a language, each cleaned and in 80 columns, or as wide as the terminal; ready-made words as they are."""

    def __init__(self, language: str, *, wide: bool = False) -> None:
        self.language = language
        self._out = console()
        self._width = self._out.width if wide else min(self._out.width, WIDTH)

    def __call__(self, sentence: str | Text, *, lead: str = "", style: str = "") -> None:
        """Print it; ``lead`` stands before its first line, and as blanks before the others."""
        words = (
            sentence if isinstance(sentence, Text) else line(clean(spoken(sentence, self.language)), style)
        )
        blank = " " * cell_len(lead)
        width = self._width - len(blank)
        rows = words.wrap(self._out, width, overflow="fold") if words.cell_len > width else [words]
        for row in rows:
            row.rstrip()
        self._out.print(Text.assemble(lead, Text(f"\n{blank}").join(rows)), soft_wrap=True)
