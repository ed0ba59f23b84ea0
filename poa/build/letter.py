"""The shape of the letter: in the order, the headings and the tense of the notice, with what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from poa.build.asked import Appeal
from poa.case.proposals import supports
from poa.facts import Figure, LateOrder, Plain, Rows, template_data
from poa.policy import late_shipment_rule
from poa.words import said

PLAN = ("root_cause", "corrective", "preventive")
_SECTIONS = (*PLAN, "ship_open_orders", "evidence")
_SAME = {"documents": "evidence"}
LIST = "annex/late-orders.xlsx"
INLINE = 5  # orders in the letter (R26); the rest stands in the annex
_LONGEST_HEADING = 110  # characters; a longer line of Amazon's is a sentence and no heading


# An address or a long number in a line of the notice may be a buyer's or an order's: it is no heading (R32).
_PERSONAL = re.compile(r"@|\d{5}")


def letter_data(appeal: Appeal) -> dict[str, Plain]:
    """Sections in the notice's order, its tense, the orders named in the letter, and what is enclosed."""
    notice = appeal.notice
    tense = notice.tense if notice and notice.tense else "past"
    return {
        "sections": list(_sections(appeal)),
        "tense": tense,
        "reply": reply_field(appeal),
        "old_data": days_old(appeal) is not None,
        "orders": [_order(one) for one in inline_orders(appeal)],
        "listed": cited(_count(appeal)),
        "shown": [_shown(appeal, at) for at in range(len(appeal.case.cause))],
    }


def days_old(appeal: Appeal) -> int | None:
    """How many days the figures end before the letter, where that is more than the shortest window."""
    letter = appeal.case.letter_date
    if letter is None:
        return None
    days = (letter - date.fromisoformat(str(appeal.facts.as_of.value))).days
    return days if days > min(late_shipment_rule().windows_days) else None


def reply_field(appeal: Appeal) -> Plain:
    """The day of Amazon's answer to the first submission, as a field of the case; None without one."""
    reply = appeal.earlier.reply if appeal.earlier else None
    if reply is None:
        return None
    return {"fact": "case.reply.date", "value": reply.day.isoformat(), "question": None, "kind": "day"}


def inline_orders(appeal: Appeal) -> tuple[LateOrder, ...]:
    """The late orders named in the letter: those confirmed longest after their ship-by time, then by id."""
    ranked = sorted(
        appeal.late_orders,
        key=lambda one: (-(one.delay_hours or 24.0 * (one.delay_days or 0)), one.order_id),
    )
    return tuple(ranked[:INLINE])


def annex_figures(appeal: Appeal) -> Iterator[Figure]:
    """The figures that the letter takes from the list of late orders, with the rows behind each."""
    for one in inline_orders(appeal):
        yield _id_of(one)
    yield _count(appeal)


def _sections(appeal: Appeal) -> Iterator[Plain]:
    """The three parts of a plan always, in the notice's order where it has one, and what else it asks."""
    notice = appeal.notice
    asked = notice.asks_lines if notice else ()
    lines: dict[str, str | None] = {}
    for one in asked:
        code = _SAME.get(one.code, one.code)
        if code in _SECTIONS and code not in lines:
            same = notice is not None and notice.language == appeal.language
            heading = _heading(one.line) if same else None
            lines[code] = None if heading in lines.values() else heading  # one line, one heading
    order = [*lines]
    if set(PLAN) - set(lines):  # what the notice leaves out stands where a plan has it
        others = [code for code in lines if code not in PLAN]
        order = [
            *(code for code in others if code != "evidence"),
            *PLAN,
            *(code for code in others if code == "evidence"),
        ]
    for code in order:
        yield {"ask": code, "heading": lines.get(code)}


def _heading(line: str) -> str | None:
    """Amazon's own line as a heading, without the sign at its end; None where it is too long for one."""
    heading = line.strip().rstrip(".:;,。：；、").strip()
    if not 0 < len(heading) <= _LONGEST_HEADING or _PERSONAL.search(heading):
        return None
    return heading


def _shown(appeal: Appeal, at: int) -> Plain:
    """The figures of the rows that show a cause; None where it names none or they do not show it."""
    cause = appeal.case.cause[at]
    found = supports(appeal.facts, cause.code or "", cause.shown_by or "") if cause.shown_by else None
    return template_data(found) if found is not None else None


def _order(one: LateOrder) -> Plain:
    return {
        "id": cited(_id_of(one)),
        "hours": one.delay_hours,
        "days": one.delay_days,
        "ship_by": one.ship_by[:10],
        "confirmed": one.confirmed[:10],
    }


def _id_of(one: LateOrder) -> Figure:
    return Figure(
        id=f"late_orders.{one.order_id}",
        value=one.order_id,
        unit="name",
        rows=Rows(rule="a late order of the longest window", orders=1, lines=one.places),
    )


def _count(appeal: Appeal) -> Figure:
    number = len(appeal.late_orders)
    rule = "the late orders of the longest window, each a row of annex/late-orders.csv"
    return Figure(id="late_orders.listed", value=number, unit="orders", rows=Rows(rule=rule, orders=number))


def cited(figure: Figure) -> Plain:
    """A figure as templates get it."""
    return {"fact": figure.id, "value": figure.value, "unit": figure.unit}


def enclosed(appeal: Appeal) -> list[Plain]:
    """The annexes by number: first the list of late orders where one is late, then the evidence of actions."""
    found: list[Plain] = []
    if appeal.late_orders:
        found.append({**_annex(1, LIST, said("List of the late orders")), "listed": True})
    for one in appeal.exhibits:
        told = one.evidence
        title = told.title if told and told.title else one.file
        found.append(_annex(one.number, one.file, title, one.cited_by, told.date if told else None))
    return found


def _annex(
    number: int, file: str, title: str, cited_by: tuple[int, ...] = (), day: date | None = None
) -> dict[str, Plain]:
    return {
        "number": number,
        "file": file,
        "title": title,
        "listed": False,
        "cited_by": list(cited_by),
        "date": day.isoformat() if day else None,
    }
