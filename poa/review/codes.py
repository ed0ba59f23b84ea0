"""Words that hold a digit: ids of orders, names that the rows know, SKUs, keys of tables, files."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from poa.review.beside import ends_a_measure
from poa.review.figures import DASH, LETTER, Figure, Seen, seen
from poa.review.numbers import Table

_JOIN = rf" ?[{DASH}] ?"
_ID = r"[\doil]"  # a letter typed for a digit
_ORDER = re.compile(
    rf"(?<!\d)(?<!\d[{DASH}])(?:(?<![a-z])[ds]\d{{2}}|\d{{2,4}}){_JOIN}{_ID}{{6,8}}{_JOIN}{_ID}{{6,8}}(?!\d)(?!-\d)"
    r"|(?<![\w.,-])\d{3}[ \u00a0]\d{7}[ \u00a0]\d{7}(?![\w.,-]\d)(?!\d)|(?<![\w.,-])\d{17}(?!\w)(?![.,-]\d)",
    re.ASCII,
)
_AMAZON = re.compile(r"(?:[ds]\d\d|\d{3})-\d{7}-\d{7}")
# What a number becomes with letters right behind it, that is no code.
_COUNTED = (
    r"(?:st|nd|rd|th|h|hrs?|hours?|days?|min|mins|minutes?|secs?|seconds?|weeks?|months?|years?|yrs?|x|am|pm|a\.m|p\.m"
    r"|percent(?:age)?|pct|orders?|skus?|points?|uhr|tag(?:e[ns]?|s)?|tägig\w{0,2}|std|stunden?|stündig\w{0,2}|wochen?|wöchig\w{0,2}"
    r"|monate?n?|monatig\w{0,2}|minuten?|minütig\w{0,2}|jahre?n?|jährig\w{0,2}|prozent(?:ig\w{0,2}|punkt(?:e[ns]?)?)?|mal|fach\w{0,2}|er|ig\w{0,2})"
)
_MEASURED = rf"\d+(?:[.,]\d+)*-?{_COUNTED}"
_MEASURE = re.compile(rf"{_MEASURED}(?:-{_MEASURED})?(?![{LETTER}\d])(?!-?\d)")
_DASHED = re.compile(rf"[{LETTER}]+-(?=\d)")
_CLOCK = re.compile(r"\d{1,2}(?:\.\d\d)?[ap]\.?m?(?:[-/]\d{1,2}(?:\.\d\d)?[ap]\.?m)?\.?")
_WORD = re.compile(rf"(?<![{LETTER}\d])[{LETTER}\d]+(?:[-./+][{LETTER}\d]+)*")
_LIKE_CODE = re.compile(rf"[{LETTER}]")
_SENTENCE = re.compile(r"[.](?=[A-Z][a-z])")
_BOUND = re.compile(
    r"[a-zäöüß]+(?:[.][a-zäöüß]+)*[.]\d+(?:[.,]\d+)*|(?:sub|pre|post|mid|non|late|early|ca)-\d+(?:[.,]\d+)*"
)
_PERCENT = re.compile(r"(?:[.,]\d+)* ?(?:%|percent|prozent)")
_RUN = re.compile(r"\d+")


def orders(text: str) -> Iterator[Figure]:
    """Every id of an order, also one with a sign too many, too few or of another form."""
    for found in _ORDER.finditer(text):
        bare = found[0].replace(" ", "-") if " " in found[0] and "-" not in found[0] else found[0]
        order = re.sub(rf" ?[{DASH}\u00a0] ?", "-", bare)
        wrong = _AMAZON.fullmatch(found[0]) is None and _AMAZON.fullmatch(order) is None
        spoilt = wrong or not re.search(rf"[{DASH}]", found[0])
        yield Figure(found.start(), found.end(), "order_id", order, malformed=spoilt)


def named(text: Seen, names: Iterable[str]) -> Iterator[Figure]:
    """Every known name that holds a digit, as a whole: 义乌88号 is no number."""
    known = _by_run(tuple(names))
    if not known:
        return
    end = 0
    for run in _RUN.finditer(text.text):
        if run.start() < end:
            continue
        for name, place in known.get(run[0], ()):
            start = run.start() - place
            stop = start + len(name)
            if start >= 0 and text.text.startswith(name, start) and not _goes_on(text.text, start, stop):
                yield Figure(start, stop, "code", _value(name))
                end = stop
                break


@lru_cache(maxsize=8)
def _by_run(names: tuple[str, ...]) -> Mapping[str, list[tuple[str, int]]]:
    """Names by their first digits, the longest first, each with the place of those."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name in sorted({seen(name).text.strip() for name in names}, key=lambda one: (-len(one), one)):
        if run := _RUN.search(name):
            found[run[0]].append((name, run.start()))
    return found


def _goes_on(text: str, start: int, stop: int) -> bool:
    """Whether a name is only a part of a longer word."""
    letter = re.compile(rf"[{LETTER}\d]")
    before = start > 0 and letter.match(text[start]) and letter.match(text[start - 1])
    behind = letter.match(text[stop - 1]) and letter.match(text[stop : stop + 1])
    return bool(before or behind)


def codes(text: str, shown: str, known: Table) -> Iterator[Figure]:
    """Every word of letters and digits that measures nothing: MUG-11, S1, 8D, late-orders-2.csv."""
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isalpha() or not _LIKE_CODE.search(word) or not _RUN.search(word):
            continue
        for begin, end in _pieces(found.start(), shown[found.start() : found.end()]):
            dash = _DASHED.match(text, begin, end)
            start = dash.end() if dash and ends_a_measure(text, dash.end() - 1, known) else begin
            piece = text[start:end]
            if not _RUN.search(piece) or not _LIKE_CODE.search(piece) or _is_figure(text, start, end):
                continue
            yield code(text, start, end)


def _pieces(start: int, word: str) -> Iterator[tuple[int, int]]:
    """A word as one, or parted where a blank is missing: at the end of a sentence, between two codes."""
    parts = word.split("/")
    slashed = len(parts) > 1 and all(map(_RUN.search, parts)) and "." not in word
    at = start
    for part in parts if slashed else [word]:
        begin = 0
        for stop in _SENTENCE.finditer(part):
            yield at + begin, at + stop.start()
            begin = stop.end()
        yield at + begin, at + len(part)
        at += len(part) + 1


def _is_figure(text: str, start: int, end: int) -> bool:
    """Whether a word is a number with letters at it: 30-day, 10am, no.5, sub-4%."""
    word = text[start:end]
    if _MEASURE.match(word) or _CLOCK.fullmatch(word) or _BOUND.fullmatch(word):
        return True
    return word[-1].isdigit() and "-" in word and _PERCENT.match(text, end) is not None


def code(text: str, start: int, end: int) -> Figure:
    """A stretch of a text that is a code whatever it holds."""
    return Figure(start, end, "code", _value(text[start:end]))


def _value(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
