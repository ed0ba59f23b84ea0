"""The bytes of a text file as UTF-8 in whole lines, piece by piece, or the fault that they are something else.

Carriage returns alone and before line feeds become plain line ends; a piece ends where a line does,
so that a file of any size is read in bounded memory.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from poa.errors import InputFault
from poa.reports.handed import Handed

PIECE = 8 << 20  # bytes
LINE_LIMIT = 32 << 20  # bytes; no row of 500 columns is longer

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_MAGIC = {
    b"PK\x03\x04": "a zip file or workbook",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"<!DO": "a web page",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"<htm": "a web page",
    b"<HTM": "a web page",
}
_NULS_BEFORE = 4096  # bytes: text of two bytes a letter shows by then; further down it is a cell's fault
_EXPORT = "Export it as CSV or tab-separated text."


class NotUtf8Error(Exception):
    """The bytes are not UTF-8, and nobody has said yet what else they are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines as UTF-8, and how many bytes of the file were read with them."""

    data: bytes
    read: int


def encoding_of(start: bytes, *, name: str, named: str | None) -> str:
    """The encoding that a file's first bytes prove, else the one that the user named, else UTF-8.

    UTF-8's and UTF-16's own marks win over what the user named. Raises InputFault for what is no text.
    """
    for magic, what in _MAGIC.items():
        if start.startswith(magic):
            raise InputFault("binary", f"{name} is {what}, not a text table.", file=name, hint=_EXPORT)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    if named is not None:
        return _known(named, name)
    return "utf-8"


def _known(encoding: str, name: str) -> str:
    try:
        b"ab".decode(encoding, "ignore")
        codecs.getincrementaldecoder(encoding)
    except (LookupError, ValueError, TypeError):
        raise InputFault(
            "unknown_encoding",
            f"'{encoding}' is no encoding.",
            file=name,
            hint="Names are gb18030, cp932, cp1252, utf-16 …",
        ) from None
    # Named by the user it is no guess: bytes that do not fit are a fault of the name.
    return "utf8" if codecs.lookup(encoding).name == "utf-8" else encoding


def pieces(file: Handed, *, encoding: str) -> Iterator[Piece]:
    """The text of the file in pieces of whole lines.

    Raises NotUtf8Error where UTF-8 was only our guess, InputFault for bytes that the encoding cannot
    hold, zero bytes and lines without an end.
    """
    held = b""
    total = 0
    for raw, read in _decoded(file, encoding):
        data = held + raw
        end = len(data) - data.endswith(b"\r")  # its line feed may be on the way
        text = _line_ends(data[:end])
        cut = text.rfind(b"\n") + 1
        held = text[cut:] + data[end:]
        if len(held) > LINE_LIMIT:
            raise InputFault(
                "too_large",
                f"A line of {file.name} has more than {LINE_LIMIT:,} bytes, far more than a row.",
                file=file.name,
                line=_line_after(file, encoding, total),
                hint='Download the report again, or delete the stray quote (") that opens a cell there.',
            )
        if cut:
            _check(text[:cut], file, encoding, before=total)
            total += cut
            yield Piece(text[:cut], read)
    last = _line_ends(held).rstrip(b"\x1a")  # Ctrl-Z ended text files once
    if last:
        _check(last, file, encoding, before=total)
        yield Piece(last, file.size)


def _decoded(file: Handed, encoding: str) -> Iterator[tuple[bytes, int]]:
    read = 0
    with file.open() as stream:
        if encoding in {"utf-8", "utf-8-sig"}:
            if encoding == "utf-8-sig":
                stream.read(len(codecs.BOM_UTF8))
            while raw := stream.read(PIECE):
                read += len(raw)
                yield raw, read
            return
        decoder = codecs.getincrementaldecoder(encoding)()
        line = 1
        while raw := stream.read(PIECE // 2):
            read += len(raw)
            try:
                text = decoder.decode(raw)
            except UnicodeError as error:
                raise _undecodable(error, raw, line, file.name, encoding) from None
            line += text.count("\n")
            yield text.removeprefix("\ufeff").encode("utf-8", "surrogatepass"), read
        try:
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise _undecodable(error, b"", line, file.name, encoding) from None


def _undecodable(error: UnicodeError, raw: bytes, line: int, name: str, encoding: str) -> InputFault:
    before = raw.count(b"\n", 0, error.start) if isinstance(error, UnicodeDecodeError) else 0
    return InputFault(
        "bad_encoding",
        f"{name} is not {encoding}: {error.reason if isinstance(error, UnicodeDecodeError) else error}.",
        file=name,
        line=line + before,
        hint="Name another encoding, or save the file as 'CSV UTF-8' and leave --encoding out.",
    )


def _line_ends(data: bytes) -> bytes:
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _check(data: bytes, file: Handed, encoding: str, *, before: int) -> None:
    if not before and b"\x00" in data[:_NULS_BEFORE]:
        hint = f"{_EXPORT} If it is text of two bytes a letter, add --encoding utf-16."
        raise InputFault(
            "binary",
            f"{file.name} is not a text table: it holds zero bytes.",
            file=file.name,
            hint=hint,
        )
    if data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            raise NotUtf8Error from None
        line = _line_after(file, encoding, before) + data.count(b"\n", 0, error.start)
        hint = "In Excel, save it as 'CSV UTF-8'."
        raise InputFault(
            "not_utf8", f"{file.name} is not UTF-8 text.", file=file.name, line=line, hint=hint
        ) from None


def _line_after(file: Handed, encoding: str, before: int) -> int:
    """The number of the line that begins after so many bytes of text; read again, for it is rare."""
    if not before:
        return 1
    seen, line = 0, 1
    for piece in pieces(file, encoding=encoding):
        line += piece.data.count(b"\n")
        seen += len(piece.data)
        if seen >= before:
            break
    return line
