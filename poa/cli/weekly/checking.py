"""``poa weekly --check`` for a scheduler: nothing where all is well, else a line for each alarm and exit code 3."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from poa.cli.asking import answered
from poa.cli.case.folder import OpenCase, open_case
from poa.cli.options import open_account
from poa.cli.outcome import percent_in
from poa.cli.terminal import console, line, print_json
from poa.doing import Tell
from poa.facts import Facts
from poa.facts.ledger import Ledger
from poa.policy.kpis import kpis
from poa.words import Said, counted, said, spoken

if TYPE_CHECKING:
    from poa.account import Account

GATE = 3
_AHEAD = 14  # days of the projection that are an alarm


def check(values: dict[str, Any]) -> None:
    """Look at the last day that the rows cover, and at the promises of the last whole week; write nothing."""
    opened = open_case(values["case_folder"])
    language = opened.reads(values["ui_language"])
    values["spoken"] = language
    account = open_account(opened, values)
    alarms = answered(account, lambda one, tell: _alarms_of(one, opened, values, tell))
    told = [(code, spoken(sentence, language)) for code, sentence in alarms]
    if values["as_json"]:
        print_json({"check": 1, "alarms": [{"code": code, "message": message} for code, message in told]})
    else:
        for _, message in told:
            console().print(line(message), soft_wrap=True)
    if told:
        sys.exit(GATE)


def _alarms_of(
    account: Account, opened: OpenCase, values: dict[str, Any], tell: Tell
) -> list[tuple[str, Said]]:
    """Every alarm with its code, the gravest first."""
    from poa.account.weeks import open_weeks
    from poa.analysis.weeks import iso_week, week_of
    from poa.cli.weekly.running import told_weeks

    weeks = open_weeks(account, tell=tell)
    now = week_of(weeks.until)
    seen = weeks.seen(iso_week(now.first), now) if values["week_name"] is None else None
    last = told_weeks(weeks, opened, values, tell=tell)[-1]
    return [*_of_rates((seen or last.seen).facts, values["spoken"]), *_of_promises(last.weekly.ledger)]


def _of_rates(facts: Facts, language: str) -> Iterator[tuple[str, Said]]:
    missed = set()
    for rate in facts.late_shipment_rate[:2]:
        if rate.meets_target is False:
            missed.add(rate.window_days)
            yield (
                "breach",
                said(
                    "Breach: {late} of {orders} orders late in {days} days, {rate}; the target is under {target}.",
                    late=rate.late.value,
                    orders=rate.orders.value,
                    days=rate.window_days,
                    rate=percent_in(language, rate.rate, against=rate.target),
                    target=percent_in(language, rate.target, digits=0),
                ),
            )
    target = float(facts.late_shipment_rate[0].target.value or 0)
    for seen in facts.projection or ():
        if seen.scenario != "current_rate" or seen.window_days in missed:
            continue
        rates = enumerate(seen.path[: _AHEAD + 1])
        ahead = next((days for days, rate in rates if rate is not None and rate >= target), None)
        if ahead is not None:
            yield (
                "projected_breach",
                counted(
                    ahead,
                    "Projected breach: at the rate of the last 10 days, the {days} days miss the target in 1 day.",
                    "Projected breach: at the rate of the last 10 days, the {days} days miss the target in {number} days.",
                    days=seen.window_days,
                )
                if ahead
                else said(
                    "Projected breach: once the orders that are past due are confirmed, the {days} days miss the target.",
                    days=seen.window_days,
                ),
            )


def _of_promises(ledger: Ledger) -> Iterator[tuple[str, Said]]:
    for one in ledger.entries:
        if one.status == "overdue":
            yield (
                "overdue_promise",
                counted(
                    int(one.late_by.value or 0),
                    "Overdue promise: {action} was due on {due}, 1 day before the week's end, and nothing shows it.",
                    "Overdue promise: {action} was due on {due}, {number} days before the week's end, and nothing shows it.",
                    action=one.id,
                    due=str(one.due),
                ),
            )
        elif one.status in {"broken", "reopened"}:
            yield (
                "broken_promise",
                said(
                    "Broken promise: {action} missed its target ({kpi}) in {week}.",
                    action=one.id,
                    kpi=said(kpis()[one.kpi].title) if one.kpi else said("by your own word"),
                    week=next(check.week for check in reversed(one.checks) if check.verdict == "missed"),
                ),
            )
