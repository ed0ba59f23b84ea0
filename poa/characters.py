"""Which characters may stand in a name or a statement: what paper, terminal and Word can all hold."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from poa.words import Said, counted, said, strung

# Word's XML cannot hold control characters, surrogates and U+FFFE/F; a terminal obeys escape
# sequences (C0, C1); marks that turn the writing direction make a name read as another; and
# U+E000 to U+E003 are the marks of cited facts inside poa itself.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff\ue000-\ue003]"
)
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")


def clean(text: str) -> str:
    """The text on one line, each forbidden character shown as U+FFFD, invisible ones dropped."""
    return " ".join(harmless(text).split())


def harmless(text: str) -> str:
    """The same with its spaces and lines as they are."""
    return _FORBIDDEN.sub("\ufffd", _INVISIBLE.sub("", text))


def width(text: str) -> int:
    """The width of a text in Latin characters: a Chinese or Japanese one is as wide as two."""
    return len(text) if text.isascii() else len(text) + sum(east_asian_width(sign) in "WF" for sign in text)


def shape(value: str) -> Said:
    """What a value looks like without saying it: ``letters and digits, 14 characters``."""
    kinds = [
        name
        for name, found in (
            (said("letters"), any(char.isalpha() for char in value)),
            (said("digits"), any(char.isdigit() for char in value)),
            (said("signs"), any(not char.isalnum() for char in value)),
        )
        if found
    ]
    return counted(
        len(value),
        "{kinds}, {length} character",
        "{kinds}, {length} characters",
        kinds=strung("{one} and {other}", kinds) or said("nothing"),
        length=str(len(value)),
    )


_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?"
)
# Digits alone could be a telephone number: a date has its marks, or the name of a month and a year.
_DATE_FORM = re.compile(
    rf"(?:(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d\d|\d{{4}})|\d{{4}}年\d{{1,2}}月\d{{1,2}}日|(?:{_MONTH})\W{{1,2}}\d{{1,2}}\W{{1,2}}\d{{4}}|"
    rf"\d{{1,2}}[- ](?:{_MONTH})[- ]\d{{2,4}})(?:[T ,]+[0-9:.+ -]*(?:[AP]M)? *(?:Z|UTC|GMT|[PMCE][SD]T|JST|CES?T|BST|IST)?[0-9:+-]*)?",
    re.IGNORECASE,
)
# Three groups of digits as an order id has them, or one that Excel has spoilt (1.12E+16): digits of
# any other form could be a telephone number or a payment card.
_ID_FORM = re.compile(r"[0-9]{2,4}[ -][0-9]{6,8}[ -][0-9]{6,8}|[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)


_BIRTH = re.compile(r"(?<!\d)(?:18\d\d|19[0-8]\d|199[0-4])(?!\d)")


def shown_date(value: str) -> str:
    """A refused date as it may be printed: itself, or its shape, for it could be a person's data.

    A year before Amazon's first could be somebody's birthday.
    """
    known = len(value) <= 40 and _DATE_FORM.fullmatch(value) and not _BIRTH.search(value)
    return value if known else shape(value)


def shown_id(value: str) -> str:
    """A refused order id as it may be printed: itself, or its shape."""
    return value if _ID_FORM.fullmatch(value) else shape(value)


def shown_name_of_order(value: str) -> str:
    """An order id of any marketplace as it may be printed: one word with a digit, or its shape."""
    return value if re.fullmatch(r"[\w-]*[0-9][\w-]*", value, re.ASCII) else shape(value)
