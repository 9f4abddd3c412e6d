"""What has to be known of a tree before its deals and contacts are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from hashlib import sha256
from typing import NamedTuple

from site_builder.files.tree import CONFIG, FILE, Tree, TreeFile
from site_builder.journal.schema import Schema
from site_builder.load.codec import Codec
from site_builder.load.listing import Listed, journal_files
from site_builder.load.reading import Keep, Reading, bytes_of, ids_by_name, names_of
from site_builder.load.rules import Rules
from site_builder.load.today import Days, Today, today_of
from site_builder.parse.asked import Asked, Ids
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.parse.referents import Referents
from site_builder.problems.problem import Problem
from site_builder.source.document import decode
from site_builder.source.yaml_nodes import Report


class NoJournal(Exception):
    """The tree has no pipeline.yml, so it is no journal."""


class Prepared(NamedTuple):
    """All that is known before deals and contacts are read: which there are, and what their names
    have for ``problems``; the schema; the day; and what reads them."""

    tree: Tree
    listed: Listed
    problems: list[Problem]
    schema: Schema | None
    days: Days
    day: Today
    rules: Rules
    reading: Reading
    config: bytes


def prepare(
    tree: Tree,
    clock: Callable[[], dt.date],
    today: dt.date | None,
    keep: Keep,
    files: Sequence[TreeFile] | None = None,
    like: Prepared | None = None,
) -> Prepared:
    """All that has to be known before deals and contacts are read: see ``load``. It is the same day
    as for another journal that this one is ``like``, and where both have the same pipeline.yml they
    have one schema."""
    problems: list[Problem] = []
    files = tuple(tree.files()) if files is None else files
    listed = journal_files(files, problems)
    schema, config = _config(tree, files, problems.append)
    if schema and listed.unsure:
        schema = replace(schema, unsure=schema.unsure | listed.unsure)
    days = Days(today, schema.as_of, schema.time_zone) if schema else Days(today)
    day = like.day if like is not None else today_of(days, clock)
    if schema and schema.views:
        from site_builder.query.saved import sound

        schema = sound(schema, day.date, problems.append)
    if like is not None and schema == like.schema:
        schema = like.schema
    if schema and schema.audiences and not schema.unsure:
        from site_builder.audiences.where import misunderstood

        problems += misunderstood(schema, day.date)
    rules = Rules(day, is_asked=today is not None)
    codec = Codec(schema) if schema else None
    known = referents(tree, listed, schema, day) if schema else None
    reading = Reading(tree, known, rules, codec, keep)
    if schema and (schema.views or schema.audiences) and not schema.unsure:
        problems += _strangers(schema, listed, tree)
    digest = sha256(config).digest() if keep and config is not None else b""
    return Prepared(tree, listed, problems, schema, days, day, rules, reading, digest)


def _strangers(schema: Schema, listed: Listed, tree: Tree) -> list[Problem]:
    """Whom queries of pipeline.yml ask for and nobody is; none of the questions is noted down."""
    from site_builder.query.strangers import There, in_pipeline_yml

    there = There(
        frozenset(listed.ids("contacts")),
        frozenset(listed.ids("deals")),
        lambda: [*names_of(tree, listed.found, "contacts")],
    )
    return list(in_pipeline_yml(schema, there))


def referents(tree: Tree, listed: Listed, schema: Schema, day: Today) -> Referents:
    """What files can refer to, of those that are listed."""
    asked, names = Asked(), cache(partial(ids_by_name, tree, listed.found))

    def called(folder: str) -> Mapping[str, str]:
        asked.by_name = True
        return names(folder)

    contacts, deals = Ids(listed.ids("contacts"), asked), Ids(listed.ids("deals"), asked)
    return Referents(schema, contacts, deals, day.begun, called, asked)


def read_config(tree: Tree, report: Report) -> tuple[Schema | None, str]:
    """The schema of a tree, and the text it was read from.

    Raises NoJournal where there is no pipeline.yml.
    """
    schema, data = _config(tree, tree.files(), report)
    text = decode(CONFIG, data, lambda _problem: None) if data is not None else None
    return schema, text or ""


def _config(
    tree: Tree, files: Iterable[TreeFile], report: Report
) -> tuple[Schema | None, bytes | None]:
    config = next((file for file in files if file.path == CONFIG), None)
    if config is None:
        raise NoJournal
    data = bytes_of(tree, CONFIG, report) if config.kind == FILE else None
    text = decode(CONFIG, data, report) if data is not None else None
    return (None if text is None else read_schema(CONFIG, text, report)), data
