"""A paper as plain text for Amazon's web form: one block a question, with nothing that a form could mangle."""

from __future__ import annotations

from collections.abc import Mapping

from poa.document import Document
from poa.writers._plain import blocks

__all__ = ["SUFFIX", "blocks", "write"]

SUFFIX = ".txt"


def write(document: Document, *, images: Mapping[str, bytes]) -> bytes:  # noqa: ARG001 - a form takes no picture
    """The blocks in UTF-8, an empty line between; pictures are left out, questions stay as ``[question]``."""
    return ("\n\n".join(one.text for one in blocks(document)) + "\n").encode()
