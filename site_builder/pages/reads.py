"""Which deals and contacts a page is made of: ``deals/acme``, ``contacts/jane-roe``."""

from __future__ import annotations

from site_builder.insights.named import name_of, named_in
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.pages.context import Context


def with_named(subject: Deal | Contact) -> frozenset[str]:
    """A deal or contact and all that its file names, whether it is there or not."""
    return frozenset((name_of(subject), *named_in(subject)))


def about_contact(context: Context, id: str) -> frozenset[str]:
    """The contact with all that its file names; its people, and whom it brought; the deals that
    it is part of, and the files whose notes are about it, with all that they name."""
    insights, journal = context.insights, context.journal
    found = set(with_named(journal.contacts_by_id[id]))
    found.update(map(name_of, journal.people_of.get(id, ())))
    found.update(map(name_of, insights.introduced.get(id, ())))
    found.update(map(name_of, insights.referred.get(id, ())))
    files = {mention.subject.path: mention.subject for mention in insights.mentions.get(id, ())}
    files |= {deal.path: deal for deal in journal.deals_of.get(id, ())}
    return frozenset(found.union(*map(with_named, files.values())))
