"""What all commands that edit have in common, on a journal in git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands import run, write

DEAL = "---\ntitle: Two sites\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"


@pytest.fixture
def acme(journal: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal of the catalogue with a deal `two-sites`, in git."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    write(journal, {"deals/two-sites.md": DEAL})
    config = journal / "pipeline.yml"
    config.write_text(
        config.read_text().replace("{name: Maria Lopez}", "{name: Maria, email: m@k.example}")
    )
    for arguments in (
        ["init", "-q"],
        ["config", "user.email", "M@k.example"],
        ["config", "user.name", "M"],
        ["add", "."],
        ["commit", "-qm", "Begin"],
    ):
        subprocess.run(["git", "-C", journal, *arguments], check=True)
    return journal


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True)
    return done.stdout.decode()


def text(folder: Path) -> str:
    return (folder / "deals/two-sites.md").read_text()


def test_who_did_it_is_whose_address_git_has(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", acme, "log", "two", "Called John", capsys=capsys)
    assert (code, err) == (0, "")
    assert out.endswith("two-sites.md\n  +\n  + ## 2026-11-20 call by maria — Called John\n")
    assert text(acme) == DEAL + "\n## 2026-11-20 call by maria — Called John\n"


def test_a_commit_has_the_file_alone(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (acme / "other").write_text("x")
    _, _, err = run("-C", acme, "next", "two", "fri", "Send it", "--commit", capsys=capsys)
    assert "two-sites: next 2026-11-27 Send it" in err
    assert git(acme, "log", "-1", "--format=%s") == "two-sites: next 2026-11-27 Send it\n"
    assert git(acme, "show", "--name-only", "--format=") == "deals/two-sites.md\n"
    assert git(acme, "status", "--porcelain") == "?? other\n"


def test_an_edit_that_would_be_wrong_is_told_as_check_would_and_not_made(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", acme, "set", "two", "close", "30.11.2026", capsys=capsys)
    assert (code, out) == (1, "")
    assert "deals/two-sites.md:5:8: error[invalid-value]" in err
    assert err.endswith("dealog: Nothing was written, for this would be wrong.\n")
    assert text(acme) == DEAL


def test_problems_that_were_there_are_no_hindrance(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = DEAL.replace("lead\n", "lead\nvlaue: 3\n")
    (acme / "deals/two-sites.md").write_text(broken)
    assert run("-C", acme, "log", "two", "Hm", capsys=capsys)[0] == 0
    assert text(acme).startswith(broken)


def test_a_next_step_may_be_one_word(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("-C", acme, "next", "two", "2026-12-01 Send it", capsys=capsys)
    assert (code, "+ next: 2026-12-01 Send it\n" in out) == (0, True)


def test_a_loss_has_any_reason_where_pipeline_yml_names_none(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = acme / "pipeline.yml"
    lines = place.read_text("utf-8").splitlines(keepends=True)
    place.write_text(
        "".join(line for line in lines if not line.startswith("lost-reasons")), "utf-8"
    )
    code, _, err = run("-C", acme, "lost", "two", "--reason", "Too dear", capsys=capsys)
    assert (code, "lost-reason:: Too dear\n" in text(acme)) == (0, True), err


def test_warnings_that_come_are_shown(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("-C", acme, "next", "two", "none", capsys=capsys)
    assert (code, "warning[no-next-step]" in err) == (0, True)


def test_where_there_is_none_it_is_said_how_one_is_begun(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in acme.glob("deals/*"):
        file.unlink()
    code, _, err = run("-C", acme, "next", "two", "fri", "Call", capsys=capsys)
    assert (code, "There is no deal `two`. There are none yet: begin one" in err) == (2, True), err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["log", "twoo-sites", "x"], "There is no deal or contact `twoo-sites`. Did you mean"),
        (
            ["log", "two", "x", "--by", "marai"],
            "Nobody of the team is `marai`. Did you mean `maria`",
        ),
        (["log", "two", "x", "--date", "soon"], "`soon` is no day. Write a day as"),
        (["log", "two", "x", "--to", "jane-roe", "--from", "jane-roe"], "use one of them"),
        (["log", "two", "x", "--set", "value"], "`value` sets nothing: write FIELD=VALUE"),
        (["log", "two", "x", "--set", "text=y"], "`text=y` sets nothing: write FIELD=VALUE"),
        (["log", "two", "x", "--set", "a b=c"], "`a b=c` sets nothing: write FIELD=VALUE"),
        (["log", "two", "x", "--set", "value=1", "--set", "value=2"], "`value` is set twice"),
        (["log", "two", "x", "--time", "9"], "is not a time"),
        (["log", "two", "x", "--kind", "stage"], "entered by `dealog move two-sites STAGE`"),
        (["log", "two", "x", "--kind", "call: x"], "`call: x` is no kind of note: write one as"),
        (["log", "two", "x", "--with", ","], "Whom does --with mean?"),
        (["log", "two", "a\udcff"], "What you gave is no text in UTF-8"),
        (["log", "2026/two", "x"], "is no deal or contact. Write its id, or `deals/ID`"),
        (["log", "two", "- x"], "Text that begins with `-` stands behind all options and `--`"),
        (["won", "two", "--stage", "lead"], "`lead` is no won stage"),
        (["set", "two", "X-Y", "z"], "One of your own begins with `x-`: `x-x-y`"),
        (["set", "two", "x-a: b", "z"], "has no field `x-a: b`"),
        (["next", "two", "fri"], "What is the step? `dealog next two-sites fri TEXT`"),
        (["done", "two"], "Which step is done? `dealog done two-sites STEP`."),
        (["lost", "two"], "Why was it lost? Give --reason: `price`"),
        (["lost", "two", "--reason", "prize"], "There is no lost reason `prize`. Did you mean"),
        (["lost", "two", "--reason", "bored to tears"], "The reasons: `price`, `other`."),
        (["lost", "two", "--reason", "price", "--stage", "lead"], "`lead` is no lost stage"),
        (["move", "two", "lost"], "A loss has a reason: `dealog lost two-sites --reason"),
        (["set", "two", "value"], "Give `value` a value, or take it away with --none"),
        (["set", "two", "title=Two sites"], "two words: `dealog set two title 'Two sites'`"),
        (["new", "deal", "x", "--owner", "x"], "Nobody of the team is `x`"),
        (["new", "deal", "x", "--next", "fri"], "What is the next step?"),
        (["undo"], "Nothing is known here that could be taken back"),
    ],
)
def test_what_can_t_be_done_is_told_with_what_to_type(
    acme: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", acme, *arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert said in err
    assert git(acme, "status", "--porcelain") == ""


@pytest.mark.parametrize("said", ["deals/2026/old.yaml", "./deals/2026/old.yaml", "deals/old"])
def test_a_file_may_be_named_by_its_path(
    acme: Path, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(acme, {"deals/2026/old.yaml": "title: Old\nowner: maria\nstage: lead\n"})
    assert run("-C", acme, "log", said, "x", capsys=capsys)[0] == 0
    assert "headline: x" in (acme / "deals/2026/old.yaml").read_text()


def test_one_slip_is_told_once(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("-C", acme, "won", "two", "--value", "5k", "--override", "x", capsys=capsys)
    assert (code, err.count("error[")) == (1, 1)
    assert "--override" not in err


def test_a_file_that_would_be_too_large_is_told_so(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", acme, "log", "two", "a" * 300_000, capsys=capsys)
    assert (code, "error[too-large]" in err) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [["log", "two", "x"], ["set", "two", "value", "5"], ["new", "deal", "x", "--id", "x"]],
)
def test_no_note_is_written_of_a_day_ahead_of_the_journal_s_own(
    acme: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", acme, *arguments, "--today", "2027-01-05", capsys=capsys)
    assert code == 2
    assert (
        "A note of 2027-01-05 would be of the future, for 2026-11-20 is the day of `as-of`" in err
    )
    assert "leave out --today, or say --date" in err
    assert git(acme, "status", "--porcelain") == ""
    later = ["--today", "2027-01-05", "--date", "2026-11-20"]
    assert run("-C", acme, *arguments, *later, capsys=capsys)[0] == 0
    assert run("-C", acme, "check", capsys=capsys)[0] == 0


def test_what_is_no_note_may_be_said_of_any_day(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    step = ["next", "two", "tomorrow", "Call", "--today", "2027-01-05"]
    assert run("-C", acme, *step, capsys=capsys)[0] == 0
    assert "next: 2027-01-06 Call" in text(acme)


def test_fields_of_notes_take_days_and_parts_of_ids(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ["--kind", "referral", "--set", "who=jane", "--set", "close=fri", "--set", "owner=mar"]
    assert run("-C", acme, "log", "two", "x", *said, capsys=capsys)[0] == 0
    assert "who:: jane-roe\nclose:: 2026-11-27\nowner:: maria\n" in text(acme)


def test_a_commit_from_within_a_folder_beside_what_is_staged(
    acme: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (acme / "other").write_text("x")
    git(acme, "add", "other")
    monkeypatch.chdir(acme / "deals")
    assert run("-C", "..", "log", "two", "x", "--commit", capsys=capsys)[0] == 0
    assert git(acme, "show", "--name-only", "--format=") == "deals/two-sites.md\n"
    assert git(acme, "status", "--porcelain") == "A  other\n"


def test_a_commit_passes_over_what_git_never_knew(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", acme, "new", "contact", "Ann Poe", capsys=capsys)
    renaming = ["rename", "ann-poe", "ann-roe", "--commit"]
    assert run("-C", acme, *renaming, capsys=capsys)[0] == 0
    assert git(acme, "show", "--name-only", "--format=") == "contacts/ann-roe.md\n"
    run("-C", acme, "new", "contact", "Bo", capsys=capsys)
    code, _, err = run("-C", acme, "undo", "--commit", capsys=capsys)
    assert (code, "git says: there is nothing to commit" in err) == (2, True)


def test_a_commit_has_all_files_that_a_merge_changes(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(acme, {"contacts/jr.md": "---\nname: Jane Roe\nemail: j@x.example\n---\n"})
    git(acme, "add", ".")
    git(acme, "commit", "-qm", "More")
    (acme / "deals/two-sites.md").write_text(DEAL + "\nWith [[jr]].\n")
    (acme / "other").write_text("x")
    assert run("-C", acme, "merge", "jr", "jane-roe", "--commit", capsys=capsys)[0] == 0
    assert git(acme, "log", "-1", "--format=%s") == "Merge jr into jane-roe\n"
    assert set(git(acme, "show", "--name-only", "--no-renames", "--format=").split()) == {
        "contacts/jane-roe.md",
        "contacts/jr.md",
        "deals/two-sites.md",
    }
    assert git(acme, "status", "--porcelain") == "?? other\n"


def test_while_a_merge_goes_on_nothing_is_committed_alone(
    acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main = git(acme, "branch", "--show-current").strip()
    git(acme, "branch", "side")
    for branch in ("side", main):
        git(acme, "checkout", "-q", branch)
        (acme / "other").write_text(branch)
        git(acme, "add", "other")
        git(acme, "commit", "-qm", branch)
    subprocess.run(["git", "-C", acme, "merge", "side"], check=False, capture_output=True)
    code, _, err = run("-C", acme, "log", "two", "x", "--commit", capsys=capsys)
    assert (code, "is written, and not committed. A merge is going on" in err) == (2, True)
    assert "M  deals/two-sites.md\n" in git(acme, "status", "--porcelain")


def test_all_lines_that_change_are_shown(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("-C", acme, "log", "two", "a\n++b", capsys=capsys)
    assert "  + ++b\n" in out
