from __future__ import annotations

import pytest

from site_builder.edit.parts import comments_in, parts_of
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
