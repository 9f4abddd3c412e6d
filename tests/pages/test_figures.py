"""Figures on pages, held against the raw files they are made of."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.pages.overview import overview
from tests.by_hand import context
from tests.sites import page, read, table, words

TODAY = dt.date(2026, 11, 20)
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
FIGURES = "Figures by quarter"


class TestYears:
    TARGETS = "targets: {2026: 100000, ann/2026: 60000}\n"

    @pytest.mark.parametrize("today", ["2026-12-31", "2027-01-01", "2027-02-15", "2027-09-30"])
    def test_a_years_row_counts_the_whole_year(self, today: str) -> None:
        files = journal(self.TARGETS, **QUARTERS)
        rows = table(page(files, FORECAST, today), FIGURES)
        assert rows["Total"][4] == "€80 000"
        assert rows["2026"][4:] == ["€80 000", "€80 000", "€100 000", "80%"]
        of_ann = table(page(files, "forecast-of-ann.html", today), "Figures of Ann")
        assert of_ann["2026"][4:] == ["€80 000", "€80 000", "€60 000", "133.3%"]

    def test_a_year_that_is_not_whole_is_not_there(self) -> None:
        html = page(journal(self.TARGETS, **QUARTERS), FORECAST, "2028-01-01")
        assert not any(row.startswith("2026") for row in table(html, FIGURES))

    def test_fiscal_years_are_whole_too(self) -> None:
        deals = {"a": won("2026-04-01"), "b": won("2027-03-31", "30000")}
        html = page(journal("fiscal-year-starts: 4\n", **deals), FORECAST, "2027-05-15")
        rows = table(html, FIGURES)
        assert rows["2027 Apr 2026 – Mar 2027"][4] == "€50 000"

    def test_no_month_is_left_out_between_others(self) -> None:
        deals = {"a": won("2026-04-10"), "b": won("2026-06-10")}
        rows = list(table(page(journal(**deals), FORECAST), FIGURES))[1:]
        months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        shown = [row.removesuffix(" now") for row in rows if row[:3] in months]
        assert shown == [f"{m} 2026" for m in months]

    def test_a_month_without_anything_says_so_where_its_name_would_stand_alone(self) -> None:
        deals = {"a": won("2026-04-10"), "b": won("2026-06-10")}
        html = page(journal(**deals), FORECAST)
        bare = re.findall('<th scope="row" class="bare">([A-Z][a-z]+) 2026', html)
        assert bare == ["May", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def credited(files: dict[str, str], today: str = "") -> dict[str, str]:
    """What each person has won in 2026-Q1, as their own table says."""
    found = {}
    for id, name in (("ann", "Ann"), ("ben", "Ben")):
        rows = table(page(files, f"forecast-of-{id}.html", today), f"Figures of {name}")
        found[name] = rows["2026-Q1"][4] if "2026-Q1" in rows else ""
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
            (
                "## 2026-01-05 call\nvalue:: 9000\n\n## 2026-02-10 stage won\nvalue:: 11500\n\n",
                "€11 500",
            ),
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
        assert (
            credited(files | {"pipeline.yml": self.TARGETS + files["pipeline.yml"]})["Ann"]
            == counted
        )
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
        for path in ("deals/d.html", "deals.html", "deals-sales.offer.html"):
            assert "142 days" in words(page(files, path)), path
            assert " 2 days" not in words(page(files, path)), path

    @pytest.mark.parametrize("path", ["deals/d.html", "index.html"])
    def test_it_is_told_as_what_it_is(self, path: str) -> None:
        text = words(page(journal(d=self.DEAL), path))
        assert text.count("Entered Offer") == 1
        assert text.count("Still in Offer") == 1

    def test_what_it_sets_holds(self) -> None:
        assert "20 Dec 2026" in words(page(journal(d=self.DEAL), "deals/d.html"))


TIMED = {
    "deals/b.md": "---\ntitle: B\nowner: ann\nstage: talking\ncontacts: [jo]\n---\n"
    "## 2026-03-01 10:00 call — b one\n\n## 2026-03-01 email — b two\n\n"
    "## 2026-03-01 09:00 call — b three\n",
    "deals/a.md": "---\ntitle: A\nowner: ann\nstage: talking\ncontacts: [jo]\n---\n"
    "## 2026-03-01 10:00 call — a one\n",
    "contacts/jo.md": "---\nname: Jo\n---\n## 2026-03-01 10:00 call — jo one\n\n"
    "## 2026-03-01 11:00 call — jo two\n",
}
NEWEST = ["jo two", "b three", "b two", "b one", "a one", "jo one"]


class TestOrder:
    """Notes of several files are told in an order that follows from the files alone."""

    def found(self, files: dict[str, str], path: str) -> list[str]:
        return re.findall("(?:a|b|jo) (?:one|two|three)", words(page(files, path)))

    @pytest.mark.parametrize("path", ["contacts/jo.html", "index.html"])
    def test_of_one_minute_by_page_and_of_one_file_as_it_stands(self, path: str) -> None:
        assert self.found(journal() | TIMED, path) == NEWEST

    @given(st.permutations(range(3)))
    def test_it_does_not_depend_on_the_order_of_insertion(self, order: list[int]) -> None:
        loaded = read(journal() | TIMED).journal
        assert loaded is not None
        subjects = [loaded.subjects[at] for at in order]
        mixed = Journal(
            loaded.schema,
            tuple(one for one in subjects if isinstance(one, Deal)),
            tuple(one for one in subjects if isinstance(one, Contact)),
        )
        told = [mention.note.headline for mention in context(mixed, TODAY).insights.mentions["jo"]]
        assert told[::-1] == NEWEST
        assert [note.headline for note in overview(context(mixed, TODAY)).recent] == NEWEST

    def test_rungs_of_one_day_are_climbed_in_the_order_of_their_file_and_their_times(self) -> None:
        head = "---\nname: Jo\n---\n"
        for notes, found in (
            ("## 2026-03-02 note\n\n## 2026-03-01 like\n\n## 2026-03-01 know\n", []),
            ("## 2026-03-01 like\n\n## 2026-03-01 know\n\n## 2026-03-02 note\n", ["rung-skipped"]),
            ("## 2026-03-01 11:00 like\n\n## 2026-03-01 10:00 know\n", []),
        ):
            files = journal() | {"contacts/jo.md": head + notes}
            assert [problem.code for problem in read(files).problems] == found
        files = journal() | {
            "contacts/jo.md": head + "## 2026-03-01 11:00 like\n",
            "deals/d.md": "---\ntitle: D\nowner: ann\nstage: talking\nnext: 2026-12-01 Call\n---\n"
            "## 2026-03-01 10:00 know from jo\n",
        }
        assert read(files).problems == ()


class TestEmptyPages:
    """What a page says where it has nothing is so."""

    NONE_WON = "No open deal and none won yet"

    @pytest.mark.parametrize(
        ("deal", "said"),
        [
            (
                "owner: ann\nstage: won\nvalue: 5\ncreated: 2024-01-05\n",
                "1 deal won before Jan 2026, €5",
            ),
            ("owner: ann\nstage: won\nvalue: 5\n", "1 deal won nobody knows when, €5"),
            (won("2025-03-01", "5"), "1 deal won before Jan 2026, €5"),
            (won("2026-03-01", "5"), "€5"),
            ("owner: ann\nstage: later\nvalue: 5\n", "1 deal parked, €5"),
            (
                "owner: ann\nstage: talking\nvalue: 5\ncategory: omitted\n",
                "1 deal of the category omitted, €5",
            ),
        ],
    )
    def test_none_won_is_said_only_when_it_is_so(self, deal: str, said: str) -> None:
        text = words(page(journal(d=deal), FORECAST))
        assert self.NONE_WON not in text
        assert said in text
        assert ("No open deal counts" if "omitted" in deal else "No deal is open") in text

    def test_it_is_said_when_it_is(self) -> None:
        lost = "owner: ann\nstage: lost\nlost-reason: x\n"
        assert self.NONE_WON in words(page(journal(d=lost), FORECAST))

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            (FORECAST, "no open deal and none won yet"),
            ("board.html", "no open deals in this pipeline"),
            ("index.html", "no notes yet"),
            ("stale.html", "no open deals"),
            ("deals-sales.won.html", "no deals in this stage"),
        ],
    )
    def test_what_errors_leave_out_is_not_said_to_be_missing(self, path: str, said: str) -> None:
        files = journal(d="owner: nobody\nstage: won\n") | {
            "contacts/jo.md": "---\nname: Jo\n---\n"
        }
        text = words(page(files, path))
        assert f"Of what could be read: {said}" in text
        files = journal(d="owner: ann\nstage: lost\nlost-reason: x\n") | {
            "contacts/jo.md": "---\nname: Jo\n---\n"
        }
        text = words(page(files, path))
        assert f" {said[0].upper()}{said[1:]}" in text and "could be read" not in text

    def test_a_contacts_page_claims_only_that_it_has_none_to_show(self) -> None:
        """It is not made again for an error in another file, and so says the same with one."""
        for stage in ("owner: nobody\nstage: won\n", "owner: ann\nstage: lost\nlost-reason: x\n"):
            files = journal(d=stage) | {"contacts/jo.md": "---\nname: Jo\n---\n"}
            text = words(page(files, "contacts/jo.html"))
            assert "No notes to show yet. Notes in this contact's file" in text

    def test_a_quarter_with_deals_is_not_said_to_have_nothing(self) -> None:
        for deal, said in (
            ("owner: ann\nstage: talking\nclose: 2026-12-01\n", "1 deal open"),
            ("owner: ann\nstage: talking\nclose: 2026-12-01\nvalue: 5 CHF\n", "1 deal open"),
            (won("2026-10-01", "5 CHF"), "1 deal won"),
        ):
            html = page(journal(d=deal), FORECAST)
            chart = html.partition('<div class="chart">')[2].partition("</div>")[0]
            assert said in words(chart) and "nothing yet" not in words(chart)


def deals(*texts: str) -> dict[str, str]:
    return journal(**{f"d{number}": text for number, text in enumerate(texts)})


OPEN = "owner: ann\nstage: talking\nnext: 2026-12-01 call\ncreated: 2026-11-19\n"


class TestCoverage:
    """Every total says what it covers where something is missing from it."""

    FILES = deals(
        *[OPEN + "value: 1000\nclose: 2026-12-01\ncontacts: [jo]\n"] * 11,
        OPEN + "close: 2026-12-01\ncontacts: [jo]\n",
        won("2026-10-05", "500"),
        won("2026-10-06", "").replace("value: \n", ""),
    ) | {"contacts/jo.md": "---\nname: Jo\n---\n"}

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("index.html", "€11k open in 11 of 12 deals (one has no value), by stage percentages €2.2k expected by the end of Dec (11 of 12; one has no value or probability)."),
            ("index.html", "Talking 12 €11 000 (11 of 12) €2 200 (11 of 12)"),
            ("index.html", "Sales 12 €11 000 (11 of 12) €2 200 (11 of 12)"),
            ("index.html", "2026-Q4 €500 1 of 2 deals; one has no value"),
            ("board.html", "€11k open in 11 of 12 deals (one has no value)."),
            ("board.html", "Talking 12 deals €11 000 (11 of 12) €2 200 expected by stage percentages (11 of 12)"),
            ("board.html", "Won 2 deals €500 (1 of 2)"),
            ("deals.html", "Talking 12 deals, €11 000 (11 of 12; one has no value)"),
            ("deals-sales.won.html", "2 deals, €500 (1 of 2; one has no value)"),
            ("contacts.html", "€11 000 (11 of 12) open 11 of 12 deals"),
            ("contacts/jo.html", "12 open deals, €11k (11 of 12; one has no value)"),
            (FORECAST, "€11k open (11 of 12; one has no value)."),
            (FORECAST, "€500 won and €2.2k expected by stage percentages make €2.7k (12 of 14; 2 have no value or probability)."),
            (FORECAST, "Total 12 €11 000 (11 of 12) €2 200 (11 of 12) €2 200 (11 of 12) €500 (1 of 2) €2 700 (12 of 14)"),
            ("forecast-of-ann.html", "12 deals open, €11 000 (11 of 12), €2 200 (11 of 12) by stage percentages; 2 deals won, €500 (1 of 2)."),
            ("forecast-2026-Q4.html", "12 deals €11 000 (11 of 12) €2 200 (11 of 12) 0 of 12 €2 200 (11 of 12)"),
            ("forecast-2026-Q4.html", "2 deals €500 (1 of 2)"),
            ("forecast-valueless.html", "1 deal: counted, and worth nothing."),
            (FORECAST, "Not drawn: 2 deals (no value)."),
        ],
    )  # fmt: skip
    def test_one_of_many_is_missing(self, path: str, said: str) -> None:
        assert said in words(page(self.FILES, path))

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("stale.html", "3 deals are stale, worth €2k (2 of 3; one has no value)."),
            ("stale.html", "Ann 3 €2 000 (2 of 3) 3"),
            ("stale.html", "All 3 €2 000 (2 of 3) 3"),
            ("stale.html", "3 deals, €2 000 (2 of 3; one has no value), the most urgent first"),
            (FORECAST, "2 more open deals, €500 (1 of 2), are omitted."),
            (FORECAST, "2 deals of the category omitted, €500 (1 of 2)"),
            (FORECAST, "€2 000 (2 of 3)"),
            ("board.html", "5 deals €2 500 (3 of 5) €400 expected by stage percentages (2 of 5)"),
        ],
    )
    def test_stale_and_omitted(self, path: str, said: str) -> None:
        late = "owner: ann\nstage: talking\nnext: 2026-11-01 call\ncategory: commit\n"
        omitted = OPEN + "category: omitted\n"
        files = deals(
            late + "value: 1000\n", late + "value: 1000\n", late, omitted, omitted + "value: 500\n"
        )
        assert said in words(page(files, path))

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ("value: 500\ncategory: omitted\n", "1 omitted deal."),
            ("", "1 deal with no value or probability."),
            ("category: omitted\n", "1 omitted deal."),
        ],
    )
    @pytest.mark.parametrize("path", ["index.html", "board.html"])
    def test_why_an_expected_sum_lacks_deals(self, path: str, more: str, said: str) -> None:
        text = words(page(deals(OPEN + "value: 1000\n", OPEN + more), path))
        assert f"Not in what is expected: {said}" in text

    def test_each_reason_is_counted_and_none_is_told_without_a_sum(self) -> None:
        omitted = OPEN + "value: 500\ncategory: omitted\n"
        text = words(page(deals(OPEN + "value: 1000\n", omitted, omitted, OPEN), "board.html"))
        said = "Not in what is expected: 2 omitted deals, 1 deal with no value or probability."
        assert said in text
        for one in ([OPEN + "value: 1000\n"], [omitted]):
            for path in ("index.html", "board.html"):
                assert "Not in what is expected" not in words(page(deals(*one), path))

    def test_the_legend_names_omitted_deals(self) -> None:
        text = words(page(deals(OPEN + "value: 1000\n"), FORECAST))
        assert "on the board and the overview they may be omitted deals too" in text

    def test_what_counts_in_no_period_is_told_beside_those_that_are_shown(self) -> None:
        files = deals("owner: ann\nstage: won\nvalue: 5\n", won("2026-10-05", "500"))
        text = words(page(files, "index.html"))
        assert "2026-Q4 €500 1 deal; 1 more won nobody knows when" in text

    def test_where_nothing_is_missing_nothing_is_said(self) -> None:
        files = deals(OPEN + "value: 1000\nclose: 2026-12-01\n", won("2026-10-05", "500"))
        for path in (
            "index.html",
            "board.html",
            "deals.html",
            "contacts.html",
            "stale.html",
            FORECAST,
        ):
            text = words(page(files, path)).replace("(5 of 6)", "")
            assert "has no value" not in text and not re.search(r"\([0-9]+ of", text), path


class TestExpected:
    """What is expected is said, and whether any of it has a date."""

    @pytest.mark.parametrize(
        ("texts", "said"),
        [
            (["value: 1000"], "€200 expected by stage percentages, none of it dated."),
            (["value: 1000", "value: 5 CHF"], "€200 + 1 CHF expected by stage percentages, none of it dated."),
            (["value: 1000", ""], "€200 expected by stage percentages (1 of 2; one has no value or probability), none of it dated."),
            (["value: 1000\nclose: 2026-11-01"], "€200 expected by stage percentages, all of it past its close date."),
            (["value: 1000\nclose: 2026-11-01", "value: 5"], "€201 expected by stage percentages, none of it with a close date to come."),
            (["value: 1000", "value: 5\nclose: 2027-03-01"], "by stage percentages €0 expected by the end of Dec, €200 more without a close date."),
            (["value: 1000", "value: 5\nclose: 2099-03-01"], "by stage percentages €0 expected by the end of Dec, €200 more without a close date."),
            (["value: 1000", "value: 5\nclose: 2026-12-31"], "by stage percentages €1 expected by the end of Dec, €200 more without a close date."),
            (["value: 1000\nclose: 2026-11-19", "value: 5\nclose: 2026-11-20"], "by stage percentages €1 expected by the end of Dec, €200 more past its close date."),
            (["value: 1000", "value: 8\nclose: 2026-12-31\nprobability: 50%"], "by own estimates and stage percentages €4 expected by the end of Dec, €200 more without a close date."),
            (["value: 5\nclose: 2027-03-01"], "€0 expected by the end of Dec."),
            (["value: 5\nprobability: 0%"], "€0 expected by the end of Dec."),
            (["close: 2026-12-01", "value: 5"], "by stage percentages €1 expected by the end of Dec (it"),
        ],
    )  # fmt: skip
    def test_it_is_dated_or_not(self, texts: list[str], said: str) -> None:
        files = deals(*[OPEN + text + "\n" for text in texts])
        if "(it" in said:
            said = "by stage percentages €0 expected by the end of Dec (it has no value or probability), €1 more without a close date."
        assert said in words(page(files, "index.html"))

    @pytest.mark.parametrize(
        ("texts", "said"),
        [
            (["value: 1000"], "€1k open, all of it without a close date."),
            (["value: 1000", "close: 2026-12-31"], "€1k open (1 of 2; one has no value), all of it without a close date."),
            (["value: 1000\nclose: 2026-11-01", "value: 5"], "€1.01k open, €1k of it past its close date, €5 of it without a close date."),
            (["value: 1000", "value: 5\nclose: 2099-03-01"], "€1.01k open, €1k of it without a close date."),
            (["value: 5\nclose: 2027-03-01"], "€5 open."),
        ],
    )  # fmt: skip
    def test_the_forecast_says_how_much_is_open_without_a_day_to_come(
        self, texts: list[str], said: str
    ) -> None:
        assert said in words(page(deals(*[OPEN + text + "\n" for text in texts]), FORECAST))


JO = {"contacts/jo.md": "---\nname: Jo\n---\n"}


class TestParkedAfterWon:
    """Parking leaves what was won, and reopens what was lost."""

    PARKED = (
        "owner: ben\nstage: later\nvalue: 900\ncontacts: [jo]\nwake: 2027-01-01\n\n"
        "## 2026-10-01 stage won\nvalue:: 700\nowner:: ann\n\n"
        "## 2026-11-01 stage later\nvalue:: 900\nowner:: ben\n"
    )

    def test_it_counts_as_won_for_who_won_it(self) -> None:
        files = journal(d=self.PARKED) | JO
        assert read(files).problems == ()
        forecast = page(files, FORECAST)
        assert table(forecast, FIGURES)["Total"][4] == "€700"
        of_ann = page(files, "forecast-of-ann.html")
        assert table(of_ann, "Figures of Ann")["Total"][4] == "€700"
        assert "parked" not in words(forecast)
        assert "2026-Q4 €700 1 deal" in words(page(files, "index.html"))
        jo = table(page(files, "contacts.html"), "People")["Jo"]
        assert "won" in jo and jo[-2:] == ["", "€700 won"]

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("board.html", "Later 1 deal €900 D €900 Ben asleep until 1 Jan 2027 won 1 Oct 2026"),
            ("deals.html", "Later: 1 deal, €900 "),
            ("deals-sales.later.html", "1 deal, €900"),
            ("deals-sales.later.html", "D Ben €900 "),
            ("deals-sales.later.html", "asleep until 1 Jan 2027 won 1 Oct 2026"),
            ("contacts/jo.html", "D asleep until 1 Jan 2027 won 1 Oct 2026 Later €900"),
            ("index.html", "Won this quarter D €700"),
        ],
    )
    def test_rows_show_today_and_that_it_was_won(self, path: str, said: str) -> None:
        assert said in words(page(journal(d=self.PARKED) | JO, path))

    def test_a_deal_that_stands_won_keeps_the_value_of_that_day(self) -> None:
        text = won("2026-10-01", "700") + "value:: 500\n\n## 2026-10-09 call\nvalue:: 700\n"
        assert "Won 1 deal €500 D €500 Ann won 1 Oct 2026" in words(
            page(journal(d=text), "board.html")
        )

    @pytest.mark.parametrize("type", ["won", "lost"])
    @pytest.mark.parametrize("path", ["board.html", "deals-sales.{}.html", "contacts/jo.html"])
    def test_a_deal_that_has_ended_is_shown_with_value_and_owner_of_one_day(
        self, type: str, path: str
    ) -> None:
        front = f"owner: ben\nstage: {type}\nvalue: 700\ncontacts: [jo]\nlost-reason: Price\n\n"
        notes = (
            f"## 2026-10-01 stage {type}\nvalue:: 500\nowner:: ann\n\n"
            "## 2026-10-09 change\nvalue:: 700\nowner:: ben\n"
        )
        files = journal(d=front + notes) | JO
        assert read(files).problems == ()
        text = words(page(files, path.format(type)))
        assert "€500" in text and "€700" not in text
        assert ("contacts" in path) or ("Ann" in text and "Ben" not in text)
        assert "Ben" in words(page(files, "deals/d.html"))

    def test_what_was_lost_and_then_parked_is_not_said_to_be_won(self) -> None:
        files = journal(d=self.PARKED.replace("stage won", "stage lost")) | JO
        assert "won 1 Oct" not in words(page(files, "board.html"))

    def test_its_own_page_shows_today_and_the_day_it_was_won(self) -> None:
        text = words(page(journal(d=self.PARKED) | JO, "deals/d.html"))
        assert "asleep until 1 Jan 2027 · won 1 Oct 2026 · here for 19 days" in text
        assert "€900 €700 when won" in text and "Ben Ann when won" in text
        assert "reopened" not in text

    def test_what_was_lost_is_only_parked(self) -> None:
        lost = self.PARKED.replace("stage won", "stage lost")
        files = journal(d=lost) | JO
        assert "1 deal parked, €900" in words(page(files, FORECAST))
        assert "1 Nov 2026 19 days reopened" in words(page(files, "deals/d.html"))
