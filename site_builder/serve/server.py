"""The server on this machine: pages from the list of those there are, and what changed."""

from __future__ import annotations

import io
import json
import socket
import sys
import threading
import time
from functools import cached_property
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from site_builder.serve.editing import Editing
from site_builder.serve.forms import NoForm, form_of
from site_builder.serve.guard import fault_of, has_body, refusal, refusal_of_address
from site_builder.serve.session import Session

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

HOST = "127.0.0.1"
_OWN = "-/"
_FILES = {f"{_OWN}{name}": name for name in ("reload.js", "banner.css")}
_LIVE = (
    "ask.js", "board.js", "deeds.js", "editor.js", "live.css", "live.js", "parts.js", "sheet.js",
    "Sortable.min.js", "subject.js",
)  # fmt: skip
_EDITING_FILES = {f"{_OWN}live/{name}": f"live/{name}" for name in _LIVE}
_Request = socket.socket | tuple[bytes, socket.socket]
_SOON = "X-Dealog-Soon"
_WAIT = 25.0
_IDLE = 60.0
_SAYING = 20.0
"""A request that has begun has come whole after so many seconds, however it drips."""
_MOST_AT_ONCE = 200
_CLOSED = b"default-src 'none';"
_OPEN = b"default-src 'none'; connect-src 'self';"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
}


class Server(ThreadingHTTPServer):
    """Serves a session on the loopback address, to requests that name this machine alone; where
    there is ``editing``, its pages can change files."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, session: Session, port: int, editing: Editing | None = None) -> None:
        """Raises OSError where the port is taken."""
        self.session, self.editing = session, editing
        self.files = _FILES if editing is None else {**_FILES, **_EDITING_FILES}
        self._room = threading.BoundedSemaphore(_MOST_AT_ONCE)
        super().__init__((HOST, port), _Handler if editing is None else _EditingHandler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @cached_property
    def names(self) -> frozenset[str]:
        """What a request may call this server: another name is another site's doing."""
        hosts = ("127.0.0.1", "localhost")
        return frozenset(f"{host}:{self.port}" for host in hosts)

    def process_request(self, request: _Request, client_address: object) -> None:
        """Answer in a thread of its own, if there are not too many."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except Exception:  # no thread was started that would
            self._room.release()
            raise

    def process_request_thread(self, request: _Request, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: _Request, client_address: object) -> None:
        """Tell of a bug of ours. Whoever hangs up is no news."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Heard(io.RawIOBase):
    """What is read of a connection: each request has its time, from its first byte on."""

    def __init__(self, connection: socket.socket, idle: float) -> None:
        self._connection, self._idle, self._until = connection, idle, 0.0

    def next(self) -> None:
        """Another request may begin, in its own time."""
        self._until = 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Raises TimeoutError where the time is over."""
        now = time.monotonic()
        if self._until and now >= self._until:
            raise TimeoutError
        left = self._until - now if self._until else self._idle
        self._connection.settimeout(min(left, self._idle))
        try:
            count = self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(self._idle)  # which is what answers have
        self._until = self._until or time.monotonic() + _SAYING
        return count


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server_version = "dealog"
    sys_version = ""
    timeout = _IDLE
    disable_nagle_algorithm = True  # what follows the headers would wait 40 ms for an answer
    server: Server

    def setup(self) -> None:
        super().setup()
        self._heard = _Heard(self.connection, self.timeout)
        self.rfile = io.BufferedReader(self._heard)

    def handle_one_request(self) -> None:
        self._heard.next()
        super().handle_one_request()

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        fault = fault_of(self.headers, self.request_version)
        refused = refusal_of_address(self.path, self.headers, self.server.names)
        if fault:
            self._refuse(HTTPStatus.BAD_REQUEST, fault)
        elif refused is not None:
            self._refuse(*refused)
        elif self.command != "POST" and has_body(self.headers):
            self.close_connection = True  # for that is not read, and is no next request
        return not (fault or refused)

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        url = urlsplit(self.path)
        path = unquote(url.path).removeprefix("/")
        if path == f"{_OWN}changes":
            self._send_changes(parse_qs(url.query))
        elif path in self.server.files:
            name = self.server.files[path]
            self._send(HTTPStatus.OK, _own_file(name), name.rpartition(".")[2])
        else:
            self._send_page(path if path and not path.endswith("/") else f"{path}index.html")

    def _send_page(self, path: str) -> None:
        session = self.server.session
        version = session.version
        data = session.page(path, is_soon=self.headers.get(_SOON) == "yes")
        status = HTTPStatus.OK
        if data is None:
            status, path = HTTPStatus.NOT_FOUND, "404.html"
            data = session.page(path) or b"There is no such page."
        ending = path.rpartition(".")[2]
        if ending == "html":
            token = self.server.editing.token if self.server.editing else ""
            data = _with_script(data, version, session.banner, path.count("/"), token)
        self._send(status, data, ending)

    def _send_changes(self, query: dict[str, list[str]]) -> None:
        since = query.get("since", ["0"])[0]
        if not since.isascii() or not since.isdigit() or len(since) > 9:
            self._refuse(HTTPStatus.BAD_REQUEST, "since is a number.")
            return
        found = self.server.session.since(int(since), _WAIT)
        pages = None if found.pages is None else sorted(found.pages)
        told = {"version": found.version, "pages": pages, "wrong": found.wrong}
        self._send(HTTPStatus.OK, json.dumps(told).encode(), "json")

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True
        self._send(status, why.encode(), "txt")

    def _send(self, status: HTTPStatus, data: bytes, ending: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(ending, "text/plain; charset=utf-8"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news."""


class _EditingHandler(_Handler):
    """One request, which may be to change something."""

    def do_POST(self) -> None:
        editing = self.server.editing
        assert editing is not None
        refused = refusal(self.headers, editing.token)
        if refused is not None:
            self._refuse(*refused)
            return
        data = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            answer = editing.answer(self.path.removeprefix(f"/{_OWN}"), form_of(data))
        except NoForm as wrong:
            self._refuse(HTTPStatus.BAD_REQUEST, str(wrong))
            return
        if answer is None:
            self._refuse(HTTPStatus.NOT_FOUND, "Nothing of this kind can be done.")
        else:
            self._send(answer.status, json.dumps(answer.told).encode(), "json")


def _own_file(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


def _with_script(
    page: bytes, version: int, wrong: tuple[str, ...], depth: int, token: str
) -> bytes:
    """A page that follows changes and, with a token, makes them: it may ask this server, and no
    other."""
    root = "../" * depth
    said = escape(json.dumps(wrong), quote=True)
    script = (
        f'<script src="{root}-/reload.js" data-version="{version}" data-wrong="{said}"></script>'
    )
    style = f'<link rel="stylesheet" href="{root}-/banner.css">'
    if token:
        live = f"{root}-/live"
        script += f'<script src="{live}/Sortable.min.js"></script>'
        script += f'<script type="module" src="{live}/live.js" data-token="{token}"></script>'
        style += f'<link rel="stylesheet" href="{live}/live.css">'
    opened = page.replace(_CLOSED, _OPEN, 1).replace(b"</head>", style.encode() + b"</head>", 1)
    before, end, after = opened.rpartition(b"</body>")
    return before + script.encode() + end + after if end else opened + script.encode()
