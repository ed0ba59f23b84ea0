"""Papers as files: each in each format, and Word files in the look of the pack where it has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from poa.case import Case
from poa.document import Document
from poa.facts import Facts
from poa.files.pdf import to_pdf
from poa.languages import LANGUAGES
from poa.packs import Pack
from poa.packs.language import day_text
from poa.packs.pack import SHELL
from poa.writers import docx, writer
from poa.writers.shell import Shell, read_shell

PDF = "pdf"  # made of the Word papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How Word papers look: the pack's shell, None for the built-in look, and the values of its marks."""

    shell: Shell | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def look_of(pack: Pack, *, case: Case, facts: Facts, language: str) -> Look:
    """The look of a pack, filled for one case; raises PackFault for a shell that cannot be used."""
    if pack.shell is None:
        return Look()
    letter = case.letter_date
    return Look(
        shell=_shell(pack.shell, f"{pack.name}/{SHELL}"),
        fields={
            "seller": case.seller.name or "",
            "store": facts.marketplace_name,
            "as_of": day_text(date.fromisoformat(str(facts.as_of.value)), language=LANGUAGES[language]),
            "letter_date": day_text(letter, language=LANGUAGES[language]) if letter else "",
        },
    )


@lru_cache(maxsize=2)
def _shell(data: bytes, name: str) -> Shell:
    return read_shell(data, name=name)


def printed(
    papers: Mapping[str, Document], formats: Sequence[str], images: Mapping[str, bytes], look: Look
) -> dict[str, bytes]:
    """Each paper in each format, by the name of its file."""
    return {
        f"{name}{one.SUFFIX}": docx.write(paper, images=images, shell=look.shell, fields=look.fields)
        if one.SUFFIX == docx.SUFFIX
        else one.write(paper, images=images)
        for name, paper in papers.items()
        for one in (writer(name) for name in formats)
    }


def with_pdf(files: Mapping[str, bytes], formats: Sequence[str], *, dated: str) -> dict[str, bytes]:
    """The files and a PDF of each Word paper, which itself stays only where it was asked for."""
    word = {name: data for name, data in files.items() if name.endswith(".docx")}
    kept = {name: data for name, data in files.items() if name not in word or "docx" in formats}
    return kept | to_pdf(word, dated=dated)
