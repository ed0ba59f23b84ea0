"""Numbers in words: forty-four, vierundvierzig, 四十四件."""

# ruff: noqa: RUF001 - numerals of East Asia
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from poa.review.figures import ClaimKind, Figure
from poa.review.numbers import Table

EAST = "〇零一二两三四五六七八九十百千"
_VALUES = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_TENTHS = re.compile(
    rf"(?<![第几幾数{EAST}])([一二三四五六七八九])(?:成(?![为為功本立绩績员員长長果交都品型分份就人])(?:([一二三四五六七八九])(?![件个笔单天次家名]))?|割(?!引|り|合|安|増)(?:([一二三四五六七八九])分)?)"
)
# Behind these signs a numeral is no count (第二, 十数件, 几十笔), or is the end of a share.
_NO_COUNT = "第几幾数何番"
_COUNTED = re.compile(rf"(?<![{_NO_COUNT}{EAST}\d])([{EAST}]{{1,9}}(?:万[{EAST}]{{0,7}})?)")
# "一" is mostly an article; Chinese counts with 两, and 二次 is "second", 上百笔 more than a hundred.
_NO_NUMERAL = ({"一"}, {"一", "二", "百", "千"})
# 十分 is "very" or "enough", 百分 begins a percentage: both are minutes where 钟 or 間 follows that begins no word.
_NO_WORDS = re.compile(r"[十百]分(?!钟|間(?!に合|違))|十足|[百千]万|百[货貨]|零[件部售]")
_LATIN = re.compile(r"[a-z]+")
_TO_NUMERAL = re.compile(rf"(?:到|至|-|–|~|〜|から)[{EAST}]{{1,7}}")
PERCENT_WORD = re.compile(
    r"[ -]?(?:per ?cent(?!age|-points?\b)|prozent(?!punkt)(?:ig\w{0,2})?|パーセント(?!ポイント)|%(?!-(?:punkt|points?\b)))"
)
# Behind a number in digits: 2 thousand, 10 Dutzend.
SCALE_WORD = re.compile(r"[ \u00a0](dozen|dutzend|hundred|hundert|thousand|tausend|millione?n?)\b(?!-)")
_HALF_MORE = " and a half"
_STARTS = frozenset('.!?:;|\n("“„*•·–—')
_CAPITAL = re.compile(r" ?[A-ZÄÖÜ][a-zäöüß]")


def words(text: str, shown: str, language: str, known: Table) -> Iterator[Figure]:
    """Every number in words; ``shown`` has the capitals, which tell a name from a count."""
    if known.counters is not None:
        yield from _counted(text, language, known)
    elif known.words is not None:
        for run in known.words.finditer(text):
            for start, end, value, digits in _read(run, known, language):
                scales = text[max(start - 2, 0) : start - 1].isdecimal() and SCALE_WORD.match(text, start - 1)
                if scales or _is_name(shown, start, end, language):
                    continue
                percent = PERCENT_WORD.match(text, end)
                if value == 1 and not (percent or known.one.match(text, end)):
                    continue
                if any(one.match(text, start) for one in known.idioms):
                    continue
                kind: ClaimKind = "percent" if percent else "number"
                yield Figure(start, percent.end() if percent else end, kind, value, digits)


def _is_name(shown: str, start: int, end: int, language: str) -> bool:
    """Whether a capital amid a sentence makes a name of a number: Three Rivers Supply, Drei Tannen."""
    if not shown[start].isupper() or shown[start:end].isupper():
        return False
    before = shown[max(start - 3, 0) : start].rstrip()
    if not before or before[-1] in _STARTS:
        return False
    if language == "de":
        return not shown.startswith("-", end)  # das Vier-Prozent-Ziel, die Zwei-Tage-Frist
    return _CAPITAL.match(shown, end) is not None


# --- words parted by blanks or hyphens, and words that are put together --------------------------------


def _read(run: re.Match[str], known: Table, language: str) -> Iterator[tuple[int, int, Decimal, int]]:
    """The numbers in a run of number words: "two hundred and three", but "two" and "three" in "two and three"."""
    if language == "de":
        word = _german(run[0], known)
        if word is not None:
            yield run.start(), run.end(), word, 1 if word % 1 else 0
        return
    once = known.values.get(run[0])
    found = [(run.start(), run.end(), once)] if once is not None else [*_english(run, known)]
    for start, end, value in found:
        if end == run.end() and run.string.startswith(_HALF_MORE, end):
            yield start, end + len(_HALF_MORE), value + Decimal("0.5"), 1
        else:
            yield start, end, Decimal(value), 0


def _english(run: re.Match[str], known: Table) -> Iterator[tuple[int, int, int]]:
    number = _English()
    for word in _LATIN.finditer(run[0]):
        if word[0] == "and":
            continue
        if not number.takes(word[0], known.values, run[0][number.end : word.start()]):
            yield run.start() + number.start, run.start() + number.end, number.value
            number = _English()
            number.takes(word[0], known.values, "")
            number.start = word.start()
        number.end = word.end()
    yield run.start() + number.start, run.start() + number.end, number.value


class _English:
    """An English number as its words come in."""

    def __init__(self) -> None:
        self.total = self.part = self.start = self.end = 0
        self.scale, self.last = 10**9, ""

    @property
    def value(self) -> int:
        return self.total + self.part

    def takes(self, word: str, values: Mapping[str, int], joined: str) -> bool:
        """Whether a word goes on with the number; then it is a part of it."""
        value = values[word]
        kind = _kind(word, value)
        if "and" in joined and self.last not in {"hundred", "thousand"}:
            return False
        if self.last and kind not in _FOLLOWS.get(self.last, ()):
            return False
        if (kind == "hundred" and self.part >= 100) or (kind == "thousand" and value >= self.scale):
            return False
        match kind:
            case "hundred":
                self.part = max(self.part, 1) * value
            case "dozen":
                self.total, self.part = max(self.value, 1) * value, 0
            case "thousand":
                self.total, self.part, self.scale = self.total + max(self.part, 1) * value, 0, value
            case _:
                self.part += value
        self.last = kind
        return True


_FOLLOWS = {
    "a": {"hundred", "thousand", "dozen"},
    "ones": {"hundred", "thousand", "dozen"},
    "teens": {"hundred", "thousand", "dozen"},
    "tens": {"thousand", "ones", "dozen"},
    "hundred": {"thousand", "ones", "teens", "tens", "dozen"},
    "thousand": {"ones", "teens", "tens", "dozen"},
}


def _kind(word: str, value: int) -> str:
    if word in {"a", "dozen", "hundred"}:
        return word
    if value >= 1000:
        return "thousand"
    return "ones" if value < 10 else "teens" if value < 20 else "tens"


def _german(said: str, known: Table) -> Decimal | None:
    """A German number word, which is one word: zweihundertvierundvierzig."""
    value = known.values.get(said)
    if value is not None:
        return Decimal(value)
    if said == "anderthalb":
        return Decimal("1.5")
    if said.endswith("dutzend"):
        head = said.removesuffix("dutzend").strip()
        times = Decimal("0.5") if head.endswith("halbes") else _german(head, known)
        return None if times is None else times * 12
    if said.endswith("einhalb"):
        whole = _german(said.removesuffix("einhalb") or "null", known)
        return None if whole is None else whole + Decimal("0.5")
    for step, size in (("tausend", 1000), ("hundert", 100)):
        before, parted, behind = said.partition(step)
        if parted:
            head_value = _german(before, known) if before else Decimal(1)
            rest = behind.removeprefix("und")
            tail = _german(rest, known) if rest else Decimal(0)
            return None if head_value is None or tail is None else head_value * size + tail
    one, parted, tens = said.partition("und")
    first, second = known.values.get(one), known.values.get(tens)
    return Decimal(first + second) if parted and first is not None and second is not None else None


# --- numerals of East Asia -----------------------------------------------------------------------------


def _counted(text: str, language: str, known: Table) -> Iterator[Figure]:
    for said in _TENTHS.finditer(text):
        tenths, hundredths = _VALUES[said[1]], _VALUES[said[2] or said[3] or "〇"]
        yield Figure(said.start(), said.end(), "percent", Decimal(tenths * 10 + hundredths))
    counters = known.counters
    for said in _COUNTED.finditer(text):
        if counters is None or said[1] in _NO_NUMERAL[language == "zh"]:
            continue
        percent = PERCENT_WORD.match(text, said.end())
        counted = counters.match(text, said.end()) or (
            (other := _TO_NUMERAL.match(text, said.end())) and counters.match(text, other.end())
        )
        if percent is None and (counted is None or _NO_WORDS.match(text, said.start())):
            continue
        value = eastern(said[1], colloquial=language == "zh")
        if value is not None:
            kind: ClaimKind = "percent" if percent else "number"
            yield Figure(said.start(), percent.end() if percent else said.end(), kind, Decimal(value))


def eastern_digits(numeral: str) -> str:
    """Numerals sign by sign: 五九 is 59."""
    return "".join(str(_VALUES.get(sign, "")) for sign in numeral)


def eastern(numeral: str, *, colloquial: bool = False) -> int | None:
    """A Chinese or Japanese numeral up to ten million; None for what is none, such as 三五 (three to five).

    ``colloquial`` reads 一百二 as 120 and 一万二 as 12,000, as Chinese does: the last unit is left unsaid.
    """
    high, parted, low = numeral.partition("万")
    if parted:
        head, tail = eastern(high), eastern(low, colloquial=colloquial) if low else 0
        if tail is not None and colloquial and len(low) == 1 and low in _VALUES:
            tail *= 1000
        return None if head is None or tail is None else head * 10_000 + tail
    if not set(numeral) & set(_TENS):
        positional = len(numeral) == 1 or len(numeral) > 2 or set(numeral) & set("〇零")
        return int(eastern_digits(numeral) or 0) if positional else None
    total = digit = 0
    last = ""
    for sign in numeral:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        elif last and last in _VALUES and last not in "〇零":
            return None
        else:
            digit = _VALUES[sign]
        last = sign
    if colloquial and len(numeral) > 2 and digit and numeral[-2] in "百千":
        digit *= _TENS[numeral[-2]] // 10
    return total + digit
