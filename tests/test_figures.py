"""Figures on pages, held against the raw files they are made of."""

from __future__ import annotations

import pytest

from tests.sites import page, read, table, words

HEAD = """\
visibility: private
currency: EUR
as-of: 2026-11-20
team: {ann: {name: Ann}, ben: {name: Ben}}
"""
STAGES = """\
pipelines:
  sales:
    stages:
      talking: {probability: 20%, stale-after: 14d}
      offer: {probability: 50%}
      won: {type: won}
      kept: {type: won}
      lost: {type: lost}
      later: {type: parked}
"""


def journal(pipeline: str = "", **deals: str) -> dict[str, str]:
    """The files of a journal with these deals: front matter, a blank line, notes."""
    files = {"pipeline.yml": HEAD + pipeline + STAGES}
    for id, text in deals.items():
        front, _, notes = text.partition("\n\n")
        files[f"deals/{id}.md"] = f"---\ntitle: {id.title()}\n{front}\n---\n\n{notes}\n"
    return files


def won(day: str, value: str = "20000", owner: str = "ann") -> str:
    return (
        f"owner: {owner}\nstage: won\nvalue: {value}\ncreated: 2026-01-05\n\n## {day} stage won\n"
    )


QUARTERS = {
    f"q{number}": won(f"2026-{month:02}-10") for number, month in enumerate((2, 5, 8, 11), 1)
}
FORECAST = "forecast.html"


class TestYears:
    TARGETS = "targets: {2026: 100000, ann/2026: 60000}\n"

    @pytest.mark.parametrize("today", ["2026-12-31", "2027-01-01", "2027-02-15", "2027-09-30"])
    def test_a_years_row_counts_the_whole_year(self, today: str) -> None:
        html = page(journal(self.TARGETS, **QUARTERS), FORECAST, today)
        for label in ("By year", "By quarter", "By month"):
            rows = table(html, f"Figures {label.lower()}")
            assert rows["Total"][5] == "€80 000"
        assert rows["Total"][5] == "€80 000"
        year = table(html, "Figures by year")
        row = next(cells for name, cells in year.items() if name.startswith("2026"))
        assert row[5:] == ["€80 000", "€100 000", "80%"]
        of_ann = table(html, "Figures of Ann")
        row = next(cells for name, cells in of_ann.items() if name.split()[0] == "2026")
        assert row[5:] == ["€80 000", "€60 000", "133.3%"]

    def test_a_year_that_is_not_whole_is_not_there(self) -> None:
        html = page(journal(self.TARGETS, **QUARTERS), FORECAST, "2028-01-01")
        assert not any(row.startswith("2026") for row in table(html, "Figures by year"))

    def test_fiscal_years_are_whole_too(self) -> None:
        deals = {"a": won("2026-04-01"), "b": won("2027-03-31", "30000")}
        html = page(journal("fiscal-year-starts: 4\n", **deals), FORECAST, "2027-05-15")
        row = next(c for n, c in table(html, "Figures by year").items() if n.startswith("2027"))
        assert row[5] == "€50 000"

    def test_no_month_is_left_out_between_others(self) -> None:
        deals = {"a": won("2026-04-10"), "b": won("2026-06-10")}
        rows = list(table(page(journal(**deals), FORECAST), "Figures by month"))[1:]
        months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        assert [row.removesuffix(" now") for row in rows] == [
            *(f"{m} 2026" for m in months),
            "Total",
        ]


def credited(files: dict[str, str], today: str = "") -> dict[str, str]:
    """What each person has won in 2026-Q1, as their own table says."""
    html = page(files, FORECAST, today)
    found = {}
    for name in ("Ann", "Ben"):
        rows = table(html, f"Figures of {name}")
        found[name] = next((c[5] for n, c in rows.items() if n.startswith("2026-Q1")), "")
    return found


class TestCredit:
    """Won deals count for their owner, with the value and the rate, of the day they were won."""

    TARGETS = "targets: {ann/2026-Q1: 10000, ben/2026-Q1: 10000}\n"

    @pytest.mark.parametrize("today", ["2026-09-30", "2026-10-01", "2026-11-20"])
    def test_a_later_owner_takes_nothing_over(self, today: str) -> None:
        deal = (
            "owner: ben\nstage: won\nvalue: 12000\ncreated: 2026-01-05\n\n"
            "## 2026-01-05 call\nowner:: ann\n\n## 2026-02-10 stage won\n\n"
            "## 2026-10-01 change\nowner:: ben\n"
        )
        assert credited(journal(self.TARGETS, d=deal), today) == {"Ann": "€12 000", "Ben": ""}

    @pytest.mark.parametrize(
        ("notes", "counted"),
        [
            ("## 2026-01-05 call\nvalue:: 10000\n\n## 2026-02-10 stage won\n\n", "€10 000"),
            ("## 2026-02-10 stage won\nvalue:: 11000\n\n", "€11 000"),
            ("## 2026-02-10 stage won\n\n## 2026-02-10 change\nvalue:: 12000\n\n", "€12 000"),
            ("## 2026-02-10 stage won\n\n## 2026-03-01 change\nvalue:: 13000\n\n", "€13 000"),
            ("## 2026-02-10 stage won\n\n", "€99 000"),
        ],
    )
    def test_the_value_is_that_of_the_day_or_the_first_one_set(
        self, notes: str, counted: str
    ) -> None:
        later = "## 2026-10-01 change\nvalue:: 99000\n"
        deal = f"owner: ann\nstage: won\nvalue: 99000\ncreated: 2026-01-05\n\n{notes}{later}"
        files = journal(d=deal)
        assert read(files).problems == ()
        assert credited(files)["Ann"] == counted
        overview = page(files, "index.html", "2026-11-20")
        assert f"{counted} 1 deal" in words(overview)
        assert counted in words(page(files, "board.html"))
        assert f"1 deal, {counted}" in words(page(files, "deals.html"))


class TestRestating:
    """A stage note that names the stage in which the deal stands restarts no clock."""

    DEAL = (
        "owner: ann\nstage: offer\nvalue: 1000\nclose: 2026-12-20\nnext: 2026-12-01 call\n\n"
        "## 2026-06-01 stage talking\n\n## 2026-07-01 stage offer\nasked-by:: us\n\n"
        "## 2026-11-18 stage offer\nasked-by:: customer\nclose:: 2026-12-20\n"
    )

    def test_the_days_go_on_on_every_page(self) -> None:
        files = journal(d=self.DEAL)
        assert read(files).problems == ()
        own = page(files, "deals/d.html")
        way = words(own.partition('class="path"')[2].partition("</ol>")[0])
        assert "Talking 1 Jun 2026 30 days Offer since 1 Jul 2026 142 days we asked Won" in way
        assert way.count("Offer") == 1
        for path in ("deals/d.html", "board.html", "deals.html", "deals-sales.offer.html"):
            assert "142 days" in words(page(files, path)), path
            assert " 2 days" not in words(page(files, path)), path

    def test_what_it_sets_holds(self) -> None:
        assert "20 Dec 2026" in words(page(journal(d=self.DEAL), "deals/d.html"))
