"""The problems page: by code, errors first, each file with its page."""

from __future__ import annotations

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.journal.repository import NO_REPOSITORY, Repository
from site_builder.load.loader import load
from site_builder.pages.problem_excerpt import Excerpt
from site_builder.pages.problems import CodeProblems, Files, Place, ProblemList, problem_list
from site_builder.pages.registry import all_pages, problems_page
from site_builder.problems.problem import Problem, Severity, Span
from tests.by_hand import TODAY, rendered
from tests.catalogue import BASE, PIPELINE, deal

TEXT = "---\ntitle: Acme\nstage: qualificaton\n---\n"
NO_FILES = Files({})
WARNING = Severity.WARNING


def problem(
    path: str = "deals/a.md",
    line: int = 3,
    code: str = "unknown-stage",
    severity: Severity = Severity.ERROR,
    help: str = "Rename it.",
) -> Problem:
    span = Span(path, line, 8, line, 20)
    return Problem(code, "No stage is called `qualificaton`.", help, span, severity)


def many(count: int, code: str = "look", severity: Severity = WARNING) -> list[Problem]:
    return [problem(f"deals/{n:04}.md", code=code, severity=severity) for n in range(count)]


def places(code: CodeProblems) -> list[str]:
    shown = [one.place for one in code.problems]
    return [place.file.text + place.spot for place in (*shown, *code.others)]


def test_codes_come_errors_first_then_by_number_each_by_place() -> None:
    rare, often = problem(code="z-rare"), [problem(code="often", line=n) for n in (9, 2)]
    warnings = [problem(code="look", line=n, severity=WARNING) for n in (3, 10, 2)]
    found = problem_list([*warnings, rare, *often], NO_FILES)
    assert [(code.severity, code.code, code.count) for code in found.codes] == [
        ("error", "often", "2"),
        ("error", "z-rare", "1"),
        ("warning", "look", "3"),
    ]
    assert [places(code) for code in found.codes] == [
        ["deals/a.md:2:8", "deals/a.md:9:8"],
        ["deals/a.md:3:8"],
        ["deals/a.md:2:8", "deals/a.md:3:8", "deals/a.md:10:8"],
    ]


def test_a_code_of_errors_and_of_warnings_stands_twice() -> None:
    found = problem_list([problem(), problem(line=9, severity=WARNING)], NO_FILES)
    assert [code.anchor for code in found.codes] == ["error-unknown-stage", "warning-unknown-stage"]


def test_the_answer_counts() -> None:
    warning = problem(severity=WARNING)
    assert problem_list([problem(), warning, problem("b.md")], NO_FILES).answer == (
        "2 errors and 1 warning in 2 files."
    )
    assert problem_list([warning], NO_FILES).answer == "1 warning in 1 file."
    assert problem_list([], NO_FILES) == ProblemList(
        "No problems: the journal agrees with itself.", ()
    )


def test_each_code_says_what_it_means() -> None:
    html = rendered("problems.html", problem_list([problem(code="unknown-link")], NO_FILES))
    assert "A <code>[[link]]</code> leads nowhere." in html
    (unknown,) = problem_list([problem(code="of-nobody")], NO_FILES).codes
    assert unknown.means == ""


def test_a_help_that_is_the_same_for_all_is_said_once() -> None:
    same = rendered("problems.html", problem_list([problem(), problem(line=4)], NO_FILES))
    assert same.count("Rename it.") == 1
    other = problem(line=4, help="Write it.")
    html = rendered("problems.html", problem_list([problem(), other], NO_FILES))
    assert html.index("Rename it.") < html.index(":3:8") < html.index("Write it.")


def place(path: str, repository: Repository = NO_REPOSITORY, page: str = "") -> Place:
    files = Files({}, repository, lambda _path: page)
    ((shown,),) = [code.problems for code in problem_list([problem(path)], files).codes]
    return shown.place


def test_a_problem_leads_to_its_line_in_the_repository() -> None:
    edit = Repository("https://git.example/k/p", "https://s.example/", "https://e.example/")
    assert place("deals/ä #1.md", edit).edit[:2] == (
        "Edit", "https://e.example/deals/%C3%A4%20%231.md#L3"
    )  # fmt: skip
    read = Repository("https://git.example/k/p", "https://s.example/", line="#lines-")
    assert place("deals/ä #1.md", read).edit[:2] == (
        "Source", "https://s.example/deals/%C3%A4%20%231.md#lines-3"
    )  # fmt: skip
    assert place("deals/a.md", Repository("https://git.example/k/p")).edit.text == ""


def test_a_file_leads_to_its_page_or_else_to_its_source() -> None:
    repository = Repository("https://git.example/k/p", "https://s.example/")
    assert place("deals/a.md", repository, "deals/a.html").file.path == "deals/a.html"
    assert place("pipeline.yml", repository).file.path == "https://s.example/pipeline.yml"
    assert place("pipeline.yml").file.path == ""


@pytest.mark.parametrize("is_whole", [True, False])
def test_files_with_pages_lead_there_and_no_others(is_whole: bool) -> None:
    future = deal(front="created: 2026-11-21")
    files = {
        **BASE,
        "pipeline.yml": "repository: https://git.example/k/p\n" + PIPELINE,
        "contacts/jane-roe.md": "---\nname: Jane Roe\nchanel: x\n---\n",
        "deals/bad.md": deal(front="close: 2026-01-01"),
        "deals/late/acme.md": deal(),
        "deals/new.md": future,
        "deals/sub/worse.md": deal(front="chanel: fair"),
        "deals/acme.txt": "hello",
        "deals/worst.md": deal(owner="owner: marai"),
    }
    loaded = load(MemoryTree({p: t.encode() for p, t in files.items()}), lambda: TODAY)
    pages = {page.path: page for page in all_pages(loaded)}
    page = pages["problems.html"] if is_whole else problems_page(loaded, frozenset(pages))
    view = page.view()
    assert isinstance(view, ProblemList)
    found = {p.place.file.text: p.place.file.path for c in view.codes for p in c.problems}
    assert found == {
        "pipeline.yml": "",
        "contacts/jane-roe.md": "contacts/jane-roe.html",
        "deals/bad.md": "deals/bad.html",
        "deals/late/acme.md": "",
        "deals/new.md": "",
        "deals/sub/worse.md": "deals/worse.html",
        "deals/acme.txt": "",
        "deals/worst.md": "",
    }


def test_a_file_without_a_text_is_shown_without_an_excerpt() -> None:
    found = problem_list([problem(), problem("deals/b.md")], Files({"deals/a.md": TEXT}))
    (code,) = found.codes
    assert code.problems[0].excerpt == Excerpt("3", "stage: ", "qualificaton", "", "")
    assert code.problems[1].excerpt is None


def test_the_page_marks_the_span_and_escapes_the_source() -> None:
    text = "---\ntitle: <b>\nstage: qualificaton # <script>\n---\n"
    html = rendered("problems.html", problem_list([problem()], Files({"deals/a.md": text})))
    assert "stage: <mark>qualificaton</mark> # &lt;script&gt;" in html
    assert "No stage is called <code>qualificaton</code>." in html
    assert 'data-code="unknown-stage"' in html
    assert "deals/a.md:3:8" in html


def test_the_page_without_problems_says_what_is_checked() -> None:
    html = rendered("problems.html", problem_list([], NO_FILES))
    assert "No problems: the journal agrees with itself." in html
    assert "What is checked" in html


def test_codes_are_folded_as_soon_as_enough_problems_are_shown() -> None:
    found = problem_list([*many(15, "a"), *many(10, "b"), *many(1, "c")], NO_FILES)
    assert [(code.code, code.is_open) for code in found.codes] == [
        ("a", True), ("b", True), ("c", False)
    ]  # fmt: skip
    assert [code.is_open for code in problem_list(many(99), NO_FILES).codes] == [True]


def test_of_very_many_problems_of_one_code_the_first_are_shown_and_all_are_counted() -> None:
    found = problem_list([*many(1490), problem()], NO_FILES)
    error, look = found.codes
    assert (len(error.problems), error.others, error.more) == (1, (), "")
    assert (look.count, len(look.problems), len(look.others)) == ("1\u202f490", 25, 474)
    assert (look.others_count, look.more) == ("and 474 more", "and 991 more")
    assert found.answer == "1 error and 1\u202f490 warnings in 1\u202f491 files."
    html = rendered("problems.html", found)
    assert html.count('<li class="problem"') == 26
    assert "and 991 more: <code>dealog check</code> prints all" in html
    assert len(html) < 70_000
    assert "dealog check" not in rendered("problems.html", problem_list(many(500), NO_FILES))


def test_many_problems_of_one_code_leave_room_for_the_others() -> None:
    counts = {"a": 600, "b": 40, "c": 30}
    found = problem_list([p for code, n in counts.items() for p in many(n, code)], NO_FILES)
    shown = {c.code: (len(c.problems), len(c.others), c.more) for c in found.codes}
    assert shown == {
        "a": (25, 425, "and 150 more"), "b": (25, 0, "and 15 more"), "c": (25, 0, "and 5 more")
    }  # fmt: skip


def test_a_large_file_with_many_problems_is_split_into_lines_once() -> None:
    class Text(str):
        __slots__ = ()
        splits = 0

        def split(self, *_: object, **__: object) -> list[str]:
            type(self).splits += 1
            return ["x"] * 2000

    lines = [problem("a.md", n, code) for n in range(1, 900) for code in ("a", "b")]
    problem_list(lines, Files({"a.md": Text("x")}))
    assert Text.splits == 1
