"""The rows behind a fact, in words: which lines of which file, how many orders, or whose statement it is."""

from __future__ import annotations

from collections.abc import Iterator

from poa.review import Ground
from poa.words import Said, counted, said, strung

_MOST = 8  # places; the rest are counted
_STATED = "stated by the seller in "


def behind(fact: str, ground: Ground, *, most: int | None = _MOST) -> Iterator[Said]:
    """What stands behind a fact, one sentence a file; of more than ``most`` places the rest are counted.

    Nothing where the facts do not know it; all places where ``most`` is None.
    """
    one = ground.evidence.get(fact) or {}
    rows = one.get("rows") or {}
    if one.get("unit") == "statement":
        yield _stated(fact, str(rows.get("rule", "")))
        return
    for place in rows.get("lines") or ():
        yield _rows(str(place["file"]), [(int(a), int(b)) for a, b in place["ranges"]], most=most)
    rule = str(rows.get("rule", ""))
    if orders := int(rows.get("orders") or 0):
        yield counted(orders, "Counted: 1 order, {rule}", "Counted: {number} orders, {rule}", rule=rule)
    elif rule:
        yield said("Counted: {rule}", rule=rule)


def _stated(fact: str, rule: str) -> Said:
    if not rule.startswith(_STATED):
        return said("Your own statement: {rule}", rule=rule)
    entry, file = fact.removeprefix("case."), rule.removeprefix(_STATED) or "case.toml"
    return said("Your own statement: {entry} in {file}", entry=entry, file=file)


def _rows(file: str, ranges: list[tuple[int, int]], *, most: int | None) -> Said:
    shown = strung("{one}, {other}", [str(a) if a == b else f"{a}-{b}" for a, b in ranges[:most]])
    left = 0 if most is None else len(ranges) - most
    if left > 0:
        return counted(
            left,
            "Rows: {file}, lines {lines} and {number} more place",
            "Rows: {file}, lines {lines} and {number} more places",
            file=file,
            lines=shown,
        )
    single = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
    return said(
        "Row: {file}, line {lines}" if single else "Rows: {file}, lines {lines}", file=file, lines=shown
    )
