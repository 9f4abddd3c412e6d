from __future__ import annotations

import datetime as dt

import pytest

from site_builder.edit.writing import NewNote, document
from site_builder.exchange.map.map_reader import read_map
from site_builder.exchange.tracing import origin_of
from site_builder.problems.problem import Problem, Span
from site_builder.source.document import read_document
from tests.exchange.helpers import SCHEMA

MAP = (
    "import: deals\nsource: s\nkey: Id\nfields: {title: Name, owner: Who, stage: To}\n"
    "notes:\n  - {date: Sent, kind: {fixed: email}, value: Worth, text: Said}\n"
    "  - {date: Told, kind: {fixed: proposal}, budget: Most, close: End}\n"
)
NOTES = [
    NewNote(dt.date(2026, 1, 1), "proposal", fields=(("budget", "5"), ("close", "2026-02-01")), by_map=1),
    NewNote(dt.date(2026, 1, 2), "email", fields=(("value", "7"),), text="Hello"),
]  # fmt: skip
FRONT = [("title", "A"), ("owner", "otto"), ("stage", "lead"), ("value", "7"), ("close", "x")]
TEXT = document(FRONT, "Summary", NOTES)


@pytest.mark.parametrize(
    ("line", "message", "column"),
    [
        ("title: A", "", "Name"),
        ("owner: otto", "", "Who"),
        ("value: 7", "", "Worth"),
        ("close: x", "", "End"),
        ("---", "This deal has no `title`.", "Name"),
        ("---", "This deal has no `x`.", ""),
        ("---", "It is too large.", ""),
        ("## 2026-01-01 proposal", "", "Told"),
        ("budget:: 5", "", "Most"),
        ("close:: 2026-02-01", "", "End"),
        ("value:: 7", "", "Worth"),
        ("Hello", "", "Said"),
    ],
)
def test_a_problem_of_a_file_leads_back_to_the_column(line: str, message: str, column: str) -> None:
    map = read_map("m.yml", MAP, SCHEMA, lambda problem: None)
    read = read_document("deals/a.md", TEXT, lambda problem: None)
    assert map is not None
    assert read is not None
    at = TEXT.split("\n").index(line) + 1
    problem = Problem("invalid-value", message, "", Span("deals/a.md", at, 1, at, 2))
    origin = origin_of(problem, read, NOTES, map)
    assert [name.text for name in (origin.own_names() if origin else ())] == [column] * bool(column)
