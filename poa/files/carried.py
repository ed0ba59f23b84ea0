"""Folders as bytes: what lies in them by name, told apart by a hash, carried to another machine and laid out there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from poa.errors import InputFault
from poa.files.cases import files_in
from poa.files.inputs import read
from poa.files.papers import is_inside


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, or of a folder's files and their names; raises InputFault where it cannot be read."""
    if path.is_dir():
        told = [f"{name}\0{hash_of(one)}\n" for name, one in files_in(path).items()]
        return hashlib.sha256("".join(told).encode("utf-8", "surrogatepass")).hexdigest()
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise InputFault(
            "unreadable",
            f"{path} cannot be read: {error.strerror or error}.",
            file=str(path),
            hint="Check that it is still there, and close it in other programs.",
        ) from None


def packed(path: Path) -> dict[str, bytes]:
    """The bytes of a file under its name, or of a folder's files under theirs; raises InputFault as ``read`` does."""
    if path.is_dir():
        return {f"{path.name}/{name}": read(one) for name, one in files_in(path).items()}
    return {path.name: read(path)}


@contextmanager
def laid_out(files: Mapping[str, bytes], *, folder: str) -> Iterator[Path]:
    """A private folder with these files, and the folder ``folder``, for as long as the block runs."""
    with TemporaryDirectory(prefix="poa-") as private:
        root = Path(private)
        (root / folder).mkdir(parents=True)
        for name, data in files.items():
            if not is_inside(name):
                raise ValueError(name)
            path = root / PurePosixPath(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield root


def sweep(folder: Path, names: str) -> None:
    """Delete the files that a killed run left in a folder under hidden names; ``names`` is a pattern of them."""
    for path in folder.glob(names) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            with suppress(OSError):  # it is in nobody's way
                path.unlink(missing_ok=True)
