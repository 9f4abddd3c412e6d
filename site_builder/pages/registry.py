"""Every page of the site, in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.journal.repository import NO_REPOSITORY
from site_builder.load.loader import Loaded
from site_builder.markup import formats
from site_builder.pages import contacts as contact_list
from site_builder.pages import deals as deal_list
from site_builder.pages.board import board
from site_builder.pages.contact import contact_page
from site_builder.pages.context import Context
from site_builder.pages.deal import deal_page
from site_builder.pages.forecast import forecast
from site_builder.pages.notfound import not_found
from site_builder.pages.overview import overview
from site_builder.pages.parts import board_page, contact_path, deal_path, stage_page
from site_builder.pages.problems import ProblemList, problem_list
from site_builder.pages.stale import stale
from site_builder.problems import counting
from site_builder.problems.problem import errors_in


class Page(NamedTuple):
    """A page: its path in the site, its template, and what makes its view when rendered."""

    path: str
    template: str
    view: Callable[[], object]


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation, perhaps with a count behind it.

    ``badge_noun`` says what is counted, to those who don't see where the badge stands.
    """

    label: str
    path: str
    badge: str = ""
    badge_noun: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What all pages of a site say: templates know it as ``site``.

    ``left_out`` says how many deals and contacts errors keep from the pages, if any.
    """

    name: str
    day: str
    day_text: str
    nav: tuple[NavItem, ...]
    private: bool = True
    repository: str = ""
    left_out: str = ""


NAV = (
    ("Overview", "index.html"),
    ("Board", "board.html"),
    ("Deals", "deals.html"),
    ("Contacts", "contacts.html"),
    ("Forecast", "forecast.html"),
    ("Stale", "stale.html"),
)
"""The navigation; Problems come last, with their count."""


def site_context(loaded: Loaded) -> SiteContext:
    """What all pages of the site say. A journal whose pipeline.yml could not be understood
    has its problems to show, and nothing else."""
    schema = loaded.journal.schema if loaded.journal else None
    entries = tuple(NavItem(label, path) for label, path in NAV) if schema else ()
    return SiteContext(
        name=schema.name if schema else "Journal",
        day=loaded.today.isoformat(),
        day_text=formats.short_day(loaded.today),
        nav=(*entries, _problems_entry(loaded)),
        private=schema is None or schema.visibility == "private",
        repository=schema.repository.address if schema else "",
        left_out=_left_out(loaded.left_out),
    )


def _left_out(paths: tuple[str, ...]) -> str:
    """``1 deal and 2 contacts left out``; nothing where none is."""
    deals = sum(path.startswith("deals/") for path in paths)
    contacts = len(paths) - deals
    parts = [counting.count(deals, "deal")] * bool(deals)
    parts += [counting.count(contacts, "contact")] * bool(contacts)
    return f"{' and '.join(parts)} left out" if parts else ""


def all_pages(loaded: Loaded) -> tuple[Page, ...]:
    """All pages of the site. Their views are made when they are rendered; what they share
    is worked out here."""
    problems = Page("problems.html", "problems.html", partial(_problems, loaded))
    missing = Page("404.html", "404.html", partial(not_found, loaded.journal is not None))
    seen = loaded.seen
    if seen is None:
        index = Page("index.html", "problems.html", problems.view)
        return (index, problems, missing)
    context = Context(Insights(seen, loaded.today)).worked_out()
    return (
        *_fixed(context),
        problems,
        missing,
        *_boards(context),
        *_lists(context),
        *_each(context),
    )


def _problems(loaded: Loaded) -> ProblemList:
    repository = loaded.journal.schema.repository if loaded.journal else NO_REPOSITORY
    return problem_list(loaded.problems, loaded.sources, repository)


def _fixed(context: Context) -> tuple[Page, ...]:
    first = context.journal.schema.pipelines[0]
    return (
        Page("index.html", "overview.html", partial(overview, context)),
        Page("board.html", "board.html", partial(board, context, first)),
        Page("deals.html", "deals.html", partial(deal_list.deals, context)),
        Page("forecast.html", "forecast.html", partial(forecast, context)),
        Page("stale.html", "stale.html", partial(stale, context)),
    )


def _boards(context: Context) -> Iterator[Page]:
    for pipeline in context.journal.schema.pipelines:
        yield Page(board_page(pipeline.id), "board.html", partial(board, context, pipeline))


def _lists(context: Context) -> Iterator[Page]:
    for pipeline in context.journal.schema.pipelines:
        for stage in context.insights.stages_of(pipeline):
            for number in range(1, deal_list.page_count(context, pipeline, stage) + 1):
                path = stage_page(pipeline.id, stage.id, number)
                view = partial(deal_list.stage_list, context, pipeline, stage, number)
                yield Page(path, "stage.html", view)
    everyone = contact_list.Everyone(context)
    for number in range(1, contact_list.page_count(context) + 1):
        view_of = partial(contact_list.contacts, everyone, number)
        yield Page(contact_list.contacts_page(number), "contacts.html", view_of)


def _each(context: Context) -> Iterator[Page]:
    """A page for each deal and contact, those of one company one after the other, for they
    show the same notes."""
    near: defaultdict[str, list[Page]] = defaultdict(list)
    for deal in context.journal.deals:
        page = Page(deal_path(deal), "deal.html", partial(deal_page, context, deal))
        near[deal.company or deal.main_contact or deal.id].append(page)
    for contact in context.journal.contacts:
        view = partial(contact_page, context, contact)
        page = Page(contact_path(contact), "contact.html", view)
        near[contact.company or contact.id].append(page)
    for company in sorted(near):
        yield from near[company]


def _problems_entry(loaded: Loaded) -> NavItem:
    errors = errors_in(loaded.problems)
    warnings = len(loaded.problems) - errors
    parts = [counting.count(errors, "error")] * bool(errors)
    parts += [counting.count(warnings, "warning")] * bool(warnings)
    count = counting.grouped(len(loaded.problems)) if loaded.problems else ""
    return NavItem("Problems", "problems.html", count, " and ".join(parts), bool(errors))
