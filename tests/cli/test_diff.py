"""``dealog diff``: revisions, formats, and what git or a journal lacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.catalogue import BASE
from tests.commands import run
from tests.comparisons import deal
from tests.journals import write_odd
from tests.repositories import QUIET, Repo

OLD = "## 2026-10-05 call with jane-roe — Prices\n\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A journal in git whose first commit is tagged `first`, with a change in the working tree."""
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "journal")
    made.commit({**BASE, "deals/x.md": deal("value: 5", OLD)})
    made.git("tag", "first")
    made.write({"deals/x.md": deal("value: 6", OLD), "deals/new.md": deal().replace("Roll", "N")})
    return made


def diff(repo: Repo, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    return run("-C", repo.folder, "diff", *arguments, capsys=capsys)


def as_json(repo: Repo, *arguments: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    code, out, err = diff(repo, *arguments, "--format", "json", capsys=capsys)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_the_working_tree_with_what_is_not_yet_tracked(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = diff(repo, "HEAD", capsys=capsys)
    assert (code, err) == (0, "")
    first, second, *_ = out.split("\n")
    assert first == "1 new, 1 changed"
    assert second.startswith("From HEAD (") and "of 2026-11-01) to the working tree" in second
    assert "Rollout (x)" in out and "€5" in out and "\x1b" not in out


def test_two_revisions_and_how_git_writes_them(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.git("checkout", "-q", "-b", "branch")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.commit({"deals/main.md": deal().replace("Roll", "M")})
    ids = {"new": "added", "x": "changed", "main": "removed"}
    for arguments, expected in (
        (["main", "branch"], ["main", "new", "x"]),
        (["main..branch"], ["main", "new", "x"]),
        (["main...branch"], ["new", "x"]),
        (["first", "branch"], ["new", "x"]),
        (["branch..", ], ["main", "new", "x"]),
        (["...branch"], ["new", "x"]),
    ):  # fmt: skip
        found = as_json(repo, *arguments, capsys=capsys)
        deals = found["deals"]
        assert isinstance(deals, list)
        assert [one["id"] for one in deals] == expected, arguments
        if arguments[0].startswith("main"):
            assert all(one["what"] == ids[one["id"]] for one in deals)
    code, _, err = diff(repo, "main..branch", "first", capsys=capsys)
    assert (code, "one too many" in err) == (2, True)


def test_detached_heads_and_merges(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.git("checkout", "-q", "-b", "branch")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.commit({"deals/main.md": deal().replace("Roll", "M")})
    repo.git("merge", "-q", "--no-edit", "branch")
    repo.git("checkout", "-q", "--detach")
    found = as_json(repo, "HEAD^1", capsys=capsys)
    assert found["headline"] == "1 new, 1 changed"
    assert as_json(repo, "HEAD", capsys=capsys)["headline"] == "No change to the pipeline"


@pytest.mark.parametrize("shape", ["text", "markdown", "json"])
def test_no_change_is_said_plainly(
    repo: Repo, capsys: pytest.CaptureFixture[str], shape: str
) -> None:
    code, out, _ = diff(repo, "first", "first", "--format", shape, capsys=capsys)
    assert (code, "No change to the pipeline" in out) == (0, True)


def test_a_journal_in_a_folder_with_odd_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(tmp_path / "two words ü")
    repo.write({f"my sales/{path}": text for path, text in BASE.items()})
    write_odd(repo.folder / "my sales", b"deals/k\xf6ln.md", deal())
    repo.commit({"deals/other.md": "no journal"})
    repo.write({"my sales/deals/acme.md": BASE["deals/acme.md"].replace("lead", "qualification")})
    code, out, _ = run("-C", repo.folder / "my sales", "diff", "HEAD", capsys=capsys)
    assert (code, out.split("\n")[0]) == (0, "1 moved on")
    code, _, err = run("-C", repo.folder, "diff", "HEAD", capsys=capsys)
    assert (code, "no journal" in err) == (2, True)


@pytest.mark.parametrize(
    ("asked", "help"),
    [
        ("mian", "Did you mean `main`?"),
        ("frist~2", "Did you mean `first~2`?"),
        ("HEAd", "Did you mean `HEAD`?"),
        ("mian...HEAD", "Did you mean `main`?"),
        ("main..heda", "Did you mean `HEAD`?"),
        ("release", "Did you mean `team/release`?"),
        ("master~1", "Did you mean `main~1`?"),
        ("first~9", "`git log --oneline first` lists those that there are."),
        ("nowhere", "`git branch --all` lists branches"),
        ("@{9}", "`git branch --all` lists branches"),
    ],
)
def test_a_name_that_is_none_is_perhaps_another(
    repo: Repo, capsys: pytest.CaptureFixture[str], asked: str, help: str
) -> None:
    repo.git("branch", "team/release")
    code, _, err = diff(repo, asked, capsys=capsys)
    assert (code, help in err) == (2, True), err


def test_without_a_base_it_is_said_what_to_type(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = diff(repo, capsys=capsys)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "`dealog diff main`" in err
    assert " BASE [HEAD]\n" in diff(repo, "--help", capsys=capsys)[1]


def test_what_can_t_be_had_is_told(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("nowhere", "--output=/tmp/x", "-p"):
        code, out, err = diff(repo, "--", name, capsys=capsys)
        assert (code, out) == (2, "")
        assert f"There is no commit `{name}` here." in err
    repo.commit({}, removed=["pipeline.yml"])
    code, _, err = diff(repo, "first", "HEAD", capsys=capsys)
    assert (code, "There is no journal in `HEAD`" in err) == (2, True)
    repo.write(dict(BASE))
    code, out, err = diff(repo, "HEAD", capsys=capsys)
    assert (code, "There is no journal at HEAD yet, so all of it is new." in " ".join(out.split())) == (0, True)  # fmt: skip


def test_no_repository_and_one_without_a_commit(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", journal, "diff", "HEAD", capsys=capsys)
    assert (code, "in no git repository" in err) == (2, True)
    repo = Repo(journal)
    code, _, err = diff(repo, "HEAD", capsys=capsys)
    assert (code, "no commit yet" in err) == (2, True)
    code, _, err = run("-C", journal, "check", "--base", "main", capsys=capsys)
    assert (code, "no commit yet" in err) == (2, True)


def test_a_pipeline_yml_with_errors_is_told_and_the_rest_compared(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"pipeline.yml": "["})
    code, out, _ = diff(repo, "HEAD", capsys=capsys)
    assert code == 0
    assert out.startswith("1 new, 1 changed")
    said = " ".join(out.split())
    assert "pipeline.yml of the working tree has errors: its deals and contacts are read with the other's." in said  # fmt: skip
    repo.commit()
    code, _, err = diff(repo, "HEAD", capsys=capsys)
    assert (code, "has errors on both sides" in err) == (2, True)


def test_files_with_errors_are_told_and_not_taken_for_gone(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"deals/x.md": "---\n[\n---\n"}, removed=["deals/new.md"])
    _, out, _ = diff(repo, "HEAD", capsys=capsys)
    assert out.startswith("No change to the pipeline; 1 file with errors not compared\n")
    assert "Not compared, and in no figure here: these files have errors (1)" in out
    assert "deals/x.md" in out and "removed" not in out


def test_both_sides_are_seen_as_of_one_day(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    later = BASE["pipeline.yml"].replace("as-of: 2026-11-20", "as-of: 2027-02-01")
    repo.commit({"pipeline.yml": later})
    found = as_json(repo, "first", "HEAD", capsys=capsys)
    assert (found["today"], found["problems"]) == ("2027-02-01", {"introduced": [], "solved": []})
    assert as_json(repo, "first", "--today", "2026-06-01", capsys=capsys)["today"] == "2026-06-01"


def test_json_has_the_keys_that_the_documentation_names(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.places import DOCS

    repo.write({"contacts/z.md": "---\nname: Z\n---\n", "deals/bad.md": "---\n[\n---\n"})
    found = as_json(repo, "HEAD", capsys=capsys)
    text = (DOCS / "diff.md").read_text("utf-8")

    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(names, value.values()))
        return set().union(*map(names, value)) if isinstance(value, list) else set()

    assert {n for n in names(found) if f"`{n}`" not in text and f'"{n}"' not in text} == set()
    assert (found["version"], found["head"]) == (1, None)


@pytest.mark.parametrize(
    ("shape", "encoding"),
    [("text", "utf-8"), ("text", "ascii"), ("markdown", "ascii"), ("json", "ascii")],
)
def test_nothing_drives_a_terminal_and_a_poor_encoding_will_do(
    repo: Repo, shape: str, encoding: str
) -> None:
    repo.write({"deals/x.md": deal("value: 7", OLD).replace("Rollout", "\u202e łe\U0001f600")})  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "-C", repo.folder, "diff", "HEAD", "--format", shape],
        env={**os.environ, **QUIET, "PYTHONIOENCODING": encoding}, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout and "\u202e".encode() not in done.stdout
    if shape == "json":
        assert json.loads(done.stdout)["deals"][1]["after"]["title"] == "\u202e łe\U0001f600"


def test_colours_and_width(
    repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    _, narrow, _ = diff(repo, "HEAD", capsys=capsys)
    assert max(map(len, narrow.split("\n"))) <= 40
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1m" in diff(repo, "HEAD", capsys=capsys)[1]


def test_the_same_input_gives_the_same_bytes(repo: Repo) -> None:

    found = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "site_builder", "-C", repo.folder, "diff", "HEAD", "--format", "json"],
            env={**os.environ, **QUIET, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}, capture_output=True, check=True,
        )  # fmt: skip
        found.add(done.stdout)
    assert len(found) == 1
