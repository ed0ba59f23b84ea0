"""How much room words take: a Chinese or Japanese character is as wide as two Latin ones."""

from __future__ import annotations

from unicodedata import east_asian_width


def width(text: str) -> int:
    """The width of a text, counted in Latin characters."""
    return len(text) if text.isascii() else len(text) + sum(east_asian_width(sign) in "WF" for sign in text)
