from __future__ import annotations

import pytest

from site_builder.journal.audience import Audience
from site_builder.journal.schema import Schema
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.problems.problem import Problem

HEAD = (
    "journal: J\nvisibility: private\npipelines:\n  p:\n    fields:\n"
    "      site: {type: text}\n    stages: {a: {}}\n"
)
LINE = HEAD.count("\n") + 3


def read(text: str) -> tuple[Schema, list[Problem]]:
    problems: list[Problem] = []
    body = "".join(f"    {line}\n" for line in text.splitlines())
    schema = read_schema("pipeline.yml", f"{HEAD}audiences:\n  them:\n{body}", problems.append)
    assert schema is not None
    return schema, problems


def test_an_audience_is_what_is_listed() -> None:
    schema, problems = read(
        'deals: {where: "tag:partner", show: [title, site, id, amount]}\n'
        "contacts: {show: [name, company]}\nnotes: yes"
    )
    assert problems == []
    audience = schema.audiences["them"]
    assert audience == Audience(
        "them", ("title", "site", "id", "amount"), ("name", "company"), True, "tag:partner"
    )
    assert (audience.where_span.line, audience.where_span.column) == (LINE, 20)


def test_what_is_not_said_is_not_shown() -> None:
    schema, problems = read("deals: {show: [title]}")
    assert problems == [] and schema.audiences["them"] == Audience("them", ("title",))


@pytest.mark.parametrize(
    ("text", "code", "column", "help"),
    [
        ("deals: {show: [titel]}", "unknown-field", 20, "Did you mean `title`?"),
        ("deals: {show: [title, name]}", "unknown-field", 27, ""),
        ("deals: [title, stage]", "invalid-value", 12, "Write `deals: {show: [title, stage]}`."),
        ("deals: title", "invalid-value", 12, "Write `deals: {show: [title]}`."),
        ("deals: {where: \"a\"}", "missing-field", 5, "Add `show: [title]`"),
        ("deals: {were: \"a\", show: [title]}", "unknown-field", 13, "Did you mean `where`?"),
        ("deals: {where: , show: [title]}", "invalid-value", 13, "leave `where` out"),
        ("deals: {show: [title]}\nnotes: maybe", "invalid-value", 12, "yes"),
        ("contacts: {where: \"a\", show: [name]}", "unknown-field", 16, ""),
        ("contact: {show: [name]}", "unknown-field", 5, "Did you mean `contacts`?"),
        ("contacts: {show: [name, value]}", "unknown-field", 29, ""),
        ("deals: {show: []}", "missing-field", 5, "Add `show: [title]`"),
        ("{}", "missing-field", 3, "them: {deals: {show: [title, stage]}}"),
    ],
)  # fmt: skip
def test_a_slip_is_told_and_nobody_is_shown_a_guess(
    text: str, code: str, column: int, help: str
) -> None:
    schema, problems = read(text)
    (problem,) = problems
    assert (problem.code, problem.span.column) == (code, column)
    assert help in problem.help
    assert not schema.audiences["them"].is_sound


def test_people_without_names_are_warned_of_once() -> None:
    schema, (problem,) = read("deals: {show: [company, contacts]}")
    assert problem.code == "audience-nameless" and schema.audiences["them"].is_sound
    assert "contacts: {show: [name]}" in problem.help


def test_one_slip_leaves_the_others_sound() -> None:
    text = HEAD + "audiences:\n  a: {deals: {show: [titel]}}\n  b: {deals: {show: [title]}}\n"
    schema = read_schema("pipeline.yml", text, lambda _problem: None)
    assert schema is not None
    assert [a.is_sound for a in schema.audiences.values()] == [False, True]


def test_a_bad_id_is_no_sound_audience() -> None:
    text = HEAD + "audiences:\n  Our Partners: {deals: {show: [title]}}\n"
    problems: list[Problem] = []
    schema = read_schema("pipeline.yml", text, problems.append)
    assert schema is not None and [p.code for p in problems] == ["invalid-id"]
    assert "be the id of an audience." in problems[0].message
    assert not any(audience.is_sound for audience in schema.audiences.values())


@pytest.mark.parametrize(
    "text",
    [
        'deals: {where: "tag:a", show: [title]}\ndeals: {show: [title]}',
        'deals:\n  where: "tag:a"\n  where: "tag:a -tag:b"\n  show: [title]',
        "deals: {show: &some [title]}",
    ],
)
def test_where_a_part_is_left_out_for_its_yaml_nothing_is_known(text: str) -> None:
    schema, problems = read(text)
    assert problems and not schema.audiences["them"].is_sound


def test_an_audience_that_is_there_twice_is_not_known() -> None:
    problems: list[Problem] = []
    twice = "  them: {deals: {show: [title]}}\n  them: {deals: {show: [value]}}\n"
    schema = read_schema("pipeline.yml", f"{HEAD}audiences:\n{twice}", problems.append)
    assert schema is not None and [p.code for p in problems] == ["duplicate-key"]
    assert not schema.audiences["them"].is_sound
