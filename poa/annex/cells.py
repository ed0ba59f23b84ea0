"""A cell of the annex: what it may hold, and how CSV holds it so that no program runs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poa.characters import clean

_MOST = 32_767  # UTF-16 units of a cell in Excel, which leaves out a longer one
_UNIT = "utf-16-le"


def one_line(text: str) -> str:
    """A text on one line, without characters that XML or a terminal cannot hold, no longer than a cell may be."""
    # Nearly every cell is plain already: to look costs a third of cleaning.
    plain = text.isascii() and text.isprintable() and "  " not in text and text == text.strip()
    said = text if plain else clean(text)
    if len(said) * 2 <= _MOST:
        return said
    units = said.encode(_UNIT)
    return said if len(units) <= 2 * _MOST else units[: 2 * (_MOST - 3)].decode(_UNIT, "ignore") + "..."


# A cell is run as a formula where it begins with one of these signs, also behind spaces and quotes (OWASP, CSV
# injection). A semicolon begins a cell where Excel's list separator is one, as in most of Europe.
_STARTS = re.compile(r"(^|[;\t])(?='|[\s\"'`“”‘’„«]*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫−])")
_ESCAPES = re.compile(r"(^|[;\t])'")


def escaped(text: str) -> str:
    """A cell of CSV that no program runs: an apostrophe goes before what would begin a formula.

    One goes also before an apostrophe that stands there, so that :func:`unescaped` always gives the text back:
    ``-12`` is ``'-12``. Nothing else is changed, and an order id never is.
    """
    if text[:1].isalnum() and ";" not in text and "\t" not in text:
        return text  # most cells, without a look by pattern
    return _STARTS.sub(r"\1'", text)


def unescaped(cell: str) -> str:
    """The text of which :func:`escaped` made this cell."""
    return _ESCAPES.sub(r"\1", cell)


def in_csv(texts: Sequence[str]) -> Sequence[str]:
    """Texts on one line as cells of CSV: escaped, and in quotes where they need them (RFC 4180)."""
    # One look at all of a column: most need nothing, and csv.writer looks at every sign.
    first, every = "".join([text[:1] for text in texts]), "".join(texts)
    cells = (
        texts
        if first.isalnum() and ";" not in every and "\t" not in every
        else [escaped(text) for text in texts]
    )
    if "," not in every and '"' not in every:
        return cells
    return ['"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell for cell in cells]
