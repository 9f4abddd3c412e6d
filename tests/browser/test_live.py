"""The live board and the editor, with mouse, keyboard and finger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from site_builder.serve.server import HOST, Server
from tests.commands import write
from tests.serve.served import DEAL, served

pytestmark = pytest.mark.browser
PATH = "deals/one.md"


@pytest.fixture
def server(journal: Path) -> Iterator[Server]:
    with served(journal, is_editing=True) as server:
        yield server


@pytest.fixture
def page(server: Server, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"http://{HOST}:{server.port}/board.html")
    yield page
    context.close()
    assert [line for line in said if "422" not in line and "409" not in line] == []


def card(page: Page, id: str = "one") -> str:
    return f'[data-deal="{id}"]'


def card_in(page: Page, stage: str) -> Locator:
    return page.locator(f'[data-stage="{stage}"] {card(page)}')


def drag(page: Page, stage: str) -> None:
    """The card goes to where the mouse is a moment after that is there."""
    page.hover(card(page))
    page.mouse.down()
    box = page.locator(f'[data-stage="{stage}"] ul.cards').first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 10, steps=12)
    page.mouse.move(box["x"] + 45, box["y"] + 14, steps=4)
    expect(card_in(page, stage)).to_be_attached()
    page.mouse.up()


def test_a_card_is_dragged_and_taken_back(page: Page, journal: Path) -> None:
    drag(page, "qualification")
    bar = page.get_by_role("status").filter(has_text="move to qualification")
    expect(bar).to_be_visible()
    assert (journal / PATH).read_text().endswith("## 2026-11-20 stage qualification\n")
    expect(card_in(page, "qualification")).to_be_visible()
    bar.get_by_role("button", name="Undo").click()
    expect(card_in(page, "lead")).to_be_visible()
    assert (journal / PATH).read_text() == DEAL


def test_a_finger_drags_a_card_once_it_is_held(
    server: Server, browser: Browser, journal: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(f"http://{HOST}:{server.port}/board.html")
    send = context.new_cdp_session(page).send

    def touch(type: str, *at: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in at]
        send("Input.dispatchTouchEvent", {"type": type, "touchPoints": points})

    def middle(of: str) -> tuple[float, float]:
        box = page.locator(of).first.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + 12

    (x, y), (to_x, to_y) = middle(card(page)), middle('[data-stage="qualification"] ul.cards')
    touch("touchStart", (x, y))
    expect(page.locator(f"{card(page)}.sortable-chosen")).to_be_attached()
    for part in (0.2, 0.4, 0.6, 0.8, 1, 1.01):
        touch("touchMove", (x + (to_x - x) * part, y + (to_y - y) * part))
        page.wait_for_timeout(30)
    expect(card_in(page, "qualification")).to_be_attached()
    touch("touchEnd")
    expect(card_in(page, "qualification")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="move to qualification")).to_be_visible()
    assert (journal / PATH).read_text().endswith("## 2026-11-20 stage qualification\n")
    context.close()


def test_gates_ask_for_a_reason_and_a_move_that_is_not_made_puts_the_card_back(
    page: Page, journal: Path
) -> None:
    drag(page, "decision")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("gates that are not met")
    expect(sheet).to_contain_text("decision-map")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(card_in(page, "lead")).to_be_visible()
    assert (journal / PATH).read_text() == DEAL
    expect(page.locator("#live-one")).to_be_focused()
    drag(page, "decision")
    sheet.get_by_label("Why they are passed").fill("Known client")
    sheet.get_by_role("button", name="Move all the same").click()
    expect(sheet).to_be_hidden()
    expect(card_in(page, "decision")).to_be_visible()
    assert (journal / PATH).read_text().endswith("stage decision\noverride:: Known client\n")


def test_the_keyboard_moves_a_card_and_stays_where_it_was(page: Page, journal: Path) -> None:
    page.locator("#live-one").focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Close")).to_be_visible()
    sheet.get_by_role("button", name="Qualification").focus()
    page.keyboard.press("Enter")
    expect(card_in(page, "qualification")).to_be_visible()
    expect(page.locator("#live-one")).to_be_focused()


def test_escape_closes_a_card_s_menu_and_gives_focus_back(page: Page) -> None:
    page.locator("#live-one").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator("#live-one")).to_be_focused()


def test_focus_is_given_back_on_a_page_that_was_shown_anew_meanwhile(
    page: Page, server: Server, journal: Path
) -> None:
    page.locator("#live-one").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    text = (journal / PATH).read_text()
    write(journal, {PATH: text.replace("title: ", "title: New ", 1)})
    server.session.changed([PATH])
    expect(page.locator("main")).to_contain_text("New ")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator("#live-one")).to_be_focused()


@pytest.mark.parametrize("reason", ["price", "other"])
def test_a_loss_asks_for_its_reason(page: Page, server: Server, journal: Path, reason: str) -> None:
    config = (journal / "pipeline.yml").read_text()
    write(journal, {"pipeline.yml": config.replace("{price: Price}", f"{{{reason}: Ours}}")})
    server.session.changed(["pipeline.yml"])
    page.locator("#live-one").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Lost").click()
    sheet.get_by_label("Why it was lost").select_option(reason)
    sheet.get_by_label("In a few words").fill("They waited")
    sheet.get_by_role("button", name="Lost", exact=True).click()
    expect(sheet).to_be_hidden()
    assert f"lost-reason: {reason}" in (journal / PATH).read_text()


def test_a_finger_opens_the_menu_on_a_phone(
    server: Server, browser: Browser, journal: Path
) -> None:
    context = browser.new_context(
        viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"http://{HOST}:{server.port}/board.html")
    page.locator("#live-one").tap()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Qualification")).to_be_visible()
    small = page.eval_on_selector_all(
        "dialog button, .live-more",
        "all => all.filter(b => b.offsetParent && (b.offsetWidth < 24 || b.offsetHeight < 24)).length",
    )
    assert small == 0
    sheet.get_by_role("button", name="Qualification").tap()
    expect(card_in(page, "qualification")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_dialog_fills_a_phone_and_its_buttons_can_be_read(
    server: Server, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 700})
    page = context.new_page()
    page.goto(f"http://{HOST}:{server.port}/deals/one.html")
    page.get_by_role("button", name="Move or change…").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Edit the file").click()
    expect(sheet.get_by_label(f"Text of {PATH}")).to_be_visible()
    sheet.locator("h2").evaluate(
        "title => { title.textContent = 'A title of many words '.repeat(5); }"
    )
    close, save = (sheet.get_by_role("button", name=name, exact=True) for name in ("Close", "Save"))
    assert close.evaluate("one => one.offsetHeight") < 40
    assert sheet.evaluate("one => one.offsetWidth") == 375
    save.hover()
    colour, ground = save.evaluate(
        "one => ['color', 'backgroundColor'].map(name => getComputedStyle(one)[name])"
    )
    assert colour != ground
    context.close()


def test_focus_stays_in_the_bar_and_is_given_back(page: Page) -> None:
    page.locator("#live-one").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Qualification").click()
    bar = page.locator("#dealog-bar")
    expect(card_in(page, "qualification")).to_be_visible()
    expect(sheet).to_be_hidden()
    page.locator("#live-one").focus()
    bar.get_by_role("button", name="Undo").press("Enter")
    expect(bar).to_contain_text("Taken back.")
    expect(bar.get_by_role("button", name="Dismiss")).to_be_focused()
    expect(card_in(page, "lead")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#live-one")).to_be_focused()


def test_a_note_a_step_and_the_next_step(page: Page, journal: Path) -> None:
    page.goto(page.url.replace("board.html", "deals/one.html"))
    sheet = page.get_by_role("dialog")
    page.get_by_role("button", name="Move or change…").click()
    sheet.get_by_role("button", name="Add a note").click()
    sheet.get_by_label("Note", exact=True).fill("Called Jane\nShe was glad.")
    sheet.get_by_role("button", name="Add the note").click()
    expect(page.locator("main").get_by_text("She was glad.")).to_be_visible()
    page.get_by_role("button", name="Move or change…").click()
    sheet.get_by_role("button", name="Tick a step").click()
    sheet.get_by_role("checkbox").first.check()
    sheet.get_by_role("button", name="Tick", exact=True).click()
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Move or change…").click()
    sheet.get_by_role("button", name="Next step").click()
    sheet.get_by_label("When").fill("soon")
    sheet.get_by_role("button", name="Plan it").click()
    expect(sheet.get_by_role("alert")).to_contain_text("is no day")
    sheet.get_by_label("When").fill("fri")
    sheet.get_by_role("button", name="Plan it").click()
    expect(sheet).to_be_hidden()
    text = (journal / PATH).read_text()
    assert "## 2026-11-20 call — Called Jane\n\nShe was glad.\n" in text
    assert "- [x] " in text and "next: 2026-11-27 Call\n" in text


def test_pipeline_yml_is_edited_from_the_board(page: Page, journal: Path) -> None:
    page.get_by_role("button", name="pipeline.yml…").click()
    sheet = page.get_by_role("dialog")
    text = sheet.get_by_label("Text of pipeline.yml")
    expect(text).to_be_focused()
    assert text.evaluate("e => [e.selectionStart, e.scrollTop]") == [0, 0]
    text.fill(text.input_value().replace("Kestrel & Vane", "Kestrel"))
    text.press("Control+s")
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("link", name="Kestrel", exact=True)).to_be_visible()
    assert "journal: Kestrel\n" in (journal / "pipeline.yml").read_text()


def test_a_file_is_edited_with_its_problems_beside_it(page: Page, journal: Path) -> None:
    write(journal, {PATH: DEAL.replace("\n", "\r\n")})
    page.goto(page.url.replace("board.html", "deals/one.html"))
    page.get_by_role("button", name="Move or change…").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Edit the file").click()
    text = sheet.get_by_label(f"Text of {PATH}")
    expect(text).to_have_value(DEAL)
    text.fill(DEAL.replace("maria", "marai") + "\nWords.\n")
    beside = sheet.get_by_role("status")
    expect(beside).to_contain_text("marai")
    expect(sheet.locator(".live-numbers .is-error")).to_have_text("▸3\n")
    beside.get_by_role("button", name="Write maria").click()
    expect(beside).to_contain_text("Nothing is wrong with it.")
    write(journal, {PATH: DEAL.replace("\n", "\r\n") + "Theirs.\r\n"})
    text.press("Control+s")
    clash = sheet.get_by_role("alert")
    expect(clash.get_by_label("The text of the file now")).to_have_value(DEAL + "Theirs.\n")
    assert "Words." not in (journal / PATH).read_text()
    clash.get_by_role("button", name="Go on with mine").click()
    text.press("Control+s")
    expect(sheet).to_be_hidden()
    assert (journal / PATH).read_bytes() == f"{DEAL}\nWords.\n".replace("\n", "\r\n").encode()


def test_a_new_deal_begins(page: Page, journal: Path) -> None:
    page.get_by_role("button", name="New deal…").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Title").fill("Two halls")
    sheet.get_by_label("Value").fill("48000")
    sheet.get_by_role("button", name="Begin it").click()
    expect(page.locator(card(page, "two-halls"))).to_be_visible()
    assert "value: 48000\n" in (journal / "deals/two-halls.md").read_text()
