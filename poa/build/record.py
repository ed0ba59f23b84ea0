"""The record of a run: the rows behind every figure, where each is printed, and the hash of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType

from poa import __version__
from poa.build.asked import Appeal
from poa.build.letter import annex_figures, enclosed, reply_field
from poa.build.supplier_papers import supplier_figures
from poa.case import Case, Cause, statements
from poa.case.notices import notice_data
from poa.case.proposals import proposed_corrective, proposed_gaps, proposed_preventive, proposed_why
from poa.document import Document, cited_at, leaves
from poa.facts import VERSION as FACTS_VERSION
from poa.facts import Facts, Plain, evidence_data, evidence_of, lines_of, summary_data
from poa.packs import Pack
from poa.paper import paper_of
from poa.policy.causes import cause_codes, gap_codes
from poa.review import lines_data
from poa.words import spoken


def facts_file_data(appeal: Appeal, papers: Mapping[str, Document]) -> dict[str, Plain]:
    """``facts.json``, what a run stands on: the summary's JSON, the rows behind every figure, and where each fact is printed.

    Beside the contract's keys it holds the lines of every paper, the case, the notice and the annexes: all that a
    review of an edited paper needs. It is the seller's own and never sent.
    """
    name, _ = appeal.case_file
    listed = [*annex_figures(appeal), *supplier_figures(appeal)]
    evidence = evidence_data(appeal.facts) | {one.id: evidence_of(one) for one in listed}
    evidence |= evidence_of_statements(appeal.case, file=name)
    reply = reply_field(appeal)
    if isinstance(reply, dict):
        told: Plain = {"rule": "the journal of the case"}
        evidence["case.reply.date"] = {"value": reply["value"], "unit": "statement", "rows": told}
    return {
        **summary_data(appeal.facts),
        "language": appeal.language,
        "final": appeal.final,
        "case": appeal.case.model_dump(mode="json", exclude_none=True),
        "notice": notice_data(appeal.notice) if appeal.notice else None,
        "earlier": _earlier(appeal),
        "enclosed": enclosed(appeal),
        "late_order_rows": _late_rows(appeal),
        "proposed": _proposed(appeal),
        "evidence": evidence,
        **printed_data(papers),
    }


def recorded(appeal: Appeal) -> dict[str, str]:
    """What of :func:`facts_file_data` needs no paper, thousands of lines of it, as JSON: entries by the key that they begin."""
    return {
        "late_order_rows": _entries(_late_rows(appeal)),
        "evidence": _entries(evidence_data(appeal.facts)),
    }


def _late_rows(appeal: Appeal) -> dict[str, Plain]:
    return {one.order_id: lines_of(one.places) for one in appeal.late_orders}


def printed_data(papers: Mapping[str, Document]) -> dict[str, Plain]:
    """Where each fact is printed, and the lines of every paper: what a review needs of the papers themselves."""
    printed: list[Plain] = [
        {"document": document, "paragraph": number, "start": start, "text": item.text, "fact": item.fact}
        for document, paper in papers.items()
        for number, content in enumerate(leaves(paper.blocks))
        for start, item in cited_at(content)
    ]
    return {
        "printed": printed,
        "papers": {
            document: {"language": paper.language, "lines": lines_data(paper_of(paper, name=document))}
            for document, paper in papers.items()
        },
    }


def evidence_of_statements(case: Case, *, file: str) -> dict[str, Plain]:
    """What the seller says in the case file, by the id under which the papers cite it."""
    return {
        fact: {"value": value, "unit": "statement", "rows": {"rule": f"stated by the seller in {file}"}}
        for fact, value in statements(case).items()
    }


def _proposed(appeal: Appeal) -> list[Plain]:
    """Every text that poa offers for the codes and gaps of the case, each once.

    A review says where one of them was left as it was. Roles, frequencies and measures are not among them:
    small things may well be the same everywhere.
    """
    languages = dict.fromkeys(
        (appeal.language, appeal.ui_language, appeal.case.seller.language or appeal.language, "en")
    )
    texts = [text for cause in appeal.case.cause for text in _of_cause(cause, appeal.facts)]
    return list(dict.fromkeys(spoken(text, language) for language in languages for text in texts))


def _of_cause(cause: Cause, facts: Facts) -> Iterator[str]:
    """The offers for one cause: with the numbers of these rows, and as they read where rows lack them."""
    gaps = [cause.gap] if cause.gap and cause.gap in gap_codes() else []
    known = cause_codes().get(cause.code or "")
    if known is not None and known.in_letter:
        gaps += [one.code for one in proposed_gaps(known.code)]
        for rows in (facts, None):
            shown_by = cause.shown_by or ""
            yield from proposed_corrective(known.code, rows, shown_by, "past")
            yield from proposed_corrective(known.code, rows, shown_by, "future")
            yield from (one.control for one in proposed_preventive(known.code, rows, shown_by))
            for gap in dict.fromkeys(gaps):
                yield from proposed_why(known.code, gap, rows, shown_by)
    for gap in dict.fromkeys(gaps):
        own = gap_codes()[gap]
        yield from (own.statement, own.escape, *own.why)


def _earlier(appeal: Appeal) -> Plain:
    """The case as it was last sent, and what Amazon answered; None where nothing was sent."""
    before = appeal.earlier
    if before is None:
        return None
    reply = before.reply
    return {
        "day": before.sent.day.isoformat(),
        "case": before.case.model_dump(mode="json", exclude_none=True),
        "reply": {
            "day": reply.day.isoformat(),
            "lines": [{"ask": ask, "line": line} for ask, line in reply.lines],
        }
        if reply
        else None,
    }


def provenance_file(appeal: Appeal, files: Mapping[str, bytes]) -> bytes:
    """``provenance.json``: what was read, by which version and pack, and the hash of what was written."""
    inputs = files_read(appeal.facts, case=appeal.case_file, notice=appeal.notice_file)
    cited_files = {one.file for one in appeal.exhibits}
    inputs += [
        {"name": f"evidence/{name}", "read_as": "evidence", "sha256": sha256_of(data)}
        for name, data in sorted(appeal.evidence.items())
        if name in cited_files
    ]
    status = "final" if appeal.final else "draft"
    return made_file(
        files, by=appeal.made_by, status=status, language=appeal.language, pack=appeal.pack, inputs=inputs
    )


def files_read(facts: Facts, **others: tuple[str, bytes] | None) -> list[Plain]:
    """The files that were read, as ``provenance.json`` names them: the reports, then others by what they were read as."""
    reports: list[Plain] = [
        {"name": file.name, "read_as": file.report, "sha256": file.sha256} for file in facts.source.files
    ]
    return reports + [
        {"name": file[0], "read_as": read_as, "sha256": sha256_of(file[1])}
        for read_as, file in others.items()
        if file and file[0]
    ]


def made_file(
    files: Mapping[str, bytes], *, by: str, status: str, language: str, pack: Pack, inputs: list[Plain]
) -> bytes:
    """``provenance.json`` of any run."""
    return as_json(
        {
            "made_by": by,
            "poa": __version__,
            "facts": FACTS_VERSION,
            "status": status,
            "language": language,
            "pack": {"id": pack.id, "version": pack.version, "sha256": pack.sha256},
            "inputs": inputs,
            "outputs": {name: sha256_of(data) for name, data in sorted(files.items())},
        }
    )


def as_json(data: Mapping[str, Plain], begun: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """JSON with one line an entry of the first two levels: to be read, compared, and written fast.

    ``begun`` are the first entries of some keys as they are written, from :func:`recorded`.
    """
    told = (f"{_one(key)}: {_lines(value, begun.get(key, ''))}" for key, value in data.items())
    return ("{\n" + ",\n".join(told) + "\n}\n").encode()


def sha256_of(data: bytes) -> str:
    """The hash by which a file is known again."""
    return hashlib.sha256(data).hexdigest()


def _lines(value: Plain, begun: str = "") -> str:
    match value:
        case dict() if begun:
            more = dict(islice(value.items(), begun.count("\n") + 1, None))
            return "{\n" + ",\n".join([begun, _entries(more)] if more else [begun]) + "\n}"
        case dict() if value:
            return "{\n" + _entries(value) + "\n}"
        case list() if value:
            return "[\n" + ",\n".join(f" {_one(item)}" for item in value) + "\n]"
        case _:
            return _one(value)


def _entries(data: Mapping[str, Plain]) -> str:
    return ",\n".join(f" {_one(key)}: {_one(item)}" for key, item in data.items())


# Without an indent, Python's encoder runs in C: a tenth of the time for the rows of a large account.
_one = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
