"""An empty journal: a first deal to copy on the overview, one line on the other pages."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages.registry import (
    all_pages,
    pages_of_facts,
    pages_of_facts_by_key,
    site_context,
)
from site_builder.presets.new_journal import PRESETS, new_journal
from site_builder.site.render import Renderer
from tests.by_hand import TODAY
from tests.commands import run, write

HEAD = "journal: Kestrel & Vane\ncurrency: EUR\nvisibility: private\n"
TEAM = "team: {no: {name: No}, maria: {name: Maria}}\n"
ENDS = "      won: {type: won}\n      lost: {type: lost}\n"
STRICT = (
    "pipelines:\n  2026:\n    stages:\n      old: {retired: yes}\n      asleep: {type: parked}\n"
    "      yes: {relationship: trust, requires: [value, contacts], stale-after: 7d, "
    f"steps: {{call: {{required: yes}}}}}}\n{ENDS}"
    f"  other:\n    stages:\n      later: {{}}\n{ENDS}"
)
ONE_LINE = 'No deals yet: the <a href="index.html">overview</a> has a first one to copy.'


def pages(files: dict[str, str], today: dt.date = TODAY) -> dict[str, str]:
    """The pages of a journal of these files, without what all have around them."""
    loaded: Loaded = load(MemoryTree({p: t.encode() for p, t in files.items()}), lambda: today)
    renderer = Renderer(site_context(loaded))
    every = [page for page in all_pages(loaded) if page.path.endswith(".html")]
    made = {page.path: renderer.render(page).decode() for page in every}
    return {path: re.split("<main[^>]*>|</main>", page)[1] for path, page in made.items()}


def offered(page: str) -> tuple[str, str]:
    """The path and the text of the deal to copy."""
    found = re.search(
        r'<code>(deals/[^<]*)</code>.*?<pre class="copy"[^>]*>(.*?)</pre>', page, re.DOTALL
    )
    assert found
    return html.unescape(found[1]), html.unescape(found[2])


def of_preset(name: str) -> str:
    return new_journal(name, TODAY)["pipeline.yml"].decode()


@pytest.mark.parametrize(
    "config", [*map(of_preset, PRESETS), HEAD + TEAM + STRICT], ids=[*PRESETS, "strict"]
)
@pytest.mark.parametrize("days", [0, 6])
def test_the_first_deal_is_right_as_it_is_typed(
    config: str, days: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = offered(pages({"pipeline.yml": config})["index.html"])
    write(tmp_path, {"pipeline.yml": config, path: text})
    typed_on = f"--today={TODAY + dt.timedelta(days)}"
    code, out, err = run("-C", tmp_path, "check", "--strict", typed_on, capsys=capsys)
    assert (code, out) == (0, "") and err.startswith("No problems in 1 deal")


def test_it_is_of_the_first_person_and_in_the_first_open_stage() -> None:
    _, text = offered(pages({"pipeline.yml": HEAD + TEAM + STRICT})["index.html"])
    assert "\nowner: no\npipeline: 2026\nstage: yes\n" in text
    assert "\nnext: 2026-11-27 " in text


@pytest.mark.parametrize("preset", PRESETS)
def test_the_other_pages_say_one_line_and_nothing_of_zero(preset: str) -> None:
    made = pages({"pipeline.yml": of_preset(preset)})
    others = {"index.html", "contacts.html", "problems.html", "404.html"}
    facts = {f"{name}.html" for name in pages_of_facts()}  # each says what would fill it
    facts |= {path for path in made if path.startswith(tuple(pages_of_facts_by_key()))}
    for path, page in made.items():
        if path in facts:
            continue
        if path.startswith("board"):  # which the format promises columns
            assert page.count(ONE_LINE) == 1 and "data-stage=" in page
            continue
        assert not re.search(r"\b0\b", re.sub("<[^>]*>", " ", page)), path
        if path not in others:
            assert page.count(ONE_LINE) == 1 and page.count("<p") == 1 + page.count("trail"), path
            assert "<table" not in page and "<section" not in page


@pytest.mark.parametrize("team", ["", "team: {}\n"])
def test_where_nobody_can_own_one_it_is_said_what_a_deal_needs(team: str) -> None:
    page = pages({"pipeline.yml": HEAD + team + STRICT})["index.html"]
    assert "an owner from <code>team</code>" in page and "<pre" not in page


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_all_pages_are_there_at_either_end_of_the_calendar(day: dt.date) -> None:
    made = pages({"pipeline.yml": HEAD + TEAM + STRICT}, day)
    assert "\nnext: " in offered(made["index.html"])[1]


def test_a_pipeline_without_open_stages_offers_no_deal() -> None:
    config = f"{HEAD}{TEAM}pipelines:\n  sales:\n    stages:\n{ENDS}"
    assert "<pre" not in pages({"pipeline.yml": config})["index.html"]


def test_where_errors_keep_the_only_deal_out_none_is_offered() -> None:
    config = HEAD + TEAM + STRICT
    made = pages({"pipeline.yml": config, "deals/a.md": "---\ntitle: A\n---\n"})
    assert "Of what could be read: no deals yet" in made["index.html"]
    assert "<pre" not in made["index.html"] and ONE_LINE not in "".join(made.values())


def test_notes_of_contacts_are_shown_before_there_is_a_deal() -> None:
    note = "---\nname: Jane\n---\n## 2026-11-01 call — She rang\n"
    page = pages({"pipeline.yml": HEAD + TEAM + STRICT, "contacts/jane.md": note})["index.html"]
    assert "Lately" in page and "She rang" in page and '<pre class="copy"' in page
    assert "Won" not in page
