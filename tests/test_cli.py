"""The command line as a whole, as a user meets it: arguments in; exit code, output and files out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.load import loader
from tests.catalogue import deal
from tests.commands import contents, run, write
from tests.journals import write_odd
from tests.places import ROOT


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
        sites.append(contents(copy.parent / "out"))
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


ODD = b"deals/k\xf6ln\x1b[2J.md"
SHAPES = ("text", "json", "github")
CHECKS = """
import sys
from site_builder.cli.main import main
for shape in sys.argv[2:]:
    try:
        main(["-C", sys.argv[1], "check", "--format", shape])
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stdout.buffer.write(b"\\0%d\\0" % ended.code)
"""


def checked(journal: Path, encoding: str) -> dict[str, bytes]:
    """What a check tells in each shape where outputs have an encoding; each ends with errors."""
    command = [sys.executable, "-c", CHECKS, str(journal), *SHAPES]
    env = environment(PYTHONIOENCODING=encoding)
    done = subprocess.run(command, env=env, capture_output=True, check=True)
    assert b"bug of ours" not in done.stderr
    command = [sys.executable, "-m", "site_builder", "-C", str(journal), "check"]
    alone = subprocess.run(command, env=env, capture_output=True, check=False)
    *told, end = done.stdout.split(b"\0")
    assert (alone.stdout, alone.returncode) == (told[0], 1)
    assert (told[1::2], end) == ([b"1"] * len(SHAPES), b"")
    return dict(zip(SHAPES, told[::2], strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_files_whose_names_are_no_text_are_listed(journal: Path, encoding: str) -> None:
    write_odd(journal, ODD, "")
    for shape, out in checked(journal, encoding).items():
        assert rb"deals/k\xf6ln\u001b[2J.md" in out.replace(rb"\\", b"\\"), shape
        assert b"\x1b" not in out, shape


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252"])
def test_what_an_encoding_lacks_is_written_out(journal: Path, encoding: str) -> None:
    write(journal, {"deals/bad.md": deal(stage="stage: łe\U0001f600d")})
    told = checked(journal, encoding)
    found = json.loads(told.pop("json").decode(encoding))["problems"]
    assert "`łe\U0001f600d`" in found[0]["message"]
    for shape, out in told.items():
        shown = "łe\U0001f600d" if encoding == "utf-8" else r"\u0142e\U0001f600d"
        assert shown in out.decode(encoding), shape


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


def test_a_journal_whose_pipeline_is_a_link_of_another_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shared.yml").write_text("visibility: private\n")
    (tmp_path / "pipeline.yaml").symlink_to("shared.yml")
    code, _, err = run("-C", tmp_path, "check", capsys=capsys)
    assert code == 2
    assert "pipeline.yaml is a symbolic link, which is not followed" in err
    assert "put the file itself here, as pipeline.yml." in err


def test_beside_files_whose_names_are_no_text_the_rest_is_built(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_odd(journal, ODD, "")
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert (code, "\x1b" in err) == (1, False)
    assert (journal / "_site" / "deals" / "acme.html").is_file()
    problems = (journal / "_site" / "problems.html").read_text("utf-8")
    assert r"deals/k\xf6ln\u001b[2J.md:1:1" in problems
