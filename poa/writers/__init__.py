"""The formats a paper can be written in: one file of this folder each, found when it is asked for."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from poa.document import Document
from poa.errors import PackFault, UsageFault, did_you_mean

_NO_FORMAT = {"shell", "whole", "word_native"}  # the look of one, and letters made in Word


class Writer(Protocol):
    """What a file of this folder offers; ``images`` holds PNG bytes by the ``src`` of an image."""

    SUFFIX: str

    def write(self, document: Document, *, images: Mapping[str, bytes]) -> bytes:
        """The whole file."""


def formats() -> tuple[str, ...]:
    """The names of all formats, in order of the alphabet."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in names if not name.startswith("_") and name not in _NO_FORMAT))


def writer(name: str) -> Writer:
    """The writer of a format."""
    if name not in formats():
        raise UsageFault(
            "unknown_format",
            f"There is no format '{name}'{did_you_mean(name, formats())}",
            hint=f"Choose from {', '.join(formats())}.",
        )
    return cast("Writer", import_module(f"{__name__}.{name}"))


def picture(images: Mapping[str, bytes], src: str) -> bytes:
    """The bytes of a picture that a paper names."""
    if src not in images:
        raise PackFault(
            "missing_picture",
            f"The paper shows the picture '{src}', but no such picture was drawn{did_you_mean(src, images)}",
            hint="Name a picture that exists, or remove it from the template.",
        )
    return images[src]
