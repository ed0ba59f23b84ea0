"""A pack as one zip file, in and out: the same bytes from the same files, and nothing unpacked that could do harm."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from poa.errors import InputFault
from poa.files.inputs import read
from poa.packing import packed

ENDINGS = {".j2", ".toml", ".docx", ".md", ".txt", ".csv", ".origin", ".png"}
MEMBERS_LIMIT = 500
FILE_LIMIT = 20 << 20  # bytes of one file once unpacked
WHOLE_LIMIT = 50 << 20  # bytes of all files together
_PIECE = 64 << 10
_LINK = 0o120000  # the kind that a zip notes of a symbolic link, in the upper bits of its rights
_DAMAGES = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError)


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
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and "/." not in f"/{name}" and path.suffix in ENDINGS:
            found[name] = read(path, limit=FILE_LIMIT)
    return found


def zipped_pack(name: str, files: Mapping[str, bytes]) -> bytes:
    """One zip with the files in a folder of the pack's name."""
    return packed({f"{name}/{file}": data for file, data in files.items()})


def unzipped_pack(path: Path) -> tuple[str, dict[str, bytes]]:
    """The name of the pack in a zip file and its files, every one of them counted while it is unpacked.

    Raises InputFault for what is no zip, leads out of its folder, is a link, is a file of a kind that no pack has,
    stands there twice, or is too large.
    """
    shown = path.name
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) > MEMBERS_LIMIT:
                raise _refused(shown, f"holds more than {MEMBERS_LIMIT} files")
            roots = {PurePosixPath(one.filename).parts[0] for one in members if one.filename.strip("/")}
            if len(roots) != 1 or any("/" not in one.filename for one in members):
                raise _refused(shown, "does not hold one folder with a pack in it")
            files: dict[str, bytes] = {}
            left = WHOLE_LIMIT
            for one in members:
                name = _inner(one, shown)
                if name.casefold() in {other.casefold() for other in files}:
                    raise _refused(shown, f"holds {name} twice")
                files[name] = _unpacked(archive, one, min(FILE_LIMIT, left), shown)
                left -= len(files[name])
    except _DAMAGES as error:
        raise _refused(shown, f"cannot be read ({type(error).__name__})") from None
    if "pack.toml" not in files:
        raise _refused(shown, "holds no pack.toml")
    return roots.pop(), files


def _inner(member: zipfile.ZipInfo, shown: str) -> str:
    title = member.orig_filename
    parts = PurePosixPath(title).parts
    strange = "\\" in title or "\0" in title or ":" in title or title.startswith("/") or ".." in parts
    if strange or any(part.startswith(".") for part in parts):
        raise _refused(shown, "holds a file whose name leads out of its folder, or is hidden")
    if (member.external_attr >> 16) & 0o170000 == _LINK:
        raise _refused(shown, f"holds a link, {title}")
    if member.flag_bits & 1:
        raise _refused(shown, "is protected with a password")
    name = "/".join(parts[1:])
    if PurePosixPath(name).suffix not in ENDINGS:
        raise _refused(shown, f"holds {name}, which is no file of a pack")
    return name


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int, shown: str) -> bytes:
    pieces: list[bytes] = []
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            room -= len(piece)
            if room < 0:
                raise _refused(shown, "holds more than a pack may")
            pieces.append(piece)
    return b"".join(pieces)


def _refused(shown: str, why: str) -> InputFault:
    return InputFault(
        "bad_pack_zip", f"{shown} {why}.", file=shown, hint="Ask for the zip that 'poa packs zip' makes."
    )
