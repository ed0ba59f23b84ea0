"""The bundled pack 8d: an 8D report on the facts and the case of an appeal, beside the built-in papers.

``pytest --accept`` renews the reports in tests/8d; read the difference before you commit it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLES, mostly_deep, often, run_poa
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import nodes

from poa.account import Account, facts_and_late_orders
from poa.build import Appeal, Papers, appeal_papers
from poa.case import Case, read_case
from poa.case.notices import read_notice
from poa.cli.pack_folders import open_packs
from poa.document import Table, leaves, words
from poa.errors import GateNotMet, UsageFault
from poa.facts import Facts, LateOrder
from poa.files import as_input
from poa.languages import LANGUAGES
from poa.markdown import parse
from poa.packs import Pack, faults, missing_phrases, open_pack
from poa.packs.environment import PackEnvironment
from poa.packs.phrases import Phrase, phrases_of
from poa.review import Review
from poa.sample import REPORT, SUPPLIERS, sample_files

PACK: Pack = open_packs(Path("8d"))
DEFAULT: Pack = open_packs(None)
CODES = ("en", "de", "zh", "ja")
GOLDENS = ROOT / "tests" / "8d"
NAME = "8d-report"


def account(kind: str) -> Account:
    """The sample's account, or so much of it that other things are said of it."""
    files = sample_files()
    head, *rows = files[REPORT].decode().splitlines()
    due, confirmed = (head.split(",").index(f"ship-{name}-date") for name in ("by", "confirm"))
    cells = [row.split(",") for row in rows]
    match kind:
        case "open orders":
            cells = [*cells[:-200], *([*one[:confirmed], "", *one[confirmed + 1 :]] for one in cells[-200:])]
        case "late orders only":
            cells = [one for one in cells if one[confirmed] > one[due]]
        case "nothing late":
            cells = [[*one[:confirmed], one[due], *one[confirmed + 1 :]] for one in cells]
        case "a few rows":
            cells = cells[:40]
    text = "\n".join([head, *map(",".join, cells)]).encode()
    return Account(reports=(as_input("r.csv", text),), suppliers=(as_input(SUPPLIERS, files[SUPPLIERS]),))


@cache
def counted(kind: str) -> tuple[Facts, tuple[LateOrder, ...]]:
    """What the rows of an account say, counted once for all tests."""
    facts, late_orders = facts_and_late_orders(account(kind), tell=lambda _: None)
    return facts, tuple(late_orders)


def papers_of(kind: str, case: bytes = b"", *, pack: Pack = PACK, **more: Any) -> Papers:
    """The papers of an account of this kind with the pack."""
    facts, late_orders = counted(kind)
    given_more: dict[str, Any] = {"formats": ("md",), **more}
    return appeal_papers(
        Appeal(
            facts=facts,
            late_orders=late_orders,
            case=read_case(case, name="case.toml") if case else Case(),
            case_file=("case.toml" if case else "", case),
            pack=pack,
            **given_more,
        ),
        tell=lambda _: None,
    )


def sample_papers(language: str, *, pack: Pack = PACK, case: bytes | None = None, **more: Any) -> Papers:
    files = sample_files(language=language)
    evidence = {
        name.removeprefix("evidence/"): data for name, data in files.items() if name.startswith("evidence/")
    }
    told = {
        "evidence": evidence,
        "notice": read_notice(files["notice.txt"].decode()),
        "notice_file": ("notice.txt", files["notice.txt"]),
        "language": language,
        "ui_language": language,
        **more,
    }
    return papers_of("whole", case or files["case.toml"], pack=pack, **told)


@cache
def final(language: str) -> Papers:
    return sample_papers(language, final=True, formats=("md", "docx", "txt"))


def report_in(papers: Papers) -> str:
    return papers.files[f"{NAME}.md"].decode()


def review_of(papers: Papers) -> Review:
    return next(one for one in papers.reviews if one.paper.name == NAME)


def headings(text: str) -> list[str]:
    return re.findall(r"^## (.+)$", text, re.MULTILINE)


# --- the pack -----------------------------------------------------------------------------------


def test_the_pack_adds_one_document_and_has_no_fault() -> None:
    """It opens by its name, checks without a fault, and lacks no phrase in any of its languages."""
    assert (PACK.id, PACK.name) == ("8d", "8d")
    assert [name for name in PACK.documents if name not in DEFAULT.documents] == [NAME]
    assert faults(PACK) == ()
    assert {code: missing_phrases(PACK, code) for code in PACK.languages} == dict.fromkeys(CODES, ())


def own_phrases(language: str) -> dict[str, Phrase]:
    return phrases_of(PACK.sources, pack="8d")[language]


@pytest.mark.parametrize("language", CODES)
def test_every_language_has_the_same_phrases(language: str) -> None:
    """What the pack says in English it says in each language, and all of it is used or replaces a built-in phrase."""
    assert own_phrases(language).keys() == own_phrases("en").keys()
    templates = "".join(text for name, text in PACK.sources.items() if name.endswith(".j2"))
    used = set(re.findall(r"\bt\.(\w+)", templates))
    built_in = phrases_of(DEFAULT.sources, pack="default")["en"]
    assert own_phrases(language).keys() - used - built_in.keys() == set()


@pytest.mark.parametrize("language", CODES)
def test_every_call_gives_the_parts_of_every_language(language: str) -> None:
    """A report in another language cannot fail on a part that English does without."""
    house = PackEnvironment(PACK, {}, language=LANGUAGES["en"])
    phrases = phrases_of(DEFAULT.sources, pack="default")[language] | own_phrases(language)
    for file in (name for name in PACK.sources if name.endswith(".j2")):
        for call in house.checked(f"8d/{file}").find_all(nodes.Filter):
            if call.name != "say" or not isinstance(call.node, nodes.Getattr):
                continue
            phrase = phrases[call.node.attr]
            wanted = phrase.parts | ({phrase.by} if phrase.by else set())
            assert wanted <= {one.key for one in call.kwargs}, (file, call.lineno)


# --- how it is reached --------------------------------------------------------------------------


def test_a_folder_of_ones_own_comes_before_a_pack_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--pack 8d is the bundled pack, unless a folder of that name lies there."""
    monkeypatch.chdir(tmp_path)
    assert open_packs(Path("8d")).version_mark == PACK.version_mark
    (tmp_path / "8d").mkdir()
    (tmp_path / "8d" / "pack.toml").write_text('id = "own"\nversion = "7"\nfacts = 1\n')
    assert open_packs(Path("8d")).id == "own"


def test_the_built_in_pack_has_a_name_too() -> None:
    """--pack default is what is used without --pack."""
    assert open_packs(Path("default")) == DEFAULT


def test_an_unknown_name_is_told_with_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is neither a folder nor a pack of poa's own is refused with what there is."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageFault, match="did you mean 'default'") as caught:
        open_packs(Path("defualt"))
    assert caught.value.hint == "The packs that come with poa are: default, 8d."


def test_the_command_writes_the_report_in_every_format(tmp_path: Path) -> None:
    """poa appeal --pack 8d writes the report beside the letter, and poa review reads it with the other papers."""
    files = [f"{SAMPLES / REPORT}", "--suppliers", f"{SAMPLES / SUPPLIERS}", "--case", f"{SAMPLES}"]
    run_poa("appeal", *files, "--pack", "8d", "--final", "--out", "out", cwd=tmp_path, check=0)
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        f"{NAME}.md",
        f"{NAME}.docx",
        f"{NAME}.txt",
        "plan-of-action.md",
        "root-cause-analysis.md",
    } <= written
    provenance = json.loads((tmp_path / "out" / "internal" / "provenance.json").read_text(encoding="utf-8"))
    assert (provenance["pack"]["id"], provenance["pack"]["sha256"]) == ("8d", PACK.sha256)
    read = run_poa("review", "out", "--json", cwd=tmp_path, check=0)
    assert f"{NAME}.docx" in read.stdout


@pytest.mark.deep
def test_any_pack_can_add_a_document() -> None:
    """What a pack's manifest names and the built-in pack does not know is written, reviewed, and no letter."""
    manifest = 'id = "acme"\nversion = "1"\nfacts = 1\ndocuments = ["memo"]\n'
    memo = "# Memo\n\n{{ case.seller.name | answer }}: {{ facts.late_shipment_rate[0].late | count }} late orders.\n"
    acme = open_pack("acme", {"pack.toml": manifest, "memo.md.j2": memo}, default=DEFAULT.sources)
    made = sample_papers("en", pack=acme, final=True)
    assert made.files["memo.md"].decode() == "# Memo\n\nHarbor & Pine Goods: 44 late orders.\n"
    (seen,) = [one for one in made.reviews if one.paper.name == "memo"]
    assert seen.verdict == "clean"


# --- the sample's report ------------------------------------------------------------------------


@pytest.mark.parametrize("language", mostly_deep(CODES, "en", "ja"))
def test_the_sample_has_a_clean_report_in_each_language(language: str) -> None:
    """No question is open, a strict reader finds nothing, and every figure is proven or the seller's own."""
    made = final(language)
    assert made.questions == ()
    seen = review_of(made)
    assert [one for one in seen.findings if one.severity in {"error", "warning"}] == []
    assert seen.figures["proven"] > 20
    assert not seen.figures["unknown"] + seen.figures["untrue"] + seen.figures["misleading"]


@pytest.mark.parametrize("language", CODES)
def test_the_eight_steps_stand_in_their_order(language: str) -> None:
    """D1 to D8, each with words of the language behind it."""
    told = headings(report_in(final(language)))
    assert [heading.split(" ")[0] for heading in told] == [f"D{number}" for number in range(1, 9)]
    assert all(len(heading.split(" ", 1)[1]) > 1 for heading in told)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_report_reads_as_it_did(language: str, accept: bool) -> None:  # noqa: FBT001 - a fixture
    """The whole report of the sample, word for word."""
    golden = GOLDENS / f"{language}.md"
    text = report_in(final(language))
    if accept:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_other_papers_are_those_of_the_built_in_pack() -> None:
    """The pack adds a paper and changes none that is sent; the cover says what more to attach."""
    plain = sample_papers("de", pack=DEFAULT, final=True)
    more = sample_papers("de", final=True)
    sent = {name for name in plain.files if not name.startswith("internal/")}
    assert {name for name in sent if more.files[name] != plain.files[name]} == set()
    assert more.files.keys() - plain.files.keys() == {f"{NAME}.md"}
    assert NAME in more.files["internal/cover.md"].decode()
    assert NAME not in plain.files["internal/cover.md"].decode()


@pytest.mark.parametrize("language", CODES)
def test_no_supplier_is_named_to_amazon(language: str) -> None:
    """A supplier stands in the report by its code, as in the letter."""
    text = report_in(final(language))
    for name in ("Alder Supply", "Cedar Supply", "Birch", "Dogwood", "Elm Works", "Hengtai"):
        assert name not in text
    assert "S1" in text


def test_it_can_be_pasted() -> None:
    """As plain text each row of a table says its columns, for a form takes no table."""
    text = final("en").files[f"{NAME}.txt"].decode()
    assert "Window: 30 days; From: 2026-10-02" in text
    assert "|" not in text


# --- what is missing, and what may not be said --------------------------------------------------


def test_a_blank_case_shows_its_gaps() -> None:
    """Every step that only the seller can fill asks for it, in each language; no final report exists."""
    text = report_in(papers_of("whole"))
    steps = dict(zip(headings(text), re.split(r"^## .+$", text, flags=re.MULTILINE)[1:], strict=True))
    asks = {step[:2]: re.findall(r"\*\*\[(.+?)\]\*\*", body) for step, body in steps.items()}
    assert asks == {
        "D1": ["Which role carries this out?"],
        "D2": [],
        "D3": ["What have you already done about these orders and their cause?"],
        "D4": ["Root cause: which step in your own work let these orders be confirmed late?"],
        "D5": ["Which control keeps this from happening again?"],
        "D6": ["Which control keeps this from happening again?"],
        "D7": ["Which control keeps this from happening again?"],
        "D8": ["Which date shall the letter carry?", "What is the seller's name, as Amazon shows it?"],
    }
    with pytest.raises(GateNotMet):
        papers_of("whole", final=True)


def changed(*pairs: tuple[str, str]) -> bytes:
    """The sample's case with some words changed."""
    text = sample_files()["case.toml"].decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def test_an_effect_is_claimed_nowhere() -> None:
    """Where a measure began before the data end, the report says only by which figure it will be judged."""
    before = report_in(final("en"))
    within = report_in(sample_papers("en", case=changed(("start = 2026-11-03", "start = 2026-10-20"))))
    unknown = report_in(sample_papers("en", case=changed(("start = 2026-11-04\n", ""))))
    assert "before the start of the first of these measures" in before
    for text in (within, unknown):
        assert "before the start of the first of these measures" not in text
        assert "does not claim an effect yet" in text
    assert "**[From which day?]**" in unknown


def test_several_causes_have_their_own_column_and_part() -> None:
    """With two causes each action says which one it answers, and D4 and D7 go cause by cause."""
    second = (
        '[[cause]]\nid = "two"\ncode = "LATE_CONFIRM"\nstatement = "We confirmed at night"\n'
        'why = ["We confirmed at night", "Nobody had it in the day", "We wrote no time into the work"]\n'
        'escape = "Nobody looked"\n\n# What is already done'
    )
    case = changed(
        ("# What is already done", second),
        ('[[cause]]\ncode = "SUP', '[[cause]]\nid = "one"\ncode = "SUP'),
        ("[[corrective]]\n", '[[corrective]]\ncause = "one"\nrole = "Operations lead"\n'),
        ('[[preventive]]\ncontrol = "List', '[[preventive]]\ncause = "two"\ncontrol = "List'),
        ('[[preventive]]\ncontrol = "Put', '[[preventive]]\ncause = "one"\ncontrol = "Put'),
    )
    text = report_in(sample_papers("en", case=case))
    assert re.findall(r"^### Cause (\d)", text, re.MULTILINE) == ["1", "2"]
    assert "Measure 2 (D5) is directed against cause 1." in text
    assert "Measure 1 (D5) is directed against cause 2." in text
    assert re.search(r"\| Operations lead +\| Containment action 1 \(D3\)", text)
    assert re.search(
        r"^\| +1 \| 2 November 2026 \| We checked .*\(Operations lead\) +\| 1 +\| Annex 2 ",
        text,
        re.MULTILINE,
    )
    assert "Our order data does not show this cause; it is our own statement." in text


# --- other accounts -----------------------------------------------------------------------------


@pytest.mark.every_third
@pytest.mark.parametrize("language", mostly_deep(CODES, "en", "zh"))
@pytest.mark.parametrize(
    ("kind", "asked", "unsaid"),
    [
        ("open orders", 3, "letter_none_open"),
        ("late orders only", 2, "d7_head"),
        ("a few rows", None, "d7_head"),
        ("nothing late", None, "d2_listed"),
    ],
)
def test_a_report_of_any_account_says_what_its_rows_show(
    language: str, kind: str, asked: int | None, unsaid: str
) -> None:
    """Eight steps whatever the rows are; what they do not show is asked or left out."""
    made = papers_of(kind, language=language, ui_language=language)
    text = report_in(made)
    assert len(headings(text)) == 8
    seen = review_of(made)
    assert not seen.figures["unknown"] + seen.figures["untrue"]
    steps = re.split(r"^## .+$", text, flags=re.MULTILINE)
    assert ("**[" in steps[2]) == (asked == 2)
    assert steps[3].count("**[") == (2 if asked == 3 else 1)  # D3 asks for the actions in any case
    phrase = PACK.phrases[language][unsaid]
    longest = max(phrase.forms["other"][::2], key=len).strip("|: ")
    assert longest
    assert longest not in text


SIGNS = st.text(alphabet="ab字|*_<&>#[]`\\{}-.1", min_size=1, max_size=12).filter(
    lambda one: one.strip(" .。-") != ""
)


@settings(max_examples=often(8))
@given(st.lists(SIGNS, min_size=3, max_size=3))
def test_signs_of_markdown_stay_words(signs: list[str]) -> None:
    """Whatever the case holds, every table keeps its columns and the words stand in the report as they are."""
    name, control, why = (f"x{one.strip()}x" for one in signs)
    case = "\n".join(
        (
            f"seller.name = {json.dumps(name)}",
            f'[[cause]]\nstatement = "Ours"\nwhy = [{json.dumps(why)}]',
            f"[[preventive]]\ncontrol = {json.dumps(control)}\nrole = {json.dumps(name)}",
        )
    )
    blocks = parse(report_in(papers_of("a few rows", case.encode())), name="8d")
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [len(one.header) for one in tables][:2] == [5, 2]
    for one in tables:
        assert {len(row) for row in one.rows} == {len(one.header)}
    told = [words(leaf) for leaf in leaves(blocks)]
    assert told.count(name) >= 4  # heading, D1, D6, D8
    assert {control, why} <= {one.removesuffix(".") for one in told}
