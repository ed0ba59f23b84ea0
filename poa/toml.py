"""A small TOML file, read without being hurt by it, and without losing where a fault stands."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from poa.errors import PoaError

SIZE_LIMIT = 64 << 10  # bytes
LINE_LIMIT = 2 << 10  # bytes: 20,000 parts of one dotted key cost tomllib 1.6 GB


def read_toml(data: bytes, *, name: str, fault: type[PoaError]) -> dict[str, Any]:
    """The file's values; raises ``fault`` with the line for anything that is not small, valid TOML."""
    if len(data) > SIZE_LIMIT:
        raise fault(
            "too_large", f"{name} has {len(data):,} bytes; at most {SIZE_LIMIT:,} are read.", file=name
        )
    for number, line in enumerate(data.splitlines(), start=1):
        if len(line) > LINE_LIMIT:
            raise fault("too_large", f"{name} has a line of {len(line):,} bytes.", file=name, line=number)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line_of_fault = data.count(b"\n", 0, error.start) + 1
        raise fault(
            "not_utf8", f"{name} is not UTF-8 text.", file=name, line=line_of_fault, hint="Save it as UTF-8."
        ) from None
    except RecursionError:
        raise fault("bad_toml", f"{name} nests too deeply.", file=name) from None
    except ValueError as error:
        found = re.fullmatch(
            r"(.*?)\s*\(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL
        )
        what = found[1] if found else str(error)
        raise fault(
            "bad_toml",
            f"{name} is not valid TOML: {what[:1].lower()}{what[1:]}.",
            file=name,
            line=int(found[2]) if found and found[2] else None,
            column=int(found[3]) if found and found[3] else None,
            hint="Texts stand in double quotes, days as 2026-11-02, and each [[list]] entry under its own heading.",
        ) from None


def line_of(data: bytes, key: str) -> int | None:
    """The first line that sets ``key``, for a fault found after reading; None if there is none."""
    pattern = re.compile(rb"^\s*\[*\s*" + re.escape(key.encode()) + rb"\s*[\]=.]")
    lines = enumerate(data.splitlines(), start=1)
    return next((number for number, line in lines if pattern.match(line)), None)


def text_value(text: str) -> str:
    """A text as TOML writes it, in quotes; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
