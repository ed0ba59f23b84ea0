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


def all_told(tables):
    """What each text of some tables says, by language."""
    return {language: {text: told(text, language) for text in rows} for language, rows in tables.items()}
