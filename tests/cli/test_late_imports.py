"""What a small journal doesn't need isn't imported: to start takes longer than to read it."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.commands import write
from tests.places import ROOT

LARGE = {"concurrent", "multiprocessing", "subprocess"}
OTHERS = {"asyncio", "csv", "icalendar", "logging", "rich", "watchdog", "zoneinfo"}
MARKDOWN = {"markdown", "nh3", "xml"}
CALENDARS = {"icalendar", "zoneinfo"}
"""Something is due in the base journal of the catalogue, of which a build makes a calendar."""
PAGES = {"jinja2", "markupsafe", "site_builder.pages", "site_builder.site.render"}
IMPORTS = {"site_builder.edit", "site_builder.exchange", "site_builder.presets"}
LEARNING = {
    "site_builder.forecast.figures",
    "site_builder.forecast.figures_periods",
    "site_builder.forecast.learning",
}
READING = {"yaml", "site_builder.checks", "site_builder.load.loader", "site_builder.parse"}

ALWAYS = LARGE | OTHERS | IMPORTS | LEARNING
CHECK, BUILD = ("check",), ("build", "-o", "out")


def imported(*arguments: str | Path) -> set[str]:
    """The modules that Python imports to run something, beside those of a bare start."""
    return _imported(*arguments) - _bare()


@cache
def _bare() -> set[str]:
    return _imported("-c", "pass")


def _imported(*arguments: str | Path) -> set[str]:
    command = [sys.executable, "-X", "importtime", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in told}


def ran(journal: Path, command: tuple[str, ...]) -> set[str]:
    """What a command on a journal imports."""
    placed = [journal / word if word == "out" else word for word in command]
    return imported("-m", "site_builder", "-C", journal, *placed)


@pytest.mark.parametrize(
    ("command", "never"),
    [(CHECK, ALWAYS | MARKDOWN | PAGES), (BUILD, (ALWAYS | MARKDOWN) - CALENDARS)],
    ids=["check", "build"],
)
def test_a_small_journal(journal: Path, command: tuple[str, ...], never: set[str]) -> None:
    found = ran(journal, command)
    assert "yaml" in found
    assert found & never == set()


@pytest.mark.parametrize("command", [CHECK, BUILD], ids=["check", "build"])
def test_what_is_unchanged(journal: Path, command: tuple[str, ...]) -> None:
    ran(journal, command)
    found = ran(journal, command)
    assert "click" in found
    assert found & (ALWAYS | MARKDOWN | PAGES | READING) == set()


def test_a_text_that_needs_markdown_gets_it(journal: Path) -> None:
    write(journal, {"contacts/ann.md": "---\nname: Ann\n---\n\nSee `this`.\n"})
    assert ran(journal, BUILD) >= {"markdown", "nh3"}
    assert "<code>this</code>" in (journal / "out/contacts/ann.html").read_text("utf-8")


def test_nothing_due_is_written_without_a_library(journal: Path) -> None:
    for path in [*journal.glob("deals/*"), *journal.glob("contacts/*")]:
        path.unlink()
    assert ran(journal, BUILD) & CALENDARS == set()


def test_calendars_that_say_the_same_are_not_made_again(journal: Path) -> None:
    ran(journal, BUILD)
    write(journal, {"contacts/ann.md": "---\nname: Ann\n---\n"})
    assert ran(journal, BUILD) & CALENDARS == set()
