"""All that can be said against a pack before any paper is filled, in one go, each with its place and a remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping

from poa.errors import PackFault
from poa.facts import VERSION
from poa.packs.checking.documents import walk_documents, walk_unused
from poa.packs.checking.options import check_options
from poa.packs.checking.problems import Pad, Place, Problem
from poa.packs.checking.statements import run
from poa.packs.checking.walk import Walk, walk_of
from poa.packs.checking.wording import check_phrases
from poa.packs.manifest import FILE
from poa.packs.pack import Pack, open_pack

__all__ = ["Problem", "problems_of", "problems_of_files"]

_MOST = 200  # faults that are mended one after the other
_NEEDED = {"id": '"{name}"', "version": '"1"', "facts": str(VERSION)}
_TABLES = {"bad_option", "bad_paper"}
_LINE = re.compile(
    r"^(?P<before>\s*(?:>\s*)*(?P<mark>#{1,6}|[-*+]|\d{1,9}[.)])\s+)(?P<rest>\{%[-+]?\s*if\b.*endif\s*[-+]?%\})\s*$"
)
_TAG = re.compile(r"\{%[-+]?\s*(if|elif|else|endif)\b.*?%\}")


def problems_of(pack: Pack) -> tuple[Problem, ...]:
    """Every problem of an opened pack, in the order of files, lines and columns; empty where there is none."""
    pad = Pad(pack.name, pack.sources)
    _walk(pack, pad, left_out="")
    return pad.problems()


def problems_of_files(
    name: str, sources: Mapping[str, str], *, default: Mapping[str, str]
) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The same of the files of a folder, which need not open: a fault of its manifest or phrases is one problem of many.

    Beside the problems the pack, without what had to be left out; None where it cannot be opened at all.
    """
    pad = Pad(name, sources)
    pack, left_out = _opened(name, sources, default=default, pad=pad)
    if pack is not None:
        _walk(pack, pad, left_out=left_out)
    return pack, pad.problems()


def _walk(pack: Pack, pad: Pad, *, left_out: str) -> None:
    walk = walk_of(pack, pad, left_out, run)
    walk_documents(walk)
    walk_unused(walk)
    check_phrases(walk)
    check_options(walk)
    _check_lines(walk)


def _opened(
    name: str, sources: Mapping[str, str], *, default: Mapping[str, str], pad: Pad
) -> tuple[Pack | None, str]:
    """The pack as far as it can be opened, its faults noted on the pad, and the text of what had to be left out.

    None where nothing can be opened at all.
    """
    work, left_out = dict(sources), ""
    for _ in range(_MOST):
        try:
            return open_pack(name, work, default=default), left_out
        except PackFault as fault:
            pad.fault(fault, file=f"{name}/{FILE}")
            gone = _leave_out(work, fault, name)
            if gone is None:
                break
            left_out += f"{gone}\n"
    return None, left_out


def _leave_out(work: dict[str, str], fault: PackFault, name: str) -> str | None:
    """Take out of the files what has a fault, and say what that was; None where that would not help."""
    file = (fault.file or "").removeprefix(f"{name}/")
    if file == FILE and (file not in work or fault.code == "missing_key" or fault.line is None):
        return _complete(work, name, whole=fault.line is None and fault.code != "missing_key")
    if file not in work:
        return None
    if fault.line is None:
        return work.pop(file)
    lines = work[file].split("\n")
    first = min(fault.line, len(lines)) - 1
    last = first + 1
    if file == FILE and fault.code in _TABLES:
        while last < len(lines) and not lines[last].lstrip().startswith("["):
            last += 1
    gone = "\n".join(lines[first:last])
    if not gone.strip():
        return _complete(work, name, whole=True) if file == FILE else work.pop(file)
    key = re.match(r"\s*(\w+)\s*=", gone)
    needed = _NEEDED.get(key[1]) if key and file == FILE else None
    stand_in = f"{key[1]} = {needed.format(name=name)}" if key and needed else ""
    if stand_in == gone:
        return _complete(work, name, whole=True)
    lines[first:last] = [stand_in, *[""] * (last - first - 1)]
    work[file] = "\n".join(lines)
    return gone


def _complete(work: dict[str, str], name: str, *, whole: bool) -> str | None:
    """Give the manifest the keys that it must have; ``whole``: nothing of it is kept."""
    before = work.get(FILE, "")
    text = "" if whole else before
    for key, value in _NEEDED.items():
        if not re.search(rf"^\s*{key}\s*=", text, re.MULTILINE):
            text = f"{key} = {value.format(name=name)}\n{text}"
    if text == before:
        return None
    work[FILE] = text
    return before if whole else ""


def _check_lines(walk: Walk) -> None:
    """A line of the pack's own templates that is nothing but its marker where its condition does not hold."""
    for file, text in walk.pack.sources.items():
        if not file.endswith(".j2"):
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            found = _LINE.match(line.rstrip("\r"))
            if found and _may_be_empty(found["rest"]):
                what = "heading" if found["mark"].startswith("#") else "list item"
                walk.pad.note(
                    "may_be_empty",
                    f"Where the condition does not hold, this {what} has no words; the paper then cannot be written.",
                    "Put the condition around the whole line, on lines of its own.",
                    at=(
                        f"{walk.pack.name}/{file}",
                        Place(number, len(found["before"]) + 1, len(found["rest"])),
                    ),
                )


def _may_be_empty(rest: str) -> bool:
    """Whether nothing stands outside of conditions, and one of those has no other case."""
    depth, outside, has_else, end = 0, "", [], 0
    for tag in _TAG.finditer(rest):
        if not depth:
            outside += rest[end : tag.start()]
        match tag[1]:
            case "if":
                depth += 1
                if depth == 1:
                    has_else.append(False)
            case "else" if depth == 1:
                has_else[-1] = True
            case "endif":
                depth -= 1
        end = tag.end()
    return not outside.strip() and not rest[end:].strip() and not any(has_else)
