"""Put answers into a case file without losing a comment or a value that somebody wrote there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from poa.case.model import Case
from poa.errors import CaseFault

Answer: TypeAlias = str | date | bool | int | float | Sequence[str]

FOLLOWED = {"id", "kpi", "target", "weeks"}  # what the weekly page needs of an action, and no letter states


def with_answer(data: bytes, path: str, answer: Answer) -> bytes:
    """The file with one answer at a path such as ``seller.name`` or ``corrective.1.date``.

    An entry that is not there yet (``cause.0`` of a file without causes) is added at the end.
    """
    document = _document(data)
    *above, key = path.split(".")
    if above == ["options"] and isinstance(answer, bool):  # typed by the pack, which knows no "yes"
        _home(document, above)[key] = answer
    else:
        _put(_home(document, above), key, answer)
    return tomlkit.dumps(document).encode("utf-8", "replace")


def _home(document: tomlkit.TOMLDocument, above: Sequence[str]) -> Any:
    """The table that an answer belongs to, added where it is not there yet."""
    if not above:
        return document
    heading, *number = above
    if heading not in document:
        if document.as_string().strip():
            document.add(tomlkit.nl())
        document.append(heading, tomlkit.aot() if number else tomlkit.table())
    home: Any = document[heading]
    if not number:
        return home
    while len(home) <= int(number[0]):
        home.append(_entry(apart=len(home) > 0) if isinstance(home, AoT) else tomlkit.inline_table())
    return home[int(number[0])]


def _entry(*, apart: bool) -> Table:
    """An entry of a list, with an empty line before it where another one stands above."""
    entry = tomlkit.table()
    if apart:
        entry.trivia.indent = "\n"
    return entry


def with_entry_of(data: bytes, heading: str, fields: Mapping[str, Answer | None]) -> tuple[bytes, int]:
    """The file with one ``[[heading]]`` more, or the first empty one filled, and its number from 0."""
    document = _document(data)
    entries = document.get(heading) or ()
    at = next((number for number, one in enumerate(entries) if not any(one.values())), len(entries))
    for key, answer in fields.items():
        if answer is not None and answer != "":
            data = with_answer(data, f"{heading}.{at}.{key}", answer)
    return data, at


def statement_texts(case: Case) -> dict[str, str]:
    """Everything that the case states, by its place, as text: what somebody confirms."""
    found: dict[str, str] = {}
    for heading in ("cause", "corrective", "preventive"):
        for at, part in enumerate(getattr(case, heading)):
            for field, value in part:
                if value and field not in FOLLOWED:
                    shown = " / ".join(value) if isinstance(value, tuple) else str(value)
                    found[f"{heading}.{at}.{field}"] = shown
    return found


def _document(data: bytes) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(data.decode("utf-8-sig"))
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise CaseFault(
            "bad_toml", f"The case file cannot be read: {error}.", hint="'poa case check' names the line."
        ) from None


def _put(home: Any, key: str, answer: Answer) -> None:
    if isinstance(answer, Sequence) and not isinstance(answer, str):
        value: Any = tomlkit.array()
        for one in answer:
            value.append(one)
        value.multiline(len(answer) > 1)
    else:
        value = tomlkit.item("yes" if answer is True else "no" if answer is False else answer)
    old = home.get(key)
    if old is not None and hasattr(old, "trivia"):  # keep the comment that stands behind the old value
        value.trivia.comment = old.trivia.comment
        value.trivia.comment_ws = old.trivia.comment_ws
    home[key] = value
