from __future__ import annotations

from collections.abc import Mapping

import pytest

from site_builder.problems.problem import Problem
from tests.catalogue import PIPELINE, deal
from tests.journals import loaded
from tests.schemas import HEAD, PIPES, read

TOM = {"contacts/tom.md": "---\nname: Tom Berg\n---\n"}
YAML = "title: A\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"
OWN = "Write `x-step: …`: fields of your own begin with `x-`."
NOT_ONE = "Write one value behind"
CREDITED = "Write `source: referral jane-roe`"


def problems_of(files: Mapping[str, str | bytes]) -> tuple[Problem, ...]:
    """All problems of a journal where there is a second contact, but for what follows from notes."""
    found = loaded({**TOM, **files}).problems
    return tuple(p for p in found if p.code not in ("rung-skipped", "company-is-person"))


@pytest.mark.parametrize(
    ("front", "code", "column", "message", "help"),
    [
        ("company: '[[jane]]'", "unknown-contact", 13, "no contact `jane`", "Did you mean `jane-roe`?"),
        ("company: '[[nobody-at]]'", "unknown-contact", 13, "`nobody-at`", "Create `contacts/nobody-at.md`"),
        ("company: '[[jane-roe]] boss'", "invalid-value", 24, "and `boss` stands behind", "`[[jane-roe]]` alone"),
        ("company: '[[jane-roe|Jane]] x y'", "invalid-value", 29, "and `x y` stands", "`[[jane-roe]]` alone"),
        ("partner-deal: '[[acme]] x'", "invalid-value", 25, "Only one deal fits", "`[[acme]]` alone"),
        ("source: referral\u00a0jane-roe", "referral-by-name", 9, "no-break space", CREDITED),
        ("source: 'referral\u200b jane-roe'", "referral-by-name", 9, "zero width space", CREDITED),
        ("source: '[[jane-roe]]'", "referral-by-name", 9, "`[[jane-roe]]` is only text", CREDITED),
        ("source: referral by jane-roe and tom", "referral-by-name", 9, "nobody is credited",
         "Write `source: referral jane-roe` or `source: referral tom`: only one of them fits."),
        ("contacts: ['jane\u200b-roe boss']", "unknown-contact", 12, "zero width", "Write `jane-roe boss`."),
        ("contacts: ['jane-roe\u00a0boss']", "unknown-contact", 12, "no-break", "Write `jane-roe boss`."),
        ("X-step: a", "unknown-field", 1, "`X-step` is not a field", OWN),
        ("x_step: b", "unknown-field", 1, "`x_step` is not a field", OWN),
        ("X step: c", "unknown-field", 1, "`X step` is not a field", OWN),
        ("pipeline: [sales]", "invalid-value", 11, "`pipeline` is a list", f"{NOT_ONE} `pipeline:`, as `sales`."),
        ("close: {a: b}", "invalid-value", 8, "`close` is a mapping", f"{NOT_ONE} `close:`, as `a b`."),
        ("value: {a: 1}", "invalid-value", 8, "`value` is a mapping", f"{NOT_ONE} `value:`, as `a 1`."),
        ("social: @jane", "yaml-syntax", 9, "can't begin with `@`", "Write `social: [https://…/jane]`."),
        ("tags: @[a, b]", "yaml-syntax", 7, "can't begin with `@`", "Write `tags: [a, b]`."),
        ("x-a: @{a: b}", "yaml-syntax", 6, "can't begin with `@`", "Write `x-a: {a: b}`."),
        ("tags: [a, !b c]", "forbidden-yaml", 11, "`!b` is a YAML tag", 'Write `tags: [a, "!b c"]`.'),
        ("tags: !!seq [a]", "forbidden-yaml", 7, "`!!seq` is a YAML tag", "Write `tags: [a]`."),
        ("x-a: {!a b: c}", "forbidden-yaml", 7, "`!a` is a YAML tag", "Put the value in quotes."),
        ("x-a: {a: , a: b}", "duplicate-key", 12, "`a` is given twice", "in one of the two lines"),
        ("x-a: {[a]: b}", "forbidden-yaml", 7, "can't be the name of a field", "Write `name: value`"),
        ("x-a: {a: {b: c}, d{e: f}}", "yaml-syntax", 6, "is not closed by `}`", "put commas between its values"),
        ("lost-notes: a", "unknown-field", 1, "`lost-notes` is not a field", "`x-lost-notes: …`"),
    ],
)  # fmt: skip
def test_of_a_value(front: str, code: str, column: int, message: str, help: str) -> None:
    (problem,) = problems_of({"deals/bad.md": deal(front=front)})
    assert (problem.code, *problem.span[1:3]) == (code, 6, column)
    assert message in problem.message
    assert help in problem.help


@pytest.mark.parametrize(
    ("notes", "code", "line", "column", "message", "help"),
    [
        ("call\n<!--\n- [x] needs-analysis\n- [ ] decision-map\n-->\n- [x] decision-map", "commented-out", 10, 7,
         "`needs-analysis` is ticked in a comment", "Write `- [ ] needs-analysis`"),
        ("call\n| needs-analysis | [x] |\n|---|---|\n| foo | [x] |", "unknown-step", 9, 1,
         "is not written as a tick is", "Write `- [x] needs-analysis` in a line of its own."),
        ("like with jane-roe", "invalid-note", 8, 1, "not `with`",
         "Write `like from jane-roe` where they like us, `like to jane-roe` where we like them."),
        ("call\n<<<<<<< HEAD\nneed:: yes", "invalid-note", 9, 1, "left of a merge conflict", "Keep what is true"),
        ("stage lead!", "unknown-stage", 8, 21, "`lead!` is not a stage", "Did you mean `lead`?"),
        ("call 3\u200b", "invalid-note", 8, 21, "zero width space", "Write `## 2026-11-10 call — 3`."),
        ("10:00 pm call", "unknown-kind", 8, 21, "`pm` is not a kind", "Write `## 2026-11-10 22:00 call`."),
        ("call with jane-roe and tom", "invalid-note", 8, 34, "`and tom`", "`## 2026-11-10 call with jane-roe, tom`"),
        ("like from jane-roe to tom", "invalid-note", 8, 34, "`to tom` is not expected here",
         "`## 2026-11-10 like from jane-roe, tom` or `## 2026-11-10 like to jane-roe, tom`."),
    ],
)  # fmt: skip
def test_of_a_note(notes: str, code: str, line: int, column: int, message: str, help: str) -> None:
    files = {"deals/bad.md": deal(front="need: yes", notes=f"## 2026-11-10 {notes}")}
    (problem,) = problems_of(files)
    assert (problem.code, *problem.span[1:3]) == (code, line, column)
    assert message in problem.message
    assert help in problem.help


@pytest.mark.parametrize(
    ("below", "code", "line", "column", "message", "help"),
    [
        ("## 10 November call", "heading-like-note", 5, 1, "`#` begins a comment",
         "Write `- {date: 2026-11-10, kind: call}` below `notes` to begin a note. Or rename the file to `bad.md`"),
        ("notes:\n  - {date: 2026-11-01, kind: like, with: [jane-roe, tom]}", "invalid-note", 6, 5, "not `with`",
         "Write `from: [jane-roe, tom]` where they like us, `to: [jane-roe, tom]` where we like them."),
        ("notes:\n  - {date: 2026-11-01, kind: call, with: Jane Roe and Tom Berg}", "unknown-contact", 6, 42,
         "There is no contact `Jane Roe and Tom Berg`.", "Write them as a list: `[jane-roe, tom]`."),
        ("notes: abc", "invalid-value", 5, 8, "`notes` is not a list", "Write each note as `- date: …`"),
        ("notes:\n  - [a]", "invalid-note", 6, 5, "not a list of fields", "Write `- date: 2026-11-20`"),
        ("notes:\n  - {kind: stage}", "invalid-note", 6, 5, "has no `date`", "Add `date:` to it."),
        ("notes:\n  - {date: 2026-11-10}", "invalid-note", 6, 5, "has no `kind`", "Add `kind: note`"),
        ("notes:\n  - 2026-11-10: call", "invalid-note", 6, 5, "as a heading",
         "Write `- {date: 2026-11-10, kind: call}`."),
        ("notes:\n  - 2026-11-10: {a: b}", "invalid-note", 6, 5, "has no `date`", "Add `date:` to it."),
        ("notes:\n  - {date: 2026-11-10, kind: [call]}", "invalid-value", 6, 30, "not a single value",
         "Write one value behind the colon: `call`."),
        ("notes:\n  - {date: 2026-11-10 call}", "invalid-note", 6, 5, "as a heading",
         "Write `- {date: 2026-11-10, kind: call}`."),
        ("notes:\n  - {date: [], kind: call}", "invalid-value", 6, 12, "`date` is not a single value",
         "Write one value behind the colon."),
        ("notes:\n  - {date: 2026-11-10, kind: {a: b}}", "invalid-value", 6, 30, "`kind` is not a single value",
         "Write one value behind the colon."),
        ("notes:\n  - {date: 2026-11-10, kind: stage, stage: [lead]}", "invalid-value", 6, 44, "not a single value",
         "Write one value behind the colon: `lead`."),
        ("summary:\n  - a", "invalid-value", 6, 3, "`summary` is not text", "Write `summary: |`"),
        ("summary: [a]", "invalid-value", 5, 10, "`summary` is not text", "Write `summary: |`"),
        ("lost-notes: bla", "unknown-field", 5, 1, "`lost-notes` is not a field", "`x-lost-notes: …`"),
    ],
)  # fmt: skip
def test_of_a_deal_in_yaml(
    below: str, code: str, line: int, column: int, message: str, help: str
) -> None:
    (problem,) = problems_of({"deals/bad.yml": f"{YAML}{below}\n"})
    assert (problem.code, *problem.span[1:3]) == (code, line, column)
    assert message in problem.message
    assert help in problem.help


@pytest.mark.parametrize("text", ["~\n", "''\n", "- a\n"])
def test_of_a_deal_in_yaml_that_is_no_fields(text: str) -> None:
    (problem,) = problems_of({"deals/bad.yml": text})
    assert (problem.code, *problem.span[1:3]) == ("yaml-syntax", 1, 1)
    assert problem.help == "Write one `name: value` a line."


@pytest.mark.parametrize("text", ["", "# only\n", "---\n", "--- # a\n...\n"])
def test_of_a_deal_in_yaml_of_nothing_what_it_lacks_is_told(text: str) -> None:
    found = problems_of({"deals/bad.yml": text})
    assert [(p.code, p.message.split("`")[1]) for p in found] == [
        ("missing-field", name) for name in ("owner", "stage", "title")
    ]


@pytest.mark.parametrize(
    ("data", "column", "message"),
    [
        (b"\xff\xfe" + "title: Ä".encode("utf-16-le"), 1, "The byte 0xFF is not UTF-8. It looks like UTF-16."),
        (b"\xfe\xff" + "title: Ä".encode("utf-16-be"), 1, "The byte 0xFE is not UTF-8. It looks like UTF-16."),
        (b"title: \xe4", 8, "The byte 0xE4 is not UTF-8."),
    ],
)  # fmt: skip
def test_of_a_file_in_other_bytes(data: bytes, column: int, message: str) -> None:
    (problem,) = problems_of({"deals/bad.md": data})
    assert (problem.code, *problem.span[1:3]) == ("not-utf8", 1, column)
    assert (problem.message, problem.help) == (message, "Save the file as UTF-8.")


@pytest.mark.parametrize(
    ("front", "line", "column", "help"),
    [
        ("social: ['@jane']", 3, 10, "Write it with `https://`"),
        ("social: '@jane'", 3, 9, "Write `social: [https://…/jane]`."),
        ("social: [https://a.example https://b.example]", 3, 10,
         "Put a comma between the two: `https://a.example, https://b.example`"),
        ("social:\n  - https://a.example https://b.example", 4, 5,
         "Give each a line of its own: `- https://a.example` and `- https://b.example`."),
        ("milestones: [{a: b}]", 3, 14, "this one as `a b`"),
        ("touch-every: [30d]", 3, 14, "Write one value behind `touch-every:`, as `30d`."),
    ],
)  # fmt: skip
def test_of_a_contact(front: str, line: int, column: int, help: str) -> None:
    (problem,) = problems_of({"contacts/x.md": f"---\nname: X\n{front}\n---\n"})
    assert (problem.code, *problem.span[1:3]) == ("invalid-value", line, column)
    assert help in problem.help


def test_of_a_level_where_a_journal_has_none() -> None:
    files = {"contacts/x.md": "---\nname: X\ntype: company\nlevel: client\n---\n"}
    assert problems_of(files) == ()
    (problem,) = problems_of({**files, "pipeline.yml": f"{PIPELINE}levels: []\n"})
    assert (problem.span.path, problem.code, *problem.span[1:3]) == (
        "contacts/x.md",
        "invalid-value",
        4,
        8,
    )
    assert problem.help == "Write them in pipeline.yml: `levels: [shopper, client]`."


LEAD = "pipelines:\n  sales:\n    stages:\n      lead: {§}\n      won: {type: won}\n"
FIELDS = "pipelines:\n  sales:\n    fields:§\n    stages:\n      won: {type: won}\n"


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "help"),
    [
        (LEAD.replace("§", "goal: Yes, no"), "unknown-field", 4, 25, 'Write `goal: "Yes, no"`.'),
        (LEAD.replace("§", "goal: Yes, no, later"), "unknown-field", 4, 25, 'Write `goal: "Yes, no, later"`.'),
        (LEAD.replace("§", "name: (a, b)"), "unknown-field", 4, 24, 'Write `name: "(a, b)"`.'),
        (LEAD.replace("§", "requires: value, stage"), "unknown-field", 4, 31, "Write `requires: [value, stage]`."),
        (LEAD.replace("§", "steps: {a: {name: A, required: }}"), "invalid-value", 4, 35, "Write `required: yes`."),
        (LEAD.replace("§", "'probability:10%'"), "unknown-field", 4, 14, "Write `probability: 10%`."),
        (LEAD.replace("§", "probability:10%: 5"), "unknown-field", 4, 14, "Write `probability: 10%`."),
        (LEAD.replace("lead: {§}", "lead{name: A}"), "unknown-field", 4, 7, "Write `lead: {name: A}`."),
        (LEAD.replace("lead: {§}", "lead{}:"), "unknown-field", 4, 7, "Write `lead: {}`."),
        (LEAD.replace("lead: {§}", "lead: {}\n      Lead: {}"), "invalid-id", 5, 7, "Write `lead`"),
        (LEAD.replace("lead: {§}", "lead: {}\n      '---': {}"), "invalid-id", 5, 7, "single hyphens"),
        (FIELDS.replace("§", " {size: [a]}"), "invalid-value", 3, 20, "Write one value behind `size:`, as `a`."),
        (FIELDS.replace("§", "\n      size: text\n      skip:"), "invalid-value", 5, 7, "Put fewer blanks before it"),
        ("pipelines:\n  sales:\n    name:\n    stagess:\n      won: {type: won}\n", "unknown-field", 4, 5,
         "Put blanks before `stagess`, so that it belongs to `name`."),
        (f"{PIPES}views: open deals\n", "invalid-value", 8, 8, "Write `mine: open deals` in a line of its own below"),
        (f"{PIPES}targets: 2026 = 5000\n", "invalid-value", 8, 10, "Write `2026: 5000` in a line of its own below"),
        (f"{PIPES}targets: 5000\n", "invalid-value", 8, 10, "and `name: value` lines below it."),
        (f"{PIPES}targets: {{2026: [5]}}\n", "invalid-value", 8, 17, "as `5`"),
        (f"{PIPES}rates: {{USD: [1]}}\n", "invalid-value", 8, 14, "Write what one USD is worth: `USD: 0.92`"),
        (f"{PIPES}kinds: {{workshop: }}\n", "invalid-value", 8, 9, "Write `workshop: intangible`, or `tangible`."),
        (f"{PIPES}time-zone: europe/berlin\n", "invalid-value", 8, 12, "Did you mean `Europe/Berlin`?"),
        (f"{PIPES}time-zone: Berlin\n", "invalid-value", 8, 12, "Did you mean `Europe/Berlin`?"),
    ],
)  # fmt: skip
def test_of_pipeline_yml(text: str, code: str, line: int, column: int, help: str) -> None:
    _, (problem,) = read(HEAD + text)
    assert (problem.code, *problem.span[1:3]) == (code, line + HEAD.count("\n"), column)
    assert help in problem.help


@pytest.mark.parametrize(
    "text",
    [
        FIELDS.replace("§", " {size: ''}"),
        FIELDS.replace("§", "\n      size: text\n      skip: number"),
        LEAD.replace("{§}", ""),
        LEAD.replace("{§}", "''"),
        f"{PIPES}time-zone: CET\n",
    ],
)
def test_of_what_is_left_out_and_may_be_there_is_none(text: str) -> None:
    assert read(HEAD + text)[1] == []
