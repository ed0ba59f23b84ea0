"""The cover, which is never sent: what to do first, by when, what is open, what to paste and attach where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from poa.build.asked import Appeal
from poa.build.enclosures import enclosed_names, not_taken
from poa.build.letter import days_old, enclosed
from poa.case.resubmission import changes, contradictions, unanswered
from poa.case.triage import FirstStep, first_steps, plan_needed
from poa.document import Document
from poa.facts import Plain
from poa.policy import late_shipment_rule, stale
from poa.words import said
from poa.writers.txt import blocks

_PROBLEMS = 20  # rows listed on the cover; facts.json has all


def first_of(appeal: Appeal) -> tuple[FirstStep, ...]:
    """What to do first, by the notice, what the seller told, and the orders that are open now."""
    past_due = appeal.facts.unconfirmed_past_due.value
    letter, told = appeal.case.letter_date, appeal.facts.unconfirmed_as_of.value
    if past_due == 0 and (not appeal.facts.lists_every_order or (letter and f"{letter}" > str(told))):
        past_due = None  # the rows do not say of the days since then
    return first_steps(
        appeal.notice,
        appeal.answers,
        open_orders=past_due if isinstance(past_due, int) else None,
        marketplace=appeal.facts.marketplace,
        origin=appeal.case.seller.origin or None,
    )


def cover_data(
    appeal: Appeal, questions: Sequence[str], papers: Mapping[str, Document], supplier_names: Sequence[str]
) -> dict[str, Plain]:
    """What the cover says beside the facts and the case."""
    facts, notice = appeal.facts, appeal.notice
    problems = facts.source.problems
    listed: list[Plain] = [
        {"file": row.file, "line": row.line, "message": row.message, "value": row.value}
        for row in sorted(problems, key=lambda row: not row.refused)[:_PROBLEMS]
    ]
    return {
        "questions": list(questions),
        "case_is_blank": not appeal.case_file[0],
        "first": [
            {
                "do": one.do,
                "what": appeal.told(one.what),
                "why": appeal.told(one.why),
                "source": appeal.told(one.source),
                "sure": one.sure,
            }
            for one in first_of(appeal)
        ],
        "plan_needed": plan_needed(
            notice,
            appeal.answers,
            marketplace=facts.marketplace,
            origin=appeal.case.seller.origin or None,
        ),
        "notice": {"channel": notice.channel, "unsure": list(notice.unsure)} if notice else None,
        **_deadline(appeal),
        "form": list(_form(appeal, papers)),
        "form_limit": appeal.form_limit,
        "enclosed": _enclosed(appeal),
        "not_taken": list(not_taken(appeal)),
        "uncited": [*sorted(set(appeal.evidence) - set(enclosed_names(appeal)) - {"README.txt"})],
        "suppliers": list(supplier_names),
        "earlier": _earlier(appeal),
        "policy": _policy(appeal),
        "formats": list(appeal.formats),
        "problems": listed,
        "more_problems": len(problems) - len(listed),
    }


def _deadline(appeal: Appeal) -> dict[str, Plain]:
    """The day by which the answer is due, or how long after the notice; ``late`` where the letter is after it."""
    letter = appeal.case.letter_date
    return {
        "deadline": appeal.deadline.isoformat() if appeal.deadline else None,
        "deadline_days": appeal.notice.deadline.days if appeal.notice else None,
        "late": bool(letter and appeal.deadline and appeal.deadline < letter),
        "old_data": days_old(appeal),
    }


def _form(appeal: Appeal, papers: Mapping[str, Document]) -> Iterator[Plain]:
    """Each block of the letter as a form takes it, with its length, and whether it is over the limit."""
    for one in blocks(papers["plan-of-action"]):
        yield {
            "heading": one.heading,
            "length": one.length,
            "over": appeal.form_limit is not None and one.length > appeal.form_limit,
        }


def _enclosed(appeal: Appeal) -> list[Plain]:
    names = enclosed_names(appeal)
    return [
        {**one, "file": names.get(str(one["file"]), str(one["file"]))}
        for one in enclosed(appeal)
        if isinstance(one, dict)
    ]


def _earlier(appeal: Appeal) -> Plain:
    """What changed since the last submission, where there was one."""
    earlier = appeal.earlier
    if earlier is None:
        return None
    waits: list[Plain] = [one.line for one in unanswered(earlier, appeal.case)]
    return {
        "day": earlier.sent.day.isoformat(),
        "number": earlier.sent.number,
        "reply_day": earlier.reply.day.isoformat() if earlier.reply else None,
        "lines": [line for _, line in earlier.reply.lines] if earlier.reply else [],
        "unanswered": waits,
        "changes": list(changes(earlier, appeal.case)),
        "contradictions": list(contradictions(earlier, appeal.case)),
    }


def _policy(appeal: Appeal) -> Plain:
    """Where the target comes from and how old that is, judged by the day of the letter."""
    rule = late_shipment_rule()
    day = appeal.case.letter_date
    return {
        "source": appeal.told(rule.source),
        "as_of": rule.as_of.isoformat(),
        "stale": day is not None and stale(rule.as_of, on=day),
    }


def spoken_steps(appeal: Appeal) -> tuple[str, ...]:
    """The first steps in the language of the cover, without their reasons."""
    return tuple(appeal.told(one.what) for one in first_of(appeal)) or (
        appeal.told(said("Read every sentence of the letter once more before you send it.")),
    )
