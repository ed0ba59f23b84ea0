"""Which of our papers a file is: the one whose lines it shares, else what its headings say."""

from __future__ import annotations

from dataclasses import replace

from poa.paper import Paper
from poa.review.ground import Base, Ground
from poa.review.sentences import plain

KINDS = {
    "plan-of-action": "plan",
    "root-cause-analysis": "analysis",
    "annex/supplier-statement": "statement",
    "suppliers/corrective-action-request": "request",
    "cover": "cover",
    "weekly-summary": "weekly",
    "weekly-charts": "weekly",
    "since-notice": "annex",
    "supplier-week": "request",
    "open-orders": "request",
    "8d-report": "analysis",
}


def kind_of(paper: Paper, ground: Ground) -> tuple[str, Base | None]:
    """The kind of a paper and the printed paper that it was made from; a plan where nothing tells."""
    own = _lines(paper)
    best, name = max(
        ((len(own & _lines(base.paper)), name) for name, base in ground.bases.items()), default=(0, "")
    )
    named = next((kind for start, kind in KINDS.items() if start.rsplit("/", 1)[-1] in paper.name), None)
    same = [base for other, base in ground.bases.items() if named is not None and _kind(other) == named]
    # The name tells, unless most of the lines are those of another paper.
    if named is not None and best * 2 < len(own):
        return named, same[0] if len(same) == 1 else None
    if best * 5 >= len(own) and best:
        return _kind(name), ground.bases[name]
    return named or "plan", ground.bases.get("plan-of-action") if named is None else None


def promoted(paper: Paper, base: Base | None) -> Paper:
    """The paper with its headings known again where they lost their style."""
    if base is None:
        return paper
    known = {plain(line.text): line.level for line in base.paper.lines if line.kind == "heading"}
    return replace(
        paper,
        lines=tuple(
            replace(line, kind="heading", level=known[plain(line.text)])
            if line.kind in {"paragraph", "item"} and plain(line.text) in known
            else line
            for line in paper.lines
        ),
    )


def without_letterhead(paper: Paper, ground: Ground) -> Paper:
    """The paper with nothing where its letterhead says what it says on every paper: the address of whoever sends it."""
    if not ground.letterhead:
        return paper
    return replace(
        paper,
        lines=tuple(
            replace(line, kind="aside", text="", cells=()) if line.text in ground.letterhead else line
            for line in paper.lines
        ),
    )


def _kind(name: str) -> str:
    """The kind of a printed paper. What a pack adds goes with the letter and is none: it need not have its parts."""
    return next((kind for start, kind in KINDS.items() if name.startswith(start)), "analysis")


def _lines(paper: Paper) -> set[str]:
    return {plain(line.text) for line in paper.lines if len(line.text) > 3}
