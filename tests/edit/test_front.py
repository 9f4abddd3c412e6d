from __future__ import annotations

import pytest

from site_builder.edit.front import NotPlain, set_field, take_field
from site_builder.edit.notes import put
from tests.edit.desks import after, existing

HEAD = """---
title: 'A: one'   # what we call it
owner: maria
# where it stands
stage: lead   # since June
value: "48000"
next:
  2026-12-01 Call
contacts: [jane-roe, john-smith]
x-mine: >-
  folded
  text

tags:
- one
- two
---
Text
"""


@pytest.mark.parametrize(
    ("name", "value", "old", "new"),
    [
        ("title", "B: two's", "'A: one'   #", "'B: two''s'   #"),
        ("stage", "won", "stage: lead   #", "stage: won   #"),
        ("value", "51 000", '"48000"', '"51 000"'),
        ("next", "2026-12-02 Write", "next:\n  2026-12-01 Call\n", "next:\n  2026-12-02 Write\n"),
        ("contacts", ("jane-roe",), "[jane-roe, john-smith]", "[jane-roe]"),
        ("x-mine", "plain", "x-mine: >-\n  folded\n  text\n", "x-mine: plain\n"),
        ("tags", ("three",), "tags:\n- one\n- two\n", "tags: [three]\n"),
        ("close", "2026-12-31", "next:\n", "close: 2026-12-31\nnext:\n"),
        ("company", "acme", "owner: maria\n", "company: acme\nowner: maria\n"),
        ("pipeline", "sales", "owner: maria\n", "owner: maria\npipeline: sales\n"),
        ("our-win", "a: b", "  2026-12-01 Call\n", '  2026-12-01 Call\nour-win: "a: b"\n'),
        ("segment", "smb", "- two\n---", "- two\nsegment: smb\n---"),
    ],
)
def test_a_field_is_set_where_it_stands_or_behind_its_usual_neighbour(
    name: str, value: str | tuple[str, ...], old: str, new: str
) -> None:
    file = existing(HEAD)
    assert HEAD.count(old) == 1
    assert after(file, set_field(file, name, value)) == HEAD.replace(old, new)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("stage", "stage: lead   # since June\n"),
        ("next", "next:\n  2026-12-01 Call\n"),
        ("x-mine", "x-mine: >-\n  folded\n  text\n"),
        ("tags", "tags:\n- one\n- two\n"),
    ],
)
def test_a_field_is_taken_away_with_its_lines_alone(name: str, lines: str) -> None:
    file = existing(HEAD)
    splice = take_field(file, name)
    assert splice is not None
    assert after(file, splice) == HEAD.replace(lines, "")


def test_a_field_that_is_not_there_can_t_be_taken_away() -> None:
    assert take_field(existing(HEAD), "close") is None


@pytest.mark.parametrize("empty", ["close:\n", "close: \n", "close:   # soon\n", 'close: ""\n'])
def test_an_empty_field_is_filled(empty: str) -> None:
    text = f"---\ntitle: A\n{empty}stage: lead\n---\n"
    file = existing(text)
    made = after(file, set_field(file, "close", "2026-12-31"))
    again = existing(made)
    assert again.text_of("close") == "2026-12-31"
    assert "# soon" in made or "#" not in empty
    assert made.count("\n") == text.count("\n")


def test_the_only_field_of_an_empty_file() -> None:
    file = existing("---\n---\n")
    assert after(file, set_field(file, "title", "A")) == "---\ntitle: A\n---\n"


def test_fields_of_yaml_files() -> None:
    text = "title: A\nstage: lead\nnotes:\n  - date: 2026-01-01\n    kind: note\n"
    file = existing(text, "deals/a.yml")
    made = after(file, set_field(file, "tags", ("x",)), set_field(file, "stage", "won"))
    assert made == text.replace("lead\n", "won\ntags: [x]\n")


@pytest.mark.parametrize("text", ["title: A\nstage: lead", "title: A\nstage: lead\n"])
def test_the_last_line_of_a_yaml_file(text: str) -> None:
    file = existing(text, "deals/a.yml")
    made = after(file, set_field(file, "tags", ("x",)))
    assert made.rstrip("\n") == "title: A\nstage: lead\ntags: [x]"


@pytest.mark.parametrize("text", ["{title: A, stage: lead}\n", "{title: A}", "{\n title: A\n}\n"])
def test_fields_in_braces_are_left_alone(text: str) -> None:
    file = existing(text, "deals/a.yml")
    with pytest.raises(NotPlain, match="in braces"):
        set_field(file, "stage", "won")
    with pytest.raises(NotPlain, match="in braces"):
        put(file, 0, ["- date: 2026-11-20\n  kind: note\n"])


def test_windows_line_ends_and_quoted_keys() -> None:
    text = '---\r\n"title": A\r\nstage : lead\r\n---\r\n'
    file = existing(text)
    made = after(file, set_field(file, "stage", "won"), set_field(file, "title", "B"))
    assert made == '---\r\n"title": B\r\nstage : won\r\n---\r\n'


def test_a_field_below_the_notes_is_taken_away_alone() -> None:
    text = "title: A\nnotes:\n- date: 2026-11-01\n  kind: note\nowner: maria\ntags:\n- a\n"
    file = existing(text, "deals/a.yml")
    taken = take_field(file, "tags")
    assert taken is not None
    assert after(file, taken) == text.removesuffix("tags:\n- a\n")
