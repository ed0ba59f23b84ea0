"""Numbers and percentages in digits, as each language parts thousands and decimals: 2,410, 5,59 %, 1万2千, 3成."""

# ruff: noqa: RUF001 - signs of many scripts
from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from poa.review.beside import ends_a_measure
from poa.review.codes import code
from poa.review.figures import Figure
from poa.review.number_words import SCALE_WORD
from poa.review.numbers import Table

_NUMBER = re.compile(r"\d+(?:[.,'\u00a0]\d+)*")
_PIECE = re.compile(r"\d+(?:\.\d+)*")
_GROUPED = {sign: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+") for sign in ".,'\u00a0"}
_MOST = 15  # digits; a longer row of them counts nothing
_PERCENT = re.compile(
    r"(?:[ \u00a0]{0,2}(%(?!-(?:punkt|points?\b))|‰|(?:per ?cent|pct)(?![a-z]|-points?\b)|prozent(?!punkt)(?:ig\w{0,2})?|パーセント(?!ポイント))"
    r"|-(?:%|percent(?!age|-points?\b)|prozent(?!punkt)(?:ig\w{0,2})?)"
    r"|(成)(?![为為功本立绩績员員长長果交都品型分份就人])|(割)(?!引|合|り|安|増)(?:(\d)分)?)"
)
_SCALE = re.compile(r"([百千]?[万億亿]|[百千])(?![米克瓦卡分])")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "億": 10**8, "亿": 10**8}
_SIZES = {"do": 12, "du": 12, "hu": 100, "th": 1000, "ta": 1000, "mi": 10**6}  # by how the word begins
_REST = re.compile(r"\d{1,4}(?![\d.,])")
_HALF = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_SIGN = "+-–±"
# In front of a sign: what shows that it belongs to the number behind it.
_OPENS = " \t\n(:;,，、|/\"'“„「『（=<>~≈≤≥约約\x00"
_FAR_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# Behind a figure a dash makes a range, also behind what the figure counts.
_COUNTED = re.compile(r"[\d%‰][年月日号件个個笔单天時时点分人社名回度行元円成割]{0,2}[ \u00a0]{0,2}$")


def numbers(left: str, text: str, known: Table) -> Iterator[Figure]:
    """Every number of what is left of a text when all else was found; ``text`` is all of it."""
    decimal = known.decimal
    for found in _NUMBER.finditer(left):
        start, end = found.span()
        value, digits = _valued(found[0], decimal)
        if value is not None:
            begin = _signed(left, text, start, known)
            yield _whole(left, text, Figure(begin, end, "number", value, digits))
            continue
        # "1,2,3" is a list, "1.2.3" a version, and no number has this many digits.
        for piece in _PIECE.finditer(found[0]):
            begin, stop = start + piece.start(), start + piece.end()
            value, digits = _valued(piece[0], decimal)
            if value is None:
                yield code(left, begin, stop)
            else:
                begin = begin if piece.start() else _signed(left, text, begin, known)
                yield _whole(left, text, Figure(begin, stop, "number", value, digits))


def _whole(left: str, text: str, number: Figure) -> Figure:
    """A number with its sign, what multiplies it, and whether it is a percentage."""
    value, digits, end = _scaled(left, number.end, cast("Decimal", number.value), number.digits)
    if text[number.start] in "-–":
        value = value.copy_negate()  # minus nothing keeps its sign
    share = _PERCENT.match(left, end)
    if share is None:
        return Figure(number.start, end, "number", value, digits)
    if share[1] == "‰":
        value, digits = value / 10, digits + 1
    elif share[2] or share[3]:
        value, digits = value * 10 + int(share[4] or 0), max(digits - 1, 0)
    return Figure(number.start, share.end(), "percent", value, digits)


def _scaled(text: str, end: int, value: Decimal, digits: int) -> tuple[Decimal, int, int]:
    """The value of 1万2千, 2 thousand and the like, with what stands right behind it."""
    worded = SCALE_WORD.match(text, end)
    if worded:
        return value * _SIZES[worded[1][:2]], 0, worded.end()
    behind = text[end : end + 1]
    if behind in _HALF:
        return value + _HALF[behind], 2, end + 1
    scale = _SCALE.match(text, end) if behind in _SCALES else None
    if scale is None:
        return value, digits, end
    total, last = Decimal(0), 10**12
    while scale is not None and (size := _size(scale[1])) < last:
        total, last, end = total + value * size, size, scale.end()
        rest = _REST.match(text, end)
        if rest is None:
            break
        value = Decimal(rest[0])
        scale = _SCALE.match(text, rest.end())
        if scale is None and 10 ** len(rest[0]) == size:
            return total + value, 0, rest.end()
    return total, 0, end


def _size(signs: str) -> int:
    size = 1
    for sign in signs:
        size *= _SCALES[sign]
    return size


def _signed(left: str, text: str, start: int, known: Table) -> int:
    """Where a number begins with its sign; a hyphen behind a word or between two figures is none."""
    sign = text[start - 1 : start]
    if not sign or sign not in _SIGN:
        return start
    before = text[max(start - 6, 0) : start - 1]
    if sign == "±" or not before:
        return start - 1
    far_east = _FAR_EAST.match(before[-1]) is not None
    if not (before[-1] in _OPENS or far_east) or _COUNTED.search(before):
        return start
    return start if ends_a_measure(left, start - 1, known) else start - 1


def _valued(number: str, decimal: str) -> tuple[Decimal | None, int]:
    """The value of a number and its decimals; None where its signs make no number.

    A single sign that can part no thousands here is taken as the other half of the world takes it.
    """
    if len(number) == 1 or (number.isdecimal() and number[0] != "0" and len(number) <= _MOST):
        return Decimal(number), 0
    plain = _unspaced(number)
    if plain is None:
        return None, 0
    group = "," if decimal == "." else "."
    if group in plain and decimal in plain:
        decimal = "." if plain.rfind(".") > plain.rfind(",") else ","
        group = "," if decimal == "." else "."
    for one, other in ((group, decimal), (decimal, group)):
        if one in plain and (one == group or plain.count(one) > 1):
            head = plain.partition(other)[0]
            if _GROUPED[one].fullmatch(head):
                plain = plain.replace(one, "")
            elif plain.count(one) == 1 and other not in plain:
                plain = plain.replace(one, other)
            else:
                return None, 0
    whole, _, part = plain.partition(decimal)
    spoilt = len(whole) > 1 and whole[0] == "0"
    if spoilt or not (whole + part).isdecimal() or len(whole + part) > _MOST:
        return None, 0
    return Decimal(f"{whole}.{part}" if part else whole), len(part)


def _unspaced(number: str) -> str | None:
    """A number whose thousands are parted by blanks or apostrophes, without those; None where they part else."""
    for sign in "'\u00a0":
        if sign in number:
            head = re.split("[.,]", number, maxsplit=1)[0]
            if not _GROUPED[sign].fullmatch(head):
                return None
            number = head.replace(sign, "") + number[len(head) :]
    return number
