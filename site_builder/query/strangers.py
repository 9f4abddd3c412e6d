"""Whom a query asks for and nobody is: a slip in an id finds nothing, and nothing else tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from site_builder.journal.journal import Journal
from site_builder.journal.schema import Schema
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.suggest import did_you_mean
from site_builder.query.fields import ANY, NONE, QueryField, fields_of
from site_builder.query.folding import folded
from site_builder.query.language import Mistake, terms
from site_builder.query.saved import mistake_in


class There(NamedTuple):
    """The ids of all contacts and deals, and the names of contacts, which are asked for where
    something is no id."""

    contacts: frozenset[str]
    deals: frozenset[str]
    names: Callable[[], Collection[str]]


def there_in(journal: Journal, left_out: Iterable[str] = ()) -> There:
    """Whom a journal has, also those that only its deals name, and those whose files, by their
    paths, are ``left_out``."""
    told = {id for deal in journal.deals for id in (deal.company, *deal.people) if id}
    contacts, deals = (_ids(left_out, folder) for folder in ("contacts", "deals"))
    return There(
        frozenset(told | contacts | {contact.id for contact in journal.contacts}),
        frozenset(deals | {deal.id for deal in journal.deals}),
        lambda: [contact.name for contact in journal.contacts],
    )


def _ids(paths: Iterable[str], folder: str) -> set[str]:
    return {PurePath(path).stem for path in paths if path.startswith(f"{folder}/")}


def strangers(text: str, fields: Mapping[str, QueryField], there: There) -> Iterator[Mistake]:
    """What a query asks for with `=` that no contact or deal has as its id or name, so that it
    finds nothing; nothing is said where there are no others. Raises Mistake where the query can't
    be understood."""
    for term in terms(text):
        field = fields.get(term.field)
        if not term.is_whole or field is None or not field.refers:
            continue
        ids = there.contacts if field.refers == "contact" else there.deals
        for word in term.words if ids else ():
            if not _is_there(word, field.refers, ids, there):
                what = f"`{word}` is no {field.refers}."
                near = did_you_mean(word, ids, f"The {field.refers}s")
                yield Mistake(what, near, term.start, term.end)


def _is_there(word: str, what: str, ids: frozenset[str], there: There) -> bool:
    low = folded(word.strip())
    if low in ids or low in (NONE, ANY):
        return True
    return what == "contact" and low in map(folded, there.names())


def in_pipeline_yml(schema: Schema, there: There) -> Iterator[Problem]:
    """The strangers in queries of views and audiences, each at its place, as warnings. Those that
    can't be understood are told elsewhere."""
    fields = fields_of(schema)
    queries = [
        *((view.query, view.span) for view in schema.views),
        *((one.where, one.where_span) for one in schema.audiences.values()),
    ]
    for text, span in queries:
        try:
            found = tuple(strangers(text, fields, there)) if "=" in text else ()
        except Mistake:
            continue
        for mistake in found:
            problem = mistake_in(text, span, mistake)
            yield Problem(
                problem.code, problem.message, problem.help, problem.span, Severity.WARNING
            )
