"""A filled letter made a paper: no value lost, every question seen, drafts named, the file judged once more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from poa.document import Document, Gap, words
from poa.errors import PackFault
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN
from poa.parsing import NotXml, xml_tree
from poa.writers._native import Letter
from poa.writers._shell_filled import as_word_file, mark_draft, scan, speak
from poa.writers._shell_xml import W, child_of, name_of, ours, put, written
from poa.writers._word_shell import language_of

_FACT = re.compile(f"{FACT_OPEN}([^{FACT_SPLIT}]*){FACT_SPLIT}([^{CLOSE}]*){CLOSE}")
_GAP = re.compile(f"{GAP_OPEN}([^{CLOSE}]*){CLOSE}")
_LOST = "Write the mark on a line of its own, in plain words, and run again."
# What comes after the highlight in the properties of a run, in Word's order.
_AFTER = {
    *("w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang"),
    *("w:eastAsianLayout", "w:specVanish", "w:oMath"),
}
_BEFORE_BOLD = {"w:rStyle", "w:rFonts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A letter that was made: the file, the questions that stand in it, and the ids of the facts that it prints."""

    data: bytes
    gaps: tuple[str, ...]
    facts: tuple[str, ...]


def finished(
    letter: Letter,
    stories: Mapping[str, str],
    values: Mapping[str, Sequence[str]],
    document: Document,
) -> Printed:
    """The letter's file; ``stories`` are its filled parts, ``values`` what was printed into each, in order.

    ``document`` is the same paper made of Markdown, for what the file says of itself. Raises PackFault where a
    value is not in the file, or where something stands in it that may not.
    """
    trees = {name: _tree(data, letter) for name, data in letter.parts.items() if name.endswith(".xml")}
    trees |= {name: _tree(text.encode(), letter) for name, text in stories.items() if name in letter.parts}
    gaps: dict[str, None] = {}
    facts: dict[str, None] = {}
    for name, root in trees.items():
        _check(root, values.get(name, ()), letter)
        if not re.match(r"word/(?:document|header|footer)", name):
            continue
        _plain(root, gaps, facts)
        _mend(root)
    language = language_of(document.language)
    parts = dict(letter.parts)
    if document.draft:
        mark_draft(trees, parts, set(), language.draft)
    speak(trees, language)
    parts |= {name: written(root) for name, root in trees.items()}
    data = as_word_file(parts, document)
    scan(data, name=letter.name)
    return Printed(data=data, gaps=tuple(gaps), facts=tuple(facts))


def _tree(data: bytes, letter: Letter) -> Any:
    try:
        return xml_tree(data)
    except NotXml:
        message = "What the template makes is no Word file."
        raise PackFault("template_failed", message, file=letter.name, hint=_LOST) from None


def _check(root: Any, values: Iterable[str], letter: Letter) -> None:
    """Refuse a file that lacks what was printed into it, whatever lost it."""
    text = "".join(one.text or "" for one in root.iter(f"{W}t"))
    at = 0
    for value in values:
        found = text.find(value, at)
        if found < 0:
            shown = _GAP.sub(r"\1", _FACT.sub(r"\2", value))
            message = f"The words '{shown[:60]}' were printed and are not in the file."
            raise PackFault("value_lost", message, file=letter.name, hint=_LOST)
        at = found + len(value)


def _plain(root: Any, gaps: dict[str, None], facts: dict[str, None]) -> None:
    """The marks of facts become their words, those of questions a run that nobody overlooks."""
    for element in list(root.iter(f"{W}t")):
        text = element.text or ""
        if FACT_OPEN in text:
            facts |= dict.fromkeys(one[1] for one in _FACT.finditer(text))
            text = _FACT.sub(r"\2", text)
            put(element, text)
        if GAP_OPEN in text:
            gaps |= dict.fromkeys(one[1] for one in _GAP.finditer(text))
            _part(element, text)


def _part(element: Any, text: str) -> None:
    """A run cut before and after each question that it asks."""
    run = element.getparent()
    look = run.find(f"{W}rPr")
    pieces: list[tuple[bool, list[Any]]] = [(False, [])]
    for child in list(run):
        if child is look:
            continue
        if child is not element:
            pieces[-1][1].append(child)
            continue
        for position, words_ in enumerate(_GAP.split(text)):
            is_gap = position % 2 == 1
            if words_:
                (new,) = ours("<w:t/>")
                put(new, words((Gap(words_),)) if is_gap else words_)
                pieces.append((is_gap, [new]))
        pieces.append((False, []))
    for is_gap, children in pieces:
        if children:
            (new_run,) = ours("<w:r/>")
            if look is not None:
                new_run.append(deepcopy(look))
            new_run.extend(children)
            if is_gap:
                _stress(new_run)
            run.addprevious(new_run)
    run.getparent().remove(run)


def _stress(run: Any) -> None:
    look = child_of(run, "rPr")
    for old in [one for one in look if name_of(one.tag) in {"w:b", "w:bCs", "w:highlight", "w:vanish"}]:
        look.remove(old)
    at = sum(name_of(one.tag) in _BEFORE_BOLD for one in look)
    look[at:at] = ours("<w:b/><w:bCs/>")
    (highlight,) = ours('<w:highlight w:val="yellow"/>')
    after = next((one for one in look if name_of(one.tag) in _AFTER), None)
    look.append(highlight) if after is None else after.addprevious(highlight)


def _mend(root: Any) -> None:
    """What a loop without a round or a condition leaves behind: Word wants rows, cells, and a last paragraph."""
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}tc") is None:
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for holder in _holders(root):
        blocks = [one for one in holder if name_of(one.tag) in {"w:p", "w:tbl"}]
        if not blocks or name_of(blocks[-1].tag) != "w:p":
            (last,) = ours("<w:p/>")
            end = holder.find(f"{W}sectPr")
            holder.append(last) if end is None else end.addprevious(last)


def _holders(root: Any) -> Iterator[Any]:
    if name_of(root.tag) in {"w:hdr", "w:ftr"}:
        yield root
    yield from root.iter(f"{W}body", f"{W}tc", f"{W}txbxContent")
