"""A mapping file made in a dialogue: it asks only which columns are which where the titles do not tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from poa.characters import harmless
from poa.errors import Undecided, UsageFault

if TYPE_CHECKING:
    from poa.account import Account
    from poa.reports import Column, Report
    from poa.reports.mapping import ColumnMap

# What is asked of even where no title is near: without it the file would say little.
_ASKED = {
    "late_shipment": ("sku", "supplier"),
    "supplier_sheet": ("order_id", "supplier_dispatched", "supplier", "tracking_number"),
    "supplier_map": (),
}
_KINDS = {
    "late_shipment": "orders, with the time by which each was to be shipped and the time it was confirmed",
    "supplier_sheet": "a supplier's list of orders: when ordered, dispatched, scanned, by which carrier",
    "supplier_map": "which supplier makes which SKU",
}


def make_mapping(account: Account, out: Path) -> Account | None:
    """Ask, write the mapping file, and give the account back with it; None where the file lists no orders.

    Raises UsageFault for several files, OutputFault where the mapping file is there already.
    """
    from poa.account.joined import store_of
    from poa.files import as_input, check_new, save_new
    from poa.reports.guessing import best_guess, titles_of
    from poa.reports.mapping import read_mapping

    if len(account.reports) != 1:
        raise UsageFault(
            "one_file",
            "--map-out asks about one file.",
            hint="Name the one file whose columns poa does not know.",
        )
    check_new(out)
    file = account.reports[0]
    header = titles_of(file, encoding=account.encoding, store=store_of(account, ()).code)
    guess = best_guess(header)
    _say(f"{file.name} has the columns: {', '.join(header)}")
    default = list(_KINDS).index(guess) + 1 if guess else None
    kind = _choose("What does it hold?", list(_KINDS.values()), default=default)
    report = _report(list(_KINDS)[kind - 1])
    columns = dict(_columns(report, header))
    text = _toml(columns, {})
    mapping = read_mapping(text.encode(), name=out.name)
    settings = dict(_settings(account, mapping, report))
    text = _toml(columns, settings)
    save_new(out, text.encode())
    if report.role != "orders":
        _say(f"Written: {out}. Hand the file in beside your report, with --map {out}")
        return None
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
        if column.name not in needed and not near and column.name not in _ASKED[report.name]:
            continue
        if not free:
            return
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
        order = question.choices[number - 1][0]
        yield "date_format", order
        local = try_mapping(
            account.reports[0], replace(mapping, date_format=order), encoding=account.encoding
        )
    if local and account.marketplace is None:
        _say(
            "Its times have no offset. In which time zone are they? As America/Los_Angeles or Asia/Shanghai."
        )
        yield "zone", click.prompt("Zone", err=True, default="America/Los_Angeles", value_proc=_zone)
    if report.name == "late_shipment":
        choices = ["every order", "only late ones", "I do not know"]
        answer = _choose("Does it list every order, or only late ones?", choices, default=3)
        if answer < len(choices):
            yield "complete", answer == 1


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name.strip()).key
    except (OSError, ValueError, KeyError):  # what zoneinfo raises for a name it does not hold
        raise click.BadParameter(f"'{name}' is no time zone.") from None


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
    """One line of words on the terminal, broken between words."""
    indent = len(words) - len(words.lstrip())
    shown = wrap(harmless(words), width=79, subsequent_indent=" " * indent, break_long_words=False)
    click.echo("\n".join(shown), err=True)
