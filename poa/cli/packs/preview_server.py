"""The preview's own web server: this machine only, one secret address, GET only, and no path of a disk in any address."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hmac import compare_digest
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from urllib.parse import parse_qsl, urlsplit

from poa.build.samples import SAMPLES
from poa.cli.packs.preview_desk import Choice, Desk, questions
from poa.cli.packs.preview_word import Pages, WordPages
from poa.files.pdf import find_office
from poa.files.pictures import MOST_PAGES

HOST = "127.0.0.1"

_WAIT = 20.0  # seconds that a question for news is held
_LONGEST = 2000  # characters of an address
_PAPER_POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'"
)
_WORD_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_EMPTY = b"<!DOCTYPE html><html lang='en'><title>Nothing yet</title><p>Nothing could be made yet.</p></html>"


@dataclass(frozen=True, slots=True)
class _Answer:
    body: bytes
    kind: str = "text/html; charset=utf-8"
    policy: str = "default-src 'none'; frame-ancestors 'none'"
    status: HTTPStatus = HTTPStatus.OK
    name: str = ""


class PreviewServer(ThreadingHTTPServer):
    """Serves one desk; ``port`` 0 takes any that is free. Raises OSError where the port is taken."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # on Windows two programs could then hold one port

    def __init__(self, desk: Desk, *, port: int = 0, chosen: Choice) -> None:
        super().__init__((HOST, port), _Handler)
        self.desk, self.chosen = desk, chosen
        self.token = os.urandom(16).hex()
        self.pages = WordPages()

    @property
    def address(self) -> str:
        """The address of the page, with the secret without which nothing is shown."""
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser on this machine may call us; another name was led here by somebody else's."""
        names = [f"{name}:{self.server_port}" for name in (HOST, "localhost")]
        return (*names, HOST, "localhost") if self.server_port == 80 else tuple(names)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no fault; what else fails was answered already."""


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "poa", ""
    timeout = 60  # seconds for a request to come

    def do_GET(self) -> None:
        """Answer, if it is us who are asked."""
        if {"Content-Length", "Transfer-Encoding"} & set(self.headers):
            self.close_connection = True  # a body is not read, nor taken for the next request
        try:
            answer = self._refused() or self._answer()
        except Exception as error:  # noqa: BLE001 - the browser is told, the terminal stays quiet
            what = f"This is a fault of poa itself: {type(error).__name__}."
            answer = _plain(what, HTTPStatus.INTERNAL_SERVER_ERROR)
        self._send(answer)

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Whatever else is asked for, by ``do_POST`` and the like, is refused."""
        if not name.startswith("do_"):
            raise AttributeError(name)
        return self._other

    def _other(self) -> None:
        self.close_connection = True  # what else was sent is not read
        self._send(_plain("Only GET is answered.", HTTPStatus.METHOD_NOT_ALLOWED))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        """Say nothing: the terminal is the writer's."""

    def _refused(self) -> _Answer | None:
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            return _plain("This page is for this machine only.", HTTPStatus.FORBIDDEN)
        if self.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            return _plain("Another page asked for this one.", HTTPStatus.FORBIDDEN)
        token = urlsplit(self.path).path.split("/")[1:2]
        if len(self.path) > _LONGEST or not token or not _same(token[0], self.server.token):
            return _plain("There is no such page.", HTTPStatus.NOT_FOUND)
        return None

    def _answer(self) -> _Answer:
        address = urlsplit(self.path)
        asked = dict(parse_qsl(address.query))
        route = address.path.split("/")[2:]
        answers: Mapping[str, Callable[[Choice, Mapping[str, str]], _Answer]] = {
            "state": self._state,
            "document": self._document,
            "word": self._word,
            "page": self._page,
            "pdf": self._pdf,
        }
        if route == [""]:
            return _start()
        choice = self._choice(asked)
        if len(route) != 1 or route[0] not in answers or not self.server.desk.allows(choice):
            return _plain("There is no such page.", HTTPStatus.NOT_FOUND)
        return answers[route[0]](choice, asked)

    def _choice(self, asked: Mapping[str, str]) -> Choice:
        first = asdict(self.server.chosen)
        return Choice(**{key: asked.get(key) or value for key, value in first.items()})

    def _state(self, choice: Choice, asked: Mapping[str, str]) -> _Answer:
        """What there is to show, as soon as it is another than that which the page has."""
        desk = self.server.desk
        after = asked.get("after", "")
        if after.isascii() and after.isdigit() and len(after) < 12:
            desk.wait(int(after), _WAIT)
        view = desk.view(choice)
        told = {
            **asdict(choice),
            "version": view.version,
            "pack": desk.name,
            "documents": list(desk.documents),
            "languages": list(desk.languages),
            "samples": dict(SAMPLES),
            "good": view.is_new,
            "page": view.good.mark if view.good else "",
            "changed": view.good.changed if view.good else "",
            "questions": questions(view.good),
            "troubles": [asdict(one) for one in view.troubles],
            "word": find_office() is not None,
        }
        return _Answer(json.dumps(told).encode(), kind="application/json")

    def _document(self, choice: Choice, _: Mapping[str, str]) -> _Answer:
        good = self.server.desk.view(choice).good
        return _Answer(good.page if good else _EMPTY, policy=_PAPER_POLICY)

    def _made(self, choice: Choice) -> Pages | str | None:
        view = self.server.desk.view(choice)
        good = view.good
        if good is None:
            return "Nothing could be made yet."
        # The letterhead may have changed where the words have not.
        return self.server.pages.look(f"{view.version} {good.mark}", lambda: self.server.desk.word(good))

    def _word(self, choice: Choice, _: Mapping[str, str]) -> _Answer:
        made = self._made(choice)
        if made is None:
            return _word_page("<p>LibreOffice is at work …</p>", wait=True)
        if isinstance(made, str):
            return _word_page(f"<p>{escape(made)}</p>")
        asked = escape(urlsplit(self.path).query)
        shown = "".join(
            f'<img src="page?{asked}&amp;number={number}" alt="Page {number}">'
            for number in range(1, len(made.pictures) + 1)
        )
        more = f"<p>The first {MOST_PAGES} pages.</p>" if len(made.pictures) == MOST_PAGES else ""
        return _word_page(f'<p><a href="pdf?{asked}">As PDF</a></p>{shown}{more}')

    def _page(self, choice: Choice, asked: Mapping[str, str]) -> _Answer:
        made, number = self._made(choice), asked.get("number", "")
        if isinstance(made, Pages) and number in {str(at + 1) for at in range(len(made.pictures))}:
            return _Answer(made.pictures[int(number) - 1], kind="image/png")
        return _plain("There is no such page.", HTTPStatus.NOT_FOUND)

    def _pdf(self, choice: Choice, _: Mapping[str, str]) -> _Answer:
        made = self._made(choice)
        if isinstance(made, Pages):
            return _Answer(made.pdf, kind="application/pdf", name=f"{choice.document}.pdf")
        return _plain("There is no such page.", HTTPStatus.NOT_FOUND)

    def _send(self, answer: _Answer) -> None:
        self.send_response(answer.status)
        headers = {
            "Content-Type": answer.kind,
            "Content-Length": str(len(answer.body)),
            "Content-Security-Policy": answer.policy,
            "Cache-Control": "no-store",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        if answer.name:
            headers["Content-Disposition"] = f'attachment; filename="{answer.name}"'
        if answer.status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = "GET"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


def _same(told: str, token: str) -> bool:
    return compare_digest(told.encode("utf-8", "replace"), token.encode())


def _plain(text: str, status: HTTPStatus) -> _Answer:
    return _Answer(f"{text}\n".encode(), kind="text/plain; charset=utf-8", status=status)


def _start() -> _Answer:
    """The page itself, which runs its own script and no other."""
    nonce = os.urandom(16).hex()
    text = files(__package__).joinpath("preview.html").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self';"
        " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return _Answer(text.replace("NONCE", nonce).encode(), policy=policy)


def _word_page(body: str, *, wait: bool = False) -> _Answer:
    again = '<meta http-equiv="refresh" content="1">' if wait else ""
    style = "body{margin:1rem;font:1rem Arial,sans-serif;background:#ECEEF0}img{display:block;margin:1rem auto;max-width:100%}"
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{again}<title>Word pages</title>'
        f"<style>{style}</style></head><body>{body}</body></html>"
    )
    return _Answer(page.encode(), policy=_WORD_POLICY)
