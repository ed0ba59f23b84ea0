"""Which headers and footers say something of the case: not page numbers, and not our own mark of a draft."""

from __future__ import annotations

import re

# As our papers print it, and as Word's own page numbers are written in our languages.
_DRAFT = re.compile(r"draft|entwurf|草稿|下書き")
_PAGE_WORDS = re.compile(r"page|pages|seiten?|s\.|of|von|第|共|全|页|頁|ページ|[\d\s/|.,:()·•–—-]")  # noqa: RUF001 - signs of the languages


def says_something(text: str) -> bool:
    """Whether a header or footer has words beside page numbers and the mark of a draft."""
    said = text.casefold().strip()
    return not _DRAFT.fullmatch(said) and bool(_PAGE_WORDS.sub("", said))
