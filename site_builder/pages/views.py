"""The list of saved views: what each finds now, and the query that it is."""

from __future__ import annotations

from site_builder.insights.topics import Topic, Topics
from site_builder.journal.schema import Schema
from site_builder.pages import coverage
from site_builder.pages.context import Context
from site_builder.pages.links import Link, view_page
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.scopes import scope
from site_builder.pages.sentence import Sentence
from site_builder.pages.sheet import Cell, Row, Section, Sheet, Table, number, numbers, texts
from site_builder.problems import counting
from site_builder.query import saved
from site_builder.query.saved import Found

PATH = "views.html"
IN_NAVIGATION = 8
"""How many views have an entry in the navigation; all are listed."""
_EMPTY = (
    "No views yet. Write them in `pipeline.yml`, each a query by a name, such as "
    "`views: {closing-soon: state:open close<=+30d}`."
)
_COLUMNS = (*texts("View", "Query"), *numbers("Worth", "Deals"))


def views(context: Context, _key: str = "") -> Sheet:
    """The page."""
    deals = context.facts(saved.deals_by_view)
    found = saved.views_of(deals, context.insights).views
    schema = context.journal.schema
    table = Table("Saved views", _COLUMNS, tuple(_row(one, schema) for one in found), is_lines=True)
    count = Link(counting.count(len(found), "saved view"), "#now")
    answer = Sentence(count, ".") if found else ""
    sections = (Section("now", "What each finds now", tables=(table,)),) if found else ()
    return Sheet("Views", answer, sections, empty=_EMPTY)


def _row(one: Found, schema: Schema) -> Row:
    cells = (
        Cell(one.query),
        Cell(coverage.told(one.value, schema)),
        number(one.deals, view_page(one.id)),
    )
    return Row(Cell(one.name, view_page(one.id)), cells, of=scope(view=one.id))


def _shows(schema: Schema, topics: Topics) -> bool:
    return Topic.SOME in topics and bool(schema.views)


PAGE = page_of_facts("views", views, saved.views, NavGroup.VIEWS, "All views", _shows)
