"""A paper's Word file before anybody opens it: whole as a package, and with every word of the paper in it."""

from __future__ import annotations

from collections.abc import Iterator

from poa.document import Document
from poa.errors import PoaError
from poa.paper import Paper, paper_of
from poa.readers import read_paper
from poa.writers.whole import package_faults

_NAME = "paper.docx"  # as the reader tells forms apart


def word_faults(data: bytes, paper: Document | None) -> Iterator[str]:
    """What is wrong with a Word file, in English; ``paper`` is what it was printed from, None where a pack filled it."""
    found = package_faults(data)
    yield from found
    if found:
        return  # what cannot be opened cannot be read
    try:
        read = read_paper(data, name=_NAME)
    except PoaError as fault:
        yield fault.message
        return
    missing = None if paper is None else _first_missing(paper_of(paper, name=_NAME), read)
    if missing is not None:
        yield f'It lacks words of the paper: "{missing}"'


def _first_missing(printed: Paper, read: Paper) -> str | None:
    """The first line of the paper that its file does not hold in its turn; what a letterhead adds stands between."""
    there = (" ".join(line.text.split()) for line in read.lines)
    for line in printed.lines:
        words = " ".join(line.text.split())
        if line.kind != "aside" and words and not any(words == one for one in there):
            return words
    return None
