"""Whether a letter states the rate with what it is counted from, and what it was since the fix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from poa.review.claims import Claim, claims, day_of
from poa.review.draft import Draft, Found
from poa.review.rule import LETTER, SENT, rule
from poa.review.rules.metric import about_late_shipments, told
from poa.review.sentences import Sentence, plain
from poa.words import Said, counted, said, strung

_COUNTS = {None, "orders", "late_orders"}  # what a number may count to be one of orders
_READ, _SIGNS = 150, 2000  # lines, and signs of each; a letter has some forty lines
_NEAR = Decimal("0.06")  # percent; a rate is written with one or two decimals
_AFTER_DAYS = 10  # from the last action on; before, too few orders came due


@rule(
    "R05",
    "error",
    papers=LETTER,
    title=said("The letter states the rate, both counts behind it and the days of the window"),
    why=said("Your own figures, with their days, show that you know how the rate is counted."),
    source="eCommerce Law Pro; Amazon China's guidance as reposted",
)
def figures_stated(draft: Draft) -> Iterator[Found]:
    """What the rows give of the rate stands in the letter: whether it is right is asked elsewhere."""
    windows = [one for one in draft.ground.facts.get("late_shipment_rate", ()) if one.get("window_days")]
    if not about_late_shipments(draft) or not windows or windows[0].get("orders") == 0:
        return
    figures = list(_told_figures(draft))
    wanted = _wanted(windows[0])
    missing = [name for part, name in wanted.items() if not _STATED[part](windows, figures)]
    if missing:
        yield Found(
            message=said("The letter does not state: {figures}.", figures=strung("{one}; {other}", missing)),
            remedy=said("State them in the first paragraph, as the letter that poa printed does."),
        )


def _wanted(window: Mapping[str, Any]) -> dict[str, Said]:
    """What a letter can state of a window: no rate of few orders, no count of all orders where it is unknown."""
    wanted = {"days": said("the first and the last day of the window")}
    if window.get("late"):
        wanted["late"] = said("how many orders were late")
    if window.get("orders") is not None:
        wanted["orders"] = said("how many orders there were in all")
        if window.get("rate") is not None and not window.get("few"):
            wanted["rate"] = said("the rate itself")
    return wanted


def _told_figures(draft: Draft) -> Iterator[tuple[Claim, ...]]:
    """The figures of each paragraph that speaks of late orders; what was done about them is left aside."""
    aside = {at for part in ("corrective", "preventive", "evidence") for at in draft.parts.get(part, ())}
    for at, line in enumerate(draft.paper.lines[:_READ]):
        if at in aside or line.kind in {"heading", "aside"}:
            continue
        text = line.text[:_SIGNS]
        if line.kind == "row" or draft.lexicon.matches("R05", plain(text), key="about"):
            yield claims(text, language=draft.language)


def _whole(figures: tuple[Claim, ...]) -> list[Decimal]:
    """Whole numbers that may count orders; "44/787" holds two of them."""
    found = [
        Decimal(part) for one in figures if one.kind == "fraction" for part in re.findall(r"\d+", one.text)
    ]
    found += [
        one.value
        for one in figures
        if one.kind == "number" and one.unit in _COUNTS and isinstance(one.value, Decimal)
    ]
    return [one for one in found if one == one.to_integral_value()]


def _states_days(windows: list[Any], read: list[tuple[Claim, ...]]) -> bool:
    ends = {str(one[key])[4:] for one in windows for key in ("from", "to")}
    return any(len(some) > 1 or some & ends for some in (set(_days(figures)) for figures in read))


def _days(figures: tuple[Claim, ...]) -> Iterator[str]:
    """The days of a paragraph as month and day ("-10-31"), since a year may be left out."""
    for one in figures:
        if one.kind == "day" and (found := re.search(r"-\d\d-\d\d$", str(one.value))):
            yield found[0]


def _states_late(_windows: list[Any], read: list[tuple[Claim, ...]]) -> bool:
    return any(_whole(figures) or any(one.kind == "fraction" for one in figures) for figures in read)


def _states_orders(windows: list[Any], read: list[tuple[Claim, ...]]) -> bool:
    known = {Decimal(one["orders"]) for one in windows if one.get("orders") is not None}
    return any(len(_whole(figures)) > 1 or known & {*_whole(figures)} for figures in read)


def _states_rate(windows: list[Any], read: list[tuple[Claim, ...]]) -> bool:
    """A percentage that is not the target, unless a rate is as high as the target itself."""
    others = {Decimal(str(one.get("target"))) * 100 for one in windows} | {Decimal(100)}
    rates = [Decimal(str(one["rate"])) * 100 for one in windows if one.get("rate") is not None]
    shares = [one.value for figures in read for one in figures if one.kind == "percent"]
    return any(
        one not in others or any(abs(one - rate) < _NEAR for rate in rates)
        for one in shares
        if isinstance(one, Decimal)
    )


_STATED = {"days": _states_days, "late": _states_late, "orders": _states_orders, "rate": _states_rate}


@rule(
    "R45",
    "info",
    papers=SENT,
    title=said("The metric since the fix is shown"),
    why=said("A rate that fell after the actions proves them better than words."),
    source="AMZ Sellers Attorney",
)
def metric_since_the_fix(draft: Draft) -> Iterator[Found]:
    """A letter well after the last action says what the rate was since."""
    fixed = max(filter(None, map(_day_of, draft.ground.case.get("corrective") or ())), default=None)
    letter = draft.ground.letter_date or draft.today
    if fixed is None or letter is None or letter - fixed <= timedelta(days=_AFTER_DAYS):
        return
    facts = (draft.ground.newer or draft.ground).facts
    newer = str(facts.get("as_of", "")) > fixed.isoformat()
    if (draft.kind == "analysis" and newer) or any(_since(draft, one, fixed) for one, _ in told(draft)):
        return
    yield Found(
        message=counted(
            (letter - fixed).days,
            "The last action was {number} day before the letter, and nothing shows the rate since then.",
            "The last action was {number} days before the letter, and nothing shows the rate since then.",
        ),
        remedy=said("Say how many orders were due and how many late since {day}.", day=fixed)
        if newer
        else said(
            "Run poa on a report that reaches past {day}, and say how many orders were late since.", day=fixed
        ),
    )


def _day_of(action: object) -> date | None:
    return day_of(action.get("date")) if isinstance(action, Mapping) else None


def _since(draft: Draft, sentence: Sentence, fixed: date) -> bool:
    """Whether a sentence counts late orders of days after the fix; a control that starts then does not."""
    if sentence.line in draft.parts.get("preventive", ()):
        return False
    text = sentence.plain
    if not draft.lexicon.matches("R05", text, key="about"):
        return False
    if draft.lexicon.matches("R45", text, key="since"):
        return any(map(str.isdigit, text)) or draft.lexicon.matches("R05", text, key="counts_none")
    figures = claims(sentence.text, language=draft.language)
    days = [str(one.value).replace("--", f"{fixed.year}-") for one in figures if one.kind == "day"]
    return any(day > fixed.isoformat() for day in days) and any(
        one.kind in {"number", "percent"} for one in figures
    )
