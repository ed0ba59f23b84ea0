"""A mapping file made in a dialogue: it asks only which columns are which where the titles do not tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa.characters import harmless
from poa.errors import Undecided, UsageFault

if TYPE_CHECKING:
    from poa.account import Account
    from poa.reports import Column, Report
    from poa.reports.mapping import ColumnMap

_KINDS = {
    "late_shipment": "orders, with the time by which each was to be shipped and the time it was confirmed",
    "supplier_sheet": "a supplier's list of orders: when ordered, dispatched, scanned, by which carrier",
    "supplier_map": "which supplier makes which SKU",
}


def make_mapping(account: Account, out: Path) -> Account:
    """Ask, write the mapping file, and give the account back with it; raises UsageFault for several files."""
    from poa.account.joined import store_of
    from poa.files import as_input, save_new
    from poa.reports.guessing import best_guess, titles_of
    from poa.reports.mapping import read_mapping

    if len(account.reports) != 1:
        raise UsageFault(
            "one_file",
            "--map-out asks about one file.",
            hint="Name the one file whose columns poa does not know.",
        )
    file = account.reports[0]
    header = titles_of(file, encoding=account.encoding, store=store_of(account, ()).code)
    guess = best_guess(header)
    _say(f"{file.name} has the columns: {', '.join(header)}")
    kind = _choose("What does it hold?", list(_KINDS.values()), default=list(_KINDS).index(guess) + 1)
    report = _report(list(_KINDS)[kind - 1])
    columns = dict(_columns(report, header))
    text = _toml(columns, {})
    mapping = read_mapping(text.encode(), name=out.name)
    settings = dict(_settings(account, mapping, report))
    text = _toml(columns, settings)
    save_new(out, text.encode())
    _say(f"Written: {out}. With it: --map {out}")
    return replace(account, mappings=(*account.mappings, as_input(out.name, text.encode())))


def _report(name: str) -> Report:
    from poa.reports import report_named

    return report_named(name)


def _columns(report: Report, header: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each of our columns and its title: known ones as they are, needed ones asked, others where one is near."""
    from poa.reports.guessing import nearest_title

    free = [title for title in header if title]
    needed = set(report.recognised_by[0]) if len(report.recognised_by) == 1 else set()
    for column in report.columns:
        known = [title for title in free if column.means(title)]
        if len(known) == 1:
            yield column.name, known[0]
            free.remove(known[0])
    taken = [column for column in report.columns if not any(column.means(title) for title in header)]
    for column in taken:
        near = nearest_title(column, free)
        if column.name not in needed and not near:
            continue
        answer = _ask_column(column, free, near, needed=column.name in needed)
        if answer:
            yield column.name, answer
            free.remove(answer)


def _ask_column(column: Column, free: Sequence[str], near: str, *, needed: bool) -> str:
    choices = list(free) if needed else [*free, "none of them"]
    default = choices.index(near) + 1 if near else (None if needed else len(choices))
    number = _choose(f"Which column is the {column.plain.replace('-', ' ')}?", choices, default=default)
    chosen = choices[number - 1]
    return "" if not needed and number == len(choices) else chosen


def _settings(account: Account, mapping: ColumnMap, report: Report) -> Iterator[tuple[str, str | bool]]:
    """What the rows do not settle: the order of day and month, and whether every order is listed."""
    from poa.reports.guessing import try_mapping

    try:
        local = try_mapping(account.reports[0], mapping, encoding=account.encoding)
    except Undecided as question:
        if question.setting != "date_format":
            raise
        _say(question.message)
        number = _choose("Which is right?", [shown for _, shown in question.choices])
        answer = question.choices[number - 1][0]
        yield "date_format", answer
        local = try_mapping(
            account.reports[0], replace(mapping, date_format=answer), encoding=account.encoding
        )
    if local and account.marketplace is None:
        zone = click.prompt(
            "Its times have no offset. In which time zone are they? (as America/Los_Angeles or Asia/Shanghai)",
            err=True,
            default="America/Los_Angeles",
        )
        yield "zone", zone.strip()
    if report.name == "late_shipment":
        every = _choose("Does it list every order, or only late ones?", ["every order", "only late ones"])
        yield "complete", every == 1


def _toml(columns: Mapping[str, str], settings: Mapping[str, str | bool]) -> str:
    from poa.reports.mapping import quoted

    lines = [
        f"{key} = {str(value).lower() if isinstance(value, bool) else quoted(value)}"
        for key, value in settings.items()
    ]
    lines += ["", "[columns]", *(f"{ours} = {quoted(title)}" for ours, title in columns.items())]
    return "\n".join(lines).lstrip("\n") + "\n"


def _choose(question: str, choices: Sequence[str], *, default: int | None = None) -> int:
    _say(question)
    for number, choice in enumerate(choices, start=1):
        _say(f"  {number:>2}  {choice}")
    answer: int = click.prompt("Number", type=click.IntRange(1, len(choices)), default=default, err=True)
    return answer


def _say(words: str) -> None:
    click.echo(harmless(words), err=True)
