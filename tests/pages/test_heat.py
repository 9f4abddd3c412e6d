"""Tables of counts by two things."""

from __future__ import annotations

from site_builder.pages.heat import heat_table, of_hundred, periods, share_heat
from site_builder.pages.sheet import Section, Sheet
from tests.by_hand import day, rendered


def test_the_more_the_darker_with_sums_of_both() -> None:
    counts = {("a", "x"): 100, ("a", "y"): 1, ("b", "y"): 51}
    table = heat_table("T", "By", {"a": "A", "b": "B"}, {"x": "X", "y": "Y"}, counts,
                       lambda row, column: f"#{row}{column}")  # fmt: skip
    cells = [[(c.text, c.path, c.heat) for c in row.cells] for row in table.rows]
    assert cells == [
        [("100", "#ax", 4), ("1", "#ay", 1), ("101", "#aNone", None)],
        [("0", "", 0), ("51", "#by", 3), ("51", "#bNone", None)],
        [("100", "#Nonex", None), ("52", "#Noney", None), ("152", "#NoneNone", None)],
    ]


def test_few_are_never_dark() -> None:
    table = heat_table("T", "By", {"a": "A"}, {"x": "X"}, {("a", "x"): 1})
    assert table.rows[0].cells[0].heat == 1


def test_some_are_never_none() -> None:
    told = [share_heat(count, 300, "#a") for count in (0, 1, 2, 150)]
    assert [cell.text for cell in told] == ["0", "<1", "1", "50"]
    assert (of_hundred(0, 300), of_hundred(1, 300)) == ("0", "<1")


def test_over_two_years_counts_are_told_by_year() -> None:
    first, last, later = day("2024-02-01"), day("2026-01-29"), day("2026-01-30")
    assert [periods([first, last], 1)(one) for one in (first, last)] == ["2024-Q1", "2026-Q1"]
    assert [periods([later, first], 1)(one) for one in (first, later)] == ["2024", "2026"]
    assert periods([first, last], 2)(last) == "2026-Q4"


def test_a_shade_is_a_class() -> None:
    table = heat_table("T", "By", {"a": "A"}, {"x": "X"}, {("a", "x"): 4})
    page = rendered("sheet.html", Sheet("T", "", (Section("s", "S", tables=(table,)),)))
    assert '<table class="sheet heat"' in page and '<td class="num heat-4"' in page
