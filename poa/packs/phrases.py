"""The phrases of ``lang/<code>.toml``: Markdown with ``{parts}``, in one form or in one form a number."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from markupsafe import Markup

from poa.errors import PackFault
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN
from poa.packs.language import find_language
from poa.remembering import remembered
from poa.toml import read_toml

BY = "by"
OTHER = "other"
CATEGORIES = ("zero", "one", "two", "few", "many", OTHER)  # the Unicode project's, of every language

_KEY = re.compile(r"[\s\[\"']*([^\s\[\]=.\"']+)[\"']?\s*[\]=.]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PIECE = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|[{}])")
_FORM = 'A phrase is one line: late_orders = "{late} late orders"; its key has letters, digits and _.'
_FORMS = 'One for each number: key.by = "late", key.one = "…", key.other = "…".'


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase as it stands in its file, in the language whose plurals it has.

    ``forms`` leads from a plural category to words and part names by turns, beginning with words;
    ``by`` names the part whose number chooses among several. A phrase is no text: what has parts is
    printed through ``say``, so that none can be forgotten.
    """

    key: str
    language: str
    file: str
    line: int | None
    forms: Mapping[str, tuple[str, ...]] = field(repr=False)
    by: str | None = None

    @property
    def parts(self) -> frozenset[str]:
        """The names of all its parts."""
        return frozenset(name for form in self.forms.values() for name in form[1::2])

    @property
    def given(self) -> frozenset[str]:
        """The names that a template is to give it: its parts, and the one that it goes by."""
        return self.parts | ({self.by} if self.by else set())

    @property
    def place(self) -> str:
        """Where it stands, as ``file:line``."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def written(self, form: str) -> str:
        """One of its forms with each part in braces."""
        return "".join(f"{{{piece}}}" if at % 2 else piece for at, piece in enumerate(self.forms[form]))

    @property
    def shown(self) -> tuple[str, ...]:
        """All of its forms as they are written, each with its name where there are several, the last one ``other``."""
        forms = sorted(self.forms, key=lambda form: form == OTHER)
        return tuple(
            self.written(form) if self.by is None else f"{form}: {self.written(form)}" for form in forms
        )

    @property
    def words(self) -> Markup | None:
        """The whole phrase where it has neither parts nor several forms: Markdown, trusted like a template."""
        if self.by is not None or self.parts:
            return None
        return Markup("".join(self.forms[OTHER]))  # noqa: S704 - the pack's own Markdown; HTML is never written

    def fault(self, code: str, message: str, hint: str) -> PackFault:
        """A fault of this phrase, at its own line."""
        return PackFault(code, message, file=self.file, line=self.line, hint=hint)


def phrases_of(sources: Mapping[str, str], *, pack: str) -> dict[str, Mapping[str, Phrase]]:
    """The phrases of each ``lang/<code>.toml`` of a pack; raises PackFault with the line."""
    found: dict[str, Mapping[str, Phrase]] = {}
    for file in sorted(sources):
        folder, _, last = file.rpartition("/")
        if folder == "lang" and last.endswith(".toml"):
            code = last.removesuffix(".toml")
            find_language(code, file=f"{pack}/{file}")
            found[code] = _read(sources[file], f"{pack}/{file}", code)
    return found


def strange_parts(phrase: Phrase, known: Collection[str]) -> PackFault | None:
    """The fault of a translation that names a part which the English phrase does not have."""
    strange = sorted(phrase.parts - set(known))
    if not strange:
        return None
    return _unknown_part(phrase, strange[0], known)


def _unknown_part(phrase: Phrase, name: str, known: Collection[str]) -> PackFault:
    parts = ", ".join(sorted(known))
    return phrase.fault(
        "unknown_part",
        f"The phrase '{phrase.key}' has no part '{{{name}}}'.",
        f"Its parts are: {parts}." if parts else "It has no parts here.",
    )


def part_of(phrase: Phrase, name: str, parts: Mapping[str, object]) -> object:
    """A part by its name; PackFault at the phrase where nobody gave it."""
    if name not in parts:
        raise _unknown_part(phrase, name, parts)
    return parts[name]


def refuse_marks(text: str, *, name: str, line: int | None = None) -> None:
    """A pack that wrote the marks of a fact itself could pass off its own words as proven."""
    for mark in (FACT_OPEN, FACT_SPLIT, CLOSE, GAP_OPEN):
        if mark in text:
            raise PackFault(
                "forbidden_character",
                f"{name} holds the character U+{ord(mark):04X}, which marks facts.",
                file=name,
                line=line or text.count("\n", 0, text.index(mark)) + 1,
                hint="Delete it.",
            )


@remembered(32, longest=200_000)  # a check opens the built-in pack several times
def _read(text: str, name: str, language: str) -> Mapping[str, Phrase]:
    data = text.encode("utf-8", "surrogatepass")
    values = read_toml(data, name=name, fault=PackFault)
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):  # once for all: there are hundreds of phrases
        if found := _KEY.match(line):
            lines.setdefault(found[1], number)
    return MappingProxyType(
        {
            key: _phrase(key, value, language=language, file=name, line=lines.get(key))
            for key, value in values.items()
        }
    )


def _phrase(key: str, value: object, *, language: str, file: str, line: int | None) -> Phrase:
    def fault(message: str, hint: str) -> PackFault:
        return PackFault("bad_phrase", message, file=file, line=line, hint=hint)

    if not _NAME.fullmatch(key):
        raise fault(f"'{key}' is not a phrase.", _FORM)
    forms: dict[str, object] = {OTHER: value}
    by = None
    if isinstance(value, dict):
        forms = {form: words for form, words in value.items() if form != BY}
        by = value.get(BY)
        if not isinstance(by, str) or not _NAME.fullmatch(by) or OTHER not in forms:
            raise fault(f"'{key}' is not a phrase in several forms.", _FORMS)
    read = {}
    for form, words in forms.items():
        if form not in CATEGORIES or not isinstance(words, str):
            raise fault(f"'{key}' is not a phrase.", _FORMS if by else _FORM)
        refuse_marks(words, name=file, line=line)
        pieces = _pieces(words)
        if pieces is None:
            raise fault(
                f"'{key}' has a brace that names no part.",
                "A part is {late}; a brace that is meant as it stands is written twice: {{.",
            )
        if any(len(re.findall("`+", words)) % 2 for words in _before_parts(pieces)):
            raise fault(f"'{key}' has a part between backticks: its escapes would show.", "Remove them.")
        read[form] = pieces
    return Phrase(key=key, language=language, file=file, line=line, forms=read, by=by)


def _pieces(text: str) -> tuple[str, ...] | None:
    """Words and part names by turns, beginning and ending with words; None for a stray brace."""
    out = [""]
    for piece in _PIECE.split(text):
        if piece in {"{{", "}}"}:
            out[-1] += piece[0]
        elif piece.startswith("{") and _NAME.fullmatch(piece[1:-1]):
            out += [piece[1:-1], ""]
        elif "{" in piece or "}" in piece:
            return None
        else:
            out[-1] += piece
    return tuple(out)


def _before_parts(pieces: tuple[str, ...]) -> list[str]:
    """What stands before each part on its line."""
    before, line = [], ""
    for words in pieces[:-1:2]:
        line = (line + words.replace("\\`", "")).rpartition("\n")[2]
        before.append(line)
    return before
