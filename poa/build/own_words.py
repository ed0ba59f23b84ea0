"""What a pack that is not built in says of its own accord: sentences of its templates, and the words of its letterhead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from poa.document import Document
from poa.packs import Pack, open_pack
from poa.packs.manifest import FILE
from poa.packs.pack import BUILT_IN
from poa.paper import Paper, paper_of
from poa.readers import read_paper
from poa.review.sentences import sentences

_WORDED = (".j2", ".toml")


def built_in_of(pack: Pack) -> Pack | None:
    """The built-in pack, to be held beside one that has words of its own; None where it has none."""
    if pack.name == BUILT_IN or not any(name.endswith(_WORDED) and name != FILE for name in pack.sources):
        return None
    return _built_in(tuple(sorted(pack.default.items())))


@lru_cache(maxsize=2)  # forty accounts of one pack compile it once
def _built_in(default: tuple[tuple[str, str], ...]) -> Pack:
    return open_pack(BUILT_IN, dict(default), default=dict(default))


def own_sentences(papers: Mapping[str, Document], built_in: Mapping[str, Document]) -> list[str]:
    """The sentences of papers that the built-in pack does not say of the same facts, in their order."""
    known = {text for paper in built_in.values() for text in _said(paper_of(paper, name=""))}
    said = (text for name, paper in papers.items() for text in _said(paper_of(paper, name=name)))
    return [text for text in dict.fromkeys(said) if text not in known]


def letterhead_words(papers: Mapping[str, Document], files: Mapping[str, bytes]) -> list[str]:
    """The texts of Word papers that their letterhead brought along; ``files`` are the same papers by file name."""
    found: dict[str, None] = {}
    for name, paper in papers.items():
        data = files.get(f"{name}.docx")
        if data is not None:
            own = {line.text for line in paper_of(paper, name=name).lines}
            read = read_paper(data, name=f"{name}.docx")
            found |= dict.fromkeys(line.text for line in read.lines if line.text and line.text not in own)
    return list(found)


def _said(paper: Paper) -> Iterator[str]:
    for line in paper.lines:
        yield from (text for _, text in sentences(line.text))
