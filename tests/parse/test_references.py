from __future__ import annotations

import pytest

from tests.catalogue import BASE, PIPELINE, deal
from tests.journals import loaded, only_deal

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
        ("company: [jr-2, one]", "invalid-value", 10, "as `jr-2` or `one`."),
        ("source: [[jr-2]]", "invalid-value", 9, "Write `source: referral jr-2`."),
        ("source: [[referral jr-2]]", "invalid-value", 9, "Write `source: referral jr-2`."),
        ("contacts: [John Rabe champion]", "unknown-contact", 12, "Write `jr-2 champion`."),
        ("contacts: [Jane Roe]", "unknown-contact", 12, "Write `jane-roe`."),
        ("contacts: [Jr 2 champion]", "unknown-contact", 12, "Write `jr-2 champion`."),
        (
            "contacts: [jane-roe, buyer]",
            "unknown-contact",
            22,
            "Create `contacts/buyer.md`, or take out the comma",
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


TWO = {
    "contacts/ann-lee.md": "---\nname: Ann Lee\n---\n",
    "contacts/bo-chan.md": "---\nname: Bo Chan\n---\n",
}


@pytest.mark.parametrize(
    ("written", "code", "place", "items"),
    [
        ('["[[ann-lee]], [[bo-chan]]"]', "role-is-contact", "[[bo-chan]]",
         '"[[ann-lee]]", "[[bo-chan]]"'),
        ('["[[ann-lee]] [[bo-chan|Bo]]"]', "role-is-contact", "[[bo-chan|Bo]]",
         '"[[ann-lee]]", "[[bo-chan|Bo]]"'),
        ('["[[ann-lee]] champion and [[bo-chan]] buyer"]', "role-is-contact", "[[bo-chan]]",
         '"[[ann-lee]] champion", "[[bo-chan]] buyer"'),
        ('["ann-lee champion, bo-chan buyer"]', "role-is-contact", "bo-chan",
         "ann-lee champion, bo-chan buyer"),
        ('["ann-lee champion; bo-chan"]', "role-is-contact", "bo-chan",
         "ann-lee champion, bo-chan"),
        ('["ann-lee, bo-chan"]', "unknown-contact", "ann-lee,", "ann-lee, bo-chan"),
        ("[ann-lee; bo-chan]", "unknown-contact", "ann-lee;", "ann-lee, bo-chan"),
        ("[ann-lee / bo-chan]", "role-is-contact", "bo-chan", "ann-lee, bo-chan"),
        ("[ann-lee & bo-chan]", "role-is-contact", "bo-chan", "ann-lee, bo-chan"),
        ("ann-lee bo-chan", "invalid-value", "ann-lee bo-chan", "[ann-lee, bo-chan]"),
        ("ann-lee and bo-chan", "invalid-value", "ann-lee and bo-chan", "[ann-lee, bo-chan]"),
        ("ann-lee buyer; bo-chan", "invalid-value", "ann-lee buyer; bo-chan",
         "[ann-lee buyer, bo-chan]"),
        ('"[[ann-lee]], [[bo-chan]]"', "invalid-value", '"[[ann-lee]], [[bo-chan]]"',
         '["[[ann-lee]]", "[[bo-chan]]"]'),
    ],
)  # fmt: skip
def test_several_contacts_in_one_value(written: str, code: str, place: str, items: str) -> None:
    line = f"contacts: {written}"
    (problem,) = loaded({**TWO, "deals/bad.md": deal(front=line)}).problems
    column = line.index(place) + 1
    assert problem.code == code
    assert problem.span[1:] == (6, column, 6, column + len(place))
    assert f"{items}`" in problem.help
    right = items if items.startswith("[") else f"[{items}]"
    made = only_deal(deal(front=f"contacts: {right}"), files={**BASE, **TWO})
    assert [party.contact for party in made.contacts] == ["ann-lee", "bo-chan"]


@pytest.mark.parametrize("role", ["head of [[bo-chan]]", "[x] y", "buyer & user", "c/o press"])
def test_other_roles_of_a_link(role: str) -> None:
    made = only_deal(deal(front=f'contacts: ["[[ann-lee]] {role}"]'), files={**BASE, **TWO})
    assert [(party.contact, party.role) for party in made.contacts] == [("ann-lee", role)]


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("[nobody]", "Create `contacts/nobody.md`, or name one that is there."),
        ("[nobody champion]", "Create `contacts/nobody.md`, or name one that is there."),
        ("[ann-lee buyer, nobody]", "Create `contacts/nobody.md`, or name one that is there."),
        (
            "[ann-lee, buyer]",
            (
                "Create `contacts/buyer.md`, or take out the comma where it is the role of the one "
                "before: `ann-lee buyer`."
            ),
        ),
    ],
)
def test_help_with_a_contact_that_is_not_there(written: str, help: str) -> None:
    (problem,) = loaded({**TWO, "deals/bad.md": deal(front=f"contacts: {written}")}).problems
    assert (problem.code, problem.help) == ("unknown-contact", help)


def test_a_list_of_addresses_is_named_with_what_they_lack() -> None:
    text = "---\nname: A\nsocial: linkedin.example/in/a\n---\n"
    (problem,) = loaded({"contacts/a.md": text}).problems
    assert problem.help == "Write `social: [https://linkedin.example/in/a]`."
    right = text.replace("linkedin.example/in/a", "[https://linkedin.example/in/a]")
    assert loaded({"contacts/a.md": right}).problems == ()


@pytest.mark.parametrize(
    ("link", "id"),
    [("deals/acme", "acme"), ("contacts/jane-roe", "jane-roe"), ("x/jane-roe#calls", "jane-roe")],
)
def test_a_link_in_a_text_with_a_folder(link: str, id: str) -> None:
    note = "## 2026-11-10 call\n\nSee [[{}]].\n"
    (problem,) = loaded({"deals/bad.md": deal(notes=note.format(link))}).problems
    assert (problem.code, problem.help) == ("unknown-link", f"Did you mean `{id}`?")
    assert loaded({"deals/bad.md": deal(notes=note.format(id))}).problems == ()
