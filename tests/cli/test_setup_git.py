from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands import contents, run


@pytest.fixture
def repository(journal: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", "/dev/null")
    subprocess.run(["git", "init", "-q"], cwd=journal, check=True)
    monkeypatch.chdir(journal)
    return journal


def test_it_is_set_up_once_and_taken_back(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(repository)
    code, out, _ = run("setup-git", capsys=capsys)
    assert (code, out.splitlines()) == (
        0,
        [
            "Wrote the merge driver into .gitattributes: commit it.",
            "This clone merges deals, contacts and pipeline.yml with dealog from now on.",
        ],
    )
    now = contents(repository)
    assert run("setup-git", capsys=capsys) == (0, "All is as it should be.\n", "")
    assert contents(repository) == now
    code, out, _ = run("setup-git", "--remove", capsys=capsys)
    assert (code, out.count("Took")) == (0, 2)
    assert contents(repository) == before
    assert run("setup-git", "--remove", capsys=capsys)[1] == "All is as it should be.\n"


def test_what_else_is_in_attributes_stays(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = repository / ".gitattributes"
    place.write_bytes(b"*.md text\r\n*.png binary")
    run("setup-git", capsys=capsys)
    made = place.read_bytes()
    assert made.startswith(b"*.md text\r\n*.png binary\r\n# dealog")
    assert made.count(b"\n") == made.count(b"\r\n") == 6
    run("setup-git", "--remove", capsys=capsys)
    assert place.read_bytes() == b"*.md text\r\n*.png binary\r\n"


def test_git_takes_the_attributes(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("setup-git", capsys=capsys)
    names = [
        "deals/acme.md",
        "deals/2026/a.yml",
        "contacts/jane-roe.md",
        "pipeline.yml",
        "README.md",
    ]
    done = subprocess.run(
        ["git", "check-attr", "merge", *names], cwd=repository, capture_output=True, check=True
    )
    assert done.stdout.decode().count(": merge: dealog\n") == 4


def test_where_there_is_no_repository_or_journal(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(journal.parent))
    code, _, err = run("-C", journal, "setup-git", capsys=capsys)
    assert (code, "git init" in err) == (2, True)
    assert run("-C", journal / "deals", "setup-git", capsys=capsys)[0] == 2


def test_a_link_is_not_followed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / ".gitattributes").symlink_to("pipeline.yml")
    before = contents(repository)
    assert run("setup-git", capsys=capsys)[0] == 2
    assert contents(repository) == before
