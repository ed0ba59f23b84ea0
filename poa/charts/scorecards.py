"""Suppliers of one week: how many orders were handed over in time, and how long dispatch took."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from poa.charts.frame import blank, name, plain, png
from poa.facts.weekly import Scorecard

_SHOWN = 8  # suppliers
_LINE = 0.34  # inches a supplier
_BAR = 0.55
_MARKS = 6  # of the axis of hours
_DARK, _LIGHT = "0.25", "0.75"  # a supplier of few orders is light


def supplier_scorecards(cards: Sequence[Scorecard]) -> bytes | None:
    """Left the share handed over in time as a bar, right the hours to dispatch, of the first eight suppliers; PNG.

    The bar bears its numbers, in time of known. The line of hours goes from the 10 % point to the 90 % point, the dot
    on it is the median with its number, hollow where the hours count from the purchase. A half of which nothing is known is left out. A supplier of few orders is light
    grey. None where no supplier has a known hand-over or a known time.
    """
    shown = cards[:_SHOWN]
    known = any(one.dispatch_known.value for one in shown)
    timed = any(one.lead_time.value is not None for one in shown)
    if not known and not timed:
        return None
    figure = blank(height=0.5 + _LINE * len(shown))
    halves = [half for half, there in ((_shares, known), (_times, timed)) if there]
    sides = figure.subplots(1, len(halves), sharey=True, squeeze=False)[0]
    for axes, half in zip(sides, halves, strict=True):
        half(axes, shown)
        plain(axes, grid="x")
        axes.tick_params(axis="y", length=0)
    sides[0].set_yticks(range(len(shown)), [one.key for one in shown], fontsize=8)
    sides[0].set_ylim(len(shown) - 0.5, -0.7)
    return png(figure)


def _shares(axes: Any, shown: Sequence[Scorecard]) -> None:
    for at, one in enumerate(shown):
        _in_time(axes, at, one, _LIGHT if one.few else _DARK)
    axes.set_xlim(0, 132)  # room for the numbers of a full bar
    axes.set_xticks(range(0, 101, 25), [f"{mark}%" for mark in range(0, 101, 25)], fontsize=8)


def _times(axes: Any, shown: Sequence[Scorecard]) -> None:
    for at, one in enumerate(shown):
        _hours(axes, at, one, _LIGHT if one.few else _DARK)
    _mark_hours(axes, shown)


def _in_time(axes: Any, at: int, one: Scorecard, colour: str) -> None:
    known, in_time = one.dispatch_known.value, one.in_time.value
    if not known or in_time is None:
        return
    share = 100 * int(in_time) / int(known)
    axes.barh(at, share, height=_BAR, color=colour)
    name(axes, f"{in_time:,}/{known:,}", (share, at), size=7, bold=not one.few)


def _ends(one: Scorecard) -> tuple[float, float] | None:
    """The hours of the 10 % and the 90 % point."""
    if one.lead_time_p90.value is None or one.spread.value is None:
        return None
    high = float(one.lead_time_p90.value)
    return high - float(one.spread.value), high


def _hours(axes: Any, at: int, one: Scorecard, colour: str) -> None:
    if (ends := _ends(one)) is not None:
        axes.plot(ends, (at, at), color=colour, linewidth=1.6, marker="|", markersize=7)
    if one.lead_time.value is None:
        return
    median = float(one.lead_time.value)
    axes.plot(
        median,
        at,
        marker="o",
        markersize=6,
        color=colour,
        markerfacecolor="1.0" if one.lead_from == "purchase" else colour,
        zorder=4,
    )
    shown = f"{median:.0f}" if median >= 10 else f"{median:.1f}"
    name(axes, shown, (median, at), size=7, xytext=(0, 4), ha="center", va="baseline")


def _mark_hours(axes: Any, shown: Sequence[Scorecard]) -> None:
    """Marks at whole days, in hours."""
    medians = [float(one.lead_time.value) for one in shown if one.lead_time.value is not None]
    longest = max([*medians, *(ends[1] for one in shown if (ends := _ends(one)))], default=0.0)
    days = max(1, ceil(longest / 24))
    step = 6 if days == 1 else 24 * ceil(days / _MARKS)
    marks = [*range(0, 24 * days + 1, step)]
    axes.set_xlim(min(0.0, *medians), max(marks[-1], longest) * 1.04)
    axes.set_xticks(marks, [str(mark) for mark in marks], fontsize=8)
