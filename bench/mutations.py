"""How many changes of a paper a review notices: ``python bench/mutations.py [CHANGES_A_CASE]``.

Forty made-up accounts (ten seeds, four languages) get their papers; each paper is reviewed as it is, and again
with one digit, day, name or sign changed somewhere. A table says how many changes were flagged; a part of them
goes through Word and back. Nothing may be found in a paper that was not changed.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from lxml import etree

from poa.account import Account, facts_and_late_orders
from poa.build import Appeal, appeal_papers
from poa.case import read_case
from poa.case.notices import read_notice
from poa.cli.pack_folders import open_packs
from poa.files import as_input
from poa.paper import CELL_GAP, Line, Paper
from poa.readers import read_paper
from poa.review import Ground, Review, ground_of, review
from poa.review.claims import claims
from poa.sample import sample_files

LANGUAGES = ("en", "zh", "ja", "de")
KINDS = ("digit", "day", "name", "sign")
PAPERS = ("plan-of-action", "root-cause-analysis")
LEAST = 0.99  # of all changes are flagged
SIZES = (28, 6, 60, 12, 3)  # orders a day
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RANGE = re.compile(r" ?(?:to|bis|至|～) ?\d")  # noqa: RUF001 - the sign of ranges in Japanese
THROUGH_WORD = 10  # every so many changes one goes through a Word file


@dataclass(frozen=True, kw_only=True)
class Made:
    """The papers of a made-up account: their files, and what they are held against."""

    name: str
    ground: Ground
    files: dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """One change: the line, the place in it, what stands there and what is put in its place."""

    kind: str
    line: int
    start: int
    old: str
    new: str

    def applied(self, paper: Paper) -> Paper:
        """The paper with the change."""
        lines = list(paper.lines)
        line = lines[self.line]
        text = line.text[: self.start] + self.new + line.text[self.start + len(self.old) :]
        cells = tuple(text.split(CELL_GAP)) if line.kind == "row" else ()
        lines[self.line] = replace(line, text=text, cells=cells)
        return replace(paper, lines=tuple(lines))


def made(seed: int, language: str) -> Made:
    """The papers of an account; each seed has another size, and some have no suppliers or no notice."""
    files = sample_files(seed=seed, orders_a_day=SIZES[seed % len(SIZES)], language=language)
    account = Account(
        reports=(as_input("late-shipment-report.csv", files["late-shipment-report.csv"]),),
        suppliers=() if seed % 5 == 4 else (as_input("suppliers.csv", files["suppliers.csv"]),),
        letter_date=read_case(files["case.toml"], name="case.toml").letter_date,
    )
    facts, late_orders = facts_and_late_orders(account, tell=lambda _: None)
    evidence = {
        name.removeprefix("evidence/"): data for name, data in files.items() if name.startswith("evidence/")
    }
    papers = appeal_papers(
        Appeal(
            facts=facts,
            late_orders=late_orders,
            case=read_case(files["case.toml"], name="case.toml"),
            case_file=("case.toml", files["case.toml"]),
            notice=None if seed % 3 == 2 else read_notice(files["notice.txt"].decode()),
            evidence=evidence,
            pack=open_packs(None),
            language=language,
            ui_language=language,
            formats=("md", "docx"),
        ),
        tell=lambda _: None,
    )
    ground = ground_of(json.loads(papers.files["internal/facts.json"]), name="facts.json")
    return Made(name=f"{language}-{seed}", ground=ground, files=dict(papers.files))


def mutations(paper: Paper, ground: Ground, *, rolled: Random) -> list[Mutation]:
    """Every kind of change at every place, in a random order."""
    names = sorted(name for name in ground.names if len(name) > 3 and not name.startswith("("))
    found = [one for at, line in enumerate(paper.lines) for one in _changes(at, line, paper, names, rolled)]
    rolled.shuffle(found)
    return found


def _changes(at: int, line: Line, paper: Paper, names: list[str], rolled: Random) -> Iterator[Mutation]:
    text = line.text

    def one(kind: str, start: int, old: str, new: str) -> Mutation:
        return Mutation(kind=kind, line=at, start=start, old=old, new=new)

    for place, char in enumerate(text):
        if char.isdecimal():
            yield one("digit", place, char, rolled.choice([other for other in "0123456789" if other != char]))
    for claim in claims(text, language=paper.language or "en"):
        if claim.kind == "day" and (moved := _moved(claim.text)) is not None:
            yield one("day", claim.start, claim.text, moved)
        if claim.kind in {"number", "percent"}:
            ranged = _RANGE.match(text, claim.end) is not None  # "2 to 5%" says what "2% to 5%" does
            yield from (
                one("sign", claim.start, claim.text, new)
                for new in _signs(claim.text)
                if not (ranged and new == claim.text.rstrip("%\u00a0"))
            )
    for name in names:
        place = text.find(name)
        if place < 0:
            continue
        other = rolled.choice([each for each in names if each != name])
        yield one("name", place, name, other)
        letter = max((spot for spot, char in enumerate(name) if char.isalpha()), default=None)
        if letter is not None:
            yield one("name", place, name, name[:letter] + name[letter + 1 :])


def _moved(day: str) -> str | None:
    """The day with its last part of one or two digits, or its month, put off by one."""
    months = [
        *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
        *("October", "November", "December", "Januar", "Februar", "März", "Mai", "Juni", "Juli", "Oktober"),
        "Dezember",
    ]
    for month in months:
        if month in day.split():
            return day.replace(month, "August" if month != "August" else "November")
    for number in range(12, 0, -1):
        if f"年{number}月" in day:
            return day.replace(f"年{number}月", f"年{number % 12 + 1}月")
    return (
        f"{day[:5]}{'01' if day[5:7] != '01' else '02'}{day[7:]}"
        if day[4:5] == "-" and len(day) > 7
        else None
    )


def _signs(number: str) -> Iterator[str]:
    if "%" in number:
        yield number.replace("%", "").rstrip()
        yield number.replace("%", "‰")
    if number[0] == "-":
        yield number[1:]
    elif number[0].isdigit():
        yield f"-{number}"
    for sign in ",.":
        if sign in number:
            # Without the sign of its thousands it would be the same number.
            if len(number.rpartition(sign)[2].rstrip("%\u00a0")) != 3:
                yield number.replace(sign, "", 1)
            yield number.replace(sign, "." if sign == "," else ",", 1)


def through_word(paper: Paper, mutation: Mutation, data: bytes, name: str) -> Paper:
    """The change made in the Word file itself, as an editor would, and read back."""
    before, now = paper.lines[mutation.line], mutation.applied(paper).lines[mutation.line]
    cells = zip(before.cells or (before.text,), now.cells or (now.text,), strict=False)
    old, new = next((old, new) for old, new in cells if old != new)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    root = etree.fromstring(parts[_BODY])
    runs = ([*one.iter(f"{_W}t")] for one in root.iter(f"{_W}p"))
    found = next((one for one in runs if "".join(run.text or "" for run in one) == old), None)
    if found:
        for run in found:
            run.text = ""
        found[0].text = new
    else:  # the words beside a picture
        next(one for one in root.iter() if one.get("descr") == old).set("descr", new)
    parts[_BODY] = etree.tostring(root)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return read_paper(out.getvalue(), name=f"{name}.docx")


def noticed(clean: Review, now: Review) -> bool:
    """Whether the changed paper has an error or a warning that it did not have before."""
    before = Counter((one.rule, one.message) for one in clean.findings if one.severity != "info")
    after = Counter((one.rule, one.message) for one in now.findings if one.severity != "info")
    return bool(after - before)


def main(changes: int) -> int:
    """Print the table; the exit code is 1 where too few changes are flagged, or one was found where none was."""
    tried: Counter[tuple[str, str]] = Counter()
    flagged: Counter[tuple[str, str]] = Counter()
    false: list[str] = []
    missed: list[str] = []
    for number, (seed, language) in enumerate((seed, lang) for seed in range(10) for lang in LANGUAGES):
        account = made(seed, language)
        rolled = Random(number)  # noqa: S311 - no secret
        for name in PAPERS:
            paper = account.ground.bases[name].paper
            read = read_paper(account.files[f"{name}.docx"], name=f"{name}.docx")
            clean = review(read, account.ground, draft=True)
            false += [
                f"{account.name} {name}: {one.rule} {one.message} {one.text}"
                for one in clean.findings
                if one.severity != "info"
            ]
            found = mutations(paper, account.ground, rolled=rolled)
            for at, one in enumerate(found[: changes // len(PAPERS)]):
                changed = (
                    through_word(paper, one, account.files[f"{name}.docx"], name)
                    if at % THROUGH_WORD == 0
                    else one.applied(paper)
                )
                tried[language, one.kind] += 1
                if noticed(clean, review(changed, account.ground, draft=True)):
                    flagged[language, one.kind] += 1
                else:
                    line = one.applied(paper).lines[one.line].text
                    missed.append(
                        f"{account.name} {name} {one.kind} {one.old!r} to {one.new!r}: {line[:200]}"
                    )
    _print(tried, flagged, false, missed)
    share = flagged.total() / max(tried.total(), 1)
    return int(share < LEAST or bool(false))


def _print(
    tried: Counter[tuple[str, str]], flagged: Counter[tuple[str, str]], false: list[str], missed: list[str]
) -> None:
    print(f"{'':10}" + "".join(f"{kind:>16}" for kind in KINDS))
    for language in LANGUAGES:
        cells = (f"{flagged[language, kind]:,} of {tried[language, kind]:,}" for kind in KINDS)
        print(f"{language:10}" + "".join(f"{cell:>16}" for cell in cells))
    print(
        f"{flagged.total():,} of {tried.total():,} changes flagged; {len(false)} findings in unchanged papers"
    )
    for line in [*false, *missed][:200]:
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
