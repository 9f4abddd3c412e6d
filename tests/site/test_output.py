"""The output folder: atomic, frugal, and careful with what it did not write."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from site_builder.files.lock import Lock, lock
from site_builder.site.claim import OutputRefused
from site_builder.site.manifest import MANIFEST
from site_builder.site.output import Output, Written
from tests.commands import contents


def build(folder: Path, pages: dict[str, bytes], journal: Path | None = None) -> Written:
    out = Output(folder, journal)
    try:
        out.begin(list(pages))
        return out.finish(sum(out.write(path, data) for path, data in pages.items()))
    finally:
        out.release()


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder but its manifest."""
    return {path: data for path, data in contents(folder).items() if path != MANIFEST}


def listed(pages: dict[str, bytes]) -> str:
    """What a manifest says of pages."""
    return "".join(f"{hashlib.sha256(pages[p]).hexdigest()}  {p}\n" for p in sorted(pages))


PAGES = {"index.html": b"home", "deals/a.html": b"a", "deals/b.html": b"b"}


def test_pages_are_written_and_listed(tmp_path: Path) -> None:
    site = tmp_path / "new" / "site"
    assert build(site, PAGES) == Written(changed=3, unchanged=0, pruned=0)
    assert tree(site) == PAGES
    assert (site / MANIFEST).read_text() == listed(PAGES)


def test_a_new_folder_appears_when_it_is_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    died = Output(site)
    died.begin(["old.html"])
    died.write("old.html", b"left by a build that died")
    del died  # as the system does when a process ends
    out = Output(site)
    out.begin(list(PAGES))
    for path, data in PAGES.items():
        assert not site.exists()
        assert out.write(path, data) is True
    out.finish(3)
    assert tree(site) == PAGES
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_page_is_whole_though_the_system_takes_it_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:3]))
    build(tmp_path / "site", {"index.html": b"more than three", "empty.html": b""})
    assert tree(tmp_path / "site") == {"index.html": b"more than three", "empty.html": b""}


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    out = Output(tmp_path / "site")
    out.begin(list(PAGES))
    out.write("index.html", b"home")
    out.release()
    assert list(tmp_path.iterdir()) == []


def test_only_changed_pages_are_touched(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    os.utime(tmp_path / "index.html", (1, 1))
    assert build(tmp_path, {**PAGES, "deals/a.html": b"A"}) == Written(1, 2, 0)
    assert (tmp_path / "index.html").stat().st_mtime == 1
    assert tree(tmp_path)["deals/a.html"] == b"A"


def test_write_says_whether_the_page_changed(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    out = Output(tmp_path)
    out.begin(list(PAGES))
    assert out.write("index.html", b"home") is False
    assert out.write("deals/a.html", b"other") is True


def test_pages_may_be_written_by_forked_processes(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    out = Output(tmp_path)
    out.begin(list(PAGES))
    child = os.fork()
    if child == 0:
        os._exit(out.write("index.html", b"new") + 10)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 11
    assert out.finish(changed=1) == Written(changed=1, unchanged=2, pruned=0)
    assert tree(tmp_path)["index.html"] == b"new"


def test_pages_that_are_gone_are_pruned_with_their_folders(tmp_path: Path) -> None:
    build(tmp_path, {**PAGES, "x/y/z.html": b"z"})
    assert build(tmp_path, {"index.html": b"home"}) == Written(0, 1, 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "index.html"]
    assert (tmp_path / MANIFEST).read_text() == listed({"index.html": b"home"})


def test_a_page_removed_by_hand_is_written_again(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / "index.html").unlink()
    assert build(tmp_path, PAGES) == Written(1, 2, 0)


@pytest.mark.parametrize("stray", ["notes.txt", "deals/stray.html", ".git/HEAD", "index.html"])
def test_a_folder_with_foreign_files_is_refused_untouched(tmp_path: Path, stray: str) -> None:
    (tmp_path / stray).parent.mkdir(exist_ok=True)
    (tmp_path / stray).write_bytes(b"mine")
    with pytest.raises(OutputRefused, match=f"`{stray}`"):
        build(tmp_path, PAGES)
    assert tree(tmp_path) == {stray: b"mine"}


def test_a_refusal_names_five(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"f{number}").touch()
    with pytest.raises(OutputRefused, match="`f0`, `f1`, `f2`, `f3`, `f4` and more"):
        build(tmp_path, PAGES)


def test_a_file_added_to_our_folder_is_neither_removed_nor_overwritten(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / "deals" / "c.html").write_bytes(b"mine")
    with pytest.raises(OutputRefused, match="`deals/c"):
        build(tmp_path, {**PAGES, "deals/c.html": b"ours"})
    assert (tmp_path / "deals" / "c.html").read_bytes() == b"mine"


def test_what_desktops_leave_behind_is_ignored(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / "deals" / ".DS_Store").touch()
    build(tmp_path, {"index.html": b"home"})
    assert build(tmp_path, PAGES).changed == 2
    assert (tmp_path / "deals" / ".DS_Store").exists()


@pytest.mark.parametrize("name", ["deals/a.html", "link", MANIFEST, ".DS_Store"])
def test_symlinks_are_refused(tmp_path: Path, name: str) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    build(site, PAGES)
    elsewhere.write_bytes(b"mine")
    (site / name).unlink(missing_ok=True)
    (site / name).symlink_to(elsewhere)
    with pytest.raises(OutputRefused):
        build(site, PAGES)
    assert elsewhere.read_bytes() == b"mine"


def test_a_linked_folder_is_refused(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    site.mkdir()
    elsewhere.mkdir()
    (site / "deals").symlink_to(elsewhere)
    with pytest.raises(OutputRefused, match="`deals`"):
        build(site, PAGES)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("place", [".", "..", "deals", "contacts/site", "Deals/x", ".git/site"])
def test_places_that_belong_to_the_journal_are_refused(tmp_path: Path, place: str) -> None:
    home = tmp_path / "journal"
    (home / "deals").mkdir(parents=True)
    with pytest.raises(OutputRefused):
        build(home / place, PAGES, journal=home)
    assert tree(tmp_path) == {}


def test_a_place_that_is_the_journals_by_another_name_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "journal"
    home.mkdir()
    (tmp_path / "link").symlink_to("journal")
    for place in ("link", "link/deals", "journal/x/..", "link/../journal"):
        with pytest.raises(OutputRefused):
            build(tmp_path / place, PAGES, journal=home)
    assert list(home.iterdir()) == []


def test_places_among_the_files_of_any_journal_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pipeline.yml").touch()
    (tmp_path / "mine").mkdir()
    with pytest.raises(OutputRefused, match="among the journal's files"):
        build(tmp_path / "other" / "deals" / "site", PAGES, journal=tmp_path / "mine")
    assert build(tmp_path / "other" / "site", PAGES, journal=tmp_path / "mine").changed == 3


@pytest.mark.parametrize("place", ["_site", "build/site", "build/../_site", "a/build/site"])
def test_a_folder_that_a_link_leads_to_is_not_written_to(tmp_path: Path, place: str) -> None:
    home, elsewhere = tmp_path / "journal", tmp_path / "elsewhere"
    (home / "a").mkdir(parents=True)
    (elsewhere / "site").mkdir(parents=True)
    for name in ("_site", "build", "a/build"):
        (home / name).symlink_to(elsewhere)
    with pytest.raises(OutputRefused, match="name the folder that it stands for with `-o`"):
        build(home / place, PAGES, journal=home)
    assert tree(elsewhere) == {}


def test_a_link_whose_folder_is_missing_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "_site").symlink_to("elsewhere")
    with pytest.raises(OutputRefused, match="`_site`, which is not followed"):
        build(tmp_path / "_site", PAGES)
    assert not (tmp_path / "elsewhere").exists()


def test_links_outside_the_journal_are_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert build(tmp_path / "link" / "site", PAGES, journal=tmp_path / "journal").changed == 3
    (tmp_path / "home").symlink_to("journal")
    assert build(tmp_path / "home" / "_site", PAGES, journal=tmp_path / "home").changed == 3


def test_a_folder_inside_the_journal_will_do(tmp_path: Path) -> None:
    assert build(tmp_path / "_site", PAGES, journal=tmp_path).changed == 3


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").touch()
    with pytest.raises(OutputRefused, match="not a folder"):
        build(tmp_path / "site", PAGES)


@pytest.mark.parametrize("line", ["../mine", "/mine", "a\\b", ""])
def test_a_damaged_manifest_removes_nothing(tmp_path: Path, line: str) -> None:
    site = tmp_path / "site"
    build(site, PAGES)
    (tmp_path / "mine").touch()
    (site / MANIFEST).write_text(f"index.html\n{line}\n")
    with pytest.raises(OutputRefused, match="damaged .* move away from .* what is yours"):
        build(site, PAGES)
    assert (tmp_path / "mine").exists()


def test_a_manifest_that_is_no_text_is_damaged(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / MANIFEST).write_bytes(b"\xff\n")
    with pytest.raises(OutputRefused, match=r"manifest` is damaged \(not UTF-8\), so it does not"):
        build(tmp_path, PAGES)
    assert tree(tmp_path) == PAGES


def test_a_manifest_removes_nothing_that_is_not_in_the_folder(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    build(site, {"index.html": b"home", "deals/a.html": b"a"})
    elsewhere.mkdir()
    (elsewhere / "a.html").write_bytes(b"mine")
    (site / "deals" / "a.html").unlink()
    (site / "deals").rmdir()
    (site / "deals").symlink_to(elsewhere)
    with pytest.raises(OutputRefused, match="`deals`"):
        build(site, {"index.html": b"home"})
    assert (elsewhere / "a.html").read_bytes() == b"mine"


def test_a_manifest_may_name_a_folder_or_what_is_gone(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / MANIFEST).write_text("deals\ndeals/a.html\ndeals/b.html\nindex.html\ngone.html\n")
    assert build(tmp_path, PAGES) == Written(0, 3, 0)


def test_a_file_in_place_of_a_page_that_is_gone_is_not_removed(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / "deals" / "a.html").write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(OutputRefused, match=r"what a build wrote: `deals/a\.html`\. Move away"):
        build(tmp_path, {"index.html": b"new"})
    assert tree(tmp_path) == before
    (tmp_path / "deals" / "a.html").unlink()
    assert build(tmp_path, {"index.html": b"new"}) == Written(1, 0, 1)


def test_a_file_that_takes_the_place_of_a_page_while_building_is_not_removed(
    tmp_path: Path,
) -> None:
    build(tmp_path, PAGES)
    out = Output(tmp_path)
    out.begin(["index.html"])
    (tmp_path / "deals" / "a.html").write_bytes(b"mine")
    (tmp_path / "deals" / "b.html").unlink()
    assert out.finish(0) == Written(0, 1, 0)
    assert tree(tmp_path) == {"index.html": b"home", "deals/a.html": b"mine"}


def test_a_file_in_place_of_a_page_that_changed_its_case_is_not_removed(tmp_path: Path) -> None:
    build(tmp_path, {"assets/Logo.svg": b"<svg>"})
    (tmp_path / "assets" / "Logo.svg").write_bytes(b"mine")
    with pytest.raises(OutputRefused, match=r"`assets/Logo\.svg`"):
        build(tmp_path, {"assets/logo.svg": b"<svg>"})
    assert tree(tmp_path) == {"assets/Logo.svg": b"mine"}


@pytest.mark.parametrize("text", ["own.html\n{old}", "{old}own.html\n", "{old}own.html"])
def test_a_path_added_to_the_manifest_is_nothing_that_a_build_wrote(
    tmp_path: Path, text: str
) -> None:
    build(tmp_path, PAGES)
    (tmp_path / "own.html").write_bytes(b"mine")
    (tmp_path / MANIFEST).write_text(text.format(old=(tmp_path / MANIFEST).read_text()))
    for pages in (PAGES, {**PAGES, "own.html": b"ours"}):
        with pytest.raises(OutputRefused, match=r"holds what no build wrote: `own\.html`"):
            build(tmp_path, pages)
    assert (tmp_path / "own.html").read_bytes() == b"mine"


def test_the_manifest_of_an_older_version_lists_pages_that_are_kept(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / MANIFEST).write_text("".join(f"{path}\n" for path in sorted(PAGES)))
    before = contents(tmp_path)
    with pytest.raises(OutputRefused) as refused:
        build(tmp_path, {"index.html": b"home"})
    assert str(refused.value).endswith(
        "was built by an older dealog, which kept no record of what it wrote, and has pages that "
        "are gone since: `deals/a.html`, `deals/b.html`. Move away what is yours, remove the "
        "rest, and build again."
    )
    assert contents(tmp_path) == before
    assert build(tmp_path, {**PAGES, "deals/a.html": b"A"}) == Written(1, 2, 0)
    assert (tmp_path / MANIFEST).read_text() == listed({**PAGES, "deals/a.html": b"A"})
    assert build(tmp_path, {"index.html": b"home"}) == Written(0, 1, 2)


def test_pages_that_a_dead_build_wrote_are_known_as_such(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    died = Output(tmp_path)
    died.begin([*PAGES, "deals/c.html"])
    died.write("deals/a.html", b"A")
    died.write("deals/c.html", b"C")
    died.release()
    assert build(tmp_path, {"index.html": b"home"}) == Written(0, 1, 3)
    assert tree(tmp_path) == {"index.html": b"home"}


@pytest.mark.parametrize("name", [MANIFEST, "deals/a.html"])
def test_a_folder_in_place_of_a_file_is_in_the_way(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir(parents=True)
    with pytest.raises(OutputRefused, match=f"holds what no build wrote: `{name}`.* move this"):
        build(tmp_path, PAGES)
    assert [path.is_dir() for path in tmp_path.rglob("*")].count(False) == 0
    assert (tmp_path / name).is_dir()


def test_unchanged_pages_are_read_once_and_their_digests_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, PAGES)
    monkeypatch.setattr("site_builder.site.manifest.hashlib", None)
    assert build(tmp_path, PAGES) == Written(0, 3, 0)
    assert (tmp_path / MANIFEST).read_text() == listed(PAGES)


def test_a_page_that_changed_its_case_only_is_not_lost_with_the_old_one(tmp_path: Path) -> None:
    build(tmp_path, {"index.html": b"home", "assets/Logo.svg": b"<svg>"})
    out = Output(tmp_path)
    out.begin(["index.html", "assets/logo.svg"])
    assert not (tmp_path / "assets" / "Logo.svg").exists()  # they may be one file
    out.write("assets/logo.svg", b"<svg>")
    out.finish(1)
    out.release()
    assert tree(tmp_path) == {"index.html": b"home", "assets/logo.svg": b"<svg>"}


def test_a_build_that_died_while_a_page_changed_its_case_is_gone_on_from(tmp_path: Path) -> None:
    build(tmp_path, {"assets/Logo.svg": b"<svg>"})
    with (tmp_path / MANIFEST).open("a") as manifest:
        manifest.write(listed({"assets/logo.svg": b"<svg>"}))
    build(tmp_path, {"assets/logo.svg": b"<svg>"})
    assert tree(tmp_path) == {"assets/logo.svg": b"<svg>"}


def test_a_name_that_ends_lines_elsewhere_is_one_line_of_the_manifest(tmp_path: Path) -> None:
    pages = {"assets/a\u2028b\x85c\rd.css": b"x"}
    build(tmp_path, pages)
    assert build(tmp_path, pages) == Written(0, 1, 0)


def test_another_build_of_the_folder_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    first, second = Output(site), Output(site)
    told: list[str] = []
    first.begin(list(PAGES))

    def go_on(_: float) -> None:
        assert told == ["waiting"]
        first.finish(sum(first.write(path, data) for path, data in PAGES.items()))
        first.release()

    monkeypatch.setattr(time, "sleep", go_on)
    second.claim(lambda: told.append("waiting"))
    second.begin(["index.html"])
    assert second.finish(0) == Written(0, 1, 2)
    second.release()
    assert list(tmp_path.iterdir()) == [site]


def test_a_build_of_a_folder_that_is_there_is_waited_for_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "site", PAGES)
    first = Output(tmp_path / "site")
    first.claim()
    monkeypatch.setattr(time, "sleep", lambda _: first.release())
    assert build(tmp_path / "other", PAGES).changed == 3  # nobody waits for other folders
    assert first._claim is not None
    assert build(tmp_path / "site", PAGES) == Written(0, 3, 0)
    assert first._claim is None


def test_a_folder_that_another_build_finished_just_now_is_gone_on_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    build(other, PAGES)

    def late(folder: Path) -> Lock | None:
        if other.exists():
            other.rename(site)
        return lock(folder)

    monkeypatch.setattr("site_builder.site.claim.lock", late)
    assert build(site, PAGES) == Written(0, 3, 0)
    assert list(tmp_path.iterdir()) == [site]


def test_what_a_dead_build_left_is_removed_and_no_link_in_it_followed(tmp_path: Path) -> None:
    theirs, left = tmp_path / "theirs", tmp_path / ".site.dealog-tmp"
    for folder in (theirs, left / "old"):
        folder.mkdir(parents=True)
        (folder / "a.html").write_text("A", "utf-8")
    (left / "link").symlink_to(theirs)
    assert build(tmp_path / "site", PAGES) == Written(3, 0, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "theirs"]
    assert [path.name for path in theirs.iterdir()] == ["a.html"]
    left_over = {path.name for path in (tmp_path / "site").iterdir()} & {"old", "link"}
    assert left_over == set()


def test_of_a_claim_that_comes_to_nothing_nothing_is_left(tmp_path: Path) -> None:
    out = Output(tmp_path / "a" / "b" / "site")
    out.claim()
    out.release()
    assert list(tmp_path.iterdir()) == []


def test_what_lies_where_a_site_is_made_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / ".site.dealog-tmp").symlink_to(tmp_path)
    with pytest.raises(OutputRefused, match="is in the way: remove it"):
        build(tmp_path / "site", PAGES)


@pytest.mark.parametrize(
    "path", ["", "/a", "a//b", "../a", "a/../b", "./a", "a\\b", "a\nb", MANIFEST, "a.dealog-tmp"]
)
def test_paths_that_cannot_be_pages(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a page path"):
        Output(tmp_path).begin([path])
    assert list(tmp_path.iterdir()) == []


def test_pages_that_differ_in_case_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ignoring case"):
        Output(tmp_path).begin(["deals/a.html", "Deals/A.html"])


def test_an_unannounced_page(tmp_path: Path) -> None:
    out = Output(tmp_path)
    out.begin(["a.html"])
    with pytest.raises(ValueError, match="unannounced"):
        out.write("b.html", b"")


@pytest.mark.parametrize("when", range(4))
def test_after_a_crash_the_next_build_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    build(tmp_path, {"old/a.html": b"a", "index.html": b"home"})
    with monkeypatch.context() as patch:
        crash_at_replace(patch, when)
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path, {"index.html": b"new", "deals/a.html": b"a", "deals/b.html": b"b"})
    assert tree(tmp_path)["index.html"] in (b"home", b"new")
    build(tmp_path, PAGES)
    assert tree(tmp_path) == PAGES
    assert not (tmp_path / "old").exists()


def crash_at_replace(patch: pytest.MonkeyPatch, when: int) -> None:
    """Have the process die at its n-th move of a file into place, the half-written file
    left behind. The last is the manifest's."""
    moves = iter(range(100))
    real = os.replace

    def replace(source: str, target: str) -> None:
        if next(moves) == when:
            Path(f"{source.rpartition('.dealog-tmp')[0]}0.dealog-tmp").write_bytes(b"half")
            raise KeyboardInterrupt
        real(source, target)

    patch.setattr(os, "replace", replace)


def test_a_failed_write_leaves_the_page_and_no_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, PAGES)
    out = Output(tmp_path)
    out.begin(list(PAGES))

    def full(*_: str) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        out.write("index.html", b"new")
    assert tree(tmp_path) == PAGES
