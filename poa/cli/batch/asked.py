"""What a batch is asked to do: one job of poa, with its options, for each sub-folder of a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from poa import __version__
from poa.cli.case.folder import CASE_FILE
from poa.errors import InputFault, UsageFault, did_you_mean
from poa.files import files_in, hash_of, safe_name

# Options of a job that the batch sets itself, or that only one account can have.
_OF_ONE = {
    "reports": "REPORT",
    "case_folder": "--case",
    "out": "--out",
    "overwrite": "--overwrite",
    "notice": "--notice",
    "orders": "--orders",
    "orders_10": "--orders-10",
    "performance": "--performance",
    "map_out": "--map-out",
    "open_orders": "--open",
    "only_check": "--check",
    "since_notice": "--since-notice",
    "audience": "--audience",
}
_TAKEN = {"internal", "batch.csv", "batch.html"}
_HISTORY = "history/"  # written by the job itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A job, the options that its own command takes, the folder of the accounts, and where the papers go.

    ``ground`` is a hash of all that is the same for every account: version, job, options, the files they name.
    """

    job: str
    options: tuple[str, ...]
    folder: Path
    out: Path
    ground: str = ""

    def context(self, name: str) -> click.Context:
        """The job's command with all its options for one account, as if it had been typed."""
        command: click.Command = import_module(f"poa.cli.{self.job}").command
        given = [*self.options, "--case", str(self.folder / name)]
        if self.job != "summary":
            given += ["--out", str(self.out_of(name)), "--overwrite"]
        return command.make_context(f"poa {self.job}", given)

    def accounts(self, only: Sequence[str] = ()) -> tuple[str, ...]:
        """The names of the sub-folders, each an account; raises InputFault for none, UsageFault for one that is not there."""
        folder = self.folder
        if not folder.is_dir():
            raise InputFault(
                "no_such_folder",
                f"There is no folder {folder}.",
                file=str(folder),
                hint="Name the folder that holds a case folder for each account.",
            )
        names = tuple(
            path.name
            for path in sorted(folder.iterdir())
            if path.is_dir()
            and not path.name.startswith(".")
            and path.resolve() != self.out.resolve()
            and ((path / CASE_FILE).exists() or not (path / "internal").is_dir())  # papers are no account
        )
        if not names:
            raise InputFault(
                "no_accounts",
                f"{folder} holds no folder of an account.",
                file=str(folder),
                hint=f"Make one for each: poa case new {folder / 'NAME'} REPORT...",
            )
        for one in only:
            if one not in names:
                raise UsageFault(
                    "no_such_account", f"{folder} holds no folder '{one}'{did_you_mean(one, names)}"
                )
        return tuple(name for name in names if not only or name in only)

    def out_of(self, name: str) -> Path:
        """The folder of an account's papers."""
        return self.out / folder_of(name)

    def key_of(self, name: str) -> str:
        """A hash of what an account's papers are made from; raises InputFault for a file that cannot be read."""
        told = [
            f"{file}\0{hash_of(path)}\n"
            for file, path in files_in(self.folder / name).items()
            if not file.startswith(_HISTORY)
        ]
        return hashlib.sha256("".join([self.ground, *told]).encode("utf-8", "surrogatepass")).hexdigest()


def folder_of(name: str) -> str:
    """What the folder of an account's papers is called: by its own name, unless the batch needs that itself."""
    safe = safe_name(name)
    return safe_name(f"{name} ") if safe.casefold() in _TAKEN else safe


def asked_of(job: str, options: Sequence[str], *, folder: Path, out: Path) -> Asked:
    """The job with its options checked; raises UsageFault or click's own complaint for one that it does not take."""
    asked = Asked(job=job, options=tuple(options), folder=folder, out=out)
    with asked.context("account") as context:
        for name, shown in _OF_ONE.items():
            source = context.get_parameter_source(name)
            typed = source is not ParameterSource.DEFAULT and name in context.params
            if typed and name not in {"case_folder", "out", "overwrite"}:
                raise UsageFault(
                    "usage",
                    f"{shown} belongs to one account and does not go with a batch.",
                    hint=f"Each account's files lie in its folder; for one alone: poa {job} --case FOLDER",
                )
        for twice in ("--case", "--out", "--overwrite"):
            if any(one == twice or one.startswith(f"{twice}=") for one in options):
                raise UsageFault("usage", f"{twice} is set by the batch for each account.")
        return replace(asked, ground=_ground(job, context.params))


def paths_in(values: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """The files and folders that options name, but those of one account."""
    for name, value in values.items():
        if name in _OF_ONE:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Path):
                yield name, one


def _ground(job: str, values: dict[str, Any]) -> str:
    from poa.cli.pack_folders import open_packs

    told = {name: str(value) for name, value in values.items() if name not in _OF_ONE}
    told |= {f"{name} {path}": hash_of(path) for name, path in paths_in(values) if path.exists()}
    pack = open_packs(values["pack_folder"]).sha256 if "pack_folder" in values else ""
    ground = [__version__, job, pack, told]
    return hashlib.sha256(json.dumps(ground, sort_keys=True).encode()).hexdigest()
