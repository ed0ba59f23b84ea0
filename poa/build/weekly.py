"""The papers of one week: the page for the operations lead, its charts, and a reduced twin for one supplier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from poa.build.checked import reviews_of
from poa.build.filled import filled, paper_tree
from poa.build.printing import PDF, look_of, printed, with_pdf
from poa.build.record import as_json, evidence_of_statements, files_read, made_file, printed_data
from poa.case import Case
from poa.case import template_data as case_data
from poa.charts import action_ledger, control_chart, supplier_scorecards
from poa.document import Document, Paragraph, Strong, words
from poa.doing import Doing, Tell, silent
from poa.facts import Facts, Plain, evidence_data, evidence_of, figures, plain_data, summary_data
from poa.facts import template_data as facts_data
from poa.facts.waiting import TOLD, most_urgent
from poa.facts.weekly import Charted, Weekly
from poa.made import WeekPapers
from poa.packs import Pack, given
from poa.policy.kpis import kpis
from poa.words import said

SUMMARY, CHARTS = "weekly-summary", "weekly-charts"
FORMATS = ("md", "docx")
_CARDS = 10  # suppliers that the page's table holds
_URGENT = 8  # open orders that it names


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What the papers of a week are made of.

    ``case_file`` is the name and the bytes of the case file, for provenance; ``history`` is true where earlier
    weeks are kept and promises followed; ``images`` are the charts, where they are drawn already.
    """

    facts: Facts
    weekly: Weekly
    case: Case
    case_file: tuple[str, bytes]
    pack: Pack
    history: bool
    language: str = "en"
    formats: Sequence[str] = FORMATS
    images: Mapping[str, bytes] | None = None


def weekly_papers(week: Week, *, tell: Tell) -> WeekPapers:
    """The papers of a week; the same week gives the same bytes. Raises PackFault."""
    tell(Doing("Drawing"))
    images = charts_of(charted_of(week)) if week.images is None else dict(week.images)
    tell(Doing("Writing"))
    context = given(week_context(week, images), language=week.language)
    papers = {
        name: paper_of_week(week, name, context) for name in (SUMMARY, CHARTS) if name != CHARTS or images
    }
    files = images | printed_week(week, papers, images, tell=tell)
    evidence = evidence_data(week.facts) | {one.id: evidence_of(one) for one in figures(week.weekly)}
    return week_folder(week, papers, files, evidence, sentence=sentence_of(papers), sent=False)


def printed_week(
    week: Week, papers: Mapping[str, Document], images: Mapping[str, bytes], *, tell: Tell = silent
) -> dict[str, bytes]:
    """The papers in each format."""
    formats = [name for name in week.formats if name != PDF]
    if PDF in week.formats and "docx" not in formats:
        formats.append("docx")
    look = look_of(week.pack, case=week.case, facts=week.facts, language=week.language)
    files = printed(papers, formats, images, look)
    if PDF not in week.formats:
        return files
    tell(Doing("Making PDFs"))
    return with_pdf(files, week.formats, dated=week.weekly.last.isoformat())


def week_folder(
    week: Week,
    papers: Mapping[str, Document],
    files: Mapping[str, bytes],
    evidence: Mapping[str, Plain],
    *,
    sentence: str,
    sent: bool = True,
) -> WeekPapers:
    """The files with ``facts.json`` and ``provenance.json``: what the papers stand on, and what was made of which files.

    Papers that are ``sent`` are read strictly first; the page for the house is where somebody asks ``poa review``.
    """
    data = _file_data(week, papers, evidence)
    told = {**files, "internal/facts.json": as_json(data)}
    return WeekPapers(
        files=told | {"internal/provenance.json": _provenance(week, told)},
        sentence=sentence,
        reviews=reviews_of(papers, data, pack=week.pack, draft=False) if sent else (),
    )


def sentence_of(papers: Mapping[str, Document]) -> str:
    """The sentence of the page that says it all: its first one that is set in bold alone."""
    for block in papers[SUMMARY].blocks:
        match block:
            case Paragraph(content=(Strong(content=content),)):
                return words(content)
    return ""


def charted_of(week: Week) -> Charted:
    """What the charts of a week are drawn from."""
    weekly, target = week.weekly, week.facts.late_shipment_rate[0].target
    return Charted(
        weeks=weekly.weeks,
        control=weekly.control,
        scorecards=weekly.scorecards,
        ledger=weekly.ledger,
        target=float(target.value or 0),
    )


def charts_of(told: Charted) -> dict[str, bytes]:
    """The pictures that there is something to draw for, by file name."""
    drawn = {
        "control": control_chart(told.weeks, told.control, target=told.target),
        "scorecards": supplier_scorecards(told.scorecards),
        "ledger": action_ledger(told.ledger, [one.week for one in told.weeks]),
    }
    return {f"img/{name}.png": chart for name, chart in drawn.items() if chart is not None}


def week_context(week: Week, images: Mapping[str, bytes]) -> dict[str, Plain]:
    """What the templates of the page and its charts are given; ``images`` are the charts that were drawn."""
    weekly, waiting = week.weekly, week.weekly.waiting
    shown = replace(weekly, waiting=most_urgent(waiting, _URGENT))
    told = facts_data(shown)
    cards = facts_data(weekly)["scorecards"]
    return {
        "facts": facts_data(week.facts),
        "weekly": told,
        "case": case_data(week.case, speak=week.language),
        "kpis": {
            one.id: {"title": said(one.title), "unit": one.unit, "better": one.better}
            for one in kpis().values()
        },
        "history": week.history,
        "cards": cards[:_CARDS] if isinstance(cards, list) else [],
        "more_cards": max(0, len(weekly.scorecards) - _CARDS),
        "urgent": told["waiting"]["orders"] if isinstance(told["waiting"], dict) else [],
        "more_urgent": max(0, int(waiting.number.value or 0) - _URGENT),
        "charts": {name: f"img/{name}.png" in images for name in ("control", "scorecards", "ledger")},
    }


def paper_of_week(week: Week, name: str, context: Mapping[str, Plain]) -> Document:
    """One paper as a tree; raises PackFault where its template makes none."""
    return week_document(week, name, filled(week.pack, name, context, language=week.language))


def week_document(week: Week, name: str, markdown: str) -> Document:
    """The paper of a filled template; raises PackFault where it makes none."""
    return paper_tree(
        name,
        markdown,
        language=week.language,
        dated=week.weekly.last.isoformat(),
        author=week.case.seller.name or "",
        subject=f"{week.facts.marketplace_name}, {week.weekly.week}",
    )


def _file_data(week: Week, papers: Mapping[str, Document], evidence: Mapping[str, Plain]) -> dict[str, Plain]:
    """The summary's JSON, the week, the rows behind every figure, and what is printed where."""
    name = week.case_file[0] or "case.toml"
    shown = replace(week.weekly, waiting=most_urgent(week.weekly.waiting, TOLD))
    return {
        **summary_data(week.facts),
        "weekly": plain_data(shown),
        "language": week.language,
        "case": week.case.model_dump(mode="json", exclude_none=True),
        "evidence": {**evidence, **evidence_of_statements(week.case, file=name)},
        **printed_data(papers),
    }


def _provenance(week: Week, files: Mapping[str, bytes]) -> bytes:
    inputs = files_read(week.facts, case=week.case_file)
    return made_file(
        files, by="poa weekly", status="final", language=week.language, pack=week.pack, inputs=inputs
    )
