"""The check of a pack: broken packs, one fault each, found at their place, and mended by what the remedy says."""

import re
from dataclasses import dataclass, field

import jinja2
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from pack_contexts import Kept, sample

from poa.build.filled import problems_apart
from poa.cli.pack_folders import open_packs
from poa.errors import PackFault
from poa.files import bundled, read_folder
from poa.packs import fill, open_pack
from poa.packs.checking import Problem, problems_of, problems_of_files
from poa.packs.names import Answer, Figure, Group, ListOf, MapOf, Optional
from poa.packs.names.contexts import names_of
from poa.packs.names.filters import FILTERS
from poa.packs.placing import IN_A_TEMPLATE

DEFAULT = read_folder(bundled("templates") / "default")
MANIFEST = 'id = "acme"\nversion = "1"\nfacts = 1\nextends = "default"\nlanguages = ["en"]\n'
PLAN = "plan-of-action.md.j2"
HEAD = '{% extends "default/plan-of-action.md.j2" %}\n{% block closing %}\n'
END = "\n{% endblock %}\n"


def checked(**files):
    pack, problems = problems_of_files("acme", sources_of(files), default=DEFAULT)
    assert pack is not None
    return problems


def sources_of(files):
    return {"pack.toml": MANIFEST} | {name.replace("__", "/"): text for name, text in files.items()}


@dataclass(frozen=True)
class Broken:
    """A broken pack: its files, where its one problem stands, its code, and what to write in place of what."""

    code: str
    place: str
    bad: str
    good: str
    file: str = PLAN
    before: str = HEAD
    after: str = END
    also: dict = field(default_factory=dict)
    severity: str = "error"
    remedy: str = ""

    def files(self, text):
        return {**self.also, self.file: f"{self.before}{text}{self.after}"}


def closing(code, column, bad, good, **more):
    """A fault in the third line of the letter, inside its last block."""
    return Broken(code, f"acme/{PLAN}:3:{column}", bad, good, **more)


def whole(code, place, bad, good, *, file=PLAN, **more):
    """A fault of a whole file."""
    return Broken(code, place, bad, good, file=file, before="", after="", **more)


PHRASE = {"lang/en.toml": 'own = "{late} of {orders}"\n'}
COUNTED = {"lang/en.toml": 'own.by = "late"\nown.one = "{late} order"\nown.other = "{late} orders"\n'}
CODE_OF_FACT = "facts.late_shipment_rate[0]"

BROKEN = {
    # --- syntax ---
    "a misspelt end": whole(
        "template_syntax",
        f"acme/{PLAN}:2:4",
        "{% if facts.lists_every_order %}x\n{% endfi %}\n",
        "{% if facts.lists_every_order %}x\n{% endif %}\n",
        remedy="endif",
    ),
    "an if without an end": closing(
        "template_syntax",
        4,
        "{% if facts.lists_every_order %}x",
        "{% if facts.lists_every_order %}x{% endif %}",
        after="\n",
        before="# A\n\n",
        remedy="{% endif %}",
    ),
    "one sign for equal": closing(
        "template_syntax",
        20,
        "{% if letter.tense = 'past' %}x{% endif %}",
        "{% if letter.tense == 'past' %}x{% endif %}",
        remedy="==",
    ),
    "two values side by side": closing(
        "template_syntax",
        29,
        "{{ facts.marketplace_name   facts.marketplace }}",
        "{{ facts.marketplace_name }} {{ facts.marketplace }}",
    ),
    "an unknown tag": whole(
        "template_syntax",
        f"acme/{PLAN}:1:4",
        "{% bloc a %}x{% endblock %}",
        "{% block a %}x{% endblock %}",
        remedy="block",
    ),
    "an endif too few": Broken(
        "template_syntax",
        f"acme/{PLAN}:4:4",
        "{% if facts.lists_every_order %}x",
        "{% if facts.lists_every_order %}x{% endif %}",
        remedy="Write {% endif %} before it",
    ),
    "an endif too many": closing("template_syntax", 5, "x{% endif %}", "x", remedy="take 'endif' away"),
    "a comment without an end": closing(
        "template_syntax", 1, "{# Ours.", "{# Ours. #}", after="\n", before="# A\n\n", remedy="#}"
    ),
    # --- names ---
    "a misspelt name": closing(
        "unknown_name", 4, "{{ fcts.as_of | day }}", "{{ facts.as_of | day }}", remedy="facts"
    ),
    "a misspelt name inside a group": closing(
        "unknown_name", 10, "{{ facts.as_off | day }}", "{{ facts.as_of | day }}", remedy="as_of"
    ),
    "a misspelt name of a loop variable": closing(
        "unknown_name",
        64,
        "{% for one in facts.late_shipment_rate %}{{ t.comma }}  {{ one.lat | count }}{% endfor %}",
        "{% for one in facts.late_shipment_rate %}{{ t.comma }}  {{ one.late | count }}{% endfor %}",
        remedy="late",
    ),
    "a name that loop has not": closing(
        "unknown_name",
        35,
        "{% for one in enclosed %}{{  loop.indx }}{% endfor %}",
        "{% for one in enclosed %}{{  loop.index }}{% endfor %}",
        remedy="index",
    ),
    "a name of a variable that was set": closing(
        "unknown_name",
        27,
        "{% set r = facts %}{{   r.marketplac }}",
        "{% set r = facts %}{{   r.marketplace }}",
        remedy="marketplace",
    ),
    "a name that an imported file has not": closing(
        "unknown_name",
        58,
        '{% import "default/_rates.md.j2" as rates %}{{     rates.countd(' + CODE_OF_FACT + ") }}",
        '{% import "default/_rates.md.j2" as rates %}{{     rates.counted(' + CODE_OF_FACT + ") }}",
        remedy="counted",
    ),
    "a name of a whole list": closing(
        "unknown_name",
        29,
        "{{ facts.late_shipment_rate.late | count }}",
        "{{ facts.late_shipment_rate[0].late | count }}",
        remedy="the_list[0]",
    ),
    "a name inside what selectattr reads": closing(
        "unknown_name",
        38,
        '{% for one in enclosed | selectattr( "numbr", "gt", 1) %}x{% endfor %}',
        '{% for one in enclosed | selectattr( "number", "gt", 1) %}x{% endfor %}',
        remedy="number",
    ),
    # --- filters ---
    "an unknown filter": closing(
        "unknown_filter", 18, "{{ facts.as_of | dayy }}", "{{ facts.as_of | day }}", remedy="day"
    ),
    "a filter that does not fit the unit": closing(
        "wrong_filter",
        41,
        "{{ facts.late_shipment_rate[0].late   | percent }}",
        "{{ facts.late_shipment_rate[0].late   | count }}",
        remedy="| count",
    ),
    "an answer through another filter": closing(
        "wrong_filter",
        23,
        "{{ case.seller.name | name }}",
        "{{ case.seller.name | answer }}",
        remedy="| answer",
    ),
    "an unknown option": closing(
        "bad_option",
        49,
        "{{ facts.late_shipment_rate[0].target | percent(digit=0) }}",
        "{{ facts.late_shipment_rate[0].target | percent(digits=0) }}",
        remedy="digits",
    ),
    "too many digits": closing(
        "bad_value",
        56,
        "{{ facts.late_shipment_rate[0].target | percent(digits=99) }}",
        "{{ facts.late_shipment_rate[0].target | percent(digits=1) }}",
        remedy="digits=1",
    ),
    "a day of a text": closing(
        "bad_value", 29, "{{ facts.marketplace_name | day }}", "{{ facts.as_of | day }}"
    ),
    # --- values ---
    "a figure printed as it is": closing(
        "unformatted", 10, "{{ facts.as_of }}", "{{ facts.as_of | day }}", remedy="| day"
    ),
    "a list printed as it is": closing(
        "unformatted", 13, "{{    facts.stores }}", '{{    facts.stores | join(", ") }}', remedy="join"
    ),
    "a figure tested as a whole": closing(
        "not_a_value",
        13,
        "{% if facts.unconfirmed_past_due %}x{% endif %}",
        "{% if facts.unconfirmed_past_due.value %}x{% endif %}",
        remedy=".value",
    ),
    "a figure compared as a whole": closing(
        "not_a_value",
        13,
        "{% if facts.rows_refused > 3 %}x{% endif %}",
        "{% if facts.rows_refused.value > 3 %}x{% endif %}",
        remedy=".value",
    ),
    "a text that it never is": closing(
        "never_equal",
        23,
        "{% if letter.tense == 'futur' %}x{% endif %}",
        "{% if letter.tense == 'future' %}x{% endif %}",
        severity="warning",
        remedy="future",
    ),
    "a value that may be missing": closing(
        "may_be_missing",
        32,
        "{{ facts.late_shipment_rate[0].rate | percent }}",
        "{% if facts.late_shipment_rate[0].rate.value is not none %}{{ facts.late_shipment_rate[0].rate | percent }}{% endif %}",
        remedy="is not none",
    ),
    "a list that may be empty": closing(
        "may_be_missing",
        14,
        "{{ case.cause[0].statement | answer }}",
        "{% if case.cause %}{{ case.cause[0].statement | answer }}{% endif %}",
        remedy="case.cause",
    ),
    "a heading that may have no words": closing(
        "may_be_empty",
        3,
        "# {% if facts.lists_every_order %}All{% endif %}",
        "# {% if facts.lists_every_order %}All{% else %}Some{% endif %}",
        remedy="around the whole line",
    ),
    "an item that may have no words": closing(
        "may_be_empty",
        3,
        "- {% if facts.budgets %}{% if facts.lists_every_order %}All{% else %}Some{% endif %}{% endif %}",
        "- Orders: {% if facts.lists_every_order %}all{% endif %}",
        remedy="around the whole line",
    ),
    "a text that is smaller than a number": closing(
        "bad_value",
        13,
        "{% if facts.marketplace > 3 %}x{% endif %}",
        "{% if facts.as_of.value > '2026-01-01' %}x{% endif %}",
    ),
    "a sum of words": closing("not_allowed", 10, "{{ facts.marketplace + 1 }}", "{{ facts.marketplace }} 1"),
    # --- phrases ---
    "a phrase that is not there": closing(
        "unknown_phrase", 6, "{{ t.closin }}", "{{ t.closing }}", remedy="closing"
    ),
    "a phrase without a part": closing(
        "missing_part",
        12,
        "{{ t.own | say(late=facts.rows_read) }}",
        "{{ t.own | say(late=facts.rows_read, orders=facts.rows_refused) }}",
        also=PHRASE,
        remedy="orders=",
    ),
    "a part that the phrase has not": closing(
        "unknown_part",
        42,
        "{{ t.letter_target | say(target='4%',    targt='5%') }}",
        "{{ t.letter_target | say(target='4%'    ) }}",
        severity="warning",
    ),
    "a number that is words": closing(
        "missing_part",
        12,
        "{{ t.own | say(late=(facts.unconfirmed_past_due | count)) }}",
        "{{ t.own | say(late=facts.unconfirmed_past_due) }}",
        also=COUNTED,
        remedy="figure itself",
    ),
    "a phrase with parts printed bare": closing(
        "unformatted",
        6,
        "{{ t.letter_target }}",
        "{{ t.letter_target | say(target='4%') }}",
        remedy="say(target=…)",
    ),
    "a misspelt override of a phrase": whole(
        "unused_phrase",
        "acme/lang/en.toml:2:1",
        '# Ours.\nclosng = "Yours"\n',
        '# Ours.\nclosing = "Yours"\n',
        file="lang/en.toml",
        severity="warning",
        remedy="closing",
    ),
    "an override with a part of its own": whole(
        "missing_part",
        "acme/lang/en.toml:1:19",
        'letter_target = "({targe}) {target}"\n',
        'letter_target = "({target}) {target}"\n',
        file="lang/en.toml",
        remedy="{targe}",
    ),
    "a phrase that a language lacks": whole(
        "phrase_missing",
        "acme/lang/en.toml:1:1",
        MANIFEST.replace('["en"]', '["en", "de"]'),
        MANIFEST,
        file="pack.toml",
        also={"lang/en.toml": 'own = "x"\n', PLAN: f"{HEAD}{{{{ t.own }}}}{END}"},
        severity="warning",
        remedy='languages = ["en"]',
    ),
    "a translation with a part that English has not": whole(
        "unknown_part",
        "acme/lang/de.toml:1:25",
        'letter_target = "Unter ({targt}) {target}."\n',
        'letter_target = "Unter ({target}) {target}."\n',
        file="lang/de.toml",
        remedy="{target}",
    ),
    # --- blocks, files, macros ---
    "a block that overrides nothing": Broken(
        "block_overrides_nothing",
        f"acme/{PLAN}:2:10",
        "closin",
        "closing",
        before='{% extends "default/plan-of-action.md.j2" %}\n{% block ',
        after=" %}\nx\n{% endblock %}\n",
        remedy="closing",
    ),
    "words outside of blocks": whole(
        "outside_of_blocks",
        f"acme/{PLAN}:3:1",
        '{% extends "default/plan-of-action.md.j2" %}\n\nYours\n',
        '{% extends "default/plan-of-action.md.j2" %}\n{% block closing %}\nYours\n{% endblock %}\n',
        severity="warning",
    ),
    "a partial that nobody uses": whole(
        "unused_file",
        "acme/_sign.md.j2",
        f"{HEAD}x{END}",
        f'{HEAD}{{% include "_sign.md.j2" %}}{END}',
        also={"_sign.md.j2": "Yours\n"},
        severity="warning",
    ),
    "a document that nobody makes": whole(
        "unused_file",
        "acme/plan-of-acton.md.j2",
        "# A\n",
        "# A\n",
        file="plan-of-acton.md.j2",
        severity="warning",
        remedy=PLAN,
    ),
    "a macro that nothing calls": closing(
        "unused_macro",
        10,
        "{% macro sign() %}x{% endmacro %}",
        "{% macro sign() %}x{% endmacro %}{{ sign() }}",
        severity="warning",
    ),
    "a macro with too few values": closing(
        "macro_arguments",
        44,
        "{% macro sign(a) %}{{ a }}{% endmacro %}{{ sign() }}",
        "{% macro sign(a) %}{{ a }}{% endmacro %}{{ sign('x') }}",
        remedy="sign(a)",
    ),
    "a template that is not there": whole(
        "template_missing",
        f"acme/{PLAN}:1:12",
        '{% extends "default/plan-of-acton.md.j2" %}\n{% block closing %}x{% endblock %}\n',
        '{% extends "default/plan-of-action.md.j2" %}\n{% block closing %}x{% endblock %}\n',
    ),
    # --- what is not allowed ---
    "an attribute that begins with a line": closing(
        "not_allowed", 10, "{{ facts.__class__ }}", "{{ facts.marketplace }}"
    ),
    "a product": closing("not_allowed", 4, "{{ 2 * 3 }}", "{{ 6 }}"),
    "a value between backticks": closing(
        "not_allowed", 13, "`a {{ facts.marketplace }}`", "a {{ facts.marketplace }}"
    ),
    # --- the manifest ---
    "an unknown key": whole(
        "unknown_key",
        "acme/pack.toml:6:1",
        f'{MANIFEST}docments = ["plan-of-action"]\n',
        f'{MANIFEST}documents = ["plan-of-action"]\n',
        file="pack.toml",
        remedy="documents",
    ),
    "a key that is missing": whole(
        "missing_key",
        "acme/pack.toml",
        MANIFEST.replace("facts = 1\n", ""),
        MANIFEST,
        file="pack.toml",
        remedy="facts =",
    ),
    "a version that is no text": whole(
        "bad_value",
        "acme/pack.toml:2:1",
        MANIFEST.replace('"1"', "1"),
        MANIFEST,
        file="pack.toml",
        remedy="quotes",
    ),
    "TOML that is none": whole(
        "bad_toml", "acme/lang/en.toml:1:11", 'closing = Yours"\n', 'closing = "Yours"\n', file="lang/en.toml"
    ),
    "a brace that names no part": whole(
        "bad_phrase",
        "acme/lang/en.toml:1:1",
        'closing = "Yours {"\n',
        'closing = "Yours {{"\n',
        file="lang/en.toml",
        remedy="{{",
    ),
    "an option that nothing reads": whole(
        "unused_option",
        "acme/pack.toml:7:2",
        f'{MANIFEST}\n[options.signature]\ntype = "text"\ndefault = "x"\nhelp = "Who signs."\n',
        MANIFEST,
        file="pack.toml",
        severity="warning",
    ),
    "an option that nobody declared": closing(
        "unknown_name",
        12,
        "{{ options.signature }}",
        "{{ options.sign }}",
        remedy="sign",
        also={
            "pack.toml": f'{MANIFEST}\n[options.sign]\ntype = "text"\ndefault = "x"\nhelp = "Who signs."\n'
        },
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_has_its_one_problem_at_its_place(name):
    """Exactly one problem, at line and column, with a remedy, and a caret under what is meant."""
    broken = BROKEN[name]
    problems = checked(**broken.files(broken.bad))
    assert [(one.code, one.place, one.severity) for one in problems] == [
        (broken.code, broken.place, broken.severity)
    ], problems
    (problem,) = problems
    assert broken.remedy in problem.remedy
    assert problem.remedy.endswith((".", "…", '"', "}", "…)"))
    assert problem.message
    if problem.column is not None:
        assert problem.source
        assert len(problem.caret) <= len(problem.source)


@pytest.mark.every_third
@pytest.mark.parametrize("name", BROKEN)
def test_what_the_remedy_says_mends_it(name):
    """With the remedy applied, nothing is left."""
    broken = BROKEN[name]
    files = broken.files(broken.good)
    if broken.file == "plan-of-acton.md.j2":
        files = {PLAN: broken.good}
    assert checked(**files) == ()


# --- packs that are whole ------------------------------------------------------------------------


def test_the_built_in_pack_has_no_problem():
    assert problems_of(open_packs(None)) == ()


@pytest.mark.parametrize(
    "name", sorted(one.name for one in bundled("templates").iterdir() if one.name != "default")
)
def test_a_bundled_pack_has_no_problem(name):
    assert problems_of_files(name, read_folder(bundled("templates") / name), default=DEFAULT)[1] == ()


DOCUMENTS = sorted(file.removesuffix(".md.j2") for file in DEFAULT if file.endswith(".j2") and file[0] != "_")
BLOCKS = sorted(
    (file, name)
    for file, text in DEFAULT.items()
    if file.endswith(".j2")
    for name in re.findall(r"{% block (\w+)", text)
)


@pytest.mark.every_third
@pytest.mark.parametrize("document", DOCUMENTS)
def test_overriding_a_document_whole_is_no_problem(document):
    """A document that extends the built-in one and prints every block of it again."""
    file = f"{document}.md.j2"
    blocks = [f"{{% block {name} %}}{{{{ super() }}}}{{% endblock %}}" for of, name in BLOCKS if of == file]
    text = f'{{% extends "default/{file}" %}}\n' + "\n".join(blocks)
    assert checked(**{file: text}) == ()
    assert checked(**{file: DEFAULT[file]}) == ()


def test_a_pack_that_changes_a_phrase_a_block_and_a_partial_is_no_problem():
    partial = "{% macro sign(name) %}{{ name | answer }}{% endmacro %}\n"
    block = '{% import "_sign.md.j2" as ours %}{{ super() }}\n\n{{ ours.sign(case.seller.name) }}'
    assert (
        checked(
            **{"lang/en.toml": 'closing = "Yours"\n', "_sign.md.j2": partial, PLAN: f"{HEAD}{block}{END}"}
        )
        == ()
    )


def test_a_document_of_the_pack_s_own_gets_what_the_letter_gets():
    manifest = f'{MANIFEST}documents = ["memo"]\n'
    assert checked(**{"pack.toml": manifest, "memo.md.j2": "# Memo\n\n{{ letter.listed | count }}\n"}) == ()
    (problem,) = checked(**{"pack.toml": manifest, "memo.md.j2": "# Memo\n\n{{ weekly.week }}\n"})
    assert (problem.code, problem.place) == ("unknown_name", "acme/memo.md.j2:3:4")


# --- all in one go -------------------------------------------------------------------------------


def test_all_problems_are_told_in_one_go():
    """Faults in the manifest, in phrases and in templates do not hide one another."""
    problems = checked(
        **{
            "pack.toml": f"{MANIFEST}docs = 1\nreviewd = 2026-01-01\n",
            "lang/en.toml": 'closing = "a {"\nplan_title = oh\nown = "x"\n',
            PLAN: f"{HEAD}{{{{ fcts }}}} {{{{ facts.as_of | dayy }}}}\n{{{{ t.own }}}} {{{{ facts.as_of }}}}{END}",
            "cover.md.j2": "# A\n{% if %}\n",
        }
    )
    assert [(one.code, one.place) for one in problems] == [
        ("template_syntax", "acme/cover.md.j2:2:7"),
        ("bad_phrase", "acme/lang/en.toml:1:1"),
        ("bad_toml", "acme/lang/en.toml:2:14"),
        ("unknown_key", "acme/pack.toml:6:1"),
        ("unknown_key", "acme/pack.toml:7:1"),
        ("unknown_name", f"acme/{PLAN}:3:4"),
        ("unknown_filter", f"acme/{PLAN}:3:29"),
        ("unformatted", f"acme/{PLAN}:4:22"),
    ]


def test_what_goes_wrong_in_a_built_in_macro_is_told_at_the_call():
    """The pack's own line has to answer for what it hands to a built-in macro."""
    call = "{{ rates.counted(facts) }}"
    problems = checked(**{PLAN: f'{HEAD}{{% import "default/_rates.md.j2" as rates %}}\n{call}{END}'})
    assert {(one.place, one.code) for one in problems} == {(f"acme/{PLAN}:4:10", "unknown_name")}
    assert all("default/_rates.md.j2:" in one.message for one in problems)


def test_a_caret_stands_under_what_is_meant():
    (problem,) = checked(**{PLAN: f"{HEAD}\t自分 {{{{ facts.as_off | day }}}}{END}"})
    assert problem.source[problem.column - 1 :].startswith("as_off")
    assert problem.caret == "\t" + " " * (problem.column - 2) + "^" * len("as_off")


def test_a_pack_that_has_no_manifest_is_checked_all_the_same():
    _, problems = problems_of_files("acme", {PLAN: f"{HEAD}{{{{ fcts }}}}{END}"}, default=DEFAULT)
    assert [one.code for one in problems] == ["no_manifest", "unknown_name"]


def test_a_pack_of_the_built_in_one_s_name_cannot_be_opened():
    pack, problems = problems_of_files("default", {"pack.toml": MANIFEST}, default=DEFAULT)
    assert pack is None
    assert [one.code for one in problems] == ["reserved_name"]


# --- what check passes, fill fills ---------------------------------------------------------------

SMALL = {
    "pack.toml": 'id = "default"\nversion = "1"\nfacts = 1\ndocuments = ["plan-of-action"]\nlanguages = ["en"]\n',
    PLAN: "# A\n",
    "lang/en.toml": DEFAULT["lang/en.toml"],
}


@pytest.fixture(scope="module")
def letter():
    """What the letter of the sample account is handed."""
    with pytest.MonkeyPatch.context() as patch:
        kept = Kept(patch)
        sample()
        return Unshown(kept.contexts["plan-of-action"][0])


class Unshown(dict):
    """A context that a failing example does not print."""

    def __repr__(self):
        return "the letter's context"


def paths(kind, path=""):
    """Everything that a template may name, the items of lists by a number."""
    yield path
    match kind:
        case Optional(of=inner):
            yield from paths(inner, path)
        case Figure() | Answer():
            yield f"{path}.value"
        case ListOf(of=inner):
            yield from paths(inner, f"{path}[0]")
        case MapOf():
            return
        case Group(names=names):
            for name, one in names.items():
                yield from paths(one.type, f"{path}.{name}" if path else name)


PATHS = sorted({*paths(names_of("plan-of-action"))} - {""})
WAYS = (
    *(
        f"{{{{ @ | {name} }}}}"
        for name in FILTERS
        if name not in {"say", "plural", "selectattr", "rejectattr"}
    ),
    *("{{ @ }}", "{% if @ %}x{% endif %}", "{% if @ > 3 %}x{% endif %}", "{% if @ == 'x' %}x{% endif %}"),
    *("{{ @ + 1 }}", "{% for one in @ %}{{ one }}{% endfor %}", "{{ [@, t.closing] | sentences }}"),
    *("{{ @ | selectattr('name') | length }}", "{{ t.letter_target | say(target=@) }}"),
    *("{{ @ | plural('a', 'b') }}", "{% if @ is none %}{% else %}{{ @ }}{% endif %}", "{{ @.name }}"),
    "{% macro m(a) %}{{ a | count }}{% endmacro %}{{ m(@) }}",
)


@settings(max_examples=often(200))
@given(path=st.sampled_from(PATHS), way=st.sampled_from(WAYS))
def test_what_the_check_passes_can_be_filled(letter, path, way):
    """Any name of the letter in any filter or test: without a problem it is filled, and an error fails indeed."""
    written = path.replace(".from", '["from"]')
    pack = open_pack("acme", {"pack.toml": MANIFEST, PLAN: way.replace("@", written)}, default=SMALL)
    problems = [one for one in problems_of(pack) if one.code != "unused_phrase"]
    try:
        fill(pack, "plan-of-action", dict(letter), language="en")
    except PackFault as fault:
        assert problems, (fault.code, fault.message)
    else:
        # What may be missing is there in this account.
        known = [one for one in problems if one.severity == "error" and one.code != "may_be_missing"]
        assert not known or _not_reached(letter, path), known


def _not_reached(letter, path):
    """Whether the value is none, nothing or empty in this account, so that nothing of it was ever looked at."""
    value = letter
    for part in re.findall(r"\w+", path):
        value = value[int(part)] if part.isdigit() else value[part]
    value = value.get("value") if isinstance(value, dict) and "value" in value else value
    return not value or value is True  # Python takes truth for a number


@settings(max_examples=often(80))
@given(text=st.text(alphabet="{}%# \nabt.|()[]=<>'\"-+_if for end set\\`", max_size=60))
def test_no_text_brings_the_check_down(text):
    """Whatever stands in a template, the check says something of it or passes it."""
    pack = open_pack("acme", {"pack.toml": MANIFEST, PLAN: text}, default=SMALL)
    for problem in problems_of(pack):
        assert problem.line is None or 1 <= problem.line <= text.count("\n") + 1


def test_macros_that_call_one_another_without_end_take_no_time_without_end():
    """Each of forty macros calls the next twice, under a condition and without: a million million ways."""
    names = ["marketplace", "time_zone", "window_by", "auto_cancel", "lists_every_order"]
    macros = [
        f"{{% macro m{at}() %}}{{% if facts.{names[at % 5]} == 'v{at}' or t.closing %}}{{{{ m{at + 1}() }}}}{{% endif %}}"
        f"{{{{ m{at + 1}() }}}}{{% endmacro %}}"
        for at in range(40)
    ]
    text = "\n".join(["{% macro m40() %}{{ fcts }}{% endmacro %}", *reversed(macros), "{{ m0() }}"])
    assert ("unknown_name", 1) in {(one.code, one.line) for one in checked(**{PLAN: text})}


@pytest.mark.parametrize(
    "text", ["{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "{{ " + "not " * 3000 + "1 }}", "{% if 1 %}" * 500]
)
def test_what_nests_too_deeply_is_a_problem_and_no_crash(text):
    assert [one.severity for one in checked(**{PLAN: text})] == ["error"]


def apart(text, name="acme"):
    return problems_apart(name, {"pack.toml": MANIFEST, PLAN: f"{HEAD}{text}{END}"}, default=DEFAULT)


@pytest.mark.parametrize("text", ["{{ fcts }}", "{{ facts.late_shipment_rat[0] | percent }}", "{% set x %}"])
def test_files_are_checked_apart_with_the_same_words(text):
    """What the check finds in a process of its own is what it finds here, to the column and the caret."""
    here = problems_of_files("acme", {"pack.toml": MANIFEST, PLAN: f"{HEAD}{text}{END}"}, default=DEFAULT)
    assert apart(text) == (here[0] is not None, here[1])
    assert here[1]


def test_no_template_of_a_folder_is_read_in_this_process(monkeypatch):
    """A parser that a text brings down brings down the other process only."""

    def read_here(*_, **__):
        raise AssertionError("a stranger's template was read here")

    monkeypatch.setattr(jinja2.Environment, "_parse", read_here)
    monkeypatch.setattr(jinja2.Environment, "_tokenize", read_here)
    opens, (problem, *_) = apart("{{ fcts }}")
    assert (opens, problem.code) == (True, "unknown_name")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("{{ " + "(" * 90_000 + " }}", "template_syntax", marks=pytest.mark.deep),
        ("{{ " + "-" * 90_000 + "1 }}", "too_deep"),
        pytest.param("{% if 1 %}" * 19_000, "too_deep", marks=pytest.mark.deep),
        ("{{ " + "[" * 3_000 + "]" * 3_000 + " }}", "too_deep"),
    ],
)
def test_a_text_made_to_bring_the_parser_down_is_a_problem_of_the_pack(text, code):
    """It ends with a sentence, and of a long line only the part around the place is shown."""
    _, problems = apart(text)
    assert code in {one.code for one in problems}
    assert all(len(row) <= 74 for one in problems for row in one.shown)


@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 40))
def test_the_caret_stays_under_its_place(length, column, width):
    """However long the line is, the caret stands under the same letters."""
    source = "".join(chr(97 + at % 26) for at in range(length))
    column = min(column, length)
    one = Problem(
        code="c",
        severity="error",
        message="",
        remedy="",
        file="f",
        line=1,
        column=column,
        source=source,
        width=width,
    )
    row, caret = one.shown
    under = row[len(caret) - len(caret.lstrip()) : len(caret)]
    assert under
    assert source[column - 1 :].startswith(under.removesuffix("…"))


# --- what follows from another problem is not told beside it ---------------------------------------


def told(problems):
    return [(one.code, one.severity, one.file) for one in problems]


def test_nothing_seems_unused_where_a_template_cannot_be_read():
    """The phrase, the option, the macro and the file may be used in it; the one error stands alone."""
    letter = f"{HEAD}{{{{ t.own_closing }}}} {{{{ options.sign }}}}{{% include 'acme/_more.md.j2' %}}\n"
    manifest = f'{MANIFEST}[options.sign]\ntype = "text"\nhelp = "Who signs."\ndefault = "Ada"\n'
    files = {
        "pack.toml": manifest,
        PLAN: letter,
        "_more.md.j2": "{% macro hello() %}Hello{% endmacro %}\n",
        "lang/en.toml": 'own_closing = "Yours"\n',
        "lang/de.toml": 'own_closing = "Ihr"\n',
    }
    assert told(checked(**files)) == [("template_syntax", "error", f"acme/{PLAN}")]
    codes = {one.code for one in checked(**{**files, PLAN: "# A\n"})}
    assert codes == {"unused_phrase", "unused_option", "unused_file", "unused_macro"}


def test_a_template_of_which_a_part_was_left_out_may_use_what_seems_unused():
    """A character that no file may hold takes its line out of the template that is walked."""
    letter = f"{HEAD}\ue000{{{{ t.own_closing }}}}{END}"
    problems = checked(**{PLAN: letter, "lang/en.toml": 'own_closing = "Yours"\n'})
    assert "unused_phrase" not in {one.code for one in problems}


def test_a_file_that_nothing_uses_is_told_though_it_cannot_be_read_itself():
    problems = checked(**{"_more.md.j2": "{% if %}", PLAN: "# A\n"})
    assert {one.code for one in problems} == {"template_syntax", "unused_file"}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("{% for section in letter.sections %}{{ section.heading }}{% endfor %}", "section.heading"),
        ("{% for one in letter.sections %}{{ one['heading'] }}{% endfor %}", 'one["heading"]'),
        (
            "{% if letter.sections %}{{ letter.sections[0].heading }}{% endif %}",
            "letter.sections[0].heading",
        ),
        ("{% for one in letter.sections %}{% set x = one.heading %}{{ x }}{% endfor %}", "x"),
    ],
)
def test_what_is_to_be_tested_is_named_as_the_template_writes_it(text, typed):
    """The remedy can be typed as it stands, and then nothing is wrong any more."""
    (problem,) = checked(**{PLAN: f"{HEAD}{text}{END}"})
    assert problem.remedy == f"Test it before: {{% if {typed} is not none %}}."
    printed = f"{{{{ {typed} }}}}".replace('["heading"]', "['heading']")
    mended = text.replace(printed, f"{{% if {typed} is not none %}}{printed}{{% endif %}}")
    assert checked(**{PLAN: f"{HEAD}{mended}{END}"}) == ()


@settings(max_examples=often(40))
@given(path=st.sampled_from(PATHS), way=st.sampled_from(WAYS))
def test_no_remedy_holds_a_path_that_no_template_can_write(path, way):
    """Neither any item of a list, nor a loop by its number."""
    looped = re.sub(r"^(.*?)\[0\](.*)$", r"{% for each in \1 %}@each\2@{% endfor %}", path)
    inner = re.search(r"@(.*)@", looped)
    text = looped.replace(inner[0], way.replace("@", inner[1])) if inner else way.replace("@", path)
    for one in checked(**{PLAN: f"{HEAD}{text}{END}"}):
        assert "[]" not in one.remedy
        assert not re.search(r"loop \d", one.remedy)


def test_an_item_beside_is_tested_by_names_that_can_be_typed():
    text = "{% for one in enclosed %}{{ loop.previtem.name }}{% endfor %}"
    problem, *_ = checked(**{PLAN: f"{HEAD}{text}{END}"})
    assert "Test it before: loop.first, " in problem.remedy


def test_the_languages_that_have_a_phrase_are_proposed():
    """Obeyed, the warning is gone, and the pack still speaks what it has words for."""
    spoken = MANIFEST.replace('["en"]', '["en", "de", "ja", "zh"]')
    files = {
        PLAN: f"{HEAD}{{{{ t.own }}}}{END}",
        "lang/en.toml": 'own = "Yours"\n',
        "lang/ja.toml": 'own = "敬具"\n',
    }
    (problem,) = checked(**{"pack.toml": spoken, **files})
    assert problem.remedy.endswith('languages = ["en", "ja"].')
    assert checked(**{"pack.toml": MANIFEST.replace('["en"]', '["en", "ja"]'), **files}) == ()


@pytest.mark.parametrize("text", ["{{ super() }}", "{{ t.closing }}"])
def test_a_part_that_english_lacks_is_told_once_at_its_phrase(text):
    spoken = MANIFEST.replace('["en"]', '["en", "de"]')
    problems = checked(
        **{"pack.toml": spoken, PLAN: f"{HEAD}{text}{END}", "lang/de.toml": 'closing = "Am {day}"\n'}
    )
    assert told(problems) == [("unknown_part", "error", "acme/lang/de.toml")]


def test_a_part_that_english_lacks_is_told_once_of_a_phrase_that_is_said_with_parts():
    spoken = MANIFEST.replace('["en"]', '["en", "de"]')
    files = {
        "lang/en.toml": 'own = "By {target}"\n',
        "lang/de.toml": 'own = "Bis {target} und {day}"\n',
        PLAN: f"{HEAD}{{{{ t.own | say(target=facts.marketplace_name) }}}}{END}",
    }
    assert told(checked(**{"pack.toml": spoken, **files})) == [("unknown_part", "error", "acme/lang/de.toml")]


@pytest.mark.parametrize(("mark", "written"), IN_A_TEMPLATE.items())
def test_a_mark_of_the_letterhead_in_a_template_is_told_what_to_write(mark, written):
    (problem,) = checked(**{PLAN: f"{HEAD}{{{{ {mark} }}}}{END}"})
    assert f"did you mean '{written}'?" in problem.message
    assert problem.remedy == f"Write {written}."
    assert checked(**{PLAN: f"{HEAD}{{{{ {written} }}}}{END}"}) == ()


def test_a_mark_is_no_name_of_a_paper_that_lacks_what_it_stands_for():
    problems = checked(**{"supplier-week.md.j2": "{{ seller }}\n"})
    assert all("case.seller" not in one.message for one in problems)


def test_a_word_file_that_makes_no_paper_may_be_meant_as_the_letterhead():
    problems = checked(**{"letterhead.docx": "", PLAN: "# A\n"})
    assert "a letterhead is called shell.docx" in problems[0].remedy
