"""Stages of other times: ids that they had before, and stages that are retired."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.edit.attaching import not_yet_there
from site_builder.edit.existing import Existing
from site_builder.edit.writing import NewNote
from site_builder.exchange.importing import plan_import
from site_builder.files.tree import MemoryTree
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.source.document import read_document
from tests.catalogue import deal
from tests.journals import codes, loaded, site
from tests.schemas import HEAD, good, read
from tests.sites import words

PIPELINE = HEAD + (
    "pipelines:\n"
    "  sales:\n"
    "    stages:\n"
    "      lead: {}\n"
    "      qualification:\n"
    "        was: [discovery, first-talk]\n"
    "        steps: {needs: {name: Needs known, required: yes}}\n"
    "      demo:\n"
    "        retired: yes\n"
    "        requires: [value]\n"
    "        relationship: like\n"
    "        measures: [{measure: conversion, target: 5%}]\n"
    "        steps: {shown: {name: Shown to them, required: yes}, needs: Needs known}\n"
    "      offer: {}\n"
    "      won: {type: won}\n"
    "      lost: {type: lost}\n"
)
FILES = {"pipeline.yml": PIPELINE}
MOVED = (
    "## 2026-09-01 stage lead\n\n## 2026-09-10 stage {}\n- [x] needs\n\n## 2026-10-01 stage offer\n"
)


def sales() -> Pipeline:
    return good(PIPELINE).pipelines[0]


def found(id: str) -> Stage:
    stage = sales().stage(id)
    assert stage is not None
    return stage


# --- ids of before --------------------------------------------------------------------


@pytest.mark.parametrize("old", ["discovery", "first-talk", "qualification"])
def test_old_notes_still_mean_the_stage(old: str) -> None:
    files = FILES | {"deals/bad.md": deal(stage="stage: offer", notes=MOVED.format(old))}
    assert codes(files) == []
    page = site(files)["deals/bad.html"]
    assert "Entered Qualification" in page and old not in page.replace("qualification", "")


def test_old_notes_in_a_yaml_file_too() -> None:
    text = (
        "title: Old\nowner: maria\nstage: qualification\nnext: 2026-12-01 Call\n"
        "notes:\n- {date: 2026-09-10, kind: stage, stage: discovery}\n"
    )
    assert codes(FILES | {"deals/old.yml": text}) == []


def test_in_front_matter_an_old_id_is_unknown_and_the_help_names_the_new_one() -> None:
    text = deal(stage="stage: discovery", notes="## 2026-09-10 stage discovery\n")
    (problem,) = loaded(FILES | {"deals/bad.md": text}).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("unknown-stage", 4, 8)
    assert problem.span.end_column == 17
    assert problem.help == "Write `qualification`, as that stage is called now."
    assert codes(FILES | {"deals/bad.md": text.replace("stage: discovery", "stage: qualification")}) == []  # fmt: skip


def test_a_mismatch_names_the_stage_of_today() -> None:
    text = deal(stage="stage: lead", notes="## 2026-09-10 stage discovery\n")
    (problem,) = loaded(FILES | {"deals/bad.md": text}).problems
    assert problem.code == "stage-mismatch"
    assert problem.help.startswith("Write `stage: qualification`")


@pytest.mark.parametrize(
    ("was", "column", "message", "help"),
    [
        (
            "[lead]",
            26,
            "`lead` is a stage of its own.",
            "Leave it out here, or give that stage another id.",
        ),
        ("[offer]", 26, "`offer` is the id of this stage today.", "those of before"),
        ("[old]", 26, "`old` is what `lead` was, too.", "one of the two stages"),
        ("[a, a]", 29, "`a` is in this `was` twice.", "Remove one."),
        ("[Old Name]", 26, "`Old Name` can't be the id of a stage.", "`old-name`"),
        ("discovery", 25, "`was` takes a list.", "Write `was: [discovery]`."),
    ],
)
def test_ids_of_before_are_of_no_other_stage(
    was: str, column: int, message: str, help: str
) -> None:
    stages = f"lead: {{was: [old]}}\n      offer: {{was: {was}}}\n"
    schema, problems = read(HEAD + "pipelines:\n  p:\n    stages:\n      " + stages)
    (problem,) = problems
    assert (problem.message, problem.span.line, problem.span.column) == (message, 10, column - 5)
    assert help in problem.help
    assert schema is not None and schema.pipelines[0].stages[1].was in ((), ("a",))


EXTENDED = PIPELINE + "  more:\n    extends: sales\n"


def test_an_extending_pipeline_has_them_too() -> None:
    _, more = good(EXTENDED).pipelines
    stage = more.renamed("discovery")
    assert stage is not None and stage.id == "qualification"


def test_it_can_name_others() -> None:
    _, more = good(EXTENDED + "    stages: {qualification: {was: [talks]}}\n").pipelines
    assert more.renamed("discovery") is None and more.renamed("talks") is not None


@pytest.mark.parametrize(
    ("line", "code", "column", "help"),
    [
        ("    skip: [discovery]\n", "unknown-stage", 12, "Did you mean `qualification`?"),
        ("    skip: [discovry]\n", "unknown-stage", 12, "Did you mean `qualification`?"),
        (
            "    stages: {discovry: {}}\n",
            "stage-like-inherited",
            14,
            "Write `qualification:` to change",
        ),
        ("    stages: {discovery: {}}\n", "invalid-value", 14, "Write `qualification:` to change"),
        ("    stages: {talks: {was: [discovery]}}\n", "invalid-value", 28, "one of the two"),
    ],
)
def test_an_old_id_is_no_id_in_an_extending_pipeline(
    line: str, code: str, column: int, help: str
) -> None:
    _, problems = read(EXTENDED + line)
    assert [(p.code, p.span.column) for p in problems] == [(code, column)]
    assert help in problems[0].help


def test_a_skipped_stage_leaves_its_old_ids_free() -> None:
    line = "    skip: [qualification]\n    stages: {talks: {was: [discovery]}}\n"
    _, more = good(EXTENDED + line).pipelines
    stage = more.renamed("discovery")
    assert stage is not None and stage.id == "talks"


def test_an_import_knows_its_note_under_the_old_id() -> None:
    text = "---\ntitle: A\n---\n\n## 2026-09-10 stage discovery\n"
    document = read_document("deals/a.md", text, print)
    assert document is not None
    file = Existing("a", "deals/a.md", text.encode(), text, document)
    note = NewNote(dt.date(2026, 9, 10), "stage", KindRole.STAGE, stage="qualification")
    assert not_yet_there([note], file, sales()) == []
    assert not_yet_there([note], file) == [note]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("qualifcation", "Did you mean `qualification`?"),
        ("discovry", "Did you mean `qualification`, as that stage is called now?"),
        ("Xyz", "Its stages: `lead`, `qualification`, `demo`"),
        ("dmo", "Did you mean `demo`?"),
        ("Qualification", "Did you mean `qualification`?"),
    ],
)
@pytest.mark.parametrize("last", [False, True])
def test_a_note_into_an_unknown_stage_is_told_alone(written: str, help: str, last: bool) -> None:
    notes = MOVED.format(written)
    stage = "stage: offer"
    if last:
        notes, stage = notes[: notes.index("\n## 2026-10-01")], "stage: qualification"
        if "`demo`" in help:
            return  # which contradicts the front matter, too
    (problem,) = loaded(FILES | {"deals/bad.md": deal(stage=stage, notes=notes)}).problems
    assert problem.code == "unknown-stage"
    assert (problem.span.line, problem.span.column) == (9, 21)
    assert problem.span.end_column == 21 + len(written)
    assert problem.help.startswith(help)


def imported(stage: str, was: str) -> tuple[list[str], str]:
    """The codes of an import of one deal that stands in a stage and was in another, and the deal."""
    how = (
        "import: deals\nsource: crm\nkey: Id\nfields: {title: Name, owner: Owner, stage: Stage}\n"
        "notes:\n- {date: When, stage: Was}\n"
    )
    csv = f"Id,Name,Owner,Stage,When,Was\n1,A,maria,{stage},2026-01-01,{was}\n".encode()
    made = plan_import("f.csv", csv, "m.yml", how, good(PIPELINE), MemoryTree(FILES), {})
    return [p.code for p in made.problems], "".join(data.decode() for data in made.files.values())


def test_a_cell_with_an_old_id_means_the_stage_of_today() -> None:
    told, text = imported("discovery", "first-talk")
    assert told == [] and "stage: qualification\n" in text
    assert "## 2026-01-01 stage qualification\n" in text


def test_no_deal_is_imported_into_a_retired_stage() -> None:
    assert imported("demo", "demo") == (["retired-stage"], "")


def test_near_an_old_id_front_matter_is_told_the_new_one() -> None:
    (problem,) = loaded(FILES | {"deals/bad.md": deal(stage="stage: discovry")}).problems
    assert (problem.code, problem.span.column) == ("unknown-stage", 8)
    assert problem.help == "Did you mean `qualification`, as that stage is called now?"


def test_a_wrong_heading_is_mended_to_the_stage_of_today() -> None:
    notes = "## 2026-09-10 9.30 stage discovry\n"
    text = deal(stage="stage: qualification", notes=notes)
    (problem,) = loaded(FILES | {"deals/bad.md": text}).problems
    assert problem.help == "Write `## 2026-09-10 09:30 stage qualification`."


def test_a_cell_near_an_old_id_is_told_the_stage_of_today() -> None:
    how = "import: deals\nsource: crm\nkey: Id\nfields: {title: Name, owner: Owner, stage: Stage}\n"
    csv = b"Id,Name,Owner,Stage\n1,A,maria,discovry\n"
    made = plan_import("f.csv", csv, "m.yml", how, good(PIPELINE), MemoryTree(FILES), {})
    (problem,) = made.problems
    assert problem.help.endswith("Did you mean `qualification`?")


# --- retired stages -------------------------------------------------------------------


def test_a_retired_stage_has_no_number_gates_or_measures() -> None:
    assert [(s.id, s.number) for s in sales().stages] == [
        ("lead", 1), ("qualification", 2), ("demo", 0), ("offer", 3), ("won", 4), ("lost", 5)]  # fmt: skip
    demo = found("demo")
    assert (demo.requires, demo.measures, demo.relationship) == ((), (), "")
    assert not any(step.required for step in demo.steps)


def test_no_deal_stands_in_it_now() -> None:
    text = deal(stage="stage: demo", notes=MOVED.format("qualification").replace("offer", "demo"))
    result = loaded(FILES | {"deals/bad.md": text})
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("retired-stage", "error")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (4, 8, 12)
    assert problem.help.endswith("one of `lead`, `qualification`, `offer`, `won`, `lost`.")
    assert result.journal is not None and "bad" in result.journal.deals_by_id


def test_that_it_is_retired_is_told_alone() -> None:
    text = deal(stage="stage: demo", notes=MOVED.format("qualification"))
    assert codes(FILES | {"deals/bad.md": text}) == ["retired-stage"]


def test_an_old_id_of_it_is_told_that_it_is_retired() -> None:
    files = {"pipeline.yml": PIPELINE.replace("retired: yes", "retired: yes\n        was: [shown]")}
    (problem,) = loaded(files | {"deals/bad.md": deal(stage="stage: shown")}).problems
    assert (problem.code, problem.span.column) == ("retired-stage", 8)
    assert problem.message == (
        "`shown` is now called `demo`, which is retired, so no deal stands in it now."
    )
    assert "with one of `lead`, `qualification`, `offer`" in problem.help


@pytest.mark.parametrize("type", ["open", "won", "lost", "parked"])
@pytest.mark.parametrize("notes", ["", "## 2026-09-10 stage demo\n"])
def test_nothing_else_is_asked_of_a_deal_that_has_to_leave_it(type: str, notes: str) -> None:
    pipeline = PIPELINE.replace("retired: yes", f"retired: yes\n        type: {type}")
    text = deal(stage="stage: demo", front="close: 2026-01-31\ncreated: 2026-01-05", notes=notes)
    text = text.replace("next:", "x-next:")
    assert codes({"pipeline.yml": pipeline, "deals/bad.md": text}) == ["retired-stage"]


def test_gates_that_it_passed_before_are_told() -> None:
    text = deal(
        stage="stage: demo", notes=MOVED.format("qualification").replace("- [x] needs\n", "")
    )
    assert codes(FILES | {"deals/bad.md": text}) == ["retired-stage", "gate-unmet"]


def test_its_probability_counts_on_days_when_deals_stood_in_it() -> None:
    pipeline = PIPELINE.replace("retired: yes", "retired: yes\n        probability: 50%")
    notes = "## 2026-09-10 stage demo\n\n## 2026-10-01 stage offer\n- [x] needs\n"
    files = {"pipeline.yml": pipeline, "deals/bad.md": deal(
        stage="stage: offer", front="value: 2000\nclose: 2026-12-01", notes=notes)}  # fmt: skip
    assert "€1k expected" in site(files, dt.date(2026, 9, 20))["forecast.html"]
    assert "€1k expected" not in site(files)["forecast.html"]


def test_old_notes_may_stand_in_it() -> None:
    notes = MOVED.format("qualification") + "\n## 2026-10-05 stage demo\n- [x] shown\n"
    text = deal(stage="stage: offer", notes=notes + "\n## 2026-10-09 stage offer\n")
    assert codes(FILES | {"deals/bad.md": text}) == []


def test_a_last_note_in_it_is_answered_by_another_note() -> None:
    notes = MOVED.format("qualification") + "\n## 2026-10-05 stage demo\n"
    text = deal(stage="stage: offer", notes=notes)
    (problem,) = loaded(FILES | {"deals/bad.md": text}).problems
    assert problem.code == "stage-mismatch"
    assert problem.help == "Add a note `## DATE stage offer`."


def test_it_is_never_skipped_and_its_neighbours_are_not_counted() -> None:
    through = "## 2026-09-01 stage lead\n- [x] needs\n\n## 2026-09-10 stage demo\n\n## 2026-10-01 stage offer\n"
    assert codes(FILES | {"deals/bad.md": deal(stage="stage: offer", notes=through)}) == []
    over = "## 2026-09-10 stage qualification\n- [x] needs\n\n## 2026-10-01 stage offer\n"
    assert codes(FILES | {"deals/bad.md": deal(stage="stage: offer", notes=over)}) == []
    leap = "## 2026-09-01 stage lead\n- [x] needs\n\n## 2026-10-01 stage offer\n"
    assert codes(FILES | {"deals/bad.md": deal(stage="stage: offer", notes=leap)}) == ["stage-skipped"]  # fmt: skip


def test_it_comes_to_life_again_in_an_extending_pipeline() -> None:
    _, more = good(EXTENDED + "    stages: {demo: {retired: no}}\n").pipelines
    demo = more.stages[2]
    assert (demo.number, demo.requires, demo.relationship) == (3, ("value",), "like")
    assert len(demo.measures) == 1 and demo.steps[0].required


@pytest.mark.parametrize(
    ("value", "code"), [("maybe", "invalid-value"), ("[yes]", "invalid-value")]
)
def test_retired_is_yes_or_no(value: str, code: str) -> None:
    _, problems = read(PIPELINE.replace("retired: yes", f"retired: {value}"))
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [(code, 14, 18)]


def test_a_deal_begins_in_the_first_stage_of_today() -> None:
    pipeline = PIPELINE.replace("lead: {}", "lead: {retired: yes}")
    assert good(pipeline).pipelines[0].first_open.id == "qualification"


def test_pages_show_it_only_where_it_occurs() -> None:
    before = "## 2026-09-01 stage qualification\n- [x] needs\n\n"
    deals = {
        "deals/old.md": deal(
            stage="stage: offer",
            notes=before + "## 2026-09-10 stage demo\n- [x] shown\n\n## 2026-10-01 stage offer\n",
        ),
        "deals/new.md": deal(stage="stage: offer", notes=before + "## 2026-09-10 stage offer\n"),
    }
    pages = site(FILES | deals)
    at = {path for path, html in pages.items() if path.endswith(".html") and "Demo" in html}
    assert at == {"deals/old.html", "index.html"}  # among the last moves
    assert "deals-sales.demo.html" not in pages
    assert "Stage 3 of 4, Offer" in words(pages["deals/new.html"])
    assert "Shown to them" in pages["deals/old.html"]
    then = site(FILES | deals, dt.date(2026, 9, 20))
    at = {path for path, html in then.items() if path.endswith(".html") and "Demo" in html}
    assert at >= {
        "deals/old.html",
        "board.html",
        "deals-sales.demo.html",
        "index.html",
        "stale.html",
    }
    assert "deals/new.html" not in at
    assert 'data-stage="demo"' in then["board.html"]
    assert "Demo, a retired stage" in words(then["deals/old.html"])
    assert "Stage 0" not in "".join(then.values()) and "stage 0" not in "".join(then.values())


def test_a_deal_in_it_has_the_later_stages_ahead() -> None:
    text = deal(
        stage="stage: offer",
        notes="## 2026-09-10 stage demo\n\n## 2026-10-01 stage offer\n- [x] needs\n",
    )
    page = site(FILES | {"deals/bad.md": text}, dt.date(2026, 9, 20))["deals/bad.html"]
    ahead = page[page.index('class="way') if 'class="way' in page else 0 :]
    assert ahead.index("Demo") < ahead.index("Offer") < ahead.index("Won")


def test_a_note_of_a_stage_that_is_gone_says_how_to_keep_it() -> None:
    files = {
        "deals/bad.md": deal(notes="## 2026-10-01 stage talking\n\n## 2026-10-02 stage lead\n")
    }
    (problem,) = (p for p in loaded(files).problems if p.code == "unknown-stage")
    assert problem.help.endswith(
        " In pipeline.yml, write `was: [talking]` at the stage that it is called now, or"
        " `talking: {retired: yes}` if there is none."
    )
