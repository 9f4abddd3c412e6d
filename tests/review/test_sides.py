"""What is the same deal or contact under another id."""

from __future__ import annotations

from tests.comparisons import between, deal

NOTED = deal(notes="## 2026-10-05 call\n")


def ids(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str | None]]:
    return [(c.id, c.what, c.was) for c in between(before, after).deals]


def test_the_same_bytes_or_the_same_name_under_another_id() -> None:
    assert ids({"deals/x.md": NOTED}, {"deals/y.md": NOTED}) == [("y", "renamed", "x")]
    assert ids({"deals/x.md": NOTED}, {"deals/2026/x.md": NOTED}) == []
    edited = NOTED.replace("call", "email")
    assert ids({"deals/x.md": NOTED}, {"deals/y.md": edited}) == [("y", "renamed", "x")]
    both = {"deals/x.md": NOTED, "deals/y.md": NOTED}
    assert ids({"deals/x.md": NOTED}, both) == [("y", "added", None)]


def test_where_several_could_be_meant_none_is() -> None:
    made = ids({"deals/x.md": NOTED}, {"deals/y.md": NOTED, "deals/z.md": NOTED})
    assert made == [("x", "removed", None), ("y", "added", None), ("z", "added", None)]


def test_a_file_that_can_t_be_understood_is_not_gone() -> None:
    broken = "---\n[\n---\n"
    made = between({"deals/x.md": NOTED}, {"deals/x.md": broken, "deals/y.md": NOTED})
    assert [(c.id, c.what) for c in made.deals] == [("y", "added")]
    assert [(u.path, u.before, u.after) for u in made.uncompared] == [("deals/x.md", False, True)]


def test_a_deal_that_was_renamed_renames_no_contact_of_that_id() -> None:
    person = {"contacts/x.md": "---\nname: X\n---\n"}
    other = deal("contacts: [x]\ncompany: x\nsource: referral x", "## 2026-10-05 call with x\n")
    other = other.replace("Rollout", "Other")
    before = {**person, "deals/x.md": NOTED, "deals/other.md": other}
    after = {**person, "deals/y.md": NOTED, "deals/other.md": other}
    # Its referral was the deal, and is the contact now, though its file is the same.
    assert ids(before, after) == [("other", "changed", None), ("y", "renamed", "x")]
    assert [field.field for field in between(before, after).deals[0].fields] == ["source"]
    edited = {**after, "deals/other.md": other.replace("call", "email")}
    (changed, _) = between(before, edited).deals
    assert [note.how for note in changed.notes] == ["removed", "added"]
    assert [field.field for field in changed.fields] == ["source"]
