"""What the forecast's commands keep between runs, and never trust without a look."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.forecast import lessons
from site_builder.forecast.taught import Taught
from site_builder.forecast.taught import taught as taught_by
from site_builder.journal.journal import Journal
from tests import demo
from tests.commands import contents, run
from tests.repositories import Repo

pytestmark = pytest.mark.usefixtures("learned_anew")
EDITED = "deals/kormos-dye-house.md"
COMMANDS = (("forecast", "--format", "json"), ("backtest", "--format", "json"))
Said = Callable[..., list[tuple[int, str, str]]]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    demo.write_few(tmp_path / "journal", every=18)
    return tmp_path / "journal"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def said(journal: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """What the commands say of the journal, with some options."""
    return lambda *more: [
        run("-C", journal, *command, *more, capsys=capsys) for command in COMMANDS
    ]


def learned(cache: Path) -> list[Path]:
    return sorted(cache.rglob("learned-*"))


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[dt.date]:
    """The day of each time that something was learned."""
    found: list[dt.date] = []

    def watched(journal: Journal, today: dt.date) -> Mapping[str, Taught]:
        found.append(today)
        return taught_by(journal, today)

    monkeypatch.setattr(lessons, "taught", watched)
    return found


def test_the_second_run_learns_nothing_and_says_the_same(
    said: Said, cache: Path, times: list[dt.date]
) -> None:
    fresh = said("--no-cache")
    assert len(times) == 2 and not cache.exists()
    assert said() == fresh
    before = contents(cache)
    assert said() == fresh
    assert len(times) == 3 and contents(cache) == before
    said("--no-cache")
    assert len(times) == 5


def test_of_another_day_nothing_is_taken(said: Said, cache: Path) -> None:
    days = ("2026-11-20", "2026-06-30")
    fresh = {day: said("--today", day, "--no-cache") for day in days}
    for day in (*days, *days[::-1]):
        assert said("--today", day) == fresh[day]


def test_after_an_edit_it_is_what_is_learned_from_nothing(
    said: Said, cache: Path, journal: Path
) -> None:
    before = said()
    with (journal / EDITED).open("a", encoding="utf-8") as file:
        file.write("\n## 2026-07-20 stage negotiation\nprobability:: 93%\n")
    after = said()
    assert after == said("--no-cache") != before


def flipped(file: Path, whole: bytes) -> None:
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])


def cut(file: Path, whole: bytes) -> None:
    file.write_bytes(whole[: len(whole) // 2])


def emptied(file: Path, _: bytes) -> None:
    file.write_bytes(b"")


def a_folder(file: Path, _: bytes) -> None:
    file.unlink()
    file.mkdir()


def test_what_is_damaged_is_not_taken(said: Said, cache: Path, times: list[dt.date]) -> None:
    fresh = said()
    assert len(times) == 1
    for harm in (flipped, cut, emptied, a_folder):
        files, learned_before = learned(cache), len(times)
        assert len(files) > 3
        for file in files:
            harm(file, file.read_bytes())
        assert said() == fresh, harm.__name__
        assert len(times) > learned_before, harm.__name__


def test_what_was_kept_of_another_journal_in_its_place_is_not_taken(
    said: Said, cache: Path, journal: Path, times: list[dt.date]
) -> None:
    fresh = said()
    journal.rename(journal.with_name("gone"))
    shutil.copytree(journal.with_name("gone"), journal)
    assert said() == fresh
    assert len(times) == 2


def test_no_horizon_has_a_file_of_its_own(said: Said, cache: Path) -> None:
    said()
    files = [path.name for path in learned(cache)]
    said("--horizon", "33")
    assert [path.name for path in learned(cache)] == files


def test_a_revision_keeps_nothing(
    journal: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Repo(journal).commit()
    code, out, _ = run("-C", journal, *COMMANDS[1], "--rev", "HEAD", capsys=capsys)
    assert code == 0 and out
    assert not learned(cache)


def test_builds_learn_once_until_a_note_tells_more(
    journal: Path, cache: Path, times: list[dt.date], capsys: pytest.CaptureFixture[str]
) -> None:
    deal, site = journal / EDITED, journal.with_name("site")
    for more, learned_by_then in (
        ("", 1),
        ("\n## 2026-11-19 note\n\nThey asked.\n", 1),
        ("\n## 2026-11-19 note\nprobability:: 93%\n", 2),
    ):
        with deal.open("a", encoding="utf-8") as file:
            file.write(more)
        run("-C", journal, "build", "-o", site, capsys=capsys)
        assert len(times) == learned_by_then
    fresh = journal.with_name("fresh")
    run("-C", journal, "build", "-o", fresh, "--no-cache", capsys=capsys)
    assert contents(site) == contents(fresh)
    assert len(times) == 3
    run("-C", journal, "backtest", capsys=capsys)
    assert len(times) == 3
