"""Papers, grounds and drafts made for tests of the review."""

import json
from functools import cache

from made_papers import papers_of, sample_account

from poa.case.notices import read_notice
from poa.document import Document
from poa.markdown import parse
from poa.paper import Paper, paper_of
from poa.review import Ground, ground_of
from poa.review.draft import Draft
from poa.review.lexicon import Lexicon
from poa.review.rules import rules
from poa.sample import sample_files


@cache
def sample_papers(language="en"):
    """The final papers of the bundled sample in a language, as bytes by name; facts.json among them."""
    files = sample_files(language=language)
    notice = ("notice.txt", files["notice.txt"])
    evidence = {
        name.removeprefix("evidence/"): data for name, data in files.items() if name.startswith("evidence/")
    }
    return papers_of(
        sample_account(),
        case=files["case.toml"],
        evidence=evidence,
        notice=read_notice(notice[1].decode()),
        notice_file=notice,
        language=language,
        final=True,
        formats=("md", "docx", "txt"),
    ).files


@cache
def sample_ground(language="en") -> Ground:
    """What the sample's papers are held against."""
    return ground_of(json.loads(sample_papers(language)["internal/facts.json"]), name="facts.json")


def sample_paper(name="plan-of-action", language="en") -> Paper:
    """One of the sample's papers as poa printed it."""
    return sample_ground(language).bases[name].paper


def paper_in(markdown, *, language="en", name="plan-of-action.md") -> Paper:
    """A paper of a few lines of Markdown."""
    document = Document(blocks=parse(markdown, name=name), title="", language=language)
    return paper_of(document, name=name)


def draft_of(markdown, *, language="en", kind="plan", ground=None, **more) -> Draft:
    """A draft of a few lines of Markdown, on the sample's ground where none is given."""
    held = ground or sample_ground(language)
    return Draft(
        paper=paper_in(markdown, language=language),
        kind=kind,
        language=language,
        lexicon=Lexicon(language),
        ground=held,
        today=more.pop("today", held.letter_date),
        **more,
    )


def found_by(rule, draft):
    """What one rule finds in a draft."""
    check = next(one.check for one in rules() if one.id == rule)
    return list(check(draft))
