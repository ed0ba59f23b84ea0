"""What a paper is held against: ``facts.json`` as a run of poa wrote it, read back and made easy to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any, TypeAlias

from poa.characters import clean
from poa.errors import InputFault
from poa.facts import Plain
from poa.paper import CELL_GAP, Line, Paper, row

_HINT = "Give the facts.json that poa wrote beside the papers, in the folder internal."


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Words that print a fact: where they begin in the text of their line, and the id of the fact."""

    start: int
    text: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A paper as poa printed it; ``cited`` has, for the line at a position, what of it prints a fact, in order."""

    paper: Paper
    cited: Mapping[int, tuple[Printed, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The facts of a run, with the rows behind each figure, the seller's statements and the papers as printed.

    ``facts`` is the whole JSON (the contract of ``poa summary --json``); ``evidence`` leads from the id of a
    fact to ``{"value", "unit", "rows"}``; ``bases`` are the papers by name. ``case`` is the case file as data,
    ``notice`` that of ``poa notice --json`` or None; ``enclosed`` are the annexes with ``number``, ``file``,
    ``title`` and ``date``; ``late_orders`` the ids of every late order of the longest window, ``printed_late`` those
    that a paper prints as late; ``earlier`` the case as it was last sent and Amazon's answer, or None; ``proposed``
    the sentences that poa proposes.
    ``pack_words`` are the sentences that stand in the papers by the word of a pack that is not built in, and
    ``letterhead`` the texts around them that its Word file brought along.
    ``newer`` is the ground of newer data, where there is one.
    """

    facts: Mapping[str, Any]
    evidence: Mapping[str, Mapping[str, Any]]
    bases: Mapping[str, Base]
    language: str = "en"
    case: Mapping[str, Any] = field(default_factory=dict)
    notice: Mapping[str, Any] | None = None
    enclosed: tuple[Mapping[str, Any], ...] = ()
    late_orders: frozenset[str] = frozenset()
    printed_late: frozenset[str] = frozenset()
    earlier: Mapping[str, Any] | None = None
    proposed: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    pack_words: frozenset[str] = frozenset()
    letterhead: frozenset[str] = frozenset()
    newer: Ground | None = None

    def value(self, fact: str) -> Any:
        """The value of a fact by its id; None where there is none."""
        return self.evidence.get(fact, {}).get("value")

    def day(self, fact: str) -> date | None:
        """The same, as a day."""
        try:
            return date.fromisoformat(str(self.value(fact)))
        except ValueError:
            return None

    @property
    def window(self) -> Mapping[str, Any]:
        """The longest window of the rate; empty where there is none."""
        return next(iter(self.facts.get("late_shipment_rate") or ()), {})

    @property
    def letter_date(self) -> date | None:
        """The day that stands on the letter."""
        return self.day("case.letter_date")

    def statements(self) -> Iterator[tuple[str, str]]:
        """Every text that the seller stated, with the id of its fact."""
        for fact, one in self.evidence.items():
            if one.get("unit") == "statement" and isinstance(one.get("value"), str):
                yield fact, one["value"]


def read_ground(data: Mapping[str, Any], *, name: str) -> Ground:
    """The ground that a ``facts.json`` is which a hand may have edited; raises InputFault where it is none."""
    if _holds_facts(data) and (place := _misplaced(data, _FACTS, "")) is not None:
        raise InputFault(
            "bad_facts",
            f"{name} is not as poa wrote it ({clean(place)[:80]}).",
            file=name,
            hint=_HINT,
        )
    return ground_of(data, name=name)


def ground_of(data: Mapping[str, Any], *, name: str) -> Ground:
    """The ground that facts of poa are, as ``facts.json`` has them; raises InputFault where they are none.

    ``name`` is the file's.
    """
    if not _holds_facts(data):
        raise InputFault("no_facts", f"{name} holds no facts of poa.", file=name, hint=_HINT)
    try:
        late = data.get("late_order_rows") or {}
        evidence = {
            f"late_orders.{order}": {"value": order, "unit": "name", "rows": {"orders": 1, "lines": lines}}
            for order, lines in late.items()
        } | dict(data.get("evidence") or {})
        bases = {
            paper: _base(paper, one, data.get("printed", ())) for paper, one in data.get("papers", {}).items()
        }
        return Ground(
            facts=data,
            evidence=evidence,
            bases=bases,
            language=str(data.get("language", "en")),
            case=data.get("case") or {},
            notice=data.get("notice"),
            enclosed=tuple(data.get("enclosed") or ()),
            late_orders=frozenset(late),
            printed_late=frozenset(_late_ids(evidence)),
            earlier=data.get("earlier"),
            proposed=tuple(data.get("proposed") or ()),
            names=frozenset(_names(data, evidence)),
            pack_words=frozenset(map(str, data.get("pack_words", ()))),
            letterhead=frozenset(map(str, data.get("letterhead", ()))),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputFault(
            "bad_facts", f"{name} is not as poa wrote it ({error}).", file=name, hint=_HINT
        ) from None


def lines_data(paper: Paper) -> list[Plain]:
    """The lines of a paper as ``facts.json`` keeps them."""
    found: list[Plain] = []
    for line in paper.lines:
        said: dict[str, Plain] = {"kind": line.kind, "paragraph": line.paragraph}
        said |= {"cells": list(line.cells)} if line.kind == "row" else {"text": line.text}
        found.append(said | ({"level": line.level} if line.level else {}))
    return found


def _base(name: str, data: Mapping[str, Any], printed: Any) -> Base:
    lines = tuple(_line(one) for one in data["lines"])
    at: dict[int, tuple[int, int]] = {}  # number of a paragraph or cell → its line, and where it begins there
    for number, line in enumerate(lines):
        start = 0
        for offset, cell in enumerate(line.cells or (line.text,)) if line.kind != "aside" else ():
            at[line.paragraph + offset] = number, start
            start += len(cell) + len(CELL_GAP)
    cited: dict[int, list[Printed]] = {}
    for one in printed:
        if one["document"] == name and one["paragraph"] in at:
            number, start = at[one["paragraph"]]
            found = Printed(start=start + int(one["start"]), text=str(one["text"]), fact=str(one["fact"]))
            cited.setdefault(number, []).append(found)
    return Base(
        paper=Paper(name=name, lines=lines, language=data.get("language")),
        cited={number: tuple(found) for number, found in cited.items()},
    )


def _line(data: Mapping[str, Any]) -> Line:
    if data["kind"] == "row":
        line = row(map(str, data["cells"]))
        return Line(kind="row", text=line.text, cells=line.cells, paragraph=int(data["paragraph"]))
    return Line(
        kind=data["kind"],
        text=str(data["text"]),
        level=int(data.get("level", 0)),
        paragraph=int(data["paragraph"]),
    )


def _holds_facts(data: Mapping[str, Any]) -> bool:
    return data.get("facts") == 1 and "late_shipment_rate" in data


def _late_ids(evidence: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for fact, one in evidence.items():
        if fact.startswith("late_orders.") and one.get("unit") == "name":
            yield str(one["value"])


def _names(data: Mapping[str, Any], evidence: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Every name that the rows know (suppliers, carriers, SKUs), the seller's and the store's."""
    for fact, one in evidence.items():
        if one.get("unit") == "name" and isinstance(one.get("value"), str) and fact[:12] != "late_orders.":
            yield one["value"]
    for groups in data.get("attribution", {}).get("dimensions", {}).values():
        yield from (str(one["name"]) for one in groups)
    for told in (data.get("marketplace_name"), evidence.get("case.seller.name", {}).get("value")):
        if isinstance(told, str):
            yield told


# --- whether it still has the form that poa gave it, as far as a review reads it ---------------------

# A type, several, [form of each], or {key: form}; "key?" may be missing or null, "*" stands for every key.
Form: TypeAlias = "type | tuple[type, ...] | list[Form] | dict[str, Form]"

_TEXT = (str, type(None))
_COUNT = (int, type(None))
_ENTRIES: Form = [{"*": object}]
_CASE: Form = {
    "seller?": dict,
    "notice?": dict,
    "cause?": _ENTRIES,
    "corrective?": _ENTRIES,
    "preventive?": _ENTRIES,
    "evidence?": _ENTRIES,
}
_LINES: Form = [{"ask": str, "line": str}]
_FACTS: Form = {
    "late_shipment_rate": [
        {"window_days": _COUNT, "from": str, "to": str, "orders": _COUNT, "late": _COUNT},
    ],
    "unconfirmed_past_due?": int,
    "late_by_supplier?": {"suppliers?": [{"name": str}]},
    "attribution?": {
        "dimensions?": {"*": [{"name": str}]},
        "causes?": [{"dimension": str, "name": _TEXT}],
    },
    "remedies?": {"handling?": [{"sku": str, "needed_days": _COUNT}]},
    "evidence?": {"*": {"value": object, "unit": str, "rows": dict}},
    "late_order_rows?": {"*": object},
    "case?": _CASE,
    "notice?": {"asks_lines?": _LINES, "kinds?": [str], "tense?": str, "marketplace?": str, "language?": str},
    "enclosed?": [{"number": int, "file": str, "title": str}],
    "earlier?": {"case?": _CASE, "reply?": {"lines?": _LINES}},
    "proposed?": [str],
}


def _misplaced(value: Any, form: Form, place: str) -> str | None:
    """The place of the first value that has not the form that poa gave it; None where all have."""
    if isinstance(form, dict):
        if not isinstance(value, dict):
            return place
        wanted = dict.fromkeys(value, form["*"]) if "*" in form else form
        for key, inner in wanted.items():
            name = key if "*" in form else key.removesuffix("?")
            if value.get(name) is None and name != key:
                continue
            here = f"{place}.{name}".lstrip(".")
            if name not in value:
                return here
            if (found := _misplaced(value[name], inner, here)) is not None:
                return found
        return None
    if isinstance(form, list):
        if not isinstance(value, list):
            return place
        each = (_misplaced(one, form[0], f"{place}.{at}") for at, one in enumerate(value))
        return next((one for one in each if one is not None), None)
    is_number = not isinstance(value, float) or isfinite(value)
    return None if isinstance(value, form) and is_number else place
