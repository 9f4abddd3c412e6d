"""A journal of which some deals and contacts are others is the one that is made of these."""

from __future__ import annotations

from random import Random

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from tests.by_hand import SCHEMA, deal

KNOWN = ("deals_by_id", "contacts_by_id", "deals_of", "people_of")


def random_deal(id: str, random: Random) -> Deal:
    people = tuple([Participant(who) for who in random.sample("xyz", random.choice((0, 1, 2)))])
    return deal(id, company=random.choice(("", "corp", "works")), contacts=people)


def random_contact(id: str, random: Random) -> Contact:
    return Contact(id, f"contacts/{id}.md", id, company=random.choice(("", "corp", "works")))


def made_of(found: dict[str, Deal | Contact]) -> Journal:
    every = [found[id] for id in sorted(found)]
    deals = tuple([one for one in every if isinstance(one, Deal)])
    return Journal(SCHEMA, deals, tuple([one for one in every if isinstance(one, Contact)]))


@pytest.mark.parametrize("seed", range(20))
def test_a_journal_with_others_is_the_one_of_all_that_are_there(seed: int) -> None:
    random = Random(seed)
    found: dict[str, Deal | Contact] = {}
    for id in "abcdefxyz":
        make = random_contact if id in "xyz" else random_deal
        found[id] = make(id, random)
    journal = made_of(found)
    for _ in range(5):
        for name in random.sample(KNOWN, 3):
            getattr(journal, name)
        changed = random.sample("abcdefghxyzw", random.choice((0, 1, 2, 5)))
        gone = [found.pop(id) for id in changed if id in found]
        stay = [id for id in changed if random.random() < 0.7]
        come = [(random_contact if id in "wxyz" else random_deal)(id, random) for id in stay]
        found.update({one.id: one for one in come})
        journal, anew = journal.with_others(gone, come), made_of(found)
        assert journal == anew
        assert all(getattr(journal, name) == getattr(anew, name) for name in KNOWN)
