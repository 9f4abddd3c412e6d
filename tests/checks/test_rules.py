"""The rules that look at a whole journal: what they flag, and what they leave alone."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.catalogue import PIPELINE, deal
from tests.journals import codes, loaded, places

TICKED = "## 2026-10-01 stage qualification\n- [x] decision-map\n\n"


def one(text: str, pipeline: str = PIPELINE) -> list[str]:
    return codes({"deals/bad.md": text, "pipeline.yml": pipeline})


class TestGates:
    def test_a_step_ticked_in_time_opens_the_gate(self) -> None:
        assert (
            one(deal(stage="stage: decision", notes=TICKED + "## 2026-10-24 stage decision\n"))
            == []
        )

    def test_a_step_ticked_on_the_day_counts(self) -> None:
        notes = "## 2026-10-01 stage qualification\n\n## 2026-10-24 stage decision\n- [x] decision-map\n"
        assert one(deal(stage="stage: decision", notes=notes)) == []

    def test_a_step_ticked_later_does_not(self) -> None:
        notes = "## 2026-10-01 stage qualification\n\n## 2026-10-24 stage decision\n\n## 2026-10-25 call\n- [x] decision-map\n"
        assert places({"deals/bad.md": deal(stage="stage: decision", notes=notes)}) == [
            ("gate-unmet", 9, 21)
        ]

    def test_an_override_passes_once_and_for_all(self) -> None:
        notes = (
            "## 2026-10-01 stage qualification\n\n## 2026-10-24 stage decision\noverride:: They asked for it\n\n"
            "## 2026-10-25 stage negotiation\n"
        )
        assert one(deal(stage="stage: negotiation", notes=notes)) == []

    def test_stages_never_entered_have_gates_too(self) -> None:
        assert one(deal(stage="stage: negotiation", notes="## 2026-10-01 stage negotiation\n")) == [
            "gate-unmet"
        ]

    def test_a_gate_passed_unmet_is_reported_once(self) -> None:
        notes = "## 2026-10-24 stage decision\n\n## 2026-10-25 stage negotiation\n"
        assert places({"deals/bad.md": deal(stage="stage: negotiation", notes=notes)}) == [
            ("gate-unmet", 7, 21)
        ]

    def test_losing_needs_no_gate(self) -> None:
        text = deal(
            stage="stage: lost", front="lost-reason: price", notes="## 2026-10-24 stage lost\n"
        )
        assert one(text) == []

    def test_without_stage_notes_the_front_matter_is_the_place(self) -> None:
        assert places({"deals/bad.md": deal(stage="stage: decision")}) == [("gate-unmet", 4, 8)]
        assert (
            one(deal(stage="stage: decision", notes="## 2026-10-24 call\n- [x] decision-map\n"))
            == []
        )

    def test_required_fields(self) -> None:
        pipeline = PIPELINE.replace(
            "lead: {stale-after: 14d}", "lead: {requires: [value, present-state]}"
        )
        notes = "## 2026-10-01 stage qualification\n"
        text = deal(stage="stage: qualification", notes=notes)
        (problem,) = loaded({"deals/bad.md": text, "pipeline.yml": pipeline}).problems
        assert problem.code == "gate-unmet"
        assert "`value`, `present-state`" in problem.message
        filled = deal(
            stage="stage: qualification", front="value: 5\npresent-state: chaos", notes=notes
        )
        assert one(filled, pipeline) == []

    @pytest.mark.parametrize(
        "blank", ["contacts: []", "contacts: ['']", 'contacts: " "', "contacts: "]
    )
    def test_a_blank_fills_no_field(self, blank: str) -> None:
        pipeline = PIPELINE.replace("lead: {stale-after: 14d}", "lead: {requires: [contacts]}")
        text = deal(stage="stage: qualification", front=blank)
        assert one(text, pipeline) == ["gate-unmet"]

    def test_a_step_ticked_in_code_opens_no_gate(self) -> None:
        notes = "## 2026-10-01 call\n```\n- [x] decision-map\n```\n"
        assert one(deal(stage="stage: decision", notes=notes)) == ["gate-unmet"]

    def test_a_field_that_notes_set_is_so_from_then_on(self) -> None:
        pipeline = PIPELINE.replace("lead: {stale-after: 14d}", "lead: {requires: [value]}")
        late = "## 2026-10-01 stage qualification\n\n## 2026-10-02 change\nvalue:: 5\n"
        assert one(deal(stage="stage: qualification", front="value: 5", notes=late), pipeline) == [
            "gate-unmet"
        ]
        for note in ("stage qualification\n", "stage qualification\n\n## 2026-10-01 change\n"):
            on_the_day = deal(
                stage="stage: qualification",
                front="value: 5",
                notes=f"## 2026-10-01 {note}value:: 5\n",
            )
            assert one(on_the_day, pipeline) == []

    @pytest.mark.parametrize(
        ("stage", "notes", "help"),
        [
            (
                "decision",
                "## 2026-11-01 stage decision\n\n## 2026-11-12 change\nvalue:: 5\n",
                (
                    "Add `present-state: …` and `channel: …` to the front matter; `value` is only set by "
                    "the note of 2026-11-12: put `value:: …` into a note of 2026-11-01 or earlier; or "
                    "put `override:: REASON` below this heading."
                ),
            ),
            (
                "decision",
                "## 2026-11-12 change\nvalue:: 5\n",
                (
                    "Add `present-state: …` and `channel: …` to the front matter; or add a note "
                    "`## DATE stage decision` with `override:: REASON` below it."
                ),
            ),
        ],
    )
    def test_the_help_names_all_missing_fields(self, stage: str, notes: str, help: str) -> None:
        requires = "lead: {requires: [value, present-state, channel]}"
        pipeline = PIPELINE.replace("lead: {stale-after: 14d}", requires)
        text = deal(stage=f"stage: {stage}", front="value: 5", notes=notes)
        problems = loaded({"deals/bad.md": text, "pipeline.yml": pipeline}).problems
        assert help in [p.help for p in problems if p.code == "gate-unmet"]

    @pytest.mark.parametrize(
        ("notes", "help"),
        [
            (
                "## 2026-11-01 stage decision\n\n## 2026-11-05 call\n- [x] decision-map\n",
                (
                    "Tick `- [x] needs-analysis` and `- [x] decision-map` in a note of 2026-11-01 or "
                    "earlier; or put `override:: REASON` below this heading."
                ),
            ),
            (
                "",
                (
                    "Tick `- [x] needs-analysis` and `- [x] decision-map` in a note; or add a note "
                    "`## DATE stage decision` with `override:: REASON` below it."
                ),
            ),
        ],
    )
    def test_the_help_names_all_missing_steps(self, notes: str, help: str) -> None:
        pipeline = PIPELINE.replace(
            "Needs analysis done", "{name: Needs analysis done, required: yes}"
        )
        text = deal(stage="stage: decision", notes=notes)
        (problem,) = loaded({"deals/bad.md": text, "pipeline.yml": pipeline}).problems
        assert problem.help == help


class TestState:
    def test_the_last_note_counts_whichever_way_the_file_runs(self) -> None:
        notes = "## 2026-10-24 change\nvalue:: 50\n\n## 2026-10-01 change\nvalue:: 40\n"
        assert one(deal(front="value: 50.00 EUR", notes=notes)) == []
        assert one(deal(front="value: 40", notes=notes)) == ["field-mismatch"]

    @pytest.mark.parametrize(
        ("front", "note"),
        [
            ("probability: 0.5", "probability:: 50%"),
            ("close: 2026-12-01", "close:: 2026-12-01"),
            ("category: commit", "category:: commit"),
            ("", "owner:: maria"),
        ],
    )
    def test_agreement_is_of_values(self, front: str, note: str) -> None:
        assert one(deal(front=front, notes=f"## 2026-10-24 call\n{note}\n")) == []

    FIELDS = (
        ("value", "48000", "40000", "48000 EUR", "40000 EUR"),
        ("close", "2026-12-24", "2026-12-01", "2026-12-24", "2026-12-01"),
        ("probability", "60%", "0.35", "60%", "35%"),
        ("category", "commit", "best-case", "commit", "best-case"),
        ("owner", "otto", "maria", "otto", "maria"),
    )

    @pytest.mark.parametrize(("name", "said", "held", "said_text", "held_text"), FIELDS)
    @pytest.mark.parametrize(
        "notes",
        [
            "## 2026-10-24 change\n{0}:: {1}\n",
            "## 2026-10-20 change\n{0}:: {2}\n\n## 2026-10-24 call\n{0}:: {1}\n",
            "## 2026-10-24 change\n{0}:: {1}\n\n## 2026-10-25 call — Later\n",
            "## 2026-10-24 change\n{0}:: {1}\n\n## 2026-10-25 stage lead\n{3}\n",
            "## 2026-10-25 call — Newest first\n\n## 2026-10-24 change\n{0}:: {1}\n",
        ],
    )
    def test_the_last_note_that_sets_a_field_and_front_matter_say_the_same(
        self, name: str, said: str, held: str, said_text: str, held_text: str, notes: str
    ) -> None:
        pipeline = PIPELINE.replace("team:\n", "team:\n  otto: {name: Otto}\n")
        told = notes.format(name, said, held, "- nothing else")
        for front, wrong in ((said, False), (held, True)):
            owner, more = (
                (f"owner: {front}", "") if name == "owner" else ("owner: maria", f"{name}: {front}")
            )
            text = deal(owner=owner, front=more, notes=told)
            problems = loaded({"deals/bad.md": text, "pipeline.yml": pipeline}).problems
            assert [p.code for p in problems] == ["field-mismatch"] * wrong
            for problem in problems:
                lines = text.splitlines()
                row = next(n for n, line in enumerate(lines, 1) if line.startswith(f"{name}: "))
                column = len(name) + 3
                assert problem.span[1:] == (row, column, row, column + len(front))
                assert problem.message == (
                    f"`{name}` is `{held_text}` here, and `{said_text}` in the note of 2026-10-24."
                )
                assert (
                    problem.help == f"Write `{name}: {said_text}`, or add a note that changes it."
                )

    @pytest.mark.parametrize(("name", "said", "_held", "said_text", "_held_text"), FIELDS[:4])
    def test_what_front_matter_lacks_is_placed_at_the_note_that_set_it_last(
        self, name: str, said: str, _held: str, said_text: str, _held_text: str
    ) -> None:
        notes = f"## 2026-10-24 change\n{name}:: {said}\n\n## 2026-10-25 call — Later\n"
        (problem,) = loaded({"deals/bad.md": deal(notes=notes)}).problems
        column = len(name) + 4
        assert problem.span[1:] == (8, column, 8, column + len(said))
        assert problem.help == f"Add `{name}: {said_text}` to the front matter."

    def test_the_last_stage_note_and_front_matter_say_the_same(self) -> None:
        for notes, found in (
            ("## 2026-10-01 stage qualification\n- [x] decision-map\n\n## 2026-10-02 stage decision\n\n## 2026-10-03 call\n", []),
            ("## 2026-10-01 stage decision\n- [x] decision-map\n\n## 2026-10-02 stage qualification\n\n## 2026-10-03 call\n", [("stage-mismatch", 4, 8, 16)]),
            ("## 2026-10-02 stage qualification\n- [x] decision-map\n\n## 2026-10-01 stage decision\noverride:: Late\n", [("stage-mismatch", 4, 8, 16)]),
        ):  # fmt: skip
            problems = loaded({"deals/bad.md": deal(stage="stage: decision", notes=notes)}).problems
            assert [
                (p.code, p.span.line, p.span.column, p.span.end_column) for p in problems
            ] == found
            for problem in problems:
                assert problem.help == (
                    "Write `stage: qualification`, or add a note `## DATE stage decision`."
                )

    def test_a_field_missing_in_front_matter_is_placed_at_the_note(self) -> None:
        problems = loaded(
            {"deals/bad.md": deal(notes="## 2026-10-24 call\nvalue:: 48000\n")}
        ).problems
        assert [(p.code, p.span.line, p.span.column) for p in problems] == [
            ("field-mismatch", 8, 9)
        ]
        assert "`value: 48000 EUR`" in problems[0].help

    def test_bad_values_are_not_compared(self) -> None:
        assert one(deal(front="value: five", notes="## 2026-10-24 call\nvalue:: 5\n")) == [
            "invalid-value"
        ]


class TestLost:
    def test_other_needs_a_note(self) -> None:
        front = "lost-reason: other"
        text = deal(stage="stage: lost", front=front)
        assert one(text) == ["outcome-undated", "lost-reason-missing"]
        assert one(deal(stage="stage: lost", front=front, notes="## 2026-10-01 stage lost\n")) == [
            "lost-reason-missing"
        ]
        assert (
            one(
                deal(
                    stage="stage: lost",
                    front=front,
                    notes="## 2026-10-01 stage lost — They merged\n",
                )
            )
            == []
        )

    @pytest.mark.parametrize(
        ("told", "found"), [("2026-10-05", []), ("2026-09-05", ["lost-reason-missing"])]
    )
    def test_what_is_told_before_the_loss_is_restated_counts(
        self, told: str, found: list[str]
    ) -> None:
        notes = f"## 2026-10-01 stage lost\n\n## {told} call — They merged\n\n## 2026-10-10 stage lost\n"
        assert one(deal(stage="stage: lost", front="lost-reason: other", notes=notes)) == found

    @pytest.mark.parametrize(
        ("reasons", "told", "typed"),
        [
            (
                "lost-reasons: {price: Price}\n",
                "`lost-reason:` with one of `price`, `other`",
                "price",
            ),
            ("", "`lost-reason: …` with their words", "Too dear for them"),
        ],
    )
    def test_what_to_type_is_what_the_journal_takes(
        self, reasons: str, told: str, typed: str
    ) -> None:
        pipeline = PIPELINE.replace("lost-reasons: {price: Price}\n", reasons)
        notes = "## 2026-10-01 stage lost\n"
        files = {"pipeline.yml": pipeline, "deals/bad.md": deal(stage="stage: lost", notes=notes)}
        (problem,) = loaded(files).problems
        assert problem.help == f"Ask the customer, then add {told}."
        assert one(deal(f"lost-reason: {typed}", notes, "stage: lost"), pipeline) == []


class TestRestating:
    """A stage note that names the stage in which the deal stands is no entry."""

    def test_it_skips_nothing(self) -> None:
        notes = TICKED + (
            "## 2026-10-02 stage decision\n\n## 2026-10-03 stage decision\n\n"
            "## 2026-10-04 stage negotiation\n\n## 2026-10-05 stage negotiation\n"
        )
        assert one(deal(stage="stage: negotiation", notes=notes)) == []

    @pytest.mark.parametrize(
        "restated", ["", "## 2026-10-20 stage decision\noverride:: By Maria\n"]
    )
    def test_it_passes_no_gate_and_meets_none(self, restated: str) -> None:
        notes = (
            f"## 2026-10-01 stage decision\n\n## 2026-10-10 call\n- [x] decision-map\n\n{restated}"
        )
        assert places({"deals/bad.md": deal(stage="stage: decision", notes=notes)}) == [
            ("gate-unmet", 7, 21)
        ]


class TestSkips:
    def test_entering_anywhere_is_no_skip(self) -> None:
        assert (
            one(
                deal(
                    stage="stage: won",
                    notes="## 2026-10-01 call\n- [x] decision-map\n\n## 2026-10-01 stage won\n",
                )
            )
            == []
        )

    def test_going_back_is_no_skip_and_what_was_visited_is_not_skipped(self) -> None:
        notes = (
            TICKED + "## 2026-10-02 stage decision\n\n## 2026-10-03 stage qualification\n\n"
            "## 2026-10-04 stage negotiation\n"
        )
        assert one(deal(stage="stage: negotiation", notes=notes)) == []

    def test_winning_early_skips(self) -> None:
        assert one(deal(stage="stage: won", notes=TICKED + "## 2026-10-02 stage won\n")) == [
            "stage-skipped"
        ]

    @pytest.mark.parametrize(
        ("stages", "over"),
        [
            (("lead", "qualification"), []),
            (("lead", "decision"), ["From `lead` to `decision`, `bad` skipped `qualification`."]),
            (
                ("lead", "negotiation"),
                ["From `lead` to `negotiation`, `bad` skipped `qualification`, `decision`."],
            ),
            (
                ("lead", "decision", "won"),
                [
                    "From `lead` to `decision`, `bad` skipped `qualification`.",
                    "From `decision` to `won`, `bad` skipped `negotiation`.",
                ],
            ),
        ],
    )
    def test_all_stages_between_are_told_and_a_single_one_too(
        self, stages: tuple[str, ...], over: list[str]
    ) -> None:
        notes = "".join(
            f"## 2026-10-0{day} stage {stage}\n\n" for day, stage in enumerate(stages, 1)
        )
        found = loaded({"deals/bad.md": deal(stage=f"stage: {stages[-1]}", notes=notes)}).problems
        assert [p.message for p in found if p.code == "stage-skipped"] == over

    def test_lost_and_reopened_goes_on_from_where_it_was(self) -> None:
        notes = TICKED + "## 2026-10-02 stage lost\n\n## 2026-10-03 stage decision\n"
        assert one(deal(stage="stage: decision", notes=notes)) == []


class TestRungs:
    def test_rungs_are_counted_across_files_and_each_way(self) -> None:
        jane = "---\nname: Jane\n---\n## 2026-01-01 know\n\n## 2026-02-01 like\n"
        files = {
            "contacts/jane-roe.md": jane,
            "deals/bad.md": deal(notes="## 2026-03-01 trust from jane-roe\n"),
        }
        assert codes(files) == []
        files["deals/bad.md"] = deal(notes="## 2026-03-01 trust to jane-roe\n")
        assert codes(files) == ["rung-skipped"]

    def test_a_note_before_the_lower_rung_skips_it(self) -> None:
        jane = "---\nname: Jane\n---\n## 2026-01-01 know\n\n## 2026-03-01 like\n\n## 2026-02-01 trust\n"
        assert codes({"contacts/jane-roe.md": jane}) == ["rung-skipped"]

    @pytest.mark.parametrize(
        ("jane", "other", "skipped"),
        [
            ("know\n\n## 2026-01-01 like", "trust", 0),
            ("like", "know", 0),
            ("09:00 like", "know", 0),
            ("like", "15:00 know", 0),
            ("15:00 like", "09:00 know", 0),
            ("09:00 like", "09:00 know", 0),
            ("09:00 like", "15:00 know", 1),
            ("trust", "know", 1),
            ("trust", "like", 1),
            ("like\n\n## 2026-01-01 know", "trust", 1),
            ("like\n\n## 2026-01-01 know", "know", 0),
            ("know\n\n## 2026-01-01 trust\n\n## 2026-01-01 respect", "like", 0),
            ("trust\n\n## 2026-01-01 like", "know\n\n## 2026-01-01 like", 0),
        ],
    )
    def test_of_one_day_in_two_files_either_order_may_be_right(
        self, jane: str, other: str, skipped: int
    ) -> None:
        def notes(written: str) -> str:
            rungs = re.sub("(know|like|trust|respect)", r"\1 from jane-roe", written)
            return f"## 2026-01-01 {rungs}\n"

        contact = "---\nname: Jane\n---\n"
        for one, two in ((jane, other), (other, jane)):
            files = {
                "contacts/jane-roe.md": contact + notes(one),
                "deals/bad.md": deal(notes=notes(two)),
            }
            assert codes(files) == ["rung-skipped"] * skipped

    def test_what_is_skipped_in_every_order_is_named(self) -> None:
        files = {
            "contacts/jane-roe.md": "---\nname: Jane\n---\n## 2026-01-01 trust\n",
            "deals/bad.md": deal(notes="## 2026-01-01 respect from jane-roe\n"),
        }
        (problem,) = loaded(files).problems
        assert (problem.span.path, problem.span.column) == ("contacts/jane-roe.md", 15)
        assert problem.message == "`trust from jane-roe` comes without `know`, `like` before it."

    def test_trust_is_asked_of_the_main_contact(self) -> None:
        jane = "---\nname: Jane\n---\n## 2026-01-01 know\n\n## 2026-02-01 like\n"
        text = deal(
            stage="stage: decision",
            front="contacts: [jane-roe]",
            notes="## 2026-10-24 call\n- [x] decision-map\n",
        )
        assert codes({"deals/bad.md": text}) == ["trust-missing"]
        assert codes({"deals/bad.md": text, "contacts/jane-roe.md": jane}) == []


class TestDays:
    def test_a_day_that_is_asked_for_has_no_future(self) -> None:
        files = {"deals/bad.md": deal(notes="## 2026-11-21 call\n")}
        assert codes(files) == ["future-note"]
        assert codes(files, today=dt.date(2026, 1, 1)) == []

    @pytest.mark.parametrize("before", ["", "## 2026-10-01 stage lead\n\n"])
    def test_a_stage_that_is_yet_to_come_is_one_problem(self, before: str) -> None:
        future = before + "## 2026-11-30 stage qualification\n"
        files = {"deals/bad.md": deal(stage="stage: lead", notes=future)}
        assert codes(files) == ["future-note"]
        assert "stage-mismatch" in codes(files, today=dt.date(2026, 1, 1))

    @pytest.mark.parametrize("last", ["2026-10-01", "2026-11-20"])
    def test_a_stage_that_no_note_up_to_today_says_is_a_mismatch(self, last: str) -> None:
        notes = f"## {last} stage qualification\n\n## 2026-11-30 stage won\n"
        found = codes({"deals/bad.md": deal(stage="stage: lead", notes=notes)})
        assert {"stage-mismatch", "future-note"} <= set(found)

    def test_closing_today_is_not_past(self) -> None:
        files = {"deals/bad.md": deal(front="close: 2026-11-20")}
        assert codes(files) == []
        assert codes(files, today=dt.date(2026, 11, 21)) == ["close-in-past"]

    @pytest.mark.parametrize(("day", "found"), [("2031-11-20", []), ("2031-11-21", ["far-away"])])
    @pytest.mark.parametrize(
        "line", ["close: {}", "next: {} Call Jane", "close: {}\nnext: 2031-11-20 Call Jane"]
    )
    def test_five_years_to_the_day_are_not_too_far(
        self, line: str, day: str, found: list[str]
    ) -> None:
        own = deal().replace("next: 2026-12-01 Call Jane\n", "")
        more = "" if "next" in line else "\nnext: 2026-12-01 Call Jane"
        text = own.replace("stage: lead", f"stage: lead\n{line.format(day)}{more}")
        assert codes({"deals/bad.md": text}) == found

    @pytest.mark.parametrize(
        ("day", "found"), [("2025-11-20", ["note-year-off"]), ("2025-11-21", [])]
    )
    def test_a_year_is_only_wrong_where_the_right_one_is_not_to_come(
        self, day: str, found: list[str]
    ) -> None:
        notes = f"## 2026-11-01 call\n\n## 2026-11-10 call — On\n\n## {day} call — Last\n"
        assert codes({"deals/bad.md": deal(notes=notes)}) == found

    @pytest.mark.parametrize(
        "stage", ["parked: {type: parked}", "old: {type: parked, retired: yes}"]
    )
    def test_who_has_no_next_step_may_park_where_there_is_a_stage_for_it(self, stage: str) -> None:
        bad = {"deals/bad.md": "---\ntitle: P\nowner: maria\nstage: lead\n---\n"}
        (problem,) = loaded({**bad, "pipeline.yml": f"{PIPELINE}      {stage}\n"}).problems
        assert problem.help.endswith(", or park the deal.") == stage.startswith("parked")

    def test_parked_deals_need_no_next_step(self) -> None:
        pipeline = PIPELINE + "      parked: {type: parked}\n"
        assert one("---\ntitle: P\nowner: maria\nstage: parked\n---\n", pipeline) == []

    def test_a_deal_of_the_future_is_not_hidden_without_a_word(self) -> None:
        files = {"deals/bad.md": deal(front="created: 2026-11-21")}
        (problem,) = loaded(files).problems
        assert (problem.code, problem.span.line, problem.span.column) == (
            "created-in-future",
            6,
            10,
        )
        assert "does not show" in problem.message
        assert codes(files, today=dt.date(2026, 1, 1)) == []
        assert codes({"deals/bad.md": deal(front="created: 2026-11-20")}) == []
        begun = {"deals/bad.md": deal(front="created: 2026-11-21", notes="## 2026-11-01 call\n")}
        (problem,) = loaded(begun).problems
        assert "does not show" not in problem.message


class TestOutcomes:
    """A deal that is won or lost has a note that says when."""

    @staticmethod
    def said(text: str, path: str = "deals/bad.md", pipeline: str = PIPELINE) -> list[str]:
        problems = loaded({path: text, "pipeline.yml": pipeline}).problems
        assert all(p.severity == "warning" for p in problems if p.code == "outcome-undated")
        return [
            f"{p.span.line}:{p.span.column}-{p.span.end_column} {p.message} {p.help}"
            for p in problems
            if p.code == "outcome-undated"
        ]

    TICKED = "## 2026-10-01 call\n- [x] decision-map\n"

    def test_without_a_stage_note_the_day_is_only_guessed(self) -> None:
        text = deal(stage="stage: won", front="created: 2026-01-05", notes=self.TICKED)
        assert self.said(text) == [
            (
                "4:8-11 `bad` stands in `won`, and no note says since when: its day is taken from "
                "`created`, 2026-01-05. Add the note `## DATE stage won` with the day on which it was "
                "won."
            )
        ]

    def test_close_is_offered_where_it_may_be_the_day(self) -> None:
        front = "created: 2026-01-05\nclose: 2026-10-20"
        for close in ("2026-10-20", "2026-11-20", "2026-01-06"):
            text = deal(
                stage="stage: won", front=front.replace("2026-10-20", close), notes=self.TICKED
            )
            (said,) = self.said(text)
            assert f"`## {close} stage won`, if that day of `close` was the one" in said
        for close in ("2026-11-21", "2026-01-05", "2025-12-01"):
            text = deal(
                stage="stage: won", front=front.replace("2026-10-20", close), notes=self.TICKED
            )
            assert "`## DATE stage won`" in self.said(text)[0]

    def test_what_may_be_the_note_is_looked_at_first(self) -> None:
        for text in ("stage won on 2026-10-20\n\n", "> stage won\n\n"):
            assert self.said(deal(stage="stage: won", notes=text + self.TICKED)) == []
            assert self.said(deal(stage="stage: won", notes=self.TICKED + text)) == []
        other = "stage lead on 2026-10-20\n\n" + self.TICKED
        assert len(self.said(deal(stage="stage: won", notes=other))) == 1

    def test_what_the_day_is_taken_from(self) -> None:
        lost = deal(stage="stage: lost", front="lost-reason: price")
        assert "it counts in no period" in self.said(lost)[0]
        assert "from its first note, 2026-10-01" in self.said(lost + self.TICKED)[0]
        created = lost.replace("lost-reason", "created: 2026-10-02\nlost-reason") + self.TICKED
        assert "from its first note, 2026-10-01" in self.said(created)[0]

    def test_in_yaml_the_note_is_a_mapping(self) -> None:
        text = "title: Y\nowner: maria\nstage: lost\nlost-reason: price\n"
        (said,) = self.said(text, "deals/bad.yml")
        assert "`- {date: DATE, kind: stage, stage: lost}`" in said
        told = text + "notes:\n  - {date: 2026-10-02, kind: stage, stage: lost}\n"
        assert self.said(told, "deals/bad.yml") == []

    @pytest.mark.parametrize(
        ("stage", "notes"),
        [
            ("lead", ""),
            ("later", ""),
            ("won", "## 2026-10-20 stage won\n"),
            ("won", "## 2026-10-20 stage won\n\n## 2026-10-21 call\n"),
            ("won", "## 2026-10-20 stage wno\n"),
            ("won", "## 2026-10-20 stage lead\n"),
            ("won", "### 2026-10-20 stage won\n"),
            ("won", "## 20.10.2026 stage won\n"),
            ("wno", ""),
        ],
    )
    def test_what_is_told_or_wrong_otherwise_is_left_alone(self, stage: str, notes: str) -> None:
        pipeline = PIPELINE + "      later: {type: parked}\n"
        assert self.said(deal(stage=f"stage: {stage}", notes=notes), pipeline=pipeline) == []

    @pytest.mark.parametrize("front", ["close: 2026-10-20", "created: 2026-01-05"])
    def test_what_the_help_says_to_type_is_right(self, front: str) -> None:
        text = deal(stage="stage: won", front=front, notes=self.TICKED)
        note = self.said(text)[0].split("`")[-2 if "DATE" in self.said(text)[0] else -4]
        typed = text + "\n" + note.replace("DATE", "2026-10-20") + "\n"
        assert [code for code in codes({"deals/bad.md": typed}) if code != "stage-skipped"] == []
