"""Disks that are full, folders that can't be written to or vanish, and files that change while they are
read: a clear word, and what was there is as it was."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.files.tree import FolderTree, TreeFile
from site_builder.pages.page import Page
from site_builder.serve.session import Session
from site_builder.site.manifest import MANIFEST
from site_builder.site.render import Renderer
from tests.catalogue import BASE, deal
from tests.commands import contents, run, write
from tests.repositories import Repo
from tests.serve.served import DAY, DEAL

FULL = (errno.ENOSPC, "No space left on device")
AGAIN = "is half written: make room and run the command again.\n"
EDIT = ("log", "acme", "Called them", "--kind", "call")
FORGET = ("forget", "jane-roe")
MERGE = ("merge", "contacts/jane-roe", "contacts/jim", "--prefer", "jim")
IMPORT = ("import", "people.csv", "--map", "people.yml")
PEOPLE = {
    "people.csv": "Key,Name\n" + "".join(f"{n},Jo Marsh {n}\n" for n in range(20)),
    "people.yml": "import: contacts\nsource: crm\nkey: Key\nfields: {name: Name}\n",
}
RENAME = ("rename", "contacts/jane-roe", "jane-r")
LONGER = ("rename", "contacts/jane-roe", "jane-roe-of-kestrel")


def pages(root: Path) -> dict[str, bytes]:
    """The pages of the site, without the book of what was written."""
    return {path: data for path, data in contents(root / "_site").items() if path != MANIFEST}


class Disk:
    """Writes until so many bytes have been written; then each write fails, or only those that are too
    large where room is given back for what is removed and replaced, ``is_giving``."""

    def __init__(
        self, room: int, monkeypatch: pytest.MonkeyPatch, *, is_giving: bool = False
    ) -> None:
        self.room, self._is_giving = room, is_giving
        self._write, self._replace, self._unlink = os.write, os.replace, os.unlink
        monkeypatch.setattr(os, "write", self.write)
        monkeypatch.setattr(os, "replace", self.replace)
        monkeypatch.setattr(os, "unlink", self.unlink)

    def write(self, file: int, data: bytes) -> int:
        if file < 3:
            return self._write(file, data)
        if self._is_giving and len(data) > self.room:
            raise OSError(*FULL)
        self.room -= len(data)
        if self.room < 0:
            raise OSError(*FULL)
        return self._write(file, data)

    def replace(self, old: str, new: str) -> None:
        self._give(new)
        self._replace(old, new)

    def unlink(self, path: str, **named: int) -> None:
        self._give(path)
        self._unlink(path, **named)

    def _give(self, path: str) -> None:
        if self._is_giving and os.path.exists(path):
            self.room += os.stat(path).st_size


@pytest.mark.parametrize("room", [0, 500, 5_000, 20_000, 60_000])
def test_a_full_disk_is_told_and_leaves_the_former_site(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    assert run("-C", journal, "build", capsys=capsys)[0] == 0
    before = pages(journal)
    write(journal, {f"deals/d-{n}.md": deal(front=f"value: {n}00") for n in range(3)})
    with monkeypatch.context() as full:
        Disk(room, full)
        code, _, err = run("-C", journal, "build", "--no-cache", capsys=capsys)
    assert (code, "No space left on device" in err) == (2, True), err
    assert len(err.strip().splitlines()) == 1 and "Traceback" not in err
    assert f"on device: {journal}/" in err and err.endswith(AGAIN) and ".dealog-tmp: " not in err
    now = pages(journal)
    assert run("-C", journal, "build", capsys=capsys)[0] == 0
    whole = pages(journal)
    assert all(data in (before.get(path), whole[path]) for path, data in now.items())
    assert before.keys() <= now.keys()


@pytest.mark.parametrize("words", [EDIT, RENAME, LONGER])
@pytest.mark.parametrize("room", [0, 30, 90, 110, 300, *range(860, 1_040, 20)])
def test_a_full_disk_lets_no_edit_half_be_made(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...], room: int,
) -> None:  # fmt: skip
    """What undoes it is written first, and of several files some before there is no more room."""
    write(journal, {f"deals/d-{n}.md": deal(front="contacts: [jane-roe]") for n in range(3)})
    before = contents(journal)
    with monkeypatch.context() as full:
        Disk(room, full, is_giving=True)
        code, _, err = run("-C", journal, *words, capsys=capsys)
    if code:
        assert (code, "No space left on device" in err) == (2, True), err
        assert contents(journal) == before
        assert f"on device: {journal}/" in err and "dealog-tmp" not in err and err.endswith(AGAIN)
    assert run("-C", journal, *words, capsys=capsys)[0] == 0 or not code


@pytest.mark.parametrize("words", [FORGET, MERGE, IMPORT])
def test_a_full_disk_is_told_by_other_commands_that_write(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:  # fmt: skip
    write(journal, {f"deals/d-{n}.md": deal(front="contacts: [jane-roe]") for n in range(3)})
    write(journal, {"contacts/jim.md": "---\nname: Jim Fir\n---\n", **PEOPLE})
    monkeypatch.chdir(journal)
    before = contents(journal)
    with monkeypatch.context() as full:
        Disk(0, full)
        code, _, err = run(*words, capsys=capsys)
    assert code == 2 and "device: " in err and ".md. That file is as it was" in err, err
    assert "dealog-tmp" not in err and contents(journal) == before
    assert run(*words, capsys=capsys)[0] in (0, 1)


@pytest.mark.parametrize("room", [820, 900, 990, 1_080])
def test_what_a_full_disk_keeps_from_being_put_back_is_put_back_by_undo(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """Where another program takes what room is left."""
    write(journal, {f"deals/d-{n}.md": deal(front="contacts: [jane-roe]") for n in range(3)})
    before = contents(journal)
    with monkeypatch.context() as full:
        Disk(room, full)
        code, _, err = run("-C", journal, *RENAME, capsys=capsys)
    assert (code, "No space left on device" in err, "Traceback" in err) == (2, True, False), err
    assert ("`dealog undo`" in err) == (contents(journal) != before)
    if contents(journal) != before:
        assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before
    assert run("-C", journal, *RENAME, capsys=capsys)[0] == 0


def test_what_can_t_be_written_to_is_told(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("-C", journal, "build", capsys=capsys)[0] == 0
    before, files, usual = pages(journal), contents(journal), os.open

    def refused(path: str, flags: int, *more: int, **named: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(str(journal)):
            raise PermissionError(errno.EROFS, "Read-only file system", path)
        return usual(path, flags, *more, **named)

    write(journal, {"deals/new.md": deal()})
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        for words in (("build",), EDIT, RENAME):
            code, _, err = run("-C", journal, *words, capsys=capsys)
            assert (code, "Read-only file system" in err) == (2, True), err
            assert "Traceback" not in err
    (journal / "deals/new.md").unlink()
    assert pages(journal) == before and contents(journal) == files


def during(
    monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object], page: str = "board.html"
) -> None:
    """Let something happen while this page is rendered."""
    usual = Renderer.render
    done: list[object] = []

    def render(renderer: Renderer, each: Page) -> bytes:
        if each.path == page and not done:
            done.append(happens())
        return usual(renderer, each)

    monkeypatch.setattr(Renderer, "render", render)


@pytest.mark.parametrize("is_there", [False, True])
def test_an_output_folder_that_vanishes_is_told_and_the_next_build_is_whole(
    journal: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    is_there: bool,
) -> None:
    if is_there:
        run("-C", journal, "build", capsys=capsys)
        write(journal, {"deals/acme.md": deal(front="value: 700")})

    def vanish() -> None:
        for name in ("_site", "._site.dealog-tmp"):
            shutil.rmtree(journal / name, ignore_errors=True)

    with monkeypatch.context() as patched:
        during(patched, vanish)
        code, _, err = run("-C", journal, "build", "--no-cache", capsys=capsys)
    assert code in (0, 2) and "Traceback" not in err
    assert run("-C", journal, "build", capsys=capsys)[0] == 0
    clean = journal.parent / "clean"
    assert run("-C", journal, "build", "--no-cache", "-o", clean, capsys=capsys)[0] == 0
    assert contents(journal / "_site") == contents(clean)


@pytest.mark.parametrize("words", [("check",), ("build",), ("list",)])
@pytest.mark.parametrize("is_known", [False, True])
def test_a_file_that_vanishes_once_it_is_listed_is_told(
    journal: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    is_known: bool,
) -> None:
    """Also where the last run knew it, and it changed since."""
    write(journal, {"deals/gone.md": deal()})
    if is_known:
        assert run("-C", journal, *words, capsys=capsys)[0] == 0
    write(journal, {"deals/gone.md": deal(front="value: 700")})
    usual = FolderTree.files

    def files(tree: FolderTree) -> list[TreeFile]:
        found = list(usual(tree))
        (journal / "deals/gone.md").unlink(missing_ok=True)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(FolderTree, "files", files)
        code, out, err = run("-C", journal, *words, capsys=capsys)
    said = out + err
    assert code == 1 and "Traceback" not in said
    assert "The file can't be read: No such file or directory." in said or words == ("list",)
    assert run("-C", journal, *words, capsys=capsys)[0] == 0


def test_an_edit_during_a_build_is_seen_by_it_or_by_the_next(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("-C", journal, "build", capsys=capsys)
    write(journal, {"deals/acme.md": deal(front="value: 700")})
    changed = deal(front="value: 900").replace("Bad", "Renamed meanwhile")
    with monkeypatch.context() as patched:
        during(patched, lambda: write(journal, {"deals/acme.md": changed}), "index.html")
        assert run("-C", journal, "build", capsys=capsys)[0] == 0
    assert run("-C", journal, "build", capsys=capsys)[0] == 0
    assert b"Renamed meanwhile" in contents(journal / "_site")["deals/acme.html"]
    clean = journal.parent / "clean"
    run("-C", journal, "build", "--no-cache", "-o", clean, capsys=capsys)
    assert contents(journal / "_site") == contents(clean)


def test_a_checkout_while_it_is_served_is_followed(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "j")
    repo.commit({**BASE, "deals/one.md": DEAL})
    repo.git("checkout", "-q", "-b", "other")
    repo.commit(
        {"deals/two.md": DEAL.replace("One", "Two"), "contacts/bo.md": "---\nname: Bo\n---\n"},
        ["deals/one.md"],
    )
    repo.git("checkout", "-q", "main")
    session = Session(repo.folder, lambda: DAY)
    for branch, there, gone in (("other", "two", "one"), ("main", "one", "two")):
        files = repo.git("diff", "--name-only", branch).splitlines()
        repo.git("checkout", "-q", branch)
        for path in files:  # as they are told, one by one, in the midst of it
            session.changed([path])
            assert session.wrong == () and session.page("board.html")
        assert session.page(f"deals/{there}.html") and session.page(f"deals/{gone}.html") is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="nothing here is always full")
def test_of_what_is_printed_to_a_full_disk_nothing_is_promised(journal: Path) -> None:
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "site_builder", "-C", journal, "export", "deals"],
            stdout=full, stderr=subprocess.PIPE, check=False, text=True,
        )  # fmt: skip
    assert (told.returncode, told.stderr) == (2, "dealog: No space left on device\n")


def test_a_small_disk_is_really_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", place],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no small disk can be had here")
    try:
        write(place, {**BASE})
        for n in range(40):
            write(tmp_path / "j", {**BASE, f"deals/d-{n}.md": deal()})
        code, _, err = run("-C", tmp_path / "j", "build", "-o", place / "site", capsys=capsys)
        assert (code, "No space left on device" in err, "Traceback" in err) == (2, True, False), err
        assert not (place / "site").exists()
        (place / "fill").write_bytes(b"x" * (os.statvfs(place).f_bavail * 4096))
        before = {path: data for path, data in contents(place).items() if path != "fill"}
        code, _, err = run("-C", place, *EDIT, capsys=capsys)
        assert (code, "No space left on device" in err) == (2, True), err
        assert {path: data for path, data in contents(place).items() if path != "fill"} == before
    finally:
        subprocess.run(["umount", place], check=True)
