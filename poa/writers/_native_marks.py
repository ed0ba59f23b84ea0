"""The marks of a Word-native letter: read wherever words stand, cut over runs or not, and put aside under numbers.

What Word and the rules of ``docxtpl`` see afterwards is ``{{ x7 }}`` or ``{%tr x8 %}`` alone: nothing of what
somebody wrote inside a mark goes through its regular expressions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from poa.errors import did_you_mean
from poa.writers._shell_found import Found, Place, part_in_word, shown
from poa.writers._shell_marks import replaced
from poa.writers._shell_package import Part
from poa.writers._shell_xml import MC, W, pieces, said

TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set")
_MARK = re.compile(r"\{\{([^{}]*)\}\}|\{%([^{}]*)%\}|\{#([^{}]*)#\}")
_SIGN = re.compile(r"\{[{%#]?|[}%#]?\}")
_TAG = re.compile(r"(p|tr|tc|r)?(\s*)([A-Za-z_]\w*)(.*)", re.DOTALL)
_OBJECT = re.compile(r"(?:p|r|tr|tc)(?:\s|$)")
# What Word makes of quotes and spaces while one types.
_TYPED = str.maketrans(
    {**dict.fromkeys("\u201c\u201d\u201e", '"'), **dict.fromkeys("\u2018\u2019\u201a", "'"), "\u00a0": " "}
)
_WHOLE = "Write it whole, in one paragraph and on one line: {{ facts.as_of | day }}."
_ELSEWHERE = {
    *("import", "from", "include", "extends", "block", "endblock", "macro", "endmacro", "call", "endcall"),
    *("raw", "endraw", "autoescape", "filter", "with", "do", "trans", "endset"),
    *("cellbg", "colspan", "vm", "hm"),
}
_KNOWN = f"The tags are: {', '.join(TAGS)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark: its number in the file, the part and the paragraph that it stands in, and what it says.

    ``tag`` is the word that a ``{% … %}`` begins with, empty for a ``{{ … }}``; ``scope`` is ``p`` or ``tr``
    where its paragraph or row is nothing but the mark; ``element`` is the ``w:t`` that holds it.
    """

    number: int
    part: str
    place: Place
    says: str
    tag: str
    scope: str
    element: Any

    @property
    def jinja(self) -> str:
        """The mark in the template language, on one line."""
        return f"{{% {self.says} %}}" if self.tag else f"{{{{ {self.says} }}}}"

    @property
    def inside(self) -> str:
        """Where it stands, for who looks at the file in Word: ``header 1, paragraph 2``."""
        return f"{part_in_word(self.part)}, paragraph {self.place.number}"

    @property
    def holder(self) -> str:
        """What stands in its place while the file is filled."""
        return f"{{%{self.scope} x{self.number} %}}" if self.tag else f"{{{{ x{self.number} }}}}"


def marks_in(part: Part, first: int, found: Found) -> list[Mark]:
    """The marks of a part in order, counted on from ``first``, their places taken by holders; adds what is wrong."""
    every: list[Mark] = []
    seen: set[str] = set()
    for paragraph in part.root.iter(f"{W}p"):
        text = said(paragraph)
        if "{" not in text and "}" not in text:
            continue
        # A text box stands twice, for older programs too: what is wrong with it is told once.
        again = text in seen and next(paragraph.iterancestors(f"{{{MC}}}Fallback"), None) is not None
        seen.add(text)
        reader = _Reader(part, part.places[paragraph], Found() if again else found)
        every += reader.marks(paragraph, text, first + len(every))
    return every


@dataclass(slots=True)
class _Reader:
    """One paragraph while its marks are read."""

    part: Part
    place: Place
    found: Found

    def marks(self, paragraph: Any, text: str, first: int) -> Iterator[Mark]:
        """Its marks, the last first put aside, so that the places of those before it hold."""
        for sign in _SIGN.findall(_MARK.sub(" ", text)):
            message = f"'{shown(sign)}' belongs to no whole mark."
            self._add("broken_mark", message, _WHOLE)
        words = list(pieces(paragraph))
        starts = [0, *accumulate(len(piece) for _, piece in words)]
        read = [(one, self._read(one)) for one in _MARK.finditer(text)]
        counted = iter(range(first, first + len(read)))
        made: list[Mark] = []
        numbered = [(one, says, next(counted)) if says else (one, None, 0) for one, says in read]
        for one, says, number in reversed(numbered):
            at = bisect_right(starts, one.start()) - 1
            last = bisect_right(starts, one.end() - 1)
            if any(element is None for element, _ in words[at:last]):
                message = f"The mark '{shown(one[0])}' goes over a tab or a line break."
                self._add("broken_mark", message, _WHOLE)
                continue
            mark = says and Mark(
                number=number,
                part=self.part.name,
                place=self.place,
                says=says[2],
                tag=says[0],
                scope=says[1],
                element=words[at][0],
            )
            replaced(words, starts, one, mark.holder if mark else "")
            if mark:
                made.append(mark)
        yield from reversed(made)

    def _read(self, mark: re.Match[str]) -> tuple[str, str, str] | None:
        """The tag of a mark, its scope and what it says; None for a remark, and for what is no mark."""
        if mark[3] is not None:
            return None
        is_tag = mark[2] is not None
        inner = (mark[2] if is_tag else mark[1]).translate(_TYPED)
        says = " ".join(inner.split())
        if not says:
            self._add("broken_mark", f"The mark '{shown(mark[0])}' is empty.", "Fill it, or delete it.")
        elif inner[0] in "+-" or inner[-1] in "+-":
            message = f"The mark '{shown(mark[0])}' begins or ends with {inner[0] if inner[0] in '+-' else inner[-1]}."
            self._add("broken_mark", message, "Leave that sign out; spaces around a mark stay as they are.")
        elif is_tag:
            return self._tag(inner, mark[0])
        elif _OBJECT.match(inner):
            message = f"The mark '{shown(mark[0])}' puts something other than words into the file."
            self._add("not_allowed", message, "A mark prints words: write a space behind {{.")
        else:
            return "", "", says
        return None

    def _tag(self, inner: str, whole: str) -> tuple[str, str, str] | None:
        parsed = _TAG.fullmatch(inner.rstrip())
        scope, gap, tag, rest = parsed.groups() if parsed else (None, "", "", "")
        if scope and not gap:  # a word that only begins so
            scope, tag = None, f"{scope}{tag}"
        says = " ".join(f"{tag}{rest}".split())
        if tag in {"p", "tr", "tc", "r"} and not scope:
            message = f"The mark '{shown(whole)}' has a space before '{tag}'."
            self._add("broken_mark", message, f"Write {{%{tag} without a space.")
        elif scope in {"tc", "r"}:
            what = "cells" if scope == "tc" else "pieces of text"
            message = f"'{{%{scope} … %}}' is not known here: {what} are not repeated by it."
            self._add("not_allowed", message, "Write {%p … %}, {%tr … %}, or {% … %} inside one paragraph.")
        elif tag not in TAGS or (tag == "set" and "=" not in rest):
            self._unknown(tag, whole)
        else:
            return tag, scope or "", says
        return None

    def _unknown(self, tag: str, whole: str) -> None:
        if tag in _ELSEWHERE or tag in TAGS:
            message = f"'{shown(whole)}' cannot stand in a Word file."
            self._add("not_allowed", message, f"{_KNOWN} What repeats stands in a phrase.")
        else:
            message = f"There is no tag '{shown(tag or whole)}'{did_you_mean(tag, TAGS)}"
            self._add("template_syntax", message, _KNOWN)

    def _add(self, code: str, message: str, remedy: str) -> None:
        self.found.add(code, message, remedy, part=self.part.name, at=self.place)


def judge_rest(part: Part, found: Found) -> None:
    """Add a problem for each mark that stands where no words are: in an attribute, or in another element's text."""
    for element in part.root.iter():
        place = _place_of(element, part)
        for value in element.attrib.values():
            if re.search(r"\{[{%#]", value):
                _misplaced(value, part, found, place)
        for text in (None if element.tag == f"{W}t" else element.text, element.tail):
            if text and re.search(r"[{}]", text):
                _misplaced(text, part, found, place)


def _place_of(element: Any, part: Part) -> Place | None:
    around = (element, *element.iterancestors(f"{W}p"))
    return next((part.places[one] for one in around if one in part.places), None)


def _misplaced(value: str, part: Part, found: Found, place: Place | None) -> None:
    message = f"The mark in '{shown(value)}' stands where no words are printed."
    found.add("mark_place", message, "Put the mark into a paragraph.", part=part.name, at=place)
