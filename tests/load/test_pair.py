"""Two journals loaded together are what each is when it is loaded alone."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from site_builder.files.tree import CONFIG, MemoryTree
from site_builder.load import loader
from site_builder.load.listing import Found
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.load.pair import Pair, load_pair
from site_builder.load.preparing import NoJournal, Prepared
from site_builder.load.reading import Keep, ReadFile
from tests import changes
from tests.catalogue import BASE
from tests.stories import TODAY, story

Files = dict[str, str]


def clock() -> dt.date:
    return TODAY


def pair(before: Files, after: Files, today: dt.date | None = None) -> Pair:
    return load_pair(MemoryTree(before), MemoryTree(after), clock, today)


def said(loaded: Loaded) -> tuple[object, ...]:
    return loaded.journal, loaded.problems, loaded.today, loaded.left_out, dict(loaded.sources)


@pytest.mark.parametrize("seed", range(20))
def test_both_are_what_each_is_alone(seed: int) -> None:
    before = story(seed, deals=12, people=6)
    after = changes.changed(before, seed, spoilt=seed % 2 == 1)
    if seed % 5 == 0:
        changes.remove_contact(random.Random(seed), after)
    if "[" in (before["pipeline.yml"], after["pipeline.yml"]):
        pytest.skip("its deals are read with another pipeline.yml")
    found = pair(before, after)
    assert found.before is not None
    assert said(found.after) == said(load(MemoryTree(after), clock))
    assert said(found.before) == said(load(MemoryTree(before), clock))
    every = {*before, *after}
    assert found.changed == {p for p in every if before.get(p) != after.get(p)}


def test_what_did_not_change_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(read_files: Callable[..., list[ReadFile]]) -> Callable[..., list[ReadFile]]:
        def reading(ready: Prepared, found: list[Found]) -> list[ReadFile]:
            read.extend(file.path for file in found)
            return read_files(ready, found)

        return reading

    from site_builder.load import pair as module

    monkeypatch.setattr(module, "read_files", counted(loader.read_files))
    before = story(3, deals=12, people=6)
    pair(before, {**before, "deals/d001.md": before["deals/d001.md"] + "\n## 2026-11-20 call\n"})
    assert sorted(read) == sorted([*(p for p in before if p != CONFIG), "deals/d001.md"])


def test_both_are_seen_as_of_one_day() -> None:
    before = {**BASE, "pipeline.yml": BASE["pipeline.yml"].replace("2026-11-20", "2026-10-01")}
    found = pair(before, dict(BASE))
    assert found.before is not None
    assert (found.before.today, found.after.today) == (dt.date(2026, 11, 20),) * 2
    asked = pair(before, dict(BASE), dt.date(2026, 5, 1))
    assert asked.before is not None
    assert (asked.before.today, asked.after.today) == (dt.date(2026, 5, 1),) * 2


@pytest.mark.parametrize("is_before", [True, False])
def test_where_pipeline_yml_is_broken_the_other_is_taken(is_before: bool) -> None:
    broken = {**BASE, "pipeline.yml": "[\n"}
    found = pair(broken, dict(BASE)) if is_before else pair(dict(BASE), broken)
    assert (found.lent_before, found.lent_after) == (is_before, not is_before)
    assert found.before is not None
    for loaded in (found.before, found.after):
        assert loaded.journal is not None
        assert [deal.id for deal in loaded.journal.deals] == ["acme"]
    faulty = found.before if is_before else found.after
    assert [(p.code, p.span.path) for p in faulty.problems] == [("yaml-syntax", CONFIG)]


def test_where_both_are_broken_nothing_is_lent() -> None:
    found = pair({**BASE, "pipeline.yml": "[\n"}, {**BASE, "pipeline.yml": "{\n"})
    assert found.before is not None
    assert (found.before.journal, found.after.journal) == (None, None)
    assert (found.lent_before, found.lent_after) == (False, False)


def test_there_may_be_no_journal_before_and_must_be_one_after() -> None:
    assert pair({"deals/acme.md": "x"}, dict(BASE)).before is None
    with pytest.raises(NoJournal):
        pair(dict(BASE), {"deals/acme.md": "x"})


def test_nothing_is_kept_of_files() -> None:
    assert pair(dict(BASE), dict(BASE)).after.files == ()
    assert Keep.ALL
