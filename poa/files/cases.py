"""The case folder: its files by name, one file put in the place of another whole, and what is to go."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from poa.files.alone import alone_in, filled, unwritable
from poa.files.papers import plain_files

_RESERVED = re.compile(r"con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE)
_LONGEST_STEM = 120  # bytes: with a number and an ending far below what any disk allows
_LONGEST_ENDING = 10
_CLOSE = "Check that you may write there, and close it in Word and other programs."


def files_in(folder: Path) -> dict[str, Path]:
    """The regular files of a folder and below by their relative name; links and hidden files are left out.

    Names have their accents composed, whatever the disk does, so that they are equal to what people type.
    """
    return {unicodedata.normalize("NFC", name): path for name, path in plain_files(folder)}


def plain_name(name: str) -> str:
    """A file's name that every system can hold, in its own script: 迟发货.csv stays as it is."""
    told = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    told = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029]+', "-", told)
    stem, dot, ending = told.rpartition(".")
    stem, ending = (
        (stem, f"{dot}{ending}") if stem.strip(" .-") and len(ending) <= _LONGEST_ENDING else (told, "")
    )
    stem = stem.strip(" .-")[:_LONGEST_STEM] or "file"
    while len(stem.encode()) > _LONGEST_STEM:
        stem = stem[:-1]
    stem, ending = stem.rstrip(" .-"), ending.rstrip(" .")
    return f"{'file-' if _RESERVED.fullmatch(stem.partition('.')[0].rstrip()) else ''}{stem}{ending}"


def free_name(name: str, taken: Iterable[str]) -> str:
    """A plain name that is none of those taken, upper and lower case being the same: ``report-2.csv``."""
    told = {one.casefold() for one in taken}
    plain = plain_name(name)
    stem, dot, ending = plain.rpartition(".") if "." in plain else (plain, "", "")
    found, number = plain, 2
    while found.casefold() in told:
        found, number = f"{stem}-{number}{dot}{ending}", number + 1
    return found


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a file that is only ever added to; a line that two people write at once is lost by neither.

    Raises OutputFault, and leaves no half line, where it cannot be written.
    """
    with alone_in(path.parent):
        is_there = path.exists()
        try:
            _append(path, line)
        except OSError as error:
            if not is_there:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            raise unwritable(path, error, _CLOSE) from None


def _append(path: Path, line: bytes) -> None:
    # Without a buffer: what could not be written is not tried once more when the file is closed.
    with path.open("a+b", buffering=0) as handle:
        end = handle.seek(0, os.SEEK_END)
        broken = end > 0 and (handle.seek(end - 1), handle.read(1))[1] != b"\n"
        left = (b"\n" if broken else b"") + line.rstrip(b"\n") + b"\n"
        try:
            while left:
                left = left[handle.write(left) :]
            os.fsync(handle.fileno())
        except OSError:
            handle.truncate(end)
            raise


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of the one there, whole: either the old file stands or the new one.

    Raises OutputFault where it cannot be written.
    """
    fresh: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}-{os.getpid()}")
        fresh.unlink(missing_ok=True)  # of a run that was killed, whose number this one has
        filled(fresh.open("xb"), data)  # with the rights that the user has set for new files
        if path.exists():
            fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    except OSError as error:
        if fresh is not None:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
        raise unwritable(path, error, _CLOSE) from None


def remove_files(paths: Iterable[Path], *, inside: Path) -> None:
    """Delete files of a folder, and the folders in it that are empty then, itself at last.

    Raises OutputFault for the first that stays.
    """
    for path in paths:
        try:
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if not parent.is_relative_to(inside) or any(parent.iterdir()):
                    break
                parent.rmdir()
        except OSError as error:
            raise unwritable(path, error, _CLOSE, told=f"{path} cannot be deleted") from None
