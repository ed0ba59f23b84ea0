"""Which files make a paper, and why: the pack's own, what they extend, and which blocks they take over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from poa.errors import PackFault, did_you_mean
from poa.packs.pack import BUILT_IN, ENDING, Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file of a chain by its real name, and why it is there, in words; ``depth`` is how far from the first."""

    file: str
    why: str
    depth: int = 0


def chain_of(pack: Pack, name: str, *, language: str = "en") -> tuple[Step, ...]:
    """The files that make a document, a template or a phrase; raises PackFault for a name that is none of these.

    ``name`` is a document (``plan-of-action``), a file (``_rates.md.j2``, ``lang/de.toml``) or the key of a phrase.
    """
    if name in pack.documents:
        file = pack.document(name, language=language)
        return tuple(_templates(pack, file, _why_document(pack, file, name, language), depth=0))
    found = pack.resolve(name)
    if found is not None and name.endswith(".j2"):
        return tuple(_templates(pack, found, _why_file(pack, found), depth=0))
    if found is not None:
        return tuple(_layers(pack, name))
    phrases = tuple(_phrases(pack, name))
    if phrases:
        return phrases
    known = {
        *pack.documents,
        *pack.sources,
        *pack.default,
        *(key for one in pack.phrases.values() for key in one),
    }
    raise PackFault(
        "unknown_file",
        f"{pack.name} has no paper, file or phrase '{name}', and no phrase with these words{did_you_mean(name, known)}",
        file=pack.name,
        hint=f"Its papers are: {', '.join(pack.documents)}. Of words that you see in a paper, write a few that stand together, "
        "without figures, days and names; the words of a case and of Amazon's notice, whose headings the letter takes, are no phrases.",
    )


def _why_document(pack: Pack, file: str, name: str, language: str) -> str:
    if file.endswith(f".{language}{ENDING}"):
        return f"the paper in {language} alone, which wins"
    other = f"{name}.{language}{ENDING}"
    return f"{_why_file(pack, file)}; there is no {other}"


def _why_file(pack: Pack, file: str) -> str:
    owner, _, own = file.partition("/")
    if owner == BUILT_IN:
        return "built in" if pack.name == BUILT_IN else "built in; the pack has none of this name"
    return "the pack's own, before the built-in one" if own in pack.default else "the pack's own"


def _templates(pack: Pack, file: str, why: str, *, depth: int) -> Iterator[Step]:
    """A template, what it extends, and the partials that it takes in."""
    yield Step(file=file, why=why, depth=depth)
    if depth > len(pack.sources) + len(pack.default):
        return  # a circle, which the check names
    try:
        tree = Environment().parse(pack.text(file), file)  # noqa: S701 - parsed, never rendered
    except TemplateSyntaxError as error:
        raise PackFault(
            "template_syntax",
            f"{file} cannot be read: {error.message}.",
            file=file,
            line=error.lineno,
            hint="poa packs check names every problem.",
        ) from None
    blocks = [node.name for node in tree.find_all(nodes.Block)]
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for node in (one for one in tree.find_all(kinds) if isinstance(one, kinds)):
        wanted = node.template.value if isinstance(node.template, nodes.Const) else ""
        below = pack.resolve(str(wanted))
        if below is None:
            yield Step(file=str(wanted), why="is named and does not exist", depth=depth + 1)
        elif isinstance(node, nodes.Extends):
            told = (
                f"extended; blocks taken over: {', '.join(blocks)}"
                if blocks
                else "extended; no block taken over"
            )
            yield from _templates(pack, below, told, depth=depth + 1)
        elif depth == 0 or not isinstance(node, nodes.Import | nodes.FromImport):
            yield Step(file=below, why="partial", depth=depth + 1)


def _layers(pack: Pack, name: str) -> Iterator[Step]:
    """A file of phrases or of settings: the pack's own lies over the built-in one."""
    if name in pack.sources and pack.name != BUILT_IN:
        own = "its phrases win, one by one" if name.startswith("lang/") else "the pack's own"
        yield Step(file=f"{pack.name}/{name}", why=own)
    if name in pack.default:
        yield Step(file=f"{BUILT_IN}/{name}", why="built in", depth=int(name in pack.sources))


def _phrases(pack: Pack, key: str) -> Iterator[Step]:
    """Where a phrase is said, in each language."""
    for language in pack.languages:
        phrase = pack.phrases.get(language, {}).get(key)
        if phrase is not None:
            own = phrase.file.startswith(f"{pack.name}/") and pack.name != BUILT_IN
            yield Step(file=phrase.place, why="the pack's own phrase" if own else "built in")
