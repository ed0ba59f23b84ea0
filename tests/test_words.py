"""What poa says itself: each sentence has its pattern, and each catalogue says all of them, in no other words."""

import ast
import copy
import json
import pickle
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any, TypeAlias

import made_files
import pytest
from hypothesis import given
from hypothesis import strategies as st

import poa
from poa import words
from poa.account import facts_of
from poa.annex import WORDS
from poa.case.blank import NOTES
from poa.case.questions import QUESTIONS
from poa.cli.notice import _PLAN
from poa.facts import SetAside, summary_data, template_data
from poa.languages import LANGUAGES, SPOKEN
from poa.packs.context import guarded
from poa.reports import known_reports
from poa.words import Said, counted, said, spoken, strung

Tables: TypeAlias = Mapping[str, Sequence[ast.Dict]]

HOUSE = Path(poa.__file__).parent
OTHERS = [language for language in SPOKEN if language != "en"]

# Fields of the policy's tables that a user reads, and those that nobody but poa does.
READ = {
    *("title", "meaning", "because", "past", "future", "plain_past", "plain_future", "control", "role"),
    *(
        "frequency",
        "measure",
        "plain",
        "note",
        "while_delayed",
        "by_confirmation",
        "statement",
        "escape",
        "why",
    ),
}
UNREAD = {
    *("layer", "test", "shown_by", "needs", "x12", "source", "sure", "options", "in_letter", "kind", "fits"),
    "never_alone",
}
STEPS_READ, STEPS_UNREAD = {"what", "counted", "why", "source"}, {"as_of", "sure"}
KPIS_READ = {"title", "meaning", "needs"}
KPIS_UNREAD = {"unit", "better", "per", "fits", "source", "sure"}
# Said by their attribute: the fields above, the declarations of the reports, the pattern of a sentence.
ATTRIBUTES = READ | STEPS_READ | KPIS_READ | {"remark", "pattern", "name", "gives"}
# Whatever else names a sentence, all of which are found by said_in_tables.
NAMES = {
    ("poa/case/proposed_actions.py", "full"),
    ("poa/cli/case/ask_actions.py", "note"),
    ("poa/cli/case/confirming.py", "titles[texts[path]]"),
    ("poa/cli/case/ask_causes.py", "one"),
    ("poa/cli/case/prompts.py", "self.written"),
    ("poa/cli/notice.py", "verdict"),
}
# What may be the same in every language.
ALIKE = {"SKU", "Premium Shipping", "Rate", "|Rate"} | {
    "China",
    "Japan",
    "Malaysia",
    "Pakistan",
    "Taiwan",
    "Thailand",
    "Vietnam",
}


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One English pattern, where it stands, and the names of its parts."""

    pattern: str
    where: str

    @property
    def parts(self) -> list[str]:
        return names_in(self.pattern)


def names_in(pattern: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(pattern) if name is not None})


@cache
def patterns() -> list[Pattern]:
    """Every sentence that poa says, once, sorted; a catalogue has exactly these."""
    found: dict[str, str] = {}
    for where, pattern in (*said_in_code(), *said_in_tables()):
        if pattern:
            found.setdefault(pattern, where)
    return [Pattern(pattern=pattern, where=where) for pattern, where in sorted(found.items())]


def said_in_code() -> Iterator[tuple[str, str]]:
    for where, call, constants in calls():
        for given_ in patterns_given(call):
            for literal in literals(given_, constants) or ():
                yield where, literal


@cache
def calls() -> list[tuple[str, ast.Call, Tables]]:
    """Each call that makes a sentence, with its place and what its module puts under names."""
    return list(found_calls())


def found_calls() -> Iterator[tuple[str, ast.Call, Tables]]:
    for path in sorted(HOUSE.rglob("*.py")):
        if path.parent.name == "words":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        makers = {
            name.asname or name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "poa.words"
            for name in node.names
        } & {"said", "counted", "strung"}
        constants = tables(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
                yield f"{path.relative_to(HOUSE.parent).as_posix()}:{node.lineno}", node, constants


def tables(tree: ast.Module) -> Tables:
    """The dictionaries that a module puts under a name, in whichever function."""
    found: dict[str, list[ast.Dict]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as table):
                found.setdefault(name, []).append(table)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict() as table):
                found.setdefault(name, []).append(table)
    return found


def patterns_given(call: ast.Call) -> list[ast.expr]:
    assert isinstance(call.func, ast.Name)
    return call.args[1:] if call.func.id == "counted" else call.args[:1]


def literals(pattern: ast.expr, constants: Tables) -> list[str] | None:
    """The texts that a pattern can be, or None where the code does not show them."""
    match pattern:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            both = [literals(body, constants), literals(orelse, constants)]
            return None if None in both else [text for one in both for text in one or ()]
        case ast.Subscript(value=ast.Name(id=name)) if name in constants:
            every = [literals(value, constants) for table in constants[name] for value in table.values]
            return None if None in every else [text for one in every for text in one or ()]
        case _:
            return None


def said_in_tables() -> Iterator[tuple[str, str]]:
    for title, table in (("QUESTIONS", QUESTIONS), ("NOTES", NOTES), ("WORDS", WORDS)):
        yield from ((f"{title} {key}", text) for key, text in table.items())
    for report in known_reports():
        yield f"poa/reports/{report.name}.py title", report.title
        yield f"poa/reports/{report.name}.py remark", report.remark
    causes = policy("causes.toml")
    yield from ((f"causes.toml {key}", text) for key, text, field in leaves(causes) if field in READ)
    steps = policy("first_steps.toml")
    yield from (
        (f"first_steps.toml {key}", text) for key, text, field in leaves(steps) if field in STEPS_READ
    )
    figures = policy("kpis.toml")
    yield from ((f"kpis.toml {key}", text) for key, text, field in leaves(figures) if field in KPIS_READ)
    rates = policy("rates.toml")
    yield "rates.toml late_shipment_rate.source", rates["late_shipment_rate"]["source"]
    yield from ((f"rates.toml {key}", rule["gives"]) for key, rule in rates.items() if "gives" in rule)
    for store, rule in rates["auto_cancel"].items():
        yield f"rates.toml auto_cancel.{store}.source", rule["source"]
    yield from ((f"origins.toml {code}", row["name"]) for code, row in policy("origins.toml").items())
    yield from ((f"poa/cli/notice.py _PLAN {key}", text) for key, text in _PLAN.items())
    yield from ((f"languages.py {code}", one.name) for code, one in LANGUAGES.items())


def policy(name: str) -> dict[str, Any]:
    return tomllib.loads((HOUSE / "policy" / name).read_text(encoding="utf-8"))


def leaves(table: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str]]:
    """Each text of a table: its path, itself, its field."""
    match table:
        case dict():
            for key, value in table.items():
                yield from leaves(value, (*path, key))
        case list():
            for number, value in enumerate(table):
                yield from leaves(value, (*path, str(number)))
        case str():
            yield ".".join(path), table, next(part for part in reversed(path) if not part.isdecimal())


def wrongs(catalogue: Mapping[str, Any], known: list[Pattern]) -> list[str]:
    """What can be said against a catalogue: each wrong in a line."""
    own = {one.pattern for one in known}
    found = [
        f"missing: {json.dumps(one.pattern)} ({one.where})" for one in known if one.pattern not in catalogue
    ]
    for pattern, told in catalogue.items():
        if pattern not in own:
            found.append(f"superfluous: {json.dumps(pattern)}")
            continue
        if not isinstance(told, str) or not told.strip():
            found.append(f"says nothing: {json.dumps(pattern)}")
            continue
        try:
            parts = names_in(told)
        except ValueError:
            parts = ["{"]
        if parts != names_in(pattern):
            found.append(f"other parts, {parts}: {json.dumps(pattern)}")
        if any(form or turned for _, _, form, turned in Formatter().parse(pattern)):
            found.append(f"a part with a form: {json.dumps(pattern)}")
        if told == pattern and pattern not in ALIKE and re.search(r"[a-z]{3}", without_signs(pattern)):
            found.append(f"still English: {json.dumps(pattern)}")
    return found


def without_signs(pattern: str) -> str:
    """A pattern without its parts, options and commands, which are alike everywhere."""
    return re.sub(r"\{\w+\}|--[a-z-]+|poa (?:case )?[a-z]+|[A-Za-z]*-?[A-Z]{2,}[\w.-]*", "", pattern)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_says_every_sentence_and_no_other(language):
    """The keys are exactly the English patterns, with the same parts, and nothing is left in English."""
    found = words.catalogue(language)
    wrong = wrongs(found, patterns()) if found else []
    assert not wrong, f"{language}.toml, {len(wrong)}:\n" + "\n".join(wrong)


def test_a_language_of_the_papers_is_spoken():
    """The default templates speak no language for which poa itself has no catalogue."""
    pack = tomllib.loads((HOUSE.parent / "templates/default/pack.toml").read_text(encoding="utf-8"))
    assert [one for one in pack["languages"] if one != "en" and not words.catalogue(one)] == []


@pytest.mark.parametrize(
    ("catalogue", "wrong"),
    [
        ({}, "missing"),
        ({"{number} rows": "{number} Zeilen", "rows": "Zeilen"}, "superfluous"),
        ({"{number} rows": "{count} Zeilen"}, "other parts"),
        ({"{number} rows": "Zeilen"}, "other parts"),
        ({"{number} rows": "{number Zeilen"}, "other parts"),
        ({"{number} rows": "{number} rows"}, "still English"),
        ({"{number} rows": " "}, "says nothing"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_found(catalogue, wrong):
    """Each way in which a catalogue can be wrong is told."""
    known = [Pattern(pattern="{number} rows", where="here")]
    assert wrongs({"{number} rows": "{number} Zeilen"}, known) == []
    assert [one.split(":")[0].split(",")[0] for one in wrongs(catalogue, known)] == [wrong]


def test_every_pattern_stands_in_the_code_or_in_a_table():
    """A sentence that the code puts together would be in no catalogue."""
    strange = [
        f"{where}: {ast.unparse(given_)}"
        for where, call, constants in calls()
        for given_ in patterns_given(call)
        if literals(given_, constants) is None and not allowed(where, given_)
    ]
    assert strange == []
    said_by_name = {
        (where.rsplit(":", 1)[0], ast.unparse(one))
        for where, call, _ in calls()
        for one in patterns_given(call)
    }
    assert said_by_name >= NAMES, "a name that is said no more"


def allowed(where: str, pattern: ast.expr) -> bool:
    if (where.rsplit(":", 1)[0], ast.unparse(pattern)) in NAMES:
        return True
    match pattern:
        case ast.Attribute(attr=name):
            return name in ATTRIBUTES
        case ast.Subscript(value=ast.Name(id=name)):
            return name in {"QUESTIONS", "NOTES", "WORDS"}
        case _:
            return False


def test_every_field_of_the_tables_is_read_or_not():
    """A field that is added to the policy is translated, or said here to be read by nobody."""
    assert {field for _, _, field in leaves(policy("causes.toml"))} <= READ | UNREAD
    assert {field for _, _, field in leaves(policy("first_steps.toml"))} <= STEPS_READ | STEPS_UNREAD
    assert {field for _, _, field in leaves(policy("kpis.toml"))} <= KPIS_READ | KPIS_UNREAD


def test_patterns_have_plain_parts():
    """A part is a name in braces and nothing more, and a pattern is a line."""
    for one in patterns():
        assert all(
            name.isidentifier() and not form and turned is None
            for _, name, form, turned in Formatter().parse(one.pattern)
            if name is not None
        ), one
        assert "\n" not in one.pattern, one


texts = st.text(max_size=12)
names = st.sampled_from(["one", "two", "number", "day"])
parts = st.recursive(
    texts | st.integers() | st.dates(),
    lambda inner: st.builds(lambda p: said("<{p}>", p=p), inner),
    max_leaves=3,
)


@st.composite
def sentences(draw: st.DrawFn) -> Said:
    """A sentence of any parts, in any order, with any words between."""
    given_ = draw(st.dictionaries(names, parts, max_size=4))
    between = st.text(st.characters(exclude_characters="{}"), max_size=8)
    order = draw(st.permutations(list(given_)))
    return said("".join(draw(between) + f"{{{name}}}" for name in order) + draw(between), **given_)


@given(sentences())
def test_english_is_the_sentence_itself(sentence):
    """In English a sentence is said as it is, as a plain text; every language without a catalogue has English."""
    for language in ("en", "fr", "../en"):
        found = spoken(sentence, language)
        assert found == sentence
        assert type(found) is str


@given(sentences(), st.sampled_from(OTHERS), st.text(max_size=20), st.booleans())
def test_a_translation_has_the_parts_in_its_own_order(sentence, language, other, broken):
    """Parts stand where the translation puts them; a translation with a slip never costs more than itself."""
    turned = "|".join(f"{{{name}}}" for name in reversed(sentence.parts)) + "."
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "catalogue", lambda _: {sentence.pattern: other if broken else turned})
        found = spoken(sentence, language)
    if not broken:
        shown = [
            spoken(part, language) if isinstance(part, Said) else part if isinstance(part, str) else None
            for part in sentence.parts.values()
        ]
        assert found.endswith(".")
        assert all(part in found for part in shown if part is not None)


@given(st.integers())
def test_whole_numbers_are_marked_as_the_language_marks_them(number):
    """German has dots between thousands, the others commas."""
    sentence = said("{number} rows", number=number)
    assert sentence == f"{number:,} rows"
    told = {"{number} rows": "Zeilen: {number}"}
    for language, mark in (("de", "."), ("zh", ","), ("ja", ",")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(words, "catalogue", lambda _: told)
            assert spoken(sentence, language) == f"Zeilen: {number:,}".replace(",", mark)


def test_a_sentence_inside_a_sentence_is_said_in_its_language(monkeypatch):
    """Parts that are sentences are translated; texts of the user, and days, stay as they are."""
    monkeypatch.setattr(
        words, "catalogue", lambda _: {"{file}: {why}, {day}": "{file} – {day} – {why}", "empty": "leer"}
    )
    sentence = said("{file}: {why}, {day}", file="empty", why=said("empty"), day=date(2026, 10, 31))
    assert sentence == "empty: empty, 2026-10-31"
    assert spoken(sentence, "de") == "empty – 2026-10-31 – leer"


@pytest.mark.parametrize("slip", ["{more}", "{0}", "{", "{number.real.more}", "{number[x]}", "{number:%}"])
def test_a_slip_in_a_catalogue_leaves_the_sentence_in_english(monkeypatch, slip):
    """A translation that cannot be filled is not used."""
    monkeypatch.setattr(words, "catalogue", lambda _: {"{number} rows": slip})
    assert spoken(said("{number} rows", number=3), "de") == "3 rows"


def test_a_text_of_braces_stays_a_text():
    """What a user wrote is no pattern, whatever signs it holds."""
    assert said("{name} is late", name="{number} {{x}}") == "{number} {{x}} is late"
    assert spoken("{number}", "de") == "{number}"


@pytest.mark.parametrize("part", [0.5, True, None, datetime(2026, 10, 31, 12, tzinfo=UTC), ["a"]])
def test_what_reads_otherwise_elsewhere_is_no_part(part):
    """A number with decimals, an instant or a list is written out by who says it, not guessed here."""
    with pytest.raises(TypeError):
        said("{part}", part=part)


def test_one_and_many():
    """The number chooses the pattern and is a part of it."""
    assert counted(1, "{number} row of {of}", "{number} rows of {of}", of=2_000) == "1 row of 2,000"
    assert counted(0, "{number} row of {of}", "{number} rows of {of}", of=2_000) == "0 rows of 2,000"


def test_several_texts_are_strung():
    """Texts stand one behind the other, each sentence among them translatable; none are empty."""
    assert strung("{one} or {other}", ["a", "b", "c"]) == "a or b or c"
    assert strung("{one} or {other}", ["a"]) == "a"
    assert strung("{one} or {other}", []) == ""


def same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and (one, one.pattern, one.parts) == (other, other.pattern, other.parts)


@given(sentences())
def test_a_copy_of_a_sentence_is_that_sentence(sentence):
    """Copied, pickled or put into another fact, a sentence keeps its pattern and parts."""
    assert same(copy.copy(sentence), sentence)
    assert same(copy.deepcopy(sentence), sentence)
    assert same(pickle.loads(pickle.dumps(sentence)), sentence)  # noqa: S301 - its own
    aside = SetAside(kind="cancelled", name="", orders=None)  # type: ignore[arg-type]
    assert same(replace(aside, name=sentence).name, sentence)


@given(sentences())
def test_json_holds_the_english_sentence(sentence):
    """A sentence is a text to all that do not know it."""
    assert json.loads(json.dumps({sentence: sentence})) == {str(sentence): str(sentence)}


def counted_files() -> Any:
    due = made_files.end_of_day(2026, 10, 20)
    bought = due.replace(day=15)
    orders = [
        made_files.Order(number=number, bought=bought, due=due, confirmed=due, supplier="Alder")
        for number in range(30)
    ]
    return made_files.account({"orders.csv": made_files.plain(orders)})


def test_what_was_assumed_reaches_a_paper_in_its_language(monkeypatch):
    """Assumptions and the titles of the files go through facts and template data as sentences."""
    facts = facts_of(counted_files(), tell=lambda _: None)
    assert facts.source.assumptions
    assert all(isinstance(one, Said) for one in facts.source.assumptions)
    title = facts.source.files[0].title
    known = {one.pattern: "…" for one in facts.source.assumptions if isinstance(one, Said)} | {
        title: "Bericht"
    }
    monkeypatch.setattr(words, "catalogue", lambda _: MappingProxyType(known))
    source = guarded(template_data(facts)["source"], language="de")
    assert set(source["assumptions"]) == {"…"}
    assert source["files"][0]["title"] == "Bericht"
    assert json.loads(json.dumps(summary_data(facts)))["source"]["files"][0]["title"] == str(title)


def test_rows_with_one_fault_share_one_sentence():
    """A file with many refused rows does not hold a sentence for each of them."""
    rows = [f"111-1234567-{number:07},2026-10-40,2026-10-10T01:00:00Z" for number in range(40)]
    good = "111-1234567-9999999,2026-10-20T07:00:00Z,2026-10-10T01:00:00Z"
    text = "\n".join(["order-id,ship-by-date,ship-confirm-date", *rows, good])
    problems = facts_of(made_files.account({"orders.csv": text}), tell=lambda _: None).source.problems
    assert len(problems) == len(rows)
    assert {id(one.message) for one in problems} == {id(problems[0].message)}
    assert isinstance(problems[0].message, Said)
    assert problems[0].message == "ship-by-date: not a date"
