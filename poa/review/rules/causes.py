"""Root causes: each is answered, none is only the symptom, each chain of whys ends in the seller's own work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poa.languages import SPOKEN, spaced
from poa.review.claims import claims
from poa.review.draft import Draft, Found
from poa.review.items import Item, all_of, items
from poa.review.lexicon import Lexicon
from poa.review.rule import LETTER, SENT, rule
from poa.review.sentences import Sentence, plain
from poa.words import said

_UNKNOWN = 1  # word of a symptom that no list holds; of Chinese and Japanese, a sign more
_TIMES = 400  # that a phrase is taken out of one sentence
_LINE = 120  # characters of a line that leads to a chain
_CLAUSE = re.compile(r"[,;](?! dass)")
# "2 to 4 days late" counts no orders.
_SPAN = re.compile(
    r"(?:(?:[-~、]|to|bis|or|oder|から|至|到) ?)?(?:\d{1,2} ?)?"
    r"(?:(?:business |working |full )?days?\b|hours?\b|weeks?\b|tagen?\b|stunden?\b|日|天|小时|時間|周|週)"
)
_ACTION = {"corrective": said("corrective action"), "preventive": said("preventive step")}


@rule(
    "R11",
    "error",
    papers=LETTER,
    title=said("Each cause has an action and a preventive step, and each of these has a cause"),
    why=said("A cause without an answer can return, and a measure without a cause reads as filler."),
    source="Amazon help page G201623610 (EU text)",
)
def answered(draft: Draft) -> Iterator[Found]:
    """Causes that no action or no step answers, and actions of a cause that the letter does not have."""
    cited = {part: {one: _cited(draft.lexicon, one) for one in items(draft, part)} for part in _ACTION}
    if not any(numbers for told in cited.values() for numbers in told.values()):
        yield from _by_case(draft, cited)
        return
    causes = _lines_of_causes(draft)
    if len(causes) > 1:
        yield from _by_number(causes, cited)


def _lines_of_causes(draft: Draft) -> list[int]:
    """Where each cause begins: its number in the letter, else the part as a whole for each cause of the case."""
    marked = [one.lines[0] for one in items(draft, "root_cause") if one.marked]
    if len(marked) > 1:
        return marked
    return [*draft.parts.get("root_cause", ())][:1] * len(draft.ground.case.get("cause") or ())


def _cited(words: Lexicon, item: Item) -> frozenset[int]:
    found = words.found("R11", item.plain, key="cited")
    return frozenset(map(int, re.findall(r"\d+", found["n"]))) if found else frozenset()


def _by_number(causes: list[int], cited: dict[str, dict[Item, frozenset[int]]]) -> Iterator[Found]:
    """By the numbers of causes that actions name in the letter itself."""
    for part, told in cited.items():
        answers = frozenset().union(*told.values())
        for number, at in enumerate(causes, start=1):
            if told and number not in answers:
                yield _unanswered(part, number, at)
        for item, numbers in told.items():
            if numbers and max(numbers) > len(causes):
                yield Found(
                    at=item.lines[0],
                    message=said(
                        "This names cause {number}, and the letter has {causes} causes.",
                        number=max(numbers),
                        causes=len(causes),
                    ),
                    remedy=said("Name the cause that it answers, or take it out."),
                )
            elif not numbers and any(told.values()):
                yield Found(
                    at=item.lines[0],
                    severity="warning",
                    message=said("This does not say which cause it answers, as the others do."),
                    remedy=said("Name the cause that it answers, or take it out."),
                )


def _by_case(draft: Draft, cited: dict[str, dict[Item, frozenset[int]]]) -> Iterator[Found]:
    """By the links of the case, where the letter names no numbers; a single cause is answered by every action."""
    causes = draft.ground.case.get("cause") or ()
    if len(causes) < 2:
        return
    for part in _ACTION:
        stated = draft.ground.case.get(part) or ()
        # More items than the case has actions: somebody added one by hand, which may answer the cause.
        if not stated or len(cited[part]) > len(stated):
            continue
        named = {str(one.get("cause")) for one in stated}
        for number, cause in enumerate(causes, start=1):
            if str(cause.get("id") or number) not in named:
                yield _unanswered(part, number, next(iter(draft.parts.get("root_cause", ())), None))


def _unanswered(part: str, number: int, at: int | None) -> Found:
    return Found(
        at=at,
        message=said("No {action} answers cause {number}.", action=_ACTION[part], number=number),
        remedy=said("Add one, or write at the one that answers it: (cause {number}).", number=number),
    )


@rule(
    "R12",
    "warning",
    papers=SENT,
    title=said("The root cause is not the symptom"),
    why=said("That orders were late is what Amazon wrote; it asks which step in your work let it happen."),
    source="practitioners (SellerForge, POA Defender)",
)
def not_the_symptom(draft: Draft) -> Iterator[Found]:
    """A root cause that says no more than that orders were late."""
    told = root_sentences(draft)
    late = [one for one in told if draft.lexicon.matches("R12", one.plain, key="metric")]
    if not told and draft.language in SPOKEN:  # figures alone
        late = told = list(draft.part_sentences("root_cause"))
        told = [one for one in told if goes_deeper(draft, one.plain)]
    if late and all(_only_late(draft, one.plain) for one in told):
        yield Found(
            at=late[0],
            message=said(
                "This says that orders were late, and not which step in your own work let it happen."
            ),
            remedy=said(
                "Write what was not checked, set, agreed or covered, and why it was not noticed in time."
            ),
        )


def _only_late(draft: Draft, sentence: str) -> bool:
    """Whether a plain sentence names no step, and holds hardly a word beyond those of a symptom."""
    few = _UNKNOWN if spaced(draft.language) else _UNKNOWN + 1
    return not goes_deeper(draft, sentence) and left_over(draft, sentence) <= few


def left_over(draft: Draft, sentence: str) -> int:
    """How many words of a plain sentence, or signs of Chinese and Japanese, are none of a symptom's."""
    words = draft.lexicon
    left = without(words, "R12", without(words, "R12", sentence, key="restated"), key="plainly").replace(
        "|", " "
    )
    return len(left.split() if spaced(draft.language) else re.findall(r"\w", left))


def root_sentences(draft: Draft) -> list[Sentence]:
    """What the part of the root cause says, without the figures that the rows show; empty in other languages."""
    if draft.language not in SPOKEN:
        return []
    kept: dict[str, list[Sentence]] = vars(draft).setdefault("_root", {})  # as the draft keeps its own parts
    if "told" not in kept:
        kept["told"] = [one for one in draft.part_sentences("root_cause") if not _is_figure(draft, one)]
    return kept["told"]


def _is_figure(draft: Draft, sentence: Sentence) -> bool:
    """Whether a sentence only counts late orders: "Of 128 orders, 33 were confirmed late"."""
    if len(re.findall(r"\d+", sentence.text)) < 2 or not draft.lexicon.matches(
        "R12", sentence.plain, key="metric"
    ):
        return False
    counts = [
        one
        for one in claims(sentence.text, language=draft.language)
        if one.kind in {"number", "percent"} and not _SPAN.match(plain(sentence.text[one.end : one.end + 20]))
    ]
    return len(counts) > 1


def goes_deeper(draft: Draft, sentence: str) -> bool:
    """Whether a plain sentence names more than the metric: a step, a person, a supplier, a setting."""
    text = without(draft.lexicon, "R12", sentence, key="restated")
    return draft.lexicon.matches("R12", text, key="deeper")


def without(words: Lexicon, rule_: str, text: str, *, key: str) -> str:
    """A plain sentence without what a list finds in it."""
    for _ in range(_TIMES):
        found = words.found(rule_, text, key=key)
        if found is None or not found[0]:
            break
        text = f"{text[: found.start()]}|{text[found.end() :]}"
    return text


@rule(
    "R13",
    "warning",
    papers=("analysis",),
    title=said("A chain of whys has three steps and ends in what the seller controls"),
    why=said("A chain that stops at others, or too early, leaves the step that can be mended unsaid."),
    source="Amazon's guidance for sellers in China (as reposted); Amazon's form for the correction of errors",
)
def long_enough(draft: Draft) -> Iterator[Found]:
    """Chains that are missing, too short, or end with somebody else."""
    if draft.language not in SPOKEN or "root_cause" not in draft.parts:
        return
    least = draft.limit("R13")
    chains = _chains(draft)
    if not chains and any(one.get("statement") for one in draft.ground.case.get("cause") or ()):
        if not any(one.asks(draft) for one in all_of(draft, "root_cause")):
            yield Found(
                at=next(iter(draft.parts["root_cause"]), None),
                message=said("The root cause has no chain of whys."),
                remedy=_LONGER,
            )
        return
    for chain in chains:
        last = draft.paper.lines[chain[-1]]
        text = plain(last.text)
        if len(chain) < least:
            yield Found(
                at=chain[-1],
                message=said(
                    "This chain of whys has {steps} of at least {least} steps.", steps=len(chain), least=least
                ),
                remedy=_LONGER,
            )
        elif draft.lexicon.matches("R16", text, key="external") and not names_own(draft, text):
            yield Found(
                at=chain[-1],
                message=said("The last why ends with somebody else."),
                remedy=_LONGER,
            )


_LONGER = said("Ask why once more, until the answer is a step in your own work that you can change.")


def names_own(draft: Draft, text: str) -> bool:
    """Whether a plain sentence names the seller's own work, beyond excuses."""
    return draft.lexicon.matches("R16", without(draft.lexicon, "R16", text, key="excuse"), key="own")


def _chains(draft: Draft) -> list[list[int]]:
    """The lines of each chain: the items after a line that asks why, or lines that begin with "Why 1:"."""
    words = draft.lexicon
    found: list[list[int]] = []
    opened = False
    for at, line in draft.lines("root_cause"):
        text = plain(line.text)
        typed = re.match(r"\(?\d{1,2}[.)、]", text) is not None
        if words.matches("R13", text, key="step"):
            if not opened or not found:
                found.append([])
            opened = True
            found[-1].append(at)
        elif line.kind == "item" or typed:
            if opened:
                found[-1].append(at)
            elif words.matches("R13", plain(draft.paper.heading(at) or ""), key="chain"):
                found.append([at])
                opened = True
        else:
            opened = len(text) <= _LINE and words.matches("R13", text, key="chain") and text.endswith(":")
            if opened:
                found.append([])
    return [one for one in found if one]


@rule(
    "R20",
    "warning",
    papers=SENT,
    title=said("Not knowing the policy is no root cause"),
    why=said("It reads as an excuse, and it leaves unsaid which step in your work made orders late."),
    source="a practitioner (SellerForge)",
    lexical=True,
)
def not_ignorance(draft: Draft) -> Iterator[Found]:
    """Sentences that give not knowing a policy as the reason."""
    elsewhere = {at for part in ("corrective", "preventive", "evidence") for at in draft.parts.get(part, ())}
    for sentence in draft.sentences:
        if sentence.line not in elsewhere and ignorant(draft, sentence.plain):
            yield Found(
                at=sentence,
                message=said("Not knowing a policy is given as a reason."),
                remedy=said("Take it out, and name the step in your own work that made orders late."),
            )


def ignorant(draft: Draft, sentence: str) -> bool:
    """Whether a plain sentence tells that a policy was not known."""
    words = draft.lexicon
    if words.found("R20", sentence):
        return True
    return any(
        words.matches("R20", clause, key="ignorance") and words.matches("R20", clause, key="policy")
        for clause in _CLAUSE.split(sentence)
    )
