"""The journal only grows; a second submission says what changed, what still waits, and what contradicts."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.case import read_case
from poa.case.editing import statement_texts
from poa.case.journal import (
    Confirmed,
    Reply,
    Sent,
    entry_line,
    last_reply,
    read_journal,
    submissions,
    unconfirmed,
)
from poa.case.resubmission import Earlier, changes, contradictions, unanswered
from poa.errors import CaseFault, OutputFault
from poa.files import append_line, remove_files, replace_file

DAY = date(2026, 11, 4)

words = st.text(max_size=20)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
maps = st.dictionaries(words, words, max_size=3)
entries = st.one_of(
    st.builds(Confirmed, day=days, by=words, statements=maps),
    st.builds(Sent, day=days, by=words, number=st.integers(1, 9), files=maps, kept=words),
    st.builds(
        Reply,
        day=days,
        file=words,
        sha256=words,
        deadline=st.none() | days,
        lines=st.lists(st.tuples(words, words)),
    ),
)


@given(st.lists(entries, max_size=4))
def test_a_journal_reads_back_as_it_was_written(told):
    """Each entry is one line, and reads back as itself, in order."""
    data = b"".join(entry_line(one) for one in told)
    assert data.count(b"\n") == len(told)
    assert read_journal(data) == tuple(told)
    assert read_journal(data.replace(b"\n", b"\r\n\r\n")) == tuple(told)


@pytest.mark.parametrize(
    "line", [b"not json", b'{"event": "lost"}', b'{"event": "sent"}', b"\xff", b"[" * 5000, b"5"]
)
def test_a_line_that_cannot_be_read_is_named(line):
    """The fault says which line, and that nothing else is lost."""
    good = entry_line(Confirmed(day=DAY, statements={}))
    with pytest.raises(CaseFault) as caught:
        read_journal(good + b"\n" + line + b"\n" + good)
    assert (caught.value.code, caught.value.file, caught.value.line) == ("bad_journal", "journal.jsonl", 3)


def test_what_a_later_version_adds_is_no_fault():
    """A line with a key more is read."""
    told = json.loads(entry_line(Confirmed(day=DAY, by="x", statements={}))) | {"later": 1}
    assert read_journal(json.dumps(told).encode()) == (Confirmed(day=DAY, by="x", statements={}),)


def test_lines_are_only_ever_added(tmp_path):
    """What stands there stays byte for byte, also where its last line has no end."""
    path = tmp_path / "journal.jsonl"
    for number, (before, after) in enumerate([(b"", b"x\n"), (b"a\n", b"a\nx\n"), (b"a", b"a\nx\n")]):
        path.write_bytes(before)
        append_line(path, b"x\n" if number % 2 else b"x")
        assert path.read_bytes() == after


def test_two_people_lose_no_line(tmp_path):
    """Lines that are added at the same time are all there, each whole."""
    path = tmp_path / "journal.jsonl"
    lines = [json.dumps({"number": number, "words": "x" * 500}).encode() for number in range(60)]
    with ThreadPoolExecutor(8) as several:
        list(several.map(lambda one: append_line(path, one), lines))
    # Who sees the line of another half written begins a new one: an empty line is no entry.
    assert sorted(filter(None, path.read_bytes().splitlines())) == sorted(lines)


def test_a_journal_that_cannot_be_written_is_a_sentence(tmp_path):
    """A folder in its place is told, with what to do."""
    with pytest.raises(OutputFault) as caught:
        append_line(tmp_path, b"x")
    assert caught.value.code == "unwritable"
    assert caught.value.hint


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path):
    """Either the old file stands or the new one, with the rights of the old."""
    path = tmp_path / "case.toml"
    replace_file(path, b"one")
    path.chmod(0o600)
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputFault):
        replace_file(tmp_path / "folder", b"x")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["case.toml", "folder"]


def test_deleting_never_leaves_the_folder(tmp_path):
    """Empty folders go up to the one that was named, and not the one that holds it."""
    home = tmp_path / "appeals"
    deep = home / "case" / "evidence" / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "x.png").write_bytes(b"x")
    (home / "case" / "mine.txt").write_bytes(b"x")
    remove_files([deep / "x.png"], inside=home / "case")
    assert [one.name for one in (home / "case").iterdir()] == ["mine.txt"]
    remove_files([home / "case" / "mine.txt"], inside=home / "case")
    assert home.is_dir()
    assert not (home / "case").exists()


# --- Who confirmed what


def test_what_was_confirmed_is_confirmed_only_word_for_word():
    """A statement that changed since is open again; one that stayed is not."""
    journal = (Confirmed(day=DAY, by="x", statements={"cause.0.statement": "a", "cause.0.escape": "b"}),)
    now = {"cause.0.statement": "a", "cause.0.escape": "c", "corrective.0.action": "d"}
    assert unconfirmed(now, journal) == ("cause.0.escape", "corrective.0.action")
    assert unconfirmed(now, ()) == tuple(now)


def test_only_an_answer_to_the_last_submission_counts():
    """A reply to the first is history once a second was sent."""
    first, second = (Sent(day=DAY, number=number, files={}, kept=f"sent/{number}") for number in (1, 2))
    reply, later = (Reply(day=DAY, file=name, sha256="x") for name in "ab")
    assert last_reply(()) is None
    assert last_reply((first,)) is None
    assert last_reply((first, reply)) == reply
    assert last_reply((first, reply, later)) == later
    assert last_reply((first, reply, second)) is None
    assert last_reply((first, reply, second, later)) == later
    assert submissions((first, reply, second)) == (first, second)


# --- A second submission

SENT = """
[[cause]]
code = "SUP_DISPATCH"
gap = "NO_EARLY_WARNING"
statement = "We had no check."
[[corrective]]
action = "We checked each order"
date = 2026-11-01
evidence = "a.csv"
[[corrective]]
action = "We called the supplier"
date = 2026-11-02
[[preventive]]
control = "List the orders due"
start = 2026-11-03
"""
ASKS = [
    ("root_cause", "Greater detail on the root cause"),
    ("corrective", "Greater detail on the actions taken"),
    ("preventive", "Greater detail on prevention"),
    ("evidence", "Evidence that you have complied"),
    ("other", "Anything else"),
]


def case_of(text):
    return read_case(text.encode(), name="case.toml")


def earlier(lines=ASKS):
    sent = Sent(day=DAY, number=1, files={}, kept="sent/1")
    return Earlier(sent=sent, case=case_of(SENT), reply=Reply(day=DAY, file="r", sha256="x", lines=lines))


@pytest.mark.parametrize(
    ("old", "new", "answered"),
    [
        ("We had no check.", "We had no check of the day.", "root_cause"),
        ('gap = "NO_EARLY_WARNING"', 'gap = "NO_DUE_ORDER"', "root_cause"),
        ("We called the supplier", "We called the supplier at noon", "corrective"),
        ("2026-11-02", "2026-11-03", "corrective"),
        ("start = 2026-11-03", "start = 2026-11-03\nrole = 'Lead'", "preventive"),
    ],
)
def test_a_line_is_answered_when_its_part_of_the_case_changes(old, new, answered):
    """Exactly the line whose part says more than what was sent is no longer waiting."""
    now = case_of(SENT.replace(old, new))
    assert [one.ask for one in unanswered(earlier(), now)] == [
        ask for ask, _ in ASKS if ask not in {answered, "other"}
    ]


def test_new_evidence_answers_the_line_that_asks_for_it():
    """A file more answers both the evidence and the actions that it belongs to."""
    now = case_of(SENT.replace("date = 2026-11-02", "date = 2026-11-02\nevidence = 'b.csv'"))
    assert [one.ask for one in unanswered(earlier(), now)] == ["root_cause", "preventive"]
    assert "New evidence: b.csv" in changes(earlier(), now)


def test_the_same_case_answers_nothing():
    """The same letter again leaves every line waiting; without an answer of Amazon's nothing waits."""
    same = case_of(SENT)
    assert [one.line for one in unanswered(earlier(), same)] == [line for ask, line in ASKS if ask != "other"]
    assert [*changes(earlier(), same), *contradictions(earlier(), same)] == []
    assert unanswered(None, same) == ()
    assert unanswered(Earlier(sent=earlier().sent, case=same), case_of("")) == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("SUP_DISPATCH", "LATE_CONFIRM", "named the cause Goods left the supplier late"),
        ("date = 2026-11-01", "date = 2026-10-31", "gave 2026-11-01"),
        ("start = 2026-11-03", "start = 2026-11-04", "gave 2026-11-03"),
        ("We called the supplier", "We wrote to the supplier", "missing or reworded: We called the supplier"),
        ("List the orders due", "List all orders", "missing or reworded: List the orders due"),
    ],
)
def test_what_contradicts_the_letter_that_was_sent_is_said(old, new, words):
    """A cause that is gone, a day that changed, and what was claimed and is no longer: each one sentence."""
    (found,) = contradictions(earlier(), case_of(SENT.replace(old, new)))
    assert words in found


def test_what_is_new_is_said():
    """Each new statement is named once."""
    now = case_of(
        SENT + "[[corrective]]\naction = 'We trained the deputy'\n[[preventive]]\ncontrol = 'A deputy'\n"
    )
    assert [*changes(earlier(), now)] == [
        "New or reworded action: We trained the deputy",
        "New or reworded control: A deputy",
    ]
    assert [*contradictions(earlier(), now)] == []


def test_every_statement_has_a_text():
    """What somebody confirms is everything that the case states, lists as one text."""
    texts = statement_texts(case_of(SENT.replace("[[corrective]]", "why = ['a', 'b']\n[[corrective]]", 1)))
    assert texts["cause.0.why"] == "a / b"
    assert texts["corrective.0.date"] == "2026-11-01"
    assert "corrective.1.evidence" not in texts
