"""What people do to our papers in Word: what stays true is no finding, what became untrue is one at its line."""

import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from made_reviews import sample_ground, sample_paper

from poa.paper import CELL_GAP, Line, numbered, row
from poa.review import review

LANGUAGES = ("en", "zh", "ja", "de")
FOLDER = Path(__file__).parent / "human_edits"


def edits(language):
    """Every edit of a language as (id, edit)."""
    told = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["edit"]
    return [pytest.param(language, one, id=f"{language}: {one['what']}") for one in told]


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
    return [] if any(one.line in changed for one in found) else ["missed", *told]


@pytest.mark.parametrize(("language", "edit"), [one for language in LANGUAGES for one in edits(language)])
def test_an_edit_is_judged_as_a_careful_reader_would(language, edit):
    """What stays true raises nothing; what became untrue is found at its line."""
    assert not wrong(language, edit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_edits_of_either_kind(language):
    """The measure means something only if it is wide."""
    told = [one.values[1]["true"] for one in edits(language)]
    assert told.count(True) >= 25
    assert told.count(False) >= 15
