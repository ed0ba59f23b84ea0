"""A pack: one folder of templates and phrases, laid file by file over the built-in one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import CodeType

from poa.errors import PackFault, did_you_mean
from poa.packs.language import find_language
from poa.packs.manifest import FILE, Manifest, read_manifest
from poa.packs.options import Option
from poa.packs.papers import LOOK, PaperRule
from poa.packs.phrases import Phrase, phrases_of, refuse_marks, strange_parts
from poa.toml import line_of

BUILT_IN = "default"
SHELL = LOOK  # the look of its Word papers
WORD = ".docx"
ENDING = ".md.j2"
TEMPLATE_LIMIT = 200_000  # bytes

_FALLBACK = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """An opened pack. ``documents`` and ``languages`` are what it can make, with the built-in's help.

    ``sha256`` covers the pack's own files, name and text; ``version_mark`` is the same for a reader. ``words``
    are the Word files by name that its papers are made from.
    """

    name: str
    id: str
    version: str
    reviewed: date | None
    documents: tuple[str, ...]
    languages: tuple[str, ...]
    options: tuple[Option, ...]
    papers: Mapping[str, PaperRule]
    sha256: str
    sources: Mapping[str, str] = field(repr=False)
    default: Mapping[str, str] = field(repr=False)
    phrases: Mapping[str, Mapping[str, Phrase]] = field(repr=False)
    shell: bytes | None = field(default=None, repr=False)
    words: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    # Templates that were checked, by real name: papers of one run share their partials.
    compiled: dict[str, CodeType] = field(default_factory=dict, repr=False, compare=False)

    @property
    def version_mark(self) -> str:
        """The pack in a few words, as provenance prints it: ``acme 1.2 (3f2a90c1d7e4)``."""
        return f"{self.id} {self.version} ({self.sha256[:12]})"

    def resolve(self, file: str) -> str | None:
        """The real name of a file as a template writes it: the pack's own, else the built-in's.

        ``default/<file>`` is always the built-in's, so that an override can extend what it replaces.
        """
        if file.startswith(f"{BUILT_IN}/"):
            return file if file.removeprefix(f"{BUILT_IN}/") in self.default else None
        if file in self.sources:
            return f"{self.name}/{file}"
        return f"{BUILT_IN}/{file}" if file in self.default else None

    def text(self, real_name: str) -> str:
        """The text of a file by its real name."""
        owner, _, file = real_name.partition("/")
        return (self.sources if owner == self.name else self.default)[file]

    def document(self, name: str, *, language: str) -> str:
        """The real name of the template that makes a document in a language; PackFault if there is none."""
        for file in (f"{name}.{language}{ENDING}", f"{name}{ENDING}"):
            real_name = self.resolve(file)
            if real_name is not None and "/" not in name:
                return real_name
        raise PackFault(
            "unknown_document",
            f"{self.name} has no document '{name}'{did_you_mean(name, self.documents)}",
            file=f"{self.name}/{name}{ENDING}",
            hint=f"Its documents are: {', '.join(self.documents)}.",
        )


def open_pack(
    name: str,
    sources: Mapping[str, str],
    *,
    default: Mapping[str, str],
    shell: bytes | None = None,
    words: Mapping[str, bytes] | None = None,
) -> Pack:
    """The pack made of these files (path → text), over the built-in pack's files; ``shell`` is its look in Word.

    ``words`` are the other Word files of its folder, of which those are kept that its papers are made from.

    ``name`` is the folder's name as messages print it; the built-in pack is opened with its own
    files as ``default``. Raises PackFault for whatever can be known before a paper is filled.
    """
    if name == BUILT_IN and dict(sources) != dict(default):
        raise PackFault(
            "reserved_name",
            f"A pack cannot be called '{BUILT_IN}': that name is the built-in pack's.",
            file=name,
            hint="Rename the folder.",
        )
    for file, text in sources.items():
        _check_file(text, name=f"{name}/{file}")
    own = read_manifest(sources.get(FILE), pack=name)
    base = read_manifest(default.get(FILE), pack=BUILT_IN)
    languages = own.languages or base.languages
    named = {one for rule in own.papers.values() for code in languages for one in rule.word_files(code)}
    kept = {one: data for one, data in sorted((words or {}).items()) if one in named}
    opened = Pack(
        name=name,
        id=own.id,
        version=own.version,
        reviewed=own.reviewed,
        documents=tuple(dict.fromkeys(base.documents + own.documents)),
        languages=languages,
        options=own.options,
        papers=own.papers,
        sha256=hashlib.sha256(
            json.dumps(sorted(sources.items())).encode() + (shell or b"") + b"".join(kept.values())
        ).hexdigest(),
        sources=dict(sources),
        default=dict(default),
        shell=shell,
        words=kept,
        phrases=_layered(
            phrases_of(default, pack=BUILT_IN), {} if name == BUILT_IN else phrases_of(sources, pack=name)
        ),
    )
    _check_documents(opened, own)
    return opened


def phrases_in(pack: Pack, language: str) -> dict[str, Phrase]:
    """Every phrase of the pack in a language; one that is missing there stands in English."""
    return {**pack.phrases.get(_FALLBACK, {}), **pack.phrases.get(language, {})}


def missing_phrases(pack: Pack, language: str) -> tuple[str, ...]:
    """The keys of the phrases that stand in English because the language lacks them."""
    find_language(language)
    return tuple(sorted(pack.phrases.get(_FALLBACK, {}).keys() - pack.phrases.get(language, {}).keys()))


def phrase_faults(pack: Pack) -> tuple[PackFault, ...]:
    """Where the pack's own phrases name a part that the same phrase does not have in English."""
    english = pack.phrases.get(_FALLBACK, {})
    return tuple(
        fault
        for code in sorted(pack.phrases)
        for key, phrase in pack.phrases[code].items()
        if phrase.file.startswith(f"{pack.name}/") and key in english
        if (fault := strange_parts(phrase, english[key].parts)) is not None
    )


def _check_file(text: str, *, name: str) -> None:
    size = len(text.encode("utf-8", "surrogatepass"))
    if name.endswith(".j2") and size > TEMPLATE_LIMIT:
        raise PackFault(
            "too_large",
            f"{name} has {size:,} bytes; a template has at most {TEMPLATE_LIMIT:,}.",
            file=name,
            hint="Split it into parts and include them.",
        )
    refuse_marks(text, name=name)


def _check_documents(pack: Pack, own: Manifest) -> None:
    languages = ("", *(f".{code}" for code in pack.languages))
    for name in own.documents:
        if all(pack.resolve(f"{name}{language}{ENDING}") is None for language in languages):
            raise PackFault(
                "template_missing",
                f"{FILE} names the document '{name}', but there is no {name}{ENDING}.",
                file=f"{pack.name}/{FILE}",
                line=line_of(pack.sources[FILE].encode("utf-8", "surrogatepass"), "documents"),
                hint="Write the template, or take the name off the list.",
            )


def _layered(
    below: Mapping[str, Mapping[str, Phrase]], above: Mapping[str, Mapping[str, Phrase]]
) -> dict[str, dict[str, Phrase]]:
    return {code: {**below.get(code, {}), **above.get(code, {})} for code in sorted({*below, *above})}
