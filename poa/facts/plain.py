"""Facts as plain data: for JSON, for templates, and as the evidence behind each figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from poa.facts.figures import Figure, Lines, Plain, Rows

if TYPE_CHECKING:
    from poa.facts import Facts

_ANALYSES = {"attribution", "stages", "incidents", "budgets", "projection", "closed_days", "remedies"}
_BARE = {type(None), bool, int, float, str}  # values that are data already
_PARTS: dict[type, tuple[tuple[str, str], ...]] = {}  # of each kind of fact, once it was met


def summary_data(facts: Facts) -> dict[str, Plain]:
    """The facts as the JSON of ``poa summary --json``: each figure is its bare value.

    An analysis that the rows do not allow is left out.
    """
    data = plain_data(facts)
    return {name: value for name, value in data.items() if value is not None or name not in _ANALYSES}


def plain_data(value: object) -> dict[str, Plain]:
    """Any fact as plain data: each figure is its bare value."""
    return _object(value, figures="value")


def template_data(value: object) -> dict[str, Plain]:
    """The same as plain data for templates: a figure is ``{"fact", "value", "unit"}``."""
    return _object(value, figures="cited")


def evidence_data(facts: Facts) -> dict[str, Plain]:
    """The rows behind every figure, by its id."""
    return {figure.id: evidence_of(figure) for figure in figures(facts)}


def evidence_of(figure: Figure) -> Plain:
    """The value of a figure, its unit, and the rows behind it."""
    return {"value": figure.value, "unit": figure.unit, "rows": _rows(figure.rows)}


def figures(value: object) -> Iterator[Figure]:
    """Every figure inside a fact, in the order of the declaration."""
    found: list[Figure] = []
    _gather(value, found)
    yield from found


def _gather(value: object, found: list[Figure]) -> None:
    kind = type(value)
    if kind in _BARE:  # most of what there is
        return
    if kind is Figure:
        found.append(cast("Figure", value))
    elif kind is tuple:
        for item in cast("tuple[object, ...]", value):
            _gather(item, found)
    else:
        for name, _ in _parts(kind):
            _gather(getattr(value, name), found)


def _parts(kind: type) -> tuple[tuple[str, str], ...]:
    """The names of a fact's parts, in Python and in the data; none of what is no fact."""
    known = _PARTS.get(kind)
    if known is None:
        named = fields(kind) if is_dataclass(kind) else ()
        known = _PARTS[kind] = tuple((part.name, part.name.rstrip("_")) for part in named)
    return known


def _rows(rows: Rows) -> dict[str, Plain]:
    out: dict[str, Plain] = {"rule": rows.rule, "orders": rows.orders}
    if rows.lines:
        out["lines"] = lines_of(rows.lines)
    return out


def lines_of(places: Iterable[Lines]) -> list[Plain]:
    """Places in files as data."""
    return [
        {"file": place.file, "ranges": [[first, last] for first, last in place.ranges]} for place in places
    ]


def _object(value: object, *, figures: Literal["value", "cited"]) -> dict[str, Plain]:
    parts = _parts(type(value))
    if not parts:
        raise TypeError(value)
    return {told: _plain(getattr(value, name), figures) for name, told in parts}


def _plain(value: object, figures: Literal["value", "cited"]) -> Plain:
    if type(value) in _BARE:  # most of what there is
        return cast("Plain", value)
    match value:
        case Figure() if figures == "value":
            return value.value
        case Figure():
            return {"fact": value.id, "value": value.value, "unit": value.unit}
        case tuple():
            return [_plain(item, figures) for item in value]
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item, figures) for key, item in value.items()}
        case None | bool() | int() | float() | str():
            return value
        case _:
            return _object(value, figures=figures)
