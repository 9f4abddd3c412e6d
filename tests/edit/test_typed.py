"""What the help of a problem says to type, typed into its line."""

from __future__ import annotations

import pytest

from site_builder.edit.splices import spliced
from site_builder.edit.typed import typed
from site_builder.problems.problem import Problem, Span
from site_builder.source.line_slips import EMPTY_LINE

INVISIBLE = "Write a blank in its place, or nothing: it is invisible in most editors."
BRACKETS = "Leave out the square brackets behind `owner`."


def made(line: str, at: int, end: int, help: str, above: str = "") -> str | None:
    """The file of a line, or of two, in which a problem stands from one column on to another."""
    text = f"{above}{line}\n"
    row = above.count("\n") + 1
    found = typed(Problem("x", "", help, Span("a.md", row, at, row, end)), text.split("\n"))
    return None if found is None else spliced(text.encode(), [found.splice]).decode()


@pytest.mark.parametrize(
    ("line", "at", "end", "help", "left"),
    [
        ("stage: led", 8, 11, "Did you mean `lead`?", "stage: lead"),
        ("stage: 'led'", 8, 13, "Did you mean `lead`?", "stage: 'lead'"),
        ("stage: 'led'", 8, 13, "Did you mean `'lead'`?", "stage: 'lead'"),
        ("stage: led", 11, 11, "Did you mean `lead`?", None),
        ("close: soon", 8, 12, "Write `YYYY-MM-DD`.", None),
        ("stage: discovery", 8, 17, "Write `talks`, as that stage is called now.", "stage: talks"),
        ("  value : 5", 3, 8, "Write `value: 5`.", "  value: 5"),
        ("  x", 3, 4, "Write `   y: 5`.", "   y: 5"),
        ("{date: 1, kind: x}", 11, 15, "Write `kind: call`.", None),
        ("- {kind: x}", 4, 8, "Write `- {kind: call}`.", "- {kind: call}"),
        ("value: 5 EURO", 8, 14, "Write `5 EUR`.", "value: 5 EUR"),
        ("  value:: 5", 3, 8, "Write `value:: 5` at the start of its line.", "value:: 5"),
        ("##2026-01-02 call", 1, 18, "Write `## 2026-01-02 call` to begin a note.", "## 2026-01-02 call"),
        ("- [ x ] step: said", 1, 8, "Write it without blanks in the brackets: `- [x]`.", "- [x] step: said"),
        ("na me: 5", 1, 6, "Write the name anew: `name:`.", "name: 5"),
        ("name: 'A", 7, 9, "Close it with the same mark at the end of the value: `'A'`.", "name: 'A'"),
        ("name: 'A", 7, 9, "Close it with the same mark at the end of the value: `name: 'A'`.", "name: 'A'"),
        ("owner: [maria]", 8, 15, BRACKETS, "owner: maria"),
        ("owner: [a, b]", 8, 14, BRACKETS, None),
        ("owner: maria", 8, 13, BRACKETS, None),
        ("\tx: 5", 2, 3, "Put 2 spaces before it, as before the line above.", "  x: 5"),
        ("x: 5", 1, 2, "Put a space before it, as before `y`.", " x: 5"),
        ("....", 1, 5, EMPTY_LINE, ""),
        ("----", 1, 5, "Write the line anew: `---`.", "---"),
        ("title: A", 1, 9, "Put a line `---` above this one.", "---\ntitle: A"),
        ("a\u200bb", 2, 3, INVISIBLE, "ab"),
        ("a\u00a0b", 2, 3, INVISIBLE, "a b"),
        ("ab", 3, 4, INVISIBLE, None),
        ("x:\t\t5", 3, 4, "Replace the tab by spaces.", "x: 5"),
        ("x: 5", 3, 4, "Replace the tab by spaces.", None),
        ("x: 5", 1, 2, "Something else.", None),
    ],
)  # fmt: skip
def test_what_the_help_says_is_typed(
    line: str, at: int, end: int, help: str, left: str | None
) -> None:
    assert made(line, at, end, help) == (None if left is None else f"{left}\n")


def test_dashes_become_the_first_line_where_only_blanks_stand_above() -> None:
    first = "Make `---` the very first of the file."
    assert made("---", 1, 4, first, " \n\n") == "---\n"
    assert made("---", 1, 4, first, "Words\n") is None


def test_a_problem_of_several_lines_or_of_none_is_not_typed() -> None:
    for span in (Span("a.md", 1, 1, 2, 1), Span("a.md", 3, 1, 3, 1)):
        assert typed(Problem("x", "", "Did you mean `a`?", span), ["x", ""]) is None
