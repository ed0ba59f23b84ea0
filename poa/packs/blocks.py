"""The blocks of a paper, in the order in which it has them: who writes each, and where its words begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from jinja2 import Environment, TemplateSyntaxError, nodes

from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN
from poa.packs.pack import BUILT_IN, ENDING, Pack
from poa.packs.saying_where import keys_in

_BEGINS = re.compile(r"(\{%[-+]?\s*block\s+(\w+)\b[^%]*%\})")
_ENDS = re.compile(r"(\{%[-+]?\s*endblock\b[^%]*%\})")
_BEGUN, _ENDED = "⟪{}⟫", "⟪/⟫"
_MARK = re.compile(r"⟪/?\w*⟫")
_FACT = re.compile(f"{FACT_OPEN}[^{FACT_SPLIT}]*{FACT_SPLIT}|{CLOSE}|{GAP_OPEN}")
_SIGNS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|^#+ |^[0-9]+\. |^- |\*\*", re.MULTILINE)
_SHOWN = 60  # characters of a block


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBlock:
    """A block: the file that has it first, the file of the pack that takes it over, None where none does.

    ``phrase`` is the key of the first phrase that it says, None where it says none.
    """

    name: str
    file: str
    taken_by: str | None
    phrase: str | None


def blocks_of(pack: Pack, file: str) -> tuple[PaperBlock, ...]:
    """The blocks of the template that a paper begins with or extends; none where it has none or cannot be read."""
    chain = list(_extended(pack, file))
    if not chain:
        return ()
    first, tree = chain[-1]
    taken = {
        one.name: name
        for name, above in reversed(chain[:-1])  # the outermost wins
        for one in above.find_all(nodes.Block)
    }
    return tuple(
        PaperBlock(
            name=one.name,
            file=first,
            taken_by=taken.get(one.name),
            phrase=next((key for key, _ in keys_in(one)), None),
        )
        for one in sorted(tree.find_all(nodes.Block), key=lambda block: block.lineno)
    )


def paper_of(pack: Pack, name: str) -> str | None:
    """The paper that a name given by its file or by itself stands for: ``plan-of-action``; None for a partial."""
    bare = name.removeprefix(f"{BUILT_IN}/").removesuffix(ENDING)
    for code in ("", *(f".{one}" for one in pack.languages)):
        if bare.removesuffix(code) in pack.documents:
            return bare.removesuffix(code)
    return None


def with_marks(pack: Pack, blocks: tuple[PaperBlock, ...]) -> Pack:
    """The same pack, whose papers say where each of these blocks begins and ends; for :func:`first_words`."""
    files = {one.file for one in blocks}

    def marked(owner: str, texts: Mapping[str, str]) -> dict[str, str]:
        return {name: _marked(text) if f"{owner}/{name}" in files else text for name, text in texts.items()}

    own, built_in = marked(pack.name, pack.sources), marked(BUILT_IN, pack.default)
    return replace(pack, sources=own, default=built_in, compiled={})


def first_words(markdown: str, name: str) -> str:
    """The first line of a block in a paper that was made with marks; empty where it says nothing there."""
    _, begun, rest = markdown.partition(_BEGUN.format(name))
    if not begun:
        return ""
    said = _SIGNS.sub("", _FACT.sub("", _MARK.sub("", rest.partition(_ENDED)[0])))
    line = next((line for line in said.splitlines() if line.strip(" |")), "")
    words = " ".join(line.strip(" |").split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"


def _marked(text: str) -> str:
    begun = _BEGINS.sub(lambda found: f"{_BEGUN.format(found[2])}{found[1]}", text)
    return _ENDS.sub(rf"\1{_ENDED}", begun)


def _extended(pack: Pack, file: str) -> Iterator[tuple[str, nodes.Template]]:
    """A template and those that it extends, read; it ends where one is missing or cannot be read."""
    seen: set[str] = set()
    name: str | None = file
    while name is not None and name not in seen:
        seen.add(name)
        try:
            tree = Environment().parse(pack.text(name), name)  # noqa: S701 - parsed, never rendered
        except TemplateSyntaxError:
            return
        yield name, tree
        extends = next(tree.find_all(nodes.Extends), None)
        wanted = extends.template if extends is not None else None
        name = pack.resolve(str(wanted.value)) if isinstance(wanted, nodes.Const) else None
