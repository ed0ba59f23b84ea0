"""How each language writes whole numbers, percentages and days, by the Unicode project's tables."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.core import Locale
from babel.numbers import format_decimal, format_percent

from poa.errors import PackFault, did_you_mean
from poa.languages import LANGUAGES, Language
from poa.rounding import rounded


def find_language(
    code: str, *, offered: tuple[str, ...] = (), file: str | None = None, line: int | None = None
) -> Language:
    """The language of a code like ``en``, if it is known and, where a pack offers some, among them."""
    known = offered or tuple(LANGUAGES)
    if code not in LANGUAGES or code not in known:
        raise PackFault(
            "unknown_language",
            f"There is no language '{code}' here{did_you_mean(code, known)}",
            file=file,
            line=line,
            hint=f"Choose one of: {', '.join(known)}.",
        )
    return LANGUAGES[code]


def whole_text(number: int, *, language: Language) -> str:
    """A whole number with its thousands marked: ``2,410``."""
    return format_decimal(number, locale=_locale(language))


def number_text(number: Decimal, *, digits: int, language: Language) -> str:
    """A number with so many decimals, rounded half up: ``55.9``; nothing has no sign."""
    shown = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
    return format_decimal(shown or abs(shown), format=pattern, locale=_locale(language))


def percent_text(fraction: Decimal, *, digits: int, against: Decimal | None, language: Language) -> str:
    """A fraction as a percentage, rounded half up: ``6.27%``.

    With ``against``, digits are added until the printed number stands on the same side of that
    target as the true one: 0.03996 against 0.04 is 3.996%, and never the 4.00% that would fail.
    """
    number, places = rounded(fraction, digits=digits, against=against)
    pattern = _locale(language).percent_formats[None].pattern
    if places:
        pattern = pattern.replace("##0", f"##0.{'0' * places}")
    return format_percent(number / 100, format=pattern, locale=_locale(language))


def day_text(day: date, *, language: Language) -> str:
    """A day in running text: ``31 October 2026``."""
    month = _locale(language).months["format"]["wide"][day.month]
    return language.day_form.format(day=day.day, month=month, number=day.month, year=day.year)


def plural_form(number: int, *, language: Language) -> str:
    """The form in which the language says this many: ``one`` or ``other`` in English, always ``other`` in Chinese."""
    return str(_locale(language).plural_form(number))


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(language.locale)
