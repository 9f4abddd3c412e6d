"""What a page can do: what commands do, and a file's text."""

from __future__ import annotations

import os
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from site_builder.cli.main import main
from site_builder.serve.editing import Editing
from site_builder.serve.forms import Form, NoForm
from site_builder.serve.session import Session
from tests.commands import contents, run, write
from tests.serve.served import DAY, DEAL

PATH = "deals/one.md"


class Page:
    """Asks as a page does."""

    def __init__(self, journal: Path) -> None:
        self.journal = journal
        self.session = Session(journal, lambda: DAY)
        self._editing = Editing(self.session, journal, lambda: DAY)

    def ask(self, what: str, /, **form: Any) -> tuple[int, dict[str, Any]]:
        named = {name.replace("_", "-"): value for name, value in form.items()}
        answer = self._editing.answer(what, Form(named))
        assert answer is not None
        return answer.status.value, answer.told

    def text(self) -> str:
        return (self.journal / PATH).read_bytes().decode()


@pytest.fixture
def page(journal: Path) -> Page:
    write(journal, {PATH: DEAL})
    return Page(journal)


DEEDS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("move", {"deal": "one", "stage": "qualification"}, ["move", "one", "qualification"]),
    (
        "move",
        {"deal": "one", "stage": "decision", "override": "Known", "text": "They asked"},
        ["move", "one", "decision", "They asked", "--override", "Known"],
    ),
    (
        "won",
        {"deal": "one", "stage": "won", "value": "500", "override": "x", "by": "maria"},
        ["won", "one", "--value", "500", "--override", "x", "--by", "maria"],
    ),
    ("lost", {"deal": "one", "reason": "price"}, ["lost", "one", "--reason", "price"]),
    (
        "log",
        {"subject": "deals/one", "text": "Called Jane\n\nShe was glad.", "date": "yesterday"},
        ["log", "one", "Called Jane\n\nShe was glad.", "--date", "yesterday"],
    ),
    (
        "log",
        {"subject": "contacts/jane-roe", "text": "x", "kind": "email", "way": "to",
         "parties": ("jane-roe",)},
        ["log", "contacts/jane-roe", "x", "--kind", "email", "--to", "jane-roe"],
    ),
    ("next", {"deal": "one", "day": "fri", "text": "Send it"}, ["next", "one", "fri", "Send it"]),
    ("done", {"deal": "one", "steps": ("decision-map",)}, ["done", "one", "decision-map"]),
    (
        "new",
        {"title": "Two halls", "owner": "maria", "value": "48000", "day": "fri", "step": "Call"},
        ["new", "deal", "Two halls", "--owner", "maria", "--value", "48000", "--next", "fri Call"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "form", "command"), DEEDS)
def test_a_deed_leaves_what_its_command_does_and_can_be_undone(
    page: Page, deed: str, form: dict[str, Any], command: list[str], tmp_path_factory: Any
) -> None:
    other = tmp_path_factory.mktemp("other")
    before = contents(page.journal)
    write(other, {path: data.decode() for path, data in before.items()})
    with pytest.raises(SystemExit):
        main(["-C", str(other), *command, "--today", str(DAY)])
    status, told = page.ask(f"do/{deed}", **form)
    assert status == 200 and told["undo"]
    assert contents(page.journal) == contents(other) != before
    assert page.ask("do/undo", of=told["undo"])[0] == 200
    assert contents(page.journal) == before


def test_the_page_shows_at_once_what_was_done(page: Page) -> None:
    page.ask("do/log", subject="one", text="Called them")
    assert b"Called them" in (page.session.page("deals/one.html") or b"")
    new = {"title": "Two halls", "owner": "maria", "stage": "lead"}
    assert page.ask("do/new", **new)[1]["also"] == ""
    assert b"Two halls" in (page.session.page("deals/two-halls.html") or b"")
    assert page.session.since(0, 0).version == 2
    assert "so this one is `two-halls-2`" in page.ask("do/new", **new)[1]["also"]


def test_gates_ask_for_the_reason(page: Page) -> None:
    status, told = page.ask("do/move", deal="one", stage="decision")
    assert (status, told["asks"]) == (422, "override")
    assert told["problems"][0]["code"] == "gate-unmet" and told["problems"][0]["help"]
    assert page.text() == DEAL


def test_what_can_t_be_done_is_told(page: Page) -> None:
    for path, form, said in (
        ("do/move", {"deal": "none", "stage": "won"}, "There is no deal `none`"),
        ("do/lost", {"deal": "one"}, "Why was it lost?"),
        ("do/log", {"subject": "one", "text": " "}, "What is to be noted?"),
        ("do/done", {"deal": "one"}, "Which step is done?"),
        ("do/new", {"owner": "maria"}, "What is the deal called?"),
        ("do/next", {"deal": "one", "day": "soon", "text": "x"}, "`soon` is no day"),
        ("do/undo", {}, "Nothing is known here"),
        ("about", {"subject": "nobody"}, "There is no deal or contact `nobody`"),
    ):
        status, told = page.ask(path, **form)
        assert status == 422 and said in told["refused"], path
    for form in ({"way": "out", "text": "x", "subject": "one"}, {"x": "y"}):
        with pytest.raises(NoForm):
            page.ask("do/log", **form)
    assert page.text() == DEAL


def test_only_the_last_deed_is_taken_back_by_its_own_button(page: Page) -> None:
    first = page.ask("do/log", subject="one", text="First")[1]["undo"]
    page.ask("do/log", subject="one", text="Second")
    status, told = page.ask("do/undo", of=first)
    assert (status, "Something else was done since" in told["refused"]) == (422, True)


def test_the_terminal_s_undo_takes_back_what_a_page_did(
    page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    page.ask("do/log", subject="one", text="First")
    assert run("-C", page.journal, "undo", capsys=capsys)[0] == 0
    assert page.text() == DEAL


def test_a_broken_pipeline_lets_nothing_be_done(page: Page) -> None:
    (page.journal / "pipeline.yml").write_text("pipelines: [")
    page.session.changed(["pipeline.yml"])
    status, told = page.ask("do/log", subject="one", text="x")
    assert (status, "pipeline.yml can't be understood" in told["refused"]) == (422, True)


def test_what_can_be_said_of_a_deal_and_of_a_contact(page: Page) -> None:
    _, told = page.ask("about", subject="deals/one")
    assert told["stage"] == "lead" and told["next"] == "2026-12-01 Call"
    assert {"id": "won", "name": "Won", "type": "won"} in told["stages"]
    assert "decision-map" in [step["id"] for step in told["steps"]]
    assert {"id": "price", "name": "Price"} in told["reasons"]
    assert "call" in told["kinds"] and "stage" not in told["kinds"]
    assert page.ask("about", subject="contacts/jane-roe")[1]["title"] == "Jane Roe"
    assert page.ask("about")[1]["pipelines"][0]["stages"]


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ("lost-reasons: {price: Too dear}\n", {"price": "Too dear", "other": "Other"}),
        ("lost-reasons: {other: Something else}\n", {"other": "Something else"}),
        ("", {}),
    ],
)
def test_reasons_of_a_loss_are_the_journal_s(
    journal: Path, said: str, reasons: dict[str, str]
) -> None:
    config = (journal / "pipeline.yml").read_text()
    own = config.replace("lost-reasons: {price: Price}\n", said)
    write(journal, {PATH: DEAL, "pipeline.yml": own})
    _, told = Page(journal).ask("about", subject="deals/one")
    assert {one["id"]: one["name"] for one in told["reasons"]} == reasons


@pytest.mark.parametrize(
    "path",
    [
        "./pipeline.yml", "deals/none.md", "../deals/one.md", "deals/../deals/one.md", "./deals/one.md",
        "/etc/passwd", "deals/link.md", "deals/there/one.md", "deals", "", "deals/.hidden.md",
        "deals\\one.md", "DEALS/one.md", "contacts/../pipeline.yml", "deals/README.md",
    ],
)  # fmt: skip
def test_no_other_files_than_the_journal_s_are_read_and_written(
    page: Page, path: str, tmp_path_factory: Any
) -> None:
    away = tmp_path_factory.mktemp("away")
    write(away, {"one.md": DEAL})
    write(page.journal, {"deals/.hidden.md": DEAL, "deals/README.md": "x"})
    (page.journal / "deals/link.md").symlink_to(away / "one.md")
    (page.journal / "deals/there").symlink_to(away)
    page.session.changed(["deals/"])
    before = contents(page.journal)
    for ask, form in (
        ("read", {}),
        ("check", {"text": "x"}),
        ("save", {"text": "x", "revision": ""}),
    ):
        assert page.ask(ask, path=path, **form)[0] == 422
    assert contents(page.journal) == before and (away / "one.md").read_text() == DEAL


@pytest.mark.parametrize("is_folder", [True, False])
def test_what_has_become_a_link_is_not_followed(
    page: Page, is_folder: bool, tmp_path_factory: Any
) -> None:
    away = tmp_path_factory.mktemp("away")
    write(page.journal, {"deals/2026/two.md": DEAL})
    page.session.changed(["deals/2026/two.md"])
    seen = page.ask("read", path="deals/2026/two.md")[1]["revision"]
    write(away, {"two.md": DEAL})
    place = page.journal / "deals/2026" / ("" if is_folder else "two.md")
    os.rename(place, away / "old")
    place.symlink_to(away if is_folder else away / "two.md")
    form = {"path": "deals/2026/two.md", "text": "x", "revision": seen}
    assert page.ask("save", **form)[0] in (409, 422)
    assert page.ask("do/log", subject="two", text="x")[0] in (409, 422)
    assert (away / "two.md").read_text() == DEAL


def test_a_text_is_checked_while_it_is_typed_and_nothing_is_written(page: Page) -> None:
    _, told = page.ask("check", path=PATH, text=DEAL.replace("maria", "marai"))
    (problem,) = told["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("unknown-person", 3, 8)
    assert (problem["end_column"], problem["meant"]) == (13, "maria")
    assert page.ask("check", path=PATH, text="")[1]["problems"]
    assert page.text() == DEAL


def test_a_text_is_saved_as_it_is_over_what_was_read_alone(page: Page) -> None:
    data = b"\xef\xbb\xbf" + DEAL.replace("\n", "\r\n").encode()
    (page.journal / PATH).write_bytes(data)
    _, read = page.ask("read", path=PATH)
    assert read["text"] == DEAL
    text = DEAL + "\nWords, broken: [\n"
    status, told = page.ask("save", path=PATH, text=text, revision=read["revision"])
    assert status == 200 and told["text"] == text
    assert (page.journal / PATH).read_bytes() == data + b"\r\nWords, broken: [\r\n"
    status, now = page.ask("save", path=PATH, text="mine", revision=read["revision"])
    assert (status, now["text"], now["revision"]) == (409, text, told["revision"])
    assert (page.journal / PATH).read_bytes() == data + b"\r\nWords, broken: [\r\n"
    assert page.ask("do/undo", of=told["undo"])[0] == HTTPStatus.OK
    assert (page.journal / PATH).read_bytes() == data


def test_pipeline_yml_is_saved_where_it_can_be_understood(page: Page) -> None:
    config = page.journal / "pipeline.yml"
    before = config.read_text()
    _, read = page.ask("read", path="pipeline.yml")
    assert (read["text"], read["problems"]) == (before, [])
    wrong = before.replace("as-of", "as-off")
    (problem,) = page.ask("check", path="pipeline.yml", text=wrong)[1]["problems"]
    assert (problem["code"], problem["meant"]) == ("unknown-field", "as-of")
    broken = {"path": "pipeline.yml", "text": "pipelines: [", "revision": read["revision"]}
    status, told = page.ask("save", **broken)
    assert (status, "could not be understood" in told["refused"]) == (422, True)
    assert config.read_text() == before
    named = before.replace("Kestrel & Vane", "Kestrel")
    status, told = page.ask("save", **{**broken, "text": named})
    assert (status, config.read_text()) == (200, named)
    shown = page.session.page("board.html")
    assert shown is not None and b"<bdi>Kestrel</bdi>" in shown
    assert page.ask("do/undo", of=told["undo"])[0] == HTTPStatus.OK
    assert config.read_text() == before


def test_texts_that_no_page_can_edit(page: Page) -> None:
    for data, said in ((b"\xff", "no UTF-8"), (b"a" * 300_000, "larger than 256 KB")):
        (page.journal / PATH).write_bytes(data)
        assert said in page.ask("read", path=PATH)[1]["refused"]
    (page.journal / PATH).write_text(DEAL)
    seen = page.ask("read", path=PATH)[1]["revision"]
    told = page.ask("save", path=PATH, text="ü" * 200_000, revision=seen)[1]
    assert "this is more" in told["refused"] and page.text() == DEAL
