"""A Word file is a zip of parts; here its bytes are made to depend on the parts alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

TYPES = "[Content_Types].xml"  # programs that read a package as a stream look for it first
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # a zip's earliest day; Word itself writes it
_LEVEL = 6


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one zip: the same parts are the same bytes, on every day and system."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != TYPES, name)):
            info = zipfile.ZipInfo(name, _NO_TIME)
            # Python notes the system it runs on, and with Unix the rights of the file.
            info.create_system, info.external_attr = 0, 0x20
            archive.writestr(info, parts[name], zipfile.ZIP_DEFLATED, _LEVEL)
    return buffer.getvalue()


def escape(text: str) -> str:
    """A text between tags. The library's own function does the same, and imports an HTTP client on its way."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def quoteattr(text: str) -> str:
    """A text as the value of an attribute, in its quotes; likewise."""
    told = escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' not in told:
        return f'"{told}"'
    return f"'{told}'" if "'" not in told else '"' + told.replace('"', "&quot;") + '"'
