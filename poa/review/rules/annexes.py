"""Whether what is enclosed and what the text cites are the same, recent, and of a kind that a form takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from poa.paper import Paper
from poa.review.draft import Draft, Found
from poa.review.numbers import month_pattern
from poa.review.rule import LETTER, SENT, rule
from poa.review.sentences import Sentence
from poa.words import counted, said, strung

_NAMES = (
    r"annex(?:es)?|exhibits?|attachments?|enclosures?|appendi(?:x|ces)|anlagen?|anhang|anhänge|beilagen?|"
    r"附件|附录|別紙|添付資料|添付|別添|資料"
)
_NUMERAL = r"(?:[1-9]\d?(?![\d%]|[.,]\d)|(?:十[一二三四五六七八九]?|[一二三四五六七八九])(?![并起些直定样同般共切])|[A-H](?![\w]))"
_CITED = re.compile(rf"(?:\b|(?<=[^\x00-\x7f]))({_NAMES})\s?(?:no\.|nr\.|#)?\s?({_NUMERAL})", re.IGNORECASE)
_MORE = re.compile(
    rf"\s?(,|、|and|und|&|和|及|と|・|or|oder|to|bis|至|到|から|-|–|—|~|〜)\s?(?:{_NAMES})?\s?({_NUMERAL})(?!\s?[:/])",  # noqa: RUF001 - dashes of ranges
    re.IGNORECASE,
)
# "Annex 2, 3 November" names one annex, and so does "Annex 2, 3 of which …".
_NO_NUMBER = re.compile(
    rf"\.?\s?(?:{month_pattern()})\b|[月日]|\s?(?:orders?|of|days?|Bestellungen|von|Tage)\b", re.IGNORECASE
)
_RANGE = {"to", "bis", "至", "到", "から", "-", "–", "—", "~", "〜"}  # noqa: RUF001 - likewise
_LISTED = re.compile(
    rf"\W{{0,8}}(?:{_NAMES})\s?(?:no\.|nr\.)?\s?{_NUMERAL}\s?(?:[:|.]|[-–—]\s|$)",  # noqa: RUF001 - likewise
    re.IGNORECASE,
)
_EASTERN = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_EASTERN |= {f"十{sign}": 10 + number for number, sign in enumerate("一二三四五六七八九", 1)}
_ANALYSIS = "root-cause-analysis"
_DAYS = 365
_TAKEN = {".pdf", ".jpg", ".jpeg", ".png", ".gif"}


def numbers_cited(text: str) -> list[int]:
    """The numbers of the annexes that a text names, in their order: "Annexes 2 and 3", 附件二至四."""
    text = unicodedata.normalize("NFKC", text)
    found: list[int] = []
    at = 0
    while first := _CITED.search(text, at):
        found.append(_number(first[2]))
        at = first.end()
        while (more := _MORE.match(text, at)) and not _NO_NUMBER.match(text, more.end()):
            number = _number(more[2])
            found += range(found[-1] + 1, number) if more[1].lower() in _RANGE else ()
            found.append(number)
            at = more.end()
    return [number for number in found if number]


def _number(numeral: str) -> int:
    """A numeral as a number; a letter counts as its place, 0 is none."""
    if numeral.isascii() and numeral.isalpha():
        return ord(numeral) - ord("A") + 1 if numeral.isupper() else 0
    return _EASTERN.get(numeral) or int(numeral)


@rule(
    "R10",
    "error",
    papers=SENT,
    title=said("Every annex that is cited is enclosed, and every one that is enclosed is cited"),
    why=said("A reader who looks for a proof and does not find it stops believing the rest."),
    source="JRJ Reinstaters; BizLawPro",
)
def annexes_agree(draft: Draft) -> Iterator[Found]:
    """Both directions, by number. The list of annexes is no citation, and must be whole where there is one."""
    enclosed = {int(one["number"]) for one in draft.ground.enclosed}
    if not enclosed:
        return
    listed, cited = _listed(draft.paper), _cited(draft)
    places: dict[int, Sentence | int] = {**listed, **cited}
    for number, place in sorted(places.items(), key=lambda one: one[0]):
        if number not in enclosed:
            yield Found(
                at=place,
                message=said("Annex {number} is not enclosed.", number=number),
                remedy=said("Cite an annex that is enclosed, or enclose this one in the case file."),
            )
    if draft.kind != "plan":
        return
    elsewhere = _in_analysis(draft)
    for number in sorted(enclosed):
        if number not in cited and number not in elsewhere:
            yield Found(
                at=listed.get(number),
                message=said("Annex {number} is enclosed, and nothing cites it.", number=number),
                remedy=said("Cite it at the action or figure that it proves, or leave it out."),
            )
        elif listed and number not in listed:
            yield Found(
                message=said("Annex {number} is enclosed, and the list of annexes lacks it.", number=number),
                remedy=said("Add it to the list at the end of the letter."),
            )


def _listed(paper: Paper) -> dict[int, int]:
    """The annexes of the list, by number, with their lines."""
    found: dict[int, int] = {}
    for at, line in enumerate(paper.lines):
        if line.kind in {"heading", "aside"}:
            continue
        for part in unicodedata.normalize("NFKC", line.text).split("\n"):
            if _LISTED.match(part):
                for number in numbers_cited(part)[:1]:
                    found.setdefault(number, at)
    return found


def _cited(draft: Draft) -> dict[int, Sentence]:
    """The annexes that the text names beside the list, with the first sentence that does."""
    lines = set(_listed(draft.paper).values())
    found: dict[int, Sentence] = {}
    for sentence in draft.sentences:
        line = draft.paper.lines[sentence.line]
        if sentence.line in lines or line.kind == "aside" or _LISTED.match(line.text):
            continue
        for number in numbers_cited(sentence.text):
            found.setdefault(number, sentence)
    return found


def _in_analysis(draft: Draft) -> set[int]:
    """The annexes that the analysis, sent with the letter, cites beside its own list."""
    base = draft.ground.bases.get(_ANALYSIS)
    lines = base.paper.lines if base else ()
    return {number for line in lines if not _LISTED.match(line.text) for number in numbers_cited(line.text)}


@rule(
    "R39",
    "warning",
    papers=LETTER,
    title=said("No proof is older than 365 days, and none is younger than the letter"),
    why=said("Notices mostly ask for documents of the last 365 days."),
    source="Amazon help page G201623610",
)
def recent_proof(draft: Draft) -> Iterator[Found]:
    """The day of each annex against the letter's."""
    if draft.today is None:
        return
    listed = _listed(draft.paper)
    for one in draft.ground.enclosed:
        day = date.fromisoformat(one["date"]) if one.get("date") else None
        number = int(one["number"])
        if day is None:
            continue
        if day > draft.today:
            yield Found(
                at=listed.get(number),
                severity="error",
                message=said(
                    "Annex {number} is dated {day}, after the letter of {letter}.",
                    number=number,
                    day=day,
                    letter=draft.today,
                ),
                remedy=said("Correct the day of the annex or of the letter in the case file."),
            )
        elif draft.today - day > timedelta(days=_DAYS):
            yield Found(
                at=listed.get(number),
                message=said(
                    "Annex {number} is dated {day}, more than 365 days before the letter.",
                    number=number,
                    day=day,
                ),
                remedy=said("Enclose a newer document, if the notice asks for one of the last 365 days."),
            )


@rule(
    "R40",
    "info",
    papers=LETTER,
    title=said("Each annex is a file that Amazon's forms take"),
    why=said("The forms list pdf, jpg, png and gif; whether they take a spreadsheet is not sure."),
    source="notices on documents; Amazon China's guidance as reposted",
)
def file_types(draft: Draft) -> Iterator[Found]:
    """The ending of each annex's file, all in one note."""
    others = [
        one for one in draft.ground.enclosed if PurePosixPath(str(one["file"])).suffix.lower() not in _TAKEN
    ]
    if others:
        numbers = strung("{one}, {other}", [str(one["number"]) for one in others])
        yield Found(
            at=_listed(draft.paper).get(int(others[0]["number"])),
            message=counted(
                len(others),
                "Annex {annexes} is a file that not every form takes.",
                "{number} annexes are files that not every form takes: {annexes}.",
                annexes=numbers,
            ),
            remedy=said("Save them as PDF as well, and send that."),
        )
