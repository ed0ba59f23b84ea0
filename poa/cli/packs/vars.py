"""``poa packs vars``: what a template may use, from the typed facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from poa.errors import UsageFault, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poa.cli.terminal import Screen
    from poa.packs.phrases import Phrase

_FILTERS, _TESTS, _PHRASES = "filters", "tests", "t"


@click.command(name="vars", epilog="Example: poa packs vars facts.late_shipment_rate")
@click.argument("path", required=False, default="")
@click.option("--document", metavar="NAME", help="Only what this document gets, such as plan-of-action.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print a page in Markdown.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Schema (draft 2020-12).")
def command(*, path: str, document: str | None, as_markdown: bool, as_json: bool) -> None:
    """Print every name that a template may use, with type, filter and meaning.

    PATH is a name, such as facts.attribution, and prints what is inside it;
    'filters', 'tests' and 't' (the phrases) print these alone. Values are those
    of the sample account that 'poa demo' makes.
    """
    from poa.cli.terminal import console, print_json

    _check(path, document, as_markdown=as_markdown, as_json=as_json)
    if as_json:
        from poa.packs.names.schema import schema

        print_json(schema(document))
        return
    if as_markdown:
        from poa.packs.names.page import page

        click.echo(page(_phrases(), document=document, below=path), nl=False)
        return
    out = console()
    if path not in {_FILTERS, _TESTS, _PHRASES} and not path.startswith(f"{_PHRASES}."):
        _show_names(path, document, out)
    if path in {"", _FILTERS}:
        _show_filters(out)
    if path in {"", _TESTS}:
        _show_tests(out)
    if path == _PHRASES or path.startswith(f"{_PHRASES}."):
        _show_phrases(path.partition(".")[2], out)
    elif not path:
        out.print("Phrases: poa packs vars t")


def _check(path: str, document: str | None, *, as_markdown: bool, as_json: bool) -> None:
    from poa.packs.names.contexts import documents

    if as_json and (as_markdown or path):
        raise UsageFault(
            "usage", "--json prints a whole schema.", hint="Leave PATH and --markdown out, or --json."
        )
    if document is not None and document not in documents():
        raise UsageFault(
            "unknown_document",
            f"There is no document '{document}'{did_you_mean(document, documents())}",
            hint=f"They are: {', '.join(documents())}. A document of a pack's own gets what plan-of-action gets.",
        )


def _phrases() -> Mapping[str, Phrase]:
    from poa.cli.pack_folders import open_packs

    return open_packs(None).phrases["en"]


def _show_names(path: str, document: str | None, out: Screen) -> None:
    from poa.cli.terminal import item, line
    from poa.packs.names.printed import rows

    found = rows(document=document, below=path, once=not path)
    if not found:
        known = {row.path for row in rows(document=document)} | {_FILTERS, _TESTS, _PHRASES}
        raise UsageFault(
            "unknown_name",
            f"No template has a name '{path}'{did_you_mean(path, known)}",
            hint="'poa packs vars' prints all of them; [] stands for each item of a list.",
        )
    for row in found:
        how = f" | {row.prints}" if row.prints else ""
        out.print(line(f"{row.path}{how}", "bold"))
        out.print(item("    ", f"{row.kind}{f', such as {row.value}' if row.value else ''}"))
        out.print(item("    ", row.meaning))
    out.print()


def _show_filters(out: Screen) -> None:
    from poa.cli.terminal import item, line
    from poa.packs.names.filters import FILTERS

    for one in FILTERS.values():
        out.print(line(f"| {one.call}", "bold"))
        out.print(item("    ", f"takes {one.taken}. {one.prints}"))
        for option in one.options:
            needed = "" if option.needed else " (may be left out)"
            out.print(item("    ", f"{option.name}: {option.kind}{needed}"))
        out.print(item("    ", f"{one.example}{f'  prints  {one.shows}' if one.shows else ''}"))
    out.print()


def _show_tests(out: Screen) -> None:
    from poa.packs.names.filters import TESTS

    cells = [(f"is {one.name}", one.meaning, one.example) for one in TESTS.values()]
    out.table(("Test", "Holds where", "Example"), cells)
    out.print()


def _show_phrases(key: str, out: Screen) -> None:
    from poa.cli.terminal import item, line
    from poa.packs.names.page import written
    from poa.packs.phrases import OTHER

    phrases = _phrases()
    if key and key not in phrases:
        raise UsageFault(
            "unknown_phrase",
            f"There is no phrase '{key}'{did_you_mean(key, phrases)}",
            hint="'poa packs vars t' prints all of them.",
        )
    for one in [key] if key else sorted(phrases):
        out.print(line(written(phrases[one]), "bold"))
        out.print(item("    ", phrases[one].written(OTHER)))
