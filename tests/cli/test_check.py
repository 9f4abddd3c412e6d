"""`dealog check`: what is printed where, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.catalogue import BASE, deal
from tests.commands import run, write


def test_check_is_silent_on_stdout_where_all_is_well(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", journal, "check", capsys=capsys) == (
        0, "", "No problems in 1 deal and 1 contact, as of 2026-11-20.\n")  # fmt: skip


def test_check_prints_problems_to_stdout(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, {"deals/bad.md": deal(stage="stage: leed")})
    monkeypatch.chdir(journal)
    code, out, err = run("check", capsys=capsys)
    assert (code, err) == (1, "1 error in 1 file, as of 2026-11-20.\n")
    assert out.startswith("deals/bad.md:4:8: error[unknown-stage]")
    assert "  4 | stage: leed\n    |        ^^^^\n  help: Did you mean `lead`?\n" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("stand", "folder", "begin"),
    [
        (".", ".", ""),
        (".", "./", ""),
        ("..", "sales", "sales/"),
        ("..", "./sales/", "sales/"),
        ("deals", "..", "../"),
        ("../..", "{parent}/sales", "{parent}/sales/"),
        ("..", "{absolute}", "sales/"),
        (".", "{absolute}", ""),
    ],
)
def test_paths_are_relative_to_where_one_stands(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    stand: str,
    folder: str,
    begin: str,
) -> None:
    sales = tmp_path / "sales"
    write(sales, {**BASE, "deals/bad.md": deal(stage="stage: leed")})
    monkeypatch.chdir(sales / stand)
    names = {"absolute": sales, "parent": tmp_path.name}
    folder, begin = folder.format(**names), begin.format(**names)
    at = f"{begin}deals/bad.md"
    assert run("-C", folder, "check", capsys=capsys)[1].startswith(f"{at}:4:8: error[")
    _, out, _ = run("-C", folder, "check", "--format", "github", capsys=capsys)
    assert out.startswith(f"::error file={at},line=4,")
    _, out, _ = run("-C", folder, "check", "--format", "json", capsys=capsys)
    assert json.loads(out)["problems"][0]["path"] == "deals/bad.md"
    _, _, err = run("-C", folder, "build", "-o", tmp_path / "site", capsys=capsys)
    assert err.startswith(f"{at}:4:8: error[")
    write(sales, {"pipeline.yml": "visibility: privat\n"})
    _, _, err = run("-C", folder, "build", "-o", tmp_path / "site", capsys=capsys)
    assert err.startswith(f"{begin}pipeline.yml:1:1: error[missing-field]")
    _, _, err = run("-C", folder, "import", "x.csv", "--map", "x.yml", capsys=capsys)
    assert err.startswith(f"{begin}pipeline.yml:1:1: error[missing-field]")


def test_colours_and_columns_follow_the_environment(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, {"deals/bad.md": deal(front=f"close: {'9' * 90}")})
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for command, stream in (("check", 1), ("build", 2)):
        shown = str(run("-C", journal, command, capsys=capsys)[stream])
        assert "\x1b[1;31merror[invalid-value]\x1b[0m" in shown
        assert "close: " + "9" * 36 + "…" in shown
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("-C", journal, "check", capsys=capsys)[1]


def test_strict_makes_warnings_count(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, {"deals/bad.md": deal(front="close: 2026-01-01")})
    assert run("-C", journal, "check", capsys=capsys)[0] == 0
    assert run("-C", journal, "check", "--strict", capsys=capsys)[0] == 1


def test_json_is_all_of_stdout(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, {"deals/bad.md": deal(stage="stage: leed")})
    code, out, err = run("-C", journal, "check", "--format", "json", capsys=capsys)
    assert (code, err) == (1, "")
    assert [p["code"] for p in json.loads(out)["problems"]] == ["unknown-stage"]


def test_today_can_be_asked_for(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run("-C", journal, "check", "--today", "2026-01-01", capsys=capsys)
    assert "as of 2026-01-01" in err
    code, _, err = run("-C", journal, "check", "--today", "2026-02-30", capsys=capsys)
    assert code == 2
    assert "`2026-02-28`" in err


@pytest.mark.parametrize(
    ("epoch", "code", "says"),
    [("1767225600", 0, "as of 2026-01-01"), ("soon", 2, "SOURCE_DATE_EPOCH")],
)
def test_the_epoch_is_today_where_nothing_pins_it(
    journal: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    epoch: str,
    code: int,
    says: str,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    write(journal, {"pipeline.yml": BASE["pipeline.yml"].replace("as-of: 2026-11-20\n", "")})
    ended, _, err = run("-C", journal, "check", capsys=capsys)
    assert ended == code
    assert says in err


def test_check_says_what_it_makes_of_the_address_of_a_folder(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address, reading in (
        ("tree/main/sales", "GitHub, branch `main`, folder `sales`"),
        ("tree/feature/x", "GitHub, branch `feature`, folder `x`"),
        ("tree/feature%2Fx", "GitHub, branch `feature/x`, at the top"),
    ):
        line = f"repository: https://github.com/kestrel/mono/{address}\n"
        write(journal, {"pipeline.yml": line + BASE["pipeline.yml"]})
        code, out, err = run("-C", journal, "check", capsys=capsys)
        assert (code, out) == (0, "")
        assert err.splitlines()[1:] == [f"`repository` is taken for {reading}."]


@pytest.mark.parametrize(
    ("top", "address", "lies_in"),
    [
        ("", "", None),
        ("..", "/tree/main/{name}", None),
        ("..", "", "`{name}`"),
        ("..", "/tree/main/other", "`{name}`"),
        ("", "/tree/main/{name}", "the top folder"),
    ],
)
def test_check_says_where_a_journal_lies_elsewhere_than_its_address(
    journal: Path, capsys: pytest.CaptureFixture[str], top: str, address: str, lies_in: str | None
) -> None:
    home = journal / "sales"
    write(home, dict(BASE))
    (home / top / ".git").mkdir()
    line = f"repository: https://github.com/kestrel/mono{address.format(name='sales')}\n"
    write(home, {"pipeline.yml": line + BASE["pipeline.yml"]})
    code, _, err = run("-C", home, "check", capsys=capsys)
    assert (code, "may lead nowhere" in err) == (0, lies_in is not None)
    assert (lies_in or "").format(name="sales") in err
    assert "may lead nowhere" not in run("-C", home, "check", "--format", "json", capsys=capsys)[2]


@pytest.mark.parametrize(
    ("top", "address", "head", "lines"),
    [
        ("..", "tree/feature/new/sales", "", ["If the branch is `feature/new`, {help}/sales`."]),
        ("..", "tree/feature%2Fnew/sales", "", []),
        ("", "tree/feature/new", "feature/new", ["If the branch is `feature/new`, {help}`."]),
        ("", "tree/feature/new", "main", ["may lead nowhere", "Or, if the branch is `feature/new`, {help}`."]),
        ("", "tree/feature%2Fnew", "feature/new", []),
        ("..", "tree/feature/new/other", "feature/new", ["may lead nowhere"]),
        ("..", "tree/main/offsales", "", ["may lead nowhere"]),
    ],
)  # fmt: skip
def test_check_says_how_a_slash_in_the_name_of_a_branch_is_written(
    journal: Path,
    capsys: pytest.CaptureFixture[str],
    top: str,
    address: str,
    head: str,
    lines: list[str],
) -> None:
    home, git = journal / "sales", journal / "sales" / top / ".git"
    git.mkdir(parents=True)
    (git / "HEAD").write_text(f"ref: refs/heads/{head}\n")
    url = "https://github.com/kestrel/mono/"
    write(home, dict(BASE))
    write(home, {"pipeline.yml": f"repository: {url}{address}\n{BASE['pipeline.yml']}"})
    _, _, err = run("-C", home, "check", capsys=capsys)
    help = f"write `%2F` for the slash in its name: `{url}tree/feature%2Fnew"
    for line in lines:
        assert line.format(help=help) in err
    assert ("may lead nowhere" in err) == ("may lead nowhere" in lines)
    assert ("%2F for" in err.replace("`", "")) == any("{help}" in line for line in lines)


@pytest.mark.parametrize("shape", ["gitlab", "sarif", "junit"])
def test_formats_for_other_programs(
    journal: Path, capsys: pytest.CaptureFixture[str], shape: str
) -> None:
    code, out, err = run("-C", journal, "check", "--format", shape, capsys=capsys)
    assert (code, err, "stage-skipped" in out) == (0, "", False)
    write(journal, {"deals/bad.md": deal(stage="stage: nowhere")})
    code, out, err = run("-C", journal, "check", "--format", shape, capsys=capsys)
    assert (code, err) == (1, "")
    assert "unknown-stage" in out and "bad.md" in out
