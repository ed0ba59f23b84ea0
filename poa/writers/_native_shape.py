"""Whether the marks of a Word-native letter fit into one another and into Word's own shape, paragraph and row.

Each that opens is closed beside itself: in the same paragraph, among the same paragraphs, in the same table.
Whatever is then left out or repeated, the file stays whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from poa.writers._native_marks import Mark
from poa.writers._shell_found import Found
from poa.writers._shell_xml import W, ours, said

_CLOSES = {"elif": ("if",), "else": ("if", "for"), "endif": ("if",), "endfor": ("for",)}
_ALONE = {f"{W}{name}" for name in ("r", "rPr", "t")}
_WITH_WORDS = {"p": "paragraph", "tr": "row of the table"}


def judge_shape(marks: Iterable[Mark], found: Found) -> None:
    """Add a problem for each mark that is not alone where it must be, or that nothing closes beside it."""
    open_marks: list[tuple[Mark, Any]] = []
    for mark in marks:
        around = _around(mark, found)
        if mark.tag in {"", "set"}:
            continue
        if mark.tag in {"if", "for"}:
            open_marks.append((mark, around))
            continue
        if not open_marks or open_marks[-1][0].part != mark.part:
            message = f"'{mark.jinja}' closes nothing."
            _add(found, mark, message, "Delete it, or write before it what it belongs to.")
            continue
        opened, beside = open_marks[-1]
        if opened.tag not in _CLOSES[mark.tag]:
            message = f"'{mark.jinja}' stands inside '{opened.jinja}' of paragraph {opened.place.number}, which is still open."
            _add(found, mark, message, f"Write {{% end{opened.tag} %}} before it.")
        elif opened.scope != mark.scope:
            message = f"'{opened.jinja}' of paragraph {opened.place.number} was opened as {{%{opened.scope}, and this is {{%{mark.scope}."
            _add(found, mark, message, f"Write {{%{opened.scope} {mark.says} %}}.")
        elif around is not None and beside is not None and around is not beside:
            _apart(opened, mark, found)
        if mark.tag.startswith("end"):
            open_marks.pop()
    for mark, _ in open_marks:
        message = f"Nothing closes '{mark.jinja}'."
        _add(found, mark, message, f"Write {{%{mark.scope} end{mark.tag} %}} where it ends.")


def _apart(opened: Mark, mark: Mark, found: Found) -> None:
    where = {
        "": "in another paragraph, or in a link",
        "p": "in another cell, text box or part of the file",
        "tr": "in another table",
    }[mark.scope]
    remedy = {
        "": f"Write {{%p {opened.says} %}} and {{%p {mark.says} %}}, each in a paragraph of its own.",
        "p": "Put both into the same cell or text box, or both outside.",
        "tr": "Put both into rows of the same table.",
    }[mark.scope]
    message = f"'{mark.jinja}' stands {where} than '{opened.jinja}' of paragraph {opened.place.number}."
    _add(found, mark, message, remedy)


def _around(mark: Mark, found: Found) -> Any:
    """What a mark and the one that closes it have in common; None where that was told as a problem."""
    run = mark.element.getparent()
    if mark.scope == "":
        return run.getparent()
    unit = next(mark.element.iterancestors(f"{W}{mark.scope}"), None)
    if unit is None:
        message = f"'{{%tr {mark.says} %}}' stands outside of a table."
        _add(found, mark, message, f"Write {{%p {mark.says} %}}.")
        return None
    if not _is_alone(unit, mark):
        what = _WITH_WORDS[mark.scope]
        message = f"'{{%{mark.scope} {mark.says} %}}' is not alone in its {what}, all of which would be lost."
        _add(found, mark, message, f"Give it a {what} of its own, with nothing else in it.")
        return None
    return unit.getparent()


def _is_alone(unit: Any, mark: Mark) -> bool:
    """Whether a paragraph or a row holds nothing but the mark: no words, picture, section or inner table."""
    paragraphs = [unit] if mark.scope == "p" else list(unit.iter(f"{W}p"))
    if mark.scope == "tr" and next(unit.iter(f"{W}tbl"), None) is not None:
        return False
    if "".join(said(one) for one in paragraphs).strip() != mark.holder:
        return False
    for paragraph in paragraphs:
        shape = paragraph.find(f"{W}pPr")
        if shape is not None and shape.find(f"{W}sectPr") is not None:
            return False
        for child in paragraph:
            if child is not shape and any(one.tag not in _ALONE for one in _with_words(child)):
                return False
    return True


def _with_words(element: Any) -> Iterable[Any]:
    yield element
    for child in element:
        if element.tag == f"{W}rPr":
            return
        yield from _with_words(child)


def widths(root: Any) -> None:
    """Give each table the grid that its rows need where a program left it out, or a column without its width."""
    for table in root.iter(f"{W}tbl"):
        grid = table.find(f"{W}tblGrid")
        if grid is None:
            cells = max((len(row.findall(f"{W}tc")) for row in table.iterfind(f"{W}tr")), default=1)
            (grid,) = ours(f"<w:tblGrid>{'<w:gridCol/>' * max(cells, 1)}</w:tblGrid>")
            shape = table.find(f"{W}tblPr")
            table.insert(0, grid) if shape is None else shape.addnext(grid)
        for column in grid.iterfind(f"{W}gridCol"):
            if not (column.get(f"{W}w") or "").isdigit():
                column.set(f"{W}w", "2000")


def _add(found: Found, mark: Mark, message: str, remedy: str) -> None:
    found.add("template_shape", message, remedy, part=mark.part, at=mark.place)
