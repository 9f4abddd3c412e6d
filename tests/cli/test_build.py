"""`dealog build`: what is written, what is left, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogue import BASE, deal
from tests.commands import run, write


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
    assert "6 removed" in err  # its page, and the lists of the forecast that only it was in
    assert not (journal / "_site" / "deals" / "acme.html").exists()
    assert [page.name for page in (journal / "_site").glob("forecast*")] == ["forecast.html"]
    (journal / "_site" / "mine.txt").write_text("keep")
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert "mine.txt" in err
    assert (journal / "_site" / "mine.txt").read_text() == "keep"


def test_a_public_journal_is_not_built(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, {"pipeline.yml": BASE["pipeline.yml"].replace("private", "public")})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert (
        "only private sites can be built, so nothing was built: write `visibility: private`." in err
    )
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
