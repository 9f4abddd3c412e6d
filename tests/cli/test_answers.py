"""What commands tell of a journal that is as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_builder.load import loader
from site_builder.load.loaded import Loaded
from tests.commands import run, write
from tests.query.cases import JOURNAL

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(tmp_path / "journal", dict(JOURNAL))
    return tmp_path / "journal"


@pytest.fixture
def asked(journal: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return lambda *words: run("-C", journal, *words, capsys=capsys)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each time that a journal is loaded."""
    found: list[object] = []
    load = loader.load

    def watched(*arguments: Any) -> Loaded:
        found.append(arguments)
        return load(*arguments)

    monkeypatch.setattr(loader, "load", watched)
    return found


COMMANDS = (
    ("forecast",),
    ("forecast", "--by", "month"),
    ("forecast", "--horizon", "30"),
    ("forecast", "--format", "json"),
    ("forecast", "--by", "year", "--format", "json"),
    ("forecast", "owner:ann"),
    ("forecast", "-owner:ann", "--format", "json"),
    ("forecast", "--today", "2026-10-10"),
    ("backtest",),
    ("backtest", "--format", "json"),
    ("backtest", "--horizon", "30", "--format", "json"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_of_what_is_unchanged_nothing_is_read(
    command: tuple[str, ...], asked: Run, loads: list[object]
) -> None:
    fresh = asked(*command, "--no-cache")
    assert fresh[1] and len(loads) == 1
    assert asked(*command) == fresh and len(loads) == 2
    assert asked(*command) == fresh and len(loads) == 2


def test_each_question_has_its_answer(asked: Run, loads: list[object]) -> None:
    fresh = {command: asked(*command, "--no-cache") for command in COMMANDS}
    for commands in (COMMANDS, COMMANDS[::-1], COMMANDS):
        assert {command: asked(*command) for command in commands} == fresh
    assert asked("forecast", "owner=")[0] == asked("forecast", "owner=")[0] == 2


@pytest.mark.parametrize("command", COMMANDS[:1] + COMMANDS[3:4] + COMMANDS[8:10], ids=" ".join)
def test_after_any_change_it_is_another(
    command: tuple[str, ...], journal: Path, asked: Run
) -> None:
    deal = next((journal / "deals").rglob("*.md"))
    for path, more in (
        (deal, "\n## 2026-10-01 note\nprobability:: 93%\n"),
        (journal / "pipeline.yml", "\ntargets: {2026-Q4: 777777}\n"),
        (journal / "deals" / "more.md", "---\ntitle: More\nowner: ann\nstage: lead\n---\n"),
        (journal / "deals" / "odd.md", "---\ntitle: [\n---\n"),
    ):
        asked(*command)
        with path.open("a", encoding="utf-8") as file:
            file.write(more)
        fresh = asked(*command, "--no-cache")
        assert asked(*command) == fresh
        assert asked(*command) == fresh
    assert fresh[0] == 1


def test_what_is_written_while_a_question_is_asked_is_told_of_no_journal_but_its_own(
    journal: Path, asked: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one that was found as it was, and is another when it is read."""
    fresh, load = asked("forecast", "--no-cache"), loader.load
    before = {path: path.read_text("utf-8") for path in (journal / "deals").rglob("*.md")}
    assert asked("check")[0] == 0

    def late(*arguments: Any) -> Loaded:
        for path, text in before.items():
            path.write_text(f"{text}\n## 2026-10-01 note\nprobability:: 93%\n", "utf-8")
        return load(*arguments)

    with monkeypatch.context() as while_asked:
        while_asked.setattr(loader, "load", late)
        assert asked("forecast") != fresh
    for path, text in before.items():
        path.write_text(text, "utf-8")
    assert asked("forecast") == fresh


def test_a_broken_pipeline_yml_is_refused_each_time(journal: Path, asked: Run) -> None:
    assert asked("backtest")[0] == 0
    (journal / "pipeline.yml").write_text("pipelines: 7\n", "utf-8")
    for _ in range(2):
        code, out, err = asked("backtest")
        assert (code, out) == (2, "")
        assert "pipeline.yml has errors" in err
