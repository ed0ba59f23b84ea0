"""The week of one supplier, to be sent to it: its own orders and scorecard, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from poa.build.letter import cited
from poa.build.record import as_json, made_file, printed_data
from poa.build.weekly import Week, paper_of_week, printed_week, week_folder
from poa.document import Document
from poa.errors import UsageFault, did_you_mean
from poa.facts import Figure, LateOrder, Plain, Rows, evidence_of, figures, template_data
from poa.facts.weekly import Scorecard
from poa.made import WeekPapers
from poa.orders import NOT_STATED, SEVERAL
from poa.packs import given

PAPER = "supplier-week"
_MOST = 200  # late and open orders that the paper names


def supplier_week(week: Week, name: str, late_orders: Sequence[LateOrder]) -> WeekPapers:
    """The paper of one supplier, found by its name whatever its case; ``late_orders`` are those of the longest window.

    Raises UsageFault for a name that no order of the week, late or open one holds.
    """
    context, named = supplier_context(week, name, late_orders)
    paper = paper_of_week(week, PAPER, given(context, language=week.language))
    papers: Mapping[str, Document] = {PAPER: paper}
    evidence = {one.id: evidence_of(one) for one in figures(named)}
    files = printed_week(week, papers, {})
    made = week_folder(week, papers, files, evidence, sentence=paper.title)
    return replace(made, files=_theirs(week, papers, files, evidence))


def supplier_context(
    week: Week, name: str, late_orders: Sequence[LateOrder]
) -> tuple[dict[str, Plain], Scorecard | Figure]:
    """What the template is given, and what the supplier is named by; raises what :func:`supplier_week` raises."""
    weekly = week.weekly
    card = next((one for one in weekly.scorecards if _same(str(one.name.value), name)), None)
    first, last = weekly.first.isoformat(), weekly.last.isoformat()
    late = [
        one
        for one in late_orders
        if len(one.suppliers) == 1 and _same(one.suppliers[0], name) and first <= one.ship_by[:10] <= last
    ]
    waiting = [one for one in weekly.waiting.orders if _same(one.supplier, name)]
    if (card is None and not waiting) or name in {NOT_STATED, SEVERAL}:
        known = sorted({str(one.name.value) for one in weekly.scorecards} - {NOT_STATED, SEVERAL})
        raise UsageFault(
            "no_such_supplier",
            f"No order of {weekly.week} is of a supplier '{name}'{did_you_mean(name, known)}",
            hint=f"Its suppliers: {', '.join(known)}."
            if known
            else "No file states the suppliers (--suppliers).",
        )
    told = str(card.name.value) if card else waiting[0].supplier
    own = replace(weekly.waiting, orders=tuple(waiting[:_MOST]))
    context: dict[str, Plain] = {
        "supplier": {
            "name": cited(card.name if card else _named(told)),
            "week": weekly.week,
            "first": first,
            "last": last,
            "until": str(weekly.data_until.value),
            "card": template_data(card) if card else None,
            "late_orders": [_late(one) for one in late[:_MOST]],
            "waiting": template_data(own)["orders"],
        },
        "facts_zone": week.facts.time_zone,
    }
    return context, card or _named(told)


def _theirs(
    week: Week, papers: Mapping[str, Document], files: Mapping[str, bytes], evidence: Mapping[str, Plain]
) -> dict[str, bytes]:
    """The folder as it may be sent: the facts of this paper and no others, and no name of a file of the seller."""
    data: dict[str, Plain] = {"facts": week.facts.facts, "evidence": dict(evidence), **printed_data(papers)}
    told = {**files, "internal/facts.json": as_json(data)}
    by = made_file(told, by="poa weekly", status="final", language=week.language, pack=week.pack, inputs=[])
    return told | {"internal/provenance.json": by}


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _named(name: str) -> Figure:
    return Figure(
        id="weekly.supplier", value=name, unit="name", rows=Rows(rule=f"orders of {name}", orders=0)
    )


def _late(one: LateOrder) -> Plain:
    return {
        "id": one.order_id,
        "skus": ", ".join(one.skus),
        "ship_by": one.ship_by[:16].replace("T", " "),
        "dispatched": (one.dispatched or "")[:16].replace("T", " "),
        "confirmed": one.confirmed[:16].replace("T", " "),
    }
