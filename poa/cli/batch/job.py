"""One account of a batch: its job is run as its own command would run it, and whatever happens is its outcome."""

from __future__ import annotations

import shlex
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from poa.cli.batch.asked import Asked
from poa.cli.batch.outcome import Outcome, failed, windows_of
from poa.cli.faults import fault_of
from poa.doing import silent
from poa.facts import Facts

if TYPE_CHECKING:
    from poa.account import Account
    from poa.cli.case.folder import OpenCase
    from poa.packs import Pack

_Done: TypeAlias = tuple[Facts, dict[str, Any]]  # the facts, and what else the index shows of the account


def run(asked: Asked, name: str, *, staging: Path | None = None) -> Outcome:
    """Make the papers of one account; ``staging`` is where they lie until they are whole.

    Raises nothing: a fault of any kind is in the outcome.
    """
    known: dict[str, Any] = {}
    try:
        with asked.context(name) as context:
            from poa.cli.case.folder import open_case
            from poa.cli.options import open_account

            values = {**context.params, "out": asked.out_of(name), "staging": staging}
            if "pack_folder" in values:
                values["pack"] = _pack(values["pack_folder"])
            opened = open_case(asked.folder / name, today=values.get("today"))
            known["seller"] = opened.case.seller.name or None
            known["deadline"] = opened.deadline.isoformat() if opened.deadline else None
            facts, more = _JOBS[asked.job](values, opened, open_account(opened, values))
            return Outcome(
                account=name,
                marketplace=facts.marketplace,
                as_of=str(facts.as_of.value),
                windows=windows_of(facts),
                **known,
                **more,
            )
    except Exception as error:  # noqa: BLE001 - one account never stops the rest
        fault = fault_of(error)
        if fault.code == "own_fault":  # --debug of the batch does not reach here
            alone = shlex.join(["poa", asked.job, "--case", str(asked.folder / name), *asked.options])
            fault.hint = f"Run it alone, and report what it prints: {alone} --debug"
        return failed(name, fault, **known)


def _appeal(values: dict[str, Any], opened: OpenCase, account: Account) -> _Done:
    from poa.cli.ahead import Maker
    from poa.cli.appeal import write_appeal

    facts, papers, _, _ = write_appeal(account, values, opened, Maker(None), tell=silent)
    return facts, {"open_points": len(papers.questions)}


def _weekly(values: dict[str, Any], opened: OpenCase, account: Account) -> _Done:
    from poa.cli.ahead import Maker
    from poa.cli.weekly.history import sweep_history
    from poa.cli.weekly.running import write_weeks

    sweep_history(opened.root)
    done, *_ = write_weeks(account, opened, values, papers=Maker(None), tell=silent)
    entries = done[-1].weekly.ledger.entries
    alarms = sum(one.status in {"overdue", "broken", "reopened"} for one in entries)
    return done[-1].seen.facts, {"alarms": alarms}


def _summary(values: dict[str, Any], _: OpenCase, account: Account) -> _Done:
    from poa.cli.summary import each_store, stores_data
    from poa.cli.terminal import json_text
    from poa.files import write_folder

    stores = each_store(account, silent)
    data = json_text(stores_data(stores), narrow=False).encode()
    write_folder(values["out"], {"summary.json": data}, replace=True, staging=values["staging"])
    return stores[0], {}


_JOBS = {"appeal": _appeal, "weekly": _weekly, "summary": _summary}


@lru_cache(maxsize=2)
def _pack(folder: Path | None) -> Pack:
    """The pack of a batch, opened and compiled once in a process."""
    from poa.cli.pack_folders import open_packs

    return open_packs(folder)
