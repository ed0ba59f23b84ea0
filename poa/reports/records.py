"""The rows of a text file, piece by piece, on all cores: each piece on the fast road or on the careful one."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from poa.errors import InputFault
from poa.reports import folded, order_titles, second_table
from poa.reports.encodings import Piece
from poa.reports.refusals import GIVE_UP, too_many_refused
from poa.reports.texts import CELL_LIMIT, TextTable, open_quote, unbalanced, unquoted

_WORKERS = 3  # pieces read at once; each that waits costs its size in memory

_Done = TypeVar("_Done")
Columns = Mapping[int, pa.Array]


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row with another number of cells than the header."""

    line: int
    cells: int


@dataclass(frozen=True, slots=True)
class Part(Generic[_Done]):
    """Some rows: what was made of their columns, the line of each row, the rows left out, bytes read."""

    done: _Done
    lines: npt.NDArray[np.int32]
    ragged: tuple[Ragged, ...]
    read: int


@dataclass(frozen=True, slots=True)
class _Careful:
    """Rows read record by record; ``rest`` are the bytes of a last record that goes on beyond them."""

    columns: Columns
    lines: npt.NDArray[np.int32]
    ragged: tuple[Ragged, ...]
    rest: bytes


def parts(
    table: TextTable, wanted: Sequence[int], work: Callable[[Columns], _Done], *, name: str
) -> Iterator[Part[_Done]]:
    """Every row of the table in order; ``work`` is done on the wanted columns, on several cores.

    Raises InputFault where quotes do not balance or a cell is larger than any of a report.
    """

    def fast(data: bytes) -> tuple[_Done, int] | None:
        found = read_even(data, wanted, table)
        return None if found is None else (work(found[0]), found[1])

    line = table.first_line
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="read") as pool:
        queue = _Queue(table.rows, pool, fast)
        while (piece := queue.take()) is not None:
            if piece.data.isspace():  # pages of empty lines are passed over at once
                line += piece.data.count(b"\n")
                continue
            found = piece.future.result()
            if found is not None:
                done, count = found
                yield Part(done, np.arange(line, line + count, dtype=np.int32), (), piece.read)
                line += count
                continue
            data, read = piece.data, piece.read
            while True:
                careful = read_uneven(data, wanted, table, first_line=line, name=name, last=queue.is_empty())
                yield Part(work(careful.columns), careful.lines, careful.ragged, read)
                line += data.count(b"\n") - careful.rest.count(b"\n")
                if not careful.rest:
                    break
                # The last record goes on in the next piece.
                more = queue.take()
                data, read = careful.rest + (more.data if more else b""), more.read if more else read


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[_Done]):
    data: bytes
    read: int
    future: Future[tuple[_Done, int] | None]


class _Queue(Generic[_Done]):
    """Pieces being read on the fast road, a few at a time, in their order."""

    def __init__(
        self,
        rows: Iterator[Piece],
        pool: ThreadPoolExecutor,
        fast: Callable[[bytes], tuple[_Done, int] | None],
    ) -> None:
        self._rows, self._pool, self._fast = rows, pool, fast
        self._waiting: deque[_Waiting[_Done]] = deque()

    def take(self) -> _Waiting[_Done] | None:
        """The next piece, while those after it are being read; None at the end of the file."""
        self._fill()
        return self._waiting.popleft() if self._waiting else None

    def is_empty(self) -> bool:
        """Whether the piece that was taken is the last one."""
        self._fill()
        return not self._waiting

    def _fill(self) -> None:
        while len(self._waiting) <= _WORKERS and (piece := next(self._rows, None)) is not None:
            future = self._pool.submit(self._fast, piece.data)
            self._waiting.append(_Waiting(piece.data, piece.read, future))


def read_even(data: bytes, wanted: Sequence[int], table: TextTable) -> tuple[Columns, int] | None:
    """The fast road: Arrow, where each line is a record; None where that is not so.

    The columns by position, and how many rows they have.
    """
    names = [str(at) for at in range(len(table.header))]
    tab = table.delimiter == "\t"
    try:
        found = arrow_csv.read_csv(
            pa.BufferReader(data),
            # One thread a piece: several pieces are read at once.
            read_options=arrow_csv.ReadOptions(
                column_names=names,
                block_size=len(data) + 1,  # an open quote would be closed at the end of a block
                use_threads=False,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=table.delimiter,
                quote_char=False if tab else '"',
                ignore_empty_lines=True,  # then the number of rows tells of them
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={str(at): pa.string() for at in wanted},
                include_columns=[str(at) for at in wanted],
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    line_ends = data.count(b"\n") + (not data.endswith(b"\n"))
    begin = data.rfind(b"\n", 0, len(data) - 1) + 1
    last = data[begin:].decode("utf-8")  # Arrow closes an open quote at the end by itself
    if found.num_rows != line_ends or open_quote(last, table.delimiter):
        return None
    columns = {at: _one(found.column(str(at))) for at in wanted}
    if any((pc.max(pc.binary_length(column)).as_py() or 0) > CELL_LIMIT for column in columns.values()):
        return None
    if tab:
        columns = {at: _unquote_column(column) for at, column in columns.items()}
    return columns, found.num_rows


def _one(column: pa.ChunkedArray) -> pa.Array:
    """A column as one run of memory."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def read_uneven(
    data: bytes, wanted: Sequence[int], table: TextTable, *, first_line: int, name: str, last: bool
) -> _Careful:
    """The careful road: record by record.

    Where ``data`` is the ``last`` of the file, a record without an end is a fault.
    """
    kept: list[list[str]] = [[] for _ in wanted]
    lines: list[int] = []
    ragged: list[Ragged] = []
    width = len(table.header)
    # A blank cell beyond the header is a trailing delimiter only where all rows have it: else one inside a
    # buyer's name has moved the cells behind it.
    sizes = {width, width + table.trailing}
    rest = b""
    try:
        for line, cells in _records(data, table, first_line=first_line, name=name):
            if len(cells) not in sizes or any(cell.strip() for cell in cells[width:]):
                if any(folded(cell) in order_titles() for cell in cells):
                    raise second_table(name, line)
                ragged.append(Ragged(line, len(cells)))
                if len(ragged) > max(GIVE_UP, len(lines)):
                    raise too_many_refused(
                        name, len(ragged), line, f"{len(cells)} cells where the header has {width}"
                    )
                continue
            lines.append(line)
            for column, at in zip(kept, wanted, strict=True):
                column.append(cells[at])
    except _UnfinishedError as unfinished:
        if last:
            raise unbalanced(name, unfinished.line) from None
        rest = _from_line(data, unfinished.line - first_line)
    columns = {at: pa.array(column, type=pa.string()) for at, column in zip(wanted, kept, strict=True)}
    return _Careful(columns, np.asarray(lines, dtype=np.int32), tuple(ragged), rest)


def _from_line(data: bytes, number: int) -> bytes:
    """The bytes from so many line ends on."""
    at = 0
    for _ in range(number):
        at = data.index(b"\n", at) + 1
    return data[at:]


class _UnfinishedError(Exception):
    """The record that begins on ``line`` goes on beyond the bytes at hand."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _records(data: bytes, table: TextTable, *, first_line: int, name: str) -> Iterator[tuple[int, list[str]]]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    if table.delimiter == "\t":
        yield from _tab_records(text, first_line=first_line, name=name)
        return
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(text, delimiter=table.delimiter, strict=True)
    line = first_line
    try:
        for cells in reader:
            end = first_line + reader.line_num - 1
            if end > line and any(_holds_a_row(cell, table) for cell in cells):
                raise unbalanced(name, line)
            if len(cells) > 1 or any(cell.strip() for cell in cells):
                yield line, cells
            line = end + 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _UnfinishedError(line) from None
        if "field limit" not in str(error):
            raise unbalanced(name, line) from None
        raise _too_large(name, line) from None


def _tab_records(text: io.TextIOWrapper, *, first_line: int, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a tab file, which is not quoted: a stray quote must not swallow the rows up to the next one."""
    for number, row in enumerate(text, start=first_line):
        if len(row) > CELL_LIMIT and max(map(len, row.split("\t"))) > CELL_LIMIT:
            raise _too_large(name, number)
        if row.strip("\r\n "):
            yield number, [unquoted(cell) for cell in row.rstrip("\r\n").split("\t")]


def _too_large(name: str, line: int) -> InputFault:
    return InputFault(
        "too_large",
        f"Line {line} of {name} begins a cell of more than {CELL_LIMIT:,} characters.",
        file=name,
        line=line,
        hint='Delete that column, or the stray quote (") that opens the cell.',
    )


def _holds_a_row(cell: str, table: TextTable) -> bool:
    """Whether a cell has swallowed a whole row: a line inside it with all the delimiters of one."""
    return any(line.count(table.delimiter) >= len(table.header) - 1 > 0 for line in cell.split("\n"))


def _unquote_column(column: pa.Array) -> pa.Array:
    if not pc.any(pc.starts_with(column, '"')).as_py():
        return column
    return pa.array([unquoted(cell) for cell in column.to_pylist()], type=pa.string())
