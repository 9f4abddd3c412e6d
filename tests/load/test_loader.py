from __future__ import annotations

import datetime as dt
import os
import time
import unicodedata
from pathlib import Path

import pytest

from site_builder.files.tree import MAX_BYTES, FolderTree, MemoryTree
from site_builder.load.loader import load
from site_builder.load.preparing import NoJournal
from site_builder.pages.registry import all_pages
from tests.catalogue import BASE, deal
from tests.journals import codes, loaded, places


def write(root: Path, files: dict[str, str]) -> FolderTree:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return FolderTree(root)


def codes_in(tree: FolderTree) -> list[tuple[str, str]]:
    return [(p.code, p.span.path) for p in load(tree, lambda: dt.date(2026, 11, 20)).problems]


def test_without_pipeline_yml_there_is_no_journal() -> None:
    with pytest.raises(NoJournal):
        load(MemoryTree({"deals/a.md": "x"}), lambda: dt.date(2026, 1, 1))


def test_hidden_files_and_readmes_are_skipped() -> None:
    assert (
        codes({"deals/README.md": "hi", "deals/.draft.md": "hi", "contacts/README.md": "hi"}) == []
    )


def test_subfolders_mean_nothing() -> None:
    result = loaded({"deals/2026/late/deep.md": deal()})
    assert result.journal is not None and "deep" in result.journal.deals_by_id


@pytest.mark.parametrize("ending", ["md", "yml", "yaml"])
def test_ids_are_unique_ignoring_case_and_ending(ending: str) -> None:
    result = loaded({f"deals/z/Acme.{ending}": deal()})
    assert [(p.code, p.span.path) for p in result.problems] == [
        ("duplicate-id", f"deals/z/Acme.{ending}")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("acme", "ACME"), ("acme", "a\u00adcme"), ("café", "cafe\u0301"), ("strasse", "straße"),
        ("acme", "acme\u200b"), ("file", "\ufb01le"), ("kelvin", "\u212aelvin"), ("i", "\u0131"),
    ],
)  # fmt: skip
def test_names_that_some_systems_take_for_one_are_told_and_none_is_lost(
    one: str, other: str
) -> None:
    """By case, by how a character is composed, or by what can't be seen."""
    files = {f"deals/{one}.md": deal(), f"deals/{other}.md": deal()}
    result = loaded(files)
    told = {(p.code, p.span.path) for p in result.problems}
    strange = [
        path for path in files if path[6:-3] not in ("acme", "strasse", "file", "kelvin", "i")
    ]
    named = {path for code, path in told if code in ("invalid-id", "duplicate-id")}
    assert named >= set(strange)
    assert result.journal is not None
    pages = [page.path for page in all_pages(result)]
    assert len({unicodedata.normalize("NFKC", path).casefold() for path in pages}) == len(pages)


@pytest.mark.parametrize("stem", ["Acme-2", "a--b", "-a", "a-", "a_b", "ä", "a b", "x" * 101])
def test_ids(stem: str) -> None:
    assert codes({f"deals/{stem}.md": deal()}) == ["invalid-id"]


def test_a_valid_id_wins_and_an_invalid_one_is_never_suggested() -> None:
    result = loaded(
        {"deals/A.md": deal(), "deals/a.md": deal(), "contacts/Tom Roe.md": "---\nname: Tom\n---\n",
         "deals/b.md": deal(notes="See [[A]].\n", front="company: Tom Roe")}
    )  # fmt: skip
    assert [(p.code, p.span.path) for p in result.problems] == [
        ("invalid-id", "contacts/Tom Roe.md"), ("duplicate-id", "deals/A.md"),
        ("unknown-contact", "deals/b.md"), ("unknown-link", "deals/b.md")]  # fmt: skip
    assert "Did you mean `a`?" in [p.help for p in result.problems]
    assert result.journal is not None and "a" in result.journal.deals_by_id


def test_an_id_of_a_hundred_letters_is_fine() -> None:
    assert codes({f"deals/{'x' * 100}.md": deal()}) == []


def test_files_on_disk(tmp_path: Path) -> None:
    tree = write(
        tmp_path,
        {**BASE, "deals/sub/other.md": deal(), "deals/.git/x.md": "x", "contacts/photo.png": "x"},
    )
    assert codes_in(tree) == [("stray-file", "contacts/photo.png")]


def test_links_are_not_followed(tmp_path: Path) -> None:
    tree = write(tmp_path, dict(BASE))
    (tmp_path / "outside.md").write_text(deal())
    (tmp_path / "deals" / "linked.md").symlink_to(tmp_path / "outside.md")
    (tmp_path / "deals" / "folder").symlink_to(tmp_path)
    (tmp_path / "deals" / ".#acme.md").symlink_to("nobody@nowhere")
    assert codes_in(tree) == [("symlink", "deals/folder"), ("symlink", "deals/linked.md")]


def test_links_among_templates_are_named(tmp_path: Path) -> None:
    tree = write(tmp_path, {**BASE, "templates/base.html": "x", "templates/parts/nav.html": "x"})
    (tmp_path / "templates" / "deal.html").symlink_to("base.html")
    (tmp_path / "templates" / "parts" / "far").symlink_to("/")
    assert codes_in(tree) == [
        ("symlink", "templates/deal.html"),
        ("symlink", "templates/parts/far"),
    ]


def test_templates_that_are_a_link(tmp_path: Path) -> None:
    tree = write(tmp_path, dict(BASE))
    (tmp_path / "templates").symlink_to("/")
    assert codes_in(tree) == [("symlink", "templates")]


@pytest.mark.parametrize("name", ["deals", "contacts"])
def test_a_file_where_a_folder_should_be(tmp_path: Path, name: str) -> None:
    tree = write(tmp_path, {"pipeline.yml": BASE["pipeline.yml"], name: "x"})
    assert codes_in(tree) == [("stray-file", name)]


def test_names_that_are_right_but_for_their_case(tmp_path: Path) -> None:
    tree = write(tmp_path, {**BASE, "Deals/a.md": deal(), "README.md": "x", "other/a.md": "x"})
    assert codes_in(tree) == [("stray-file", "Deals")]
    result = loaded({"Deals/a.md": deal(), "Deals/b.md": deal(), "Pipeline.yml": "x"})
    assert [(p.span.path, p.help) for p in result.problems] == [
        ("Deals", "Rename it to `deals`."),
        ("Pipeline.yml", "Rename it to `pipeline.yml`."),
    ]


@pytest.mark.parametrize(
    ("path", "root", "help"),
    [
        ("contact/tom.md", "contact", "Rename it to `contacts`, or move what is in it there."),
        ("contcts/tom.md", "contcts", "Rename it to `contacts`, or move what is in it there."),
        ("Contact/tom.md", "Contact", "Rename it to `contacts`, or move what is in it there."),
        ("deal/a.md", "deal", "Rename it to `deals`, or move what is in it there."),
        ("daels/a.md", "daels", "Rename it to `deals`, or move what is in it there."),
        ("contcats/a.md", "contcats", "Rename it to `contacts`, or move what is in it there."),
        ("template/base.html", "template", "Rename it to `templates`, or move"),
        ("pipeline.yaml", "pipeline.yaml", "Write what is true of it into `pipeline.yml`."),
        ("pipelines.yml", "pipelines.yml", "Write what is true of it into `pipeline.yml`."),
        ("pipeline.yml.txt", "pipeline.yml.txt", "Write what is true of it into `pipeline.yml`."),
        ("pipline.yml", "pipline.yml", "Write what is true of it into `pipeline.yml`."),
    ],
)
def test_names_that_are_nearly_right(tmp_path: Path, path: str, root: str, help: str) -> None:
    assert codes_in(
        write(tmp_path, {**BASE, path: "x", "contacts/more.md": "---\nname: M\n---\n"})
    ) == [("stray-file", root)]
    (problem,) = loaded({path: "x"}).problems
    assert (problem.span.path, problem.message) == (
        root,
        f"`{root}` is not read: its name is `{help.split('`')[1]}`.",
    )
    assert problem.help.startswith(help)


@pytest.mark.parametrize(
    "path",
    ["contracts/a.md", "meals/a.md", "ideals/a.md", "contact-form/a.md", "pipeline/a.yml",
     "pipelines/a.yml", "notes/a.md", "deals.csv", "contacts.yml", "docs/deal/a.md"],
)  # fmt: skip
def test_other_names_are_somebody_elses(tmp_path: Path, path: str) -> None:
    assert codes_in(write(tmp_path, {**BASE, path: "x"})) == []
    assert loaded({path: "x"}).problems == ()


def test_an_unreadable_folder_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = write(
        tmp_path, {**BASE, "deals/shut/a.md": deal(), "deals/open/b.md": deal(front="x: y")}
    )
    real = os.open

    def shut(path: str, *rest: int, **where: int) -> int:
        if path == "shut":
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **where)

    monkeypatch.setattr(os, "open", shut)
    assert codes_in(tree) == [
        ("unknown-field", "deals/open/b.md"),
        ("unreadable-file", "deals/shut"),
    ]


def test_a_folder_that_is_a_link(tmp_path: Path) -> None:
    tree = write(tmp_path, {"pipeline.yml": BASE["pipeline.yml"]})
    (tmp_path / "deals").symlink_to("/")
    assert codes_in(tree) == [("symlink", "deals")]


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the owner of all files can read them"
)
def test_an_unreadable_file(tmp_path: Path) -> None:
    tree = write(tmp_path, {**BASE, "deals/secret.md": deal()})
    (tmp_path / "deals" / "secret.md").chmod(0)
    assert codes_in(tree) == [("unreadable-file", "deals/secret.md")]


def test_an_unreadable_file_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = write(tmp_path, {**BASE, "deals/shut.md": deal(), "deals/open.md": deal(front="x: y")})
    real = tree.read

    def read(path: str, most: int) -> bytes:
        if path == "deals/shut.md":
            raise PermissionError(13, "Permission denied")
        return real(path, most)

    monkeypatch.setattr(tree, "read", read)
    assert codes_in(tree) == [
        ("unknown-field", "deals/open.md"),
        ("unreadable-file", "deals/shut.md"),
    ]


def test_large_files_are_refused() -> None:
    text = deal(notes="x" * MAX_BYTES)
    assert places({"deals/bad.md": text}) == [("too-large", 1, 1)]


def test_bytes_that_are_not_utf8_have_their_place() -> None:
    data = deal(front="channel: Köln").encode("latin-1")
    for ends in (b"\n", b"\r\n", b"\r"):
        assert places({"deals/bad.md": data.replace(b"\n", ends)}) == [("not-utf8", 6, 11)]
    (problem,) = loaded({"deals/bad.md": deal().encode("utf-16")}).problems
    assert "UTF-16" in problem.message


def test_no_file_takes_long_to_explain() -> None:
    begin = time.process_time()
    loaded({
        "deals/a.md": deal(front="".join(f"titel-{n}: x\n" for n in range(9_000))),
        "deals/b.md": deal(notes="## 2026-10-14 call with " + ", ".join(f"jane-ro{n}" for n in range(20_000))),
        "deals/c.md": deal(notes="## 2026-10-14 email" + " " * 200_000 + "x\n"),
        "deals/d.md": deal(front="c" + "\n" * 200_000 + "d: e"),
        "deals/e.md": deal(notes="## 2026-10-14 call\n" + "x-a:: b\n" * 30_000),
    })  # fmt: skip
    assert time.process_time() - begin < 5


def test_a_broken_pipeline_does_not_make_every_deal_wrong() -> None:
    result = loaded({"pipeline.yml": "a: [b\n", "deals/bad.md": "no front matter"})
    assert [(p.code, p.span.path) for p in result.problems] == [
        ("yaml-syntax", "deals/bad.md"), ("yaml-syntax", "pipeline.yml")]  # fmt: skip
    assert result.journal is None


def test_today_is_asked_for_or_pinned_or_the_clocks() -> None:
    asked = dt.date(2020, 1, 1)
    assert loaded({}, today=asked).today == asked
    assert loaded({}).today == dt.date(2026, 11, 20)
    unpinned = BASE["pipeline.yml"].replace("as-of: 2026-11-20\n", "")
    clock = dt.date(2031, 1, 1)
    assert load(MemoryTree({**BASE, "pipeline.yml": unpinned}), lambda: clock).today == clock


def test_sources_are_kept_of_files_with_problems() -> None:
    assert set(loaded({"deals/bad.md": deal(front="x: y")}).sources) == {"deals/bad.md"}


def test_files_in_the_folders_order_or_not_the_problems_are_the_same() -> None:
    files = {f"deals/d{n}.md": deal(front="x: y") for n in range(5)}
    tree = MemoryTree({**BASE, **dict(reversed(files.items()))})
    assert load(tree, lambda: dt.date(2026, 1, 1)).problems == loaded(files).problems


CONFLICT = "<<<<<<< HEAD\n{0}\n=======\n{0}\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("deals/bad.md", deal(front=CONFLICT.format("value: 5")), 6),
        ("deals/bad.md", deal(notes=CONFLICT.format("## 2026-13-24 meting") * 2), 7),
        ("deals/bad.yml", CONFLICT.format("nme: x"), 1),
        ("contacts/tom.md", CONFLICT.format("---\nname: Tom\n---"), 1),
        ("pipeline.yml", BASE["pipeline.yml"] + CONFLICT.format("rungs: []"), 25),
    ],
)
def test_a_merge_conflict_is_one_problem(path: str, text: str, line: int) -> None:
    (problem,) = loaded({path: text}).problems
    assert (problem.code, problem.message) == (
        "yaml-syntax",
        "This file has a merge conflict.",
    )
    assert problem.span == (path, line, 1, line, 8)


def test_a_better_name_is_one_that_reads_well() -> None:
    (problem,) = loaded({"deals/Müller & Søn.md": deal()}).problems
    assert "`muller-and-son.md`" in problem.help


def test_what_is_left_out_is_known() -> None:
    result = loaded(
        {
            "deals/gap.md": "---\ntitle: No owner\nstage: lead\n---\n",
            "deals/Not An Id.md": deal(),
            "deals/2025/twice.md": deal(),
            "deals/twice.md": deal(),
            "deals/broken.md": "---\ntitle: [\n---\n",
            "deals/warned.md": deal(front="x: y"),
            "deals/picture.png": b"",
            "contacts/nameless.md": "---\nemail: a@b.example\n---\n",
        }
    )
    assert result.left_out == (
        "contacts/nameless.md",
        "deals/Not An Id.md",
        "deals/broken.md",
        "deals/gap.md",
        "deals/twice.md",
    )
    assert result.journal is not None and "warned" in result.journal.deals_by_id
    assert loaded({}).left_out == ()


def test_many_marks_of_a_conflict_that_is_none_take_no_time() -> None:
    begin = time.process_time()
    assert codes({"deals/bad.md": deal(notes="<<<<<<< \n" * 20_000)}) == [
        "too-large",
        "invalid-note",
    ]
    for mark in ("=======\n", ">>>>>>>\n", "a\n|||||||\n"):
        codes({"deals/bad.md": deal(notes=mark * 20_000)})
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("deals/b.MD", "b.md"),
        ("deals/b.markdown", "b.md"),
        ("deals/b.md.txt", "b.md"),
        ("deals/b.txt", "b.md"),
        ("deals/2026/b.YAML", "b.yaml"),
        ("deals/b.Yml", "b.yml"),
        ("deals/B C.md.txt", "b-c.md"),
        ("deals/b.md~", "b.md"),
        ("deals/b.yml.orig", "b.yml"),
        ("deals/b.json", "b.yml"),
        ("deals/README.txt", "README.md"),
    ],
)
def test_a_file_of_another_ending_is_to_be_renamed(path: str, name: str) -> None:
    (problem,) = loaded({path: deal()}).problems
    assert problem.help == f"Rename it to `{name}`, or keep it elsewhere."


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("b (1).md", "b.md"),
        ("b(2).md", "b.md"),
        ("b - Copy.md", "b.md"),
        ("b - Copy (2).yml", "b.yml"),
        ("Copy of B.md", "b.md"),
        ("b (Maria's conflicted copy 2026-11-01).md", "b.md"),
        ("b.sync-conflict-20261101-093000-ABCDEFG.md", "b.md"),
        ("~$b.md", "b.md"),
        ("b\u2011c.md", "b-c.md"),
        ("hard copy.md", "hard-copy.md"),
        ("Phase (two).md", "phase-two.md"),
    ],
)
def test_a_copy_of_what_is_gone_is_to_be_renamed(name: str, better: str) -> None:
    text = deal() if name.endswith(".md") else deal().replace("---\n", "")
    (problem,) = loaded({f"deals/{name}": text}).problems
    assert problem.help.startswith(f"Rename the file to `{better}`: ")


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("acme (1).md", "acme-1.md"),
        ("acme - Copy.md", "acme-copy.md"),
        ("acme copy.md", "acme-copy.md"),
        ("acme copy 2.md", "acme-copy-2.md"),
        ("Copy of acme.md", "copy-of-acme.md"),
        ("~$acme.md", ""),
    ],
)
def test_a_copy_beside_what_was_copied_is_not_to_take_its_place(name: str, own: str) -> None:
    (problem,) = loaded({f"deals/{name}": deal()}).problems
    assert problem.help == (
        "`deals/acme.md` is `acme`: take what is new over there, and this file away; or "
        "give it a name of its own" + (f": `{own}`." if own else ".")
    )


@pytest.mark.parametrize("name", ["acme.md~", "acme.md.bak", "acme.json", "ACME.txt"])
def test_what_lies_beside_a_deal_is_kept_elsewhere(name: str) -> None:
    (problem,) = loaded({f"deals/{name}": deal()}).problems
    assert problem.help == "There is a deal `acme`: keep what this file is beside it elsewhere."


def test_a_character_in_a_name_that_looks_like_another_is_named() -> None:
    (problem,) = loaded({"deals/b\u2011c.md": deal()}).problems
    assert problem.message.endswith(": there is U+2011, non-breaking hyphen, in it.")
