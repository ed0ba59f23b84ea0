"""The styles of a Word file: which of them make a heading, a list item, hidden words or a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from poa.readers._parts import W

_VALUE = f"{W}val"
_STYLE, _OUTLINE, _NUMBERING, _BREAK, _INDENT, _SECTION, _MARK = _SAYING = tuple(
    f"{W}{tag}" for tag in ("pStyle", "outlineLvl", "numPr", "pageBreakBefore", "ind", "sectPr", "rPr")
)
_GONE = (f"{W}del", f"{W}moveFrom")
_DEEPEST = 50  # styles that one may be based on, each on the next
_BODY_LEVEL = 9  # Word's word for "no heading"
# Word names its own styles in English whatever its language; other programs name them in theirs.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|titolo|intestazione|kop|nagłówek|заголовок|标题|標題|見出し|제목)"
    r" ?([1-9])",
)
_TITLES = {
    "title",
    "titel",
    "titre",
    "título",
    "titulo",
    "titolo",
    "标题",
    "標題",
    "表題",
    "タイトル",
    "제목",
}
_CONTENTS = re.compile(
    r"toc(?: ?heading| ?[1-9])|contents(?: heading| [1-9])|table of figures|inhaltsverzeichnis.*|目录.*|目次.*"
)
_CARRIED = re.compile(r"(?:list ?paragraph|list ?continue.*|listenabsatz|列出段落|列表段落|リスト段落)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a style says of its paragraph.

    ``level`` is that of a heading, 0 for none; ``listed`` is true for a list item, and ``carried`` for a
    paragraph that may belong to the item before it; ``left`` is how far it stands in; ``breaks`` is true
    where it begins a page.
    """

    level: int = 0
    listed: bool = False
    contents: bool = False
    carried: bool = False
    hidden: bool = False
    breaks: bool = False
    left: int = 0


@dataclass(slots=True)
class Says:
    """What the properties of one paragraph say; None is what they leave to its style.

    ``outline`` is a level from 0; ``left`` is in twentieths of a point. ``ends_section`` is true for the
    last paragraph of a section, ``goes_on`` for one whose end was deleted, so that the next one goes on with it.
    """

    style: str | None = None
    outline: int | None = None
    listed: bool | None = None
    breaks: bool | None = None
    left: int | None = None
    ends_section: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """What one style says itself; None is what it leaves to the style that it is based on."""

    name: str
    based_on: str | None = None
    hidden: bool | None = None
    says: Says = field(default_factory=Says)


class Styles:
    """The styles by their ids; without a part of styles, an id is taken for the name."""

    def __init__(self, root: Any = None) -> None:
        self._own: dict[str, _Style] = {}
        self._looks: dict[str, Look] = {}
        self._usual = ""
        for style in () if root is None else root.iterfind(f"{W}style"):
            identity = style.get(f"{W}styleId", "")
            self._own[identity] = _own(style, identity)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._usual = identity

    def look(self, identity: str | None) -> Look:
        """The look of a style; of the usual style of paragraphs where none is named."""
        key = self._usual if identity is None else identity
        if key not in self._looks:
            self._looks[key] = self._resolved(key)
        return self._looks[key]

    def hides(self, identity: str) -> bool | None:
        """Whether a style of words hides them; None where it does not say."""
        return next((one.hidden for one in self._chain(identity) if one.hidden is not None), None)

    def _chain(self, identity: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while identity in self._own and len(chain) < _DEEPEST:
            chain.append(self._own[identity])
            identity = chain[-1].based_on
        return chain

    def _resolved(self, identity: str) -> Look:
        chain = self._chain(identity) or [_Style(identity.casefold())]  # the name alone tells
        return Look(
            level=next((level for one in chain if (level := _level(one)) is not None), 0),
            listed=next((one.says.listed for one in chain if one.says.listed is not None), False),
            contents=any(_CONTENTS.fullmatch(one.name) for one in chain),
            carried=any(_CARRIED.fullmatch(one.name) for one in chain),
            hidden=next((one.hidden for one in chain if one.hidden is not None), False),
            breaks=next((one.says.breaks for one in chain if one.says.breaks is not None), False),
            left=next((one.says.left for one in chain if one.says.left is not None), 0),
        )


def _level(style: _Style) -> int | None:
    """The level of the heading that a style makes, 0 for none, None where the style does not say."""
    if style.says.outline is not None:
        return 0 if style.says.outline >= _BODY_LEVEL else style.says.outline + 1
    if match := _HEADING.fullmatch(style.name):
        return int(match[1])
    return 1 if style.name in _TITLES else None


def _own(style: Any, identity: str) -> _Style:
    name, based_on = style.find(f"{W}name"), style.find(f"{W}basedOn")
    said_name = None if name is None else name.get(_VALUE)
    return _Style(
        name=(said_name or identity).casefold(),
        based_on=None if based_on is None else based_on.get(_VALUE),
        hidden=hidden(style.find(f"{W}rPr")),
        says=said_of(style.find(f"{W}pPr")),
    )


def said_of(properties: Any) -> Says:
    """What a paragraph's properties say, in one pass over them."""
    says = Says()
    for one in () if properties is None else properties.iterchildren(*_SAYING):
        tag = one.tag
        if tag == _STYLE:
            says.style = one.get(_VALUE, "")
        elif tag == _OUTLINE:
            says.outline = number(one.get(_VALUE))
        elif tag == _NUMBERING:
            found = next(one.iterchildren(f"{W}numId"), None)
            says.listed = None if found is None else number(found.get(_VALUE)) not in {0, None}
        elif tag == _BREAK:
            says.breaks = _is_on(one.get(_VALUE))
        elif tag == _INDENT:
            says.left = number(one.get(f"{W}left") or one.get(f"{W}start"))
        elif tag == _SECTION:
            says.ends_section = True
        else:
            says.goes_on = next(one.iterchildren(*_GONE), None) is not None
    return says


def hidden(properties: Any) -> bool | None:
    """Whether the properties of words hide them; None where they do not say."""
    found = None if properties is None else next(properties.iterchildren(f"{W}vanish"), None)
    return None if found is None else _is_on(found.get(_VALUE))


def number(text: str | None) -> int | None:
    """A whole number as XML has it; None for any other text."""
    return int(text) if text and len(text) <= 9 and text.isascii() and text.isdigit() else None


def _is_on(value: str | None) -> bool:
    """What Word's switches mean; one without a value is on."""
    return value is None or value.casefold() not in {"0", "false", "off", "none"}
