"""Who may change anything: a page of this run, and nobody else, whatever they send."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.serve.guard import MOST_BYTES
from site_builder.serve.server import HOST, Server
from tests.commands import contents
from tests.serve.served import served

NEXT = {"deal": "one", "day": "fri", "text": "Call them"}


@pytest.fixture
def server(journal: Path) -> Iterator[Server]:
    with served(journal, is_editing=True) as server:
        yield server


def usual(server: Server) -> dict[str, str]:
    """The headers of a page's own request."""
    assert server.editing is not None
    return {
        "Host": f"{HOST}:{server.port}",
        "Origin": f"http://{HOST}:{server.port}",
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-Mode": "cors",
        "Sec-Fetch-Dest": "empty",
        "Content-Type": "application/json",
        "X-Dealog-Token": server.editing.token,
    }


def post(
    server: Server, path: str, form: object, headers: dict[str, str] | None = None
) -> tuple[int, str, dict[str, str]]:
    body = form if isinstance(form, bytes) else json.dumps(form).encode()
    all = {**usual(server), "Content-Length": str(len(body)), **(headers or {})}
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    connection.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
    for name, value in all.items():
        for each in value.split("\n") if value else ():
            connection.putheader(name, each)
    connection.endheaders()
    connection.send(body)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), dict(answer.getheaders())
    connection.close()
    return found


def test_a_page_s_own_request_is_heard(server: Server, journal: Path) -> None:
    status, said, headers = post(server, "/-/do/next", NEXT)
    assert (status, json.loads(said)["done"]) == (200, "one: next 2026-11-27 Call them")
    assert "next: 2026-11-27 Call them" in (journal / "deals/one.md").read_text()
    assert not [name for name in headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("Host", "", 400),
        ("Host", "evil.example", 403),
        ("Host", "localhost", 403),
        ("Origin", "", 403),
        ("Origin", "null", 403),
        ("Origin", "http://evil.example", 403),
        ("Origin", "http://127.0.0.1", 403),
        ("Origin", "https://{host}", 403),
        ("Origin", "http://{host}.evil.example", 403),
        ("Origin", "http://localhost:{port}", 403),
        ("Origin", "http://{host}\nhttp://{host}", 403),
        ("Sec-Fetch-Site", "", 403),
        ("Sec-Fetch-Site", "cross-site", 403),
        ("Sec-Fetch-Site", "same-site", 403),
        ("Sec-Fetch-Site", "none", 403),
        ("Sec-Fetch-Mode", "no-cors", 403),
        ("Sec-Fetch-Mode", "navigate", 403),
        ("Sec-Fetch-Dest", "document", 403),
        ("Sec-Fetch-Dest", "iframe", 403),
        ("X-Dealog-Token", "", 403),
        ("X-Dealog-Token", "x", 403),
        ("X-Dealog-Token", "\xe9", 403),
        ("Content-Type", "", 415),
        ("Content-Type", "text/plain", 415),
        ("Content-Type", "application/x-www-form-urlencoded", 415),
        ("Content-Type", "multipart/form-data", 415),
        ("Content-Type", "text/plain; application/json", 415),
        ("Content-Length", "", 411),
        ("Content-Length", "-1", 400),
        ("Content-Length", "1e3", 400),
        ("Content-Length", "\xb2", 400),
        ("Content-Length", str(MOST_BYTES + 1), 413),
        ("Content-Length", "9" * 11, 413),
        ("Content-Length", "9" * 40, 400),
        ("Transfer-Encoding", "chunked", 400),
    ],
)
def test_others_are_not(server: Server, journal: Path, name: str, value: str, status: int) -> None:
    before = contents(journal)
    said = value.format(host=f"{HOST}:{server.port}", port=server.port)
    assert post(server, "/-/do/next", NEXT, {name: said})[0] == status
    assert contents(journal) == before


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "[::1]:{port}"]
)
def test_a_page_of_another_name_that_leads_here_is_not(
    server: Server, journal: Path, host: str
) -> None:
    """As one has it that is loaded under its own name, and then says that this is this machine."""
    before = contents(journal)
    name = host.format(port=server.port)
    assert post(server, "/-/do/next", NEXT, {"Host": name, "Origin": f"http://{name}"})[0] == 403
    assert contents(journal) == before


def test_the_other_name_of_this_machine_is_heard_too(server: Server) -> None:
    name = f"localhost:{server.port}"
    headers = {"Host": name, "Origin": f"http://{name}"}
    assert post(server, "/-/do/next", NEXT, headers)[0] == 200


@pytest.mark.parametrize("path", ["/-/about", "/-/read", "/-/check", "/-/save", "/-/do/undo"])
def test_nothing_is_told_either(server: Server, path: str) -> None:
    for headers in ({"X-Dealog-Token": "x"}, {"Origin": "http://evil.example"}):
        assert post(server, path, {"path": "deals/one.md"}, headers)[0] == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b'"x"',
        b"null",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"deal": 1}',
        b'{"deal": {}}',
        b'{"deal": [[]]}',
        b'{"deal": null}',
        b'{"deal": "\\ud800"}',
        b'{"deal": ["\\udc00"]}',
        b'{"other": "x"}',
        b'{"deal": ["one"], "day": "fri", "text": "x"}',
        b'{"steps": [' + b'"a",' * 1000 + b'"a"]}',
        b"\xff",
        b"9" * 5_000,
    ],
)
def test_what_is_no_form_harms_nobody(
    server: Server, journal: Path, body: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(journal)
    assert post(server, "/-/do/next", body)[0] == 400
    assert contents(journal) == before
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((path, 404) for path in ("/", "/-/", "/-/do", "/-/do/", "/-/do/rm", "/-/do/next/")),
        *(("/do/next", 404), ("/-/../x", 404), ("*", 400), ("http://x.example/-/do/next", 403)),
    ],
)
def test_there_is_nothing_else_to_do(server: Server, path: str, status: int) -> None:
    assert post(server, path, NEXT)[0] == status


def test_other_sites_may_not_ask_beforehand(server: Server) -> None:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    connection.request("OPTIONS", "/-/do/next", headers={"Origin": "http://evil.example"})
    answer = connection.getresponse()
    assert answer.status == 501
    assert not [name for name, _ in answer.getheaders() if name.startswith("Access-Control")]
    connection.close()


def test_a_second_request_in_the_body_is_none(server: Server, journal: Path) -> None:
    before = contents(journal)
    inner = b"POST /-/do/next HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"POST /-/do/next HTTP/1.1\r\nHost: evil.example\r\nContent-Length: %d\r\n\r\n"
    with socket.create_connection((HOST, server.port), timeout=10) as connection:
        connection.sendall(head % len(inner) + inner)
        said = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert said.count(b"HTTP/1.1 ") == 1 and b"403" in said
    assert contents(journal) == before


def test_the_token_is_of_this_run_and_in_its_pages_alone(server: Server, journal: Path) -> None:
    assert server.editing is not None
    token = server.editing.token
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    for path in (
        "/",
        "/-/live/live.js",
        "/-/live/ask.js",
        "/assets/style.css",
        "/-/changes?since=9",
    ):
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
        assert answer.getheader("X-Frame-Options") == "DENY"
        assert (token.encode() in answer.read()) == (path == "/")
    connection.close()
    with served(journal, is_editing=True) as other:
        assert other.editing is not None and other.editing.token != token
        assert post(other, "/-/do/next", NEXT, {"X-Dealog-Token": token})[0] == 403


def test_without_editing_nothing_can_be_sent(journal: Path) -> None:
    with served(journal) as server:
        connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
        for path in ("/-/do/next", "/-/save", "/-/read"):
            connection.request("POST", path, b"{}", {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 501
        for path in ("/-/live/live.js", "/-/live/Sortable.min.js"):
            connection.request("GET", path)
            answer = connection.getresponse()
            assert (answer.status, b"live.js" in answer.read()) == (404, False)
        connection.close()
