"""PDFs come from the LibreOffice that is installed, in a room of its own, and are the same on every day."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from poa.document import Document, Heading, Paragraph, Text
from poa.errors import OutputFault
from poa.files import pdf
from poa.writers import docx

NO_OFFICE = pytest.mark.skipif(pdf.find_office() is None, reason="LibreOffice is not installed")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


def word(*said: str) -> bytes:
    blocks = (Heading(1, (Text(said[0]),)), *(Paragraph((Text(one),)) for one in said[1:]))
    return docx.write(Document(blocks=blocks, title=said[0], language="zh", dated="2026-11-01"), images={})


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A program in the place of LibreOffice that does what a shell script says."""

    def install(script):
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        return program

    return install


@NO_OFFICE
@pytest.mark.deep
def test_papers_become_pdfs_dated_as_asked_on_any_day():
    """All papers in one call, each under its own name; a second run leaves no trace of its own time."""
    papers = {
        "plan-of-action.docx": word("发货延迟", "供应商延误证明"),
        "internal/cover.docx": word("Cover", "出荷遅延率"),
    }
    once = pdf.to_pdf(papers, dated="2026-11-01")
    time.sleep(1.1)  # the clock that LibreOffice writes has seconds
    again = pdf.to_pdf(papers, dated="2026-11-01")
    assert list(once) == list(again) == ["plan-of-action.pdf", "internal/cover.pdf"]
    for made in (*once.values(), *again.values()):
        assert made.startswith(b"%PDF-")
        # LibreOffice itself may order the parts of a file in two ways; what tells the time is never in it.
        assert re.findall(rb"/(?:CreationDate|ModDate)\s*\(D:(\d{8})", made) == [b"20261101"]


@NO_OFFICE
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_every_script_can_be_read_in_the_pdf(tmp_path):
    """Chinese and Japanese words are words in the PDF, and its file is whole."""
    said = ["发货延迟 Root cause", "供应商延误证明：义乌", "出荷遅延率・株式会社", "Größe äöü €"]
    (tmp_path / "a.pdf").write_bytes(pdf.to_pdf({"a.docx": word(*said)})["a.pdf"])
    told = subprocess.run(["pdftotext", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True)
    lines = told.stdout.decode().splitlines()
    assert set(said) <= set(lines)
    assert not told.stderr


@NO_OFFICE
def test_a_paper_that_cannot_be_converted_is_told_by_name():
    """One sentence, with the paper and what to do; no half of the papers."""
    with pytest.raises(OutputFault, match=r"^LibreOffice made no PDF of broken\.docx\.$") as caught:
        pdf.to_pdf({"fine.docx": word("a"), "broken.docx": word("b")[:400]})
    assert caught.value.code == "no_pdf"
    assert "save it as PDF" in str(caught.value.hint)


def test_without_libreoffice_the_reason_and_the_way_out_are_told(monkeypatch):
    """None on the machine is a fault of its own code, so that the caller can go on without; no paper needs none."""
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    with pytest.raises(OutputFault) as caught:
        pdf.to_pdf({"a.docx": b""})
    assert caught.value.code == "no_libreoffice"
    assert pdf.to_pdf({}) == {}


def test_it_is_looked_for_on_the_path_and_where_installers_put_it(tmp_path, monkeypatch):
    """Neither there nor here is None; a file at an installer's place is found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_ELSEWHERE", (str(tmp_path / "soffice.com"),))
    assert pdf.find_office() is None
    (tmp_path / "soffice.com").touch()
    assert pdf.find_office() == tmp_path / "soffice.com"


@POSIX
def test_it_runs_apart_from_the_user(stand_in, tmp_path, monkeypatch):
    """Its profile is new and lets no macro run, no secret of the environment reaches it, nothing is left behind."""
    monkeypatch.setenv("SECRET_TOKEN", "canary")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    stand_in('(echo "%PDF-"; env; echo "$@"; cat profile/user/*.xcu) > 0.pdf')
    told = pdf.to_pdf({"a.docx": b"x"}, dated="2026-11-01")["a.pdf"].decode()
    assert "canary" not in told
    assert "SOURCE_DATE_EPOCH=1793491200" in told
    assert f"-env:UserInstallation=file://{tmp_path.resolve()}/poa-pdf-" in told
    assert 'name="DisableMacrosExecution" oor:op="fuse"><value>true' in told
    assert "--headless --norestore" in told
    assert told.index("--convert-to pdf") < told.index(" 0.docx")
    assert not list(tmp_path.glob("poa-pdf-*"))


@POSIX
def test_one_that_hangs_is_ended_with_its_children(stand_in, tmp_path):
    """After the time limit neither the launcher nor what it started runs on."""
    child = tmp_path / "child"
    stand_in(f"sleep 60 & echo $! > {child}; wait")
    start = time.perf_counter()
    with pytest.raises(OutputFault, match="after 1 seconds and was stopped") as caught:
        pdf.to_pdf({"a.docx": b"x"}, time_limit=1)
    assert time.perf_counter() - start < 20
    assert caught.value.code == "no_pdf"
    for _ in range(50):  # the system may take a moment to sweep it up
        if not _runs(int(child.read_text())):
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child still runs")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        if Path("/proc").is_dir():
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


TRAILER = b"""/CreationDate(D:20261125202942Z')>>
/ID [ <E60FD1BA3DC61711C3066303FF208E1A>
<E60FD1BA3DC61711C3066303FF208E1A> ]
/DocChecksum /9BFB1D0BB8F03372BDF859C5E32A8DDE
"""


def test_clock_and_hashes_of_a_pdf_give_way_to_those_of_its_content():
    """Two PDFs that differ in clock and hashes alone are one; other content has another hash; no part moves."""
    one = pdf.settled(b"page" + TRAILER, dated="2026-11-01")
    later = TRAILER.replace(b"202942", b"203011").replace(b"E60F", b"AAAA").replace(b"9BFB", b"1111")
    assert pdf.settled(b"page" + later, dated="2026-11-01") == one
    assert b"/CreationDate(D:20261101000000Z')" in one
    assert b"E60F" not in one
    assert b"9BFB" not in one
    assert len(one) == len(b"page" + TRAILER)
    assert pdf.settled(b"PAGE" + TRAILER, dated="2026-11-01")[4:] != one[4:]
    assert pdf.settled(b"%PDF-2.0 another way", dated="2026-11-01") == b"%PDF-2.0 another way"
