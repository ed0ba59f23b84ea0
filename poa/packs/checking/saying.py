"""The filter ``say``: whether a phrase is given every part that it has in any language, and no other."""

from __future__ import annotations

from jinja2 import nodes

from poa.packs.checking.printing import parts_of, printable, strange_parts
from poa.packs.checking.problems import Place, nearest
from poa.packs.checking.reading import called, figure_there, fitting_filters, there
from poa.packs.checking.values import Value
from poa.packs.checking.walk import Here
from poa.packs.names import Answer, Anything, Figure, Phrase, Text, Whole
from poa.packs.phrases import Phrase as Written
from poa.packs.saying import NUMBER

_Options = dict[str, tuple[nodes.Keyword, Value]]


def said(node: nodes.Filter, given: Value, options: _Options, here: Here) -> None:
    """``t.key | say(part=…)``."""
    kind = given.kind
    if isinstance(kind, Anything) or (isinstance(kind, Text) and kind.printed):
        return
    if not isinstance(kind, Phrase):
        here.note(
            "bad_value",
            f"say takes a phrase, and this is a {called(kind)}.",
            "Put the words into lang/en.toml and write {{ t.key | say(…) }}.",
            at=node,
        )
        return
    _unknown(kind, options, here)
    for name, (keyword, value) in options.items():
        if name in parts_of(kind, here):
            _part(value, keyword.value, here)
    for language, phrases in here.walk.phrases.items():
        phrase = phrases.get(kind.key)
        if phrase is not None and language == phrase.language:
            _lacking(node, phrase, options, here)


def _unknown(phrase: Phrase, options: _Options, here: Here) -> None:
    known = parts_of(phrase, here)
    for name, (keyword, _) in options.items():
        if name not in known | {NUMBER}:
            near = nearest(name, known - options.keys())
            here.note(
                "unknown_part",
                f"The phrase '{phrase.key}' has no part '{{{name}}}'{f'; did you mean {near!r}?' if near else '.'}",
                f"Write {near}=."
                if near
                else f"Take it away; its parts are: {', '.join(sorted(known)) or 'none'}.",
                at=here.tree.keyword(keyword),
                severity="warning",
            )


def _part(value: Value, place: nodes.Expr, here: Here) -> None:
    """A part is a figure, which say prints by its unit, an answer, or what can be printed as it is."""
    kind = there(value, place, here)
    if isinstance(kind, Answer):
        return
    if isinstance(kind, Figure) and fitting_filters(kind) != {None}:
        figure_there(value, place, here)
    else:
        printable(value if kind is value.kind else Value(kind), place, here)


def _lacking(node: nodes.Filter, phrase: Written, options: _Options, here: Here) -> None:
    lacking = sorted(phrase.parts - options.keys() - strange_parts(phrase, here))
    for name in lacking:
        _told(
            node,
            phrase,
            f"{{{name}}}",
            f"The phrase '{phrase.key}' has the part '{{{name}}}', which is not given to it.",
            f"Give it: say({name}=…), or take {{{name}}} out of {phrase.file}.",
            here=here,
        )
    if phrase.by is None or phrase.by in lacking:
        return
    given = [options[name][1].bare for name in (phrase.by, NUMBER) if name in options]
    if not any(map(_counts, given)):
        _told(
            node,
            phrase,
            phrase.by,
            f"The phrase '{phrase.key}' goes by the number of '{phrase.by}', which is not given to it as a number.",
            f"Give {phrase.by} as the figure itself, or its number as {NUMBER}=….",
            here=here,
        )


def _counts(kind: object) -> bool:
    if isinstance(kind, Figure):
        return "count" in fitting_filters(kind)
    return isinstance(kind, Whole | Anything)


def _told(node: nodes.Filter, phrase: Written, what: str, message: str, remedy: str, *, here: Here) -> None:
    """At the template, where that is the pack's own, else at the phrase."""
    pad = here.walk.pad
    if pad.own(here.tree.file) or not pad.own(phrase.file):
        here.note("missing_part", message, remedy, at=node)
        return
    at = phrase_place(here.walk.pack.text(phrase.file), phrase, what)
    shown = here.tree.file
    pad.note(
        "missing_part", f"{message} ({shown}:{here.tree.place(node).line})", remedy, at=(phrase.file, at)
    )


def phrase_place(text: str, phrase: Written, what: str) -> Place:
    """Where something stands in a phrase: on its first line that holds it."""
    lines = text.split("\n")
    first = (phrase.line or 1) - 1
    for number in range(first, min(first + 12, len(lines))):
        key = lines[number].lstrip().partition("=")[0]
        if number > first and not key.startswith((f"{phrase.key}.", " ")):
            break
        column = lines[number].find(what)
        if column >= 0:
            return Place(number + 1, column + 1, len(what))
    return Place(first + 1, 1, len(phrase.key))
