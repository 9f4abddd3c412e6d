"""The merge driver in git: two branches, each with edits of its own."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli.main import dealog
from tests.commands import run, write
from tests.examples import TIMES
from tests.slips import FILES

pytestmark = pytest.mark.usefixtures("files_read_once")
ERROR = re.compile(r"^::error .*", re.MULTILINE)
NOTE = re.compile(r"^## .*|^  - date: .*(?:\n    .*)*", re.MULTILINE)


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout.decode()


def edit(folder: Path, *arguments: str) -> None:
    CliRunner().invoke(dealog, ["-C", str(folder), *arguments])


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)


@pytest.fixture
def sales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal in git, set up, on the branch `main`."""
    for name in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", "/dev/null")
    folder = tmp_path / "sales"
    write(folder, dict(FILES))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.email", "maria@halden.example")
    git(folder, "config", "user.name", "Maria")
    edit(folder, "setup-git")
    commit(folder, "Begin")
    return folder


def branch(folder: Path, name: str, *edits: tuple[str, ...]) -> None:
    """A branch off main with some edits, in one commit."""
    git(folder, "checkout", "-q", "-b", name, "main")
    for one in edits:
        edit(folder, *one)
    commit(folder, name)


def errors(folder: Path) -> list[str]:
    told = CliRunner().invoke(dealog, ["-C", str(folder), "check", "--format", "github"]).output
    return ERROR.findall(told)


ONE = (
    ("log", "deals/halden", "Called Jane about glazes", "--date", "2026-11-10"),
    ("set", "deals/halden", "tags", "kilns", "north", "fair"),
    ("move", "lapp", "offer", "--override", "They asked", "--date", "2026-11-12"),
    ("new", "deal", "New one", "--owner", "maria", "--pipeline", "sales"),
)
TWO = (
    ("log", "deals/halden", "Met Jane at the fair", "--date", "2026-11-12"),
    ("set", "deals/halden", "value", "50000", "--date", "2026-11-13"),
    ("log", "contacts/jane-roe", "A note", "--date", "2026-11-13"),
    ("new", "deal", "Another", "--owner", "jonah", "--pipeline", "sales"),
)


def test_two_branches_merge_either_way(sales: Path) -> None:
    branch(sales, "one", *ONE)
    branch(sales, "two", *TWO)
    trees = []
    for ours, theirs in (("one", "two"), ("two", "one")):
        git(sales, "checkout", "-q", "-B", "merged", ours)
        git(sales, "merge", "-q", "--no-ff", "-m", "Merge", theirs)
        assert errors(sales) == []
        trees.append(git(sales, "rev-parse", "HEAD^{tree}"))
        text = (sales / "deals/halden.md").read_text()
        assert "\nvalue: 50000 USD\n" in text and "\ntags: [kilns, north, fair]\n" in text
        assert text.index("Called Jane about glazes") < text.index("Met Jane at the fair")
        assert {"new-one.md", "another.md"} <= {path.name for path in (sales / "deals").iterdir()}
    assert trees[0] == trees[1]


def test_rebase_and_cherry_pick(sales: Path) -> None:
    branch(sales, "one", *ONE)
    branch(sales, "two", *TWO)
    git(sales, "rebase", "-q", "one")
    rebased = git(sales, "rev-parse", "HEAD^{tree}")
    git(sales, "checkout", "-q", "one")
    git(sales, "merge", "-q", "-m", "Merge", "two")
    assert git(sales, "rev-parse", "HEAD^{tree}") == rebased
    git(sales, "checkout", "-q", "-B", "picked", "main")
    edit(sales, "log", "deals/halden", "Called Tom", "--date", "2026-11-11")
    commit(sales, "Call")
    git(sales, "cherry-pick", "two")
    assert errors(sales) == []


def test_a_conflict_is_marked_at_its_field(
    sales: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    branch(sales, "one", ("move", "deals/halden", "offer", "--date", "2026-11-12"))
    branch(sales, "two", ("move", "deals/halden", "parked", "--date", "2026-11-12"))
    git(sales, "merge", "one", code=1)
    text = (sales / "deals/halden.md").read_text()
    assert "<<<<<<< ours\nstage: parked\n=======\nstage: offer\n>>>>>>> theirs\n" in text
    assert "\n## 2026-11-12 stage offer by maria\n\n## 2026-11-12 stage parked by maria\n" in text
    monkeypatch.chdir(sales)
    code, out, _ = run("check", capsys=capsys)
    assert code == 1 and "deals/halden.md:7:1: error[yaml-syntax]" in out


def test_a_file_that_one_side_renamed(sales: Path) -> None:
    branch(sales, "one", ("rename", "deals/halden", "kilns"))
    branch(sales, "two", *TWO[:2])
    git(sales, "merge", "-q", "-m", "Merge", "one")
    assert "Met Jane at the fair" in (sales / "deals/kilns.md").read_text()
    assert errors(sales) == []


def test_a_file_that_one_side_deleted_is_a_conflict_of_git_s_own(sales: Path) -> None:
    branch(sales, "one")
    (sales / "deals/halden.md").unlink()
    commit(sales, "Gone")
    branch(sales, "two", *TWO[:1])
    assert "CONFLICT (modify/delete)" in git(sales, "merge", "one", code=1)
    assert "Met Jane at the fair" in (sales / "deals/halden.md").read_text()


def test_without_dealog_git_merges_as_ever(sales: Path) -> None:
    driver = git(sales, "config", "merge.dealog.driver").strip()
    git(sales, "config", "merge.dealog.driver", re.sub(r"^\S+", "/no/python", driver))
    branch(sales, "one", *ONE[:2])
    branch(sales, "two", *TWO[:2])
    git(sales, "merge", "one", code=1)
    text = (sales / "deals/halden.md").read_text()
    assert "<<<<<<< " in text
    assert "Met Jane at the fair" in text and "Called Jane about glazes" in text


def test_nothing_that_lies_in_the_journal_is_run(sales: Path) -> None:
    write(sales, {"site_builder/__main__.py": "open('run', 'w')", "click.py": "open('run', 'w')"})
    branch(sales, "one", *ONE[:1])
    branch(sales, "two", *TWO[:1])
    git(sales, "merge", "-q", "-m", "Merge", "one")
    assert not (sales / "run").exists()


def _random_edit(chance: random.Random) -> tuple[str, ...]:
    day = chance.choice(("2026-11-03", "2026-11-10", "2026-11-12", "2026-11-20"))
    deal, number = chance.choice(("deals/halden", "deals/lapp")), str(chance.randrange(1000, 9000))
    to = chance.choice(("offer", "decision", "lead"))
    return chance.choice(
        (
            ("log", deal, f"Called about {number}", "--date", day),
            ("log", "contacts/jane-roe", f"Met her\nover {number}\n- [ ] task", "--date", day),
            ("move", deal, to, "--date", day, "--override", "so"),
            ("set", deal, "value", number, "--date", day),
            ("set", deal, "tags", *chance.sample(("kilns", "north", "a", "b c"), 2)),
            ("next", deal, "2026-12-04", f"Do {number}"),
            ("set", "contacts/jane-roe", "role", f"Head {number}"),
        )
    )


def _notes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*/*.*")):
        for note in NOTE.findall(path.read_text()):
            yield path.name, note


@pytest.mark.parametrize("seed", range(2 * TIMES))
def test_random_edits_on_both_sides(sales: Path, seed: int) -> None:
    chance = random.Random(seed)
    told, healthy = set[tuple[str, str]](), True
    for name in ("one", "two"):
        branch(sales, name, *(_random_edit(chance) for _ in range(4)))
        told.update(_notes(sales))
        healthy = healthy and errors(sales) == []
    trees = []
    for ours, theirs in (("one", "two"), ("two", "one")):
        git(sales, "checkout", "-q", "-B", "merged", ours)
        done = subprocess.run(
            ["git", "merge", "-q", "-m", "Merge", theirs],
            cwd=sales,
            capture_output=True,
            check=False,
        )
        assert told <= set(_notes(sales))
        if done.returncode:
            assert b"\n=======\n" in b"".join(p.read_bytes() for p in sales.glob("*/*.*"))
            git(sales, "merge", "--abort")
            return
        assert not healthy or errors(sales) == []
        trees.append(git(sales, "rev-parse", "HEAD^{tree}"))
    assert trees[0] == trees[1]


def test_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    base = FILES["deals/halden.md"]
    write(
        tmp_path,
        {
            "base.md": base,
            "ours.md": base + "\n## 2026-11-10 call\n",
            "theirs.md": base + "\n## 2026-11-09 call\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    three = ("base.md", "ours.md", "theirs.md")
    merged = base + "\n## 2026-11-09 call\n\n## 2026-11-10 call\n"
    assert run("merge-file", "-p", *three, "deals/halden.md", capsys=capsys) == (0, merged, "")
    assert run("merge-file", *three, "deals/halden.md", capsys=capsys) == (0, "", "")
    assert (tmp_path / "ours.md").read_text() == merged
    code, _, err = run("merge-file", "none.md", *three[1:], capsys=capsys)
    assert (code, err) == (2, "dealog: none.md can't be read: No such file or directory.\n")
