"""A build over what an earlier one left: nothing is loaded or rendered where all is as it was,
and the folder is always what a build into an empty one makes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.load import loader
from site_builder.pages.page import Page
from site_builder.site.render import Renderer
from tests.catalogue import BASE, PIPELINE, deal
from tests.commands import contents, run, write

pytestmark = pytest.mark.usefixtures("templates_loaded_once")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    write(tmp_path / "j", {**BASE, "deals/bad.md": deal(stage="stage: leed")})
    return tmp_path / "j"


def built(journal: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    """What a build says; the site is that of a build into an empty folder, which says the same
    but for what it wrote."""
    code, out, err = run("-C", journal, "build", *more, capsys=capsys)
    clean = _clean(journal, more, capsys)
    assert contents(journal / "_site") == clean.site
    told = _told(err, journal)
    assert (code, out, told[:-1]) == (clean.code, clean.out, clean.told[:-1])
    assert told[-1].rpartition("removed. ")[2] == clean.told[-1].rpartition("removed. ")[2]
    return code, err.splitlines()[-1].partition(": ")[2]


class Clean(NamedTuple):
    """What a build into an empty folder leaves and says."""

    site: dict[str, bytes]
    code: int
    out: str
    told: list[str]


_KNOWN: dict[object, Clean] = {}


def _told(err: str, journal: Path) -> list[str]:
    """The lines that were told, wherever the journal is."""
    return err.replace(str(journal), "J").replace(os.path.relpath(journal), "J").splitlines()


def _clean(journal: Path, more: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> Clean:
    """Made once of the same journal, for it makes the same each time, as other tests hold."""
    files = {path: data for path, data in contents(journal).items() if path[:6] != "_site/"}
    key = (more, tuple(sorted(files.items())))
    if key not in _KNOWN:
        fresh = journal.parent / "fresh"
        code, out, err = run(
            "-C", journal, "build", "-o", fresh, "--no-cache", *more, capsys=capsys
        )
        told = _told(err, journal)
        _KNOWN[key] = Clean(contents(fresh), code, out, told)
        shutil.rmtree(fresh)
    return _KNOWN[key]


def test_nothing_is_loaded_where_nothing_changed(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(journal, capsys)
    again = run("-C", journal, "build", capsys=capsys)
    assert " 0 files changed, 0 removed." in again[2] and again[0] == first[0] == 1
    with monkeypatch.context() as patched:
        patched.setattr(loader, "load", None)
        assert run("-C", journal, "build", capsys=capsys) == again
        assert run("-C", journal, "check", capsys=capsys)[0] == 1
    assert built(journal, capsys)[1] == again[2].splitlines()[-1].partition(": ")[2]


def touched(site: Path) -> dict[str, Callable[[], object]]:
    index, page = site / "index.html", site / "deals" / "acme.html"
    manifest = site / ".dealog-manifest"

    def same_size_and_time() -> None:
        before = index.stat()
        index.write_bytes(index.read_bytes()[::-1])
        os.utime(index, ns=(before.st_atime_ns, before.st_mtime_ns))

    return {
        "edited": lambda: index.write_text("mine"),
        "same size and time": same_size_and_time,
        "touched": index.touch,
        "gone": page.unlink,
        "folder gone": lambda: shutil.rmtree(site / "deals"),
        "site gone": lambda: shutil.rmtree(site),
        "manifest longer": lambda: manifest.write_text(manifest.read_text() + "x\n"),
        "swapped": lambda: (
            page.rename(site / "x"),
            index.rename(page),
            (site / "x").rename(index),
        ),
    }


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal for several tests, which change its site alone."""
    folder = tmp_path_factory.mktemp("lasting") / "j"
    write(folder, {**BASE, "deals/bad.md": deal(stage="stage: leed")})
    return folder


@pytest.mark.parametrize("name", list(touched(Path())))
def test_a_page_that_is_not_what_was_built_is_built_again(
    lasting: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    built(lasting, capsys)
    touched(lasting / "_site")[name]()
    built(lasting, capsys)


def test_what_no_build_wrote_is_refused_still(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(journal, capsys)
    (journal / "_site" / "mine.txt").write_text("")
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2 and "mine.txt" in err
    (journal / "_site" / "mine.txt").unlink()
    (journal / "_site" / ".DS_Store").write_text("")
    (journal / "_site" / "empty").mkdir()
    assert run("-C", journal, "build", capsys=capsys)[0] == 1
    (journal / "_site" / ".dealog-manifest").unlink()
    assert run("-C", journal, "build", capsys=capsys)[0] == 2


def test_templates_and_their_files_count(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built(journal, capsys)
    for path, text in (("templates/notfound.html", "Gone."), ("templates/notfound.html", "Away."),
                       ("templates/assets/own.css", "a{}"), ("templates/assets/own.css", "b{}")):  # fmt: skip
        write(journal, {path: text})
        assert " 0 files changed" not in built(journal, capsys)[1]
    shutil.rmtree(journal / "templates")
    assert " 1 removed" in built(journal, capsys)[1]


def test_a_check_between_two_builds_hides_nothing(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(journal, capsys)
    write(journal, {"deals/bad.md": deal()})
    run("-C", journal, "check", capsys=capsys)
    assert built(journal, capsys)[0] == 0


def test_a_day_and_back(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, {"pipeline.yml": PIPELINE})
    first = built(journal, capsys)
    assert built(journal, capsys, "--today", "2027-01-02") != first
    built(journal, capsys)
    assert built(journal, capsys, "--strict")[0] == 1


def test_what_builds_nothing_leaves_the_last_site(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(journal, capsys)
    before = contents(journal / "_site")
    for text, code in (("journal: [", 1), (PIPELINE.replace("private", "public"), 2),
                       (PIPELINE.replace("private", "x"), 2)):  # fmt: skip
        write(journal, {"pipeline.yml": text})
        first = run("-C", journal, "build", capsys=capsys)
        assert first[0] == code and run("-C", journal, "build", capsys=capsys) == first
        assert contents(journal / "_site") == before


def kept(home: Path) -> list[Path]:
    """The files of a journal; what templates were compiled to is another matter."""
    return sorted(path for path in home.rglob("*") if path.is_file() and path.parent.name != "all")


@pytest.mark.parametrize("how", ["damaged", "cut off", "gone", "older"])
def test_what_is_kept_may_be_damaged(
    journal: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    """One file after another, each where the last build kept all of them anew."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(journal, {f"deals/d{n}.md": deal(notes="## 2026-11-01 call\n\nSo.\n") for n in range(4)})
    built(journal, capsys)
    older = contents(tmp_path / "cache")
    write(journal, {"deals/d2.md": deal(front="value: 12")})
    built(journal, capsys)
    for number in range(4):
        file = kept(tmp_path / "cache")[number]
        before, older = older, contents(tmp_path / "cache")
        name = file.relative_to(tmp_path / "cache").as_posix()
        assert older[name] != before[name]
        spoil(file, how, before[name])
        stage = "stage: leed" if number % 2 else "stage: lead"
        write(journal, {"deals/d3.md": deal(f"value: {number}", stage=stage)})
        built(journal, capsys)


def spoil(file: Path, how: str, older: bytes) -> None:
    data = file.read_bytes()
    if how == "gone":
        file.unlink()
    elif how == "damaged":
        file.write_bytes(bytes(byte ^ 1 for byte in data))
    else:
        file.write_bytes(older if how == "older" else data[:-9])


def test_only_what_changed_is_read_and_rendered(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, {f"deals/d{n}.md": deal(notes="## 2026-11-01 call\n\nSo.\n") for n in range(4)})
    built(journal, capsys)
    write(journal, {"deals/d2.md": deal(notes="## 2026-11-01 call\n\nSo it was.\n")})
    rendered: list[str] = []
    real = Renderer.render

    def noted(renderer: Renderer, page: Page) -> bytes:
        rendered.append(page.path)
        return real(renderer, page)

    monkeypatch.setattr(Renderer, "render", noted)
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 1 and " 2 files changed" in err  # its page, and what is searched
    assert "deals/d2.html" in rendered and len(rendered) < 4


def test_pages_of_the_whole_journal_are_rendered_where_they_show_something_else(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    built(journal, capsys)
    file = journal / "deals" / "acme.md"
    file.write_text(file.read_text("utf-8") + "\n## 2026-11-02 note — Still to be seen\n", "utf-8")
    rendered: list[str] = []
    usual = Renderer.render

    def noted(renderer: Renderer, page: Page) -> bytes:
        rendered.append(page.path)
        return usual(renderer, page)

    monkeypatch.setattr(Renderer, "render", noted)
    said = run("-C", journal, "build", capsys=capsys)[2]
    monkeypatch.undo()
    assert "deals/acme.html" in rendered and "404.html" not in rendered
    assert f" {len(rendered)} files changed" in said
    assert built(journal, capsys)[1].startswith(said.rpartition(": ")[2].partition(",")[0])
