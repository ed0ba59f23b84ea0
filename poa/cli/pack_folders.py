"""Packs by their folders, or by the names of those that come with poa: opened, their letterhead and Word files read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from poa.errors import UsageFault, did_you_mean
from poa.files import bundled, bundled_packs, read, read_folder

if TYPE_CHECKING:
    from poa.packs import Pack

_SHELL_LIMIT = 20 << 20  # bytes


@cache
def built_in() -> Pack:
    """The built-in pack of this process, opened and compiled once."""
    from poa.packs import open_pack

    default = read_folder(bundled("templates") / "default")
    return open_pack("default", default, default=default)


def open_packs(folder: Path | None, *, bare: bool = False) -> Pack:
    """The pack in a folder, or one that ships with poa by its name, laid over the built-in one.

    Without either, the built-in one; ``bare`` leaves the shell out. Raises UsageFault for a name that is neither
    a folder nor such a pack.
    """
    from poa.packs import open_pack
    from poa.packs.manifest import FILE

    if folder is None:
        return built_in()
    default = read_folder(bundled("templates") / "default")
    if folder.name == str(folder) and not folder.is_dir():  # a bare name; a folder of one's own comes first
        shipped = bundled_packs()
        if folder.name not in shipped:
            raise UsageFault(
                "unknown_pack",
                f"There is no folder and no pack of poa's own called '{folder}'{did_you_mean(folder.name, shipped)}",
                hint=f"The packs that come with poa are: {', '.join(shipped)}.",
            )
        folder = shipped[folder.name]
    shell = None if bare else shell_of(folder)
    sources = read_folder(folder)
    words = words_of(folder, sources.get(FILE, ""))
    return open_pack(folder.resolve().name, sources, default=default, shell=shell, words=words)


def shell_of(folder: Path) -> bytes | None:
    """The look of a pack, where its folder holds one; a link is none."""
    from poa.packs.pack import SHELL

    path = folder / SHELL
    return read(path, limit=_SHELL_LIMIT) if path.is_file() and not path.is_symlink() else None


def words_of(folder: Path, manifest: str) -> dict[str, bytes]:
    """The Word files in a pack's folder but its look, by name: those that may make papers; a link is none.

    One that ``pack.toml`` does not name, for all languages or one, is not read, and empty here.
    """
    from poa.packs.pack import SHELL, WORD

    names = [
        path.name
        for path in sorted(folder.glob(f"*{WORD}"))
        if path.name != SHELL
        and not path.name.startswith((".", "~"))
        and path.is_file()
        and not path.is_symlink()
    ]
    stems = {name: name.removesuffix(WORD).rpartition(".")[0] or name for name in names}
    named = {name for name in names if name in manifest or f"{stems[name]}{WORD}" in manifest}
    return {name: read(folder / name, limit=_SHELL_LIMIT) if name in named else b"" for name in names}
