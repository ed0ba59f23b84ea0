"""How far the matter has gone, and how much of the account it touches."""

from __future__ import annotations

from collections.abc import Iterable

from poa.case.notices.sentences import Letter, Sentence

_SCOPES = ("premium", "category", "seller_fulfilled", "listing", "account")
_BANNER_WORDS = 90
_BANNER_CHARACTERS = 220  # of a script without spaces
_KEYS = {
    "final": ("stages.final", "stages.stays"),
    "rejected": ("stages.rejected", "stages.stays", "stages.more_information"),
    "more_information": ("stages.more_information", "stages.rejected"),
    "review": ("stages.deactivated", "stages.pre_deactivation", "stages.review"),
    "deactivated": ("stages.deactivated",),
    "pre_deactivation": ("stages.pre_deactivation", "stages.at_risk", "stages.consequence"),
    "banner": ("stages.at_risk", "stages.consequence"),
    "warning": ("stages.at_risk", "stages.consequence", "stages.warning"),
}

_OF_THIS_ACCOUNT = ("sentences.own", "sentences.own_finding")


def stage_of(letter: Letter, kinds: tuple[str, ...]) -> str | None:
    """The stage by explicit rules, the furthest first; None for what speaks of no case of this account."""
    flat = [one for one in letter.sentences if not one.question and not _beside(one)]
    told = [one for one in flat if not one.conditional and not one.under_if]
    if told_in(told, "stages.never") and not kinds:
        return None
    if told_in([one for one in flat if not one.supposed], "stages.final"):
        return "final"
    taken = told_in(told, "stages.deactivated")
    sent = told_in(flat, "stages.submission")
    if answered := _answered(told, sent=sent or not taken):
        return answered
    if told_in(told, "stages.stays"):
        return "final" if not told_in(flat, "stages.open_again") else "rejected"
    own = told if kinds else [one for one in told if one.words.has("sentences.own", one.plain)]
    off = told_in(own, "stages.deactivated")
    if told_in(own, "stages.review") and (not off or "seller_fulfilled_review" in kinds):
        return "review"
    if _announces(flat) and _spoken_to(letter):
        return "announcement"
    if off:
        return "deactivated"
    before = _before(letter, flat, told, kinds)
    if before in {None, "warning"} and kinds and sent and not _is_threatened(flat):
        wanted = told_in(told, "stages.wanted")
        return "more_information" if wanted and (before is None or any(map(_asks, flat))) else before
    return before


def is_other_mail(letter: Letter) -> bool:
    """Whether a text is an advertisement, an article or another sender's mail, whatever it says of Amazon."""
    return told_in(letter.sentences, "stages.others")


def confirms_reactivation(letter: Letter) -> bool:
    """Whether it says that the account or its offers are active again, and not that they are not."""
    told = [one for one in letter.sentences if not (one.question or one.conditional or one.under_if)]
    others = [
        one
        for one in told
        if not one.words.has("stages.active_again", one.plain) or one.words.has("stages.rejected", one.plain)
    ]
    against = ("stages.rejected", "stages.more_information", "stages.deactivated")
    return len(others) < len(told) and not any(told_in(others, key) for key in against)


def asks_the_reader(letter: Letter, kinds: tuple[str, ...]) -> bool:
    """Whether Amazon asks this reader for a plan or its parts, about a matter that a sentence of theirs names."""
    flat = [one for one in letter.sentences if not (one.aside or one.question or one.under_if)]
    told = [one for one in flat if not one.conditional]
    if any(told_in(flat, key) for key in ("stages.never", "stages.announcement")):
        return False
    if any(one.supposed and one.words.has("stages.deactivated", one.plain) for one in flat):
        return False  # a help page: "If your offers have been deactivated, …"
    named = any(
        all(one.words.has(key, one.plain) for key in (*_OF_THIS_ACCOUNT, f"kinds.{kind}.names"))
        for one in told
        for kind in kinds
    )
    return named and _spoken_to(letter) and any(wants_a_plan(one) or _asks(one) for one in told)


def may_follow(letter: Letter) -> bool:
    """Whether it says that something may be taken away."""
    return told_in([one for one in letter.sentences if not one.aside], "stages.consequence")


def scope_of(letter: Letter, stage: str | None) -> str | None:
    """What is touched: told by the sentences that tell the stage, else by what is threatened."""
    if stage == "announcement":
        return None
    flat = [one for one in letter.sentences if not one.question]
    keys = _KEYS.get(stage or "", ())
    for key in (*keys, "stages.deactivated", "stages.pre_deactivation", "stages.consequence"):
        for one in flat:
            if one.words.has(key, one.plain) and (scope := _scope(one)):
                return scope
    return next((scope for one in flat if not one.aside and (scope := _scope(one))), None)


def _scope(sentence: Sentence) -> str | None:
    return next((scope for scope in _SCOPES if sentence.words.has(f"scopes.{scope}", sentence.plain)), None)


def told_in(sentences: Iterable[Sentence], key: str) -> bool:
    """Whether words of a key stand in one of the sentences."""
    return any(one.words.has(key, one.plain) for one in sentences)


def _first(sentences: list[Sentence], key: str) -> int | None:
    return next((at for at, one in enumerate(sentences) if one.words.has(key, one.plain)), None)


def _beside(sentence: Sentence) -> bool:
    """Whether a sentence points to help, or speaks of a support case or of fraud, not of the account."""
    words, text = sentence.words, sentence.plain
    return words.has("stages.unrelated", text) or (sentence.aside and not words.has("stages.final", text))


def _answered(told: list[Sentence], *, sent: bool) -> str | None:
    """Rejected or more information, whichever is said first; within one sentence, the wish for more.

    Where nothing was sent yet, a wish for information is what a first notice asks.
    """
    rejected = _first(told, "stages.rejected")
    more = _first(told, "stages.more_information") if sent else None
    if rejected is None and more is None:
        return None
    if rejected is None or (more is not None and (more <= rejected or _is_open(told, rejected, more))):
        return "more_information"
    return "rejected"


def _is_threatened(flat: list[Sentence]) -> bool:
    return any(told_in(flat, key) for key in ("stages.pre_deactivation", "stages.unless", "stages.at_risk"))


def _asks(sentence: Sentence) -> bool:
    """Whether a line of a list, or a wish in a sentence, asks what a plan of action answers."""
    wished = sentence.place == "bullet" or sentence.words.has("stages.wanted", sentence.plain)
    return wished and any(
        sentence.words.has(f"asks.{code}", sentence.plain)
        for code in ("root_cause", "corrective", "preventive")
    )


def _is_open(told: list[Sentence], rejected: int, more: int) -> bool:
    """Whether a refusal leaves the plan as it is: it lacks something, or the account is only "not yet" active."""
    words, text = told[rejected].words, told[rejected].plain
    refusal = words.find("stages.rejected", text)
    of_plan = refusal is not None and words.has("sentences.plan", text[refusal.start() :])
    not_yet = words.has("stages.not_yet", text) and not of_plan
    return _lacks(told[rejected]) or (not_yet and more <= rejected + 2)  # a line that opens the list between


def _lacks(sentence: Sentence) -> bool:
    """Whether a plan is only called incomplete, and not refused."""
    words, text = sentence.words, sentence.plain
    return words.has("stages.lacking", text) and not words.has("stages.refused", text)


def _announces(flat: list[Sentence]) -> bool:
    """A change for all sellers: said so, and nothing said of this account before it."""
    change = _first(flat, "stages.announcement")
    if change is None:
        return False
    before = [one for one in flat[: change + 1] if not one.conditional and not one.under_if]
    taken = any(told_in(before, key) for key in ("stages.deactivated", "stages.at_risk"))
    warned = any(one.words.has("stages.warning", one.plain) for one in before if one is not flat[change])
    return not (taken or warned)


def _spoken_to(letter: Letter) -> bool:
    """Whether a text speaks as Amazon does: of us, to you."""
    return told_in(letter.sentences, "sentences.amazon")


def _before(letter: Letter, flat: list[Sentence], told: list[Sentence], kinds: tuple[str, ...]) -> str | None:
    """The stages before anything was taken away."""
    real = [one for one in flat if not one.supposed]
    at_risk = told_in(real, "stages.at_risk")
    will = told_in(told, "stages.pre_deactivation") or any(_threatens(one) for one in flat)
    wants_plan = any(wants_a_plan(one) for one in flat)
    warned = bool(kinds) and _spoken_to(letter) and any(_warns(one) for one in real)
    timed = any(wants_a_plan(one) and _timed(one) for one in flat)
    if at_risk and not will and not timed and _short(letter):
        return "banner" if _spoken_to(letter) else None
    if will and (kinds or at_risk):
        return "pre_deactivation"
    if at_risk:
        return "pre_deactivation" if wants_plan else "warning"
    if warned:
        threatened = told_in(flat, "stages.consequence")
        return "pre_deactivation" if wants_plan and threatened else "warning"
    if told_in(real, "stages.violation") and told_in(flat, "stages.consequence"):
        return "warning"
    return None


def wants_a_plan(sentence: Sentence) -> bool:
    """Whether a sentence asks for a plan of action or an appeal."""
    words, text = sentence.words, sentence.plain
    return words.has("sentences.plan_wanted", text) and not words.has("sentences.no_plan", text)


def _threatens(sentence: Sentence) -> bool:
    """Whether deactivation follows unless the seller acts: surely, or within a time that is named."""
    words, text = sentence.words, sentence.plain
    return words.has("stages.unless", text) and (
        _timed(sentence) or not words.has("sentences.conditional", text)
    )


def _timed(sentence: Sentence) -> bool:
    words, text = sentence.words, sentence.plain
    return words.has("deadlines.hours", text) or words.has("deadlines.days", text)


def _warns(sentence: Sentence) -> bool:
    words, text = sentence.words, sentence.plain
    if words.has("sentences.passing", text) or not words.has("stages.warning", text):
        return False
    if sentence.conditional and not words.has("sentences.own", text):
        return False
    if not (sentence.place == "subject" or words.has("sentences.own", text) or "%" in text):
        return words.has("sentences.own_finding", text)
    return words.has("sentences.own_finding", text) or not words.has("sentences.rule", text)


def _short(letter: Letter) -> bool:
    """A banner has no salutation, no subject and few words."""
    if any(
        one.place == "subject" or one.words.has("sentences.letter", one.plain) for one in letter.sentences
    ):
        return False
    text = " ".join(one.plain for one in letter.sentences)
    if letter.language in {"zh", "ja"}:
        return len(text) <= _BANNER_CHARACTERS
    return len(text.split()) <= _BANNER_WORDS
