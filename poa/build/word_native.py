"""Letters whose Word form a consultant made in Word: filled apart from us, finished and read here."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import lru_cache

from poa.build.filled import apart
from poa.document import Document
from poa.errors import PackFault
from poa.facts import Plain
from poa.packs import Pack
from poa.packs.manifest import FILE
from poa.packs.pack import BUILT_IN
from poa.packs.word_native import LETTER, require_library
from poa.writers.word_native import Letter, Printed, finished, read_letter


def native_letters(
    pack: Pack, papers: Mapping[str, Document], context: Mapping[str, Plain], *, language: str
) -> dict[str, Printed]:
    """The Word form of each paper that the pack has a Word file for; the same papers, made of Markdown, say the rest."""
    made = {
        name: native_letter(pack, name, paper, context, language=language) for name, paper in papers.items()
    }
    return {name: one for name, one in made.items() if one is not None}


def native_letter(
    pack: Pack, document: str, paper: Document, context: Mapping[str, Plain], *, language: str
) -> Printed | None:
    """The Word form of one paper, None where the pack leaves it to the Markdown.

    Raises PackFault at part and paragraph, and where ``docxtpl`` is not installed.
    """
    file = _file_of(pack, document, language)
    if file is None:
        return None
    name = f"{pack.name}/{file}"
    require_library(name)
    letter = _letter(pack.words[file], name)
    asked = {
        "file": name,
        "package": base64.b64encode(letter.package()).decode(),
        "marks": letter.asked(),
        "context": context,
        "language": language,
    }
    match apart(pack, LETTER, asked, file=name):
        case {"stories": dict(stories), "values": dict(values)} if _are_texts(stories, values):
            return finished(letter, stories, values, paper)
        case _:
            raise PackFault("child_rubbish", "The letter gave an answer that is none.", file=name)


def _are_texts(stories: Mapping[object, object], values: Mapping[object, object]) -> bool:
    """Whether an answer is made of what it should be made of; a stranger's template had a hand in it."""
    listed = all(
        isinstance(one, list) and all(isinstance(text, str) for text in one) for one in values.values()
    )
    return listed and all(isinstance(text, str) for text in stories.values())


def _file_of(pack: Pack, document: str, language: str) -> str | None:
    rule = pack.papers.get(document)
    if rule is None or rule.word is None or pack.name == BUILT_IN:
        return None
    found = next((one for one in rule.word_files(language) if one in pack.words), None)
    if found is None and not any(
        one in pack.words for code in pack.languages for one in rule.word_files(code)
    ):
        raise PackFault(
            "template_missing",
            f"{FILE} names the Word file '{rule.word}' for {document}, but it is not in the pack.",
            file=f"{pack.name}/{FILE}",
            hint="Put the file beside pack.toml, or take `word = …` away.",
        )
    return found


@lru_cache(maxsize=4)
def _letter(data: bytes, name: str) -> Letter:
    return read_letter(data, name=name)


def refuse_others(pack: Pack, own: tuple[str, ...]) -> None:
    """Raise PackFault where a Word file is named for a paper that is never made of one; ``own`` are those that may."""
    for name, rule in pack.papers.items():
        if rule.word is not None and name in pack.documents and name not in own:
            raise PackFault(
                "bad_paper",
                f"'{name}' is never made of a Word file.",
                file=f"{pack.name}/{FILE}",
                hint=f"Take `word` away from [papers.{name}]. These may have one: {', '.join(own)}.",
            )
