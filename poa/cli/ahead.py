"""What a large run will need later, imported while its files are being read: reading leaves a core to spare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poa.files import InputFile

LARGE = 16 << 20  # bytes; below it, reading is over before an import is

# The slow ones of what makes papers. Nothing of it is needed to read, count or tell.
_FOR_PAPERS = (
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "docx",
    "babel.numbers",
    "jinja2",
    "markdown_it",
    "holidays",
)


class Ahead:
    """Imports on the way, and what is done ``then``; ``wait`` before the first of it is used."""

    def __init__(self, modules: Sequence[str], then: Callable[[], object] | None = None) -> None:
        self._thread = Thread(target=_do, args=(modules, then), daemon=True) if modules else None
        if self._thread is not None:
            self._thread.start()

    def wait(self) -> None:
        """Until every import is done."""
        if self._thread is not None:
            self._thread.join()


def for_papers(files: Sequence[InputFile], then: Callable[[], object] | None = None) -> Ahead:
    """The imports that papers need, and what is done after them, begun where the files are large.

    Called once all that reading needs is imported: two threads that import one package can see half of it.
    """
    return Ahead(_FOR_PAPERS, then) if sum(one.size for one in files) >= LARGE else Ahead(())


def _do(modules: Sequence[str], then: Callable[[], object] | None) -> None:
    try:
        for name in modules:
            import_module(name)
        if then is not None:
            then()
    except Exception:  # noqa: BLE001 - whoever needs it meets the same fault, and says so
        return
