from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.deal import Participant
from site_builder.journal.money import Money
from tests.catalogue import BASE, PIPELINE, deal
from tests.examples import some
from tests.journals import codes, loaded, only_deal, places


def test_all_fields_of_a_deal() -> None:
    made = only_deal(
        "---\ntitle: All of it\ncompany: kestrel\ncontacts: [jane-roe economic buyer]\nowner: maria\n"
        "pipeline: sales\nstage: lead\nvalue: 48 000 USD\nprobability: 55%\ncategory: best-case\n"
        "close: 2026-12-24\ncreated: 2026-01-02\nsource: referral jane-roe\nchannel: fair\n"
        "next: 2026-12-01 Call Jane\nwake: 2027-01-01\nneed: yes\nwant: no\ntheir-win: less work\n"
        "our-win: a name\ntags: [a, b]\npresent-state: chaos\nx-own: anything\n---\n",
        files={"contacts/kestrel.md": "---\nname: Kestrel\ntype: company\n---\n"},
    )
    assert made.company == "kestrel"
    assert made.contacts == (Participant("jane-roe", "economic buyer"),)
    assert made.value == Money(Decimal(48000), "USD")
    assert (made.probability, made.category, made.close) == (
        Decimal("0.55"),
        "best-case",
        dt.date(2026, 12, 24),
    )
    assert (made.source, made.referral) == ("referral jane-roe", "jane-roe")
    assert made.next is not None and (made.next.date, made.next.text) == (
        dt.date(2026, 12, 1),
        "Call Jane",
    )
    assert (made.need, made.want, made.tags) == (True, False, ("a", "b"))
    assert [(e.field.name, e.value) for e in made.extras] == [("present-state", "chaos")]


def test_all_fields_of_a_contact() -> None:
    text = (
        "---\nname: ACME\ntype: company\nrole: buyer\nemail: a@acme.example\nphone: +44 20 7946 0000\n"
        "social: [https://social.example/acme]\nwebsite: https://acme.example\nstatus: warm\nlevel: client\n"
        "introduced-by: jane-roe\nowner: maria\ntouch-every: 30d\nmilestones: [2026-12-24 Ten years]\ntags: [x]\n---\n"
    )
    pipeline = PIPELINE + "levels: [shopper, client]\n"
    result = loaded({"pipeline.yml": pipeline, "contacts/acme.md": text})
    assert result.problems == () and result.journal is not None
    made = result.journal.contacts_by_id["acme"]
    assert made.is_company and made.level == "client" and made.introduced_by == "jane-roe"
    assert made.touch_every == dt.timedelta(30)
    assert [(m.date, m.text) for m in made.milestones] == [(dt.date(2026, 12, 24), "Ten years")]


@pytest.mark.parametrize(
    ("line", "column", "help"),
    [
        ("value: [1]", 8, "one value"),
        ("tags: partner", 7, "tags: [partner]"),
        ("contacts: jane-roe", 11, "[jane-roe]"),
        ("need: maybe", 7, "`yes`"),
        ("category: comit", 11, "`commit`"),
        ("wake: tomorrow", 7, "2026-10-24"),
        ('channel: "a\\nb"', 10, "block"),
        ("lost-reason: prise", 14, "`price`"),
        ("present-state: {a: b}", 16, "one value"),
    ],
)
def test_bad_values_have_their_place(line: str, column: int, help: str) -> None:
    problems = loaded({"deals/bad.md": deal(front=line)}).problems
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [
        ("invalid-value", 6, column)
    ]
    assert help in problems[0].help


@pytest.mark.parametrize(
    ("next", "column"), [("2026-12-1 Call", 7), ("2026-12-01", 7), ("call Jane", 7)]
)
def test_a_next_step_is_a_date_and_a_text(next: str, column: int) -> None:
    text = f"---\ntitle: Bad\nowner: maria\nstage: lead\nnext: {next}\n---\n"
    assert places({"deals/bad.md": text}) == [("invalid-value", 5, column)]


def test_a_referral_names_a_contact() -> None:
    assert places({"deals/bad.md": deal(front="source: referral jane-ro")}) == [
        ("unknown-contact", 6, 18)
    ]
    assert only_deal(deal(front="source: referral from a friend")).referral == ""


def test_blocks_may_have_lines_and_empty_fields_are_unset() -> None:
    made = only_deal(deal(front="their-win: |\n  one\n  two\nour-win:\nvalue: "))
    assert (made.their_win, made.our_win, made.value) == ("one\ntwo", "", None)


def test_only_companies_have_levels() -> None:
    files = {
        "pipeline.yml": PIPELINE + "levels: [shopper]\n",
        "contacts/tom.md": "---\nname: Tom\nlevel: shopper\n---\n",
    }
    assert places(files) == [("invalid-value", 3, 8)]


def test_where_there_are_several_pipelines_a_deal_names_one() -> None:
    pipeline = PIPELINE + "  other:\n    extends: sales\n    skip: [lead]\n"
    files: dict[str, str | bytes] = {
        "pipeline.yml": pipeline,
        "deals/acme.md": BASE["deals/acme.md"],
    }
    assert [p.code for p in loaded(files).problems] == ["missing-field"]
    files["deals/acme.md"] = BASE["deals/acme.md"].replace(
        "stage: lead", "stage: lead\npipeline: other"
    )
    (problem,) = loaded(files).problems
    assert (problem.code, problem.span.line) == ("unknown-stage", 4)
    assert "other" in problem.message


def test_all_problems_at_once() -> None:
    text = (
        "---\ntitle: Deal #4\nowner: marai\nstage: qualifcation\nvalue: 48,000\nclose: 2026-02-30\n"
        "next: 2026-11-24 Call: Jane\ncontacts: [jane-ro]\nprobability: 55\ncolour: red\n---\n"
        "## 2026-10-24 meting\n\n## 2026-13-24 call\n\n## 2026-11-24 call\n"
    )
    assert places({"deals/bad.md": text}) == [
        ("comment-in-value", 2, 13), ("unknown-person", 3, 8), ("unknown-stage", 4, 8), ("invalid-value", 5, 8),
        ("invalid-value", 6, 8), ("yaml-syntax", 7, 22), ("unknown-contact", 8, 12), ("invalid-value", 9, 14),
        ("unknown-field", 10, 1), ("unknown-kind", 12, 15), ("invalid-note", 14, 4), ("future-note", 16, 4),
    ]  # fmt: skip


def test_one_broken_reference_does_not_break_others() -> None:
    files = {
        "contacts/tom.md": "---\nnme: Tom\n---\n",
        "deals/bad.md": deal(front="contacts: [tom]"),
    }
    assert codes(files) == ["unknown-field"]


def test_deals_with_gaps_are_not_in_the_journal() -> None:
    result = loaded({"deals/bad.md": deal(stage="stage: nowhere")})
    assert result.journal is not None
    assert [d.id for d in result.journal.deals] == ["acme"]


@given(st.dictionaries(st.sampled_from(["title", "owner", "stage", "value", "contacts", "next", "tags", "source", "pipeline"]),
                       st.sampled_from(["", "a", "[a, b]", "{a: b}", "[[a]]", "[", "'", "2026-01-01", "referral x", "|", "- x", "lead", "&a"]),
                       max_size=6))  # fmt: skip
@some(100)
def test_no_front_matter_crashes(fields: dict[str, str]) -> None:
    text = "---\n" + "".join(f"{k}: {v}\n" for k, v in fields.items()) + "---\n"
    loaded({"deals/bad.md": text, "contacts/bad.md": text, "deals/y.yml": text[4:-4]})


@pytest.mark.parametrize("blank", ['"  "', '"\\t"', '"\\n"', '"\u00a0"', "|\n\n", ">\n  \n"])
@pytest.mark.parametrize("name", ["title", "owner", "stage"])
def test_a_blank_is_as_good_as_nothing(name: str, blank: str) -> None:
    fields = {"title": "Bad", "owner": "maria", "stage": "lead", "next": "2026-12-01 Call"}
    text = "".join(f"{n}: {v}\n" for n, v in {**fields, name: blank}.items())
    assert codes({"deals/bad.md": f"---\n{text}---\n"}) == ["missing-field"]
    assert codes({"deals/bad.yml": text}) == ["missing-field"]


def test_a_contact_without_a_real_name_has_none() -> None:
    assert codes({"contacts/tom.md": '---\nname: "  "\n---\n'}) == ["missing-field"]
    made = only_deal(
        deal(front="pipeline: |\n\ncompany: ' '\ncontacts: ['', \"\\t\"]\nclose: '  '")
    )
    assert (made.pipeline.id, made.company, made.close) == ("sales", "", None)
    assert made.spans.keys() == {"title", "owner", "stage", "next"}


@pytest.mark.parametrize(
    ("line", "places_", "help"),
    [
        ("value: |\n  4,0", [(7, 3)], "Write `4.0`."),
        ("close: |\n  2026-01-01\n  x", [(7, 3)], "in one line"),
        ("tags: [[a], b]", [(6, 8)], "side by side"),
        ("tags: [a, {b: c}]", [(6, 11)], "side by side"),
        ("tags: [a, []]", [(6, 11)], "Write the values side by side: `tags: [one, another]`."),
        ("contacts: [jane-roe, jane-roe champion]", [(6, 22)], "once"),
        ('channel: "a\\u0000b\\x07"', [(6, 10)], "shows nothing"),
        ('tags: [a, "\\e"]', [(6, 11)], "shows nothing"),
        ('"a\\x9fb": x', [(6, 1)], "shows nothing"),
        ('close: "2026-12-01\\b"', [(6, 8)], "shows nothing"),
    ],
)
def test_odd_values_have_one_problem_at_their_place(
    line: str, places_: list[tuple[int, int]], help: str
) -> None:
    problems = loaded({"deals/bad.md": deal(front=line)}).problems
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [
        ("invalid-value", *place) for place in places_
    ]
    assert help in problems[0].help
    assert not any("\n" in p.message + p.help for p in problems)


def test_a_contact_named_twice_takes_part_once() -> None:
    result = loaded({"deals/bad.md": deal(front="contacts: [jane-roe champion, jane-roe]")})
    assert result.journal is not None
    assert result.journal.deals_by_id["bad"].contacts == (Participant("jane-roe", "champion"),)


@pytest.mark.parametrize("name", ["company", "introduced-by"])
def test_a_contact_is_not_its_own(name: str) -> None:
    result = loaded({"contacts/tom.md": f"---\nname: Tom\n{name}: tom\n---\n"})
    assert [(p.code, p.span.line) for p in result.problems] == [("invalid-value", 3)]
    assert result.journal is not None
    assert not result.journal.contacts_by_id["tom"].company
    assert not result.journal.contacts_by_id["tom"].introduced_by


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("value 3", "yaml-syntax"),
        ("hello there", "yaml-syntax"),
        ("- a", "yaml-syntax"),
        (": a", "yaml-syntax"),
        ("close:2026-01-01", "yaml-syntax"),
        ('"": a', "unknown-field"),
    ],
)
def test_a_slip_is_one_problem(line: str, code: str) -> None:
    assert codes({"deals/bad.md": deal(front=line)}) == [code]
    assert codes({"deals/bad.md": f"---\n{line}\n{deal()[4:]}"}) == [code]


def test_stages_are_listed_in_their_order() -> None:
    (problem,) = loaded({"deals/bad.md": deal(stage="stage: zzz")}).problems
    assert problem.help == (
        "Its stages: `lead`, `qualification`, `decision`, `negotiation`, `won`, `lost`."
    )


@pytest.mark.parametrize(
    ("next", "help"),
    [
        ("15.12.2026 Call Jane", "Write `2026-12-15 Call Jane`."),
        ("12/11/2026 Call Jane", "Write `2026-11-12 Call Jane` or `2026-12-11 Call Jane`."),
        ("Dec 1 2026, Call Jane", "Write `2026-12-01 Call Jane`."),
        ("2026-12-01, Call Jane", "Write `2026-12-01 Call Jane`."),
        ("2026-12-01 - Call Jane", ""),
        ("2026-12-01:Call Jane", "Write `2026-12-01 Call Jane`."),
        ("Call Jane on 2026-12-01", "Write `2026-12-01 Call Jane`."),
        ("Call Jane by 1 December 2026", "Write `2026-12-01 Call Jane`."),
        ("2026-12-1", "Write `2026-12-01 Call Jane`."),
        ("2026-02-30 Call Jane", "The last day of that month is `2026-02-28`."),
        ("Call Jane", "Write a date and a text"),
    ],
)
def test_the_date_of_a_next_step_is_turned_round(next: str, help: str) -> None:
    text = f"---\ntitle: Bad\nowner: maria\nstage: lead\nnext: {next}\n---\n"
    assert [problem.help[: len(help)] for problem in loaded({"deals/bad.md": text}).problems] == (
        [help] if help else []
    )


def test_a_lost_field_leaves_the_place_of_a_good_one() -> None:
    text = deal(front="source: referral jane-ro\nsource: 'a")
    assert places({"deals/bad.md": text}) == [("unknown-contact", 6, 18), ("yaml-syntax", 7, 9)]


@pytest.mark.parametrize("line", ["value: 25.000", "value: 25.000 USD"])
def test_an_ambiguous_amount_is_a_warning(line: str) -> None:
    result = loaded({"deals/bad.md": deal(front=line)})
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("ambiguous-amount", "warning")
    assert (problem.span.line, problem.span.column) == (6, 8)
    assert result.journal is not None
    value = result.journal.deals_by_id["bad"].value
    assert value is not None and value.amount == 25


@pytest.mark.parametrize(("written", "meant"), [("closing", "close"), ("closed", "close")])
def test_an_ending_is_no_hindrance(written: str, meant: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(front=f"{written}: 2026-12-01")}).problems
    assert problem.help == f"Did you mean `{meant}`?"


def test_a_name_that_only_begins_alike_is_not_suggested() -> None:
    (problem,) = loaded({"deals/bad.md": deal(front="company: jane-smith")}).problems
    assert "Create `contacts/jane-smith.md`" in problem.help


def test_fields_of_a_pipeline_take_no_place_of_ours() -> None:
    names = ("id", "path", "gaps", "spans", "extras", "notes-of", "summary-line", "referral")
    own = "".join(f"      {name}: {{type: text}}\n" for name in names)
    pipeline = PIPELINE.replace("    fields:\n", f"    fields:\n{own}", 1)
    front = "\n".join(f"{name}: mine" for name in names)
    result = loaded({"pipeline.yml": pipeline, "deals/bad.md": deal(front=front)})
    assert result.problems == ()
    assert result.journal is not None
    made = result.journal.deals_by_id["bad"]
    assert (made.path, made.gaps, made.referral) == ("deals/bad.md", (), "")
    assert [(extra.field.name, extra.value) for extra in made.extras] == [
        (name, "mine") for name in names
    ]


@pytest.mark.parametrize(
    ("was", "slip", "line", "help"),
    [
        ("title: Bad", "titel: Bad", 2, "Did you mean `title`?"),
        ("title: Bad", "Title: Bad", 2, "Did you mean `title`?"),
        ("title: Bad", "name: Bad", 2, "Did you mean `title`?"),
        ("owner: maria", "onwer: maria", 3, "Did you mean `owner`?"),
        ("owner: maria", "assigned to: maria", 3, "Did you mean `owner`?"),
        ("owner: maria", "owner:", 3, "Write it behind `owner:`."),
        ("stage: lead", "status: lead", 4, "Did you mean `stage`?"),
        ("next: 2026-12-01 Call Jane", "nxt: 2026-12-01 Call Jane", 5, "Did you mean `next`?"),
    ],
)
def test_a_misspelt_field_is_not_missing_too(was: str, slip: str, line: int, help: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal().replace(was, slip)}).problems
    assert (problem.span.line, problem.help) == (line, help)


@pytest.mark.parametrize(
    ("line", "path", "help"),
    [
        ("note: call her", "deals/bad.md", "Write it below the closing `---`"),
        ("text: call her", "deals/bad.md", "Write it below the closing `---`"),
        ("summry: a maker", "deals/bad.md", "`x-summry: …` to keep `summry`"),
        ("note: []", "deals/bad.yml", "Did you mean `notes`?"),
        ("summry: a maker", "deals/bad.yml", "Did you mean `summary`?"),
        ("description: a maker", "deals/bad.yml", "Did you mean `summary`?"),
        ("colour: red", "deals/bad.md", "The fields there are: `title`, `company`"),
        ("colour: red", "deals/bad.md", "Write `x-colour: …` to keep `colour`"),
        ("titel: Worse", "deals/bad.md", "`title` is there too: keep one of the two lines"),
        ("status: lead", "deals/bad.md", "`x-status: …`"),
    ],
)
def test_an_unknown_field_is_never_just_removed(line: str, path: str, help: str) -> None:
    text = deal(front=line)
    text = text if path.endswith(".md") else text.replace("---\n", "")
    (problem,) = loaded({path: text}).problems
    assert problem.code == "unknown-field"
    assert help in problem.help and "emove" not in problem.help


def test_a_misspelt_type_is_not_a_person_with_a_level() -> None:
    assert codes({"contacts/a.md": "---\nname: A\ntpye: company\nlevel: client\n---\n"}) == [
        "unknown-field"
    ]


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("tags: a; b", "Write `tags: [a, b]`."),
        ("tags: (a, b)", "Write `tags: [a, b]`."),
        ("tags: a, b]", "Write `tags: [a, b]`."),
        ("tags:\n  -planning", "Put a blank behind each `-`, or write `tags: [planning]`."),
        ("tags:\n  -a b\n  -c", "Put a blank behind each `-`, or write `tags: [a b, c]`."),
        ("tags:\n  • a\n  • b", "Write `tags: [a, b]`."),
        ("tags: {a, b}", "Write `tags: [a, b]`."),
        ("tags: '#a'", 'Write `tags: ["#a"]`.'),
        ("channel: [fair]", "Write one value behind `channel:`, as `fair`."),
        ("channel: ['@x']", 'Write one value behind `channel:`, as `"@x"`.'),
        ("close: {date: 2026-12-01, sure: yes}", "as `2026-12-01 yes`."),
    ],
)
def test_lists_are_written_as_lists_and_values_as_values(line: str, help: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(front=line)}).problems
    assert (problem.code, problem.help[-len(help) :]) == ("invalid-value", help)


def test_a_value_has_a_length_and_a_text_has_none() -> None:
    long = "https://a.example/" + "a" * 4_982
    assert codes({"contacts/bad.md": f"---\nname: {'N' * 6_000}\nwebsite: {long}\n---\n"}) == []
    file = {
        "contacts/bad.md": f"---\nname: Bad\nwebsite: {long}a\nsocial: [{long}, {long}b]\n---\n"
    }
    first, second = loaded(file).problems
    assert (first.code, first.span.line, first.span.column) == ("invalid-value", 3, 10)
    assert first.message == "`website` has more than 5,000 characters."
    assert first.help == "Write it shorter, and what else there is in a note."
    assert (second.span.line, second.span.column) == (4, 5_012)


@pytest.mark.parametrize("line", ["pipeline:", "pipeline: ''", "pipeline: []"])
def test_an_empty_pipeline_is_none_where_there_are_several(line: str) -> None:
    config = PIPELINE + "  renewals:\n    stages:\n      lead: {}\n"
    files = {**BASE, "pipeline.yml": config, "deals/acme.md": deal(front="pipeline: sales")}
    files["deals/bad.md"] = deal(front=line)
    code = "invalid-value" if "[" in line else "missing-field"
    assert places(files) == [(code, 6, 10 if line.endswith(":") else 11)]
