"""The problems page: by place, with the exact span of the source marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.repository import Repository
from site_builder.pages.problems import Excerpt, ProblemList, excerpt, phrases, problem_list
from site_builder.problems.problem import Problem, Severity, Span
from tests.by_hand import rendered

TEXT = "---\ntitle: Acme\nstage: qualificaton\n---\n"


def problem(
    path: str = "deals/a.md",
    line: int = 3,
    code: str = "unknown-stage",
    severity: Severity = Severity.ERROR,
) -> Problem:
    span = Span(path, line, 8, line, 20)
    return Problem(code, "No stage is called `qualificaton`.", "Rename it.", span, severity)


def marked(text: str, *span: int) -> tuple[str, str, str]:
    found = excerpt(text.split("\n"), Span("a.md", *span))
    assert found is not None
    return found.before, found.marked, found.after


def test_problems_stand_by_file_and_place() -> None:
    found = problem_list(
        [problem("deals/b.md"), problem(line=9), problem(line=2), problem("contacts/c.md")], {}
    )
    assert [(f.path, [p.place for p in f.problems]) for f in found.files] == [
        ("contacts/c.md", ["contacts/c.md:3:8"]),
        ("deals/a.md", ["deals/a.md:2:8", "deals/a.md:9:8"]),
        ("deals/b.md", ["deals/b.md:3:8"]),
    ]
    assert len({f.anchor for f in found.files}) == 3
    assert found.files[1].count == "2 problems"


def test_the_answer_counts() -> None:
    warning = problem(severity=Severity.WARNING)
    assert problem_list([problem(), warning, problem("b.md")], {}).answer == (
        "2 errors and 1 warning in 2 files."
    )
    assert problem_list([warning], {}).answer == "1 warning in 1 file."
    assert problem_list([], {}) == ProblemList(
        "No problems: the journal agrees with itself.", (), ()
    )


def test_codes_come_errors_first_then_by_number() -> None:
    rare, often = problem(code="z-rare"), [problem(code="often", line=n) for n in (1, 2)]
    warnings = [problem(code="look", line=n, severity=Severity.WARNING) for n in (1, 2, 3)]
    codes = problem_list([*warnings, rare, *often], {}).codes
    assert [(c.severity, c.code, c.count) for c in codes] == [
        ("error", "often", "2"),
        ("error", "z-rare", "1"),
        ("warning", "look", "3"),
    ]


def test_a_problem_leads_to_its_line_in_the_repository() -> None:
    def href(repository: Repository) -> str:
        found = problem_list([problem("deals/ä #1.md")], {}, repository).files
        ((shown,),) = [file.problems for file in found]
        return shown.href

    edit = Repository("https://git.example/k/p", "https://s.example/", "https://e.example/")
    assert href(edit) == "https://e.example/deals/%C3%A4%20%231.md#L3"
    assert href(Repository("https://git.example/k/p", "https://s.example/", line="#lines-")) == (
        "https://s.example/deals/%C3%A4%20%231.md#lines-3"
    )
    assert href(Repository("https://git.example/k/p")) == ""


def test_a_file_without_a_text_is_shown_without_an_excerpt() -> None:
    files = problem_list([problem(), problem("deals/b.md")], {"deals/a.md": TEXT}).files
    assert files[0].problems[0].excerpt == Excerpt("3", "stage: ", "qualificaton", "", "")
    assert files[1].problems[0].excerpt is None


def test_the_span_is_marked() -> None:
    assert marked("a: bcd e", 1, 4, 1, 7) == ("a: ", "bcd", " e")
    assert marked("first\r\na: b\r\n", 2, 4, 2, 5) == ("a: ", "b", "")


def test_an_empty_span_marks_the_place() -> None:
    assert marked("abc", 1, 2, 1, 2) == ("a", "b", "c")
    assert marked("abc", 1, 4, 1, 4) == ("abc", " ", "")
    assert marked("", 1, 1, 1, 1) == ("", " ", "")


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    found = excerpt(["a: |", "  b", "  c"], Span("a.md", 1, 4, 3, 4))
    assert found == Excerpt("1", "a: ", "|", "", "and 2 more lines")


def test_behind_the_end_there_is_nothing_to_show() -> None:
    assert excerpt(["a", ""], Span("a.md", 3, 1, 3, 1)) is None


def test_long_lines_are_cut_around_the_span() -> None:
    before, mark, after = marked("b" * 500 + "MARK" + "a" * 500, 1, 501, 1, 505)
    assert (before, mark) == ("…" + "b" * 39, "MARK")
    assert after == "a" * 75 + "…"
    assert marked("m" * 500, 1, 1, 1, 501)[1] == "m" * 79 + "…"


def test_what_hides_is_made_visible() -> None:
    assert marked("a\x00\u202eb\tc", 1, 1, 1, 7) == ("", "a\u2400\ufffdb c", "")


@pytest.mark.parametrize(
    ("first", "last"),
    [(0x7F, 0x9F), (0x200E, 0x200F), (0x2028, 0x202E), (0x2066, 0x2069)],
)
def test_what_turns_lines_or_breaks_them_is_made_visible(first: int, last: int) -> None:
    hidden = "".join(map(chr, range(first, last + 1)))
    beside = chr(first - 1), chr(last + 1)
    shown = marked(beside[0] + hidden + beside[1], 1, 1, 1, 99)[1]
    assert shown == beside[0] + "\ufffd" * len(hidden) + beside[1]


@given(st.text(), st.integers(1, 9), st.integers(1, 99), st.integers(0, 3), st.integers(1, 99))
def test_every_span_of_every_text_can_be_shown(
    text: str, line: int, column: int, more: int, end: int
) -> None:
    found = excerpt(text.split("\n"), Span("a.md", line, column, line + more, max(end, column)))
    assert (found is None) == (line > text.count("\n") + 1)
    if found:
        assert found.marked
        assert len(found.before) <= 40
        assert len(found.before + found.marked + found.after) <= 200
        assert "\x00" not in found.before + found.marked + found.after


@pytest.mark.parametrize(
    ("message", "pieces"),
    [
        (
            "No `a` in `b`.",
            [("No ", False), ("a", True), (" in ", False), ("b", True), (".", False)],
        ),
        ("`a`", [("a", True)]),
        ("It's a ` tick", [("It's a ` tick", False)]),
        ("", []),
    ],
)
def test_what_stands_in_backticks_is_code(message: str, pieces: list[tuple[str, bool]]) -> None:
    assert list(phrases(message)) == pieces


def test_the_page_marks_the_span_and_escapes_the_source() -> None:
    text = "---\ntitle: <b>\nstage: qualificaton # <script>\n---\n"
    html = rendered("problems.html", problem_list([problem()], {"deals/a.md": text}))
    assert "stage: <mark>qualificaton</mark> # &lt;script&gt;" in html
    assert "No stage is called <code>qualificaton</code>." in html
    assert 'data-code="unknown-stage"' in html
    assert "deals/a.md:3:8" in html


def test_the_page_without_problems_says_what_is_checked() -> None:
    html = rendered("problems.html", problem_list([], {}))
    assert "No problems: the journal agrees with itself." in html
    assert "What is checked" in html


def test_of_very_many_problems_the_first_are_shown_and_all_are_counted() -> None:
    warnings = [problem("a.md", n, "look", Severity.WARNING) for n in range(1, 450)]
    errors = [problem("b.md", n) for n in range(1, 452)]
    found = problem_list([*warnings, *errors], {})
    assert [(f.path, f.count, len(f.problems)) for f in found.files] == [
        ("a.md", "49 of 449 problems", 49),
        ("b.md", "451 problems", 451),
    ]
    assert (found.more, [c.count for c in found.codes]) == ("400 more problems", ["451", "449"])
    assert found.answer == "451 errors and 449 warnings in 2 files."
    html = rendered("problems.html", found)
    assert html.count('<li class="problem"') == 500
    assert "400 more problems" in html and "<code>dealog check</code> prints all" in html
    assert "dealog check" not in rendered("problems.html", problem_list(errors[:9], {}))


def test_a_large_file_with_many_problems_is_split_into_lines_once() -> None:
    class Text(str):
        __slots__ = ()
        splits = 0

        def split(self, *_: object, **__: object) -> list[str]:
            type(self).splits += 1
            return ["x"] * 2000

    problem_list([problem("a.md", n) for n in range(1, 900)], {"a.md": Text("x")})
    assert Text.splits == 1
