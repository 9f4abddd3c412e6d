"""A journal that is listed with some files more and others less is the one that is listed anew."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

import pytest

from site_builder.files.tree import FolderTree, Tree
from site_builder.load.preparing import Prepared, prepare
from site_builder.load.reading import Keep
from site_builder.load.relisted import is_there, relisted
from tests.catalogue import BASE, deal
from tests.commands import write

PLAIN = ("deals/b.md", "deals/a.yml", "deals/old/c.md", "contacts/a.md", "contacts/z/b.yaml")
ODD = (
    "deals/B.md", "deals/b.yml", "deals/old/b.md", "deals/x.txt", "deals/.b.md", "deals/.old/d.md",
    "deals/README.md", "deals/a b.md", "deals/ol d/e.md", "deals/ol\u202ed/e.md",
    "deals/\u202ef.md", "deals/g\\h.md",
    "contacts/Ä.md", "deals/a-.md", "notes.md",
)  # fmt: skip


def listed(tree: Tree) -> Prepared:
    return prepare(tree, lambda: dt.date(2026, 11, 20), None, Keep.ALL)


@pytest.mark.parametrize("seed", range(60))
def test_what_came_and_went_is_as_if_all_were_listed(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    write(tmp_path, dict(BASE))
    there = set(random.sample(PLAIN, 3))
    write(tmp_path, dict.fromkeys(there, deal("")))
    tree = FolderTree(tmp_path)
    before = listed(tree)
    come = set(random.sample((*PLAIN, *random.sample(ODD, 2)), 2)) - there
    gone = {path for path in there if random.random() < 0.4}
    write(tmp_path, dict.fromkeys(come, deal("")))
    for path in gone:
        (tmp_path / path).unlink()
    made, anew = relisted(before, come, gone), listed(tree)
    assert made is None or (made.listed, made.problems) == (anew.listed, anew.problems)
    assert made is not None or not come <= set(PLAIN) or anew.problems
    if made is not None and made.reading.known and anew.reading.known:
        for folder in ("deals", "contacts"):
            one, other = (getattr(r.reading.known, folder) for r in (made, anew))
            assert all((id in one) == (id in other) for id in ("a", "b", "c", "none"))


def test_where_a_name_was_amiss_all_are_listed(journal: Path) -> None:
    """Which of two files of an id is read depends on the other."""
    write(journal, {"deals/a.md": deal(""), "deals/old/a.md": deal("")})
    assert relisted(listed(FolderTree(journal)), (), {"deals/a.md"}) is None


def test_what_stands_at_a_path_is_there_whatever_it_is(journal: Path) -> None:
    write(journal, {"deals/a.md": deal("")})
    (journal / "deals/b.md").mkdir()
    (journal / "deals/c.md").symlink_to("a.md")
    tree = FolderTree(journal)
    assert [is_there(tree, f"deals/{id}.md") for id in "abcd"] == [True, True, True, False]
