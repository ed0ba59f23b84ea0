"""Packs: layers, phrases, filters, and every fault told with its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.document import Cited, Gap, Text, cited_at, gaps, leaves, words
from poa.errors import PackFault
from poa.facts import Figure, Plain, Rows, StatedRate, template_data
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN, clean, parse
from poa.packs import Pack, faults, fill, missing_phrases, open_pack

DEFAULT = {
    "pack.toml": """
id = "default"
version = "1.0"
facts = 1
documents = ["plan-of-action", "weekly"]
reviewed = 2026-10-31
languages = ["en", "zh", "ja", "de"]
""",
    "plan-of-action.md.j2": "# Plan\n\n{% block body %}\nThe built-in body.\n{% endblock %}\n",
    "weekly.zh.md.j2": "# 一周\n",
    "weekly.md.j2": '{% include "_rates.md.j2" %}',
    "_rates.md.j2": "{{ rates[0].late | count }}\n",
    "lang/en.toml": 'late = "late *orders*"\non_time = "on time"\n',
    "lang/zh.toml": 'late = "迟发订单"\n',
}
MANIFEST = 'id = "acme-letters"\nversion = "1.2"\nfacts = 1\nextends = "default"\n'


def figure(fact: str, value: Any, unit: str) -> dict[str, Plain]:
    return {"fact": fact, "value": value, "unit": unit}


CONTEXT: dict[str, Any] = {
    "as_of": figure("as_of", "2026-10-31", "day"),
    "rates": [
        {
            "window_days": 30,
            "late": figure("rate.30.late", 2410, "orders"),
            "rate": figure("rate.30.rate", 0.03996, "fraction"),
            "target": figure("target", 0.04, "fraction"),
            "low": figure("rate.30.low", None, "fraction"),
            "meets_target": True,
        },
        {"window_days": 10, "late": figure("rate.10.late", 0, "orders")},
    ],
    "supplier": figure("supplier.S1", "Alder & Sons *Supply*", "name"),
    "seller": {
        "name": {"fact": "case.seller.name", "value": "Bay Goods", "question": "What is your store called?"},
        "since": {"fact": "case.seller.since", "value": "2026-10-02", "question": "Since?", "kind": "day"},
        "owner": {"fact": "case.seller.owner", "value": None, "question": "Who answers for it?"},
    },
    "note": "a *b* <c>",
    "number": 1,
    "share": 0.5,
    "nothing": None,
    "yes": True,
}


def acme(template: str | None = None, **files: str) -> Pack:
    """A pack over the built-in one; ``_m`` stands for ``_m.md.j2``."""
    sources = {"pack.toml": MANIFEST} | {f"{name}.md.j2": text for name, text in files.items()}
    if template is not None:
        sources["plan-of-action.md.j2"] = template
    return open_pack("acme", sources, default=DEFAULT)


def filled(template: str, *, language: str = "en", context: Any = CONTEXT, **files: str) -> str:
    return fill(acme(template, **files), "plan-of-action", context, language=language)


def said(template: str, *, language: str = "en", **files: str) -> str:
    """The words a reader sees."""
    blocks = parse(filled(template, language=language, **files), name="plan-of-action")
    return "\n".join(words(leaf) for leaf in leaves(blocks))


def fault(template: str, **files: str) -> PackFault:
    with pytest.raises(PackFault) as caught:
        filled(template, **files)
    return caught.value


# --- layers ----------------------------------------------------------------------------------


def test_a_file_of_the_pack_wins_and_the_rest_is_the_built_ins() -> None:
    """Layers lie file by file: acme's partial is used by the built-in document."""
    pack = acme(_rates="Acme says {{ rates[0].late | count }}\n")
    assert "Acme says" in fill(pack, "weekly", CONTEXT, language="en")
    assert "built-in body" in fill(pack, "plan-of-action", CONTEXT, language="en")


def test_an_override_extends_what_it_replaces() -> None:
    """``default/…`` names the built-in file, and super() its block."""
    text = filled(
        '{% extends "default/plan-of-action.md.j2" %}{% block body %}{{ super() }}And ours.{% endblock %}'
    )
    assert text.split() == ["#", "Plan", "The", "built-in", "body.", "And", "ours."]


def test_a_template_of_the_language_wins() -> None:
    """``<document>.<language>.md.j2`` wins over ``<document>.md.j2``, whichever layer it is of."""
    pack = acme(weekly="ours")
    assert fill(pack, "weekly", CONTEXT, language="zh") == "# 一周"
    assert fill(pack, "weekly", CONTEXT, language="ja") == "ours"


def test_the_built_in_pack_opens_over_itself() -> None:
    """The built-in pack is opened like any other."""
    pack = open_pack("default", DEFAULT, default=DEFAULT)
    assert (pack.id, pack.documents, pack.languages) == (
        "default",
        ("plan-of-action", "weekly"),
        ("en", "zh", "ja", "de"),
    )
    assert str(pack.reviewed) == "2026-10-31"


def test_a_pack_states_what_it_makes() -> None:
    """Documents add to the built-in's; languages are the pack's own where it names some."""
    sources = {"pack.toml": MANIFEST + 'documents = ["reply"]\nlanguages = ["de"]\n', "reply.md.j2": "x"}
    pack = open_pack("acme", sources, default=DEFAULT)
    assert pack.documents == ("plan-of-action", "weekly", "reply")
    with pytest.raises(PackFault, match="no language 'en' here") as caught:
        fill(pack, "reply", {}, language="en")
    assert caught.value.code == "unknown_language"


def test_provenance_knows_every_byte_of_a_pack() -> None:
    """The hash changes with any text and any name, and not with the order of the files."""
    files = {"pack.toml": MANIFEST, "a.md.j2": "x", "b.md.j2": "y"}
    marks = {
        open_pack("acme", sources, default=DEFAULT).sha256
        for sources in (
            files,
            dict(reversed(files.items())),
            files | {"b.md.j2": "z"},
            {"pack.toml": MANIFEST, "a.md.j2": "x", "c.md.j2": "y"},
        )
    }
    assert len(marks) == 3
    pack = open_pack("acme", files, default=DEFAULT)
    assert pack.version_mark == f"acme-letters 1.2 ({pack.sha256[:12]})"


# --- phrases ---------------------------------------------------------------------------------


def test_phrases_are_markdown_in_the_papers_language() -> None:
    """A phrase comes from the language, else from English; acme's lies over the built-in's."""
    assert filled("{{ t.late }}, {{ t.on_time }}") == "late *orders*, on time"
    assert filled("{{ t.late }}, {{ t.on_time }}", language="ja") == "late *orders*, on time"
    sources = {
        "pack.toml": MANIFEST,
        "plan-of-action.md.j2": "{{ t.late }}, {{ t.on_time }}",
        "lang/zh.toml": 'on_time = "准时"',
    }
    pack = open_pack("acme", sources, default=DEFAULT)
    assert fill(pack, "plan-of-action", {}, language="zh") == "迟发订单, 准时"


def test_missing_phrases_are_named() -> None:
    """What stands in English because a language lacks it can be asked for."""
    assert missing_phrases(acme(), "zh") == ("on_time",)
    assert missing_phrases(acme(), "de") == ("late", "on_time")
    assert missing_phrases(acme(), "en") == ()


def test_an_imported_macro_sees_phrases_and_facts() -> None:
    """What a template sees, its macros in other files see too."""
    macro = "{% macro m(x) %}{{ x }}: {{ t.late }}, {{ number }}{% endmacro %}"
    assert filled('{% import "_m.md.j2" as m %}{{ m.m("A") }}', _m=macro) == "A: late *orders*, 1"
    assert filled('{% from "_m.md.j2" import m as n %}{{ n("A") }}', _m=macro) == "A: late *orders*, 1"


# --- filters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("2410 | count", ("2,410", "2,410", "2,410", "2.410")),
        ("rates[0].late | count", ("2,410", "2,410", "2,410", "2.410")),
        ("0.06266 | percent", ("6.27%", "6.27%", "6.27%", "6,27\xa0%")),
        ("0.5 | percent(digits=0)", ("50%", "50%", "50%", "50\xa0%")),
        ("0.125 | percent(1)", ("12.5%", "12.5%", "12.5%", "12,5\xa0%")),
        ("12.5 | percent(1)", ("1,250.0%", "1,250.0%", "1,250.0%", "1.250,0\xa0%")),
        ("as_of | day", ("31 October 2026", "2026年10月31日", "2026年10月31日", "31. Oktober 2026")),
        ("'2026-03-05' | day", ("5 March 2026", "2026年3月5日", "2026年3月5日", "5. März 2026")),
        ("as_of | short_day", ("2026-10-31",) * 4),
        ("supplier | name", ("Alder & Sons *Supply*",) * 4),
        ("note | name", ("a *b* <c>",) * 4),
        ("1 | plural('order', 'orders')", ("order", "orders", "orders", "order")),
        ("rates[0].late | plural('order', 'orders')", ("orders",) * 4),
        ("0 | plural('order', 'orders')", ("orders",) * 4),
        ("seller.name | answer", ("Bay Goods",) * 4),
        ("seller.since | answer", ("2 October 2026", "2026年10月2日", "2026年10月2日", "2. Oktober 2026")),
        ("[note, 'x', 3] | join(' *&* ')", ("a *b* <c> *&* x *&* 3",) * 4),
        ("[1, 2] | join(', ')", ("1, 2",) * 4),
        ("[1, 2] | join", ("12",) * 4),
        ("rates | length", ("2",) * 4),
        ("(rates | first).late.value", ("2410",) * 4),
        ("(rates | last).window_days + 1 - 4", ("7",) * 4),
        ("rates | map(attribute='window_days') | join('/')", ("30/10",) * 4),
        ("[1000] | map('count') | join", ("1,000", "1,000", "1,000", "1.000")),
        ("(rates | selectattr('window_days', 'eq', 10) | first).late.value", ("0",) * 4),
        ("rates | rejectattr('late.value', 'gt', 0) | length", ("1",) * 4),
    ],
)
def test_filters_speak_the_papers_language(expression: str, printed: tuple[str, ...]) -> None:
    """Each filter, in English, Chinese, Japanese and German."""
    template = f"{{{{ {expression} }}}}"
    assert tuple(said(template, language=code) for code in ("en", "zh", "ja", "de")) == printed


@pytest.mark.parametrize(
    ("value", "against", "printed"),
    [
        (0.03996, 0.04, "3.996%"),
        (0.04, 0.04, "4.00%"),
        (0.04004, 0.04, "4.004%"),
        (0.0399, 0.04, "3.99%"),
        (0.0400049, 0.04, "4.0005%"),
        (0.03999999, 0.04, "3.999999%"),
        (0.062655, 0.04, "6.27%"),
        (1.005, None, "100.50%"),
        (0.00005, None, "0.01%"),
        (0.285, None, "28.50%"),
        (0, None, "0.00%"),
        (1, None, "100.00%"),
    ],
)
def test_a_percentage_never_crosses_its_target(value: float, against: float | None, printed: str) -> None:
    """Digits are added until the printed rate stands where the true one stands; half is rounded up."""
    context = {"v": value, "a": figure("target", against, "fraction")}
    option = "" if against is None else "(against=a)"
    text = filled(f"{{{{ v | percent{option} }}}}", context=context)
    assert text.replace("\\", "") == printed


@given(st.integers(1, 1_000_000).flatmap(lambda orders: st.tuples(st.integers(0, orders), st.just(orders))))
def test_any_printed_rate_stands_on_its_side_of_the_target(rate: tuple[int, int]) -> None:
    """Law: as late orders and orders say it, so does the printed percentage."""
    late, orders = rate
    text = filled("{{ v | percent(against=0.04) }}", context={"v": late / orders})
    printed = Decimal(text.replace("\\", "").rstrip("%"))
    assert (printed > 4, printed < 4) == (100 * late > 4 * orders, 100 * late < 4 * orders)


def test_a_printed_figure_says_which_fact_it_is() -> None:
    """A figure becomes a cited fact, an answer too, a missing one a question."""
    (block,) = parse(
        filled("{{ rates[0].late | count }} {{ seller.name | answer }} {{ seller.owner | answer }}"), name="x"
    )
    assert [one for _, one in cited_at(next(leaves([block])))] == [
        Cited("2,410", "rate.30.late"),
        Cited("Bay Goods", "case.seller.name"),
    ]
    assert gaps([block]) == ("Who answers for it?",)


def test_figures_come_as_the_facts_hand_them_over() -> None:
    """What ``facts.template_data`` makes of a figure is a figure here, whatever its id."""
    one = Figure(id="odd id_*", value=7, unit="orders", rows=Rows(rule="late", orders=7))
    stated = StatedRate(
        window_days=30, from_=one, to=one, orders=one, late=one, status="BAD", reproduced_by=()
    )
    context = {"stated": template_data(stated)}
    (block,) = parse(filled("{{ stated.late | count }}", context=context), name="x")
    assert list(leaves([block])) == [(Cited("7", "odd id_*"),)]


def test_a_question_can_be_asked_by_the_template() -> None:
    """``ask`` prints a question in plain words or from a phrase."""
    (block,) = parse(filled("{{ 'Who *signs*?' | ask }} {{ t.on_time | ask }}"), name="x")
    assert list(leaves([block])) == [(Gap("Who *signs*?"), Text(" "), Gap("on time"))]


def test_a_selection_can_be_read_twice() -> None:
    """What selectattr and map give is a list: false when empty, and whole in every loop."""
    template = (
        "{% set big = rates | selectattr('late.value', 'gt', 0) %}{% set none_ = rates | rejectattr('late.fact') %}"
        "{% for r in big %}a{% endfor %}{% for r in big %}b{% endfor %}{{ 'c' if none_ else 'd' }}"
    )
    assert filled(template) == "abd"


def test_loops_keep_their_comforts() -> None:
    """A loop has its else, its condition, its counters and neighbours; pairs come apart."""
    assert filled("{% for x in [] %}{% else %}none{% endfor %}") == "none"
    assert filled("{% for x in [1, 2, 3] if x is odd %}{{ loop.index }}/{{ loop.length }} {% endfor %}") == (
        "1/2 2/2 "
    )
    assert filled("{% for a, b in [(1, 2)] %}{{ a }}-{{ b }}{% endfor %}") == "1-2"
    assert (
        filled("{% for x in [1, 2] %}{% if not loop.first %}{{ loop.previtem }}{% endif %}{% endfor %}")
        == "1"
    )


# --- the law of escaping ---------------------------------------------------------------------

WAYS = {
    "plain": "{{ x }}",
    "macro": "{{ m(x) }}",
    "macro of a macro": "{{ n(x) }}",
    "imported macro": "{{ far(x) }}",
    "set": "{% set y = x %}{{ y }}",
    "set block": "{% set y %}{{ x }}{% endset %}{{ y }}",
    "set block twice": "{% set y %}{{ x }}{% endset %}{% set z %}{{ y }}{% endset %}{{ z }}",
    "include": '{% include "_x.md.j2" %}',
    "loop": "{% for y in [x] %}{{ y }}{% endfor %}",
    "with": "{% with y = x %}{{ y }}{% endwith %}",
    "choice": "{{ x if x is not none else 0 }}",
    "filter": "{{ x | name }}",
    "filter of a set block": "{% set y %}{{ x }}{% endset %}{{ y | name }}",
    "join": "{{ [x] | join(', ') }}",
    "separator": "{{ ['', ''] | join(s) }}",
    "map": "{{ [x] | map('name') | first }}",
    "figure": "{{ f | name }}",
    "answer": "{{ a | answer }}",
    "item": "{{ [x][0] }}",
}
LAW = {
    "plan-of-action.md.j2": '{% extends "_base.md.j2" %}\n'
    '{% from "_m.md.j2" import far %}\n'
    "{% macro m(v) %}{{ v }}{% endmacro %}{% macro n(v) %}{{ m(m(v)) }}{% endmacro %}\n"
    "{% block body %}\n"
    + "\n\n".join(f"«{way}»" for way in WAYS.values())
    + "\n\n{{ super() }}\n{% endblock %}",
    "_base.md.j2": "{% block body %}\n«{{ x }}»\n{% endblock %}",
    "_x.md.j2": "{{ x }}",
    "_m.md.j2": "{% macro far(v) %}{{ v }}{% endmacro %}",
}
NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from("*_`#<>&|[]()\\~!:-+. \n\t\"'{}%\ue000\ue001\ue002\ue003\x00"))
)


@given(NASTY)
def test_any_value_is_printed_once_and_to_the_letter(value: str) -> None:
    """Law: whichever way a value takes into a paper, the paper says exactly ``clean(value)``."""
    pack = open_pack("acme", {"pack.toml": MANIFEST} | LAW, default=DEFAULT)
    context: dict[str, Plain] = {
        "x": value,
        "s": clean(value),
        "f": figure("f", value, "name"),
        "a": {"fact": "a", "value": value, "question": "?"},
    }
    blocks = parse(fill(pack, "plan-of-action", context, language="en"), name="plan")
    assert [words(leaf) for leaf in leaves(blocks)] == [f"«{clean(value)}»"] * (len(WAYS) + 1)


@given(NASTY)
def test_any_text_in_quotes_is_printed_to_the_letter(value: str) -> None:
    """Law: a text that a template writes in quotes is words too, never HTML, never Markdown."""
    quoted = value.encode("unicode-escape").decode("ascii").replace('"', '\\"')
    text = filled(f'«{{{{ "{quoted}" }}}}»')
    assert [words(leaf) for leaf in leaves(parse(text, name="plan"))] == [f"«{clean(value)}»"]


# --- faults and their places -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "code", "line", "message"),
    [
        ("\n{{ rates[0].lat | count }}", "unknown_name", 2, "'rates[0]' has no 'lat'; did you mean 'late'?"),
        ("{{ rates[0].late.values }}", "unknown_name", 1, "'rates[0].late' has no 'values'; did you mean"),
        ("{{ rate }}", "unknown_name", 1, "The paper has no 'rate'; did you mean 'rates'?"),
        ("{% for r in ratse %}{% endfor %}", "unknown_name", 1, "no 'ratse'; did you mean 'rates'?"),
        ("{% for rate in rates %}\n{{ rat.late }}\n{% endfor %}", "unknown_name", 2, "did you mean 'rate'?"),
        ("{{ t.laet }}", "unknown_name", 1, "'t' has no 'laet'; did you mean 'late'?"),
        ("{{ rates[2].late }}", "unknown_name", 1, "'rates' has no '2'"),
        ("{{ nothing.more }}", "unknown_name", 1, "This missing value has no 'more'"),
        ("{{ note.upper }}", "unknown_name", 1, "This text has no 'upper'"),
        ("{% if rates[0].lat %}{% endif %}", "unknown_name", 1, "did you mean 'late'?"),
        ("{% macro m(a, b) %}{% endmacro %}\n{{ m(1) }}{{ 2 }}", "unknown_name", 1, "'b' was not provided"),
        ("{% for x in [1] %}{{ loop.previtem }}{% endfor %}", "unknown_name", 1, "no previous item"),
        ("{% for x in [1] %}{{ loop.indx }}{% endfor %}", "unknown_name", 1, "did you mean 'index'?"),
        ("{% block a %}\n{{ super() }}{% endblock %}", "unknown_name", 1, "no parent block called 'a'"),
        ("a\n{{ number | cuont }}", "unknown_filter", 2, "no filter 'cuont'; did you mean 'count'?"),
        ("{{ rates | map('cuont') }}", "unknown_filter", 1, "did you mean 'count'?"),
        ("{{ rates | selectattr('late', 'non') }}", "unknown_test", 1, "did you mean 'none'?"),
        ("{% if number is od %}{% endif %}", "unknown_test", 1, "did you mean 'odd'?"),
        ("{% include '_rate.md.j2' %}", "template_missing", 1, "did you mean '_rates.md.j2'?"),
        ("{% extends 'default/plan.md.j2' %}", "template_missing", 1, "did you mean"),
        ("\n\n{% if %}", "template_syntax", 3, "Expected an expression"),
        ("{% for x in rates %}", "template_syntax", 1, "Unexpected end of template"),
        ("{{ 'a", "template_syntax", 1, "."),
        ("{% frobnicate %}", "template_syntax", 1, "unknown tag 'frobnicate'"),
        ("\n{{ rates[0].late }}", "unformatted", 2, "A figure cannot be printed as it is"),
        ("{{ rates[0] }}", "unformatted", 1, "A group of values"),
        ("{{ rates }}", "unformatted", 1, "A list"),
        ("{{ nothing }}", "unformatted", 1, "A missing value"),
        ("{{ yes }}", "unformatted", 1, "A yes or no"),
        ("{{ share }}", "unformatted", 1, "A number"),
        ("{{ seller.name }}", "unformatted", 1, "A seller's answer"),
        ("{% macro m() %}{% endmacro %}{{ m }}", "unformatted", 1, "A macro"),
        ("{{ rates[0].low | percent }}", "no_value", 1, "'rate.30.low' has no value here"),
        ("{{ nothing | count }}", "no_value", 1, "There is no value here"),
        ("{{ [] | first }}", "no_value", 1, "The list is empty"),
        ("{{ rates[0].late | percent }}", "wrong_filter", 1, "'rate.30.late' is not printed with percent"),
        ("{{ seller.name | name }}", "wrong_filter", 1, "not printed with name"),
        ("{{ as_of | answer }}", "wrong_filter", 1, "'as_of' is not an answer of the case"),
        ("{{ note | count }}", "bad_value", 1, "count takes a whole number, and this is 'a *b* <c>'"),
        ("{{ yes | count }}", "bad_value", 1, "this is a yes or no"),
        ("{{ '2026-13-31' | day }}", "bad_value", 1, "this is '2026-13-31'"),
        ("{{ '31.10.2026' | day }}", "bad_value", 1, "a day like 2026-10-31"),
        ("{{ 'half' | percent }}", "bad_value", 1, "percent takes a fraction, and this is 'half'"),
        ("{{ share | percent(9) }}", "bad_value", 1, "0 to 6 digits"),
        ("{% for x in note %}{% endfor %}", "bad_value", 1, "a loop takes a list"),
        ("{{ note | length }}", "bad_value", 1, "length takes a list"),
        ("{% if rates[1].late == 0 %}{% endif %}", "not_a_value", 1, "'rate.10.late' is tested or compared"),
        ("{% if rates[1].late %}{% endif %}", "not_a_value", 1, "as a whole"),
        ("{% if rates[1].late < 3 %}{% endif %}", "not_a_value", 1, "as a whole"),
        ("{% if not seller.owner %}{% endif %}", "not_a_value", 1, "'case.seller.owner'"),
        ("`a` b\n`{{ note }}`", "not_allowed", 2, "between backticks"),
        ("{% if note < 3 %}{% endif %}", "template_failed", 1, "TypeError"),
        ("{{ number | count(1, 2) }}", "template_failed", 1, "TypeError"),
    ],
)
def test_a_slip_is_told_by_file_and_line(template: str, code: str, line: int, message: str) -> None:
    """Each slip of a template's author has its code, place, words, and a next step."""
    told = fault(template)
    assert (told.code, told.place) == (code, f"acme/plan-of-action.md.j2:{line}")
    assert message in told.message
    assert told.hint is not None
    assert told.hint.endswith((".", "?"))


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"_rates": "x\n\n{{ fcats }}"}, "acme/_rates.md.j2:3"),
        ({"_rates": "{% include '_in.md.j2' %}", "_in": "\n{{ fcats }}"}, "acme/_in.md.j2:2"),
        ({"_rates": "{% from '_m.md.j2' import m %}\n{{ m() }}", "_m": "{% macro m() %}\n\n{{ fcats }}{% endmacro %}"},
         "acme/_m.md.j2:3"),
        ({"_rates": "{% include '_in.md.j2' %}", "_in": "\n{{ 1 | fcats }}"}, "acme/_in.md.j2:2"),
        ({"_rates": "{% include '_in.md.j2' %}", "_in": "\n\n{% if %}"}, "acme/_in.md.j2:3"),
        ({"_rates": "{% import '_in.md.j2' as i %}", "_in": "\n\n{{ fcats }}"}, "acme/_in.md.j2:3"),
    ],
)  # fmt: skip
def test_a_fault_names_the_file_it_really_is_in(files: dict[str, str], place: str) -> None:
    """Inside includes and macros the place is the inner one, and the pack is the one it comes from."""
    with pytest.raises(PackFault) as caught:
        fill(acme(**files), "weekly", CONTEXT, language="en")
    assert caught.value.place == place


def test_a_fault_of_the_built_in_pack_is_called_so() -> None:
    """A fault in a file that acme did not write is placed in ``default/…``."""
    with pytest.raises(PackFault) as caught:
        fill(acme(), "weekly", {"rates": []}, language="en")
    assert caught.value.place == "default/_rates.md.j2:1"


def test_a_value_may_stand_beside_backticks() -> None:
    """Only a value inside a code span is refused."""
    assert filled("`a` {{ number }} \\` {{ number }} ``b`` {{ number }}\n`c` {{ number }}").count("1") == 4


def test_an_unknown_document_or_language_is_told() -> None:
    """What cannot be filled is named, with the nearest that can."""
    with pytest.raises(PackFault, match="no document 'weekyl'; did you mean 'weekly'"):
        fill(acme(), "weekyl", CONTEXT, language="en")
    with pytest.raises(PackFault, match="no language 'fr'") as caught:
        fill(acme(), "weekly", CONTEXT, language="fr")
    assert caught.value.code == "unknown_language"
    with pytest.raises(PackFault, match="no language 'fr'"):
        missing_phrases(acme(), "fr")


def test_every_template_can_be_checked_without_a_case() -> None:
    """``faults`` tells one fault a file, in order, and fills nothing."""
    pack = acme("{{ x | safe }}", _a="{% if %}", _b="{{ fine.as_far_as_can_be_known | count }}")
    assert [(one.code, one.place) for one in faults(pack)] == [
        ("template_syntax", "acme/_a.md.j2:1"),
        ("unknown_filter", "acme/plan-of-action.md.j2:1"),
    ]
    assert faults(open_pack("default", DEFAULT, default=DEFAULT)) == ()


@pytest.mark.parametrize(
    ("manifest", "code", "line", "message"),
    [
        (MANIFEST + 'extend = "default"', "unknown_key", 5, "'extend'; did you mean 'extends'?"),
        (MANIFEST + "colour = 3", "unknown_key", 5, "no key 'colour'."),
        (MANIFEST.replace("facts = 1", "facts = 2"), "facts_too_new", 3, "needs facts of version 2"),
        (MANIFEST.replace("facts = 1", "facts = true"), "bad_value", 3, "'facts' is not a whole number"),
        (MANIFEST.replace('"1.2"', "1.2"), "bad_value", 2, "'version' is not a text"),
        (MANIFEST.replace('"default"', '"other"'), "bad_value", 4, "'extends' is not"),
        (MANIFEST + 'documents = "x"', "bad_value", 5, "'documents' is not a list"),
        (MANIFEST + "reviewed = 2026-10-31T00:00:00", "bad_value", 5, "'reviewed' is not a day"),
        (MANIFEST + 'documents = ["reply"]', "template_missing", 5, "no reply.md.j2"),
        (MANIFEST + 'languages = ["en", "jp"]', "unknown_language", 5, "'jp'"),
        ('version = "1"\nfacts = 1', "missing_key", None, "'id' is missing"),
        ("id = \n", "bad_toml", 1, "not valid TOML"),
        ("a = " + "[" * 2000, "bad_toml", None, ""),
        ("a = " + "1" * 5000, "too_large", 1, "a line of 5,004 bytes"),
        ("# x\n" * 20_000, "too_large", None, "80,000 bytes"),
    ],
)
def test_a_slip_in_the_manifest_is_told_by_line(
    manifest: str, code: str, line: int | None, message: str
) -> None:
    """pack.toml is read strictly and without being hurt by it."""
    with pytest.raises(PackFault) as caught:
        open_pack("acme", {"pack.toml": manifest}, default=DEFAULT)
    assert (caught.value.code, caught.value.file, caught.value.line) == (code, "acme/pack.toml", line)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("file", "text", "code", "place"),
    [
        ("lang/en.toml", 'a = "x"\nlate = 3', "bad_phrase", "acme/lang/en.toml:2"),
        ("lang/en.toml", '[late]\na = "x"', "bad_phrase", "acme/lang/en.toml:1"),
        ("lang/en.toml", '_late = "x"', "bad_phrase", "acme/lang/en.toml:1"),
        ("lang/en.toml", 'late = "\\ue000"', "forbidden_character", "acme/lang/en.toml:1"),
        ("lang/en.toml", "late = \n", "bad_toml", "acme/lang/en.toml:1"),
        ("lang/fr.toml", "", "unknown_language", "acme/lang/fr.toml"),
        ("weekly.md.j2", "x" * 200_001, "too_large", "acme/weekly.md.j2"),
        ("weekly.md.j2", "\n" + FACT_OPEN + "f" + FACT_SPLIT + "9" + CLOSE, "forbidden_character", "acme/weekly.md.j2:2"),
        ("weekly.md.j2", GAP_OPEN, "forbidden_character", "acme/weekly.md.j2:1"),
    ],
)  # fmt: skip
def test_a_pack_that_cannot_be_opened_says_where(file: str, text: str, code: str, place: str) -> None:
    """Phrases, sizes and forged marks are judged when the pack is opened."""
    with pytest.raises(PackFault) as caught:
        open_pack("acme", {"pack.toml": MANIFEST, file: text}, default=DEFAULT)
    assert (caught.value.code, caught.value.place) == (code, place)


def test_a_folder_without_a_manifest_is_no_pack() -> None:
    """The manifest is asked for, with its first lines."""
    with pytest.raises(PackFault, match=r"acme has no pack\.toml"):
        open_pack("acme", {}, default=DEFAULT)


def test_nobody_else_is_called_default() -> None:
    """A pack of that name could not be told from the built-in one in any message."""
    with pytest.raises(PackFault) as caught:
        open_pack("default", {"pack.toml": MANIFEST}, default=DEFAULT)
    assert caught.value.code == "reserved_name"
