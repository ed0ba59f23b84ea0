"""A Word file is a ZIP of parts; here its bytes are made to depend on the parts alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST = "[Content_Types].xml"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # ZIP's earliest day; Word itself writes it
_LEVEL = 6


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one ZIP: the same parts are the same bytes, on every day and system."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            info = zipfile.ZipInfo(name, _NO_TIME)
            # Python notes the system it runs on, and with Unix the rights of the file.
            info.create_system, info.external_attr = 0, 0x20
            archive.writestr(info, parts[name], zipfile.ZIP_DEFLATED, _LEVEL)
    return buffer.getvalue()


def parts_of(package: bytes) -> dict[str, bytes]:
    """Every part by its name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
