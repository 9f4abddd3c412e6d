"""Ids in link brackets, wherever a contact's or a deal's id can stand."""

from __future__ import annotations

import pytest

from site_builder.journal.deal import Participant
from site_builder.source.links import with_quoted_links
from tests.catalogue import deal
from tests.journals import loaded, only_deal

PEOPLE = {
    "contacts/john-smith.md": "---\nname: John Smith\n---\n",
    "contacts/clients/kestrel.md": "---\nname: Kestrel\ntype: company\n---\n",
}
FORMS = (
    "[[{}]]",
    "[[{}|Some words]]",
    "[[{}|Words, a comma - and a dash — too]]",
    "[[{}#Heading]]",
    "[[{}#Heading|words]]",
    "[[contacts/{}]]",
    "[[sales/contacts/clients/{}|words]]",
    "[[ {} ]]",
    "[[{}|]]",
)


def only(files: dict[str, str], path: str = "deals/bad.md") -> tuple[str, int, int, int, str, str]:
    """The one problem of a journal: code, line, column, end, message and help."""
    (p,) = loaded({**PEOPLE, **files}).problems
    assert p.span.path == path
    assert p.span.line == p.span.end_line
    return p.code, p.span.line, p.span.column, p.span.end_column, p.message, p.help


@pytest.mark.parametrize("form", FORMS)
def test_front_matter(form: str) -> None:
    front = (
        f'company: "{form.format("kestrel")}"\n'
        f"contacts: [\"{form.format('jane-roe')} champion\", '{form.format('john-smith')}']\n"
        f'source: "referral {form.format("john-smith")}"\n'
        f"partner-deal: '{form.format('acme')}'"
    )
    result = loaded({**PEOPLE, "deals/bad.md": deal(front=front)})
    assert result.problems == ()
    assert result.journal is not None
    made = result.journal.deals_by_id["bad"]
    assert made.company == "kestrel"
    assert made.contacts == (Participant("jane-roe", "champion"), Participant("john-smith"))
    assert (made.source, made.referral) == ("referral john-smith", "john-smith")
    assert [extra.value for extra in made.extras] == ["acme"]


@pytest.mark.parametrize("form", FORMS)
def test_contacts_and_notes(form: str) -> None:
    jane, john = form.format("jane-roe"), form.format("john-smith")
    contact = (
        f'---\nname: Eve\ncompany: "{form.format("kestrel")}"\nintroduced-by: "{john}"\n---\n'
        f"## 2026-10-24 09:30 meeting with {jane}, {john} by maria — With [[jane-roe]] - at last\n"
        f"## 2026-10-25 referral from {jane}\nwho:: {john}\n"
        f"## 2026-10-26 email to {jane},{john}\n"
        f"## 2026-10-27 call from {jane} — [[x|y]]\n"
    )
    yaml = (
        f'name: Ed\nnotes:\n- date: 2026-10-24\n  kind: call\n  with: ["{jane}", "{john}"]\n'
        f'- date: 2026-10-25\n  kind: referral\n  from: "{jane}"\n  who: "{john}"\n'
    )
    result = loaded({**PEOPLE, "contacts/eve.md": contact, "contacts/ed.yml": yaml})
    assert result.problems == ()
    assert result.journal is not None
    eve = result.journal.contacts_by_id["eve"]
    assert (eve.company, eve.introduced_by) == ("kestrel", "john-smith")
    both = ("jane-roe", "john-smith")
    assert [n.parties for n in eve.notes] == [both, ("jane-roe",), both, ("jane-roe",)]
    assert eve.notes[0].headline == "With [[jane-roe]] - at last"
    assert eve.notes[0].by is not None
    assert eve.notes[1].fields.who == "john-smith"
    ed = result.journal.contacts_by_id["ed"]
    assert [n.parties for n in ed.notes] == [both, ("jane-roe",)]
    assert ed.notes[1].fields.who == "john-smith"


@pytest.mark.parametrize(
    ("front", "line", "column", "written"),
    [
        ('company: "[[jane-ro]]"', 6, 13, "jane-ro"),
        ('company: "[[contacts/jane-ro#Notes|Jane]]"', 6, 22, "jane-ro"),
        ("company: '[[jane-ro|It''s]]'", 6, 10, "jane-ro"),
        ('contacts: [john-smith, "[[jane-ro|Jane Roe]] champion"]', 6, 27, "jane-ro"),
        ("contacts:\n  - '[[jane-ro]] champion'", 7, 8, "jane-ro"),
        ("source: referral [[jane-ro|Jane]]", 6, 20, "jane-ro"),
        ('source: "referral [[jane-ro]]"', 6, 21, "jane-ro"),
        ('source: "referral jane-ro"', 6, 19, "jane-ro"),
        ('company: "[[Jane Roe]]"', 6, 13, "Jane Roe"),
    ],
)
def test_an_unknown_id_has_its_exact_place(
    front: str, line: int, column: int, written: str
) -> None:
    end = column + len(written)
    if "''" in front:  # the place in text with escapes is not known
        end = len(front) + 1
    assert only({"deals/bad.md": deal(front=front)}) == (
        "unknown-contact", line, column, end,
        f"There is no contact `{written}`.", "Did you mean `jane-roe`?",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "column", "written"),
    [
        ("call with [[jane-ro]]", 27, "jane-ro"),
        ("call with [[john-smith|Smith, John]], [[jane-ro|Jane — Roe]] by maria", 55, "jane-ro"),
        ("call with [[Jane Roe|x]]", 27, "Jane Roe"),
    ],
)
def test_an_unknown_party_has_its_exact_place(heading: str, column: int, written: str) -> None:
    assert only({"deals/bad.md": deal(notes=f"## 2026-10-24 {heading}\n")}) == (
        "unknown-contact", 7, column, column + len(written),
        f"There is no contact `{written}`.", "Did you mean `jane-roe`?",
    )  # fmt: skip


def test_unknown_ids_of_fields_of_notes_and_of_yaml_notes() -> None:
    notes = "## 2026-10-24 referral\nwho:: [[jane-ro|Jane]]\n"
    assert only({"deals/bad.md": deal(notes=notes)})[1:4] == (8, 9, 16)
    yaml = 'name: Ed\nnotes:\n- date: 2026-10-24\n  kind: call\n  with: ["[[jane-ro|Roe, Jane]]"]\n'
    assert only({"contacts/ed.yml": yaml}, "contacts/ed.yml")[1:4] == (5, 13, 20)


@pytest.mark.parametrize("text", ["[[jane-roe", "[[jane-roe]", "[jane-roe]]", "[[[jane-roe]]]"])
def test_half_a_link_is_none(text: str) -> None:
    code, _, column, end, _, help = only({"deals/bad.md": deal(front=f'company: "{text}"')})
    assert (code, column, end) == ("unknown-contact", 10, 12 + len(text))
    assert help == "Did you mean `jane-roe`?"


def test_one_link_fits_where_one_id_does() -> None:
    front = 'company: "[[kestrel|Jane]] , [[john-smith]] "'
    assert only({"deals/bad.md": deal(front=front)}) == (
        "invalid-value", 6, 28, 44,
        "Only one contact fits here, and `, [[john-smith]]` stands behind it.",
        "Write `[[kestrel]]` alone.",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["[[]]", "[[#Heading]]", "[[|words]]", "[[ ]]", "[[contacts/]]"])
def test_a_link_to_nothing_is_none(text: str) -> None:
    assert only({"deals/bad.md": deal(front=f'company: "{text}"')})[0] == "unknown-contact"
    notes = f"## 2026-10-24 call with {text}\n"
    found = loaded({**PEOPLE, "deals/bad.md": deal(notes=notes)}).problems
    assert {p.code for p in found} <= {"unknown-contact", "invalid-note"}
    assert found


def test_a_contact_stands_twice_however_it_is_written() -> None:
    front = 'contacts: [jane-roe, "[[jane-roe|Jane]] champion"]'
    assert only({"deals/bad.md": deal(front=front)})[4] == "`jane-roe` stands twice in `contacts`."


def test_blanks_in_quotes_mean_nothing() -> None:
    made = only_deal(deal(front='contacts: [" jane-roe  champion "]\nsource: referral  jane-roe'))
    assert made.contacts == (Participant("jane-roe", "champion"),)
    assert made.referral == "jane-roe"


def test_many_brackets_take_no_time() -> None:
    for text in ("[[" * 20_000, "[[" + "a/" * 20_000, "[[" + " " * 40_000, "[[a" + " b" * 20_000):
        assert only({"deals/bad.md": deal(front=f'company: "{text}"')})[0] == "unknown-contact"


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("company: [[kestrel]]", 'company: "[[kestrel]]"'),
        ("company: [[kestrel|The vane]]", 'company: "[[kestrel|The vane]]"'),
        ("contacts: [[jane-roe]]", "contacts: [jane-roe]"),
        ("contacts: [[jane-roe|Jane]]", "contacts: [jane-roe]"),
        ("contacts: [[[jane-roe]]]", "contacts: [jane-roe]"),
        (
            "contacts: [[[jane-roe|Jane]], john-smith]",
            'contacts: ["[[jane-roe|Jane]]", john-smith]',
        ),
        ("contacts: [[[jane-roe]] champion]", 'contacts: ["[[jane-roe]] champion"]'),
        (
            "contacts: [john-smith, [[jane-roe|Roe, Jane]] champion]",
            'contacts: [john-smith, "[[jane-roe|Roe, Jane]] champion"]',
        ),
        ('contacts: "[[jane-roe]] champion"', 'contacts: ["[[jane-roe]] champion"]'),
    ],
)
def test_without_quotes_the_help_is_to_type_them(line: str, typed: str) -> None:
    result = loaded({**PEOPLE, "deals/bad.md": deal(front=line)})
    (problem,) = result.problems
    told = problem.help.split("`")[1::2][-1]
    assert told in (typed, typed.partition(": ")[2]) or told in typed
    assert loaded({**PEOPLE, "deals/bad.md": deal(front=typed)}).problems == ()


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("[[[jane-roe]], john-smith]", '["[[jane-roe]]", john-smith]'),
        ("[[[jane-roe|Jane, the one]]]", '["[[jane-roe|Jane, the one]]"]'),
        ("[[[jane-roe]], 'john-smith']", ""),
        ('[[[jane-roe]], "john-smith"]', ""),
        ("[[[jane-roe|Jane's]]]", ""),
        ('[[[jane-roe|"Jane"]]]', ""),
        ("[jane-roe]", ""),
        ("[[jane-roe]], x", ""),
        ("x, [[jane-roe]]", ""),
        (f"[[[jane-roe]], {'x' * 984}]", f'["[[jane-roe]]", {"x" * 984}]'),
        (f"[[[jane-roe]], {'x' * 985}]", ""),
    ],
)
def test_items_of_a_list_that_are_links_are_put_in_quotes(value: str, quoted: str) -> None:
    assert with_quoted_links(value) == quoted
