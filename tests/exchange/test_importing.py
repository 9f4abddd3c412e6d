from __future__ import annotations

import pytest

from site_builder.exchange.importing import plan_import
from site_builder.exchange.plan import ImportPlan
from site_builder.files.tree import MemoryTree
from tests.effort import milliseconds
from tests.exchange.helpers import DEALS, PIPELINE, adds_up, errors, one, plan, schema, told

CSV = "Id,Name,Owner,Stage,Amount,Close\n1,Harbour Cafe,Maria Lopez,New lead,5000,2026-12-01\n"
HARBOUR = (
    "---\ntitle: Harbour Cafe\nowner: maria\nstage: lead\nvalue: 5000\nclose: 2026-12-01\n"
    "x-source-id: crm:1\n---\n"
)
CONTACTS = "import: contacts\nsource: people\nkey: Id\nfields: {name: Name, company: {column: Firm, source: people}}\n"
HISTORY = "import: stages\ndeal: {column: Deal, source: crm}\nnote: {date: When, stage: Stage, value: Amount}\n"
FILES = {"deals/harbour-cafe.md": HARBOUR.encode()}


def test_a_row_becomes_a_deal() -> None:
    made = plan(CSV, DEALS)
    assert dict(made.files) == FILES
    assert told(made) == []
    assert errors(made.files) == []


def test_a_second_run_changes_nothing() -> None:
    made = plan(CSV, DEALS, FILES)
    assert (dict(made.files), made.counts.already_there, told(made)) == ({}, 1, [])


def test_a_changed_row_leaves_its_file_alone_and_says_so() -> None:
    made = plan(CSV.replace("5000", "6000"), DEALS, FILES)
    assert dict(made.files) == {}
    assert made.counts.left_alone == 1
    assert told(made) == [(2, 37, "left-alone")]
    assert "`value` is `5000`, not `6000`" in made.problems[0].message


def test_a_moved_and_renamed_file_is_known_by_its_source_id() -> None:
    made = plan(CSV, DEALS, {"deals/2026/other.md": HARBOUR.encode()})
    assert (dict(made.files), made.counts.already_there) == ({}, 1)


def test_a_new_id_avoids_those_that_are_there() -> None:
    files = {"deals/x/HARBOUR-cafe.md": HARBOUR.replace("crm:1", "crm:9").encode()}
    assert list(plan(CSV, DEALS, files).files) == ["deals/harbour-cafe-2.md"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Maria Lopez", "Nobody", (2, 16, "unknown-person")),
        ("New lead", "Draught", (2, 28, "unknown-stage")),
        ("5000", "about 5", (2, 37, "invalid-value")),
        ("5000", '"5,000"', (2, 37, "ambiguous-number")),
        ("2026-12-01", "01/13/14", (2, 42, "invalid-value")),
        ("1,Harbour", ",Harbour", (2, 1, "missing-field")),
        ("Harbour Cafe", "", (2, 3, "missing-field")),
        ("Harbour Cafe", "Harb\x07our", (2, 3, "invalid-value")),
        ("Harbour Cafe", "Harb\0our", (2, 3, "invalid-value")),
        ("Harbour Cafe", '"Harbour"x', (2, 3, "invalid-row")),
        ("Harbour Cafe", '"Harbour', (2, 3, "invalid-row")),
        (",2026-12-01", "", (2, 41, "invalid-row")),
        ("2026-12-01", "2026-12-01,more", (2, 53, "invalid-row")),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_is_told_its_cell(
    old: str, new: str, problem: tuple[int, int, str]
) -> None:
    assert old in CSV
    map = DEALS if "01/13" not in new else DEALS + "dates: DD/MM/YY\n"
    made = plan(CSV.replace(old, new), map)
    assert told(made) == [problem]
    assert dict(made.files) == {}
    assert made.counts.refused == 1
    assert all(p.help for p in made.problems)


def test_all_faults_of_a_row_are_told_at_once() -> None:
    made = plan(CSV.replace("Maria Lopez", "X").replace("New lead", "Y"), DEALS)
    assert [code for _, _, code in told(made)] == ["unknown-person", "unknown-stage"]
    assert made.strangers == (("X", 1),)


def test_strangers_are_told_by_name() -> None:
    rows = "".join(f"{n},B,{who},New lead,1,\n" for n, who in enumerate("yzxz", 2))
    assert plan(CSV + rows, DEALS).strangers == (("x", 1), ("y", 1), ("z", 2))


def test_a_good_row_is_taken_beside_a_bad_one() -> None:
    made = plan(CSV + "2,B,Nobody,New lead,1,\n", DEALS)
    assert list(made.files) == ["deals/harbour-cafe.md"]
    assert (made.counts.taken, made.counts.refused) == (1, 1)


def test_short_rows_can_be_filled_and_empty_cells_behind_a_row_do_not_matter() -> None:
    short = CSV.replace(",5000,2026-12-01", "")
    assert "stage: lead\nx-source" in one(short, DEALS + "csv: {short-rows: fill}\n")
    assert one(CSV.replace("12-01", "12-01,,"), DEALS) == HARBOUR


def test_empty_rows_are_skipped_and_counted() -> None:
    made = plan(CSV + ",,,,,\n", DEALS)
    assert (made.counts.taken, made.skipped) == (1, (("empty rows", 1),))
    assert adds_up(made.counts)


def test_an_ambiguous_date_column_is_refused_with_an_example() -> None:
    made = plan(CSV.replace("2026-12-01", "03/04/2026"), DEALS)
    assert told(made) == [(2, 42, "ambiguous-date")]
    assert "2026-04-03 or 2026-03-04" in made.problems[0].message
    assert "dates: DD/MM/YYYY" in made.problems[0].help
    assert "close: 2026-03-04\n" in one(
        CSV.replace("2026-12-01", "03/04/2026"), DEALS + "dates: MM/DD/YYYY\n"
    )


def test_a_column_that_another_cell_decides_is_read_and_told() -> None:
    csv = CSV.replace("2026-12-01", "03/04/2026") + "2,B,Otto Brandt,Offer,1,25/04/2026\n"
    made = plan(csv, DEALS)
    assert told(made) == [(1, 28, "date-format")]
    assert b"close: 2026-04-03\n" in made.files["deals/harbour-cafe.md"]


def test_a_second_row_with_a_key_is_refused_unless_it_is_the_same() -> None:
    row = CSV.splitlines()[1]
    assert told(plan(f"{CSV}{row}x\n", DEALS))[-1] == (3, 1, "duplicate-row")
    made = plan(f"{CSV}{row}\n", DEALS)
    assert (made.counts.taken, made.counts.already_there) == (1, 1)


def test_unknown_and_repeated_columns_are_told_in_the_map() -> None:
    made = plan("Id,Name,Owner,stage,Amount,Close,Amount\n", DEALS)
    assert told(made) == [(4, 44, "unknown-column"), (4, 58, "unknown-column")]
    assert made.problems[0].help == "Did you mean `stage`?"
    assert "Amount#2" in made.problems[1].help


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (DEALS.replace("stage: Stage", "stage: won"), "won"),
        (DEALS.replace("owner: Owner", "owner: maria"), "maria"),
        (f"{DEALS}notes: [{{date: Close, kind: call}}]\n", "call"),
        (f"{DEALS}notes: [{{date: Close, stage: Stage, asked-by: us}}]\n", "us"),
    ],
)
def test_a_value_in_place_of_a_column_is_told_how_it_is_fixed(line: str, value: str) -> None:
    (problem,) = plan(CSV, line).problems
    assert problem.help.startswith(f"Write `{{fixed: {value}}}` where it is the same for all rows.")


def test_skips_and_conditions_and_templates_and_tables() -> None:
    map = (
        "import: deals\nsource: crm\nkey: [A, B]\n"
        "blank: ['-']\nreplace: {B: {two: 2}}\n"
        "skip: [{when: {A: test}, because: tests}]\n"
        "fields:\n"
        '  title: {template: ["{A} for {C}", "{A} {B}"]}\n'
        "  owner: {fixed: maria}\n"
        "  stage: {fixed: offer, when: {B: {filled: yes}}, empty: lead}\n"
        "  source: {column: [C, A], values: {a: Web}}\n"
        "  channel: {column: B, when: {A: {not: x}}}\n"
        "  tags: [{column: A}, {column: C, split: ';'}]\n"
    )
    made = plan("A,B,C\na,two,-\ntest,1,1\na,3,p;q\n", map)
    assert made.skipped == (("tests", 1),)
    assert made.files["deals/a-2.md"].decode() == (
        "---\ntitle: a 2\nowner: maria\nstage: offer\nsource: Web\nchannel: 2\ntags: [a]\n"
        "x-source-id: crm:a/2\n---\n"
    )
    assert b"title: a for p;q\n" in made.files["deals/a-for-p-q.md"]
    assert b"tags: [a, p, q]\n" in made.files["deals/a-for-p-q.md"]


def test_a_lookup_takes_its_value_from_another_file() -> None:
    map = DEALS.replace(
        "owner: Owner", "owner: {column: Owner, lookup: {file: u.csv, key: Id, value: Name}}"
    )
    csv = CSV.replace("Maria Lopez", "7")
    assert dict(plan(csv, map, beside={"u.csv": b"Id,Name\n7,Maria Lopez\n"}).files) == FILES
    assert told(plan(csv, map, beside={"u.csv": b"Id,Name\n8,X\n"})) == [(2, 16, "invalid-value")]
    assert told(plan(csv, map)) == [(4, 54, "missing-file")]
    assert told(plan(csv, map, beside={"u.csv": b"Key\n8\n"})) == [(4, 54, "unknown-column")] * 2


def test_otherwise_stands_in_and_is_told() -> None:
    map = DEALS.replace("value: Amount", "value: {column: Amount, otherwise: leave-out}")
    made = plan(CSV.replace("5000", "lots"), map)
    assert told(made) == [(2, 37, "value-replaced")]
    assert b"value" not in made.files["deals/harbour-cafe.md"]


@pytest.mark.parametrize(
    ("otherwise", "did"), [("leave-out", "It was left out"), ("10", "It was taken as `10`")]
)
@pytest.mark.parametrize(("rows", "more"), [(1, ""), (2, " (2 rows, the first is this)")])
def test_what_stood_in_is_told_once_with_its_number(
    otherwise: str, did: str, rows: int, more: str
) -> None:
    map = DEALS.replace("value: Amount", f"value: {{column: Amount, otherwise: {otherwise}}}")
    csv = CSV.replace("5000", "lots")
    csv += csv.splitlines()[1].replace("1,", "2,", 1).replace("Harbour", "Tarn") + "\n"
    made = plan("".join(csv.splitlines(keepends=True)[: rows + 1]), map)
    (problem,) = made.problems
    assert problem.message.endswith(f" {did}, as the map says{more}.")
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (2, 37, 41)


def test_types_of_fields() -> None:
    map = (
        "import: deals\nsource: crm\nkey: Id\npercents: fraction\nnumbers: 1.234,56\nfields:\n"
        "  title: Id\n  owner: Mail\n  stage: {fixed: Offer}\n"
        "  value: {column: Micro, divide-by: 1000000, currency: {column: Cur}}\n"
        "  probability: P\n  need: N\n  segment: Seg\n  renewal: R\n  present-state: Long\n"
        '  next: {template: "{R|date} {What}"}\n'
    )
    text = one(
        "Id,Mail,Micro,Cur,P,N,Seg,R,Long,What\n"
        'a,MARIA@kestrel.example,1500000,USD,"0,5",TRUE,SMB,2027-01-02 10:00,"one\ntwo",Call: now\n',
        map,
    )
    assert text == (
        "---\ntitle: a\nowner: maria\nstage: offer\nvalue: 1.5 USD\nprobability: 50%\n"
        'next: "2027-01-02 Call: now"\nneed: yes\nsegment: smb\npresent-state: |-\n  one\n  two\n'
        "renewal: 2027-01-02\nx-source-id: crm:a\n---\n"
    )
    assert errors({"deals/a.md": text.encode()}) == []


def test_contacts_of_one_file_refer_to_each_other() -> None:
    made = plan("Id,Name,Firm\n1,Jane Roe,2\n2,Harbour Cafe,\n", CONTACTS)
    assert b"company: harbour-cafe\n" in made.files["contacts/jane-roe.md"]
    assert errors(made.files) == []


def test_a_row_that_refers_to_a_refused_row_is_refused_too() -> None:
    made = plan("Id,Name,Firm\n1,Jane,2\n2,\0,\n3,John,1\n", CONTACTS)
    assert [(line, code) for line, _, code in told(made)] == [
        (2, "unknown-contact"),
        (3, "invalid-value"),
        (4, "unknown-contact"),
    ]
    assert dict(made.files) == {}
    assert adds_up(made.counts)


@pytest.mark.parametrize("step", [1, -1])
def test_a_long_row_of_references_takes_no_long_time(step: int) -> None:
    """Each row refers to the one before it, and the first can't be taken."""
    rows = ["0,\0,", *(f"{i},Row {i},{i - 1}" for i in range(1, 4_000))][::step]
    csv = "\n".join(["Id,Name,Firm", *rows])
    made: list[ImportPlan] = []
    assert milliseconds(lambda: made.append(plan(csv, CONTACTS)), 1_500) < 1_500
    assert made[0].counts.refused == len(rows)


def test_references_by_field_by_name_and_by_id() -> None:
    files = {
        "contacts/jane-roe.md": b"---\nname: Jane Roe\nemail: Jane@harbour.example\n---\n",
        "contacts/john.md": b"---\nname: John\nx-domain: harbour.example\n---\n",
        "contacts/john-2.md": b"---\nname: John\n---\n",
    }

    def contacts(spec: str, cell: str) -> str:
        map = DEALS.replace("value: Amount", f"contacts: {{column: Amount, {spec}}}")
        made = plan(CSV.replace("5000", cell), map, files)
        return made.problems[0].code if made.problems else str(made.files)

    assert "contacts: [jane-roe]" in contacts("match: email", "jane@HARBOUR.example")
    assert "contacts: [john buyer]" in contacts("match: x-domain, role: buyer", "harbour.example")
    assert "contacts: [jane-roe]" in contacts("when: {Id: '1'}", "jane roe")
    assert "contacts: [john-2]" in contacts("when: {Id: '1'}", "john-2")
    assert contacts("match: name", "John") == "unknown-contact"
    assert contacts("source: people", "1") == "unknown-contact"


def test_front_matter_agrees_with_the_notes_or_the_row_is_refused() -> None:
    map = DEALS + "notes: [{date: Close, stage: {fixed: won}}]\n"
    made = plan(CSV, map)
    assert told(made) == [(2, 28, "stage-mismatch")]
    assert one(CSV, map.replace("stage: Stage, ", "")).splitlines()[3] == "stage: won"


def test_several_rows_of_one_deal_are_its_history() -> None:
    map = (
        "import: deals\nsource: h\nkey: Id\nseveral-rows: yes\nfields:\n"
        "  title: Id\n  owner: {fixed: otto}\n  lost-reason: Why\n"
        "notes: [{date: When, stage: To, headline: Say}]\n"
    )
    csv = "Id,When,To,Why,Say\na,2026-01-03,lost,price,\na,2026-01-01,lead,,Hi\n"
    text = one(csv, map)
    assert text == (
        "---\ntitle: a\nowner: otto\nstage: lost\nlost-reason: price\nx-source-id: h:a\n---\n\n"
        "## 2026-01-01 stage lead — Hi\n\n## 2026-01-03 stage lost\n"
    )
    files = {"deals/a.md": text.encode()}
    assert errors(files) == []
    assert plan(csv, map, files).counts.already_there == 2
    more = plan(csv + "a,2026-02-01,offer,,\na,2026-02-02,Draught,,\n", map, files)
    assert (more.counts.taken, more.counts.already_there, more.counts.refused) == (1, 2, 1)
    assert more.files["deals/a.md"].endswith(b"## 2026-02-01 stage offer\n")
    assert b"stage: offer\n" in more.files["deals/a.md"]


def test_stage_histories_go_to_their_deals_and_lead_the_front_matter() -> None:
    csv = "Deal,When,Stage,Amount\n1,2026-10-02 09:10,offer,7000\n1,2026-10-01,lead,\n"
    made = plan(csv, HISTORY, FILES)
    text = made.files["deals/harbour-cafe.md"].decode()
    assert text == HARBOUR.replace("stage: lead", "stage: offer").replace("5000", "7000") + (
        "\n## 2026-10-01 stage lead\n\n## 2026-10-02 09:10 stage offer\nvalue:: 7000\n"
    )
    assert [code for _, _, code in told(made)] == ["front-matter-followed"] * 2
    assert errors(made.files) == []
    again = plan(csv, HISTORY, made.files)
    assert (dict(again.files), again.counts.already_there, told(again)) == ({}, 2, [])


def test_a_field_that_the_kind_of_a_note_has_not_is_refused_at_its_cell() -> None:
    text = (
        "import: notes\ndeal: {column: Deal, source: crm}\n"
        "note: {date: When, kind: Kind, deadline: By}\n"
    )
    rows = "1,2026-10-02,call,soon\n1,2026-10-03,proposal,soon\n1,2026-10-04,call,\n"
    made = plan(f"Deal,When,Kind,By\n{rows}", text, FILES)
    assert told(made) == [(2, 19, "unknown-field")]
    assert made.problems[0].message == "`deadline` is not a field of `call` notes."
    assert errors(made.files) == []
    assert made.counts.taken == 2


def test_a_reason_of_a_loss_is_refused_where_nothing_is_lost() -> None:
    text = HISTORY.replace("value: Amount", "lost-reason: Why")
    rows = "1,2026-10-02,offer,price\n1,2026-10-03,lost,price\n"
    made = plan(f"Deal,When,Stage,Why\n{rows}", text, FILES)
    assert (2, 20, "unknown-field") in told(made)
    assert made.problems[0].message.startswith("`lost-reason` is no field of notes into `offer`")
    assert errors(made.files) == []
    told_apart = text.replace("lost-reason: Why", "lost-reason: {column: Why, when: {Stage: lost}}")
    assert plan(f"Deal,When,Stage,Why\n{rows}", told_apart, FILES).counts.taken == 2


def test_a_history_of_an_unknown_deal_is_refused() -> None:
    made = plan("Deal,When,Stage,Amount\n7,2026-10-02,offer,\n", HISTORY, FILES)
    assert told(made) == [(2, 1, "unknown-deal")]
    assert made.counts.refused == 1


def test_notes_are_known_by_their_key_even_if_edited() -> None:
    map = (
        "import: notes\nsource: n\ndeal: {column: D, source: crm}\n"
        "note: {key: N, date: When, kind: {column: K, values: {Task: note}}, by: By, text: T}\n"
    )
    csv = "D,N,When,K,By,T\n1,7,2026-10-01,Task,otto,## 2026-10-05 stage won\n"
    made = plan(csv, map, FILES)
    text = made.files["deals/harbour-cafe.md"]
    assert text.endswith(
        b"\n\n## 2026-10-01 note by otto\nx-source-id:: n:7\n\n\\## 2026-10-05 stage won\n"
    )
    assert errors(made.files) == []
    edited = {"deals/harbour-cafe.md": text.replace(b"2026-10-01 note", b"2026-09-30 call")}
    assert plan(csv, map, edited).counts.already_there == 1
    bad = plan(csv.replace("Task", "Dance"), map, FILES)
    assert told(bad) == [(2, 16, "unknown-kind")]


def test_a_file_that_would_grow_too_large_is_left() -> None:
    map = "import: notes\ndeal: {column: D, source: crm}\nnote: {date: W, kind: {fixed: note}, text: T}\n"
    csv = f"D,W,T\n1,2026-10-01,{'x' * 300_000}\n"
    made = plan(csv, map, FILES)
    assert told(made) == [(2, 14, "too-large")]
    big = plan(CSV.replace("Harbour Cafe", "x" * 300_000), DEALS)
    assert told(big) == [(2, 3, "too-large")]


def test_a_yaml_deal_takes_notes_as_fields() -> None:
    data = b"title: H\nowner: otto\nstage: lead\nx-source-id: crm:1\n"
    csv = "Deal,When,Stage,Amount\n1,2026-10-02,offer,\n"
    made = plan(csv, HISTORY, {"deals/h.yml": data})
    assert made.files["deals/h.yml"] == data.replace(b"lead", b"offer") + (
        b"notes:\n  - date: 2026-10-02\n    kind: stage\n    stage: offer\n"
    )
    in_braces = plan(csv, HISTORY, {"deals/h.yml": b"{%s}\n" % b", ".join(data.splitlines())})
    assert told(in_braces) == [(2, 1, "invalid-value")]


def test_a_file_that_cannot_be_read_is_a_warning() -> None:
    made = plan(CSV, DEALS, {"deals/broken.md": b"\xff"})
    assert told(made, "deals/") == [(1, 1, "not-utf8")]
    assert made.counts.taken == 1


def test_a_wrong_map_or_csv_writes_nothing() -> None:
    wrong = plan(CSV, "import: x\n")
    assert (wrong.writes, wrong.map_is_wrong) == ((), True)
    assert plan("Id\n1\n", DEALS).map_is_wrong
    assert not plan("", DEALS).map_is_wrong
    assert told(plan("", DEALS)) == [(1, 1, "invalid-csv")]
    assert told(plan(b"Id\n\xff", DEALS)) == [(2, 1, "not-utf8")]


def test_a_date_can_be_left_out_or_stand_in() -> None:
    csv = CSV.replace("2026-12-01", "soon")
    left = DEALS.replace("close: Close", "close: {column: Close, otherwise: leave-out}")
    made = plan(csv, left)
    assert told(made) == [(2, 42, "value-replaced")]
    assert b"close" not in made.files["deals/harbour-cafe.md"]
    stands = DEALS.replace("close: Close", "close: {column: Close, otherwise: 2027-01-01}")
    assert b"close: 2027-01-01\n" in plan(csv, stands).files["deals/harbour-cafe.md"]
    wrong = DEALS.replace("close: Close", "close: {column: Close, otherwise: later}")
    made = plan(csv, wrong)
    assert told(made, "m.yml") == [(4, 73, "invalid-value")]
    assert made.counts.refused == 1


def test_a_note_whose_date_is_left_out_is_refused() -> None:
    map = DEALS + "notes: [{date: {column: Name, otherwise: leave-out}, kind: {fixed: call}}]\n"
    made = plan(CSV, map)
    assert (made.counts.refused, [c for _, _, c in told(made)]) == (
        1,
        ["missing-field", "value-replaced"],
    )


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("need", "perhaps", "invalid-value"),
        ("segment", "huge", "invalid-value"),
        ("lost-reason", "whim", "invalid-value"),
        ("next", "call them", "invalid-value"),
        ("probability", "1", "invalid-value"),
        ("probability", "abc", "invalid-value"),
        ("contacts", "nobody", "unknown-contact"),
        ("wake", "31 Feb 2026", "invalid-value"),
    ],
)
def test_bad_cells_of_any_type_are_told(field: str, cell: str, code: str) -> None:
    made = plan(CSV.replace("5000", cell), DEALS.replace("value: Amount", f"{field}: Amount"))
    assert told(made) == [(2, 37, code)]


def test_contacts_of_any_field() -> None:
    map = (
        "import: contacts\nsource: c\nkey: Id\nfolder: people\nfields:\n  name: Id\n"
        "  type: {fixed: company}\n  level: L\n  touch-every: {fixed: 2w}\n  website: W\n"
        "  status: S\n  milestones: [{column: M}]\n"
        "notes: [{date: D, kind: {fixed: like}}]\n"
    )
    text = one("Id,L,W,S,M,D\nTarn,Client,tarn.example,Hot,2026-01-02 Moved,2026-01-01\n", map)
    assert text == (
        "---\nname: Tarn\ntype: company\nwebsite: https://tarn.example\nstatus: hot\n"
        "level: client\ntouch-every: 2w\nmilestones: [2026-01-02 Moved]\nx-source-id: c:Tarn\n"
        "---\n\n## 2026-01-01 like\n"
    )
    assert errors({"contacts/people/tarn.md": text.encode()}) == []
    bad = plan("Id,L,W,S,M,D\nTarn,Client,not a site,Hot,,2026-01-01\n", map)
    assert told(bad) == [(2, 13, "invalid-value")]


def test_notes_go_to_contacts_too_and_rows_without_a_note_are_counted() -> None:
    files = {"contacts/tarn.md": b"---\nname: Tarn\nemail: a@tarn.example\n---\n"}
    map = (
        "import: notes\norder: newest-first\ncontact: {column: Mail, match: email}\n"
        "note: {date: D, kind: {column: K}, with: {column: Mail, match: email}, text: T, when: {K: call}}\n"
    )
    csv = "Mail,D,K,T\na@tarn.example,2026-01-02,call,b\na@tarn.example,2026-01-02,call,a\na@tarn.example,2026-01-02,mail,x\n"
    made = plan(csv, map, files)
    assert made.skipped == (("the map makes no note of them", 1),)
    text = made.files["contacts/tarn.md"]
    assert text.endswith(
        b"\n## 2026-01-02 call with tarn\n\na\n\n## 2026-01-02 call with tarn\n\nb\n"
    )
    assert plan(csv, map, made.files).counts.already_there == 2


def test_invoices_and_proposals_keep_their_fields() -> None:
    map = (
        "import: notes\ndeal: {column: Deal, source: crm}\n"
        "note: {date: D, kind: {fixed: proposal}, budget: B, deadline: L}\n"
    )
    made = plan("Deal,D,B,L\n1,2026-01-02,€5,by spring\n1,2026-01-03,some,2026-04-01\n", map, FILES)
    assert made.files["deals/harbour-cafe.md"].endswith(
        b"proposal\ndeadline:: by spring\nbudget:: 5\n\n"
        b"## 2026-01-03 proposal\ndeadline:: 2026-04-01\nbudget:: some\n"
    )
    assert errors(made.files) == []


def test_more_decimals_than_are_kept_are_rounded_and_told_once_a_column() -> None:
    map = DEALS.replace("close: Close", "probability: Close") + "percents: fraction\n"
    rows = "".join(f"{n},B,Otto Brandt,Offer,1.1234567,0.3333333333333\n" for n in (2, 3))
    made = plan(CSV.replace("2026-12-01", "0.5") + rows, map)
    assert told(made) == [(3, 23, "value-rounded"), (3, 33, "value-rounded")]
    money, percent = made.problems
    assert money.message == (
        "`1.1234567` in `Amount` was rounded to `1.123457` (2 rows, the first is this)."
    )
    assert "`0.3333333333333` in `Close` was rounded to `33.333333333%`" in percent.message
    assert b"value: 1.123457\nprobability: 33.333333333%\n" in made.files["deals/b.md"]
    assert (made.counts.taken, errors(made.files)) == (3, [])


def test_a_currency_column_is_told_at_its_own_cell() -> None:
    map = DEALS.replace("value: Amount", "value: {column: Amount, currency: {column: Close}}")
    map = map.replace(", close: Close}", "}")
    assert "value: 5000 USD\n" in one(CSV.replace("2026-12-01", "usd"), map)
    assert "value: 5000\n" in one(CSV.replace("2026-12-01", "€"), map)
    made = plan(CSV.replace("2026-12-01", "$"), map)
    assert told(made) == [(2, 42, "invalid-value")]
    (problem,) = made.problems
    assert "`replace: {Close: {$: CODE}}`" in problem.help
    assert "value: 5000 USD\n" in one(
        CSV.replace("2026-12-01", "$"), map + "replace: {Close: {$: USD}}\n"
    )


def test_a_cell_says_its_own_currency_unless_its_currency_column_says_another() -> None:
    dollars, cells = DEALS + "currency: USD\n", CSV.replace("5000", "5000 CHF")
    assert "value: 5000 CHF\n" in one(cells, dollars)
    map = dollars.replace("value: Amount", "value: {column: Amount, currency: {column: Close}}")
    map = map.replace(", close: Close}", "}")
    made = plan(cells.replace("2026-12-01", "USD"), map)
    assert [problem.message for problem in made.problems] == [
        "The currency `CHF` is not clear: its currency column says USD."
    ]


def test_a_lost_reason_is_free_text_where_the_journal_lists_none() -> None:
    free = PIPELINE.replace("lost-reasons: {price: Too dear, timing: Timing}\n", "")
    map = DEALS.replace("value: Amount", "lost-reason: Amount")
    data = CSV.replace("5000", "Too  dear").replace("New lead", "lost").encode()
    made = plan_import("f.csv", data, "m.yml", map, schema(free), MemoryTree({}))
    assert b"lost-reason: Too dear\n" in made.files["deals/harbour-cafe.md"]
    assert errors(made.files, free) == []


@pytest.mark.parametrize("stage", ["OFFER", "Offer", "offer", "QUOTE", "Quote"])
def test_stages_are_known_in_any_case_and_by_old_ids(stage: str) -> None:
    renamed = PIPELINE.replace("offer: {name: Offer}", "offer: {name: Our offer, was: [quote]}")
    data = CSV.replace("New lead", stage).encode()
    made = plan_import("f.csv", data, "m.yml", DEALS, schema(renamed), MemoryTree({}))
    assert told(made) == []
    assert b"stage: offer\n" in made.files["deals/harbour-cafe.md"]


def test_a_retired_stage_is_told_at_its_cell() -> None:
    retired = PIPELINE.replace("offer: {name: Offer}", "offer: {name: Offer, retired: yes}")
    data = CSV.replace("New lead", "Offer").encode()
    made = plan_import("f.csv", data, "m.yml", DEALS, schema(retired), MemoryTree({}))
    assert told(made) == [(2, 28, "retired-stage")]


def test_zones_of_hours_only_are_read_and_turned_to_one_clock() -> None:
    csv = CSV.replace("2026-12-01", "2026-12-02 00:36:16.393654+02")
    assert "close: 2026-12-02\n" in one(csv, DEALS)
    assert "close: 2026-12-01\n" in one(csv, DEALS + "times: utc\n")


def test_day_0_of_a_spreadsheet_is_refused_until_the_map_says_that_it_means_nothing() -> None:
    map = DEALS.replace("close: Close", "close: {column: Close, dates: excel}")
    made = plan(CSV.replace("2026-12-01", "0"), map)
    assert told(made) == [(2, 42, "invalid-value")]
    assert '`values: {"0": ""}`' in made.problems[0].help
    as_told = map.replace("dates: excel", 'dates: excel, values: {"0": ""}')
    assert "close" not in one(CSV.replace("2026-12-01", "0"), as_told)
    assert "close: 2026-12-01\n" in one(CSV.replace("2026-12-01", "46357"), as_told)


@pytest.mark.parametrize("field", ["channel", "x-old", "present-state", "source"])
def test_text_that_looks_like_dates_stays_as_it_is(field: str) -> None:
    csv = CSV.replace("5000", "03/04/21") + "2,B,Otto Brandt,Offer,04/05/21,\n"
    made = plan(csv, DEALS.replace("value: Amount", f"{field}: Amount"))
    assert told(made) == []
    assert f"{field}: 03/04/21\n".encode() in made.files["deals/harbour-cafe.md"]


def test_a_date_or_text_is_read_as_its_column_is() -> None:
    map = (
        "import: notes\ndeal: {column: Deal, source: crm}\n"
        "note: {date: D, kind: {fixed: proposal}, deadline: L}\n"
    )
    csv = "Deal,D,L\n1,2026-01-02,03/04/2026\n1,2026-01-03,25/04/2026\n"
    made = plan(csv, map, FILES)
    assert told(made) == [(1, 8, "date-format")]
    assert made.files["deals/harbour-cafe.md"].count(b"deadline:: 2026-04-") == 2
    both = plan(csv.replace("25/04/2026", "05/04/2026"), map, FILES)
    assert told(both) == [(2, 14, "ambiguous-date")]
    mixed = plan(csv.replace("25/04/2026", "by spring"), map, FILES)
    assert told(mixed) == []
    assert b"deadline:: 03/04/2026\n" in mixed.files["deals/harbour-cafe.md"]


def test_dates_of_a_template_are_refused_where_nothing_decides_them() -> None:
    map = DEALS.replace("}", ', next: {template: "{Due|date} {Step}"}}')
    csv = "Id,Name,Owner,Stage,Amount,Close,Step,Due\n1,Harbour Cafe,otto,New lead,5,2026-12-01,{},{}\n"
    made = plan(csv.format("05/05/2027", "03/04/2027"), map)
    assert told(made) == [(2, 54, "ambiguous-date")]
    made = plan(csv.format("05/06/2027", "23/04/2027"), map)
    assert told(made) == [(1, 39, "date-format")]
    assert b"next: 2027-04-23 05/06/2027\n" in made.files["deals/harbour-cafe.md"]


@pytest.mark.parametrize("site", ["https://tarn.example", "http://tarn.example/a", "tarn.example"])
def test_only_an_address_that_lacks_its_scheme_gets_one(site: str) -> None:
    map = CONTACTS.replace("name: Name, ", "name: Name, website: Site, x-site: Site, ").replace(
        ", company: {column: Firm, source: people}", ""
    )
    text = one(f"Id,Name,Site\n1,Tarn,{site}\n", map)
    whole = site if "://" in site else f"https://{site}"
    assert f"website: {whole}\n" in text and f"x-site: {site}\n" in text


def test_a_source_that_says_referral_and_no_more_is_text() -> None:
    map = DEALS.replace("value: Amount", "source: Amount")
    for cell in ("referral", "Referral", "External Referral"):
        text = one(CSV.replace("5000", cell), map)
        assert f"source: {cell}\n" in text
        assert errors({"deals/a.md": text.encode()}) == []


@pytest.mark.parametrize("mark", ["\x1c", "\x1d", "\x1e", "\x1f", "\x0e", "\x7f"])
@pytest.mark.parametrize("text", ["Harbour Cafe", "Maria Lopez", "New lead", "5000", "2026-12-01"])
def test_a_control_character_at_the_end_of_a_cell_is_told(mark: str, text: str) -> None:
    for cell in (text + mark, mark + text):
        made = plan(CSV.replace(text, cell), DEALS)
        assert [code for _, _, code in told(made)] == ["invalid-value"]
        assert f"U+{ord(mark):04X}" in made.problems[0].message


@pytest.mark.parametrize("blank", [" ", "\t", "\xa0", "\u2009", "\u3000", "\ufeff", "\u2028"])
def test_blanks_at_the_ends_of_cells_do_not_count(blank: str) -> None:
    assert one(CSV.replace("New lead", f"{blank}New lead{blank}"), DEALS) == HARBOUR


def test_contacts_are_known_by_their_ids_in_any_case() -> None:
    files = {"contacts/jane-roe.md": b"---\nname: J. Roe\n---\n"}
    text = one(CSV.replace("5000", "Jane-Roe"), DEALS.replace("value: Amount", "company: Amount"),
               files)  # fmt: skip
    assert "company: jane-roe\n" in text


def test_a_row_that_repeats_the_header_is_skipped_and_told() -> None:
    made = plan(
        CSV + "\ufeffid,NAME,Owner,Stage, Amount ,Close,,\n2,B,Otto Brandt,Offer,1,\n", DEALS
    )
    assert told(made) == [(3, 1, "repeated-header")]
    assert made.problems[0].severity == "warning"
    assert made.skipped == (("rows that repeat the header", 1),)
    assert (made.counts.taken, adds_up(made.counts)) == (2, True)


def test_a_header_above_a_table_that_is_said_to_have_none_is_skipped_too() -> None:
    map = DEALS + "csv: {header: [Id, Name, Owner, Stage, Amount, Close]}\n"
    made = plan(CSV, map)
    assert told(made) == [(1, 1, "repeated-header")]
    assert list(made.files) == ["deals/harbour-cafe.md"]


def test_below_a_header_in_another_order_no_row_is_taken() -> None:
    csv = CSV + "Name,Id,Owner,Stage,Amount,Close\nB,2,Otto Brandt,Offer,1,\n"
    made = plan(csv, DEALS)
    assert told(made) == [(3, 1, "repeated-header")]
    assert (made.counts.taken, made.counts.refused) == (1, 2)


def test_a_row_with_some_names_of_the_header_is_a_row() -> None:
    made = plan(CSV + "Id,Name,Otto Brandt,Offer,1,\n", DEALS)
    assert told(made) == []
    assert b"title: Name\n" in made.files["deals/name.md"]


def test_quotes_that_a_backslash_escapes_need_a_word_of_the_map() -> None:
    csv = CSV.replace("Harbour Cafe", '"Rack 19\\" wide"')
    made = plan(csv, DEALS)
    assert told(made) == [(2, 3, "invalid-row")]
    assert "`csv: {escape: backslash}`" in made.problems[0].help
    text = one(csv, DEALS + "csv: {escape: backslash}\n")
    assert 'title: Rack 19" wide\n' in text
    plain = plan(CSV.replace("Harbour Cafe", '"Rack 19" wide"'), DEALS)
    assert "escape" not in plain.problems[0].help


def test_places_are_those_of_cells_behind_quoted_line_breaks() -> None:
    csv = CSV.replace("Harbour Cafe", '"Harbour\nCafe, ""1"""')
    made = plan(csv.replace("5000", '"a\nlot"').replace("2026-12-01", "soon"), DEALS)
    assert [p.span[1:] for p in made.problems] == [(3, 35, 4, 5), (4, 6, 4, 10)]


def test_a_key_that_is_missing_or_there_twice_is_told_at_its_cell() -> None:
    map = DEALS.replace("key: Id", "key: Close")
    assert told(plan(CSV.replace("2026-12-01", ""), map)) == [(2, 42, "missing-field")]
    twice = plan(CSV + "2,B,Otto Brandt,Offer,1,2026-12-01\n", map)
    assert told(twice) == [(3, 25, "duplicate-row")]
    both = plan(CSV.replace("1,Harbour", ",Harbour").replace("2026-12-01", ""),
                DEALS.replace("key: Id", "key: [Close, Id]"))  # fmt: skip
    assert told(both) == [(2, 41, "missing-field")]
    assert both.problems[0].message == (
        "The row has no `Close` and `Id`, so its deal is not known."
    )


def test_what_is_wrong_within_a_template_is_told_at_its_own_column() -> None:
    map = DEALS.replace("title: Name", 'title: {template: "{Name} {Amount}"}')
    map = map.replace("value: Amount, ", "")
    assert told(plan(CSV.replace("5000", "50\x0700"), map)) == [(2, 37, "invalid-value")]


def test_a_fixed_kind_that_is_none_is_told_in_the_map() -> None:
    map = DEALS + "notes: [{date: Close, kind: {fixed: dance}}]\n"
    assert told(plan(CSV, map), "m.yml") == [(5, 29, "unknown-kind")]


def test_a_pipeline_that_is_none_is_told_at_its_cell() -> None:
    map = DEALS.replace("value: Amount", "pipeline: Amount")
    assert told(plan(CSV, map)) == [(2, 37, "unknown-pipeline")]
    assert one(CSV.replace("5000", "SALES"), map)


def test_a_row_that_names_no_pipeline_goes_to_the_one_of_the_map() -> None:
    text = f"{PIPELINE}  renewals:\n    extends: sales\n"
    map = DEALS.replace("value: Amount", "pipeline: Line") + "pipeline: renewals\n"
    csv = "Id,Name,Owner,Stage,Close,Line\n1,Ash,maria,lead,,\n2,Elm,maria,lead,,Sales\n"
    tree = MemoryTree({"pipeline.yml": text.encode()})
    made = plan_import("f.csv", csv.encode(), "m.yml", map, schema(text), tree, {})
    assert told(made) == []
    assert b"pipeline: renewals\n" in made.files["deals/ash.md"]
    assert b"pipeline: sales\n" in made.files["deals/elm.md"]


def test_a_reference_to_a_refused_row_is_told_at_its_cell() -> None:
    made = plan("Id,Name,Firm\n1,Jane,2\n2,x\0,\n", CONTACTS)
    assert told(made) == [(2, 8, "unknown-contact"), (3, 3, "invalid-value")]


def test_a_field_that_followed_is_told_at_the_cell_of_the_newest_note() -> None:
    csv = "Deal,When,Stage,Amount\n1,2026-10-02 09:10,offer,7000\n1,2026-10-03,lost,8000\n1,2026-10-01,lead,\n"
    made = plan(csv, HISTORY, FILES)
    assert told(made) == [(3, 14, "front-matter-followed"), (3, 19, "front-matter-followed")]


@pytest.mark.parametrize(
    ("field", "cell"), [("email", "nobody"), ("phone", "call me"), ("touch-every", "often")]
)
def test_bad_cells_of_contacts_are_told(field: str, cell: str) -> None:
    map = f"import: contacts\nsource: p\nkey: A\nfields: {{name: A, {field}: C}}\n"
    assert told(plan(f'A,B,C\nJo,"x\ny",{cell}\n', map)) == [(3, 4, "invalid-value")]


FALLING = HARBOUR.replace("stage: lead", "stage: offer") + (
    "\n## 2026-10-03 stage offer\n\n## 2026-10-01 call\n"
)


def test_an_older_stage_comes_into_a_file_that_runs_newest_first() -> None:
    files = {"deals/harbour-cafe.md": FALLING.encode()}
    csv = "Deal,When,Stage,Amount\n1,2026-10-02,lead,\n1,2026-09-01,lead,\n"
    made = plan(csv, HISTORY, files)
    assert told(made) == []
    assert (
        made.files["deals/harbour-cafe.md"].decode()
        == FALLING.replace("\n## 2026-10-01", "\n## 2026-10-02 stage lead\n\n## 2026-10-01")
        + "\n## 2026-09-01 stage lead\n"
    )
    assert errors(made.files) == []
    again = plan(csv, HISTORY, made.files)
    assert (again.writes, again.counts.already_there) == ((), 2)


def test_beside_a_deal_that_cannot_be_read_all_others_are_imported() -> None:
    broken = {
        "deals/bytes.md": b"---\ntitle: \xff\n---\n",
        "deals/yaml.md": b"---\ntitle: [\n---\n",
        "deals/large.md": b"x" * 300_000,
        "deals/list.yml": b"- a\n",
        "contacts/bare.md": b"no front matter",
        "contacts/jo.yml": b"\t",
    }
    made = plan(CSV, DEALS, broken)
    assert made.files == FILES
    codes = {p.span.path: p.code for p in made.problems}
    assert set(codes) <= set(broken)
    assert {"deals/bytes.md", "deals/yaml.md", "deals/large.md"} <= set(codes)
    assert {p.severity for p in made.problems} == {"warning"}
    assert all("a second time" in p.help for p in made.problems)
    named = {"deals/harbour-cafe.md": b"\xff", **broken}
    assert list(plan(CSV, DEALS, named).files) == ["deals/harbour-cafe-2.md"]
    notes = plan("Deal,When,Stage,Amount\n1,2026-10-02,offer,\n", HISTORY, {**FILES, **broken})
    assert list(notes.files) == ["deals/harbour-cafe.md"]


def test_rows_of_a_key_of_several_columns_are_referred_to_by_both() -> None:
    map = DEALS.replace("key: Id", "key: [Id, Name]")
    made = plan(CSV, map)
    assert b"x-source-id: crm:1/Harbour Cafe\n" in made.files["deals/harbour-cafe.md"]
    notes = (
        'import: notes\ndeal: {template: "{No}/{Deal}", source: crm}\n'
        "note: {date: D, kind: {fixed: call}}\n"
    )
    told_of = plan("No,Deal,D\n1,Harbour Cafe,2026-01-01\n", notes, made.files)
    assert told_of.files["deals/harbour-cafe.md"].endswith(b"\n## 2026-01-01 call\n")
    assert told(told_of) == []


@pytest.mark.parametrize(
    ("header", "column", "what"),
    [
        ('Id,"Name,Owner,Stage', 4, "This quote is never closed."),
        ('"Id" x,Name', 1, "There is text behind the closing quote of this cell."),
    ],
)
def test_a_header_whose_quotes_are_not_in_order_is_told_alone(
    header: str, column: int, what: str
) -> None:
    made = plan(f"{header}\n1,A,maria,lead\n", DEALS)
    assert told(made) == [(1, column, "invalid-row")]
    assert made.problems[0].message == what
    assert made.writes == ()
