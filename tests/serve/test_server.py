from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from site_builder.serve.server import _MOST_AT_ONCE, HOST, Server, _Handler
from tests.commands import write
from tests.serve.served import DEAL, served


@pytest.fixture
def server(journal: Path) -> Iterator[Server]:
    with served(journal) as server:
        yield server


def get(
    server: Server, path: str, method: str = "GET", host: str | None = None
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    headers = {} if host is None else {"Host": host}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.read(), dict(answer.getheaders())
    connection.close()
    return found


def test_pages_follow_changes_and_may_ask_this_server_alone(server: Server) -> None:
    status, page, headers = get(server, "/deals/one.html")
    assert status == 200
    assert b'<script src="../-/reload.js" data-version="0" data-wrong="[]"></script></body>' in page
    assert b"default-src 'none'; connect-src 'self';" in page
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers
    assert get(server, "/")[1] == get(server, "/index.html")[1]
    assert get(server, "/-/reload.js")[2]["Content-Type"] == "text/javascript; charset=utf-8"
    assert get(server, "/-/banner.css")[0] == get(server, "/assets/style.css")[0] == 200


def test_what_follows_the_headers_waits_for_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []
    send = _Handler._send

    def sent(one: _Handler, *said: Any) -> None:
        found.append(one.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        send(one, *said)

    monkeypatch.setattr(_Handler, "_send", sent)
    get(server, "/index.html")
    assert len(found) == 1 and found[0]


def test_what_is_wrong_is_escaped(server: Server, journal: Path) -> None:
    write(journal, {"deals/one.md": DEAL.replace("lead", "\"'><script>x</script>")})
    server.session.changed(["deals/one.md"])
    page = get(server, "/index.html")[1]
    assert b"<script>x" not in page.split(b"data-wrong=", 1)[1]


def test_changes_are_told(server: Server, journal: Path) -> None:
    write(journal, {"deals/one.md": DEAL + "\nWords.\n"})
    server.session.changed(["deals/one.md"])
    status, told, _ = get(server, "/-/changes?since=0")
    found = json.loads(told)
    assert (status, found["version"], found["wrong"]) == (200, 1, [])
    assert "deals/one.html" in found["pages"]
    assert b"Words." in get(server, "/deals/one.html")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/none.html",
        "/pipeline.yml",
        "/deals/one.md",
        "/../pipeline.yml",
        "/%2e%2e/pipeline.yml",
        "/..%2fpipeline.yml",
        "//etc/passwd",
        "/-/../pipeline.yml",
        "/%00",
        "/-/session.py",
    ],
)
def test_there_is_nothing_but_the_pages(server: Server, path: str) -> None:
    status, page, _ = get(server, path)
    assert status == 404
    assert b"Kestrel" in page and b"pipelines:" not in page
    assert get(server, path, "HEAD")[:2] == (404, b"")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "evil@localhost", ""])
def test_other_names_are_refused(server: Server, host: str) -> None:
    assert get(server, "/index.html", host=host)[0] == 403
    assert get(server, "/-/changes?since=0", host=host)[0] == 403


def test_this_machine_s_names_are_not(server: Server) -> None:
    assert get(server, "/", host=f"LOCALHOST:{server.port}")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "X"])
def test_nothing_can_be_done_but_look(server: Server, method: str) -> None:
    assert get(server, "/", method)[0] == 501


@pytest.mark.parametrize("since", ["x", "-1", "1e3", "%C2%B2", "9" * 50])
def test_versions_are_numbers(server: Server, since: str) -> None:
    assert get(server, f"/-/changes?since={since}")[0] == 400


@pytest.mark.parametrize(
    "said",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 300 + b"\r\n",
        b"\x16\x03\x01\x00\xff" * 50,
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
    ],
)
def test_what_is_no_request_harms_nobody(
    server: Server, said: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection((HOST, server.port), timeout=10) as connection:
        connection.sendall(said)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass
    assert get(server, "/")[0] == 200
    assert capsys.readouterr().err == ""


def said_to(server: Server, said: bytes) -> bytes:
    """What a server answers, until it hangs up or nothing more is said."""
    with socket.create_connection((HOST, server.port), timeout=10) as connection:
        connection.sendall(said)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize(
    "headers",
    [
        "Host: {0}\r\nHost: {0}", "Host: {0}\r\nHost: x.example", "host: {0}\r\nHOST: {0}", "X: y",
        "Host: {0}\r\nX: a\r\n b", "Host: {0}\r\nX: a\r\n\tb", " X: a\r\nHost: {0}", "Host : {0}",
        "Host: {0}\r\nX", "Host: {0}\r\nX: a\x00b", "Host: {0}\r\nX: a\rb",
        "Host: {0}\r\nContent-Length: 0\r\nContent-Length: 1",
        "Host: {0}\r\nContent-Length: 1, 1",
        "Host: {0}\r\nContent-Length: +1", "Host: {0}\r\nContent-Length: -1",
        "Host: {0}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_not_heard(server: Server, headers: str) -> None:
    own = headers.format(f"{HOST}:{server.port}")
    answer = said_to(server, f"GET / HTTP/1.1\r\n{own}\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 400 ") and answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize("body", ["Content-Length: 40", "Transfer-Encoding: chunked"])
def test_what_follows_a_request_to_look_is_no_other(server: Server, body: str) -> None:
    host = f"Host: {HOST}:{server.port}"
    said = f"GET / HTTP/1.1\r\n{host}\r\n{body}\r\n\r\nGET /none HTTP/1.1\r\n{host}\r\n\r\n"
    answer = said_to(server, said.encode())
    assert answer.startswith(b"HTTP/1.1 200 ") and answer.count(b"HTTP/1.1") == 1


def test_several_requests_of_one_connection_have_each_their_time(server: Server) -> None:
    said = f"GET /none HTTP/1.1\r\nHost: {HOST}:{server.port}\r\n\r\n" * 3
    assert said_to(server, said.encode()).count(b"HTTP/1.1 404 ") == 3


@pytest.mark.parametrize("start", ["G", "GET / HTTP/1.1\r\nX: "])
def test_who_drips_is_not_waited_for(
    server: Server, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    monkeypatch.setattr("site_builder.serve.server._SAYING", 0.2)
    with socket.create_connection((HOST, server.port), timeout=10) as connection:
        connection.sendall(start.encode())
        with suppress(OSError):  # once it hung up
            for _ in range(40):
                threading.Event().wait(0.03)
                connection.sendall(b"G")
            pytest.fail("it is still listened to")


def test_who_says_nothing_for_long_may_still_say_something(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As browsers do, which keep connections."""
    monkeypatch.setattr("site_builder.serve.server._SAYING", 0.05)
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    for _ in range(2):
        connection.request("GET", "/-/banner.css")
        assert connection.getresponse().read()
        threading.Event().wait(0.1)
    connection.close()


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("x://[", 400), ("index.html", 400), ("*", 400), ("http://localhost:{}/", 200),
        ("HTTP://127.0.0.1:{}/none", 404), ("http://other.example/", 403), ("http:///", 403),
        ("http://localhost/", 403), ("http://x@localhost:{}/", 403), ("https://localhost:{}/", 403),
    ],
)  # fmt: skip
def test_an_address_that_is_not_this_server_s_is_refused(
    server: Server, target: str, status: int
) -> None:
    target, own = target.format(server.port), f"localhost:{server.port}"
    assert get(server, target, host=own)[0] == status
    assert get(server, target, host="other.example")[0] in (400, 403)


def test_a_bug_of_ours_is_told(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server.session, "page", lambda _path, **_how: 1 // 0)
    with pytest.raises(http.client.RemoteDisconnected):
        get(server, "/")
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_thousand_connections_that_say_nothing_leave_it_up(server: Server) -> None:
    held: list[socket.socket] = []
    try:
        place = HOST, server.port
        held.extend(socket.create_connection(place, timeout=10) for _ in range(1_000))
        assert threading.active_count() < _MOST_AT_ONCE + 50  # it has no thread for each
    finally:
        for connection in held:
            connection.close()
    for _ in range(100):
        try:
            assert get(server, "/")[0] == 200
            break
        except OSError:
            threading.Event().wait(0.1)
    else:
        pytest.fail("it answers nobody any more")


def test_threads_that_can_t_be_started_take_no_room(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", lambda _thread: 1 // 0)
        for _ in range(_MOST_AT_ONCE):
            with suppress(OSError):
                get(server, "/")
    assert get(server, "/")[0] == 200
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_an_interrupt_while_a_thread_starts_ends_the_server(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it serves in the main thread, though that thread may have made room again already."""

    def interrupted(_thread: threading.Thread) -> None:
        server._room.release()
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    one, other = socket.socketpair()
    with pytest.raises(KeyboardInterrupt):
        server.process_request(one, ("", 0))
    one.close()
    other.close()
