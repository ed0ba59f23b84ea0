"""The percentages and windows of a notice: which are targets, which is the account's own rate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from poa.case.notices.notice import Condition, Threshold
from poa.case.notices.sentences import Sentence

# Rates that are good when low, and those that are good when high.
LOW = ("late_shipment", "cancellation", "order_defect")
HIGH = ("valid_tracking", "on_time_delivery")
RATES = (*LOW, *HIGH)

_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?) ?(?:%|percent\b|per cent\b|pct\b|prozent\b|パーセント)"
)
_NEAR = 60  # characters before a figure in which its comparison stands
_WRITTEN = {"at_most", "at_least", "below"}
_CONDITIONS: dict[str, Condition] = {"at_most": "at_most", "below": "less_than", "above": "less_than"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a notice's percentages say, in its order."""

    thresholds: tuple[Threshold, ...]
    values: tuple[tuple[str, Fraction], ...]
    bare: bool  # a rate stands beside a name without a word on what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class _Percent:
    kind: str
    value: Fraction
    sign: str | None  # a comparison, "own", or None
    own: bool


def names_in(sentence: Sentence, kinds: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where the names of kinds stand in a sentence: start, end, kind; a name inside a longer one is none."""
    found = [
        (match.start(), match.end(), kind)
        for kind in kinds
        for match in sentence.words.all(f"kinds.{kind}.names", sentence.plain)
    ]
    return [
        one
        for one in sorted(found)
        if not any(
            other[0] <= one[0] and one[1] <= other[1] and (other[1] - other[0]) > (one[1] - one[0])
            for other in found
        )
    ]


def figures(sentences: Iterable[Sentence], kinds: tuple[str, ...]) -> Figures:
    """The thresholds and own rates that are written for rates among ``RATES``."""
    found = list(_percents(sentences, kinds))
    rules = _sure([one for one in found if one.sign not in {None, "own"}])
    thresholds = [
        Threshold(kind=kind, value=value, condition=_condition(_plainest(rules, kind, value)))
        for kind, value in dict.fromkeys((one.kind, one.value) for one in rules)
    ]
    targets = {(one.kind, one.value) for one in thresholds}
    own = [one for one in found if one.sign == "own" and (one.kind, one.value) not in targets]
    # "Late shipment rate: 6 %" in a list is the account's own only where a target stands beside it.
    sure = [one for one in own if one.own or any(kind == one.kind for kind, _ in targets)]
    return Figures(
        thresholds=tuple(thresholds),
        values=tuple(dict.fromkeys((one.kind, one.value) for one in sure)),
        bare=len(sure) < len(own),
    )


def windows(sentences: Iterable[Sentence]) -> tuple[int, ...]:
    """The lengths in days of the windows that rates are counted over, shortest first."""
    days = {
        int(figure)
        for sentence in sentences
        if not sentence.words.has("windows.never", sentence.plain)
        for match in sentence.words.all("windows.forms", sentence.plain)
        for figure in re.findall(r"\d+", match[0])
    }
    return tuple(sorted(day for day in days if 0 < day <= 366))


def _percents(sentences: Iterable[Sentence], kinds: tuple[str, ...]) -> Iterator[_Percent]:
    rates = [kind for kind in kinds if kind in RATES]
    carried, age = rates[0] if len(rates) == 1 else None, 0
    for sentence in sentences:
        names = names_in(sentence, RATES)
        age += 1
        for match in _PERCENT.finditer(sentence.plain):
            if _of_another_rate(sentence, match, names):
                continue
            kind = _kind_at(match, names) or (carried if age <= 2 or len(rates) == 1 else None)
            if kind is not None and (one := _percent(sentence, match, kind)):
                yield one
        if names:
            carried, age = names[-1][2], 0


def _of_another_rate(sentence: Sentence, match: re.Match[str], names: list[tuple[int, int, str]]) -> bool:
    """Whether the name nearest before a figure is of a rate that poa does not know."""
    known = max((end for _, end, _ in names if end <= match.start()), default=-1)
    others = (
        other.end()
        for other in sentence.words.all("figures.other_rate", sentence.plain)
        if other.end() <= match.start()
        and not any(a < other.end() and other.start() < b for a, b, _ in names)
    )
    return max(others, default=-1) > known


def _kind_at(match: re.Match[str], names: list[tuple[int, int, str]]) -> str | None:
    before = [kind for start, _, kind in names if start < match.start()]
    return before[-1] if before else names[0][2] if names else None


def _percent(sentence: Sentence, match: re.Match[str], kind: str) -> _Percent | None:
    words = sentence.words
    text = sentence.plain
    before = re.split(r"%|percent|prozent|パーセント", text[max(0, match.start() - _NEAR) : match.start()])[
        -1
    ]
    after = text[match.end() : match.end() + 24]
    value = Fraction(match[1].replace(",", ".")) / 100
    if value > 1 or words.has("figures.never_before", before) or words.has("figures.never_after", after):
        return None
    own = words.has("sentences.own", text) and not sentence.supposed
    signs = ("at_most", "at_least", "above", "below", "target")
    sign = next((sign for sign in signs if words.has(f"figures.{sign}_after", after)), None)
    sign = sign or next((sign for sign in signs if words.has(f"figures.{sign}_before", before)), None)
    if sign is None and not sentence.supposed:
        if words.has("figures.own_after", after):
            return _Percent(kind=kind, value=value, sign="own", own=True)
        sign = "own" if words.has("figures.own_before", before) else None
        if sentence.place == "bullet" and words.has("sentences.target_list", sentence.lead):
            sign = "target"
    return _Percent(kind=kind, value=value, sign=sign, own=own)


def _sure(rules: list[_Percent]) -> list[_Percent]:
    """Without figures that only may be targets, of kinds for which a target is written out."""
    written = {one.kind: set[Fraction]() for one in rules if one.sign in _WRITTEN}
    for one in rules:
        if one.sign in _WRITTEN:
            written[one.kind].add(one.value)
    return [one for one in rules if one.kind not in written or one.value in written[one.kind]]


def _plainest(rules: list[_Percent], kind: str, value: Fraction) -> _Percent:
    """Of several mentions of a target the one that says what must be, not what was exceeded."""
    same = [one for one in rules if (one.kind, one.value) == (kind, value)]
    return next((one for one in same if one.sign in _WRITTEN), same[0])


def _condition(one: _Percent) -> Condition:
    if one.kind in HIGH:
        return "at_least"
    return _CONDITIONS.get(one.sign or "", "less_than")
