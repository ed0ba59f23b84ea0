"""The bytes of a text file as UTF-8 with line feeds, or the fault that they are something else."""

from __future__ import annotations

from poa.errors import InputFault

_MARK = b"\xef\xbb\xbf"
_MAGIC = {
    b"PK\x03\x04": "a zip file or workbook",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}
_EXPORT = "Export it as CSV or tab-separated text."
_NAME_IT = "In Excel, save it as 'CSV UTF-8', or name its encoding: --encoding cp1252 (Western) or gb18030 (Chinese)."


def as_utf8(data: bytes, *, name: str, encoding: str | None) -> tuple[bytes, str]:
    """The text and the name of its encoding; UTF-8's own mark wins over what the user named."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputFault("binary", f"{name} is {what}, not a text table.", file=name, hint=_EXPORT)
    if data.startswith(_MARK):
        body, used = data[len(_MARK) :], "utf-8-sig"
    elif encoding is not None:
        body, used = _decoded(data, name=name, encoding=encoding), encoding
    else:
        body, used = data, "utf-8"
    if b"\x00" in body[:4096]:
        hint = f"{_EXPORT} If it is text of two bytes a letter, add --encoding utf-16."
        raise InputFault("binary", f"{name} is not a text table: it holds zero bytes.", file=name, hint=hint)
    if b"\r" in body and body.count(b"\r") != body.count(b"\r\n"):
        body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not body.isascii():
        try:
            body.decode("utf-8")
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start) + 1
            raise InputFault(
                "not_utf8", f"{name} is not UTF-8 text.", file=name, line=line, hint=_NAME_IT
            ) from None
    if body.endswith((b"\n\n", b"\n\r\n")):  # a careless last line must not cost the fast road
        body = body.rstrip(b"\r\n") + b"\n"
    return body, used


def _decoded(data: bytes, *, name: str, encoding: str) -> bytes:
    try:
        return data.decode(encoding).removeprefix("\ufeff").encode()
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else None
        raise InputFault(
            "bad_encoding",
            f"{name} is not {encoding}: {error.reason if isinstance(error, UnicodeDecodeError) else error}.",
            file=name,
            line=None if at is None else data.count(b"\n", 0, at) + 1,
            hint="Name another encoding, or save the file as 'CSV UTF-8' and leave --encoding out.",
        ) from None
    except (LookupError, ValueError):
        raise InputFault(
            "unknown_encoding",
            f"'{encoding}' is no encoding.",
            file=name,
            hint="Names are gb18030, cp932, cp1252, utf-16 …",
        ) from None
