"""A mapping file made in a dialogue: it asks only which columns are which where the titles do not tell."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from poa.account import Account
from poa.account.joined import store_of
from poa.cli.terminal import console, item, line
from poa.errors import Undecided, UsageFault
from poa.files import as_input, check_new, save_new
from poa.reports import Column, Report, report_named
from poa.reports.guessing import best_guess, nearest_title, titles_of, try_mapping
from poa.reports.mapping import ColumnMap, read_mapping
from poa.toml import text_value
from poa.words import said, spoken

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
_NAMES = {
    "order_id": "order number",
    "order_item_id": "number of the order line",
    "ship_by": "time by which the order was to be shipped",
    "ship_confirmed": "time at which the shipment was confirmed",
    "sku": "SKU",
    "supplier": "name of the supplier",
    "carrier": "name of the carrier",
    "tracking_number": "tracking number",
    "purchased": "time of the purchase",
    "supplier_ordered": "time of the order at the supplier",
    "supplier_dispatched": "time at which the goods left the supplier",
    "first_scan": "time of the carrier's first scan",
    "delivered": "time of the delivery",
    "from": "first day of that supplier",
    "to": "last day of that supplier",
}


@dataclass(frozen=True, slots=True)
class _Talk:
    """What is said and asked on the terminal, in one language."""

    language: str

    def say(self, words: str) -> None:
        """One line of words, broken between words."""
        console(sys.stderr).print(line(spoken(words, self.language)))

    def choose(self, question: str, choices: Sequence[str], *, default: int | None = None) -> int:
        """The number of one of the choices, from 1."""
        self.say(question)
        for number, choice in enumerate(choices, start=1):
            console(sys.stderr).print(item(f"  {number:>2}  ", spoken(choice, self.language)))
        while True:
            given = click.prompt(
                spoken(said("Number"), self.language),
                type=str,
                default=str(default or ""),
                err=True,
                show_default=default is not None,
            ).strip()
            if given.isdecimal() and 1 <= int(given) <= len(choices):
                return int(given)
            self.say(said("Write the number of one of these."))


def make_mapping(account: Account, out: Path, *, language: str) -> Account | None:
    """Ask, write the mapping file, and give the account back with it; None where the file lists no orders.

    Raises UsageFault for several files, OutputFault where the mapping file is there already.
    """
    if len(account.reports) != 1:
        raise UsageFault(
            "one_file",
            "--map-out asks about one file.",
            hint="Name the one file whose columns poa does not know.",
        )
    check_new(out)
    talk = _Talk(language)
    report, text = _asked(account, out, talk)
    if report.role != "orders":
        talk.say(
            said("Written: {file}. Hand the file in beside your report, with --map {file}", file=str(out))
        )
        return None
    talk.say(said("Written: {file}. With it: --map {file}", file=str(out)))
    return replace(account, mappings=(*account.mappings, as_input(out.name, text.encode())))


def keep_mapping(account: Account, out: Path, *, language: str) -> None:
    """Ask about the account's one report, and write the mapping file where the case keeps its reports."""
    talk = _Talk(language)
    _asked(account, out, talk)
    talk.say(said("Kept in {file}: from now on poa reads such files by itself.", file=str(out)))


def _asked(account: Account, out: Path, talk: _Talk) -> tuple[Report, str]:
    """What the file holds, and the mapping file that says so, written."""
    file = account.reports[0]
    try:
        header, encoding = titles_of(file, encoding=account.encoding, store=store_of(account, ()).code)
    except Undecided as question:
        encoding = _decided(question, talk)
        header, _ = titles_of(file, encoding=encoding, store=store_of(account, ()).code)
    account = replace(account, encoding=encoding)
    guess = best_guess(header)
    talk.say(said("{file} has the columns: {columns}", file=file.name, columns=", ".join(header)))
    default = list(_KINDS).index(guess) + 1 if guess else None
    kind = talk.choose(said("What does it hold?"), [said(_KINDS[one]) for one in _KINDS], default=default)
    report = report_named(list(_KINDS)[kind - 1])
    columns = dict(_columns(report, header, talk))
    mapping = read_mapping(_toml(columns, {}).encode(), name=out.name)
    text = _toml(columns, dict(_settings(account, mapping, report, talk)))
    save_new(out, text.encode())
    return report, text


def _decided(question: Undecided, talk: _Talk) -> str:
    """What somebody says where the rows fit two readings."""
    talk.say(question.message)
    number = talk.choose(said("Which is right?"), [shown for _, shown in question.choices])
    return question.choices[number - 1][0]


def _columns(report: Report, header: Sequence[str], talk: _Talk) -> Iterator[tuple[str, str]]:
    """Each of our columns and its title: known ones as they are, needed ones asked, others where one is near."""
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
        answer = _ask_column(column, free, near, talk, needed=column.name in needed)
        if answer:
            yield column.name, answer
            free.remove(answer)


def _ask_column(column: Column, free: Sequence[str], near: str, talk: _Talk, *, needed: bool) -> str:
    choices = list(free) if needed else [*free, said("none of them")]
    default = choices.index(near) + 1 if near else (None if needed else len(choices))
    question = said("Which column is the {column}?", column=said(_NAMES[column.name]))
    number = talk.choose(question, choices, default=default)
    chosen = choices[number - 1]
    return "" if not needed and number == len(choices) else chosen


def _settings(
    account: Account, mapping: ColumnMap, report: Report, talk: _Talk
) -> Iterator[tuple[str, str | bool]]:
    """What the rows do not settle: the order of day and month, and whether every order is listed."""
    try:
        local = try_mapping(account.reports[0], mapping, encoding=account.encoding)
    except Undecided as open_dates:
        if open_dates.setting != "date_format":
            raise
        order = _decided(open_dates, talk)
        yield "date_format", order
        mapping = replace(mapping, date_format=order)
        local = try_mapping(account.reports[0], mapping, encoding=account.encoding)
    if local and account.marketplace is None:
        talk.say(
            said(
                "Its times have no offset. In which time zone are they? As America/Los_Angeles or Asia/Shanghai."
            )
        )
        asked, zone = spoken(said("Zone"), talk.language), store_of(account, ()).zone
        yield "zone", click.prompt(asked, err=True, default=zone, value_proc=_zone)
    if report.name == "late_shipment":
        choices = [said("every order"), said("only late ones"), said("I do not know")]
        question = said("Does it list every order, or only late ones?")
        answer = talk.choose(question, choices, default=3)
        if answer < len(choices):
            yield "complete", answer == 1


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name.strip()).key
    except (OSError, ValueError, KeyError):  # what zoneinfo raises for a name it does not hold
        raise click.BadParameter(f"'{name}' is no time zone.") from None


def _toml(columns: Mapping[str, str], settings: Mapping[str, str | bool]) -> str:
    lines = [
        f"{key} = {str(value).lower() if isinstance(value, bool) else text_value(value)}"
        for key, value in settings.items()
    ]
    lines += ["", "[columns]", *(f"{ours} = {text_value(title)}" for ours, title in columns.items())]
    return "\n".join(lines).lstrip("\n") + "\n"
