"""``poa notice``: what Amazon's notice says and asks, by when, and what to do first."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import Day

if TYPE_CHECKING:
    from poa.case.notices import ReadNotice
    from poa.case.triage import FirstStep
    from poa.cli.review.saying import Say

_LIMIT = 40 << 20  # bytes of an e-mail with attachments, or a Word file with pictures

_KINDS = {
    "late_shipment": "late shipment rate",
    "cancellation": "cancellation rate",
    "valid_tracking": "valid tracking rate",
    "on_time_delivery": "on-time delivery rate",
    "order_defect": "order defect rate",
    "drop_shipping": "drop shipping policy",
    "seller_fulfilled_review": "review of seller-fulfilled orders",
    "confirmed_not_shipped": "orders confirmed but not shipped",
    "premium_shipping": "Premium Shipping",
    "other": "another matter",
}
_STAGES = {
    "banner": "At risk: a banner in Account Health.",
    "warning": "A warning. Nothing has been taken away.",
    "pre_deactivation": "The last warning before deactivation.",
    "deactivated": "Deactivated.",
    "more_information": "Amazon wants more information on what was sent.",
    "rejected": "The appeal was rejected.",
    "final": "Final: Amazon may not answer again.",
    "review": "A review that is still going on.",
    "announcement": "An announcement to all sellers.",
}
_SCOPES = {
    "account": "The whole selling account.",
    "seller_fulfilled": "Offers that you fulfil yourself.",
    "category": "Offers of a category.",
    "listing": "Some listings.",
    "premium": "Premium Shipping only.",
}
_CHANNELS = {
    "account_health": "On the Account Health page.",
    "reply": "As a reply to the message.",
    "mailbox": "To the e-mail address that the notice names.",
}
_TENSES = {
    "past": "In the past: what you have done.",
    "future": "In the future: what you will do.",
    "conditional": "As what you would do.",
}
_CONDITIONS = {
    "less_than": "Target, {kind}: under {value}.",
    "at_least": "Target, {kind}: at least {value}.",
    "at_most": "Target, {kind}: at most {value}.",
}
_SURE = {
    "H": "sure: Amazon's own words",
    "M": "fairly sure: several say so",
    "L": "not sure",
}
_PLAN = {
    True: "",
    False: "A plan of action is not the paper to send now.",
    None: "Whether a plan of action is needed is not known yet; the steps above decide it.",
}


@click.command(name="notice", epilog="Example: poa notice notice.eml --received 2026-11-20")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
@click.option(
    "--received", metavar="DATE", type=Day(), help="The day the notice arrived.  [default: the e-mail's]"
)
@click.option("--quiz/--no-quiz", default=None, help="Account Health offers a quiz, or does not.")
@click.option(
    "--appeal-button/--no-appeal-button", default=None, help="There is a Submit Appeal button, or not."
)
@click.option(
    "--automated-handling-time/--no-automated-handling-time",
    default=None,
    help="Automated handling time is on, or off.",
)
@click.option(
    "--repeat/--first", "repeat", default=None, help="On-time delivery: not the first such notice, or it is."
)
@click.option("--marketplace", metavar="CODE", help="The store, where the notice names none: US, UK, DE ...")
@click.option("--origin", metavar="CODE", help="Country the goods come from, such as CN.")
@click.option(
    "--ui-lang",
    "language",
    type=click.Choice(["en", "zh", "ja", "de"]),
    default="en",
    show_default=True,
    help="The language poa speaks.",
)
def command(**values: Any) -> None:
    """Say what Amazon's notice asks, by when, and what to do first.

    FILE is the notice as text, .eml, .html or .docx, in English, Chinese,
    Japanese or German; without FILE, or with -, it is read from what you paste.
    Nothing is written or sent.
    """
    from poa.case.notices import due_on, notice_data, notice_text, read_notice
    from poa.case.triage import Answers, first_steps, plan_needed
    from poa.cli.terminal import print_json
    from poa.policy import marketplace

    store = marketplace(values["marketplace"]).code if values["marketplace"] else None
    origin = values["origin"].upper() if values["origin"] else None
    data, name = _handed_in(values["file"])
    notice = read_notice(notice_text(data, name=name))
    answers = Answers(
        quiz_offered=values["quiz"],
        appeal_button=values["appeal_button"],
        automated_handling_time=values["automated_handling_time"],
        repeat_on_time_delivery=values["repeat"],
    )
    steps = first_steps(notice, answers, marketplace=store, origin=origin)
    needed = plan_needed(notice, answers, marketplace=store, origin=origin)
    due = due_on(notice, values["received"] or notice.received)
    if values["as_json"]:
        told = notice_data(notice, [step.as_data() for step in steps])
        print_json(told | {"due": due.isoformat() if due else None, "plan_needed": needed})
        return
    _show(notice, steps, needed=needed, due=due, language=values["language"])


def _handed_in(file: Path | None) -> tuple[bytes, str]:
    """The bytes of the file, or what is pasted, and their name."""
    from poa.errors import InputFault
    from poa.files import read

    if file is not None and str(file) != "-":
        return read(file, limit=_LIMIT), file.name
    if sys.stdin.isatty():
        end = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
        click.echo(f"Paste the notice, then end with {end} on a line of its own.", err=True)
    data = sys.stdin.buffer.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise InputFault("too_large", "What was pasted is far longer than a notice.", file="stdin")
    return data, "stdin"


def _show(
    notice: ReadNotice,
    steps: tuple[FirstStep, ...],
    *,
    needed: bool | None,
    due: date | None,
    language: str,
) -> None:
    from poa.cli.review.saying import Say
    from poa.words import said

    tell = Say(language, wide=True)
    if not notice.kinds:
        tell(said("As far as poa can tell, this is no notice of Amazon's about your account."))
        for sentence in notice.unsure:
            tell(sentence)
        return
    for title, told in _facts(notice, due, language):
        tell(title, style="bold")
        for sentence in told:
            tell(sentence, lead="  ")
    if notice.asks_text:
        tell(said("What Amazon asks"), style="bold")
        for asked in notice.asks_text:
            tell(asked, lead="  - ")
    if notice.unsure:
        tell(said("What cannot be told"), style="bold")
        for sentence in notice.unsure:
            tell(sentence, lead="  - ")
    if steps:
        _show_steps(tell, steps, needed)


def _show_steps(tell: Say, steps: tuple[FirstStep, ...], needed: bool | None) -> None:  # noqa: FBT001 - three answers
    """What to do first, and whether a plan of action is the paper to send."""
    from poa.words import said

    tell("")
    tell(said("First:"), style="bold")
    for number, step in enumerate(steps, start=1):
        tell(step.what, lead=f"{number:>2}. ")
        tell(step.why, lead="    ")
        tell(
            said("Source: {source}; {sure}.", source=said(step.source), sure=said(_SURE[step.sure])),
            lead="    ",
        )
    if verdict := _PLAN[needed]:
        tell("")
        tell(said(verdict), style="bold")


def _facts(notice: ReadNotice, due: date | None, language: str) -> Iterator[tuple[str, list[str]]]:
    """What the notice says, as titles with their sentences."""
    from poa.words import said, strung

    kinds = [said(_KINDS[kind]) for kind in notice.kinds]
    yield (
        said("What it is"),
        [
            said("About: {kinds}.", kinds=strung("{one}, {other}", kinds)),
            *([said(_STAGES[notice.stage])] if notice.stage else []),
            *([said(_SCOPES[notice.scope])] if notice.scope else []),
            *([said("Amazon store: {store}.", store=notice.marketplace)] if notice.marketplace else []),
        ],
    )
    if figures := list(_figures(notice, language)):
        yield said("Its figures"), figures
    if by_when := _by_when(notice, due):
        yield said("By when"), by_when
    if notice.channel:
        yield said("Where to send the answer"), [said(_CHANNELS[notice.channel])]
    if notice.tense:
        yield said("The tense it asks in"), [said(_TENSES[notice.tense])]


def _figures(notice: ReadNotice, language: str) -> Iterator[str]:
    from poa.words import said, strung

    for one in notice.thresholds:
        target = _percent(one.value, language)
        yield said(_CONDITIONS[one.condition], kind=said(_KINDS[one.kind]), value=target)
    if notice.windows_days:
        yield said("Counted over days: {days}.", days=strung("{one}, {other}", map(str, notice.windows_days)))
    for kind, value in notice.metric_values:
        yield said("Yours, {kind}: {value}.", kind=said(_KINDS[kind]), value=_percent(value, language))


def _by_when(notice: ReadNotice, due: date | None) -> list[str]:
    from poa.words import counted, said

    deadline = notice.deadline
    told: list[str] = []
    if deadline.hours is not None:
        told.append(counted(deadline.hours, "Within {number} hour.", "Within {number} hours."))
    elif deadline.days is not None:
        told.append(counted(deadline.days, "Within {number} day.", "Within {number} days."))
    if due is not None:
        told.append(said("That is by {day}.", day=due) if told else said("By {day}.", day=due))
    elif deadline.counted_from_first:
        told.append(said("It counts from the first notice; look up its day."))
    elif told:
        told.append(said("Add --received with the day it arrived to see the date."))
    return told


def _percent(value: Fraction, language: str) -> str:
    """A percentage with the digits that the notice writes, as the language prints it."""
    from poa.languages import LANGUAGES
    from poa.packs.language import percent_text

    exact = Decimal(value.numerator) / Decimal(value.denominator)
    digits = max(0, -int((exact * 100).normalize().as_tuple().exponent))
    return percent_text(exact, digits=digits, against=None, language=LANGUAGES[language])
