"""The command line as a user meets it: arguments in; exit code, output and files out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.load import loader
from tests import killing
from tests.catalogue import BASE, deal
from tests.commands import run, write
from tests.journals import write_odd
from tests.places import ROOT


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    write(tmp_path, dict(BASE))
    return tmp_path


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


def test_the_csv_and_the_map_of_an_import_are_named_as_they_were(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, {
        "exports/crm.csv": "Name,Stage\nAcme,Led\n",
        "exports/maps/crm.yml": "make: deals\n",
    })  # fmt: skip
    monkeypatch.chdir(journal.parent)
    at = f"{journal.name}/exports"
    files = (f"{at}/crm.csv", "--map", f"{at}/maps/crm.yml")
    code, _, err = run("-C", journal, "import", *files, capsys=capsys)
    assert code == 2
    assert err.startswith(f"{at}/maps/crm.yml:1:1: error[")


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


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "dealog init"),
        (["build"], "dealog init"),
        (["-C", "nowhere", "check"], "nowhere"),
        (["chek"], "chek"),
        (["check", "--fromat", "json"], "--fromat"),
        (["init", "--preset", "acquisiton"], "`acquisition`"),
    ],
)
def test_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    if arguments[0] != "-C":
        arguments = ["-C", str(tmp_path), *arguments]
    code, out, err = run(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


@pytest.mark.parametrize("preset", ["acquisition", "development", "modules", "simple"])
def test_init_makes_a_journal_that_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], preset: str
) -> None:
    folder = tmp_path / "new"
    assert run("init", folder, "--preset", preset, capsys=capsys)[0] == 0
    assert run("-C", folder, "check", "--strict", capsys=capsys)[0] == 0
    code, _, err = run("init", folder, "--preset", preset, capsys=capsys)
    assert code == 2
    assert "is there already" in err


def test_init_goes_on_where_it_was_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "whole"
    code, touches = killing.run("init", whole, watch=[whole])
    assert code == 0
    for moment in killing.moments(touches, 3, seed=3):
        folder = tmp_path / f"killed-at-{moment}"
        killing.run("init", folder, watch=[folder], kill_at=moment)
        is_done = (folder / "pipeline.yml").exists()
        assert run("init", folder, capsys=capsys)[0] == (2 if is_done else 0)
        for path in ("pipeline.yml", "deals/README.md", "contacts/README.md", ".gitignore"):
            assert (folder / path).read_bytes() == (whole / path).read_bytes()


@pytest.mark.parametrize("name", ["deals", "deals/README.md", "pipeline.yml"])
def test_init_writes_through_no_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    root, outside = tmp_path / "journal", tmp_path / "outside"
    (root / name).parent.mkdir(parents=True)
    outside.mkdir()
    (root / name).symlink_to(outside)
    code, _, err = run("init", root, capsys=capsys)
    assert (code, "is there already; nothing was written" in err) == (2, True)
    assert list(outside.iterdir()) == []


def test_build_writes_a_site_and_again_changes_nothing(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", journal, "build", capsys=capsys)
    assert (code, out) == (0, "")
    assert (journal / "_site" / "deals" / "acme.html").is_file()
    _, _, err = run("-C", journal, "build", capsys=capsys)
    assert "0 files changed, 0 removed" in err


def test_build_with_errors_builds_the_rest(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"deals/bad.md": deal(stage="stage: leed"), "deals/good.md": deal()})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    site = journal / "_site"
    assert code == 1
    assert "unknown-stage" in err
    assert (site / "deals" / "good.html").is_file()
    assert not (site / "deals" / "bad.html").exists()
    assert "unknown-stage" in (site / "problems.html").read_text("utf-8")


def test_build_prunes_what_it_wrote_and_nothing_else(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", journal, "build", capsys=capsys)
    (journal / "deals" / "acme.md").unlink()
    _, _, err = run("-C", journal, "build", capsys=capsys)
    assert "1 removed" in err
    assert not (journal / "_site" / "deals" / "acme.html").exists()
    (journal / "_site" / "mine.txt").write_text("keep")
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert "mine.txt" in err
    assert (journal / "_site" / "mine.txt").read_text() == "keep"


def test_a_public_journal_is_not_built_without_an_audience(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"pipeline.yml": BASE["pipeline.yml"].replace("private", "public")})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert "audience" in err
    assert not (journal / "_site").exists()


def test_nothing_is_built_where_nobody_says_who_may_read_it(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"pipeline.yml": BASE["pipeline.yml"].replace("private", "Private")})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert "pipeline.yml:3:13: error[invalid-value] `Private`" in err
    assert "nothing was built" in err
    assert not (journal / "_site").exists()


@pytest.mark.parametrize("pipelines", ["", "pipelines: {}\n", "pipelines: {a: {stages: {}}}\n"])
def test_without_a_pipeline_nothing_is_built(
    journal: Path, capsys: pytest.CaptureFixture[str], pipelines: str
) -> None:
    write(journal, {"pipeline.yml": f"visibility: private\n{pipelines}"})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 1
    assert "error[missing-field]" in err and "can't be understood" in err
    assert not (journal / "_site").exists()


def test_a_pipeline_that_is_broken_leaves_the_last_site(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", journal, "build", capsys=capsys)
    before = (journal / "_site" / "index.html").read_bytes()
    write(journal, {"pipeline.yml": "pipelines: [\n"})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 1
    assert "pipeline.yml:1:12: error[yaml-syntax]" in err
    assert (journal / "_site" / "index.html").read_bytes() == before


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **changes}


def test_the_same_input_gives_the_same_bytes(journal: Path) -> None:
    write(
        journal,
        {
            f"deals/d{n}.md": deal(front=f"value: {n}", notes="## 2026-10-01 call with jane-roe\n")
            for n in range(20)
        },
    )
    sites = []
    for number, changes in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
         {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"})):  # fmt: skip
        copy = journal.parent / f"elsewhere-{number}" / "journal"
        copy.parent.mkdir()
        for source in sorted(journal.rglob("*"), reverse=bool(number)):
            if source.is_file():
                (copy / source.relative_to(journal)).parent.mkdir(parents=True, exist_ok=True)
                (copy / source.relative_to(journal)).write_bytes(source.read_bytes())
        subprocess.run([sys.executable, "-m", "site_builder", "-C", str(copy), "build", "-o", str(copy.parent / "out")],
                       check=True, env=environment(**changes), capture_output=True)  # fmt: skip
        out = copy.parent / "out"
        sites.append(
            {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
        )
    assert sites[0] == sites[1]


def test_a_reader_that_goes_away_is_no_error(journal: Path) -> None:
    write(journal, {f"deals/d{n}.md": deal(front="x: y") for n in range(2_000)})
    command = f"{sys.executable} -m site_builder -C {journal} check | head -1"
    done = subprocess.run(
        ["bash", "-c", command], env=environment(), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


def test_closed_streams_are_no_bug(journal: Path) -> None:
    for closed in (">&-", "2>&-", ">&- 2>&-"):
        command = f"{sys.executable} -m site_builder -C {journal} build {closed}"
        assert (
            subprocess.run(["bash", "-c", command], env=environment(), check=False).returncode == 0
        )


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


ODD = b"deals/k\xf6ln\x1b[2J.md"


@pytest.mark.parametrize("shape", ["text", "json", "github"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_files_whose_names_are_no_text_are_listed(journal: Path, shape: str, encoding: str) -> None:
    write_odd(journal, ODD, "")
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "-C", str(journal), "check", "--format", shape],
        env=environment(PYTHONIOENCODING=encoding), capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, b"bug of ours" in done.stderr) == (1, False)
    assert rb"deals/k\xf6ln\u001b[2J.md" in done.stdout.replace(rb"\\", b"\\")
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize("shape", ["text", "json", "github"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252"])
def test_what_an_encoding_lacks_is_written_out(journal: Path, shape: str, encoding: str) -> None:
    write(journal, {"deals/bad.md": deal(stage="stage: łe\U0001f600d")})
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "-C", str(journal), "check", "--format", shape],
        env=environment(PYTHONIOENCODING=encoding), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    out = done.stdout.decode(encoding)
    if shape == "json":
        assert "`łe\U0001f600d`" in json.loads(out)["problems"][0]["message"]
    else:
        assert ("łe\U0001f600d" if encoding == "utf-8" else r"\u0142e\U0001f600d") in out


def test_beside_files_whose_names_are_no_text_the_rest_is_built(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_odd(journal, ODD, "")
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert (code, "\x1b" in err) == (1, False)
    assert (journal / "_site" / "deals" / "acme.html").is_file()
    problems = (journal / "_site" / "problems.html").read_text("utf-8")
    assert r"deals/k\xf6ln\u001b[2J.md:1:1" in problems


def test_what_a_link_leads_to_is_shown_nowhere(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (journal / "outside.txt").write_text("token: not-for-your-eyes\n")
    for path in ("deals/link.md", "deals/link.txt", "templates/x.html", "Pipeline.yml"):
        (journal / path).parent.mkdir(exist_ok=True)
        (journal / path).symlink_to(journal / "outside.txt")
    for arguments in ("check", "check --format json", "check --format github", "build"):
        code, out, err = run("-C", journal, *arguments.split(), capsys=capsys)
        assert (code, "symbolic link" in out + err) == (1, True)
        assert "eyes" not in out + err
    pages = [page.read_text("utf-8") for page in (journal / "_site").rglob("*.html")]
    assert any("symlink" in page for page in pages)
    assert not any("eyes" in page for page in pages)


def test_names_in_the_way_do_not_drive_the_terminal(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (journal / "out").mkdir()
    (journal / "out" / "\x1b[2J").touch()
    code, _, err = run("-C", journal, "build", "-o", journal / "out", capsys=capsys)
    assert (code, "\x1b" in err) == (2, False)
    assert "`\ufffd[2J`" in err


def test_a_folder_inside_a_journal_is_told_where_the_journal_is(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", journal / "deals", "check", capsys=capsys)
    assert code == 2
    assert "There is one above" in err


def test_warnings_do_not_bury_what_a_build_says(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"deals/bad.md": deal(front="close: 2026-01-01")})
    _, _, err = run("-C", journal, "build", capsys=capsys)
    assert "close-in-past" not in err
    assert "`dealog check`" in err
    code, _, err = run("-C", journal, "build", "--strict", capsys=capsys)
    assert code == 1
    assert "close-in-past" in err


def test_a_bug_of_ours_is_named_as_one(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(loader, "load", broken)
    code, _, err = run("-C", journal, "check", capsys=capsys)
    assert code == 3
    assert "a bug of ours" in err
    assert "Traceback" not in err


def test_interrupting_is_no_bug(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loader, "load", interrupted)
    assert run("-C", journal, "check", capsys=capsys)[0] == 130


PEOPLE = "Key,Name,E-mail\n1,Tom Brown,tom@brown.example\n2,,nobody\n"
PEOPLE_MAP = "import: contacts\nsource: people\nkey: Key\nfields: {name: Name, email: E-mail}\n"


def test_import_writes_what_it_can_and_tells_the_rest(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"people.csv": PEOPLE, "map.yml": PEOPLE_MAP})
    command = ("-C", journal, "import", journal / "people.csv", "--map", journal / "map.yml")
    code, out, err = run(*command, "--dry-run", capsys=capsys)
    assert code == 1
    assert "1 file would be made" in out
    assert "people.csv:3:" in err
    assert not (journal / "contacts" / "tom-brown.md").exists()
    run(*command, capsys=capsys)
    assert "Tom Brown" in (journal / "contacts" / "tom-brown.md").read_text("utf-8")
    _, out, _ = run(*command, capsys=capsys)
    assert "0 files made" in out


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
@pytest.mark.parametrize("name", ["contacts", "deals"])
def test_import_writes_through_no_folder_that_is_a_link(
    journal: Path, capsys: pytest.CaptureFixture[str], name: str, more: tuple[str, ...]
) -> None:
    write(journal, {"people.csv": PEOPLE, "map.yml": PEOPLE_MAP})
    (journal / name).rename(journal / ".elsewhere")
    (journal / name).symlink_to(journal / ".elsewhere")
    command = ("-C", journal, "import", journal / "people.csv", "--map", journal / "map.yml")
    code, out, err = run(*command, *more, capsys=capsys)
    assert (code, out) == (2, "")
    assert f"{name} is a symbolic link, which is not followed" in err
    assert err.endswith("put the folder itself in its place.\n")


def test_a_dry_run_shows_one_file_whole_and_writes_nothing(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"people.csv": "Key,Name,E-mail\n1,Jo \u202eMarsh,\n", "map.yml": PEOPLE_MAP})
    before = sorted(journal.rglob("*"))
    command = ("-C", journal, "import", journal / "people.csv", "--map", journal / "map.yml")
    code, out, _ = run(*command, "--dry-run", capsys=capsys)
    assert (code, sorted(journal.rglob("*"))) == (0, before)
    assert "1 file would be made, 0 would be added to.\n  contacts/jo-marsh.md\n" in out
    assert out.endswith(
        "\nOne of them whole, contacts/jo-marsh.md:\n\n"
        "---\nname: Jo \ufffdMarsh\nx-source-id: people:1\n---\n"
    )
    _, out, _ = run(*command, capsys=capsys)
    assert "whole" not in out
    _, out, _ = run(*command, "--dry-run", capsys=capsys)
    assert out == "1 row: 1 there already.\n0 files would be made, 0 would be added to.\n"


def test_import_needs_a_journal_a_file_and_a_map_that_fit(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = journal
    write(outside, {"people.csv": PEOPLE, "map.yml": "import: nothing\n"})
    csv, map_file = outside / "people.csv", outside / "map.yml"
    for arguments, says in (
        (("-C", outside / "none", "import", csv, "--map", map_file), "none"),
        (("-C", journal, "import", outside / "no.csv", "--map", map_file), "no.csv"),
        (("-C", journal, "import", csv, "--map", outside / "no.yml"), "no.yml"),
        (("-C", journal, "import", csv, "--map", map_file), "map.yml:1:9"),
    ):
        code, out, err = run(*arguments, capsys=capsys)
        assert (code, out) == (2, "")
        assert says in err
        assert "Traceback" not in err


def test_a_journal_whose_pipeline_has_another_ending_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pipeline.yaml").write_text("journal: A\n", "utf-8")
    code, _, err = run("-C", tmp_path, "check", capsys=capsys)
    assert code == 2 and "Rename pipeline.yaml to pipeline.yml." in err


@pytest.mark.parametrize(
    "command", [["check"], ["build"], ["import", "deals.csv", "--map", "map.yml"]]
)
def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    code, _, err = run("-C", tmp_path / "nowhere", *command, capsys=capsys)
    assert (code, err) == (2, f"dealog: There is no folder {tmp_path / 'nowhere'}.\n")
    assert not (tmp_path / "nowhere").exists()


def test_the_map_in_the_help_of_import_fits_a_new_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", ".", "--preset", "simple", capsys=capsys)[0] == 0
    code, help, _ = run("import", "--help", capsys=capsys)
    begin, _, behind = help.partition("    import: deals")
    example = f"    import: deals{behind.partition('Begin with')[0]}"
    rows = 'Record ID,Deal Name,Deal Owner,Deal Stage,Amount\n7,Ovens,me,Qualified,"1,200.50"\n'
    write(tmp_path, {"map.yml": example, "deals.csv": rows})
    assert (code, begin != help) == (0, True)
    code, out, err = run("import", "deals.csv", "--map", "map.yml", capsys=capsys)
    assert (code, err) == (0, "") and "1 row: 1 taken." in out
    made = (tmp_path / "deals" / "ovens.md").read_text(encoding="utf-8")
    assert "title: Ovens\nowner: me\nstage: talking\nvalue: 1200.5\n" in made


def test_a_journal_whose_pipeline_is_a_link_of_another_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shared.yml").write_text("visibility: private\n")
    (tmp_path / "pipeline.yaml").symlink_to("shared.yml")
    code, _, err = run("-C", tmp_path, "check", capsys=capsys)
    assert code == 2
    assert "pipeline.yaml is a symbolic link, which is not followed" in err
    assert "put the file itself here, as pipeline.yml." in err
