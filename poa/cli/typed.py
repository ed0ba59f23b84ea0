"""Names as a printed command holds them, so that it can be typed as it stands."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

_SAFE = re.compile(r"[\w@%+=:,./\\-]+" if os.name == "nt" else r"[\w@%+=:,./-]+")


def typed(name: str | Path) -> str:
    """A name in a command: as it is, or in quotes where the shell would take it apart."""
    text = str(name)
    if _SAFE.fullmatch(text):
        return text
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)
