"""What a batch has done already: one small file for each account, read when the same batch is begun again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from poa.cli.batch.asked import Asked
from poa.cli.batch.outcome import Outcome, failed, from_data
from poa.errors import OutputFault, PoaError
from poa.files import files_in, hash_of, replace_file, safe_name, sweep

HOME = Path("internal") / "batch"  # inside the folder of the papers
DONE = "done"
_FORM = 1


@dataclass(frozen=True, slots=True)
class Book:
    """The notes of the batch that writes into a folder."""

    asked: Asked

    @property
    def home(self) -> Path:
        """Where the notes lie."""
        return self.asked.out / HOME

    def tidy(self) -> None:
        """Take away what a run that was killed left half written."""
        sweep(self.home / DONE, ".*.json-*")
        sweep(self.asked.out, ".batch.*-*")

    def noted(self, name: str) -> Outcome | None:
        """What became of an account in an earlier run, whatever its files are by now."""
        note = self._note(name)
        return note[1] if note else None

    def made(self, name: str, key: str) -> Outcome | None:
        """The outcome of an account whose papers are there, made from the very same files; None where it is to do."""
        note = self._note(name)
        if note is None or note[0] != [key, self._history(name)] or note[1].failed:
            return None
        out = self.asked.out_of(name)
        return replace(note[1], fresh=False) if all((out / file).is_file() for file in note[2]) else None

    def keep(self, name: str, key: str, outcome: Outcome) -> Outcome:
        """Note what became of an account; the outcome itself, or that it could not be noted."""
        files = [] if outcome.failed else sorted(files_in(self.asked.out_of(name)))
        told = {
            "batch": _FORM,
            "key": [key, self._history(name)],
            "files": files,
            "outcome": outcome.as_data(),
        }
        try:
            replace_file(self._path(name), json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
        except OutputFault as fault:
            return outcome if outcome.failed else failed(name, fault)
        return outcome

    def run(self, name: str, make: Callable[[], Outcome], *, anew: bool = False) -> Outcome:
        """The outcome of an earlier run where nothing has changed, else what ``make`` makes, and note it."""
        try:
            key = self.asked.key_of(name)
        except PoaError as fault:
            return self.keep(name, "", failed(name, fault))
        before = None if anew else self.made(name, key)
        return before or self.keep(name, key, make())

    def _history(self, name: str) -> str:
        """The weeks that an account's folder keeps: a job writes them, and they are part of what it reads."""
        folder = self.asked.folder / name / "history"
        return hash_of(folder) if self.asked.job == "weekly" and folder.is_dir() else ""

    def _path(self, name: str) -> Path:
        return self.home / DONE / f"{safe_name(name)}.json"

    def _note(self, name: str) -> tuple[list[str], Outcome, list[str]] | None:
        """Key, outcome and files of a note; None where there is none that can be read."""
        try:
            told = json.loads(self._path(name).read_bytes())
            outcome = from_data(told["outcome"])
            if told["batch"] != _FORM or outcome.account != name:
                return None
            return list(told["key"]), outcome, list(told["files"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
