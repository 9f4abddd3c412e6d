from __future__ import annotations

import pytest

from site_builder.problems.problem import Severity
from site_builder.query.language import MAX_LENGTH
from site_builder.query.saved import views
from tests.catalogue import BASE
from tests.journals import loaded
from tests.query.cases import JOURNAL
from tests.query.test_matching import insights_of

CONFIG = BASE["pipeline.yml"]
LINE = CONFIG.count("\n") + 2
"""The line of the first view."""


def told(lines: str, before: str = CONFIG) -> list[tuple[int, int, int, str, str]]:
    """What is wrong with views, from their first line on."""
    problems = loaded({"pipeline.yml": f"{before}views:\n{lines}"}).problems
    return [
        (p.span.line - LINE, p.span.column, p.span.end_column, p.message, p.help) for p in problems
    ]


def test_each_view_says_how_many_deals_it_means_and_what_they_are_worth() -> None:
    found = views(insights_of(JOURNAL)).views
    assert [(one.id, one.name, one.deals) for one in found] == [
        ("large", "Large", 2),
        ("ann-s", "What Ann has", 2),
        ("odd", "Odd", 2),
    ]
    assert [(str(line.amount), line.currency) for line in found[0].value.lines] == [
        ("25000.0", "EUR")
    ]


@pytest.mark.parametrize(
    ("lines", "at", "message", "help"),
    [
        ("  a: stage:lead close:son\n", (0, 17, 26), "`son` is no day or period.", "Write `2026-11-30`"),
        ("  a: 'owner:maria stag:lead'\n", (0, 19, 28), "There is no field `stag`.", "Did you mean `stage`?"),
        ("  a: {query: 'value>=10,000'}\n", (0, 15, 28), "A comma means or", "Write `value>=10000`."),
        ("  a: >-\n    close:soon\n", (1, 5, 15), "`soon` is no day", "Write `2026-11-30`"),
        ("  a: 'it''s close:soon'\n", (0, 6, 24), "`soon` is no day", "Write `2026-11-30`"),
        ("  b: state:open\n  a: view:b\n", (1, 6, 12), "`view:b` is a view in a view.", "`state:open`"),
        ("  b: state:open\n  a: -view:b\n", (1, 6, 13), "`-view:b` is a view in a view.", "Write a query"),
        ("  a:\n", (0, 3, 4), "The view `a` has no query.", "Write `a: state:open`"),
        ("  a: {name: A}\n", (0, 3, 4), "The view `a` has no query.", "Write `a: state:open`"),
        (f"  a: {'x' * (MAX_LENGTH + 1)}\n", (0, 6, 7 + MAX_LENGTH), "The query is longer", "Shorten it."),
        ("  Big ones: state:open\n", (0, 3, 11), "`Big ones` can't be the id", "Write `big-ones`"),
        ("  - state:open\n", (0, 3, 1), "`views` takes names and values.", "Write `views:`"),
    ],
)  # fmt: skip
def test_a_query_that_means_nothing_is_told_where_it_stands(
    lines: str, at: tuple[int, int, int], message: str, help: str
) -> None:
    ((line, column, end, said, what),) = told(lines)
    assert (line, column, end) == at
    assert said.startswith(message) and help in what


@pytest.mark.parametrize(
    ("asked", "told_of"),
    [
        ("company=jane", "`jane` is no contact. Did you mean `jane-roe`?"),
        ("-contact=jane-roe,john", "`john` is no contact. The contacts: `jane-roe`."),
        ("id=two", "`two` is no deal. Did you mean `two-sites`?"),
        (
            "contact=jane@acme.example",
            "`jane@acme.example` is no contact. The contacts: `jane-roe`.",
        ),
        ("company:jane contact=none", ""),
        ("contact=JANE-ROE contact='Jane Roe' id=two-sites".replace("'", '"'), ""),
    ],
)
def test_a_stranger_that_a_query_asks_for_is_a_warning_where_it_stands(
    asked: str, told_of: str
) -> None:
    jane = "---\nname: Jane Roe\nemail: jane@acme.example\n---\n"
    files = {
        "contacts/jane-roe.md": jane,
        "deals/two-sites.md": "---\n",
    }  # what can't be read is there all the same
    lines = (
        f"views:\n  a: '{asked}'\naudiences:\n  b: {{deals: {{where: '{asked}', show: [title]}}}}\n"
    )
    found = loaded({"pipeline.yml": CONFIG + lines, **files}).problems
    warned = [
        (f"{p.message} {p.help}", p.span.line - LINE) for p in found if p.code == "invalid-value"
    ]
    assert warned == ([(told_of, 0), (told_of, 2)] if told_of else [])
    assert not any(p.severity is Severity.ERROR for p in found if p.code == "invalid-value")


def test_what_help_says_to_type_is_right() -> None:
    text = f"{CONFIG}views: owner:maria\n"
    (problem,) = loaded({"pipeline.yml": text}).problems
    assert problem.help == "Write `mine: owner:maria` in a line of its own below `views:`."
    assert told("  mine: owner:maria\n") == []


def test_a_view_that_means_nothing_is_left_out_and_the_others_are_there() -> None:
    journal = loaded({"pipeline.yml": f"{CONFIG}views:\n  a: stag:x\n  b: state:open\n"}).journal
    assert journal is not None
    assert [view.id for view in journal.schema.views] == ["b"]


def test_nothing_follows_from_what_could_not_be_read_of_pipeline_yml() -> None:
    broken = CONFIG.replace("      negotiation:", "      Nego tiation:")
    assert broken != CONFIG
    said = told("  a: stage:negotiation\n", broken)
    assert len(said) == 1 and "can't be the id of a stage" in said[0][3]
