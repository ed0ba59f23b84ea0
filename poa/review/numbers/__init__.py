"""How each language writes figures: its words for numbers, months, units and bounds, as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from poa.languages import SPOKEN


@dataclass(frozen=True, slots=True)
class Codes:
    """Patterns as one, each with its code; of those that fit in one place the first holds."""

    pattern: re.Pattern[str]
    codes: tuple[str, ...]

    def at(self, text: str, place: int) -> tuple[str, int] | None:
        """The code of what stands at a place, and where that ends."""
        found = self.pattern.match(text, place)
        return (self.codes[int((found.lastgroup or "p0")[1:])], found.end()) if found else None

    def found(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        """Everything found in a text, with its code."""
        for found in self.pattern.finditer(text):
            yield found, self.codes[int((found.lastgroup or "p0")[1:])]

    def ends(self, text: str) -> dict[int, str]:
        """The code of everything found, by the place where it ends."""
        return {found.end(): code for found, code in self.found(text)}


@dataclass(frozen=True, slots=True)
class PairForm:
    """How two figures are said to be a part and its whole: what is between them, before the first, behind the second.

    ``turned`` is true where the whole stands first.
    """

    between: re.Pattern[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    turned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The patterns of one language, compiled, for texts as ``figures.seen`` folds them.

    ``units`` and ``bound_after`` stand right behind a figure, the others right before it; ``unit_before`` names
    what is numbered (an annex, a picture) or counted. ``words`` are those of numbers where words are parted by
    blanks, ``counters`` what makes a count of a numeral where they are not; ``one`` is what makes a count of
    "one". ``parts`` are words of a share; ``numerators`` and ``denominators`` make those that are put together.
    """

    decimal: str
    values: Mapping[str, int]
    words: re.Pattern[str] | None
    counters: re.Pattern[str] | None
    one: re.Pattern[str]
    idioms: tuple[re.Pattern[str], ...]
    units: Codes
    unit_before: Codes
    bound_before: Codes
    bound_after: Codes
    parts: Codes
    numerators: re.Pattern[str] | None
    denominators: Mapping[str, int]
    pairs: tuple[PairForm, ...]
    range: re.Pattern[str]
    listed: re.Pattern[str]


@cache
def table(language: str) -> Table:
    """The table of a language; English where there is none."""
    data = _data(language if language in SPOKEN else "en")
    never = re.compile(r"(?!)")
    return Table(
        decimal=data["decimal"],
        values=data.get("values", {}),
        words=_pattern(data.get("words_pattern")),
        counters=_pattern(data.get("counters")),
        one=_pattern(data.get("one")) or never,
        idioms=tuple(map(re.compile, data.get("idioms", ()))),
        units=codes_of(data["units"], " {0,2}"),
        unit_before=codes_of(data["unit_before"], data.get("before_begin", "")),
        bound_before=codes_of(data["bound_before"], data.get("before_begin", "")),
        bound_after=codes_of(data["bound_after"], " {0,2}"),
        parts=codes_of(data["parts"], data.get("parts_begin", "")),
        numerators=_pattern(data.get("numerators")),
        denominators=data.get("denominators", {}),
        pairs=tuple(_pair_form(one) for one in data["pairs"]),
        range=re.compile(data["range"]),
        listed=re.compile(data["listed"]),
    )


def month_of(word: str) -> int | None:
    """The month that a Latin word names, in English or German."""
    return _months().get(word.casefold().rstrip("."))


@cache
def _months() -> dict[str, int]:
    return {
        form.casefold(): number
        for language in ("en", "de")
        for number, forms in enumerate(_data(language)["months"], start=1)
        for form in forms
    }


@cache
def month_pattern() -> str:
    """Every name of a month as a pattern, the longest first."""
    return "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))


@cache
def _data(language: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


def _pattern(said: str | None) -> re.Pattern[str] | None:
    return None if said is None else re.compile(said.replace("\n", ""))


def codes_of(rows: Iterable[Sequence[str]], gap: str) -> Codes:
    """Rows of a code and its pattern as one; ``gap`` is a pattern for what stands before each."""
    codes, said = zip(*rows, strict=True)
    parts = "|".join(f"(?P<p{number}>{one})" for number, one in enumerate(said))
    return Codes(re.compile(f"{gap}(?:{parts})"), codes)


def _pair_form(data: Mapping[str, Any]) -> PairForm:
    before = data.get("before")
    return PairForm(
        between=re.compile(data["between"]),
        before=re.compile(f"(?:{before})$") if before else None,
        after=_pattern(data.get("after")),
        turned=bool(data.get("turned")),
    )
