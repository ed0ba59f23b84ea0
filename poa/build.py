"""The corridor: facts and case go in at one end, papers come out at the other.

fill the templates → read them as a tree → print the tree in each format → prove what it prints
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from poa import __version__
from poa.case import QUESTIONS, Case, open_questions, statements
from poa.case import template_data as case_data
from poa.case.blank import blank_case
from poa.charts import daily_rate, delay_steps, recovery, supplier_shares
from poa.document import Document, Heading, cited, gaps, leaves, words
from poa.doing import Doing, Tell
from poa.errors import CaseFault, GateNotMet, PackFault
from poa.facts import Facts, Plain, evidence_data, summary_data
from poa.facts import template_data as facts_data
from poa.markdown import parse
from poa.packs import Pack, fill, given
from poa.writers import writer

CHARTS = {
    "daily_late_rate": daily_rate,
    "supplier_shares": supplier_shares,
    "delay_steps": delay_steps,
    "recovery": recovery,
}
FORMATS = ("md", "docx")
PAPERS = ("plan-of-action", "root-cause-analysis")
COVER = "cover"
BLANK_CASE = "internal/case.toml"

_PROBLEMS_ON_COVER = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """What the papers of an appeal are made of, and how they are to be printed.

    ``case_file`` is the name and the bytes of the case file, for provenance; ``made_by`` the
    command that asked.
    """

    facts: Facts
    case: Case
    case_file: tuple[str, bytes]
    pack: Pack
    language: str = "en"
    formats: Sequence[str] = FORMATS
    final: bool = False
    made_by: str = "poa appeal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Everything to be written, by its name in the folder, and the questions still open."""

    files: Mapping[str, bytes]
    questions: tuple[str, ...]


def appeal_papers(appeal: Appeal, *, tell: Tell) -> Papers:
    """The papers of an appeal; raises GateNotMet where a final one has an open question.

    The same appeal gives the same bytes: no clock, no random, no path of the machine is in them.
    """
    _check_letter(appeal)
    tell(Doing("Drawing"))
    charts = {name: chart for name, draw in CHARTS.items() if (chart := draw(appeal.facts)) is not None}
    images = {f"img/{name.replace('_', '-')}.png": chart for name, chart in charts.items()}
    context = given(
        {
            "facts": facts_data(appeal.facts),
            "case": case_data(appeal.case),
            "charts": {name: name in charts for name in CHARTS},
            "assumptions": list(appeal.facts.source.assumptions),
        }
    )
    tell(Doing("Writing"))
    papers = {name: _document(appeal, name, context) for name in PAPERS}
    printed = [question for paper in papers.values() for question in gaps(paper.blocks)]
    # A pack that leaves a question out does not answer it.
    questions = tuple(dict.fromkeys([*printed, *open_questions(appeal.case)]))
    if appeal.final and questions:
        raise GateNotMet(
            "open_questions",
            f"A final paper cannot exist while {counted_questions(len(questions))} open:",
            open_points=questions,
            hint="Answer them in the case file (--case), or run without --final for a draft.",
        )
    cover = _document(appeal, COVER, given(context, _cover(appeal.facts, questions)))
    files = {**images, **_printed(papers, appeal.formats, images)}
    files |= {f"internal/{name}": data for name, data in _printed({COVER: cover}, appeal.formats, {}).items()}
    if not appeal.case_file[0]:
        files[BLANK_CASE] = blank_case(QUESTIONS, marketplace=appeal.facts.marketplace)
    files["internal/facts.json"] = _json(_facts(appeal, {**papers, COVER: cover}))
    files["internal/provenance.json"] = _json(_provenance(appeal, files))
    return Papers(files=files, questions=questions)


def counted_questions(number: int) -> str:
    """So many questions, with their verb."""
    return "1 question is" if number == 1 else f"{number} questions are"


def _check_letter(appeal: Appeal) -> None:
    """A letter cannot speak of days after its own."""
    letter, last = appeal.case.letter_date, str(appeal.facts.as_of.value)
    if letter and letter.isoformat() < last:
        raise CaseFault(
            "letter_before_data",
            f"The letter is dated {letter}, but its figures run to {last}.",
            file=appeal.case_file[0] or None,
            hint="Correct letter_date, or end the windows earlier with --as-of.",
        )


def _document(appeal: Appeal, name: str, context: Mapping[str, Plain]) -> Document:
    blocks = parse(fill(appeal.pack, name, context, language=appeal.language), name=f"{name}.md")
    if not blocks:
        raise PackFault("empty_paper", f"The template of {name} makes an empty paper.", file=f"{name}.md.j2")
    title = next((words(block.content) for block in blocks if isinstance(block, Heading)), name)
    dated = appeal.case.letter_date.isoformat() if appeal.case.letter_date else str(appeal.facts.as_of.value)
    return Document(
        blocks=blocks,
        title=title,
        language=appeal.language,
        draft=not appeal.final,
        author=appeal.case.seller.name or "",
        dated=dated,
        subject=f"{appeal.facts.marketplace_name}, {appeal.facts.as_of.value}",
    )


def _printed(
    papers: Mapping[str, Document], formats: Sequence[str], images: Mapping[str, bytes]
) -> dict[str, bytes]:
    writers = [writer(name) for name in formats]
    return {
        f"{name}{one.SUFFIX}": one.write(paper, images=images)
        for name, paper in papers.items()
        for one in writers
    }


def _cover(facts: Facts, questions: tuple[str, ...]) -> dict[str, Plain]:
    problems = facts.source.problems
    listed: list[Plain] = [
        {"file": row.file, "line": row.line, "message": row.message, "value": row.value}
        for row in sorted(problems, key=lambda row: not row.refused)[:_PROBLEMS_ON_COVER]
    ]
    return {
        "questions": list(questions),
        "problems": listed,
        "more_problems": len(problems) - len(listed),
    }


def _facts(appeal: Appeal, papers: Mapping[str, Document]) -> dict[str, Plain]:
    """The summary's JSON, the rows behind every figure, and where each fact is printed."""
    name, _ = appeal.case_file
    evidence = evidence_data(appeal.facts)
    for fact, value in statements(appeal.case).items():
        evidence[fact] = {
            "value": value,
            "unit": "statement",
            "rows": {"rule": f"stated by the seller in {name}"},
        }
    printed: list[Plain] = [
        {"document": document, "paragraph": number, "text": item.text, "fact": item.fact}
        for document, paper in papers.items()
        for number, content in enumerate(leaves(paper.blocks))
        for item in cited(content)
    ]
    return {**summary_data(appeal.facts), "evidence": evidence, "printed": printed}


def _provenance(appeal: Appeal, files: Mapping[str, bytes]) -> dict[str, Plain]:
    name, data = appeal.case_file
    inputs: list[Plain] = [
        {"name": file.name, "read_as": file.report, "sha256": file.sha256}
        for file in appeal.facts.source.files
    ]
    if name:
        inputs.append({"name": name, "read_as": "case", "sha256": _sha256(data)})
    return {
        "made_by": appeal.made_by,
        "poa": __version__,
        "facts": appeal.facts.facts,
        "status": "final" if appeal.final else "draft",
        "language": appeal.language,
        "pack": {"id": appeal.pack.id, "version": appeal.pack.version, "sha256": appeal.pack.sha256},
        "inputs": inputs,
        "outputs": {name: _sha256(data) for name, data in sorted(files.items())},
    }


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(data: Mapping[str, Plain]) -> bytes:
    """JSON with one line an entry of the first two levels: to be read, compared, and written fast."""
    return (
        "{\n" + ",\n".join(f"{_one(key)}: {_lines(value)}" for key, value in data.items()) + "\n}\n"
    ).encode()


def _lines(value: Plain) -> str:
    match value:
        case dict() if value:
            return "{\n" + ",\n".join(f" {_one(key)}: {_one(item)}" for key, item in value.items()) + "\n}"
        case list() if value:
            return "[\n" + ",\n".join(f" {_one(item)}" for item in value) + "\n]"
        case _:
            return _one(value)


def _one(value: Plain) -> str:
    # Without an indent, Python's encoder runs in C: a tenth of the time for the rows of a large account.
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
