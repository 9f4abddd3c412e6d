from __future__ import annotations

import re

import pytest

from site_builder.problems.problem import Problem
from site_builder.source.indents import culprit
from site_builder.source.line_slips import line_slip
from tests.catalogue import deal
from tests.journals import loaded

# The line, where its problem is placed, what is said, and the line as it should be.
COMPANY = {"contacts/jane-roe.md": "---\nname: Jane Roe, Consulting\ntype: company\n---\n"}
SLIPS = [
    ("channel:\u00a0fair", 9, "U+00A0, no-break space", "channel: fair"),
    ("\u00a0channel: fair", 1, "U+00A0, no-break space", "channel: fair"),
    ("channel\u200b: fair", 1, "U+200B, zero width space", "channel: fair"),
    ("\ufeffchannel: fair", 1, "U+FEFF, byte order mark", None),
    ("channel：fair", 8, "`：`", "channel: fair"),
    ("channel:fair", 8, "A space is missing", "channel: fair"),
    ("channel:fair#3", 8, "A space is missing", "channel: fair#3"),
    ("channel = fair", 9, "`=`", "channel: fair"),
    ("channel => fair", 9, "`=>`", "channel: fair"),
    ("channel; fair", 8, "`;`", "channel: fair"),
    ("- channel: fair", 1, "`-` stands before", "channel: fair"),
    ("* channel: fair", 1, "`*` stands before", "channel: fair"),
    ("> channel: fair", 1, "`>` stands before", "channel: fair"),
    ("• channel: fair", 1, "• channel", "channel: fair"),
    ("| channel | fair |", 1, "row of a table", "channel: fair"),
    ('"channel": "fair",', 1, "JSON", "channel: fair"),
    ("'channel': 'fair: B',", 1, "JSON", 'channel: "fair: B"'),
    ("{channel: fair}", 1, "JSON", "channel: fair"),
    ("wake: 2026-11-30:", 17, "colon", None),
    ("x-step: 2026-11-30: Walk", 19, "A colon stands behind the date", "x-step: 2026-11-30 Walk"),
    ("channel: “Halden: x”", 10, "printer's quote", 'channel: "Halden: x"'),
    ("channel: „Halden: x“", 10, "printer's quote", 'channel: "Halden: x"'),
    ("channel: «Halden: x»", 10, "printer's quote", 'channel: "Halden: x"'),
    ("channel: “Hal” den: x", 19, "A colon followed", 'channel: "“Hal” den: x"'),
    ("channel: Halden: x", 16, "A colon followed", 'channel: "Halden: x"'),
    ("channel: Halden:", 16, "A colon followed", 'channel: "Halden:"'),
    ("tags: [#a, b]", 8, "`#` begins a comment", 'tags: ["#a", b]'),
    ("tags: [a, #b, c]", 11, "`#` begins a comment", 'tags: [a, "#b", c]'),
    ("tags: [a #1, b]", 10, "`#` begins a comment", 'tags: ["a #1", b]'),
    ("tags: #a", 7, "`#a` is a comment", 'tags: ["#a"]'),
    ("channel: #3 of them", 10, "`#3 of them` is a comment", 'channel: "#3 of them"'),
    ("channel: Deal #4", 15, "`#4` is a comment", 'channel: "Deal #4"'),
    ("contacts: [@jane-roe boss]", 12, "`@`", "contacts: [jane-roe boss]"),
    ("tags: [@a, b]", 8, "`@`", 'tags: ["@a", b]'),
    ("company: @jane-roe", 10, "`@`", "company: jane-roe"),
    ("channel: @jane", 10, "`@`", 'channel: "@jane"'),
    ("channel: - b", 10, "`-`", 'channel: "- b"'),
    ("channel: ? b", 10, "`?`", 'channel: "? b"'),
    ("channel: ]b", 10, "`]`", 'channel: "]b"'),
    ("channel: , b", 10, "`,`", 'channel: ", b"'),
    ("channel: %b", 10, "`%`", 'channel: "%b"'),
    ("channel: `b`", 10, "```", 'channel: "`b`"'),
    ("channel: > b", 10, "`>`", 'channel: "> b"'),
    ("channel: | b", 10, "`|`", 'channel: "| b"'),
    ("channel: !b", 10, "`!b` is a YAML tag", 'channel: "!b"'),
    ("channel: &b c", 10, "`&b` is a YAML anchor", 'channel: "&b c"'),
    ('channel: "fair', 10, "never closed", 'channel: "fair"'),
    ("channel: 'fair", 10, "never closed", "channel: 'fair'"),
    ('company: "[[jane-roe]]', 10, "never closed", 'company: "[[jane-roe]]"'),
    ("channel: 'it's'", 14, "closing quote", 'channel: "it\'s"'),
    ("tags: [a, b", 7, "not closed", "tags: [a, b]"),
    ("channel", 1, "no colon", None),
    ("tags[a, b]", 1, "no colon", "tags: [a, b]"),
    ("chanel fair", 1, "no colon", "channel: fair"),
    ("tags:\u200b[a]", 6, "U+200B, zero width space", "tags: [a]"),
    ("tags: ,", 7, "`,`", None),
    ("value: ,", 8, "`,`", None),
    ("channel fair", 1, "no colon", "channel: fair"),
    ("Channel fair", 1, "no colon", "channel: fair"),
    ("contacts: [[jane-roe]] boss, [[jane-roe]]", 11, "quotes", None),
    ("company: [[jane-roe]]", 10, "takes a single value", "company: jane-roe"),
    ("  channel: fair", 10, "indented", "channel: fair"),
    ("\tchannel: fair", 1, "A tab", "channel: fair"),
    ("channel: fair\n***", 1, "A line across", None),
]  # fmt: skip


def problem_of(line: str) -> Problem:
    (problem,) = loaded({"deals/bad.md": deal(front=line)}).problems
    return problem


@pytest.mark.parametrize(("line", "column", "says", "meant"), SLIPS)
def test_a_slip_is_one_problem_that_says_what_to_type(
    line: str, column: int, says: str, meant: str | None
) -> None:
    problem = problem_of(line)
    assert (problem.span.line, problem.span.column) == (6 + line.count("\n"), column)
    assert says in problem.message
    if meant is not None:
        typed = re.search("(?:Write|Did you mean|value:|as) `(.*?)`(?:[.?,]| at)", problem.help)
        assert typed is not None, problem.help
        assert (
            typed[1] if ":" in typed[1] else line.replace(line[column - 1 :], typed[1])
        ) == meant or "Did" in typed[0]
        assert loaded({**COMPANY, "deals/bad.md": deal(front=meant)}).problems == ()


@pytest.mark.parametrize(
    ("front", "line", "column", "help"),
    [
        ("tags:\n  - a\n- b", 8, 1, "Put 2 spaces before it, as before `- a`."),
        ("tags:\n    - a\n - b", 7, 5, "Put a space before it, as before `- b`."),
        ("x-a:\n b: 1\n  d: 2", 8, 4, "Put a space before it, as before the line above."),
        ("tags:\n  * a\n  * b", 7, 3, "Write `- a`."),
        ("tags:\n-a", 7, 1, "Write `- a`."),
        ("tags: - a\n  - b", 6, 7, "Write `tags:` alone, and `- a` in a line of its own above `- b`."),
        ("tags:\n- x\n* a\n* b\n* c", 8, 1, "Write `- a`. The next 2 lines need `-` too."),
        ("their-win:\n  * a b\n  * c d", 7, 3, "Write `their-win: |`, and two blanks before each"),
        ("tags: [a], b", 6, 10, "Write `tags: [a, b]`."),
        ("close: [2026-12-01]]", 6, 20, "Write `close: 2026-12-01`."),
        ("value: [48000] x]", 6, 16, 'Write `value: "[48000] x]"`.'),
        ("x-a: {a: b} }", 6, 13, "Write `x-a: {a: b}`."),
        ("x-a: {b: c}} d", 6, 12, 'Write `x-a: "{b: c}} d"`.'),
        ("contacts [jane-roe]", 6, 9, "Write `contacts: [jane-roe]`."),
        ("contacts: [a],", 6, 14, "Write `contacts: [a]`."),
        ("value: 1\n\u00a0", 7, 1, "Write an empty line in its place."),
        ("x-a:\n  foo\n  b: c", 7, 3, "Write `foo:`, with a colon."),
        ("x-a: [b]\u200b", 6, 9, "Write `x-a: [b]`."),
        ("x-a: 'b'\u00a0", 6, 9, "Write `x-a: 'b'`."),
        ("x-a: b: c}", 6, 10, "Write `x-a: {b: c}`."),
        ("x-a: [b]\n  • c", 7, 3, "Write `- c`."),
        ("\n  channel: fair\nx-b: c", 7, 10, "Write `channel: fair` at the start of its line."),
        ("close: [2026-12-24", 6, 8, "Write `close: 2026-12-24`."),
        ("contacts:\n  - [[jane-roe]] boss", 7, 5, 'Write `- "[[jane-roe]] boss"`.'),
        ("contacts:\n- acme\n- [[jane-roe|Jane]] boss", 8, 3, 'Write `- "[[jane-roe|Jane]] boss"`.'),
        ("channel: fair\n   wake: 2026-12-01", 7, 8, "Write `wake: 2026-12-01` at the start"),
        ("their-win: |\n    one\n  two: x", 7, 5, "Put 2 spaces before it, as before `two: x`."),
        ("channel: 'a' b", 6, 14, "Write `channel: \"'a' b\"`."),
    ],
)  # fmt: skip
def test_lines_that_belong_to_others(front: str, line: int, column: int, help: str) -> None:
    problem = problem_of(front)
    assert (problem.span.line, problem.span.column) == (line, column)
    assert help in problem.help


@pytest.mark.parametrize(
    "first",
    [
        " title: Bad", "   title: Bad", "\ttitle: Bad", "title:\u00a0Bad", "title Bad", "Title Bad",
        "TITLE Bad", "Titel Bad", "Title - Bad", "title:\u200bBad", "title:\u200b Bad",
    ],
)  # fmt: skip
def test_a_slip_in_the_first_line_has_no_followers(first: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal().replace("title: Bad", first)}).problems
    assert problem.code == "yaml-syntax" and problem.span.line == 2
    assert "`title: Bad`" in problem.help


@pytest.mark.parametrize("mark", ["- ", "> ", "| ", "\t", "* "])
def test_front_matter_in_another_form_is_told_line_by_line(mark: str) -> None:
    front = "".join(f"{mark}{line}\n" for line in deal().split("\n")[1:-2])
    problems = loaded({"deals/bad.md": f"---\n{front}---\n"}).problems
    assert {p.code for p in problems} == {"yaml-syntax"} and len(problems) <= 4
    assert problems[0].span.line == 2 and "title: Bad" in problems[0].help


@pytest.mark.parametrize("comment", ["", "# ours", " # ours"])
def test_how_a_comment_is_indented_says_nothing_about_the_lines(comment: str) -> None:
    assert culprit(["team:", "maria:", comment, "  name: Maria"], 3) == 1


def test_no_line_takes_long() -> None:
    for part in ("a: ", "[[", "“", "- ", "| a ", "@,", "2026-01-01: ", ":", "# [", '"a": '):
        for line in (part * 100, "a: " + part * 90, part * 60_000):
            line_slip(line)


@pytest.mark.parametrize("name", ["contacts", "tags", "value", "probability", "close"])
def test_a_comma_alone_is_no_value(name: str) -> None:
    assert problem_of(f"{name}: ,").help == f"Write `{name}: …`."


@pytest.mark.parametrize(("path", "text"), [("x.md", "---\n{}\n---\n"), ("x.yml", "{}\n")])
@pytest.mark.parametrize("line", ["Name X", "name X", "nmae X"])
def test_a_file_of_one_line_without_a_colon(path: str, text: str, line: str) -> None:
    (problem,) = loaded({f"contacts/{path}": text.format(line)}).problems
    assert (problem.code, problem.help) == ("yaml-syntax", "Write `name: X`.")
    assert loaded({f"contacts/{path}": text.format("name: X")}).problems == ()
