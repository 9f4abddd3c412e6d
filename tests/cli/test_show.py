"""`dealog show`: what pages of facts say, in the terminal and as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from site_builder.pages.registry import pages_of_facts
from tests.catalogue import deal
from tests.commands import run, write
from tests.stories import story

PAGES = sorted(pages_of_facts())


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Looked at by all tests, and changed by none."""
    folder = tmp_path_factory.mktemp("stories")
    write(folder, story(3))
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_facts_is_there_as_text_and_as_json(
    stories: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", stories, "show", page, capsys=capsys)
    assert (code, err.startswith("As of 2026-11-20")) == (0, True)
    assert len(out.splitlines()) > 2
    code, out, _ = run("-C", stories, "show", page, "--format", "json", capsys=capsys)
    facts = json.loads(out)
    assert (code, facts["version"], facts["page"], facts["today"]) == (0, 1, page, "2026-11-20")


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_journal_shows_what_would_fill_a_page(
    journal: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in [*journal.glob("deals/*"), *journal.glob("contacts/*")]:
        path.unlink()
    code, out, _ = run("-C", journal, "show", page, capsys=capsys)
    assert (code, out.strip() != "") == (0, True)


def test_without_a_page_it_says_which_there_are_and_what_each_begins_with(
    stories: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run("-C", stories, "show", capsys=capsys)
    assert code == 0
    told = {line.split("  ")[1].strip(): line for line in out.splitlines() if line[:3] == "   "}
    assert {*PAGES, "board-PIPELINE", "handover-PERSON"} <= told.keys()
    assert "one for each pipeline: sales, renewals" in told["board-PIPELINE"]
    assert "one for each person: ann, ben, cleo" in told["handover-PERSON"]
    assert "open in" in told["team"]
    facts = json.loads(run("-C", stories, "show", "--format", "json", capsys=capsys)[1])
    assert facts["pages"] == [*pages_of_facts(), "board-PIPELINE", "handover-PERSON"]
    assert (facts["version"], facts["today"]) == (1, "2026-11-20")


@pytest.mark.parametrize("page", ["board-sales", "board-renewals"])
def test_each_pipeline_has_its_board(
    stories: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = json.loads(run("-C", stories, "show", page, "--format", "json", capsys=capsys)[1])
    assert (facts["page"], f"board-{facts['pipeline']}") == (page, page)
    first = json.loads(run("-C", stories, "show", "board", "--format", "json", capsys=capsys)[1])
    assert first["pipeline"] == "sales"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("bord", "no page of facts `bord`. Did you mean `board`?"),
        ("handovr-ann", "no page of facts `handovr-ann`. Did you mean `handover-ann`?"),
        ("board-sale", "no pipeline `sale`. Did you mean `sales`?"),
        ("board-", "no pipeline ``. Use one of: `sales`, `renewals`."),
    ],
)
def test_a_misspelt_page_is_answered_with_the_nearest(
    stories: Path, page: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", stories, "show", page, capsys=capsys) == (
        2, "", f"dealog: There is {words}\n")  # fmt: skip


def test_the_terminal_says_what_the_page_shows(
    stories: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the pages whose own view is no sheet."""
    monkeypatch.setenv("COLUMNS", "300")
    run("-C", stories, "build", "-o", tmp_path / "site", capsys=capsys)
    for page in ("board", "stale"):
        html = (tmp_path / "site" / f"{page}.html").read_text("utf-8")
        shown = re.findall(r'data-deal="d0*(\d+)"', html)
        out = run("-C", stories, "show", page, capsys=capsys)[1]
        facts = json.loads(run("-C", stories, "show", page, "--format", "json", capsys=capsys)[1])
        deals = facts.get("deals") or [d for stage in facts["stages"] for d in stage["deals"]]
        assert sorted(shown) == sorted(re.findall(r"(?m)^   Deal (\d+) ", out))
        assert sorted(shown) == sorted(one["id"].lstrip("d").lstrip("0") or "0" for one in deals)
    out = run("-C", stories, "show", "forecast", capsys=capsys)[1]
    html = (tmp_path / "site" / "forecast.html").read_text("utf-8")
    total = re.search(r"(?m)^   Total +(\d+) +(\S+)", out)
    assert total is not None and total[2] in html


def test_what_is_only_drawn_on_a_page_is_told_in_the_terminal(
    stories: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    facts = json.loads(
        run("-C", stories, "show", "relationships", "--format", "json", capsys=capsys)[1]
    )
    climbed = [one for one in facts["contacts"] if one["from_them"] or one["to_them"]]
    out = run("-C", stories, "show", "relationships", capsys=capsys)[1].partition("They of us")[2]
    rows = {line.split("  ")[1].strip(): line for line in out.splitlines() if "Person p" in line}
    assert len(rows) == len(climbed) > 0
    for one in climbed:
        said = next(
            line for name, line in rows.items() if name.split(" (")[0].endswith(f" {one['id']}")
        )
        for rung in {**one["from_them"], **one["to_them"]}:
            assert rung in said


def test_no_headline_stands_above_nothing(
    stories: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = run("-C", stories, "show", "modules", capsys=capsys)[1]
    assert "The chain" in out
    assert "Who is counted in the chain" not in out  # who that is stands on the page, folded


def test_a_day_is_seen_as_it_was(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("-C", stories, "show", "structure", "--format", "json", "--today", "2020-01-01")
    facts = json.loads(run(*arguments, capsys=capsys)[1])
    assert facts["today"] == "2020-01-01"
    assert [one["won"] for one in facts["pipelines"]] == [0, 0]


def test_a_page_that_is_none_is_refused(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("-C", journal, "show", "structre", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == "dealog: There is no page of facts `structre`. Did you mean `structure`?\n"


def test_who_names_a_saved_view_is_told_what_lists_it(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = journal / "pipeline.yml"
    config.write_text(config.read_text("utf-8") + "views: {mine: owner:maria}\n", "utf-8")
    code, out, err = run("-C", journal, "show", "mine", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == "dealog: `mine` is a saved view: `dealog list view:mine` lists its deals.\n"
    assert run("-C", journal, "list", "view:mine", capsys=capsys)[0] == 0


def test_errors_are_told_beside_what_could_be_read(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"deals/bad.md": deal(stage="stage: leed")})
    code, out, err = run("-C", journal, "show", "structure", "--format", "json", capsys=capsys)
    assert (code, json.loads(out)["pipelines"][0]["started"]) == (1, 1)
    assert err == "As of 2026-11-20; 1 error.\n"


def test_a_journal_that_can_not_be_understood_is_refused(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"pipeline.yml": "journal: [\n"})
    code, out, err = run("-C", journal, "show", "structure", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == "dealog: pipeline.yml has errors: `dealog check` tells them.\n"


def test_nothing_in_a_title_drives_a_terminal(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = deal(stage="stage: lost", front="lost-reason: price")
    write(journal, {"deals/bad.md": text.replace("Bad", "A \u202eB \u009b31m")})
    out = run("-C", journal, "show", "structure", capsys=capsys)[1]
    assert "\u202e" not in out and "\u009b" not in out


def test_the_map_has_the_tables_of_all_that_it_can_be_clustered_by(
    stories: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run("-C", stories, "show", "map", capsys=capsys)
    _, told, _ = run("-C", stories, "show", "map", "--format", "json", capsys=capsys)
    by = [f"{one['of'].capitalize()} by {one['label'].lower()}" for one in json.loads(told)["by"]]
    assert len(by) > 2
    assert [line for line in out.splitlines() if line in by] == by
