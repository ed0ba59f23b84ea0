"""The papers that lie in a folder and what made them, the packs that ship with poa, and names that every disk takes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from poa.errors import InputFault
from poa.files.inputs import read

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)

_TEXT_LIMIT = 1 << 20  # bytes


def plain_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The regular files of a folder and below with their relative name; links and hidden files are left out.

    A link could lead out of a pack, to a secret that would land in a letter.
    """
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and "/." not in f"/{name}":
            yield name, path


def read_folder(folder: Path, *, limit: int = _TEXT_LIMIT) -> dict[str, str]:
    """The text files of a pack's folder by their relative name; links and hidden files are left out.

    Raises InputFault where the folder is missing or a file is not UTF-8.
    """
    if not folder.is_dir():
        raise InputFault("no_such_folder", f"There is no folder {folder}.", file=str(folder))
    found: dict[str, str] = {}
    for name, path in plain_files(folder):
        if path.suffix not in {".j2", ".toml"}:
            continue
        try:
            found[name] = read(path, limit=limit).decode("utf-8")
        except UnicodeDecodeError as error:
            line = read(path).count(b"\n", 0, error.start) + 1
            raise InputFault(
                "not_utf8", f"{path} is not UTF-8 text.", file=str(path), line=line, hint="Save it as UTF-8."
            ) from None
    return found


def bundled(name: str) -> Path:
    """A folder that ships with poa: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def bundled_packs() -> dict[str, Path]:
    """The packs that ship with poa, by name: the built-in one first."""
    found = {
        path.name: path for path in sorted(bundled("templates").iterdir()) if (path / "pack.toml").is_file()
    }
    return dict(sorted(found.items(), key=lambda one: (one[0] != "default", one[0])))


def read_texts(folder: Path, *, prefix: str, limit: int = _TEXT_LIMIT) -> dict[str, str]:
    """Every text file below a folder, by ``prefix`` and its relative name; none where there is no such folder.

    Links and hidden files are left out. Raises InputFault where one is not UTF-8.
    """
    found: dict[str, str] = {}
    for name, path in plain_files(folder):
        try:
            found[f"{prefix}/{name}"] = read(path, limit=limit).decode("utf-8")
        except UnicodeDecodeError:
            raise InputFault("not_utf8", f"{path} is not UTF-8 text.", file=str(path)) from None
    return found


def safe_name(name: str) -> str:
    """A file name for any text: the same everywhere, never leaving its folder, never reserved.

    Letters, digits, dot, dash and underscore stay; where anything had to change, eight digits of
    a hash of the original keep two names apart. Accents are composed first, for a Mac takes them apart.
    """
    name = unicodedata.normalize("NFC", name)
    slug = (
        re.sub(r"[^A-Za-z0-9._-]+", "-", unicodedata.normalize("NFKC", name)).strip("-._")[:60].rstrip("-._")
    )
    if slug and slug == name and not _RESERVED.fullmatch(slug):
        return slug
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    found = f"{slug}-{digest}" if slug else digest
    return f"file-{found}" if _RESERVED.fullmatch(found) else found  # nul.txt is a device whatever its ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a folder's ``provenance.json`` says: who made it, and the hash of each file it made.

    ``status`` is draft or final, ``case`` the hash of the case file, empty where there was none.
    """

    made_by: str | None = None
    status: str = ""
    case: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)


def provenance_of(folder: Path) -> Provenance:
    """What made the papers of a folder; nothing where it does not say."""
    try:
        stated = json.loads((folder / "internal" / "provenance.json").read_bytes())
        outputs = {name: str(digest) for name, digest in stated["outputs"].items() if is_inside(name)}
        case = next((one["sha256"] for one in stated["inputs"] if one["read_as"] == "case"), "")
        return Provenance(
            made_by=str(stated["made_by"]), status=str(stated["status"]), case=str(case), outputs=outputs
        )
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return Provenance()


def edited_since(folder: Path, made: Provenance) -> dict[str, bytes]:
    """The papers of a folder that are no longer as they were made: somebody's work."""
    found: dict[str, bytes] = {}
    for name, digest in made.outputs.items():
        path = folder / name
        if (
            path.is_file()
            and not path.is_symlink()
            and sha256(data := path.read_bytes()).hexdigest() != digest
        ):
            found[name] = data
    return found


def is_inside(name: str) -> bool:
    """Whether a relative name leads to a place inside its folder."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\0" not in name
