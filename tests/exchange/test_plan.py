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
