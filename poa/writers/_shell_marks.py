"""The marks of a shell: ``{{ seller }}`` wherever words stand, cut over runs or not, and one ``{{ body }}``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from poa.errors import did_you_mean
from poa.markdown import printable
from poa.writers._shell_found import Found, Place, shown
from poa.writers._shell_package import Part
from poa.writers._shell_xml import MC, W, pieces, put, said

# What a shell may name, and what stands there in a paper.
FIELDS = {
    "seller": "the seller's name",
    "store": "the name of the marketplace",
    "letter_date": "the day of the letter, in the paper's language",
    "title": "the paper's title",
    "language": "the code of the paper's language",
    "as_of": "the last day the figures know, as 2026-10-05",
    "draft": "the word for a draft in the paper's language; nothing in a final paper",
}
# What a template writes for some of them; see poa/packs/placing.py.
_OF_TEMPLATES = {
    "case.seller.name": "seller",
    "facts.marketplace_name": "store",
    "case.letter_date": "letter_date",
    "facts.as_of": "as_of",
}
BODY = "body"
_MARK = re.compile(r"\{\{([^{}]*)\}\}")
_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_BRACES = {"{{", "}}"}
_NAME = re.compile(r"[ \u00a0]*([A-Za-z_][\w.]*)[ \u00a0]*")
_FIELDS_REMEDY = f"A shell knows {', '.join(f'{{{{ {name} }}}}' for name in FIELDS)} and one {{{{ body }}}}."
_WHOLE = "Write it whole, in one paragraph: {{ seller }}."
_BODY_REMEDY = "Put {{ body }} into a paragraph of its own, between the letterhead and the end, once."


def names(part: Part, found: Found) -> tuple[str, ...]:
    """The names of a part's marks in order, each once; problems are added for those that are none."""
    known: dict[str, None] = {}
    seen: set[str] = set()
    for paragraph in part.root.iter(f"{W}p"):
        text = said(paragraph)
        is_again = text in seen and next(paragraph.iterancestors(f"{{{MC}}}Fallback"), None) is not None
        if (
            "{" not in text and "}" not in text
        ) or is_again:  # a text box stands twice, for older programs too
            continue
        seen.add(text)
        place = part.places[paragraph]
        for mark in _MARK.finditer(text):
            name = _NAME.fullmatch(mark[1])
            field = _OF_TEMPLATES.get(mark[1].partition("|")[0].strip(" \u00a0"))
            if field is not None:
                message = f"'{shown(mark[0])}' is of a template; a shell knows {{{{ {field} }}}}."
                found.add("unknown_field", message, f"Write {{{{ {field} }}}}.", part=part.name, at=place)
            elif name is None:
                _broken(mark[0], part, found, place)
            elif name[1] in FIELDS or name[1] == BODY:
                known[name[1]] = None
            else:
                near = did_you_mean(name[1], [*FIELDS, BODY])
                message = f"There is no field '{shown(name[1])}'{near}"
                found.add("unknown_field", message, _FIELDS_REMEDY, part=part.name, at=place)
        left = _LEFT.findall(_MARK.sub("", text))
        code = next((sign for sign in left if sign not in _BRACES), None)
        for sign in [*(sign for sign in left if sign in _BRACES), *([code] if code else [])]:
            _broken(sign, part, found, place)
    return tuple(known)


def _broken(sign: str, part: Part, found: Found, place: Place) -> None:
    if "%" in sign or "#" in sign:
        message = f"'{shown(sign)}' is of the template language; a shell holds plain marks alone."
        remedy = "Put conditions and loops into the template (.md.j2), and {{ body }} where it goes."
        found.add("broken_mark", message, remedy, part=part.name, at=place)
    else:
        message = f"The mark '{shown(sign)}' is not whole, or holds more than a name."
        found.add("broken_mark", message, _WHOLE, part=part.name, at=place)


def filled(root: Any, values: Mapping[str, str]) -> None:
    """Each mark of a part as its value, which is words and nothing else; ``values`` has all its names."""
    for paragraph in root.iter(f"{W}p"):
        words = list(pieces(paragraph))
        text = "".join(piece for _, piece in words)
        if "{{" not in text:
            continue
        starts = [0, *accumulate(len(piece) for _, piece in words)]
        # From the last to the first, in the text as it was: a value is never looked at for marks.
        for mark in reversed(list(_MARK.finditer(text))):
            name = _NAME.fullmatch(mark[1])
            if name and name[1] in values:
                replaced(words, starts, mark, printable(values[name[1]]))


def replaced(words: list[tuple[Any, str]], starts: list[int], mark: re.Match[str], value: str) -> None:
    """The value in the look of the mark's first sign; ``words`` is changed as the elements are.

    ``starts`` are the places of the words before any was replaced. Those to the left of this mark still
    hold, and a piece that it leaves to the right has not been touched.
    """
    at = bisect_right(starts, mark.start()) - 1
    while starts[at] < mark.end():
        element, text = words[at]
        first = max(mark.start() - starts[at], 0)
        last = min(mark.end() - starts[at], starts[at + 1] - starts[at])
        if element is not None and first < last:
            words[at] = element, text[:first] + value + text[last:]
            put(*words[at])
            value = ""
        at += 1


def bodies(part: Part) -> Iterator[Any]:
    """The paragraphs that hold the mark of the body."""
    for paragraph in part.root.iter(f"{W}p"):
        marks = (_NAME.fullmatch(mark[1]) for mark in _MARK.finditer(said(paragraph)))
        if any(name and name[1] == BODY for name in marks):
            yield paragraph


def body(parts: tuple[Part, ...], found: Found) -> Any | None:
    """The one paragraph that the paper's words take the place of; None, and a problem, where there is none."""
    main = parts[0]
    each = [(part, one) for part in parts for one in bodies(part)]
    good = None
    for part, paragraph in each:
        place = part.places[paragraph]
        if part is not main or paragraph.getparent() is not main.root.find(f"{W}body"):
            where = "a table, a text box, a header or a footer"
            message = f"{{{{ body }}}} stands in {where}, where a paper has no room."
            found.add("body_place", message, _BODY_REMEDY, part=part.name, at=place)
        elif not re.fullmatch(r"\s*\{\{[^{}]*\}\}\s*", said(paragraph)):
            message = "{{ body }} has other words in its paragraph."
            found.add("body_place", message, _BODY_REMEDY, part=part.name, at=place)
        elif good is not None:
            found.add("two_bodies", "There is a second {{ body }}.", _BODY_REMEDY, part=part.name, at=place)
        else:
            good = paragraph
    if not each:
        found.add("no_body", "There is no paragraph {{ body }}.", _BODY_REMEDY, part=main.name)
    return good
