"""The server of an audience's site under the same attacks: it has the pages of that audience, and no
page of the whole site, no text of a file, and no way to change one."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.serve.server import HOST, Server
from tests.audiences.canaries import DEAL, FILES, PIPELINE, canaries_in
from tests.commands import contents, write
from tests.journals import Site, loaded
from tests.serve.served import served
from tests.serve.test_server import get

AUDIENCE = (
    "audiences: {them: {deals: {where: 'tag:shown', show: [need]}, contacts: {show: [type]}}}\n"
)
BROKEN = DEAL.replace("stage: zqlost\n", "stage: zqbroken\n").replace("tags: [zqtag, shown]", "")
"""What is wrong with it is told with its name, and with a value that nobody is to see."""
OWN = (
    "404.html", "contacts.html", "contacts/contact-1.html", "deals.html", "deals/deal-1.html", "index.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    journal = tmp_path_factory.mktemp("shown")
    write(journal, {**FILES, "pipeline.yml": PIPELINE + AUDIENCE})
    return journal


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with served(folder, BROKEN, audience="them") as server:
        yield server


def paths(folder: Path) -> list[str]:
    """Whatever there is in the whole site, among the files, and behind what only editing has."""
    whole = Site(loaded({**FILES, "deals/one.md": BROKEN}))
    of_editing = (
        "-/about",
        "-/read",
        "-/save",
        "-/check",
        "-/do/undo",
        "-/live/live.js",
        "-/live/",
    )
    odd = ("../pipeline.yml", "%2e%2e/pipeline.yml", "-/../pipeline.yml", "/etc/passwd", "_headers")
    return sorted(
        {*whole, *contents(folder), *OWN, *of_editing, *odd, ".dealog-manifest", "-/session.py"}
    )


def test_nothing_is_served_but_what_the_audience_is_shown(server: Server, folder: Path) -> None:
    asked = paths(folder)
    assert len(asked) > 60 and server.session.wrong
    found = {path: get(server, f"/{path}") for path in asked}
    there = {path for path, (status, *_) in found.items() if status == 200}
    assert {path for path in there if not path.startswith("search/")} == set(OWN)
    assert {status for status, *_ in found.values()} == {200, 404}
    for path, (_, data, headers) in found.items():
        assert set(canaries_in({"": data})) == set(), path
        assert not [name for name in headers if name.startswith("Access-Control")]
        assert b"data-token" not in data and b"<form" not in data.lower(), path


def test_what_is_wrong_is_told_where_it_is_served_and_not_on_its_pages(server: Server) -> None:
    assert any("zqbroken" in line for line in server.session.wrong)
    for path in ("/", "/-/changes?since=9"):
        status, said, _ = get(server, path)
        assert status == 200 and b"Something is wrong" in said
        assert set(canaries_in({"": said})) == set() and b"deals/one.md" not in said


def test_a_change_names_no_page_that_the_audience_never_had(server: Server, folder: Path) -> None:
    write(folder, {"deals/zqhidden.md": FILES["deals/zqhidden.md"] + "\nMore.\n"})
    server.session.changed(["deals/zqhidden.md"])
    status, told, _ = get(server, "/-/changes?since=0")
    assert status == 200 and b"deals/deal-1.html" in told
    assert set(canaries_in({"": told})) == set()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "", "them"])
@pytest.mark.parametrize("path", ["/", "/deals/deal-1.html", "/search/07.js", "/-/changes?since=9"])
def test_other_names_are_refused(server: Server, host: str, path: str) -> None:
    assert get(server, path, host=host)[0] == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/-/do/log", "/-/save", "/-/read", "/-/about"])
def test_nothing_can_be_done_and_no_other_site_may_ask(
    server: Server, folder: Path, method: str, path: str
) -> None:
    """Not by a page of its own either: there is no token that would be right."""
    before = contents(folder)
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    for origin in ("http://evil.example", f"http://{HOST}:{server.port}"):
        headers = {
            "Origin": origin,
            "Sec-Fetch-Site": "same-origin",
            "Sec-Fetch-Mode": "cors",
            "Sec-Fetch-Dest": "empty",
            "Content-Type": "application/json",
            "X-Dealog-Token": "x",
        }
        connection.request(method, path, b'{"path": "deals/zqdeal.md"}', headers)
        answer = connection.getresponse()
        said = answer.read()
        assert answer.status == 501 and set(canaries_in({"": said})) == set()
        assert not [name for name, _ in answer.getheaders() if name.startswith("Access-Control")]
    connection.close()
    assert contents(folder) == before
