"""The course of an incident over the weeks: which incident of the page before it is, and which page told it first."""

from __future__ import annotations

from collections.abc import Collection

from poa.facts.history import ToldIncident, WeekRecord


def told_before(
    dimension: str,
    name: str,
    first: str,
    last: str,
    *,
    before: WeekRecord | None,
    others: Collection[tuple[str, str]] = (),
) -> tuple[ToldIncident, ...]:
    """What the page before told of an incident; nothing where it is new.

    Two tellings are of one incident where their days (ISO texts) meet and the same group began it. Which group
    that is may change as more rows tell it, from a SKU to the supplier that makes it; so a telling is also of
    this incident where its group began none of ``others``, the groups (dimension, name) of the incidents of this page.
    """
    return tuple(
        one
        for one in (before.incidents if before else ())
        if one.first <= last
        and first <= one.last
        and ((one.dimension, one.name) == (dimension, name) or (one.dimension, one.name) not in others)
    )
