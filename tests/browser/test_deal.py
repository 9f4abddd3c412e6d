"""The pages of deals and contacts: their order at each width, links that a finger hits, folds that
open, marks that stay in forced colours and on paper, texts in either direction."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tabs import DESK, Look, Tabs
from tests.browser.test_pages import PHONE, overflow
from tests.catalogue import BASE
from tests.sites import page

pytestmark = pytest.mark.browser

SMALL_PHONE = 320
OLD, LATE = "deals/halden-planning.html", "deals/ostrand-night-shift.html"
PLACES = """selectors => selectors.map(s => {
  const box = document.querySelector(s).getBoundingClientRect();
  return [Math.round(box.left), Math.round(box.top)];
})"""
SMALL_LINKS = """all => all.filter(e => !e.closest('.prose, .note-headline, .next-what'))
  .filter(e => e.getClientRects().length)
  .filter(e => e.getBoundingClientRect().height < 23.9)
  .map(e => [e.textContent, e.getBoundingClientRect().height])"""
ORDER = [".strip", ".next-step", "#notes", "#people", "#facts", "#steps", "#earlier"]
HEBREW, ARABIC = "פרויקט 12 (שלב 3)", "تصميم"
WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
ODD = {
    **BASE,
    "pipeline.yml": BASE["pipeline.yml"].replace(
        "      qualification:\n", f"      qualification:\n        name: {ARABIC}\n"
    ),
    "contacts/jane-roe.md": f"---\nname: {HEBREW}\nrole: {WORD}\nphone: +44 20\n---\n",
    "deals/acme.md": f"""---
title: {HEBREW}
owner: maria
stage: qualification
value: 1250000.50 CHF
close: 2026-12-15
contacts: [jane-roe champion]
next: 2026-11-20 {WORD} {HEBREW}
---
{WORD}

## 2026-10-01 stage lead — {WORD}

## 2026-10-12 stage qualification

## 2026-11-01 call with jane-roe — {HEBREW}

{HEBREW} and more.

- {HEBREW}
- [x] needs-analysis: {WORD}
""",
}


def test_a_phone_shows_what_one_looks_for_first(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, LATE, Look(PHONE)) as (shown, _):
        tops = [top for _, top in shown.evaluate(PLACES, ORDER)]
        assert tops == sorted(set(tops))
        assert tops[ORDER.index("#notes")] < 800
        assert shown.get_by_role("link", name="12 earlier notes").is_visible()


def test_a_desk_shows_what_is_known_beside_the_notes(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, LATE, Look(DESK)) as (shown, _):
        places = dict(zip(ORDER, shown.evaluate(PLACES, ORDER), strict=True))
        assert places["#notes"][1] == places["#people"][1] < places["#facts"][1]
        assert places["#notes"][0] < places["#people"][0] == places["#facts"][0]
        assert places["#earlier"][0] == places["#notes"][0]
        gap = "() => document.querySelector('.earlier').getBoundingClientRect().top - document.querySelector('.columns-deal > div').getBoundingClientRect().bottom"
        assert abs(shown.evaluate(gap)) < 1
        assert not shown.get_by_role("link", name="12 earlier notes").is_visible()


@pytest.mark.parametrize("width", [SMALL_PHONE, DESK])
@pytest.mark.parametrize("path", [OLD, LATE, "contacts/greta-halden.html"])
def test_a_finger_hits_each_link(tabs: Tabs, over_http: str, path: str, width: int) -> None:
    with tabs.opened(over_http, path, Look(width)) as (shown, _):
        assert shown.eval_on_selector_all("main :is(a, summary)", SMALL_LINKS) == []


def test_a_link_to_an_old_note_opens_the_year_that_it_is_in(tabs: Tabs, over_http: str) -> None:
    with tabs.opened(over_http, OLD) as (shown, _):
        note = shown.locator(".year-fold .note").last
        anchor = note.get_attribute("id")
        assert anchor and not note.is_visible()
        shown.locator(f'.path a[href="#{anchor}"]').click()
        expect(note).to_be_visible()
    with tabs.opened(over_http, f"{OLD}#{anchor}") as (shown, _):
        expect(shown.locator(f"[id='{anchor}']")).to_be_visible()
        expect(shown.locator(".year-fold[open]")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_each_mark(tabs: Tabs, over_http: str, scheme: str) -> None:
    inside = """e => {
      const style = getComputedStyle(e), paper = getComputedStyle(document.body).backgroundColor;
      return style.backgroundImage !== 'none' && !style.backgroundImage.includes(paper);
    }"""
    edge = """e => {
      const style = getComputedStyle(e, '::before');
      const paper = getComputedStyle(document.body).backgroundColor;
      return parseFloat(style.borderTopWidth) > 0 && style.borderTopColor !== paper;
    }"""
    with tabs.opened(over_http, OLD, Look(DESK, scheme)) as (shown, _):  # type: ignore[arg-type] # one of the two
        shown.emulate_media(forced_colors="active")
        assert shown.locator(".box-done").first.evaluate(inside)
        for mark in (".mark-tangible", ".mark-intangible", ".path > .is-past", ".path > .is-here"):
            assert shown.locator(mark).first.evaluate(edge), mark


@pytest.mark.parametrize("path", ["deals/acme.html", "contacts/jane-roe.html"])
def test_long_words_do_not_make_a_phone_scroll(tabs: Tabs, path: str) -> None:
    with tabs.drawn(page(ODD, path), SMALL_PHONE) as shown:
        assert overflow(shown) == []


def test_texts_from_right_to_left_move_nothing_beside_them(tabs: Tabs) -> None:
    lefts = """all => all.map(e => {
      const range = document.createRange();
      range.selectNodeContents(e);
      return Math.round(range.getBoundingClientRect().left);
    })"""
    with tabs.drawn(page(ODD, "deals/acme.html"), DESK) as shown:
        head = ".note:has(.note-about a) .note-head"
        for parts, count in ((".trail bdi", 2), (".answer bdi", 3), (f"{head} bdi", 3)):
            found = shown.eval_on_selector_all(parts, lefts)
            assert (len(found), found) == (count, sorted(set(found))), parts
        title = shown.locator("h1").evaluate("e => e.getBoundingClientRect().left")
        assert shown.eval_on_selector_all("h1 bdi", lefts) == [round(title)]


def test_on_paper_a_deal_is_whole_and_short(tabs: Tabs, over_http: str) -> None:
    sheets = {OLD: 3, "deals/norrby-sawline.html": 2, LATE: 2}
    for path, most in sheets.items():
        with tabs.opened(over_http, path) as (shown, _):
            count = len(re.findall(rb"/Type\s*/Page[^s]", shown.pdf(format="A4")))
            assert count <= most, path
            shown.emulate_media(media="print")
            notes = shown.locator(".note")
            assert all(notes.nth(n).is_visible() for n in range(notes.count()))
