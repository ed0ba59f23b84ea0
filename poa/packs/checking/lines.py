"""Lines of a template that may turn out without words: a heading or an item whose every word stands under a condition."""

from __future__ import annotations

import re

from poa.packs.checking.problems import Place
from poa.packs.checking.walk import Walk

_TEMPLATE = ".j2"
_LINE = re.compile(
    r"^(?P<before>\s*(?:>\s*)*(?P<mark>#{1,6}|[-*+]|\d{1,9}[.)])\s+)(?P<rest>\{%[-+]?\s*if\b.*endif\s*[-+]?%\})\s*$"
)
_TAG = re.compile(r"\{%[-+]?\s*(if|elif|else|endif)\b.*?%\}")


def check_lines(walk: Walk) -> None:
    """A line of the pack's own templates that is nothing but its marker where its condition does not hold."""
    for file, text in walk.pack.sources.items():
        if not file.endswith(_TEMPLATE):
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            found = _LINE.match(line.rstrip("\r"))
            if found and _may_be_empty(found["rest"]):
                what = "heading" if found["mark"].startswith("#") else "list item"
                walk.pad.note(
                    "may_be_empty",
                    f"Where the condition does not hold, this {what} has no words; the paper then cannot be written.",
                    "Put the condition around the whole line, on lines of its own.",
                    at=(
                        f"{walk.pack.name}/{file}",
                        Place(number, len(found["before"]) + 1, len(found["rest"])),
                    ),
                )


def _may_be_empty(rest: str) -> bool:
    """Whether nothing stands outside of conditions, and one of those has no other case."""
    depth, outside, has_else, end = 0, "", [], 0
    for tag in _TAG.finditer(rest):
        if not depth:
            outside += rest[end : tag.start()]
        match tag[1]:
            case "if":
                depth += 1
                if depth == 1:
                    has_else.append(False)
            case "else" if depth == 1:
                has_else[-1] = True
            case "endif":
                depth -= 1
        end = tag.end()
    return not outside.strip() and not rest[end:].strip() and not any(has_else)
