"""The journals that the benchmark makes: without a problem, and the same each time."""

from __future__ import annotations

from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from tests.bench.generate import TODAY, journal_files

DEALS = 60


def test_the_journal_has_no_problem_and_all_its_stages() -> None:
    loaded = load(MemoryTree(dict(journal_files(DEALS))), lambda: TODAY)
    assert loaded.problems == ()
    assert loaded.journal is not None
    (pipeline,) = loaded.journal.schema.pipelines
    assert {deal.stage for deal in loaded.journal.deals} == set(pipeline.stages)


def test_it_has_five_notes_a_deal_and_as_many_contacts() -> None:
    loaded = load(MemoryTree(dict(journal_files(DEALS))), lambda: TODAY)
    assert loaded.journal is not None
    assert len(loaded.journal.deals) == len(loaded.journal.contacts) == DEALS
    assert {len(deal.notes) for deal in loaded.journal.deals} == {5}


def test_same_size_same_bytes() -> None:
    assert list(journal_files(DEALS)) == list(journal_files(DEALS))
