"""Every file that was handed in, in any order: opened, recognised, read, and put with its kind."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from poa.doing import Doing, Tell
from poa.errors import InputFault
from poa.facts import Stated
from poa.files import InputFile
from poa.policy import Marketplace
from poa.reports import Role
from poa.reports.encodings import NotUtf8Error
from poa.reports.opening import Opened, Reading, known_columns, open_report, stated_of
from poa.reports.reading import ReportRows, read_report
from poa.reports.supplier_map import SupplierMap, read_supplier_map
from poa.reports.tables import spent
from poa.reports.unknown_encoding import settle_encoding

_Read = TypeVar("_Read")
_LARGE = 400 << 20  # bytes; what smaller files leave behind is soon used again
Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredFile:
    """One file as it was read: ``read`` is None for what holds no rows, ``twin`` names the file that it equals."""

    file: InputFile
    opened: Opened
    read: ReportRows | SupplierMap | None
    twin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All files of a run, in the order given."""

    files: tuple[GatheredFile, ...]

    def reports(self, *roles: Role) -> tuple[ReportRows, ...]:
        """The rows read from files of these roles."""
        return tuple(
            one.read
            for one in self.files
            if isinstance(one.read, ReportRows) and one.opened.report.role in roles
        )

    def stated(self, *, marketplace_id: str) -> tuple[tuple[Stated, ...], tuple[str, ...]]:
        """What Amazon states of one marketplace, and the reports that state nothing of it."""
        found: list[Stated] = []
        silent: list[str] = []
        for one in self.files:
            if one.twin is None:
                try:
                    found += stated_of(one.opened, marketplace_id=marketplace_id)
                except InputFault as fault:
                    if fault.code != "no_rate":
                        raise
                    silent.append(one.file.name)
        return tuple(found), tuple(silent)

    @property
    def maps(self) -> tuple[SupplierMap, ...]:
        """The supplier maps."""
        return tuple(one.read for one in self.files if isinstance(one.read, SupplierMap))


def gather(
    files: Sequence[InputFile],
    *,
    reading: Reading,
    answers: Answers,
    store: Marketplace,
    tracking: bool,
    tell: Tell,
    put_away: Callable[[ReportRows, int], ReportRows] | None = None,
) -> Gathered:
    """Read every file once; raises InputFault for one that cannot be used, and where no orders are among them.

    ``put_away`` is given each report of orders and its number as soon as it is read, and says what is left of it.
    """
    files = _told_apart(files)
    twins = _twins(files)
    several = len(files) > 1
    sources = [
        _Source(file, _for_file(reading, answers, file, several=several), reading.encoding, store.code)
        for file in files
    ]
    opened = [source.use(lambda one: one) for source in sources]
    if not any(one.report.role == "orders" for one in opened):
        raise _no_orders(opened)
    # Tracking numbers are read only where they join something: they are as large as all the rest.
    tracking |= any(
        one.report.role in {"supplier", "packages"} and "tracking_number" in one.columns for one in opened
    )
    number = 0
    gathered: list[GatheredFile] = []
    for source, one in zip(sources, opened, strict=True):
        file = source.file
        if one.report.role == "stated":
            gathered.append(GatheredFile(file=file, opened=one, read=None, twin=twins.get(file.name)))
            continue
        tell(Doing(f"Reading {file.name}", total=file.size))
        at = number

        def read(found: Opened, at: int = at) -> ReportRows | SupplierMap:
            if found.report.role == "supplier_map":
                return read_supplier_map(found)
            return read_report(found, number=at, tracking=tracking, tell=tell)

        rows = source.use(read, one)
        if file.size > _LARGE:
            _hand_back()
        if put_away and not tracking and isinstance(rows, ReportRows) and one.report.role == "orders":
            rows = put_away(rows, number)
        read_once = replace(one, table=spent(one.table))
        gathered.append(GatheredFile(file=file, opened=read_once, read=rows, twin=twins.get(file.name)))
        number += one.report.role == "orders"
    return Gathered(files=tuple(gathered))


def _hand_back() -> None:
    """Give the system back what it took to read: else it is kept for each thread that read, a fifth of all memory."""
    with suppress(AttributeError, OSError, TypeError):  # only glibc keeps so much, and only glibc has this
        ctypes.CDLL(None).malloc_trim(0)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file and how it is read; ``named`` is the encoding that the user named for files that are not UTF-8."""

    file: InputFile
    reading: Reading
    named: str | None
    store: str

    def use(self, make: Callable[[Opened], _Read], opened: Opened | None = None) -> _Read:
        """What ``make`` makes of the file; where its bytes are not UTF-8, once its encoding is settled."""
        try:
            return make(opened or open_report(self.file, self.reading))
        except NotUtf8Error:
            encoding = self.reading.encoding or self.named or self._settled()
        except InputFault as fault:
            if fault.code != "binary" or self.named is None or self.reading.encoding is not None:
                raise
            encoding = self.named  # two bytes a letter, as the user says
        return make(open_report(self.file, replace(self.reading, encoding=encoding)))

    def _settled(self) -> str:
        def known(header: Sequence[str]) -> Mapping[str, int]:
            return known_columns(header, name=self.file.name, mappings=self.reading.mappings)

        return settle_encoding(self.file, store=self.store, known=known)


def _for_file(reading: Reading, answers: Answers, file: InputFile, *, several: bool) -> Reading:
    """The reading of one file: what the user answered of it, and the encoding named for it.

    Beside other files, a named encoding is for those that are not UTF-8.
    """
    told = answers.get(file.name, {})
    return replace(
        reading,
        encoding=told.get("encoding") or (None if several else reading.encoding),
        delimiter=told.get("delimiter") or reading.delimiter,
        date_format=told.get("date_format") or reading.date_format,
    )


def _told_apart(files: Iterable[InputFile]) -> tuple[InputFile, ...]:
    """The files with those of one name numbered: a place in a file must name one file."""
    seen: Counter[str] = Counter()
    out = []
    for file in files:
        seen[file.name] += 1
        number = seen[file.name]
        out.append(file if number == 1 else replace(file, name=f"{file.name} ({number})"))
    return tuple(out)


def _twins(files: Sequence[InputFile]) -> dict[str, str]:
    """Files whose bytes were handed in before, by name, and the file that they equal."""
    sizes = Counter(file.size for file in files)
    first: dict[tuple[str, str], str] = {}
    twins: dict[str, str] = {}
    for file in files:
        if sizes[file.size] > 1:
            known = first.setdefault((file.sha256, file.member), file.name)
            if known != file.name:
                twins[file.name] = known
    return twins


def _no_orders(opened: Sequence[Opened]) -> InputFault:
    named = ", ".join(f"{one.file.name} is a {one.report.title}" for one in opened)
    return InputFault(
        "no_orders",
        f"None of the files lists orders with their dates: {named}.",
        file=opened[0].file.name,
        hint="Add the Late Shipment Report of Account Health, or a list of orders with ship-by dates and confirmations.",
    )
