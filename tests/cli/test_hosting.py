"""`dealog init --ci`: what a host runs, beside what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder import __version__
from tests.commands import contents, run

GITHUB = (
    ".github/ISSUE_TEMPLATE/dealog-log-note.yml",
    ".github/ISSUE_TEMPLATE/dealog-move-deal.yml",
    ".github/ISSUE_TEMPLATE/dealog-new-lead.yml",
    ".github/ISSUE_TEMPLATE/dealog-next-step.yml",
    ".github/workflows/dealog-comment.yml",
    ".github/workflows/dealog-forms.yml",
    ".github/workflows/dealog-review.yml",
    ".github/workflows/dealog-site.yml",
)


def test_a_journal_that_is_there_gets_them_and_nothing_else(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(journal)
    code, out, err = run("-C", journal, "init", "--ci", "github", capsys=capsys)
    assert code == 0
    assert {path: data for path, data in contents(journal).items() if path not in GITHUB} == before
    assert set(contents(journal)) == {*before, *GITHUB}
    assert len(out.splitlines()) == 8
    assert "public on most plans" in err and "issue-forms: yes" in err
    assert "8 of 8 files written for github." in err and f"install dealog {__version__} from" in err
    again = run("-C", journal, "init", "--ci", "github", capsys=capsys)
    assert (again[0], again[1]) == (0, "")
    assert "0 of 8 files written for github; 8 are there already." in again[2]
    assert "install" not in again[2]
    assert run("-C", journal, "check", capsys=capsys)[0] == 0


def test_a_new_journal_gets_them_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "new"
    assert run("init", root, "--preset", "modules", "--ci", "gitlab", capsys=capsys)[0] == 0
    assert {"pipeline.yml", ".gitlab-ci.yml", ".gitlab/dealog.yml"} <= contents(root).keys()
    code, _, err = run("init", root, "--preset", "simple", "--ci", "github", capsys=capsys)
    assert (code, "leave --preset out" in err) == (2, True)


@pytest.mark.parametrize(
    ("host", "paths", "told"),
    [
        ("netlify", ["netlify.toml"], "until a password is set there"),
        ("cloudflare", ["dealog-site.sh", "wrangler.toml"], "until there is a policy for it"),
        ("server", [f"publishing/{name}" for name in ("Caddyfile", "nginx.conf", "publish.sh")],
         "unless that asks for passwords"),
    ],
)  # fmt: skip
def test_a_host_of_sites_gets_what_it_reads(
    journal: Path, capsys: pytest.CaptureFixture[str], host: str, paths: list[str], told: str
) -> None:
    before = contents(journal)
    code, out, err = run("-C", journal, "init", "--ci", host, capsys=capsys)
    assert (code, len(out.splitlines())) == (0, len(paths)) and told in err
    assert (f"install dealog {__version__} from" in err) == (host != "server")
    assert contents(journal).keys() == {*before, *paths}
    assert run("-C", journal, "check", capsys=capsys)[0] == 0


def test_what_says_something_else_stays(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (".gitlab-ci.yml", ".github/workflows/dealog-site.yml"):
        (journal / path).parent.mkdir(parents=True, exist_ok=True)
        (journal / path).write_text("ours: yes\n")
    _, out, err = run("-C", journal, "init", "--ci", "gitlab", capsys=capsys)
    assert ".gitlab-ci.yml is left as it is" in err and "`- local: .gitlab/dealog.yml`" in err
    assert out.endswith(".gitlab/dealog.yml\n")
    _, _, err = run("-C", journal, "init", "--ci", "github", capsys=capsys)
    assert "dealog-site.yml is left as it is" in err and "7 of 8 files written" in err
    for path in (".gitlab-ci.yml", ".github/workflows/dealog-site.yml"):
        assert (journal / path).read_text() == "ours: yes\n"


def test_a_journal_in_a_folder_is_named_at_the_top(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    assert run("init", tmp_path / "our/sales", "--ci", "github", capsys=capsys)[0] == 0
    text = (tmp_path / ".github/workflows/dealog-review.yml").read_text()
    assert 'JOURNAL: "our/sales"' in text
    odd = tmp_path / 'a" ${{ secrets.X }}'
    code, _, err = run("init", odd, "--ci", "github", capsys=capsys)
    assert (code, "can't be named in a workflow" in err) == (2, True)
    assert "secrets.X" not in (tmp_path / ".github/workflows/dealog-review.yml").read_text()


@pytest.mark.parametrize(
    "name", [".github", ".github/workflows", ".github/workflows/dealog-site.yml"]
)
def test_it_writes_through_no_link(
    journal: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:  # fmt: skip
    outside = tmp_path_factory.mktemp("outside")
    (journal / name).parent.mkdir(parents=True, exist_ok=True)
    (journal / name).symlink_to(outside)
    code, _, err = run("-C", journal, "init", "--ci", "github", capsys=capsys)
    assert (code, "symbolic link" in err) == (2, True)
    assert list(outside.iterdir()) == []


def test_a_pipeline_that_can_not_be_read_is_told(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (journal / "pipeline.yml").write_text("pipelines: 3\n")
    code, _, err = run("-C", journal, "init", "--ci", "github", capsys=capsys)
    assert (code, "pipeline.yml has errors" in err) == (2, True)
    assert not (journal / ".github").exists()
