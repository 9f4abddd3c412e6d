"""A day's work done in an editor, in a terminal and on the live site: the same lines in git."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from site_builder.serve.server import HOST
from tests.catalogue import BASE
from tests.commands import run, write
from tests.serve.served import DAY, served

pytestmark = pytest.mark.browser

DEAL = "---\ntitle: {}\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n\n## 2026-11-02 stage lead\n"
TODAY = ("--today", str(DAY))


def begun(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal in git whose user is maria."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    write(folder, dict(BASE))
    write(folder, {f"deals/{id}.md": DEAL.format(id.title()) for id in ("one", "two", "three")})
    config = folder / "pipeline.yml"
    person = "{name: Maria Lopez, email: m@k.example}"
    config.write_text(config.read_text().replace("{name: Maria Lopez}", person))
    for command in (
        "init -q", "config user.email m@k.example", "config user.name M", "add .", "commit -qm Begin",
    ):  # fmt: skip
        subprocess.run(["git", "-C", str(folder), *command.split()], check=True)
    return folder


def diff(folder: Path) -> str:
    """What the day left in git."""
    subprocess.run(["git", "-C", str(folder), "add", "--all"], check=True)
    command = ["git", "-C", str(folder), "diff", "--cached", "-U1"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def in_an_editor(folder: Path) -> None:
    """As somebody types it."""

    def typed(path: str, change: Callable[[str], str]) -> None:
        file = folder / path
        file.write_text(change(file.read_text()))

    write(folder, {"deals/two-halls.md": (
        "---\ntitle: Two halls\nowner: maria\nstage: lead\nvalue: 48000\n"
        "next: 2026-11-27 Call them\n---\n\n## 2026-11-20 stage lead by maria\n"
    )})  # fmt: skip
    moved = "stage: qualification"
    note = "\n## 2026-11-20 call by maria — Called Jane\n\nShe was glad.\n"
    stage = "\n## 2026-11-20 stage qualification by maria\n"
    typed("deals/one.md", lambda t: t.replace("stage: lead", moved, 1) + note + stage)
    note = "\n## 2026-11-20 email by maria — Emailed the terms\n"
    typed("deals/two.md", lambda t: t.replace("stage: lead", moved, 1) + note + stage)
    typed(
        "contacts/jane-roe.md", lambda t: f"{t}\n## 2026-11-20 meeting by maria — Met at the fair\n"
    )
    lost = "\n## 2026-11-20 stage lost by maria — Too dear\nlost-reason:: price\n"
    front = (
        "stage: lead\nnext: 2026-12-01 Call\n",
        "stage: lost\nnext: 2026-12-01 Call\nlost-reason: price\n",
    )
    typed("deals/three.md", lambda t: t.replace(*front, 1) + lost)


def in_a_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["new", "deal", "Two halls", "--value", "48000", "--next", "fri Call them"],
        ["log", "one", "Called Jane\nShe was glad."],
        ["log", "two", "Emailed the terms"],
        ["log", "contacts/jane-roe", "Met at the fair"],
        ["move", "one", "qual"],
        ["move", "two", "qual"],
        ["lost", "three", "Too dear", "--reason", "price"],
        ["show", "forecast"],
    ):
        code, _, err = run("-C", folder, *words, *TODAY, capsys=capsys)
        assert code == 0, err


def on_the_page(folder: Path, browser: Browser) -> None:
    texts = {path: (folder / path).read_text() for path in ("deals/one.md",)}
    with served(folder, texts["deals/one.md"], is_editing=True) as server:
        page = browser.new_page()
        sheet, root = page.get_by_role("dialog"), f"http://{HOST}:{server.port}"
        page.goto(f"{root}/board.html")
        page.get_by_role("button", name="New deal…").click()
        for label, text in (("Title", "Two halls"), ("Value", "48000"), ("Next step", "fri")):
            sheet.get_by_label(label).fill(text)
        sheet.get_by_label("What is to be done then").fill("Call them")
        sheet.get_by_role("button", name="Begin it").click()
        expect(page.locator('[data-deal="two-halls"]')).to_be_visible()
        for id, text in (
            ("deals/one", "Called Jane\nShe was glad."),
            ("deals/two", "Emailed the terms"),
            ("contacts/jane-roe", "Met at the fair"),
        ):
            page.goto(f"{root}/{id}.html")
            page.locator("#live-change").click()
            sheet.get_by_role("button", name="Add a note").click()
            sheet.get_by_label("Note", exact=True).fill(text)
            sheet.get_by_role("button", name="Add the note").click()
            expect(sheet).to_be_hidden()
        page.goto(f"{root}/board.html")
        for id in ("one", "two"):
            page.locator(f"#live-{id}").click()
            sheet.get_by_role("button", name="Qualification").click()
            expect(page.locator(f'[data-stage="qualification"] [data-deal="{id}"]')).to_be_visible()
        page.locator("#live-three").click()
        sheet.get_by_role("button", name="Lost").click()
        sheet.get_by_label("Why it was lost").select_option("price")
        sheet.get_by_label("In a few words").fill("Too dear")
        sheet.get_by_role("button", name="Lost", exact=True).click()
        expect(sheet).to_be_hidden()
        page.goto(f"{root}/forecast.html")
        expect(page.locator("main")).to_contain_text("48")
        page.close()


def test_a_day_leaves_the_same_lines_however_it_was_done(
    tmp_path: Path,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    by_hand, by_command, by_page = (
        begun(tmp_path / name, monkeypatch) for name in ("hand", "command", "page")
    )
    in_an_editor(by_hand)
    in_a_terminal(by_command, capsys)
    on_the_page(by_page, browser)
    assert diff(by_command) == diff(by_hand)
    assert diff(by_page) == diff(by_hand)
    code, out, _ = run("-C", by_hand, "check", *TODAY, capsys=capsys)
    assert (code, "error" in out) == (0, False)
