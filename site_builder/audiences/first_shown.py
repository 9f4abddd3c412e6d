"""What audiences would be shown for the first time: for a review, before it is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Sequence

from site_builder.audiences.projection import Projection
from site_builder.audiences.where import mistake_of
from site_builder.insights.named import name_of
from site_builder.journal.audience import Audience
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.problems import counting
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.problems.suggest import listed

_MOST = 8


def first_shown(
    before: tuple[Journal, Sequence[Problem]] | None,
    after: tuple[Journal, Sequence[Problem]],
    changed: Container[str],
    today: dt.date,
) -> Iterator[Problem]:
    """What each audience is shown after a change and was not before, as warnings, of two journals
    with their problems: in the files that ``changed`` where it is these that are shown, and else at
    the audience."""
    for audience in after[0].schema.audiences.values():
        shown = _shown(after, audience, today)
        if shown is not None:
            was = before[0].schema.audiences.get(audience.id) if before else None
            had = _shown(before, was, today) if before and was else None
            yield from _fields(audience, was if had else None)
            yield from _subjects(audience, shown, had, changed)


def _shown(
    side: tuple[Journal, Sequence[Problem]], audience: Audience, today: dt.date
) -> Projection | None:
    """What an audience is shown; None where nobody can say."""
    journal, problems = side
    if not audience.is_sound or mistake_of(audience, journal.schema, today):
        return None
    return Projection(journal, audience, today, problems)


def _fields(audience: Audience, was: Audience | None) -> Iterator[Problem]:
    if was is None:
        yield _told(audience, "is there", audience.span)
        return
    for what, now, then in (
        ("deals", audience.deals, was.deals),
        ("contacts", audience.contacts, was.contacts),
    ):
        new = [name for name in now if name not in then]
        if new:
            yield _told(audience, f"is shown {listed(new)} of {what}", audience.span)
    if audience.notes and not was.notes:
        yield _told(audience, "is shown notes", audience.span)


def _subjects(
    audience: Audience, shown: Projection, had: Projection | None, changed: Container[str]
) -> Iterator[Problem]:
    files: list[Deal | Contact] = [*had.deals, *had.contacts] if had else []
    known = {name_of(one) for one in files}
    for noun, every in (("deal", shown.deals), ("contact", shown.contacts)):
        new = [one for one in every if name_of(one) not in known]
        own = {one.id: one for one in new if had and one.path in changed}
        yield from (_told(audience, f"is shown this {noun}", _place(one)) for one in own.values())
        others = [one.id for one in new if one.id not in own]
        if others:
            more = len(others) - _MOST
            and_more = f" and {counting.grouped(more)} more" if more > 0 else ""
            what = f"is shown {counting.count(len(others), noun)}: {listed(others[:_MOST])}"
            yield _told(audience, what + and_more, audience.span)


def _place(subject: Deal | Contact) -> Span:
    name = "title" if isinstance(subject, Deal) else "name"
    return subject.spans.get(name) or Span.start_of(subject.path)


def _told(audience: Audience, what: str, span: Span) -> Problem:
    return Problem(
        "audience-shows-more",
        f"The audience `{audience.id}` {what} for the first time.",
        f"See whether that is meant: `dealog serve --audience {audience.id}` has what it is shown.",
        span,
        Severity.WARNING,
    )
