"""Order ids in a paper: as Amazon writes them, and among the late orders of the files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from poa.review.draft import Draft, Found
from poa.review.rule import ALL, rule
from poa.words import said

_ID = re.compile(r"\d{3}-\d{7}-\d{7}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−－", "-"))  # noqa: RUF001 - the dashes that Word makes of a hyphen
# Three groups of nearly as many digits, parted by hyphens or blanks; letters that look like digits among them.
_NEARLY = re.compile(
    r"(?<![\w-])(?:\d{1,5}-\d{5,9}-\d{5,9}|\d{3} \d{7} \d{7}|[\dOolIB]{3}-[\dOolIB]{7}-[\dOolIB]{7})(?![\w-])"
)
_RUN = re.compile(r"(?<![\w-])(?:\d{17}|\d{3}-\d{7})(?![\w-])")
_REMEDY = said("Copy the id from the list of late orders.")


@rule(
    "R33",
    "error",
    papers=ALL,
    title=said("Every order id is whole and one of the late orders"),
    why=said(
        "Amazon looks an id up; one that it does not find, or that was not late, costs the trust in the rest."
    ),
    source="our own",
)
def order_ids_known(draft: Draft) -> Iterator[Found]:
    """The form of each id, where all ids of the files have Amazon's, and whether it is among the late orders."""
    late = draft.ground.late_orders
    known = late | draft.ground.printed_late if late else late
    joined = _joined(known)
    if not joined:
        return
    for sentence in draft.sentences:
        text = unicodedata.normalize("NFKC", sentence.text).translate(_DASHES)
        if len(text) != len(sentence.text):
            text = sentence.text
        for found in _NEARLY.finditer(text):
            at = sentence.words(*found.span())
            if not _ID.fullmatch(found[0]):
                yield Found(
                    at=at,
                    message=said("This is no order id: it has three, seven and seven digits."),
                    remedy=_REMEDY,
                )
            elif found[0] not in known:
                yield Found(
                    at=at,
                    message=said("This order is not among the late orders of the files."),
                    remedy=_REMEDY,
                )
        for found in _RUN.finditer(text):
            if found[0] in joined or any(one.startswith(f"{found[0]}-") for one in known):
                yield Found(
                    at=sentence.words(*found.span()),
                    message=said("This order id is cut off or lacks its hyphens."),
                    remedy=_REMEDY,
                )


@lru_cache(maxsize=8)
def _joined(known: frozenset[str]) -> frozenset[str]:
    """Ids without their hyphens; none where one has not Amazon's form."""
    if not all(map(_ID.fullmatch, known)):
        return frozenset()
    return frozenset(one.replace("-", "") for one in known)
