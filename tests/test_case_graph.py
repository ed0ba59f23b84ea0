"""Causes, actions and evidence hang together: no orphan, no cause without an answer, no invented file."""

import tomllib
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa.case import check_evidence, exhibits, faults_in, links, open_points, open_questions, read_case
from poa.case.blank import NOTES, blank_case
from poa.case.editing import statement_texts, with_answer, with_entry_of
from poa.case.questions import QUESTIONS
from poa.errors import CaseFault
from poa.files import files_in
from poa.policy.causes import cause_codes, gap_codes

CAUSE = '[[cause]]\nid = "{name}"\ncode = "LATE_CONFIRM"\nstatement = "x"\nwhy = ["x"]\nescape = "x"\n'
DONE = '[[corrective]]\n{cause}action = "x"\ndate = 2026-11-01\nevidence = "a.csv"\n'
KEPT = (
    '[[preventive]]\n{cause}control = "x"\nrole = "x"\nstart = 2026-11-01\nfrequency = "x"\nmeasure = "x"\n'
)
FRAME = "letter_date = 2026-11-02\n[seller]\nname = 'x'\n[notice]\ndate = 2026-11-01\n"


def read(text):
    return read_case(text.encode(), name="case.toml")


def fault_of(text):
    with pytest.raises(CaseFault) as caught:
        read(text)
    return caught.value


def paths(text, present=("a.csv",)):
    return [one.path for one in open_points(read(text), present=present)]


# --- Causes and what answers them


def test_a_single_cause_is_answered_by_every_action():
    """Where there is one cause, nobody needs to name it."""
    assert paths(FRAME + CAUSE.format(name="") + DONE.format(cause="") + KEPT.format(cause="")) == []


def test_with_several_causes_each_action_names_its_own():
    """An action that names none is asked about, and a cause that none answers is open by its name."""
    two = FRAME + CAUSE.format(name="a") + CAUSE.format(name="b")
    assert paths(two + DONE.format(cause="") + KEPT.format(cause='cause = "a"\n')) == [
        "corrective.0.cause",
        "corrective.of.a",
        "corrective.of.b",
        "preventive.of.b",
    ]
    named = [
        DONE.format(cause=f'cause = "{one}"\n') + KEPT.format(cause=f'cause = "{one}"\n') for one in "ab"
    ]
    assert paths(two + "".join(named)) == []


@given(st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=6), st.integers(1, 3))
def test_no_action_is_an_orphan(names, causes):
    """Each action answers a cause of the file, or is asked which, or is refused by name."""
    text = "".join(CAUSE.format(name=one) for one in "abc"[:causes])
    text += "".join(DONE.format(cause=f'cause = "{one}"\n' if one else "") for one in names)
    if any(one and one not in "abc"[:causes] for one in names):
        assert fault_of(text).code == "orphan"
        return
    case = read(text)
    answered = {number for one in links(case) for number, _ in one.corrective}
    asked = {int(path.split(".")[1]) + 1 for path in paths(text) if path.endswith(".cause")}
    assert answered | asked == set(range(1, len(names) + 1))
    assert not answered & asked


def test_an_orphan_is_told_by_line_with_the_name_that_was_meant():
    """The fault names the line, the near name, and all names."""
    fault = fault_of(CAUSE.format(name="stock") + DONE.format(cause='cause = "stok"\n'))
    assert (fault.code, fault.line, fault.column) == ("orphan", 8, "cause")
    assert "did you mean 'stock'?" in fault.message
    assert "stock" in fault.hint
    assert fault_of(DONE.format(cause='cause = "x"\n')).hint == "Write the [[cause]] first."


def test_a_cause_without_a_name_is_called_by_its_number():
    """Two causes without an id are 1 and 2; one that is called as another is counted is refused."""
    two = "[[cause]]\nstatement = 'x'\n" * 2
    assert [
        one.number for one in links(read(two + DONE.format(cause='cause = "2"\n'))) if one.corrective
    ] == [2]
    fault = fault_of("[[cause]]\nid = '2'\n[[cause]]\nstatement = 'x'\n")
    assert fault.code == "same_id"
    assert fault_of("[[cause]]\nid = 'a'\n[[cause]]\nid = 'a'\n").line == 4


@pytest.mark.parametrize(
    ("key", "word", "near"),
    [
        ("code", "SUP_DISPACH", "SUP_DISPATCH"),
        ("code", "sup_dispatch", "SUP_DISPATCH"),
        ("gap", "NO_BACKUP", "NO_BACKUP_SOURCE"),
    ],
)
def test_an_unknown_code_is_told_with_line_and_what_was_meant(key, word, near):
    """A code is of the list, or the fault says which one is near, and where."""
    fault = fault_of(f"[[cause]]\nstatement = 'x'\n[[cause]]\n\n{key} = '{word}'\n")
    assert (fault.code, fault.line, fault.column) == (f"unknown_{key}", 5, key)
    assert f"did you mean '{near}'?" in fault.message


@pytest.mark.parametrize(
    "code", [one for one in cause_codes().values() if one.in_letter], ids=lambda one: one.code
)
def test_a_cause_outside_never_stands_alone(code):
    """Exactly the causes that lie with a partner or outside need a gap in the seller's own control."""
    asked = [path for path in paths(f"[[cause]]\ncode = '{code.code}'\n") if path == "cause.0.gap"]
    assert bool(asked) == (code.layer != "internal")
    gap = next(iter(gap_codes()))
    assert "cause.0.gap" not in paths(f"[[cause]]\ncode = '{code.code}'\ngap = '{gap}'\n")


# --- Evidence


def test_evidence_that_is_words_stays_an_open_question():
    """A description proves nothing; the question stays until a file is named that is there."""
    text = (
        FRAME
        + CAUSE.format(name="")
        + DONE.format(cause="").replace("a.csv", "the job log")
        + KEPT.format(cause="")
    )
    (open_one,) = open_points(read(text), present=["a.csv"])
    assert (open_one.path, open_one.ask) == ("corrective.0.evidence", "evidence")
    check_evidence(read(text), [], faults_in(b"", name="case.toml"))


@pytest.mark.parametrize(
    ("file", "is_fault"),
    [
        ("inventory.csv", True),
        ("photos/1.png", True),
        ("open orders of 2 November.pdf", True),
        ("发货记录.xlsx", True),
        ("the job log", False),
        ("agreement of 3.11", False),
        ("see amazon.com", False),
        ("mail to ops@example.com", False),
        ("", False),
    ],
)
def test_a_file_that_is_not_there_is_refused(file, is_fault):
    """What looks like a file and is none is a fault with its near name; words are a question."""
    text = f"# actions\n[[corrective]]\nevidence = '{file}'\n"
    fault_at = faults_in(text.encode(), name="case.toml")
    if not is_fault:
        check_evidence(read(text), ["a.csv"], fault_at)
        return
    with pytest.raises(CaseFault) as caught:
        check_evidence(read(text), ["inventory-2.csv"], fault_at)
    assert (caught.value.code, caught.value.line, caught.value.column) == ("no_such_evidence", 3, "evidence")


@pytest.mark.parametrize("written", ["INVENTORY.CSV", "evidence/inventory.csv", "inventroy.csv"])
def test_the_file_that_was_meant_is_named(written):
    """Another case, the folder before it, or a slip: the fault names the file that is there."""
    case = read(f"[[corrective]]\nevidence = '{written}'\n")
    with pytest.raises(CaseFault, match=r"did you mean 'inventory\.csv'"):
        check_evidence(case, ["b.png", "inventory.csv"], faults_in(b"", name="case.toml"))


def test_a_listed_file_must_be_there_and_be_cited():
    """[[evidence]] of a missing file is refused; of a file that no action names, asked about."""
    case = read("[[evidence]]\nfile = 'words only'\n")
    with pytest.raises(CaseFault):
        check_evidence(case, ["a.csv"], faults_in(b"", name="case.toml"))
    full = FRAME + CAUSE.format(name="") + DONE.format(cause="") + KEPT.format(cause="")
    listed = full + "[[evidence]]\nfile = 'b.csv'\n[[evidence]]\nfile = 'a.csv'\n"
    assert paths(listed, present=("a.csv", "b.csv")) == ["evidence.0.file"]
    assert QUESTIONS["evidence.cited"] in open_questions(read(listed), present=["a.csv", "b.csv"])


def test_exhibits_are_numbered_as_the_letter_cites_them():
    """Exhibit 1 is the list of orders; a file that two actions name is one exhibit."""
    text = CAUSE.format(name="") + "".join(
        DONE.format(cause="").replace("a.csv", name) for name in ("b.csv", "a.csv", "b.csv", "none.csv")
    )
    found = exhibits(read(text), ["a.csv", "b.csv"])
    assert [(one.number, one.file, one.cited_by) for one in found] == [
        (2, "b.csv", (1, 3)),
        (3, "a.csv", (2,)),
    ]


def test_a_name_is_the_same_however_the_disk_writes_its_accents(tmp_path):
    """A Mac takes ö apart; the name in the case file is whole, or the other way round."""
    apart = unicodedata.normalize("NFD", "Lösung.pdf")
    (tmp_path / apart).write_bytes(b"x")
    whole = unicodedata.normalize("NFC", apart)
    assert list(files_in(tmp_path)) == [whole]
    for written in (apart, whole):
        assert read(f"[[corrective]]\nevidence = '{written}'\n").corrective[0].evidence == whole
    assert read("[[corrective]]\nevidence = 'a\\b.pdf'\n").corrective[0].evidence == "a/b.pdf"


# --- The blank case


@pytest.mark.parametrize("store", ["US", "DE", "JP"])
def test_a_blank_case_reads_and_asks_everything(store):
    """It states nothing but the store, holds every note and question, and nothing is too long to read."""
    data = blank_case(marketplace=store, notice_file="inputs/notice.txt")
    case = read_case(data, name="case.toml")
    assert (case.seller.marketplace, case.notice.file) == (store, "inputs/notice.txt")
    assert statement_texts(case) == {}
    asked = open_questions(case)
    for key in QUESTIONS:
        part, _, field = key.partition(".")
        if part in {"corrective", "preventive"} and field and field != "cause":
            assert QUESTIONS[key] in asked
    assert {"letter_date", "seller.name", "notice.date", "cause.0.code"} <= {
        one.path for one in open_points(case)
    }
    text = " ".join(data.decode().replace("\n# ", " ").split())
    assert all(note in text for note in NOTES.values())
    assert max(len(line) for line in data.decode().splitlines()) <= 98


def test_a_blank_case_can_be_answered_completely():
    """Every open point has a place to be answered in, and then nothing is open."""
    data = blank_case(marketplace="US")
    answers = {
        "letter_date": date(2026, 11, 2),
        "seller.name": "Acme",
        "notice.date": date(2026, 11, 1),
        "cause.0.code": "SUP_DISPATCH",
        "cause.0.gap": "NO_BACKUP_SOURCE",
        "cause.0.why": ["a", "b", "c"],
        "corrective.0.date": date(2026, 11, 1),
        "corrective.0.evidence": "a.csv",
        "preventive.0.start": date(2026, 11, 1),
    }
    for _ in range(30):
        points = open_points(read_case(data, name="case.toml"), present=["a.csv"])
        if not points:
            break
        data = with_answer(data, points[0].path, answers.get(points[0].path, "words"))
    assert not points
    comments = [
        line.split("#", 1)[1] for line in blank_case(marketplace="US").decode().splitlines() if "#" in line
    ]
    assert all(comment in data.decode() for comment in comments)


# --- Answers written into a file that somebody else wrote

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30) | st.sampled_from(
    ['say "so"', "a\\b", "'", '"""', "# no comment", "[[cause]]", "更新", "line\nbreak"]
)
lists = st.lists(words, max_size=3)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@st.composite
def case_files(draw):
    """A case file as somebody may have written it: comments, blank lines, any order, several forms."""
    lines = [f"# {draw(st.sampled_from(['mine', '重要', '']))}"]
    if draw(st.booleans()):
        lines.append("letter_date = 2026-11-02  # the day")
    headings = draw(
        st.permutations(
            ["[seller]", "[notice]", "[[cause]]", "[[cause]]", "[[corrective]]", "[[preventive]]"]
        )
    )
    keys = {
        "[seller]": ["name", "origin"],
        "[notice]": ["file"],
        "[[cause]]": ["statement", "escape", "shown_by"],
        "[[corrective]]": ["action", "evidence"],
        "[[preventive]]": ["control", "role", "measure"],
    }
    for heading in sorted(headings[: draw(st.integers(0, 6))], key=lambda one: one.startswith("[[")):
        lines += [""] * draw(st.integers(0, 2))
        lines.append(f"{heading}  # {draw(st.sampled_from(['here', 'x = 1']))}")
        for key in draw(st.permutations(keys[heading])):
            if draw(st.booleans()):
                lines.append(f"{key} = {quoted(draw(words))}  # note on {key}")
            if draw(st.booleans()):
                lines.append(f"# left out: {key}")
    if draw(st.booleans()):
        lines.append("[[evidence]]\nfile = '''\nsome\n[[words]]\n'''")
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))


places = st.sampled_from(
    [
        ("letter_date", date(2026, 1, 2)),
        ("seller.name", None),
        ("notice.date", date(2026, 1, 2)),
        ("notice.quiz_offered", True),
        ("cause.0.statement", None),
        ("cause.1.why", ["x", "y"]),
        ("cause.2.escape", None),
        ("corrective.0.action", None),
        ("corrective.1.date", date(2026, 1, 2)),
        ("preventive.0.role", None),
        ("seller.own_warehouse", []),
    ]
)


def comments(text):
    """The comments of a file made by case_files, whose values hold none of these words."""
    return [line.split("# note on")[1] for line in text.splitlines() if "# note on" in line] + [
        line for line in text.splitlines() if line.startswith("# ")
    ]


def put(values, path, answer):
    """What the file holds with one answer more, by the rules of nobody but this test."""
    *above, key = path.split(".")
    home = values
    if len(above) == 1:
        home = values.setdefault(above[0], {})
    elif above:
        entries = values.setdefault(above[0], [])
        while len(entries) <= int(above[1]):
            entries.append({})
        home = entries[int(above[1])]
    home[key] = "yes" if answer is True else answer
    return values


@given(case_files(), places, words)
def test_an_answer_changes_itself_alone(text, place, given_words):
    """Whatever was written stays: each comment, each other value; and the answer reads back as it was given."""
    path, answer = place
    answer = given_words if answer is None else answer
    changed = with_answer(text.encode(), path, answer).decode()
    assert tomllib.loads(changed) == put(tomllib.loads(text), path, answer)
    assert sorted(comments(changed)) == sorted(comments(text))
    again = with_answer(changed.encode(), path, answer).decode()
    assert tomllib.loads(again) == tomllib.loads(changed)


@given(case_files(), words, words)
def test_an_entry_fills_the_first_empty_one_or_comes_last(text, action, cause):
    """No entry that holds something is touched."""
    before = tomllib.loads(text)
    data, at = with_entry_of(text.encode(), "corrective", {"action": action, "cause": cause, "date": None})
    after = tomllib.loads(data.decode())
    entries = before.get("corrective", [])
    fresh = {key: value for key, value in (("action", action), ("cause", cause)) if value}
    if at < len(entries):
        assert not any(entries[at].values())
    if fresh:
        assert {key: value for key, value in after["corrective"][at].items() if value} == fresh
    for number, entry in enumerate(entries):
        if number != at:
            assert after["corrective"][number] == entry
    assert {**after, "corrective": None} == {**before, "corrective": None}
    assert sorted(comments(data.decode())) == sorted(comments(text))


@pytest.mark.parametrize(
    "text",
    [
        'seller = {name = "A", origin = "CN"}\n',
        'seller.name = "A"\nseller.origin = "CN"\n',
        '[seller]\r\nname = "A"  # mine\r\norigin = "CN"\r\n',
        '\ufeff[seller]\nname = "A"\norigin = "CN"\n',
    ],
)
def test_other_ways_to_write_it_are_kept(text):
    """Inline, dotted, with the line ends and the mark of Windows: the answer lands where it belongs."""
    changed = with_answer(text.encode(), "seller.name", "B").decode()
    assert tomllib.loads(changed)["seller"] == {"name": "B", "origin": "CN"}


def test_entries_of_an_inline_list_are_added_to():
    """A list written in one line takes another entry."""
    data, at = with_entry_of(b'cause = [{statement = "x"}]\n', "cause", {"statement": "y"})
    assert at == 1
    assert tomllib.loads(data.decode())["cause"] == [{"statement": "x"}, {"statement": "y"}]


def test_a_file_that_cannot_be_read_is_not_written_into():
    """A broken file is one fault, and no change."""
    for broken in (b"[seller\n", b"\xff\xfe"):
        with pytest.raises(CaseFault):
            with_answer(broken, "seller.name", "x")
