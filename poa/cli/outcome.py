"""What is said when papers are made: what was counted, what to do first, what is open, what to open."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from poa.case.blank import BLANK_CASE
from poa.cli.terminal import console, item, line, teller
from poa.languages import LANGUAGES
from poa.words import Said, counted, said, spoken

if TYPE_CHECKING:
    from poa.facts import Facts, Figure
    from poa.made import Papers
    from poa.review import Review


def _next_step(papers: Papers, out: Path) -> Iterator[Said]:
    if BLANK_CASE in papers.files:
        yield said("What only you can say, write into {file},", file=str(out / BLANK_CASE))
        yield said("and run the same command again with these added:")
        yield said("  --case {folder} --out {out} --overwrite", folder=str(out / "internal"), out=str(out))
    else:
        yield said("What only you can say, write into the case file, and run again, adding")
        yield said("  --out {out} --overwrite", out=str(out))


def show(facts: Facts, papers: Papers, out: Path, *, ui_language: str = "en") -> None:
    """Say what was counted, what to do first, what is open, and what to open first."""
    screen, say = console(), teller(ui_language)
    for sentence in _counted(facts, ui_language):
        say(sentence)
    screen.print()
    say(said("First:"), "bold")
    for number, step in enumerate(papers.first, start=1):
        screen.print(item(f"  {number}. ", step))
    screen.print()
    if papers.questions:
        open_now = len(papers.questions)
        say(
            counted(open_now, "A draft; 1 question is open:", "A draft; {number} questions are open:"), "bold"
        )
        for question in papers.questions:
            screen.print(item("  - ", question))
        for hint in _next_step(papers, out):
            say(hint)
        screen.print()
    for told in reviewed(papers.reviews, ui_language):
        screen.print(told)
    for reminder in papers.reminders:
        say(reminder)
    for words in _open_first(papers, out):
        say(words)


def _open_first(papers: Papers, out: Path) -> Iterator[Said]:
    for word, name in (
        (said("Open first: {paper}", paper=""), "internal/cover"),
        (said("Then:       {paper}", paper=""), "plan-of-action"),
        (said("Then:       {paper}", paper=""), "root-cause-analysis"),
    ):
        if found := opened_first(papers.called.get(name, name), papers.files):
            yield said(word.pattern, paper=str(out / found))


def opened_first(name: str, files: Container[str]) -> str | None:
    """The file of a paper that is opened first: in Word, else as PDF, as a web page, as text."""
    return next(
        (file for end in (".docx", ".pdf", ".html", ".md") if (file := f"{name}{end}") in files), None
    )


def reviewed(reviews: Sequence[Review], language: str) -> Iterator[Text]:
    """What the review of the papers found; one sentence where a strict reader would stop at nothing."""
    from poa.review import in_words

    if not reviews:
        return
    figures = sum(one.figures.get("proven", 0) for one in reviews)
    stops = [
        in_words(review, one, language)
        for review in reviews
        for one in review.findings
        if one.severity != "info"
    ]
    if stops:
        told = counted(
            len(stops),
            "Figures proven by your rows: {figures}. A strict reader would stop at 1 place:",
            "Figures proven by your rows: {figures}. A strict reader would stop at {number} places:",
            figures=figures,
        )
    else:
        told = said("Figures proven by your rows: {figures}. No letter rule is broken.", figures=figures)
    yield line(spoken(told, language), "bold" if stops else "")
    yield from (item("  - ", one) for one in stops)
    yield line("")


def percent_in(language: str, share: Figure, *, digits: int = 2, against: Figure | None = None) -> str:
    """A share as a language writes it; with digits more where it would round onto the target."""
    from decimal import Decimal

    from poa.packs.language import percent_text

    return percent_text(
        Decimal(repr(share.value)),
        digits=digits,
        against=None if against is None else Decimal(repr(against.value)),
        language=LANGUAGES[language],
    )


def _counted(facts: Facts, language: str) -> Iterator[Said]:
    for rate in facts.late_shipment_rate[:2]:
        if isinstance(rate.rate.value, float) and isinstance(rate.target.value, float) and not rate.few:
            yield said(
                "{days} days: {late} of {orders} orders late, {rate}.",
                days=rate.window_days,
                late=rate.late.value,
                orders=rate.orders.value,
                rate=percent_in(language, rate.rate, against=rate.target),
            )
    if facts.rows_refused.value:
        yield said("{rows} rows could not be used; the cover lists them.", rows=facts.rows_refused.value)
    from poa.account.assumptions import tells_of_missing_days

    for sentence in facts.source.assumptions:
        if isinstance(sentence, Said) and tells_of_missing_days(sentence):
            yield sentence
