from __future__ import annotations

import re

import pytest

from tests.catalogue import PIPELINE, deal
from tests.journals import loaded

NOTE = "## 2026-10-24 call\n\n"
YML = "title: Bad\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> other side", "||||||| 1a2b"])
@pytest.mark.parametrize(
    ("path", "text", "line", "code"),
    [
        ("deals/bad.md", deal(front="{}\nchannel: fair"), 6, "yaml-syntax"),
        ("deals/bad.md", "{}\n" + deal(), 1, "yaml-syntax"),
        ("deals/bad.yml", YML + "{}\nchannel: fair\n", 5, "yaml-syntax"),
        ("deals/bad.yml", YML + "notes:\n{}\n  - date: 2026-10-24\n", 6, "yaml-syntax"),
        ("pipeline.yml", PIPELINE + "{}\n", 25, "yaml-syntax"),
        ("deals/bad.md", deal(notes="{}\n" + NOTE), 7, "invalid-note"),
        ("deals/bad.md", deal(notes=NOTE + "one\n\n{}\n\ntwo\n"), 11, "invalid-note"),
        ("deals/bad.md", deal(notes=NOTE + "- one\n{}\n- two\n"), 10, "invalid-note"),
        ("deals/bad.md", deal(notes=NOTE + "one\nmore\n{}\ntwo\n"), 11, "invalid-note"),
        ("deals/bad.md", deal(notes="## 2026-10-24 call\n{}\n"), 8, "invalid-note"),
        ("contacts/tom.md", "---\nname: Tom\n---\n" + NOTE + "{}\n", 6, "invalid-note"),
    ],
)
def test_what_is_left_of_a_conflict_is_found(
    mark: str, path: str, text: str, line: int, code: str
) -> None:
    (problem,) = loaded(
        {path: text.format(mark) if path != "pipeline.yml" else PIPELINE + mark + "\n"}
    ).problems
    assert (problem.code, problem.span) == (code, (path, line, 1, line, 8))
    assert mark[:7] in problem.message and "true of both" in problem.help
    is_doubtful = code == "invalid-note" and mark == "======="
    assert problem.severity == ("warning" if is_doubtful else "error")


@pytest.mark.parametrize(
    "text",
    [
        "Prices\n=======\n\nAs said.\n",
        "one\n\nPrices\n=======\nAs said.\n",
        "> one\n>>>>>>> seven deep\n",
        ">>>>>>> seven deep\n>>>>>> six\n",
        "| a | b |\n|---|---|\n||||||| \n",
        "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n```\n",
        "```\n=======\n```\n",
        "    <<<<<<< HEAD\n",
        "<<<<<<<<\n========\n>>>>>>>>\n||||||||\n",
        "<<<<<<\n======\n",
        "======= 3\n",
        "a <<<<<<< b\n",
    ],
)
def test_text_that_looks_like_marks_is_text(text: str) -> None:
    assert loaded({"deals/bad.md": deal(notes=NOTE + text)}).problems == ()


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("||||||| base", "line that begins with `|||||||`."),
        ("<<<<<<< a\nb", "line that begins with `<<<<<<<`."),
        (">>>>>>> a\nb\n\n>>>>>>> a", "lines that begin with `>>>>>>>`."),
        ("<<<<<<< a\nx\n=======\ny\n>>>>>>> b", "with `<<<<<<<`, `=======` and `>>>>>>>`."),
        (
            "<<<<<<< a\nx\n||||||| b\nz\n\n=======\ny\n>>>>>>> b",
            "with `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`. From `|||||||` to `=======` stands",
        ),
        ("x\ny\n=======\nz\n>>>>>>> b", "lines that begin with `=======` and `>>>>>>>`."),
    ],
)
def test_the_marks_that_are_there_are_named(lines: str, named: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=NOTE + f"one\n\n{lines}\n")}).problems
    assert named in problem.help
    assert set(re.findall("`(.)", problem.help)) == set(re.findall("`(.)", named))


@pytest.mark.parametrize("last", [">>>>>>> side", "||||||| 1a2b"])
def test_half_a_conflict_is_told_at_its_surest_mark(last: str) -> None:
    text = deal(notes=NOTE + f"one\nmore\n=======\nx\n\n{last}\n")
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert (problem.code, problem.severity, problem.span.line) == ("invalid-note", "error", 14)
    assert problem.message == f"`{last[:7]}` is left of a merge conflict."


def test_a_mark_among_the_fields_is_told_before_those_in_notes() -> None:
    text = deal(front="=======", notes=NOTE + "x\n\n>>>>>>> side\n")
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert (problem.code, problem.severity, problem.span.line) == ("yaml-syntax", "error", 6)


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> side", "||||||| 1a2b"])
def test_a_mark_above_fields_of_a_note_is_told_alone(mark: str) -> None:
    notes = f"## 2026-10-24 call\n{mark}\nvalue:: 5\nclose:: 2026-12-01\n"
    (problem,) = loaded({"deals/bad.md": deal(front="value: 5", notes=notes)}).problems
    assert (problem.code, problem.span.line) == ("invalid-note", 9)


def test_a_note_beside_a_mark_is_still_a_note() -> None:
    journal = loaded({"deals/bad.md": deal(notes="<<<<<<< HEAD\n" + NOTE)}).journal
    assert journal is not None and len(journal.deals_by_id["bad"].notes) == 1
