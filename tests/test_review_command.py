"""The command line of the review: what is a paper and what a report, what it is held against, what it says and ends with."""

import contextlib
import io
import json
import re
import shutil
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import run_poa
from made_reviews import sample_ground

from poa.cli import main
from poa.cli.case.folder import OpenCase
from poa.cli.review.handed import handed_in, is_report
from poa.cli.review.held_against import facts_beside, read_facts
from poa.cli.review.others import read_others
from poa.cli.review.quoting import quoted, turned
from poa.cli.review.rows_behind import behind
from poa.cli.review.showing import Places
from poa.errors import InputFault, UsageFault
from poa.paper import Line, Paper, numbered, row
from poa.review.fact_names import named
from poa.review.tracing import nearest, trace

HEADER = "order-id,sku,supplier,ship-by-date,ship-confirm-date\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The worked example: a case folder, and its papers."""
    out = tmp_path_factory.mktemp("demo") / "demo"
    run_poa("demo", "--out", out, cwd=out.parent, check=0)
    return out


@pytest.fixture
def papers(demo, tmp_path):
    """Its papers, in a folder of their own to be edited."""
    return Path(shutil.copytree(demo / "papers", tmp_path / "papers"))


def edited(path, *changes, name=None):
    """A copy of a paper with some words changed; of a Word file, in the XML."""
    copy = path.with_name(name or f"edited{path.suffix}")
    if path.suffix != ".docx":
        copy.write_text(changed(path.read_text(encoding="utf-8"), changes), encoding="utf-8")
        return copy
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(copy, "w") as out:
        for item in package.infolist():
            data = package.read(item)
            if item.filename == "word/document.xml":
                data = changed(data.decode(), changes).encode()
            out.writestr(item, data)
    return copy


def changed(text, changes):
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text


def run(*args, cwd, check):
    """Run poa here, which is faster than a process of its own; the transcripts have those."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(cwd), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        main([*map(str, args)])
    done = SimpleNamespace(stdout=out.getvalue(), stderr=err.getvalue(), code=end.value.code)
    assert check is None or done.code == check, done.stdout + done.stderr
    return done


def reviewed(*args, cwd, check):
    return json.loads(run("review", *args, "--json", cwd=cwd, check=check).stdout)


def stops(found):
    """What a strict reader would stop at; notes are none of it."""
    return [one for one in found["findings"] if one["severity"] != "info"]


# --- what was named ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start", "report"),
    [
        ("plan.docx", b"PK", False),
        ("plan.md", b"# Plan", False),
        ("plan.txt", b"Plan of action\n\nOn 2 November, we did this, and that; order by order.", False),
        ("orders.txt", b"order-id\tsku\tship-by-date\tship-confirm-date\n", True),
        ("orders.txt", "order-id\tship-by-date\tship-confirm-date\n".encode("utf-16"), True),
        ("titled.txt", b"My orders\n\norder-id\tship-by-date\tship-confirm-date\n", True),
        ("empty.txt", b"", False),
        ("orders.csv", b"", True),
        ("orders.XLSX", b"", True),
        ("week.zip", b"", True),
        ("plan.pdf", b"%PDF", False),
    ],
)
def test_a_report_is_told_from_a_paper(tmp_path, name, start, report):
    """By its ending; a text by whether one of its first lines is a header that a report type knows."""
    path = tmp_path / name
    path.write_bytes(start)
    assert is_report(path) is report


def test_papers_reports_and_facts_may_be_named_in_any_order(papers, tmp_path):
    """A folder stands for what is sent; facts are known by what they hold."""
    rows = tmp_path / "orders.csv"
    rows.write_text(HEADER, encoding="utf-8")
    facts = papers / "internal" / "facts.json"
    found = handed_in([rows, papers, facts], reports=[tmp_path / "more.dat"], facts=None)
    assert [path.name for path in found.papers] == ["plan-of-action.docx", "root-cause-analysis.docx"]
    assert found.reports == (tmp_path / "more.dat", rows)
    assert found.facts == facts
    with pytest.raises(UsageFault):
        handed_in([papers, facts], reports=[], facts=rows)
    with pytest.raises(UsageFault):
        handed_in([rows], reports=[], facts=None)
    with pytest.raises(InputFault):
        handed_in([papers / "img"], reports=[], facts=None)


def test_markdown_is_taken_where_there_is_no_word_paper(papers):
    """Of a paper in several formats, Word is what is sent."""
    (papers / "plan-of-action.docx").unlink()
    found = handed_in([papers], reports=[], facts=None)
    assert [path.name for path in found.papers] == ["plan-of-action.md", "root-cause-analysis.docx"]


def test_facts_are_found_beside_a_paper_wherever_poa_puts_it(papers):
    """In the folder internal of the run, from each of its folders, and nowhere else."""
    facts = papers / "internal" / "facts.json"
    for name in (
        "x.docx",
        "annex/x.docx",
        "suppliers/x.docx",
        "internal/cover.docx",
        "internal/edited/x.docx",
    ):
        assert facts_beside(papers / name) == facts
    assert facts_beside(papers.parent / "x.docx") is None
    assert facts_beside(papers / "img" / "x.docx") is None


@pytest.mark.parametrize("text", ["", "no", "[]", "{}", '{"facts": 2}', '{"facts": 1}', "[" * 100_000])
def test_what_is_no_facts_file_is_refused(tmp_path, text):
    """In one sentence, whatever it is."""
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFault) as fault:
        read_facts(path, OpenCase())
    assert fault.value.code == "no_facts"


# --- other clients' letters ----------------------------------------------------------------------


def test_letters_of_a_folder_are_read_once_each(tmp_path):
    """Copies, reports, what is no letter, links and the run that the paper belongs to are left out."""
    letters = tmp_path / "clients"
    texts = {
        "b/plan.md": "# Plan\n\nWe count parcels.\n",
        "b/plan.txt": "Plan\n\nWe count parcels.\n",
        "c/plan.md": "# Plan\n\nWe weigh parcels.\n",
        "c/orders.txt": HEADER,
        "c/internal/cover.md": "# Cover\n\nRead this.\n",
        "own/plan.md": "# Plan\n\nWe sort parcels.\n",
        "own/copy.md": "# Plan\n\nWe paint parcels.\n",
    }
    for name, text in texts.items():
        (letters / name).parent.mkdir(parents=True, exist_ok=True)
        (letters / name).write_text(text, encoding="utf-8")
    (letters / "d").symlink_to(letters / "c")
    (letters / "c" / "scan.docx").write_bytes(b"PK\x03\x04 torn")
    others = read_others(letters, tell=lambda _: None)
    own = letters / "own"
    paper = Paper(
        name="plan.md", lines=numbered([Line(kind="paragraph", text="We sort parcels.", paragraph=0)])
    )
    found = others.beside(own / "plan.md", paper, home=None)
    assert set(found.values()) == {("We count parcels.",), ("We weigh parcels.",), ("We paint parcels.",)}
    assert set(others.beside(own / "plan.md", paper, home=own).values()) == {
        ("We count parcels.",),
        ("We weigh parcels.",),
    }
    assert others.unread == ("c/scan.docx",)


def test_more_letters_than_are_compared_are_refused(tmp_path):
    """None of them is left out in silence."""
    for number in range(501):
        (tmp_path / f"{number}.md").write_text("Text.", encoding="utf-8")
    with pytest.raises(InputFault, match="501"):
        read_others(tmp_path, tell=lambda _: None)


# --- how it is said ------------------------------------------------------------------------------


PAPER = Paper(
    name="plan.md",
    lines=numbered(
        [
            Line(kind="heading", text="Plan", level=1, paragraph=0),
            Line(kind="paragraph", text="First. " + "Long words stand here again. " * 9, paragraph=0),
            Line(kind="paragraph", text="We were late 44 times. Then 45 times.", paragraph=0),
            Line(kind="item", text="One", paragraph=0),
            Line(kind="item", text="Two", paragraph=0, page=3),
            row(["Day", "Late"]),
            row(["1 May", "7"]),
        ]
    ),
)


def test_the_words_meant_are_marked_in_their_sentence():
    """The sentence around them alone is shown, and cut where it is long."""

    def words(line, text, start=0):
        return quoted(PAPER.lines[line].text, text, start).plain

    assert words(2, "45", 28) == '"Then >45< times."'
    assert words(2, "late") == '"We were >late< 44 times."'
    assert words(2, "Then 45 times.", 23) == '"Then 45 times."'
    assert words(2, "", 23) == '"Then 45 times."'
    assert words(2, "not there", 0) == '"We were late 44 times."'
    long = words(1, PAPER.lines[1].text)
    assert len(long) < 170
    assert long.endswith(' ..."')


@pytest.mark.parametrize(
    ("before", "after", "was", "now"),
    [
        (
            "44 of 787 were late.",
            "47 of 787 were late.",
            '">44< of 787 were late."',
            '">47< of 787 were late."',
        ),
        (
            "We check daily.",
            "We check each order daily.",
            '"We check daily."',
            '"We check >each order< daily."',
        ),
        ("每天检查一次。", "每周检查一次。", '"每>天<检查一次。"', '"每>周<检查一次。"'),
        ("The same.", "The same.", '"The same."', '"The same."'),
        ("One.", "Two", '">One.<"', '">Two<"'),
    ],
)
def test_of_two_wordings_the_difference_is_marked(before, after, was, now):
    """Whole words where there are blanks between them."""
    assert [one.plain for one in turned(before, after)] == [was, now]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (0, "the heading itself"),
        (2, "paragraph 2"),
        (4, "item 2, page 3"),
        (6, "row 2 of the table"),
    ],
)
def test_a_place_is_counted_as_a_reader_counts(line, place):
    """Paragraphs under their heading, items of their list, rows of their table."""
    assert Places(PAPER).of(line) == place


def test_the_rows_behind_a_fact_are_named_by_file_and_line():
    """A count by its rows and rule, a statement by its entry in the case file."""
    ground = sample_ground()
    rows, rule = behind("late_shipment_rate.30.late", ground)
    assert rows.startswith("Rows: late-shipment-report.csv, lines 1734, 1864")
    assert rows.endswith("more places")
    assert rule.startswith("Counted: 44 orders, confirmed after")
    assert (
        next(behind("late_orders.111-1839303-3150322", ground)) == "Row: late-shipment-report.csv, line 2488"
    )
    assert [*behind("case.corrective.1.date", ground)] == [
        "Your own statement: corrective.1.date in case.toml"
    ]
    assert [*behind("no.such.fact", ground)] == []


# --- the run -------------------------------------------------------------------------------------


def test_own_papers_are_clean_in_every_format(papers):
    """As poa wrote them, Word, Markdown and text are held against the facts beside them, and nothing is found."""
    for name in ("plan-of-action.md", "plan-of-action.txt", "annex/*.docx", "suppliers/*.md"):
        (paper,) = papers.glob(name)
        found = reviewed(paper, cwd=papers.parent, check=0)
        assert (found["verdict"], stops(found)) == ("clean", [])
        assert found["held_against"] == "papers/internal/facts.json"
        assert found["figures"]["proven"]


def test_an_edited_letter_ends_with_1_and_names_words_fact_and_rows(papers):
    """The digit that was changed, what it should be, and how many orders stand behind it."""
    letter = edited(papers / "plan-of-action.docx", ("44", "45"))
    found = reviewed(letter, cwd=papers.parent, check=1)
    (one,) = stops(found)
    assert (one["rule"], one["severity"], one["text"]) == ("R06", "error", "45")
    assert (one["fact"], one["expected"], one["rows"]) == ("late_shipment_rate.30.late", "44", 44)
    assert one["where"]["heading"] == "Plan of action: late shipment rate"
    assert one["message"]
    assert one["remedy"]


def test_several_papers_are_told_together_and_the_worst_counts(papers):
    """One verdict for all, each paper with its own."""
    edited(papers / "plan-of-action.docx", ("44", "45"), name="plan.docx")
    both = (papers / "plan.docx", papers / "root-cause-analysis.docx")
    found = reviewed(*both, cwd=papers.parent, check=1)
    assert found["verdict"] == "errors"
    assert [one["verdict"] for one in found["papers"]] == ["errors", "clean"]
    told = run("review", "papers/plan.docx", "papers/root-cause-analysis.docx", cwd=papers.parent, check=1)
    assert told.stderr == ""
    assert told.stdout.startswith("papers/plan.docx: not to be sent as it is.\n")
    assert "\npapers/root-cause-analysis.docx: a strict reader would stop at nothing.\n" in told.stdout
    assert "\nFound: 1 error" in told.stdout
    assert told.stdout.endswith("\nMend these, and run the same command again.\n")
    assert all(len(line) <= 80 for line in told.stdout.splitlines())


def test_warnings_end_with_3_under_strict_alone(papers):
    """Without it, they are told all the same."""
    letter = edited(papers / "plan-of-action.md", ("The enclosed", "We are a small company. The enclosed"))
    assert reviewed(letter, cwd=papers.parent, check=0)["verdict"] == "warnings"
    assert reviewed(letter, "--strict", cwd=papers.parent, check=3)["findings"]


def test_a_case_or_reports_prove_what_no_facts_do(demo, tmp_path):
    """The papers are made again in memory; nothing is written."""
    letter = shutil.copy(demo / "papers" / "plan-of-action.docx", tmp_path / "letter.docx")
    case = reviewed(letter, "--case", demo / "case", cwd=tmp_path, check=0)
    assert (case["verdict"], case["held_against"], case["draft"]) == ("clean", None, False)
    rows = demo / "case" / "inputs"
    reports = (rows / "late-shipment-report.csv", "--suppliers", rows / "suppliers.csv")
    alone = reviewed(letter, *reports, cwd=tmp_path, check=1)
    assert alone["draft"] is True
    assert "4 November 2026" in {one["text"] for one in alone["findings"]}  # no case says so
    assert "44" not in {one["text"] for one in alone["findings"]}
    assert [path.name for path in tmp_path.iterdir()] == ["letter.docx"]


def test_newer_rows_make_a_figure_stale_and_older_ones_are_passed_over(demo, papers, tmp_path):
    """Beside the facts of the run, the rows of today say what is no longer true."""
    rows = (demo / "case" / "inputs" / "late-shipment-report.csv").read_text(encoding="utf-8")
    older, newer = tmp_path / "older.csv", tmp_path / "newer.csv"
    older.write_text("".join(rows.splitlines(keepends=True)[:2450]), encoding="utf-8")
    *kept, last = rows.splitlines(keepends=True)
    newer.write_text("".join([*kept, last, moved(last)]), encoding="utf-8")
    suppliers = ("--suppliers", demo / "case" / "inputs" / "suppliers.csv")
    letter = papers / "plan-of-action.docx"
    assert stops(reviewed(letter, older, *suppliers, cwd=tmp_path, check=0)) == []
    stale = reviewed(letter, newer, *suppliers, cwd=tmp_path, check=0)
    assert stale["verdict"] == "warnings"
    assert stale["figures"]["stale"] > 5


def moved(line):
    """An order of the last day, as one of the month after."""
    cells = line.replace("2026-10-31", "2026-11-20").replace("2026-11-0", "2026-11-2").split(",")
    return ",".join(["111-9999999-9999999", *cells[1:]])


def test_open_questions_are_no_findings_in_a_draft(tmp_path):
    """As it was made, unless --final asks."""
    rows = "".join(
        f"111-0000000-{number:07},A,Elm,2026-10-{number % 28 + 1:02}T12:00:00Z,2026-10-{number % 28 + 1:02}T{11 + (number % 9 == 0) * 3:02}:00:00Z\n"
        for number in range(120)
    )
    (tmp_path / "orders.csv").write_text(HEADER + rows, encoding="utf-8")
    run("appeal", "orders.csv", "--complete", "--out", "out", cwd=tmp_path, check=0)
    letter = "out/plan-of-action.md"
    draft = reviewed(letter, cwd=tmp_path, check=None)
    final = reviewed(letter, "--final", cwd=tmp_path, check=None)
    assert (draft["draft"], final["draft"]) == (True, False)
    assert len(final["findings"]) > len(draft["findings"])


def test_two_papers_of_one_kind_are_compared_unless_each_is_asked_for(papers):
    """OLD and NEW may be papers or the folders that poa wrote."""
    new = edited(papers / "plan-of-action.md", ("44", "45"))
    old = papers / "plan-of-action.docx"
    found = json.loads(run("review", old, new, "--json", cwd=papers.parent, check=0).stdout)
    assert found["compared"] == 1
    assert not found["same"]
    each = reviewed(old, new, "--each", cwd=papers.parent, check=1)
    assert [one["verdict"] for one in each["papers"]] == ["clean", "errors"]
    folders = json.loads(run("review", papers, papers, "--json", cwd=papers.parent, check=0).stdout)
    assert folders["same"]
    assert len(folders["papers"]) == 2
    mixed = json.loads(run("review", papers, new, "--json", cwd=papers.parent, check=0).stdout)
    assert mixed["new"] == "edited.md"
    run("review", old, new, "--annotate", cwd=papers.parent, check=2)


def test_comments_go_into_a_copy_that_replaces_nothing_unasked(papers, tmp_path):
    """The paper stays as it is; its copy has the finding as a comment."""
    letter = edited(papers / "plan-of-action.docx", ("44", "45"))
    before = letter.read_bytes()
    found = reviewed(letter, "--annotate", cwd=papers.parent, check=1)
    copy = papers / "edited-reviewed.docx"
    assert found["annotated"] == str(copy)
    assert letter.read_bytes() == before
    with zipfile.ZipFile(copy) as package:
        comments = package.read("word/comments.xml").decode()
    assert "Error R06" in comments
    copy.write_bytes(b"mine")
    run("review", letter, "--annotate", cwd=papers.parent, check=1)
    assert copy.read_bytes() == b"mine"
    run("review", letter, "--annotate", "--overwrite", cwd=papers.parent, check=1)
    assert copy.read_bytes() != b"mine"
    elsewhere = tmp_path / "a" / "b"
    reviewed(letter, "--annotate", "--out", elsewhere, cwd=papers.parent, check=1)
    assert [path.name for path in elsewhere.iterdir()] == ["edited-reviewed.docx"]


def test_a_pack_makes_a_rule_stricter(papers, tmp_path):
    """Its review.toml is read; a slip in it is told with its place."""
    pack = tmp_path / "acme"
    pack.mkdir()
    wishes = pack / "review.toml"
    wishes.write_text('[R18]\nseverity = "error"\n\n[R17.en]\nsaid = ["each one when"]\n', encoding="utf-8")
    letter = edited(papers / "plan-of-action.md", ("The enclosed", "We are a small company. The enclosed"))
    found = reviewed(letter, "--pack", pack, cwd=tmp_path, check=1)
    assert {one["rule"]: one["severity"] for one in stops(found)} == {"R17": "error", "R18": "error"}
    rules = json.loads(run("review", "--rules", "--pack", pack, "--json", cwd=tmp_path, check=0).stdout)
    assert next(one["severity"] for one in rules["rules"] if one["id"] == "R18") == "error"
    wishes.write_text("[R17]\noff = true\n", encoding="utf-8")
    fault = run("review", letter, "--pack", pack, cwd=tmp_path, check=1)
    assert "acme/review.toml" in fault.stderr


def test_another_clients_letter_is_held_beside(papers, tmp_path):
    """Passages that stand in it too are flagged, its own copy is not."""
    theirs = tmp_path / "clients" / "theirs"
    theirs.mkdir(parents=True)
    shutil.copy(papers / "plan-of-action.md", theirs / "letter.md")
    letter = papers / "plan-of-action.docx"
    assert stops(reviewed(letter, "--against", tmp_path / "clients", cwd=tmp_path, check=0)) == []
    text = (papers / "plan-of-action.md").read_text(encoding="utf-8")
    (theirs / "letter.md").write_text(text.replace("Harbor & Pine", "Other"), encoding="utf-8")
    found = reviewed(letter, "--against", tmp_path / "clients", cwd=tmp_path, check=None)
    assert any("theirs/letter.md" in one["message"] for one in found["findings"])


# --- explain -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("5.59%", "late_shipment_rate.30.rate"),
        ("5.6 %", "late_shipment_rate.30.rate"),
        ("6%", "late_shipment_rate.30.rate"),
        ("44 of 787", "late_shipment_rate.30.orders"),
        ("787 orders", "late_shipment_rate.30.orders"),
        ("2,438", "late_shipment_rate.all.orders"),
        ("14 October 2026", "attribution.causes.0.from"),
        ("14 October", "attribution.causes.0.from"),
        ("2026-10-14", "attribution.causes.0.from"),
        ("alder  supply", "late_by_supplier.S1.name"),
        ("BOWL-6", "late_by_sku.K1.name"),
        ("111-1839303-3150322", "late_orders.111-1839303-3150322"),
        ("late_by_supplier.S1", "late_by_supplier.S1.share_of_late"),
        ("nobody was charged with looking", "case.cause.0.why.2"),
        ("Purchasing lead", "case.preventive.1.role"),
        ("three quarters", "late_by_supplier.S1.share_of_late"),
        ("S1", "late_by_supplier.S1.late"),
        ("29.6", "attribution.supplier.S1.excess"),
    ],
)
def test_a_figure_is_traced_to_the_facts_that_print_so(asked, fact):
    """In digits or words, as printed or rounded, by name, by id, by a phrase of the seller's own."""
    found = trace(asked, sample_ground(), language="en")
    assert fact in {one.fact for one in found}
    printed = [bool(one.printed) for one in found]
    assert printed == sorted(printed, reverse=True)  # those that are printed come first


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("de", "5,59 %"),
        ("de", "5,6 %"),
        ("de", "14. Oktober 2026"),
        ("de", "44 von 787"),
        ("zh", "5.59%"),
        ("zh", "787 个订单中有 44 个"),
        ("ja", "5.6％"),
        ("ja", "787 件中 44 件"),
    ],
)
def test_a_figure_is_traced_in_each_language(language, asked):
    """As the papers of the language write it."""
    found = {one.fact for one in trace(asked, sample_ground(language), language=language)}
    assert found & {"late_shipment_rate.30.rate", "late_shipment_rate.30.late", "attribution.causes.0.from"}


@pytest.mark.parametrize("asked", ["", "  ", "7.77%", "44 of 788", "Nobody Ltd", "late_shipment", "."])
def test_what_no_fact_prints_is_not_traced(asked):
    """Nothing is found rather than something near."""
    assert trace(asked, sample_ground(), language="en") == ()


def test_the_nearest_facts_are_named_where_none_fits():
    """Of the same kind, by distance, each value once."""
    near = nearest("7.77 %", sample_ground(), language="en")
    assert near
    assert all(one.unit == "fraction" for one in near)
    assert nearest("44 of 788", sample_ground(), language="en")[0].fact.endswith(".orders")
    assert nearest("Nobody", sample_ground(), language="en") == ()


def test_every_fact_has_a_name_in_words():
    """No id is left in it."""
    ground = sample_ground()
    for fact in ground.evidence:
        words = named(fact, ground)
        assert "_" not in words.replace("111-", ""), (fact, words)
        assert not re.search(r"(?<!\w)(None|\d+\.\d)", words), (fact, words)


def test_explain_says_places_and_rows_and_is_the_same_as_json(demo, tmp_path):
    """The papers that print it, the rows behind it, file and line."""
    facts = demo / "papers" / "internal" / "facts.json"
    told = run("explain", "44 of 787", "--facts", facts, cwd=tmp_path, check=0).stdout
    assert "late_shipment_rate.30.late" in told
    assert 'Printed: "44" in plan-of-action' in told
    assert "Rows: late-shipment-report.csv, lines 1734, 1864" in told
    data = json.loads(run("explain", "44 of 787", "--facts", facts, "--json", cwd=tmp_path, check=0).stdout)
    first = data["facts"][0]
    assert first["printed"][0]["document"] == "plan-of-action"
    assert first["rows"]["lines"][0]["ranges"][0] == [1734, 1734]


def test_explain_takes_orders_figures_and_facts_from_reports_too(demo, tmp_path):
    """An order id is an order; anything else a figure of these rows."""
    case = ("--case", demo / "case")
    order = run("explain", "111-1839303-3150322", *case, cwd=tmp_path, check=0).stdout
    assert order.startswith("Order 111-1839303-3150322, Amazon.com: late")
    figure = run("explain", "33 of 128", *case, cwd=tmp_path, check=0).stdout
    assert "late_by_supplier.S1.late" in figure
    stated = run("explain", "Purchasing lead", *case, cwd=tmp_path, check=0).stdout
    assert "Your own statement: preventive.1.role in case.toml" in stated
    run("explain", "111-1839303-3150321", *case, cwd=tmp_path, check=1)
    missing = json.loads(run("explain", "7.77 %", *case, "--json", cwd=tmp_path, check=1).stdout)
    assert missing["error"]["code"] == "no_such_figure"
    assert missing["error"]["hint"].startswith("The nearest facts are:\n")


def test_explain_of_facts_knows_late_orders_that_no_paper_names(demo, tmp_path):
    """With its row; and one that is none is no late order."""
    facts = demo / "papers" / "internal" / "facts.json"
    known = json.loads(facts.read_text(encoding="utf-8"))
    named_ = {one["fact"] for one in known["printed"]}
    order = next(one for one in known["late_order_rows"] if f"late_orders.{one}" not in named_)
    told = run("explain", order, "--facts", facts, cwd=tmp_path, check=0).stdout
    assert f"late_orders.{order}" in told
    assert "late-shipment-report.csv, line" in told
    fault = run("explain", "111-0000000-0000000", "--facts", facts, cwd=tmp_path, check=1)
    assert "none of the 44 late orders" in fault.stderr
