"""The page that a paper's words stand on in a shell: how wide and high its column of text is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from poa.writers._shell_xml import W, ours

_WIDEST = 31_680  # 22 inches: Word has no larger paper
_UNITS = {"mm": 56.6929, "cm": 566.929, "in": 1440.0, "pt": 20.0, "pc": 240.0, "pi": 240.0, "": 1.0}
_SECTION = """<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1247" w:bottom="1247"
    w:left="1247" w:header="624" w:footer="624" w:gutter="0"/></w:sectPr>"""
NARROWEST = 2_000  # twentieths of a point: 3.5 cm


def sections(body: Any) -> list[Any]:
    """The sections of a document in order."""
    return [one for one in body.iter(f"{W}sectPr") if one.getparent().tag in {f"{W}pPr", f"{W}body"}]


def end_section(body: Any) -> None:
    """The last section at the end, as Word wants it, and some page where the file names none."""
    ends = body.findall(f"{W}sectPr") or ours(_SECTION)
    for section in ends[:-1]:
        body.remove(section)
    body.append(ends[-1])


def section_of(body: Any, at: int) -> Any | None:
    """The section that a child of the body stands in: the next one that ends."""
    for child in list(body)[at:]:
        found = child if child.tag == f"{W}sectPr" else next(child.iter(f"{W}sectPr"), None)
        if found is not None:
            return found
    return None


def room(section: Any) -> tuple[int, int]:
    """Width and height of the column of text, in twentieths of a point."""
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    high = _of(size, "h", 15_840)
    width = between_margins(section)
    height = high - sum(_of(margin, side, 1_440) for side in ("top", "bottom"))
    return min(_columns(section.find(f"{W}cols"), width)), height


def between_margins(section: Any) -> int:
    """The width between the margins, however many columns stand there, in twentieths of a point."""
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    taken = sum(_of(margin, side, 1_440) for side in ("left", "right")) + _of(margin, "gutter", 0)
    return _of(size, "w", 12_240) - taken


def move_tabs(story: Any, *, own: set[int], to: int) -> None:
    """Put the right edge of a header or footer of the starter's where the shell's margin is now.

    Those are the paragraphs whose only tab is a right one at one of the starter's places (``own``); Word leaves
    a tab where it was when somebody changes the margins.
    """
    for tabs in story.iter(f"{W}tabs"):
        (*others, last) = list(tabs) or [None]
        if last is None or others or last.get(f"{W}val") not in {"right", "end"}:
            continue
        if _of(last, "pos", 0) in own and to > 0:
            last.set(f"{W}pos", str(to))


def _columns(columns: Any | None, width: int) -> Iterator[int]:
    """The widths of the columns, or of the page where there is one."""
    yield width
    if columns is None:
        return
    count = _of(columns, "num", 1)
    for column in columns.iterfind(f"{W}col"):
        yield _of(column, "w", width)
    if count > 1:
        yield (width - (count - 1) * _of(columns, "space", 720)) // count


def _of(element: Any | None, attribute: str, usual: int) -> int:
    said = re.fullmatch(
        r"-?([0-9]{1,6}(?:\.[0-9]{1,4})?)(mm|cm|in|pt|pc|pi|)",
        "" if element is None else element.get(f"{W}{attribute}", ""),
    )
    return usual if said is None else min(_WIDEST, round(float(said[1]) * _UNITS[said[2]]))
