"""Built-in files that were copied into a pack: from which version, and what changed upstream since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff

FOLDER = "origins"
_ENDING = ".origin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An ejected file of which the built-in one is not what it was: the difference as lines of a unified diff.

    ``gone`` is true where there is no built-in file of that name any more.
    """

    file: str
    gone: bool
    lines: tuple[str, ...]


def origin_name(file: str) -> str:
    """Where the text is kept that a file had when it was ejected."""
    return f"{FOLDER}/{file}{_ENDING}"


def ejected(origins: Mapping[str, str]) -> dict[str, str]:
    """The texts that ejected files had, by file, from the files of the folder ``origins``."""
    return {
        name.removeprefix(f"{FOLDER}/").removesuffix(_ENDING): text
        for name, text in origins.items()
        if name.startswith(f"{FOLDER}/") and name.endswith(_ENDING)
    }


def changes(kept: Mapping[str, str], built_in: Mapping[str, str]) -> Iterator[Change]:
    """What changed upstream since, file by file; nothing for a file that is the same."""
    for file, before in sorted(kept.items()):
        now = built_in.get(file)
        if now is None:
            yield Change(file=file, gone=True, lines=())
        elif now.replace("\r\n", "\n") != before.replace("\r\n", "\n"):
            lines = unified_diff(
                before.splitlines(), now.splitlines(), f"{file} when ejected", f"{file} now", lineterm=""
            )
            yield Change(file=file, gone=False, lines=tuple(lines))
