"""The tone of a letter: no blame, no begging, no praise of oneself, no questions, nothing that cannot be kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from poa.review.draft import Draft, Found
from poa.review.rule import LETTER, SENT, rule
from poa.review.sentences import Sentence, outside_questions, plain, spot
from poa.words import Said, said

_BRACKETS = re.compile(r"\[[^\[\]]*(?:\]|$)|^[^\[\]]*\]")  # a question may be cut at its own mark
_CAPITALS = re.compile(r"(?<![\w./&'-])[^\W\d_]{2,}(?![\w./&'-]*\w)")
_ASKS = re.compile(r"\?+[\"')\]”’」』）]*\s*$")  # noqa: RUF001 - signs of the languages
_QUOTED = re.compile(r"""\w[^?]{0,300}(?:["«「『][^"«»「」『』]{1,200}\?+["»」』]|'[^'?]{3,200}\?+')\s*$""")
_SHOUTED = 3  # words in a row
_LONG = 4  # letters: a shorter word in capitals is an abbreviation


@rule(
    "R14",
    "error",
    papers=SENT,
    title=said("No buyer is blamed"),
    why=said("A plan answers for the seller's own work; whoever points at buyers has not found the cause."),
    source="Amazon China's guidance as reposted; practitioners",
    lexical=True,
)
def no_blame_of_buyers(draft: Draft) -> Iterator[Found]:
    """Words that lay a late order to a buyer."""
    yield from _at_words(
        draft,
        "R14",
        said("This lays the blame on buyers."),
        said("Say what your own process lacked: which check would have caught it before the ship-by time."),
    )


@rule(
    "R15",
    "error",
    papers=SENT,
    title=said("Neither Amazon, its system nor its staff is blamed"),
    why=said(
        "The reader works there; a plan that blames Amazon is read as one that takes no responsibility."
    ),
    source="Appeal Wizards; Younglanes",
    lexical=True,
)
def no_blame_of_amazon(draft: Draft) -> Iterator[Found]:
    """Words that lay a late order, or the measure itself, to Amazon."""
    yield from _at_words(
        draft,
        "R15",
        said("This lays the blame on Amazon."),
        said("Take it out. Dispute a measure apart from the plan; here say what your own process lacked."),
    )


@rule(
    "R17",
    "error",
    papers=SENT,
    title=said("The language is factual, without feelings and without begging"),
    why=said("Amazon's page on plans of action asks for facts and no emotive language."),
    source="Amazon help page G201623610",
    lexical=True,
)
def no_emotive_language(draft: Draft) -> Iterator[Found]:
    """Begging and feelings, words that are shouted, and more than one sentence of apology."""
    yield from _at_words(
        draft,
        "R17",
        said("This speaks of feelings or begs."),
        said("Take it out. What counts is what you found, what you did, and what you check from now on."),
    )
    yield from _shouts(draft)
    yield from _exclaims(draft)
    apologies = (one for one in draft.sentences if draft.lexicon.matches("R17", one.plain, key="apology"))
    for sentence in islice(apologies, 1, None):
        yield Found(
            at=sentence,
            severity="warning",
            message=said("This apologises once more; one sentence of it is enough."),
            remedy=said("Keep one sentence of apology or ownership at most, and take this one out."),
        )


def _at_words(draft: Draft, number: str, message: Said, remedy: Said) -> Iterator[Found]:
    """What the words of a rule find, at those very words."""
    for sentence, match in draft.said(number):
        yield Found(at=spot(sentence, match), message=message, remedy=remedy)


def _shouts(draft: Draft) -> Iterator[Found]:
    """Words in capitals that are no names and no abbreviations: known ones alone, others where several follow."""
    names = {word for name in draft.ground.names for word in plain(name).split()}
    for sentence in draft.sentences:
        if draft.paper.lines[sentence.line].kind in {"heading", "row", "aside"}:
            continue
        run: list[re.Match[str]] = []
        for word in [*_CAPITALS.finditer(sentence.text), None]:
            loud = word is not None and word[0].isupper() and plain(word[0]) not in names
            if (
                word is not None
                and loud
                and (not run or sentence.text[run[-1].end() : word.start()].isspace())
            ):
                run.append(word)
                continue
            if _shouted(run, draft):
                yield _shout(sentence, run)
            run = [word] if word is not None and loud else []


def _shouted(run: list[re.Match[str]], draft: Draft) -> bool:
    long = [word[0] for word in run if len(word[0]) >= _LONG]
    known = any(draft.lexicon.matches("R17", plain(word), key="capitals") for word in long)
    return known or (len(run) >= _SHOUTED and bool(long))


def _shout(sentence: Sentence, run: list[re.Match[str]]) -> Found:
    return Found(
        at=sentence.words(run[0].start(), run[-1].end()),
        message=said("Words in capitals read as shouting."),
        remedy=said("Write them in small letters."),
    )


def _exclaims(draft: Draft) -> Iterator[Found]:
    """Exclamation marks: one is let pass, two in a row or in the paper are not."""
    names = [name for name in draft.ground.names if "!" in name]
    found: list[tuple[Sentence, int]] = []
    for sentence in draft.sentences:
        text = unicodedata.normalize("NFKC", sentence.text)
        for name in names:
            text = text.replace(name, "")
        if "!" in text:
            found.append((sentence, text.count("!")))
    if sum(count for _, count in found) < 2:
        return
    for sentence, _ in found:
        yield Found(
            at=sentence,
            message=said("Exclamation marks read as excitement."),
            remedy=said("End the sentence with a full stop."),
        )


@rule(
    "R18",
    "warning",
    papers=SENT,
    title=said("The business is not introduced, praised or given its sales figures"),
    why=said(
        "Amazon's page asks for no introduction of product, business or customers: it buries the answer."
    ),
    source="Amazon help page G201623610",
    lexical=True,
)
def no_introduction(draft: Draft) -> Iterator[Found]:
    """Words that introduce or praise the seller."""
    yield from _at_words(
        draft,
        "R18",
        said("This introduces or praises the business and answers none of the three questions."),
        said("Take it out, and begin with the rate, its window and the cause."),
    )


@rule(
    "R19",
    "warning",
    papers=SENT,
    title=said("No support case and no side question stands in the letter"),
    why=said("Amazon's page asks for no other questions and no references to support cases."),
    source="Amazon help page G201623610",
    lexical=True,
)
def no_side_questions(draft: Draft) -> Iterator[Found]:
    """Numbers of support cases, talk of support, and questions to the reader."""
    yield from _at_words(
        draft,
        "R19",
        said("This refers to a support case or to a talk with support."),
        said("Take it out; ask and complain apart from the plan."),
    )
    for sentence in draft.sentences:
        if _asks(sentence, draft):
            yield Found(
                at=sentence,
                message=said("This asks the reader a question."),
                remedy=said(
                    "Take it out, or state the answer; questions go to support, apart from the plan."
                ),
            )


def _asks(sentence: Sentence, draft: Draft) -> bool:
    """Whether a sentence of the body asks something aside: no why-chain, no line that heads a part."""
    line = draft.paper.lines[sentence.line]
    text = _BRACKETS.sub("", outside_questions(sentence, line.text)) if draft.draft else sentence.text
    if line.kind in {"heading", "row", "aside"} or not text.strip():
        return False
    words = plain(text)
    if draft.lexicon.matches("R19", words.rstrip(".。!? "), key="question"):
        return not draft.lexicon.matches("R19", words, key="why")
    # What a checklist asks is told in quotation marks, and nobody is asked.
    if not _ASKS.search(words) or _QUOTED.search(words) or draft.lexicon.matches("R19", words, key="why"):
        return False
    asked = {plain(str(one["line"])) for one in (draft.ground.notice or {}).get("asks_lines", ())}
    return words not in asked


@rule(
    "R21",
    "warning",
    papers=LETTER,
    title=said("Nothing is promised that nobody can keep"),
    why=said("A promise such as never again cannot be shown; a control with a target can."),
    source="JRJ Reinstaters, on why plans are rejected",
    lexical=True,
)
def no_absolute_promise(draft: Draft) -> Iterator[Found]:
    """Words that promise an outcome without exception."""
    yield from _at_words(
        draft,
        "R21",
        said("This promises what nobody can show."),
        said("Name the control instead: who checks what, how often, and the target it is measured by."),
    )
