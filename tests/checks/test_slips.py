"""Rules that look for slips of the pen: what they flag, where, and what they say to type."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.problems.problem import Problem
from tests.catalogue import deal
from tests.journals import codes, loaded

NEAR = "next: 2026-12-01 Call Jane"


def problems(code: str, text: str, path: str = "deals/bad.md") -> list[Problem]:
    found = loaded({path: text}).problems
    return [problem for problem in found if problem.code == code]


def places(code: str, text: str, path: str = "deals/bad.md") -> list[tuple[int, int, int]]:
    return [(p.span.line, p.span.column, p.span.end_column) for p in problems(code, text, path)]


class TestDuplicateNotes:
    @pytest.mark.parametrize(
        "twice",
        [
            "## 2026-10-24 call with jane-roe by maria — Prices\n\nToo high.\n",
            "## 2026-10-24 09:30 call\n",
            "## 2026-10-24 call\n",
            "## 2026-10-24 change\ncategory:: commit\n",
            "## 2026-10-24 know from jane-roe\n",
            "## 2026-10-24 milestone — Signed\n",
        ],
    )
    @pytest.mark.parametrize("between", ["", "## 2026-10-24 email to jane-roe\n"])
    @pytest.mark.parametrize("around", ["", "## 2026-10-01 call\n"])
    def test_the_same_note_twice(self, twice: str, between: str, around: str) -> None:
        notes = around + twice + between + twice + around.replace("-10-01", "-11-01")
        text = deal(front="category: commit" if "category" in twice else "", notes=notes)
        line = text[: text.rindex(twice)].count("\n") + 1
        (problem,) = problems("duplicate-note", text)
        assert (problem.span.line, problem.span.column, problem.span.end_column) == (line, 4, 14)
        first = text[: text.index(twice)].count("\n") + 1
        assert problem.message == f"This note is the same as that in line {first}."

    def test_what_to_type_where_it_happened_twice(self) -> None:
        (problem,) = problems(
            "duplicate-note", deal(notes="## 2026-10-24 call\n\n## 2026-10-24 call\n")
        )
        assert problem.help == (
            "Remove one of the two. If it happened twice, give each its time: "
            "`## 2026-10-24 09:30 call …`."
        )
        for note in ("09:30 call", "know from jane-roe"):
            (problem,) = problems("duplicate-note", deal(notes=f"## 2026-10-24 {note}\n\n" * 2))
            assert problem.help == "Remove one of the two."
        timed = "## 2026-10-24 09:30 call\n\n## 2026-10-24 15:00 call\n"
        assert problems("duplicate-note", deal(notes=timed)) == []

    @pytest.mark.parametrize(
        "other",
        [
            "## 2026-10-25 call with jane-roe — Prices\n\nToo high.\n",
            "## 2026-10-24 call from jane-roe — Prices\n\nToo high.\n",
            "## 2026-10-24 call with jane-roe by maria — Prices\n\nToo high.\n",
            "## 2026-10-24 call with jane-roe — Price\n\nToo high.\n",
            "## 2026-10-24 call with jane-roe — Prices\n\nToo low.\n",
            "## 2026-10-24 meeting with jane-roe — Prices\n\nToo high.\n",
            "## 2026-10-24 call with jane-roe — Prices\ncategory:: commit\n\nToo high.\n",
            "## 2026-10-24 call with jane-roe — Prices\nx-source-id:: crm:2\n\nToo high.\n",
        ],
    )
    def test_notes_that_differ_are_two(self, other: str) -> None:
        note = "## 2026-10-24 call with jane-roe — Prices\n\nToo high.\n\n"
        assert problems("duplicate-note", deal(front="category: commit", notes=note + other)) == []

    @pytest.mark.parametrize(
        ("second", "is_same"),
        [
            ("## 2026-10-24 stage lead — Again\n", True),
            ("## 2026-10-24 stage lead\n\nMore.\n", True),
            ("## 2026-10-24 stage lead\nasked-by:: us\n", True),
            ("## 2026-10-25 stage lead\n", False),
            ("## 2026-10-24 09:30 stage lead\n", False),
            ("## 2026-10-24 call\n", False),
        ],
    )
    def test_the_same_stage_note_twice(self, second: str, is_same: bool) -> None:
        text = deal(notes=f"## 2026-10-24 stage lead\n\n{second}")
        assert places("duplicate-note", text) == ([(9, 21, 25)] if is_same else [])

    def test_a_stage_note_that_sets_something_else_restates(self) -> None:
        notes = "## 2026-10-24 stage lead\nvalue:: 10\n\n## 2026-10-24 stage lead\nvalue:: 20\n"
        assert problems("duplicate-note", deal(front="value: 20", notes=notes)) == []

    def test_there_and_back_on_one_day_is_no_slip(self) -> None:
        stages = ("lead", "lost", "lead")
        notes = "".join(f"## 2026-10-24 stage {stage}\n\n" for stage in stages)
        assert problems("duplicate-note", deal(notes=notes)) == []

    def test_files_that_run_newest_first_and_files_in_yaml(self) -> None:
        notes = "## 2026-10-25 email to jane-roe\n\n" + "## 2026-10-24 stage lead\n\n" * 2
        assert places("duplicate-note", deal(notes=notes)) == [(11, 21, 25)]
        note = "- date: 2026-10-24\n  kind: call\n  text: Yes.\n"
        yaml = f"name: Ed\nnotes:\n{note}{note}"
        assert places("duplicate-note", yaml, "contacts/ed.yml") == [(6, 9, 19)]
        (problem,) = problems("duplicate-note", yaml, "contacts/ed.yml")
        assert problem.help.endswith("give each its time: `time: 09:30`.")
        timed = yaml.replace("  text", "  time: 09:30\n  text", 1)
        assert problems("duplicate-note", timed, "contacts/ed.yml") == []


class TestNotesAYearOff:
    def dated(self, *days: str) -> list[tuple[int, str]]:
        """The problems of notes of these days: which note, and the date to type."""
        notes = "".join(f"## {day} call — {n}\n\n" for n, day in enumerate(days))
        found = problems("note-year-off", deal(notes=notes))
        for problem in found:
            assert (problem.span.column, problem.span.end_column) == (4, 14)
            days_ = list(days)
            number = (problem.span.line - 7) // 2
            assert f"`{days_[number]}`" in problem.message
        return [((p.span.line - 7) // 2, p.help.split("`")[1]) for p in found]

    def test_the_old_year_in_january(self) -> None:
        assert self.dated("2025-12-20", "2025-01-05", "2026-01-20") == [(1, "2026-01-05")]
        assert self.dated("2026-01-20", "2025-01-05", "2025-12-20") == [(1, "2026-01-05")]

    def test_a_year_too_many(self) -> None:
        assert self.dated("2024-03-01", "2025-04-01", "2024-05-01") == [(1, "2024-04-01")]

    def test_the_last_and_the_first_note(self) -> None:
        assert self.dated("2025-11-01", "2025-12-20", "2025-01-05") == [(2, "2026-01-05")]
        assert self.dated("2025-01-05", "2025-12-20", "2025-11-01") == [(0, "2026-01-05")]
        assert self.dated("2025-12-31", "2025-01-05", "2025-02-01") == [(0, "2024-12-31")]

    def test_several_in_a_row(self) -> None:
        days = ("2025-11-01", "2025-12-20", "2025-01-05", "2025-01-12", "2026-02-01", "2026-02-02")
        assert self.dated(*days) == [(2, "2026-01-05"), (3, "2026-01-12")]

    def test_the_29th_of_february(self) -> None:
        assert self.dated("2025-02-01", "2024-02-29", "2025-03-02") == [(1, "2025-02-28")]

    @pytest.mark.parametrize(
        "days",
        [
            ("2025-12-20", "2026-01-05", "2026-01-20"),
            ("2026-01-20", "2026-01-05", "2025-12-20"),
            ("2025-12-20", "2025-06-05", "2026-01-20"),  # a year later it would not fit
            ("2025-03-01", "2025-04-01", "2025-01-10"),  # written down later
            ("2026-11-01", "2026-01-05", "2026-02-01"),  # the newest put on top
            ("2025-12-20", "2024-01-05", "2026-01-20"),  # two years off
            ("2026-09-01", "2026-11-10", "2025-11-25"),  # what would be after today
            ("2025-05-01", "2025-06-01", "2024-05-01", "2024-06-01"),  # two files put together
            ("2025-12-20", "2025-01-05"),
        ],
    )
    def test_what_is_no_slip(self, days: tuple[str, ...]) -> None:
        assert self.dated(*days) == []

    def test_what_to_type(self) -> None:
        notes = "## 2025-12-20 call\n\n## 2025-01-05 email\n\n## 2026-01-20 call\n"
        (problem,) = problems("note-year-off", deal(notes=notes))
        assert problem.message == (
            "This note of `2025-01-05` stands beside `2025-12-20` and `2026-01-20`."
        )
        assert problem.help == (
            "Write `2026-01-05` if the year is wrong, or move the note to where its date belongs."
        )
        assert codes({"deals/bad.md": deal(notes=notes.replace("2025-01-05", "2026-01-05"))}) == []

    def test_it_is_the_place_in_the_file_that_counts(self) -> None:
        first = "name: Ed\nnotes:\n"
        notes = [
            f"- date: {day}\n  kind: call\n" for day in ("2025-12-20", "2025-01-05", "2026-01-20")
        ]
        assert places("note-year-off", first + "".join(notes), "contacts/ed.yml") == [(5, 9, 19)]


class TestFarAway:
    @pytest.mark.parametrize(
        ("front", "column", "end", "help"),
        [
            ("close: 2031-11-21", 8, 18, "close: 2026-11-21"),
            ("close: 2062-11-19", 8, 18, "close: 2027-11-19"),
            ("close: 2048-02-29", 8, 18, "close: 2027-02-28"),
            ("wake: 2206-12-01", 7, 17, "wake: 2026-12-01"),
            ("close: 9999-12-31", 8, 18, "close: 2026-12-31"),
        ],
    )
    def test_fields(self, front: str, column: int, end: int, help: str) -> None:
        (problem,) = problems("far-away", deal(front=front))
        assert (problem.span.line, problem.span.column, problem.span.end_column) == (6, column, end)
        assert problem.help == f"Correct the year, for example `{help}`."
        name, _, date = front.partition(": ")
        assert problem.message == f"`{name}` is `{date}`, which is more than five years away."

    def test_the_next_step(self) -> None:
        text = deal().replace("2026-12-01 Call", "2036-12-01 Call")
        (problem,) = problems("far-away", text)
        assert (problem.span.line, problem.span.column) == (5, 7)
        assert problem.help == "Correct the year, for example `next: 2026-12-01 …`."

    def test_five_years_are_no_more_than_five(self) -> None:
        assert codes({"deals/bad.md": deal(front="close: 2031-11-20\nwake: 2031-11-20")}) == []

    def test_notes(self) -> None:
        notes = "## 2026-10-24 change\nclose:: 2062-12-01\n"
        text = deal(front="close: 2062-12-01", notes=notes)
        assert places("far-away", text) == [(6, 8, 18)]
        notes += "\n## 2026-10-25 change\nclose:: 2026-12-24\n"
        text = deal(front="close: 2026-12-24", notes=notes)
        assert places("far-away", text) == [(9, 9, 19)]
        assert "`close:: 2026-12-01`" in problems("far-away", text)[0].help

    def test_a_day_long_ago_is_asked_for(self) -> None:
        text = deal(front="close: 2026-12-24", notes="## 2026-10-24 call\n")
        found = loaded({"deals/bad.md": text, "deals/acme.md": text}, today=dt.date(2020, 1, 1))
        assert [p.code for p in found.problems] == []


class TestNegativeValues:
    def test_front_matter(self) -> None:
        (problem,) = problems("negative-value", deal(front="value: -5000.50 USD"))
        assert (problem.span.line, problem.span.column, problem.span.end_column) == (6, 8, 20)
        assert problem.message == "A value of `-5000.50 USD` is taken away from all sums."
        assert problem.help == (
            "Write `value: 5000.50 USD`; what is given back is the `amount` of an invoice or payment."
        )

    def test_notes(self) -> None:
        notes = "## 2026-10-24 change\nvalue:: -5\n\n## 2026-10-25 change\nvalue:: 7\n"
        text = deal(front="value: 7", notes=notes)
        assert places("negative-value", text) == [(9, 9, 11)]
        assert "`value:: 5 EUR`" in problems("negative-value", text)[0].help
        last = "## 2026-10-24 change\nvalue:: -5\n"
        assert places("negative-value", deal(front="value: -5", notes=last)) == [(6, 8, 10)]

    def test_nothing_and_credit_are_fine(self) -> None:
        notes = "## 2026-10-24 invoice\namount:: -500\n"
        assert codes({"deals/bad.md": deal(front="value: 0", notes=notes)}) == []


class TestCompanies:
    KESTREL = "---\nname: Kestrel\ntype: company\n---\n"
    JANE = "---\nname: Jane\ncompany: kestrel\n---\n"

    def test_a_company_is_one(self) -> None:
        files = {
            "contacts/kestrel.md": self.KESTREL,
            "contacts/jane-roe.md": self.JANE,
            "deals/bad.md": deal(front="company: kestrel"),
        }
        assert codes(files) == []

    def test_what_to_type(self) -> None:
        files = {
            "contacts/kestrel.md": self.KESTREL,
            "contacts/jane-roe.md": self.JANE,
            "deals/bad.md": deal(front="company: jane-roe"),
        }
        (problem,) = loaded(files).problems
        assert problem.message == "`jane-roe` is named as a company here, and is a person."
        assert problem.help == (
            "Write `type: company` into contacts/jane-roe.md, or name the company: "
            "`company: kestrel`."
        )

    def test_a_company_that_does_not_say_so_is_told_once(self) -> None:
        files = {"contacts/kestrel.md": "---\nname: Kestrel\n---\n"}
        files |= {f"deals/d{n}.md": deal(front="company: kestrel") for n in range(3)}
        (problem,) = loaded(files).problems
        assert (problem.code, problem.span.path) == ("company-is-person", "deals/d0.md")
        assert ", as in 2 other files, " in problem.message
        assert problem.help == "Write `type: company` into contacts/kestrel.md."

    @pytest.mark.parametrize("notes", ["### 2026-11-10 call\n", "## 10.11.2026 call\n"])
    def test_a_note_elsewhere_that_is_not_read_hides_none(self, notes: str) -> None:
        files = {
            "contacts/jane-roe.md": self.JANE,
            "contacts/kestrel.md": self.KESTREL,
            "deals/bad.md": deal(front="company: jane-roe"),
            "deals/other.md": deal(notes=notes),
        }
        assert "company-is-person" in codes(files)

    def test_a_type_by_another_name_has_no_followers(self) -> None:
        files = {
            "contacts/kestrel.md": "---\nname: Kestrel\nkind: company\n---\n",
            "deals/bad.md": deal(front="company: kestrel"),
        }
        (problem,) = loaded(files).problems
        assert (problem.code, problem.help) == ("unknown-field", "Did you mean `type`?")

    @pytest.mark.parametrize("type", ["compny", "Organisation", "company "])
    def test_a_misspelt_type_is_told_alone(self, type: str) -> None:
        files = {
            "contacts/kestrel.md": f"---\nname: Kestrel\ntype: {type}\n---\n",
            "deals/bad.md": deal(front="company: kestrel"),
        }
        assert codes(files) == (["invalid-value"] if type.strip() != "company" else [])


class TestOneSlipInTwoPlaces:
    @pytest.mark.parametrize(
        ("code", "line", "meant"),
        [
            ("far-away", "close{} 2036-12-30", "close{} 2026-12-30"),
            ("negative-value", "value{} -1000 EUR", "value{} 1000 EUR"),
        ],
    )
    def test_front_matter_and_the_note_that_says_the_same(
        self, code: str, line: str, meant: str
    ) -> None:
        def text(said: str) -> str:
            notes = "## 2026-11-02 call\n\n## 2026-11-10 change\n" + said.format("::") + "\n"
            return deal(front=said.format(":"), notes=notes)

        (problem,) = loaded({"deals/bad.md": text(line)}).problems
        assert (problem.code, problem.span.line) == (code, 6)
        both = f"`{meant.format(':')}`, and `{meant.format('::')}` in line 11"
        assert both in problem.help
        assert loaded({"deals/bad.md": text(meant)}).problems == ()


@pytest.mark.parametrize("year", ["2016", "2006", "2025"])
def test_a_note_many_years_off_between_its_neighbours(year: str) -> None:
    notes = f"## 2026-11-01 call\n\n## {year}-11-02 email\n\n## 2026-11-03 call\n"
    (problem,) = loaded({"deals/bad.md": deal(notes=notes)}).problems
    assert (problem.code, problem.span.line) == ("note-year-off", 9)
    assert problem.help.startswith("Write `2026-11-02` if the year is wrong")


@pytest.mark.parametrize(
    "days",
    [
        ("2016-11-02", "2026-11-01", "2026-11-03"),
        ("2026-11-01", "2016-12-02", "2026-11-03"),
        ("2014-11-01", "2016-11-02", "2026-11-03"),
    ],
)
def test_long_pauses_are_fine(days: tuple[str, ...]) -> None:
    notes = "\n\n".join(f"## {day} call" for day in days) + "\n"
    assert loaded({"deals/bad.md": deal(notes=notes)}).problems == ()
