from __future__ import annotations

import pytest

from tests.journals import codes, loaded, places

FIELDS = "title: A\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("## 2026-11-10 stage lead", "{date: 2026-11-10, kind: stage, stage: lead}"),
        ("## 30.10.2026 call with jane-roe", "{date: 2026-10-30, kind: call, with: [jane-roe]}"),
        ("### Call 2026-11-10", "{date: 2026-11-10, kind: call}"),
        ("  ## 2026-11-10 call", "{date: 2026-11-10, kind: call}"),
    ],
)
@pytest.mark.parametrize("path", ["deals/a.yml", "deals/a.yaml"])
def test_a_comment_that_reads_as_a_note_is_told(path: str, heading: str, item: str) -> None:
    (problem,) = loaded({path: f"{FIELDS}\n{heading}\n"}).problems
    column = heading.index("#") + 1
    end = column + heading.count("#")
    assert problem.code == "heading-like-note"
    assert problem.span[1:] == (6, column, 6, end)
    assert problem.help == (
        f"Write `- {item}` below `notes` to begin a note. Or rename the file to `a.md`, and put a "
        "line `---` above and below its fields."
    )


def test_what_the_help_says_is_right() -> None:
    heading = "## 2026-11-10 stage lead\n"
    item = "notes:\n- {date: 2026-11-10, kind: stage, stage: lead}\n"
    assert codes({"deals/a.yml": FIELDS + item}) == []
    assert codes({"deals/a.md": f"---\n{FIELDS}---\n{heading}"}) == []


def test_beside_notes_only_their_list_is_named() -> None:
    notes = "notes:\n- {date: 2026-11-01, kind: call}\n\n## 2026-11-10 call\n"
    (problem,) = loaded({"deals/a.yml": FIELDS + notes}).problems
    assert problem.help == (
        "Write `- {date: 2026-11-10, kind: call}` below `notes` to begin a note."
    )


def test_contacts_are_told_too() -> None:
    assert places({"contacts/a.yml": "name: A\n## 2026-11-10 know\n"}) == [
        ("heading-like-note", 2, 1)
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "# 2026-11-10 call",
        "## Part 2",
        "## As of 2026",
        "### 2026-11-10 rates",
        "## Deals of 2026-11-10",
    ],
)
def test_other_comments_are_fine(comment: str) -> None:
    assert codes({"deals/a.yml": f"{comment}\n{FIELDS}"}) == []


def test_what_stands_in_a_value_is_no_comment() -> None:
    assert codes({"deals/a.yml": f'{FIELDS}channel: "a\n  ## 2026-11-10 call\n  b"\n'}) == []
    block = "notes:\n- date: 2026-11-01\n  kind: call\n  text: |\n    Hi\n    ## 2026-11-10 call\n"
    assert places({"deals/a.yml": FIELDS + block}) == [("heading-like-note", 10, 8)]


@pytest.mark.parametrize(
    ("text", "line", "where"),
    [
        (f"{FIELDS}---\n\n## 2026-11-10 call\n", 5, ", and put a line `---` above its fields"),
        (f"---\n{FIELDS}---\n\n## 2026-11-10 call\n\nText\n", 6, ""),
        (f"{FIELDS}\n## 2026-11-10 call\n\nText\n", 8, ", and put a line `---` above and below its fields"),
        (f"---\n{FIELDS}\n## 2026-11-10 call\n- [x] a\n", 8, ", and put a line `---` below its fields"),
    ],
)  # fmt: skip
def test_notes_of_markdown_in_yaml_are_one_problem(text: str, line: int, where: str) -> None:
    (problem,) = loaded({"deals/a.yml": text}).problems
    assert (problem.code, problem.span.line) == ("yaml-syntax", line)
    assert problem.help == (
        f"Notes below the fields are for `.md` files: rename the file to `a.md`{where}."
    )


def test_a_slip_in_a_field_below_a_comment_is_told_as_it_is() -> None:
    text = f"## 2026-11-10 call\n{FIELDS}tags: {{a\n"
    (problem,) = loaded({"deals/a.yml": text}).problems
    assert "bracket is not closed" in problem.message


def test_each_of_many_is_told() -> None:
    text = FIELDS + "## 2026-11-10 call with jan ro\n" * 250
    assert codes({"deals/a.yml": text}) == ["heading-like-note"] * 250
