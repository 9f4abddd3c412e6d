from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exchange.map import map_reader, note_reader, origin_reader
from site_builder.exchange.map.map_reader import read_map
from site_builder.exchange.map.mapping import ImportMap
from site_builder.problems.problem import Problem
from tests.exchange.helpers import DEALS, SCHEMA
from tests.places import DOCS


def read(text: str) -> tuple[ImportMap | None, list[Problem]]:
    problems: list[Problem] = []
    return read_map("m.yml", text, SCHEMA, problems.append), problems


def good(text: str) -> ImportMap:
    made, problems = read(text)
    assert problems == []
    assert made is not None
    return made


def test_reads_a_map() -> None:
    made = good(DEALS + "csv: {delimiter: semicolon, encoding: cp1252}\norder: newest-first\n")
    assert (made.makes, made.source, made.delimiter, made.encoding) == (
        "deals",
        "crm",
        ";",
        "cp1252",
    )
    assert made.newest_first
    assert made.key is not None
    assert [name.text for name in made.key.names()] == ["Id"]


def test_a_composed_key_is_a_template() -> None:
    made = good(DEALS.replace("key: Id", "key: [Name, Created]"))
    assert made.key is not None
    assert [name.text for name in made.key.names()] == ["Name", "Created"]


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        (("import: deals", "import: dealz"), (1, 9), "invalid-value"),
        (("import: deals\n", ""), (1, 1), "missing-field"),
        (("source: crm", "source: My CRM"), (2, 9), "invalid-id"),
        (("source: crm\n", ""), (1, 1), "missing-field"),
        (("key: Id\n", ""), (1, 1), "missing-field"),
        (("key: Id", "key: Id\nkee: Id"), (4, 1), "unknown-field"),
        (("title: Name", "titel: Name"), (4, 10), "unknown-field"),
        (("title: Name", "title: [Name, {column: X, foo: y}]"), (4, 36), "unknown-field"),
        (("title: Name", "title: {values: {}}"), (4, 17), "missing-field"),
        (("title: Name", "title: {template: Hi}"), (4, 28), "invalid-value"),
        (("title: Name", 'title: {template: "{A"}'), (4, 28), "invalid-value"),
        (("title: Name", 'title: {template: "{A|dat}"}'), (4, 28), "invalid-value"),
        (("value: Amount", "value: {column: A, currency: EURO}"), (4, 80), "invalid-value"),
        (("value: Amount", "value: {column: A, divide-by: 0}"), (4, 81), "invalid-value"),
        (("close: Close", "close: {column: C, dates: DD-MM}"), (4, 92), "invalid-value"),
        (("fields:", "dates: dd.mm.yyyy\nfields:"), (4, 8), "invalid-value"),
        (("fields:", "numbers: '1,2'\nfields:"), (4, 10), "invalid-value"),
        (("fields:", "csv: {encoding: utf-7}\nfields:"), (4, 17), "invalid-value"),
        (("fields:", "pipeline: purchase\nfields:"), (4, 11), "unknown-pipeline"),
        (("fields:", "folder: ../x\nfields:"), (4, 9), "invalid-value"),
        (("fields:", "notes: [{kind: Type}]\nfields:"), (4, 9), "missing-field"),
        (("fields:", "notes: [{date: D, kind: T, stage: S}]\nfields:"), (4, 9), "missing-field"),
        (("fields:", "notes: [{date: D, kind: T, to: A, from: B}]\nfields:"), (4, 35), "invalid-value"),
        (("fields:", "skip: [{because: x}]\nfields:"), (4, 8), "missing-field"),
        (("fields:", "skip: x\nfields:"), (4, 7), "invalid-value"),
        (("title: Name", "title: {column: A, lookup: {file: ../a.csv, key: a, value: b}}"), (4, 44), "invalid-value"),
        (("key: Id", "key: Id\nkey: Id"), (4, 1), "duplicate-key"),
        (("key: Id", "key: &a Id"), (3, 6), "forbidden-yaml"),
        (("key: Id", "key: 'Id"), (3, 6), "yaml-syntax"),
    ],
)  # fmt: skip
def test_a_wrong_map_is_told_its_place(
    change: tuple[str, str], place: tuple[int, int], code: str
) -> None:
    assert change[0] in DEALS
    made, problems = read(DEALS.replace(*change))
    assert made is None
    assert [(p.span.line, p.span.column, p.code) for p in problems] == [(*place, code)]
    assert all(p.help for p in problems)


def test_a_setting_that_is_no_table_is_told_once() -> None:
    assert [p.code for p in read(DEALS + "replace: Product\n")[1]] == ["invalid-value"]


def test_a_template_is_told_by_its_name() -> None:
    map = DEALS.replace("title: Name", "title: {template: [[Name]]}")
    assert [p.message.partition(" is ")[0] for p in read(map)[1]][:1] == ["`template`"]


def test_notes_of_contacts_set_no_state_and_have_no_stages() -> None:
    start = "import: contacts\nsource: c\nkey: Id\nfields: {name: N}\nnotes:\n  - date: D\n    "
    assert [p.code for p in read(start + "kind: K\n    value: V\n")[1]] == ["unknown-field"]
    assert [p.code for p in read(start + "stage: S\n")[1]] == ["invalid-value"]


def test_stages_go_to_deals_only() -> None:
    start = "import: stages\nnote: {date: D, stage: S}\n"
    assert read(start + "contact: C\n")[1][0].code == "missing-field"
    assert good(start + "deal: C\n").target is not None


def test_every_word_of_a_map_is_in_the_manual() -> None:
    manual = (DOCS / "import.md").read_text(encoding="utf-8")
    words = {*map_reader._FOR_FILES, *map_reader._FOR_NOTES, *note_reader._NOTE, *map_reader._CSV}
    for word in sorted(words | set(origin_reader._ORIGIN)):
        assert f"`{word}" in manual, word


@given(st.text(st.sampled_from("a:-[]{}\n \"'&*!,|"), max_size=60))
@settings(deadline=None)
def test_no_text_crashes_it(text: str) -> None:
    read(DEALS + text)
    read("import: deals\nfields:\n  title: " + text)
