"""Links from a page to the forms for those without git, filled in with what it is about."""

from __future__ import annotations

from site_builder.hosts.issue_forms import MOVE, NEXT, NOTE, IssueForm
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.repository import Repository
from site_builder.pages.links import Link


def deal_forms(deal: Deal, repository: Repository) -> tuple[Link, ...]:
    """The forms for a deal; none where the journal has none."""
    return (
        *_links("Log a note", NOTE, f"deals/{deal.id}", repository),
        *_links("Move", MOVE, deal.id, repository),
        *_links("Plan the next step", NEXT, deal.id, repository),
    )


def contact_forms(contact: Contact, repository: Repository) -> tuple[Link, ...]:
    """The form for a contact; none where the journal has none."""
    return _links("Log a note", NOTE, f"contacts/{contact.id}", repository)


def _links(text: str, form: IssueForm, id: str, repository: Repository) -> tuple[Link, ...]:
    address = repository.form_of(form.file, form.fields[0].name, id)
    return (Link(text, address),) if address else ()
