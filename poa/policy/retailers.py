"""Which supplier names are other retailers or marketplaces, and which are not.

A name counts only as a whole: to call an honest supplier a retailer is worse than to miss one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from poa.policy import table

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
    told = _folded(name)
    whole = {told, _ENDING.sub("", told)}
    whole |= {one.removeprefix("the ") for one in whole}
    names, anywhere = _names()
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
def _names() -> tuple[dict[str, str], re.Pattern[str]]:
    """The store of each folded name, and the names that are found inside a longer one as well."""
    stores: dict[str, dict[str, Any]] = table("retailers.toml")["retailer"]
    every = {
        _folded(alias): store
        for store, row in stores.items()
        for alias in (store, *row["names"], *row["anywhere"])
    }
    inside = sorted({_folded(alias) for row in stores.values() for alias in row["anywhere"]}, key=len)
    words = "|".join(re.escape(one) for one in reversed(inside))
    return every, re.compile(rf"(?<!{_LETTER})(?<!{_LETTER}[.&'])(?:{words})(?!{_LETTER})")
