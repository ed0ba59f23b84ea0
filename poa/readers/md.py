"""A paper in Markdown, also after somebody edited it: what no paper can hold is read as the words that it is."""

from __future__ import annotations

import re
from dataclasses import replace

from poa.document import Document
from poa.errors import InputFault, PackFault
from poa.markdown import escape, parse
from poa.paper import Paper, numbered, paper_of
from poa.readers._recognised import too_large
from poa.words import said

# Each of these signs and lines costs the parser time, whatever it says; 500 pages of ours have half of it.
_SIGN = re.compile(r"[\[\]!*_`<&\\~|]")
_LINE_COST = 3
_WORK_LIMIT = 150_000
_MARKS = str.maketrans(dict.fromkeys("\ue000\ue001\ue002\ue003", "\ufffd"))  # of cited facts, inside poa only


def read(text: str, *, name: str) -> Paper:
    """The paper.

    Raises InputFault by line where a line cannot be read even as plain words, such as a broken row of a table.
    """
    source = text.translate(_MARKS)
    work = len(_SIGN.findall(source)) + _LINE_COST * source.count("\n")
    if work > _WORK_LIMIT:
        raise too_large(name)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    mended: set[int] = set()
    while True:
        try:
            blocks = parse("\n".join(lines), name=name)
        except PackFault as fault:
            at = fault.line - 1 if fault.line else -1
            # What is refused twice is more than one line; and each try costs as much as the first.
            if not 0 <= at < len(lines) or at in mended or (len(mended) + 2) * work > _WORK_LIMIT:
                raise _refused(fault, name) from None
            mended.add(at)
            lines[at] = escape(lines[at])
            continue
        found = paper_of(Document(blocks=blocks, title=""), name=name).lines
        kept = (one for one in found if one.kind == "row" or one.text.strip())
        return replace(Paper(name=name, lines=numbered(kept)), language=None)


def _refused(fault: PackFault, name: str) -> InputFault:
    return InputFault(
        "bad_markdown",
        said("{name} holds Markdown that is not read: {what}.", name=name, what=fault.message),
        file=name,
        line=fault.line,
        hint=fault.hint or said("Save the paper as Word or as text, and give that."),
    )
