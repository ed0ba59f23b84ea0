"""Before anything is written: is a plan the right paper at all, and what comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from poa.case.notices.notice import ReadNotice
from poa.policy.first_steps import Confidence, known_steps
from poa.words import said

_LATE = "late_shipment"
_TOOLS_ORIGINS = {"US", "CN"}  # whose repeated on-time delivery cases end in Amazon's tools
_PLAN_ASKS = {"root_cause", "corrective", "preventive"}
_TAKEN = {"deactivated", "rejected", "more_information", "final", "review"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What only the seller can see; None is not known yet."""

    quiz_offered: bool | None = None
    appeal_button: bool | None = None
    automated_handling_time: bool | None = None
    repeat_on_time_delivery: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """One step: its code, the sentence to do, why, who says so, and how sure that is (H, M, L)."""

    do: str
    what: str
    why: str
    source: str
    sure: Confidence

    def as_data(self) -> dict[str, str]:
        """The step as the JSON of the contract, with ``what`` beside."""
        return asdict(self) | {"what": str(self.what)}


def first_steps(
    notice: ReadNotice | None,
    answers: Answers,
    *,
    open_orders: int | None = None,
    marketplace: str | None = None,
    origin: str | None = None,
) -> tuple[FirstStep, ...]:
    """The steps that fit, most urgent first; none for a text that is no notice.

    ``open_orders`` counts those past due; ``marketplace`` and ``origin`` are codes, and hold where the notice
    names no store. Without a notice (None) the late shipment rate is taken to be the matter.
    """
    read = notice or ReadNotice(kinds=(_LATE,), stage="warning")
    if read.stage is None and not read.kinds:
        return ()
    chosen = set(_chosen(read, answers, open_orders, read.marketplace or marketplace, origin))
    return tuple(_step(code, open_orders) for code in known_steps() if code in chosen)


def plan_needed(
    notice: ReadNotice | None, answers: Answers, *, marketplace: str | None = None, origin: str | None = None
) -> bool | None:
    """Whether a plan of action is the right paper; None where an answer is missing that decides it."""
    if notice is None:
        return None
    kinds, stage = set(notice.kinds), notice.stage
    if stage is None and kinds:
        return None  # it does not say how far the matter has gone
    if stage in {None, "announcement", "final", "review"}:
        return False
    if kinds and kinds <= {"seller_fulfilled_review", "confirmed_not_shipped"}:
        return False
    if _tools(notice, answers, notice.marketplace or marketplace, origin):
        return False
    if _LATE in kinds and stage not in _TAKEN and answers.quiz_offered:
        return False
    if stage == "banner":
        return answers.appeal_button
    if _quiz_open(notice, answers, notice.marketplace or marketplace):
        return None
    if notice.plan_asked or set(notice.asks) & _PLAN_ASKS or stage in _TAKEN:
        return True
    return None if stage == "pre_deactivation" else False


def _chosen(
    read: ReadNotice, answers: Answers, open_orders: int | None, store: str | None, origin: str | None
) -> Iterator[str]:
    """The codes of the steps that fit, in no order."""
    if read.stage == "announcement":
        yield "read_announcement"
        return
    yield from _at_once(read, open_orders)
    yield from _evidence(read)
    yield from _before_deactivation(read, answers, store)
    if read.stage == "final":
        yield "final_decision"
        return
    yield from _handling_time(read, answers, store)
    yield from _delivery(read, answers, store, origin)
    yield from _replies(read)
    yield from _paper(read, answers, plan_needed(read, answers, marketplace=store, origin=origin))


def _at_once(read: ReadNotice, open_orders: int | None) -> Iterator[str]:
    late_unknown = open_orders is None and _LATE in read.kinds
    if open_orders or "ship_open_orders" in read.asks or late_unknown:
        yield "ship_open_orders"
    if {_LATE, "on_time_delivery", "cancellation"} & set(read.kinds) and read.stage != "final":
        yield "stop_new_listings_and_ads"


def _evidence(read: ReadNotice) -> Iterator[str]:
    if "seller_fulfilled_review" in read.kinds or read.stage == "review":
        yield "send_delivery_evidence"
    if "confirmed_not_shipped" in read.kinds:
        yield "send_shipping_evidence"


def _before_deactivation(read: ReadNotice, answers: Answers, store: str | None) -> Iterator[str]:
    if _LATE in read.kinds and read.stage not in _TAKEN:
        if answers.quiz_offered or (answers.quiz_offered is None and read.quiz_named):
            yield "take_quiz"
        elif _quiz_open(read, answers, store):
            yield "look_for_quiz"
    if read.stage == "banner" and answers.appeal_button is False:
        yield "nothing_to_do"
    elif read.stage == "banner" and answers.appeal_button is None:
        yield "look_for_appeal_button"


def _handling_time(read: ReadNotice, answers: Answers, store: str | None) -> Iterator[str]:
    """What protects from the late shipment rate, as far as is known in the US alone."""
    if _LATE not in read.kinds or not _may_be_us(read, store):
        return
    if answers.automated_handling_time:
        yield "claim_automated_handling_time"
    elif answers.automated_handling_time is None:
        yield "check_automated_handling_time"
    yield "check_managed_handling_time"


def _delivery(read: ReadNotice, answers: Answers, store: str | None, origin: str | None) -> Iterator[str]:
    if "on_time_delivery" not in read.kinds or not _may_be_us(read, store):
        return
    if _tools(read, answers, store, origin):
        yield "enrol_shipping_tools"
    elif _repeat(read, answers) is None and origin in {*_TOOLS_ORIGINS, None}:
        yield "check_repeat"


def _replies(read: ReadNotice) -> Iterator[str]:
    if read.wrong_channel:
        yield "wrong_channel"
    if read.stage in {"rejected", "more_information"}:
        yield "read_rejection"
    if "drop_shipping" in read.kinds:
        yield "dispute_or_plan"


def _paper(read: ReadNotice, answers: Answers, needed: bool | None) -> Iterator[str]:  # noqa: FBT001 - three answers
    if read.stage == "warning" and needed is False and not answers.quiz_offered:
        yield "mend_process"
    if needed is not False:
        yield "write_plan"
    if needed is not False or read.stage == "review":
        yield "answer_in_channel"
        yield "wait_two_days"


def _may_be_us(read: ReadNotice, store: str | None) -> bool:
    """Whether what is known of the US alone may hold: the store is the US, or nothing speaks against it."""
    return store == "US" or (store is None and read.language in {"en", "zh", None})


def _repeat(read: ReadNotice, answers: Answers) -> bool | None:
    if answers.repeat_on_time_delivery is not None:
        return answers.repeat_on_time_delivery
    return True if read.repeated else None


def _tools(read: ReadNotice, answers: Answers, store: str | None, origin: str | None) -> bool:
    return (
        "on_time_delivery" in read.kinds
        and _may_be_us(read, store)
        and bool(_repeat(read, answers))
        and origin in _TOOLS_ORIGINS
    )


def _quiz_open(read: ReadNotice, answers: Answers, store: str | None) -> bool:
    """Whether a quiz could still be there to take: known of the US alone, before deactivation."""
    return (
        answers.quiz_offered is None
        and _LATE in read.kinds
        and read.stage in {"banner", "warning", "pre_deactivation"}
        and _may_be_us(read, store)
    )


def _step(code: str, open_orders: int | None) -> FirstStep:
    known = known_steps()[code]
    what = said(known.counted, number=open_orders) if known.counted and open_orders else known.what
    return FirstStep(do=code, what=what, why=known.why, source=known.source, sure=known.sure)
