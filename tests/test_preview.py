"""The preview follows each change, keeps the last good page, and opens itself to nobody else."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode, urlsplit

import pytest
from hostile_word import zipped
from made_shells import parts

from poa.build.filled import problems_apart
from poa.build.samples import SAMPLES
from poa.cli.packs import preview_desk
from poa.cli.packs.preview import first_choice, found_pack, serve
from poa.cli.packs.preview_desk import Choice, Desk, questions
from poa.errors import InputFault, UsageFault
from poa.files import bundled, read_folder
from poa.files.pdf import find_office
from poa.writers.shell import starter_shell


def in_parts(data, old, new):
    """A Word file with other words."""
    found = {name: part.decode() for name, part in parts(data).items()}
    assert old in found["word/document.xml"]
    found["word/document.xml"] = found["word/document.xml"].replace(old, new)
    return zipped(found)


PACK = 'id = "acme"\nversion = "1.0"\nfacts = 1\n'
OURS = '{% extends "default/plan-of-action.md.j2" %}\n'
LETTER = Choice(document="plan-of-action", language="en", sample="normal")


class Browser:
    """Asks a server as a browser would, or as somebody who should not."""

    def __init__(self, server) -> None:
        address = urlsplit(server.address)
        self.port, self.root = address.port, address.path

    def ask(self, path, *, method="GET", root=None, host=None, **headers):
        """Status, headers and body."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {"Host": host} if host is not None else {}
        line.request(method, f"{self.root if root is None else root}{path}", headers={**named, **headers})
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer.status, answer.headers, body

    def state(self, after=None, **choice):
        asked = {**choice, **({} if after is None else {"after": after})}
        status, _, body = self.ask(f"state?{urlencode(asked)}")
        assert status == 200
        return json.loads(body)

    def page(self, **choice):
        status, _, body = self.ask(f"document?{urlencode(choice)}")
        assert status == 200
        return body.decode()


@pytest.fixture
def acme(tmp_path):
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "plan-of-action.md.j2").write_text(OURS, encoding="utf-8")
    return folder


@pytest.fixture
def browser(acme):
    desk = Desk(acme)
    server = serve(desk, LETTER, port=0)
    desk.watch()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield Browser(server)
    desk.end()
    server.shutdown()
    server.server_close()
    thread.join(10)


def write(folder: Path, text: str, name: str = "plan-of-action.md.j2") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_a_change_of_a_file_is_a_change_of_the_page(browser, acme):
    """A save, and whoever waits gets the new page, at the heading above what changed."""
    first = browser.state()
    assert first["good"]
    assert first["troubles"] == []
    assert first["pack"] == "acme"
    assert "root cause of the late shipments</h2>" in browser.page()
    write(acme, OURS + "{% block root_cause %}\n## Our own cause\n\nWritten by us.\n{% endblock %}\n")
    second = browser.state(after=first["version"])
    assert second["version"] > first["version"]
    assert second["page"] != first["page"]
    assert second["good"]
    page = browser.page()
    assert "Written by us." in page
    assert f'id="{second["changed"]}">Our own cause</h2>' in page


def test_a_fault_stands_beside_its_line_and_the_last_good_page_stays(browser, acme):
    """The place, the line with those around it, the remedy; the page is the one before, until it is mended."""
    before = browser.state()
    page = browser.page()
    write(acme, OURS + "{% block root_cause %}\n{{ facts.as_off }}\n{% endblock %}\n")
    broken = browser.state(after=before["version"])
    assert not broken["good"]
    assert broken["page"] == before["page"]
    assert browser.page() == page
    (trouble,) = broken["troubles"]
    assert trouble["place"].startswith("acme/plan-of-action.md.j2:3")
    assert "did you mean 'as_of'" in trouble["message"]
    assert [3, "{{ facts.as_off }}"] in trouble["lines"]
    assert trouble["line"] == 3
    assert trouble["hint"]
    write(acme, OURS)
    mended = browser.state(after=broken["version"])
    assert mended["good"]
    assert mended["troubles"] == []


@pytest.mark.every_third
@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pack.toml", 'id = "acme"\nversion = 1\nfacts = 1\n', ("acme/pack.toml:2", "version = 1")),
        ("lang/en.toml", "[plan]\nx = \n", ("acme/lang/en.toml:2", "x = ")),
        ("plan-of-action.md.j2", "# A\n\n<b>x</b>\n", ("plan-of-action.md:3", "<b>x</b>")),
        ("plan-of-action.md.j2", "# A\n{% if %}\n", ("acme/plan-of-action.md.j2:2", "{% if %}")),
        ("cover.md.j2", "# A\n\n{{ x\n", ("acme/cover.md.j2:3", "{{ x")),
    ],
)
def test_every_kind_of_fault_has_its_line(browser, acme, name, text, told):
    """Manifest, phrases, template, the Markdown that was filled, and a template that this document does not use."""
    place, line = told
    before = browser.state()
    (acme / "lang").mkdir(exist_ok=True)
    write(acme, text, name)
    state = browser.state(after=before["version"])
    while not state["troubles"]:  # the new folder alone was seen
        state = browser.state(after=state["version"])
    trouble = state["troubles"][0]
    assert trouble["place"].startswith(place), trouble
    assert [trouble["line"], line] in trouble["lines"]
    assert trouble["message"]


def test_a_manifest_that_goes_is_told_and_not_the_end(browser, acme):
    """Even a pack that is no pack any more is a sentence."""
    before = browser.state()
    (acme / "pack.toml").unlink()
    gone = browser.state(after=before["version"])
    assert not gone["good"]
    assert "pack.toml" in gone["troubles"][0]["message"]
    write(acme, PACK, "pack.toml")
    assert browser.state(after=gone["version"])["good"]


def test_document_language_and_sample_case_are_chosen_in_the_page(browser):
    """Each of them changes what is shown."""
    pages = {
        browser.page(),
        browser.page(document="root-cause-analysis"),
        browser.page(language="ja"),
        browser.page(sample="strange_names"),
    }
    assert len(pages) == 4
    state = browser.state(document="cover", language="de", sample="blank_case")
    assert (state["document"], state["language"], state["sample"]) == ("cover", "de", "blank_case")
    assert list(state["samples"]) == list(SAMPLES)
    assert browser.state(sample="blank_case")["questions"] > 0


def test_a_document_about_nothing_says_so(browser):
    """Where no supplier is late, there is no request to one: a sentence, not an empty page."""
    state = browser.state(document="supplier-statement", sample="nothing_late")
    assert not state["good"]
    assert "no supplier stands out" in state["troubles"][0]["message"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:80", ""]
)
def test_another_name_of_this_machine_is_refused(browser, host):
    """A name that somebody else led to us (DNS rebinding) gets nothing, whatever it asks for."""
    for path in ("", "state", "document"):
        status, _, body = browser.ask(path, host=host)
        assert status == 403
        assert b"<h1" not in body


def test_our_own_names_are_answered(browser):
    """As a browser on this machine calls us."""
    for name in ("127.0.0.1", "localhost", "LOCALHOST"):
        assert browser.ask("", host=f"{name}:{browser.port}")[0] == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_is_refused(browser, site):
    """A browser says who asks; another site's page gets nothing."""
    assert browser.ask("state", **{"Sec-Fetch-Site": site})[0] == 403
    assert browser.ask("state", **{"Sec-Fetch-Site": "same-origin"})[0] == 200


@pytest.mark.parametrize(
    "root",
    ["/", "/x/", f"/{'0' * 32}/", "//", "/%2e%2e/", "/favicon.ico"],
)
def test_a_wrong_token_is_no_page(browser, root):
    """Without the secret of the address nothing is there."""
    for path in ("", "state", "document"):
        assert browser.ask(path, root=root)[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "../pack.toml",
        "../../etc/passwd",
        "%2e%2e/pack.toml",
        "pack.toml",
        "document/../../pack.toml",
        "document?document=../pack",
        "document?document=../../../../etc/passwd",
        "document?document=pack.toml",
        "document?document=_rates",
        "document?document=default/cover",
        "document?document=cover%00",
        "document?language=../en",
        "state?sample=../../x",
        "page?number=1",
        "state/",
        "document?" + "x" * 3000,
    ],
)
def test_no_address_is_a_path(browser, path):
    """What is not a document, a language and a sample case of the list is not there."""
    status, _, body = browser.ask(path)
    assert status == 404
    assert body == b"There is no such page.\n"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "FOO"])
def test_only_get_is_answered(browser, method):
    """Nothing can be changed through the preview."""
    status, headers, body = browser.ask("", method=method)
    assert status == 405
    assert headers["Allow"] == "GET"
    assert b"<" not in body


def test_every_answer_is_shut_off(browser):
    """The page runs its own script alone, the document none; nothing is kept, framed or told to others."""
    _, page, body = browser.ask("")
    _, document, _ = browser.ask("document")
    _, state, _ = browser.ask("state")
    for headers in (page, document, state):
        assert headers["Content-Security-Policy"].replace("sandbox; ", "").startswith("default-src 'none'")
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers
        assert "Python" not in headers["Server"]
    assert document["Content-Security-Policy"].startswith("sandbox;")
    assert "script-src" not in document["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    nonces = {browser.ask("")[1]["Content-Security-Policy"] for _ in range(2)}
    assert len(nonces) == 2
    assert b'setAttribute("sandbox", "")' in body
    assert b"innerHTML" not in body
    assert b"NONCE" not in body


def test_the_server_is_bound_to_this_machine(acme):
    """No other machine can reach it."""
    server = serve(Desk(acme), LETTER, port=0)
    try:
        assert server.socket.getsockname()[0] == "127.0.0.1"
        assert len(server.token) == 32
        other = serve(Desk(acme), LETTER, port=0)
        assert other.token != server.token
        other.server_close()
    finally:
        server.server_close()


def test_a_port_that_is_taken_is_a_sentence(acme):
    """And what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageFault) as caught:
            serve(Desk(acme), LETTER, port=taken.getsockname()[1])
    assert caught.value.code == "port_taken"
    assert "--port" in (caught.value.hint or "")


def test_what_is_no_pack_is_told_before_anything_starts(tmp_path, acme):
    """No folder, a folder without pack.toml, a language or a sample case that is not there."""
    for folder, code in ((tmp_path / "none", "no_such_folder"), (tmp_path, "no_pack")):
        with pytest.raises(InputFault) as caught:
            found_pack(folder)
        assert caught.value.code == code
        assert caught.value.hint
    assert found_pack(Path("default")).is_dir()
    desk = Desk(acme)
    for wrong in ({"language": "fr", "sample": "normal"}, {"language": None, "sample": "normale"}):
        with pytest.raises(UsageFault):
            first_choice(desk, **wrong)
    assert first_choice(desk, language=None, sample="normal") == LETTER


def test_a_link_out_of_the_pack_is_not_followed(acme, tmp_path):
    """A template that is a link shows nothing of what it leads to."""
    secret = tmp_path / "secret.md.j2"
    secret.write_text("# Secret\n", encoding="utf-8")
    (acme / "plan-of-action.md.j2").unlink()
    (acme / "plan-of-action.md.j2").symlink_to(secret)
    good = Desk(acme).view(LETTER).good
    assert good is not None
    assert b"Secret" not in good.page
    assert questions(good) == 0


def test_a_letterhead_that_cannot_be_used_is_told_beside_the_page(browser, acme):
    """The words are right and shown; the Word file in its look could not be made."""
    before = browser.state()
    (acme / "shell.docx").write_bytes(b"PK no Word file")
    state = browser.state(after=before["version"])
    assert state["good"]
    assert state["page"] == before["page"]
    (trouble,) = state["troubles"]
    assert trouble["place"].startswith("acme/shell.docx")


def test_a_fault_of_the_letterhead_has_the_place_that_word_shows(browser, acme):
    """As ``poa packs check`` has it: no name of a part of the file."""
    before = browser.state()
    data = starter_shell("en", name="acme")
    (acme / "shell.docx").write_bytes(in_parts(data, "{{ body }}", "{{ bdy }}"))
    (trouble,) = browser.state(after=before["version"])["troubles"]
    assert trouble["message"].startswith('body, paragraph 1 "{{ bdy }}": ')


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ t.closng }}", 'Write t.closing, or add to lang/en.toml: closng = "…".'),
        pytest.param("{{ t.zzqqxx }}", 'Add to lang/en.toml: zzqqxx = "…".', marks=pytest.mark.deep),
        ("{{ facts.as_off }}", "Write as_of."),
        pytest.param("{{ seller }}", "Write case.seller.name | answer.", marks=pytest.mark.deep),
    ],
)
def test_a_hint_says_what_the_check_says_and_no_list_of_every_name(browser, acme, text, hint):
    before = browser.state()
    write(acme, OURS + "{% block root_cause %}\n" + text + "\n{% endblock %}\n")
    (trouble,) = browser.state(after=before["version"])["troubles"]
    assert trouble["hint"] == hint
    _, problems = problems_apart(
        "acme", read_folder(acme), default=read_folder(bundled("templates") / "default")
    )
    assert hint in {one.remedy for one in problems}


def test_a_hint_of_many_names_is_cut():
    desk_hint = preview_desk._short("It has: " + ", ".join(f"name_{at}" for at in range(900)) + ".")
    assert len(desk_hint) <= 1202
    assert desk_hint.endswith(", …")


@pytest.mark.skipif(find_office() is None, reason="no LibreOffice is installed")
def test_word_pages_are_made_behind_the_page(browser):
    """The first question starts the work and is answered at once; later ones get pictures and the PDF."""
    status, _, body = browser.ask("word")
    assert status == 200
    assert b"refresh" in body
    for _ in range(120):
        _, headers, body = browser.ask("word")
        if b"refresh" not in body:
            break
        Event().wait(0.5)
    assert b"As PDF" in body
    assert "script-src" not in headers["Content-Security-Policy"]
    assert browser.ask("pdf")[2].startswith(b"%PDF-")
    if shutil.which("pdftoppm"):
        assert browser.ask("page?number=1")[2].startswith(b"\x89PNG")
        assert browser.ask("page?number=99")[0] == 404


def test_ctrl_c_ends_it_with_a_sentence(acme):
    """The command prints where to look, and one sentence at the end; nothing is left behind."""
    command = [sys.executable, "-m", "poa", "packs", "preview", str(acme), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        assert first.startswith("Preview of acme: http://127.0.0.1:")
        running.stdout.readline()
        os.kill(running.pid, signal.SIGINT)
        rest, errors = running.communicate(timeout=60)
    assert rest.strip() == "The preview has ended."
    assert errors == ""
    assert running.returncode == 0
