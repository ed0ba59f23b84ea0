"""The case file: what the seller says is checked, what the seller has not said is asked."""

from datetime import date

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st

from poa.case import QUESTIONS, Case, dated, open_questions, read_case, statements, template_data
from poa.errors import CaseFault

FULL = """
case = 1
letter_date = 2026-11-02
[seller]
name = "Acme Goods"
marketplace = "US"
[notice]
date = 2026-10-30
[[cause]]
code = "SUP_DISPATCH"
shown_by = "supplier: Alder Supply"
gap = "NO_EARLY_WARNING"
statement = "Orders were confirmed once a day."
why = ["The goods left late", "We saw it late", "Nobody was to look"]
escape = "Our only check came the day after"
[[corrective]]
action = "The job now runs every hour"
date = 2026-11-01
evidence = "job-log.csv"
[[preventive]]
control = "Compare open orders with confirmations"
role = "Operations lead"
start = 2026-11-02
frequency = "every day"
measure = "orders confirmed late, none"
"""
PRESENT = ["job-log.csv"]


def asked_of(case):
    return open_questions(case, present=PRESENT)


def read(text):
    return read_case(text if isinstance(text, bytes) else text.encode(), name="case.toml")


def fault_of(text):
    with pytest.raises(CaseFault) as caught:
        read(text)
    assert caught.value.file == "case.toml"
    return caught.value


def test_a_full_case_asks_nothing():
    """Where every field is answered there is no question, and every answer is a statement with an id."""
    case = read(FULL)
    assert asked_of(case) == ()
    said = statements(case)
    assert said["case.seller.name"] == "Acme Goods"
    assert said["case.letter_date"] == "2026-11-02"
    assert said["case.corrective.0.date"] == "2026-11-01"
    assert said["case.preventive.0.role"] == "Operations lead"
    fields = {key for key in QUESTIONS if "." in key or key == "letter_date"}
    fields -= {"corrective.cause", "preventive.cause", "evidence.cited"}  # links, and no statements
    assert {".".join(part for part in fact.split(".")[1:] if not part.isdigit()) for fact in said} == fields


def test_an_empty_case_asks_everything_that_it_can():
    """Without a case each field and each missing list is one question, in the order of the papers."""
    expected = [
        QUESTIONS[key]
        for key in ("letter_date", "seller.name", "notice.date", "cause", "corrective", "preventive")
    ]
    assert list(open_questions(Case())) == expected
    assert open_questions(read("")) == open_questions(Case())
    assert statements(Case()) == {}


OPTIONAL = ("case", "marketplace", "shown_by")
FIELDS = [line for line in FULL.splitlines() if " = " in line and not line.startswith(OPTIONAL)]


@pytest.mark.parametrize("line", FIELDS)
def test_each_missing_field_is_its_own_question(line):
    """Take one field away, leave it blank, or fill it with spaces: exactly its question is asked."""
    key = line.split(" = ")[0]
    if key == "code":  # without its kind, nobody knows whether a gap is needed
        assert len(asked_of(read(FULL.replace(line, "")))) == 1
        return
    questions = {asked_of(read(FULL.replace(line, "")))}
    if '"' in line and "[" not in line:
        questions |= {
            asked_of(read(FULL.replace(line, f"{key} = '{blank}'\n"))) for blank in ("", "  ", "\u200b")
        }
    (asked,) = questions
    assert len(asked) == 1
    assert asked[0] in QUESTIONS.values()


def test_an_entry_without_fields_asks_for_each_of_them():
    """An empty [[corrective]] asks what, when and what shows it, and no longer whether there is one."""
    asked = asked_of(read("[[corrective]]\n[[corrective]]\n"))
    assert QUESTIONS["corrective"] not in asked
    for field in ("action", "date", "evidence"):
        assert asked.count(QUESTIONS[f"corrective.{field}"]) == 1


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("\n[seler]\nname = 'x'", 2, "seler", "did you mean 'seller'?"),
        ("[seller]\nnme = 'x'", 2, "nme", "did you mean 'name'?"),
        ("[[cause]]\nstatement = 'x'\n[[cause]]\nstatment = 'y'", 4, "statment", "did you mean 'statement'?"),
        (
            "[[corrective]]\ndate = 2026-10-01\n[[corrective]]\n\naction = 5",
            5,
            "action",
            "corrective.1.action",
        ),
        (
            "[notice]\ndate = 2026-10-01\n[[corrective]]\ndate = 2026-10-01\n[[corrective]]\ndate = 'soon'",
            6,
            "date",
            "corrective.1.date",
        ),
        ("[notice]\ndate = 5", 2, "date", "must be a day"),
        ("letter_date = 'soon'", 1, "letter_date", "must be a day"),
        ("letter_date = 2026-01-01T10:00:00", 1, "letter_date", "must be a day"),
        ("letter_date = 10:00:00", 1, "letter_date", "must be a day"),
        ("letter_date = [2026-01-01]", 1, "letter_date", "must be a day"),
        ("case = 2", 1, "case", "case"),
        ("case = '1'", 1, "case", "case"),
        ("seller = 'x'", 1, "seller", "seller"),
        ("[seller]\nname = true", 2, "name", "seller.name"),
        ("cause = 'x'", 1, "cause", "cause"),
        ("cause = ['x']", 1, "cause", "cause"),
        ("[cause]\nstatement = 'x'", 1, "cause", "cause"),
        ("[[seller]]\nname = 'x'", 1, "seller", "seller"),
        ("[[cause]]\nstatement = '" + "x" * 2001 + "'", 2, "statement", "2000"),
        ("a.b.c = 1", 1, "a", "means nothing"),
    ],
)
def test_a_wrong_statement_is_named_by_line_and_key(text, line, column, words):
    """What means nothing or is of the wrong kind is told with its own line, even where the key repeats."""
    fault = fault_of(text)
    assert (fault.code, fault.line, fault.column) == ("bad_case", line, column)
    assert words in fault.message


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("letter_date = 2026-02-30", "bad_toml", 1),
        ("\n[seller\n", "bad_toml", 2),
        ("name = x", "bad_toml", 1),
        ("x = 1\nx = 2", "bad_toml", None),
        (b"\n\n\xff = 1", "not_utf8", 3),
        ("\x00", "bad_toml", 1),
        ("a" * 3000, "too_large", 1),
        ("# x\n" * 20_000, "too_large", None),
        ("a = " + "[" * 2000, "bad_toml", None),
    ],
)
def test_what_is_no_small_toml_is_a_sentence(text, code, line):
    """A case file that cannot be read is told with its line, whatever it is."""
    fault = fault_of(text)
    assert fault.code == code
    assert line is None or fault.line == line


@pytest.mark.parametrize("day", ["2026-11-03", "2027-01-01"])
def test_a_corrective_action_cannot_lie_in_the_future(day):
    """An action after the day of the letter is not done yet, so it is refused; on that day it may be."""
    assert dated(read(FULL.replace("date = 2026-11-01", "date = 2026-11-02")), None, name="case.toml")
    later = read(FULL.replace("date = 2026-11-01", f"date = {day}"))
    with pytest.raises(CaseFault) as caught:
        dated(later, None, name="case.toml")
    assert caught.value.code == "action_in_future"
    assert day in caught.value.message


def test_the_first_of_many_actions_may_be_fine():
    """Each corrective action is judged, not the first alone."""
    with pytest.raises(CaseFault, match="2026-12-01"):
        dated(read(FULL + "[[corrective]]\naction = 'x'\ndate = 2026-12-01\n"), None, name="case.toml")


def test_what_is_planned_may_lie_in_the_future():
    """A preventive control may start after the letter."""
    assert dated(read(FULL.replace("start = 2026-11-02", "start = 2027-01-01")), None, name="case.toml")


def test_statements_fit_on_paper():
    """A statement stands on one line without characters that paper cannot hold."""
    case = read('[seller]\nname = " Acme\\n  Goods\\u202e\\u0007 "\n')
    assert statements(case)["case.seller.name"] == "Acme Goods\ufffd\ufffd"


def test_days_are_marked_as_days():
    """Templates get a day as ISO text that is marked as one, other fields as text."""
    data = template_data(read(FULL))
    assert data["letter_date"] == {
        "fact": "case.letter_date",
        "value": "2026-11-02",
        "question": QUESTIONS["letter_date"],
        "kind": "day",
    }
    assert "kind" not in data["seller"]["name"]


@settings(max_examples=often(150))
@given(st.text(max_size=60), st.sampled_from(["", "[seller]\nname = ", "[[cause]]\n", "letter_date = "]))
def test_no_case_file_ends_in_a_traceback(text, start):
    """Any text is a case or one fault of ours."""
    data = (start + text).encode("utf-8", "replace")
    try:
        case = read_case(data, name="case.toml")
    except CaseFault:
        return
    assert isinstance(open_questions(case), tuple)
    assert case.letter_date is None or isinstance(case.letter_date, date)
