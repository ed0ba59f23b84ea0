"""A finished paper read back from its bytes, whoever wrote or edited them: Word, Markdown or plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from poa.paper import Paper
from poa.readers._recognised import form_of, refused, text_of

__all__ = ["Note", "annotated", "read_paper"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is to be said beside some words of a paper.

    ``line`` is their line's position in ``read_paper(...).lines``, None or -1 for the paper as a whole;
    ``start`` is their first sign in that line, ``text`` the words; ``comment`` may have several lines.
    ``paragraph`` takes the place of ``line`` for who counts Word's own paragraphs: all of the main part, from 1.
    """

    line: int | None
    start: int
    text: str
    comment: str
    paragraph: int | None = None


def read_paper(data: bytes, *, name: str) -> Paper:
    """The paper that a file holds, told by its content; ``name`` tells Markdown from plain text.

    Nothing in a file is run, and nothing outside it is fetched. Raises InputFault for a file that is no paper.
    """
    form = form_of(data, name=name)
    if form == "docx":
        from poa.readers.docx import read as read_word  # noqa: PLC0415 - start-up: only Word needs an XML parser

        return read_word(data, name=name)
    text = text_of(data, name=name)
    if form == "md":
        from poa.readers.md import read as read_markdown  # noqa: PLC0415 - start-up: likewise

        return read_markdown(text, name=name)
    from poa.readers.txt import read as read_text  # noqa: PLC0415 - start-up: likewise

    return read_text(text, name=name)


def annotated(data: bytes, notes: Sequence[Note], *, name: str) -> bytes:
    """A copy of a Word file with each note as a comment at its place; the same input gives the same bytes.

    Raises InputFault for a file that is no Word file, one that cannot be read, and one that carries macros.
    """
    if form_of(data, name=name) != "docx":
        raise refused("no_comments", name)
    from poa.readers._comments import with_comments  # noqa: PLC0415 - start-up: likewise

    return with_comments(data, notes, name=name)
