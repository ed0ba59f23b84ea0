"""The threats to the page that shows a pack on this machine, one test each."""

from threading import Thread

import pytest
from attacks import stranger
from test_preview import Browser

from poa.cli.packs.preview import serve
from poa.cli.packs.preview_desk import Choice, Desk


@pytest.fixture
def desk(tmp_path):
    """A preview of a stranger's pack, asked as a browser would."""
    found = Desk(stranger(tmp_path))
    server = serve(found, Choice(document="plan-of-action", language="en", sample="normal"), port=0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield Browser(server)
    found.end()
    server.shutdown()
    server.server_close()
    thread.join(10)


def test_another_site_cannot_ask_the_preview(desk):
    """Under another name of this machine, from another page, without the secret: nothing."""
    assert desk.ask("", host="evil.example")[0] == 403
    assert desk.ask("", **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert desk.ask("", root="/")[0] == 404


def test_nothing_can_be_sent_to_the_preview(desk):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert desk.ask("", method=method)[0] == 405


def test_a_page_of_a_pack_runs_nothing_in_the_preview(desk):
    """The page is shut off: no script, no address, kept by nobody; and what is wrong shows no debugger."""
    _, headers, _ = desk.ask("document")
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert desk.ask("document?document=x")[2] == b"There is no such page.\n"
