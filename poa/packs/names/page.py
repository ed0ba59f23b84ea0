"""The list of what a template may use as a page in Markdown, ``docs/template-names.md``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from poa.packs.names.contexts import documents
from poa.packs.names.filters import FILTERS, TESTS
from poa.packs.names.printed import NameRow, rows
from poa.packs.phrases import OTHER, Phrase

_BEGIN = """\
# What a template may use

Made by `poa packs vars --markdown`; do not edit. Values are those of the sample account (`poa demo`).

A **figure** is printed through the filter of its unit, `{{ facts.as_of | day }}`, and tested by its value,
`{% if facts.unconfirmed_past_due.value %}`. An **answer of the case** is printed by `answer`, which prints its question
where the seller has not answered. What is inside a group is listed where it comes first; elsewhere its type names that place. What *may have no value* or *may be missing* is tested before it is printed:
`{% if rate.rate.value is not none %}`. `[]` stands for each item of a list: `{% for rate in facts.late_shipment_rate %}`.
`from` is a word of the template language in some places; `rate["from"]` is the same as `rate.from`.
`poa packs check` finds what is misspelt, printed through the wrong filter or printed without a test.
"""


def page(phrases: Mapping[str, Phrase], *, document: str | None = None, below: str = "") -> str:
    """The page, or the part of it that is about one document or about one name."""
    return "\n".join([_BEGIN, *_names(document, below), *(() if below else _tools(phrases))]).rstrip() + "\n"


def _names(document: str | None, below: str) -> Iterator[str]:
    for root, found in _by_root(rows(document=document, below=below, once=not below)):
        yield f"## {root.path.partition('.')[0].partition('[')[0]}\n"
        yield f"{root.meaning}\n" if root.meaning else ""
        yield f"For: {_documents(root.documents)}.\n"
        yield "| name | type | filter | meaning | in the sample |\n|:--|:--|:--|:--|:--|"
        for row in found:
            yield table_line(
                f"`{row.path}`", row.kind, f"`{row.prints}`" if row.prints else "", row.meaning, row.value
            )
        yield ""


def _by_root(found: tuple[NameRow, ...]) -> Iterator[tuple[NameRow, list[NameRow]]]:
    """Rows of one outermost name, which for other documents may be something else."""
    groups: dict[tuple[str, tuple[str, ...]], list[NameRow]] = {}
    for row in found:
        root = row.path.partition(".")[0].partition("[")[0]
        groups.setdefault((root, row.documents), []).append(row)
    for group in groups.values():
        yield group[0], group


def _documents(having: tuple[str, ...]) -> str:
    return "every paper" if having == documents() else ", ".join(having)


def _tools(phrases: Mapping[str, Phrase]) -> Iterator[str]:
    yield "## Filters\n"
    yield "| filter | takes | options | prints | example | |\n|:--|:--|:--|:--|:--|:--|"
    for one in FILTERS.values():
        options = ", ".join(
            f"`{option.name}`: {option.kind}{'' if option.needed else ' (may be left out)'}"
            for option in one.options
        )
        yield table_line(f"`{one.name}`", one.taken, options, one.prints, f"`{one.example}`", one.shows)
    yield "\n## Tests\n"
    yield "| test | holds where | example |\n|:--|:--|:--|"
    for test in TESTS.values():
        yield table_line(f"`{test.name}`", test.meaning, f"`{test.example}`")
    yield "\n## Phrases\n"
    yield "The words of the papers stand in `lang/<code>.toml`. A pack changes one by writing its key into its own file.\n"
    yield "| phrase | written | in English |\n|:--|:--|:--|"
    for key in sorted(phrases):
        yield table_line(f"`{key}`", f"`{written(phrases[key])}`", phrases[key].written(OTHER))


def written(phrase: Phrase) -> str:
    """How a template says a phrase: ``t.key``, or with ``say`` and its parts."""
    parts = ", ".join(f"{part}=…" for part in sorted(phrase.given))
    return f"t.{phrase.key} | say({parts})" if parts else f"t.{phrase.key}"


def table_line(*cells: str) -> str:
    """One row of a table in Markdown."""
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
