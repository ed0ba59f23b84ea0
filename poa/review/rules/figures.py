"""What every paper must be: true to the rows, to the last digit."""

from __future__ import annotations

from collections.abc import Iterator

from poa.review.draft import Draft, Found
from poa.review.rule import ALL, rule
from poa.words import said


@rule(
    "R06",
    "error",
    papers=ALL,
    title=said("Every figure, day and name is that of the rows or of the case"),
    why=said("Amazon closes accounts over false statements, and a contradiction ends an appeal."),
    source="Several practitioners",
)
def figures_are_proven(draft: Draft) -> Iterator[Found]:
    """What the facts do not say, or say otherwise."""
    yield from draft.proof.found
