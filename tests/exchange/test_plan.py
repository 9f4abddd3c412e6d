from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.exchange.plan import (
    ChangedMeanwhileError,
    FileWrite,
    ImportPlan,
    apply,
    grouped,
    summary,
)
from tests.exchange.helpers import DEALS, plan


def test_writes_new_files_and_replaces_those_that_are_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "deals").mkdir()
    (tmp_path / "deals/a.md").write_bytes(b"old")
    apply(
        ImportPlan((FileWrite("deals/a.md", b"new", b"old"), FileWrite("deals/x/b.md", b"b"))),
        tmp_path,
    )
    assert (tmp_path / "deals/a.md").read_bytes() == b"new"
    assert (tmp_path / "deals/x/b.md").read_bytes() == b"b"
    assert sorted(p.name for p in tmp_path.rglob("*.*")) == ["a.md", "b.md"]


@pytest.mark.parametrize("before", [None, b"other"])
def test_writes_over_nothing_that_has_changed(tmp_path: Path, before: bytes | None) -> None:
    (tmp_path / "a.md").write_bytes(b"mine")
    with pytest.raises(ChangedMeanwhileError):
        apply(ImportPlan((FileWrite("a.md", b"new", before),)), tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"mine"


def test_writes_through_no_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "journal"
    root.mkdir()
    (root / "deals").symlink_to(outside)
    with pytest.raises(ChangedMeanwhileError):
        apply(ImportPlan((FileWrite("deals/a.md", b"x"),)), root)
    assert list(outside.iterdir()) == []


CSV = "Id,Name,Owner,Stage,Amount,Close\n" + "".join(
    f"{n},Deal {n},Ada Abt,Offer,5,\n" for n in range(20)
)


def test_the_same_problem_of_many_rows_is_told_once_with_their_lines() -> None:
    made = plan(CSV, DEALS)
    assert len(made.problems) == 20
    (problem,) = grouped(made.problems)
    assert problem.span.line == 2
    assert problem.message.endswith(
        "Also in lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 and 7 more."
    )


def test_the_summary_counts_and_names_the_strangers() -> None:
    text = summary(plan(CSV + ",,,,,\n", DEALS), dry_run=True)
    assert text == (
        "21 rows: 1 skipped, 20 refused.\n"
        "  skipped 1: empty rows\n"
        "0 files would be made, 0 would be added to.\n"
        "Not in the team; add them to `team` in pipeline.yml, or to `people` in the map:\n"
        "  ada-abt: {name: Ada Abt}\n"
    )
    mail = summary(plan(CSV.replace("Ada Abt", "ada.abt@x.example"), DEALS), dry_run=False)
    assert "  ada-abt: {name: Ada Abt, email: ada.abt@x.example}\n" in mail


MANY = "Id,Name,Owner,Stage,Amount,Close,Phone,,Empty,Phone,x `y`\n" + "".join(
    f"{n},Deal {n:02},otto,Offer,5,,1,2,,3,4\n" for n in range(26)
)


def test_a_dry_run_lists_what_would_be_made_up_to_25() -> None:
    made = plan(MANY, DEALS)
    lines = summary(made, dry_run=True).splitlines()
    assert lines[1:4] == [
        "26 files would be made, 0 would be added to.", "  deals/deal-00.md", "  deals/deal-01.md",
    ]  # fmt: skip
    assert lines[26:28] == ["  deals/deal-24.md", "  and 1 more"]
    assert made.example is not None
    assert made.example.path == "deals/deal-00.md"
    fewer = plan("\n".join(MANY.splitlines()[:-1]) + "\n", DEALS)
    assert "more" not in summary(fewer, dry_run=True)
    assert "deal-24" in summary(fewer, dry_run=True)
    assert "deal-24" not in summary(fewer, dry_run=False)


def test_a_dry_run_tells_new_files_from_those_that_are_added_to() -> None:
    old, new = FileWrite("deals/a.md", b"new", b"old"), FileWrite("deals/b.md", b"b")
    made = ImportPlan((old, new))
    assert "  deals/a.md (added to)\n  deals/b.md\n" in summary(made, dry_run=True)
    assert made.example == new
    assert ImportPlan((old,)).example == old
    assert ImportPlan().example is None


def test_columns_that_hold_something_and_that_the_map_never_uses_are_named() -> None:
    made = plan(MANY, DEALS)
    assert made.unused == ("Phone#1", "column 8", "Phone#2", "x `y`")
    for dry_run in (True, False):
        assert (
            "Columns that the map does not use: `Phone#1`, `column 8`, `Phone#2`, `x 'y'`.\n"
        ) in summary(made, dry_run=dry_run)
    used = DEALS.replace("close: Close", "x-p: 'Phone#2'") + (
        "skip: [{when: {'Phone#1': 9}}]\nreplace: {'x `y`': {4: 5}}\n"
    )
    assert plan(MANY, used).unused == ("column 8",)
    assert "does not use" not in summary(plan(MANY.partition("1,")[0], DEALS), dry_run=False)
