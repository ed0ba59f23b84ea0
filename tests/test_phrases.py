"""The papers speak through their phrases alone: a language is one file, and nothing English passes it by."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain

import pytest
from conftest import mostly_deep
from jinja2 import Environment, nodes

from poa.account import Account, facts_and_late_orders
from poa.build import Appeal, appeal_papers
from poa.case import Case, read_case
from poa.cli.pack_folders import open_packs
from poa.facts import Plain
from poa.files import as_input, bundled, read_folder
from poa.packs import Pack, faults, fill, missing_phrases, open_pack
from poa.packs.phrases import Phrase
from poa.sample import sample_files

SOURCES = read_folder(bundled("templates") / "default")
PACK = open_packs(None)
ENGLISH = PACK.phrases["en"]
TEMPLATES = sorted(file for file in SOURCES if file.endswith(".md.j2"))
LANGUAGES = sorted(PACK.phrases)
LETTERS = re.compile(r"[^\W\d_]+")
IN_FILE_NAMES = re.compile(r"\(img/[\w-]+\.png\)|`[^`\n]*`")
PHRASES = "t"  # what templates call them


def tree_of(file: str) -> nodes.Template:
    return Environment().parse(SOURCES[file])  # noqa: S701 - read, never filled


@pytest.mark.parametrize("file", TEMPLATES)
def test_no_template_holds_words(file: str) -> None:
    """A template's own text is Markdown, numbers and the names of files."""
    text = "".join(data.data for data in tree_of(file).find_all(nodes.TemplateData))
    assert not LETTERS.findall(IN_FILE_NAMES.sub("", text))


@pytest.mark.parametrize("file", TEMPLATES)
def test_no_word_in_quotes_is_printed(file: str) -> None:
    """A text in quotes is compared, or names a file, a value or a test; none becomes part of a paper."""
    tree = tree_of(file)
    named = {id(text) for text in _texts_that_name(tree)}
    printed = [text.value for text in tree.find_all(nodes.Const) if id(text) not in named]
    assert not [text for text in printed if isinstance(text, str) and LETTERS.search(text)]


def test_every_phrase_that_a_template_names_is_there_and_none_is_idle() -> None:
    """The keys of the English file are the keys that the templates use."""
    used = {name for file in TEMPLATES for name in _keys(tree_of(file))}
    assert used == set(ENGLISH)


@pytest.mark.parametrize("file", TEMPLATES)
def test_a_phrase_is_named_as_it_is_written(file: str) -> None:
    """Phrases are used by name only, so that the list of those in use is whole."""
    whole = [one for one in tree_of(file).find_all(nodes.Name) if one.name == PHRASES]
    assert len(whole) == len(list(_keys(tree_of(file))))


def test_every_language_of_the_pack_has_its_file() -> None:
    """What pack.toml offers can be spoken, and what can be spoken is offered."""
    assert sorted(PACK.languages) == LANGUAGES


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_phrase_and_no_other(code: str) -> None:
    """No paper falls back to English, and no translation is left of a phrase that is gone."""
    assert missing_phrases(PACK, code) == ()
    assert set(PACK.phrases[code]) == set(ENGLISH)


def test_no_phrase_names_a_part_that_it_is_not_given() -> None:
    """A translation has parts of the English phrase only; each template uses what packs may use."""
    assert faults(PACK) == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_head_keeps_the_cells_of_its_table(code: str) -> None:
    """A phrase that is a row of a table has as many cells in every language."""
    for key, phrase in PACK.phrases[code].items():
        assert {_cells(form) for form in phrase.forms.values()} == {
            _cells(form) for form in ENGLISH[key].forms.values()
        }, key


# --- a language that nobody speaks -----------------------------------------------------------

FOREIGN = "zh"  # no plurals, and its days have no names of months
OF_DAYS = {"年", "月", "日"}
RAW = sample_files()
EVIDENCE = {
    name.removeprefix("evidence/"): data for name, data in RAW.items() if name.startswith("evidence/")
}
REPORT = as_input("late-shipment-report.csv", RAW["late-shipment-report.csv"])
SUPPLIERS = as_input("suppliers.csv", RAW["suppliers.csv"])
TWO_CAUSES = b"""case = 1
[[cause]]
code = "SUP_DISPATCH"
shown_by = "supplier: Alder Supply"
statement = "STATED ONE"
[[cause]]
statement = "STATED TWO"
"""
FEW = b"".join(RAW["late-shipment-report.csv"].splitlines(keepends=True)[::30])
ACCOUNTS = {
    "the sample": (Account(reports=(REPORT,), suppliers=(SUPPLIERS,)), RAW["case.toml"]),
    "two causes with gaps": (
        Account(reports=(REPORT,), suppliers=(SUPPLIERS,), origin="CN", own_warehouse=("Alder Supply",)),
        TWO_CAUSES,
    ),
    "no supplier, no case": (Account(reports=(REPORT,), window_by="purchase"), b""),
    "few orders": (Account(reports=(as_input("few.csv", FEW),), suppliers=(SUPPLIERS,)), b""),
}


@pytest.mark.parametrize("name", mostly_deep(ACCOUNTS, "the sample", "few orders"))
def test_nothing_is_said_past_the_phrases(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every word of the phrases an x, a paper holds x, the data, and the sentences it was given."""
    account, case = ACCOUNTS[name]
    handed: list[object] = []

    def watched(pack: Pack, name: str, context: Mapping[str, Plain], *, language: str) -> str:
        handed.append(context)
        return fill(pack, name, context, language=language)

    monkeypatch.setattr("poa.build.filled", watched)
    facts, late_orders = facts_and_late_orders(account, tell=lambda _: None)
    made = appeal_papers(
        Appeal(
            facts=facts,
            late_orders=late_orders,
            case=read_case(case, name="case.toml") if case else Case(),
            case_file=("case.toml", case),
            evidence=EVIDENCE if case == RAW["case.toml"] else {},
            pack=foreign_pack(),
            language=FOREIGN,
            ui_language=FOREIGN,
            final=False,
            formats=("md",),
        ),
        tell=lambda _: None,
    )
    given = sorted({*chain.from_iterable(map(_sayings, handed))}, key=len, reverse=True)
    papers = {name: data.decode() for name, data in made.files.items() if name.endswith(".md")}
    assert len(papers) >= 3
    for paper, text in papers.items():
        left = " ".join(IN_FILE_NAMES.sub("", re.sub(r"\\(\W)", r"\1", text)).split())
        for saying in given:
            left = left.replace(saying, " ")
        assert {word for word in LETTERS.findall(left) if set(word) - {"x"} - OF_DAYS} == set(), paper


def foreign_pack() -> Pack:
    """The built-in pack in a language whose every letter is an x."""
    lines = []
    for key, phrase in ENGLISH.items():
        if phrase.by:
            lines.append(f'{key}.by = "{phrase.by}"')
        lines.append(f"{key}{'.other' if phrase.by else ''} = {json.dumps(_crossed(phrase))}")
    manifest = re.sub(r"languages = .*", f'languages = ["en", "{FOREIGN}"]', SOURCES["pack.toml"])
    files = {**SOURCES, "pack.toml": manifest, f"lang/{FOREIGN}.toml": "\n".join(lines)}
    return open_pack("default", files, default=files)


def _crossed(phrase: Phrase) -> str:
    pieces = phrase.forms["other"]
    return "".join(
        f"{{{piece}}}"
        if position % 2
        else re.sub(r"[^\W\d_]", "x", piece).replace("{", "{{").replace("}", "}}")
        for position, piece in enumerate(pieces)
    )


def _sayings(value: object) -> Iterator[str]:
    """The texts of what a template was handed, as a paper prints them; codes such as ``late`` and ``(several)`` are none."""
    match value:
        case str() if LETTERS.search(value) and not re.fullmatch(r"[a-z_-]+|\([a-z ]+\)", value):
            yield " ".join(value.split())
        case Mapping():
            yield from chain.from_iterable(map(_sayings, value.values()))
        case list():
            yield from chain.from_iterable(map(_sayings, value))


def _cells(form: tuple[str, ...]) -> int:
    return form[0].startswith("|") and "".join(form[::2]).count("|")


def _keys(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == PHRASES:
            yield node.attr


def _texts_that_name(tree: nodes.Template) -> Iterator[nodes.Node]:
    for node in tree.find_all(
        (
            nodes.Compare,
            nodes.Getitem,
            nodes.Test,
            nodes.Import,
            nodes.FromImport,
            nodes.Include,
            nodes.Extends,
        )
    ):
        yield from node.find_all(nodes.Const)
    for node in tree.find_all(nodes.Filter):
        if node.name in {"selectattr", "rejectattr", "map"}:
            yield from chain.from_iterable(argument.find_all(nodes.Const) for argument in node.args)
            yield from node.args
