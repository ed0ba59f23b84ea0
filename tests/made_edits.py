"""Edited sentences for tests of the review: papers of a few lines, what they were laid beside, what changed in them."""

from made_reviews import paper_in

from poa.paper import Line, Paper, numbered, row
from poa.review.aligning import aligned
from poa.review.changes import changes
from poa.review.marks import Names, tokens

KINDS = {"#": "heading", "-": "item", "!": "aside"}


def line_of(text):
    """A line; a bar makes a row of it, a sign before it tells another kind."""
    if " | " in text:
        return row(text.split(" | "))
    sign, _, rest = text.partition(" ")
    return Line(kind=KINDS.get(sign, "paragraph"), text=rest if sign in KINDS else text, paragraph=0)


def paper(*texts):
    return Paper(name="plan.md", lines=numbered(map(line_of, texts)))


def flags(pair):
    return " ".join(one for one in ("same", "piece", "cell", "loose") if getattr(pair, one))


def laid(now, before):
    """Every sentence with what it was and what is said of the two."""
    return [
        (one.now.text, one.before and one.before.text, flags(one))
        for one in aligned(paper(*now), paper(*before))
    ]


def places(now, before):
    """Where every sentence stands and stood: line and sign."""
    return [
        ((one.now.line, one.now.start), one.before and (one.before.line, one.before.start))
        for one in aligned(paper(*now), paper(*before))
    ]


NAMES = Names(frozenset({"Alder Supply", "Cedar Supply", "Dogwood Supply", "MUG-11", "MUG-12"}))
GROUPS = {"s1": "1", "alder supply": "1", "s2": "2", "cedar supply": "2"}
COMMON = {"the", "our", "from", "friday", "somebody"}


def found(before, now, *, piece=False, strict=False):
    was, one = (tokens(text, language="en", names=NAMES) for text in (before, now))
    return changes(
        was,
        one,
        piece=piece,
        strict=strict,
        common=lambda word: word.casefold() in COMMON,
        groups=GROUPS,
    )


def told(before, now, **how):
    """Each change: its kind, what was, and the words that stand there now."""
    return [
        f"{one.kind} {one.before.text if one.before else ''} > {now[one.start : one.end]}".replace("  ", " ")
        for one in found(before, now, **how)
    ]


def not_kept(before, now, **how):
    return [one for one in told(before, now, **how) if not one.startswith("kept")]


PLAN = """# Plan of action

We answer your notice.

## Root cause

The red van was full on Monday. Nobody booked another one.

## Corrective actions

1. We counted each crate. Evidence: Annex 2.

## Preventive measures

1. Count the crates each morning. Responsible: Dock clerk.

## Open orders

We ship what is open by rail.

| Supplier | Late |
| :--- | ---: |
| Alder Supply | 33 |

## Annexes

- Annex 2: Photo of the floor
"""


def edited(*pairs, text=PLAN):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return paper_in(text)
