"""What git has recorded of deals and contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.files.cache import Cache, cache_of
from site_builder.files.git_history import Made, Touched, history
from site_builder.files.git_objects import Repository
from site_builder.journal.recordings import Entry, Recordings
from site_builder.review import recorded as module
from site_builder.review.recorded import recorded, recordings
from tests.catalogue import BASE
from tests.repositories import QUIET, Repo
from tests.year_of_history import year

DEAL = "---\ntitle: A\nowner: maria\nstage: {}\nvalue: {}\n---\n"
CALL = "\n## 2026-10-0{} call\n"


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "journal")
    made.commit(dict(BASE), day="2026-10-01")
    made.commit({"deals/a.md": DEAL.format("lead", 5)}, day="2026-10-02")
    return made


def of(repo: Repo, name: str = "deals/a", folder: str = "") -> list[str]:
    """What was recorded of a deal or contact, an entry a line."""
    found = recorded(repo.folder / folder, None, None)
    return [said(one) for one in found.of.get(name, ())] if found else []


def said(entry: Entry) -> str:
    fields = [f"{name} {before}>{after}" for name, before, after in entry.fields]
    notes = [day.isoformat() for day in entry.notes]
    return " ".join([entry.commit.day.isoformat()[5:], *["new"] * entry.is_new, *fields, *notes])


def test_each_change_of_a_field_with_its_commit(repo: Repo) -> None:
    more = "close: 2026-12-01  # they say\nprobability: '55%'\n---\n"
    id = repo.commit(
        {"deals/a.md": DEAL.format("talks", "5 000").replace("---\n", more)[len(more) :]},
        day="2026-10-05",
    )
    repo.commit(
        {"deals/a.md": DEAL.format("talks", 5).replace("stage", "tags: [x]\nstage")},
        day="2026-10-06",
    )
    assert of(repo)[0] == "10-02 new stage >lead value >5"
    repo.commit(
        {
            "deals/a.md": "---\ntitle: A\nstage: \"lost\"   # so\nclose: 2026-12-01\nprobability: '55%'\n---\n"
        },
        day="2026-10-07",
    )
    assert of(repo)[-1] == "10-07 stage talks>lost value 5> close >2026-12-01 probability >55%"
    found = recorded(repo.folder, id, None)
    assert found is not None and found.of["deals/a"][-1].commit[:4] == (
        id, dt.date(2026, 10, 5), "Maria", "maria@kestrel.example",
    )  # fmt: skip


def test_the_notes_that_a_commit_adds(repo: Repo) -> None:
    text = DEAL.format("lead", 5) + CALL.format(3)
    repo.commit({"deals/a.md": text + CALL.format(4) + CALL.format(4)}, day="2026-10-05")
    repo.commit(
        {"deals/a.md": text + CALL.format(4) + "Words\n" + CALL.format(4) + CALL.format(4)},
        day="2026-10-06",
    )
    repo.commit({"deals/a.md": text}, day="2026-10-07")
    assert of(repo)[1:] == ["10-05 2026-10-03 2026-10-04 2026-10-04", "10-06 2026-10-04"]


@pytest.mark.parametrize(
    "notes",
    [
        "notes:\n- date: 2026-10-04\n  kind: call\n",
        "notes:\n  - kind: call\n    date: '2026-10-04'\n",
        "notes:\n- {date: 2026-10-04, kind: call}\n",
    ],
)
def test_notes_of_yaml_files(repo: Repo, notes: str) -> None:
    repo.commit(
        {"deals/y.yml": f"title: Y\nstage: lead\nclose: 2026-12-01\n{notes}"}, day="2026-10-05"
    )
    assert of(repo, "deals/y") == ["10-05 new stage >lead close >2026-12-01 2026-10-04"]


def test_a_file_that_moves_to_another_folder_or_kind_is_the_same(repo: Repo) -> None:
    repo.commit({"deals/2026/a.md": DEAL.format("lead", 5)}, ["deals/a.md"], day="2026-10-05")
    repo.commit(
        {"deals/a.yml": "title: A\nowner: maria\nstage: talks\nvalue: 5\n"},
        ["deals/2026/a.md"],
        day="2026-10-06",
    )
    assert of(repo) == ["10-02 new stage >lead value >5", "10-06 stage lead>talks"]


def test_a_deal_that_gets_another_id_takes_its_history_along(repo: Repo) -> None:
    repo.commit(
        {"deals/b.md": DEAL.format("lead", 5) + CALL.format(4)}, ["deals/a.md"], day="2026-10-05"
    )
    repo.commit({"deals/a.md": "---\ntitle: Else\nstage: won\n---\n"}, day="2026-10-06")
    assert of(repo, "deals/b") == ["10-02 new stage >lead value >5", "10-05 2026-10-04"]
    assert of(repo) == ["10-06 new stage >won"]


def test_each_branch_says_what_it_changed_and_a_merge_what_it_did_itself(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "other")
    repo.commit({"deals/a.md": DEAL.format("talks", 5)}, day="2026-10-03")
    repo.git("checkout", "-q", "main")
    repo.commit({"deals/a.md": DEAL.format("lead", 7)}, day="2026-10-04")
    with pytest.raises(Exception, match="merge"):
        repo.git("merge", "-q", "other")
    repo.commit({"deals/a.md": DEAL.format("talks", 9)}, day="2026-10-05")
    assert of(repo)[1:] == ["10-03 stage lead>talks", "10-04 value 5>7", "10-05 value 7>9"]


def test_a_journal_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "top")
    files = {"deals/a.md": DEAL.format("lead", 1), "sales/deals/a.md": DEAL.format("won", 2)}
    repo.commit(
        {
            **files,
            "sales/deals/.hidden.md": "x",
            "sales/deals/README.md": "x",
            "sales/deals/a.txt": "x",
        }
    )
    assert of(repo, folder="sales") == ["11-01 new stage >won value >2"]
    found = recorded(repo.folder / "sales", None, None)
    assert found is not None and list(found.of) == ["deals/a"]


def test_what_a_shallow_clone_begins_with_is_no_record(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"deals/a.md": DEAL.format("talks", 5)}, day="2026-10-05")
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "2", f"file://{repo.folder}", clone)
    made = Repo(clone)
    assert of(made) == ["10-05 stage lead>talks"]
    cache = Cache(tmp_path / "cache/one", b"")
    found = recorded(clone, None, cache)
    assert found is not None and found.begins == dt.date(2026, 10, 2)
    made.git("fetch", "-q", "--unshallow")
    found = recorded(clone, None, cache)
    assert found is not None and found.begins is None and len(found.of["deals/a"]) == 2


def test_where_there_is_no_git_or_no_commit(tmp_path: Path) -> None:
    assert recorded(tmp_path / "nowhere", None, None) is None
    assert recorded(tmp_path, None, None) is None
    assert recorded(Repo(tmp_path / "new").folder, None, None) is None


def test_what_comes_at_once_is_told_apart(repo: Repo) -> None:
    many = {f"deals/d{n}.md": DEAL.format("lead", n) for n in range(21)}
    repo.commit(many, day="2026-10-05")
    found = recorded(repo.folder, None, None)
    assert found is not None
    much = {name: some[0].commit.brings_much for name, some in found.of.items()}
    assert (much["deals/a"], much["deals/d1"], much["contacts/jane-roe"]) == (False, True, True)


def test_odd_files_and_names_break_nothing(repo: Repo) -> None:
    odd: dict[str, str | bytes] = {
        "deals/b.md": b"\xff\xfe---\nstage: x", "deals/c.md": "---\nstage: [lead\n", "deals/d.yml": "stage: '",
        "deals/e.md": "---\nstage:\nvalue: \n---\n## 2026-99-99 call\n", "deals/\x01 é.md": "x",
        "deals/f.md": b"a" * 300_000, "deals/g.md": "---\r\nstage: lead\r\n---\r\n\r\n## 2026-10-04 call\r\n",
    }  # fmt: skip
    repo.commit(odd, day="2026-10-05")
    repo.commit({"deals/f.md": DEAL.format("lead", 1)}, ["deals/b.md"], day="2026-10-06")
    assert of(repo, "deals/g") == ["10-05 new stage >lead 2026-10-04"]
    assert of(repo, "deals/f") == ["10-05 new", "10-06 stage >lead value >1"]


def _at(repo: Repo, revision: str, cache: Cache) -> Recordings:
    repository = Repository(repo.folder)
    return recordings(repository, repository.commit(revision).id, cache)


def test_only_new_commits_are_read_and_it_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = year(tmp_path / "year", commits=60, deals=6)
    for at, day in enumerate(("2026-11-19", "2026-11-18")):
        repo.git("checkout", "-q", "-b", f"b{at}", "HEAD~9")
        repo.commit({"deals/a.md": DEAL.format("lead", at)}, day=day)
        repo.git("checkout", "-q", "main")
        repo.git("merge", "-q", "-X", "theirs", "-m", "Merge", f"b{at}")
    cache = cache_of(repo.folder)
    assert cache is not None
    whole = recordings(Repository(repo.folder), repo.git("rev-parse", "HEAD"), None)
    read: list[str] = []

    def counted(
        repository: Repository, head: str, known: str
    ) -> Iterator[tuple[Made, list[Touched]]]:
        read.append(known)
        return history(repository, head, known)

    monkeypatch.setattr(module, "history", counted)
    for revision in ("HEAD~2", "HEAD~1", "HEAD", "HEAD"):
        found = _at(repo, revision, cache)
    assert (len(read), read[0], found) == (3, "", whole)
    repo.git("commit", "-q", "--amend", "-m", "Other", day="2026-11-20")
    assert _at(repo, "HEAD", cache) == recorded(repo.folder, None, None)
    assert read[3] == ""


def test_what_is_known_of_the_branch_is_left_where_another_revision_is_asked_for(
    repo: Repo,
) -> None:
    cache = cache_of(repo.folder)
    assert cache is not None
    recorded(repo.folder, None, cache)
    kept = cache.read("recorded")
    assert recorded(repo.folder, "HEAD~1", cache) != recorded(repo.folder, None, cache)
    assert cache.read("recorded") == kept is not None
