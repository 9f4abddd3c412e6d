"""What lies in a folder besides plain files with plain names: it is named, never followed,
never waited for, never shown."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import stat
from pathlib import Path

import pytest

from site_builder.files import tree as tree_module
from site_builder.files.tree import LINK, OTHER, FolderTree, NoFile, visible
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from tests.catalogue import BASE, deal
from tests.journals import write_odd

SECRET = "token: not-for-your-eyes\n"


@pytest.fixture(params=["from its open folder", "by its path"])
def root(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal, once as Linux and macOS open its files and once as Windows does."""
    monkeypatch.setattr(tree_module, "_CAN_STAND", request.param == "from its open folder")
    for path, text in BASE.items():
        (tmp_path / "journal" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "journal" / path).write_text(text, "utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text(SECRET)
    return tmp_path / "journal"


def loaded(root: Path) -> Loaded:
    return load(FolderTree(root), lambda: dt.date(2026, 11, 20))


def places(root: Path) -> list[tuple[str, str]]:
    return [(p.code, p.span.path) for p in loaded(root).problems]


@pytest.mark.parametrize(
    "path",
    ["deals/link.md", "deals/2026/link.yml", "contacts/link.md", "deals/acme.txt", "Pipeline.yml",
     "templates/deal.html", "templates/assets/style.css"],
)  # fmt: skip
@pytest.mark.parametrize("target", ["secret.md", "", "nothing"])
def test_of_a_link_nothing_is_shown(root: Path, path: str, target: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to(root.parent / "outside" / target)
    result = loaded(root)
    assert [(p.code, p.span.path) for p in result.problems] == [("symlink", path)]
    assert result.sources == {}


def test_a_pipeline_that_is_a_link_is_not_read(root: Path) -> None:
    (root / "pipeline.yml").rename(root.parent / "outside" / "pipeline.yml")
    (root / "pipeline.yml").symlink_to("../outside/pipeline.yml")
    result = loaded(root)
    assert [(p.code, p.span.path) for p in result.problems] == [("symlink", "pipeline.yml")]
    assert (result.journal, result.sources) == (None, {})


@pytest.mark.parametrize("folder", ["deals", "contacts", "templates"])
def test_a_folder_that_is_a_link_is_named_once(root: Path, folder: str) -> None:
    if (root / folder).exists():
        (root / folder).rename(root.parent / folder)
    (root / folder).symlink_to("../outside")
    assert ("symlink", folder) in places(root)
    assert not any("secret" in path for _, path in places(root))


def test_a_file_that_becomes_a_link_is_not_followed(root: Path) -> None:
    tree = FolderTree(root)
    tree.files()
    (root / "deals" / "acme.md").unlink()
    (root / "deals" / "acme.md").symlink_to("../../outside/secret.md")
    with pytest.raises(NoFile, match="it is a symbolic link") as raised:
        tree.read("deals/acme.md", 100)
    assert raised.value.kind == LINK


def test_a_file_that_becomes_a_link_is_a_problem(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Swapped(FolderTree):
        def files(self) -> list[tree_module.TreeFile]:
            found = list(super().files())
            (root / "deals" / "acme.md").unlink()
            (root / "deals" / "acme.md").symlink_to("../../outside/secret.md")
            return found

    result = load(Swapped(root), lambda: dt.date(2026, 11, 20))
    assert [(p.code, p.span.path) for p in result.problems] == [("symlink", "deals/acme.md")]
    assert result.sources == {}


@pytest.mark.parametrize("folder", ["deals", "deals/2026"])
def test_a_folder_that_becomes_a_link_is_not_followed(root: Path, folder: str) -> None:
    (root / folder).mkdir(exist_ok=True)
    (root / folder / "secret.md").write_text(deal())
    tree = FolderTree(root)
    tree.files()
    (root / folder).rename(root.parent / "moved")
    (root / folder).symlink_to(root.parent / "outside")
    tree._leave()
    with pytest.raises(OSError, match=r"symbolic link|Not a directory"):
        tree.read(f"{folder}/secret.md", 100)


def test_the_folder_of_the_journal_itself_may_be_a_link(root: Path) -> None:
    (root.parent / "link").symlink_to("journal")
    assert places(root.parent / "link") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["pipe.md", "pipe", "2026/pipe.yml"])
@pytest.mark.timeout(5)
def test_a_named_pipe_is_no_file_and_does_not_wait(root: Path, name: str) -> None:
    (root / "deals" / "2026").mkdir()
    os.mkfifo(root / "deals" / name)
    assert places(root) == [("stray-file", f"deals/{name}")]
    with pytest.raises(NoFile, match="no plain file") as raised:
        FolderTree(root).read(f"deals/{name}", 100)
    assert raised.value.kind == OTHER


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.timeout(5)
def test_a_pipeline_that_is_a_named_pipe_does_not_wait(root: Path) -> None:
    (root / "pipeline.yml").unlink()
    os.mkfifo(root / "pipeline.yml")
    assert places(root) == [("stray-file", "pipeline.yml")]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets in folders here")
@pytest.mark.timeout(5)
def test_a_socket_is_no_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "deals")  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("box.md")
        assert places(root) == [("stray-file", "deals/box.md")]


@pytest.mark.parametrize("path", ["deals/zero.md", "deals/2026/zero.yml", "pipeline.yml"])
@pytest.mark.timeout(5)
def test_a_device_is_no_file_and_is_never_read(root: Path, path: str) -> None:
    """One that gives bytes without end, to whoever reads it."""
    (root / "deals" / "2026").mkdir()
    (root / path).unlink(missing_ok=True)
    try:
        os.mknod(root / path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except (AttributeError, OSError):
        pytest.skip("no devices can be made here")
    assert places(root) == [("stray-file", path)]
    assert loaded(root).sources == {}


def test_a_device_that_takes_the_place_of_a_file_is_not_read() -> None:
    """Wherever one stands: nobody needs rights to look at this one."""
    if not Path("/dev/zero").is_char_device():
        pytest.skip("there is no such device here")
    with pytest.raises(NoFile, match="no plain file") as raised:
        FolderTree(Path("/")).read("dev/zero", 100)
    assert raised.value.kind == OTHER


class Vanishing(FolderTree):
    """A folder in which something is gone once it has been listed."""

    def __init__(self, root: Path, path: str) -> None:
        super().__init__(root)
        self._gone = root / path

    def files(self) -> list[tree_module.TreeFile]:
        found = list(super().files())
        if self._gone.is_dir():
            shutil.rmtree(self._gone)
        else:
            self._gone.unlink()
        return found


@pytest.mark.parametrize("path", ["deals/acme.md", "deals/2026/late.md", "contacts/jane-roe.md"])
def test_a_file_that_vanishes_before_it_is_read_is_told_and_stops_nothing(
    root: Path, path: str
) -> None:
    (root / "deals" / "2026").mkdir()
    for name in ("deals/2026/late.md", "deals/open.md"):
        (root / name).write_text(deal(front="x: y" if "open" in name else ""))
    result = load(Vanishing(root, path), lambda: dt.date(2026, 11, 20))
    told = [problem for problem in result.problems if problem.span.path == path]
    assert [(p.code, "No such file" in p.message) for p in told] == [("unreadable-file", True)]
    assert [p.span.path for p in result.problems if p.code == "unknown-field"] == ["deals/open.md"]
    assert path not in result.sources


def test_a_folder_that_vanishes_before_its_files_are_read_stops_nothing(root: Path) -> None:
    (root / "deals" / "2026").mkdir()
    (root / "deals" / "2026" / "late.md").write_text(deal())
    result = load(Vanishing(root, "deals/2026"), lambda: dt.date(2026, 11, 20))
    assert [(p.code, p.span.path) for p in result.problems] == [
        ("unreadable-file", "deals/2026/late.md")
    ]
    assert result.journal is not None and "acme" in result.journal.deals_by_id


def test_a_pipeline_that_vanishes_before_it_is_read_is_told(root: Path) -> None:
    result = load(Vanishing(root, "pipeline.yml"), lambda: dt.date(2026, 11, 20))
    assert result.journal is None
    assert [(p.code, p.span.path) for p in result.problems] == [("unreadable-file", "pipeline.yml")]


@pytest.mark.parametrize("is_stamped", [False, True])
def test_a_folder_that_vanishes_while_it_is_listed_stops_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, is_stamped: bool
) -> None:
    """Its name was read, and then it is gone; likewise a file whose stamp is wanted."""
    (root / "deals" / "2026").mkdir()
    (root / "deals" / "gone.md").write_text(deal())
    usual = tree_module._kind

    def kind(entry: os.DirEntry[str]) -> tree_module.Kind:
        found = usual(entry)
        if entry.name == "2026" and (root / "deals" / "2026").exists():
            (root / "deals" / "2026").rmdir()
        if entry.name == "gone.md":
            (root / "deals" / "gone.md").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(tree_module, "_kind", kind)
    tree = FolderTree(root, is_stamped)
    told = [(p.code, p.span.path) for p in load(tree, lambda: dt.date(2026, 11, 20)).problems]
    assert told == [("unreadable-file", "deals/2026"), ("unreadable-file", "deals/gone.md")]


def test_the_text_of_a_stray_file_is_not_shown(root: Path) -> None:
    (root / "deals" / "passwords.txt").write_text(SECRET)
    assert places(root) == [("stray-file", "deals/passwords.txt")]
    assert loaded(root).sources == {}


@pytest.mark.parametrize(
    ("name", "shown", "better"),
    [
        (b"k\xf6ln.md", "k\\xf6ln", "`koln.md`"),
        (b"a\nb.md", "a\\u000ab", "`a-b.md`"),
        (b"a\x1b[2Jb.md", "a\\u001b[2Jb", "`a-2jb.md`"),
        ("a\u202eb.md".encode(), "a\\u202eb", "`ab.md`"),
        ("a\u00a0b.md".encode(), "a\\u00a0b", "`a-b.md`"),
        (b"\xff.md", "\\xff", "`y.md`"),
    ],
)
def test_names_that_cannot_be_seen_are_written_out(
    root: Path, name: bytes, shown: str, better: str
) -> None:
    write_odd(root, b"deals/" + name, deal(front="x: y"))
    first, second = loaded(root).problems
    assert (first.code, first.span.path) == ("invalid-id", f"deals/{shown}.md")
    assert first.message == f"`{shown}` can't be the id of a deal."
    assert better in first.help
    assert (second.code, second.span.path) == ("unknown-field", f"deals/{shown}.md")


def test_a_folder_of_such_a_name_is_named_and_what_lies_in_it_is_read(root: Path) -> None:
    write_odd(root, b"deals/k\xf6ln/2026/late.md", deal())
    write_odd(root, b"deals/k\xf6ln/later.md", deal())
    result = loaded(root)
    (problem,) = result.problems
    assert (problem.code, problem.span.path) == ("stray-file", "deals/k\\xf6ln")
    assert "`k\\xf6ln`" in problem.message
    assert result.journal is not None and {"late", "later"} <= result.journal.deals_by_id.keys()


def test_a_stray_file_of_such_a_name(root: Path) -> None:
    write_odd(root, b"contacts/k\xf6ln.png", "")
    write_odd(root, b"templates/assets/k\xf6ln.css", "")
    write_odd(root, b"templates/assets/plain.css", "")
    assert places(root) == [
        ("stray-file", "contacts/k\\xf6ln.png"),
        ("stray-file", "templates/assets/k\\xf6ln.css"),
    ]


def test_what_is_written_out() -> None:
    assert visible("plain näme.md") == "plain näme.md"
    assert visible("\x07\udcff\u2066\U000e0041") == "\\u0007\\xff\\u2066\\U000e0041"


USING = {
    "deals/bad.md": deal(
        "contacts: [jane-roe champion]\ncompany: jane-roe\nsource: referral jane-roe",
        "## 2026-11-10 know from jane-roe\n\nWith [[jane-roe]].\n\n"
        "## 2026-11-11 call with jane-roe\n\n## 2026-11-12 trust from jane-roe\n",
    )
}
JANE = "---\nname: Jane Roe\n---\n"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("contact/jane-roe.md", ("stray-file", "contact")),
        ("Contacts/jane-roe.md", ("stray-file", "Contacts")),
        ("contcats/jane-roe.md", ("stray-file", "contcats")),
        ("contacts", ("stray-file", "contacts")),
        ("contacts/jane-roe.markdown", ("stray-file", "contacts/jane-roe.markdown")),
        ("contacts/jane-roe.txt", ("stray-file", "contacts/jane-roe.txt")),
        ("contacts/jane-roe.md.txt", ("stray-file", "contacts/jane-roe.md.txt")),
        ("contacts/jane-roe.MD", ("stray-file", "contacts/jane-roe.MD")),
        ("contacts/jane-roe", ("stray-file", "contacts/jane-roe")),
        ("contacts/Jane-Roe.md", ("invalid-id", "contacts/Jane-Roe.md")),
        ("contacts/jane roe.md", ("invalid-id", "contacts/jane roe.md")),
        ("contacts/x/jane_roe.yml", ("invalid-id", "contacts/x/jane_roe.yml")),
        ("contacts/jane-roe (1).md", ("invalid-id", "contacts/jane-roe (1).md")),
        ("contacts/jane-roe - Copy.md", ("invalid-id", "contacts/jane-roe - Copy.md")),
        ("contacts/Copy of Jane Roe.md", ("invalid-id", "contacts/Copy of Jane Roe.md")),
        ("contacts/jane\u2011roe.md", ("invalid-id", "contacts/jane\u2011roe.md")),
        ("contacts/jane-roe.md~", ("stray-file", "contacts/jane-roe.md~")),
        ("contacts/jane-roe.md.bak", ("stray-file", "contacts/jane-roe.md.bak")),
        ("contacts/jane-roe.json", ("stray-file", "contacts/jane-roe.json")),
    ],
)
def test_nothing_follows_from_a_file_that_is_misnamed(
    root: Path, path: str, told: tuple[str, str]
) -> None:
    (root / "contacts/jane-roe.md").unlink()
    if path == "contacts":
        (root / path).rmdir()
    for name, text in {**USING, path: JANE if path.endswith("md") else "name: Jane"}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    assert places(root) == [told]


@pytest.mark.parametrize(
    "path", ["contacts", "contacts/jane-roe.md", "contacts/jane-roe.yml", "contacts/people"]
)
def test_nothing_follows_from_a_link_in_place_of_a_contact(root: Path, path: str) -> None:
    (root / "contacts/jane-roe.md").unlink()
    (root / "deals/bad.md").write_text(USING["deals/bad.md"])
    if path == "contacts":
        (root / path).rmdir()
    (root / path).symlink_to(root.parent / "outside")
    assert places(root) == [("symlink", path)]


def test_a_slip_in_an_id_is_told_beside_a_misnamed_file(root: Path) -> None:
    (root / "contacts/Bo-Chan.md").write_text(JANE)
    (root / "deals/bad.md").write_text(deal("company: jane-ro\ncontacts: [bo-chan]"))
    assert places(root) == [
        ("invalid-id", "contacts/Bo-Chan.md"),
        ("unknown-contact", "deals/bad.md"),
    ]


def test_other_files_are_nobody(root: Path) -> None:
    (root / "contacts/bo-chan.pdf").write_text("x")
    (root / "deals/bad.md").write_text(deal("company: bo-chan"))
    assert places(root) == [
        ("stray-file", "contacts/bo-chan.pdf"),
        ("unknown-contact", "deals/bad.md"),
    ]


@pytest.mark.parametrize("path", ["deals/README.md", "deals/.hidden.md", "contacts/.more"])
def test_hidden_links_are_links_too(root: Path, path: str) -> None:
    (root / path).symlink_to(root.parent / "outside" / "secret.md")
    assert places(root) == [("symlink", path)]


def test_the_lock_of_an_editor_is_no_link_of_the_journal(root: Path) -> None:
    (root / "deals/.#acme.md").symlink_to("maria@desk.example:1")
    assert places(root) == []


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 100])
def test_so_many_bytes_are_read_and_no_more(root: Path, size: int) -> None:
    (root / "deals" / "acme.md").write_bytes(bytes(range(size)))
    assert FolderTree(root).read("deals/acme.md", 10) == bytes(range(size))[:10]


@pytest.mark.parametrize("told", [0, 3, 7, 8, 20])
def test_a_file_that_grew_or_shrank_meanwhile_is_read_to_its_end(
    root: Path, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "deals" / "acme.md").write_bytes(b"1234567")
    usual = os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        fields = list(usual(descriptor))
        fields[6] = told
        return os.stat_result(fields)

    monkeypatch.setattr(os, "fstat", fstat)
    assert FolderTree(root).read("deals/acme.md", 100) == b"1234567"
