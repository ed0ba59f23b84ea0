"""A pack tried out: every paper, in every language, of every kind of case, made and read before a client sees one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from poa.build import appeal_papers, papers_in_word
from poa.build.sampled import drawn_of, sampled
from poa.build.samples import SAMPLES, sample_appeal
from poa.build.word_native import refuse_others
from poa.document import Document
from poa.doing import Doing, Tell, silent
from poa.errors import PoaError, UsageFault
from poa.packs import Pack
from poa.packs.manifest import FILE
from poa.packs.pack import SHELL
from poa.paper import Paper, paper_of
from poa.readers import read_paper
from poa.words import spoken
from poa.writers.whole import package_faults

_REPAIR = "Save shell.docx anew in Word; if it stays, take it out of the pack and say so to who keeps poa."
_NAME = "paper.docx"  # as the reader tells forms apart
_OURS = "Say so to who keeps poa, with the pack: no template should bring this about."


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What went wrong when papers were tried: the fault with its place, and in which papers, as ``letter (en, normal)``."""

    code: str
    severity: str
    message: str
    remedy: str
    file: str | None = None
    line: int | None = None
    papers: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """The trouble as JSON has it."""
        return {**asdict(self), "papers": list(self.papers)}


def troubles(
    pack: Pack, *, languages: Iterable[str], samples: Iterable[str] = tuple(SAMPLES), tell: Tell = silent
) -> tuple[Trouble, ...]:
    """Each trouble once, with the papers in which it shows; raises UsageFault for a sample case that there is not."""
    every = _every(pack, tuple(languages), tuple(samples), tell)
    return together(replace(one, papers=(paper,)) for paper, one in every)


def together(every: Iterable[Trouble]) -> tuple[Trouble, ...]:
    """The same trouble of several papers as one."""
    found: dict[tuple[str, str, str | None, int | None], Trouble] = {}
    for one in every:
        key = (one.code, one.message, one.file, one.line)
        before = found.get(key)
        found[key] = one if before is None else replace(before, papers=(*before.papers, *one.papers))
    return tuple(found.values())


def _every(
    pack: Pack, languages: tuple[str, ...], samples: tuple[str, ...], tell: Tell
) -> Iterator[tuple[str, Trouble]]:
    try:
        refuse_others(pack, papers_in_word(pack))
    except PoaError as fault:
        yield FILE, _trouble(fault)
    for language in languages:
        for sample in samples:
            tell(Doing(f"Trying {sample} in {language}"))
            for document in pack.documents:
                for trouble in _of_document(pack, document, language, sample):
                    yield f"{document} ({language}, {sample})", trouble
            yield from _by_rules(pack, language, sample)


def _of_document(pack: Pack, document: str, language: str, sample: str) -> Iterator[Trouble]:
    """Fill the paper, read its Markdown as a tree, print it for Word, and read that as a strict reader would."""
    try:
        made = sampled(document, sample=sample, pack=pack, language=language)
        data, printed_from = made.in_word(made.paper())
    except UsageFault as fault:
        if fault.code != "nothing_to_tell":  # such as a request to a supplier where none stands out
            raise
    except PoaError as fault:
        yield _trouble(fault)
    else:
        for message in word_faults(data, printed_from):
            yield _of_word(pack, message)


def word_faults(data: bytes, paper: Document | None) -> Iterator[str]:
    """What is wrong with a Word file, in English; ``paper`` is what it was printed from, None where a pack filled it."""
    found = package_faults(data)
    yield from found
    if found:
        return  # what cannot be opened cannot be read
    try:
        read = read_paper(data, name=_NAME)
    except PoaError as fault:
        yield fault.message
        return
    missing = None if paper is None else _first_missing(paper_of(paper, name=_NAME), read)
    if missing is not None:
        yield f'It lacks words of the paper: "{missing}"'


def _first_missing(printed: Paper, read: Paper) -> str | None:
    """The first line of the paper that its file does not hold in its turn; what a letterhead adds stands between."""
    there = (" ".join(line.text.split()) for line in read.lines)
    for line in printed.lines:
        words = " ".join(line.text.split())
        if line.kind != "aside" and words and not any(words == one for one in there):
            return words
    return None


def _by_rules(pack: Pack, language: str, sample: str) -> Iterator[tuple[str, Trouble]]:
    """What a strict reader would stop at in the papers of an appeal."""
    try:
        made = appeal_papers(
            replace(
                sample_appeal(sample, pack=pack, language=language),
                formats=("md", "docx") if pack.words else ("md",),
                images=drawn_of(sample),
            ),
            tell=silent,
        )
    except PoaError:
        return  # told above, with the paper
    for review in made.reviews:
        for one in review.findings:
            if one.severity != "info":
                trouble = Trouble(
                    code=one.rule,
                    severity=one.severity,
                    message=f'{one.rule}: {spoken(one.message, "en")} "{one.text}"'
                    if one.text
                    else spoken(one.message, "en"),
                    remedy=spoken(one.remedy, "en"),
                )
                yield f"{review.paper.name} ({language}, {sample})", trouble


def _of_word(pack: Pack, message: str) -> Trouble:
    shell = SHELL if pack.shell is not None else None
    return Trouble(
        code="word_file",
        severity="error",
        message=f"The Word file is not whole: {message}",
        remedy=_REPAIR if shell else _OURS,
        file=shell and f"{pack.name}/{shell}",
    )


def _trouble(fault: PoaError) -> Trouble:
    return Trouble(
        code=fault.code,
        severity="error",
        message=fault.message,
        remedy=fault.hint or "",
        file=fault.file,
        line=fault.line,
    )
