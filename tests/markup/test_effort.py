"""No note takes long, whatever is in it: what is known to be hard, and what a seeded generator
of repeated fragments finds."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable

import pytest

from site_builder.markup.bounds import MAX_CHARACTERS, over_bounds
from site_builder.markup.prose import Writer
from tests.effort import milliseconds
from tests.examples import TIMES

PAGES = {"acme": ("../deals/acme.html", "Acme rollout")}
A_NOTE = 150  # milliseconds: 100, and some for machines that are busy

# fmt: off
MARKS = ["a", "b ", "*", "**", "_", "`", "``", "```", "~~~", "[", "]", "(", ")", "](x)", "\n", "\n\n", "- ", "> ",
         "](https://a.example \"t\")", "1. ", "2) ", "  ", "    ", "#", "# ", "\\", "~~", "~", "|", "\n|-|\n", "---",
         "|a|b|\n|-|-|\n", "===", "```\n", "+ ", "* ", "!", "![", "&amp;", "&", "<https://b.example>", "<", ">",
         "<a@b.example>", "  \n", "\\\n", "é", "[[", "[[acme]]", "[[acme|", "]]", "https://", "https://a.example/b_c",
         "- [x] ", "\t", "\"", "'", "(\"", "<!--", "\u00a0", "a" * 50, "mailto:", "&#", "\\|", "\\`"]
LINES = ["a", "*b* `c`", "- a", "* a", "  + a", "  ---", "~~a~~", "  - [[acme]]", "1. a", "  2) b", "- - a", "  * a", "> a", "> - a", "# a", "---", "===", "", "", "```", "  ```", "> ```",
         "|a|b|", "|-|-|", "| [x](https://a.example) | `b` |", "- [x] a *b*", "* * *", "    a", "a  ", "a\\", "https://a.example/b_c"]
KNOWN = ["``a`", "|a|\n|-|\n", "|`a", "|" * 33 + "\n" + "|-" * 33 + "\n", "```\n````\n", "`a``b```c", "*a **b ",
         "a* ", "*_", "a**b", "[a*b](c)*", "![a](", "[a](b 'c", "[a](b (c", "https://a(b", "[https://", "&https://",
         "- ```\n", "> ```\n> a\n\n", "a\n---\n", "<a@b.c>", "\u00a0", "~a", "~~a ", "~~a", "a\n", "- a\n* b\n", "- a\n\n* b\n", "- a\n  - b\n\n", "- a\n  ---\n", "![*a](", "- - a\n", "- " * 12 + "a\n", "> a\nb\n", "> - + a\nb\n", "- + 1. a\n    * b\n", "> " * 12 + "a\nb\n", "[[a|", "\\", "_(\"_"]
# fmt: on


def most_within(repeated: Callable[[int], str]) -> str:
    """The largest text of a kind within the bounds."""
    times = range(1, MAX_CHARACTERS)  # most are too many characters, which is seen at once
    return repeated(bisect(times, 0, key=lambda n: over_bounds(repeated(n)) is not None))


def made(chance: random.Random, signs: list[str]) -> Callable[[int], str]:
    """A text of repeated fragments, with others before, between and behind them."""
    a, b, before, behind = (
        "".join(chance.choices(signs, k=chance.randrange(least, most)))
        for least, most in ((1, 6), (0, 3), (0, 3), (0, 3))
    )
    return lambda times: before + a * times + b * times + behind


def shown(text: str) -> int:
    return milliseconds(lambda: Writer(PAGES.get).html(text), A_NOTE) < A_NOTE


@pytest.mark.parametrize("pattern", KNOWN)
def test_no_note_that_is_known_to_be_hard_takes_long(pattern: str) -> None:
    assert shown(most_within(lambda times: pattern * times))


def test_a_table_is_as_large_as_it_has_cells() -> None:
    def table(columns: int) -> str:
        return "|a" * columns + "\n" + "|-" * columns + "\n" + "|\n" * 1_400

    assert over_bounds(table(4)) is not None and over_bounds(table(2)) is None
    assert shown(table(2))


def test_rising_fences_and_backticks_are_read_once() -> None:
    for sign in "`~":
        rising = "\n".join(sign * length for length in range(3, 310))
        falling = "\n".join(sign * length + "x" for length in range(310, 3, -1))
        assert shown(rising) and shown(falling) and shown(falling.replace("\n", "a"))


@pytest.mark.parametrize("seed", range(4 * TIMES))
def test_no_note_of_repeated_fragments_takes_long(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(8):
        text = most_within(made(chance, MARKS))
        assert shown(text), (text[:100], len(text))


@pytest.mark.parametrize("seed", range(2 * TIMES))
def test_no_note_of_repeated_lines_takes_long(seed: int) -> None:
    chance = random.Random(50 + seed)
    for _ in range(8):
        text = most_within(made(chance, [f"{line}\n" for line in LINES]))
        assert shown(text), (text[:100], len(text))


@pytest.mark.parametrize("seed", range(2 * TIMES))
def test_a_note_of_four_times_as_many_paragraphs_takes_not_much_more_than_that(seed: int) -> None:
    chance = random.Random(100 + seed)
    for _ in range(6):
        paragraph = "".join(chance.choices(MARKS, k=6)) + "\n\n"
        assert grows_evenly(paragraph * 40, paragraph * 160), paragraph


def grows_evenly(short: str, long: str) -> bool:
    """Whether a text takes at most some 10 times as long as one of a quarter of its length."""
    most = 10 * milliseconds(lambda: Writer(PAGES.get).html(short), 0) + 20
    return milliseconds(lambda: Writer(PAGES.get).html(long), most) < most
