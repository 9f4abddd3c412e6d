"""``company-is-person``: a person is named as a company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from operator import attrgetter

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.problems import counting
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """The `company` of a deal or person is a contact of `type: company`. A company whose file
    lacks that line counts as a person everywhere; it is told once, where it is first named.

    Bad: `company: jane-roe` in a deal.
    """
    for person, named_by in named_as_companies(journal):
        yield _problem(person, named_by)


def named_as_companies(journal: Journal) -> Iterator[tuple[Contact, tuple[Deal | Contact, ...]]]:
    """The persons that are named as companies, and the deals and contacts that do so, by path.
    Of these the problem is in the first."""
    named: dict[str, list[Deal | Contact]] = {}
    for subject in journal.subjects:
        if subject.company:
            named.setdefault(subject.company, []).append(subject)
    for contact in journal.contacts:
        if not contact.is_company and contact.id in named:
            yield contact, tuple(sorted(named[contact.id], key=attrgetter("path")))


def _problem(person: Contact, named_by: tuple[Deal | Contact, ...]) -> Problem:
    first, more = named_by[0], len(named_by) - 1
    also = f", as in {counting.count(more, 'other file')}" if more else ""
    own = f", or name the company: `company: {person.company}`" if person.company else ""
    return Problem(
        "company-is-person",
        f"`{person.id}` is named as a company here{also}, and is a person.",
        f"Write `type: company` into {person.path}{own}.",
        first.spans["company"],
        Severity.WARNING,
    )
