"""The numbers that letter rules judge by where Amazon names none: ours, and a pack may make them stricter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number of a rule: ``stricter`` says which way it may be moved, ``least`` is the smallest that has a meaning."""

    default: int
    stricter: int  # -1: a smaller number is stricter; 1: a larger one
    what: str
    least: int = 1

    def allows(self, value: int) -> bool:
        """Whether a number is as strict as the default, or stricter."""
        return value >= self.least and (value - self.default) * self.stricter >= 0


LIMITS = {
    "R13": Limit(default=3, stricter=1, what="whys that lead to a cause"),
    "R26": Limit(default=5, stricter=-1, what="order ids in the text"),
    "R28": Limit(default=500, stricter=-1, what="words of the letter"),
    "R29": Limit(default=4, stricter=-1, what="lines of a paragraph"),
    "R30": Limit(default=60, stricter=-1, what="percent of a statement that also stand in another letter"),
    "R43": Limit(default=2, stricter=1, what="days between two submissions"),
}
