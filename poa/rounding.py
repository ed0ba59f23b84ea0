"""Rounding that never changes a verdict: a rate under the target is never printed as the target."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from poa.words import said

MOST_DIGITS = 6  # more would claim more than any account has orders


def rounded(
    value: float | Decimal, *, digits: int = 2, against: float | Decimal | None = None
) -> tuple[Decimal, int]:
    """A fraction in percent, rounded half up, and the digits that it took.

    Digits are added until the rounded number stands on the same side of ``against`` as the true
    one: 3.996 % against 4 % is not 4.00 %.
    """
    exact = _exact(value) * 100
    limit = None if against is None else _exact(against) * 100
    for places in range(digits, MOST_DIGITS + 1):
        number = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if limit is None or _side(number, limit) == _side(exact, limit):
            return number, places
    away = (
        ROUND_FLOOR if limit is not None and exact < limit else ROUND_CEILING
    )  # the last digit stays on the true side
    return exact.quantize(Decimal(1).scaleb(-MOST_DIGITS), rounding=away), MOST_DIGITS


def percent(value: float, *, digits: int = 2, against: float | None = None) -> str:
    """The same for the terminal: ``6.27%``."""
    return f"{rounded(value, digits=digits, against=against)[0]}%"


def pointed(number: str) -> str:
    """A number written with its point, such as ``6.27%``: other languages put their own mark there."""
    whole, point, rest = number.partition(".")
    return said("{whole}.{rest}", whole=whole, rest=rest) if point else number


def _exact(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _side(number: Decimal, limit: Decimal) -> int:
    return (number > limit) - (number < limit)
