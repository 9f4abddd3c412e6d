"""No value and no file takes long, whatever is in it: what is known to be hard, and what a
seeded generator of repeated fragments finds."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from itertools import product

import pytest

from site_builder.journal import money_values, values
from site_builder.journal.values import MAX_VALUE
from tests.catalogue import deal
from tests.effort import milliseconds, soon
from tests.examples import TIMES
from tests.journals import loaded

A_VALUE, A_NOTE, A_FILE = 10, 100, 1_500
PLAIN = """\
---
title: Plain
owner: maria
stage: lead
next: 2026-12-01 Call
---
"""

# fmt: off
MARKS = ["a", "b ", "*", "**", "_", "`", "``", "```", "~~~", "[", "]", "(", ")", "](x)", "\n", "\n\n", "- ", "> ",
         "](https://a.example \"t\")", "1. ", "2) ", "  ", "    ", "#", "# ", "\\", "~~", "~", "|", "\n|-|\n", "---",
         "|a|b|\n|-|-|\n", "===", "```\n", "+ ", "* ", "!", "![", "&amp;", "&", "<https://b.example>", "<", ">",
         "<a@b.example>", "  \n", "\\\n", "é", "[[", "[[acme]]", "[[acme|", "]]", "https://", "https://a.example/b_c",
         "- [x] ", "\t", "\"", "'", "(\"", "<!--", "\u00a0", "a" * 50, "mailto:", "&#", "\\|", "\\`"]
LINES = [*MARKS, "value:: 1\n", "value: 1\n", "## ", "## 2026-10-24 call", "\n## 2026-10-24 call with ", "jane-roe",
         ", ", " by maria", " — ", "[[nobody]]", "#", "# 1.2.2026", "### 2026-11-09 call\n", "- [ ] ", "[ x ] ",
         "needs-analysis", "::", "**value**::", "\u200b", "<<<<<<< ", "=======\n", "title: x\n", "tags: [a,", ": ",
         "{", "}", "- a\n  - b: c\n", "|\n", "?", "*a "]
SIGNS = ["a", "1", "-", " ", "0", "12 ", "1 234", "1.", "1,", "€", "USD ", "a@", "a.b", "https://a", "<", "(", "+",
         "'", "\u00a0", "2026-", "2026-01-01 ", "9:", "%", "é", '"', '"a" ', "[", "]", "/", "\\", "ext ", "#", "k",
         "mailto:", "1d", "one two ", "about ", " - ", "{", "a, "]
# fmt: on


def made(chance: random.Random, signs: list[str]) -> Callable[[int], str]:
    """A text of repeated fragments, with others before, between and behind them."""
    a, b, before, behind = (
        "".join(chance.choices(signs, k=chance.randrange(least, most)))
        for least, most in ((1, 6), (0, 3), (0, 3), (0, 3))
    )
    return lambda size: before + a * (size // len(a + b)) + b * (size // len(a + b)) + behind


READ: dict[str, Callable[[str], object]] = {
    "number": values.number,
    "money": lambda text: money_values.money(text, "EUR"),
    "percent": values.percent,
    "date": values.date,
    "time": values.time,
    "duration": values.duration,
    "yes_no": values.yes_no,
    "choice": lambda text: values.choice(text, ("smb", "enterprise")),
    "url": values.url,
    "email": values.email,
    "phone": values.phone,
}


@pytest.mark.parametrize("type", READ)
def test_no_value_takes_long(type: str) -> None:
    read = READ[type]
    every = product(["", "https://", "a@b.", "-1", "2026-01-"], SIGNS, ["", " x", "<", "\n"])
    for before, sign, behind in every:
        text = before + sign * (MAX_VALUE // len(sign)) + behind
        assert milliseconds(partial(read, text), A_VALUE) < A_VALUE, (before, sign, behind)


@pytest.mark.parametrize(
    "line",
    [
        "website: https://" + "a" * 250_000 + "<",
        "website: https://" + "a" * (MAX_VALUE - 20) + "<",
        'role: "a"' + " " * 250_000 + "x",
        "role: {" + " " * 250_000 + "]",
        "phone: " + "1 " * 120_000 + "x",
        "email: a@" + "b." * 120_000 + "@",
        "owner: " + "a" * 250_000,
        "tags: [" + "a" * 250_000 + "]",
        "company: " + "a-" * 120_000,
    ],
)
def test_no_line_of_front_matter_takes_long(line: str) -> None:
    files = {"contacts/bad.md": f"---\nname: Bad\n{line}\n---\n"}
    few = 8 * A_VALUE  # for there is a journal around it, and YAML, whose reader is quick
    assert milliseconds(lambda: loaded(files), few) < few


@pytest.mark.parametrize("type", ["value", "close", "probability", "owner"])
def test_no_field_of_a_note_takes_long(type: str) -> None:
    for sign in SIGNS:
        text = deal(notes=f"## 2026-10-24 proposal\n{type}:: {sign * (50_000 // len(sign))}x\n")
        few = 4 * A_VALUE
        assert milliseconds(partial(loaded, {"deals/bad.md": text}), few) < few, sign


@pytest.mark.parametrize("seed", range(3 * TIMES))
def test_no_file_of_repeated_fragments_takes_long(seed: int) -> None:
    chance = random.Random(200 + seed)
    for _ in range(3):
        text = made(chance, LINES)(200_000)
        place = chance.choice(["{}", "## 2026-10-24 call\n{}", "## 2026-10-24 proposal {}"])
        files = {
            "deals/bad.md": f"{PLAIN}{place.format(text)}",
            "contacts/bad.md": f"---\nname: Bad\n{text}\n---\n",
        }
        assert milliseconds(partial(loaded, files), A_FILE) < A_FILE, text[:100]


@pytest.mark.parametrize("item", ["- a #b\n", "- &a b\n", "- !a b\n", "- *a\n"])
def test_no_list_of_the_same_slip_takes_long(item: str) -> None:
    text = deal(f"tags:\n{item * 9_000}")
    assert milliseconds(lambda: loaded({"deals/bad.md": text}), A_FILE) < A_FILE


@pytest.mark.parametrize("line", ["value::\n", "[[x]]\n", "- [ ] needs-analysi\n"])
def test_no_note_of_the_same_slip_takes_long(line: str) -> None:
    text = deal(notes=f"## 2026-10-01 note\n\nx\n{line * (250_000 // len(line))}")
    problems = soon(lambda: loaded({"deals/bad.md": text}), A_FILE).problems
    assert max(problem.span.line for problem in problems) == text.count("\n")


def test_no_note_of_headings_of_an_unknown_kind_takes_long() -> None:
    headings = "".join(f"## 2026-09-{1 + n % 28:02} zzx\n" for n in range(2_000))
    files = {"deals/bad.md": deal(notes=headings)}
    assert milliseconds(lambda: loaded(files), A_NOTE) < A_NOTE


def test_no_text_in_place_of_a_list_of_people_takes_long() -> None:
    note = f"- {{date: 2026-10-01, kind: call, with: {'jane-roe ' * 27_000}}}"
    files = {"deals/bad.yml": f"title: Bad\nowner: maria\nstage: lead\nnotes:\n{note}\n"}
    few = 8 * A_VALUE
    assert milliseconds(lambda: loaded(files), few) < few
