"""Slips in a line of the fields: each is one problem, whose help is the line to type in its place."""

from __future__ import annotations

import re

import pytest

from tests.catalogue import deal
from tests.journals import loaded

COLLEAGUES = {"contacts/kim-park.md": "---\nname: Kim Park\n---\n"}


def _with(front: str) -> str:
    """A deal with a field, in place of its own one of that name where there is one."""
    name = front.partition(":")[0]
    own = re.compile(rf"^{re.escape(name)}:.*\n", re.MULTILINE)
    return own.sub("", deal(front="§")).replace("§", front)


def check(front: str, code: str, column: int, meant: str) -> None:
    """What is wrong with the last line of a field is told there, and the line is meant so."""
    text = _with(front)
    (problem,) = loaded({**COLLEAGUES, "deals/bad.md": text}).problems
    lines = text.split("\n")
    row = lines.index(front.partition("\n")[0]) + front.count("\n")
    assert (problem.code, problem.span.line, problem.span.column) == (code, row + 1, column)
    typed = re.match(r"(?:Write|Put a comma between the two: write) `([^`]*)`", problem.help)
    assert typed is not None, problem.help
    assert typed[1] == meant.strip()
    lines[row] = meant
    assert loaded({**COLLEAGUES, "deals/bad.md": "\n".join(lines)}).problems == ()


@pytest.mark.parametrize("sign", "&*!")
@pytest.mark.parametrize(
    ("front", "meant"),
    [
        ("owner: §maria", "owner: maria"),
        ("stage: §lead", "stage: lead"),
        ("value: §500", "value: 500"),
        ("title: §a", 'title: "§a"'),
        ("channel: §a", 'channel: "§a"'),
        ("contacts: §jane-roe", "contacts: [jane-roe]"),
        ("tags: §a", 'tags: ["§a"]'),
        ("contacts: [§jane-roe, kim-park]", "contacts: [jane-roe, kim-park]"),
        ("tags: [§a, b]", 'tags: ["§a", b]'),
    ],
)
def test_a_mark_of_yaml_before_a_value(sign: str, front: str, meant: str) -> None:
    column = front.index("§") + 1
    check(front.replace("§", sign), "forbidden-yaml", column, meant.replace("§", sign))


@pytest.mark.parametrize("blank", ["\t", "\t  ", "\u00a0", "\u200b", "\u00ad", "\u00a0  "])
def test_a_line_of_nothing_but_odd_blanks_is_to_be_empty(blank: str) -> None:
    text = deal(front=f"channel: fair\n{blank}\nwake: 2026-12-01")
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert (problem.code, problem.span.line) == ("yaml-syntax", 7)
    assert problem.help == "Write an empty line in its place."
    assert loaded({"deals/bad.md": text.replace(blank + "\n", "\n")}).problems == ()
