"""Introductions as chains."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights.insights import Insights
from site_builder.insights.referrals import Referrals, referrals
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from tests.by_hand import SCHEMA, TODAY, WON, deal, eur


def contact(id: str, by: str = "", **fields: object) -> Contact:
    made = Contact(id, f"contacts/{id}.md", id.title(), introduced_by=by)
    return replace(made, **fields)  # type: ignore[arg-type] # fields of any type


def of(id: str, who: str, **fields: object) -> Deal:
    return deal(id, contacts=(Participant(who),), **fields)  # type: ignore[arg-type] # likewise


def found(contacts: list[Contact], *deals: Deal) -> Referrals:
    every = tuple(sorted(contacts, key=lambda one: one.id))
    made = Journal(SCHEMA, tuple(sorted(deals, key=lambda one: one.id)), every)
    return referrals(Insights(made, TODAY))


def places(made: Referrals) -> list[tuple[int, str, int, int]]:
    return [(p.depth, p.contact.id, len(p.brought), p.deals) for p in made.chains]


def test_a_chain_adds_up_from_the_end() -> None:
    made = found(
        [contact("a"), contact("b", "a"), contact("c", "b"), contact("d", "a")],
        of("x", "b"), of("y", "c", stage=WON, value=eur(10)), of("z", "d"), of("own", "a"),
    )  # fmt: skip
    assert places(made) == [(0, "a", 0, 3), (1, "b", 1, 2), (2, "c", 1, 1), (1, "d", 1, 1)]
    assert [place.won_deals for place in made.chains] == [1, 1, 1, 0]
    assert made.chains[0].won.lines == (eur(10),)


def test_what_brought_more_stands_first() -> None:
    made = found(
        [contact("a"), contact("b", "a"), contact("y"), contact("z", "y")],
        of("one", "b"), of("two", "z", stage=WON, value=eur(5)),
    )  # fmt: skip
    assert [place.contact.id for place in made.chains] == ["y", "z", "a", "b"]


def test_a_deal_is_told_once_where_it_says_that_it_came_from() -> None:
    both = deal("x", contacts=(Participant("b"), Participant("c")), referral="q")
    made = found([contact("a"), contact("b", "a"), contact("q"), contact("c", "q")], both)
    assert places(made) == [(0, "q", 0, 1), (1, "c", 1, 1), (0, "a", 0, 0), (1, "b", 0, 0)]
    assert [one.deals for one in made.introduced] == [1, 1]


def test_those_who_introduced_each_other_end_somewhere() -> None:
    made = found([contact("a", "b"), contact("b", "a"), contact("c", "c")])
    assert [(p.depth, p.contact.id, p.is_again) for p in made.chains] == [
        (0, "a", False), (1, "b", False), (2, "a", True),
    ]  # fmt: skip


def test_a_long_chain_is_no_trouble() -> None:
    people = [contact("n0000"), *(contact(f"n{n:04}", f"n{n - 1:04}") for n in range(1, 3000))]
    assert found(people, of("x", "n2999")).chains[0].deals == 1


def test_a_deal_that_nobody_takes_part_in_is_with_who_referred_it() -> None:
    made = found([contact("a"), contact("b", "a")], deal("x", referral="b"))
    assert places(made) == [(0, "a", 0, 1), (1, "b", 1, 1)]
