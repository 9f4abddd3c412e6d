"""The journals that the benchmark makes: without a problem, and the same each time."""

from __future__ import annotations

import re

import pytest

from site_builder.files.tree import FolderTree, MemoryTree
from site_builder.journal.journal import Journal
from site_builder.load.loader import load
from site_builder.problems.problem import Severity
from tests.bench.__main__ import report
from tests.bench.generate import TODAY, journal_files
from tests.bench.growth import exponent
from tests.bench.history import UNTIL, history_files
from tests.bench.processes import Run
from tests.bench.turns import ROWS, Sums
from tests.bench.ways import fast_share, journal_of, texts
from tests.bench.writing import LADEN, MARKS
from tests.places import ROOT

DEALS = 60
MANY = 300


@pytest.fixture(scope="module")
def demo() -> Journal:
    journal = load(FolderTree(ROOT), lambda: TODAY).journal
    assert journal is not None
    return journal


def per_hundred(journal: Journal) -> dict[str, float]:
    """How many texts of a hundred have which mark."""
    found = list(texts(journal))
    return {
        mark.name: 100 * sum(bool(re.search(mark.sign, text)) for text in found) / len(found)
        for mark in MARKS
    }


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


def test_a_long_history_has_six_stage_notes_a_deal() -> None:
    files = dict(history_files(DEALS))
    loaded = load(MemoryTree(files), lambda: UNTIL)
    assert {problem.severity for problem in loaded.problems} == {Severity.WARNING}
    assert loaded.journal is not None and len(loaded.journal.deals) == DEALS
    notes = sum(len(deal.notes) for deal in loaded.journal.deals)
    assert 5.5 < notes / DEALS < 6.5
    assert files == dict(history_files(DEALS))


def test_the_mix_of_marks_is_that_of_the_demo_and_more(demo: Journal) -> None:
    in_demo = per_hundred(demo)
    made = per_hundred(journal_of(journal_files(MANY)))
    for mark in MARKS:
        assert in_demo[mark.name] == pytest.approx(mark.demo, abs=2), mark.name
        assert made[mark.name] == pytest.approx(mark.demo or 10, abs=2.5), mark.name


def test_laden_texts_have_all_these_marks() -> None:
    made = per_hundred(journal_of(journal_files(DEALS, laden=True)))
    assert {made[name] for name in LADEN} == {100}


def test_the_demo_goes_the_fast_way_and_laden_texts_the_other(demo: Journal) -> None:
    assert fast_share(demo) > 0.98
    assert fast_share(journal_of(journal_files(DEALS, laden=True))) == 0
    assert 0.5 < fast_share(journal_of(journal_files(MANY))) < 0.7


def test_one_size_alone_says_nothing_of_growth(capsys: pytest.CaptureFixture[str]) -> None:
    sums = Sums.of(ROWS)
    for row in ROWS:
        sums.runs[row].append(Run(1.0, 1.0, 1))
    assert "growth" not in " ".join(name for name, *_ in report({1_000: sums}))
    assert "growth" in " ".join(name for name, *_ in report({1_000: sums, 10_000: sums}))
    assert "10,000 deals" in capsys.readouterr().out


def test_growth_is_an_exponent() -> None:
    assert exponent({10: 1.0, 100: 10.0, 1000: 100.0}) == pytest.approx(1)
    assert exponent({10: 1.0, 100: 100.0}) == pytest.approx(2)
