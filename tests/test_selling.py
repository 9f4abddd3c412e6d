"""Each line of docs/selling.md, on a journal begun with a preset: what is recorded is seen on every
page that the line names, and not where it is not recorded; and a slip is guarded as it says."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import pytest

from site_builder.cli.main import COMMANDS
from site_builder.files.tree import MemoryTree
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, KINDS, NOTE_FIELDS
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages.page import Page
from site_builder.pages.registry import all_pages, site_context
from site_builder.presets.new_journal import new_journal
from site_builder.site.render import Renderer
from tests.places import ROOT
from tests.sites import words
from tests.test_every_line import GROUPS

CONFIGURED = frozenset(name for names in GROUPS.values() for name in names)
TODAY = dt.date(2026, 11, 20)
PIPELINE = new_journal("development", TODAY)["pipeline.yml"].decode()
COMPANY = "---\nname: Juniper Lane\ntype: company\n{}---\n{}"
PERSON = "---\nname: {}\ncompany: juniper-lane\n{}---\n{}"
DEAL = "---\ntitle: {}\nowner: me\npipeline: {}\nstage: {}\n{}---\n{}"
QUALIFIED = "present-state: Paper\ndesired-state: A list\nbuying-process: Nora decides\n"
SOLD = QUALIFIED + "company: juniper-lane\ncontacts: [nora-quill]\nsolution: A list\nvalue: 4000\n"
BOTH = "their-win: Quiet Sundays\nour-win: A story\n"

PLAIN = {
    "pipeline.yml": PIPELINE,
    "contacts/juniper-lane.md": COMPANY.format("", ""),
    "contacts/nora-quill.md": PERSON.format("Nora Quill", "email: n@quill.example\n", ""),
    "deals/one.md": DEAL.format("One", "acquisition", "raw-lead", "company: juniper-lane\n", ""),
}
DECIDING = """
## 2026-09-01 stage qualification
asked-by:: customer

## 2026-09-02 call with nora-quill
- [x] decision-map
- [x] needs-analysis

## 2026-09-10 stage solution-design
asked-by:: us

## 2026-09-20 knowledge to nora-quill
learned:: What it takes
probability:: 45%

## 2026-10-01 stage decision
asked-by:: customer

## 2026-10-02 intervention
trigger:: No answer for a week

## 2026-11-18 meeting with nora-quill
"""
WON = """
## 2026-05-01 stage decision
override:: They rang us

## 2026-05-02 proposal to nora-quill
services:: A list
terms:: Half in advance
deadline:: 2026-06-30
budget:: 4000

- [x] soft-yes
- [x] terms-agreed

## 2026-05-20 stage agreement

## 2026-05-20 invoice to nora-quill
amount:: 4000
due:: 2026-06-01

## 2026-05-28 payment from juniper-lane
amount:: 4000

## 2026-06-01 order from juniper-lane

## 2026-06-29 delivery to nora-quill
due:: 2026-06-30
"""
LOST = """
## 2026-06-01 stage qualification

## 2026-06-03 call with nora-quill
- [x] decision-map

## 2026-07-01 stage lost
lost-reason:: price
"""
RICH = {
    **PLAIN,
    "pipeline.yml": PIPELINE.replace("team:\n", "team:\n  ida: {name: Ida Roth}\n", 1),
    "contacts/juniper-lane.md": COMPANY.format(
        "level: client\n", "\n## 2026-05-20 change\nlevel:: client\n"
    ),
    "contacts/nora-quill.md": PERSON.format(
        "Nora Quill",
        "introduced-by: tom-reed\ntouch-every: 30d\nmilestones: [2026-11-30 Ten years]\nstatus: warm\n",
        "\n## 2026-08-01 know\n\n## 2026-08-02 know to nora-quill\n\n## 2026-09-05 like\n"
        "\n## 2026-09-30 trust\n",
    ),
    "contacts/heath-end.md": "---\nname: Heath End\ntype: company\nlevel: member\n---\n",
    "contacts/tom-reed.md": "---\nname: Tom Reed\n---\n\n## 2026-02-01 call\n",
    "deals/one.md": DEAL.format(
        "One", "acquisition", "decision",
        f"{SOLD}{BOTH}probability: 45%\ncategory: best-case\nclose: 2026-12-10\n"
        "next: 2026-11-30 Ring Nora\nchannel: fair\nsource: referral tom-reed\n",
        DECIDING,
    ),
    "deals/won.md": DEAL.format(
        "Won", "acquisition", "agreement", f"{SOLD}{BOTH}close: 2026-06-01\nrenews: 2027-01-10\n", WON
    ),
    "deals/lost.md": DEAL.format(
        "Gone", "acquisition", "lost", f"{SOLD}lost-reason: price\n", LOST
    ),
    "deals/asleep.md": DEAL.format(
        "Asleep", "development", "parked", "company: juniper-lane\nneed: yes\nwant: no\nwake: 2026-11-01\n",
        "\n## 2026-08-01 stage qualification\n\n## 2026-09-01 stage parked\n",
    ),
}  # fmt: skip
"""A journal that records every line."""


class Line(NamedTuple):
    """What the page at each path says of a line, and for each problem that guards it an edit to the
    journal that records it: a file, what stands there, and what somebody typed instead."""

    seen: Mapping[str, str]
    slips: Mapping[str, tuple[str, str, str]] = {}


ONE, WIN, GONE, ASLEEP = "deals/one.md", "deals/won.md", "deals/lost.md", "deals/asleep.md"
NORA, JUNIPER, CONFIG = "contacts/nora-quill.md", "contacts/juniper-lane.md", "pipeline.yml"
NORAS, JUNIPERS, ONES = (
    "contacts/nora-quill.html", "contacts/juniper-lane.html", "deals/one.html",
)  # fmt: skip
UNDATED = {"outcome-undated": (GONE, r"## \S+ stage \w+\n(lost-reason:: price\n)?", "")}
LINES: Mapping[str, Line] = {
    "R1": Line(
        {"relationships.html": "who climbed last first", NORAS: "Rung They of us", "contacts.html": "they trust, we know"},
        {"rung-skipped": (NORA, "## 2026-08-01 know\n", "")},
    ),
    "R2": Line(
        {"relationships.html": "Decision trust trust Nora Quill"},
        {"trust-missing": (NORA, "## 2026-09-30 trust\n", "")},
    ),
    "R3": Line(
        {"nurture.html": "Asleep", "stale.html": "Overslept: 1"},
        {"far-away": (ASLEEP, "2026-11-01\n", "2036-11-01\n")},
    ),
    "R4": Line(
        {"relationships.html": "1 deal known through one person", "follow-ups.html": "Follow up the meeting",
         "contacts.html": "warm 2 days ago", "stale.html": "should have woken"},
        {"unknown-contact": (ONE, "with nora-quill", "with norah-quill"),
         "future-note": (ONE, "## 2026-11-18 meeting", "## 2027-11-18 meeting")},
    ),
    "P1": Line(
        {"board.html": "Decision 1", "board-acquisition.html": "Decision 1", "board-development.html": "Parked 1",
         ONES: "Stage 5 of 7, Decision"},
        {"unknown-stage": (ONE, "stage: decision", "stage: decisoin"),
         "stage-mismatch": (ONE, "stage: decision", "stage: negotiation"),
         "stage-skipped": (ONE, "\n## 2026-09-10 stage solution-design\nasked-by:: us\n", "")},
    ),
    "P2": Line(
        {"development.html": "client", "companies.html": "client"},
        {"field-mismatch": (JUNIPER, "level: client", "level: member"),
         "company-is-person": (JUNIPER, "type: company\n", "")},
    ),
    "P3": Line({"structure.html": "Qualification 1 1 of 3 3 30"}, UNDATED),
    "P4": Line({"structure.html": "1 won of 3 deals begun"}, UNDATED),
    "P5": Line(
        {"forecast.html": "€1 800", ONES: "45% stage 60%"},
        {"field-mismatch": (ONE, "probability: 45%", "probability: 55%"),
         "ambiguous-percent": (ONE, "probability:: 45%", "probability:: 0.45%")},
    ),
    "P6": Line(
        {"push-pull.html": "asked for 2 of 3 moves"},
        {"invalid-value": (ONE, "asked-by:: us", "asked-by:: them")},
    ),
    "J1": Line(
        {"contacts.html": "Tom Reed", "queues.html": "Tom Reed email, company", NORAS: "Still missing email"},
        {"unknown-contact": (NORA, "company: juniper-lane", "company: juniper-lame"),
         "company-is-person": (JUNIPER, "type: company\n", "")},
    ),
    "J2": Line(
        {"status.html": "2 warm", "contacts.html": "warm", NORAS: "Status warm"},
        {"invalid-value": (NORA, "status: warm", "status: tepid")},
    ),
    "J3": Line(
        {"queues.html": "Proposals to write: 1"},
        {"unknown-role": (CONFIG, "role: sales-manager", "role: sales-manger")},
    ),
    "J4": Line(
        {"modules.html": "1 of 1 proposal accepted"},
        {"invoice-without-proposal": (ONE, "## 2026-11-18 meeting", "## 2026-11-17 invoice\namount:: 5\n\n## 2026-11-18 meeting"),
         "unknown-kind": (WIN, "proposal to nora-quill", "propsal to nora-quill")},
    ),
    "J5": Line(
        {"modules.html": "1 of 1 half paid"},
        {"proposal-incomplete": (WIN, "terms:: Half in advance\n", ""),
         "unpaid-start": (WIN, "## 2026-05-28 payment from juniper-lane\namount:: 4000\n", ""),
         "delivery-late": (WIN, "due:: 2026-06-30", "due:: 2026-06-20")},
    ),
    "J6": Line(
        {"follow-ups.html": "Congratulate: Ten years.*every 30 days", "referrals.html": "Tom Reed 3"},
        {"unknown-contact": (NORA, "introduced-by: tom-reed", "introduced-by: tom-read")},
    ),
    "J7": Line(
        {"follow-ups.html": "within 24 hours of a meeting", "follow-ups.ics": "Follow up the meeting"},
        {"no-next-step": (ONE, "next: 2026-11-30 Ring Nora\n", "")},
    ),
    "J8": Line(
        {"lost.html": "Price"},
        {"lost-reason-missing": (GONE, "lost-reason::? price\n", ""),
         "reason-unasked": (ONE, "## 2026-10-01", "## 2026-09-25 stage lost\n\n## 2026-10-01")},
    ),
    "J9": Line(
        {ONES: "Their win Quiet Sundays", "win-win.html": "2 of 3 deals say what both sides gain"},
        {"win-one-sided": (WIN, "our-win: A story\n", "")},
    ),
    "J10": Line(
        {"handover-me.html": "Next, on 30 Nov: Ring Nora"},
        {"unknown-person": (ONE, "owner: me", "owner: mee")},
    ),
    "S1": Line(
        {ONES: "done: Who decides", "steps.html": "lost 1 of 1"},
        {"gate-unmet": (ONE, r"- \[x\] decision-map\n", ""),
         "unknown-step": (ONE, r"- \[x\] decision-map", "- [x] decision-mop")},
    ),
    "S2": Line(
        {"board.html": "Stage 5, 0 of 3 steps done", "team.html": "5 · 0/3", ONES: "0/3 steps"},
        {"unknown-step": (ONE, r"- \[x\] decision-map", "- [x] decision-mop")},
    ),
    "S3": Line(
        {"team.html": "Ring Nora", "index.html": "€4k open", "board.html": "Ring Nora"},
        {"no-next-step": (ONE, "next: 2026-11-30 Ring Nora\n", "")},
    ),
    "S4": Line(
        {"steps.html": "30% of 10 steps"},
        {"unknown-step": (ONE, r"- \[x\] decision-map", "- [x] decision-mop")},
    ),
    "T1": Line(
        {"exchanges.html": "tangible"},
        {"unknown-kind": (WIN, "proposal to nora-quill", "propsal to nora-quill")},
    ),
    "T2": Line(
        {"exchanges.html": "What such a change takes"},
        {"unknown-field": (ONE, "knowledge to nora-quill", "call to nora-quill")},
    ),
    "T3": Line(
        {"goals.html": "1 of"},
        {"invalid-value": (CONFIG, "measure: conversion", "measure: conversoin")},
    ),
    "T4": Line(
        {"entrances.html": "fair"},
        {"stage-skipped": (ONE, "\n## 2026-09-10 stage solution-design\nasked-by:: us\n", "")},
    ),
    "T5": Line(
        {"map.html": "by level", JUNIPERS: "Who with whom"},
        {"invalid-value": (JUNIPER, "client", "clent")},
    ),
    "T6": Line(
        {"exchanges.html": "No answer for a week"},
        {"unknown-field": (ONE, "intervention\n", "call\n")},
    ),
    "T7": Line({"index.html": r"\b[1-9] more pages"}),
}  # fmt: skip


def loaded(files: Mapping[str, str]) -> Loaded:
    return load(MemoryTree({path: text.encode() for path, text in files.items()}), lambda: TODAY)


@cache
def pages(is_rich: bool) -> tuple[Renderer, Mapping[str, Page]]:
    journal = loaded(RICH if is_rich else PLAIN)
    return Renderer(site_context(journal)), {page.path: page for page in all_pages(journal)}


@cache
def told(path: str, is_rich: bool) -> str:
    renderer, every = pages(is_rich)
    return words(renderer.render(every[path]).decode()) if path in every else ""


def rows() -> Mapping[str, list[str]]:
    """The cells of the table behind its first column, by that."""
    text = (ROOT / "docs/selling.md").read_text("utf-8")
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    return {row[0]: row[1:] for row in cells if re.fullmatch("[A-Z][0-9]+", row[0])}


SEEN = [pytest.param(p, said, id=f"{id}-{p}") for id, one in LINES.items() for p, said in one.seen.items()]  # fmt: skip
SLIPS = [pytest.param(code, *slip, id=f"{id}-{code}") for id, one in LINES.items() for code, slip in one.slips.items()]  # fmt: skip
CODES_BEFORE = Counter(problem.code for problem in loaded(RICH).problems)


@pytest.mark.parametrize(("path", "said"), SEEN)
def test_what_is_recorded_is_seen(path: str, said: str) -> None:
    assert re.search(said, told(path, is_rich=True))
    assert not re.search(said, told(path, is_rich=False))


@pytest.mark.parametrize(("code", "file", "pattern", "instead"), SLIPS)
def test_a_slip_is_guarded(code: str, file: str, pattern: str, instead: str) -> None:
    slipped = loaded({**RICH, file: re.sub(pattern, instead, RICH[file])})
    assert [problem.code for problem in slipped.problems].count(code) > CODES_BEFORE[code]


def test_each_line_says_where_it_is_seen_and_how_it_is_guarded() -> None:
    table = rows()
    lines = [f"{of}{n}" for of, many in (("R", 4), ("P", 6), ("J", 10), ("S", 4), ("T", 7)) for n in range(1, many + 1)]  # fmt: skip
    assert list(table) == list(LINES) == lines
    for id, (_, _, seen, guarded) in table.items():
        assert set(re.findall("`([^`]+)`", guarded)) == set(LINES[id].slips), id
        assert set(_paths(seen)) == set(LINES[id].seen), id


_PLACES = {
    "board-PIPELINE.html": ("board-acquisition.html", "board-development.html"),
    "handover-PERSON.html": ("handover-me.html",),
    "the deal's page": (ONES,),
    "the contact's page": (NORAS,),
    "a company's page": (JUNIPERS,),
    "boards": ("board.html",),
    "the overview": ("index.html",),
}


def _paths(seen: str) -> Iterator[str]:
    """The paths of the pages that a cell names; commands are of pages that it names beside."""
    for said in re.split(", ", re.sub(r" \(.*?\)| once .*|, which .*", "", seen)):
        name = said.strip("`")
        if name.startswith("dealog "):
            assert name.split()[1] in COMMANDS
        else:
            yield from _PLACES.get(name, (name,))


KNOWN = {*DEAL_FIELDS, *CONTACT_FIELDS, *KINDS, *CONFIGURED, "pipeline.yml", "parked"}


def test_what_it_is_recorded_as_is_in_the_format() -> None:
    """Fields, kinds of notes and lines of pipeline.yml."""
    for id, (_, recorded, *_) in rows().items():
        for name in re.findall("`([^`]+)`", recorded):
            is_shape = re.fullmatch(
                r"## DATE trust from jane-roe|- \[x\] STEP|source: referral ID", name
            )
            field = name.removesuffix("::")
            assert is_shape or field in (NOTE_FIELDS if name.endswith("::") else KNOWN), (id, name)
