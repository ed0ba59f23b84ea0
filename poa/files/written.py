"""Out of the house: all of a run's papers are written, or none.

A paper is never half written and never overwrites what it was not asked to: everything is put
into a staging folder first, brought to the disk, and moved into place last. Where a move fails, those
before it are taken back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from poa.errors import OutputFault
from poa.files.alone import alone_in, filled, staged, unwritable
from poa.files.papers import is_inside

_ELSEWHERE = "Name another folder with --out."
_OTHER_FILE = "Name another file."
_CLOSE = "If it is open in Word or another program, close it there, and run this again."
_NEW, _OLD = "new", "old"  # in the staging folder: the papers, and those that they replace


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
    :func:`check_output` does; the folder is then as it was. A run that is killed between two moves leaves
    some of the new papers among the old ones, each of them whole.
    Until they are whole, the papers lie in ``staging``, on the same disk; by default beside the folder.
    """
    hint = elsewhere or _ELSEWHERE
    with alone_in(folder):
        check_output(folder, replace=replace, elsewhere=elsewhere)
        there = folder.exists()
        made = _missing(folder.absolute().parent)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with staged(folder, inside=staging) as work:
                for name, data in papers.items():
                    _write(work / _NEW / _inside(name), data)
                if there or (replace and folder.exists()):
                    _move_each(work, folder, papers, stale=stale, hint=hint)
                else:
                    _move_whole(work / _NEW, folder, hint=hint)
        except BaseException as error:
            _remove_empty(made)
            if isinstance(error, OSError):
                told = f"The papers could not be written to {folder}"
                raise unwritable(folder, error, hint, told=told) from None
            raise


def check_absent(path: Path, *, hint: str = _OTHER_FILE) -> None:
    """Raise OutputFault where there is a file already."""
    if path.exists():
        raise OutputFault(
            "already_exists", f"{path} is already there, and was not touched.", file=str(path), hint=hint
        )


def check_new(path: Path, *, hint: str = _OTHER_FILE) -> None:
    """Raise OutputFault where a file could not be written, before anybody has answered a question for it."""
    check_absent(path, hint=hint)
    if not path.absolute().parent.is_dir():
        raise OutputFault(
            "unwritable", f"There is no folder {path.parent} to write to.", file=str(path), hint=hint
        )


def save_new(path: Path, data: bytes, *, hint: str = _OTHER_FILE) -> None:
    """Write one file that is not there yet, whole; raises OutputFault where it is, or cannot be written.

    ``hint`` says how another file is named.
    """
    check_new(path, hint=hint)
    fresh: Path | None = None
    try:
        fresh = path.with_name(f".{path.name}-{os.getpid()}")
        filled(fresh.open("xb"), data)
        try:
            path.hardlink_to(fresh)
        except FileExistsError:  # another run has just written it
            check_new(path, hint=hint)
            raise
        except OSError:  # a disk that knows no links
            check_new(path, hint=hint)
            fresh.rename(path)
    except OSError as error:
        raise unwritable(path, error, hint) from None
    finally:
        if fresh is not None:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


def _inside(name: str) -> PurePosixPath:
    if not is_inside(name):
        raise ValueError(name)
    return PurePosixPath(name)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    filled(path.open("xb"), data)


def _move_whole(fresh: Path, folder: Path, *, hint: str) -> None:
    try:
        fresh.rename(folder)
    except OSError:
        if not folder.exists():
            raise
        raise OutputFault(
            "already_exists",
            f"Another run has just written to {folder}, and nothing in it was touched.",
            file=str(folder),
            hint=hint,
        ) from None


def _move_each(work: Path, folder: Path, names: Iterable[str], *, stale: Iterable[str], hint: str) -> None:
    """Put each paper in its place and take the stale ones away; where one fails, all are as they were."""
    _check_free(folder, names, hint=hint)
    gone = [name for name in stale if name not in names and (folder / name).is_file()]
    made: list[Path] = []
    for name in [*names, *gone]:
        _keep(folder / name, work / _OLD / name)
    target = folder
    try:
        for name in names:
            target = folder / name
            made += _missing(target.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
        for name in names:
            target = folder / name
            (work / _NEW / name).replace(target)
        for name in gone:
            target = folder / name
            target.unlink(missing_ok=True)
    except BaseException as error:  # Ctrl-C among others: it says that nothing is half written
        new = _moved_back(work, folder, [*names, *gone])
        _remove_empty(made)
        if isinstance(error, OSError):
            raise _unreplaced(target, error, new, hint) from None
        raise


def _check_free(folder: Path, names: Iterable[str], *, hint: str) -> None:
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


def _keep(paper: Path, kept: Path) -> None:
    """A second name for what is about to be replaced: the same file where the disk can, else a copy."""
    if not paper.is_symlink() and not paper.is_file():
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not paper.is_symlink():
        with suppress(OSError):
            kept.hardlink_to(paper)
            return
    shutil.copy2(paper, kept, follow_symlinks=False)


def _moved_back(work: Path, folder: Path, names: Iterable[str]) -> list[str]:
    """Undo what was moved; the names of those that stay new, where the disk refuses even that."""
    stuck = []
    for name in names:
        if (work / _NEW / name).exists():  # it was not moved
            continue
        target, kept = folder / name, work / _OLD / name
        try:
            if kept.is_symlink() or kept.exists():
                kept.replace(target)
            else:
                target.unlink(missing_ok=True)
        except OSError:
            stuck.append(name)
    return stuck


def _unreplaced(target: Path, error: OSError, new: list[str], hint: str) -> OutputFault:
    became = f"these papers are new already: {', '.join(new)}" if new else "every paper is as it was"
    refused = isinstance(error, PermissionError)
    return OutputFault(
        "unwritable",
        f"{target} cannot be replaced: {error.strerror or error}; {became}.",
        file=str(target),
        hint=f"{_CLOSE} {hint}" if refused else hint,
    )


def _missing(folder: Path) -> list[Path]:
    """The folders that must be made for this one to be there, the innermost last."""
    return [one for one in (*reversed(folder.parents), folder) if not one.exists()]


def _remove_empty(folders: Iterable[Path]) -> None:
    """Take away folders of ours that nothing lies in."""
    for one in reversed([*dict.fromkeys(folders)]):
        with suppress(OSError):
            one.rmdir()
