"""A pack as one zip file, in and out: the same bytes from the same files, and nothing unpacked that could do harm."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from poa.errors import InputFault
from poa.files.inputs import read
from poa.files.papers import plain_files
from poa.packing import packed
from poa.unpacking import PART_LIMIT, WHOLE_LIMIT, Reason, Unpacked

ENDINGS = {".j2", ".toml", ".docx", ".md", ".txt", ".csv", ".origin", ".png"}
MEMBERS_LIMIT = 500
_WHY: Mapping[Reason, str] = {
    "damaged": "is damaged, or no zip of a pack",
    "protected": "is protected with a password",
    "too_large": f"holds more than a pack may: {MEMBERS_LIMIT} files, 20 MB in one, 50 MB in all",
}


def files_of_pack(folder: Path) -> dict[str, bytes]:
    """The files of a pack's folder that belong into its zip, by relative name; links and hidden ones are left out.

    Raises InputFault where the folder holds no ``pack.toml``.
    """
    if not (folder / "pack.toml").is_file():
        raise InputFault(
            "no_pack",
            f"{folder} holds no pack.toml.",
            file=str(folder),
            hint="Name the folder of a pack; 'poa packs new' makes one.",
        )
    return {
        name: read(path, limit=PART_LIMIT) for name, path in plain_files(folder) if path.suffix in ENDINGS
    }


def zipped_pack(name: str, files: Mapping[str, bytes]) -> bytes:
    """One zip with the files in a folder of the pack's name."""
    return packed({f"{name}/{file}": data for file, data in files.items()})


def unzipped_pack(path: Path) -> tuple[str, dict[str, bytes]]:
    """The name of the pack in a zip file and its files, every one of them counted while it is unpacked.

    Raises InputFault for what is no zip, leads out of its folder, is a link, is a file of a kind that no pack has,
    stands there twice, or is too large.
    """
    shown = path.name
    archive = Unpacked(
        read(path, limit=WHOLE_LIMIT), refuse=lambda why: _refused(shown, _WHY[why]), members=MEMBERS_LIMIT
    )
    for link in archive.links:
        raise _refused(shown, f"holds a link, {link}")
    roots = {name.partition("/")[0] for name in archive.names}
    if len(roots) != 1 or not all("/" in name for name in archive.names):
        raise _refused(shown, "does not hold one folder with a pack in it")
    files = {_inner(name, shown): archive.part(name) for name in archive.names}
    if "pack.toml" not in files:
        raise _refused(shown, "holds no pack.toml")
    return roots.pop(), files


def _inner(title: str, shown: str) -> str:
    """The name of a file in its pack; refused is what would be hidden, a stream of another, or of a strange kind."""
    parts = PurePosixPath(title).parts
    if ":" in title or any(part.startswith(".") for part in parts):
        raise _refused(shown, "holds a file whose name leads out of its folder, or is hidden")
    name = "/".join(parts[1:])
    if PurePosixPath(name).suffix not in ENDINGS:
        raise _refused(shown, f"holds {name}, which is no file of a pack")
    return name


def _refused(shown: str, why: str) -> InputFault:
    return InputFault(
        "bad_pack_zip", f"{shown} {why}.", file=shown, hint="Ask for the zip that 'poa packs zip' makes."
    )
