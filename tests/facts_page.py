"""What ``facts.json`` holds, by the same types as the names of the templates, and the page about it in ``docs``."""

from collections.abc import Iterator, Mapping

from poa.facts import VERSION, Facts, Lines
from poa.facts.weekly import Weekly
from poa.packs.names import (
    Anything,
    Day,
    Figure,
    Group,
    ListOf,
    MapOf,
    Name,
    Optional,
    Text,
    Type,
    Whole,
    YesNo,
    in_words,
    value_type,
)
from poa.packs.names.facts_types import group_of
from poa.packs.names.page import table_line
from poa.packs.names.printed import walk

_BEGIN = f"""\
# facts.json

Made from the code by `pytest tests/test_facts_page.py --accept`; do not edit.

Everything that a run stands on: the facts of the rows, the rows behind each of them, and where each is printed. Version
{VERSION}: a name may be added, none is renamed or changes its meaning. `poa appeal` and `poa weekly` write it to
`internal/facts.json`, which is never sent; `poa review` and `poa explain --facts` read it. `poa summary --json` prints the
first part alone.

A **figure** stands as its bare value, and its *unit* says what it counts: `fraction` 0.056 is 5.6 %, a `day` is
`2026-10-31`, `about` is an expected number of orders, with decimals. The rows behind it stand in `evidence` under its
*id*, which the last column shows as it is in the sample account (`poa demo`). Nothing is formatted or translated.
*Or null*: the rows do not tell it. *May be left out*: even the name is missing then, because an empty list would say that
there is nothing to tell. `[]` stands for each item of a list, and for each entry of a group by name, whose names depend on the account. What is inside a
group is listed where it comes first.
"""

_LEFT_OUT = ("attribution", "stages", "incidents", "budgets", "projection", "closed_days", "remedies")
_PARTS = {
    "From the rows": "Also what `poa summary --json` prints; `other_stores` is added there where the rows name several stores.",
    "Of a week": "In the file of `poa weekly` alone.",
    "Of the run": "In the files of `poa appeal` and `poa weekly`, as the last column says. A page for a supplier (`--audience`) has"
    " `facts`, `evidence`, `printed` and `papers` alone, and only what that supplier may know.",
}


def _group(title: str, meaning: str, /, **names: tuple[Type, str]) -> Group:
    told = {name.rstrip("_"): Name(type=kind, meaning=means) for name, (kind, means) in names.items()}
    return Group(names=told, title=title, meaning=meaning)


_TEXT, _WHOLE, _DAY = Text(), Whole(), Day()
_LINES = ListOf(group_of(Lines))
_ROWS = _group(
    "Rows",
    "The rows behind a figure.",
    rule=(_TEXT, "Which rows are counted, in words: who has the files can count them again."),
    orders=(Optional(_WHOLE, absent=True), "How many orders; missing behind a statement of the seller."),
    lines=(Optional(_LINES, absent=True), "Where they stand; missing where there are too many to list."),
)
_EVIDENCE = _group(
    "Evidence",
    "A figure or a statement, and what it stands on.",
    value=(Anything(), "The value, never formatted; null where the rows do not tell it."),
    unit=(_TEXT, "The unit; `statement` for what the seller says in the case."),
    rows=(_ROWS, "The rows behind it."),
)
_PRINTED = _group(
    "Printed",
    "One place of a paper that prints a fact.",
    document=(_TEXT, "Name of the paper."),
    paragraph=(_WHOLE, "Number of the paragraph, heading, list item or table cell, from 0."),
    start=(_WHOLE, "Number of the sign with which it begins there, from 0."),
    text=(_TEXT, "The words as they are printed."),
    fact=(_TEXT, "Id of the fact, as in `evidence`."),
)
_LINE = _group(
    "Line",
    "One line of a paper as it was made.",
    kind=(_TEXT, "heading, paragraph, item, row and so on."),
    paragraph=(_WHOLE, "Its number, as in `printed`; of a table row that of its first cell."),
    text=(Optional(_TEXT, absent=True), "Its words."),
    cells=(Optional(ListOf(_TEXT), absent=True), "The cells of a table row, in place of `text`."),
    level=(Optional(_WHOLE, absent=True), "Level of a heading or depth of an item."),
)
_PAPER = _group(
    "PaperLines",
    "A paper as it was made.",
    language=(_TEXT, "Code of its language."),
    lines=(ListOf(_LINE), "Its lines in reading order."),
)
_REPLY = _group(
    "Reply",
    "What Amazon answered.",
    day=(_DAY, "The day of the answer."),
    lines=(
        ListOf(_group("Asked", "One line of it.", ask=(_TEXT, "What it asks."), line=(_TEXT, "Its words."))),
        "Its lines.",
    ),
)
_EARLIER = _group(
    "Earlier",
    "The submission before this one.",
    day=(_DAY, "The day on which it was sent."),
    case=(MapOf(Anything()), "The case as it was then."),
    reply=(Optional(_REPLY), "What Amazon answered."),
)
_ENCLOSED = _group(
    "Enclosed",
    "An annex of the letter.",
    number=(_WHOLE, "The number of the annex."),
    file=(_TEXT, "Name of the file."),
    title=(_TEXT, "What the papers call it."),
    listed=(YesNo(), "Whether it is the list of late orders."),
    cited_by=(ListOf(_WHOLE), "Numbers of the actions that name it."),
    date=(Optional(_DAY), "The day that it shows."),
)
_BOTH = _group(
    "Run",
    "",
    language=(_TEXT, "Code of the papers' language."),
    case=(MapOf(Anything()), "What the seller said, by the names of `case.toml`."),
    evidence=(MapOf(_EVIDENCE), "What stands behind each figure and each statement, by its id."),
    printed=(ListOf(_PRINTED), "Where each fact is printed."),
    papers=(MapOf(_PAPER), "The papers as they were made, by their names."),
)
_OF_APPEAL = _group(
    "AppealRun",
    "",
    final=(YesNo(), "Whether the papers are final."),
    notice=(Optional(MapOf(Anything())), "What was read from the notice, as `poa notice --json` prints it."),
    earlier=(Optional(_EARLIER), "The submission before this one."),
    enclosed=(ListOf(_ENCLOSED), "The annexes by number."),
    late_order_rows=(MapOf(_LINES), "The rows of each late order of the longest window, by its id."),
    proposed=(ListOf(_TEXT), "Sentences that poa proposed for this case, to find those taken word for word."),
    pack_words=(
        Optional(ListOf(_TEXT), absent=True),
        "Sentences of the templates of a pack that is not built in.",
    ),
    letterhead=(Optional(ListOf(_TEXT), absent=True), "Words of its letterhead."),
)


def of_appeal() -> Group:
    """What ``poa appeal`` writes."""
    return _together(_facts(), _BOTH, _OF_APPEAL)


def of_week() -> Group:
    """What ``poa weekly`` writes."""
    return _together(_facts(), _weekly(), _BOTH)


def of_summary() -> Group:
    """What ``poa summary --json`` prints of one store."""
    return _facts()


def _together(*parts: Group) -> Group:
    return Group(names={name: one for part in parts for name, one in part.names.items()})


def _facts() -> Group:
    """The facts; an analysis that the rows do not allow is left out."""
    names = dict(group_of(Facts).names)
    for name in _LEFT_OUT:
        kind = names[name].type
        assert isinstance(kind, Optional), name
        names[name] = Name(type=Optional(kind.of, absent=True), meaning=names[name].meaning)
    return Group(names=names, title="Facts")


def _weekly() -> Group:
    return _group("Week", "", weekly=(group_of(Weekly), "The week."))


def bare_values(kind: Type) -> Type:
    """The same type with each figure as its bare value."""
    match kind:
        case Figure(missing=missing):
            return Optional(value_type(kind)) if missing else value_type(kind)
        case Optional(of=inner, absent=absent):
            return Optional(bare_values(inner), absent=absent)
        case ListOf(of=inner, at_least=least):
            return ListOf(bare_values(inner), least)
        case MapOf(of=inner):
            return MapOf(bare_values(inner))
        case Group(names=names, title=title):
            told = {name: Name(type=bare_values(one.type), meaning="") for name, one in names.items()}
            return Group(names=told, title=title)
        case _:
            return kind


def page(ids: Mapping[str, str]) -> str:
    """The page; ``ids`` are those of the sample's figures, by the path at which each stands."""
    return "\n".join([_BEGIN, *_parts(ids)]).rstrip() + "\n"


def _parts(ids: Mapping[str, str]) -> Iterator[str]:
    told: dict[Type, str] = {}
    files = dict.fromkeys(_BOTH.names, "both") | dict.fromkeys(_OF_APPEAL.names, "poa appeal")
    for (title, about), group in zip(
        _PARTS.items(), (_facts(), _weekly(), _together(_BOTH, _OF_APPEAL)), strict=True
    ):
        yield f"## {title}\n\n{about}\n"
        inner = title == "From the rows"
        last = "id in the sample" if group.names.keys().isdisjoint(files) else "written by"
        rows = {name: [*walk(name, one, told)] for name, one in group.names.items()}
        if inner:
            yield from _table(
                [row for found in rows.values() for row in found if len(found) == 1], ids, last=last
            )
        for name, found in rows.items():
            if len(found) > 1:
                yield f"### {name}\n"
                yield from _table(found, {**ids, name: files.get(name, "")}, last=last)
        if not inner and any(len(found) == 1 for found in rows.values()):
            yield "### The others\n"
            yield from _table(
                [row for found in rows.values() for row in found if len(found) == 1], files, last=last
            )


def _table(found: list[tuple[str, Name, str]], ids: Mapping[str, str], *, last: str) -> Iterator[str]:
    yield f"| name | type | unit | meaning | {last} |\n|:--|:--|:--|:--|:--|"
    for path, one, same in found:
        kind = one.type.of if isinstance(one.type, Optional) else one.type
        told = ids.get(path, "")
        yield table_line(
            f"`{path}`",
            _words(one.type) + (f", as `{same}`" if same else ""),
            " or ".join(kind.units) if isinstance(kind, Figure) else "",
            one.meaning,
            f"`{told}`" if told and last.startswith("id") else told,
        )
    yield ""


def _words(kind: Type) -> str:
    """A type as a reader of JSON is told it."""
    end = ""
    if isinstance(kind, Optional):
        kind, end = kind.of, ", may be left out" if kind.absent else ", or null"
    if isinstance(kind, Figure):
        end = ", or null" if kind.missing else end
        kind = value_type(kind)
    return f"{in_words(_shallow(kind))}{end}"


def _shallow(kind: Type) -> Type:
    """The type with the figures of its lists as values; groups stay, for they are named and not told."""
    match kind:
        case ListOf(of=inner):
            return ListOf(_shallow(inner))
        case MapOf(of=inner):
            return MapOf(_shallow(inner))
        case Figure():
            return value_type(kind)
        case _:
            return kind
