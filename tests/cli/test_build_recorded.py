"""Builds that show what git has recorded: what a new commit renders again, and what it leaves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder.site import build as building
from tests.commands import contents, run
from tests.repositories import QUIET, Repo
from tests.year_of_history import year

pytestmark = pytest.mark.usefixtures("templates_loaded_once")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return year(tmp_path_factory.mktemp("year") / "journal", commits=60, deals=6).folder


@pytest.fixture
def repo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in {**QUIET, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    shutil.copytree(made, tmp_path / "journal")
    return Repo(tmp_path / "journal")


class Built:
    """Builds of a repository into one folder, each compared with one from nothing."""

    def __init__(
        self, repo: Repo, capsys: pytest.CaptureFixture[str], watch: pytest.MonkeyPatch
    ) -> None:
        self.repo, self.capsys, self.viewed = repo, capsys, list[str]()
        render = building.render_into

        def rendered(loaded, pages, *others):  # type: ignore[no-untyped-def] # as it is
            self.viewed += [page.path for page in pages]
            return render(loaded, pages, *others)

        watch.setattr("site_builder.site.build_again.render_into", rendered)

    def __call__(self, *options: str) -> set[str]:
        """The files that changed in the folder."""
        out, fresh = self.repo.folder.parent / "out", self.repo.folder.parent / "fresh"
        before, self.viewed[:] = contents(out), []
        run("-C", self.repo.folder, "build", "-o", out, *options, capsys=self.capsys)
        shutil.rmtree(fresh, ignore_errors=True)
        run(
            "-C", self.repo.folder, "build", "-o", fresh, "--no-cache", *options, capsys=self.capsys
        )
        now = contents(out)
        assert now == contents(fresh)
        return {path for path in now if now[path] != before.get(path) and path.endswith(".html")}


@pytest.fixture
def built(repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Built:
    return Built(repo, capsys, monkeypatch)


def test_a_commit_of_what_is_there_shows_who_recorded_it(repo: Repo, built: Built) -> None:
    path = "deals/cider-works.md"
    text = (repo.folder / path).read_text("utf-8")
    built()
    assert built() == set() and built.viewed == []
    repo.write(
        {
            path: text.replace("owner: ", "probability: 31%\nowner: ")
            + "\n## 2026-11-20 change\nprobability:: 31%\n"
        }
    )
    assert "deals/cider-works.html" in built()
    repo.commit(day="2026-11-20")
    assert built() == {"deals/cider-works.html", "changes.html"}
    assert built() == set() and built.viewed == []
    page = (repo.folder.parent / "out/deals/cider-works.html").read_text("utf-8")
    id = repo.git("rev-parse", "HEAD")
    assert (
        f'<a href="https://github.com/kestrel/pipeline/commit/{id}"><code>{id[:10]}</code></a>'
        in page
    )
    assert "Probability <bdi>31%</bdi>" in page.replace(" → ", " ")


def test_a_commit_of_other_things_renders_nothing(repo: Repo, built: Built) -> None:
    built()
    repo.commit({"src/code.py": "x"}, day="2026-11-20")
    assert built() == set() and built.viewed == []


def test_a_branch_on_which_nothing_was_recorded(repo: Repo, built: Built) -> None:
    built()
    repo.git("checkout", "-q", "--orphan", "new")
    assert "changes.html" in built()
    assert (
        b"Recorded in git" not in (repo.folder.parent / "out/deals/cider-works.html").read_bytes()
    )
    repo.commit(day="2026-11-20")
    assert "deals/cider-works.html" in built()


def test_what_was_recorded_later_is_not_known_on_a_day(repo: Repo, built: Built) -> None:
    built("--today", "2026-03-01")
    page = (repo.folder.parent / "out/changes.html").read_text("utf-8")
    assert "Recorded since 1 Dec 2025" in page
    built("--today", "2025-11-19")
    assert "Recorded since" not in (repo.folder.parent / "out/changes.html").read_text("utf-8")


def test_a_site_of_a_revision_has_the_history_up_to_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    out = repo.folder.parent / "rev"
    run("-C", repo.folder, "build", "-o", out, "--rev", "HEAD~20", capsys=capsys)
    pages = b"".join(contents(out).values()).decode("utf-8", "replace")
    ids = repo.git("log", "-20", "--format=%H").split()
    assert repo.git("rev-parse", "HEAD~20")[:10] in pages
    assert not [id for id in ids if id[:10] in pages]


def test_without_git_all_else_is_there(repo: Repo, built: Built) -> None:
    shutil.rmtree(repo.folder / ".git")
    built()
    page = (repo.folder.parent / "out/changes.html").read_text("utf-8")
    assert "a quarter ago" in page and "Recorded since" not in page
    assert (
        b"Recorded in git" not in (repo.folder.parent / "out/deals/cider-works.html").read_bytes()
    )
