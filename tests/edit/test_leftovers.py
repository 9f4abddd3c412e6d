from __future__ import annotations

from site_builder.edit.leftovers import comments_of
from tests.edit.desks import existing


def test_comments_of_markdown() -> None:
    text = "---\n# one\nname: A # two\nrole: |\n  # text\nx-a: 'b # text'\ntags: [a] #three\n---\n# Text\n"
    assert list(comments_of(existing(text, "contacts/a.md"))) == ["one", "two", "three"]


def test_comments_of_yaml() -> None:
    text = (
        "# one\nname: A\nsummary: |\n  # text\n  text\n# two\nnotes:\n# three\n- date: 2026-11-01\n"
        "  kind: call\n  text: |\n    # text\n"
    )
    assert list(comments_of(existing(text, "contacts/a.yml"))) == ["one", "two", "three"]
