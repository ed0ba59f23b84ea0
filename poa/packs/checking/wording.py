"""The phrases of a pack: those that nothing says, those that a language lacks, parts that English does not have."""

from __future__ import annotations

from collections.abc import Iterator

from poa.packs.checking.problems import Place, nearest
from poa.packs.checking.saying import phrase_place
from poa.packs.checking.walk import Walk
from poa.packs.pack import BUILT_IN
from poa.packs.phrases import Phrase, phrases_of

_ENGLISH = "en"


def check_phrases(walk: Walk) -> None:
    """Note what is wrong with the pack's own phrases, once the templates are walked."""
    built_in = _built_in(walk)
    for code, phrase in _own(walk):
        place = (phrase.file, phrase_place(walk.pack.text(phrase.file), phrase, phrase.key))
        english = walk.pack.phrases.get(_ENGLISH, {}).get(phrase.key)
        if phrase.key not in walk.used and (phrase.key not in built_in or walk.pack.name == BUILT_IN):
            if not walk.unread:
                _unused(walk, phrase, place, known={*built_in, *walk.used} - {phrase.key})
        elif english is None and phrase.key in walk.used:
            walk.pad.note(
                "phrase_not_english",
                f"The phrase '{phrase.key}' is not in lang/en.toml.",
                f'Add to lang/en.toml: {phrase.key} = "…".',
                at=place,
            )
        elif code != _ENGLISH and english is not None:
            _parts(walk, phrase, english)
        if code == _ENGLISH and phrase.key not in built_in:
            _translated(walk, phrase)


def _unused(walk: Walk, phrase: Phrase, place: tuple[str, Place], *, known: set[str]) -> None:
    near = nearest(phrase.key, known)
    walk.pad.note(
        "unused_phrase",
        f"No template says the phrase '{phrase.key}'{f'; did you mean {near!r}?' if near else '.'}",
        f"Write {near} = …" if near else "Say it in a template, {{ t." + phrase.key + " }}, or take it away.",
        at=place,
        severity="warning",
    )


def _own(walk: Walk) -> Iterator[tuple[str, Phrase]]:
    for code, phrases in sorted(walk.pack.phrases.items()):
        for phrase in phrases.values():
            if walk.pad.own(phrase.file):
                yield code, phrase


def _built_in(walk: Walk) -> set[str]:
    """The keys that the built-in pack has, which a pack overrides by using them."""
    if walk.pack.name == BUILT_IN:
        return set(walk.pack.phrases.get(_ENGLISH, {}))
    return set(phrases_of(walk.pack.default, pack=BUILT_IN).get(_ENGLISH, {}))


def _parts(walk: Walk, phrase: Phrase, english: Phrase) -> None:
    """Parts of a translation that the English phrase does not have, so that no template gives them."""
    known = english.given
    for name in sorted(phrase.parts - known):
        near = nearest(name, known)
        walk.pad.note(
            "unknown_part",
            f"The phrase '{phrase.key}' has no part '{{{name}}}' in English{f'; did you mean {near!r}?' if near else '.'}",
            f"Write {{{near}}}." if near else f"Its parts are: {', '.join(sorted(known)) or 'none'}.",
            at=(phrase.file, phrase_place(walk.pack.text(phrase.file), phrase, f"{{{name}}}")),
        )


def _translated(walk: Walk, phrase: Phrase) -> None:
    """A phrase of the pack's own that a language of the pack lacks: it then stands in English."""
    having = [code for code in walk.pack.languages if phrase.key in walk.pack.phrases.get(code, {})]
    lacking = [code for code in walk.pack.languages if code not in having]
    kept = ", ".join(f'"{code}"' for code in having or [_ENGLISH])
    if lacking:
        walk.pad.note(
            "phrase_missing",
            f"The phrase '{phrase.key}' stands in English in: {', '.join(lacking)}.",
            f"Add it to {', '.join(f'lang/{code}.toml' for code in lacking)}, or name the languages of the pack: "
            f"languages = [{kept}].",
            at=(phrase.file, phrase_place(walk.pack.text(phrase.file), phrase, phrase.key)),
            severity="warning",
        )
