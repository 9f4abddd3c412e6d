"""What processes hand over where only the problems are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from site_builder.checks import OF_ALL, OF_ALL_NOTES
from site_builder.checks.gist import gist, gist_from, gist_row
from site_builder.files.tree import FolderTree, MemoryTree
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.load import loader, workers
from tests import catalogue
from tests.catalogue import EXAMPLES, Example
from tests.places import ROOT

DAY = dt.date(2030, 1, 1)
DEMO = ROOT
TOGETHER = (*OF_ALL, *OF_ALL_NOTES)
OF_ALL_CODES = {
    *("company-is-person", "delivery-late", "invoice-without-proposal", "proposal-incomplete"),
    *("reason-unasked", "rung-skipped", "trust-missing", "unpaid-start"),
}


LACKING_PLACES = {"company-is-person"}
"""What points to places that a gist lacks; the loader then gives it the whole."""


def thinned(journal: Journal) -> Iterator[Journal]:
    """The gist of a journal, as it is made here and as it comes from another process."""
    for subjects in (
        [gist(subject) for subject in journal.subjects],
        [gist_from(gist_row(subject), journal.schema) for subject in journal.subjects],
    ):
        deals = [one for one in subjects if isinstance(one, Deal)]
        contacts = [one for one in subjects if isinstance(one, Contact)]
        yield Journal(journal.schema, tuple(deals), tuple(contacts))


@pytest.mark.parametrize(
    "example",
    [e for e in EXAMPLES if e.code in OF_ALL_CODES - LACKING_PLACES],
    ids=lambda e: e.code,
)
def test_rules_of_all_see_in_the_gist_what_they_see_in_the_whole(example: Example) -> None:
    journal = loader.load(MemoryTree(catalogue.files_of(example)), lambda: DAY).journal
    assert journal is not None
    found = [problem for rule in TOGETHER for problem in rule(journal, DAY)]
    assert found
    for thin in thinned(journal):
        assert [problem for rule in TOGETHER for problem in rule(thin, DAY)] == found


def test_rungs_of_either_file_count_in_the_gist() -> None:
    know, like, trust = (f"## 2026-0{n}-01 {{}}\n" for n in (1, 2, 3))
    jane = "---\nname: Jane\n---\n" + know.format("know")
    files = {
        **catalogue.BASE,
        "contacts/jane-roe.md": jane,
        "deals/a.md": catalogue.deal(notes=like.format("like from jane-roe")),
        "deals/b.md": catalogue.deal(notes=trust.format("trust from jane-roe")),
    }
    journal = loader.load(MemoryTree(files), lambda: DAY).journal
    assert journal is not None
    for deals in (journal.deals, [deal for deal in journal.deals if deal.id != "a"]):
        whole = Journal(journal.schema, tuple(deals), journal.contacts)
        found = [problem for rule in TOGETHER for problem in rule(whole, DAY)]
        for thin in thinned(whole):
            assert [problem for rule in TOGETHER for problem in rule(thin, DAY)] == found
        assert [p.message for p in found] == [
            "`trust from jane-roe` comes without `like` before it."
        ] * (len(deals) < len(journal.deals))


def test_every_rule_of_all_is_held_to_it() -> None:
    assert {
        rule.__module__.rpartition(".")[2].replace("_", "-") for rule in TOGETHER
    } == OF_ALL_CODES


@pytest.mark.parametrize("shares", [1, 3])
def test_a_check_finds_what_a_build_finds(shares: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "share_of", lambda tasks, worth: shares)
    monkeypatch.setattr(loader, "_RUN", 3)
    checked = loader.load(FolderTree(DEMO), lambda: DAY, only_check=True)
    built = loader.load(FolderTree(DEMO), lambda: DAY)
    assert checked.problems == built.problems
    assert checked.problems
    assert checked.journal is not None
    assert built.journal is not None
    assert len(checked.journal.deals) == len(built.journal.deals)


@pytest.mark.parametrize("shares", [1, 3])
def test_a_check_finds_the_place_of_a_company_that_is_none(
    shares: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "share_of", lambda tasks, worth: shares)
    monkeypatch.setattr(loader, "_RUN", 2)
    files = {**catalogue.BASE, "contacts/ann.md": "---\nname: Ann\ncompany: jane-roe\n---\n"}
    files |= {f"deals/d{n}.md": catalogue.deal(front="company: ann") for n in range(9)}
    tree = MemoryTree(files)
    checked = loader.load(tree, lambda: DAY, only_check=True)
    assert checked.problems == loader.load(tree, lambda: DAY).problems
    found = [(p.span.path, p.span.line, p.span.column) for p in checked.problems
             if p.code == "company-is-person"]  # fmt: skip
    assert found == [("contacts/ann.md", 3, 10), ("deals/d0.md", 6, 10)]
