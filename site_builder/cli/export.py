"""``dealog export``: deals and contacts for other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from site_builder.cli.asking import Asking, Words, asked, looked_at
from site_builder.cli.exits import Refused, exit_beside
from site_builder.cli.options import format_option, rev_option, today_option
from site_builder.cli.printing import has_ascii_alone, out, say
from site_builder.exchange.exported import Subject, as_csv, as_facts, columns
from site_builder.exchange.facts import as_json
from site_builder.exchange.listed import listed
from site_builder.exchange.vcard import vcards
from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.load.loaded import Loaded
from site_builder.problems import counting


class _Exported(NamedTuple):
    """What is exported, and the fields that an audience is shown of it, if it is for one."""

    insights: Insights
    shown: Sequence[str] | None = None


@click.command(cls=Asking)
@click.argument("what", type=click.Choice(["deals", "contacts"]))
@click.argument("words", nargs=-1, metavar="[QUERY]…", type=Words())
@format_option("csv", "json", "vcard", help="How to print them.")
@click.option("--audience", metavar="NAME", help="Only what this audience is shown.")
@rev_option
@today_option
@click.pass_obj
def export(
    folder: Path,
    what: str,
    words: Sequence[str],
    shape: str,
    audience: str | None,
    rev: str | None,
    today: dt.date | None,
) -> None:
    """Print deals or contacts for other programs.

    With all their fields, as in `dealog export deals state:open`. Of a query deals are those that
    it means, and contacts those who take part in them. For an audience it is what that is shown,
    and a query is asked of that. Notes are not exported.
    """
    if shape == "vcard" and what == "deals":
        raise Refused("Deals are no cards: `dealog export contacts --format vcard`, or csv.")
    loaded, insights = looked_at(folder, today, rev)
    made = _Exported(insights) if audience is None else _for(loaded, audience, what)
    found = _asked(made.insights, what, words)
    journal = made.insights.journal
    if shape == "vcard":
        out(vcards([one for one in found if isinstance(one, Contact)], journal))
    elif shape == "csv":
        out(as_csv(found, columns(what, journal, made.shown)))
    else:
        facts = as_facts(what, found, columns(what, journal, made.shown), insights.today)
        out(as_json(facts, in_ascii=has_ascii_alone()) + "\n")
    say(f"{counting.count(len(found), what.removesuffix('s'))}, as of {insights.today}.")
    exit_beside(loaded.findings)


def _for(loaded: Loaded, name: str, what: str) -> _Exported:
    """What an audience is shown. Raises Refused where there is none of this name."""
    from site_builder.cli.audiences import audience_of, shown_to

    assert loaded.journal is not None
    audience = audience_of(loaded.journal.schema, name)
    insights = Insights(shown_to(loaded, audience).journal, loaded.today)
    return _Exported(insights, audience.deals if what == "deals" else audience.contacts)


def _asked(insights: Insights, what: str, words: Sequence[str]) -> list[Subject]:
    """The deals that a query means, by id, or the contacts who take part in them."""
    journal = insights.journal
    if not words:
        return [*(journal.deals if what == "deals" else journal.contacts)]
    meant = {one.deal.id for one in listed(insights, asked(words, insights))}
    deals = [deal for deal in journal.deals if deal.id in meant]
    if what == "deals":
        return [*deals]
    people = {id for deal in deals for id in deal.people}
    return [contact for contact in journal.contacts if contact.id in people]
