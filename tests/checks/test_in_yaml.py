"""What helps tell to type into a `.yml` file is YAML there: `##` would begin a comment."""

from __future__ import annotations

import pytest

from tests.catalogue import PIPELINE
from tests.journals import loaded

RETIRED = PIPELINE.replace("negotiation: {}", "negotiation: {}\n      demo: {retired: yes}")
CALL = "next: 2026-12-01 Call\n"


def helps(front: str, notes: str = "", pipeline: str = PIPELINE) -> dict[str, str]:
    """The helps of a deal in YAML, by the codes of its problems."""
    text = f"title: A\nowner: maria\n{front}" + (f"notes:\n{notes}" if notes else "")
    found = loaded({"pipeline.yml": pipeline, "deals/a.yml": text}).problems
    return {problem.code: problem.help for problem in found}


def entered(stage: str, day: str = "2026-10-01", more: str = "") -> str:
    return f"  - {{date: {day}, kind: stage, stage: {stage}{more}}}\n"


def test_a_stage_of_no_note() -> None:
    front = f"stage: qualification\n{CALL}"
    told = "Write `stage: lead`, or add a note `- {date: DATE, kind: stage, stage: qualification}`."
    assert helps(front, entered("lead")) == {"stage-mismatch": told}
    notes = entered("lead") + entered("qualification", "2026-10-02")
    assert helps(front, notes) == {}


def test_a_retired_stage() -> None:
    told = helps(f"stage: demo\n{CALL}", pipeline=RETIRED)["retired-stage"]
    assert told.startswith("Add a note `- {date: DATE, kind: stage, stage: ID}` of where it went")
    assert helps(f"stage: lead\n{CALL}", entered("demo") + entered("lead"), RETIRED) == {}


@pytest.mark.parametrize(
    ("notes", "told", "typed"),
    [
        (
            "",
            "add a note `- {date: DATE, kind: stage, stage: decision}` with `override: REASON` in it.",
            entered("decision", more=", override: Asked"),
        ),
        (
            entered("decision"),
            "put `override: REASON` into this note.",
            entered("decision", more=", override: Asked"),
        ),
    ],
)
def test_a_gate(notes: str, told: str, typed: str) -> None:
    front = f"stage: decision\n{CALL}"
    assert helps(front, notes)["gate-unmet"].endswith(told)
    assert "gate-unmet" not in helps(front, typed)


def test_a_field_that_a_gate_wants_is_set_too_late() -> None:
    wants = PIPELINE.replace("lead: {stale-after: 14d}", "lead: {requires: [value]}")
    notes = entered("qualification") + "  - {date: 2026-10-02, kind: note, value: 5}\n"
    told = helps(f"stage: qualification\nvalue: 5\n{CALL}", notes, wants)["gate-unmet"]
    assert "put `value: …` into a note of 2026-10-01 or earlier" in told


def test_a_reason_that_a_note_says_otherwise() -> None:
    reasons = PIPELINE.replace("{price: Price}", "{price: Price, timing: Timing}")
    notes = entered("lost", more=", lost-reason: price")
    told = helps("stage: lost\nlost-reason: timing\n", notes, reasons)["field-mismatch"]
    assert "put `lost-reason: timing` below the note in which it was lost last" in told


def test_a_close_and_a_value_of_a_note() -> None:
    notes = "".join(
        f"  - {{date: 2026-10-0{day}, kind: note, {field}}}\n"
        for day, field in ((1, "close: 2062-12-01, value: -5"), (2, "close: 2026-12-01, value: 5"))
    )
    told = helps(f"stage: lead\nclose: 2026-12-01\nvalue: 5\n{CALL}", notes)
    assert told["far-away"] == "Correct the year, for example `close: 2026-12-01`."
    assert told["negative-value"].startswith("Write `value: 5 EUR`;")
