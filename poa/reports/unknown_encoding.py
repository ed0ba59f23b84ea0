"""Text that is not UTF-8: which encoding it is, where the file or the marketplace settles that; else the user is asked.

Three are met in sellers' files: cp932 (Japan), GB18030 (Excel on a Chinese Windows) and cp1252 (the
West). The letters of English, digits and delimiters are the same in all three, so only the cells that
are read and hold other letters can differ.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from poa.characters import clean, shown_id
from poa.errors import InputFault, Undecided
from poa.orders import NAMES
from poa.reports.handed import Handed
from poa.reports.texts import CELL_LIMIT, DELIMITERS

ENCODINGS = ("cp932", "gb18030", "cp1252")
_OF_STORE = {"JP": "cp932"}
_PIECE = 8 << 20
_CELLS = 20_000  # distinct ones are enough to tell

# What the wrong encoding makes of a text: half-width Japanese letters in it, signs of arithmetic and
# money inside words, four letters with accents in a row.
_UNLIKELY = {
    "cp932": re.compile("[\uff61-\uff9f]"),
    "cp1252": re.compile("[\u0080-\u00bf\u00d7\u00f7](?=[^\\W\\d_])|[\u00c0-\u00ff\u0192\u0152-\u017e]{4}"),
}


def _is_unlikely(text: str, encoding: str) -> bool:
    if encoding != "gb18030":
        return _UNLIKELY[encoding].search(text) is not None
    try:  # the characters in use are those of GB2312; others come of letters that are no Chinese
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


Known = Callable[[Sequence[str]], Mapping[str, int]]


def settle_encoding(file: Handed, *, store: str, known: Known) -> str:
    """The encoding of a text that is not UTF-8, in a store of this code.

    ``known`` tells which columns of a header are read, and where they stand; none for no report. Raises InputFault where none of the three fits, Undecided where two do and a cell that is read
    differs.
    """
    lines = list(_odd_lines(file))
    _refuse_mixture(file, lines)
    fits = [name for name in ENCODINGS if _decodes(file, name)]
    if not fits:
        raise InputFault(
            "not_utf8",
            f"{file.name} is not UTF-8 text, nor Western, Chinese or Japanese.",
            file=file.name,
            line=next((line for line, text in lines if not text.isascii()), None),
            hint="In Excel, save it as 'CSV UTF-8'.",
        )
    read = {name: known(_header(file, name)) for name in fits}
    # A header of which more titles are known in one encoding proves that one.
    most = max(len(read[name]) for name in fits)
    fits = [name for name in fits if len(read[name]) == most]
    cells = _cells(lines, read[fits[0]])
    if not cells or len({tuple(cell.decode(name) for cell in cells) for name in fits}) == 1:
        return fits[-1]
    likely = [
        name for name in fits if not any(_is_unlikely(cell.decode(name), name) for cell in cells)
    ] or fits
    if len(likely) == 1:
        return likely[0]
    if _OF_STORE.get(store) in likely:
        return _OF_STORE[store]
    line, cell = next((line, cell) for line, text in lines for cell in cells if cell in text)
    shown = [(name, clean(cell.decode(name))) for name in likely]
    ways = ", ".join(f"'{text}' in {name}" for name, text in shown)
    raise Undecided(
        "ambiguous_encoding",
        f"{file.name} is not UTF-8, and a cell of line {line} reads {ways}.",
        setting="encoding",
        choices=shown,
        file=file.name,
        line=line,
        hint=f"Say which is right: --encoding {' or --encoding '.join(likely)}. Or save the file as 'CSV UTF-8'.",
    )


def _refuse_mixture(file: Handed, lines: Sequence[tuple[int, bytes]]) -> None:
    """Refuse a file of UTF-8 with some other bytes in it: no other encoding is right for the rest."""
    odd = [(line, text) for line, text in lines if not text.isascii()]
    broken = [line for line, text in odd if text.decode("utf-8", "ignore").encode() != text]
    if len(broken) * 2 <= len(odd):
        raise InputFault(
            "not_utf8",
            f"{file.name} is UTF-8 text but for {len(broken):,} of its lines.",
            file=file.name,
            line=broken[0] if broken else None,
            hint="Mend or delete that line, or download the file again.",
        )


def _odd_lines(file: Handed) -> Iterator[tuple[int, bytes]]:
    """The header, and each line that holds more than plain letters, with its number."""
    line, held = 1, b""
    with file.open() as stream:
        while piece := stream.read(_PIECE):
            *whole, held = re.split(rb"\r\n|\n|\r", held + piece)
            for text in whole:
                if line == 1 or not text.isascii():
                    yield line, text
                line += 1
    yield line, held


def _decodes(file: Handed, encoding: str) -> bool:
    import codecs  # noqa: PLC0415 - few files come here

    decoder = codecs.getincrementaldecoder(encoding)()
    with file.open() as stream:
        try:
            while piece := stream.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _header(file: Handed, encoding: str) -> list[str]:
    """The titles of the file, read in one encoding."""
    with file.open() as stream:
        first = re.split(rb"\r\n|\n|\r", stream.read(CELL_LIMIT))[0].decode(encoding, "replace")
    return [clean(title) for title in max((_cut(first, sign) for sign in DELIMITERS), key=len)]


def _cut(line: str, delimiter: str) -> list[str]:
    if delimiter == "\t":
        return line.split("\t")
    csv.field_size_limit(max(CELL_LIMIT, len(line)))
    return next(csv.reader([line], delimiter=delimiter), [])


def _cells(lines: Sequence[tuple[int, bytes]], positions: Mapping[str, int]) -> list[bytes]:
    """The distinct names, of rows that are rows, which hold more than plain letters.

    Ids and dates are plain letters. A row of another length, or without an order id where one should be,
    may hold a buyer's name in the place of a supplier's, and is never shown.
    """
    found: dict[bytes, None] = {}
    names = {at for ours, at in positions.items() if ours in NAMES}
    if not lines or not names:
        return []
    # Latin-1 keeps each byte as a letter, so that lines can be cut before their encoding is known.
    title = lines[0][1].decode("latin-1")
    delimiter = max(DELIMITERS, key=lambda sign: len(_cut(title, sign)))
    width, order = len(_cut(title, delimiter)), positions.get("order_id")
    for _, line in lines[1:]:
        cells = _cut(line.decode("latin-1"), delimiter)
        if len(cells) != width or (
            order is not None and shown_id(cells[order].strip()) != cells[order].strip()
        ):
            continue
        found |= {cells[at].encode("latin-1"): None for at in names if not cells[at].isascii()}
        if len(found) > _CELLS:
            break
    return list(found)
