"""Figures as a table of a test writes them: the signs that were read, and what they say."""

from decimal import Decimal

from poa.review.claims import claims


def told(text, language):
    """``5,59 % = 5.59% (2)``: its signs, its value, its decimals; # before a code, ? behind an unclear day."""
    return "; ".join(f"{one.text} = {_value(one)}" for one in claims(text, language=language))


def _value(one):
    match one.kind:
        case "number" | "percent":
            sign = "%" if one.kind == "percent" else ""
            decimals = f" ({one.digits})" if one.digits else ""
            return f"{Decimal(one.value).normalize():f}{sign}{decimals}"
        case "code":
            return f"#{one.value}"
        case _:
            return f"{one.value}{'?' * one.ambiguous}{'!' * one.malformed}"


def each_told(texts, language):
    """What each of some texts says."""
    return {text: told(text, language) for text in texts}
