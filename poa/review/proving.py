"""Every figure, day and name of a paper held against the facts (rule R06)."""

from __future__ import annotations

from collections.abc import Mapping

from poa.review.draft import Draft
from poa.review.finding import Finding
from poa.review.ground import Base


def proven(draft: Draft, base: Base | None) -> tuple[list[Finding], Mapping[str, int]]:
    """What cannot be proven in a paper, and how many figures have each verdict."""
    return [], {}  # TODO(lead): being written
