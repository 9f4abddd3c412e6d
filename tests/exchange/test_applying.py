"""What an import writes is there whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path

import pytest

from site_builder.exchange.applying import ChangedMeanwhileError, apply
from site_builder.exchange.plan import FileWrite, ImportPlan
from site_builder.files import whole_files
from site_builder.files.lock import lock
from tests import killing
from tests.commands import contents
from tests.exchange.helpers import DEALS, PIPELINE


def test_writes_new_files_and_replaces_those_that_are_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "deals").mkdir()
    (tmp_path / "deals/a.md").write_bytes(b"old")
    apply(
        ImportPlan((FileWrite("deals/a.md", b"new", b"old"), FileWrite("deals/x/b.md", b"b"))),
        tmp_path,
    )
    assert (tmp_path / "deals/a.md").read_bytes() == b"new"
    assert (tmp_path / "deals/x/b.md").read_bytes() == b"b"
    assert sorted(p.name for p in tmp_path.rglob("*.*")) == ["a.md", "b.md"]


@pytest.mark.parametrize("before", [None, b"other"])
def test_writes_over_nothing_that_has_changed(tmp_path: Path, before: bytes | None) -> None:
    (tmp_path / "a.md").write_bytes(b"mine")
    with pytest.raises(ChangedMeanwhileError):
        apply(ImportPlan((FileWrite("a.md", b"new", before),)), tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"mine"


def test_writes_through_no_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "journal"
    root.mkdir()
    (root / "deals").symlink_to(outside)
    with pytest.raises(ChangedMeanwhileError):
        apply(ImportPlan((FileWrite("deals/a.md", b"x"),)), root)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("before", [None, b"mine"])
def test_writes_through_no_link_to_a_file(tmp_path: Path, before: bytes | None) -> None:
    (tmp_path / "outside.md").write_bytes(b"mine")
    (tmp_path / "a.md").symlink_to("outside.md")
    with pytest.raises(ChangedMeanwhileError, match="is a symbolic link"):
        apply(ImportPlan((FileWrite("a.md", b"new", before),)), tmp_path)
    assert (tmp_path / "outside.md").read_bytes() == b"mine"


WRITES = (
    *(FileWrite(f"deals/new-{n}.md", b"new" * 100) for n in range(3)),
    FileWrite("deals/old.md", b"new" * 100, b"old"),
)


@pytest.mark.parametrize("full_at", range(8))
def test_a_full_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full_at: int
) -> None:
    (tmp_path / "deals").mkdir()
    (tmp_path / "deals" / "old.md").write_bytes(b"old")
    real, calls = os.write, iter(range(100))

    def write(file: int, data: bytes) -> int:
        if next(calls) == full_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, data[:150])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(OSError, match="No space"):
            apply(ImportPlan(WRITES), tmp_path)
    assert contents(tmp_path) == {"deals/old.md": b"old"}


def test_a_new_file_is_placed_where_the_file_system_knows_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    apply(ImportPlan((FileWrite("deals/a.md", b"new"),)), tmp_path)
    assert contents(tmp_path) == {"deals/a.md": b"new"}
    (tmp_path / "beside").write_bytes(b"other")
    with pytest.raises(FileExistsError):
        whole_files.place_new(f"{tmp_path}/beside", f"{tmp_path}/deals/a.md")
    assert (tmp_path / "deals" / "a.md").read_bytes() == b"new"


def test_what_appears_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = whole_files.place_new

    def late(temporary: str, target: str) -> None:
        if target.endswith("new-1.md"):
            Path(target).write_bytes(b"mine")
        real(temporary, target)

    monkeypatch.setattr(whole_files, "place_new", late)
    with pytest.raises(ChangedMeanwhileError, match="new-1.md is there by now"):
        apply(ImportPlan(WRITES[:3]), tmp_path)
    assert contents(tmp_path) == {"deals/new-0.md": b"new" * 100, "deals/new-1.md": b"mine"}


def test_what_changes_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    monkeypatch.setattr(whole_files, "settle", lambda _: (tmp_path / "a.md").write_bytes(b"mine"))
    with pytest.raises(ChangedMeanwhileError, match="has changed meanwhile"):
        apply(ImportPlan((FileWrite("a.md", b"new", b"old"),)), tmp_path)
    assert contents(tmp_path) == {"a.md": b"mine"}


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "a.md").chmod(0o640)
    apply(ImportPlan((FileWrite("a.md", b"new", b"old"),)), tmp_path)
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


def test_what_a_killed_import_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "contacts" / ".ada.md.77.dealog-tmp").write_bytes(b"ha")
    (tmp_path / "contacts" / ".draft.md").write_bytes(b"mine")
    apply(ImportPlan(), tmp_path)
    assert contents(tmp_path) == {"contacts/.draft.md": b"mine"}


def test_an_import_waits_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = lock(tmp_path)
    assert held is not None
    told: list[str] = []
    monkeypatch.setattr(time, "sleep", lambda _: held.release())
    apply(ImportPlan((FileWrite("a.md", b"new"),)), tmp_path, lambda: told.append("waiting"))
    assert (told, contents(tmp_path)) == (["waiting"], {"a.md": b"new"})


ROWS = "Id,Name,Owner,Stage,Amount,Close\n" + "".join(
    f"{n},Deal {n},Maria Lopez,New lead,{n},2026-12-01\n" for n in range(60)
)


def import_into(root: Path, kill_at: int = 0) -> tuple[int, int]:
    root.mkdir(exist_ok=True)
    for name, text in (("pipeline.yml", PIPELINE), ("m.yml", DEALS), ("f.csv", ROWS)):
        (root / name).write_text(text, "utf-8")
    arguments = ("-C", root, "import", root / "f.csv", "--map", root / "m.yml")
    return killing.run(*arguments, watch=[root], kill_at=kill_at)


def test_a_killed_import_is_mended_by_the_next(tmp_path: Path) -> None:
    code, touches = import_into(tmp_path / "whole")
    whole = contents(tmp_path / "whole")
    assert (code, len(whole)) == (0, 63)
    for moment in killing.moments(touches, 3, seed=6):
        root = tmp_path / f"killed-at-{moment}"
        assert import_into(root, moment)[0] == -signal.SIGKILL
        made = {path: data for path, data in contents(root).items() if path.endswith(".md")}
        assert made.items() <= whole.items()
        assert import_into(root)[0] == 0
        assert contents(root) == whole


def test_a_journal_that_has_gone_is_not_waited_for(tmp_path: Path) -> None:
    """Also where it goes while another import is under way."""
    root = tmp_path / "journal"
    plan = ImportPlan((FileWrite("a.md", b"new"),))
    with pytest.raises(ChangedMeanwhileError, match="is there no more"):
        apply(plan, root, lambda: pytest.fail("waits"))
    root.mkdir()
    held = lock(root)
    with pytest.raises(ChangedMeanwhileError, match="is there no more"):
        apply(plan, root, root.rmdir)
    assert held is not None and not root.exists()
    held.release()
