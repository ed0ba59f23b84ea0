"""The filters and tests as a consultant meets them: what each takes, which options it has, what it prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

# What a filter can be given: figures by the filter that prints their unit, or bare values.
Takes: TypeAlias = Literal["figure", "whole", "number", "day", "text", "answer", "phrase", "list"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a filter: its name, its type in words, and whether it must be given."""

    name: str
    kind: str
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterSigns:
    """A filter. ``takes`` are the kinds of value it takes, ``prints`` says what comes out, ``example`` shows it.

    ``printed_by`` is the filter that a figure's unit must be printed by, where figures are taken.
    """

    name: str
    takes: tuple[Takes, ...]
    prints: str
    example: str
    shows: str
    options: tuple[Option, ...] = ()
    printed_by: str = ""
    makes: Literal["text", "whole", "item", "items", "option"] = "text"

    @property
    def call(self) -> str:
        """As it is written: ``percent(digits, against)``."""
        names = ", ".join(one.name for one in self.options)
        return f"{self.name}({names})" if names else self.name

    @property
    def taken(self) -> str:
        """What it takes, in words."""
        return " or ".join(_TAKEN[one] for one in self.takes)


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSigns:
    """A test, as in ``{% if value is none %}``."""

    name: str
    meaning: str
    example: str


_TAKEN: dict[Takes, str] = {
    "figure": "a figure",
    "whole": "a whole number",
    "number": "a number",
    "day": "a day",
    "text": "a text",
    "answer": "an answer of the case",
    "phrase": "a phrase",
    "list": "a list",
}
_DIGITS = Option(name="digits", kind="whole number from 0")
_PATH = Option(name="path", kind="text: a name inside each item", needed=True)
_TEST = Option(name="test", kind="text: name of a test")
_VALUE = Option(name="value", kind="what the test compares with")

FILTERS = {
    one.name: one
    for one in (
        FilterSigns(
            name="count",
            takes=("figure", "whole"),
            printed_by="count",
            prints="A whole number, its thousands marked.",
            example="{{ facts.rows_read | count }}",
            shows="2,410",
        ),
        FilterSigns(
            name="percent",
            takes=("figure", "number"),
            printed_by="percent",
            options=(_DIGITS, Option(name="against", kind="figure (fraction) or number")),
            prints="A fraction as a percentage; with against, digits are added until it stands on the true side of that target.",
            example="{{ rate.rate | percent(digits=1, against=rate.target) }}",
            shows="6.3%",
        ),
        FilterSigns(
            name="number",
            takes=("figure", "number"),
            printed_by="number",
            options=(_DIGITS,),
            prints="A number with decimals: hours, expected orders.",
            example="{{ cause.excess | number(digits=1) }}",
            shows="55.9",
        ),
        FilterSigns(
            name="day",
            takes=("figure", "day"),
            printed_by="day",
            prints="A day in running text.",
            example="{{ facts.as_of | day }}",
            shows="31 October 2026",
        ),
        FilterSigns(
            name="short_day",
            takes=("figure", "day"),
            printed_by="day",
            prints="A day as tables hold it.",
            example="{{ facts.as_of | short_day }}",
            shows="2026-10-31",
        ),
        FilterSigns(
            name="name",
            takes=("figure", "text"),
            printed_by="name",
            prints="A name, each sign of it as it stands.",
            example="{{ cause.name | name }}",
            shows="Alder Supply",
        ),
        FilterSigns(
            name="answer",
            takes=("answer",),
            prints="An answer of the case, or its question as an open point where there is none.",
            example="{{ case.seller.name | answer }}",
            shows="Harbor & Pine Home",
        ),
        FilterSigns(
            name="ask",
            takes=("text", "whole"),
            prints="A question as an open point of the draft.",
            example="{{ case.question.cause | ask }}",
            shows="[OPEN: Root cause: which step …?]",
        ),
        FilterSigns(
            name="say",
            takes=("phrase",),
            options=(Option(name="part=…", kind="each part of the phrase, by its name"),),
            prints="A phrase with its parts; a figure is printed by the filter of its unit.",
            example="{{ t.letter_target | say(target=(rate.target | percent(digits=0))) }}",
            shows="The target is under 4%.",
        ),
        FilterSigns(
            name="sentences",
            takes=("list",),
            prints="Sentences one behind the other, as the language sets them; empty ones leave no trace.",
            example="{{ [t.closing, t.letter_none_short | say(days=10)] | sentences }}",
            shows="… …",
        ),
        FilterSigns(
            name="join",
            takes=("list",),
            options=(Option(name="between", kind="text or phrase"),),
            prints="The texts and whole numbers of a list with something between them.",
            example="{{ action.causes | join(t.comma) }}",
            shows="1, 2",
        ),
        FilterSigns(
            name="plural",
            takes=("figure", "whole"),
            printed_by="count",
            options=(
                Option(name="one", kind="text", needed=True),
                Option(name="many", kind="text", needed=True),
            ),
            prints="The first text for one, the second for any other number, as the language has it.",
            example='{{ facts.rows_refused | plural("row", "rows") }}',
            shows="rows",
            makes="option",
        ),
        FilterSigns(
            name="length",
            takes=("list",),
            prints="How many items a list has.",
            example="{{ case.cause | length }}",
            shows="2",
            makes="whole",
        ),
        FilterSigns(
            name="first",
            takes=("list",),
            prints="The first item of a list that has one.",
            example="{{ (facts.budgets | first).window_days }}",
            shows="30",
            makes="item",
        ),
        FilterSigns(
            name="last",
            takes=("list",),
            prints="The last item of a list that has one.",
            example="{{ (weekly.weeks | last).week }}",
            shows="2026-W44",
            makes="item",
        ),
        FilterSigns(
            name="selectattr",
            takes=("list",),
            options=(_PATH, _TEST, _VALUE),
            prints="The items of a list for which the test of a name inside them holds.",
            example='{% for one in enclosed | selectattr("number", "gt", 1) %}',
            shows="",
            makes="items",
        ),
        FilterSigns(
            name="rejectattr",
            takes=("list",),
            options=(_PATH, _TEST, _VALUE),
            prints="The items of a list for which it does not hold.",
            example='{% for one in weekly.incidents | rejectattr("state", "equalto", "ended") %}',
            shows="",
            makes="items",
        ),
        FilterSigns(
            name="map",
            takes=("list",),
            options=(Option(name="attribute", kind="text: a name inside each item"),),
            prints="For each item what stands at a name inside it, or what a filter named by a text makes of it.",
            example='{{ enclosed | map(attribute="title") | join(t.comma) }}',
            shows="List of the late orders, …",
            makes="items",
        ),
    )
}

TESTS = {
    name: TestSigns(name=name, meaning=meaning, example=example)
    for name, meaning, example in (
        ("none", "It is missing.", "rate.orders.value is none"),
        ("true", "It is exactly yes.", "rate.meets_target is true"),
        ("false", "It is exactly no; a missing value is not.", "rate.meets_target is false"),
        ("odd", "A whole number that is odd.", "loop.index is odd"),
        ("even", "A whole number that is even.", "loop.index is even"),
        ("eq", "Equal; the same as ==.", "section.ask is eq('evidence')"),
        ("equalto", "The same as eq, as a name in selectattr.", 'selectattr("ask", "equalto", "evidence")'),
        ("ne", "Not equal; the same as !=.", "section.ask is ne('evidence')"),
        ("gt", "Greater than a number.", 'selectattr("number", "gt", 1)'),
        ("ge", "At least a number.", 'selectattr("number", "ge", 2)'),
        ("lt", "Less than a number.", 'selectattr("window_days", "lt", 30)'),
        ("le", "At most a number.", 'selectattr("window_days", "le", 10)'),
    )
}
