"""Sentences that the facts contradict whatever figures they hold: a target said to be met, all orders of one supplier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from poa.review import figures
from poa.review.claims import day_of
from poa.review.draft import Found
from poa.review.known import Known
from poa.review.lexicon import Lexicon
from poa.review.marks import Token
from poa.review.numbers import table
from poa.review.scopes import Mention, groups
from poa.review.sentences import Sentence, plain
from poa.review.verdicts import finding

_ROOM = 40  # signs beside a share that tell whether it is the target
_BESIDE = 12  # signs between "all" and the figure that it goes with


def contradictions(
    now: Sentence, found: Sequence[Token], told: Sequence[Mention], *, known: Known, lexicon: Lexicon
) -> Iterator[Found]:
    """Everything in a sentence that cannot be so."""
    yield from _turned_ranges(now, found, known)
    yield from _target_met(now, found, told, known, lexicon)
    yield from _other_target(now, found, known, lexicon)
    yield from _all_late(now, found, known)
    yield from _all_of_one(now, told, known, lexicon)
    yield from _none_late(now, told, known, lexicon)


def _turned_ranges(now: Sentence, found: Sequence[Token], known: Known) -> Iterator[Found]:
    """A range of days whose last day is before its first one."""
    days = [one for one in found if one.claim is not None and one.claim.kind == "day"]
    for one, other in pairwise(days):
        first, last = (day_of(each.claim.value) if each.claim else None for each in (one, other))
        between = figures.seen(now.text[one.end : other.start]).text
        if first and last and first > last and table(known.language).range.fullmatch(between):
            text = now.text[one.start : other.end]
            yield finding(
                known.ground, now, "turned_range", start=one.start, text=text, first=one.text, last=other.text
            )


def _target_met(
    now: Sentence, found: Sequence[Token], told: Sequence[Mention], known: Known, lexicon: Lexicon
) -> Iterator[Found]:
    """The rate said to be under the target, or the target to be met, while every window misses it."""
    if groups(told) or not lexicon.found("target_met", now.plain):
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
    shown = known.shown(f"late_shipment_rate.{window}.target")
    yield finding(
        known.ground, now, "target_missed", fact=fact, expected=expected, rate=expected, target=shown
    )


def _other_target(now: Sentence, found: Sequence[Token], known: Known, lexicon: Lexicon) -> Iterator[Found]:
    """Another share told as the target than the one that is: "the target of under 5%"."""
    targets = {fact: share for fact, share in known.fractions[None] if fact.endswith(".target")}
    for one in found:
        claim = one.claim
        if claim is None or claim.kind != "percent" or claim.bound not in {"under", "at_most"} or not targets:
            continue
        before, after = (
            plain(now.text[max(one.start - _ROOM, 0) : one.start]),
            plain(now.text[one.end : one.end + _ROOM]),
        )
        told = lexicon.matches("target", before, key="before") or lexicon.matches(
            "target", after, key="after"
        )
        if told and Decimal(str(claim.value)) / 100 not in targets.values():
            fact = next(iter(targets))
            expected = known.shown(fact)
            yield finding(
                known.ground,
                now,
                "other_target",
                start=one.start,
                text=one.text,
                fact=fact,
                expected=expected,
            )


def _all_of_one(now: Sentence, told: Sequence[Mention], known: Known, lexicon: Lexicon) -> Iterator[Found]:
    """All late orders said to be those of one group, of which others had some too."""
    named = groups(told)
    if len(named) != 1 or not lexicon.found("all_of_one", now.plain):
        return
    (name,) = named
    start = known.start_of(name)
    share = known.share(f"{start}.share_of_late")
    if share is not None and share < 1:
        late, fact = known.ground.value(f"{start}.late"), f"{start}.late"
        yield finding(
            known.ground, now, "not_all_theirs", fact=fact, expected=f"{late:,}", name=name, late=late
        )


def _all_late(now: Sentence, found: Sequence[Token], known: Known) -> Iterator[Found]:
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
                yield finding(
                    known.ground,
                    now,
                    "some_late",
                    start=one.start,
                    text=now.text[one.start : other.end],
                    fact=f"{fact[:-6]}late",
                    expected=f"{number:,}",
                    late=number,
                )


def _none_late(now: Sentence, told: Sequence[Mention], known: Known, lexicon: Lexicon) -> Iterator[Found]:
    """No late orders said to be in windows, or of groups, of which each had some."""
    if not lexicon.found("none_late", now.plain):
        return
    scopes = {one.scope for one in told} or {int(one) for one in known.windows}
    starts = [known.start_of(one) if isinstance(one, str) else f"late_shipment_rate.{one}" for one in scopes]
    late = {f"{start}.late": known.ground.value(f"{start}.late") for start in starts}
    if all(isinstance(one, int) and one > 0 for one in late.values()):
        fact, number = max(late.items(), key=lambda one: int(one[1]))
        yield finding(known.ground, now, "some_late", fact=fact, expected=f"{number:,}", late=number)
