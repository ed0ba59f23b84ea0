"""Word papers as PDF, by the LibreOffice that is installed; without one there is no PDF, and nothing else changes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from poa.errors import OutputFault
from poa.files.confined import end_tree
from poa.words import said

TIME_LIMIT = 120  # seconds for all papers of a run; the first start of a fresh profile takes up to twenty

_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
# What a program needs to start and to find its fonts; no other variable reaches it.
_PASSED_ON = (
    "PATH", "HOME", "USER", "XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "FONTCONFIG_PATH",
    "FONTCONFIG_FILE", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMDATA", "PROGRAMFILES",
    "USERPROFILE", "APPDATA", "LOCALAPPDATA",
)  # fmt: skip
# No macro runs, no link is followed, and no window asks for anything.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def find_office() -> Path | None:
    """The LibreOffice of this machine: on the search path, else where its installers put it."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    places = (Path(found),) if found else (Path(place) for place in _ELSEWHERE)
    return next((place for place in places if place.is_file()), None)


def to_pdf(
    papers: Mapping[str, bytes], *, dated: str = "2000-01-01", time_limit: float = TIME_LIMIT
) -> dict[str, bytes]:
    """The DOCX papers as PDF, under their names with ``.pdf``; ``dated`` is the ISO day of the files' properties.

    Nothing is left on the disk and no setting of the user's LibreOffice is read or changed. Raises
    OutputFault where there is no LibreOffice (``no_libreoffice``), or where it makes no PDF (``no_pdf``).
    """
    if not papers:
        return {}
    office = find_office()
    if office is None:
        raise OutputFault(
            "no_libreoffice",
            said("PDFs are made by LibreOffice, and none is installed here."),
            hint=said("Install LibreOffice, or open the .docx in Word and save it as PDF."),
        )
    # A crash or a kill of LibreOffice may leave a file open; what cannot be removed is the system's to clean.
    with TemporaryDirectory(prefix="poa-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        names = {paper: f"{number}.docx" for number, paper in enumerate(papers)}
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        for paper, data in papers.items():
            (folder / names[paper]).write_bytes(data)
        _convert(office, folder, list(names.values()), dated=dated, time_limit=time_limit)
        return {
            PurePosixPath(paper).with_suffix(".pdf").as_posix(): _made(folder / names[paper], paper, dated)
            for paper in papers
        }


def _convert(office: Path, folder: Path, names: Sequence[str], *, dated: str, time_limit: float) -> None:
    """Run LibreOffice in a folder of its own; it and its children end with this call."""
    command = [
        str(office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
        *("--convert-to", "pdf", "--outdir", str(folder), *names),
    ]
    with subprocess.Popen(  # noqa: S603 - a program that the user installed, and names of our own
        command,
        cwd=folder,
        env=_environment(folder, dated),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            running.wait(timeout=time_limit)
        except subprocess.TimeoutExpired:
            raise OutputFault(
                "no_pdf",
                said(
                    "LibreOffice had made no PDF after {seconds} seconds and was stopped.",
                    seconds=round(time_limit),
                ),
                hint=_BY_HAND,
            ) from None
        finally:
            # With all that it started: its launcher hands the work to another process.
            if sys.platform != "win32" or running.poll() is None:
                end_tree(running.pid)


_BY_HAND = said("Open the .docx in Word or LibreOffice and save it as PDF, or run poa again without pdf.")


def _environment(folder: Path, dated: str) -> dict[str, str]:
    epoch = datetime.combine(date.fromisoformat(dated), datetime.min.time(), tzinfo=UTC)
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **kept,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",  # draws without a screen
        "SOURCE_DATE_EPOCH": f"{epoch.timestamp():.0f}",
    }


def _made(docx: Path, paper: str, dated: str) -> bytes:
    """The PDF that was made of a paper."""
    pdf = docx.with_suffix(".pdf")
    data = pdf.read_bytes() if pdf.is_file() else b""
    if not data.startswith(b"%PDF-"):
        message = said("LibreOffice made no PDF of {paper}.", paper=paper)
        raise OutputFault("no_pdf", message, file=paper, hint=_BY_HAND)
    return settled(data, dated=dated)


# LibreOffice 7.4 writes its clock, and two hashes of it, in plain sight behind the compressed pages.
_DATE = re.compile(rb"(/(?:Creation|Mod)Date ?\(D:)[0-9]{14}")
_HASH = re.compile(rb"(/ID ?\[\s*<|>\s*<|/DocChecksum ?/)[0-9A-F]{32}(?=>|\s)")


def settled(data: bytes, *, dated: str) -> bytes:
    """A PDF whose day and hashes come from the paper and not from the clock, so that no run leaves its time in it.

    Each is replaced by one of the same length, for a PDF finds its parts by their place in the file. Where a
    LibreOffice writes them in another way, they stay as they are.
    """
    day = dated.replace("-", "").encode() + b"000000"
    plain = _HASH.sub(rb"\g<1>" + b"0" * 32, _DATE.sub(rb"\g<1>" + day, data))
    return _HASH.sub(rb"\g<1>" + sha256(plain).hexdigest()[:32].upper().encode(), plain)
