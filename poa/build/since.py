"""The annex that shows how the rate went since Amazon's notice: counts by week, and the days as a picture."""

from __future__ import annotations

from poa.build.weekly import Week, WeekPapers, paper_of_week, printed_week, week_folder
from poa.case import template_data as case_data
from poa.charts import since_notice
from poa.facts import Plain, evidence_data, evidence_of, figures, template_data
from poa.facts.weekly import Since
from poa.packs import given

PAPER = "since-notice"
PICTURE = "img/since-notice.png"


def since_papers(week: Week, since: Since) -> WeekPapers:
    """The annex in each format, with its picture where there is something to draw."""
    target = float(week.facts.late_shipment_rate[0].target.value or 0)
    lengths = [length for length, _ in since.first_clean]
    picture = since_notice(week.facts.days, since.mark, target, lengths=lengths)
    images = {PICTURE: picture} if picture else {}
    context: dict[str, Plain] = {
        "facts": template_data(week.facts),
        "case": case_data(week.case, speak=week.language),
        "since": {
            **template_data_of(since),
            "short": min(lengths),
            "long": max(lengths),
            "ring": any(first.isoformat() <= str(since.until.value) for _, first in since.first_clean),
        },
        "charts": {"since_notice": picture is not None},
    }
    paper = paper_of_week(week, PAPER, given(context, language=week.language))
    papers = {PAPER: paper}
    evidence = evidence_data(week.facts) | {one.id: evidence_of(one) for one in figures(since)}
    files = images | printed_week(week, papers, images)
    return week_folder(week, papers, files, evidence, sentence=paper.title)


def template_data_of(since: Since) -> dict[str, Plain]:
    """The facts for the template, which needs no table of first days."""
    told = template_data(since)
    told.pop("first_clean")
    return told
