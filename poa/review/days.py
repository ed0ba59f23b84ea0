"""The days and the times of day in a text, by themselves: those of its claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from poa.review.claims import claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day in a text, as a claim has it: ISO, "--11-02" without its year, "2026-11" without its day.

    An unclear one has its own signs for a value.
    """

    start: int
    end: int
    value: str
    ambiguous: bool = False


def days(text: str, language: str) -> Iterator[Day]:
    """Every day of a text in order; ``language`` tells which of day and month a German ``4.11.`` begins with."""
    for one in claims(text, language=language):
        if one.kind == "day":
            yield Day(start=one.start, end=one.end, value=str(one.value), ambiguous=one.ambiguous)


def times(text: str, language: str = "en") -> Iterator[tuple[int, int, str]]:
    """Every time of day as (start, end, "HH:MM")."""
    for one in claims(text, language=language):
        if one.kind == "time":
            yield one.start, one.end, str(one.value)
