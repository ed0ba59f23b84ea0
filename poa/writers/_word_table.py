"""A table as Word's XML, written in one go: cell by cell, a thousand rows take python-docx minutes.

Columns are as wide as their words ask, and together exactly as wide as the text: no column is
narrower than its longest word while the page allows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise

from poa.characters import width
from poa.document import Inlines, Table, words

_SIGN = 104  # a bold digit of nine points, in twentieths of a point
_PADDING = 200  # left and right of the words in a cell
_WIDER = 1  # sign more for the longest word: letters such as K and W are wider than a digit
_EM = 180  # the height of nine points; letters of the widest bold fonts (Verdana, DejaVu) in thousandths of it follow
_BROAD = dict.fromkeys("ijlI.,:;'|!()[]", 400) | dict.fromkeys("frt-", 500) | dict.fromkeys("mMwW@%", 1120)
_BROAD_SMALL, _BROAD_LARGE, _BROAD_ASIAN = 730, 860, 1000
_LONGEST_WISH = 48  # signs; what is longer wraps, and must not starve the other columns
# Lines break at spaces, though not at those that forbid it, and beside any Chinese or Japanese character.
_BREAKS = re.compile(
    r"[^\S\u00a0\u202f]|[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff]"
)


def table_xml(table: Table, *, left: int, total: int, runs: Callable[[Inlines], str]) -> str:
    """The table, ``left`` of the margin and ``total`` wide; ``runs`` writes the words of a cell."""
    rows = (table.header, *table.rows)
    columns = widths([[words(cell) for cell in column] for column in zip(*rows, strict=True)], total=total)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    sides = [f'<w:jc w:val="{side}"/>' if side else "" for side in table.align]
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF0F2"/>'
    titles = _cells(columns, sides, style="TableHeading", shade=shade)
    figures = _cells(columns, sides, style="TableText")
    body = "".join(_row(row, figures, runs) for row in table.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:tblInd w:w="{left}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="0"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(table.header, titles, runs, repeat='<w:tblHeader/>')}{body}</w:tbl>"
    )


def _cells(columns: Sequence[int], sides: Sequence[str], *, style: str, shade: str = "") -> list[str]:
    """How a cell of each column begins; all rows share it."""
    return [
        f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>'
        for column, side in zip(columns, sides, strict=True)
    ]


def _row(
    row: Sequence[Inlines], cells: Iterable[str], runs: Callable[[Inlines], str], *, repeat: str = ""
) -> str:
    said = "".join(f"{cell}{runs(content)}</w:p></w:tc>" for cell, content in zip(cells, row, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{said}</w:tr>"


def widths(columns: Sequence[Sequence[str]], *, total: int) -> list[int]:
    """The width of each column, given the texts of its cells; together they are ``total``."""
    narrow_font = [_PADDING + _SIGN * (max(map(_longest_word, column)) + _WIDER) for column in columns]
    # A shell may have a broader font than ours; where the page is too narrow for that, ours is reckoned with.
    broad_font = [
        max(narrow, _PADDING + max(map(_broadest_word, column)))
        for narrow, column in zip(narrow_font, columns, strict=True)
    ]
    least = broad_font if sum(broad_font) <= total else narrow_font
    wish = [
        max(narrow, _PADDING + _SIGN * min(_LONGEST_WISH, max(map(width, column))))
        for narrow, column in zip(least, columns, strict=True)
    ]
    if sum(wish) <= total:
        return _shared(wish, total)
    if sum(least) >= total:
        return _shared(least, total)
    more = _poured([b - a for a, b in zip(least, wish, strict=True)], total - sum(least))
    return _shared([a + b for a, b in zip(least, more, strict=True)], total)


def _poured(wishes: Sequence[int], room: float) -> list[float]:
    """The room given to the small wishes first, so that names stay whole and long remarks wrap."""
    given = [0.0] * len(wishes)
    smallest_first = sorted(range(len(wishes)), key=wishes.__getitem__)
    for served, i in enumerate(smallest_first):
        given[i] = min(wishes[i], room / (len(wishes) - served))
        room -= given[i]
    return given


def _longest_word(text: str) -> int:
    return max(2, *map(width, _BREAKS.split(text)))


def _broadest_word(text: str) -> int:
    """The room of the longest word in the broadest font, bold, in twentieths of a point."""
    return max(_EM * sum(map(_broad, word)) // 1000 for word in _BREAKS.split(text))


@cache
def _broad(sign: str) -> int:
    if sign in _BROAD:
        return _BROAD[sign]
    if width(sign) > 1:
        return _BROAD_ASIAN
    return _BROAD_LARGE if sign.isupper() else _BROAD_SMALL


def _shared(parts: Sequence[float], total: int) -> list[int]:
    """``total`` cut in proportion to the parts, in whole numbers that add up."""
    whole = sum(parts)
    return [
        after - before
        for before, after in pairwise([0, *(round(total * part / whole) for part in accumulate(parts))])
    ]
