"""How much one paper may take: a count of what is looped over, called and printed, with an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from functools import wraps

from poa.errors import PackFault

LIMIT = 5_000_000  # characters, or what costs as much time

_STEP = 5  # one round of a loop
_PRINT = 10  # one value
_CALL = 50  # one filter or macro: a number written in a language


class Work:
    """What is left for one paper. A loop over nothing but a list of its own would else never end."""

    def __init__(self) -> None:
        self._left = LIMIT

    def spend(self, amount: int) -> None:
        """Take an amount away; PackFault once nothing is left."""
        self._left -= amount
        if self._left < 0:
            raise PackFault(
                "too_much_work",
                f"The paper takes more than {LIMIT:,} characters to print.",
                hint="Loop over fewer things, or print less of each.",
            )

    def printed(self, text: str) -> None:
        """Count a value that was printed."""
        self.spend(_PRINT + len(text))

    def included(self, text: str) -> None:
        """Count a template that another one calls in."""
        self.spend(_CALL + len(text))

    def looped(self, items: Sized, body: int) -> None:
        """Count a loop before it runs; ``body`` is the length of the words inside it."""
        self.spend(len(items) * (_STEP + body))

    def priced(self, function: Callable[..., object]) -> Callable[..., object]:
        """The same filter or macro, counted each time it is called."""

        @wraps(function)
        def counted(*args: object, **options: object) -> object:
            # A list or a text is read through by most filters, each of its items once.
            self.spend(_CALL + sum(len(given) for given in args if isinstance(given, list | str)))
            result = function(*args, **options)
            self.spend(len(result) if isinstance(result, str) else 0)
            return result

        return counted

    def paced(self, chunks: Iterator[str]) -> Iterator[str]:
        """The same pieces of a paper, counted as they come."""
        for chunk in chunks:
            self.spend(len(chunk))
            yield chunk
