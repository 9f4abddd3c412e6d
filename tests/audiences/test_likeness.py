from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping

import pytest

from site_builder.audiences.likeness import told_apart
from site_builder.audiences.projection import projection
from site_builder.files.tree import MemoryTree
from site_builder.journal.audience import Audience
from site_builder.journal.journal import Journal
from site_builder.load.loader import load
from tests.audiences.canaries import TODAY
from tests.catalogue import BASE, deal

_NAMELESS = Audience("a", ("title", "contacts", "company"), ("role",), notes=True)
_NAMESAKES = Audience("a", ("title", "contacts"), ("name",))
_BY_FIRM = Audience("a", ("title", "contacts"), ("role", "company"))
_BY_TEXT = Audience("a", ("summary",), ("role",))
_UNTITLED = Audience("a", ("contacts", "tags"), ("name",))


_JO = "---\nname: Jo\nrole: Boss\n---\n"


def _journal(ids: tuple[str, ...], audience: Audience) -> Journal:
    """Three of one name and role, of files of some names, in two deals of one title."""
    one, two, three = ids
    files = {
        **BASE,
        **{f"contacts/{id}.md": _JO for id in ids},
        "contacts/lee.md": f"---\nname: Lee\ncompany: {three}\n---\n",
        f"deals/{one}.md": deal(f"contacts: [lee, {one}]").replace("Bad", "Same"),
        f"deals/{two}.md": deal(f"contacts: [{two}, {three}]").replace("Bad", "Same")
        + f"[[contacts/{three}]]\n",
    }
    found = load(MemoryTree(files), lambda: TODAY)
    assert found.seen is not None
    made = projection(found.seen, audience, TODAY, found.problems)
    assert (len(made.deals), len(made.contacts)) == (3, 4)
    return made


@pytest.mark.parametrize(
    "audience", [_NAMELESS, _NAMESAKES, _UNTITLED, _BY_FIRM, _BY_TEXT], ids="abcde"
)
def test_the_order_of_those_who_look_the_same_is_not_that_of_their_files(
    audience: Audience,
) -> None:
    first, *others = [_journal(ids, audience) for ids in itertools.permutations("xyz")]
    assert all(other == first for other in others)


def test_those_who_look_the_same_are_told_apart_as_far_as_that_goes() -> None:
    """Of a row of five, of whom one has a name, each is told by how far it is from that one."""

    def look(called: Mapping[str, str], keys: Collection[str]) -> Mapping[str, str]:
        return {key: called.get(str(int(key) + 1), "") for key in keys}

    places = told_apart({str(n): "named" if n == 4 else "" for n in range(5)}, look)
    assert len({*places.values()}) == 5
    assert max(places, key=lambda key: places[key]) == "4"


def test_nobody_is_told_apart_who_can_not_be() -> None:
    places = told_apart({"b": "", "a": ""}, lambda _places, keys: dict.fromkeys(keys, "the same"))
    assert len({*places.values()}) == 1
