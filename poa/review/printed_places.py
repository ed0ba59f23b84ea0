"""What was printed at a place of a sentence: a fact, a share of one, or nothing but words that somebody typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from poa.paper import CELL_GAP
from poa.review.changes import Change
from poa.review.claims import Claim
from poa.review.ground import Printed
from poa.review.marks import Token
from poa.review.sentences import sentences
from poa.review.support import rounds_to

_NUMBERED = {"item", "figure"}


def covering(cited: Sequence[Printed], at: int) -> Printed | None:
    """What was printed at a place; the figures inside a statement are the statement's."""
    return next((one for one in cited if one.start <= at < one.start + len(one.text)), None)


def unproven(
    text: str, found: Sequence[Token], pack_words: Collection[str], cited: Sequence[Printed], *, begins: int
) -> list[int]:
    """Where figures stand in the own sentences of a pack that print no fact; ``begins`` is where the text began in its line."""
    own = [range(start, start + len(said)) for start, said in sentences(text) if said in pack_words]
    return [
        one.start
        for one in found
        if one.claim
        and not _numbers_something(one.claim)
        and not (one.start == 0 and text.startswith(f"{one.text}{CELL_GAP}"))  # the number of a row
        and any(one.start in span for span in own)
        and covering(cited, begins + one.start) is None
    ]


def _numbers_something(claim: Claim) -> bool:
    """Whether a figure of a frame is none of the rows: the number of a step or a picture, a name such as D4 or ISO 9001."""
    return claim.kind == "code" or claim.unit in _NUMBERED


def is_share(change: Change, wholes: Mapping[int, Claim]) -> bool:
    """Whether "1 of 100" now stands as the percentage that it is."""
    part, now = (one.claim if one else None for one in (change.before, change.now))
    whole = wholes.get(part.start) if part else None
    if part is None or whole is None or now is None or not whole.value:
        return False
    return rounds_to(Decimal(str(part.value)) / Decimal(str(whole.value)), now)
