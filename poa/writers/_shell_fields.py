"""Field codes: the few that a shell may hold, read as Word reads them, over all the runs that one is cut into."""

from __future__ import annotations

import re
from typing import Any

from poa.writers._shell_found import Found, Place, shown
from poa.writers._shell_package import Part
from poa.writers._shell_xml import W

_CODES = "PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|REF|TOC"
# A backslash begins a switch of one sign and no path.
_ARGUMENT = r'(?:\\[A-Za-z*#@!]|"[^"\\{}]*"|[^\s"\\{}]+)'
_ALLOWED = re.compile(
    rf"\s*(?:(?:{_CODES})(?:\s+{_ARGUMENT})*|HYPERLINK\s+\\l\s+{_ARGUMENT}(?:\s+\\[hn])*)\s*", re.IGNORECASE
)
# Their results are words of the file itself; others run programs or fetch files.
_HARMLESS = re.compile(
    r"\s*(?:AUTHOR|COMMENTS|CREATEDATE|DATE|DOCPROPERTY|EDITTIME|FILENAME|FILESIZE|FORMTEXT|IF|KEYWORDS|LASTSAVEDBY"
    rf"|MERGEFIELD|NUMCHARS|NUMWORDS|PRINTDATE|QUOTE|REVNUM|SAVEDATE|SECTION|SEQ|STYLEREF|SUBJECT|TIME|TITLE|USERNAME|{_CODES})"
    r"(?![\w.])[^{}]*",
    re.IGNORECASE,
)
_TYPED = "Type its result as plain text; a date comes from the mark {{ letter_date }}."


def judge_fields(part: Part, found: Found) -> None:
    """Add a problem for each field code of a part that is not on the list."""
    open_codes: list[list[str] | None] = []  # of the fields begun and not ended; None where the result runs
    place: Place | None = None
    for element in part.root.iter(f"{W}p", f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}p":
            place = part.places.get(element, place)
        elif element.tag == f"{W}fldSimple":
            _judge(element.get(f"{W}instr", ""), part, found, place)
        elif element.tag == f"{W}instrText":
            if open_codes and open_codes[-1] is not None:
                open_codes[-1].append(element.text or "")
            else:
                _refuse(element.text or "", "stands outside of any field", part, found, place)
        else:
            _turn(element, open_codes, part, found, place)
    if open_codes:
        _refuse("", "is begun and never ended", part, found, place)


def _turn(
    element: Any, open_codes: list[list[str] | None], part: Part, found: Found, place: Place | None
) -> None:
    kind = element.get(f"{W}fldCharType")
    if kind == "begin":
        if open_codes and open_codes[-1] is not None:
            _refuse("".join(open_codes[-1]), "has another field in its code", part, found, place)
        open_codes.append([])
        return
    if not open_codes:
        _refuse("", "is ended and was never begun", part, found, place)
        return
    code = open_codes.pop()
    if code is not None:
        _judge("".join(code), part, found, place)
    if kind != "end":
        open_codes.append(None)


def _judge(code: str, part: Part, found: Found, place: Place | None) -> None:
    if not _ALLOWED.fullmatch(code):
        _refuse(code, "is not one of PAGE, NUMPAGES, SECTIONPAGES, TOC, REF and PAGEREF", part, found, place)


def _refuse(code: str, why: str, part: Part, found: Found, place: Place | None) -> None:
    named = f"The field code '{shown(code.strip())}'" if code.strip() else "A field"
    found.add(
        "field_code",
        f"{named} (<w:instrText>) {why}.",
        _TYPED,
        part=part.name,
        at=place,
        acts=_HARMLESS.fullmatch(code) is None,
    )
