"""What people do to our papers in Word: what stays true is no finding, what became untrue is one at its line."""

import time
import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from conftest import mostly_deep
from made_reviews import draft_of, sample_ground, sample_paper

from poa.paper import CELL_GAP, Line, numbered, row
from poa.review import review
from poa.review.proving import MOST, prove

LANGUAGES = ("en", "zh", "ja", "de")
FOLDER = Path(__file__).parent / "human_edits"


def edits(language):
    """Every edit of a language as (id, edit)."""
    told = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["edit"]
    return [
        pytest.param(
            *(language, one),
            id=f"{language}: {one['what']}",
            marks=[pytest.mark.deep] if at % 2 and language != "en" else [],
        )
        for at, one in enumerate(told)
    ]


def edited(paper, edit):
    """The paper after an edit, and the positions of the lines that it changed."""
    lines = list(paper.lines)
    if "column" in edit:
        lines = _without_column(lines, edit["column"])
    old, new = edit.get("old", []), edit.get("new", [])
    for was, now in zip(*((one,) if isinstance(one, str) else one for one in (old, new)), strict=True):
        lines = _replaced(lines, was, now)
    left = Counter(one.text for one in paper.lines)
    changed = set()
    for at, line in enumerate(lines):
        if left[line.text]:
            left[line.text] -= 1
        else:
            changed.add(at)
    return replace(paper, lines=numbered(lines)), changed


def _replaced(lines, old, new):
    """The lines with some words, which may span several, replaced where they first stand."""
    text = "\n".join(one.text for one in lines)
    start = text.replace("\u00a0", " ").find(old)  # an editor's search finds the one for the other
    assert start >= 0, f"no line has {old}"
    first, last = text.count("\n", 0, start), text.count("\n", 0, start + len(old))
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start + len(old))
    touched = text[begin:start] + new + text[start + len(old) : end if end >= 0 else len(text)]
    kinds = [one.kind for one in lines[first : last + 1] if one.text] or ["paragraph"]
    return [*lines[:first], *_lines(touched, kinds), *lines[last + 1 :]]


def _lines(text, kinds):
    for at, said in enumerate(one for one in text.split("\n") if one):
        kind = kinds[min(at, len(kinds) - 1)]
        if CELL_GAP in said and "row" in kinds:
            yield row(said.split(CELL_GAP))
        else:
            yield Line(
                kind="paragraph" if kind == "row" else kind,
                text=said,
                paragraph=0,
                level=2 * (kind == "heading"),
            )


def _without_column(lines, header):
    """The lines without one column of the first table that has it."""
    first = next(at for at, one in enumerate(lines) if header in one.cells)
    place = lines[first].cells.index(header)
    last = first
    while last < len(lines) and len(lines[last].cells) == len(lines[first].cells):
        cells = lines[last].cells
        lines[last] = row((*cells[:place], *cells[place + 1 :]))
        last += 1
    return lines


@cache
def _clean(name, language):
    return sample_paper(name, language)


def found_in(language, edit):
    """What R06 finds after an edit, infos left out, and the lines that were changed."""
    paper, changed = edited(_clean(edit.get("paper", "plan-of-action"), language), edit)
    findings = review(paper, sample_ground(language)).findings
    if "line" in edit:
        changed = {at for at, one in enumerate(paper.lines) if edit["line"] in one.text}
    return [one for one in findings if one.rule == "R06" and one.severity != "info"], changed, paper


def wrong(language, edit):
    """What is wrong with how an edit is judged, in words; empty where it is judged rightly."""
    found, changed, _ = found_in(language, edit)
    told = [f"{one.severity} {one.line}: {one.text!r} {one.message}" for one in found]
    if edit["true"]:
        return [
            one
            for one, each in zip(told, found, strict=True)
            if each.severity == "error" or not edit.get("own")
        ]
    twice = [place for place, times in Counter((one.line, one.text) for one in found).items() if times > 1]
    if twice:
        return ["told twice", *told]
    return [] if any(one.line in changed for one in found) else ["missed", *told]


@pytest.mark.parametrize(("language", "edit"), [one for language in LANGUAGES for one in edits(language)])
def test_an_edit_is_judged_as_a_careful_reader_would(language, edit):
    """What stays true raises nothing; what became untrue is found at its line, once at each place."""
    assert not wrong(language, edit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_edits_of_either_kind(language):
    """The measure means something only if it is wide."""
    told = [one.values[1]["true"] for one in edits(language)]
    assert told.count(True) >= 25
    assert told.count(False) >= 15


@pytest.mark.parametrize("language", mostly_deep(LANGUAGES, "en"))
def test_a_changed_digit_in_edited_words_is_mostly_found(language):
    """Whoever edits a sentence may mistype it; what is missed is another true figure of the facts, such as a day."""
    rolled = Random(1)  # noqa: S311 - no secret
    flagged = tried = 0
    for one in edits(language):
        edit = one.values[1]
        name = edit.get("paper", "plan-of-action")
        paper, changed = edited(_clean(name, language), edit)
        places = [(at, place) for at in sorted(changed) for place in _digits(paper.lines[at].text)]
        if not edit["true"] or edit.get("own") or not places:
            continue
        at, place = rolled.choice(places)
        text = paper.lines[at].text
        digit = rolled.choice([each for each in "0123456789" if each != text[place]])
        lines = [*paper.lines]
        text = text[:place] + digit + text[place + 1 :]
        lines[at] = row(text.split(CELL_GAP)) if lines[at].cells else replace(lines[at], text=text)
        tried += 1
        found = review(replace(paper, lines=numbered(lines)), sample_ground(language)).findings
        flagged += any(each.rule in {"R06", "R33"} and each.severity != "info" for each in found)
    assert flagged >= 0.9 * tried > 40


def _digits(text):
    return [at for at, char in enumerate(text) if char.isdecimal()]


@pytest.mark.parametrize(
    "kind", mostly_deep(["words", "figures", "names", "facts", "one line", "codes"], "one line")
)
def test_a_paper_of_nonsense_is_reviewed_within_seconds(kind):
    """700 kB of lines full of figures (half of it where all are proven, and none is cut short); the last finding says so."""
    rolled = Random(3)  # noqa: S311 - no secret
    words = ["orders", "late", "of", "from", "the", "rate", "was", "percent", "days", "target", "annex", "on"]
    made = {
        "words": lambda: f"{''.join(rolled.choices('abcdefghij', k=60))} {rolled.randrange(10**6)}.",
        "figures": lambda: " ".join(
            rolled.choice(words) if rolled.random() < 0.6 else f"{rolled.randrange(999)}%" for _ in range(14)
        ),
        "names": lambda: (
            f"Alder Supply {rolled.randrange(999)} Cedar Supply {rolled.randrange(999)} of orders."
        ),
        "facts": lambda: (
            f"In the 30 days 44 of 787 orders were late; {' '.join(rolled.choices(words, k=9))}."
        ),
        "one line": lambda: f"{rolled.randrange(999)} of {rolled.randrange(999)} late",
        "codes": lambda: " ".join(f"{rolled.choice('ABCD')}K-{rolled.randrange(10**5)}" for _ in range(9)),
    }[kind]
    lines, size = [], 0
    while size < (350_000 if kind == "facts" else 700_000):
        lines.append(made())
        size += len(lines[-1]) + 2
    ground = sample_ground()
    text = (" " if kind == "one line" else "\n\n").join(lines)
    draft = draft_of(f"# Plan of action\n\n{text}\n", base=ground.bases["plan-of-action"])
    begun = time.process_time()
    found = prove(draft).found
    assert time.process_time() - begun < 10
    if kind != "facts":
        assert len(found) > MOST
        assert str(MOST)[0] in found[-1].message
