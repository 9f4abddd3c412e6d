from __future__ import annotations

import pytest

from site_builder.edit.parts import NoParts, comments_in, parts_of
from tests.edit.desks import existing

NOTE = "## 2026-10-01 09:00 call to ann by max — Words"


@pytest.mark.parametrize(
    "field", ['title: "a # b"', 'tags: ["a # b", c]', 'x-a: {b: "c # d", e: f}']
)
def test_what_stands_in_a_value_is_no_comment(field: str) -> None:
    (found,) = parts_of(existing(f"---\n{field} # Ours\n---\n")).fields
    assert [*comments_in(found)] == ["# Ours"]


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("-01", "-02"),
        ("09:00", "09:30"),
        ("call", "email"),
        (" to ", " from "),
        ("ann", "bob"),
        ("max", "ida"),
        ("Words", "Others"),
    ],
)
def test_a_heading_is_another_where_any_part_of_it_is(said: str, other: str) -> None:
    one, two = (
        parts_of(existing(f"---\ntitle: A\n---\n\n{heading}\n")).notes[0]
        for heading in (NOTE, NOTE.replace(said, other, 1))
    )
    assert one.heading != two.heading and one.body == two.body


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contacts/a.yml", "{name: A, level: client}\n"),
        ("contacts/a.yml", "name: A\nnotes: [{date: 2026-10-01, kind: call}]\n"),
        ("contacts/a.yml", "name: A\nnotes: # Ours\n  - {date: 2026-10-01, kind: call}\n"),
        ("contacts/a.yml", "notes:\n  - {date: 2026-10-01, kind: call}\nname: A\n"),
        ("contacts/a.yml", "# Nobody yet\n"),
        ("deals/a.md", "---\n# Nothing yet\n---\n"),
    ],
)
def test_what_is_not_line_by_line_has_no_parts(path: str, text: str) -> None:
    with pytest.raises(NoParts):
        parts_of(existing(text, path))
