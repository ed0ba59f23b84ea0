"""The filters a template prints values with; what they print of a figure says which fact it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial, wraps
from typing import Any

from jinja2.filters import FILTERS
from markupsafe import Markup

from poa.errors import PackFault
from poa.languages import Language
from poa.markdown import CLOSE, GAP_OPEN
from poa.packs.context import Figure, printing_filter
from poa.packs.language import day_text, number_text, percent_text, plural_form, whole_text
from poa.packs.printing import literal, marked, printed, wrong
from poa.packs.saying import say
from poa.packs.work import Work
from poa.rounding import MOST_DIGITS

Filter = Callable[..., object]


def filters_of(language: Language, *, work: Work) -> dict[str, Filter]:
    """Every filter there is, by its name, speaking one language and counted by ``work``."""
    spoken: dict[str, Filter] = {
        "count": _count,
        "percent": _percent,
        "number": _number,
        "day": _day,
        "answer": _answer,
        "plural": _plural,
    }
    plain: dict[str, Filter] = {
        "short_day": _short_day,
        "name": _name,
        "ask": _ask,
        "join": partial(_join, work),
        "length": _length,
        "first": partial(_end, "first", 0),
        "last": partial(_end, "last", -1),
        **{name: _listing(FILTERS[name]) for name in ("selectattr", "rejectattr", "map")},
    }
    fluent: dict[str, Filter] = {name: partial(filter_, language) for name, filter_ in spoken.items()}
    fluent["say"] = partial(say, language, {**fluent, **plain}, work)
    fluent["sentences"] = partial(_sentences, language, work)
    return {name: work.priced(filter_) for name, filter_ in {**fluent, **plain}.items()}


# --- figures ---------------------------------------------------------------------------------


def _count(language: Language, given: object) -> Markup:
    return printed(given, whole_text(_whole(given, "count"), language=language))


def _percent(language: Language, given: object, digits: object = 2, against: object = None) -> Markup:
    places = _digits(digits, "percent")
    target = None if against is None else _fraction(against)
    text = percent_text(_fraction(given), digits=places, against=target, language=language)
    return printed(given, text)


def _number(language: Language, given: object, digits: object = 1) -> Markup:
    places = _digits(digits, "number")
    number = _decimal(given, "number", "a number")
    return printed(given, number_text(number, digits=places, language=language))


def _digits(given: object, name: str) -> int:
    if type(given) is int and 0 <= given <= MOST_DIGITS:
        return given
    raise PackFault("bad_value", f"{name} takes 0 to {MOST_DIGITS} digits.", hint=f"Write {name}(digits=1).")


def _day(language: Language, given: object) -> Markup:
    return printed(given, day_text(_date(given, "day"), language=language))


def _short_day(given: object) -> Markup:
    return printed(given, _date(given, "short_day").isoformat())


def _name(given: object) -> Markup:
    value = _bare(given, "name")
    if not isinstance(value, str):
        raise wrong(value, "name", "a text")
    return value if isinstance(value, Markup) else printed(given, value)


def _plural(language: Language, given: object, one: object, many: object) -> object:
    return one if plural_form(_whole(given, "plural"), language=language) == "one" else many


# --- answers ---------------------------------------------------------------------------------


def _answer(language: Language, given: object) -> Markup:
    if not isinstance(given, Figure) or "question" not in given:
        raise wrong(given, "answer", "an answer of the case")
    value = given["value"]
    if value is None:
        return _ask(given["question"])
    if given.get("kind") == "day":
        return printed(given, day_text(_date(value, "day"), language=language))
    return printed(given, whole_text(value, language=language) if type(value) is int else value)


def _ask(question: object) -> Markup:
    return marked(GAP_OPEN, literal(question), CLOSE)


# --- lists -----------------------------------------------------------------------------------


def _join(work: Work, items: object, between: object = "") -> Markup:
    separator = _between(between)
    pieces = []
    for item in listed(items, "join"):
        pieces.append(literal(item))
        work.spend(len(pieces[-1]) + len(separator))
    return separator.join(pieces)


def _sentences(language: Language, work: Work, items: object) -> Markup:
    """Sentences one behind the other, as the language sets them; empty ones leave no trace."""
    said = [sentence for item in listed(items, "sentences") if (sentence := literal(item).strip())]
    out = []
    for sentence, following in zip(said, [*said[1:], ""], strict=False):
        # A question stands apart, and so do Latin letters among others.
        apart = sentence[-1] == CLOSE or sentence[-1].isascii()
        out += [sentence, (language.space or (" " if apart else "")) if following else ""]
        work.spend(len(sentence) + 1)
    return marked(*out)


def _between(given: object) -> Markup:
    """A separator as literal Markdown with the spaces at its ends, which escaping would strip."""
    if isinstance(given, Markup) or not isinstance(given, str):
        return literal(given)
    before = " " if given[:1].isspace() else ""
    after = " " if given.strip() and given[-1:].isspace() else ""
    return marked(before, literal(given), after)


def _listing(own: Filter) -> Filter:
    """Jinja's own filter, which reads only plain data here, as a list and not as a stream.

    A stream is always true, and a second loop over it finds nothing: both without a word.
    """

    @wraps(own)
    def filter_(*args: object, **options: object) -> object:
        return list(own(*args, **options))  # type: ignore[call-overload]

    return filter_


def _length(items: object) -> int:
    return len(listed(items, "length"))


def _end(name: str, position: int, items: object) -> object:
    rest = listed(items, name)
    if not rest:
        raise PackFault("no_value", "The list is empty.", hint="Test it before: {% if the_list %}.")
    return rest[position]


def listed(items: object, name: str) -> list[Any]:
    """The items of a list for a filter or a loop of that name; a text is no list of letters."""
    if isinstance(items, list | tuple):
        return list(items)
    raise wrong(items, name, "a list")


# --- values ----------------------------------------------------------------------------------


def _bare(given: object, name: str) -> object:
    """What stands behind a figure, once the filter is known to fit its unit; a bare value as it is."""
    value = given
    if isinstance(given, Figure):
        fitting = printing_filter(given)
        if fitting != {"short_day": "day", "plural": "count"}.get(name, name):
            raise PackFault(
                "wrong_filter",
                f"'{given['fact']}' is not printed with {name}.",
                hint=f"Write `| {fitting}`." if fitting else "Print its .value.",
            )
        value = given["value"]
    if value is None:
        what = f"'{given['fact']}' has" if isinstance(given, Figure) else "There is"
        raise PackFault(
            "no_value",
            f"{what} no value here that {name} could print.",
            hint="Test it before: {% if … .value is none %}.",
        )
    return value


def _whole(given: object, name: str) -> int:
    value = _bare(given, name)
    if type(value) is not int:
        raise wrong(value, name, "a whole number")
    return value


def _fraction(given: object) -> Decimal:
    return _decimal(given, "percent", "a fraction")


def _decimal(given: object, name: str, wanted: str) -> Decimal:
    value = _bare(given, name)
    if type(value) not in {int, float} or not Decimal(repr(value)).is_finite():
        raise wrong(value, name, wanted)
    # The shortest text of a float is the number that was meant; its bits are not.
    return Decimal(repr(value))


def _date(given: object, name: str) -> date:
    value = _bare(given, name)
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise wrong(value, name, "a day like 2026-10-31")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise wrong(value, name, "a day of the calendar") from None
