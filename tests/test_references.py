from __future__ import annotations

import pytest

from tests.catalogue import PIPELINE, deal
from tests.journals import loaded

PEOPLE = PIPELINE.replace(
    "  maria: {name: Maria Lopez}\n",
    "  maria: {name: Maria Lopez, email: ml@kestrel.example}\n"
    "  tom: {name: Tom Berg}\n  tim: {name: Tim Berg}\n",
)
NAMED = {
    "pipeline.yml": PEOPLE,
    "contacts/jr-2.md": '---\nname: "John Rabe"\nemail: rabe@acme.example\n---\n',
    "contacts/acme.md": "---\nname: ACME Analytics\ntype: company\n---\n",
    "contacts/one.md": "---\nname: Double\n---\n",
    "contacts/two.md": "---\nname: Double\n---\n",
}


@pytest.mark.parametrize(
    ("line", "code", "column", "help"),
    [
        ("company: Jane Roe", "unknown-contact", 10, "Did you mean `jane-roe`?"),
        ("company: ACME Analytics", "unknown-contact", 10, "Did you mean `acme`?"),
        ("company: acme analytics", "unknown-contact", 10, "Did you mean `acme`?"),
        ("company: rabe@acme.example", "unknown-contact", 10, "Did you mean `jr-2`?"),
        ("company: contacts/jr-2.md", "unknown-contact", 10, "Did you mean `jr-2`?"),
        ('company: "@jr-2"', "unknown-contact", 10, "Did you mean `jr-2`?"),
        ("company: Double", "unknown-contact", 10, "Write the id of a contact"),
        ("company: [[jr-2]]", "invalid-value", 10, 'Write `jr-2`, or in quotes `"[[jr-2]]"`.'),
        ("company: [[jr-2|John]]", "invalid-value", 10, "Write `jr-2`, or in quotes"),
        ("contacts: [John Rabe champion]", "unknown-contact", 12, "Write `jr-2 champion`."),
        ("contacts: [Jane Roe]", "unknown-contact", 12, "Write `jane-roe`."),
        (
            "contacts: [jane-roe, buyer]",
            "unknown-contact",
            22,
            "Create `contacts/buyer.md`; a role",
        ),
        ("contacts: [[jane-roe]]", "invalid-value", 12, "Write `contacts: [jane-roe]`."),
        ("contacts: [[jane-roe|Jane]]", "invalid-value", 12, "Write `contacts: [jane-roe]`."),
        (
            "contacts: [[jane-roe, jr-2]]",
            "invalid-value",
            12,
            "Write `contacts: [jane-roe, jr-2]`.",
        ),
        ("contacts: [[[jane-roe, jr-2]]]", "invalid-value", 12, "`contacts: [jane-roe, jr-2]`."),
        ("contacts: '[[jane-roe]]'", "invalid-value", 11, 'Write `contacts: ["[[jane-roe]]"]`.'),
        (
            "contacts: '[[jane-roe]], [[jr-2]]'",
            "invalid-value",
            11,
            'Write `contacts: ["[[jane-roe]]", "[[jr-2]]"]`.',
        ),
        ("contacts: '[[jane-roe, jr-2]]'", "invalid-value", 11, "`contacts: [jane-roe, jr-2]`."),
        ("contacts: '[jane-roe]'", "invalid-value", 11, "Write `contacts: [jane-roe]`."),
        ("contacts: [jane-roe: buyer]", "invalid-value", 12, "this one as `jane-roe buyer`."),
        ("contacts: {jane-roe: buyer}", "invalid-value", 11, "Write `contacts: [jane-roe buyer]`."),
        ("partner-deal: ACME rollout", "unknown-deal", 15, "Did you mean `acme`?"),
        ("lost-reason: Price", "invalid-value", 14, "Did you mean `price`?"),
    ],
)
def test_the_id_is_named_for_what_has_one(line: str, code: str, column: int, help: str) -> None:
    (problem,) = loaded({**NAMED, "deals/bad.md": deal(front=line)}).problems
    assert (problem.code, problem.span.line, problem.span.column) == (code, 6, column)
    assert help in problem.help


@pytest.mark.parametrize(
    ("owner", "help"),
    [
        ("Maria Lopez", "Did you mean `maria`?"),
        ("Lopez", "Did you mean `maria`?"),
        ("ML@kestrel.example", "Did you mean `maria`?"),
        ("ml", "Did you mean `maria`?"),
        ("Tom", "Did you mean `tom`?"),
        ("tom.berg", "Did you mean `tom`?"),
        ("Berg", "The team: `maria`, `tom`, `tim`."),
    ],
)
def test_a_person_is_known_by_name_and_address(owner: str, help: str) -> None:
    files = {"pipeline.yml": PEOPLE, "deals/bad.md": deal(owner=f"owner: {owner}")}
    (problem,) = loaded(files).problems
    assert (problem.code, problem.help) == ("unknown-person", help)


@pytest.mark.parametrize(
    ("stage", "help"),
    [
        ("Lead", "Did you mean `lead`?"),
        ("Needs & Means", "Did you mean `negotiation`?"),
        ("closed won", "Did you mean `won`?"),
        ("Closed/Lost", "Did you mean `lost`?"),
        ("halfway", "Its stages: `lead`, `qualification`"),
    ],
)
def test_a_stage_is_known_by_its_name(stage: str, help: str) -> None:
    pipeline = PIPELINE.replace("negotiation: {}", "negotiation: {name: Needs & means}")
    files = {"pipeline.yml": pipeline, "deals/bad.md": deal(stage=f"stage: {stage}")}
    (problem,) = loaded(files).problems
    assert problem.code == "unknown-stage" and problem.help.startswith(help)
