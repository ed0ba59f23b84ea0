"""Filters: whether there is one of the name, what it is given, with which options, and what comes out."""

from __future__ import annotations

from dataclasses import replace

from jinja2 import nodes

from poa.packs.checking.compared import held
from poa.packs.checking.printing import printable
from poa.packs.checking.problems import nearest
from poa.packs.checking.reading import called, entry, figure_there, fitting_filters, there, truth
from poa.packs.checking.saying import said
from poa.packs.checking.values import ANYTHING, Kind, Value, as_type, item_of, joined, printed, together
from poa.packs.checking.walk import Here
from poa.packs.names import Answer, Anything, Day, Figure, ListOf, Number, Phrase, Text, Whole
from poa.packs.names.filters import FILTERS, FilterSigns, Takes
from poa.rounding import MOST_DIGITS

_Args = tuple[tuple[nodes.Expr, Value], ...]
_Options = dict[str, tuple[nodes.Keyword, Value]]
_TAKEN_AS: dict[Takes, tuple[type, ...]] = {
    "figure": (Figure,),
    "whole": (Whole,),
    "number": (Whole, Number),
    "day": (Day,),
    "text": (Text, Day, Phrase),
    "answer": (Answer,),
    "phrase": (Phrase,),
    "list": (ListOf,),
}
_OF_ITEMS = {"selectattr", "rejectattr", "map"}


def filtered(node: nodes.Filter, given: Value, args: _Args, options: _Options, here: Here) -> Value:
    """What a filter makes of a value."""
    signs = FILTERS.get(node.name)
    values = (given, *(value for _, value in args), *(value for _, value in options.values()))
    if signs is None:
        return Value(Anything(), told=together(values))  # told as off the list
    if signs.name == "say":
        said(node, given, options, here)
        return printed(*values)
    _fits(node, signs, given, here)
    if signs.name not in _OF_ITEMS:
        _options(node, signs, args, options, here)
    made = _made(node, signs, given, args, options, here=here)
    return replace(made, told=made.told | together(values))


def _fits(node: nodes.Filter, signs: FilterSigns, given: Value, here: Here) -> None:
    """Whether the filter takes what it is given."""
    place = node.node or node
    if isinstance(place, nodes.Const) and place.value is None:
        here.note("no_value", f"There is no value here that {node.name} could print.", "Name one.", at=place)
        return
    kind = there(given, place, here)
    refusal = _refusal(node, signs, kind)
    if refusal is not None:
        code = "wrong_filter" if isinstance(kind, Figure | Answer) else "bad_value"
        here.note(code, f"A {called(kind)} is not printed with {node.name}.", refusal, at=node)
    elif isinstance(kind, Figure):
        figure_there(given, place, here)
    elif isinstance(kind, ListOf) and signs.makes == "item":
        entry(given, 0 if node.name == "first" else -1, place, here, written=place)
    elif isinstance(kind, ListOf) and node.name in {"sentences", "join"}:
        _pieces(node, given, here)


def _refusal(node: nodes.Filter, signs: FilterSigns, kind: Kind) -> str | None:
    """What to do where a filter does not take a kind of value; None where it does."""
    match kind:
        case Anything():
            return None
        case Figure():
            fitting = fitting_filters(kind)
            if "figure" in signs.takes and signs.printed_by in fitting:
                return None
            known = " or | ".join(sorted(one for one in fitting if one))
            return f"Write | {known}." if known else "Print its .value."
        case Answer() if "answer" not in signs.takes:
            return "Write | answer; it prints the question where there is no answer."
        case Text(printed=True) if signs.printed_by and "text" not in signs.takes:
            return f"Take | {node.name} away: it is words already."
        case _:
            taken = tuple(one for take in signs.takes for one in _TAKEN_AS[take])
            return None if isinstance(kind, taken) else f"Give it {signs.taken}."


def _pieces(node: nodes.Filter, given: Value, here: Here) -> None:
    """The items of a list that is printed."""
    if given.items is not None:
        for place, item in given.items:
            printable(item, place, here)
        return
    of = item_of(there(given, node.node or node, here))
    if of is not None and node.node is not None:
        printable(Value(of), node.node, here)


def _options(node: nodes.Filter, signs: FilterSigns, args: _Args, options: _Options, here: Here) -> None:
    names = [one.name for one in signs.options]
    for name, (keyword, _) in options.items():
        if name not in names:
            near = nearest(name, names)
            here.note(
                "bad_option",
                f"{node.name} has no option '{name}'{f'; did you mean {near!r}?' if near else '.'}",
                f"Write {near}=." if near else f"Write it as {signs.call}.",
                at=here.tree.keyword(keyword),
            )
    given = {
        **dict(zip(names, args, strict=False)),
        **{name: (one.value, value) for name, (one, value) in options.items()},
    }
    lacking = [one.name for one in signs.options if one.needed and one.name not in given]
    if len(args) > len(names) or lacking:
        here.note(
            "bad_option",
            f"{node.name} lacks '{lacking[0]}'."
            if lacking
            else f"{node.name} takes no more than {len(names)} options.",
            f"Write it as {signs.call}.",
            at=node,
        )
    if "digits" in given:
        _digits(node, given["digits"], here)
    if "against" in given:
        _against(given["against"], here)
    if "between" in given:
        printable(given["between"][1], given["between"][0], here)


def _digits(node: nodes.Filter, given: tuple[nodes.Expr, Value], here: Here) -> None:
    place, value = given
    known = value.const
    right = isinstance(value.kind, Whole | Anything)
    if not right or (isinstance(known, int) and not 0 <= known <= MOST_DIGITS):
        here.note(
            "bad_value",
            f"{node.name} takes 0 to {MOST_DIGITS} digits.",
            f"Write {node.name}(digits=1).",
            at=place,
        )


def _against(given: tuple[nodes.Expr, Value], here: Here) -> None:
    place, value = given
    kind = there(value, place, here)
    if isinstance(kind, Figure) and "percent" in fitting_filters(kind):
        figure_there(value, place, here)
    elif not isinstance(kind, Number | Whole | Anything):
        here.note(
            "bad_value",
            f"percent is held against a fraction, and this is a {called(kind)}.",
            "Give the target of the rate: against=rate.target.",
            at=place,
        )


def _made(
    node: nodes.Filter, signs: FilterSigns, given: Value, args: _Args, options: _Options, *, here: Here
) -> Value:
    item = item_of(given.bare)
    match signs.makes:
        case "whole":
            return Value(Whole())
        case "item":
            return Value(item or Anything(), f"{given.origin}[]" if given.origin else "")
        case "option":
            return Value(joined(args[0][1].kind, args[1][1].kind)) if len(args) > 1 else ANYTHING
        case "items":
            return _items(node, replace(given, kind=item or Anything()), args, options, here=here)
        case _:
            return printed(given)


def _items(node: nodes.Filter, given: Value, args: _Args, options: _Options, *, here: Here) -> Value:
    """The list that selectattr, rejectattr or map makes; ``given`` has the type of its items."""
    item = as_type(given.kind)
    here = here.within(given)
    one = Value(item, f"{given.origin}[]" if given.origin else "", given.told)
    if node.name == "map":
        if "attribute" not in options:
            return Value(ListOf(as_type(_each(one, args, here).kind)))
        keyword, named = options["attribute"]
        read = _path(one, named, keyword.value, here)
        return Value(ListOf(as_type(read.kind)))
    told: frozenset[str] = frozenset()
    if args:
        read = _path(one, args[0][1], args[0][0], here)
        told = read.told
        test = args[1][1].const if len(args) > 1 else None
        if test is None:
            truth(read, args[0][0], here)
        elif len(args) > 2:
            held((args[0][0], read), args[2], str(test), here)
    return Value(ListOf(item), given.origin, told, covered=given.covered)


def _each(one: Value, args: _Args, here: Here) -> Value:
    """What a filter makes of every item: ``map('name')``."""
    if not args or not isinstance(args[0][1].const, str):
        return ANYTHING
    name, place = args[0][1].const, args[0][0]
    signs = FILTERS.get(name)
    if signs is None or signs.name in {"say", *_OF_ITEMS}:
        near = nearest(name, set(FILTERS) - {"say", *_OF_ITEMS})
        here.note(
            "unknown_filter",
            f"map knows no filter '{name}'{f'; did you mean {near!r}?' if near else '.'}",
            f"Write map('{near}')." if near else "Loop over the list, and print each item.",
            at=place,
        )
        return ANYTHING
    every = nodes.Filter(place, name, [], [], None, None, lineno=place.lineno)
    _fits(every, signs, one, here)
    return _made(every, signs, one, args[1:], {}, here=here)


def _path(one: Value, named: Value, place: nodes.Expr, here: Here) -> Value:
    """What stands at a path like ``likely.value`` inside an item."""
    if not isinstance(named.const, str):
        return ANYTHING
    for part in named.const.split("."):
        one = entry(one, int(part) if part.isdigit() else part, place, here)
    return one
