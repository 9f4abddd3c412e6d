"""The server under attack: requests spoiled at random, cut short, slow, too large, and very many; it
stays up, tells of no bug of ours, and no file changes."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from site_builder.serve import server as server_module
from site_builder.serve.server import HOST, Server
from tests import mutations
from tests.catalogue import BASE
from tests.commands import contents, write
from tests.serve.served import served

FORM = {"deal": "one", "day": "fri", "text": "Call them"}
PATHS = (
    "/-/do/next",
    "/-/do/log",
    "/-/do/new",
    "/-/do/move",
    "/-/save",
    "/-/read",
    "/-/about",
    "/-/check",
    "/",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    journal = tmp_path_factory.mktemp("attacked")
    write(journal, dict(BASE))
    return journal


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with served(folder, is_editing=True) as server:
        yield server


def head(server: Server, path: str, length: int, token: str) -> bytes:
    """The head of a page's own request, but for its token."""
    lines = (
        f"POST {path} HTTP/1.1", f"Host: {HOST}:{server.port}", f"Origin: http://{HOST}:{server.port}",
        "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty",
        "Content-Type: application/json", f"X-Dealog-Token: {token}", f"Content-Length: {length}", "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


def told(server: Server, data: bytes, *, is_ended: bool = True) -> bytes:
    """What is answered to some bytes, of which no more come."""
    said = b""
    with socket.create_connection((HOST, server.port), timeout=10) as connection:
        with suppress(OSError):  # it may have closed before all is sent
            connection.sendall(data)
            if is_ended:
                connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := connection.recv(65_536):
                said += part
    return said


def is_up(server: Server) -> bool:
    """Whether it answers, though a busy machine may take longer to ask than it waits."""
    for _ in range(20):
        with (
            closing(http.client.HTTPConnection(HOST, server.port, timeout=30)) as connection,
            suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", "/index.html")
            answer = connection.getresponse()
            return answer.status == 200 and b"Kestrel" in answer.read()
    return False


@pytest.mark.parametrize("part", range(4))
def test_requests_spoiled_at_random_change_nothing(
    server: Server, folder: Path, capsys: pytest.CaptureFixture[str], part: int
) -> None:
    """With another run's token: whatever else is spoiled, that is refused."""
    before = contents(folder)
    for number in range(60):
        random = Random(f"{part} {number}")
        body = mutations.form(random, FORM)
        request = head(server, random.choice(PATHS), len(body), "x" * 43)
        request = request if number % 2 else mutations.spoiled(request, random)
        said = told(server, request + body)
        assert b"Access-Control" not in said
    assert contents(folder) == before
    assert is_up(server)
    assert capsys.readouterr().err == ""


def test_forms_spoiled_at_random_with_the_token_are_told_or_done(
    server: Server, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has the token can do what a page can, and no more: all that changes is a deal's file."""
    assert server.editing is not None
    before = contents(folder)
    for number in range(120):
        random = Random(f"form {number}")
        body = mutations.form(
            random, {**FORM, **random.choice(({}, {"path": "../x"}, {"subject": "one"}))}
        )
        said = told(
            server, head(server, random.choice(PATHS), len(body), server.editing.token) + body
        )
        assert said.startswith(b"HTTP/1.1 "), body
        assert int(said[9:12]) in (200, 400, 404, 409, 422), (body, said[:200])
    after = contents(folder)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert all(path.startswith("deals/") and path.endswith(".md") for path in changed), changed
    assert capsys.readouterr().err == ""


def test_a_request_that_does_not_go_on_is_given_up(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And keeps nobody waiting meanwhile."""
    assert server.editing is not None
    assert server_module._EditingHandler.timeout <= 60 and server_module._Handler.timeout <= 60
    before = contents(folder)
    monkeypatch.setattr(server_module._EditingHandler, "timeout", 0.3)
    body = json.dumps(FORM).encode()
    for data in (b"POST ", head(server, PATHS[0], 100, server.editing.token)[:90],
                 head(server, PATHS[0], len(body) + 1, server.editing.token) + body):  # fmt: skip
        with socket.create_connection((HOST, server.port), timeout=10) as connection:
            connection.sendall(data)
            assert is_up(server)
            with suppress(ConnectionError):
                assert connection.recv(65_536)[:13] in (b"", b"HTTP/1.1 408 ", b"HTTP/1.1 400 ")
    assert contents(folder) == before


def test_what_is_too_large_is_not_read(server: Server, folder: Path) -> None:
    assert server.editing is not None
    said = told(server, head(server, PATHS[0], 10**10, server.editing.token), is_ended=False)
    assert b" 413 " in said[:20]
    said = told(server, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n")
    assert not said or b" 414 " in said[:20]  # an answer is lost where what was sent is not read
    assert is_up(server)


def test_two_hundred_slow_ones_leave_room_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module._EditingHandler, "timeout", 0.5)
    held = [
        socket.create_connection((HOST, server.port), timeout=10)
        for _ in range(server_module._MOST_AT_ONCE)
    ]
    for connection in held:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
    for connection in held:  # each is given up, none is closed by us
        with suppress(ConnectionError):
            while connection.recv(65_536):
                pass
        connection.close()
    assert is_up(server)
