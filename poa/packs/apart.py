"""The far side of a stranger's pack: a request as JSON comes in, what a function of this room makes of the pack goes out.

It runs in a process of its own (``poa/files/confined.py``), which is ended where it takes too much.
What is asked for are two lines: the pack's own and the built-in's sources, then the function with
what else it is given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

from poa.errors import PackFault, PoaError
from poa.facts import Plain
from poa.markdown import parse
from poa.packs.filling import faults, fill
from poa.packs.pack import Pack, open_pack

ANSWER = f"{__name__}:answer"
FILL = f"{__name__}:paper"
FAULTS = f"{faults.__module__}:{faults.__name__}"
PROBLEMS = f"{__name__}:all_problems"  # of files that need not open as a pack

_ROOM = "poa.packs."
_LINES = 20_000  # of Markdown: some 500 pages, which Word and the letter rules are to get through


def pack_line(pack: Pack) -> bytes:
    """The pack as the first line of each request about it."""
    return files_line(pack.name, pack.sources, pack.default)


def files_line(name: str, sources: Mapping[str, str], default: Mapping[str, str]) -> bytes:
    """The files of a pack as such a line, whether they open or not."""
    return as_line([name, dict(sources), dict(default)])


def request(pack: bytes, function: str, given: Mapping[str, Any]) -> bytes:
    """What to send: the line of a pack, then ``module:function`` of this room and its keywords as plain data."""
    return pack + b"\n" + as_line([function, dict(given)])


def answer(asked: bytes) -> bytes:
    """The value that the function gives, or the PackFault that it raises; TypeError where either is no plain data."""
    opened, _, called = asked.partition(b"\n")
    function, given = json.loads(called)
    module, _, name = function.partition(":")
    if not module.startswith(_ROOM):
        raise ValueError(function)
    try:
        whole = _files(opened) if function == PROBLEMS else (_opened(opened),)
        return as_line({"value": getattr(import_module(module), name)(*whole, **given)})
    except PackFault as fault:
        return as_line({"fault": fault.as_data()})


def answered(data: bytes) -> Any:
    """What :func:`answer` answered, raising the PackFault; ValueError where a child answers anything else."""
    try:
        said = json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError:
        raise ValueError("too deep") from None
    match said:
        case {"value": value}:
            return value
        case {"fault": dict(fault)}:
            raise fault_of(fault)
        case _:
            raise ValueError("neither a value nor a fault")


def fault_of(data: dict[str, Any]) -> PackFault:
    """A fault from its :meth:`PoaError.as_data`; ValueError where it is none."""
    match data:
        case {
            "code": str(code),
            "message": str(message),
            "file": str() | None as file,
            "line": int() | None as line,
            "column": str() | int() | None as column,
            "hint": str() | None as hint,
        }:
            return PackFault(code, message, file=file, line=line, column=column, hint=hint)
        case _:
            raise ValueError("no fault")


def paper(pack: Pack, *, document: str, context: dict[str, Plain], language: str) -> str:
    """The Markdown of a document, which was read as a tree once: what takes for ever to read ends here.

    Raises PackFault as :func:`poa.packs.fill`, and for a paper that is too long to go on with.
    """
    text = fill(pack, document, context, language=language)
    lines = text.count("\n")
    if lines > _LINES:
        raise PackFault(
            "too_long",
            f"The paper has {lines:,} lines; at most {_LINES:,} are printed.",
            file=pack.document(document, language=language),
            hint="Loop over fewer things; what is long belongs into a list of its own, such as a CSV.",
        )
    with suppress(PoaError):  # whoever asked reads it again, and is told
        parse(text, name=document)
    return text


def all_problems(name: str, sources: dict[str, str], default: dict[str, str]) -> dict[str, object]:
    """Whether the files open as a pack, and every problem of theirs; see :func:`poa.packs.checking.problems_of_files`."""
    from poa.packs.checking import problems_of_files  # noqa: PLC0415 - the papers of a run need none of it

    pack, problems = problems_of_files(name, sources, default=default)
    return {"opens": pack is not None, "problems": [*problems]}


def as_line(value: object) -> bytes:
    """Plain data on one line; whole and broken characters survive, and so does each float."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.encode("utf-8", "surrogatepass")


def _plain(value: object) -> object:
    match value:
        case PoaError():
            return value.as_data()
        case date():
            return value.isoformat()
        case set() | frozenset():
            return sorted(value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        case _:
            raise TypeError(f"{type(value).__name__} is not plain data")


def _files(line: bytes) -> tuple[str, dict[str, str], dict[str, str]]:
    name, sources, default = json.loads(line.decode("utf-8", "surrogatepass"))
    return name, sources, default


@lru_cache(maxsize=1)
def _opened(line: bytes) -> Pack:
    name, sources, default = _files(line)
    return open_pack(name, sources, default=default)
