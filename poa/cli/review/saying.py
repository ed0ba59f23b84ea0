"""How review and explain speak: sentences in one language, their further lines hanging under their lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from poa.words import spoken

if TYPE_CHECKING:
    from rich.text import Text

INDENT = "  "


class Say(Protocol):
    """Says a sentence; ``lead`` stands before its first line, and as blanks before the others."""

    def __call__(self, sentence: str | Text, *, lead: str = "", style: str = "") -> None:
        """Print it."""


def speaker(language: str) -> Say:
    """Says sentences in a language, each cleaned and in 80 columns; ready-made words as they are."""
    from rich.cells import cell_len
    from rich.text import Text

    from poa.characters import clean
    from poa.cli.terminal import WIDTH, console, line

    out = console()
    width = min(out.width, WIDTH)

    def say(sentence: str | Text, *, lead: str = "", style: str = "") -> None:
        words = sentence if isinstance(sentence, Text) else line(clean(spoken(sentence, language)), style)
        blank = " " * cell_len(lead)
        rows = (
            words.wrap(out, width - len(blank), overflow="fold")
            if words.cell_len > width - len(blank)
            else [words]
        )
        for row in rows:
            row.rstrip()
        out.print(Text.assemble(lead, Text(f"\n{blank}").join(rows)), soft_wrap=True)

    return say
