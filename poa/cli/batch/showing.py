"""A batch on the terminal: how far it is while it runs, and at the end what is urgent and what has failed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from rich.text import Text

from poa.cli.batch.asked import Asked
from poa.cli.batch.outcome import Outcome, Window, by_urgency, counted
from poa.cli.terminal import Screen, console, item, line
from poa.rounding import percent

Step: TypeAlias = Callable[[Outcome], None]
_SHOWN = 10  # accounts on the terminal; the index has all
_FAULTS = 20
_NAMED = 8  # failures that the command to repeat names one by one


@contextmanager
def progress(total: int) -> Iterator[Step]:
    """A bar on stderr with accounts done and failed and the time left; nothing where no terminal is."""
    err = console(sys.stderr)
    if not err.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        BarColumn(bar_width=20),
        TextColumn("{task.completed:,} of {task.total:,} accounts", markup=False),
        TextColumn("{task.fields[failed]}", style="red", markup=False),
        TimeRemainingColumn(),
        console=err,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=total, failed="")
        failed = 0

        def step(outcome: Outcome) -> None:
            nonlocal failed
            failed += outcome.failed
            bar.update(task, advance=1, failed=f"{failed:,} failed" if failed else "")

        yield step


def show(asked: Asked, outcomes: Sequence[Outcome], *, index: str | None) -> None:
    """Say what was done, what is urgent, and what has failed with the command that repeats just that."""
    out = console()
    failed = [one for one in by_urgency(outcomes) if one.failed]
    kept = sum(not one.fresh for one in outcomes)
    told = f"{counted(len(outcomes), 'account')}: {len(outcomes) - len(failed):,} done"
    told += f" ({kept:,} as before)" if kept else ""
    out.print(line(f"{told}{f', {len(failed):,} failed' if failed else ''}.", "bold"))
    made = [one for one in by_urgency(outcomes) if not one.failed]
    if made:
        out.print()
        _show_urgent(made, out)
    if failed:
        out.print()
        _show_failed(asked, failed, out)
    if index is not None:
        out.print()
        out.print(line(f"Open first: {index}"), soft_wrap=True)


def _show_urgent(made: Sequence[Outcome], out: Screen) -> None:
    rows = [
        (one.account, one.deadline or "-", *(_rate(one, days) for days in (30, 10))) for one in made[:_SHOWN]
    ]
    out.table(("Most urgent", "Deadline", "30 days", "10 days"), rows)
    if len(made) > _SHOWN:
        out.print(line(f"{len(made) - _SHOWN:,} more stand in the index.", "dim"))


def _rate(one: Outcome, days: int) -> str | Text:
    window = next((found for found in one.windows if found.days == days), None)
    if window is None or window.rate is None:
        return "-"
    told = percent(window.rate, against=window.target)
    return Text(f"{told} {_verdict(window)}", "bold red" if window.breach_in == 0 else "")


def _verdict(window: Window) -> str:
    if window.breach_in is None:
        return "met"
    return "missed" if window.breach_in == 0 else f"missed in {counted(window.breach_in, 'day')}"


def _show_failed(asked: Asked, failed: Sequence[Outcome], out: Screen) -> None:
    out.print(line("Failed", "bold"))
    for one in failed[:_FAULTS]:
        fault = one.fault or {}
        message = str(fault["message"])
        said = f"{message[:-1]}." if message.endswith(":") else message  # what follows it stands in batch.csv
        place = f" [{fault['file']}:{fault['line']}]" if fault.get("file") and fault.get("line") else ""
        out.print(item("  - ", f"{one.account}: {said}{place} {fault['hint'] or ''}".rstrip()))
    if len(failed) > _FAULTS:
        out.print(line(f"  {len(failed) - _FAULTS:,} more stand in the index."))
    out.print(line("Once mended, just these:"))
    out.print(line(f"  {repeating(asked, failed)}"), soft_wrap=True)


def repeating(asked: Asked, failed: Sequence[Outcome]) -> str:
    """The command that runs the same job for the accounts that failed, and no other."""
    words = ["poa", "batch", str(asked.folder), "--job", asked.job, "--out", str(asked.out)]
    if len(failed) <= _NAMED:
        words += [word for one in failed for word in ("--only", one.account)]
    else:
        words.append("--failed")
    return shlex.join([*words, *asked.options])
