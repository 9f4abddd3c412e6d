"""Who of us had exchanges with whom of a company."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.threads import Threads, threads
from site_builder.load.loader import load
from tests.catalogue import BASE, deal
from tests.journals import loaded
from tests.stories import INTANGIBLE, TANGIBLE, TODAY, raw, story

CONTACTS = {
    "contacts/corp.md": "---\nname: Corp\ntype: company\n---\n",
    "contacts/ann.md": "---\nname: Ann\ncompany: corp\n---\n",
    "contacts/bob.md": "---\nname: Bob\ncompany: corp\n---\n",
}
PEOPLE = "company: corp\ncontacts: [ann champion, bob buyer]"


def found(notes: str, front: str = PEOPLE, files: Mapping[str, str] = CONTACTS) -> Threads:
    text = BASE["pipeline.yml"].replace("Maria Lopez}", "Maria Lopez}\n  otto: {name: Otto}")
    seen = loaded(
        {
            **CONTACTS,
            **files,
            "pipeline.yml": text,
            "deals/b.md": deal(front=front, notes=notes),
        }
    ).seen
    assert seen is not None
    return threads(seen.contacts_by_id["corp"], Insights(seen, TODAY))


def told(made: Threads) -> list[tuple[str, str, int, int]]:
    return [(t.ours.id, t.theirs.id, len(t.exchanges), t.tangible) for t in made.threads]


def test_a_thread_is_all_that_two_people_exchanged() -> None:
    made = found(
        "## 2026-10-01 call with ann by otto\n## 2026-10-02 proposal to ann by otto\n"
        "## 2026-10-03 email to ann, bob by maria\n"
    )
    assert told(made) == [("otto", "ann", 2, 1), ("maria", "ann", 1, 0), ("maria", "bob", 1, 0)]
    assert [p.id for p in made.ours] == ["maria", "otto"]
    assert made.unnamed == 0


def test_a_note_that_names_none_of_us_is_its_owners() -> None:
    assert told(found("## 2026-10-01 call with ann\n")) == [("maria", "ann", 1, 0)]


def test_all_of_us_who_took_part_count() -> None:
    assert told(found("## 2026-10-01 meeting with ann, otto by maria\n")) == [
        ("maria", "ann", 1, 0), ("otto", "ann", 1, 0)]  # fmt: skip


def test_what_names_nobody_of_theirs_is_counted_beside() -> None:
    made = found("## 2026-10-01 call\n## 2026-10-02 call with corp\n## 2026-10-03 note with ann\n")
    assert (told(made), made.unnamed) == ([], 2)


def test_a_role_that_nobody_has_spoken_to_is_an_empty_seat() -> None:
    made = found("## 2026-10-01 call with ann\n")
    assert [(s.contact.id, s.roles, s.is_empty) for s in made.theirs] == [
        ("ann", ("champion",), False), ("bob", ("buyer",), True)]  # fmt: skip
    alone = found("## 2026-10-01 call with ann\n", "company: corp")
    assert [seat.contact.id for seat in alone.theirs] == ["ann"]


@pytest.mark.parametrize(
    ("front", "who", "ours", "unnamed"),
    [("owner: maria\n", "", ["maria"], 0), ("", "", [], 1), ("", " with ann", [], 1)],
)
def test_whose_file_tells_of_an_exchange_was_spoken_to(
    front: str, who: str, ours: list[str], unnamed: int
) -> None:
    ann = f"---\nname: Ann\ncompany: corp\n{front}---\n\n## 2026-10-01 call{who}\n"
    made = found("## 2026-10-02 call with bob\n", files={"contacts/ann.md": ann})
    assert told(made) == [*((id, "ann", 1, 0) for id in ours), ("maria", "bob", 1, 0)]
    assert [seat.is_empty for seat in made.theirs] == [False, False]
    assert made.unnamed == unnamed


@pytest.mark.parametrize("seed", range(4))
def test_its_threads_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    people = {one.id: one.front.get("company", "") for one in raw(files, "contacts")}
    kinds = {*INTANGIBLE, *TANGIBLE} - {"note"}
    for company in ("c0", "c1", "c2", "c3"):
        count = sum(
            n.kind in kinds and people.get(n.who) == company
            for folder in ("deals", "contacts")
            for one in raw(files, folder)
            for n in one.notes
            if folder == "deals" or n.by or one.front.get("owner")
        )
        made = threads(seen.contacts_by_id[company], Insights(seen, TODAY))
        assert sum(len(thread.exchanges) for thread in made.threads) == count
