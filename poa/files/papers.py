"""Out of the house: all of a run's papers are written, or none.

A paper is never half written and never overwrites what it was not asked to: everything is put
into a staging folder first, brought to the disk, and moved into place last.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

from poa.errors import InputFault, OutputFault
from poa.files.inputs import read

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_ELSEWHERE = "Name another folder with --out."
_OTHER_FILE = "Name another file."


def read_folder(folder: Path, *, limit: int = 1 << 20) -> dict[str, str]:
    """The text files of a pack's folder by their relative name; links and hidden files are left out.

    Raises InputFault where the folder is missing or a file is not UTF-8.
    """
    if not folder.is_dir():
        raise InputFault("no_such_folder", f"There is no folder {folder}.", file=str(folder))
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        # A link could lead out of the pack, to a secret that would land in a letter.
        if (
            path.is_symlink()
            or not path.is_file()
            or path.suffix not in {".j2", ".toml"}
            or "/." in f"/{name}"
        ):
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


def read_texts(folder: Path, *, prefix: str, limit: int = 1 << 20) -> dict[str, str]:
    """Every text file below a folder, by ``prefix`` and its relative name; none where there is no such folder.

    Links and hidden files are left out. Raises InputFault where one is not UTF-8.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and "/." not in f"/{name}":
            try:
                found[f"{prefix}/{name}"] = read(path, limit=limit).decode("utf-8")
            except UnicodeDecodeError:
                raise InputFault("not_utf8", f"{path} is not UTF-8 text.", file=str(path)) from None
    return found


def safe_name(name: str) -> str:
    """A file name for any text: the same everywhere, never leaving its folder, never reserved.

    Letters, digits, dot, dash and underscore stay; where anything had to change, eight digits of
    a hash of the original keep two names apart.
    """
    slug = (
        re.sub(r"[^A-Za-z0-9._-]+", "-", unicodedata.normalize("NFKC", name)).strip("-._")[:60].rstrip("-._")
    )
    if slug and slug == name and not _RESERVED.fullmatch(slug):
        return slug
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest


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
        outputs = {name: str(digest) for name, digest in stated["outputs"].items() if _is_inside(name)}
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


def check_output(folder: Path, *, replace: bool, elsewhere: str = "") -> None:
    """Raise OutputFault before any work where the papers could not be written to ``folder``.

    ``elsewhere`` says how another folder is named, by a command without the options --out and --overwrite.
    """
    other = elsewhere or _ELSEWHERE
    if folder.exists() and not folder.is_dir():
        raise OutputFault("not_a_folder", f"{folder} is a file, not a folder.", file=str(folder), hint=other)
    if folder.is_dir() and any(folder.iterdir()) and not replace:
        raise OutputFault(
            "already_exists",
            f"{folder} already holds files, and nothing in it was touched.",
            file=str(folder),
            hint=elsewhere
            or "Name another folder with --out, or add --overwrite to replace the papers in it.",
        )
    home = (
        folder if folder.is_dir() else next(parent for parent in folder.absolute().parents if parent.exists())
    )
    if not home.is_dir() or not os.access(home, os.W_OK | os.X_OK):
        raise OutputFault("unwritable", f"{home} cannot be written to.", file=str(home), hint=other)


def write_folder(
    folder: Path,
    papers: Mapping[str, bytes],
    *,
    replace: bool = False,
    stale: Iterable[str] = (),
    elsewhere: str = "",
    staging: Path | None = None,
) -> None:
    """Write all ``papers`` (relative posix name → bytes) into ``folder``, or none of them.

    Files of the same name are replaced only where ``replace`` is true, and those that an earlier
    run made and this one does not (``stale``) go; others are never touched. Raises OutputFault, as
    :func:`check_output` does; where it is raised before the last step, the folder is as it was.
    Until they are whole, the papers lie in ``staging``, on the same disk; by default beside the folder.
    """
    check_output(folder, replace=replace, elsewhere=elsewhere)
    fresh: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(prefix=f".{folder.name}-", dir=staging or folder.parent))
        for name, data in papers.items():
            _write(fresh / _inside(name), data)
        if folder.exists():
            _move_each(fresh, folder, papers, hint=elsewhere or _ELSEWHERE)
            for name in stale:
                if (folder / name).is_file():
                    (folder / name).unlink()
        else:
            fresh.chmod(0o755)
            fresh.rename(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputFault(
            "unwritable",
            f"The papers could not be written to {folder}: {reason}.",
            file=str(folder),
            hint=elsewhere or _ELSEWHERE,
        ) from None
    finally:
        if fresh is not None and fresh.exists():
            shutil.rmtree(fresh, ignore_errors=True)


def check_new(path: Path, *, hint: str = _OTHER_FILE) -> None:
    """Raise OutputFault where a file could not be written, before anybody has answered a question for it."""
    if path.exists():
        raise OutputFault(
            "already_exists", f"{path} is already there, and was not touched.", file=str(path), hint=hint
        )
    if not path.absolute().parent.is_dir():
        raise OutputFault(
            "unwritable", f"There is no folder {path.parent} to write to.", file=str(path), hint=hint
        )


def save_new(path: Path, data: bytes, *, hint: str = _OTHER_FILE) -> None:
    """Write one file that is not there yet; raises OutputFault where it is, or cannot be written.

    ``hint`` says how another file is named.
    """
    check_new(path, hint=hint)
    try:
        with path.open("xb") as handle:
            handle.write(data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputFault(
            "unwritable", f"{path} cannot be written: {reason}.", file=str(path), hint=hint
        ) from None


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\0" not in name


def _inside(name: str) -> PurePosixPath:
    if not _is_inside(name):
        raise ValueError(name)
    return PurePosixPath(name)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _move_each(staging: Path, folder: Path, names: Mapping[str, bytes], *, hint: str) -> None:
    for name in names:
        target = folder / name
        inner = [folder / part for part in PurePosixPath(name).parents if part.parts]
        if target.is_dir() or any(part.is_symlink() or part.is_file() for part in inner):
            raise OutputFault(
                "in_the_way",
                f"A folder, a file or a link of another kind is in the way of {target}; nothing was written.",
                file=str(target),
                hint=hint,
            )
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
    for name in names:
        (staging / name).replace(folder / name)
