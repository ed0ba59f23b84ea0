"""Words that turn what a sentence says of its figures (not, after, missed), by what they say and not by their letters."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from poa.languages import SPOKEN, spaced
from poa.review.numbers import Codes

_NEUTRAL = "neutral"  # words that look like turning ones and are none
# What may go, or come, without turning a sentence; of these a change to the other one does.
_OPPOSITES = (("first", "last"), ("since", "until"))
_LOOSE = {"none", "all", *(one for pair in _OPPOSITES for one in pair)}


def turns(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Every turning word of a text as ``figures.seen`` folds it, as (start, end, what it says)."""
    for found, code in _table(language).found(text):
        if code != _NEUTRAL:
            yield found.start(), found.end(), code


def turned(came: Mapping[str, int]) -> bool:
    """Whether a sentence says another thing by the turning words that came, or went (less than nothing).

    Two of "none" undo each other; "all" may go, for what holds of all of them holds of them.
    """
    count = Counter(came)
    if count["none"] % 2 or count["all"] > 0 or count["last"] < 0:
        return True
    if any(number for code, number in count.items() if code not in _LOOSE):
        return True
    return any(count[one] * count[other] < 0 for one, other in _OPPOSITES)


@cache
def _table(language: str) -> Codes:
    name = language if language in SPOKEN else "en"
    source = files("poa.review.lexicon").joinpath(name, "turns.toml").read_text(encoding="utf-8")
    rows = [(code, said) for code, patterns in tomllib.loads(source)["turns"].items() for said in patterns]
    parts = "|".join(f"(?P<p{number}>{said})" for number, (_, said) in enumerate(rows))
    begin = r"\b" if spaced(name) else ""  # every word begins there: no need to look inside words
    return Codes(re.compile(f"{begin}(?:{parts})"), tuple(code for code, _ in rows))
