"""Whose day today is, and which notes are of the future: FORMAT, "What holds when"."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest

from site_builder.cli.main import main
from site_builder.files.tree import MemoryTree
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.load.today import Today, by_clock
from site_builder.pages.registry import all_pages, site_context
from site_builder.parse.pipeline_yml import zones
from site_builder.site.render import Renderer
from tests.catalogue import BASE, PIPELINE, deal
from tests.schemas import HEAD, PIPES, good, read

FREE = PIPELINE.replace("as-of: 2026-11-20\n", "")
EVENING = dt.datetime(2026, 11, 20, 18, 30, tzinfo=dt.UTC)


def zoned(name: str) -> str:
    return FREE + f"time-zone: {name}\n"


def noted(day: str) -> str:
    return deal(notes=f"## {day} call with jane-roe — All fine\n", front="contacts: [jane-roe]")


def at(pipeline: str, text: str, now: dt.date = EVENING, today: dt.date | None = None) -> Loaded:
    tree = MemoryTree({**BASE, "pipeline.yml": pipeline, "deals/bad.md": text})
    return load(tree, lambda: now, today)


def codes(pipeline: str, day: str, now: dt.date = EVENING) -> list[str]:
    return [problem.code for problem in at(pipeline, noted(day), now).problems]


@pytest.mark.parametrize(
    ("now", "zone", "today", "begun"),
    [
        (EVENING, "", "2026-11-20", "2026-11-21"),
        (EVENING.replace(hour=9, minute=59), "", "2026-11-20", "2026-11-20"),
        (EVENING.replace(hour=10, minute=0), "", "2026-11-20", "2026-11-21"),
        (EVENING, "Europe/Lisbon", "2026-11-20", "2026-11-20"),
        (EVENING, "Asia/Tokyo", "2026-11-21", "2026-11-21"),
        (EVENING.replace(hour=3), "America/New_York", "2026-11-19", "2026-11-19"),
        (dt.date(2026, 11, 20), "", "2026-11-20", "2026-11-20"),
        (dt.date(2026, 11, 20), "Asia/Tokyo", "2026-11-20", "2026-11-20"),
        (dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC), "", "9999-12-31", "9999-12-31"),
        (dt.datetime(1, 1, 1, tzinfo=dt.UTC), "America/New_York", "0001-01-01", "0001-01-01"),
    ],
)
def test_a_moment_has_its_day(now: dt.date, zone: str, today: str, begun: str) -> None:
    expected = Today(dt.date.fromisoformat(today), dt.date.fromisoformat(begun))
    assert by_clock(now, zone) == expected


def test_a_day_that_has_begun_anywhere_is_not_of_the_future() -> None:
    assert codes(FREE, "2026-11-21") == []
    assert codes(FREE, "2026-11-22") == ["future-note"]
    assert codes(FREE, "2026-11-21", EVENING.replace(hour=9)) == ["future-note"]


def test_where_a_zone_is_named_its_day_counts_alone() -> None:
    assert codes(zoned("Europe/Lisbon"), "2026-11-21") == ["future-note"]
    assert codes(zoned("Asia/Tokyo"), "2026-11-21") == []
    assert codes(zoned("Asia/Tokyo"), "2026-11-22") == ["future-note"]


def test_a_pinned_day_is_that_day_whatever_the_zone() -> None:
    for zone in ("", "time-zone: Asia/Tokyo\n"):
        assert codes(PIPELINE + zone, "2026-11-20") == []
        assert codes(PIPELINE + zone, "2026-11-21") == ["future-note"]


def test_a_day_that_was_asked_for_is_that_day() -> None:
    result = at(FREE, noted("2026-11-22"), today=dt.date(2026, 11, 21))
    assert result.problems == () and result.seen is not None
    assert result.seen.deals_by_id.get("bad") is None


def test_the_message_names_today_not_the_day_that_has_begun_elsewhere() -> None:
    (problem,) = at(FREE, noted("2026-11-22")).problems
    assert "after today (2026-11-20)" in problem.message
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (8, 4, 14)


def test_a_deal_created_there_today_is_seen_here() -> None:
    assert at(FREE, deal(front="created: 2026-11-21")).problems == ()
    (problem,) = at(FREE, deal(front="created: 2026-11-22")).problems
    assert problem.code == "created-in-future"


def test_what_has_begun_holds_already_and_counts_no_days() -> None:
    text = deal(
        stage="stage: qualification",
        front="contacts: [jane-roe]",
        notes="## 2026-11-21 stage qualification\n\n## 2026-11-21 call with jane-roe — All fine\n",
    )
    result = at(FREE, text)
    assert result.problems == () and result.today == dt.date(2026, 11, 20)
    renderer = Renderer(site_context(result))
    pages = {page.path: renderer.render(page).decode() for page in all_pages(result)}
    assert "All fine" in pages["deals/bad.html"] and "0 days" in pages["deals/bad.html"]
    assert "last contact</a> today" in pages["contacts/jane-roe.html"] or (
        "last contact today" in pages["contacts/jane-roe.html"]
    )
    everything = "".join(pages.values())
    assert "-1 day" not in everything and "\N{MINUS SIGN}1 day" not in everything
    assert "in 1 day" not in everything.replace("next step", "")


# --- from the command line ------------------------------------------------------------


def checked(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[list[str], str]:
    with pytest.raises(SystemExit):
        main(["-C", str(folder), "check", "--format", "json", *words])
    shown = capsys.readouterr()
    return [problem["code"] for problem in json.loads(shown.out)["problems"]], shown.err


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    for path, text in {**BASE, "pipeline.yml": FREE, "deals/bad.md": noted("2026-11-21")}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_epoch_is_a_moment(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EVENING.timestamp())))
    assert checked(journal, capsys)[0] == []
    for zone, expected in (("Europe/Lisbon", ["future-note"]), ("Asia/Tokyo", [])):
        (journal / "pipeline.yml").write_text(zoned(zone), encoding="utf-8")
        assert checked(journal, capsys)[0] == expected
    assert checked(journal, capsys, "--today", "2026-11-20")[0] == []


def test_the_clock_is_local_unless_a_zone_is_named(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for local in ("Pacific/Kiritimati", "Etc/GMT+12"):
        monkeypatch.setenv("TZ", local)
        time.tzset()
        day = dt.datetime.fromtimestamp(time.time(), dt.UTC).astimezone().date()
        (journal / "pipeline.yml").write_text(FREE, encoding="utf-8")
        main_says(journal, capsys, day)
        (journal / "pipeline.yml").write_text(zoned("Pacific/Kiritimati"), encoding="utf-8")
        there = zones.zone("Pacific/Kiritimati")
        main_says(journal, capsys, dt.datetime.fromtimestamp(time.time(), there).date())
    monkeypatch.undo()
    time.tzset()


def main_says(journal: Path, capsys: pytest.CaptureFixture[str], day: dt.date) -> None:
    with pytest.raises(SystemExit):
        main(["-C", str(journal), "check"])
    assert f"as of {day}" in capsys.readouterr().err


# --- names of zones -------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Europe/Lisbon", "UTC", "America/Argentina/Ushuaia", "Etc/GMT+12"]
)
def test_names_of_the_database_are_known(name: str) -> None:
    assert good(HEAD + PIPES + f"time-zone: {name}\n").time_zone == name
    assert dt.datetime(2026, 1, 1, tzinfo=zones.zone(name)).utcoffset() is not None


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("Europe/Lisbn", "Did you mean `Europe/Lisbon`?"),
        ("europe/lisbon", "Did you mean `Europe/Lisbon`?"),
        ("Lisbon", "Did you mean `Europe/Lisbon`?"),
        ("Lisboa", "Did you mean `Europe/Lisbon`?"),
        ("New York", "Did you mean `America/New_York`?"),
        ("America/New York", "Did you mean `America/New_York`?"),
        ("utc", "Did you mean `UTC`?"),
        ("CEST", "such as `Europe/Lisbon`"),
        ("PST", "such as `Europe/Lisbon`"),
        ("UTC+1", "such as `Europe/Lisbon`"),
        ("GMT+1", "such as `Europe/Lisbon`"),
        ("+01:00", "such as `Europe/Lisbon`"),
        ("../etc/passwd", "such as `Europe/Lisbon`"),
        ("Europe", "such as `Europe/Lisbon`"),
        ("x" * 5000, "such as `Europe/Lisbon`"),
    ],
)
def test_other_names_are_told_what_was_meant(text: str, help: str) -> None:
    schema, problems = read(f"time-zone: {text}\n" + HEAD + PIPES)
    assert schema is not None and schema.time_zone == ""
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [("invalid-value", 1, 12)]
    assert help in problems[0].help


def test_the_names_are_there_without_a_list_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import resources

    def missing(_: str) -> None:
        raise ModuleNotFoundError

    monkeypatch.setattr(resources, "files", missing)
    zones._names.cache_clear()
    assert zones.zone_name("Europe/Lisbon") == "Europe/Lisbon"
    zones._names.cache_clear()
