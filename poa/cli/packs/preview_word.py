"""Word pages of a document that is looked at, made in the background by the LibreOffice that is installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TypeAlias

from poa.errors import PoaError
from poa.files.pdf import to_pdf
from poa.files.pictures import to_pictures

_LARGEST = 12 << 20  # bytes of a Word file
_KEPT = 4


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Pages:
    """A document as PDF, and its first pages as pictures where a program draws them."""

    pdf: bytes = field(repr=False)
    pictures: tuple[bytes, ...] = field(repr=False)


# Pages, what went wrong as a sentence, or nothing yet.
Made: TypeAlias = Pages | str | None


class WordPages:
    """The documents that were asked for last; one is made at a time."""

    def __init__(self) -> None:
        self._made: dict[str, Made] = {}
        self._lock, self._office = Lock(), Lock()

    def look(self, mark: str, word: Callable[[], bytes]) -> Made:
        """What there is of a page with this mark; the first question starts the work, ``word`` gives the Word file."""
        with self._lock:
            if mark not in self._made:
                self._made[mark] = None
                while len(self._made) > _KEPT:
                    del self._made[next(iter(self._made))]
                Thread(target=self._make, args=(mark, word), daemon=True, name="poa-preview-word").start()
            return self._made[mark]

    def _make(self, mark: str, word: Callable[[], bytes]) -> None:
        with self._office:
            with self._lock:
                if mark not in self._made:  # nobody waits for it any longer
                    return
            made = _pages(word)
            with self._lock:
                if mark in self._made:
                    self._made[mark] = made


def _pages(word: Callable[[], bytes]) -> Pages | str:
    try:
        data = word()
        if len(data) > _LARGEST:
            return f"The Word file has {len(data) >> 20} MB; the preview shows at most {_LARGEST >> 20}."
        pdf = to_pdf({"paper.docx": data})["paper.pdf"]
    except PoaError as fault:
        return fault.message
    except Exception as error:  # noqa: BLE001 - the page says so; the thread has nobody else to tell
        return f"This is a fault of poa itself: {type(error).__name__}."
    return Pages(pdf=pdf, pictures=to_pictures(pdf))
