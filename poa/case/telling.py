"""The case as templates see it: each field with its fact, its value and the question asked where it has none."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from poa.case.graph import Linked, exhibits, links
from poa.case.model import Case, Part
from poa.case.questions import QUESTIONS, needed_of
from poa.characters import clean
from poa.facts import Plain
from poa.policy.causes import cause_codes, gap_codes
from poa.words import said, spoken

_TEXTS = {"statement", "why", "escape"}  # of a cause: whole texts, not parts of a sentence
_LATIN = "äöüÄÖÜßéèáàóòúùñç"  # letters after which a sentence ends with a dot
_LINKS = {"id", "cause", "shown_by", "code", "gap", "why", "kpi", "target", "weeks"}


def template_data(
    case: Case, *, speak: str = "en", present: Collection[str] = (), first: int = 2
) -> dict[str, Plain]:
    """The case as plain data: each field is ``{"fact", "value", "question"}``, days with ``kind``.

    Questions stand in the language ``speak``; the names of causes are sentences to be said in that of
    the paper. An action's ``exhibit`` is the number of the annex that shows it, None without one; ``first`` is
    the number of the first annex of the evidence.
    """
    asked = {key: spoken(text, speak) for key, text in QUESTIONS.items()}
    numbered = {one.file: one for one in exhibits(case, present, first=first)}
    actions: list[Plain] = []
    for at, action in enumerate(case.corrective):
        shown = numbered.get(action.evidence or "")
        fields = _fields("corrective", at, action, asked)
        if action.evidence and shown is None:  # words are no file: the question stays open
            fields["evidence"] = _field(f"corrective.{at}.evidence", None, asked["corrective.evidence"])
        fields["exhibit"] = shown.number if shown else None
        actions.append({**fields, "causes": _causes_of(case, "corrective", at)})
    return {
        "letter_date": _field("letter_date", case.letter_date, asked["letter_date"]),
        "seller": {"name": _field("seller.name", case.seller.name, asked["seller.name"])},
        "notice": {"date": _field("notice.date", case.notice.date, asked["notice.date"])},
        "cause": [_cause(one, asked) for one in links(case)],
        "corrective": actions,
        "preventive": [
            {**_fields("preventive", at, one, asked), "causes": _causes_of(case, "preventive", at)}
            for at, one in enumerate(case.preventive)
        ],
        "question": {key.replace(".", "_"): text for key, text in asked.items()},
    }


def statements(case: Case) -> dict[str, Plain]:
    """What the seller says, by the id under which the papers cite it."""
    return dict(_stated(template_data(case, present=[one.evidence or "" for one in case.corrective])))


def _cause(linked: Linked, asked: dict[str, str]) -> Plain:
    cause, at = linked.cause, linked.number - 1
    code, gap = cause_codes().get(cause.code or ""), gap_codes().get(cause.gap or "")
    needed = needed_of(linked)
    return {
        **_fields("cause", at, cause, asked),
        "number": linked.number,
        "code": _field(f"cause.{at}.code", cause.code, asked["cause.code"]),
        "title": said(code.title) if code else None,
        "external": linked.external,
        "gap": _field(f"cause.{at}.gap", cause.gap, asked["cause.gap"] if "gap" in needed else None),
        "gap_title": said(gap.title) if gap else None,
        "shown_by": clean(cause.shown_by or "") or None,
        "why": [_field(f"cause.{at}.why.{step}", one, None) for step, one in enumerate(cause.why)],
        "corrective": [number for number, _ in linked.corrective],
        "preventive": [number for number, _ in linked.preventive],
    }


def _causes_of(case: Case, heading: str, at: int) -> list[Plain]:
    return [one.number for one in links(case) if any(number == at + 1 for number, _ in getattr(one, heading))]


def _fields(name: str, at: int, part: Part, asked: dict[str, str]) -> dict[str, Plain]:
    return {
        field: _field(f"{name}.{at}.{field}", value, asked.get(f"{name}.{field}"))
        for field, value in part
        if field not in _LINKS
    }


def _field(path: str, value: str | date | None, question: str | None) -> Plain:
    stated: Plain = value.isoformat() if isinstance(value, date) else _sentence(path, value or "")
    field: dict[str, Plain] = {"fact": f"case.{path}", "value": stated, "question": question}
    if isinstance(value, date):
        field["kind"] = "day"
    return field


def _sentence(path: str, value: str) -> str | None:
    """A whole text ends as a sentence; a part of one has no full stop, for the paper sets its own."""
    words = clean(value)
    heading = path.partition(".")[0]
    if not _TEXTS.isdisjoint(path.split(".")) and words[-1:].isalnum():
        return f"{words}{'.' if words[-1].isascii() or words[-1] in _LATIN else '。'}"
    if heading in {"corrective", "preventive"} and not words.endswith(".."):
        words = words.rstrip(".。")
    return words or None


def _stated(value: Plain) -> Iterator[tuple[str, Plain]]:
    match value:
        case {"fact": str(fact), "value": stated} if stated is not None:
            yield fact, stated
        case dict():
            for part in value.values():
                yield from _stated(part)
        case list():
            for part in value:
                yield from _stated(part)
