from __future__ import annotations

import pytest

from site_builder.edit.moved_notes import moved_notes, said_in_notes
from site_builder.edit.refusals import NotDone
from tests.edit.desks import existing

ONE = "---\nname: A\n---\n\n## 2026-10-01 call — One\n\nText\n\n## 2026-11-01 call — Three\n"
TWO = "---\nname: B\n---\n## 2026-10-15 call with a, b — Two\nx-source-id:: q\n\n```\ncode\n```\n"
IN_YAML = "name: B\nnotes:\n  - {date: 2026-10-15, kind: call, headline: Two}\n"


def moved(
    gone: str, kept: str, gone_path: str = "contacts/b.md", path: str = "contacts/a.md"
) -> str:
    return moved_notes(existing(gone, gone_path), existing(kept, path)).data.decode()


def test_in_the_order_of_their_days_and_as_they_stand() -> None:
    note = TWO.partition("---\n## ")[2]
    assert moved(TWO, ONE) == ONE.replace("## 2026-11", f"## {note}\n## 2026-11")


def test_in_a_file_that_runs_newest_first() -> None:
    kept = "---\nname: A\n---\n## 2026-11-01 call\n\n## 2026-10-01 call\n"
    gone = (
        "---\nname: B\n---\n## 2026-10-05 call — A\n\n## 2026-10-05 call — B\n\n## 2026-12-01 call"
    )
    made = moved(gone, kept)
    heads = [line for line in made.split("\n") if line.startswith("##")]
    assert heads == [
        "## 2026-12-01 call",
        "## 2026-11-01 call",
        "## 2026-10-05 call — B",
        "## 2026-10-05 call — A",
        "## 2026-10-01 call",
    ]


def test_several_behind_a_last_line_without_an_end() -> None:
    gone = "---\nname: B\n---\n## 2026-12-01 call — A\n\n\n## 2026-12-02 call — B"
    made = moved(gone, ONE.rstrip())
    assert made == ONE + "\n## 2026-12-01 call — A\n\n## 2026-12-02 call — B\n"
    assert moved(gone.replace("\n\n\n", "\nText\n"), ONE) == made.replace("— A\n", "— A\nText\n")


def test_a_note_in_both_is_there_once() -> None:
    assert moved(ONE, ONE) == ONE
    twice = ONE + "\n## 2026-11-01 call — Three\n"
    assert moved(twice, ONE) == twice


@pytest.mark.parametrize(
    ("gone", "gone_path", "kept", "path"),
    [
        (TWO, "contacts/b.md", "name: A\n", "contacts/a.yml"),
        (TWO, "contacts/b.md", IN_YAML, "contacts/a.yml"),
        (IN_YAML, "contacts/b.yml", ONE, "contacts/a.md"),
        (
            IN_YAML,
            "contacts/b.yml",
            "name: A\nnotes:\n- date: 2026-10-01\n  kind: call",
            "contacts/a.yml",
        ),
    ],
)
def test_forms_may_differ(gone: str, gone_path: str, kept: str, path: str) -> None:
    one, other = existing(gone, gone_path), existing(kept, path)
    said = {*said_in_notes(one), *said_in_notes(other)}
    assert set(said_in_notes(moved_notes(one, other))) == said


def test_what_can_t_be_read_whole_stays_in_its_form() -> None:
    gone = "---\nname: B\n---\n## 2026-10-15 cal — Two\n\n## 2026-13-01 call\n"
    assert "## 2026-13-01 call" in moved(gone, ONE)
    with pytest.raises(NotDone, match="can't be read whole"):
        moved(gone, "name: A\n", path="contacts/a.yml")
