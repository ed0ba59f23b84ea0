"""What a pack says of single papers: under which option they are made, and what their files are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter

from poa.errors import PackFault, did_you_mean
from poa.packs.options import Option

LOOK = "shell.docx"  # no paper, but what Word papers look like
FIELDS = ("seller", "store", "as_of", "letter_date", "paper")
_KEYS = {"when", "file", "word"}
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*\.docx")
_PLAIN = re.compile(r"[A-Za-z0-9 ._-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule:
    """``when`` is the yes-or-no option under which a paper is made, None always; ``file`` its name with ``{fields}``.

    ``word`` is the Word file that its Word form is made from, where the pack has one of its own.
    """

    when: str | None = None
    file: str | None = None
    word: str | None = None

    def name(self, paper: str, fields: Mapping[str, str]) -> str:
        """The name of the paper's files without their ending; the built-in one where the pack says nothing."""
        return (
            paper
            if self.file is None
            else self.file.format(**{**dict.fromkeys(FIELDS, ""), **fields, "paper": paper})
        )

    def word_files(self, language: str) -> tuple[str, ...]:
        """The Word files that may make the paper in a language, the first that is there wins: ``letter.de.docx``."""
        if self.word is None:
            return ()
        stem = self.word.removesuffix(".docx")
        return (f"{stem}.{language}.docx", self.word)


def read_papers(
    declared: Mapping[str, object], options: tuple[Option, ...], *, pack: str, line: Mapping[str, int | None]
) -> dict[str, PaperRule]:
    """The rules of a manifest; raises PackFault at the line of the paper whose rule is not right."""
    return {
        name: _rule(name, told, options, pack=pack, line=line.get(name)) for name, told in declared.items()
    }


def _rule(name: str, told: object, options: tuple[Option, ...], *, pack: str, line: int | None) -> PaperRule:
    def fault(message: str, hint: str) -> PackFault:
        return PackFault("bad_paper", message, file=f"{pack}/pack.toml", line=line, hint=hint)

    if not isinstance(told, dict) or (strange := sorted(set(told) - _KEYS)):
        what = strange[0] if isinstance(told, dict) else name
        raise fault(
            f"'{what}' means nothing under [papers.{name}]{did_you_mean(what, _KEYS)}",
            "It has: when, file, word.",
        )
    when, file = told.get("when"), told.get("file")
    yes_no = [one.name for one in options if one.type == "yes_no"]
    if when is not None and when not in yes_no:
        raise fault(
            f"'{when}' is no option of yes or no{did_you_mean(str(when), yes_no)}",
            'Declare it under [options] with type = "yes_no", and name it here.',
        )
    if file is not None:
        _check_name(file, fault)
    word = told.get("word")
    if word is not None and (not isinstance(word, str) or not _WORD.fullmatch(word) or word == LOOK):
        raise fault(
            "'word' names no Word file of the pack's folder.", 'Write its name: word = "letter.docx".'
        )
    return PaperRule(when=when, file=file, word=word)


def _check_name(file: object, fault: Callable[[str, str], PackFault]) -> None:
    """Refuse a name that leaves its folder, says a field that there is not, or is not plain letters otherwise."""
    hint = f'Write letters, digits, spaces, . _ - and fields: file = "{{seller}} {{paper}}". Fields: {", ".join(FIELDS)}.'
    if not isinstance(file, str) or not file.strip():
        raise fault("'file' is no name.", hint)
    try:
        parts = list(Formatter().parse(file))
    except ValueError:
        raise fault(f"'{file}' has a brace that names no field.", hint) from None
    for words, name, form, conversion in parts:
        if name is not None and (name not in FIELDS or form or conversion):
            raise fault(f"'{file}' names a field '{name}'{did_you_mean(name, FIELDS)}", hint)
        if not _PLAIN.fullmatch(words) or words.startswith("."):
            raise fault(f"'{file}' holds signs that a file's name cannot hold everywhere.", hint)
