"""Where each late order lost its time: the step it was in at its deadline, as a set where times are missing.

Steps: *dispatch*, from the order to the moment the goods leave (our own routing and the supplier), *handover*,
from there to the carrier's first scan, *confirmation*, the seller's own word to Amazon. A missing time
widens the set and is never filled in; an order that the carrier had in time is the confirmation's, whoever
shipped it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.orders import Mask

Bits: TypeAlias = npt.NDArray[np.uint8]
Instants: TypeAlias = npt.NDArray[np.datetime64]
Lengths: TypeAlias = npt.NDArray[np.timedelta64]

D, H, C = 1, 2, 4
ALL = D | H | C
_NAMES = {D: "dispatch", H: "handover", C: "confirmation"}
# What dispatch and first scan, against deadline and confirmation, say of the step at the deadline. That it was
# scanned in time and left after the deadline cannot be: it says nothing.
_SETS: dict[tuple[str, str], int] = {
    ("after", "missing"): D,
    ("after", "before_confirmation"): D,
    ("after", "after_confirmation"): D,
    ("in_time", "missing"): H | C,
    ("in_time", "in_time"): C,
    ("in_time", "before_confirmation"): H,
    ("in_time", "after_confirmation"): C,
    ("missing", "missing"): ALL,
    ("missing", "in_time"): C,
    ("missing", "before_confirmation"): D | H,
    ("missing", "after_confirmation"): D | C,
}


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Times:
    """The times of late orders, as instants in seconds; NaT where missing.

    ``days`` names the columns that tell bare days: such a time may be any moment of its day.
    """

    purchased: Instants
    ordered: Instants
    dispatched: Instants
    scanned: Instants
    confirmed: Instants
    ship_by: Instants
    days: frozenset[str] = frozenset()

    def end(self, name: str) -> Instants:
        """The latest moment that a time can mean."""
        moment: Instants = getattr(self, name)
        return moment + np.timedelta64(86_399, "s") if name in self.days else moment


def times_of(table: pd.DataFrame, days: frozenset[str]) -> Times:
    """The times of late orders, from their lines (``Orders.late_lines``); ``days`` names columns of bare days."""

    def column(name: str) -> Instants:
        if name not in table:
            return np.full(len(table), np.datetime64("NaT"), dtype="datetime64[s]")
        moments: Instants = table[name].dt.tz_localize(None).to_numpy().astype("datetime64[s]")
        return moments

    named = {
        "purchased": "purchased",
        "ordered": "supplier_ordered",
        "dispatched": "supplier_dispatched",
        "scanned": "first_scan",
        "confirmed": "ship_confirmed",
    }
    return Times(
        **{ours: column(name) for ours, name in named.items()},
        ship_by=column("ship_by"),
        days=frozenset(ours for ours, name in named.items() if name in days),
    )


def out_of_order(times: Times) -> Mask:
    """Orders whose times contradict each other: dispatched before bought, scanned before it left, and so on."""
    with np.errstate(invalid="ignore"):
        wrong: Mask = (
            (times.end("dispatched") < times.purchased)
            | (times.end("scanned") < times.dispatched)
            | (times.dispatched > times.end("confirmed"))
        )
    return wrong


def stage_sets(times: Times) -> Bits:
    """Of each late order the steps it may have been in at its deadline, as bits (D, H, C)."""
    due, confirmed_end = times.ship_by, times.end("confirmed")
    dispatch = {
        "after": times.end("dispatched") > due,
        "in_time": times.dispatched <= due,
        "missing": np.isnat(times.dispatched),
    }
    scan = {
        "in_time": times.scanned <= due,
        "before_confirmation": (times.end("scanned") > due) & (times.scanned <= confirmed_end),
        "after_confirmation": (times.end("scanned") > due) & (times.end("scanned") > times.confirmed),
        "missing": np.isnat(times.scanned),
    }
    found = np.zeros(len(due), dtype=np.uint8)
    for (left, taken), steps in _SETS.items():
        found[dispatch[left] & scan[taken]] |= steps
    found[(found == 0) | out_of_order(times)] = ALL
    return found


def step_names(bits: int) -> tuple[str, ...]:
    """The steps of a set, in their order."""
    return tuple(name for bit, name in _NAMES.items() if bits & bit)


def dispatch_halves(times: Times, sets: Bits) -> tuple[Mask, Mask]:
    """Which orders may have been at our own routing, and which at the supplier, when the deadline passed.

    Told by the order time at the supplier, for orders that may have been in dispatch.
    """
    inside = (sets & D) != 0
    ordered, end = times.ordered, times.end("ordered")
    with np.errstate(invalid="ignore"):
        wrong = (end < times.purchased) | (ordered > times.end("dispatched"))
    unknown = np.isnat(ordered) | wrong
    return inside & (unknown | (end > times.ship_by)), inside & (unknown | (ordered <= times.ship_by))


def surely(sets: Bits, step: int) -> Mask:
    """Orders that were in a step and in no other: the lower bound."""
    found: Mask = sets == step
    return found


def possibly(sets: Bits, step: int) -> Mask:
    """Orders that may have been in a step: the upper bound."""
    found: Mask = (sets & step) != 0
    return found


def overrun(times: Times) -> dict[str, Lengths]:
    """How long after its deadline each late order was in each step, in seconds; ``undivided`` where not told.

    The pieces of an order add up to the time from its deadline to its confirmation.
    """
    due, done = times.ship_by, times.confirmed
    wrong = out_of_order(times)
    left = np.where(wrong | ("dispatched" in times.days), np.datetime64("NaT"), times.dispatched)
    blurred = wrong | ("scanned" in times.days)
    taken = np.where(blurred | (times.scanned > done), np.datetime64("NaT"), times.scanned)
    zero = np.timedelta64(0, "s")

    def piece(start: Instants, end: Instants) -> Lengths:
        length: Lengths = np.minimum(end, done) - np.maximum(start, due)
        return np.where(np.isnat(length) | (length < zero), zero, length)

    begin = np.minimum(times.purchased, due)
    begin = np.where(np.isnat(begin), due, begin)
    dispatch = piece(begin, left)
    handover = piece(left, taken)
    confirmation = piece(taken, done)
    # A scan after the confirmation is no cut: the hand-over was then not what the confirmation waited for.
    late_scan = ~blurred & (times.scanned > done) & ~np.isnat(left)
    confirmation = np.where(late_scan, piece(left, done), confirmation)
    whole: Lengths = done - due
    return {
        "dispatch": dispatch,
        "handover": handover,
        "confirmation": confirmation,
        "undivided": whole - dispatch - handover - confirmation,
    }
