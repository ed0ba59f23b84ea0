"""What stands beside a figure: what it counts, whether it is a bound, and which other figure it is a part of."""

# ruff: noqa: RUF001 - signs of many scripts
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import cast

from poa.review.figures import TAKEN, Bound, Figure
from poa.review.number_words import PERCENT_WORD
from poa.review.numbers import PairForm, Table

_UNIT_ROOM = 40  # signs behind a figure in which the word stands that says what it counts
_FIGURE_END = re.compile(rf"[\d%‰½¼¾{TAKEN}](?=[^\d%‰½¼¾{TAKEN}]*$)")
_ROOM = 40  # signs between two figures that go together in a range or a list
_FAR = 160  # signs between a part and its whole
_NUMBERED = {"annex", "figure", "item"}
# What may be a part of something, or have parts.
_COUNTED = {None, "orders", "late_orders", "parcels", "skus", "suppliers", "carriers", "rows", "people"}
# Ranges that are told by a word before them too: "between 4 and 6 %", "von 2,2 auf 5,6 %".
_TOLD = (
    (re.compile(r"\b(?:between|zwischen)(?: \w{1,12})? $|介于 ?$"), re.compile(r" (?:and|und) |和|与")),
    (
        re.compile(r"\b(?:from|von)(?: \w{1,12})? $|[从由自] ?$"),
        re.compile(r" (?:auf|(?:down|up) to) |[升降涨减增][至到]|[提下][高升降][至到]"),
    ),
)
_NEXT = re.compile("[、，]")
_SLASH = PairForm(re.compile("[个個件单笔]? ?/ ?"), None, None, turned=False)


def beside(figures: Sequence[Figure], text: str, known: Table) -> None:
    """Tell each figure its unit and its bound; the ends of a range and the members of a list share them."""
    before, bounds = known.unit_before.ends(text), known.bound_before.ends(text)
    for one in figures:
        if one.kind not in {"number", "percent", "fraction"}:
            continue
        behind = known.bound_after.at(text, one.end)
        unit = known.units.at(text, behind[1] if behind else one.end)
        if behind is None and unit is not None:
            behind = known.bound_after.at(text, unit[1])
        elif behind is None and known.counters and (counter := known.counters.match(text, one.end)):
            behind = known.bound_after.at(text, counter.end())
        bound = _ending(bounds, text, one.start)
        if behind and (bound is None or behind[0] in {"over", "under"}):
            bound = behind[0]  # "at longest over 5 days" is over
        one.bound = cast("Bound | None", bound)
        if one.kind == "number" and one.unit is None:
            numbered = _ending(before, text, one.start)
            one.unit = numbered if numbered in _NUMBERED or unit is None else unit[0]
    for one, other in pairwise(figures):
        if other.start - one.end <= _ROOM:
            _share(one, other, text, known)


def ends_a_measure(text: str, place: int, known: Table) -> bool:
    """Whether what a figure counts ends at a place: a dash there makes a range (5 hours-6 hours), and is no minus.

    Behind a blank it stays one, as in "44 orders -5 %": a minus that is lost says the opposite.
    """
    figure = _FIGURE_END.search(text, max(place - _UNIT_ROOM, 0), place)
    if figure is None:
        return False
    at = figure.end()
    unit = known.units.at(text, at)
    words = (PERCENT_WORD.match(text, at), known.counters and known.counters.match(text, at))
    return (unit is not None and unit[1] == place) or any(word and word.end() == place for word in words)


def _ending(ends: Mapping[int, str], text: str, start: int) -> str | None:
    """What ends right before a figure; an opening bracket or quote may stand between."""
    found = ends.get(start)
    if found is None and start and text[start - 1] in "#(\"'“„「":
        found = ends.get(start - 1)
    return found


def _share(one: Figure, other: Figure, text: str, known: Table) -> None:
    """Make both ends of a range the same: "3 to 4 %" are two percentages, "2 to 3 days" two numbers of days."""
    if one.kind == "number" and other.kind == "number" and one.unit in _NUMBERED and other.unit is None:
        if known.listed.fullmatch(text, one.end, other.start):
            other.unit = one.unit
        return
    if one.kind != "number" or other.kind not in {"number", "percent", "time"}:
        return
    if _NEXT.fullmatch(text, one.end, other.start):
        if isinstance(one.value, Decimal) and other.value == one.value + 1 < 10:
            one.unit = other.unit  # "2、3日" is two or three days
        return
    if one.unit is not None or not _is_range(text, one, other, known):
        return
    if other.kind == "number":
        one.unit = other.unit
    elif other.kind == "percent":
        one.kind = "percent"
    elif isinstance(one.value, Decimal) and one.digits == 0 and 0 <= one.value <= 24:
        one.kind, one.value = "time", f"{int(one.value):02d}:00"


def _is_range(text: str, one: Figure, other: Figure, known: Table) -> bool:
    if known.range.fullmatch(text, one.end, other.start):
        return True
    before = text[max(one.start - 20, 0) : one.start]
    return any(
        between.fullmatch(text, one.end, other.start) and told.search(before) for told, between in _TOLD
    )


def pairs_in(numbers: Sequence[Figure], text: str, known: Table) -> Iterator[tuple[Figure, Figure]]:
    """Of numbers that stand next to each other those of which one is a part of the other, as (part, whole)."""
    settled: Figure | None = None  # the whole of "44 of 787" has no further part behind it
    for one, other in pairwise(numbers):
        if one.unit not in _COUNTED or other.unit not in _COUNTED:
            continue
        for form in (*known.pairs, _SLASH):
            if form.turned and one is settled:
                continue
            if _has_form(form, text, one, other):
                part, whole = (other, one) if form.turned else (one, other)
                if form is not _SLASH or cast("Decimal", part.value) <= cast("Decimal", whole.value):
                    settled = whole
                    yield part, whole
                break


def _has_form(form: PairForm, text: str, one: Figure, other: Figure) -> bool:
    before = text[max(one.start - _ROOM, 0) : one.start]
    return (
        other.start - one.end <= _FAR
        and form.between.fullmatch(text, one.end, other.start) is not None
        and (form.before is None or form.before.search(before) is not None)
        and (form.after is None or form.after.match(text, other.end) is not None)
    )
