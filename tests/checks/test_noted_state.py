"""Fields that notes set and front matter agrees with: reasons of losses, levels of companies."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.journal.history import as_of
from tests.catalogue import PIPELINE, deal
from tests.journals import codes, loaded, site

REASONS = "lost-reasons: {price: Price, timing: Bad timing}\n"


def pipeline() -> dict[str, str | bytes]:
    return {"pipeline.yml": PIPELINE.replace("lost-reasons: {price: Price}\n", REASONS)}


def lost(reason: str = "", *, front: str = "", later: str = "") -> dict[str, str | bytes]:
    """A deal that was lost, reopened and lost again, each time with its reason."""
    notes = (
        "## 2026-01-10 stage lead\n\n"
        "## 2026-02-10 stage lost\nlost-reason:: price\n\n"
        "## 2026-03-10 stage lead\n\n"
        f"## 2026-04-10 stage lost\n{reason}\nThey were kind.\n"
    )
    text = deal(stage="stage: lead" if later else "stage: lost", front=front, notes=notes + later)
    return {**pipeline(), "deals/bad.md": text}


AGAIN = "\n## 2026-05-10 stage lead\n"


# --- lost-reason ----------------------------------------------------------------------


def test_each_closing_keeps_its_reason() -> None:
    files = lost("lost-reason:: timing", front="lost-reason: timing")
    assert codes(files) == []
    page = site(files)["deals/bad.html"]
    assert page.count("Lost because") == 3
    assert page.index("Bad timing") < page.index("Price")


@pytest.mark.parametrize(
    ("day", "reason"), [(1, ""), (2, "price"), (3, ""), (4, "timing"), (11, "timing")]
)
def test_it_holds_as_long_as_the_deal_stands_lost(day: int, reason: str) -> None:
    journal = loaded(lost("lost-reason:: timing", front="lost-reason: timing")).journal
    assert journal is not None
    seen = as_of(journal, dt.date(2026, day, 20)).deals_by_id["bad"]
    assert seen.lost_reason == reason


def test_front_matter_agrees_with_the_last_of_them() -> None:
    (problem,) = loaded(lost("lost-reason:: timing", front="lost-reason: price")).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("field-mismatch", 6, 14)
    assert problem.help == (
        "Write `lost-reason: timing`, or put `lost-reason:: price` below the note in which "
        "it was lost last."
    )
    (problem,) = loaded(lost(front="lost-reason: timing")).problems
    assert problem.code == "field-mismatch" and problem.help.startswith(
        "Write `lost-reason: price`"
    )
    assert codes(lost("lost-reason:: timing", front="lost-reason: timing")) == []


def test_what_only_a_note_says_is_one_problem() -> None:
    (problem,) = loaded(lost("lost-reason:: timing")).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("field-mismatch", 15, 15)
    assert problem.help == "Add `lost-reason: timing` to the front matter."


def test_an_open_deal_need_not_repeat_why_it_was_lost() -> None:
    assert codes(lost("lost-reason:: timing", later=AGAIN)) == []
    assert codes(lost("lost-reason:: timing", later=AGAIN, front="lost-reason: timing")) == []
    (problem,) = loaded(lost("lost-reason:: timing", later=AGAIN, front="lost-reason: price")).problems  # fmt: skip
    assert problem.code == "field-mismatch"


@pytest.mark.parametrize(
    ("notes", "code", "place", "help"),
    [
        ("## 2026-02-10 stage lead\nlost-reason:: price\n", "unknown-field", (8, 1), "was lost"),
        ("## 2026-02-10 call\nlost-reason:: price\n", "unknown-field", (8, 1), "`stage`"),
        ("## 2026-02-10 stage lost\nlost-reason:: prise\n", "invalid-value", (8, 15), "`price`"),
        ("## 2026-02-10 stage lost\nlost-reason::\n", "invalid-value", (8, 1), "has no value"),
    ],
)
def test_what_is_wrong_with_it_is_told_alone(
    notes: str, code: str, place: tuple[int, int], help: str
) -> None:
    stage = "stage: lost\nlost-reason: price" if "lost\n" in notes else "stage: lead"
    text = deal(stage=stage, notes=notes)
    line = place[0] + stage.count("\n")
    (problem,) = loaded({**pipeline(), "deals/bad.md": text}).problems
    assert (problem.code, problem.span.line, problem.span.column) == (code, line, place[1])
    assert help in problem.help + problem.message


def test_it_is_free_text_where_the_journal_lists_none() -> None:
    files = lost("lost-reason:: Two of them left", front="lost-reason: Two of them left")
    files["pipeline.yml"] = str(pipeline()["pipeline.yml"]).replace(REASONS, "")
    files["deals/bad.md"] = str(files["deals/bad.md"]).replace(":: price", ":: Too dear")
    assert codes(files) == []
    assert "Too dear" in site(files)["deals/bad.html"]


def test_a_yaml_note_says_it_too() -> None:
    text = (
        "title: Old\nowner: maria\nstage: lost\nlost-reason: price\n"
        "notes:\n- {date: 2026-02-10, kind: stage, stage: lost, lost-reason: timing}\n"
    )
    assert codes({**pipeline(), "deals/old.yml": text}) == ["field-mismatch"]


def test_other_needs_a_story_of_this_loss() -> None:
    def other(story: str) -> list[str]:
        notes = (
            "## 2026-01-10 call — Long before\n\n## 2026-02-10 stage lost\n\n"
            f"## 2026-03-10 stage lead\n\n## 2026-04-10 stage lost{story}\n"
        )
        front = "lost-reason: other"
        return codes({**pipeline(), "deals/bad.md": deal(stage="stage: lost", front=front, notes=notes)})  # fmt: skip

    assert other("") == ["lost-reason-missing"]
    told = ["lost-reason-missing", "reason-unasked"]  # once a note says one, the first lacks it
    assert other("\nlost-reason:: other") == told
    assert other(" — They were bought") == []
    assert other("\n\nThey were bought.") == []
    assert other("\n\n## 2026-05-01 call — They were bought") == []


def test_a_reason_that_only_a_note_says_is_told_once() -> None:
    notes = "## 2026-04-01 stage lost\nlost-reason:: other\n\nSold.\n\n## 2026-05-01 call\n"
    assert codes({**pipeline(), "deals/bad.md": deal(stage="stage: lost", notes=notes)}) == [
        "field-mismatch"
    ]


@pytest.mark.parametrize("stage", ["", "stage: ", "stage: lsot"])
def test_a_deal_without_a_stage_is_asked_for_that_alone(stage: str) -> None:
    again = "## 2026-01-05 stage lost\n\n## 2026-01-10 stage qualification\n\n"
    notes = f"{again}## 2026-02-10 stage lost\nlost-reason:: other\n"
    text = deal(stage=stage, notes=notes, front="lost-reason: other\nclose: 2026-01-01")
    text = text.replace("next: 2026-12-01 Call Jane\n", "")
    expected = ["unknown-stage"] if "lsot" in stage else ["missing-field"]
    assert codes({**pipeline(), "deals/bad.md": text}) == expected


@pytest.mark.parametrize(
    "stages",
    [
        "lead: {relationship: trust}",  # a rung that the main contact has not reached
        "lost: {type: lost}",
        "won: {type: won, relationship: trust}",
        "lead: {}\n      old: {retired: yes}",
    ],
)
def test_no_rule_asks_a_deal_whose_stage_is_not_known(stages: str) -> None:
    front = "contacts: [jane-roe]\ntheir-win: Speed"
    text = deal(stage="", front=front).replace("next: 2026-12-01 Call Jane\n", "")
    head = PIPELINE[: PIPELINE.index("    stages:")] + f"    stages:\n      {stages}\n"
    files = {"pipeline.yml": head, "deals/acme.md": "---\ntitle: A\nowner: maria\nx-a: b\n---\n"}
    assert codes({**files, "deals/bad.md": text}) == ["missing-field", "missing-field"]


# --- level ----------------------------------------------------------------------------


def company(level: str = "", notes: str = "", type: str = "type: company") -> dict[str, str]:
    front = "".join(line + "\n" for line in ("name: Ohm", type, level) if line)
    return {"contacts/ohm.md": f"---\n{front}---\n{notes}"}


CLIMB = (
    "## 2026-01-10 change\nlevel:: shopper\n\n"
    "## 2026-02-10 meeting — Signed\nlevel:: client\n\n"
    "## 2026-03-10 call\n"
)


def held(day: str) -> str:
    journal = loaded(company("level: client", CLIMB)).journal
    assert journal is not None
    return as_of(journal, dt.date.fromisoformat(day)).contacts_by_id["ohm"].level


def test_any_note_of_a_company_sets_its_level_from_its_day_on() -> None:
    files = company("level: client", CLIMB)
    assert codes(files) == []
    assert [held(d) for d in ("2026-01-09", "2026-01-10", "2026-02-09", "2026-02-10")] == [
        "", "shopper", "shopper", "client"]  # fmt: skip
    assert held("2026-11-20") == "client"
    page = site(files)["contacts/ohm.html"]
    assert page.count("shopper") == 1 and page.count("client") >= 2


def test_a_level_that_no_note_sets_has_always_been_so() -> None:
    journal = loaded(company("level: client", "## 2026-03-10 call\n")).journal
    assert journal is not None
    assert as_of(journal, dt.date(2026, 1, 1)).contacts_by_id["ohm"].level == "client"


@pytest.mark.parametrize(
    ("level", "place", "help"),
    [
        ("level: shopper", (4, 8), "Write `level: client`, or add a note that changes it."),
        ("", (9, 9), "Add `level: client` to the front matter."),
    ],
)
def test_front_matter_agrees_with_the_last_level(
    level: str, place: tuple[int, int], help: str
) -> None:
    (problem,) = loaded(company(level, CLIMB)).problems
    assert (problem.code, problem.span.path) == ("field-mismatch", "contacts/ohm.md")
    assert (problem.span.line, problem.span.column, problem.help) == (*place, help)


def test_only_notes_of_companies_set_a_level() -> None:
    for type in ("", "type: person"):
        (problem,) = loaded(company(notes="## 2026-01-10 call\nlevel:: client\n", type=type)).problems  # fmt: skip
        assert problem.code == "unknown-field" and "`type: company`" in problem.help
    text = deal(notes="## 2026-01-10 call\nlevel:: client\n")
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert problem.code == "unknown-field" and "company's own file" in problem.help


def test_a_misspelt_type_brings_no_follower() -> None:
    for level in ("level: client", "level: shopper"):
        assert codes(company(level, CLIMB, type="type: compny")) == ["invalid-value"]


@pytest.mark.parametrize(
    ("line", "code"), [("level:: clint", "invalid-value"), ("level: client", "misplaced-field")]
)
def test_slips_are_told(line: str, code: str) -> None:
    assert codes(company(notes=f"## 2026-01-10 call\n{line}\n")) == [code]


def test_a_loose_level_is_told_where_it_could_be_one() -> None:
    assert codes(company(notes="## 2026-01-10 call\n\nWell.\nlevel:: client\n")) == ["misplaced-field"]  # fmt: skip
    assert codes({"deals/bad.md": deal(notes="## 2026-01-10 call\n\nWell.\nlevel:: client\n")}) == []  # fmt: skip


# --- renews ---------------------------------------------------------------------------


def test_a_won_deal_says_when_it_renews() -> None:
    files: dict[str, str | bytes] = {"deals/bad.md": deal(stage="stage: won", front="renews: 2027-06-01", notes="## 2026-01-10 call\n- [x] decision-map\n\n## 2026-01-11 stage won\n")}  # fmt: skip
    assert codes(files) == []
    page = site(files)["deals/bad.html"]
    assert "Renews" in page and "1 Jun 2027" in page
    opened: dict[str, str | bytes] = {"deals/bad.md": deal(front="renews: 2027-06-01")}
    assert codes(opened) == [] and "Renews" not in site(opened)["deals/bad.html"]
    (problem,) = loaded({"deals/bad.md": deal(front="renews: next year")}).problems
    assert (problem.code, problem.span.column) == ("invalid-value", 9)
