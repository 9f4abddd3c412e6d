"""Where code is in Markdown, which readers and pages ask alike."""

from __future__ import annotations

import pytest

from site_builder.source.code_blocks import MAX_DEPTH, code_rows, codes


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("```\na\n```", [(0, 2)]),
        ("a\n~~~\nb\n~~~\nc", [(1, 3)]),
        ("   ```\na\n ```", [(0, 2)]),
        ('```text title="x.txt"\na\n```', [(0, 2)]),
        ("~~~ a `b`\n~~~", [(0, 1)]),
        ("```\na\n`````  ", [(0, 2)]),
        ("`````\n```\n~~~\n`````", [(0, 3)]),
        ("```\n``` x\n```", [(0, 2)]),
        ("```\na\n```\n```\nb\n```", [(0, 2), (3, 5)]),
        ("- a\n  ```\n  b\n  ```", [(1, 3)]),
        ("- ```\n  b\n  ```\n- c", [(0, 2)]),
        ("1. a\n\n    ```\n    b\n\n    ```\n\n2. c", [(2, 5)]),
        ("- a\n  - b\n    ```\n    c\n    ```", [(2, 4)]),
        ("-\ta\n\n\t```\n\tb\n\t```", [(2, 4)]),
        ("1) ~~~\n   a\n   ~~~", [(0, 2)]),
        ("> ```\n> a\n>```", [(0, 2)]),
        ("> - a\n>   ```\n>   b\n>   ```", [(1, 3)]),
        ("- > ```\n  > a\n  > ```", [(0, 2)]),
        # Indented as code is, which is shown as code too.
        ("a\n\n    ```\n    b\n    ```", [(2, 4)]),
        ("```\n    ```\n```", [(0, 2)]),
        # What is in an item or quote ends with it.
        ("> ```\n> a\n\nb\n\n```\nc\n```", [(0, 1), (5, 7)]),
        ("- ```\n  a\n\n  b\nc\n```\nd\n```", [(0, 3), (5, 7)]),
        ("- a\n```\nb\n```", [(1, 3)]),
        ("1. a\n  ```\n  b\n  ```\n2. c", [(1, 3)]),
        # An item of another number than 1 begins behind a heading or rule, and not within a text.
        ("# a\n2. ```\n   b", [(1, 2)]),
        ("***\n2. ```\n   b", [(1, 2)]),
        ("a\n2. ```\n   b", []),
        # Nothing closes these.
        ("```\na", []),
        ("```\na\n~~~", []),
        ("````\na\n```", []),
        ("````\n```\na\n```", [(1, 3)]),
        ("```\n    ```", []),
        ("> ```\na\n```\nb", [(0, 0)]),
        # These are none.
        ("``\na\n``", []),
        ("``` a ``` b\n```", []),
        ("a ```\nb\n```", []),
        (r"\```" + "\na\n", []),
    ],
)
def test_where_code_is(text: str, rows: list[tuple[int, int]]) -> None:
    assert code_rows(text) == rows


def test_lists_and_quotes_end_at_a_note() -> None:
    body = "- a\n  ```\n  b\n  ## 2026-11-10 call\n  ```\n  ## 2026-11-11 call\n  ```\n\nc\n"
    assert code_rows(body, has_notes=True) == [(1, 4)]
    assert code_rows(body) == [(1, 4), (6, 6)]


@pytest.mark.parametrize("closed", [True, False])
def test_fences_are_told_by_all_that_is_below_them(closed: bool) -> None:
    lengths = range(3, 60)
    text = "\n".join("`" * length for length in lengths if closed or length % 2)
    pairs = [(2 * n, 2 * n + 1) for n in range(len(text.split("\n")) // 2)]
    assert code_rows(text) == pairs
    falling = "\n".join("`" * length for length in reversed(lengths))
    assert code_rows(falling) == []


@pytest.mark.parametrize(("depth", "rows"), [(MAX_DEPTH, [(0, 2)]), (MAX_DEPTH + 1, [])])
def test_only_so_many_quotes_are_in_each_other(depth: int, rows: list[tuple[int, int]]) -> None:
    assert code_rows("\n".join("> " * depth + line for line in ("```", "a", "```"))) == rows


@pytest.mark.parametrize(
    ("text", "before", "lines"),
    [
        ("```\na\n\n  b\n```", "", ["a", "", "  b"]),
        ("  ~~~ x\n a\n    b\n  ~~~", "  ", ["a", "  b"]),
        ("1. a\n   ```\n   b\n     c\n   ```", "   ", ["b", "  c"]),
        ("- ```\n  b\n  ```", "- ", ["b"]),
        ("> - ```\n>   b\n>\n>   c\n>   ```", "> - ", ["b", "", "c"]),
    ],
)
def test_code_is_without_what_is_before_it(text: str, before: str, lines: list[str]) -> None:
    (code,) = codes(text)
    assert (code.before, code.lines) == (before, lines)
