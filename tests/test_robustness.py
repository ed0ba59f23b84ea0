"""What broke once stays mended: files, folders, pipes and lines that are not what they seem."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import SAMPLES, run_poa

from poa.account import Account, facts_of
from poa.errors import InputFault, UsageFault
from poa.facts import summary_data
from poa.files import as_input

REPORT = SAMPLES / "late-shipment-report.csv"
HEADER = "order-id,order-item-id,sku,ship-by-date,ship-confirm-date\n"


def summary(text, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return summary_data(facts_of(Account(reports=(as_input("r.csv", data),), **more), tell=lambda _: None))


def line(number, item, ship_by, confirmed, sku="A"):
    return f"111-{1_000_000 + number}-2000000,{item},{sku},{ship_by},{confirmed}\n"


GOOD = "".join(line(n, f"g{n}", "2026-10-30T12:00Z", "2026-10-30T10:00Z") for n in range(30))


def test_an_open_line_of_a_confirmed_order_is_past_due():
    """An order is open while one of its lines is, by that line's own ship-by instant."""
    both = line(90, "x1", "2026-10-01T12:00Z", "") + line(90, "x2", "2026-10-30T12:00Z", "2026-10-15T12:00Z")
    found = summary(HEADER + GOOD + both)
    assert found["unconfirmed_past_due"] == 1
    [order] = found["past_due"]
    assert (order["order_id"], order["ship_by"]) == ("111-1000090-2000000", "2026-10-01T12:00:00Z")


def test_a_later_file_without_item_ids_contradicts_or_agrees():
    """Two files that tell other dates of one order leave it out; the same dates are the same order."""
    first = HEADER + GOOD + line(90, "x1", "2026-10-20T12:00Z", "")
    for confirmed, orders in (("2026-10-21T12:00Z", 30), ("", 30)):
        second = (
            f"order-id,ship-by-date,ship-confirm-date\n111-1000090-2000000,2026-10-20T12:00Z,{confirmed}\n"
        )
        files = (as_input("a.csv", first.encode()), as_input("b.csv", second.encode()))
        facts = facts_of(Account(reports=files), tell=lambda _: None)
        assert facts.late_shipment_rate[-1].orders.value == orders
        assert bool(facts.source.problems) is bool(confirmed)


def test_a_shifted_row_does_not_settle_the_dates_of_the_others():
    """Dates are read by rows with an order id; a stranger's birthday proves nothing and is not shown."""
    rows = HEADER + line(1, "a", "10/20/2026", "10/19/2026") + "Jane,x,A,25/12/1975,10/19/2026\n"
    found = summary(rows)
    assert found["source"]["files"][0]["rows_used"] == 1
    assert "1975" not in json.dumps(found)


def test_a_card_number_in_the_order_column_is_not_shown():
    """Sixteen digits are shown by their shape."""
    found = summary(HEADER + GOOD + "4155550000123456,x,A,2026-10-30T12:00Z,\n")
    assert found["source"]["problems"][0]["value"] == "digits, 16 characters"


def test_dots_do_not_settle_slashes():
    """01.10.2026 has its day first; 10/02/2026 beside it stays ambiguous."""
    with pytest.raises(InputFault) as fault:
        summary(HEADER + line(1, "a", "01.10.2026", "01.10.2026") + line(2, "b", "10/02/2026", "10/02/2026"))
    assert fault.value.code == "ambiguous_dates"


def test_an_as_of_day_far_away_is_a_slip():
    """Windows that the rows cannot speak of are refused."""
    from datetime import date

    with pytest.raises(UsageFault, match="far outside"):
        summary(HEADER + GOOD, as_of=date(2025, 3, 1))


def workbook(sheet):
    package = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        out.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="r" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        out.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        out.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        out.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
        )
    return package.getvalue()


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ1"])
def test_a_workbook_with_a_cell_far_out_is_refused_before_it_is_unpacked(cell):
    """A five-kilobyte workbook cannot ask for half a terabyte."""
    with pytest.raises(InputFault) as fault:
        summary(
            workbook(
                f'<row r="1"><c r="A1" t="str"><v>order-id</v></c><c r="{cell}" t="str"><v>x</v></c></row>'
            )
        )
    assert fault.value.code == "too_large"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_refused_at_once(poa, tmp_path):
    """A named pipe in place of a report would be waited for for ever."""
    os.mkfifo(tmp_path / "pipe.csv")
    assert "is a pipe" in poa("summary", "pipe.csv", check=1).stderr


def test_a_folder_in_the_way_of_a_paper_leaves_everything_as_it_was(poa, tmp_path):
    """Nothing is moved before every target was looked at."""
    (tmp_path / "out" / "root-cause-analysis.md").mkdir(parents=True)
    (tmp_path / "out" / "plan-of-action.md").write_text("old")
    poa("appeal", REPORT, "--out", "out", "--overwrite", "--format", "md", check=1)
    assert (tmp_path / "out" / "plan-of-action.md").read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_linked_folder_is_not_written_through(poa, tmp_path):
    """A link inside the output folder does not lead the papers elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "facts.json").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "internal").symlink_to(tmp_path / "elsewhere")
    poa("appeal", REPORT, "--out", "out", "--overwrite", check=1)
    assert (tmp_path / "elsewhere" / "facts.json").read_text() == "mine"


@pytest.mark.every_third
@pytest.mark.parametrize(
    "outputs", [{"../x": "0"}, {"/etc/hostname": "0"}, {"a\0b": "0"}, {"": "0"}, {"internal": "0"}, 5]
)
def test_a_strange_provenance_harms_nothing(poa, tmp_path, outputs):
    """Whatever an old provenance.json says, the papers are written and no other file is touched."""
    (tmp_path / "out" / "internal").mkdir(parents=True)
    (tmp_path / "x").write_text("mine")
    (tmp_path / "out" / "internal" / "provenance.json").write_text(
        json.dumps({"made_by": "x", "outputs": outputs})
    )
    poa("appeal", REPORT, "--out", "out", "--overwrite", "--format", "md", check=0)
    assert (tmp_path / "x").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path):
    """``poa summary … | head -1`` ends well."""
    command = [sys.executable, "-m", "poa", "summary", str(REPORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as child:
        child.stdout.close()
        said = child.stderr.read()
        assert child.wait() == 0
    assert b"Traceback" not in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux alone has a full device")
@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_output_that_cannot_be_printed_is_one_sentence(flags):
    """A full disk behind stdout ends in exit 1 and no traceback."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "poa", "summary", str(REPORT), *flags],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_json_is_json_on_a_narrow_terminal(tmp_path):
    """Names that cp1252 cannot write are escaped, and the JSON reads back whole."""
    (tmp_path / "r.csv").write_text(
        f"supplier,{HEADER}A😀恒泰,{line(1, 'a', '2026-10-30', '2026-10-30')}", encoding="utf-8"
    )
    command = [sys.executable, "-m", "poa", "summary", "r.csv", "--json"]
    env = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    said = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=True).stdout
    assert json.loads(said.decode("cp1252"))["late_by_supplier"]["suppliers"][0]["name"] == "A😀恒泰"


def test_debug_adds_a_traceback_and_changes_nothing_else(poa, tmp_path):
    """With --debug the exit code and the JSON stay as they are."""
    (tmp_path / "r.csv").write_text(HEADER + GOOD + "bad,x,A,2026-10-30,\n")
    done = poa("summary", "r.csv", "--strict", "--json", "--debug", check=3)
    assert json.loads(done.stdout)["error"]["code"] == "rows_refused"
    assert "Traceback" in done.stderr


@pytest.mark.parametrize(
    ("code", "args"),
    [
        ("no_format", ["appeal", REPORT, "--format", ","]),
        ("unknown_format", ["appeal", REPORT, "--format", "pfd"]),
        ("usage", ["summary", REPORT, "--now", "0001-01-01T00:00:00+14:00"]),
        ("too_many_orders", ["summary", REPORT, "--orders", "100", "--orders-10", "200"]),
        ("unknown_marketplace", ["summary", REPORT, "--marketplace", "XX"]),
    ],
)
def test_wrong_usage_is_exit_2_and_json(poa, tmp_path, code, args):
    """What cannot be meant is refused by its code, and nothing is written."""
    assert json.loads(poa(*args, "--json", check=2).stdout)["error"]["code"] == code
    assert not list(tmp_path.iterdir())


def test_poa_alone_shows_its_help(poa):
    """Without a command the help is printed, not an error."""
    assert poa(check=2).stdout.startswith("Usage: poa")


def test_a_template_that_makes_nothing_is_a_fault(tmp_path):
    """An empty letter is never final, nor a draft."""
    pack = tmp_path / "acme"
    pack.mkdir()
    (pack / "pack.toml").write_text('id = "acme"\nversion = "1"\nfacts = 1\nextends = "default"\n')
    (pack / "plan-of-action.md.j2").write_text("\n")
    done = run_poa("appeal", REPORT, "--pack", "acme", "--out", "out", "--json", cwd=tmp_path, check=1)
    assert json.loads(done.stdout)["error"]["code"] == "empty_paper"
