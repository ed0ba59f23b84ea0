"""Where phrases are said: the templates that print one, and the phrases that hold words seen in a paper."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from poa.packs.filling import PHRASES
from poa.packs.pack import BUILT_IN, Pack, phrases_in
from poa.packs.phrases import Phrase


def keys_in(tree: nodes.Node) -> Iterator[tuple[str, int]]:
    """The keys of the phrases that a template or a part of it says, with their lines, in their order."""
    found = [
        (one.attr, one.lineno)
        for one in tree.find_all(nodes.Getattr)
        if isinstance(one.node, nodes.Name) and one.node.name == PHRASES
    ]
    yield from sorted(found, key=lambda one: one[1])


def templates_saying(pack: Pack, key: str) -> tuple[str, ...]:
    """Every place, as ``file:line``, where a template of the pack or of the built-in one says a phrase."""
    found: dict[str, None] = {}
    for name in _templates(pack):
        try:
            tree = Environment().parse(pack.text(name), name)  # noqa: S701 - parsed, never rendered
        except TemplateSyntaxError:
            continue
        found.update({f"{name}:{line}": None for said, line in keys_in(tree) if said == key})
    return tuple(found)


def phrase_in(pack: Pack, key: str, *, language: str) -> Phrase | None:
    """A phrase in a language, in English where the language lacks it; None where there is none of the key."""
    return phrases_in(pack, language).get(key)


def phrases_with(pack: Pack, words: str) -> tuple[Phrase, ...]:
    """The phrases of every language whose words hold these, whatever their case; their ``{parts}`` count for nothing."""
    wanted = _bare(words)
    if not wanted:
        return ()
    return tuple(
        phrase
        for code in sorted(pack.phrases, key=lambda one: (one != "en", one))
        for phrase in pack.phrases[code].values()
        if any(
            wanted in _bare(between.join(form[::2]))
            for form in phrase.forms.values()
            for between in ("", " ")
        )
    )


def _bare(text: str) -> str:
    """Words without what Markdown and a line's end add to them."""
    return " ".join(text.replace("*", "").replace("`", "").casefold().split())


def _templates(pack: Pack) -> list[str]:
    """The real names of all templates, the pack's own first."""
    own = [f"{pack.name}/{name}" for name in sorted(pack.sources) if name.endswith(".j2")]
    built_in = [f"{BUILT_IN}/{name}" for name in sorted(pack.default) if name.endswith(".j2")]
    return list(dict.fromkeys([*own, *built_in]))
