"""What poa itself says, in the language of whoever reads it: English in the code, one catalogue a language.

A sentence is a pattern and its parts. In English the pattern is the sentence; ``<code>.toml`` of this
folder leads from the English pattern to the same in another language. Papers' own phrases are a pack's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, reduce
from importlib.resources import files
from typing import Self

from poa.languages import LANGUAGES, SPOKEN


class Said(str):
    """An English sentence that knows its pattern and parts, so that :func:`spoken` can say it otherwise.

    It is a text like any other, and stays itself where it is copied or pickled.
    """

    __slots__ = ("parts", "pattern")
    pattern: str
    parts: Mapping[str, object]

    def __new__(cls, pattern: str, parts: Mapping[str, object]) -> Self:
        """The sentence of a pattern.

        Raises KeyError for a part that is not given, TypeError for one that is none.
        """
        sentence = super().__new__(cls, _filled(pattern, parts, "en"))
        sentence.pattern, sentence.parts = pattern, parts
        return sentence

    def __reduce__(self) -> tuple[type[Said], tuple[str, Mapping[str, object]]]:
        return type(self), (self.pattern, self.parts)


def said(pattern: str, /, **parts: object) -> Said:
    """The sentence of a pattern such as ``"{orders} orders"``.

    A part is a text, a day, another sentence, or a whole number, whose thousands are marked; a number
    with decimals is a text. Raises KeyError and TypeError as :class:`Said` does.
    """
    return Said(pattern, parts)


def counted(number: int, one: str, many: str, /, **parts: object) -> Said:
    """The pattern for one or for many, whose number is the part ``{number}``."""
    return said(one if number == 1 else many, number=number, **parts)


def strung(pattern: str, texts: Iterable[str], /) -> str:
    """Texts as one, each bound to those before it by a pattern such as ``"{one} or {other}"``; empty without any."""
    first, *others = [*texts] or [""]
    return reduce(lambda one, other: said(pattern, one=one, other=other), others, first)


def spoken(sentence: str, language: str) -> str:
    """A sentence in a language; what its catalogue lacks stays English, and what is no pattern as it is."""
    if language == "en":
        return str(sentence)
    pattern, parts = (sentence.pattern, sentence.parts) if isinstance(sentence, Said) else (sentence, {})
    known = catalogue(language).get(pattern)
    if known is None:
        return str(sentence)
    try:
        return _filled(known, parts, language)
    except (LookupError, ValueError, AttributeError, TypeError):
        return str(sentence)  # a slip in a catalogue costs nobody a paper


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """English pattern to the pattern of a language; empty for English and for a language without one."""
    file = files(__name__).joinpath(f"{language}.toml")
    if language not in SPOKEN or not file.is_file():
        return {}
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _filled(pattern: str, parts: Mapping[str, object], language: str) -> str:
    shown = {name: _shown(part, language) for name, part in parts.items()}
    return pattern.format(**shown) if shown else pattern


def _shown(part: object, language: str) -> str:
    match part:
        case bool() | datetime():
            raise TypeError("a part is a text, a whole number, a day, or a sentence")
        case int():
            return f"{part:,}".replace(",", LANGUAGES[language].thousands if language in LANGUAGES else ",")
        case date():
            return part.isoformat()
        case str():
            return spoken(part, language) if isinstance(part, Said) else part
        case _:
            raise TypeError("a part is a text, a whole number, a day, or a sentence")
