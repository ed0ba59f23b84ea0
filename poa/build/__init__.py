"""The corridor: facts and case go in at one end, papers come out at the other.

fill the templates → read them as a tree → print the tree in each format → prove what it prints → read it strictly
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from poa.build.asked import Appeal, FromRows
from poa.build.checked import checked
from poa.build.chosen import call, named, option_questions, options_of, reminder, wanted
from poa.build.cover import cover_data, spoken_steps
from poa.build.enclosures import annex_files, list_files
from poa.build.filled import filled, paper_tree
from poa.build.gates import case_questions, check_letter, letter_questions
from poa.build.letter import enclosed, letter_data
from poa.build.own_words import built_in_of, letterhead_words, own_sentences
from poa.build.printing import PDF, Look, look_of, printed, with_pdf
from poa.build.record import as_json, facts_file_data, provenance_file, recorded
from poa.build.supplier_papers import REQUEST, STATEMENT, places, supplier_data
from poa.build.timeline import timeline
from poa.build.word_native import native_letters, refuse_others
from poa.case import template_data as case_data
from poa.case.blank import BLANK_CASE, blank_case
from poa.charts import daily_rate, delay_steps, recovery, supplier_shares
from poa.document import Document, gaps
from poa.doing import Doing, Tell
from poa.errors import GateNotMet
from poa.facts import Facts, Plain
from poa.facts import template_data as facts_data
from poa.made import Papers
from poa.packs import Pack, given
from poa.packs.filling import Given
from poa.words import counted, said
from poa.writers.word_native import Printed

__all__ = [
    "PAPERS",
    "Appeal",
    "Papers",
    "appeal_context",
    "appeal_papers",
    "document_of",
    "drawn",
    "from_rows_of",
    "further",
]

CHARTS = {
    "daily_late_rate": daily_rate,
    "supplier_shares": supplier_shares,
    "delay_steps": delay_steps,
    "recovery": recovery,
}
PAPERS = ("plan-of-action", "root-cause-analysis")
COVER = "cover"
_FOR_FORMS = "txt"  # the letter is pasted into a form, and so may be what a pack adds; the analysis is not


def appeal_papers(appeal: Appeal, *, tell: Tell) -> Papers:
    """The papers of an appeal; raises GateNotMet where a final one has an open question.

    The same appeal gives the same bytes: no clock, no random, no path of the machine is in them.
    """
    check_letter(appeal)
    tell(Doing("Drawing"))
    images = drawn(appeal.facts) if appeal.images is None else dict(appeal.images)
    asked = letter_questions(appeal)
    context = appeal_context(appeal, images)
    tell(Doing("Writing"))
    ready = given(context, language=appeal.language)
    written = (*PAPERS, *wanted(appeal, further(appeal.pack)))
    papers = {name: _document(appeal, name, ready, language=appeal.language) for name in written}
    native = _native(appeal, papers, ready)
    shown = [question for paper in papers.values() for question in gaps(paper.blocks)]
    shown += [question for letter in native.values() for question in letter.gaps]
    # A pack that leaves a question out does not answer it.
    questions = tuple(dict.fromkeys([*shown, *case_questions(appeal), *asked, *option_questions(appeal)]))
    if appeal.final and questions:
        raise GateNotMet(
            "open_questions",
            appeal.told(
                counted(
                    len(questions),
                    "A final paper cannot exist while 1 question is open:",
                    "A final paper cannot exist while {number} questions are open:",
                )
            ),
            open_points=questions,
            hint=appeal.told(
                said("Answer them in the case file (--case), or run without --final for a draft.")
            ),
        )
    inner = context if appeal.ui_language != appeal.language else ready
    inner = given(inner, language=appeal.ui_language)
    for_suppliers, safe = _supplier_papers(appeal, inner)
    cover = _document(
        appeal,
        COVER,
        given(inner, cover_data(appeal, questions, papers, safe), language=appeal.ui_language),
        language=appeal.ui_language,
    )
    plain = [name for name in appeal.formats if name not in {_FOR_FORMS, PDF}]
    if not plain and PDF not in appeal.formats:
        plain = ["md"]  # the letter speaks of its analysis, which no form takes as text
    if PDF in appeal.formats and "docx" not in plain:
        plain.append("docx")
    look = look_of(appeal.pack, case=appeal.case, facts=appeal.facts, language=appeal.language)
    files = {**images, **printed(papers, plain, images, look)}
    in_word = {f"{name}.docx": letter.data for name, letter in native.items()}
    files |= in_word
    if _FOR_FORMS in appeal.formats:
        pasted = {name: paper for name, paper in papers.items() if name != PAPERS[1]}
        files |= printed(pasted, [_FOR_FORMS], images, look)
    files |= printed(for_suppliers, plain or [_FOR_FORMS], {}, look)
    files |= {
        f"internal/{name}": data
        for name, data in printed({COVER: cover}, plain or ["md"], {}, Look()).items()
    }
    if PDF in appeal.formats:
        tell(Doing("Making PDFs"))
        files = with_pdf(files, appeal.formats, dated=appeal.dated)
    if not appeal.case_file[0]:
        files[BLANK_CASE] = blank_case(marketplace=appeal.facts.marketplace, speak=appeal.ui_language)
    stands_on = facts_file_data(appeal, {**papers, COVER: cover, **for_suppliers})
    stands_on |= _own_words(
        appeal, {**papers, **for_suppliers}, files, contexts=(ready, inner), native=in_word
    )
    reviews = checked(appeal, {**papers, **for_suppliers}, stands_on, others=in_word)
    from_rows = appeal.from_rows() if appeal.from_rows else from_rows_of(appeal)
    files = named(appeal, files | annex_files(appeal, from_rows.listed))
    files["internal/facts.json"] = as_json(stands_on, from_rows.recorded)
    files["internal/provenance.json"] = provenance_file(appeal, files)
    told = reminder(appeal.pack, on=appeal.case.letter_date)
    return Papers(
        files=files,
        questions=questions,
        first=spoken_steps(appeal),
        reviews=reviews,
        reminders=(told,) if told else (),
        called={name: call(appeal, name) for name in papers},
    )


def _own_words(
    appeal: Appeal,
    papers: Mapping[str, Document],
    files: Mapping[str, bytes],
    *,
    contexts: tuple[Given, Given],
    native: Mapping[str, bytes],
) -> dict[str, Plain]:
    """What the pack says of its own accord, which a review trusts no more than words that somebody wrote since."""
    found: dict[str, Plain] = {}
    plain = built_in_of(appeal.pack)
    if plain is not None:
        beside = replace(appeal, pack=plain)
        said = {name: _document(beside, name, contexts[0], language=appeal.language) for name in PAPERS}
        said |= _supplier_papers(beside, contexts[1])[0]
        found["pack_words"] = [*own_sentences(papers, said)]
    if appeal.pack.shell is not None:
        made = {name: data for name, data in files.items() if name not in native}
        found["letterhead"] = [*letterhead_words(papers, made)]
    return {name: one for name, one in found.items() if one}


def _native(appeal: Appeal, papers: Mapping[str, Document], context: Given) -> dict[str, Printed]:
    """The Word form of the papers that the pack has Word files for, where a Word paper is asked for."""
    refuse_others(appeal.pack, papers_in_word(appeal.pack))
    if not {"docx", PDF} & set(appeal.formats):
        return {}
    return native_letters(appeal.pack, papers, context, language=appeal.language)


def papers_in_word(pack: Pack) -> tuple[str, ...]:
    """The documents that a Word file of the pack may make: those of an appeal."""
    return (*PAPERS, *further(pack))


def further(pack: Pack) -> tuple[str, ...]:
    """The documents that a pack adds to the built-in ones: papers of the same appeal, such as ``8d-report``."""
    return tuple(name for name in pack.documents if f"{name}.md.j2" not in pack.default)


def from_rows_of(appeal: Appeal) -> FromRows:
    """What of an appeal's papers stands on its rows alone, for ``appeal.from_rows``."""
    return FromRows(listed=list_files(appeal), recorded=recorded(appeal))


def drawn(facts: Facts) -> dict[str, bytes]:
    """The charts that there is something to draw for, by the path that a paper shows them under."""
    charts = {name: chart for name, draw in CHARTS.items() if (chart := draw(facts)) is not None}
    return {_picture(name): chart for name, chart in charts.items()}


def _picture(name: str) -> str:
    return f"img/{name.replace('_', '-')}.png"


def appeal_context(appeal: Appeal, images: Mapping[str, bytes]) -> dict[str, Plain]:
    """What the templates of letter and analysis are given; ``images`` are the charts that were drawn."""
    case = case_data(
        appeal.case, speak=appeal.ui_language, present=appeal.evidence, first=appeal.first_exhibit
    )
    return {
        "facts": facts_data(appeal.facts),
        "case": case,
        "timeline": timeline(appeal, case),
        "charts": {name: _picture(name) in images for name in CHARTS},
        "assumptions": list(appeal.facts.source.assumptions),
        "letter": {**letter_data(appeal), "asked": list(letter_questions(appeal))},
        "enclosed": enclosed(appeal),
        "options": options_of(appeal),
    }


def _supplier_papers(appeal: Appeal, context: Mapping[str, Plain]) -> tuple[dict[str, Document], list[str]]:
    """The statement and the request for each supplier that stands out, by their place in the folder."""
    found: dict[str, Document] = {}
    safe = []
    for name, data in supplier_data(appeal):
        statement, request = places(name)
        filled = given(context, data, language=appeal.ui_language)
        found[statement] = _document(appeal, STATEMENT, filled, language=appeal.ui_language)
        found[request] = _document(appeal, REQUEST, filled, language=appeal.ui_language)
        safe.append(name)
    return found, safe


def _document(appeal: Appeal, name: str, context: Mapping[str, Plain], *, language: str) -> Document:
    return document_of(appeal, name, filled(appeal.pack, name, context, language=language), language=language)


def document_of(appeal: Appeal, name: str, markdown: str, *, language: str) -> Document:
    """The paper of a filled template; raises PackFault where it makes none."""
    return paper_tree(
        name,
        markdown,
        language=language,
        dated=appeal.dated,
        draft=not appeal.final,
        author=appeal.case.seller.name or "",
        subject=f"{appeal.facts.marketplace_name}, {appeal.facts.as_of.value}",
    )
