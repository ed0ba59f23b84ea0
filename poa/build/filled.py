"""Fill a paper: with the built-in pack right here, with anybody else's in a process that can be ended."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

from poa.document import Document, Heading, words
from poa.errors import PackFault
from poa.facts import Plain
from poa.files.confined import Confined, Stopped
from poa.markdown import parse
from poa.packs import Pack, faults, fill, given
from poa.packs.apart import (
    ANSWER,
    FAULTS,
    FILL,
    PROBLEMS,
    answered,
    fault_of,
    files_line,
    pack_line,
    request,
)
from poa.packs.manifest import FILE
from poa.packs.pack import BUILT_IN

if TYPE_CHECKING:
    from poa.packs.checking import Problem

_HINTS = {
    "too_much_time": "Loop over fewer things, and nest fewer loops.",
    "too_much_memory": "Loop over fewer things, or print less of each.",
    "too_much_output": "Loop over fewer things, or print less of each.",
    "no_child": "Check that this Python may start programs and that memory is free; run again.",
}
_HINT = "Run again; if it stays so, take out half of the template, then half of that, to find the place."


def filled(pack: Pack, document: str, context: Mapping[str, Plain], *, language: str) -> str:
    """The Markdown of a document, as :func:`poa.packs.fill` makes it, with the same faults.

    A pack that is not built in never runs in this process; where it takes too much or brings its
    own down, that is a PackFault with the template's name.
    """
    ready = given(context, language=language)
    if pack.name == BUILT_IN:
        return fill(pack, document, ready, language=language)
    file = pack.document(document, language=language)
    asked = {"document": document, "context": ready, "language": language}
    text = apart(pack, FILL, asked, file=file)
    if not isinstance(text, str):
        raise _rubbish(file)
    return text


def paper_tree(
    name: str,
    markdown: str,
    *,
    language: str,
    dated: str,
    draft: bool = False,
    author: str = "",
    subject: str = "",
) -> Document:
    """The paper of a filled template, called after its first heading; raises PackFault where it makes none."""
    blocks = parse(markdown, name=f"{name}.md")
    if not blocks:
        raise PackFault("empty_paper", f"The template of {name} makes an empty paper.", file=f"{name}.md.j2")
    title = next((words(block.content) for block in blocks if isinstance(block, Heading)), name)
    return Document(
        blocks=blocks,
        title=title,
        language=language,
        draft=draft,
        author=author,
        dated=dated,
        subject=subject,
    )


def faults_apart(pack: Pack) -> tuple[PackFault, ...]:
    """What can be said against a pack before a paper is filled, found without running it here."""
    if pack.name == BUILT_IN:
        return faults(pack)
    try:
        return tuple(fault_of(one) for one in apart(pack, FAULTS))
    except (TypeError, ValueError):
        raise _rubbish(f"{pack.name}/{FILE}") from None


def problems_apart(
    name: str, sources: Mapping[str, str], *, default: Mapping[str, str]
) -> tuple[bool, tuple[Problem, ...]]:
    """Every problem of the files of a folder, which nothing of theirs is read for here; and whether they open as a pack."""
    from poa.packs.checking.problems import Problem  # noqa: PLC0415 - to make papers takes none of it

    with Confined(ANSWER) as child:
        data = child.ask(request(files_line(name, sources, default), PROBLEMS, {}))
    if isinstance(data, Stopped):
        hint = _HINTS.get(data.code, _HINT)
        fault = Problem(
            code=data.code,
            severity="error",
            message=f"The pack {data.message}.",
            remedy=hint,
            file=f"{name}/{FILE}",
        )
        return False, (fault,)
    try:
        found = answered(data)
        return found["opens"] is True, tuple(Problem(**one) for one in found["problems"])
    except (KeyError, TypeError, ValueError):
        raise _rubbish(f"{name}/{FILE}") from None


def apart(
    pack: Pack, function: str, asked: Mapping[str, Any] | None = None, *, file: str | None = None
) -> Any:
    """What ``module:function`` of ``poa.packs`` makes of a pack and of plain data, in the pack's own process.

    The function takes the pack, and what is ``asked`` by keyword; what it gives back comes as JSON
    has it: a dataclass as a dict, a tuple as a list. ``file`` is what a fault names where the process says nothing better,
    such as after taking too much: by default the pack. Raises the function's PackFault.
    """
    place = file or f"{pack.name}/{FILE}"
    with _lock:
        child, line = _child_of(pack)
        data = child.ask(request(line, function, asked or {}))
    if isinstance(data, Stopped):
        what = f"The template {data.message}." if file else f"The pack {data.message}."
        raise PackFault(data.code, what, file=place, hint=_HINTS.get(data.code, _HINT))
    try:
        return answered(data)
    except ValueError:
        raise _rubbish(place) from None


def _rubbish(file: str) -> PackFault:
    return PackFault("child_rubbish", "The template gave an answer that is none.", file=file, hint=_HINT)


# One child stays for the papers of a run, and for one pack: what a pack might do to it hits no other.
_lock = Lock()
_held: list[tuple[Pack, bytes, Confined]] = []


def _child_of(pack: Pack) -> tuple[Confined, bytes]:
    for held, line, child in _held:
        if held is pack or held == pack:
            return child, line
    end_child()
    _held.append((pack, pack_line(pack), Confined(ANSWER)))
    return _held[0][2], _held[0][1]


@atexit.register
def end_child() -> None:
    """End the child that stayed, if one did."""
    while _held:
        _held.pop()[2].close()
