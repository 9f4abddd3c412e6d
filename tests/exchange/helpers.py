"""A small journal to import into, and an import in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from site_builder.exchange.importing import plan_import
from site_builder.exchange.plan import Counts, ImportPlan
from site_builder.files.tree import MemoryTree
from site_builder.journal.schema import Schema
from site_builder.load.loader import load
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.problems.problem import Problem, Severity

PIPELINE = """\
journal: Kestrel & Vane
currency: EUR
visibility: private
as-of: 2026-11-20
team:
  maria: {name: Maria Lopez, email: maria@kestrel.example}
  otto: Otto Brandt
lost-reasons: {price: Too dear, timing: Timing}
levels: [shopper, client]
rungs: [know, like]
pipelines:
  sales:
    name: Sales
    fields:
      segment: {type: choice, options: [smb, enterprise]}
      present-state: text
      renewal: date
    stages:
      lead: {name: New lead, steps: {call: First call}}
      offer: {name: Offer}
      won: {name: Closed Won, type: won}
      lost: {name: Closed Lost, type: lost}
"""

DEALS = """\
import: deals
source: crm
key: Id
fields: {title: Name, owner: Owner, stage: Stage, value: Amount, close: Close}
"""

Files = Mapping[str, bytes]


def schema(text: str = PIPELINE) -> Schema:
    problems: list[Problem] = []
    made = read_schema("pipeline.yml", text, problems.append)
    assert made is not None
    assert not problems
    return made


SCHEMA = schema()


def plan(
    csv: str | bytes, map: str, files: Files | None = None, beside: Files | None = None
) -> ImportPlan:
    data = csv.encode() if isinstance(csv, str) else csv
    tree = MemoryTree({"pipeline.yml": PIPELINE, **(files or {})})
    return plan_import("f.csv", data, "m.yml", map, SCHEMA, tree, beside or {})


def one(csv: str, map: str, files: Files | None = None) -> str:
    """The text of the one file that an import writes, all being well."""
    made = plan(csv, map, files)
    assert told(made) == []
    (data,) = made.files.values()
    return data.decode()


def told(made: ImportPlan, path: str = "") -> list[tuple[int, int, str]]:
    """Line, column and code of each problem."""
    return [
        (p.span.line, p.span.column, p.code) for p in made.problems if p.span.path.startswith(path)
    ]


def adds_up(counts: Counts) -> bool:
    parts = counts.taken + counts.already_there + counts.left_alone
    return counts.rows == parts + counts.skipped + counts.refused


def errors(files: Files, pipeline: str = PIPELINE) -> list[str]:
    """What `dealog check` holds against the files, warnings aside."""
    loaded = load(MemoryTree({"pipeline.yml": pipeline, **files}), lambda: dt.date(2026, 11, 20))
    return [
        f"{p.span.path}:{p.span.line}: {p.code}: {p.message}"
        for p in loaded.problems
        if p.severity is Severity.ERROR
    ]
