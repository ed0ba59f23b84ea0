"""Opening a pack that has faults: each is noted, the line that has it is left out, and the rest is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from poa.errors import PackFault
from poa.facts import VERSION
from poa.packs.checking.problems import Pad
from poa.packs.manifest import FILE
from poa.packs.pack import Pack, open_pack

_MOST = 200  # faults that are mended one after the other
_NEEDED = {"id": '"{name}"', "version": '"1"', "facts": str(VERSION)}
_TABLES = {"bad_option", "bad_paper"}


def opened(
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
