"""The bytes of a notice as text: plain text, an e-mail, a web page or a Word file, recognised by content."""

# ruff: noqa: RUF001 - notices are in many scripts
from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from poa.errors import InputFault
from poa.parsing import NotXml, xml_tree
from poa.unpacking import Reason, Unpacked

SIZE_LIMIT = 2 << 20  # bytes of a text, or of a page with its marks
TEXT_LIMIT = 300_000  # characters of words; a notice has a few thousand
_FILE_LIMIT = 40 << 20  # bytes of an e-mail with its attachments, or of a Word file with its pictures

_OTHERS = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word or Outlook file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip file",
    b"{\\rtf": "a rich text file",
}
_HINT = "Copy the notice's words into a text file, or paste them: poa notice"
_MAIL = re.compile(
    rb"(?:(?:from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version|reply-to|sender"
    rb"|dkim-signature|authentication-results|arc-[a-z-]+|x-[\w-]+|content-[a-z-]+)\s*:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+\r?\n",
    re.IGNORECASE,
)
_MAIL_MARK = re.compile(
    rb"^(?:mime-version|message-id|received|content-type|content-transfer-encoding)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<!--|<div|<p[ >]|<table)", re.IGNORECASE)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt"}
    | {"fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "main"}
    | {"nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_DROPPED = frozenset({"script", "style", "head", "template", "noscript", "svg", "title"})
_EMPTY = frozenset({"br", "hr", "img", "input", "meta", "link", "col"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|\shidden(?=[\s>=])", re.IGNORECASE)
_PIECE = re.compile(r"<!--|-->|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<[!?][^<>]*>|[^<-]+|[<-]")
_MEMBERS = 5_000
_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def notice_text(data: bytes, *, name: str) -> str:
    """The words of a notice; an e-mail's subject and date stand above them as ``Subject:`` and ``Date:``.

    Raises InputFault, in one sentence, for what is no text, is damaged, or is far longer than a notice.
    """
    if len(data) > _FILE_LIMIT:
        raise _too_large(name, f"{len(data):,} bytes")
    if data.startswith(b"PK\x03\x04"):
        return _bounded(_word_text(data, name=name), name)
    for magic, what in _OTHERS.items():
        if data.startswith(magic):
            raise InputFault("binary", f"{name} is {what}, not the text of a notice.", file=name, hint=_HINT)
    start = data.lstrip()[: 64 << 10]
    head = _MAIL.match(start)
    if head and (_MAIL_MARK.search(head[0]) or name.lower().endswith(".eml")):
        return _bounded(_mail_text(data.lstrip(), name=name), name)
    if len(data) > SIZE_LIMIT:
        raise _too_large(name, f"{len(data):,} bytes")
    text = decoded(data, name=name)
    return _bounded(_page_text(text) if _PAGE.match(text) else text, name)


def decoded(data: bytes, *, name: str) -> str:
    """Bytes as text: UTF-8, UTF-16, else the encoding of an East Asian or Western office that fits best."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    else:
        if text.count("\x00") <= len(text) // 8:
            return text
    if data.count(b"\x00") > len(data) // 8:
        return _utf_16(data, name=name)
    return max((_tried(data, code) for code in ("cp932", "gb18030", "cp1252")), key=lambda found: found[0])[1]


def _utf_16(data: bytes, *, name: str) -> str:
    little = data[1::2].count(0) >= data[::2].count(0)
    text = data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    if text.count("\x00") + text.count("\ufffd") > len(text) // 20:
        raise InputFault("binary", f"{name} is not text.", file=name, hint=_HINT)
    return text


def _tried(data: bytes, code: str) -> tuple[float, str]:
    """How well an encoding fits, and the text: notices are made of everyday characters, each by its script."""
    text = data.decode(code, errors="replace")
    everyday = {
        "cp932": r"[\u3040-\u30ff]",
        "gb18030": r"[的您我们在是了不或和请账户发货率内]",
        "cp1252": r"[äöüßÄÖÜéèàçñ’“”–—€£]",
    }
    high = sum(char > "\x7f" for char in text) or 1
    wrong = text.count("\ufffd") + len(re.findall(r"[\uff61-\uff9f\ue000-\uf8ff\x80-\x9f]", text))
    return (len(re.findall(everyday[code], text)) - 2 * wrong) / high, text


def _mail_text(data: bytes, *, name: str) -> str:
    try:
        mail = message_from_bytes(data, policy=default)
        body = mail.get_body(preferencelist=("plain", "html"))
        words = _part_text(body, name=name) if isinstance(body, EmailMessage) else ""
        if not words.strip():
            page = mail.get_body(preferencelist=("html",))
            words = _part_text(page, name=name) if isinstance(page, EmailMessage) else ""
        head = [
            f"{title}: {' '.join(str(mail[title]).split())}" for title in ("Subject", "Date") if mail[title]
        ]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        raise InputFault("bad_mail", f"{name} is a damaged e-mail.", file=name, hint=_HINT) from None
    return "\n".join([*head, "", words])


def _part_text(part: EmailMessage, *, name: str) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    if len(data) > SIZE_LIMIT:
        raise _too_large(name, f"a text of {len(data):,} bytes")
    charset = part.get_content_charset() or "utf-8"
    try:
        text = data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        text = decoded(data, name=name)
    return _page_text(text) if part.get_content_subtype() == "html" or _PAGE.match(text) else text


def _bounded(text: str, name: str) -> str:
    if len(text) > TEXT_LIMIT:
        raise _too_large(name, f"{len(text):,} characters")
    return text


def _too_large(name: str, size: str) -> InputFault:
    return InputFault("too_large", f"{name} has {size}; a notice is far shorter.", file=name, hint=_HINT)


def _page_text(page: str) -> str:
    """The words of a web page as lines: an empty line between its blocks, list items as bullets, scripts dropped.

    The standard library's parser needs minutes for a page of unclosed comments; this one reads each sign once.
    """
    parts: list[str] = []
    inside, depth = "", 0  # what is dropped until it ends: a comment, or an element and those like it within
    item = False  # a list item has begun and has no word yet
    for piece in _PIECE.finditer(page):
        mark, tag = piece[0], (piece["tag"] or "").lower()
        if inside == "<!--" or mark == "<!--":
            inside = "" if mark == "-->" else "<!--"
        elif inside:
            depth += (-1 if piece["end"] else 1) if tag == inside else 0
            if tag == "body" or depth <= 0:
                inside = ""
        elif tag in _DROPPED or (tag and tag not in _EMPTY and _HIDDEN.search(mark)):
            inside, depth = ("", 0) if piece["end"] else (tag, 1)
        elif tag == "li":
            item = not piece["end"]
            parts.append("\n\u2022 " if item else "\n")
        elif tag in _BLOCKS:
            parts.append("" if item else "\n" if tag == "br" else "\n\n")
        elif tag in {"td", "th"}:
            parts.append(" ")
        elif not tag and not mark.startswith(("<!", "<?", "-->")):
            parts.append(re.sub(r"\s+", " ", mark))
            item = item and not mark.strip()
    text = html.unescape("".join(parts))
    return re.sub(r"\n[\n ]*\n", "\n\n", text).strip()


def _word_text(data: bytes, *, name: str) -> str:
    """The words of a .docx as lines, those of its tables too; raises InputFault for a damaged file, another kind of zip, or far too much."""
    package = Unpacked(data, refuse=lambda reason: _refused(reason, name), members=_MEMBERS)
    if _MAIN not in package:
        raise InputFault(
            "binary",
            f"{name} is a zip file, but no Word document.",
            file=name,
            hint="Give the notice itself, as .docx, .eml, .html or text.",
        )
    try:
        root = xml_tree(package.part(_MAIN))
    except NotXml:
        raise _refused("damaged", name) from None
    return "\n".join(_line(paragraph) for paragraph in root.iter(f"{_W}p"))


def _line(paragraph: Any) -> str:
    """One paragraph, an empty line before it unless it is a list's."""
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    words = "".join(_pieces(paragraph)).strip()
    return f"\u2022 {words}" if listed and words else f"\n{words}"


def _pieces(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield (node.text or "") if node.tag == f"{_W}t" else " " if node.tag == f"{_W}tab" else "\n"


def _refused(reason: Reason, name: str) -> InputFault:
    hint = "Copy its words into a text file."
    if reason == "too_large":
        return InputFault("too_large", f"{name} unpacks to far more than a notice.", file=name, hint=hint)
    if reason == "protected":
        return InputFault("bad_word", f"{name} is protected with a password.", file=name, hint=hint)
    hint = "Open it in Word and save it again, or copy its words into a text file."
    return InputFault("bad_word", f"{name} is a damaged Word file.", file=name, hint=hint)
