from __future__ import annotations

import re

import pytest

from tests.exchange.helpers import errors, plan, told

MAP = (
    "import: deals\nsource: hs\nkey: Record ID\nfields:\n  title: Deal Name\n  owner: {fixed: otto}\n"
    "  stage: Deal Stage\n  created: Create Date\n  close: Close Date\n  lost-reason: Why\n"
)
CSV = (
    "Record ID,Deal Name,Deal Stage,Create Date,Close Date,Why\n"
    "101,Juniper,Closed Won,2025-11-05 10:12,2026-10-20 16:00,\n"
    "102,Harbour,New lead,2025-12-01 09:00,2027-11-02 11:30,\n"
    "103,Tarn,Closed Lost,2025-12-01 09:00,2026-11-02 11:30,price\n"
    "104,Mill,Closed Won,2025-12-01 09:00,2026-11-03,\n"
)
LINE = "{date: Close Date, stage: Deal Stage, when: {Deal Stage: [Closed Won, Closed Lost]}}"


def help_of(csv: str, map: str) -> str:
    (problem,) = (p for p in plan(csv, map).problems if p.code == "outcome-undated")
    return problem.help


def as_told(csv: str, map: str) -> str:
    """The map with what the help says to type."""
    found = re.search(r"`notes: \[(.*?)\]`|`- (.*?)`", help_of(csv, map))
    assert found is not None
    if "notes:" in map:
        return map.replace("notes:\n", f"notes:\n  - {found[2]}\n")
    return map + f"notes: [{found[1]}]\n"


def test_deals_that_come_in_won_or_lost_on_no_day_are_told_once() -> None:
    made = plan(CSV, MAP)
    assert told(made) == [(2, 13, "outcome-undated")]
    (problem,) = made.problems
    assert problem.severity == "warning"
    assert problem.message.startswith("3 deals come in won or lost with no note of when")
    assert problem.help.startswith(f"Add to the map: `notes: [{LINE}]`. Nothing to do")
    assert made.counts.taken == 4


@pytest.mark.parametrize(("rows", "said"), [(1, "1 deal comes"), (2, "2 deals come")])
def test_so_many_come_in_undated(rows: int, said: str) -> None:
    head, won, *_, mill = CSV.splitlines(keepends=True)
    (problem,) = plan("".join([head, won, mill][: rows + 1]), MAP).problems
    assert problem.message.startswith(f"{said} in won or lost")


def test_what_the_help_says_to_type_dates_them() -> None:
    made = plan(CSV, as_told(CSV, MAP))
    assert told(made) == []
    assert errors(made.files) == []
    assert b"## 2026-10-20 16:00 stage won\n" in made.files["deals/juniper.md"]
    assert b"##" not in made.files["deals/harbour.md"]


def test_a_map_with_notes_is_told_to_add_one_more() -> None:
    map = MAP + "notes:\n  - {date: Create Date, kind: {fixed: note}}\n"
    assert help_of(CSV, map).startswith(f"Add to `notes` in the map: `- {LINE}`. Nothing")
    made = plan(CSV, as_told(CSV, map))
    assert (told(made), errors(made.files)) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("stage: Deal Stage", "stage: {fixed: won}", "{date: Close Date, stage: {fixed: won}}"),
        ("stage: Deal Stage", "stage: {column: Deal Stage, values: {Closed Won: won, Closed Lost: lost}}",
         LINE.replace("stage: Deal Stage", "stage: {column: Deal Stage, values: {Closed Won: won, Closed Lost: lost}}")),
        ("close: Close Date", "x-close: Close Date", LINE),
    ],
)  # fmt: skip
def test_the_note_is_in_the_words_of_the_map(old: str, new: str, line: str) -> None:
    map = MAP.replace(old, new)
    assert f"`notes: [{line}]`" in help_of(CSV, map)
    assert "outcome-undated" not in [code for _, _, code in told(plan(CSV, as_told(CSV, map)))]


def test_names_are_quoted_where_yaml_needs_it() -> None:
    csv, map = CSV.replace("Deal Stage", "Deal: Stage"), MAP.replace("Deal Stage", '"Deal: Stage"')
    assert 'stage: "Deal: Stage", when: {"Deal: Stage": [' in help_of(csv, map)
    assert told(plan(csv, as_told(csv, map))) == []


def test_a_day_that_some_have_not_is_a_condition() -> None:
    csv = CSV.replace("2026-11-03", "")
    assert "Closed Lost], Close Date: {filled: yes}}}]`" in help_of(csv, MAP)
    again = plan(csv, as_told(csv, MAP))
    assert told(again) == [(5, 10, "outcome-undated")]
    assert again.counts.taken == 4


@pytest.mark.parametrize("notes", ["", "notes:\n  - {date: Create Date, kind: {fixed: note}}\n"])
def test_each_of_two_columns_that_tell_the_stage_dates_its_rows(notes: str) -> None:
    csv = (
        "Record ID,Deal Name,Deal Stage,Create Date,Close Date,Why,Phase\n"
        "102,Harbour,,2025-12-01 09:00,2027-11-02 11:30,,New lead\n"
        "103,Tarn,Closed Lost,2025-12-01 09:00,2026-11-02 11:30,price,New lead\n"
        "104,Mill,,2025-12-01 09:00,2026-11-03,,Closed Won\n"
    )
    map = MAP.replace("stage: Deal Stage", "stage: {column: [Deal Stage, Phase]}") + notes
    assert "{Phase: Closed Won, Deal Stage: {filled: no}}" in help_of(csv, map)
    if notes:
        lines = re.findall(r"`(- .*?)`", help_of(csv, map))
        again = plan(csv, map + "".join(f"  {line}\n" for line in lines))
    else:
        again = plan(csv, as_told(csv, map))
    assert (told(again), errors(again.files)) == ([], [])
    assert b"## 2026-11-03 stage won\n" in again.files["deals/mill.md"]
    assert b"## 2026-11-02 11:30 stage lost\n" in again.files["deals/tarn.md"]


def test_without_a_column_that_tells_the_day_the_help_says_so() -> None:
    csv, map = CSV.replace("Close Date", "Goal"), MAP.replace("Close Date", "Goal")
    map = map.replace("  close: Goal\n", "")
    assert "{date: COLUMN, stage: Deal Stage, when" in help_of(csv, map)
    assert ", COLUMN being the one that has the day." in help_of(csv, map)


def test_deals_with_a_stage_note_and_open_ones_are_in_order() -> None:
    open_only = "".join(CSV.splitlines(keepends=True)[::2][:2])
    assert told(plan(open_only, MAP)) == []
    assert told(plan(CSV, MAP + f"notes: [{LINE}]\n")) == []
    first = plan(CSV, MAP)
    again = plan(CSV, MAP, first.files)
    assert told(again) == []
