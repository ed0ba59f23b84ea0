"""Actions that are offered for a cause, in the seller's own numbers; a number that the rows lack is left out with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from string import Formatter
from typing import Literal, TypeAlias

from poa.case.supports import number, parted
from poa.facts import Facts, Handling
from poa.policy.causes import CauseCode, Immediate, Preventive, cause_code, common_immediate, options
from poa.words import said, strung

Tense: TypeAlias = Literal["past", "future"]
Parts: TypeAlias = Mapping[str, object]

_NAMED = 5  # SKUs that a sentence names
_RAISES = 3  # handling times that are proposed; SKUs that need the same one stand together


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMeasure:
    """A preventive action to be confirmed: the control, the role, how often, measured by what.

    ``notes`` speak to the seller and never stand in a letter. ``kind`` is ``backup`` where it stands by for
    a single source, person or carrier; one that is ``never_alone`` is an option beside others. ``skus`` are
    those that it is about, at most 20.
    """

    control: str
    role: str
    frequency: str
    measure: str
    notes: tuple[str, ...] = ()
    kind: Literal["", "backup"] = ""
    never_alone: bool = False
    skus: tuple[str, ...] = ()


def proposed_corrective(
    code: str, facts: Facts | None, shown_by: str = "", tense: Tense = "past"
) -> tuple[str, ...]:
    """What may have been done (or, in the future tense, will be) about a cause, open orders first.

    Without facts no sentence holds a number. Raises UsageFault for an unknown code.
    """
    cause = cause_code(code)
    if not cause.in_letter:
        return ()
    parts = _parts(facts, shown_by)
    # Of open orders it is said that there are none only where a file lists every order.
    common = common_immediate() if "open" in parts or (facts and facts.lists_every_order) else ()
    return tuple(filter(None, (_immediate(one, parts, tense) for one in (*common, *cause.immediate))))


def proposed_preventive(code: str, facts: Facts | None, shown_by: str = "") -> tuple[ProposedMeasure, ...]:
    """The measures for a cause, then the options that the rows carry; raises UsageFault for an unknown code."""
    cause = cause_code(code)
    parts = _parts(facts, shown_by)
    controls = [_measure(one, parts, [one.note]) for one in cause.preventive]
    return (*controls, *(_options(cause, facts, shown_by) if controls and facts else ()))


def _immediate(one: Immediate, parts: Parts, tense: Tense) -> str:
    full, plain = (one.past, one.plain_past) if tense == "past" else (one.future, one.plain_future)
    return _filled(full, plain, parts)


def _filled(full: str, plain: str, parts: Parts) -> str:
    """A sentence with its numbers, or the one without where a number is missing."""
    slots = {name for _, name, _, _ in Formatter().parse(full) if name}
    if not slots:
        return full
    return said(full, **{name: parts[name] for name in slots}) if slots <= parts.keys() else plain


def _measure(
    one: Preventive, parts: Parts, notes: Sequence[str], skus: Sequence[str] = ()
) -> ProposedMeasure:
    return ProposedMeasure(
        control=_filled(one.control, "", parts),
        role=one.role,
        frequency=one.frequency,
        measure=_filled(one.measure, one.plain, parts),
        notes=tuple(filter(None, notes)),
        kind=one.kind,
        never_alone=one.never_alone,
        skus=tuple(skus),
    )


def _parts(facts: Facts | None, shown_by: str) -> dict[str, object]:
    """The numbers that the facts fill; one that would read wrongly in the plural is left out."""
    if facts is None:
        return {}
    rate = facts.late_shipment_rate[0]
    parts: dict[str, object] = {}
    if rate.target.value is not None:
        parts["target"] = f"{float(rate.target.value) * 100:g} %"
    if number(rate.late) > 1 and facts.lists_every_order:
        parts["late"] = number(rate.late)
    if number(facts.unconfirmed_past_due):
        parts["open"] = number(facts.unconfirmed_past_due)
    kind, name = parted(shown_by)
    if kind == "supplier":
        shares = facts.late_by_supplier.suppliers
        late = next((number(one.late) for one in shares if _same(one.name.value, name)), 0)
        if late > 1:
            parts["supplier_late"] = late
        skus = [one for one in _single(facts, shown_by) if one[1]]
        if skus:
            parts["skus"] = _names([one for one, _ in skus])
    return parts


def _options(cause: CauseCode, facts: Facts, shown_by: str) -> Iterator[ProposedMeasure]:
    offered = {"RAISE_HANDLING": _raises, "SECOND_SOURCE": _second_source, "MOVE_TO_FBA": _to_amazon}
    for name in cause.options:
        yield from offered[name](options()[name], facts, shown_by)


def _raises(option: Preventive, facts: Facts, shown_by: str) -> Iterator[ProposedMeasure]:
    """A handling time for SKUs whose rows carry a raise, those that need the same one together."""
    wanted = _skus_of(facts, shown_by)
    by_days: dict[int, list[Handling]] = {}
    for one in facts.remedies.handling if facts.remedies else ():
        if not (one.carries_raise and one.needed_days and one.promised_days):
            continue
        days = number(one.needed_days)
        if days > number(one.promised_days) and (wanted is None or str(one.sku.value) in wanted):
            by_days.setdefault(days, []).append(one)
    ranked = sorted(by_days.items(), key=lambda each: (-sum(number(one.over) for one in each[1]), each[0]))
    for days, several in ranked[:_RAISES]:
        skus = [str(one.sku.value) for one in several]
        notes = [*(_measured(one) for one in several[:_NAMED])]
        if facts.attribution and any(one.kind == "changed" for one in facts.attribution.causes):
            notes.append(option.while_delayed)
        if facts.marketplace == "US":
            notes.append(option.note)
        if several[0].measured_by == "ship_confirmed":
            notes.append(option.by_confirmation)
        yield _measure(option, {"skus": _names(skus), "days": days}, notes, skus)


def _measured(one: Handling) -> str:
    return said(
        "{sku}: {over} of {orders} orders handed over after the ship-by time; promised {promised} hours, measured {measured} hours at the 90 % point.",
        sku=str(one.sku.value),
        over=number(one.over),
        orders=number(one.orders),
        promised=round(float(one.promised.value or 0)),
        measured=ceil(float(one.actual_p90.value or 0)),
    )


def _second_source(option: Preventive, facts: Facts, shown_by: str) -> Iterator[ProposedMeasure]:
    """The SKUs of which the files state one supplier only, most late orders first."""
    listed = _single(facts, shown_by)
    skus = [sku for sku, late in listed if late] or [sku for sku, _ in listed]
    if skus:
        yield _measure(option, {"skus": _names(skus)}, [option.note], skus)


def _to_amazon(option: Preventive, facts: Facts, shown_by: str) -> Iterator[ProposedMeasure]:
    """The SKUs with most orders of which some were late, with both numbers."""
    wanted = _skus_of(facts, shown_by)
    listed = [
        one
        for one in (facts.remedies.volumes if facts.remedies else ())
        if number(one.late) and (wanted is None or str(one.sku.value) in wanted)
    ]
    if not listed:
        return
    notes = [
        said(
            "{sku}: {orders} orders in 30 days, {late} late.",
            sku=str(one.sku.value),
            orders=number(one.orders),
            late=number(one.late),
        )
        for one in listed
    ]
    skus = [str(one.sku.value) for one in listed]
    yield _measure(option, {"skus": _names(skus)}, [*notes, option.note], skus)


def _single(facts: Facts, shown_by: str) -> list[tuple[str, int]]:
    """The SKUs with a single supplier that the cause is about, each with its late orders."""
    kind, name = parted(shown_by)
    told = (facts.remedies.single_source or ()) if facts.remedies else ()
    return [
        (str(one.sku.value), number(one.late))
        for one in told
        if kind not in {"supplier", "sku"}
        or _same(one.supplier.value if kind == "supplier" else one.sku.value, name)
    ]


def _skus_of(facts: Facts, shown_by: str) -> set[str] | None:
    """The SKUs that a cause is about; None where it is about all, or no file tells which."""
    kind, name = parted(shown_by)
    if kind == "sku":
        return {name}
    if kind == "supplier":
        return {sku for sku, _ in _single(facts, shown_by)} or None
    return None


def _names(skus: Sequence[str]) -> str:
    return strung("{one}, {other}", skus[:_NAMED])


def _same(one: object, other: str) -> bool:
    return str(one).casefold() == other.casefold()
