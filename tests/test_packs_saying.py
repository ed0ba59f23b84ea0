"""Phrases with parts: what `say` prints in each language, and every slip of a phrase told with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.document import Cited, Gap, Text, leaves, words
from poa.errors import PackFault
from poa.markdown import clean, parse
from poa.packs import Pack, faults, fill, missing_phrases, open_pack
from poa.packs import given as made_ready
from poa.packs.work import LIMIT
from poa.words import Said, said

MANIFEST = 'id = "{}"\nversion = "1"\nfacts = 1\ndocuments = ["paper"]\nlanguages = ["en", "zh", "de"]\n'
ENGLISH = """
counted.by = "late"
counted.one = "{late} of {orders} *orders* was late."
counted.other = "{late} of {orders} *orders* were late."
so_far = "That is so."
"""
CHINESE = 'counted = "{orders} 个订单中有 {late} 个迟发。"\nso_far = "如此。"\n'
GERMAN = """
counted.by = "orders"
counted.one = "{late} von einer Bestellung"
counted.other = "{late} von {orders} Bestellungen"
"""
CONTEXT: dict[str, Any] = {
    "late": {"fact": "late", "value": 1, "unit": "orders"},
    "orders": {"fact": "orders", "value": 2410, "unit": "orders"},
    "rate": {"fact": "rate", "value": 0.03996, "unit": "fraction"},
    "excess": {"fact": "excess", "value": 55.94, "unit": "about"},
    "day": {"fact": "day", "value": "2026-10-31", "unit": "day"},
    "supplier": {"fact": "supplier", "value": "Alder *Supply*", "unit": "name"},
    "low": {"fact": "low", "value": None, "unit": "fraction"},
    "seller": {"fact": "seller", "value": "Bay Goods", "question": "Who?"},
    "owner": {"fact": "owner", "value": None, "question": "Who answers?"},
    "note": "a *b* {late}",
    "nothing": None,
}


def pack(template: str, english: str = ENGLISH, **languages: str) -> Pack:
    sources = {"pack.toml": MANIFEST.format("default"), "paper.md.j2": template, "lang/en.toml": english}
    sources |= {f"lang/{code}.toml": text for code, text in languages.items()}
    return open_pack("default", sources, default=sources)


def filled(template: str, english: str = ENGLISH, *, language: str = "en", **languages: str) -> str:
    return fill(pack(template, english, **languages), "paper", CONTEXT, language=language)


def read(template: str, english: str = ENGLISH, *, language: str = "en", **languages: str) -> str:
    """The words a reader sees."""
    (block,) = parse(filled(template, english, language=language, **languages), name="paper")
    return words(next(leaves([block])))


def fault(template: str, english: str = ENGLISH, **options: str) -> PackFault:
    with pytest.raises(PackFault) as caught:
        filled(template, english, **options)
    return caught.value


# --- what is printed ---------------------------------------------------------------------------


def test_each_language_says_a_number_in_its_own_way() -> None:
    """One call prints singular and plural, another order of words, another deciding part, no plural at all."""
    for counts, printed in {
        "late=late, orders=orders": (
            "1 of 2,410 orders was late.",
            "2,410 个订单中有 1 个迟发。",
            "1 von 2.410 Bestellungen",
        ),
        "late=orders, orders=late": (
            "2,410 of 1 orders were late.",
            "1 个订单中有 2,410 个迟发。",
            "2.410 von einer Bestellung",
        ),
        "late=0, orders=1000": ("0 of 1,000 orders were late.", "1,000 个订单中有 0 个迟发。", "0 von 1.000 Bestellungen"),
    }.items():  # fmt: skip
        told = tuple(
            read(f"{{{{ t.counted | say({counts}) }}}}", language=code, zh=CHINESE, de=GERMAN)
            for code in ("en", "zh", "de")
        )
        assert told == printed


def test_a_figure_prints_itself_and_stays_the_fact_it_is() -> None:
    """Each unit has its filter; the marks of fact and question stay, and the phrase's Markdown holds."""
    text = filled(
        "{{ t.all | say(late=late, rate=rate, excess=excess, day=day, supplier=supplier, seller=seller, owner=owner) }}",
        'all = "{late}, {rate}, {excess}, {day}, {supplier}, **{seller}**, {owner}"',
    )
    (block,) = parse(text, name="paper")
    (content,) = leaves([block])
    assert words(content) == "1, 4.00%, 55.9, 31 October 2026, Alder *Supply*, Bay Goods, [Who answers?]"
    cited_ = [item for item in content if isinstance(item, Cited)]
    assert [(one.text, one.fact) for one in cited_] == [
        ("1", "late"),
        ("4.00%", "rate"),
        ("55.9", "excess"),
        ("31 October 2026", "day"),
        ("Alder *Supply*", "supplier"),
    ]
    assert content[-1] == Gap("Who answers?")


def test_a_part_that_is_printed_already_stays() -> None:
    """Options of a filter, another phrase and a set block are parts too; ``n`` gives the number they lack."""
    assert read("{{ t.a | say(x=(rate | percent(against=0.04))) }}", 'a = "{x}"') == "3.996%"
    assert read("{{ t.a | say(x=(t.b | say(y=note))) }}", 'a = "<{x}>"\nb = "({y})"') == "<(a *b* {late})>"
    block = "{% set x %}{{ orders | count }} _or so_{% endset %}{{ t.a | say(x=x, n=orders) }}"
    forms = 'a.by = "x"\na.one = "one: {x}"\na.other = "many: {x}"'
    assert read(block, forms) == "many: 2,410 or so"
    assert read(block.replace("n=orders", "n=1"), forms) == "one: 2,410 or so"


def test_a_language_may_do_without_a_part() -> None:
    """What the phrase does not name is not printed; a phrase without any is said all the same."""
    assert read("{{ t.a | say(x=late, y=note) }}", 'a = "only {x}"') == "only 1"
    assert read("{{ t.a | say(x=late) }}", 'a = "*nothing* needed"') == "nothing needed"


def test_a_brace_is_written_twice() -> None:
    """``{{`` and ``}}`` of a phrase are one brace each, with parts beside them and without."""
    assert read("{{ t.a | say(x=1) }} {{ t.b }}", 'a = "{{x}} {{{x}}}"\nb = "}}{{"') == "{x} {1} }{"


def test_sentences_are_set_as_the_language_sets_them() -> None:
    """A blank between sentences in English, none in Chinese; an empty one leaves no trace."""
    template = '{{ [t.so_far, "", t.so_far if 1 == 2 else "", t.so_far] | sentences }}|'
    assert filled(template) == "That is so. That is so.|"
    assert filled(template, language="zh", zh=CHINESE) == "如此。如此。|"


def test_a_phrase_that_a_language_lacks_is_said_in_english() -> None:
    """As with any phrase; and it is named as missing."""
    assert read("{{ t.counted | say(late=1, orders=2) }}", language="zh") == "1 of 2 orders was late."
    assert missing_phrases(pack("x", zh='so_far = "如此。"'), "zh") == ("counted",)


@given(
    value=st.text(st.one_of(st.characters(), st.sampled_from("*_`#<>&|[]{}()\\~!:-+. \n"))),
    nested=st.booleans(),
)
def test_any_part_is_printed_once_and_to_the_letter(value: str, *, nested: bool) -> None:
    """Law: a text as a part is words, whatever it holds: no Markdown, no place for another part."""
    template = "{{ t.a | say(x=(t.a | say(x=value))) }}" if nested else "{{ t.a | say(x=value) }}"
    text = fill(pack(template, 'a = "«{x}»"'), "paper", {"value": value}, language="en")
    around = "««{}»»" if nested else "«{}»"
    assert [words(leaf) for leaf in leaves(parse(text, name="paper"))] == [around.format(clean(value))]


# --- what poa says -----------------------------------------------------------------------------


def test_a_sentence_of_poas_own_is_plain_text_in_the_papers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever depth it has, what was made by ``said`` is said from the catalogue, once for all papers."""
    catalogues = {"de": {"{number} rows": "{number} Zeilen", "China": "China (DE)"}}
    monkeypatch.setattr("poa.words.catalogue", lambda language: catalogues.get(language, {}))
    name = {"fact": "country", "value": said("China"), "unit": "name"}
    context: dict[str, Any] = {"facts": {"told": [said("{number} rows", number=2000)], "country": name}}
    template = "{{ facts.told[0] }}, {{ facts.country | name }}"
    for language, printed in {"en": "2,000 rows, China", "de": "2.000 Zeilen, China (DE)"}.items():
        ready = made_ready(context, language=language)
        assert type(ready["facts"]["told"][0]) is str
        (block,) = parse(fill(pack(template), "paper", ready, language=language), name="paper")
        assert words(next(leaves([block]))) == printed
    assert isinstance(context["facts"]["told"][0], Said)


def test_what_is_ready_in_one_language_is_not_said_in_another() -> None:
    """A paper of mixed languages is the caller's slip, found at once."""
    ready = made_ready({"a": 1}, language="de")
    assert made_ready(ready, {"b": 2}, language="de") == {"a": 1, "b": 2}
    with pytest.raises(TypeError, match="made ready in de, wanted in zh"):
        fill(pack("x"), "paper", ready, language="zh")


# --- slips -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "english", "slip"),
    [
        ("\n{{ t.counted }}", ENGLISH, ("unformatted", "paper.md.j2:2", "A phrase with parts cannot",
         "Write {{ t.counted | say(late=…, orders=…) }}.")),
        ("{{ t.a }}", 'a.by = "n"\na.other = "x"', ("unformatted", "paper.md.j2:1", "A phrase with parts",
         "Write {{ t.a | say(n=…) }}.")),
        ("{{ t.a | ask }}", 'a = "{x}"', ("unformatted", "paper.md.j2:1", "A phrase with parts", "say(x=…)")),
        ("{{ t.counted | say(late=1) }}", ENGLISH, ("unknown_part", "lang/en.toml:2",
         "The phrase 'counted' has no part '{orders}'.", "Its parts are: late.")),
        ("{{ t.a | say }}", 'b = "x"\na = "{x}"', ("unknown_part", "lang/en.toml:2", "no part '{x}'", "no parts here")),
        ("{{ t.counted | say(orders=1) }}", ENGLISH, ("unknown_part", "lang/en.toml:2", "no part '{late}'", "orders")),
        ("{{ t.counted | say(late=note, orders=1) }}", ENGLISH, ("bad_value", "paper.md.j2:1",
         "goes by the number of 'late', and this is a text", "Give late as the figure itself, or its number as n=….")) ,
        ("{{ t.counted | say(late=low, orders=1) }}", ENGLISH, ("bad_value", "paper.md.j2:1", "this is a figure", "n=")),
        ("{{ t.a | say(x=low) }}", 'a = "{x}"', ("no_value", "paper.md.j2:1", "'low' has no value", "is none")),
        ("{{ t.a | say(x=nothing) }}", 'a = "{x}"', ("unformatted", "paper.md.j2:1", "A missing value", "is not none")),
        ("{{ t.a | say(x=0.5) }}", 'a = "{x}"', ("unformatted", "paper.md.j2:1", "A number", "percent")),
        ("{{ t.a | say(x=[1]) }}", 'a = "{x}"', ("unformatted", "paper.md.j2:1", "A list", "join")),
        ("{{ t.a | say(x=t.counted) }}", ENGLISH + 'a = "{x}"', ("unformatted", "paper.md.j2:1", "A phrase", "say")),
        ("{{ 'a {x}' | say(x=1) }}", "", ("bad_value", "paper.md.j2:1", "say takes a phrase, and this is a text", "lang/en.toml")),
        ("{{ t.so_far | sentences }}", ENGLISH, ("bad_value", "paper.md.j2:1", "sentences takes a list", "list")),
    ],
)  # fmt: skip
def test_a_slip_in_saying_is_told_by_file_and_line(
    template: str, english: str, slip: tuple[str, str, str, str]
) -> None:
    """A part forgotten, a phrase printed bare, a value that is no part: each has place and remedy."""
    code, place, message, hint = slip
    told = fault(template, english)
    assert (told.code, told.place) == (code, f"default/{place}")
    assert message in told.message
    assert hint in str(told.hint)


@pytest.mark.parametrize(
    ("english", "message"),
    [
        ('x = 1\n\na = "{"', "not a phrase"),
        ('a = "{"', "a brace that names no part"),
        ('a = "late}"', "a brace that names no part"),
        ('a = "{}"', "a brace that names no part"),
        ('a = "{la te}"', "a brace that names no part"),
        ('a = "{late:d}"', "a brace that names no part"),
        ('a = "{late.x}"', "a brace that names no part"),
        ('a = "{_late}"', "a brace that names no part"),
        ('a = "x\\n`{late}`"', "between backticks"),
        ('a.one = "x"\na.other = "y"', "not a phrase in several forms"),
        ('a.by = "n"\na.one = "x"', "not a phrase in several forms"),
        ('a.by = "n x"\na.other = "x"', "not a phrase in several forms"),
        ('a.by = 1\na.other = "x"', "not a phrase in several forms"),
        ('a.by = "n"\na.ones = "x"\na.other = "y"', "not a phrase"),
        ('a.by = "n"\na.other = 3', "not a phrase"),
        ('a.by = "n"\na.other.b = "x"', "not a phrase"),
        ('a = ["x"]', "not a phrase"),
    ],
)
def test_a_slip_in_a_phrase_is_told_when_the_pack_is_opened(english: str, message: str) -> None:
    """Braces, forms and backticks are judged before any paper is filled."""
    with pytest.raises(PackFault) as caught:
        pack("x", english)
    assert (caught.value.code, caught.value.place) == ("bad_phrase", "default/lang/en.toml:1")
    assert message in caught.value.message
    assert caught.value.hint


def test_every_form_is_held_to_the_marks_of_facts() -> None:
    """No form of a phrase can pass its words off as proven."""
    with pytest.raises(PackFault) as caught:
        pack("x", 'a.by = "n"\na.one = "x"\na.other = "\\ue000"')
    assert caught.value.code == "forbidden_character"


def test_a_part_that_the_english_phrase_lacks_is_told_before_filling() -> None:
    """``faults`` finds a translator's slip of the pack; of its own files only."""
    slip = pack("x", zh='so_far = "x"\ncounted = "{late} {order}"')
    (told,) = faults(slip)
    assert (told.code, told.place) == ("unknown_part", "default/lang/zh.toml:2")
    assert "'counted' has no part '{order}'" in told.message
    assert told.hint == "Its parts are: late, orders."
    assert faults(pack("x", zh=CHINESE, de=GERMAN)) == ()
    over = open_pack("acme", {"pack.toml": 'id = "a"\nversion = "1"\nfacts = 1\n'}, default=slip.sources)
    assert faults(over) == ()


def test_a_pack_overrides_one_phrase_whole() -> None:
    """Another form of the same phrase replaces all forms of the built-in one, and no other phrase."""
    below = pack("{{ t.counted | say(late=1, orders=2) }} {{ t.so_far }}").sources
    sources = {
        "pack.toml": 'id = "a"\nversion = "1"\nfacts = 1\n',
        "lang/en.toml": 'counted = "{late}/{orders}"',
    }
    over = open_pack("acme", sources, default=below)
    assert fill(over, "paper", {}, language="en") == "1/2 That is so."


def test_a_phrase_cannot_print_more_than_a_paper_holds() -> None:
    """What parts cost is counted while they are put in, not once the memory is gone."""
    many = "{x}" * 400
    english = "\n".join(f'{key} = "{many}"' for key in "abcd")
    template = "{{ t.a | say(x=(t.b | say(x=(t.c | say(x=(t.d | say(x=note))))))) }}"
    told = fault(template, english)
    assert told.code == "too_much_work"
    assert f"{LIMIT:,}" in told.message


def test_text_around_parts_is_the_packs_own_markdown() -> None:
    """A phrase's emphasis and its parts come out as one paragraph, the part as literal text."""
    (block,) = parse(filled("{{ t.a | say(x=note) }}", 'a = "see {x} now"'), name="paper")
    assert list(leaves([block])) == [(Text("see a *b* {late} now"),)]
