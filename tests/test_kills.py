"""Commands that are killed, and builds that meet."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from site_builder.site.manifest import MANIFEST
from tests import killing, kills
from tests.catalogue import BASE, deal
from tests.commands import contents, write
from tests.places import ROOT

PLACES = ("_site", "._site.dealog-tmp")


def journal(root: Path, *ids: str) -> Path:
    write(root, {**BASE, **{f"deals/{id}.md": deal() for id in ids}})
    return root


def build(root: Path, kill_at: int = 0) -> tuple[int, int]:
    places = [root / place for place in PLACES]
    return killing.run("-C", root, "build", watch=places, kill_at=kill_at)


def site(root: Path) -> dict[str, bytes]:
    return contents(root / "_site")


def changed(root: Path) -> Path:
    """The journal with one deal less, one more, and one changed."""
    (root / "deals" / "gone.md").unlink()
    (root / "deals" / "new.md").write_text(deal())
    (root / "deals" / "same.md").write_text(deal(notes="## 2026-10-14 call with jane-roe\n"))
    return root


def test_a_killed_first_build_leaves_no_site_or_all_of_it(tmp_path: Path) -> None:
    code, touches = build(journal(tmp_path / "whole"))
    assert code == 0
    for moment in killing.moments(touches, 3, seed=1):
        root = journal(tmp_path / f"killed-at-{moment}")
        assert build(root, moment)[0] == -signal.SIGKILL
        assert site(root) in ({}, site(tmp_path / "whole"))
        assert build(root)[0] == 0
        assert site(root) == site(tmp_path / "whole")
        assert sorted(os.listdir(root)) == ["_site", "contacts", "deals", "pipeline.yml"]


def test_a_killed_build_leaves_pages_old_or_new_and_is_mended_by_the_next(tmp_path: Path) -> None:
    before = journal(tmp_path / "before", "gone", "same")
    build(before)
    whole = changed(Path(shutil.copytree(before, tmp_path / "whole")))
    code, touches = build(whole)
    assert (code, site(whole) != site(before)) == (0, True)
    for moment in killing.moments(touches, 3, seed=2):
        root = changed(Path(shutil.copytree(before, tmp_path / f"killed-at-{moment}")))
        assert build(root, moment)[0] == -signal.SIGKILL
        pages = {p: d for p, d in site(root).items() if p != MANIFEST and "dealog-tmp" not in p}
        assert pages.items() <= site(before).items() | site(whole).items()
        assert build(root)[0] == 0
        assert site(root) == site(whole)


@pytest.mark.parametrize("name", kills.SCENES)
def test_what_is_killed_leaves_each_file_old_or_new_and_is_healed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    touches, _ = kills.measured(name)
    for number in range(4):
        kills.kill(tmp_path / str(number), name, Random(number), touches)


@pytest.mark.parametrize("is_there", [False, True])
def test_builds_that_meet_all_end_with_the_whole_site(tmp_path: Path, is_there: bool) -> None:
    names = [f"deal-{n}" for n in range(30)]
    whole = journal(tmp_path / "whole", *names)
    build(whole)
    root = journal(tmp_path / "journal", *(names if is_there else ()))
    if is_there:
        build(root)
        for n in range(30):
            (root / "deals" / f"deal-{n}.md").write_text(deal(front=f"value: {n}"))
        build(whole)
    journal(root, *names)
    command = [sys.executable, "-m", "site_builder", "-C", str(root), "build"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [run.communicate(timeout=60)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert site(root) == site(whole)
    assert all("waiting" in each or "files changed" in each for each in told)
