from __future__ import annotations

import pytest

from site_builder.problems.problem import Problem
from tests.journals import loaded

FIELDS = "title: Bad\nowner: maria\nstage: lead\nnext: 2026-12-01 Call Jane\n"
NOTE = "\n## 2026-10-24 call — x\n"
LATE = NOTE + "\ntext\n\n---\n\nmore\n"


def only(text: str) -> Problem:
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert problem.code == "yaml-syntax"
    return problem


@pytest.mark.parametrize("notes", [NOTE, LATE, "\n# Words\n", "\nWords and words\n", ""])
@pytest.mark.parametrize(
    ("closing", "says"),
    [
        ("...", "`...` is not `---`"),
        ("----", "`----` is not `---`"),
        ("--", "`--` is not `---`"),
        ("———", "`———` is not `---`"),
        ("—", "`—` is not `---`"),
        ("===", "`===` is not `---`"),
        ("+++", "`+++` is not `---`"),
        ("***", "`***` is not `---`"),
        (" ---", "blanks stand before"),
        ("---\u00a0", "U+00A0, no-break space"),
        ("\u200b---", "U+200B, zero width space"),
        ("--- end", "something stands behind"),
    ],
)
def test_what_stands_in_place_of_the_closing_line_is_told(
    closing: str, says: str, notes: str
) -> None:
    problem = only(f"---\n{FIELDS}{closing}\n{notes}")
    assert problem.span.line == 6 and problem.span.end_line == 6
    assert (
        says in problem.message and "rite `---`" in problem.help
    ) or "anew: `---`" in problem.help
    assert loaded({"deals/bad.md": f"---\n{FIELDS}---\n{notes}"}).problems == ()


@pytest.mark.parametrize(
    ("notes", "line"),
    [
        (NOTE, 7),
        (LATE, 7),
        ("## 2026-10-24 call\n", 6),
        ("### 2026-10-24 call\n", 6),
        ("\n# Words\n", 7),
        ("\nWords and words\n" + LATE, 7),
    ],
)
def test_a_missing_closing_line_is_put_where_the_text_begins(notes: str, line: int) -> None:
    problem = only(f"---\n{FIELDS}{notes}")
    assert (problem.span.line, problem.help) == (line, "Put a line `---` above this one.")


def test_a_file_of_fields_alone_wants_a_closing_line_behind_them() -> None:
    problem = only(f"---\n{FIELDS}")
    assert (problem.span.line, problem.help) == (
        5,
        "Put a line `---` between the fields and the notes.",
    )


@pytest.mark.parametrize(
    ("text", "line", "says", "help"),
    [
        (f"\n\n---\n{FIELDS}---\n", 3, "blank lines stand above", "very first"),
        (f" ---\n{FIELDS}---\n", 1, "blanks stand before", "very first"),
        (
            f"{FIELDS}---\n{NOTE}",
            1,
            "its first `---` is missing",
            "Put a line `---` above `title: Bad`.",
        ),
        (f"{FIELDS}{NOTE}", 1, "its first `---` is missing", "Put another between"),
        (f"----\n{FIELDS}----\n", 1, "`----` is not `---`", "three hyphens"),
        (f"—\n{FIELDS}—\n", 1, "`—` is not `---`", "three hyphens"),
        (f"***\n{FIELDS}***\n", 1, "`***` is not `---`", "three hyphens"),
        (f"\u200b---\n{FIELDS}---\n", 1, "zero width space", "anew: `---`"),
        (f"\ufeff\ufeff---\n{FIELDS}---\n", 1, "byte order mark", "anew: `---`"),
        (f"---yaml\n{FIELDS}---\n", 1, "behind `---`: `yaml`", "Write `---` alone."),
        (f"```yaml\n{FIELDS}```\n", 1, "fence of code", "Write `---` for each"),
        ('+++\ntitle = "Bad"\n+++\n', 1, "TOML", "`name: value`"),
        ('{\n  "title": "Bad"\n}\n', 1, "JSON", "`name: value`"),
        (f"# Bad\n\n---\n{FIELDS}---\n", 3, "something stands above", "below the second `---`"),
        (f"---\n---\n{FIELDS}", 2, "below the second `---`", "Move the second line"),
        ("", 1, "does not begin with front matter", "Begin it with a line `---`"),
        ("Words\n", 1, "does not begin with front matter", "Begin it with a line `---`"),
    ],
)
def test_what_stands_in_place_of_the_first_line_is_told(
    text: str, line: int, says: str, help: str
) -> None:
    problem = only(text)
    assert problem.span.line == line
    assert says in problem.message and help in problem.help


@pytest.mark.parametrize(
    "front",
    ["\n" + FIELDS, FIELDS.replace("\n", "\n\n"), "# Words\n" + FIELDS, "## Words\n\n" + FIELDS,
     FIELDS + "their-win: |\n  one\n\n  two\n\n", FIELDS + "tags:\n\n- a\n\n- b\n\n# More\n"],
)  # fmt: skip
def test_blank_lines_and_comments_among_fields_are_fine(front: str) -> None:
    assert loaded({"deals/bad.md": f"---\n{front}---\n{LATE}"}).problems == ()


def test_front_matter_that_is_never_closed_takes_no_time() -> None:
    for line in ("a: b\n", "\n\na\n", "-----\n", "\u00a0---\n", "# 2026\n", "- - - -\n"):
        assert len(loaded({"deals/bad.md": "---\n" + line * 30_000}).problems) == 1
