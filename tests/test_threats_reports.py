"""The threats of a report and of what is said from it, one test each: no wrong figure, and nothing that acts goes out."""

import csv
import gzip
import io
import json
import socket
import zipfile

import pytest
from attacks import refused, run, tree, write
from test_hostile import GOOD, HEADER, TABS, row, rows

LATE = [10, 100]  # late orders and all orders of the good report


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def code(tmp_path):
    """The code of the one sentence that a report is refused with."""

    def told(name, content):
        write(tmp_path, **{name: content})
        return refused("summary", name, folder=tmp_path)["code"]

    return told


def counted(folder, name, content):
    """Late orders and all orders of the last window, and how many rows were read, used and refused."""
    write(folder, **{name: content})
    found = json.loads(run("summary", name, "--json"))
    rate, file = found["late_shipment_rate"][0], found["source"]["files"][0]
    assert file["rows_read"] == file["rows_used"] + file["rows_refused"]
    return [rate["late"], rate["orders"]], file["rows_refused"]


def test_quotes_that_swallow_rows_are_refused_or_are_letters(tmp_path, code):
    """In a file of commas the run is refused; in one of tabs a quote is a letter and no row is lost."""
    assert code("a.csv", HEADER + rows(1, 50, note='"') + rows(51, 99, note='"')) == "unbalanced_quotes"
    assert counted(tmp_path, "a.txt", TABS.replace("Alder", '"Alder', 1)) == (LATE, 0)


def test_a_row_that_is_too_short_or_too_long_is_named_and_not_padded(tmp_path):
    _, set_aside = counted(
        tmp_path, "a.csv", GOOD + f"{row(101).split(',')[0]},A-1\n" + row(102)[:-1] + ",x,y\n"
    )
    assert set_aside == 2


def test_an_encoding_that_cannot_be_read_is_told(tmp_path, code):
    """UTF-16 without its mark and stray bytes; a mark is believed."""
    assert code("a.csv", GOOD.encode("utf-16-le")) == "binary"
    assert code("b.csv", GOOD.replace("Alder", "M\xfcller").encode() + b"\x81\xff,x\n") == "not_utf8"
    assert counted(tmp_path, "c.csv", GOOD.encode("utf-16")) == (LATE, 0)


def test_what_is_no_table_is_never_zero_orders(code):
    """Zero bytes, a page, other JSON, a packed file twice."""
    assert code("a.csv", b"\0" * 1000) == "binary"
    assert code("b.csv", "<html><body>Sign in</body></html>") == "binary"
    assert code("c.json", '{"orders": 5}') == "unknown_header"
    assert code("d.csv.gz", gzip.compress(gzip.compress(GOOD.encode()))) == "binary"


def test_a_title_that_stands_twice_is_refused(tmp_path):
    write(tmp_path, **{"a.csv": GOOD.replace("note", "ship-by-date", 1)})
    assert "ship-by-date" in refused("summary", "a.csv", folder=tmp_path)["message"]


def test_two_files_in_one_make_no_order_of_a_header(tmp_path):
    """The second header, a line of totals and the end sign of old systems are no orders."""
    found, set_aside = counted(tmp_path, "a.csv", GOOD + HEADER + "Total,,,,,,\n" + "\x1a")
    assert found == LATE
    assert set_aside in {1, 2}


def test_what_excel_spoilt_is_named(tmp_path):
    """An id that became a power of ten is no id."""
    _, set_aside = counted(tmp_path, "a.csv", GOOD + "1.12E+16" + row(101)[19:])
    assert set_aside == 1


def test_a_date_with_two_readings_is_asked_and_never_guessed(code):
    day = GOOD.replace("2026-10-17T08:00:00Z", "03/04/2026").replace("2026-10-20T12:00:00Z", "03/06/2026")
    assert code(
        "a.csv",
        day.replace("2026-10-19T10:00:00Z", "03/05/2026").replace("2026-10-21T10:00:00Z", "03/07/2026"),
    )


def test_an_order_that_stands_twice_is_counted_once(tmp_path):
    assert counted(tmp_path, "a.csv", GOOD + rows(1, 50))[0] == LATE


def test_digits_of_another_script_make_no_id(tmp_path):
    wide = row(101).translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    assert counted(tmp_path, "a.csv", GOOD + wide) == (LATE, 1)


def test_a_report_that_takes_all_is_refused(code):
    """A hundred thousand columns, and a file that unpacks to gigabytes."""
    assert code("a.csv", ",".join(f"c{n}" for n in range(100_000)) + "\n") == "too_many_columns"
    burst = b"".join(gzip.compress(b"\0" * (64 << 20)) for _ in range(2))
    assert code("b.csv.gz", burst)


def test_an_address_in_the_place_of_a_file_is_not_opened(tmp_path, monkeypatch):
    def caught(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", caught)
    for address in ("http://127.0.0.1:9/a.csv", "file:///etc/hostname", "s3://a/b.csv"):
        assert refused("summary", address, folder=tmp_path)["code"] in {
            "not_found",
            "no_such_file",
            "unreadable",
        }


# --- what goes out -----------------------------------------------------------------------------

NAMES = {
    "control": "Al\x01der\x0bA\ufffe",
    "turned": "Al\u202eder",
    "markup": "<img src=x onerror=alert(1)>[a](javascript:b)|c",
    "formula": "=cmd|'/c calc'!A1",
    "jinja": "{{ facts }}{% include 'x' %}",
    "field": '</w:t></w:r><w:fldSimple w:instr="DDEAUTO cmd"/>',
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """The papers of an account whose suppliers have such names, all of them late."""
    folder = tmp_path_factory.mktemp("papers")
    late = "".join(
        row((at + 11) * 10 + 1000 * n, supplier=f'"{name.replace(chr(34), chr(34) * 2)}"', sku="B-1")
        for at, name in enumerate(NAMES.values())
        for n in range(1, 30 if "{{" in name or "<w:" in name else 9)
    )
    write(folder, **{"a.csv": GOOD + late})
    run("appeal", folder / "a.csv", "--out", folder / "out", "--format", "md,docx,txt")
    return {name: data for name, data in tree(folder / "out").items() if data != b"folder"}


def in_word(papers):
    for name, data in papers.items():
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as letter:
                yield from (letter.read(part).decode() for part in letter.namelist() if part.endswith(".xml"))


def test_a_character_that_word_cannot_hold_breaks_no_paper(papers):
    """It is replaced, and the name is still there."""
    assert any("Al\ufffdder" in text for text in in_word(papers))
    assert not any(sign in text for text in in_word(papers) for sign in "\x01\x0b\ufffe")


def test_writing_that_turns_round_is_taken_out_of_every_paper(papers):
    for name, data in papers.items():
        if name.endswith((".md", ".txt", ".csv", ".json")):
            assert "\u202e" not in data.decode()
    assert not any("\u202e" in text for text in in_word(papers))


def test_markup_in_a_name_stays_words_in_markdown(papers):
    """No picture is loaded and no link leads to a script."""
    from markdown_it import MarkdownIt

    for name, data in papers.items():
        if name.endswith(".md"):
            page = MarkdownIt("commonmark").enable("table").render(data.decode())
            assert "<img src=x" not in page
            assert 'href="javascript' not in page


def test_a_formula_in_a_name_is_text_in_the_lists(papers):
    """No cell of the CSV begins as a formula does, and the workbook has none."""
    lists = [data for name, data in papers.items() if name.endswith(".csv")]
    assert lists
    for data in lists:
        for cells in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]
    for name, data in papers.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                assert not [part for part in book.namelist() if b"<f>" in book.read(part)]


def test_marks_of_a_template_in_a_name_are_words(papers):
    assert any("{{ facts }}{% include" in text for text in in_word(papers))


def test_a_name_makes_no_field_in_a_letter(papers):
    """Its signs of XML are written as words."""
    assert any("&lt;w:fldSimple" in text for text in in_word(papers))
    assert not any('<w:fldSimple w:instr="DDEAUTO' in text for text in in_word(papers))
