"""Commands that see a journal as git has it: `--rev`, and `check --base`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder.cli.revisions import Ends, ends_of
from site_builder.site.manifest import MANIFEST
from tests.catalogue import BASE
from tests.commands import contents, run
from tests.comparisons import deal
from tests.repositories import QUIET, Repo

OLD = "## 2026-10-05 call with jane-roe — Prices\n\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A journal in git, whose branch `main` has gone on since this one left it."""
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "journal")
    made.commit(
        {**BASE, "deals/x.md": deal("value: 5", OLD), "deals/odd.md": deal("contacts: [no]")}
    )
    made.git("tag", "first")
    made.git("checkout", "-q", "-b", "branch")
    made.git("checkout", "-q", "main")
    made.commit({"deals/x.md": deal("value: 5", OLD + "## 2026-11-02 call\n")}, day="2026-11-03")
    made.git("checkout", "-q", "branch")
    return made


def test_ends() -> None:
    assert ends_of("a", None) == Ends("a", None)
    assert ends_of("a", "b") == Ends("a", "b")
    assert ends_of("a..b", None) == Ends("a", "b")
    assert ends_of("a...", None) == Ends("a", "HEAD", True)
    assert ends_of("..b", None) == Ends("HEAD", "b")


def check(repo: Repo, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code, out, err = run("-C", repo.folder, "check", "--base", "main", "--format", "json", *arguments, capsys=capsys)  # fmt: skip
    assert err == ""
    return code, [f"{one['path']} {one['code']}" for one in json.loads(out)["problems"]]


def test_only_what_the_branch_changed_is_held_against_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(repo, capsys=capsys) == (0, [])
    code, out, err = run("-C", repo.folder, "check", "--base", "main", capsys=capsys)
    assert (code, out, err) == (
        0,
        "",
        "No problems in what changed since main, as of 2026-11-20.\n",
    )
    repo.write({"deals/x.md": deal("value: 6", OLD.replace("Prices", "Price"))})
    assert check(repo, capsys=capsys) == (0, ["deals/x.md history-rewritten"])
    assert check(repo, "--strict", capsys=capsys)[0] == 1
    repo.write({}, removed=["contacts/jane-roe.md"])
    code, found = check(repo, capsys=capsys)
    assert (code, found) == (1, ["deals/x.md history-rewritten", "deals/x.md unknown-contact"])


def test_what_an_audience_would_be_shown_for_the_first_time_is_a_warning(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    them = "audiences: {them: {deals: {where: 'tag:them', show: [title]}}}\n"
    repo.write({"pipeline.yml": BASE["pipeline.yml"] + them})
    assert check(repo, capsys=capsys) == (0, ["pipeline.yml audience-shows-more"])
    repo.commit({})
    repo.git("branch", "-f", "main")
    assert check(repo, capsys=capsys) == (0, [])
    repo.write({"deals/x.md": deal("value: 5\ntags: [them]", OLD)})
    assert check(repo, capsys=capsys) == (0, ["deals/x.md audience-shows-more"])
    assert check(repo, "--strict", capsys=capsys)[0] == 1
    repo.write({"pipeline.yml": "journal: [\n"})
    assert "deals/x.md audience-shows-more" not in check(repo, capsys=capsys)[1]


def test_a_problem_has_its_line_and_its_help(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"deals/x.md": deal("value: 6", OLD + "## 2026-10-09 call\n")})
    _, out, _ = run("-C", repo.folder, "check", "--base", "main", capsys=capsys)
    assert "warning[backdated-note]" in out
    repo.write({"deals/x.md": deal("value: 6", OLD + "## 2026-10-09 call\n").replace("\n", "\r\n")})
    assert run("-C", repo.folder, "check", "--base", "main", capsys=capsys)[1] == out
    assert "| ## 2026-10-09 call\n" in out and "^^^^^^^^^^" in out and "help: " in out
    _, out, _ = run(
        "-C", repo.folder, "check", "--base", "main", "--format", "github", capsys=capsys
    )
    assert out.startswith("::warning file=")


def test_all_of_a_journal_is_checked_where_no_base_is_named(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run("-C", repo.folder, "check", capsys=capsys)
    assert (code, "unknown-contact" in out) == (1, True)


@pytest.mark.parametrize("command", [["list"], ["show", "lost"], ["show"], ["handover", "maria"]])
def test_what_was_known_then(
    repo: Repo, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    def printed(*more: str) -> tuple[int, str, str]:
        return run("-C", repo.folder, *command, *more, "--format", "json", capsys=capsys)

    then = printed()
    more = {f"deals/d{n}.md": deal("lost-reason: price", stage="lost") for n in range(3)}
    repo.write({**more, "deals/x.md": deal("value: 6")})
    assert printed("--rev", "first") == then
    assert printed("--rev", "HEAD") == then
    if command != ["show"]:
        assert printed() != then


def test_a_site_of_what_was_known_then(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    out = repo.folder.parent / "out"
    assert run("-C", repo.folder, "build", "-o", out, capsys=capsys)[0] == 1
    site = contents(out)
    repo.write({"deals/x.md": deal("value: 6"), "deals/new.md": deal()})
    run("-C", repo.folder, "build", "-o", out, capsys=capsys)
    now = contents(out)
    run("-C", repo.folder, "build", "-o", out, "--rev", "first", capsys=capsys)
    then = contents(out)
    said = f" Built from commit <code>{repo.git('rev-parse', 'first')[:10]}</code> of 1 Nov 2026."
    pages = [path for path in then if path.endswith(".html")]
    assert all(said.encode() in then[path] for path in pages)
    plain = {path: data.replace(said.encode(), b"") for path, data in then.items()}
    assert {**plain, MANIFEST: b""} == {**site, MANIFEST: b""} != {**now, MANIFEST: b""}
    run("-C", repo.folder, "build", "-o", out, capsys=capsys)
    assert contents(out) == now


def test_no_such_revision_and_no_journal_in_it(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", repo.folder, "list", "--rev", "nowhere", capsys=capsys)
    assert (code, out, "There is no commit `nowhere`" in err) == (2, "", True)
    repo.commit({}, removed=["pipeline.yml"])
    code, _, err = run("-C", repo.folder, "list", "--rev", "HEAD", capsys=capsys)
    assert (code, "There is no journal in `HEAD`" in err) == (2, True)


def test_repairs_are_made_by_themselves(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--fix", "--diff"):
        code, _, err = run("-C", repo.folder, "check", "--base", "main", option, capsys=capsys)
        assert (code, "--base goes with neither" in err) == (2, True)
