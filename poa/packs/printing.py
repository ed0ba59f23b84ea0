"""How a value becomes words on paper: literally, once, and with the fact it prints."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from poa.errors import PackFault
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, escape
from poa.packs.context import Figure, kind_of, printing_filter
from poa.packs.phrases import Phrase


def literal(value: object) -> Markup:
    """Words as literal Markdown, exactly once: what was escaped before stays as it is.

    A value that no filter has formatted is refused, so that no paper says ``None`` or ``0.0626556``.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str) or type(value) is int:
        return Markup(escape(str(value)))  # noqa: S704 - escaped for Markdown; HTML is never written
    raise PackFault(
        "unformatted", f"A {kind_of(value)} cannot be printed as it is.", hint=_how_to_print(value)
    )


def printed(given: object, text: str) -> Markup:
    """The words a filter made of what it was given, marked with the fact where that was a figure."""
    words = literal(text)
    if isinstance(given, Figure):
        return marked(FACT_OPEN, escape(given["fact"]), FACT_SPLIT, words, CLOSE)
    return words


def marked(*parts: str) -> Markup:
    """Parts that are Markdown already, as one."""
    return Markup("".join(parts))  # noqa: S704 - escaped for Markdown; HTML is never written


def wrong(value: object, name: str, wanted: str) -> PackFault:
    """The fault of giving a filter what it does not take."""
    if isinstance(value, Figure):
        return PackFault("wrong_filter", f"'{value['fact']}' is not {wanted}.", hint=_how_to_print(value))
    shown = f"'{value}'" if isinstance(value, str) and len(value) <= 40 else f"a {kind_of(value)}"
    return PackFault("bad_value", f"{name} takes {wanted}, and this is {shown}.", hint=f"Give it {wanted}.")


def _how_to_print(value: object) -> str:
    match value:
        case Phrase():
            parts = ", ".join(f"{name}=…" for name in sorted(value.given))
            return f"Write {{{{ t.{value.key} | say({parts}) }}}}."
        case Figure():
            fitting = printing_filter(value)
            return f"Write `| {fitting}` behind it." if fitting else "Print its .value."
        case None:
            return "Test it before: {% if value is not none %}."
        case bool():
            return "Choose the words: {% if value %} … {% else %} … {% endif %}."
        case float():
            return "Write `| percent` behind it."
        case list() | tuple():
            return 'Loop over it, or write `| join(", ")` behind it.'
        case Mapping():
            return "Print one of its values: {{ value.name }}."
        case _:
            return "A macro is called with parentheses: {{ macro(value) }}."
