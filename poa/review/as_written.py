"""Whether a ``facts.json`` still has the form that poa gave it, as far as a review reads it: a hand may have edited it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, TypeAlias

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


def misplaced(data: Mapping[str, Any]) -> str | None:
    """The place of the first value that has not the form that poa gave it; None where all have."""
    return _misplaced(data, _FACTS, "")


def _misplaced(value: Any, form: Form, place: str) -> str | None:
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
