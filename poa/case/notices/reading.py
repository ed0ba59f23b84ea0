"""A notice read: each field by its own rule, from the sentences that speak of this case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from poa.case.notices.asking import asks, channel, tense
from poa.case.notices.deadlines import ambiguous_date, day_of, deadline
from poa.case.notices.figures import RATES, Figures, figures, windows
from poa.case.notices.kinds import kinds_of, only_in_passing
from poa.case.notices.notice import Deadline, ReadNotice
from poa.case.notices.sentences import Letter, Sentence, taken_apart
from poa.case.notices.stages import (
    asks_the_reader,
    confirms_reactivation,
    is_other_mail,
    may_follow,
    scope_of,
    stage_of,
    told_in,
    wants_a_plan,
)
from poa.policy import store_named
from poa.words import said

_STORE = re.compile(r"(?<![a-z@])amazon\.(?:com(?:\.[a-z]{2})?|co\.[a-z]{2}|[a-z]{2})(?![a-z]|\.[a-z]|-)")
_EUROPE = re.compile(r"[a-z]+-(?:europe|japan|fe|na)\.amazon\.[a-z.]+[^\s]*|[\w.+-]+@[\w.-]+")
_LINK = re.compile(r"(?:https?://|www\.|sellercentral\.)[^\s]*")


def read_notice(text: str) -> ReadNotice:
    """What a text says as Amazon's notice; nothing that it does not write, and no fault whatever it is."""
    letter = taken_apart(text)
    received = day_of(letter.sent) if letter.sent else None
    kinds, stage = _matter(letter)
    if letter.language is None or not kinds:
        return ReadNotice(language=letter.language, received=received, unsure=_not_read(letter))
    speaking = [one for one in letter.sentences if not one.aside]
    kinds = _without_met(kinds, speaking)
    rates = tuple(kind for kind in kinds if kind in RATES) or (RATES if "premium_shipping" in kinds else ())
    found = figures(speaking, rates)
    if stage == "warning" and _praises(found):
        return ReadNotice(language=letter.language, received=received)
    lines = asks(letter.sentences)
    due, several = (Deadline(), False) if stage == "announcement" else deadline(letter.sentences)
    stores = _stores(letter.sentences)
    kept = None if kinds == ("premium_shipping",) else set(kinds)
    notice = ReadNotice(
        kinds=kinds,
        stage=stage,
        scope=scope_of(letter, stage),
        marketplace=stores[0] if len(stores) == 1 else None,
        language=letter.language,
        thresholds=tuple(one for one in found.thresholds if kept is None or one.kind in kept),
        windows_days=windows(speaking),
        metric_values=tuple(one for one in found.values if kept is None or one[0] in kept),
        deadline=due,
        channel=channel(letter.sentences),
        tense=tense(letter.sentences, lines),
        asks_lines=lines,
        received=received,
        plan_asked=any(wants_a_plan(one) for one in letter.sentences),
        quiz_named=told_in(letter.sentences, "asks.quiz"),
        repeated=told_in(letter.sentences, "sentences.repeated"),
        wrong_channel=told_in(letter.sentences, "channels.wrong"),
    )
    unclear = {
        "several": several,
        "date": due.date is None and ambiguous_date(letter.sentences),
        "stores": len(stores) > 1,
        "rate": found.bare,
        "slots": letter.slots_empty,
    }
    return _with_unsure(notice, unclear)


def _matter(letter: Letter) -> tuple[tuple[str, ...], str | None]:
    """The kinds and the stage: no kinds where it is no notice, no stage where it does not say how far it went."""
    if is_other_mail(letter):
        return (), None
    kinds = kinds_of(letter.sentences)
    stage = stage_of(letter, kinds)
    again = confirms_reactivation(letter)
    if stage is None:
        if missed := _missed(letter):
            return missed, "warning"
        if again or not asks_the_reader(letter, kinds):
            return (), None
        return kinds, "warning" if may_follow(letter) else None
    if again or (stage == "announcement" and (not kinds or only_in_passing(letter.sentences))):
        return (), None
    return kinds or ("other",), stage


def _missed(letter: Letter) -> tuple[str, ...]:
    """The rates that a text writes as the reader's own beside a target that they miss."""
    own = [one for one in letter.sentences if not one.aside and not one.supposed]
    if not told_in(own, "sentences.amazon"):
        return ()
    found = figures(own, RATES)
    kinds = dict.fromkeys(kind for kind, _ in found.values)
    targets = {one.kind for one in found.thresholds}
    return tuple(kind for kind in kinds if kind in targets and not _meets(found, kind))


def _without_met(kinds: tuple[str, ...], speaking: list[Sentence]) -> tuple[str, ...]:
    """The kinds without rates that a table lists as meeting their target, unless none would be left."""
    found = figures(speaking, tuple(kind for kind in kinds if kind in RATES))
    kept = tuple(kind for kind in kinds if kind not in RATES or not _meets(found, kind))
    return kept or kinds


def _praises(found: Figures) -> bool:
    """Whether every rate of the account that is written meets its target: no warning, but good news."""
    kinds = {kind for kind, _ in found.values}
    return bool(kinds) and all(_meets(found, kind) for kind in kinds)


def _meets(found: Figures, kind: str) -> bool:
    """Whether the rates of a kind that are written stand well to every target written for it."""
    met = [
        value >= one.value if one.condition == "at_least" else value < one.value
        for one in found.thresholds
        for named, value in found.values
        if kind == named == one.kind
    ]
    return bool(met) and all(met)


def _stores(sentences: Iterable[Sentence]) -> list[str]:
    """The stores that are named in words, else those of links; an address for all of Europe tells nothing."""
    named: dict[str, None] = {}
    linked: dict[str, None] = {}
    for sentence in sentences:
        bare = _EUROPE.sub(" ", sentence.plain)
        for where, text in ((linked, " ".join(_LINK.findall(bare))), (named, _LINK.sub(" ", bare))):
            codes = (store_named(match[0]) for match in _STORE.finditer(text))
            where.update(dict.fromkeys(code for code in codes if code))
        own = _LINK.sub(" ", bare)
        for code in ("US", "UK", "DE", "JP", "CA", "FR", "IT", "ES"):
            if sentence.words.has(f"stores.{code}", own):
                named[code] = None
    return list(named or linked)


def _not_read(letter: Letter) -> tuple[str, ...]:
    if letter.sentences and letter.language is None:
        return (
            said("This text is in none of the languages that poa reads: English, Chinese, Japanese, German."),
        )
    if confirms_reactivation(letter) and not is_other_mail(letter):
        return (said("It says that selling is possible again; there is nothing to answer."),)
    return ()


def _with_unsure(notice: ReadNotice, unclear: dict[str, bool]) -> ReadNotice:
    told = [sentence for key, sentence in _UNCLEAR.items() if unclear[key]]
    if notice.stage is None:
        told.insert(0, said("It does not say how far the matter has gone; look at Account Health."))
    rates = [kind for kind in notice.kinds if kind in RATES]
    if notice.kinds == ("other",):
        told.insert(0, said("What it is about is none of the matters that poa knows."))
    if (
        rates
        and notice.stage != "announcement"
        and not any(kind in rates for kind, _ in notice.metric_values)
    ):
        told.append(said("It does not say how high your own rate is; the report does."))
    if notice.marketplace is None and not unclear["stores"]:
        told.append(said("It does not say which Amazon store it is about."))
    answer = notice.stage not in {"announcement", "final", "banner"}
    if answer and notice.deadline == Deadline() and not unclear["date"]:
        told.append(said("It sets no time by which to answer."))
    if answer and notice.channel is None:
        told.append(said("It does not say where to send an answer."))
    if notice.plan_asked and not notice.asks:
        told.append(said("It asks for a plan or an appeal, but does not say which questions it must answer."))
    if notice.scope is None and notice.stage != "announcement":
        told.append(said("It does not say whether the whole account or only some offers are meant."))
    return replace(notice, unsure=tuple(told))


_UNCLEAR = {
    "several": said("It names more than one time to answer; the first is taken. Read them again."),
    "date": said("It writes a day to answer by that can be read in two ways; look at it again."),
    "stores": said("It names several Amazon stores; which one is meant is not clear."),
    "rate": said("A rate stands beside a name without a word on whether it is yours or the target."),
    "slots": said("A word is missing in the notice itself, where a placeholder was left empty."),
}
