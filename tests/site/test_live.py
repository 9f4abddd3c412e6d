"""A site in memory says what a site from nothing says, and which of its pages changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.files.tree import FolderTree, MemoryTree
from site_builder.forecast import lessons
from site_builder.forecast.taught import Taught, taught
from site_builder.insights import topics
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.load.loader import load
from site_builder.pages import to_do
from site_builder.pages.context import Context
from site_builder.pages.registry import all_pages, site_context
from site_builder.site import live
from site_builder.site.live import Site
from site_builder.site.render import Renderer
from tests import demo, sequences
from tests.catalogue import BASE
from tests.changes import changed
from tests.commands import contents, write
from tests.sequences import Scene, unlike
from tests.stories import story

DAY = dt.date(2026, 11, 20)
DEAL = """\
---
title: One
owner: maria
stage: lead
next: 2026-12-01 Call
close: {day}
value: {value}
---
"""
CHANGES = (sequences.edit_words, sequences.add_note, sequences.write_deal, sequences.write_contact,
           sequences.rename_somebody, sequences.remove, sequences.move, sequences.swap,
           sequences.spoil, sequences.change_schema)  # fmt: skip


def pages_from_nothing(scene: Scene) -> dict[str, bytes]:
    loaded = load(FolderTree(scene.journal), lambda: DAY)
    renderer = Renderer(site_context(loaded))
    return {page.path: renderer.render(page) for page in all_pages(loaded)}


def pages(site: Site) -> dict[str, bytes]:
    return {path: site.page(path) for path in site.paths}


@pytest.mark.usefixtures("templates_loaded_once")
@pytest.mark.parametrize("seed", range(2))
def test_what_changed_is_told_and_shown(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By each kind of change once, alone or with another."""
    monkeypatch.setattr(topics, "FEW", sequences.FEW)
    monkeypatch.setattr(topics, "LISTED", sequences.FEW)
    scene = Scene(tmp_path, seed)
    site = Site(FolderTree(scene.journal), lambda: DAY)
    shown = pages(site)
    assert unlike(shown, pages_from_nothing(scene)) == set()
    for step in range(5):
        before = contents(scene.journal)
        scene.surely(CHANGES[(5 * seed + step) % len(CHANGES)])
        for change in scene.random.choices(CHANGES, k=scene.random.choice((0, 0, 1))):
            scene.do(change)
        told = site.changed(unlike(before, contents(scene.journal)))
        now = pages(site)
        assert unlike(now, pages_from_nothing(scene)) == set()
        assert unlike(shown, now) <= told
        shown = now


LOOKED_AT = ("index", "board", "follow-ups", "stale", "forecast", "queues", "contacts", "nurture",
             "problems", "relationships", "views")  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_pages_that_are_looked_at_are_those_of_a_site_from_nothing(
    seed: int, tmp_path: Path
) -> None:
    """One after another, so that each is made with what is left of the pages before."""
    files = story(seed, deals=24, age=150)
    write(tmp_path, files)
    site = Site(FolderTree(tmp_path), lambda: DAY)
    for step in range(3):
        after = changed(files, seed * 100 + step, edits=4)
        site.changed(put(tmp_path, files, after))
        files = after
        fresh = Site(MemoryTree(files), lambda: DAY)
        for name in LOOKED_AT:
            assert site.page(f"{name}.html") == fresh.page(f"{name}.html"), (name, step)


def test_pages_of_deals_lead_to_their_rows_also_once_there_are_more_than_a_page_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Served, and built again over what was there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder, deal = tmp_path / "journal", DEAL.format(day="2026-12-01", value=1).replace
    write(folder, {**dict(BASE), **{f"deals/{id}.md": deal("One", id) for id in ("a", "b")}})
    left = sum(1 for _ in (folder / "deals").glob("*.md")) - 2
    monkeypatch.setattr(topics, "LISTED", left + 2)
    site, seen = Site(FolderTree(folder), lambda: DAY), []
    for more in ("", "c"):
        if more:
            write(folder, {"deals/c.md": deal("One", "c")})
            site.changed({"deals/c.md"})
        assert sequences.run("-C", folder, "build", "--today", str(DAY))[0] in (0, 1)
        for id in ("a", more or "b"):
            page = site.page(f"deals/{id}.html")
            assert (folder / f"_site/deals/{id}.html").read_bytes() == page
            (path,) = re.findall(rf'href="../(forecast-deals[^#]*)#deal-{id}"', page.decode())
            assert f'id="deal-{id}"' in site.page(path).decode()
            seen.append(path)
    assert seen[:2] == ["forecast-deals.html"] * 2 and len(set(seen)) == 3


def put(folder: Path, before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Change a folder from some files to others; the paths of those that are others."""
    paths = {path for path in before | after if before.get(path) != after.get(path)}
    for path in paths - after.keys():
        (folder / path).unlink()
    write(folder, {path: after[path] for path in paths & after.keys()})
    return paths


STEPS: tuple[dict[str, str | None], ...] = (
    {"contacts/corp.md": "---\nname: Corp Ltd\ntype: company\n---\n"},
    {"contacts/ann.md": "---\nname: Ann Roe\n---\n"},
    {"deals/one.md": DEAL.format(day="2026-12-01", value=7).replace("lead", "offer")},
    {"deals/three.md": DEAL.format(day="2026-12-02", value=70)},
    {"deals/two.md": DEAL.format(day="2026-12-03", value=9), "deals/one.md": None},
    {"deals/two.md": "---\ntitle: Two\n---\n"},
    {"deals/two.md": DEAL.format(day="2026-12-03", value=11)},
    {"contacts/corp.md": None},
)


def test_cards_and_sums_follow_all_that_they_show(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known of the deals before is kept, but for those of which anything shown changed."""
    about = DEAL.replace("Call", "Call [[ann]]").replace("owner", "company: corp\nowner")
    write(journal, {
        "deals/one.md": DEAL.format(day="2026-12-01", value=1),
        "deals/two.md": about.format(day="2026-12-01", value=2),
        "contacts/corp.md": "---\nname: Corp\ntype: company\n---\n",
        "contacts/ann.md": "---\nname: Ann\n---\n",
    })  # fmt: skip
    site = Site(FolderTree(journal), lambda: DAY)
    monkeypatch.setattr(Site, "_anew", None)
    for step in STEPS:
        for path, said in step.items():
            (journal / path).unlink(missing_ok=True)
            write(journal, {path: said} if said is not None else {})
        site.changed(step)
        fresh = Site(FolderTree(journal), lambda: DAY)
        for name in ("board", "index", "stale", "deals", "deals-sales.lead"):
            assert site.page(f"{name}.html") == fresh.page(f"{name}.html"), (name, step)


def test_what_others_are_sure_to_lack_follows_a_file_of_nothing(journal: Path) -> None:
    write(journal, {"contacts/ann.md": "---\nname: Ann\n---\n\n## 2026-10-01 like from ann\n"})
    site, place = Site(FolderTree(journal), lambda: DAY), journal / "contacts/bo.md"
    told = []
    for step in (lambda: place.write_text(""), place.unlink):  # may say of Ann what is lacking
        told.append(b"rung-skipped" in site.page("problems.html"))
        step()
        site.changed(["contacts/bo.md"])
    assert [*told, b"rung-skipped" in site.page("problems.html")] == [True, False, True]


def test_the_overview_looks_at_what_changed_alone(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def needy(deal: Deal, context: Context) -> object:
        looked.append(deal.id)
        return find(deal, context)

    find = to_do._needy
    monkeypatch.setattr(to_do, "_needy", needy)
    deal = DEAL.format(day="2026-12-01", value=1)
    write(journal, {f"deals/{id}.md": deal for id in ("one", "two", "three")})
    site = Site(FolderTree(journal), lambda: DAY)
    site.page("index.html")
    assert {"one", "two", "three"} <= set(looked)
    looked.clear()
    write(journal, {"deals/two.md": deal.replace("2026-12-01", "2026-11-01")})
    site.changed(["deals/two.md"])
    assert b"19 days ago" in site.page("index.html")
    assert looked == ["two"]


def test_files_that_come_and_go_leave_the_others_unread(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = DEAL.format(day="2026-12-01", value=1)
    about = deal.replace("owner", "contacts: [ann]\nowner")
    write(journal, {"deals/one.md": deal, "deals/two.md": about})
    site = Site(FolderTree(journal), lambda: DAY)
    monkeypatch.setattr(Site, "_anew", None)
    assert b"ann" in site.page("problems.html")
    write(journal, {"contacts/ann.md": "---\nname: Ann\n---\n", "deals/three.md": deal})
    told = site.changed(["contacts/ann.md", "deals/three.md"])
    assert {"contacts/ann.html", "deals/three.html", "deals/two.html", "index.html"} <= told
    assert "deals/one.html" not in told
    assert b"Ann" in site.page("deals/two.html") and b"three" in site.page("board.html")
    write(journal, {"deals/sub/three.md": deal})
    assert "problems.html" in site.changed(["deals/sub/three.md"])
    assert b"the id of" in site.page("problems.html")
    for path in ("deals/three.md", "contacts/ann.md"):
        (journal / path).unlink()
        site.changed([path])
    fresh = Site(FolderTree(journal), lambda: DAY)
    assert site.paths == fresh.paths
    assert [site.page(path) for path in site.paths] == [fresh.page(path) for path in site.paths]


def test_pages_are_led_to_by_what_is_shown_alone(journal: Path) -> None:
    """A deal without a title is not shown, so that what it alone records leads nowhere."""
    deal = DEAL.format(day="2026-12-01", value=1)
    heard = deal.replace("title", "channel: fair\ntitle")
    write(journal, {"deals/one.md": deal, "deals/two.md": heard})
    site = Site(FolderTree(journal), lambda: DAY)
    assert b"entrances.html" in site.page("board.html")
    write(journal, {"deals/two.md": heard.replace("title: One\n", "")})
    site.changed(["deals/two.md"])
    for name in ("board.html", "deals/one.html"):
        assert b"entrances.html" not in site.page(name)
    write(journal, {"deals/two.md": heard})
    site.changed(["deals/two.md"])
    for name in ("board.html", "deals/one.html"):
        assert site.page(name) == Site(FolderTree(journal), lambda: DAY).page(name)


def test_one_note_touches_few_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(tmp_path, 2)
    for id in sequences.DEALS:
        scene.write(
            f"deals/{id}.md",
            "---\ntitle: One\nowner: max\nstage: lead\nnext: 2026-12-01 Call\n---\n",
        )
    site = Site(FolderTree(scene.journal), lambda: DAY)
    words = scene.journal / "deals" / "beta.md"
    words.write_text(words.read_text() + "\nSo it was.\n")
    monkeypatch.setattr(live, "all_pages", None)
    assert "deals/beta.html" in (told := site.changed(["deals/beta.md"])) and len(told) < 4
    assert b"So it was." in site.page("deals/beta.html")
    with pytest.raises(KeyError):
        site.page("deals/none.html")


def test_a_page_that_there_is_not_is_not_looked_for_in_the_whole_journal(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for before each new file, as the last good one."""
    write(journal, {"deals/one.md": DEAL.format(day="2026-12-01", value=1)})
    site = Site(FolderTree(journal), lambda: DAY)
    write(journal, {"deals/one.md": DEAL.format(day="2026-12-01", value=2)})
    assert "board.html" in site.changed(["deals/one.md"])
    monkeypatch.setattr(Site, "_loaded", None)
    for path in ("deals/two.html", "favicon.ico"):
        with pytest.raises(KeyError):
            site.page(path)


def test_files_that_nobody_told_of_are_seen_with_those_that_were(journal: Path) -> None:
    """All are listed once the page is shown, or before one that is not to be rough."""
    write(journal, {"deals/one.md": DEAL.format(day="2026-12-01", value=1)})
    site = Site(FolderTree(journal), lambda: DAY)
    (journal / "deals/one.md").unlink()
    for id in ("two", "three"):
        write(journal, {f"deals/{id}.md": DEAL.format(day="2026-12-01", value=2)})
    site.changed(["deals/two.md"])
    assert b"deals/one.html" in site.page("board.html", is_rough=True)
    told = site.settled()
    assert {"deals/one.html", "deals/three.html", "board.html"} <= told
    assert site.settled() == frozenset()
    fresh = Site(FolderTree(journal), lambda: DAY)
    assert site.page("board.html") == fresh.page("board.html") and site.paths == fresh.paths


def test_a_rough_page_is_settled_later(journal: Path) -> None:
    """The rules that look at all files are asked once the page is shown."""
    deal = "---\ntitle: One\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"
    contact = "---\nname: Ann\n---\n\n## 2026-01-02 know\n"
    write(journal, {"deals/one.md": deal, "contacts/ann.md": contact})
    site = Site(FolderTree(journal), lambda: DAY)
    site.page("problems.html")
    assert site.settled() == frozenset()
    write(journal, {"contacts/ann.md": contact + "\n## 2026-02-02 respect\n"})
    site.changed(["contacts/ann.md"])
    rough = site.page("problems.html", is_rough=True)
    assert b"respect" not in rough and site.is_rough
    assert "problems.html" in site.settled()
    assert site.page("problems.html") != rough
    assert site.page("problems.html") == Site(FolderTree(journal), lambda: DAY).page(
        "problems.html"
    )


def test_pages_of_the_whole_journal_that_came_later_are_told_of_too(journal: Path) -> None:
    def close(day: str, value: int) -> frozenset[str]:
        write(journal, {"deals/one.md": DEAL.format(day=day, value=value)})
        return site.changed(["deals/one.md"])

    write(journal, {"deals/one.md": DEAL.format(day="2026-12-01", value=1)})
    site = Site(FolderTree(journal), lambda: DAY)
    close("2027-05-01", 1)
    assert site.paths == Site(FolderTree(journal), lambda: DAY).paths
    site.page("forecast-2027-Q2.html")
    assert "forecast-2027-Q2.html" in close("2027-05-01", 2)


@pytest.mark.usefixtures("learned_anew")
def test_what_is_learned_is_learned_again_where_a_note_tells_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[dt.date] = []

    def watched(journal: Journal, today: dt.date) -> Mapping[str, Taught]:
        times.append(today)
        return taught(journal, today)

    monkeypatch.setattr(lessons, "taught", watched)
    edited = demo.write_few(tmp_path)
    site, path = Site(FolderTree(tmp_path), lambda: DAY), edited.relative_to(tmp_path).as_posix()
    for more, learned_by_then in (
        ("", 1),
        ("\n## 2026-11-19 note\n\nThey asked.\n", 1),
        ("\n## 2026-11-19 note\nprobability:: 93%\n", 2),
    ):
        with edited.open("a", encoding="utf-8") as file:
            file.write(more)
        site.changed([path])
        shown = {name: site.page(name) for name in ("forecast.html", "forecast-belief.html")}
        assert len(times) == learned_by_then
        fresh = Site(FolderTree(tmp_path), lambda: DAY)
        assert shown == {name: fresh.page(name) for name in shown}
        times.pop()
