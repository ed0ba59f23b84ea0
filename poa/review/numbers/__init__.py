"""How each language writes figures: its words for numbers, months, units and bounds, as data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh", "ja", "de")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The patterns of one language, compiled. Units and bounds are by their code.

    ``after`` are looked for right behind a figure, ``before`` right before it; ``unit_before`` names what is
    numbered (an annex, a picture) or counted before its number.
    """

    decimal: str
    words: re.Pattern[str] | None
    values: dict[str, int]
    units: tuple[tuple[str, re.Pattern[str]], ...]
    unit_before: tuple[tuple[str, re.Pattern[str]], ...]
    bound_before: tuple[tuple[str, re.Pattern[str]], ...]
    bound_after: tuple[tuple[str, re.Pattern[str]], ...]
    parts: tuple[tuple[re.Pattern[str], int, int], ...]  # words of a share: two thirds
    pairs: tuple[re.Pattern[str], ...]


@cache
def table(language: str) -> Table:
    """The table of a language; English where there is none."""
    name = language if language in LANGUAGES else "en"
    data: dict[str, Any] = tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    words = data.get("words_pattern")
    return Table(
        decimal=data["decimal"],
        words=re.compile(words, re.IGNORECASE) if words else None,
        values=data.get("values", {}),
        units=_listed(data["units"], r"\s{0,2}(?:%s)"),
        unit_before=_listed(data["unit_before"], r"(?:%s)\s{0,2}$"),
        bound_before=_listed(data["bound_before"], r"(?:%s)\s{0,2}$"),
        bound_after=_listed(data["bound_after"], r"\s{0,2}(?:%s)"),
        parts=tuple(
            (re.compile(one["said"], re.IGNORECASE), one["of"][0], one["of"][1]) for one in data["parts"]
        ),
        pairs=tuple(re.compile(one, re.IGNORECASE) for one in data["pairs"]),
    )


def month_of(word: str) -> int | None:
    """The month that a Latin word names, in English or German."""
    return _months().get(word.casefold().rstrip("."))


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in ("en", "de"):
        names = tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))[
            "months"
        ]
        for number, forms in enumerate(names, start=1):
            found |= {form.casefold(): number for form in forms}
    return found


@cache
def month_pattern() -> str:
    """Every name of a month as a pattern, the longest first."""
    return "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))


def _listed(rows: list[list[str]], form: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(form % said, re.IGNORECASE)) for code, said in rows)
