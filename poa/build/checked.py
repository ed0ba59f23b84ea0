"""Our own papers, read the way a strict reader would before anybody else reads them."""

from __future__ import annotations

from collections.abc import Mapping

from poa.build.asked import Appeal
from poa.document import Document
from poa.errors import GateNotMet, PackFault
from poa.facts import Plain
from poa.packs import Pack
from poa.paper import paper_of
from poa.readers import read_paper
from poa.review import Review, Settings, ground_of, in_words, review
from poa.review.settings import PLAIN, read_settings
from poa.words import counted, said

REVIEW = "review.toml"  # of a pack


def checked(
    appeal: Appeal,
    papers: Mapping[str, Document],
    facts: Mapping[str, Plain],
    *,
    others: Mapping[str, bytes] | None = None,
) -> tuple[Review, ...]:
    """The review of each paper; GateNotMet where a final one has an error. ``facts`` are those of ``facts.json``.

    ``others`` are papers that were not written from the tree, as files: they are read back.
    """
    reviews = reviews_of(papers, facts, pack=appeal.pack, draft=not appeal.final, others=others or {})
    errors = [(one, finding) for one in reviews for finding in one.findings if finding.severity == "error"]
    if appeal.final and errors:
        raise GateNotMet(
            "review_errors",
            appeal.told(
                counted(
                    len(errors),
                    "A final paper cannot exist while a letter rule is broken:",
                    "A final paper cannot exist while {number} letter rules are broken:",
                )
            ),
            open_points=[in_words(one, finding, appeal.ui_language) for one, finding in errors],
            hint=appeal.told(
                said("Mend them in the case file (--case), or run without --final for a draft.")
            ),
        )
    return reviews


def reviews_of(
    papers: Mapping[str, Document],
    facts: Mapping[str, Plain],
    *,
    pack: Pack,
    draft: bool,
    others: Mapping[str, bytes] | None = None,
) -> tuple[Review, ...]:
    """The review of each paper against the facts of ``facts.json``."""
    ground, settings = ground_of(facts, name="facts.json"), settings_of(pack)
    read = [paper_of(paper, name=name) for name, paper in papers.items()]
    read += [read_paper(data, name=name) for name, data in (others or {}).items()]
    return tuple(review(paper, ground, settings=settings, draft=draft) for paper in read)


def settings_of(pack: Pack) -> Settings:
    """How a pack tunes the letter rules; PackFault, with its line, for what it must not."""
    text = pack.sources.get(REVIEW)
    return PLAIN if text is None else read_settings(text, name=f"{pack.name}/{REVIEW}", fault=PackFault)
