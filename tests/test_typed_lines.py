"""Slips in a line of the fields: each is one problem, whose help is the line to type in its place."""

from __future__ import annotations

import re

import pytest

from tests.catalogue import deal
from tests.journals import loaded

COMMA = "Put a comma between the two:"
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


@pytest.mark.parametrize(
    ("front", "column", "meant"),
    [
        ("contacts: - jane-roe", 11, "contacts: [jane-roe]"),
        ("contacts: - jane-roe - kim-park", 11, "contacts: [jane-roe, kim-park]"),
        ("tags: - a", 7, "tags: [a]"),
        ("tags: [a], [b]", 10, "tags: [a, b]"),
        ("tags: [a]]", 10, "tags: [a]"),
        ("contacts: [jane-roe], [kim-park]", 21, "contacts: [jane-roe, kim-park]"),
        ("contacts: [jane-roe] champion", 22, "contacts: [jane-roe champion]"),
        ("stage: [lead]]", 14, "stage: lead"),
        ("contacts:\n* jane-roe", 1, "- jane-roe"),
        ("contacts:\n• jane-roe", 1, "- jane-roe"),
        ("contacts:\n+ jane-roe", 1, "- jane-roe"),
        ("contacts:\n1. jane-roe", 1, "- jane-roe"),
        ("source: referral: jane-roe", 17, "source: referral jane-roe"),
    ],
)
def test_a_list_in_another_form(front: str, column: int, meant: str) -> None:
    check(front, "yaml-syntax", column, meant)


@pytest.mark.parametrize(
    ("front", "meant"),
    [
        ('contacts: "[jane-roe] champion"', "contacts: [jane-roe champion]"),
        ("contacts: -\u00a0jane-roe -\u00a0kim-park", "contacts: [jane-roe, kim-park]"),
        ("contacts: \n  -\u00a0jane-roe\n  -\u00a0kim-park", "contacts: [jane-roe, kim-park]"),
    ],
)
def test_a_text_in_place_of_a_list(front: str, meant: str) -> None:
    text = deal(front=front)
    (problem,) = loaded({**COLLEAGUES, "deals/bad.md": text}).problems
    assert problem.code == "invalid-value" and problem.help == f"Write `{meant}`."
    assert loaded({**COLLEAGUES, "deals/bad.md": text.replace(front, meant)}).problems == ()


@pytest.mark.parametrize(
    ("front", "code", "help", "meant"),
    [
        (
            "contacts:\n  - jane-roe, kim-park",
            "unknown-contact",
            "Give each a line of its own: `- jane-roe` and `- kim-park`.",
            "contacts:\n  - jane-roe\n  - kim-park",
        ),
        (
            "contacts:\n  - jane-roe kim-park",
            "role-is-contact",
            "Give each a line of its own: `- jane-roe` and `- kim-park`.",
            "contacts:\n  - jane-roe\n  - kim-park",
        ),
        (
            "tags:\n- a, b",
            "several-in-one",
            "Give each a line of its own: `- a` and `- b`; where it is one, put it in quotes.",
            'tags:\n- "a, b"',
        ),
        (
            "tags:\n- a\n  - b",
            "several-in-one",
            "Give each a line of its own: `- a` and `- b`; where it is one, put it in quotes.",
            "tags:\n- a\n- b",
        ),
        (
            "contacts:\n  - jane-roe\n    - kim-park",
            "role-is-contact",
            "Give each a line of its own: `- jane-roe` and `- kim-park`.",
            "contacts:\n  - jane-roe\n  - kim-park",
        ),
        (
            "tags: [a; b, c]",
            "several-in-one",
            f"{COMMA} `a, b`; or give each a line of its own; where it is one, put it in quotes.",
            "tags: [a, b, c]",
        ),
        (
            "contacts: - jane-roe\n  - kim-park",
            "yaml-syntax",
            "Write `contacts:` alone, and `- jane-roe` in a line of its own above `- kim-park`.",
            "contacts:\n  - jane-roe\n  - kim-park",
        ),
    ],
)
def test_several_in_one_item(front: str, code: str, help: str, meant: str) -> None:
    text = deal(front=front)
    (problem,) = loaded({**COLLEAGUES, "deals/bad.md": text}).problems
    assert (problem.code, problem.help) == (code, help)
    assert loaded({**COLLEAGUES, "deals/bad.md": text.replace(front, meant)}).problems == ()


@pytest.mark.parametrize("tag", ["[a & b]", "[a/b]", '["a, b"]', "[a b]", '\n- "a; b"', "\n- 1,5"])
def test_a_tag_of_several_words_is_one(tag: str) -> None:
    assert loaded({"deals/bad.md": deal(front=f"tags: {tag}")}).problems == ()


@pytest.mark.parametrize(
    "source",
    [
        "referal jane-roe",
        "referred by jane-roe",
        "referral-jane-roe",
        "referral, jane-roe",
        '"[[jane-roe]]"',
    ],
)
def test_a_referral_in_other_words(source: str) -> None:
    check(f"source: {source}", "referral-by-name", 9, "source: referral jane-roe")


@pytest.mark.parametrize("between", [", ", " ", " and ", "; "])
def test_a_referral_by_several(between: str) -> None:
    front = f"source: referral jane-roe{between}kim-park"
    (problem,) = loaded({**COLLEAGUES, "deals/bad.md": deal(front=front)}).problems
    assert problem.code == "referral-by-name"
    assert problem.help == (
        "Write `source: referral jane-roe` or `source: referral kim-park`: only one of them fits."
    )


@pytest.mark.parametrize("source", ["research", "reseller jane-roe", "fair with jane-roe", "Jane"])
def test_other_sources_say_nothing_of_referrals(source: str) -> None:
    assert loaded({"deals/bad.md": deal(front=f"source: {source}")}).problems == ()


@pytest.mark.parametrize(
    ("note", "code", "help"),
    [
        (
            "kind: call\n    text: |\n      Hello\n      value:: 5",
            "misplaced-field",
            "Write `value: …` beside `text`, as a key of the note, to set it.",
        ),
        (
            "kind: know",
            "invalid-note",
            "Add `from: CONTACT-ID` to it where they know us, `to: CONTACT-ID` where we know them.",
        ),
        (
            "kind: know\n    with: jane-roe",
            "invalid-note",
            "Write `from: jane-roe` where they know us, `to: jane-roe` where we know them.",
        ),
    ],
)
def test_notes_in_yaml_are_told_in_keys(note: str, code: str, help: str) -> None:
    front = "title: Bad\nowner: maria\nstage: lead\nnext: 2026-12-01 Call Jane\n"
    text = f"{front}notes:\n  - date: 2026-11-10\n    {note}\n"
    (problem,) = loaded({"deals/bad.yml": text}).problems
    assert (problem.code, problem.help) == (code, help)
