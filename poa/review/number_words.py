"""Numbers in words: forty-four, vierundvierzig, 四十四件, 百分之四."""

# ruff: noqa: RUF001 - numerals of East Asia
from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from poa.review.numbers import Table

_EAST = "〇零一二两三四五六七八九十百千"
_VALUES = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_OF_HUNDRED = re.compile(rf"百分之([{_EAST}]{{1,7}})(?:点([〇零一二三四五六七八九]{{1,4}}))?")
_TENTHS = re.compile(
    rf"(?<![第{_EAST}])([一二三四五六七八九])(?:成(?![为為功本立绩员長长果交都])|割(?!引|り))"
)
# Behind these signs a numeral is part of a word (唯一, 统一, 第二); "一" alone with a counter is an article.
_NO_NUMBER = "第唯统統同单單专專万不逐之某每另任"
_COUNTERS = {
    "zh": r"(?:件|个|单(?!独|位|一|元|据)|笔|天|次|名|家|行|张|位|周(?!期|末|一|二|三|四|五|六|日)|小时|工作日|分钟|订单|种|项|条)",
    "ja": r"(?:件|個|日間|名|社|か所|時間|週間|人|回|行|か月|ヶ月|営業日|分間|種類|つ)",
}
_COUNTED = re.compile(rf"(?<![{_NO_NUMBER}{_EAST}])([{_EAST}]{{1,9}}(?:万[{_EAST}]{{0,7}})?)")
_PERCENT_WORD = re.compile(r"[ -]?(?:per ?cent|prozent)\b", re.IGNORECASE)

Kind = Literal["number", "percent"]


def found(text: str, language: str, known: Table) -> Iterator[tuple[int, int, Decimal, Kind]]:
    """Every number in words as (start, end, value, kind)."""
    if known.words is not None:
        for word in known.words.finditer(text):
            value = _german(word[0], known) if language == "de" else _english(word[0], known)
            if value is None:
                continue
            percent = _PERCENT_WORD.match(text, word.end())
            end = percent.end() if percent else word.start() + len(word[0].rstrip(" -"))
            yield word.start(), end, Decimal(value), "percent" if percent else "number"
        return
    for said in _OF_HUNDRED.finditer(text):
        rest = "".join(str(_VALUES[sign]) for sign in said[2] or "")
        yield said.start(), said.end(), Decimal(f"{_eastern(said[1])}.{rest or '0'}"), "percent"
    for said in _TENTHS.finditer(text):
        yield said.start(), said.end(), Decimal(_VALUES[said[1]] * 10), "percent"
    counter = re.compile(_COUNTERS.get(language, _COUNTERS["zh"]))
    for said in _COUNTED.finditer(text):
        if (
            said[1] not in {"一", "零", "〇"}
            and counter.match(text, said.end())
            and not _is_word(said[1], text, said.end())
        ):
            yield said.start(), said.end(), Decimal(_eastern(said[1])), "number"


def _is_word(numeral: str, text: str, end: int) -> bool:
    """十分 is "quite", 千万 "by all means", 百分 the beginning of a percentage."""
    return numeral in {"十", "百", "千"} and text[end : end + 1] in "分万"


def _english(words: str, known: Table) -> int | None:
    total = part = 0
    for word in re.split(r"[ -]+", words.casefold().strip()):
        if word == "and":
            continue
        value = known.values.get(word)
        if value is None:
            return None
        if value >= 100:
            part = max(part, 1) * value
            if value == 1000:
                total, part = total + part, 0
        elif word == "dozen":
            part = max(part, 1) * value
        else:
            part += value
    return total + part


def _german(word: str, known: Table) -> int | None:
    """A German number word, which is one word: zweihundertvierundvierzig."""
    said = word.casefold()
    if said in known.values:
        return known.values[said]
    for step, size in (("tausend", 1000), ("hundert", 100)):
        before, parted, behind = said.partition(step)
        if parted:
            head = _german(before, known) if before else 1
            tail = _german(behind.removeprefix("und"), known) if behind else 0
            return None if head is None or tail is None else head * size + tail
    if said.endswith("zehn"):
        unit = known.values.get(said.removesuffix("zehn"))
        return None if unit is None else unit + 10
    one, parted, tens = said.partition("und")
    first, second = known.values.get(one), known.values.get(tens)
    return first + second if parted and first is not None and second is not None else None


def _eastern(numeral: str) -> int:
    """A Chinese or Japanese numeral up to ten million."""
    high, parted, low = numeral.partition("万")
    if parted:
        return _eastern(high) * 10_000 + (_eastern(low) if low else 0)
    if not set(numeral) & set(_TENS):
        return int("".join(str(_VALUES[sign]) for sign in numeral) or 0)
    total = digit = 0
    for sign in numeral:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _VALUES[sign]
    return total + digit
