"""What is enclosed with the letter: the list of late orders, and the seller's evidence by its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from poa.annex import WORDS, listed, table_csv, workbook
from poa.build.asked import Appeal
from poa.build.letter import LIST, enclosed
from poa.files import plain_name
from poa.words import said, spoken

# What Amazon's notices take as an attachment; lists differ, so what is not among these is told on the cover (R40).
TAKEN = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".gif"})


def annex_files(appeal: Appeal, listed: Mapping[str, bytes]) -> dict[str, bytes]:
    """The annexes by their name in the folder: ``annex/late-orders.xlsx``, ``annex/2-inventory.csv``."""
    return {**listed, **{name: appeal.evidence[file] for file, name in enclosed_names(appeal).items()}}


def list_files(appeal: Appeal) -> dict[str, bytes]:
    """The list of the late orders as workbook and as CSV; none where no order is late: an empty list proves nothing."""
    if not appeal.late_orders:
        return {}
    words = {key: spoken(word, appeal.language) for key, word in WORDS.items()}
    columns = listed(appeal.late_orders, words)
    return {
        LIST: workbook(
            columns,
            exhibits=list(_exhibits(appeal)),
            notes=list(_notes(appeal)),
            words=words,
            title=spoken(said("List of the late orders"), appeal.language),
            dated=appeal.dated,
        ),
        LIST.replace(".xlsx", ".csv"): table_csv(columns),
    }


def enclosed_names(appeal: Appeal) -> dict[str, str]:
    """Where each cited file of the evidence lies among the papers, by the name that the case gives it."""
    found = {}
    for one in appeal.exhibits:
        path = PurePosixPath(one.file)
        found[one.file] = f"annex/{one.number}-{plain_name(path.name)}"
    return found


def not_taken(appeal: Appeal) -> tuple[str, ...]:
    """The enclosed files of a kind that a form may refuse, the workbook of late orders among them."""
    names = [*([LIST] if appeal.late_orders else []), *enclosed_names(appeal).values()]
    return tuple(name for name in names if PurePosixPath(name).suffix.casefold() not in TAKEN)


def _exhibits(appeal: Appeal) -> Iterator[tuple[str, str, str, str]]:
    names = enclosed_names(appeal)
    for one in enclosed(appeal):
        if isinstance(one, dict):
            file, title = str(one["file"]), one["title"]
            shown = spoken(title, appeal.language) if isinstance(title, str) else ""
            yield (str(one["number"]), shown, names.get(file, file), str(one["date"] or ""))


def _notes(appeal: Appeal) -> Sequence[str]:
    facts = appeal.facts
    longest = facts.late_shipment_rate[0]
    notes = [
        said(
            "The late orders of {first} to {last}, each once: confirmed after the ship-by time of its own line.",
            first=str(longest.from_.value),
            last=str(longest.to.value),
        ),
        said("Times are those of the store ({zone}).", zone=facts.time_zone),
        said("The last columns name the file and the lines of our data behind each order."),
        said("In the CSV file, an apostrophe stands before a text that a program could take for a formula."),
    ]
    return [spoken(one, appeal.language) for one in notes]
