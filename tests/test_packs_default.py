"""The built-in phrases in every language offered: each part is given, Markdown holds, no English is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from jinja2 import nodes

from poa.account import Account, facts_and_late_orders
from poa.build import Appeal, appeal_papers
from poa.case import Case
from poa.cli.pack_folders import open_packs
from poa.document import leaves, words
from poa.errors import PackFault
from poa.files import InputFile, as_input
from poa.languages import LANGUAGES
from poa.markdown import parse
from poa.packs import Pack, open_pack
from poa.packs.environment import PackEnvironment
from poa.packs.phrases import Phrase, phrases_of
from poa.sample import REPORT, SUPPLIERS, sample_files

DEFAULT: Pack = open_packs(None)
TEMPLATES = sorted(name for name in DEFAULT.sources if name.endswith(".j2"))
HOUSE = PackEnvironment(DEFAULT, {}, language=LANGUAGES["en"])


@cache
def tree(file: str) -> nodes.Template:
    return HOUSE.checked(f"default/{file}")


def english() -> dict[str, Phrase]:
    return phrases_of(DEFAULT.sources, pack="default")["en"]


def used(node: nodes.Node) -> Iterator[tuple[str, nodes.Node]]:
    for found in node.find_all((nodes.Getattr, nodes.Getitem)):
        match found:
            case nodes.Getattr(node=nodes.Name(name="t"), attr=str(key)):
                yield key, found
            case nodes.Getitem(node=nodes.Name(name="t"), arg=nodes.Const(value=str(key))):
                yield key, found


def said_in(file: str) -> Iterator[tuple[str, nodes.Filter]]:
    """Each call of say, by the phrase; a name stands for every phrase that it is set to."""
    set_to: dict[str, set[str]] = {}
    for assigned in tree(file).find_all(nodes.Assign):
        if isinstance(assigned.target, nodes.Name):
            set_to.setdefault(assigned.target.name, set()).update(key for key, _ in used(assigned))
    for call in tree(file).find_all(nodes.Filter):
        if call.name == "say":
            keys = {key for key, one in used(call) if one is call.node}
            if isinstance(call.node, nodes.Name):
                keys = set_to[call.node.name]
            assert keys, f"{file}:{call.lineno}: say of something that is no phrase"
            yield from ((key, call) for key in keys)


@pytest.mark.parametrize("language", DEFAULT.languages)
def test_every_call_gives_the_parts_of_every_language(language: str) -> None:
    """A paper in another language cannot fail on a part that English does without."""
    phrases = english() | phrases_of(DEFAULT.sources, pack="default")[language]
    bare = {key for file in TEMPLATES for key, _ in used(tree(file))}
    for file in TEMPLATES:
        for key, call in said_in(file):
            given = {option.key for option in call.kwargs}
            wanted = phrases[key].parts | ({phrases[key].by} if phrases[key].by else set())
            assert wanted <= given, f"{file}:{call.lineno}: {key} lacks {wanted - given}"
            bare.discard(key)
    assert [key for key in bare if phrases[key].words is None] == []


@pytest.mark.parametrize("end", ["", "。"], ids=["letters", "a full stop"])
@pytest.mark.parametrize("language", DEFAULT.languages)
def test_the_markdown_of_every_phrase_is_whole(language: str, end: str) -> None:
    """Emphasis closes whatever its parts end with; table heads have the cells of the English ones.

    Where a letter follows at once, as in Chinese, ``**`` behind a full stop would close nothing.
    """
    part = ("字" if LANGUAGES[language].space == "" else "part") + end
    for key, phrase in phrases_of(DEFAULT.sources, pack="default")[language].items():
        for form, pieces in phrase.forms.items():
            text = "".join(part if place % 2 else piece for place, piece in enumerate(pieces))
            if text.startswith("|"):
                head = "".join(english()[key].forms["other"])
                assert text.count("|") == head.count("|"), key
                text += "\n" + "|--" * (text.count("|") - 1) + "|"
            try:
                shown = "".join(words(leaf) for leaf in leaves(parse(text, name=f"{language} {key}.{form}")))
            except PackFault as fault:
                pytest.fail(f"{language}: {key}.{form}: {fault}: {text}")
            assert not re.search(r"[*`]", shown), f"{language}: {key}.{form} shows signs of Markdown: {shown}"
            assert shown or not text, f"{language}: {key}.{form} shows nothing"


# --- a made-up language ------------------------------------------------------------------------

_LETTERS = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_CODE = re.compile(r"(`[^`]*`)")


def made_up(text: str) -> str:
    """The same without a word of English: each word is a sign, blanks stand beside emphasis only; code stays."""
    return "".join(
        part if part.startswith("`") else _LETTERS.sub("字", re.sub(r"(?<!\*) (?!\*)", "", part))
        for part in _CODE.split(text)
    )


def in_signs() -> Pack:
    """The built-in papers in a language that writes 字 for every word, without plurals and without blanks."""
    lines = []
    for key, phrase in english().items():
        pieces = phrase.forms["other"]
        text = "".join(f"{{{one}}}" if at % 2 else made_up(one) for at, one in enumerate(pieces))
        lines.append(f"{key} = '''{text}'''")
    manifest = 'id = "signs"\nversion = "1"\nfacts = 1\nlanguages = ["zh"]\n'
    sources = {"pack.toml": manifest, "lang/zh.toml": "\n".join(lines)}
    return open_pack("signs", sources, default=DEFAULT.sources)


def account(kind: str) -> Account:
    """The sample's account, or so much of it that other sentences are said of it."""
    files = sample_files()
    head, *rows = files[REPORT].decode().splitlines()
    due, confirmed = (head.split(",").index(f"ship-{name}-date") for name in ("by", "confirm"))
    suppliers = (as_input(SUPPLIERS, files[SUPPLIERS]),)
    cells = [row.split(",") for row in rows]
    match kind:
        case "without suppliers, by purchase":
            return Account(reports=reports(head, cells), window_by="purchase")
        case "a few rows":
            return Account(reports=reports(head, cells[:40]), suppliers=suppliers, orders=60)
        case "open orders":
            opened = [[*one[:confirmed], "", *one[confirmed + 1 :]] for one in cells[-200:]]
            return Account(reports=reports(head, [*cells[:-200], *opened]), suppliers=suppliers)
        case "late orders only":
            late = [one for one in cells if one[confirmed] > one[due]]
            return Account(reports=reports(head, late), suppliers=suppliers)
        case _:
            return Account(
                reports=reports(head, cells), suppliers=suppliers, origin="CN", own_warehouse=("Elm Works",)
            )


def reports(head: str, cells: list[list[str]]) -> tuple[InputFile, ...]:
    return (as_input("r.csv", "\n".join([head, *map(",".join, cells)]).encode()),)


@pytest.mark.every_third
@pytest.mark.parametrize(
    "kind", ["whole", "without suppliers, by purchase", "a few rows", "open orders", "late orders only"]
)
def test_no_english_is_left_in_another_language(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a language of signs, no paper holds an English word: only names, codes and what is quoted.

    The same account's facts and questions are said in signs too, so that any word left is one that
    neither a phrase nor a sentence of poa's own holds.
    """
    monkeypatch.setattr("poa.words.catalogue", lambda language: {} if language == "en" else _InSigns())
    facts, late_orders = facts_and_late_orders(account(kind), tell=lambda _: None)
    appeal = Appeal(
        facts=facts,
        late_orders=late_orders,
        case=Case(),
        case_file=("", b""),
        pack=in_signs(),
        language="zh",
        ui_language="zh",
        formats=("md",),
    )
    papers = appeal_papers(appeal, tell=lambda _: None)
    names = {one.name.value for one in facts.late_by_supplier.suppliers}
    for dimension in ("carrier", "sku"):
        groups = getattr(facts.attribution.dimensions, dimension) if facts.attribution else ()
        names |= {one.name.value for one in groups}
    names |= {facts.marketplace_name, facts.time_zone, *(file.name for file in facts.source.files)}
    told = {paper: data.decode() for paper, data in papers.files.items() if paper.endswith(".md")}
    assert {"plan-of-action.md", "root-cause-analysis.md", "internal/cover.md"} <= told.keys()
    for paper, text in told.items():
        bare = re.sub(r"`[^`]*`|[\w./-]+\.(png|csv|xlsx)\b", "", text).replace("\\", "")
        for name in sorted(map(str, names), key=len, reverse=True):
            bare = bare.replace(name, "")
        left = {word for word in _LETTERS.findall(bare) if not re.fullmatch(r"[SCK]\d*", word)}
        assert not left, f"{paper}: {sorted(left)}\n{text}"


class _InSigns(dict[str, str]):
    """A catalogue that says any pattern in signs."""

    def get(self, key: str, default: object = None) -> str:  # type: ignore[override]  # noqa: ARG002 - dict's
        pieces = re.split(r"(\{\w+\})", key)
        return "".join(one if at % 2 else made_up(one) for at, one in enumerate(pieces))
