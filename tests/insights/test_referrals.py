"""Who introduced whom and what that brought, by hand and recomputed from raw files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.referrals import Referrals, referrals
from site_builder.journal.fields import KINDS
from site_builder.journal.note import Note, NoteFields
from site_builder.load.loader import load
from tests.by_hand import TODAY, WON, day, deal, eur, note
from tests.insights.test_chains import contact, found, of
from tests.insights.test_outreach import to_or_from
from tests.insights.test_structure import ended
from tests.stories import RawFile, raw, story


def pairs(made: Referrals) -> list[tuple[str, str, int]]:
    return [(one.by.id, one.who.id if one.who else "", one.deals) for one in made.introduced]


def referral(when: str, who: str, *by: str, way: str = "from") -> Note:
    made = replace(note(when, "referral", *by), kind=KINDS["referral"])
    return replace(made, direction=way if by else "", fields=NoteFields(who=who))  # type: ignore[arg-type] # from or to


def test_contacts_notes_and_deals_say_who_introduced_whom() -> None:
    made = found(
        [
            contact("a", notes=(referral("2026-01-01", "c"),)),
            contact("b", "a"),
            contact("c"),
            contact("d", notes=(referral("2026-01-03", "b", "c"),)),
        ],
        of("x", "b"),
        of("y", "c"),
        of("z", "d", referral="a"),
        of("main", "d", notes=(referral("2026-01-02", "a"),)),
    )
    assert pairs(made) == [
        ("a", "b", 1),
        ("a", "c", 1),
        ("a", "d", 1),
        ("c", "b", 1),
        ("d", "a", 0),
    ]
    assert [one.on for one in made.introduced] == [
        None, day("2026-01-01"), None, day("2026-01-03"), day("2026-01-02"),
    ]  # fmt: skip


def test_what_we_referred_to_others_is_no_introduction_to_us() -> None:
    notes = (referral("2026-01-01", "b", "a", way="to"),)
    assert pairs(found([contact("a", notes=notes), contact("b")])) == []


def test_a_source_goes_with_the_introduction_that_brought_the_deal() -> None:
    made = found([contact("a"), contact("b", "a")], of("x", "b", referral="a"))
    assert pairs(made) == [("a", "b", 1)]
    made = found([contact("a"), contact("b")], of("x", "b", referral="a"), of("y", "b"))
    assert pairs(made) == [("a", "b", 1)]
    assert pairs(found([contact("a")], of("x", "a", referral="a"))) == [("a", "", 1)]


def test_won_is_money_by_currency() -> None:
    made = found(
        [contact("a"), contact("b", "a")],
        of("x", "b", stage=WON, value=eur(10)), of("y", "b", stage=WON, value=eur(10, "CHF")),
        of("z", "b", stage=WON, value=eur(10, "USD")), of("open", "b", value=eur(5)),
    )  # fmt: skip
    assert [str(money.amount) for money in made.introduced[0].won.lines] == ["19.0", "10"]


def test_a_favour_is_owed_until_a_gift_or_a_referral_of_ours() -> None:
    def owed(*notes: Note) -> list[str]:
        people = [contact("jane-roe", notes=(referral("2026-02-01", "b"), *notes)), contact("b")]
        return [one.contact.id for one in found(people).owed]

    assert owed() == ["jane-roe"]
    assert owed(to_or_from("2026-02-01", "gift", "to")) == []
    assert owed(to_or_from("2026-03-01", "gift", "from")) == ["jane-roe"]
    assert owed(to_or_from("2026-03-01", "call", "to")) == ["jane-roe"]
    assert owed(referral("2026-03-01", "b", "jane-roe", way="to")) == []
    early = contact("jane-roe", notes=(to_or_from("2026-01-01", "gift", "to"),
                                       referral("2026-02-01", "b")))  # fmt: skip
    assert len(found([early, contact("b")]).owed) == 1


def test_without_a_day_the_first_that_there_is_of_it_counts() -> None:
    gift = to_or_from("2026-01-05", "gift", "to")
    people = [contact("jane-roe", notes=(gift,)), contact("b", "jane-roe")]
    assert found(people, of("x", "b", created=day("2026-01-06"))).owed[0].since == day("2026-01-06")
    assert found(people, of("x", "b", created=day("2026-01-05"))).owed == ()


def test_people_of_won_deals_who_introduced_nobody_may_be_asked() -> None:
    called = to_or_from("2026-03-01", "call", "with")
    people = [
        contact("a"), contact("b", "a"), contact("firm", is_company=True), contact("idle"),
        contact("jane-roe", notes=(called,)),
    ]  # fmt: skip
    won = deal("x", WON, company="firm", contacts=of("_", "a").contacts + of("_", "idle").contacts
               + of("_", "jane-roe").contacts)  # fmt: skip
    made = found(people, won, of("open", "b"))
    assert [(one.contact.id, one.last) for one in made.ask] == [
        ("jane-roe", day("2026-03-01")), ("idle", None),
    ]  # fmt: skip


def money(text: str) -> tuple[Decimal, str]:
    amount, currency = text.split()
    if currency == "USD":
        return Decimal(amount) * Decimal("0.9"), "EUR"
    return Decimal(amount), currency


def taking_part(one: RawFile) -> list[str]:
    """The main contact, the company, the others."""
    main, *others = one.front.get("contacts", "").strip("[]").split(", ")
    return [id for id in (main, one.front.get("company", ""), *others) if id]


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    deals = {one.id: one for one in raw(files, "deals")}
    people = {id: taking_part(one) for id, one in deals.items()}
    edges: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in raw(files, "contacts"):
        said = [one.front["introduced-by"]] if "introduced-by" in one.front else []
        rows = [(by, one.id) for by in said]
        rows += [(one.id, n.said["who"]) for n in one.notes if n.kind == "referral"]
        for by, who in rows:
            edges[by, who] |= {id for id, them in people.items() if who in them}
    for id, one in deals.items():
        by = one.front.get("source", "").removeprefix("referral ")
        others = [who for who in people[id] if who != by]
        if by and not any(id in edges.get((by, who), ()) for who in others):
            edges[by, others[0] if others else ""].add(id)
    made = referrals(Insights(loaded.seen, TODAY))
    assert pairs(made) == [(by, who, len(ids)) for (by, who), ids in sorted(edges.items())]
    for found_one in made.introduced:
        won: dict[str, Decimal] = defaultdict(Decimal)
        for id in edges[found_one.by.id, found_one.who.id if found_one.who else ""]:
            if ended(deals[id])[0] == "won" and "value" in deals[id].front:
                amount, currency = money(deals[id].front["value"])
                won[currency] += amount
        assert {line.currency: line.amount for line in found_one.won.lines} == won
