"""Sentences that the facts contradict whatever figures they hold: a target said to be met, all orders of one supplier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from poa.review import figures, verdicts
from poa.review.claims import day_of
from poa.review.known import Known
from poa.review.lexicon import Lexicon
from poa.review.marks import Token
from poa.review.numbers import table
from poa.review.scopes import Mention, groups
from poa.review.sentences import plain

_ROOM = 40  # signs beside a share that tell whether it is the target
_BESIDE = 12  # signs between "all" and the figure that it goes with


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What the facts say against a sentence; the words from ``start`` to ``end`` are meant."""

    start: int
    end: int
    told: verdicts.Told
    fact: str | None = None
    expected: str | None = None


def contradictions(
    text: str, found: Sequence[Token], told: Sequence[Mention], *, known: Known, lexicon: Lexicon
) -> Iterator[Contradiction]:
    """Everything in a sentence that cannot be so."""
    yield from _turned_ranges(text, found, known.language)
    yield from _target_met(text, found, told, known, lexicon)
    yield from _other_target(text, found, known, lexicon)
    yield from _all_late(found, known)
    yield from _all_of_one(text, told, known, lexicon)
    yield from _none_late(text, told, known, lexicon)


def _turned_ranges(text: str, found: Sequence[Token], language: str) -> Iterator[Contradiction]:
    """A range of days whose last day is before its first one."""
    days = [one for one in found if one.claim is not None and one.claim.kind == "day"]
    for one, other in pairwise(days):
        first, last = (day_of(each.claim.value) if each.claim else None for each in (one, other))
        between = figures.seen(text[one.end : other.start]).text
        if first and last and first > last and table(language).range.fullmatch(between):
            yield Contradiction(
                start=one.start, end=other.end, told=verdicts.turned_range(one.text, other.text)
            )


def _target_met(
    text: str, found: Sequence[Token], told: Sequence[Mention], known: Known, lexicon: Lexicon
) -> Iterator[Contradiction]:
    """The rate said to be under the target, or the target to be met, while every window misses it."""
    if groups(told) or not lexicon.found("target_met", plain(text)):
        return
    windows = {one.scope for one in told} or {int(one) for one in known.windows}
    rates = {int(one): known.share(f"late_shipment_rate.{one}.rate") for one in windows}
    targets = {one: known.share(f"late_shipment_rate.{one}.target") for one in rates}
    missed = [one for one, rate in rates.items() if rate is not None and (at := targets[one]) and rate >= at]
    if not missed or len(missed) < len(rates):
        return
    window = max(missed)
    target = Decimal(str(targets[window])) * 100
    shares = [Decimal(str(one.claim.value)) for one in found if one.claim and one.claim.kind == "percent"]
    if any(one < target for one in shares):
        return  # a rate is told that is under it, and judged as a figure
    fact = f"late_shipment_rate.{window}.rate"
    expected = known.shown(fact)
    yield Contradiction(
        start=0,
        end=len(text),
        told=verdicts.target_missed(expected, known.shown(f"late_shipment_rate.{window}.target")),
        fact=fact,
        expected=expected,
    )


def _other_target(
    text: str, found: Sequence[Token], known: Known, lexicon: Lexicon
) -> Iterator[Contradiction]:
    """Another share told as the target than the one that is: "the target of under 5%"."""
    targets = {fact: share for fact, share in known.fractions[None] if fact.endswith(".target")}
    for one in found:
        claim = one.claim
        if claim is None or claim.kind != "percent" or claim.bound not in {"under", "at_most"} or not targets:
            continue
        before, after = (
            plain(text[max(one.start - _ROOM, 0) : one.start]),
            plain(text[one.end : one.end + _ROOM]),
        )
        told = lexicon.matches("target", before, key="before") or lexicon.matches(
            "target", after, key="after"
        )
        if told and Decimal(str(claim.value)) / 100 not in targets.values():
            fact = next(iter(targets))
            expected = known.shown(fact)
            yield Contradiction(
                start=one.start,
                end=one.end,
                told=verdicts.other_target(expected, one.text),
                fact=fact,
                expected=expected,
            )


def _all_of_one(
    text: str, told: Sequence[Mention], known: Known, lexicon: Lexicon
) -> Iterator[Contradiction]:
    """All late orders said to be those of one group, of which others had some too."""
    named = groups(told)
    if len(named) != 1 or not lexicon.found("all_of_one", plain(text)):
        return
    (name,) = named
    start = known.start_of(name)
    share = known.share(f"{start}.share_of_late")
    if share is not None and share < 1:
        late, fact = known.ground.value(f"{start}.late"), f"{start}.late"
        yield Contradiction(
            start=0, end=len(text), told=verdicts.not_all_theirs(name, late), fact=fact, expected=f"{late:,}"
        )


def _all_late(found: Sequence[Token], known: Known) -> Iterator[Contradiction]:
    """All orders of a count said to be late, of which some were not: "all 256 orders were late"."""
    said = [one.key[1] for one in found if one.kind == "turn"]
    if "all" not in said or "late" not in said or "none" in said:
        return
    for one, other in ((one, other) for one in found for other in found if one.key == ("turn", "all")):
        claim = other.claim
        gap = max(other.start - one.end, one.start - other.end)
        if claim is None or claim.kind != "number" or not 0 <= gap <= _BESIDE:
            continue
        facts = [fact for fact in known.counts.get(Decimal(str(claim.value)), ()) if fact.endswith(".orders")]
        late = {fact: known.ground.value(f"{fact[:-6]}late") for fact in facts}
        if claim.unit == "orders" and late and all(isinstance(each, int) for each in late.values()):
            fact, number = next(iter(late.items()))
            if all(each < claim.value for each in late.values()):
                yield Contradiction(
                    start=one.start,
                    end=other.end,
                    told=verdicts.some_late(number),
                    fact=f"{fact[:-6]}late",
                    expected=f"{number:,}",
                )


def _none_late(text: str, told: Sequence[Mention], known: Known, lexicon: Lexicon) -> Iterator[Contradiction]:
    """No late orders said to be in windows, or of groups, of which each had some."""
    if not lexicon.found("none_late", plain(text)):
        return
    scopes = {one.scope for one in told} or {int(one) for one in known.windows}
    starts = [known.start_of(one) if isinstance(one, str) else f"late_shipment_rate.{one}" for one in scopes]
    late = {f"{start}.late": known.ground.value(f"{start}.late") for start in starts}
    if all(isinstance(one, int) and one > 0 for one in late.values()):
        fact, number = max(late.items(), key=lambda one: int(one[1]))
        yield Contradiction(
            start=0, end=len(text), told=verdicts.some_late(number), fact=fact, expected=f"{number:,}"
        )
