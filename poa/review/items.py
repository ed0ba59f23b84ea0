"""The actions and controls of a letter, one by one: whoever numbered them, as a list, by hand or in a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from poa.languages import SPOKEN
from poa.paper import Line
from poa.review.claims import Claim, claims, days
from poa.review.draft import Draft
from poa.review.sentences import Sentence, plain

# "1) ", "2. ", "- ", "a) " typed by hand; a day such as "2. November" or "2.11.2026" is none.
_MONTHS = "jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|okt|oct|nov|dez|dec"
_TYPED = re.compile(
    rf"\s*(?:[(（]?\d{{1,2}}[)）、]|\d{{1,2}}[.．](?!\d)(?!\s*(?:{_MONTHS}|\d{{1,2}}\.\s*\d{{4}}))|[a-z][.)]\s|[①-⑳]|[•·▪●○*‣–—-]\s)\s*",  # noqa: RUF001 - the signs people type
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\[[^\]]{0,400}[?？]\]")  # noqa: RUF001 - the sign of Chinese and Japanese
_SHORTEST = 12  # characters of a paragraph that can be an action; a name or "Kind regards" is shorter
_INTRO = 200  # characters of a paragraph that leads to what follows it


@dataclass(frozen=True, kw_only=True)
class Item:
    """One action or control. ``lines`` are its positions in the paper, ``number`` counts from 1 in its part.

    ``text`` is all of it, the cells of a row behind the title of their column. ``marked`` says that somebody
    numbered it or put it into a list or a table; ``loose`` that it is a paragraph beside such a list, which may be
    an action or not.
    """

    number: int
    lines: tuple[int, ...]
    text: str
    language: str
    marked: bool = False
    loose: bool = False

    @cached_property
    def plain(self) -> str:
        """The text as patterns compare it."""
        return plain(self.text)

    @cached_property
    def days(self) -> tuple[Claim, ...]:
        """The days that it names, in their order."""
        return days(self.text, self.language)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The figures that it states, the days among them."""
        return claims(self.text, language=self.language)

    def asks(self, draft: Draft) -> bool:
        """Whether it holds a question that a draft shows, so that what it lacks is known."""
        return draft.draft and _QUESTION.search(self.text) is not None


def core(draft: Draft, item: Item) -> str:
    """What is done, in plain text: all before the first field such as "Responsible:"."""
    text = item.plain
    label = draft.lexicon.found("items", text, key="label")
    return text[: label.start()] if label and label.start() else text


def said_in(draft: Draft, item: Item, rule: str, *, key: str = "said") -> Sentence | int | None:
    """The sentence of an item in which a list finds something; its line where the words cross sentences."""
    if not draft.lexicon.found(rule, item.plain, key=key):
        return None
    told = (one for at in item.lines for one in draft.sentences_of(at))
    return next((one for one in told if draft.lexicon.found(rule, one.plain, key=key)), item.lines[0])


def items(draft: Draft, part: str) -> tuple[Item, ...]:
    """The items of a part; each paragraph is one where nothing is numbered. Empty where the language has no lists."""
    return tuple(one for one in all_of(draft, part) if not one.loose)


def all_of(draft: Draft, part: str) -> tuple[Item, ...]:
    """The items of a part, and the paragraphs beside them."""
    if draft.language not in SPOKEN:
        return ()
    # Kept beside what the draft itself keeps: eight rules ask for the same items.
    kept: dict[str, tuple[Item, ...]] = vars(draft).setdefault("_items", {})
    if part not in kept:
        kept[part] = _read(draft, part)
    return kept[part]


def _read(draft: Draft, part: str) -> tuple[Item, ...]:
    groups = _groups(draft, part)
    listed = any(marked for _, marked, _ in groups)
    found: list[Item] = []
    number = 0
    for position, (lines, marked, text) in enumerate(groups):
        if not marked and (_leads(draft, text, last=position == len(groups) - 1) or _closes(draft, text)):
            continue
        loose = listed and not marked
        number += not loose
        found.append(
            Item(
                number=0 if loose else number,
                lines=tuple(lines),
                text=text,
                language=draft.language,
                marked=marked,
                loose=loose,
            )
        )
    return tuple(found)


def _groups(draft: Draft, part: str) -> list[tuple[list[int], bool, str]]:
    """Lines that belong together, whether somebody marked them as an item, and their text."""
    groups: list[tuple[list[int], bool, str]] = []
    head: Line | None = None
    for at, line in draft.lines(part):
        if line.kind == "row":
            if head is None or len(head.cells) != len(line.cells):
                head = line
                continue
            groups.append(([at], True, _told(head, line)))
            continue
        head = None
        typed = _TYPED.match(line.text)
        text = line.text[typed.end() :] if typed else line.text
        said = plain(text)
        if not said or draft.lexicon.matches("headings", said, key="annex_line"):
            continue
        label = draft.lexicon.found("items", said, key="label")
        if groups and label and label.start() == 0:
            lines, marked, before = groups.pop()
            groups.append(([*lines, at], marked, f"{before} {text}"))
            continue
        groups.append(([at], line.kind == "item" or typed is not None, text))
    return groups


def _told(head: Line, line: Line) -> str:
    """A row as a text: each cell behind the title of its column."""
    pairs = zip(head.cells, line.cells, strict=True)
    return ". ".join(
        f"{title}: {cell}" if len(title) > 2 or not title.isascii() else cell
        for title, cell in pairs
        if cell.strip()
    )


def _leads(draft: Draft, text: str, *, last: bool) -> bool:
    """Whether a paragraph only leads to the list after it."""
    said = plain(text)
    if len(said) > _INTRO:
        return False
    return said.endswith(":") or (not last and draft.lexicon.matches("items", said, key="intro"))


def _closes(draft: Draft, text: str) -> bool:
    said = plain(text)
    wide = sum(1 for sign in said if ord(sign) > 0x2E80)
    return len(said) + wide < _SHORTEST or draft.lexicon.matches("items", said, key="closing")


_QUOTED = re.compile(r'"[^"]{0,400}"|「[^」]{0,400}」|『[^』]{0,400}』|«[^»]{0,400}»')


def unquoted(sentence: str) -> str:
    """A plain sentence without what it quotes: another's words are no promise of the seller's."""
    return _QUOTED.sub('""', sentence)
