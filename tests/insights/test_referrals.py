"""Who introduced whom and what that brought, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.referrals import Referrals, referrals
from site_builder.insights.totals import Totals
from site_builder.journal.fields import KINDS
from site_builder.journal.note import Note, NoteFields
from site_builder.load.loader import load
from tests.by_hand import TODAY, WON, day, deal, eur, note
from tests.insights.test_chains import contact, found, of
from tests.insights.test_follow_ups import Raw, people_of
from tests.insights.test_outreach import to_or_from
from tests.insights.test_relationships import _Told
from tests.insights.test_structure import ended
from tests.stories import RUNGS, RawFile, raw, story


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
    files = {path: text.replace(" gift with ", " gift to ") for path, text in story(seed).items()}
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    edges = edges_of(files)
    deals = {one.id: one for one in raw(files, "deals")}
    made = referrals(Insights(loaded.seen, TODAY))
    assert pairs(made) == [(by, who, len(ids)) for (by, who), ids in sorted(edges.items())]
    for found_one in made.introduced:
        won: dict[str, Decimal] = defaultdict(Decimal)
        for id in edges[found_one.by.id, found_one.who.id if found_one.who else ""]:
            if ended(deals[id])[0] == "won" and "value" in deals[id].front:
                amount, currency = money(deals[id].front["value"])
                won[currency] += amount
        assert {line.currency: line.amount for line in found_one.won.lines} == won
    read = _OfFiles(files, edges)
    for one_found in made.introduced:
        key = one_found.by.id, one_found.who.id if one_found.who else ""
        assert one_found.on == read.on(*key)
        assert {deal.id for deal in one_found.brought} == edges[key]
        assert (one_found.won.counted, one_found.won.of) == read.valued(edges[key])


@pytest.mark.parametrize("seed", range(8))
def test_favours_follow_from_the_raw_files(seed: int) -> None:
    files = {path: text.replace(" gift with ", " gift to ") for path, text in story(seed).items()}
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    made, edges = referrals(Insights(seen, TODAY)), edges_of(files)
    read, told = _OfFiles(files, edges), _Told(files)
    assert {one.contact.id: (one.deals, one.since) for one in made.owed} == read.owed()
    for favour in made.owed:
        brought = {id for (by, _), ids in edges.items() if by == favour.contact.id for id in ids}
        assert sums(favour.won) == read.won(brought)
    assert [one.won.in_currency("EUR") for one in made.owed] == sorted(
        [one.won.in_currency("EUR") for one in made.owed], reverse=True
    )
    asked = {
        one.contact.id: ({deal.id for deal in one.deals}, one.rung, one.last) for one in made.ask
    }
    assert asked == {
        id: (
            won,
            told.top_of(id) or "",
            max((n.date for n in told.contacts_with(id)), default=None),
        )
        for id, won in read.of_won_deals().items()
    }
    order = [(-RUNGS.index(one.rung) if one.rung else 1, -(one.last or TODAY.min).toordinal())
             for one in made.ask]  # fmt: skip
    assert order == sorted(order)


def edges_of(files: dict[str, str]) -> dict[tuple[str, str], set[str]]:
    """The deals of each introduction, by who introduced whom."""
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
    return edges


@pytest.mark.parametrize("seed", range(6))
def test_the_sums_of_chains_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    made = referrals(Insights(seen, TODAY))
    edges = {(one.by.id, one.who.id if one.who else ""): {d.id for d in one.brought} for one in made.introduced}  # fmt: skip
    read = _OfFiles(files, edges)
    places, told = made.chains, read.told_once()
    above: list[str] = []
    pairs_told = []
    for at, place in enumerate(places):
        above[place.depth :] = [place.contact.id]
        after = places[at + 1 :]
        ends = [n for n, one in enumerate(after) if one.depth <= place.depth]
        under = after[: ends[0]] if ends else after
        brought = {deal.id for one in (place, *under) for deal in one.brought}
        assert place.deals == len(brought)
        assert place.won_deals == len([id for id in brought if read.is_won(id)])
        assert sums(place.won) == read.won(brought)
        assert sums(place.value) == read.worth({i for i in brought if read.deals[i].type == "open"})
        by = above[-2] if place.depth else ""
        pairs_told += [(by, place.contact.id)] if by else []
        here = {id for id, key in told.items() if by and key == (by, place.contact.id)}
        here |= {
            id for id, key in told.items() if key == (place.contact.id, "") and not place.is_again
        }
        assert {deal.id for deal in place.brought} == here
    assert sorted(pairs_told) == sorted(key for key in edges if key[1])
    firsts = [one.contact.id for one in places if not one.is_again]
    assert sorted(firsts) == sorted({id for key in edges for id in key if id})
    whole = [deal.id for one in places for deal in one.brought]
    assert sorted(whole) == sorted(told)


def sums(total: Totals) -> dict[str, Decimal]:
    return {line.currency: line.amount for line in total.lines}


class _OfFiles:
    """What the lines of a journal say of introductions."""

    def __init__(self, files: dict[str, str], edges: Mapping[tuple[str, str], set[str]]) -> None:
        self.deals = {one.id: one for one in raw(files, "deals")}
        self._read, self._edges = Raw(files), edges

    def is_won(self, id: str) -> bool:
        return ended(self.deals[id])[0] == "won"

    def worth(self, ids: Iterable[str]) -> dict[str, Decimal]:
        found: dict[str, Decimal] = defaultdict(Decimal)
        for id in ids:
            if "value" in self.deals[id].front:
                amount, currency = money(self.deals[id].front["value"])
                found[currency] += amount
        return found

    def won(self, ids: Iterable[str]) -> dict[str, Decimal]:
        return self.worth(filter(self.is_won, ids))

    def valued(self, ids: Iterable[str]) -> tuple[int, int]:
        """How many won ones have a value, of how many."""
        won = [self.deals[id].front for id in ids if self.is_won(id)]
        return sum("value" in front for front in won), len(won)

    def on(self, by: str, who: str) -> dt.date | None:
        notes = self._read.by_id[by].notes
        days = [n.date for n in notes if n.kind == "referral" and n.said["who"] == who]
        return min(days, default=None)

    def _since(self, by: str, who: str) -> dt.date | None:
        """The day of an introduction, or else the first of which there is a note."""
        about = self._read.mentions(self._read.by_id[who]) if who else []
        begun = [n.date for id in self._edges[by, who] for n in self.deals[id].notes]
        return self.on(by, who) or min([*about, *begun], default=None)

    def owed(self) -> dict[str, tuple[int, dt.date | None]]:
        found = {}
        for by in {by for by, _ in self._edges}:
            keys = [key for key in self._edges if key[0] == by]
            since = max((day for key in keys if (day := self._since(*key))), default=None)
            gifts = [n.date for *_, n in self._read.contacts_with(self._read.by_id[by])
                     if (n.kind, n.way) == ("gift", "to")]  # fmt: skip
            if not [day for day in gifts if since is None or day >= since]:
                found[by] = len({id for key in keys for id in self._edges[key]}), since
        return found

    def of_won_deals(self) -> dict[str, set[str]]:
        """The people of won deals who introduced nobody."""
        found: dict[str, set[str]] = defaultdict(set)
        for id, one in self.deals.items():
            for who in people_of(one) if self.is_won(id) else []:
                if who not in {by for by, _ in self._edges}:
                    found[who].add(id)
        return found

    def told_once(self) -> dict[str, tuple[str, str]]:
        """With which introduction each deal is told: by whom it names, of its main contact."""
        found = {}
        for id, one in self.deals.items():
            main = one.front.get("contacts", "").strip("[]").split(", ")[0]
            keys = sorted(key for key, ids in self._edges.items() if id in ids)
            keys = [key for key in keys if one.front.get("source") == f"referral {key[0]}"] or keys
            if keys:
                found[id] = next((key for key in keys if key[1] == main), keys[0])
        return found
