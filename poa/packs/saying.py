"""The filter ``say``: a phrase with its parts, in the form that the language has for their number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from poa.errors import PackFault
from poa.languages import LANGUAGES, Language
from poa.packs.context import Figure, kind_of, printing_filter
from poa.packs.language import plural_form, whole_text
from poa.packs.phrases import OTHER, Phrase, part_of
from poa.packs.printing import literal, marked
from poa.packs.work import Work

NUMBER = "n"  # the part that decides where the one that the phrase names has no number


def say(
    language: Language,
    filters: Mapping[str, Callable[..., object]],
    work: Work,
    phrase: object,
    /,
    **parts: object,
) -> Markup:
    """The filter of a language; a figure among the parts is printed by the one of ``filters`` that fits."""
    if isinstance(phrase, Markup):
        return phrase  # without parts in this language, which may leave some out
    if not isinstance(phrase, Phrase):
        raise PackFault(
            "bad_value",
            f"say takes a phrase, and this is a {kind_of(phrase)}.",
            hint="Put the words into lang/en.toml and write {{ t.key | say(…) }}.",
        )
    form = phrase.forms[_form(phrase, parts)]
    out = []
    for position, piece in enumerate(form):
        text = _part(phrase, piece, parts, language, filters) if position % 2 else piece
        work.spend(len(text))
        out.append(text)
    return marked(*out)


def _form(phrase: Phrase, parts: Mapping[str, object]) -> str:
    """The plural category that the phrase has for the number of its deciding part, in its own language."""
    if phrase.by is None:
        return OTHER
    for name in (phrase.by, NUMBER):
        part = parts.get(name)
        value = part["value"] if isinstance(part, Figure) else part
        if type(value) is int:
            found = plural_form(value, language=LANGUAGES[phrase.language])
            return found if found in phrase.forms else OTHER
    given = part_of(phrase, phrase.by, parts)
    raise PackFault(
        "bad_value",
        f"The phrase '{phrase.key}' goes by the number of '{phrase.by}', and this is a {kind_of(given)}.",
        hint=f"Give {phrase.by} as the figure itself, or its number as {NUMBER}=….",
    )


def _part(
    phrase: Phrase,
    name: str,
    parts: Mapping[str, object],
    language: Language,
    filters: Mapping[str, Callable[..., object]],
) -> Markup:
    part = part_of(phrase, name, parts)
    if isinstance(part, Figure):
        fitting = printing_filter(part)
        return literal(filters[fitting](part) if fitting else part)
    return literal(whole_text(part, language=language) if type(part) is int else part)
