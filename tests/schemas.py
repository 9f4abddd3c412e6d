"""Schemas read from the text of a pipeline.yml."""

from __future__ import annotations

from site_builder.journal.schema import Schema
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.problems.problem import Problem

HEAD = "visibility: private\ncurrency: EUR\nrungs: [know, like]\nteam:\n  maria: {name: Maria, roles: [seller]}\n"
PIPES = "pipelines:\n  sales:\n    stages:\n      lead: {probability: 10%}\n      offer:\n        steps: {quote: Quote sent}\n      won: {type: won}\n"


def read(text: str) -> tuple[Schema | None, list[Problem]]:
    """The schema of a pipeline.yml, and its problems, each of which has help."""
    problems: list[Problem] = []
    schema = read_schema("pipeline.yml", text, problems.append)
    assert all(problem.help for problem in problems)
    return schema, problems


def good(text: str) -> Schema:
    """The schema of a pipeline.yml that has no problems."""
    schema, problems = read(text)
    assert problems == []
    assert schema is not None
    return schema
