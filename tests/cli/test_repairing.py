from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from site_builder.files.cache import Cache
from tests.catalogue import deal
from tests.commands import contents, run, write

BAD = {"deals/bad.md": deal(owner="owner: marai", front="channel: Fair: Berlin\nclose: 2026-11-19")}


@pytest.fixture
def bad(journal: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(journal, BAD)
    monkeypatch.chdir(journal)
    return journal


def test_what_was_fixed_is_told_and_what_remains(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("check", "--fix", capsys=capsys)
    assert code == 0  # what remains is a warning
    assert out.startswith(
        "deals/bad.md:3: fixed unknown-person: `marai` → `maria`\n"
        'deals/bad.md:6: fixed yaml-syntax: `channel: Fair: Berlin` → `channel: "Fair: Berlin"`\n\n'
        "deals/bad.md:7:8: warning[close-in-past]"
    )
    assert err == (
        "2 repairs made; `dealog undo` takes them back.\n1 warning in 1 file, as of 2026-11-20.\n"
    )
    text = BAD["deals/bad.md"].replace("marai", "maria").replace("Fair: Berlin", '"Fair: Berlin"')
    assert (bad / "deals/bad.md").read_text() == text
    now = contents(bad)
    assert run("check", "--fix", "--strict", capsys=capsys)[0] == 1
    assert contents(bad) == now


def test_repairs_are_told_where_what_takes_them_back_could_not_be_kept(
    bad: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cache, "write", lambda *_: False)
    _, _, err = run("check", "--fix", capsys=capsys)
    assert err.startswith("2 repairs made; `dealog undo` can't take this back: ")


def test_undo_takes_all_of_it_back(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(bad, {"deals/worse.md": deal(owner="owner: marai")})
    before = contents(bad)
    run("check", "--fix", capsys=capsys)
    assert contents(bad) != before
    assert run("undo", capsys=capsys)[0] == 0
    assert contents(bad) == before
    (bad / "deals/bad.md").unlink()
    assert "1 repair made; `dealog undo` takes it back." in run("check", "--fix", capsys=capsys)[2]


@pytest.mark.parametrize("options", [("--diff",), ("--fix", "--diff")])
def test_a_diff_writes_nothing(
    bad: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    before = contents(bad)
    code, out, err = run("check", *options, capsys=capsys)
    assert (code, contents(bad) == before) == (1, True)
    assert out.startswith("--- a/deals/bad.md\n+++ b/deals/bad.md\n@@ -1,8 +1,8 @@\n")
    assert "-owner: marai\n+owner: maria\n" in out
    assert err == "2 repairs to be made; 1 problem would remain.\n"
    patched = subprocess.run(["git", "apply", "-"], cwd=bad, input=out.encode(), check=False)
    assert patched.returncode == 0
    assert (
        'owner: maria\nstage: lead\nnext: 2026-12-01 Call Jane\nchannel: "Fair: Berlin"'
        in (bad / "deals/bad.md").read_text()
    )


def test_a_healthy_journal_has_nothing_to_fix(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in (("--fix",), ("--diff",), ()):
        assert run("-C", journal, "check", *options, capsys=capsys) == (
            0, "", "No problems in 1 deal and 1 contact, as of 2026-11-20.\n")  # fmt: skip


def test_json_has_what_remains(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("check", "--fix", "--format", "json", capsys=capsys)
    assert [problem["code"] for problem in json.loads(out)["problems"]] == ["close-in-past"]
    assert (code, err.count("fixed")) == (0, 2)


def test_files_that_can_t_be_read_are_no_hindrance(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bad / "deals/link.md").symlink_to("bad.md")
    (bad / "deals/odd.md").write_bytes(b"---\ntitle: K\xf6ln\n---\n")
    code, out, _ = run("check", "--fix", capsys=capsys)
    assert code == 1
    assert out.count(": fixed ") == 2
    assert "symlink" in out and "not-utf8" in out


def test_a_file_without_a_final_line_end(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bad / "deals/bad.md").write_bytes(deal(owner="owner: marai").rstrip("\n").encode())
    out = run("check", "--diff", capsys=capsys)[1]
    assert out.endswith(" ---\n\\ No newline at end of file\n")


def test_a_stage_that_git_shows(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-c", "user.name=M", "-c", "user.email=m@x.example"]
    text = deal(notes="## 2026-10-01 stage lead\n")
    write(bad, {"deals/bad.md": text})
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "one"], check=True)
    (bad / "deals/bad.md").write_text(text.replace("stage: lead\n", "stage: qualification\n", 1))
    code, out, _ = run("check", "--fix", capsys=capsys)
    assert (code, out) == (
        0,
        "deals/bad.md:4: fixed stage-mismatch: added `## 2026-11-20 stage qualification`\n\n",
    )
