"""What a run has made: every file by its name, and what is to be said of it. It needs nothing of what made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from poa.review import Review
from poa.words import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Everything to be written, by its name in the folder, and the questions still open.

    ``first`` are the first steps of the triage, in the language of the cover; ``reviews`` what a strict reader
    would stop at in each paper. ``reminders`` are about the pack, ``called`` says what its papers' files are called.
    """

    files: Mapping[str, bytes]
    questions: tuple[str, ...]
    first: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    reminders: tuple[Said, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPapers:
    """Every file of a week's folder by its name, the sentence that says it all, and what a strict reader stops at."""

    files: Mapping[str, bytes]
    sentence: str
    reviews: tuple[Review, ...] = ()
