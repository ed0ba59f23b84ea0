"""Turn whatever goes wrong while a template is filled into one fault with its place: ``pack/file:line``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from types import FrameType, TracebackType
from typing import NamedTuple

from jinja2 import TemplateSyntaxError
from jinja2.exceptions import TemplateRuntimeError
from jinja2.utils import missing

from poa.errors import PackFault, nearest

PHRASES = "'t'"
_PAPER = "The paper"
# The marks of a letterhead, which no template knows, and what a template writes in their place. The other way round
# it stands in poa/writers/_shell_marks.py, which knows nothing of packs.
IN_A_TEMPLATE = {
    "seller": "case.seller.name | answer",
    "store": "facts.marketplace_name",
    "letter_date": "case.letter_date | answer",
    "as_of": "facts.as_of | day",
}


class UnknownName(TemplateRuntimeError):
    """A template used a name that nothing has; ``hint`` is what Jinja says of it, where it says more."""

    def __init__(self, name: str, hint: str | None) -> None:
        super().__init__(hint or name)
        self.name = name
        self.hint = hint


def meant_by(mark: str, known: Collection[str]) -> str | None:
    """What a template writes for a mark of ``shell.docx``; None for any other name, or in a paper that lacks it."""
    written = IN_A_TEMPLATE.get(mark)
    return written if written and written.partition(".")[0] in known else None


def unknown_name(name: object, *, of: str, known: Iterable[str]) -> PackFault:
    """The fault of asking for a name that is not there; its place is added where it is caught."""
    names = sorted(name for name in known if not name.startswith("_"))
    near = (meant_by(str(name), names) if of == _PAPER else None) or nearest(str(name), names)
    hint = f"It has: {', '.join(names)}." if names else "Only groups of values have names inside."
    if of == PHRASES:  # hundreds, of which nobody reads a list
        hint = f'Add to lang/en.toml: {name} = "…".'
        hint = f"Write t.{near}, or {hint[:1].lower()}{hint[1:]}" if near else hint
    elif near:
        hint = f"Write {near}."
    return PackFault(
        "unknown_name",
        f"{of} has no '{name}'{f'; did you mean {near!r}?' if near else '.'}",
        hint=hint,
    )


def placed(error: Exception, *, start: str, names: Mapping[str, object]) -> PackFault:
    """The fault of an error, at the innermost template line it passed; ``start`` is where filling began."""
    if isinstance(error, TemplateSyntaxError):
        return PackFault(
            "template_syntax",
            _sentence(error.message or "this cannot be read"),
            file=error.name or start,
            line=error.lineno,
            hint="Check the brackets and that every block, if and for has its end.",
        )
    place = _innermost(error.__traceback__)
    file, line = (place.file, place.line) if place else (start, None)
    fault = _unplaced(error, {**names, **_locals(place)})
    return PackFault(
        fault.code,
        fault.message,
        file=fault.file or file,
        line=fault.line if fault.file else line,
        hint=fault.hint,
    )


def _unplaced(error: Exception, names: Mapping[str, object]) -> PackFault:
    match error:
        case PackFault():
            return error
        case UnknownName(hint=None, name=name):
            return unknown_name(name, of=_PAPER, known=names)
        case UnknownName(hint=hint):
            return PackFault("unknown_name", _sentence(str(hint)), hint="Check the name and where it is set.")
        case RecursionError() | SyntaxError() | MemoryError():  # Python's, of the code that Jinja compiles
            what, hint = (
                "it includes or calls itself without an end, or nests too deeply",
                "Break the circle.",
            )
        case _:
            what, hint = f"{type(error).__name__}: {error}", "Check the values on this line."
    return PackFault("template_failed", f"The template cannot be filled: {what}.", hint=hint)


class _Place(NamedTuple):
    file: str
    line: int
    frame: FrameType


def _innermost(traceback: TracebackType | None) -> _Place | None:
    found = None
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(traceback.tb_lineno)
            found = _Place(template.name, line, traceback.tb_frame)
        traceback = traceback.tb_next
    return found


def _locals(place: _Place | None) -> dict[str, object]:
    """The names a template set or loops with, as its compiled code calls them: ``l_1_supplier``."""
    found = {}
    for name, value in place.frame.f_locals.items() if place else ():
        own = re.fullmatch(r"l_\d+_(\w+)", name)
        if own and value is not missing:
            found[own[1]] = value
    return found


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
