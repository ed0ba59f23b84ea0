"""A pack's review.toml: it may tighten a rule, add phrases and switch a warning off, and never loosen an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.errors import PackFault
from poa.languages import SPOKEN
from poa.review.finding import SEVERITIES
from poa.review.lexicon import Lexicon
from poa.review.limits import LIMITS
from poa.review.rule import LETTER, Rule
from poa.review.rules import rules
from poa.review.sentences import plain
from poa.review.settings import LENGTH, PHRASES, PLAIN, read_settings


def rule(number, severity, *, lexical=False):
    return Rule(
        id=number,
        severity=severity,
        papers=LETTER,
        title="A good letter.",
        why="It is refused.",
        source="A1",
        lexical=lexical,
        check=lambda _: iter(()),
    )


KNOWN = (
    rule("R02", "info"),
    rule("R17", "error", lexical=True),
    rule("R21", "warning", lexical=True),
    rule("R26", "warning"),
    rule("R28", "warning"),
    rule("R30", "error"),
    rule("R43", "info"),
)
BY_ID = {one.id: one for one in KNOWN}


def settings_of(text):
    return read_settings(text, name="acme/review.toml", fault=PackFault, known=KNOWN)


def fault_of(text):
    with pytest.raises(PackFault) as caught:
        settings_of(text)
    assert caught.value.file == "acme/review.toml"
    assert caught.value.hint
    return caught.value


# --- what it may do ----------------------------------------------------------------------------


def test_an_empty_file_changes_nothing():
    assert settings_of("") == PLAIN
    assert settings_of("# nothing yet\n[R21]\n") == PLAIN


def test_a_warning_may_become_an_error():
    found = settings_of('[R21]\nseverity = "error"\n')
    assert found.severity(BY_ID["R21"]) == "error"
    assert found.severity(BY_ID["R17"]) == "error"
    assert found.severity(BY_ID["R02"]) == "info"


@pytest.mark.parametrize("number", ["R02", "R21", "R26"])
def test_a_warning_or_note_may_be_switched_off(number):
    assert settings_of(f"[{number}]\noff = true\n").severity(BY_ID[number]) is None


def test_what_is_not_off_is_as_it_was():
    assert settings_of("[R21]\noff = false\n").severity(BY_ID["R21"]) == "warning"
    for text in ('off = false\nseverity = "error"', 'severity = "error"\noff = false'):
        assert settings_of(f"[R21]\n{text}\n").severity(BY_ID["R21"]) == "error"


def test_a_limit_may_be_tightened():
    found = settings_of("[R28]\nlimit = 400\n[R30]\nlimit = 40\n")
    assert dict(found.limits) == {"R28": 400, "R30": 40}


def test_phrases_are_found_in_the_language_that_they_are_given_for():
    found = settings_of('[R17.en]\nsaid = ["Pretty Please"]\n[R17.de]\nsaid = ["große Not"]\n')
    assert "pretty please" in plain(
        Lexicon("en", found.phrases("en")).found("R17", plain("We ask, PRETTY  please."))[0]
    )
    assert (
        Lexicon("de", found.phrases("de")).found("R17", plain("Wir sind in GROSSER, nein, großer Not"))
        is None
    )
    assert Lexicon("de", found.phrases("de")).found("R17", plain("Es herrscht große Not.")) is not None
    assert found.phrases("zh") == {}


def test_a_phrase_is_no_pattern():
    found = settings_of('[R21.en]\nsaid = ["blue.* (moon"]\n')
    lexicon = Lexicon("en", found.phrases("en"))
    assert lexicon.found("R21", "a blue and red moon") is None
    assert lexicon.found("R21", "it is blue.* (moon so") is not None


# --- what it may not ---------------------------------------------------------------------------


def test_an_error_is_not_loosened():
    for text in ('severity = "warning"', 'severity = "info"', "off = true"):
        found = fault_of(f"# ours\n[R17]\n{text}\n")
        assert (found.code, found.line) == ("loosened", 3)
        assert "R17 is an error" in found.message


def test_a_warning_is_not_made_a_note():
    found = fault_of('[R21]\nseverity = "info"\n')
    assert (found.code, found.line) == ("loosened", 2)
    assert "off = true" in found.hint


@pytest.mark.parametrize(
    ("number", "value"), [("R28", 501), ("R28", 0), ("R26", 6), ("R30", 61), ("R30", -4), ("R43", 1)]
)
def test_a_limit_is_not_loosened(number, value):
    found = fault_of(f"[R21]\noff = true\n[{number}]\n\nlimit = {value}\n")
    assert (found.code, found.line) == ("loosened", 5)
    assert str(LIMITS[number].default) in found.message


# --- slips -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("[R99]\noff = true\n", "unknown_rule", 1, "no rule 'R99'"),
        ("[r21]\noff = true\n", "unknown_rule", 1, "did you mean 'R21'?"),
        ("\nR21 = 4\n", "bad_value", 2, "heading of a rule"),
        ('[R21]\nseverty = "error"\n', "unknown_key", 2, "did you mean 'severity'?"),
        ('[R21]\nseverity = "eror"\n', "bad_value", 2, "did you mean 'error'?"),
        ("[R21]\nseverity = 3\n", "bad_value", 2, "not one of error, warning, info"),
        ('[R21]\noff = "yes"\n', "bad_value", 2, "not true or false"),
        ('[R21]\noff = true\nseverity = "error"\n', "bad_value", 2, "both off and given a severity"),
        ("[R21]\nlimit = 4\n", "unknown_key", 2, "R21 has no limit"),
        ('[R28]\nlimit = "400"\n', "bad_value", 2, "not a whole number"),
        ("[R28]\nlimit = true\n", "bad_value", 2, "not a whole number"),
        ("[R28]\nlimit = 99.5\n", "bad_value", 2, "not a whole number"),
        ('[R21]\nsaid = ["x y"]\n', "unknown_key", 2, "phrases by language"),
        ('[R21]\nen = ["x y"]\n', "bad_value", 2, "not a heading"),
        ('[R21.fr]\nsaid = ["mon dieu"]\n', "unknown_key", None, "no key or language 'fr'"),
        ('[R21.en]\nunless = ["x y"]\n', "unknown_key", 2, "no key 'unless'"),
        ('[R21.en]\nsayd = ["x y"]\n', "unknown_key", 2, "did you mean 'said'?"),
        ('[R21.en]\nsaid = "x y"\n', "bad_value", 2, "not a list of texts"),
        ("[R21.en]\nsaid = [4]\n", "bad_value", 2, "not a list of texts"),
        ('[R21.en]\nsaid = [" . "]\n', "bad_value", 2, "no phrase"),
        ('[R21.zh]\nsaid = ["我"]\n', "bad_value", 2, "no phrase"),
        ('[R26.en]\nsaid = ["x y"]\n', "no_words", 1, "does not look for words"),
        (f'[R21.en]\nsaid = ["{"x" * (LENGTH + 1)}"]\n', "too_long", 2, "at most 200"),
        ("[R21\n", "bad_toml", 1, "not valid TOML"),
        ("[R21]\n[R21]\n", "bad_toml", 2, "not valid TOML"),
    ],
)
def test_a_slip_is_named_with_its_line(text, code, line, words):
    found = fault_of(text)
    assert (found.code, found.line) == (code, line or found.line)
    assert words in found.message


def test_there_are_at_most_so_many_phrases():
    lines = ",\n".join(f'"phrase {number}"' for number in range(PHRASES + 1))
    assert fault_of(f"[R21.en]\nsaid = [\n{lines}\n]\n").code == "too_many"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[R02]\noff = true\n\n[R17]\n# a note\n"off" = true\n', 6),
        ("R02.off = true\nR17.off = true\n", 2),
        ('R02 = {off = true}\nR17 = {severity = "info"}\n', 2),
        ('[R02]\nseverity = "info"\n[R17]\nseverity = "info"\n', 4),
    ],
)
def test_the_line_is_that_of_the_rule_however_it_is_written(text, line):
    assert fault_of(text).line == line


# --- laws --------------------------------------------------------------------------------------


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    try:
        settings_of(text)
    except PackFault as found:
        assert found.file == "acme/review.toml"


@given(
    st.sampled_from(sorted(BY_ID)),
    st.sampled_from(["severity", "off", "limit", "en", "said", "x"]),
    st.one_of(st.integers(), st.booleans(), st.sampled_from(['"error"', '"info"', '["a phrase"]', "{}"])),
)
def test_no_rule_is_ever_milder_than_it_was(number, key, value):
    written = str(value).lower() if isinstance(value, bool) else value
    try:
        found = settings_of(f"[{number}]\n{key} = {written}\n")
    except PackFault:
        return
    now, was = found.severity(BY_ID[number]), BY_ID[number].severity
    assert (now is None and was != "error") or SEVERITIES.index(now) <= SEVERITIES.index(was)
    if number in LIMITS:
        assert LIMITS[number].allows(found.limits.get(number, LIMITS[number].default))


def test_every_limit_is_that_of_a_rule_and_allows_itself():
    assert all(one.allows(one.default) for one in LIMITS.values())
    assert set(LIMITS) <= {f"R{number:02}" for number in range(1, 49)}


def test_our_own_rules_are_known_without_being_handed_in():
    for one in rules():
        text = f'[{one.id}]\nseverity = "error"\n' + (
            "".join(f'[{one.id}.{code}]\nsaid = ["a phrase"]\n' for code in SPOKEN) if one.lexical else ""
        )
        assert read_settings(text, name="review.toml", fault=PackFault).severity(one) == "error"
