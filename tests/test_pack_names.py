"""The list of what a template may use is true: it fits everything that templates are handed, and names all of it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, often
from declared import leaves_of, misfits, values_at
from hypothesis import given, settings
from hypothesis import strategies as st
from made_templates import NAMES, templates
from pack_contexts import everything
from strategies import facts, orders, report

import poa.packs.names
from poa.cli.pack_folders import open_packs
from poa.cli.packs.vars import command
from poa.errors import PackFault, PoaError, UsageFault
from poa.facts import template_data
from poa.files import bundled, read_folder
from poa.languages import LANGUAGES
from poa.markdown import parse
from poa.packs import fill, open_pack
from poa.packs.checking import problems_of_files
from poa.packs.checking.reading import fitting_filters
from poa.packs.environment import PackEnvironment
from poa.packs.names import Figure
from poa.packs.names.contexts import documents, names_of
from poa.packs.names.facts_types import group_of
from poa.packs.names.filters import FILTERS, TESTS
from poa.packs.names.page import page
from poa.packs.names.printed import rows, sample_values
from poa.packs.names.schema import schema

DEFAULT = read_folder(bundled("templates") / "default")
MANIFEST = 'id = "acme"\nversion = "1"\nfacts = 1\nlanguages = ["en"]\n'


@pytest.fixture(scope="module")
def contexts(tmp_path_factory):
    return everything(tmp_path_factory.mktemp("contexts"))


@pytest.mark.parametrize("document", documents())
def test_every_name_that_a_template_is_handed_is_declared_and_fits(contexts, document):
    """No value of any context is of another type than the list says, and none is missing from it."""
    assert contexts[document]
    for context in contexts[document]:
        assert [*misfits(context, names_of(document), document)] == []


@settings(max_examples=often(25))
@given(orders(most=14), st.booleans(), st.sampled_from([None, "CN"]))
def test_the_facts_of_any_account_are_of_the_declared_types(made, complete, origin):
    """Whatever the rows tell, no figure has another unit or lacks a value that is promised."""
    try:
        found = facts(report(made), complete=complete, origin=origin)
    except PoaError:
        return  # an account that no paper is made of
    if found.no_rate in {"no_confirmations", "unknown_confirmations"}:
        return  # neither is an appeal written of it
    assert [*misfits(template_data(found), group_of(type(found)), "facts")] == []


# What no account of these tests has, by the beginning of its path.
NOT_MADE = (
    *("facts.attribution.causes[].alike[].", "supplier.alike[].", "timeline[].cause.alike[]."),
    "weekly.incidents[].causes[].alike[].",
    *("facts.attribution.nameless[].", "facts.attribution.several_late[].", "facts.other_rates[]."),
    *(
        "facts.remedies.surge",
        "facts.set_aside[].",
        "weekly.restated[].",
        "weekly.ledger.entries[].closed_in",
    ),
    *("urgent[].dispatched", "weekly.waiting.orders[].dispatched", "old_data", "plan_needed"),
)


def never_there(contexts):
    """Declared paths at which no context of any document has a value."""
    found = {path: False for document in documents() for path, _ in leaves_of(names_of(document))}
    for document in documents():
        for path, _ in leaves_of(names_of(document)):
            found[path] |= any(
                one is not None for context in contexts[document] for one in values_at(context, path)
            )
    return [".".join(path).replace(".[]", "[]") for path, there in found.items() if not there]


def test_whatever_is_declared_is_there_in_some_account(contexts):
    """A name that no account has would be a promise that nobody keeps."""
    never = set(never_there(contexts))
    assert not [path for path in never if not path.startswith(NOT_MADE)]
    assert not [begin for begin in NOT_MADE if not any(path.startswith(begin) for path in never)]


@pytest.mark.parametrize("document", documents())
def test_every_name_says_what_it_means(document):
    """A sentence stands behind each name, and each group of the facts says what it is."""
    bare = [path for path, one in leaves_of(names_of(document)) if not one.meaning.strip()]
    assert bare == []


# --- what is printed of it -----------------------------------------------------------------------

SAMPLE = Path(poa.packs.names.__file__).with_name("sample.json")
PAGE = ROOT / "docs" / "template-names.md"


def test_the_values_that_are_shown_are_those_of_the_sample(contexts, accept):
    """``sample.json`` is made of the first context of each document; ``--accept`` makes it again."""
    now = sample_values({document: of[0] for document, of in contexts.items()})
    text = json.dumps(now, ensure_ascii=False, indent=0) + "\n"
    if accept:
        SAMPLE.write_text(text, encoding="utf-8", newline="\n")
    assert json.loads(SAMPLE.read_text(encoding="utf-8")) == now


def test_the_page_in_docs_is_current(accept):
    now = page(open_packs(None).phrases["en"])
    if accept:
        PAGE.write_text(now, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == now


def test_every_row_has_a_type_and_a_meaning_and_figures_a_filter():
    for row in rows():
        assert row.kind
        assert row.meaning
        assert row.documents
        if row.kind.startswith("figure") and row.unit != "orders or packages or units":
            assert row.prints, row


def test_the_rows_of_a_document_are_those_of_its_names():
    for document in documents():
        declared = [".".join(path).replace(".[]", "[]") for path, _ in leaves_of(names_of(document))]
        assert [row.path for row in rows(document=document)] == declared


def test_every_filter_and_test_of_the_sandbox_is_described_and_no_other():
    house = PackEnvironment(open_packs(None), {}, language=LANGUAGES["en"])
    assert set(FILTERS) == {name for name in house.filters if " " not in name}
    assert set(TESTS) == set(house.tests)


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"say", "sentences", "plural"}))
def test_an_example_of_a_filter_is_right(name):
    """The check has nothing against it where its names are those of a paper."""
    one = FILTERS[name]
    document = "weekly-summary" if "weekly" in one.example else "plan-of-action"
    text = one.example + ("{% endfor %}" if one.example.startswith("{% for") else "")
    text = f"{{% set rate = facts.late_shipment_rate[0] %}}{{% if rate.rate.value is not none or facts.budgets %}}{text}{{% endif %}}"
    for variable, items in (("cause", "facts.attribution.causes"), ("action", "case.corrective")):
        if f"{{{{ {variable}." in text:
            text = f"{{% if facts.attribution %}}{{% for {variable} in {items} %}}{text}{{% endfor %}}{{% endif %}}"
    if name == "number":
        text = text.replace("{{ cause", "{% if cause.kind %}{{ cause").replace("}}", "}}{% endif %}")
    problems = problems_of_files("acme", {"pack.toml": MANIFEST, f"{document}.md.j2": text}, default=DEFAULT)[
        1
    ]
    assert problems == ()


def fits_schema(value, told, defs, path="$"):
    """A small reader of the part of JSON Schema that poa writes."""
    if "$ref" in told:
        return fits_schema(value, defs[told["$ref"].removeprefix("#/$defs/")], defs, path)
    if "anyOf" in told:
        return any(fits_schema(value, one, defs, path) for one in told["anyOf"])
    if "enum" in told or "const" in told:
        return value in told.get("enum", [told.get("const")])
    kinds = told.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(
        isinstance(value, JSON[kind]) and not (isinstance(value, bool) and kind != "boolean")
        for kind in kinds
    ):
        return False
    if isinstance(value, list):
        return len(value) >= told.get("minItems", 0) and all(
            fits_schema(one, told.get("items", {}), defs) for one in value
        )
    if isinstance(value, dict) and "properties" in told:
        known = told["properties"]
        return not set(told["required"]) - set(value) and all(
            name in known and fits_schema(one, known[name], defs) for name, one in value.items()
        )
    return True


JSON = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


@pytest.mark.parametrize("document", documents())
def test_what_a_template_is_handed_fits_the_schema(contexts, document):
    told = schema(document)
    assert told["$schema"].endswith("2020-12/schema")
    for context in contexts[document]:
        assert fits_schema(context, told, told["$defs"])
        assert not fits_schema({**context, "undeclared": 1}, told, told["$defs"])


def test_every_reference_of_the_whole_schema_leads_somewhere():
    told = schema()
    references = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(told)))
    assert references == set(told["$defs"])
    assert set(documents()) <= references


# --- the command ---------------------------------------------------------------------------------


def run(*args):
    return CliRunner().invoke(command, args, standalone_mode=False)


def test_the_command_prints_a_name_with_all_that_is_known_of_it():
    done = run("facts.late_shipment_rate[].rate")
    assert done.exception is None, done.exception
    assert done.output.startswith(
        "facts.late_shipment_rate[].rate | percent\n    figure (fraction), may have no value"
    )


def test_the_command_prints_names_below_a_path_only():
    shown = run("facts.attribution.change").output
    heads = [one for one in shown.splitlines() if one and not one.startswith(" ")]
    assert heads[0] == "facts.attribution.change"
    assert all(one.startswith("facts.attribution.change") for one in heads), heads
    assert len(heads) == 9


def test_the_command_prints_filters_tests_and_phrases():
    shown = run().output
    assert "| percent(digits, against)" in shown
    assert "is none" in shown
    assert run("t.letter_target").output.startswith("t.letter_target | say(target=…)")
    assert "\nfacts.as_of" not in run("filters").output


def test_the_command_prints_markdown_and_schema():
    assert run("--markdown").output == PAGE.read_text(encoding="utf-8")
    assert json.loads(run("--json").output) == schema()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("facts.as_off",), "did you mean 'facts.as_of'"),
        (("t.closin",), "did you mean 'closing'"),
        (("--document", "covr"), "did you mean 'cover'"),
        (("facts", "--json"), "whole schema"),
    ],
)
def test_what_there_is_not_is_asked_back_for(args, words):
    fault = run(*args).exception
    assert isinstance(fault, UsageFault)
    assert words in fault.message


# --- what the check passes -----------------------------------------------------------------------


class Unshown(dict):
    """Contexts that a failing example does not print."""

    def __repr__(self):
        return "the contexts of many accounts"


SMALL = {
    "pack.toml": f'id = "default"\nversion = "1"\nfacts = 1\ndocuments = {json.dumps(documents())}\nlanguages = ["en", "zh"]\n',
    **{f"lang/{code}.toml": DEFAULT[f"lang/{code}.toml"] for code in ("en", "zh")},
    **{f"{document}.md.j2": "# A\n" for document in documents()},
}


@pytest.fixture(scope="module")
def unshown(contexts):
    return Unshown(contexts)


@pytest.mark.deep
@settings(max_examples=often(60))
@given(templates(), st.sampled_from(["en", "zh"]))
def test_what_the_check_passes_no_account_stops(unshown, template, language):
    """Without an error of the check every account fills the paper, and it is read as a tree where the sample's is."""
    document, text = template
    files = {"pack.toml": MANIFEST.replace('"en"', '"en", "zh"'), f"{document}.md.j2": f"# A\n\n{text}\n"}
    _, problems = problems_of_files("acme", files, default=SMALL)
    if any(one.severity == "error" for one in problems):
        return
    pack = open_pack("acme", files, default=SMALL)
    papers = [fill(pack, document, context, language=language) for context in unshown[document]]
    try:
        parse(papers[0], name=document)
    except PackFault:
        return  # which the check tells when it tries the papers
    for paper in papers[1:]:
        parse(paper, name=document)


@pytest.mark.parametrize("document", [one for one in documents() if one != "open-orders-request"])
def test_what_is_guarded_as_the_remedies_say_passes(document):
    """A figure that is printed where it is there, with a filter of its unit, is no problem."""
    figures = [one for one in NAMES[document] if isinstance(one.kind, Figure)]
    assert figures
    for one in figures[:: max(1, len(figures) // 12)]:
        way = max(f" | {name}" if name else ".value" for name in fitting_filters(one.kind))
        text = one.guarded(f"{{{{ {one.path}{way} }}}}")
        files = {"pack.toml": MANIFEST, f"{document}.md.j2": f"# A\n\n{text}\n"}
        assert problems_of_files("acme", files, default=SMALL)[1] == (), text
