"""The whole build, from files in memory to files in a folder."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.load import workers
from site_builder.load.loader import load
from site_builder.markup import prose
from site_builder.pages import context
from site_builder.site import render
from site_builder.site.build import build
from site_builder.site.output import Output
from tests.catalogue import BASE, deal
from tests.commands import contents

FILES = {
    **BASE,
    **{
        f"deals/d{n}.md": deal(front=f"value: {n}\ncontacts: [jane-roe]",
                               notes=f"## 2026-10-0{n % 9 + 1} call with jane-roe — Said *{n}*\n\nText.\n")
        for n in range(60)
    },
}  # fmt: skip


def built(folder: Path) -> dict[str, bytes]:
    loaded = load(MemoryTree(FILES), lambda: dt.date(2026, 11, 20))
    done = build(loaded, Output(folder), None, lambda done, of: None)
    files = contents(folder)
    assert done.written.changed == len(files) - 1  # all but the manifest
    return files


def test_several_processes_write_what_one_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = built(tmp_path / "alone")
    monkeypatch.setattr(workers, "share_of", lambda tasks, worth: 3)
    assert built(tmp_path / "together") == alone


def test_progress_ends_with_all_pages(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    loaded = load(MemoryTree(FILES), lambda: dt.date(2026, 11, 20))
    done = build(loaded, Output(tmp_path / "site"), None, lambda done, of: told.append((done, of)))
    assert told[-1] == (done.pages, done.pages)
    assert all(0 < a <= b for (a, _), (b, _) in pairwise(told))


def test_what_is_kept_of_notes_for_a_while_changes_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = built(tmp_path / "usual")
    for module, name in ((context, "_NOTES"), (prose, "_TEXTS"), (render, "_PARTS")):
        monkeypatch.setattr(module, name, 2)
    assert built(tmp_path / "few") == usual
