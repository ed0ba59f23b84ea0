"""A paper in Markdown, also after somebody edited it: what no paper can hold is read as the words that it is."""

from __future__ import annotations

import re

from poa.document import Document
from poa.errors import InputFault, PackFault
from poa.markdown import escape, parse
from poa.paper import Paper, numbered, paper_of
from poa.readers._recognised import refused
from poa.words import said

# Each of these signs and lines costs the parser time, whatever it says; 500 pages of ours cost 105,000.
_SIGN = re.compile(r"[\[\]!*_`<&\\~|]")
_LINE_COST = 3
_WORK_LIMIT = 120_000
_MARKS = str.maketrans(dict.fromkeys("\ue000\ue001\ue002\ue003", "\ufffd"))  # of cited facts, inside poa only


def read(text: str, *, name: str) -> Paper:
    """The paper.

    Raises InputFault by line where a line cannot be read even as plain words, such as a broken row of a table.
    """
    source = text.translate(_MARKS).replace("\r\n", "\n").replace("\r", "\n")
    work = len(_SIGN.findall(source)) + _LINE_COST * source.count("\n")
    if work > _WORK_LIMIT:
        raise refused("too_large", name)
    found = paper_of(_document(source.split("\n"), name=name, tries=_WORK_LIMIT // max(work, 1)), name=name)
    kept = numbered(one for one in found.lines if one.kind == "row" or one.text.strip())
    return Paper(name=name, lines=kept)


def _document(lines: list[str], *, name: str, tries: int) -> Document:
    """The document that the lines say; one that no paper can hold is made words, each try from the start."""
    mended: set[int] = set()
    while True:
        try:
            return Document(blocks=parse("\n".join(lines), name=name), title="")
        except PackFault as fault:
            at = (fault.line or 0) - 1
            # What is refused twice is more than one line.
            if not 0 <= at < len(lines) or at in mended or len(mended) >= tries:
                raise _refused(fault, name) from None
            mended.add(at)
            lines[at] = escape(lines[at])


def _refused(fault: PackFault, name: str) -> InputFault:
    return InputFault(
        "bad_markdown",
        said("{name} has a line that cannot be read as Markdown.", name=name),
        file=name,
        line=fault.line,
        hint=fault.hint or said("Save the paper as Word or as text, and give that."),
    )
