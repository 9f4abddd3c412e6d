"""Tables of the deals and contacts that are shown, and sums of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.insights import totals
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import subject_link
from site_builder.pages.sheet import Cell, Column, Row, Table, linked
from site_builder.pages.shown.fields import fact_of, label_of, text_of
from site_builder.problems import counting

RULE = "All figures are of what is shown here, and of nothing else."
_OF_DEALS = (
    "company stage value close owner pipeline next probability category created channel".split()
)
_OF_CONTACTS = "company role email phone status level owner".split()
_MOST = 5
_NUMBERS = ("money", "percent")


def deals_table(deals: Iterable[Deal], context: Context, label: str) -> Table:
    """Deals with the first of the fields that are listed."""
    names = _first(_OF_DEALS, context.audience.deals)
    return _table("Deal", names, deals, context, label)


def contacts_table(contacts: Iterable[Contact], context: Context, label: str) -> Table:
    """Contacts with the first of the fields that are listed."""
    names = _first(_OF_CONTACTS, context.audience.contacts)
    return _table("Name", names, contacts, context, label)


def sum_of(deals: Sequence[Deal], context: Context, with_value: str = "") -> str:
    """What deals are worth, each currency apart, and of how many that is the sum where some have
    no value, ``with_value`` behind that; nothing where values are not listed."""
    if "value" not in context.audience.deals:
        return ""
    total = totals.total([d.value for d in deals], context.journal.schema, context.today)
    text = " + ".join(formats.rounded(money) for money in total.lines)
    covers = f" ({total.counted} of {total.of}{with_value})" if total.missing and text else ""
    return text + covers


def counted(deals: Sequence[Deal], context: Context) -> str:
    """How many deals there are, and what they are worth."""
    worth = sum_of(deals, context, " have a value")
    count = counting.count(len(deals), "deal")
    return f"{count}, {worth}" if worth else count


def _first(wanted: Iterable[str], listed: Sequence[str]) -> list[str]:
    """Of the fields that are wanted in a table the first few that are listed."""
    return [name for name in wanted if name in listed][:_MOST]


def _table(
    first: str,
    names: Sequence[str],
    subjects: Iterable[Deal | Contact],
    context: Context,
    label: str,
) -> Table:
    columns = (Column(first, is_number=False), *map(_column, names))
    rows = tuple([_row(one, names, context) for one in subjects])
    return Table(label, columns, rows, is_lines=len(columns) > 1)


def _column(name: str) -> Column:
    known = DEAL_FIELDS.get(name) or CONTACT_FIELDS[name]
    return Column(label_of(name), is_number=known.type in _NUMBERS)


def _row(subject: Deal | Contact, names: Iterable[str], context: Context) -> Row:
    cells = tuple([_cell(subject, name, context) for name in names])
    return Row(linked(subject_link(subject)), cells)


def _cell(subject: Deal | Contact, name: str, context: Context) -> Cell:
    fact = fact_of(subject, name, context, "")
    path = fact.links[0].path if len(fact.links) == 1 else ""
    return Cell(text_of(fact), path)
