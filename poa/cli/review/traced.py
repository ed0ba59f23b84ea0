"""A figure traced: every fact that prints so, where papers print it, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from poa.cli.explain import AMAZONS
from poa.cli.review.rows_behind import behind
from poa.cli.review.saying import INDENT, Say
from poa.cli.review.showing import Places
from poa.cli.terminal import print_json
from poa.errors import InputFault
from poa.facts import Plain
from poa.languages import LANGUAGES
from poa.review import Ground
from poa.review.tracing import Place, Traced, nearest, trace, traced_data
from poa.words import Said, counted, said, spoken

_MOST_PLACES = 6
_MOST_OF_PRINTED, _MOST_OF_OTHERS = 40, 8  # places in a file
_UNITS = {
    "orders": "{value} orders",
    "packages": "{value} packages",
    "units": "{value} units",
    "rows": "{value} rows",
    "suppliers": "{value} suppliers",
    "groups": "{value} groups",
    "hours": "{value} hours",
    "days": "{value} days",
    "about": "about {value} orders",
}


def show_trace(asked: str, ground: Ground, *, language: str, as_json: bool) -> None:
    """Print what is behind a figure; raises InputFault where no fact prints so."""
    found = _found(asked, ground, language)
    if not found:
        order = asked.strip()
        late = AMAZONS.fullmatch(order)
        raise _not_late(order, ground, language) if late else _not_found(asked, ground, language)
    if as_json:
        told = [traced_data(one, language=language) for one in found]
        print_json({"explain": 1, "asked": asked, "facts": told})
        return
    say = Say(language)
    say(
        counted(
            len(found),
            "{asked}: 1 fact stands behind it.",
            "{asked}: {number} facts stand behind it.",
            asked=asked,
        ),
        style="bold",
    )
    for one in found:
        say("")
        _show(one, ground, say, alone=len(found) == 1)


def _not_late(order: str, ground: Ground, language: str) -> InputFault:
    number = len(ground.late_orders)
    told = said("{order} is none of the {number} late orders of these facts.", order=order, number=number)
    hint = said("Give your reports instead of the facts: they hold the row of every order.")
    return InputFault("order_not_late", spoken(told, language), hint=spoken(hint, language))


def _found(asked: str, ground: Ground, language: str) -> tuple[Traced, ...]:
    """The facts, the figure read as the papers write it, else as its reader does, else as in English."""
    for one in dict.fromkeys((ground.language, language, "en")):
        if found := trace(asked, ground, language=one):
            return found
    return ()


def _not_found(asked: str, ground: Ground, language: str) -> InputFault:
    near = nearest(asked, ground, language=ground.language)
    told = [f"  {spoken(_value(one, language), language)}: {spoken(one.words, language)}" for one in near]
    hint = (
        said("The nearest facts are:")
        if told
        else said("Write a figure, a day or a name as a paper prints it, or the id of a fact.")
    )
    message = spoken(said("No fact prints as {asked}.", asked=asked), language)
    return InputFault("no_such_figure", message, hint="\n".join([spoken(hint, language), *told]))


def _show(one: Traced, ground: Ground, say: Say, *, alone: bool) -> None:
    """Print a fact: what it is, its value, where papers print it, and its rows; all of them where it is the only one."""
    say(one.words, style="bold")
    say(said("Fact: {fact}", fact=one.fact), lead=INDENT)
    say(said("Value: {value}", value=_value(one, say.language)), lead=INDENT)
    for told in _printed(one.printed, ground):
        say(told, lead=INDENT)
    most = None if alone else _MOST_OF_PRINTED if one.printed else _MOST_OF_OTHERS
    for told in behind(one.fact, ground, most=most):
        say(told, lead=INDENT)


def _printed(places: Sequence[Place], ground: Ground) -> Iterator[Said]:
    for one in places[:_MOST_PLACES]:
        paper = Places(ground.bases[one.document].paper)
        yield said(
            'Printed: "{text}" in {paper}, under "{heading}", {place}',
            text=one.text,
            paper=one.document,
            heading=one.heading or "",
            place=paper.of(one.line),
        )
    if len(places) > _MOST_PLACES:
        yield counted(
            len(places) - _MOST_PLACES,
            "Printed in {number} more place",
            "Printed in {number} more places",
        )


def _value(one: Traced, language: str) -> str:
    """The value as a reader writes it: a share in percent, whole numbers with their thousands."""
    shown = _number(one.value, share=one.unit == "fraction", language=language)
    return said(_UNITS[one.unit], value=shown) if one.unit in _UNITS else shown


def _number(value: Plain, *, share: bool, language: str) -> str:
    from poa.packs.language import number_text, percent_text, whole_text

    if value is None:
        return said("not known")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    spelt = LANGUAGES[language]
    if isinstance(value, int) and not share:
        return whole_text(value, language=spelt)
    exact = Decimal(repr(value)).quantize(Decimal("0.000001" if share else "0.0001"))
    places = max(0, -int(exact.normalize().as_tuple().exponent))
    if share:
        return percent_text(exact, digits=max(0, places - 2), against=None, language=spelt)
    return number_text(exact, digits=places, language=spelt)
