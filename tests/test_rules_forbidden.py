"""The rules on what may not stand in a paper: breaches, buyers' data, blanks, wrong ids, annexes that do not agree."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_reviews import draft_of, found_by, sample_ground

from poa.languages import SPOKEN
from poa.paper import numbered, row
from poa.policy.forbidden import confirms_early, retailer_as_supplier
from poa.policy.lookalikes import seen
from poa.review.draft import Draft
from poa.review.kinds import kind_of
from poa.review.lexicon import Lexicon
from poa.review.rules import rules
from poa.review.rules.annexes import numbers_cited

RULES = ("R10", "R30", "R31", "R32", "R33", "R34", "R35", "R37", "R38", "R39", "R40")
LEXICAL = ("R30", "R31", "R32", "R34", "R35", "R37")
CAUSE = {"en": "Root cause", "zh": "根本原因", "ja": "根本原因", "de": "Ursache"}
FIXTURES = Path(__file__).parent / "letter_rules"
STATEMENT = "annex/supplier-statement-Alder-Supply-8ead5529"


def texts(part):
    for file in sorted(FIXTURES.glob("R*.toml")):
        if file.stem in RULES:
            for language, lists in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for number, text in enumerate(lists[part]):
                    yield pytest.param(file.stem, language, text, id=f"{file.stem}-{language}-{number}")


def paper(text, language="en", **more):
    headed = any(line.startswith("#") for line in text.splitlines())
    return draft_of(text if headed else f"## {CAUSE[language]}\n\n{text}", language=language, **more)


def left(found):
    """What a rule says of this text alone: R30 speaks of nearness to other letters too."""
    return [one for one in found if one.severity != "warning"]


@pytest.mark.parametrize(("rule", "language", "text"), [*texts("breaks")])
def test_what_breaks_a_rule_is_found(rule, language, text):
    """Each rule finds what must not be sent."""
    assert found_by(rule, paper(text, language))


@pytest.mark.parametrize(("rule", "language", "text"), [*texts("holds")])
def test_what_is_only_near_passes(rule, language, text):
    """A ban, a control, a name of another firm and a number of another kind break nothing."""
    assert found_by(rule, paper(text, language)) == []


def test_every_list_has_five_texts_of_each_kind_in_each_language():
    """A list without texts to try it on would only look like one."""
    for rule in LEXICAL:
        told = tomllib.loads((FIXTURES / f"{rule}.toml").read_text(encoding="utf-8"))
        assert set(told) == set(SPOKEN)
        assert all(len(lists[part]) >= 5 for lists in told.values() for part in ("breaks", "holds"))


@pytest.mark.parametrize("language", SPOKEN)
def test_our_own_papers_break_nothing(language):
    """What poa prints from the sample has no error and no warning of these rules, in any language."""
    ground = sample_ground(language)
    for base in ground.bases.values():
        kind, _ = kind_of(base.paper, ground)
        draft = Draft(
            paper=base.paper,
            kind=kind,
            language=language,
            lexicon=Lexicon(language),
            ground=ground,
            today=ground.letter_date,
        )
        for one in rules():
            if one.id in RULES and kind in one.papers:
                found = [told for told in one.check(draft) if (told.severity or one.severity) != "info"]
                assert found == [], (one.id, base.paper.name)


# --- R35 and R37: breaches


@pytest.mark.parametrize(
    "text",
    [
        "We \u0441onfirm orders b\u0435fore the \u0441arrier has them.",  # Cyrillic
        "We c\u03bfnfirm orders before the carrier has them.",  # Greek
        "We con\u200bfirm or\u00adders before the carrier has them.",  # nothing that is seen
        "\uff37\uff45 confirm orders before the carrier has them.",  # wide
        "我们提\u200d前确认发货",
    ],
)
def test_a_breach_is_read_as_it_is_seen(text):
    """Letters of other scripts that look Latin, and signs that nobody sees, hide nothing."""
    assert confirms_early(text)
    assert found_by("R35", paper(text))


def test_a_retailers_name_is_read_as_it_is_seen():
    """Walmart with a Cyrillic letter is Walmart."""
    assert retailer_as_supplier("Our supplier W\u0430lm\u0430rt ships the orders") == "Walmart"


def test_what_is_seen_keeps_other_scripts():
    """Chinese, Japanese and German stay as they are; only what looks Latin is folded."""
    for text in ("我们确认发货", "出荷通知を送信します", "Bestätigung für Käufer", "plain words"):
        assert seen(text) == text


def test_a_breach_is_found_whatever_the_papers_language():
    """A Chinese sentence in an English letter is read all the same."""
    assert found_by("R35", paper("我们在揽收前确认发货。"))
    assert found_by("R37", paper("我们从淘宝采购商品。"))


def with_supplier(name):
    facts = {**sample_ground().facts}
    facts["late_by_supplier"] = {"suppliers": [{"name": name}]}
    return replace(sample_ground(), facts=facts, names=frozenset({name}))


def test_a_retailer_of_the_files_is_found_where_it_is_printed():
    """The name of a row is enough, once a paper; a paper that does not print it holds."""
    draft = paper(
        "Of 128 orders from Walmart US, 33 were late. Walmart US again.", ground=with_supplier("Walmart US")
    )
    assert len(found_by("R37", draft)) == 1
    assert found_by("R37", paper("Of 128 orders, 33 were late.", ground=with_supplier("Walmart US"))) == []


def test_a_retailer_that_is_a_word_counts_as_a_cell_only():
    """Target is the head of a column and a word of the letter; as the name of a row it is a store."""
    table = "| Key | Supplier | Target |\n|:--|:--|:--|\n| S1 | {name} | missed |"
    ground = with_supplier("Target")
    assert found_by("R37", paper(table.format(name="Alder"), ground=ground)) == []
    assert found_by("R37", paper("Target: under 4 %", ground=ground)) == []
    assert len(found_by("R37", paper(table.format(name="Target"), ground=ground))) == 1


# --- R32: buyers' data


def test_a_suppliers_paper_has_the_suppliers_address():
    """Its own address, telephone and mail belong into a supplier's statement; a buyer's name never does."""
    text = "Alder Supply, 12 Mill Road, Dayton, OH 45402, +1 937 555 0100, sales@alder.example"
    assert found_by("R32", paper(text))
    assert found_by("R32", paper(text, kind="statement")) == []
    assert found_by("R32", paper("Mr Smith bought the bowl.", kind="statement"))


def test_a_message_never_repeats_the_data():
    """What is found is a buyer's; the message says what kind it is, and no more."""
    (found,) = found_by("R32", paper("We wrote to jane.doe@example.com."))
    assert "jane" not in found.message + found.remedy


def test_a_column_of_buyers_data_is_found_by_its_head():
    """A pasted report brings the column along."""
    assert found_by("R32", paper("| order-id | buyer-name |\n|:--|:--|\n| 111 | x |"))
    assert found_by("R32", paper("| Order | Supplier |\n|:--|:--|\n| 111 | x |")) == []


def test_amazons_own_address_is_nobodys_data():
    """The mailbox of a notice is Amazon's; the relay to a buyer is the buyer's."""
    assert found_by("R32", paper("This answers to seller-performance@amazon.com.")) == []
    assert found_by("R32", paper("We wrote to a1b2@marketplace.amazon.com."))


# --- R30: what is left of a template


def test_a_drafts_question_is_known_and_a_finals_is_left():
    """The same brackets are shown on the cover of a draft, and are an error in a final paper."""
    text = "**[When was this done?]**"
    assert left(found_by("R30", paper(text, draft=True))) == []
    assert left(found_by("R30", paper(text)))


def test_blanks_are_meant_in_a_suppliers_paper_only():
    """The form for a supplier has lines to fill in; the letter has none."""
    text = "Name, title and seal: \\_\\_\\_\\_\\_\\_\\_\\_"
    assert found_by("R30", paper(text, kind="statement")) == []
    assert left(found_by("R30", paper(text)))


def test_a_sku_may_be_called_as_it_is():
    """A name of the rows is no mark of a template."""
    ground = replace(sample_ground(), names=frozenset({"XXX-12", "{{A}}"}))
    assert left(found_by("R30", paper("We set XXX-12 and {{A}} to zero.", ground=ground))) == []
    assert left(found_by("R30", paper("We set XXX-12 and {{A}} to zero.")))


# --- R33: order ids


def test_membership_is_judged_where_the_late_orders_are_known():
    """Without late orders, and where ids have another form, nothing is said."""
    text = "Orders 111-0000000-0000000 and 11-22-33 were late."
    assert len(found_by("R33", paper(text))) == 1
    assert found_by("R33", paper(text, ground=replace(sample_ground(), late_orders=frozenset()))) == []
    mapped = replace(sample_ground(), late_orders=frozenset({"A-1", "A-2"}))
    assert found_by("R33", paper(text, ground=mapped)) == []


def test_an_id_is_found_in_a_table_and_pointed_at():
    """The finding stands at the id itself."""
    (found,) = found_by("R33", paper("| Order | Day |\n|:--|:--|\n| 111-1839303-3150321 | 1 |"))
    assert found.at.text == "111-1839303-3150321"


# --- R10, R39, R40: annexes


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Annexes 2, 3 and 5", [2, 3, 5]),
        ("Annex 2 to 4", [2, 3, 4]),
        ("Annex 2, 3 November 2026", [2]),
        ("Annex 1 lists all 44 late orders", [1]),
        ("Exhibit B", [2]),
        ("in annex a list", []),
        ("附件2、3", [2, 3]),
        ("附件二至四", [2, 3, 4]),
        ("一并提交附件", []),
        ("附件一并提交", []),
        ("別紙2・3", [2, 3]),
        ("添付資料１", [1]),
        ("Anlagen 2 und 3", [2, 3]),
        ("Anhang 4", [4]),
    ],
)
def test_the_numbers_of_annexes_are_read(text, numbers):
    """In each language, in lists, ranges and numerals; a day behind one is none."""
    assert numbers_cited(text) == numbers


def test_an_annex_that_the_analysis_cites_is_cited():
    """The analysis is sent with the letter; its list of annexes is no citation."""
    ground = sample_ground()
    letter = "Annex 1 lists them. See Annex 2.\n\n- Annex 1: a\n- Annex 2: b\n- Annex 3: c"
    assert [one.at for one in found_by("R10", paper(letter))] == [5 - 1]
    base = ground.bases["root-cause-analysis"]
    lines = (*base.paper.lines, row(["Stock", "Annex 3"]))
    cited = replace(base, paper=replace(base.paper, lines=numbered(lines)))
    other = replace(ground, bases={**ground.bases, "root-cause-analysis": cited})
    assert found_by("R10", paper(letter, ground=other)) == []


def test_without_annexes_known_nothing_is_said():
    """A summary's facts hold no annexes."""
    ground = replace(sample_ground(), enclosed=())
    for rule in ("R10", "R39", "R40"):
        assert found_by(rule, paper("See Annex 7.", ground=ground)) == []


def annexed(day, file="stock.pdf"):
    one = {"number": 1, "file": file, "title": "Stock", "listed": False, "cited_by": [1], "date": day}
    return replace(sample_ground(), enclosed=(one,))


@pytest.mark.parametrize(
    ("day", "severities"),
    [
        (None, []),
        ("2026-11-04", []),
        ("2025-11-04", []),
        ("2025-11-03", [None]),
        ("2026-11-05", ["error"]),
        ("2024-01-01", [None]),
    ],
)
def test_a_proof_is_of_the_last_365_days_and_not_after_the_letter(day, severities):
    """365 days before the letter is in time, 366 are not; a later day cannot be."""
    draft = paper("See Annex 1.", ground=annexed(day), today=date(2026, 11, 4))
    assert [one.severity for one in found_by("R39", draft)] == severities


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("a.pdf", 0),
        ("a.PNG", 0),
        ("a.jpeg", 0),
        ("a.gif", 0),
        ("a.xlsx", 1),
        ("a.csv", 1),
        ("a", 1),
        ("a.docx", 1),
    ],
)
def test_a_file_of_another_kind_is_noted(file, found):
    """The forms name four kinds; what they do with others is not sure, so it is a note."""
    assert len(found_by("R40", paper("See Annex 1.", ground=annexed(None, file)))) == found
    assert next(one for one in rules() if one.id == "R40").severity == "info"


# --- R34: a store that reads another language


def test_a_translated_letter_is_noted_where_nobody_asked_for_it():
    """A German paper of an English run for a US store is a note, and no warning."""
    text = "Niemand prüfte vor der Versandfrist, welche Bestellungen des Tages noch offen waren."
    (found,) = found_by("R34", paper(text))
    assert found.severity == "info"
    assert found_by("R34", paper(text, "de")) == []
    shop = replace(sample_ground(), facts={**sample_ground().facts, "marketplace": "DE"})
    assert found_by("R34", paper(text, ground=shop)) == []


def test_a_question_of_a_draft_is_in_the_language_of_whoever_answers():
    """Two sentences that ask in Chinese, in one pair of brackets, make no section of an English letter Chinese."""
    told = "Nobody checked before the ship-by time which of the orders were still open."
    asked = (
        "Why it was not noticed: **[为什么会发生，其背后的原因又是什么？请继续追问，直到由您控制的环节。]**"
    )
    assert found_by("R34", paper(f"{told}\n\n{asked}")) == []
    bare = asked.replace("**[", "").replace("]**", "")
    assert found_by("R34", paper(f"{told}\n\n{bare}"))


# --- R38: the supplier's statement

FILLED = """
# Statement on delayed dispatch

| Field | Entry |
|:--|:--|
| Supplier (registered name, address, contact) | Alder Supply, 12 Mill Road, Dayton |
| Business licence number | 33-1234 |
| To (legal entity of the seller) | Harbor & Pine Goods |
| Date and reference number of this statement | {day}, A-77 |

## Orders

| Order | SKU | Order received by us on | To be dispatched by | Dispatched on | Days late |
|:--|:--|:--|:--|:--|:--|
| 112-5169298-8164348 | BOWL-6 | 2026-09-30 | 2026-10-02 | 2026-10-04 | 2 |

## Cause

The kiln stood still from 14 to 20 October 2026.

## Remedy

A second kiln runs since 21 October 2026; the lead time is three days.

Documents enclosed: production record.

Name, title, signature and company seal: {sign}
"""


def statement(day="2 November 2026", sign="J. Alder, manager", **more):
    return draft_of(FILLED.format(day=day, sign=sign), kind="statement", **more)


def test_a_statement_with_all_fields_holds():
    """Filled in, signed and dated, it may be enclosed."""
    assert found_by("R38", statement()) == []


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (statement(sign="\\_\\_\\_\\_\\_\\_"), "still blank"),
        (statement(day="5 November 2026"), "after the letter"),
        (statement(day="1 August 2026"), "before its orders"),
        (statement(day="soon"), "no date"),
        (draft_of("# Statement\n\nWe were late because the kiln stood still.", kind="statement"), "lacks"),
    ],
    ids=["blank", "after", "before", "undated", "fields"],
)
def test_a_statement_that_lacks_something_is_a_warning(draft, message):
    """A blank, a wrong day, a missing field: each is named."""
    found = found_by("R38", draft)
    assert found
    assert all(one.severity is None for one in found)
    assert any(message in one.message for one in found)


def test_the_form_as_printed_is_one_note():
    """What goes out to the supplier is not yet a statement; half filled in, it is one with blanks."""
    ground = sample_ground()
    form = ground.bases[STATEMENT].paper
    draft = replace(statement(), paper=form)
    assert [one.severity for one in found_by("R38", draft)] == ["info"]
    lines = tuple(
        replace(line, text=line.text.replace("____________", "x"), cells=("Business licence number", "x"))
        if line.text.startswith("Business licence")
        else line
        for line in form.lines
    )
    half = found_by("R38", replace(draft, paper=replace(form, lines=lines)))
    assert half
    assert {one.severity for one in half} == {None}


# --- All of them


@pytest.mark.every_third
@pytest.mark.parametrize(
    "sign", ["buyer ", "confirm ", "Annex 1, ", "1-", "[", "确认发货", "if the parcel not "]
)
def test_a_line_without_end_is_read_in_time(sign):
    """No pattern goes over a long line more than a few times: 20,000 signs are read within seconds."""
    draft = paper(sign.strip("[") or "x")
    line = replace(draft.paper.lines[-1], text=sign * (20_000 // len(sign)))
    long = replace(draft, paper=replace(draft.paper, lines=(*draft.paper.lines[:-1], line)))
    for one in rules():
        if one.id in RULES and "plan" in one.papers:
            assert len(list(one.check(long))) < 20_000
