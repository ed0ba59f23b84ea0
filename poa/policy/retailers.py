"""Which supplier names are other retailers or marketplaces, which wholesale platforms, and which neither.

A name counts only as a whole: to call an honest supplier a retailer is worse than to miss one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["retailer", "platform"]

# What a store's name may carry behind it and still be that store: its address or a country. No form of a
# company: "Target" is the store, "Target Ltd" may be anybody.
_ENDING = re.compile(
    r"(?:[ .]+(?:com|co[ .](?:uk|jp)|net|de|fr|it|es|nl|pl|ca|cn|jp|uk|us|usa|eu|mx|au|online|marketplace|"
    r"united states))+$"
)
_WWW = re.compile(r"^(?:https?://)?(?:www\.)?")
_LETTER = r"[^\W_]"


def retailer_named(name: str) -> str | None:
    """The retailer or marketplace that a supplier's name is, or None."""
    return _named(name, "retailer")


def platform_named(name: str) -> str | None:
    """The wholesale platform that a supplier's name is, or None: the factory is to be named instead."""
    return _named(name, "platform")


def _named(name: str, kind: Kind) -> str | None:
    told = _folded(name)
    whole = {told, _ENDING.sub("", told)}
    whole |= {one.removeprefix("the ") for one in whole}
    names, anywhere = _names(kind)
    for one in whole:
        if one in names:
            return names[one]
    found = anywhere.search(told)
    return None if found is None else names[found[0]]


def _folded(name: str) -> str:
    """A name as it is compared: one width, no case, no address around it, hyphens and dashes as blanks."""
    told = unicodedata.normalize("NFKC", name).casefold().strip().replace("\u2019", "'")
    told = _WWW.sub("", told).rstrip("/ .,")
    told = re.sub(r"[\s\-\u2010-\u2015,]+", " ", told)
    return re.sub(r"[®™()]", "", told).strip()


@cache
def _names(kind: Kind) -> tuple[dict[str, str], re.Pattern[str]]:
    """The store of each folded name, and the names that are found inside a longer one as well."""
    table: dict[str, dict[str, Any]] = _table()[kind]
    every = {
        _folded(alias): store
        for store, row in table.items()
        for alias in (store, *row["names"], *row["anywhere"])
    }
    inside = sorted({_folded(alias) for row in table.values() for alias in row["anywhere"]}, key=len)
    words = "|".join(re.escape(one) for one in reversed(inside))
    return every, re.compile(rf"(?<!{_LETTER})(?<!{_LETTER}[.&'])(?:{words})(?!{_LETTER})")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("poa.policy").joinpath("retailers.toml").read_text(encoding="utf-8"))
