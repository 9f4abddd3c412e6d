"""Every line of pipeline.yml, the whole way: from its text to what somebody sees of it.

A name that pipeline.yml can have is a row here; without one the last tests fail.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Mapping
from types import ModuleType
from typing import NamedTuple

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.parse.pipeline_yml import (
    follow_up,
    measures,
    own_fields,
    pipelines,
    schema,
    stages,
    steps,
    targets,
    views,
)
from tests.catalogue import deal
from tests.journals import loaded, site

GROUPS: Mapping[str, tuple[str, ...]] = {
    "journal": schema.JOURNAL_FIELDS,
    "person": targets.PERSON_FIELDS,
    "follow-up": follow_up.FOLLOW_UP_FIELDS,
    "pipeline": pipelines.PIPELINE_FIELDS,
    "field": own_fields.FIELD_FIELDS,
    "stage": stages.STAGE_FIELDS,
    "step": steps.STEP_FIELDS,
    "measure": measures.MEASURE_FIELDS,
    "view": views.VIEW_FIELDS,
}

READERS = [schema, pipelines, own_fields, stages, steps, measures, follow_up, targets, views]

TOP = {
    "journal": "Kestrel",
    "currency": "EUR",
    "visibility": "private",
    "as-of": "2026-11-20",
    "team": "{maria: {name: Maria Lopez}}",
}
STAGES = {"lead": "{}", "offer": "{}", "won": "{type: won}", "lost": "{type: lost}"}


class Row(NamedTuple):
    """A line, what else the journal has, and what is to be seen: a page and a pattern of its
    text or, where ``page`` is empty, a problem's code and a pattern of its help."""

    page: str
    sees: str
    top: Mapping[str, str] = {}
    stage: str = "{}"
    offer: str = "{}"
    pipeline: str = ""
    deal: str = ""
    contact: str = ""

    def files(self) -> dict[str, str]:
        """The journal of the row."""
        top = "".join(f"{name}: {value}\n" for name, value in {**TOP, **self.top}.items())
        ways = {**STAGES, "lead": self.stage, "offer": self.offer}
        listed = "".join(f"      {id}: {value}\n" for id, value in ways.items())
        sales = f"pipelines:\n  sales:\n{_inner(self.pipeline)}    stages:\n{listed}"
        more = self.pipeline if self.pipeline.startswith("  more:") else ""
        jane = self.contact or "---\nname: Jane Roe\n---\n"
        return {
            "pipeline.yml": top + sales + more,
            "contacts/jane-roe.md": jane,
            "deals/acme.md": deal(front="pipeline: sales").replace("title: Bad", "title: Acme"),
            "deals/bad.md": self.deal or deal(),
        }


def _inner(text: str) -> str:
    return "" if text.startswith("  more:") else text


def noted(notes: str, **fields: str) -> str:
    return deal(notes=notes, **fields)


COMPANY = "---\nname: Jane Roe\ntype: company\n{}\n---\n"
MOVED = "## 2026-11-01 stage lead\n\n## 2026-11-10 stage offer\n"
MORE = "  more:\n    extends: sales\n"
OLD = deal(front="pipeline: sales")


ROWS: Mapping[str, tuple[Row, ...]] = {
    "journal.journal": (Row("index.html", r"Ohm &amp; Sons", {"journal": "Ohm & Sons"}),),
    "journal.currency": (
        Row("deals/bad.html", "£5", {"currency": "GBP"}, deal=deal(front="value: 5000")),
        Row("", "invalid-value Did you mean `GBP`", {"currency": "Pounds"}),
    ),
    "journal.visibility": (
        Row("index.html", "noindex"),
        Row("", "invalid-value `private`", {"visibility": "secret"}),
    ),
    "journal.as-of": (Row("index.html", "15 Jan 2026", {"as-of": "2026-01-15"}),),
    "journal.time-zone": (Row("", "invalid-value `Europe/Lisbon`", {"time-zone": "Lisbon"}),),
    "journal.fiscal-year-starts": (
        Row("forecast.html", "2027-Q2", {"fiscal-year-starts": "7"}, stage="{probability: 50%}",
            deal=deal(front="value: 5000\nclose: 2026-12-15")),
        Row("", "invalid-value `12`", {"fiscal-year-starts": "13"}),
    ),
    "journal.rates": (
        Row("index.html", "€500", {"rates": "{USD: 0.5}"}, deal=deal(front="value: 1000 USD")),
        Row("index.html", "€300", {"rates": "{USD: {2020-01-01: 0.5, 2026-07-01: 0.3}}"},
            deal=deal(front="value: 1000 USD")),
    ),
    "journal.repository": (
        Row("deals/bad.html", "https://github.com/us/sales/[^\"]*deals/bad.md",
            {"repository": "https://github.com/us/sales"}),
    ),
    "journal.forge": (
        Row("deals/bad.html", "https://code.example/us/sales/-/blob/",
            {"repository": "https://code.example/us/sales", "forge": "gitlab"}),
    ),
    "journal.issue-forms": (
        Row("deals/bad.html", "https://github.com/us/sales/issues/new[^\"]*deal=bad",
            {"repository": "https://github.com/us/sales", "issue-forms": "yes"}),
    ),
    "journal.probability-from": (
        Row("", "invalid-value `learned`", {"probability-from": "learnt"}),
    ),
    "journal.team": (Row("deals/bad.html", "Maria Lopez"),),
    "journal.roles": (Row("", "invalid-id `data-miner`", {"roles": "{Data miner: Finds}"}),),
    "journal.lost-reasons": (
        Row("deals/bad.html", "Far too dear", {"lost-reasons": "{price: Far too dear}"},
            deal=noted("## 2026-11-02 stage lost\n", stage="stage: lost", front="lost-reason: price")),
        Row("", "invalid-value `price`", {"lost-reasons": "{price: Far too dear}"},
            deal=noted("## 2026-11-02 stage lost\n", stage="stage: lost", front="lost-reason: prise")),
    ),
    "journal.targets": (
        Row("index.html", "€77", {"targets": "{2026-Q4: 77000}"}),
        Row("", "unknown-person `maria`", {"targets": "{tom/2026-Q4: 77000}"}),
    ),
    "journal.rungs": (
        Row("contacts/jane-roe.html", 'class="rungs".*(?i:seen)', {"rungs": "[seen, loved]"},
            contact="---\nname: Jane Roe\n---\n## 2026-11-02 seen\n"),
        Row("contacts/jane-roe.html", 'class="rungs".*(?i:know)',
            contact="---\nname: Jane Roe\n---\n## 2026-11-02 know\n"),
    ),
    "journal.levels": (
        Row("contacts/jane-roe.html", "guest", {"levels": "[guest]"},
            contact=COMPANY.format("level: guest")),
        Row("contacts/jane-roe.html", "ambassador", contact=COMPANY.format("level: ambassador")),
    ),
    "journal.kinds": (
        Row("deals/bad.html", "Site visit", {"kinds": "{site-visit: intangible}"},
            deal=noted("## 2026-11-02 site-visit\n")),
    ),
    "journal.follow-up": (Row("", "invalid-value `follow-up:`", {"follow-up": "24h"}),),
    "journal.contact-requires": (
        Row("contacts/jane-roe.html", "Still missing.*phone", {"contact-requires": "[phone]"}),
    ),
    "journal.pipelines": (
        Row("", "missing-field `stages:`", pipeline="  more: {}\n", deal=OLD),
    ),
    "journal.views": (
        Row("views.html", "Mine.*owner:maria", {"views": "{mine: 'owner:maria'}"}),
        Row("", "invalid-value `maria`", {"views": "{mine: 'owner:mara'}"}),
    ),
    "view.name": (
        Row("view-mine.html", "<h1>.*My own", {"views": "{mine: {name: My own, query: 'owner:maria'}}"}),
    ),
    "view.query": (
        Row("view-mine.html", "1 deal", {"views": "{mine: {query: 'title:acme'}}"}),
        Row("", "missing-field `mine: state:open`", {"views": "{mine: {query: }}"}),
    ),
    "journal.audiences": (
        Row("index.html", "^(?!.*partners)",
            {"audiences": "{partners: {deals: {where: \"tag:partner\", show: [title]}, notes: no}}"}),
        Row("", "unknown-field `title`", {"audiences": "{partners: {deals: {show: [titel]}}}"}),
    ),
    "person.name": (Row("deals/bad.html", "Anna Berg", {"team": "{maria: {name: Anna Berg}}"}),),
    "person.email": (Row("", "invalid-value ", {"team": "{maria: {email: maria}}"}),),
    "person.roles": (Row("", "invalid-id `seller`", {"team": "{maria: {roles: [Seller]}}"}),),
    **{
        f"follow-up.{name}": (Row("", "invalid-value `1?2", {"follow-up": f"{{{name}: {bad}}}"}),)
        for name, bad in [("after-meeting", "2 moons"), ("no-reply", "[2d, 4 moons]"),
                          ("reply-within", "2 moons"), ("loop", "2 moons")]
    },
    "follow-up.touch": (
        Row("contacts/jane-roe.html", "90 days.*by tag press",
            {"follow-up": "{touch: {tag press: 90d}}"},
            contact="---\nname: Jane Roe\ntags: [press]\n---\n"),
        Row("", "invalid-value `level client`", {"follow-up": "{touch: {level clint: 3d}}"}),
    ),
    "pipeline.name": (Row("board.html", "New business", pipeline="    name: New business\n"),),
    "pipeline.fields": (
        Row("deals/bad.html", "Present state.*Chaos", pipeline="    fields: {present-state: text}\n",
            deal=deal(front="present-state: Chaos")),
    ),
    "pipeline.probability-from": (
        Row("", "invalid-value `stage`", pipeline="    probability-from: stages\n"),
    ),
    "pipeline.stages": (Row("board-sales.html", 'data-stage="offer"'),),
    "pipeline.extends": (
        Row("board-more.html", 'data-stage="offer"', pipeline=MORE, deal=OLD),
        Row("", "unknown-pipeline `sales`", pipeline="  more: {extends: sale}\n", deal=OLD),
    ),
    "pipeline.skip": (
        Row("board-more.html", '^(?!.*data-stage="lead").*data-stage="offer"',
            pipeline=MORE + "    skip: [lead]\n", deal=OLD),
        Row("", "unknown-stage `lead`", pipeline=MORE + "    skip: [laed]\n", deal=OLD),
    ),
    "field.type": (
        Row("deals/bad.html", "1 Mar 2027", pipeline="    fields: {starts: {type: date}}\n",
            deal=deal(front="starts: 2027-03-01")),
        Row("", "invalid-value `2027-02-28`", pipeline="    fields: {starts: {type: date}}\n",
            deal=deal(front="starts: 2027-02-30")),
    ),
    "field.name": (
        Row("deals/bad.html", "Begins", pipeline="    fields: {starts: {type: text, name: Begins}}\n",
            deal=deal(front="starts: soon")),
    ),
    "field.options": (
        Row("", "invalid-value `large`", pipeline="    fields: {size: {type: choice, options: [small, large]}}\n",
            deal=deal(front="size: larg")),
    ),
    "stage.name": (Row("board.html", "First talk", stage="{name: First talk}"),),
    "stage.type": (
        Row("", "lost-reason-missing `lost-reason: …`", offer="{type: lost}",
            deal=noted("## 2026-11-02 stage offer\n", stage="stage: offer")),
    ),
    "stage.probability": (Row("deals/bad.html", "35%", stage="{probability: 35%}"),),
    "stage.role": (Row("", "invalid-value ", stage="{role: [seller]}"),),
    "stage.goal": (Row("deals/bad.html", "Find the reason", stage="{goal: Find the reason}"),),
    "stage.measures": (Row("", "invalid-value `measures:", stage="{measures: conversion}"),),
    "stage.knowledge": (Row("deals/bad.html", "What it takes", stage="{knowledge: What it takes}"),),
    "stage.buyer": (Row("deals/bad.html", "They answer", stage="{buyer: They answer}"),),
    "stage.steps": (
        Row("deals/bad.html", "Needs known", stage="{steps: {needs: Needs known}}",
            deal=noted("## 2026-11-02 call\n- [x] needs\n")),
    ),
    "stage.requires": (
        Row("", "gate-unmet `value: …`", stage="{requires: [value]}",
            deal=noted(MOVED, stage="stage: offer")),
    ),
    "stage.relationship": (
        Row("", "trust-missing `dealog log jane-roe --kind trust --from jane-roe TEXT`", stage="{relationship: trust}",
            deal=deal(front="contacts: [jane-roe]")),
    ),
    "stage.stale-after": (
        Row("stale.html", 'data-reason="silent"', stage="{stale-after: 7d}",
            deal=noted("## 2026-11-02 call\n")),
        Row("stale.html", '^(?!.*data-reason="silent")', stage="{stale-after: 18d}",
            deal=noted("## 2026-11-02 call\n")),
    ),
    "stage.was": (
        Row("deals/bad.html", "Entered Offer", offer="{was: [proposal-sent]}",
            deal=noted(MOVED.replace("offer", "proposal-sent"), stage="stage: offer")),
        Row("", "unknown-stage `offer`, as that stage", offer="{was: [proposal-sent]}",
            deal=deal(stage="stage: proposal-sent")),
    ),
    "stage.retired": (
        Row("board.html", '^(?!.*data-stage="offer")', offer="{retired: yes}"),
        Row("", "retired-stage `lead`, `won`", offer="{retired: yes}", deal=deal(stage="stage: offer")),
    ),
    "step.name": (
        Row("deals/bad.html", "Needs known", stage="{steps: {needs: {name: Needs known}}}",
            deal=noted("## 2026-11-02 call\n- [x] needs\n")),
    ),
    "step.required": (
        Row("", r"gate-unmet - \[x\] needs", stage="{steps: {needs: {required: yes}}}",
            deal=noted(MOVED, stage="stage: offer")),
    ),
    "measure.measure": (
        Row("", "invalid-value `conversion`", stage="{measures: [{measure: conversoin, target: 5%}]}"),
    ),
    "measure.target": (
        Row("", "invalid-value 55%", stage="{measures: [{measure: conversion, target: half}]}"),
    ),
    "measure.within": (
        Row("", "invalid-value `14d`", stage="{measures: [{measure: entered, target: 5, within: now}]}"),
    ),
}  # fmt: skip
EACH = [pytest.param(row, id=f"{name}-{at}") for name, rows in ROWS.items() for at, row in enumerate(rows)]  # fmt: skip


@pytest.mark.parametrize("row", EACH)
def test_it_is_seen(row: Row) -> None:
    files = row.files()
    problems = loaded(files).problems
    if row.page:
        assert problems == ()
        assert re.search(row.sees, site(files)[row.page], re.DOTALL)
        return
    code, _, words = row.sees.partition(" ")
    (problem,) = problems
    assert problem.code == code
    assert re.search(words, problem.help)


@pytest.mark.parametrize("row", EACH)
def test_nothing_is_seen_of_it_where_it_is_not_written(row: Row) -> None:
    """So that the test above can fail."""
    plain = Row("", "", deal=row.deal, contact=row.contact).files()
    is_default = not (row.top or row.pipeline) and row.stage == row.offer == "{}"
    if row.page and not is_default and not row.sees.startswith("^(?!"):
        pages = site(plain)
        assert not (row.page in pages and re.search(row.sees, pages[row.page], re.DOTALL))
    elif not row.page and not is_default:
        code, _, words = row.sees.partition(" ")
        assert not any(p.code == code and re.search(words, p.help) for p in loaded(plain).problems)


def test_every_name_has_its_row() -> None:
    known = {f"{group}.{name}" for group, names in GROUPS.items() for name in names}
    assert known == {name for name, rows in ROWS.items() if rows}


@pytest.mark.parametrize("module", READERS)
def test_every_group_of_names_is_listed(module: ModuleType) -> None:
    source = inspect.getsource(module)
    used = re.findall(r"\.known\([^()]*?,\s*([A-Z_]+|\([^)]*\)),?\s*\)", source)
    assert len(used) == source.count(".known(")
    listed = list(GROUPS.values())
    assert all(getattr(module, name) in listed for name in used)


EXAMPLE = """\
journal: Kestrel & Vane
currency: EUR
visibility: private
as-of: 2026-11-20
fiscal-year-starts: 1
rates:
  GBP: 1.17
  USD: {2025-01-01: 0.95, 2026-07-01: 0.92}
time-zone: Europe/Lisbon
repository: https://github.com/kestrel/pipeline
forge: github

team:
  maria: {name: Maria Lopez, email: maria@kestrel.example, roles: [sales-manager]}
roles:
  data-miner: Finds contacts and completes them
lost-reasons: {price: Price, timing: Timing, no-decision: No decision, competitor: Went elsewhere}
targets: {2026-Q4: 120000, 2026: 400000}
rungs: [know, like, trust, respect]
levels: [shopper, client, member, ambassador, positive-activist]
kinds: {workshop: intangible, statement-of-work: tangible}
follow-up: {after-meeting: 24h, no-reply: [2d, 4d, 7d], reply-within: 24h, loop: 30d, touch: {level client: 30d, tag press: 90d, status hot: 7d}}
contact-requires: [email, social, company, news]

pipelines:
  acquisition:
    name: Customer acquisition
    fields:
      present-state: {type: text, name: Present state}
      segment: {type: choice, options: [smb, enterprise]}
    stages:
      qualification:
        name: Qualification
        type: open
        probability: 30%
        role: sales-manager
        goal: Agree what the customer wants to change, with whom, by when
        measures: [{measure: conversion, target: 50%, within: 30d}]
        knowledge: What a rollout takes, from a customer who did one
        buyer: They name the person who decides
        steps:
          needs-analysis: Needs analysis done
          decision-map: {name: Decision process mapped, required: yes}
        requires: [present-state, desired-state, buying-process]
        relationship: like
        stale-after: 21d
        was: [discovery]
      demo: {name: Demo, retired: yes}
  development:
    extends: acquisition
    skip: [raw-lead, marketing]
"""
"""What the format's own example has, whole."""


def test_the_formats_own_example_is_fine() -> None:
    result = load(MemoryTree({"pipeline.yml": EXAMPLE}), lambda: dt.date(2030, 1, 1))
    assert result.journal is not None and result.today == dt.date(2026, 11, 20)
    told = [(p.severity, p.code, p.message.split("`")[1]) for p in result.problems]
    assert told == [
        ("warning", "unknown-role", "sales-manager"),  # which `roles` don't name
        ("warning", "unknown-field", "desired-state"),  # which `fields` don't declare
        ("warning", "unknown-field", "buying-process"),
        ("warning", "unknown-stage", "raw-lead"),  # which the other pipeline does not have
        ("warning", "unknown-stage", "marketing"),
    ]
    schema = result.journal.schema
    assert schema.follow_up.touch[0].name == "client" and schema.time_zone == "Europe/Lisbon"
    stage = schema.pipelines[1].stages[0]
    assert (stage.was, schema.pipelines[0].stages[1].retired) == (("discovery",), True)
