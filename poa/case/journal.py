"""The journal of a case: who confirmed what and when, what was sent with which hash, what came back.

A plain file, one JSON object a line, only ever added to: two people's lines merge, and nothing is rewritten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from poa.errors import CaseFault

JOURNAL = "journal.jsonl"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    day: date
    by: str = ""


class Confirmed(_Entry):
    """Statements that somebody confirmed: what each place of the case file said then."""

    event: Literal["confirmed"] = "confirmed"
    statements: Mapping[str, str]


class Sent(_Entry):
    """A submission: its files by hash; ``kept`` is the folder with the case and the facts as they were sent."""

    event: Literal["sent"] = "sent"
    number: int
    channel: str = ""
    files: Mapping[str, str]
    kept: str


class Reply(_Entry):
    """What Amazon answered: the file, its stage, and each line that it asks, with its code."""

    event: Literal["reply"] = "reply"
    file: str
    sha256: str
    stage: str | None = None
    deadline: date | None = None
    lines: Sequence[tuple[str, str]] = ()


Entry: TypeAlias = Confirmed | Sent | Reply
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="event")])


def read_journal(data: bytes) -> tuple[Entry, ...]:
    """Every entry, in the order of the file; raises CaseFault with the line that is none."""
    found: list[Entry] = []
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_ENTRY.validate_json(line))
        except (ValidationError, RecursionError):
            raise CaseFault(
                "bad_journal",
                "This line of the journal cannot be read.",
                file=JOURNAL,
                line=number,
                hint="Restore it from a copy, or move the line to another file; poa only adds lines.",
            ) from None
    return tuple(found)


def entry_line(entry: Entry) -> bytes:
    """The line of the journal that holds an entry."""
    return (
        json.dumps(entry.model_dump(mode="json"), ensure_ascii=False, sort_keys=True).encode(
            "utf-8", "replace"
        )
        + b"\n"
    )


def submissions(journal: Sequence[Entry]) -> tuple[Sent, ...]:
    """What was sent, in order."""
    return tuple(one for one in journal if isinstance(one, Sent))


def last_reply(journal: Sequence[Entry]) -> Reply | None:
    """Amazon's answer to the last submission, if one came after it."""
    after = journal[max((at for at, one in enumerate(journal) if isinstance(one, Sent)), default=0) :]
    replies = [one for one in after if isinstance(one, Reply)]
    return replies[-1] if replies else None


def unconfirmed(statements: Mapping[str, str], journal: Sequence[Entry]) -> tuple[str, ...]:
    """The places whose words nobody has confirmed as they stand now."""
    confirmed = {
        (place, text)
        for one in journal
        if isinstance(one, Confirmed)
        for place, text in one.statements.items()
    }
    return tuple(place for place, text in statements.items() if (place, text) not in confirmed)
