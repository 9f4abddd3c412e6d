"""New journals: each preset stands as it is, and its examples may be copied as they are."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.journal.pipeline import StageType
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.presets.new_journal import DEAL_PATH, PERSON_PATH, PRESETS, examples, new_journal

TODAY = dt.date(2026, 11, 20)
_BLOCK = re.compile(r"```markdown\n(.*?)```", re.DOTALL)
EACH_PRESET = pytest.mark.parametrize("preset", PRESETS)


def loaded(preset: str, *, with_examples: bool = False) -> Loaded:
    files = dict(new_journal(preset, TODAY))
    if with_examples:
        files.update(examples(preset, TODAY))
    return load(MemoryTree(files), lambda: TODAY)


@EACH_PRESET
def test_preset_has_no_problem(preset: str) -> None:
    assert loaded(preset).problems == ()


@EACH_PRESET
def test_examples_have_no_problem_and_show_the_preset(preset: str) -> None:
    journal = loaded(preset, with_examples=True)
    assert journal.problems == ()
    assert journal.journal is not None
    (deal,) = journal.journal.deals
    assert deal.stage.number > 1
    assert any(note.steps for note in deal.notes)
    assert len(journal.journal.contacts) == 2


@EACH_PRESET
def test_readmes_show_the_examples_word_for_word(preset: str) -> None:
    files = new_journal(preset, TODAY)
    shown = [
        block
        for folder in ("contacts", "deals")
        for block in _BLOCK.findall(files[f"{folder}/README.md"].decode())
    ]
    assert shown == [content.decode() for content in examples(preset, TODAY).values()]


@EACH_PRESET
def test_nothing_of_a_placeholder_is_left(preset: str) -> None:
    everything = {**new_journal(preset, TODAY), **examples(preset, TODAY)}
    for path, content in everything.items():
        assert not re.search(r"\{(today|path|example|company|person)", content.decode()), path


@EACH_PRESET
def test_stages_have_goals_and_open_ones_chances_and_a_limit(preset: str) -> None:
    journal = loaded(preset).journal
    assert journal is not None
    for pipeline in journal.schema.pipelines:
        chances = [stage.probability for stage in pipeline.stages if stage.is_open]
        assert None not in chances
        assert chances == sorted(chance for chance in chances if chance is not None)
        for stage in pipeline.stages:
            assert stage.goal, stage.id
            assert bool(stage.stale_after) is stage.is_open, stage.id
            assert bool(stage.steps) or not stage.is_open, stage.id
        assert {StageType.WON, StageType.LOST} <= {stage.type for stage in pipeline.stages}


def test_acquisition_has_its_seven_stages_then_lost_and_parked() -> None:
    assert stages("acquisition", "acquisition") == [
        "raw-lead",
        "marketing",
        "qualification",
        "solution-design",
        "decision",
        "negotiation",
        "agreement",
        "lost",
        "parked",
    ]


def test_development_begins_where_strangers_are_strangers_no_more() -> None:
    acquisition = stages("development", "acquisition")
    assert stages("development", "development") == acquisition[2:]


def test_in_the_modules_all_from_the_invoice_to_the_loop_is_won() -> None:
    journal = loaded("modules").journal
    assert journal is not None
    (pipeline,) = journal.schema.pipelines
    won = [stage.id for stage in pipeline.stages if stage.type is StageType.WON]
    assert won == ["invoice", "order-processing", "order-delivery", "loop"]
    assert {stage.role for stage in pipeline.stages[:8]} == set(journal.schema.roles)


def test_examples_are_dated_around_the_day() -> None:
    later = TODAY + dt.timedelta(days=400)
    assert b"2026-11-23 Ask Nora" in examples("simple", TODAY)[DEAL_PATH]
    assert b"2027-12-28 Ask Nora" in examples("simple", later)[DEAL_PATH]
    assert examples("simple", TODAY)[PERSON_PATH] == examples("simple", later)[PERSON_PATH]


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(KeyError):
        new_journal("simpel", TODAY)
    with pytest.raises(KeyError):
        new_journal("../pipeline", TODAY)


def stages(preset: str, pipeline: str) -> list[str]:
    journal = loaded(preset).journal
    assert journal is not None
    found = journal.schema.pipeline(pipeline)
    assert found is not None
    return [stage.id for stage in found.stages]
