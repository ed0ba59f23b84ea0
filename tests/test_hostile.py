"""Hostile and broken files end in one sentence, soon and within 1 GB, and never in a wrong figure.

Each of them ends within 10 s on two quiet cores; here a run is stopped only where it would not end at
all, for the machine may be busy.
"""

import gzip
import io
import json
import os
import subprocess
import sys
import time
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import mostly_deep
from strategies import order_id, workbook

from poa.account import Account, facts_of
from poa.errors import InputFault
from poa.facts import summary_data
from poa.files import open_inputs

SECONDS = 60
MEMORY = 1 << 30
HEADER = "order-id,sku,supplier,purchase-date,ship-by-date,ship-confirm-date,note\n"
# What a file that is cut into pieces of 8 MB meets where one piece ends.
PIECE = 8 << 20

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX measures and devices")


def row(number: int, *, sku: str = "A-1", supplier: str = "Alder", note: str = "") -> str:
    """An order in time; each tenth is late."""
    day = 21 if number % 10 == 0 else 19
    return (
        f"{order_id(number)},{sku},{supplier},2026-10-17T08:00:00Z,2026-10-20T12:00:00Z,"
        f"2026-10-{day}T10:00:00Z,{note}\n"
    )


def rows(first: int, last: int, **cells: str) -> str:
    return "".join(row(number, **cells) for number in range(first, last + 1))


GOOD = HEADER + rows(1, 100)
TABS = GOOD.replace(",", "\t")


def write(path: Path, content: str | bytes | Iterable[str | bytes]) -> Path:
    pieces = [content] if isinstance(content, str | bytes) else content
    with path.open("wb") as out:
        for piece in pieces:
            out.write(piece if isinstance(piece, bytes) else piece.encode())
    return path


@dataclass(frozen=True)
class Ended:
    """How a run of poa ended, and what it took."""

    code: int
    stdout: str
    stderr: str
    memory: int


def measured(*args: object, folder: Path) -> Ended:
    """Run poa, stopped after the time that it may take and before it takes the machine's memory."""
    import resource

    begun = time.monotonic()
    with (folder / ".out").open("wb") as out, (folder / ".err").open("wb") as err:
        child = subprocess.Popen(
            [sys.executable, "-m", "poa", *map(str, args)],
            cwd=folder,
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        if hasattr(resource, "prlimit"):  # so that a bomb that goes off does not take the machine along
            resource.prlimit(child.pid, resource.RLIMIT_AS, (6 << 30, 6 << 30))
        peak = 0
        while True:
            done, status, used = os.wait4(child.pid, os.WNOHANG)
            if done:
                break
            peak = max(peak, own_peak(child.pid))
            if time.monotonic() - begun > SECONDS:
                os.kill(child.pid, 9)
                os.wait4(child.pid, 0)
                child.returncode = -9
                pytest.fail(f"still running after {SECONDS} s")
            time.sleep(0.02)
        child.returncode = os.waitstatus_to_exitcode(status)
    return Ended(
        code=child.returncode,
        stdout=(folder / ".out").read_text(encoding="utf-8"),
        stderr=(folder / ".err").read_text(encoding="utf-8"),
        memory=peak or used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )


def own_peak(pid: int) -> int:
    """The peak memory of a process since it began to be itself; what wait4 tells begins with its parent's."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # no Linux, or it has just ended
        return 0
    return next((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def within_bounds(*args: object, folder: Path) -> Ended:
    """A run that ended by itself, told no traceback and no fault of poa's own, in time and memory."""
    ended = measured(*args, folder=folder)
    assert ended.code in {0, 1}, ended.stderr[-600:]
    assert "Traceback" not in ended.stderr + ended.stdout[:2000]
    assert "own_fault" not in ended.stdout[:2000]
    assert ended.memory <= MEMORY, f"{ended.memory >> 20} MB"
    return ended


def refused(path: object, *flags: str, folder: Path) -> dict[str, object]:
    """The one fault in which a summary ends, as the JSON of the contract and nothing beside it."""
    ended = within_bounds("summary", path, "--json", *flags, folder=folder)
    assert ended.code == 1
    assert ended.stderr == ""
    error = json.loads(ended.stdout)["error"]
    assert error["message"].endswith(".")
    return error


def read(path: object, *flags: str, folder: Path) -> dict[str, object]:
    """The figures of a summary."""
    ended = within_bounds("summary", path, "--json", *flags, folder=folder)
    assert ended.code == 0, ended.stdout
    return json.loads(ended.stdout)


def summed(path: Path, **options: object) -> dict[str, object]:
    """The JSON of a summary, made in this process: for files that are small."""
    account = Account(reports=open_inputs(path), **options)
    return json.loads(json.dumps(summary_data(facts_of(account, tell=lambda _: None)), allow_nan=False))


def late_and_all(found: dict) -> tuple[int, int]:
    return found["late_shipment_rate"][0]["late"], found["late_shipment_rate"][0]["orders"]


def zipped(*members: tuple[str, str | bytes], level: int = 6) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as z:
        warnings.simplefilter("ignore")  # two members of one name are meant
        for name, data in members:
            z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def patched(data: bytes, *changes: tuple[bytes, int, bytes]) -> bytes:
    """Bytes with others written over them, each so far behind a signature."""
    out = bytearray(data)
    for signature, away, new in changes:
        at = out.find(signature) + away
        out[at : at + len(new)] = new
    return bytes(out)


XML, ROOT = '<?xml version="1.0"?>', "sellerPerformanceReports"


def laughs(levels: int) -> str:
    """XML in which each entity is ten of the one before."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><{ROOT}>&e{levels - 1};</{ROOT}>'


ORDER = '{"AmazonOrderId":"%s","OrderStatus":"Unshipped","PurchaseDate":"2026-10-01T00:00:00Z"}'
ANSWER = '{"payload":{"Orders":[' + ",".join(ORDER % order_id(n) for n in range(1, 31)) + "%s]}}"

SMALL = {
    "empty.csv": ("", "empty"),
    "blank.csv": ("\n\n  \n", "empty"),
    "only-titles.csv": (HEADER, "no_rows"),
    "only-commas.csv": ((("," * 50 + "\n") * 20_000), "unknown_header"),
    "one-letter.csv": ("x", "unknown_header"),
    "pdf.csv": (b"%PDF-1.7 \n", "binary"),
    "page.csv": ("<html><body>Sign in</body></html>", "binary"),
    "old-excel.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "binary"),
    "zero-bytes.csv": (b"\0" * 100_000 + b"\n", "binary"),
    "utf-32.csv": (GOOD.encode("utf-32"), "binary"),
    "utf-16-without-mark.csv": (GOOD.encode("utf-16-le"), "binary"),
    "utf-16-cut.csv": (GOOD.encode("utf-16") + b"x", "bad_encoding"),
    "utf-16-surrogate.csv": (GOOD.encode("utf-16") + b"\x00\xd8\n\x00", "bad_encoding"),
    "no-encoding.csv": (GOOD.replace("Alder", "M\xfcller").encode() + b"\x81\xff,x\n", "not_utf8"),
    "walmart.csv": (
        "PO#,Order#,Order Date,Ship By,Customer Name,SKU\n"
        + "".join(f"108{n:09d},20001{n:09d},2026-10-01,2026-10-03,Jane,A\n" for n in range(50)),
        "unknown_header",
    ),
    "walmart-ids.csv": (
        "order-id,ship-by-date,ship-confirm-date\n"
        + "".join(f"20001{n:09d},2026-10-03T10:00:00Z,2026-10-02T10:00:00Z\n" for n in range(50)),
        "no_usable_row",
    ),
    "sears.txt": (
        "Order Number\tPO Date\tExpected Ship Date\tCustomer Name\n"
        + "".join(f"1234{n:05d}\t2026-10-01\t2026-10-03\tJane\n" for n in range(50)),
        "unknown_header",
    ),
    "sears-ids.txt": (
        "order-id\tship-by-date\tship-confirm-date\n"
        + "".join(f"1234{n:05d}\t2026-10-01\t2026-10-03\n" for n in range(50)),
        "no_usable_row",
    ),
    "a-cell-in-front.txt": (
        TABS.split("\n", 1)[0] + "\n" + "".join(f"\t{line}\n" for line in TABS.split("\n")[1:-1]),
        "no_usable_row",
    ),
    "swallowed.csv": (HEADER + rows(1, 50, note='"') + rows(51, 99, note='"'), "unbalanced_quotes"),
    "cut.csv.gz": (gzip.compress(HEADER.encode() + rows(1, 20_000).encode())[:-2000], "damaged_archive"),
    "checksum.csv.gz": (gzip.compress(GOOD.encode())[:-8] + b"\0" * 8, "damaged_archive"),
    "twice.csv.gz": (gzip.compress(gzip.compress(GOOD.encode())), "binary"),
    "nothing.csv.gz": (gzip.compress(b""), "empty"),
    "empty.zip": (zipped(), "empty"),
    "a-folder.zip": (zipped(("week/", "")), "empty"),
    "nested.zip": (zipped(("in.zip", zipped(("a.csv", GOOD)))), "binary"),
    "many.zip": (zipped(*((f"{n}.csv", GOOD) for n in range(201))), "too_large"),
    "cut.zip": (zipped(("a.csv", GOOD))[:-30], "damaged_archive"),
    "encrypted.zip": (
        patched(zipped(("a.csv", GOOD)), (b"PK\x03\x04", 6, b"\1"), (b"PK\x01\x02", 8, b"\1")),
        "damaged_archive",
    ),
    "method.zip": (
        patched(zipped(("a.csv", GOOD)), (b"PK\x03\x04", 8, b"\x63"), (b"PK\x01\x02", 10, b"\x63")),
        "damaged_archive",
    ),
    "flipped.zip": (patched(zipped(("a.csv", GOOD)), (b"PK\x03\x04", 80, b"\xaa\x55")), "damaged_archive"),
    "laughs.xml": (XML + laughs(10), "bad_xml"),
    "laughs-utf-16.xml": (f'<?xml version="1.0" encoding="utf-16"?>{laughs(10)}'.encode("utf-16"), None),
    "quadratic.xml": (
        f'{XML}<!DOCTYPE x [<!ENTITY e "{"x" * 100_000}">]><{ROOT}>{"&e;" * 50_000}</{ROOT}>',
        "bad_xml",
    ),
    "external.xml": (
        f'{XML}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><{ROOT}>&e;</{ROOT}>',
        "bad_xml",
    ),
    "deep.xml": (XML + "<a>" * 500_000, "bad_xml"),
    "deep.json": ("[" * 2_000_000, "bad_json"),
    "deep-objects.json": ('{"a":' * 100_000 + "1" + "}" * 100_000, "bad_json"),
    "long-number.json": ('{"a":' + "9" * 5000 + "}", "bad_json"),
    "latin.json": ((ANSWER % "").replace("Unshipped", "Unshippéd").encode("latin-1"), "bad_json"),
    "lines.json": ((ORDER % order_id(1) + "\n") * 9, "bad_json"),
    "other.json": ('{"orders": 5}', "unknown_header"),
    "entities.xlsx": (b"", "binary"),
}


def xlsx(sheet: str | Iterable[str], *, shared: str | None = None) -> bytes:
    """A workbook of one sheet, its XML given whole; shared strings as well."""
    plain, out = workbook([["x"]]), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for part in old.namelist():
            text = old.read(part).decode()
            if part == "xl/sheet1.xml":
                with new.open(part, "w", force_zip64=True) as stream:
                    for piece in [sheet] if isinstance(sheet, str) else sheet:
                        stream.write(piece.encode())
                continue
            if shared is not None and part == "xl/_rels/workbook.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
                link = f'<Relationship Id="r9" Type="{kind}" Target="sharedStrings.xml"/>'
                text = text.replace("</Relationships>", f"{link}</Relationships>")
            new.writestr(part, text)
        if shared is not None:
            new.writestr("xl/sharedStrings.xml", shared)
    return out.getvalue()


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OPENED = f"<worksheet {MAIN}><sheetData>"
CLOSED = "</sheetData></worksheet>"


def sheet_row(number: int, cells: Iterable[str]) -> str:
    inside = "".join(
        f'<c r="{chr(65 + at)}{number}" t="str"><v>{cell}</v></c>' for at, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


TITLED = sheet_row(1, ["order-id", "ship-by-date", "ship-confirm-date"])
ONE_ROW = sheet_row(2, [order_id(1), "2026-10-20T12:00:00Z", "2026-10-19T12:00:00Z"])
SMALL["entities.xlsx"] = (
    xlsx(
        f'<!DOCTYPE x [<!ENTITY e "ha">]>{OPENED}{TITLED}<row r="2"><c r="A2" t="str"><v>&e;</v></c></row>{CLOSED}'
    ),
    "binary",
)


@pytest.mark.parametrize("name", SMALL)
def test_a_broken_file_ends_in_one_sentence(tmp_path, name):
    """One fault with its stable code and a sentence, whatever the file pretends to be."""
    content, code = SMALL[name]
    with pytest.raises(InputFault) as fault:
        summed(write(tmp_path / name, content))
    assert code is None or fault.value.code == code
    assert fault.value.message.endswith(".")
    assert fault.value.file.startswith(name)


def test_the_sentence_of_a_broken_file_stands_on_stderr(poa, tmp_path):
    """In words as well: the sentence, the place, the next step; no traceback, nothing on stdout."""
    write(tmp_path / "swallowed.csv", SMALL["swallowed.csv"][0])
    done = poa("summary", "swallowed.csv", check=1)
    assert done.stdout == ""
    assert done.stderr.startswith("Error: A quote (")
    assert "[swallowed.csv:2]" in done.stderr
    for command in (["appeal", "swallowed.csv", "--out", "out"], ["explain", order_id(1), "swallowed.csv"]):
        assert poa(*command, check=1).stderr.startswith("Error: A quote (")
    assert not (tmp_path / "out").exists()


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/stdin", "pipe.csv", "."])
def test_what_is_no_file_is_not_read(tmp_path, device):
    """Devices without an end, pipes and folders are refused at once."""
    os.mkfifo(tmp_path / "pipe.csv")
    assert refused(device, folder=tmp_path)["code"] in {"not_a_file", "is_a_folder"}


def spread(total: int, piece: str | bytes) -> Iterator[str | bytes]:
    """So many bytes of one piece again and again."""
    yield from (piece for _ in range(total // len(piece)))


MANY = range(3, 400_000, 1000)
ODD_ROW = row(1, supplier="Müller").encode("cp1252")
LARGE = {
    "zeros.csv": lambda: [HEADER, rows(1, 9), *spread(40_000_000, b"\0" * 1_000_000)],
    "stray-quote.csv": lambda: [HEADER, row(1), '"' + row(2), *(rows(n, n + 999) for n in MANY)],
    "stray-quotes.csv": lambda: [HEADER, *(rows(n, n + 999, note='"') for n in MANY)],
    "columns.csv": lambda: [",".join(f"c{n}" for n in range(100_000)), "\n", ",".join("x" * 100_000)],
    "commas.csv": lambda: spread(30_000_000, "," * 1_000_000),
    "cell.csv": lambda: [HEADER, rows(1, 50), '"', *spread(40_000_000, "x" * 1_000_000), '"', rows(51, 90)],
    "cell-of-lines.csv": lambda: [HEADER, rows(1, 50), '"', *spread(40_000_000, "word\n" * 100_000), '"'],
    "line-of-cp1252.csv": lambda: [HEADER, ODD_ROW, *spread(120_000_000, b"x" * 1_000_000), "\n"],
    "zeros.csv.gz": lambda: gzip.compress(b"\0" * 200_000_000, 1),
    "lines.csv.gz": lambda: gzip.compress(b"\n" * 100_000_000, 1),
    "rows.zip": lambda: zipped(("a.csv", HEADER + "x\n" * 60_000_000), level=1),
    "objects.json": lambda: ["[", *spread(60_000_000, "{}," * 1_000_000), "{}]"],
    "wide-letters.json": lambda: ['["\U0001f600', *spread(150_000_000, "x" * 1_000_000), '"]'],
}


@posix
@pytest.mark.parametrize("name", mostly_deep(LARGE, "commas.csv", "cell-of-lines.csv", "zeros.csv.gz"))
def test_a_large_hostile_file_is_refused_in_time_and_memory(tmp_path, name):
    """It is soon said that a file cannot be used, in a gigabyte, however large it is."""
    path = write(tmp_path / name, LARGE[name]())
    try:
        refused(path, folder=tmp_path)
    finally:
        path.unlink()


def wide() -> bytes:
    """Twenty files of one archive of 2 MB, each within its own bounds, that unpack to 700 MB."""
    week = HEADER + row(1) * 400_000
    return zipped(*((f"{n}.csv", week + row(200 + n)) for n in range(20)))


# A hundred good orders among so much else that a list of it would not fit anywhere.
DROWNED = {
    "ragged.csv": lambda: [GOOD, *spread(30_000_000, "a,b\n" * 100_000)],
    "bad-ids.csv": lambda: [GOOD, *spread(40_000_000, "a,b,c,d,e,f,g\n" * 100_000)],
    "blank-lines.csv": lambda: [GOOD, *spread(60_000_000, "\n" * 1_000_000), row(101)],
    "blank-cells.csv": lambda: [GOOD, *spread(60_000_000, "   \n" * 250_000), row(101)],
    "bomb.csv.gz": lambda: gzip.compress((GOOD + "x\n" * 30_000_000).encode(), 6),
    "wide.zip": wide,
}


@posix
@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["words", "json"])
@pytest.mark.parametrize("name", mostly_deep(["ragged.csv", "bad-ids.csv"], "ragged.csv"))
def test_millions_of_refused_rows_take_neither_time_nor_memory(tmp_path, name, flags):
    """Rows that cannot be used are counted and named without a gigabyte of names."""
    path = write(tmp_path / name, DROWNED[name]())
    within_bounds("summary", path, *flags, folder=tmp_path)


@posix
@pytest.mark.parametrize(
    "name", mostly_deep(["blank-lines.csv", "blank-cells.csv", "bomb.csv.gz", "wide.zip"], "bomb.csv.gz")
)
def test_orders_drowned_in_nothing_are_read_or_refused_in_bounds(tmp_path, name):
    """Empty lines, a bomb behind good rows, twenty files that unpack to a gigabyte."""
    path = write(tmp_path / name, DROWNED[name]())
    within_bounds("summary", path, folder=tmp_path)


FAR = {
    "last row": '<row r="1048576"><c r="SF1048576" t="str"><v>x</v></c></row>',
    "attribute before the place": '<row r="900000"><c s="0" r="XFD900000" t="str"><v>x</v></c></row>',
    "single quotes": "<row r='900000'><c r='XFD900000' t='str'><v>x</v></c></row>",
    "a prefix": f'<x:row xmlns:x="{MAIN[7:-1]}" r="900000"><x:c r="XFD900000" t="str"><x:v>x</x:v></x:c></x:row>',
}


@pytest.mark.every_third
@posix
@pytest.mark.parametrize("place", FAR)
def test_a_workbook_with_a_cell_far_out_is_refused_however_it_is_written(tmp_path, place):
    """One cell at the end of the sheet does not ask for every cell before it."""
    path = write(tmp_path / "far.xlsx", xlsx(f"{OPENED}{TITLED}{ONE_ROW}{FAR[place]}{CLOSED}"))
    within_bounds("summary", path, folder=tmp_path)


@pytest.mark.deep
@posix
def test_a_workbook_that_unpacks_to_millions_of_cells_is_bounded(tmp_path):
    """Two megabytes of a workbook do not become three gigabytes of cells."""
    cells = "<row>" + "<c><v>1</v></c>" * 20 + "</row>"
    path = write(
        tmp_path / "cells.xlsx", xlsx([OPENED, TITLED, ONE_ROW, *spread(150_000_000, cells * 1000), CLOSED])
    )
    within_bounds("summary", path, folder=tmp_path)


@posix
def test_a_string_that_many_cells_share_is_not_copied_for_each(tmp_path):
    """A text of a megabyte in nine thousand cells stays one text, or is refused as too long."""
    shared = f"<sst {MAIN}><si><t>{'x' * 1_000_000}</t></si></sst>"
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 3 + "</row>"
    path = write(
        tmp_path / "shared.xlsx", xlsx([OPENED, TITLED, ONE_ROW, cells * 3000, CLOSED], shared=shared)
    )
    within_bounds("summary", path, folder=tmp_path)


@pytest.mark.deep
@posix
def test_quoted_cells_of_many_lines_are_read_in_time_in_line_with_their_size(tmp_path):
    """Each piece ends inside a quoted cell, and is not read again from its start for every piece after it."""
    cell = '"' + "a line\n" * 4000 + '"'
    path = write(tmp_path / "notes.csv", [HEADER, *(row(number, note=cell) for number in range(1, 3001))])
    assert late_and_all(read(path, folder=tmp_path)) == (300, 3000)
    path.unlink()


@pytest.mark.deep
@posix
def test_distinct_names_in_another_encoding_are_settled_in_time(tmp_path):
    """Buyers' names in many rows and suppliers' in others do not multiply."""
    odd = (row(n, note=f"J\xf6rg{n}") for n in range(1, 60_000))
    named = (row(n, supplier=f"M\xfcll{n}") for n in range(60_000, 80_000))
    path = write(tmp_path / "names.csv", [HEADER, *(text.encode("cp1252") for text in (*odd, *named))])
    within_bounds("summary", path, folder=tmp_path)


@posix
@pytest.mark.parametrize("delimiter", [",", "\t"], ids=["comma", "tab"])
def test_a_huge_cell_is_refused_whatever_cuts_the_file(tmp_path, delimiter):
    """A supplier of ten megabytes is no supplier, in a file of tabs as in one of commas."""
    text = HEADER + rows(1, 9) + row(10, supplier="y" * 10_000_000) + rows(11, 60)
    path = write(tmp_path / "cell.txt", text.replace(",", delimiter))
    ended = within_bounds("summary", path, folder=tmp_path)
    assert len(ended.stdout) < 100_000


ENCODED = {
    "utf-8-sig": ("Müller", None),
    "utf-16": ("義烏恒泰", None),
    "cp932": ("株式会社山田", "cp932"),
    "gb18030": ("义乌恒泰贸易", "gb18030"),
    "cp1252": ("Müller & Söhne", "cp1252"),
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_names_in_other_encodings_are_read_as_they_are(tmp_path, encoding):
    """Marks are believed and names of encodings too, and the names come out letter by letter."""
    name, said = ENCODED[encoding]
    text = HEADER + rows(1, 100, supplier=name)
    found = summed(write(tmp_path / "r.csv", text.encode(encoding)), encoding=said)
    assert late_and_all(found) == (10, 100)
    assert found["late_by_supplier"]["suppliers"][0]["name"] == name


@pytest.mark.parametrize(
    "tail",
    [b"\xff\xfe\xfd\x81\x8d,x\n", row(101, supplier="Zürich").encode("cp1252")],
    ids=["broken", "cp1252"],
)
def test_one_broken_line_does_not_change_how_all_others_are_read(tmp_path, tail):
    """A file of UTF-8 with one line of other bytes keeps its names, or is refused; they are never garbled."""
    path = write(tmp_path / "r.csv", (HEADER + rows(1, 100, supplier="Müller")).encode() + tail)
    try:
        found = summed(path)
    except InputFault:
        return
    assert "Müller" in {one["name"] for one in found["late_by_supplier"]["suppliers"]}


@pytest.mark.parametrize("delimiter", [",", "\t"], ids=["comma", "tab"])
def test_a_delimiter_inside_a_name_does_not_move_the_cells_behind_it(tmp_path, delimiter):
    """One row with a cell more than all others is refused, though its last column was empty as in every row."""
    titles = "order-id,ship-by-date,ship-confirm-date,buyer-name,buyer-phone-number,sku,supplier,note\n"
    line = "{},2026-10-20T12:00:00Z,2026-10-21T10:00:00Z,{},480-386-0930,LMP-1,Alder,\n"
    text = titles + "".join(line.format(order_id(number), "Jane Doe") for number in range(1, 40))
    text += line.format(order_id(40), "Doe, Jane")
    found = summed(write(tmp_path / "r.csv", text.replace(",", delimiter)), orders=100)
    assert [problem["line"] for problem in found["source"]["problems"]] == [41]
    assert [one["name"] for one in found["late_by_supplier"]["suppliers"]] == ["Alder"]


MIXED = ("\r", "\n", "\r\n")


@pytest.mark.parametrize("ends", ["\r", "\r\n", "mixed"])
def test_line_ends_of_any_kind_keep_their_lines_over_a_piece(tmp_path, ends):
    """A file of more than 8 MB with old Macintosh line ends; a refused row behind that has its line."""
    count = PIECE // len(row(1)) + 5_000
    text = HEADER + rows(1, count) + "bad,A,Alder,,2026-10-20T12:00:00Z,,\n" + rows(count + 1, count + 10)
    lines = text.split("\n")[:-1]
    whole = "".join(line + (MIXED[at % 3] if ends == "mixed" else ends) for at, line in enumerate(lines))
    found = summed(write(tmp_path / "r.csv", whole))
    assert late_and_all(found)[1] == count + 10
    [problem] = found["source"]["problems"]
    assert (problem["line"], problem["code"]) == (count + 2, "bad_order_id")


@pytest.mark.parametrize("away", mostly_deep([-30, -3, -2, -1, 0, 1, 2, 30], -1, 0, 1))
def test_a_quoted_line_end_over_the_end_of_a_piece_is_one_cell(tmp_path, away):
    """Wherever 8 MB end in a note of two lines, its row is one row, and the rows behind keep their lines."""
    count = (PIECE - 500) // len(row(1)) - 1
    before = HEADER + rows(1, count)
    noted = row(count + 2, note='"first line\nsecond line"')
    padding = PIECE + away - len(before) - len(row(count + 1)) - noted.index("\n")
    before += row(count + 1, note=" " * padding) + noted
    assert before.index("\nsecond line") == PIECE + away
    text = before + "bad,A,Alder,,2026-10-20T12:00:00Z,,\n" + rows(count + 3, count + 50)
    found = summed(write(tmp_path / "r.csv", text))
    assert late_and_all(found)[1] == count + 50
    [problem] = found["source"]["problems"]
    assert (problem["line"], problem["code"]) == (before.count("\n") + 1, "bad_order_id")


@pytest.mark.parametrize("at", [-2, -1, 0])
def test_a_stray_quote_is_a_fault_wherever_it_stands(tmp_path, at):
    """A quote that opens at the end of one row and closes in the next is found at any place of the file."""
    header = "order-id,sku,ship-by-date,ship-confirm-date\n"
    line = "{},A,2026-10-20T12:00:00Z,2026-10-19T12:00:00Z\n"
    edge = (4 << 20) // len(line.format(order_id(1))) + at  # Arrow takes 4 MB at a time
    lines = [line.format(order_id(number)) for number in range(1, edge + 1000)]
    lines[edge] = lines[edge].replace("2026-10-19", '"2026-10-19')
    lines[edge + 1] = lines[edge + 1].replace("Z\n", 'Z"\n')
    with pytest.raises(InputFault) as fault:
        summed(write(tmp_path / "r.csv", [header, *lines]))
    assert (fault.value.code, fault.value.line) == ("unbalanced_quotes", edge + 2)


def test_quotes_in_a_file_of_tabs_are_letters(tmp_path):
    """Lone quotes, in pairs over rows or not, neither join rows nor lose them."""
    text = HEADER
    for number in range(1, 101):
        text += row(number, supplier=('"Alder', 'Alder"', '12" pipe', '"')[number % 4])
    found = summed(write(tmp_path / "r.txt", text.replace(",", "\t")))
    assert late_and_all(found) == (10, 100)
    assert not found["source"]["problems"]


@pytest.mark.parametrize(
    "text",
    [
        TABS.replace("\n", "\t\n"),
        TABS.split("\n", 1)[0] + "\n" + TABS.split("\n", 1)[1].replace("\n", "\t\t\n"),
        GOOD + "\x1a",
        GOOD.replace("\n", "\r\n") + "\x1a" * 100,
        "\ufeff\ufeff" + GOOD,
        "sep=,\n" + GOOD,
        "\n\n" + GOOD + "\n\n\n",
        GOOD.replace("\n", "\n\n"),
        GOOD[:6000] + GOOD[6000:].replace("Alder", "Al\0der"),
    ],
    ids=["tabs", "tabs in rows", "ctrl-z", "ctrl-z padded", "marks", "sep", "blank", "between", "zero bytes"],
)
def test_harmless_oddities_cost_no_row(tmp_path, text):
    """Tabs behind rows, Ctrl-Z, marks, Excel's word to itself and empty lines change no figure."""
    found = summed(write(tmp_path / "r.txt", text))
    assert late_and_all(found) == (10, 100)
    assert found["rows_refused"] == 0


def table(titles: str, first: int, last: int, *, written: str | None = None) -> str:
    """Orders under titles in any order; ``written`` are the titles as the file has them."""
    names = HEADER.strip().split(",")
    out = (written or titles) + "\n"
    for number in range(first, last + 1):
        cells = dict(zip(names, row(number).strip("\n").split(","), strict=True))
        out += ",".join(cells[title] for title in titles.split(",")) + "\n"
    return out


TURNED = "order-id,sku,supplier,purchase-date,ship-confirm-date,ship-by-date,note"
MOVED = "ship-by-date,order-id,sku,supplier,purchase-date,ship-confirm-date,note"
SECOND = {
    "the same titles": table(HEADER.strip(), 201, 300),
    "the same titles behind a mark": "\ufeff" + table(HEADER.strip(), 201, 300),
    "dates turned": table(TURNED, 201, 300),
    "dates turned, behind a mark": "\ufeff" + table(TURNED, 201, 300),
    "dates turned, titles in quotes": table(TURNED, 201, 300, written='"' + TURNED.replace(",", '","') + '"'),
    "dates turned, titles spaced": table(TURNED, 201, 300, written=" " + TURNED.replace(",", " , ")),
    "dates turned, titles with underscores": table(TURNED, 201, 300, written=TURNED.replace("-", "_")),
    "dates turned, titles in capitals": table(TURNED, 201, 300, written=TURNED.upper()),
    "dates turned, titles in German": table(
        TURNED, 201, 300, written="Bestellnummer,SKU,Lieferant,Bestelldatum,Versandbestätigung,ship-by-date,x"
    ),
    "dates turned, a title short": table(TURNED, 201, 300, written=TURNED.removesuffix(",note")),
    "dates turned, a title long": table(TURNED, 201, 300, written=TURNED + ",more"),
    "dates turned, behind an empty line": "\n\n" + table(TURNED, 201, 300),
    "dates turned, invisible space": "\u200b" + table(TURNED, 201, 300),
    "columns moved": table(MOVED, 201, 300),
    "columns moved, behind a mark": "\ufeff" + table(MOVED, 201, 300),
    "another delimiter": table(TURNED, 201, 300).replace(",", ";"),
    "fewer columns": table("order-id,ship-confirm-date,ship-by-date", 201, 300),
    "turned and back": table(TURNED, 201, 300) + table(HEADER.strip(), 301, 400),
}


@pytest.mark.parametrize("name", SECOND)
def test_a_second_table_in_a_file_is_never_read_under_the_first_titles(tmp_path, name):
    """Files put into one: the rows behind the second titles are read right, refused, or the file is."""
    try:
        found = summed(write(tmp_path / "r.csv", GOOD + SECOND[name]))
    except InputFault as fault:
        assert fault.code == "second_table"
        return
    late, orders = late_and_all(found)
    assert late * 10 == orders
    source = found["source"]["files"][0]
    assert source["rows_used"] + source["rows_refused"] == source["rows_read"] > 200


def test_two_members_of_one_name_in_a_zip_file_are_both_read_or_refused(tmp_path):
    """The second of them does not take the place of the first in silence."""
    members = ("a.csv", HEADER + rows(1, 40)), ("a.csv", HEADER + rows(101, 130))
    try:
        found = summed(write(tmp_path / "week.zip", zipped(*members)))
    except InputFault:
        return
    assert late_and_all(found) == (7, 70)


def test_names_in_a_zip_file_lead_nowhere(tmp_path):
    """Members that are named out of the folder are read where they are, and written nowhere."""
    (tmp_path / "inner").mkdir()
    members = ("../out.csv", HEADER + rows(1, 50)), ("/etc/poa.csv", HEADER + rows(51, 100))
    found = summed(write(tmp_path / "inner" / "week.zip", zipped(*members)))
    assert late_and_all(found) == (10, 100)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["week.zip"]
    assert not Path("/etc/poa.csv").exists()


ODD_JSON = {
    "NaN": ',{"AmazonOrderId":NaN,"OrderStatus":Infinity,"PurchaseDate":-Infinity}',
    "large numbers": f',{{"AmazonOrderId":{"9" * 4000},"OrderStatus":"x","PurchaseDate":1e999}}',
    "surrogate in an id": ',{"AmazonOrderId":"\\ud800x","OrderStatus":"x","PurchaseDate":"2026-10-01T00:00:00Z"}',
    "surrogate in a name": ","
    + (ORDER % order_id(99))[:-1]
    + ',"OrderItems":[{"OrderItemId":"1","SellerSKU":"A\\ud800"}]}',
    "items that are no list": "," + (ORDER % order_id(99))[:-1] + ',"OrderItems":5}',
    "items of objects of lists": "," + (ORDER % order_id(99))[:-1] + ',"OrderItems":{"a":[1]}}',
    "an id that is an object": ',{"AmazonOrderId":{"a":1},"OrderStatus":{},"PurchaseDate":[1]}',
    "nothing at all": ',{"AmazonOrderId":null,"OrderStatus":null,"PurchaseDate":null}',
}


@pytest.mark.parametrize("name", ODD_JSON)
def test_an_odd_object_in_an_answer_costs_no_other_order(tmp_path, name):
    """JSON that no schema allows is refused row by row, or as a file: it is no fault of poa's own."""
    try:
        found = summed(write(tmp_path / "answer.json", ANSWER % ODD_JSON[name]))
    except InputFault:
        return
    assert found["source"]["files"][0]["rows_used"] >= 30


def test_a_refused_object_of_an_answer_keeps_its_line(tmp_path):
    """An id with an escaped letter does not lose the lines of the orders behind it."""
    odd = ["bad\\u0041", "bad2", "\\u0062ad3", "bad4"]
    found = summed(write(tmp_path / "answer.json", ANSWER % "".join(f",\n{ORDER % one}" for one in odd)))
    assert [problem["line"] for problem in found["source"]["problems"] if problem["refused"]] == [2, 3, 4, 5]


def test_every_refused_row_is_told_by_file_line_column_shape_and_reason(poa, tmp_path):
    """Read is used plus refused, and no refused row is told without its place and reason."""
    long, short = "Jane Doe,1 Elm Street,Springfield", "555-0100"
    text = GOOD
    bad = {
        102: (row(110).replace(order_id(110), "jane@example.com"), "order-id", "bad_order_id"),
        103: (row(110).replace(order_id(110), ""), "order-id", "bad_order_id"),
        104: (row(110).replace("2026-10-20T12:00:00Z", short), "ship-by-date", "bad_date"),
        105: (row(110).replace("2026-10-20T12:00:00Z", "1961-02-03"), "ship-by-date", "bad_date"),
        106: (row(110).replace("2026-10-21T10:00:00Z", "########"), "ship-confirm-date", "bad_date"),
        107: (row(111).replace("2026-10-20T12:00:00Z", "2026-10-16T12:00:00Z"), "ship-by-date", None),
        108: (row(112).strip("\n") + f",{long}\n", None, "ragged_row"),
        109: ("Jane Doe,Springfield\n", None, "ragged_row"),
    }
    text += "".join(line for line, _, _ in bad.values())
    write(tmp_path / "r.csv", text)
    done = poa("summary", "r.csv", "--json", check=0)
    found = json.loads(done.stdout)
    source = found["source"]["files"][0]
    assert (source["rows_read"], source["rows_used"], source["rows_refused"]) == (108, 100, 8)
    told = {problem["line"]: problem for problem in found["source"]["problems"]}
    assert sorted(told) == sorted(bad)
    for line, (_, column, code) in bad.items():
        problem = told[line]
        assert (problem["file"], problem["column"]) == ("r.csv", column)
        assert code in {None, problem["code"]}
        assert problem["message"]
    assert told[102]["value"] == "letters and signs, 16 characters"
    assert told[104]["value"] == "digits and signs, 8 characters"
    for private in ("jane", "Jane", "Elm", "Springfield", short):
        assert private not in done.stdout


EVIL = "\x1b[31mred\x1b]0;title\x07\x9b2J\u202eevil\u2066\u200b[bold]x[/bold]"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")
def test_no_terminal_obeys_a_file(poa, tmp_path):
    """Escape sequences, turned writing and markup in names, titles and file names are letters, or gone."""
    name = "\x1b[31mweek\u202e.csv"
    text = HEADER.replace("note", EVIL) + rows(1, 100, supplier=EVIL, sku=EVIL, note=EVIL)
    write(tmp_path / name, text + f"{EVIL},x\n" + row(300).replace("2026-10-20T12:00:00Z", EVIL))
    poa("appeal", name, "--out", "out", check=0)
    said = [
        poa("summary", name, check=0),
        poa("summary", name, "--debug", "--strict", check=3),
        poa("explain", order_id(10), name, check=0),
        poa("explain", EVIL, name, check=1),
        poa("summary", EVIL, check=1),
        poa("summary", name, "--map-out", "x.toml"),
    ]
    texts = [done.stdout + done.stderr for done in said]
    texts += [path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.md")]
    for text in texts:
        assert not {char for char in text if char in "\x1b\x07\x9b\u202e\u2066\u200b\x00"}


@posix
def test_a_sparse_file_is_refused_before_it_is_read(tmp_path):
    """Five gigabytes that take no room on the disk are still five gigabytes."""
    with (tmp_path / "sparse.csv").open("wb") as out:
        out.write(GOOD.encode())
        out.truncate(5 << 30)
    assert refused("sparse.csv", folder=tmp_path)["code"] == "too_large"


@pytest.mark.deep
@posix
def test_a_bomb_as_supplier_sheet_or_performance_report_is_bounded_too(tmp_path):
    """What is handed in beside the report is opened by the same door."""
    write(tmp_path / "r.csv", GOOD)
    write(tmp_path / "far.xlsx", xlsx(f"{OPENED}{TITLED}{FAR['last row']}{CLOSED}"))
    write(tmp_path / "p.json", "[" * 1_000_000)
    write(tmp_path / "map.toml", "a." * 20_000 + "b = 1\n")
    for flags in (["--suppliers", "far.xlsx"], ["--performance", "p.json"], ["--map", "map.toml"]):
        refused("r.csv", *flags, folder=tmp_path)
