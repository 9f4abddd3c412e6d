from __future__ import annotations

from site_builder.exchange.plan import Counts, FileWrite, ImportPlan, grouped, summary
from tests.exchange.helpers import DEALS, plan

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


def test_the_summary_counts_one_as_one() -> None:
    one = "\n".join(MANY.splitlines()[:2]) + "\n"
    made = summary(plan(one, DEALS), dry_run=False)
    assert made.startswith("1 row: 1 taken.\n1 file made, 0 added to.\n")


def test_the_summary_groups_digits_as_all_commands_do() -> None:
    made = ImportPlan(counts=Counts(rows=1_200, taken=1_200))
    assert summary(made, dry_run=False).startswith("1\u202f200 rows: 1\u202f200 taken.\n")


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
