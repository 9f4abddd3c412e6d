"""The page of statuses: who is cold, warm, hot, won or lost, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights import status as facts
from site_builder.insights.insights import HOT_FOR
from site_builder.insights.status import ContactStatuses, OfStatus
from site_builder.journal.contact import Contact
from site_builder.pages import contacts
from site_builder.pages.context import Context
from site_builder.pages.links import Link
from site_builder.pages.page import PageKind
from site_builder.pages.sentence import joined
from site_builder.pages.sheet import Cell, Row, Section, Sheet, Table, groups, number, numbers
from site_builder.pages.windows import footed
from site_builder.problems import counting

PATH = contacts.STATUS
_RULE = (
    "A contact has the status that its file says. Without one it is `won` with a won deal, `hot` "
    f"with an open deal and real contact in the last {HOT_FOR.days} days, `warm` after any real "
    "contact, `lost` where all its deals are, else `cold`."
)


def status(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.contact_statuses)
    shown = [one for one in found.statuses if one.contacts]
    return Sheet(
        "Status",
        joined(", ", map(_counted, shown)),
        (_section(shown, found, context),) if shown else (),
        _RULE,
        "No contacts yet. Each file in contacts/ is one.",
        contacts.ways(context),
        PATH,
    )


def _counted(one: OfStatus) -> Link:
    return Link(f"{counting.grouped(len(one.contacts))} {one.status}", f"#{one.status}")


def _section(shown: list[OfStatus], found: ContactStatuses, context: Context) -> Section:
    rows = tuple(
        Row(
            Cell(one.status, status=one.status),
            (
                number(len(one.contacts), f"{PATH}#{one.status}"),
                number(one.said, f"{PATH}#{one.status}-said"),
            ),
        )
        for one in found.statuses
    )
    every = sum(len(one.contacts) for one in shown)
    columns = numbers("Status", "Contacts", "As their file says")
    return Section(
        "contacts",
        "Contacts by status",
        counting.count(every, "contact"),
        tables=(Table("Contacts by status", columns, rows),),
        made_of=groups(row for one in shown for row in _contacts(one, context)),
    )


def _contacts(one: OfStatus, context: Context) -> Iterator[tuple[str, str, Sequence[Contact]]]:
    """The contacts of a status, and those of them whose file says so."""
    standings = context.insights.contact_standings
    said = [contact for contact in one.contacts if not standings[contact.id].status_worked]
    yield one.status, one.status.capitalize(), one.contacts
    yield f"{one.status}-said", f"{one.status.capitalize()}, as their file says", said


PAGE = PageKind(
    name="status",
    view=footed(status),
    keys=lambda context: ("",) if context.journal.contacts else (),
    path=lambda _: PATH,
    within="contacts",
    facts=facts.contact_statuses,
    is_sheet=True,
)
