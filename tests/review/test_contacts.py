"""What a change does to contacts."""

from __future__ import annotations

from tests.comparisons import between, deal, of_contact

XENIA = "---\nname: Xenia\nphone: +49 30 1234567\n---\n"


def test_fields_and_who_came_and_went() -> None:
    change = of_contact(XENIA, XENIA.replace("1234567", "7654321").replace("---\n", "---\nemail: x@x.example\n", 1))  # fmt: skip
    assert [(f.field, f.before, f.after) for f in change.fields] == [
        ("email", None, "x@x.example"),
        ("phone", "+49 30 1234567", "+49 30 7654321"),
    ]
    made = between({"contacts/x.md": XENIA}, {"contacts/y.md": XENIA.replace("Xenia", "Yara")})
    assert [(c.id, c.what) for c in made.contacts] == [("x", "removed"), ("y", "added")]


def test_a_new_company_of_somebody_who_was_renamed_is_none() -> None:
    firm, person = "---\nname: Firm\ntype: company\n---\n", "---\nname: X\ncompany: firm\n---\n"
    made = between(
        {"contacts/firm.md": firm, "contacts/x.md": person},
        {"contacts/firm-ltd.md": firm, "contacts/x.md": person.replace("firm", "firm-ltd")},
    )
    assert [(c.id, c.what, c.was) for c in made.contacts] == [("firm-ltd", "renamed", "firm")]


def test_rungs_climbed_and_lost_wherever_they_are_noted() -> None:
    know, like = "## 2026-10-01 know from jane-roe\n\n", "## 2026-11-05 like from jane-roe\n"
    made = between({"deals/x.md": deal(notes=know)}, {"deals/x.md": deal(notes=know + like)})
    assert [tuple(climb) for climb in made.climbs] == [("jane-roe", "from", "know", "like", True)]
    back = between({"deals/x.md": deal(notes=know)}, {"deals/x.md": deal()})
    assert [tuple(climb) for climb in back.climbs] == [("jane-roe", "from", "know", None, False)]
