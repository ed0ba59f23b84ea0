"""How a letter is laid out: few ids in the text, carriers by name, a page of words, short paragraphs, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poa.paper import Line
from poa.review.draft import Draft, Found
from poa.review.rule import LETTER, rule
from poa.review.rules.metric import answers_another, asked_kinds, told
from poa.review.sentences import Sentence, plain
from poa.words import said

_ID = re.compile(r"(?<![\w-])\d{3}-\d{7}-\d{7}(?![\w-])")
_LISTED = re.compile(_ID.pattern + r"[,;、，；]? ?")  # noqa: RUF001 - signs between the ids
_TOKEN = re.compile(r"[^\s,;:、,;:。()（）]{5,40}")  # noqa: RUF001 - signs between the ids of other marketplaces
_QUESTION = re.compile(r"\[[^\]\n]{0,400}[?？][^\]\n]{0,3}\]")  # noqa: RUF001 - the sign of Chinese and Japanese
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ERROR_WORDS = 900
# A line of a form has some 95 signs, 45 in Chinese and Japanese. A paragraph is told so only from nearly twice
# the lines on: the opening of our own letter holds the figures of two windows and runs to six.
_SIGNS_A_LINE, _CJK_A_LINE = 95, 45
_ALLOWED_A_LINE, _CJK_ALLOWED_A_LINE = 175, 85
_NUMBERED = re.compile(
    r"\s*(?:[(（]?\d{1,2}[.)）、]|[-*•·–—▪●○◦‣]|[①-⑳]|[一二三四五六七八九十]{1,2}[、.])\s*\S"  # noqa: RUF001 - signs that people number with
)
_GLYPHS = re.compile(
    r"[•‣◦∙▪▫■□●○◆◇★☆✓✔✗✘☑☒→←⇒➔➜►▶\u00ad\u200b-\u200f\u2028\u2029\ufe0f\U0001f300-\U0001faff]"
)


@rule(
    "R26",
    "warning",
    papers=LETTER,
    title=said("The letter names a few orders, and the annex lists the rest"),
    why=said("A long row of ids is skipped; a sheet can be checked."),
    source="Amazon China's guidance as reposted",
)
def few_orders_inline(draft: Draft) -> Iterator[Found]:
    """Not more order ids than the limit stand in the text."""
    limit = draft.limit("R26")
    own = {one.casefold() for one in draft.ground.late_orders if not _ID.fullmatch(one)}
    seen: set[str] = set()
    place: Sentence | None = None
    for sentence in draft.sentences:
        text = sentence.plain
        ids = {*_ID.findall(text)} | ({*_TOKEN.findall(text)} & own if own else set())
        seen |= ids
        if ids and place is None and len(seen) > limit:
            place = sentence
    if place is not None:
        yield Found(
            at=place,
            message=said(
                "{number} orders are named in the text; up to {limit} are read.",
                number=len(seen),
                limit=limit,
            ),
            remedy=said("Name those that show the cause best, and list the rest in an annex."),
        )


@rule(
    "R27",
    "warning",
    papers=LETTER,
    title=said("Carriers are named where the letter turns on them, and for tracking the ship methods too"),
    why=said("Amazon's staff ask for them: a failure of an unnamed carrier cannot be checked."),
    source="Amazon China's guidance as reposted",
    lexical=True,
)
def carriers_named(draft: Draft) -> Iterator[Found]:
    """A letter on valid tracking names carriers and methods; one that tells of a carrier's failure names it."""
    known = _carriers(draft)
    named = any(
        draft.lexicon.matches("R27", text, key="carriers") or known.search(text) for _, text in told(draft)
    )
    if "valid_tracking" in asked_kinds(draft):
        if answers_another(draft) is None:
            yield from _for_tracking(draft, named=named)
    elif not named:
        # One is enough: the letter is short, and naming the carrier once mends every sentence.
        preventive = {*draft.parts.get("preventive", ())}
        failed = (one for one, text in told(draft) if draft.lexicon.found("R27", text))
        place = next((one for one in failed if one.line not in preventive), None)
        if place is not None:
            yield Found(
                at=place,
                message=said("This tells of a carrier's failure, and the letter does not name the carrier."),
                remedy=said(
                    "Name the carrier, and say what you did not check or had not prepared for that case."
                ),
            )


def _carriers(draft: Draft) -> re.Pattern[str]:
    """The carriers that the rows know, as whole words."""
    groups = draft.ground.facts.get("attribution", {}).get("dimensions", {}).get("carrier", ())
    names = {plain(str(one.get("name", ""))) for one in groups}
    known = "|".join(re.escape(one) for one in names if len(one) > 1 and not one.startswith("("))
    return re.compile(rf"(?<![a-z0-9-])(?:{known})(?![a-z0-9-])" if known else r"(?!)")


def _for_tracking(draft: Draft, *, named: bool) -> Iterator[Found]:
    if not named:
        yield Found(
            message=said("The notice is about valid tracking, and the letter names no carrier."),
            remedy=said("Name each carrier, and how many of its orders had no valid tracking."),
        )
    if not any(draft.lexicon.matches("R27", text, key="methods") for _, text in told(draft)):
        yield Found(
            message=said("The notice is about valid tracking, and the letter names no ship method."),
            remedy=said("Name the ship method or service of each carrier that you use."),
        )


@rule(
    "R28",
    "warning",
    papers=LETTER,
    title=said("The letter is short: about a page, 500 words"),
    why=said("Whoever reads many letters skims the long ones."),
    source="SellerForge; Appeal Wizards",
)
def short_letter(draft: Draft) -> Iterator[Found]:
    """The words of the letter, without annex list, order ids and open questions."""
    limit = draft.limit("R28")
    length = sum(words_of(line.text) for line in _body(draft))
    if length > limit:
        yield Found(
            severity="error" if length > _ERROR_WORDS else "warning",
            message=said(
                "The letter has about {number} words; {limit} are read.", number=length, limit=limit
            ),
            remedy=said(
                "Keep to what answers the three questions, and leave the rest to the analysis and the annexes."
            ),
        )


def words_of(text: str) -> int:
    """The length in words; two signs of Chinese or Japanese are one."""
    said_here = _QUESTION.sub(" ", _LISTED.sub(" ", text))
    wide = len(_CJK.findall(said_here))
    return (wide + 1) // 2 + sum(1 for one in _CJK.sub(" ", said_here).split() if any(map(str.isalnum, one)))


def _body(draft: Draft) -> Iterator[Line]:
    annexes = {*draft.parts.get("evidence", ())}
    for at, line in enumerate(draft.paper.lines):
        if line.kind != "aside" and at not in annexes:
            yield line


@rule(
    "R29",
    "warning",
    papers=LETTER,
    title=said("Short paragraphs, a list where there are several actions, and plain signs for a form"),
    why=said("A block of text is not read, and a form shows signs that it does not know as boxes."),
    source="Appeal Wizards; Younglanes; SSOPDOT",
)
def readable_layout(draft: Draft) -> Iterator[Found]:
    """No paragraph is much over the lines allowed, actions are listed, and a text for a form has plain signs."""
    limit = draft.limit("R29")
    for at, line in enumerate(draft.paper.lines):
        if line.kind in {"paragraph", "item"} and (lines := _lines_over(line.text, limit)):
            yield Found(
                at=at,
                message=said(
                    "This paragraph has about {number} lines; {limit} are read.", number=lines, limit=limit
                ),
                remedy=said("Split it, or leave out what the annexes show."),
            )
    for part in ("corrective", "preventive"):
        if (place := _unlisted(draft, part)) is not None:
            yield Found(
                at=place,
                message=said("Several actions stand in one paragraph."),
                remedy=said("Make each action an item of a list."),
            )
    if draft.paper.name.casefold().endswith(".txt"):
        yield from _glyphs(draft)


def _lines_over(text: str, limit: int) -> int:
    """About how many lines a text has, where that is more than is allowed; 0 where it is not."""
    words = _QUESTION.sub("", _LISTED.sub("", text))
    wide = len(_CJK.findall(words))
    if wide / _CJK_ALLOWED_A_LINE + (len(words) - wide) / _ALLOWED_A_LINE <= limit:
        return 0
    return round(wide / _CJK_A_LINE + (len(words) - wide) / _SIGNS_A_LINE)


def _unlisted(draft: Draft, part: str) -> int | None:
    """The only paragraph of a part that holds several actions; None where they are listed or there is one."""
    lines = [(at, line) for at, line in draft.lines(part) if line.text.strip()]
    if len(lines) != 1 or lines[0][1].kind != "paragraph" or _NUMBERED.match(lines[0][1].text):
        return None
    at = lines[0][0]
    said_here = [one for one in draft.sentences_of(at) if not _QUESTION.search(one.text)]
    stated = draft.ground.case.get(part) or ()
    further = any(draft.lexicon.matches("R29", one.plain, key="further") for one in said_here[1:])
    return at if len(said_here) > 1 and (len(stated) > 1 or further) else None


def _glyphs(draft: Draft) -> Iterator[Found]:
    for at, line in enumerate(draft.paper.lines):
        found = _GLYPHS.search(line.text)
        if found:
            yield Found(
                at=at,
                text=found[0] if found[0].isprintable() else "",
                message=said("A form may show a sign of this line as a box."),
                remedy=said(
                    "Write lists with a hyphen or a number, and leave arrows, ticks and pictures out."
                ),
            )
            return
