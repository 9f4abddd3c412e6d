"""The notes of a file before a change and after it."""

from __future__ import annotations

import pytest

from tests.comparisons import between, deal, of_contact, of_deal

CALL = "## 2026-10-01 call with jane-roe by maria — Prices\n\nGood.\n\n"
MAIL = "## 2026-10-02 email to jane-roe\n\n"


def how(before: str, after: str) -> list[str]:
    made = between({"deals/x.md": deal(notes=before)}, {"deals/x.md": deal(notes=after)})
    return [note.how for change in made.deals for note in change.notes]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (CALL, CALL + MAIL, ["added"]),
        (CALL + MAIL, MAIL, ["removed"]),
        (CALL, CALL.replace("Good", "Bad"), ["edited"]),
        (CALL, CALL.replace("Prices", "Price"), ["edited"]),
        (CALL, CALL.replace("call", "meeting"), ["removed", "added"]),
        (CALL, CALL.replace("10-01", "09-30"), ["redated"]),
        (CALL + MAIL, MAIL + CALL, []),
        (CALL, CALL.replace("Good.", "Good.  ").replace("\n\n", "\n\n\n"), []),
        (CALL + "- [ ] Ask\n", CALL + "- [x] Ask\n", []),
        (CALL + "- [ ] needs-analysis\n", CALL + "- [x] needs-analysis\n", ["edited"]),
        (MAIL, MAIL + MAIL.replace("email", "call") + "value:: 5\n", ["added"]),
        (CALL, CALL.replace("— Prices\n", "— Prices\nvalue:: 5\n"), ["edited"]),
        (CALL + CALL, CALL, ["removed"]),
    ],
)
def test_what_became_of_notes(before: str, after: str, found: list[str]) -> None:
    assert how(before, after) == found


def test_a_stage_entry_with_another_day_and_other_words_is_redated() -> None:
    entry = "## 2026-10-05 stage qualification\n\nHello.\n"
    after = entry.replace("10-05", "09-05").replace("Hello", "Bye")
    change = of_deal(
        deal(notes=entry, stage="qualification"), deal(notes=after, stage="qualification")
    )
    assert [note.how for note in change.notes] == ["redated"]


def test_a_note_of_yaml_is_the_same_note() -> None:
    in_yaml = (
        "title: Rollout\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nnotes:\n"
        "- date: 2026-10-01\n  kind: call\n  with: jane-roe\n  by: maria\n  headline: Prices\n  text: Good.\n"
    )
    made = between({"deals/x.md": deal(notes=CALL)}, {"deals/x.yml": in_yaml})
    assert made.deals == ()


def test_links_and_parties_of_who_was_renamed_are_no_edits() -> None:
    note = "## 2026-10-01 call with x-y\n\nSee [[x-y]] and [[x-y|her]].\n"
    person = "---\nname: Xenia\n---\n"
    made = between(
        {"contacts/x-y.md": person, "deals/acme.md": deal("contacts: [x-y champion]", note)},
        {"contacts/xenia.md": person, "deals/acme.md": deal("contacts: [xenia champion]", note).replace("x-y", "xenia")},
    )  # fmt: skip
    assert [(c.id, c.was) for c in made.contacts] == [("xenia", "x-y")]
    assert (made.deals, made.suspicions) == ((), ())


def test_notes_of_contacts() -> None:
    person = "---\nname: Xenia\n---\n\n"
    change = of_contact(person + CALL, person + CALL + MAIL)
    assert [note.how for note in change.notes] == ["added"]
