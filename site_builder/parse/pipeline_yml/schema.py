"""pipeline.yml to a ``Schema``: pipelines, stages, steps, team, rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from site_builder.journal import values
from site_builder.journal.fields import LEVELS
from site_builder.journal.money import NO_CURRENCY, Rate
from site_builder.journal.repository import NO_REPOSITORY, Repository
from site_builder.journal.schema import Schema
from site_builder.parse import mappings
from site_builder.parse.mappings import Entries, entries_of, node_of, scalar_of, text_of, typed_of
from site_builder.parse.pipeline_yml.config import Config, warn_of_strange_roles
from site_builder.parse.pipeline_yml.follow_up import read_follow_up
from site_builder.parse.pipeline_yml.head import (
    read_fiscal_year,
    read_probability_from,
    read_time_zone,
    read_visibility,
)
from site_builder.parse.pipeline_yml.pipelines import read_pipelines
from site_builder.parse.pipeline_yml.rates import currency_code, read_rates
from site_builder.parse.pipeline_yml.targets import read_targets, read_team
from site_builder.parse.pipeline_yml.views import read_views
from site_builder.parse.pipeline_yml.vocabulary import (
    has_nothing,
    read_contact_requires,
    read_kinds,
    read_ladder,
    read_names,
    read_rungs,
)
from site_builder.parse.reader import Reader
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.conflicts import is_half_merged
from site_builder.source.yaml_nodes import Report, Scalar
from site_builder.source.yaml_text import read_mapping

JOURNAL_FIELDS = (
    "journal",
    "currency",
    "visibility",
    "as-of",
    "time-zone",
    "fiscal-year-starts",
    "rates",
    "repository",
    "forge",
    "issue-forms",
    "team",
    "roles",
    "lost-reasons",
    "targets",
    "rungs",
    "levels",
    "kinds",
    "follow-up",
    "contact-requires",
    "probability-from",
    "pipelines",
    "views",
    "audiences",
)
_REFERRED_TO = ("team", "pipelines", "kinds", "rungs", "levels", "lost-reasons", "as-of")
JOURNAL_REQUIRED = {
    "visibility": "Add `visibility: private`, or `public` where the site may be read by anyone.",
    "pipelines": "Add `pipelines:` with at least one pipeline and its stages.",
}
T = TypeVar("T")


def read_schema(path: str, text: str, report: Report) -> Schema | None:
    """The schema that a pipeline.yml describes; None where there is no making sense of it,
    or no pipeline in it.

    What is wrong in parts is reported and left out.
    """
    if is_half_merged(path, text, report):
        return None
    broken: list[Problem] = []
    root = read_mapping(path, text, 1, broken.append)
    for problem in broken:
        report(problem)
    if root is None:
        return None
    config = Config(report)
    config.is_half_read = any(problem.severity is Severity.ERROR for problem in broken)
    entries = mappings.known(config.reader, "pipeline.yml", root, JOURNAL_FIELDS)
    _mark_lost(config, entries, [problem.span.line for problem in broken])
    for name, help in JOURNAL_REQUIRED.items():
        if name not in entries or has_nothing(entries[name].value):
            place = entries[name].key.span if name in entries else Span.start_of(path)
            message = f"pipeline.yml has no `{name}`."
            config.reader.problem("missing-field", message, help, place)
    schema = _schema(config, entries)
    return schema if schema.pipelines else None


def _mark_lost(config: Config, e: Entries, broken: Iterable[int]) -> None:
    """Mark what could not be read as YAML in these lines, and what an unknown field at the
    top may have been meant for."""
    lines = list(broken)
    for name in _REFERRED_TO:
        node = node_of(name, e)
        is_broken = node is not None and _is_in(node.span, lines)
        if name in config.reader.doubtful or is_broken:
            config.unsure.add(name)
        is_bare = node is None and name in ("team", "pipelines")
        is_blank = isinstance(node, Scalar) and not node.text.strip()
        if config.reader.errors and (is_bare or is_blank):
            config.unsure.add(name)


def _is_in(span: Span, lines: Iterable[int]) -> bool:
    return any(span.line <= line <= span.end_line for line in lines)


def _schema(config: Config, e: Entries) -> Schema:
    reader = config.reader
    config.currency = _currency(reader, e)
    config.rungs = _part(config, "rungs", lambda: read_rungs(reader, e))
    levels = _part(config, "levels", lambda: read_ladder(reader, "levels", e, "level", LEVELS))
    team = _part(config, "team", lambda: read_team(config, e))
    made = Schema(
        name=text_of(reader, "journal", e) or "Pipeline",
        currency=config.currency,
        visibility=read_visibility(reader, e),
        pipelines=_part(config, "pipelines", lambda: read_pipelines(config, e)),
        team=team,
        as_of=_part(config, "as-of", lambda: _as_of(reader, e)),
        time_zone=read_time_zone(reader, e),
        fiscal_year_starts=read_fiscal_year(reader, e),
        rates=_rates(config, e),
        repository=_repository(reader, e),
        roles=read_names(reader, "roles", e, "role"),
        lost_reasons=_part(config, "lost-reasons", lambda: _reasons(reader, e)),
        targets=read_targets(config, e, team),
        rungs=config.rungs,
        levels=levels,
        kinds=_part(config, "kinds", lambda: read_kinds(config, e)),
        follow_up=read_follow_up(reader, node_of("follow-up", e), levels),
        contact_requires=read_contact_requires(reader, e),
        probability_from=read_probability_from(reader, e) or "best",
        views=read_views(reader, e),
    )
    if "audiences" in e:
        from site_builder.parse.pipeline_yml.audiences import read_audiences

        made = replace(made, audiences=read_audiences(config, e, made.pipelines))
    if made.roles:
        warn_of_strange_roles(config, made.roles)
    return replace(made, unsure=frozenset(config.unsure))


def _part(config: Config, name: str, read: Callable[[], T]) -> T:
    """A part of pipeline.yml, marked as unsure where not all of it could be read."""
    before = config.reader.errors
    made = read()
    if config.reader.errors > before:
        config.unsure.add(name)
    return made


def _currency(reader: Reader, e: Entries) -> str:
    scalar = scalar_of(reader, "currency", e)
    return (scalar and currency_code(reader, scalar)) or NO_CURRENCY


def _rates(config: Config, e: Entries) -> dict[str, Rate]:
    written = entries_of(config.reader, "rates", e)
    return read_rates(config.reader, written, config.currency)


def _repository(reader: Reader, e: Entries) -> Repository:
    if not {"repository", "forge", "issue-forms"} & e.keys():
        return NO_REPOSITORY
    from site_builder.parse.pipeline_yml.forges import read_repository, with_issue_forms

    repository = read_repository(reader, e.get("repository"), e.get("forge"))
    return with_issue_forms(reader, e.get("issue-forms"), repository)


def _reasons(reader: Reader, e: Entries) -> dict[str, str]:
    return read_names(reader, "lost-reasons", e, "reason")


def _as_of(reader: Reader, e: Entries) -> dt.date | None:
    return typed_of(reader, "as-of", e, values.date)
