"""The page of referrals: who introduced whom, what that brought, and whom to ask or thank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from site_builder.insights import referrals as facts
from site_builder.insights.chains import Place
from site_builder.insights.referrals import Favour, Referrals
from site_builder.insights.topics import Topic
from site_builder.insights.totals import Totals, add
from site_builder.journal.deal import Deal
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import Link, subject_link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, counted
from site_builder.pages.sheet import (
    NOTHING,
    SHOWN,
    Cell,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    cut,
    group_of_links,
    groups,
    linked,
    number,
    numbers,
    texts,
)
from site_builder.problems import counting

_MADE = "introductions"
_PLACES = 200
"""How many places of chains have a row."""
_DEEPEST = 8
"""How far rows are indented."""
_RULE = (
    "Who introduced somebody is what `introduced-by`, a `referral` note with `who::` and "
    "`source: referral` of a deal say. An introduction brought the deals in which the one "
    "introduced takes part; each is told in one place: that of whom it names as its source, and of "
    "its main contact, if that can be."
)
_OWED = (
    "A favour is owed to whoever introduced somebody and got no `gift` and no `referral` to them "
    "since the last time."
)
_ASK = (
    "Ask people of a won deal who have introduced nobody: those on the highest rung first, then "
    "those spoken to last."
)


def referrals(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.referrals)
    return Sheet(
        "Referrals",
        _answer(found, context),
        (*_chains(found, context), *_owed(found), *_ask(found, context)),
        _RULE,
        "Nobody was introduced, and no won deal has people to ask. Write `introduced-by: ID` into "
        "a contact, or `source: referral ID` into a deal.",
    )


def _answer(found: Referrals, context: Context) -> str:
    """What all introductions brought."""
    if not found.introduced:
        return "Nobody was introduced yet" if found.ask else ""
    roots = [place for place in found.chains if not place.depth]
    won = sum(place.won_deals for place in roots)
    deals = sum(place.deals for place in roots)
    worth = _money(add([place.won for place in roots], context.journal.schema))
    introduced = Link(counting.count(len(found.introduced), "introduction"), f"#{_MADE}")
    brought = counted(deals, counting.count(deals, "deal"), "#brought")
    said = f"{counting.grouped(won)} won{f', {worth}' if worth else ''}"
    return Sentence(introduced, " brought ", brought, "; ", counted(won, said, "#brought-won"))


def _money(totals: Totals) -> str:
    return " + ".join(map(formats.rounded, totals.lines))


def _chains(found: Referrals, context: Context) -> Iterator[Section]:
    if not found.chains:
        return
    shown = found.chains[:_PLACES]
    rows = (*[_place(at, place) for at, place in enumerate(shown)], *_others_of(found, context))
    heads = ("Who", "Deals", "Deals in all", "Won in all", "Open in all")
    by = len({one.by.id for one in found.introduced})
    more = len(found.chains) - len(shown)
    yield Section(
        "chains",
        "Chains of introductions",
        f"{counting.count(len(found.introduced), 'introduction')} by "
        f"{counting.count(by, 'contact')}"
        + (f"; {counting.grouped(more)} further places are not shown" if more else ""),
        tables=(Table("Introductions as a tree", numbers(*heads), rows),),
        rule="Deals are those that the introduction itself brought; in all are these and what all "
        "that follow from it brought.",
        made_of=(
            _made(found),
            *groups(
                [
                    *(row for at in range(len(shown)) for row in _brought(at, found)),
                    *_brought_in_all(found, context),
                ]
            ),
        ),
    )


def _made(found: Referrals) -> Group:
    """All introductions: whom each is of, or what it brought, and by whom."""
    every = found.introduced
    links = [
        Link(f"{link.text}, by {one.by.name}", link.path)
        for one in every[:SHOWN]
        for link in [subject_link(one.who or next(iter(one.brought), one.by))]
    ]
    return group_of_links(_MADE, "Introductions", len(every), links)


def _brought_in_all(
    found: Referrals, context: Context
) -> Iterator[tuple[str, str, Sequence[Deal]]]:
    """What all introductions brought, and what of it is won."""
    every = [deal for place in found.chains for deal in place.brought]
    ended = {deal.id: context.insights.standings[deal.id].outcome for deal in every}
    won = [deal for deal in every if (how := ended[deal.id]) and how.is_won]
    yield "brought", "By way of anybody", every
    yield "brought-won", "By way of anybody, won", won


def _brought(at: int, found: Referrals) -> Iterator[tuple[str, str, Sequence[Deal]]]:
    """What a place of a chain brought, and what all that follow from it did, if there are such."""
    place = found.chains[at]
    follow = takewhile(lambda one: one.depth > place.depth, found.chains[at + 1 :])
    every = [deal for one in (place, *follow) for deal in one.brought]
    yield f"brought-{at}", f"By way of {place.contact.name}", place.brought
    if len(every) > len(place.brought):
        yield f"chain-{at}", f"By way of {place.contact.name} and of whom that led to", every


def _place(at: int, place: Place) -> Row:
    brought, won = len(place.brought), place.won_deals
    own = number(brought, f"referrals.html#brought-{at}") if place.depth or brought else NOTHING
    head = linked(subject_link(place.contact))
    return Row(
        head._replace(aside="also told elsewhere") if place.is_again else head,
        (
            own,
            number(
                place.deals,
                f"referrals.html#{'chain' if place.deals > brought else 'brought'}-{at}",
            ),
            Cell(_money(place.won), aside=counting.count(won, "deal") if won else ""),
            Cell(_money(place.value)),
        ),
        depth=min(place.depth, _DEEPEST),
    )


def _others_of(found: Referrals, context: Context) -> Iterator[Row]:
    """What all chains brought that begin behind the last place that is shown."""
    begin = [at for at, place in enumerate(found.chains) if at >= _PLACES and not place.depth]
    if begin:
        rest = [found.chains[at] for at in begin]
        schema = context.journal.schema
        won = sum(place.won_deals for place in rest)
        cells = (
            number(sum(len(place.brought) for place in found.chains[begin[0] :])),
            number(sum(place.deals for place in rest)),
            Cell(
                _money(add([place.won for place in rest], schema)),
                aside=counting.count(won, "deal") if won else "",
            ),
            Cell(_money(add([place.value for place in rest], schema))),
        )
        yield Row(Cell(f"{counting.count(len(rest), 'further chain')}"), cells, is_sum=True)


def _owed(found: Referrals) -> Iterator[Section]:
    if not found.introduced:
        return
    rows = tuple(
        Row(
            linked(subject_link(one.contact)),
            (
                number(one.deals, f"referrals.html#favour:{one.contact.id}"),
                Cell(_money(one.won)),
                Cell(formats.short_day(one.since) if one.since else "unknown"),
            ),
        )
        for one in found.owed[:SHOWN]
    )
    columns = (*numbers("To", "Deals brought", "Won"), *texts("Since"))
    yield Section(
        "owed",
        "Favours owed",
        counting.count(len(found.owed), "favour") + cut(len(found.owed)),
        tables=(Table("Favours owed", columns, rows),) if rows else (),
        rule=_OWED,
        made_of=groups(_for_favour(one, found) for one in found.owed[:SHOWN]),
        is_closed=True,
    )


def _for_favour(one: Favour, found: Referrals) -> tuple[str, str, Sequence[Deal]]:
    """What the introductions of somebody brought."""
    theirs = [made for made in found.introduced if made.by.id == one.contact.id]
    deals = {deal.id: deal for made in theirs for deal in made.brought}
    return f"favour:{one.contact.id}", f"Introduced by {one.contact.name}", list(deals.values())


def _ask(found: Referrals, context: Context) -> Iterator[Section]:
    if not found.ask:
        return
    rows = tuple(
        Row(
            linked(subject_link(one.contact)),
            (
                Cell(one.rung or "none noted"),
                linked(subject_link(one.deals[-1]), aside=_others(len(one.deals) - 1)),
                Cell(formats.ago(one.last, context.today) if one.last else "never"),
            ),
        )
        for one in found.ask[:SHOWN]
    )
    columns = texts("Whom", "Rung", "Won with them", "Spoken to")
    yield Section(
        "ask",
        "Whom to ask next",
        counting.count(len(found.ask), "person", "people") + cut(len(found.ask)),
        tables=(Table("Whom to ask for an introduction", columns, rows, is_lines=True),),
        rule=_ASK,
    )


def _others(count: int) -> str:
    return f"and {counting.grouped(count)} more" if count else ""


PAGE = page_of_facts(
    "referrals",
    referrals,
    facts.referrals,
    NavGroup.PEOPLE,
    "Referrals",
    lambda _, topics: Topic.BROUGHT in topics,
)
