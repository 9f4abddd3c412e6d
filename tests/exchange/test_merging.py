from __future__ import annotations

import pytest

from site_builder.exchange.plan import grouped
from tests.exchange.helpers import errors, one, plan, told

PEOPLE = (
    "import: contacts\nsource: p\nkey: Mail\nseveral-rows: yes\n"
    "fields: {name: Name, email: Mail, phone: Phone, tags: {column: Tags, split: ;}}\n"
)
HEAD = "Mail,Name,Phone,Tags\n"
JO = "jo@a.example,Jo,+44 20 7946 0001,new;oven\n"
BLANK = "jo@a.example,Jo,,\n"
WHOLE = (
    "---\nname: Jo\nemail: jo@a.example\nphone: +44 20 7946 0001\ntags: [new, oven]\n"
    "x-source-id: p:jo@a.example\n---\n"
)


@pytest.mark.parametrize("rows", [JO + BLANK, BLANK + JO, BLANK + JO + BLANK, JO])
@pytest.mark.parametrize("order", ["", "order: newest-first\n"])
def test_an_empty_cell_takes_nothing_away(rows: str, order: str) -> None:
    assert one(HEAD + rows, PEOPLE + order) == WHOLE
    files = {"contacts/jo.md": WHOLE.encode()}
    again = plan(HEAD + rows, PEOPLE + order, files)
    assert (again.writes, told(again)) == ((), [])
    assert again.counts.already_there == again.counts.rows


def test_the_newest_filled_cell_counts_and_the_other_is_told() -> None:
    other = JO.replace("0001", "0002")
    made = plan(HEAD + JO + other + BLANK, PEOPLE)
    assert b"phone: +44 20 7946 0002\n" in made.files["contacts/jo.md"]
    (problem,) = made.problems
    assert (problem.code, problem.severity) == ("rows-differ", "warning")
    assert problem.span[1:] == (2, 17, 2, 33)
    assert "`phone`" in problem.message
    assert "`+44 20 7946 0001` here and `+44 20 7946 0002` in line 3" in problem.help
    turned = plan(HEAD + JO + other + BLANK, PEOPLE + "order: newest-first\n")
    assert b"phone: +44 20 7946 0001\n" in turned.files["contacts/jo.md"]
    assert told(turned) == [(3, 17, "rows-differ")]


def test_differences_of_many_are_shown_as_one() -> None:
    rows = "".join(
        f"{name}@a.example,{name},+44 20 7946 000{n},\n" for name in "abc" for n in (1, 2)
    )
    made = plan(HEAD + rows, PEOPLE)
    assert len(made.problems) == 3
    (problem,) = grouped(made.problems)
    assert problem.message.endswith("Also in lines 4, 6.")


HISTORY = (
    "import: deals\nsource: h\nkey: Id\nseveral-rows: yes\nfields:\n"
    "  title: Name\n  owner: {fixed: otto}\n  stage: To\n  channel: Channel\n"
    "  lost-reason: {column: Why, when: {To: lost}}\n"
    "notes: [{date: When, stage: To, value: Amount, when: {When: {filled: yes}}}]\n"
)
COLUMNS = "Id,Name,When,To,Amount,Channel,Why\n"


def test_rows_stand_in_the_order_of_their_notes() -> None:
    csv = COLUMNS + "1,New,2026-03-01,offer,7,,\n1,Old,2026-01-01,lead,5,Web,\n1,Older,,lead,,,\n"
    made = plan(csv, HISTORY)
    assert made.files["deals/new.md"].startswith(
        b"---\ntitle: New\nowner: otto\nstage: offer\nvalue: 7\nchannel: Web\nx-source-id: h:1\n---\n"
    )
    assert told(made) == [(3, 3, "rows-differ"), (4, 3, "rows-differ")]
    assert errors(made.files) == []


def test_what_notes_keep_is_no_difference_and_a_condition_takes_away() -> None:
    csv = COLUMNS + "1,A,2026-01-01,lost,5,,price\n1,A,2026-02-01,lead,9,,price\n"
    text = one(csv, HISTORY)
    assert "lost-reason" not in text
    assert "stage: lead\nvalue: 9\n" in text


def test_summaries_come_from_the_newest_row_that_has_one() -> None:
    map = PEOPLE.replace("phone: Phone, tags: {column: Tags, split: ;}", "x-t: Tags")
    text = one(HEAD + "jo@a.example,Jo,Old,\njo@a.example,Jo,New,\njo@a.example,Jo,,\n",
               map + "summary: Phone\n")  # fmt: skip
    assert text.endswith("---\n\nNew\n")


SHEET = (
    "import: deals\nsource: s\nkey: Id\nfields:\n"
    "  title: Name\n  owner: {fixed: otto}\n  value: Amount\n  stage: To\n"
    "notes: [{date: When, stage: To}]\n"
)
ROW = COLUMNS + "1,A,2026-01-01,lead,5,,\n"


def test_a_row_that_changed_names_several_rows_which_then_adds_its_note() -> None:
    files = dict(plan(ROW, SHEET).files)
    changed = ROW.replace("2026-01-01,lead", "2026-02-01,offer")
    made = plan(changed, SHEET, files)
    assert (made.counts.left_alone, told(made)) == (1, [(2, 16, "left-alone")])
    assert "1 note of the row not there" in made.problems[0].message
    assert "`several-rows: yes`" in made.problems[0].help
    several = plan(changed, SHEET + "several-rows: yes\n", files)
    assert several.files["deals/a.md"].endswith(
        b"## 2026-01-01 stage lead\n\n## 2026-02-01 stage offer\n"
    )
    assert told(several) == [(2, 16, "front-matter-followed")]
    assert errors(several.files) == []


def test_what_no_note_says_is_told_where_several_rows_add_theirs() -> None:
    files = dict(plan(ROW, SHEET).files)
    changed = ROW.replace("2026-01-01,lead,5", "2026-02-01,lead,6")
    made = plan(changed, SHEET + "several-rows: yes\n", files)
    assert told(made) == [(2, 21, "left-alone")]
    assert "`value` is `5`, not `6`" in made.problems[0].message
    assert "several-rows" not in made.problems[0].help
    assert made.counts.taken == 1
    again = plan(changed, SHEET + "several-rows: yes\n", made.files)
    assert (again.counts.left_alone, told(again)) == (1, [(2, 21, "left-alone")])
    without = plan(ROW.replace(",5,", ",6,"), SHEET, files)
    assert "several-rows" not in without.problems[0].help


CLOSINGS = (
    "import: deals\nsource: h\nkey: Id\nseveral-rows: yes\nfields: {title: Id, owner: {fixed: otto}}\n"
    "notes: [{date: When, stage: To, lost-reason: {column: Why, when: {To: lost}}}]\n"
)


def test_each_closing_keeps_its_reason() -> None:
    csv = "Id,When,To,Why\n1,2026-01-01,lost,price\n1,2026-02-01,lead,price\n1,2026-03-01,lost,timing\n"
    text = one(csv, CLOSINGS)
    assert "stage: lost\nlost-reason: timing\n" in text
    assert text.count("lost-reason:: price\n") == text.count("lost-reason:: timing\n") == 1
    assert errors({"deals/1.md": text.encode()}) == []
    reopened = one(csv.replace("2026-03-01,lost", "2026-03-01,offer"), CLOSINGS)
    assert "\nlost-reason: " not in reopened
    assert errors({"deals/1.md": reopened.encode()}) == []
    again = plan(csv, CLOSINGS, {"deals/1.md": text.encode()})
    assert (again.writes, told(again)) == ((), [])


def test_companies_keep_how_close_they_came() -> None:
    map = (
        "import: contacts\nsource: c\nkey: Id\nseveral-rows: yes\n"
        "fields: {name: Id, type: {fixed: company}}\n"
        "notes: [{date: When, kind: {fixed: change}, level: Level}]\n"
    )
    csv = "Id,When,Level\nTarn,2026-02-01,Client\nTarn,2026-01-01,shopper\n"
    text = one(csv, map)
    assert text == (
        "---\nname: Tarn\ntype: company\nlevel: client\nx-source-id: c:Tarn\n---\n\n"
        "## 2026-01-01 change\nlevel:: shopper\n\n## 2026-02-01 change\nlevel:: client\n"
    )
    assert errors({"contacts/tarn.md": text.encode()}) == []


def test_a_new_talk_alone_is_told_at_its_date() -> None:
    files = dict(plan(ROW, SHEET).files)
    made = plan(ROW.replace("2026-01-01", "2026-02-01"), SHEET, files)
    assert told(made) == [(2, 5, "left-alone")]
