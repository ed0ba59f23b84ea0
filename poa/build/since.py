"""The annex that shows how the rate went since Amazon's notice: counts by week, and the days as a picture."""

from __future__ import annotations

from collections.abc import Mapping

from poa.build.weekly import Week, paper_of_week, printed_week, week_folder
from poa.case import template_data as case_data
from poa.charts import since_notice
from poa.facts import Plain, evidence_data, evidence_of, figures, template_data
from poa.facts.weekly import Since
from poa.made import WeekPapers
from poa.packs import given

PAPER = "since-notice"
PICTURE = "img/since-notice.png"


def since_papers(week: Week, since: Since) -> WeekPapers:
    """The annex in each format, with its picture where there is something to draw."""
    images = since_picture(week, since)
    context = since_context(week, since, images)
    paper = paper_of_week(week, PAPER, given(context, language=week.language))
    papers = {PAPER: paper}
    evidence = evidence_data(week.facts) | {one.id: evidence_of(one) for one in figures(since)}
    files = images | printed_week(week, papers, images)
    return week_folder(week, papers, files, evidence, sentence=paper.title)


def since_picture(week: Week, since: Since) -> dict[str, bytes]:
    """The days as a picture, where there is something to draw, by the path that the annex shows it under."""
    target = float(week.facts.late_shipment_rate[0].target.value or 0)
    lengths = [length for length, _ in since.first_clean]
    picture = since_notice(week.facts.days, since.mark, target, lengths=lengths)
    return {PICTURE: picture} if picture else {}


def since_context(week: Week, since: Since, images: Mapping[str, bytes]) -> dict[str, Plain]:
    """What the template is given; ``images`` holds the picture where it was drawn."""
    lengths = [length for length, _ in since.first_clean]
    return {
        "facts": template_data(week.facts),
        "case": case_data(week.case, speak=week.language),
        "since": {
            # The template needs no table of first days.
            **{name: told for name, told in template_data(since).items() if name != "first_clean"},
            "short": min(lengths),
            "long": max(lengths),
            "ring": any(first.isoformat() <= str(since.until.value) for _, first in since.first_clean),
        },
        "charts": {"since_notice": PICTURE in images},
    }
