"""Ticks that people take for steps: each is told once, and what is told is right."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.problems.problem import Problem
from tests.catalogue import PIPELINE, deal
from tests.effort import soon
from tests.journals import codes, loaded, only_deal, places

NOTE = "## 2026-10-14 call\n"


def told(line: str) -> Problem:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"{NOTE}Text.\n{line}\n")}).problems
    assert (problem.code, problem.severity, problem.span.line) == ("unknown-step", "warning", 9)
    return problem


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("-[x] decision-map", (2, 18)),
        ("[x] decision-map", (1, 17)),
        ("- [x]decision-map", (3, 18)),
        ("- x] decision-map", (3, 18)),
        ("- x]decision-map", (3, 17)),
        ("- [✓] decision-map", (3, 19)),
        ("- [*] decision-map", (3, 19)),
        ("- [yes] decision-map", (3, 21)),
        ("- [х] decision-map", (3, 19)),  # a Cyrillic letter
        ("- (x) decision-map", (3, 19)),
        ("☑ decision-map", (1, 15)),
        ("☒ decision-map", (1, 15)),
        ("- [☒] decision-map", (3, 19)),
        ("- ✔\ufe0f decision-map", (3, 18)),
        ("✅ Decision process mapped", (1, 26)),
        ("✅ Decision-Process Mapped", (1, 26)),
        ("• [x] decision-map", (3, 19)),
        ("– [x] decision-map", (3, 19)),
        ("- - [x] decision-map", (5, 21)),
        ("a) [x] decision-map", (4, 20)),
        ("> - [x] decision-map", (5, 21)),
        ("- \\[x\\] decision-map", (4, 21)),
        ("- [x]: decision-map", (3, 20)),
        ("-[x] **Decision Map**", (2, 22)),
        ("-[x] [decision-map](a.md)", (2, 26)),
        ("- decision-map [x]", (1, 19)),
        ("decision-map: ✅", (1, 16)),
        ("| [x] decision-map |", (3, 21)),
        ("| [x] | decision-map |", (3, 23)),
        ("| decision-map | [x] |", (1, 21)),
        ("-[x] decision-mapp", (2, 19)),
        ("- [✗] decision-map", (3, 19)),
        ("- [[x]] decision-map", (4, 21)),
        ("| decision-map | x |", (1, 19)),
        ("| X | decision-map |", (1, 21)),
        ("|decision-map|x|", (1, 16)),
    ],
)
def test_a_tick_in_another_form_is_told(line: str, place: tuple[int, int]) -> None:
    problem = told(line)
    assert (problem.span.column, problem.span.end_column) == place
    assert problem.message.endswith("is not written as a tick is, so it marks nothing.")
    assert problem.help == "Write `- [x] decision-map` in a line of its own."


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("- [x] **decision-map**", "Write `- [x] decision-map`."),
        ("- [x] [decision-map](a.md): all", "Write `- [x] decision-map: all`."),
        ("- [x] [[decision-map]]", "Write `- [x] decision-map`."),
        ("- [x] ~~decision-map~~ — well", "Write `- [x] decision-map: well`."),
        ("- [x] `decision-map`", "Did you mean `decision-map`?"),
        ("- [x] decision-map, needs-analysis", "Write a line for each: `- [x] decision-map`, `- [x] needs-analysis`."),
        ("- [x] Decision map and needs analysis", "Write a line for each: `- [x] decision-map`, `- [x] needs-analysis`."),
        *((f"- [x] decision-map{sign}needs-analysis", "Write a line for each: `- [x] decision-map`, `- [x] needs-analysis`.")
          for sign in ("/", " / ", " | ", " [x] ", " + ", " – ", " - ", " und ")),
        ("- [x] decision-map, needs-analysis: done", "Write a line for each: `- [x] decision-map: done`, `- [x] needs-analysis: done`."),
        ("- [x] Needs analysis done, decision-map", "Write a line for each: `- [x] needs-analysis`, `- [x] decision-map`."),
        ("[x] decision-map [x] needs-analysis", "Write a line for each: `- [x] decision-map`, `- [x] needs-analysis`."),
        ("☑ decision-map, needs-analysis", "Write a line for each: `- [x] decision-map`, `- [x] needs-analysis`."),
        ("- [x] decision-map – all of it", "Write a colon behind the step: `decision-map: all of it`."),
        ("- [x] the decision map", "Write `- [x] decision-map`."),
        ("- [xX] decision-map", "Write it with one `x` in the brackets: `- [x] decision-map`."),
        ("- [x] : decision-map", "Did you mean `decision-map`?"),
        ("- [x] 1. decision-map", "Write `- [x] decision-map`."),
        ("- [x] decision-map：all of it", "Write a colon behind the step: `decision-map: all of it`."),
        ("- [xx] decision-map", "Write it with one `x` in the brackets: `- [x] decision-map`."),
        ("- [√] decision-map", "Write `- [x] decision-map` in a line of its own."),
        ("- [ｘ] decision-map", "Write `- [x] decision-map` in a line of its own."),
        ("- {x} decision-map", "Write `- [x] decision-map` in a line of its own."),
        ("-[x] decision-map: all of it", "Write `- [x] decision-map: all of it` in a line of its own."),
    ],
)  # fmt: skip
def test_a_step_in_another_form_is_told(line: str, help: str) -> None:
    assert told(line).help == help
    assert not told(line).message.startswith("`` ")


@pytest.mark.parametrize("line", ["- [x]\u00a0decision-map", "-[x] decision-map\u200b", "- [x] decision-map\u200b"])  # fmt: skip
def test_what_nobody_sees_is_named(line: str) -> None:
    char = "U+00A0, no-break space" if "\u00a0" in line else "U+200B, zero width space"
    assert told(line).message.endswith(f"so it marks nothing; there is {char}, in it.")


@pytest.mark.parametrize(
    ("line", "char"),
    [
        ("-\u00a0[x] decision-map", "U+00A0, no-break space"),
        ("1.\u00a0[x] decision-map: drawn", "U+00A0, no-break space"),
        ("\u200b- [x] decision-map", "U+200B, zero width space"),
    ],
)
def test_what_nobody_sees_before_a_tick_is_named(line: str, char: str) -> None:
    assert told(line).message.endswith(f"so it marks nothing; there is {char}, before it.")


@pytest.mark.parametrize(
    "text",
    ["- [ ] decision-map", "-[ ] decision-map", "☐ decision-map", "- [-] decision-map", "- [x] buy milk", "[x] buy milk", "- [xx] buy milk and bread", "{x} = 3", "- [x] milk, bread and decision-maps",
     "✅ all good", "see [x] decision-map", "decision-map [x] is theirs", "[x](y) decision-map is here", "option (x) decision-map", "[d](decision-map)",
     "| milk | x |", "| decision-mapp | x |", "| decision-map | x | Ann |", "| decision-map | y |", "the absolute |x| counts", "|milk|x|", "- [[acme]] decision-map",
     "decision-map", "- decision-map", "```\n-[x] decision-map\n```", "> ```\n> -[x] decision-map\n> ```",
     "\\- [x] decision-map", "- \\[x] decision-map", "\\[x] decision-map", "- [x decision-map](y)", "- [x decision-map] it is",
     "see [x decision-map", "- x] buy milk", "- [] decision-map",
     "1. Paste\n\n    ```\n    -[x] decision-map\n    - [x] needs-analysis\n    ```"],
)  # fmt: skip
def test_other_text_is_left_alone(text: str) -> None:
    made = only_deal(deal(notes=f"{NOTE}{text}\n"))
    assert made.notes[0].steps == ()


def test_a_step_in_a_fence_of_a_list_is_not_done() -> None:
    text = "1. Paste this:\n\n    ```\n    - [x] decision-map\n    [[some-id]]\n    value:: 5\n    ```\n\n2. Send it\n"
    assert only_deal(deal(notes=NOTE + text)).notes[0].steps == ()


ticks = st.sampled_from(
    [
        "-[x] ",
        "[x] ",
        "- [x]",
        "- [✓] ",
        "☑ ",
        "• [x] ",
        "> - [x] ",
        "- (x) ",
        "| [x] | ",
        "- [x]\u00a0",
    ]
)
names = st.sampled_from(["decision-map", "Decision-Map", "**decision-map**", "`decision-map`", "[[decision-map]]", "Decision process mapped"])  # fmt: skip
said = st.sampled_from(["", ": all of it", " — all of it", " |"])


@given(ticks, names, said)
@settings(deadline=None)
def test_typing_what_the_help_says_is_right(tick: str, name: str, rest: str) -> None:
    (line,) = re.findall("Write `([^`]+)`", told(tick + name + rest).help)
    (mark,) = only_deal(deal(notes=f"{NOTE}{line}\n")).notes[0].steps
    assert (mark.step.id, mark.text) == ("decision-map", "all of it" if "all" in rest else "")


@pytest.mark.parametrize("line", ["- [x] decision-map", "-[x] Decision process mapped", "☑ decision-map"])  # fmt: skip
def test_a_tick_above_the_notes_marks_nothing(line: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"Text.\n\n{line}\n\n{NOTE}")}).problems
    assert (problem.code, problem.span.line) == ("unknown-step", 9)
    assert problem.message.endswith("stands above the first note, so it marks nothing.")
    assert (
        problem.help
        == "Put `- [x] decision-map` below the heading of the note in which it was done."
    )
    assert codes({"deals/bad.md": deal(notes="- [ ] decision-map\n- [x] buy milk\n")}) == []


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("- [x] decision-mapp", "`- [x] decision-map`"),
        ("- [x] decisionmap: all", "`- [x] decision-map: all`"),
        ("- [x] decision-map all of it", "`- [x] decision-map: all of it`"),
        ("- [xX] decision-map", "`- [x] decision-map`"),
        ("- [x] decision-map and needs-analysis", "`- [x] decision-map`, `- [x] needs-analysis`"),
        ("- [x] decision-map needs-analysis", "`- [x] decision-map`, `- [x] needs-analysis`"),
        ("| decision-map | x |", "`- [x] decision-map`"),
    ],
)
def test_all_that_is_told_in_a_note_is_told_above_the_notes(line: str, lines: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"Text.\n\n{line}\n\n{NOTE}")}).problems
    assert (problem.code, problem.span.line) == ("unknown-step", 9)
    assert problem.help == f"Put {lines} below the heading of the note in which it was done."


def test_below_a_heading_that_looks_like_a_notes_only_that_is_told() -> None:
    notes = "##\u00a02026-11-10 stage lead\n\n- [x] decision-map\n"
    assert codes({"deals/bad.md": deal(notes=notes)}) == ["heading-like-note"]


def test_a_contacts_file_marks_nothing() -> None:
    head = "---\nname: Tom\n---\n"
    text = f"{head}- [x] decision-map\n\n{NOTE}- [x] needs-analysis: all\n- [x] buy milk\n"
    problems = loaded({"contacts/tom.md": text}).problems
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [
        ("unknown-step", 4, 3), ("unknown-step", 7, 3)]  # fmt: skip
    assert problems[1].message.endswith("stands in a contact's file, so it marks nothing.")
    assert problems[1].help == "Put `- [x] needs-analysis: all` into a note of the deal."


def test_a_step_of_another_pipeline_marks_nothing() -> None:
    pipeline = f"{PIPELINE}  service:\n    stages:\n      start: {{steps: {{kickoff: Kick-off}}}}\n"
    text = deal(front="pipeline: sales", notes=f"{NOTE}- [x] kickoff\n")
    acme = deal(front="pipeline: sales").replace("title: Bad", "title: ACME")
    (problem,) = loaded(
        {"pipeline.yml": pipeline, "deals/bad.md": text, "deals/acme.md": acme}
    ).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("unknown-step", 9, 7)
    assert problem.help == "Its steps: `needs-analysis`, `decision-map`."


def test_ticks_in_yaml() -> None:
    text = deal(front="summary: '[x] decision-map'\nnotes:\n  - date: 2026-10-14\n    kind: call\n    text: |\n      -[x] decision-map")  # fmt: skip
    assert places({"deals/bad.yml": text[4:-4]}) == [
        ("unknown-step", 5, 11),
        ("unknown-step", 10, 8),
    ]


def test_a_note_full_of_them_tells_them_all_and_ends_soon() -> None:
    for line in ("-[x] decision-map\n", "☑ decision-map\n", "(x) Decision-map\n"):
        files = {"deals/bad.md": deal(notes=NOTE + line * 10_000)}
        problems = soon(partial(loaded, files), 1_500).problems
        assert [problem.code for problem in problems].count("unknown-step") == 10_000
    for filling in ("[x]", "☑", "(x)", "[x" * 2, "[x] decision-map "):
        codes({"deals/bad.md": deal(notes=NOTE + filling * (200_000 // len(filling)))})
