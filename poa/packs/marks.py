"""The marks of a letterhead, which no template knows, and what a template writes in their place."""

from __future__ import annotations

from collections.abc import Collection

# The other way round it stands in poa/writers/_shell_marks.py, which knows nothing of packs.
IN_A_TEMPLATE = {
    "seller": "case.seller.name | answer",
    "store": "facts.marketplace_name",
    "letter_date": "case.letter_date | answer",
    "as_of": "facts.as_of | day",
}


def meant_by(mark: str, known: Collection[str]) -> str | None:
    """What a template writes for a mark of ``shell.docx``; None for any other name, or in a paper that lacks it."""
    written = IN_A_TEMPLATE.get(mark)
    return written if written and written.partition(".")[0] in known else None
