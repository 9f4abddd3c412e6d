"""An example of every code of a problem: documentation and test in one.

In an example, ⟦…⟧ stands around the exact stretch that the problem points at; an empty
⟦⟧ marks a place. `python -m tests.catalogue` prints docs/problems.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.audiences.first_shown import first_shown
from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.load.pair import load_pair
from site_builder.problems.codes import CODES
from site_builder.problems.problem import Problem
from site_builder.review.compare import compare
from site_builder.review.sides import Side, Sides

PIPELINE = """\
journal: Kestrel & Vane
currency: EUR
visibility: private
as-of: 2026-11-20
team:
  maria: {name: Maria Lopez}
lost-reasons: {price: Price}
rungs: [know, like, trust, respect]
pipelines:
  sales:
    fields:
      present-state: {type: text}
      partner-deal: {type: deal}
    stages:
      lead: {stale-after: 14d}
      qualification:
        steps:
          needs-analysis: Needs analysis done
          decision-map: {name: Decision process mapped, required: yes}
      decision:
        relationship: like
      negotiation: {}
      won: {type: won}
      lost: {type: lost}
"""

BASE: Mapping[str, str] = {
    "pipeline.yml": PIPELINE,
    "contacts/jane-roe.md": "---\nname: Jane Roe\n---\n",
    "deals/acme.md": (
        "---\ntitle: ACME rollout\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"
    ),
}


@dataclass(frozen=True)
class Example:
    """A code, and the file in which it happens; of a change, what the file said before."""

    code: str
    bad: str
    path: str = "deals/bad.md"
    files: Mapping[str, str] = field(default_factory=dict)
    before: str = ""


def deal(
    front: str = "", notes: str = "", stage: str = "stage: lead", owner: str = "owner: maria"
) -> str:
    """A deal's file that is fine but for what is put into it."""
    lines = ["title: Bad", owner, stage, "next: 2026-12-01 Call Jane", front]
    return "---\n" + "".join(line + "\n" for line in lines if line) + "---\n" + notes


_PROPOSED = BASE["deals/acme.md"] + (
    "## 2026-10-01 proposal to jane-roe\nservices:: Rollout\nterms:: Half in advance\n"
    "deadline:: 2026-12-01\nbudget:: 500\n"
)
_LOST = (
    "---\ntitle: Gone\nowner: maria\nstage: lost\nlost-reason: price\n---\n"
    "## 2026-10-12 stage lost by maria — Too expensive\n"
)
EXAMPLES = (
    Example(
        "yaml-syntax",
        deal(front="channel: Fair⟦:⟧ Berlin"),
    ),
    Example("duplicate-key", deal(front="⟦owner⟧: maria")),
    Example(
        "forbidden-yaml",
        deal(front="channel: ⟦!!str⟧ fair"),
    ),
    Example(
        "unknown-field",
        deal(front="⟦chanel⟧: fair"),
    ),
    Example(
        "missing-field",
        "⟦⟧---\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n",
    ),
    Example("invalid-value", deal(front="close: ⟦2026-02-30⟧")),
    Example(
        "ambiguous-amount",
        deal(front="value: ⟦25.000⟧"),
    ),
    Example(
        "unknown-stage",
        deal(stage="stage: ⟦qualifcation⟧"),
    ),
    Example(
        "retired-stage",
        deal(stage="stage: ⟦demo⟧"),
        files={"pipeline.yml": PIPELINE + "      demo: {retired: yes}\n"},
    ),
    Example("unknown-person", deal(owner="owner: ⟦marai⟧")),
    Example(
        "unknown-contact",
        deal(front="contacts: [⟦jane-ro⟧ champion]"),
    ),
    Example("unknown-deal", deal(front="partner-deal: ⟦acmee⟧")),
    Example(
        "unknown-pipeline",
        deal(front="pipeline: ⟦sale⟧"),
    ),
    Example("invalid-id", "⟦⟧" + deal(), path="deals/Bad Deal.md"),
    Example(
        "duplicate-id",
        "⟦⟧" + deal(),
        path="deals/late/acme.md",
    ),
    Example(
        "invalid-note",
        deal(notes="## 2026-10-24 call with jane-roe ⟦Wants a quote⟧\n"),
    ),
    Example(
        "unknown-kind",
        deal(notes="## 2026-10-24 ⟦meting⟧ with jane-roe\n"),
    ),
    Example(
        "future-note",
        deal(notes="## ⟦2026-11-21⟧ call with jane-roe\n"),
    ),
    Example(
        "stage-mismatch",
        deal(stage="stage: ⟦qualification⟧", notes="## 2026-10-24 stage lead\n"),
    ),
    Example(
        "field-mismatch",
        deal(front="value: ⟦40000⟧", notes="## 2026-10-24 change\nvalue:: 48000\n"),
    ),
    Example(
        "gate-unmet",
        deal(
            stage="stage: decision",
            notes="## 2026-10-01 stage qualification\n\n## 2026-10-24 stage ⟦decision⟧\n",
        ),
    ),
    Example(
        "lost-reason-missing",
        deal(stage="stage: ⟦lost⟧", notes="## 2026-10-24 stage lost\n"),
    ),
    Example(
        "too-large",
        deal(front="channel: " + "[" * 31 + "⟦[⟧" + "]" * 32),
    ),
    Example(
        "no-file-links",
        f"repository: ⟦https://git.example/kestrel/pipeline⟧\n{PIPELINE}",
        path="pipeline.yml",
    ),
    Example("not-utf8", deal(front="channel: Messe K⟦\udcf6⟧ln")),
    Example(
        "stray-file",
        "⟦⟧hello",
        path="deals/notes.txt",
    ),
    Example(
        "unknown-step",
        deal(notes="## 2026-10-24 call with jane-roe\n- [x] ⟦needs-analisys⟧: all of it\n"),
    ),
    Example(
        "outcome-undated",
        deal(
            stage="stage: ⟦won⟧",
            front="created: 2026-01-05\nclose: 2026-10-20",
            notes="## 2026-10-01 call\n- [x] decision-map\n",
        ),
    ),
    Example(
        "stage-skipped",
        deal(
            stage="stage: negotiation",
            notes="## 2026-10-01 stage qualification\n- [x] decision-map\n\n## 2026-10-24 stage ⟦negotiation⟧\n",
        ),
    ),
    Example(
        "rung-skipped",
        deal(notes="## 2026-10-24 ⟦trust⟧ from jane-roe\n"),
    ),
    Example(
        "trust-missing",
        deal(
            stage="stage: ⟦decision⟧",
            front="contacts: [jane-roe]",
            notes="## 2026-10-24 call\n- [x] decision-map\n",
        ),
    ),
    Example(
        "delivery-late",
        deal(notes="## 2026-10-09 delivery to jane-roe\ndue:: ⟦2026-10-01⟧\n"),
    ),
    Example(
        "invoice-without-proposal",
        deal(notes="## 2026-10-09 ⟦invoice⟧ to jane-roe\namount:: 500\n"),
        files={"deals/acme.md": _PROPOSED},
    ),
    Example(
        "proposal-incomplete",
        deal(notes="## 2026-10-09 ⟦proposal⟧ to jane-roe\nservices:: Rollout\nbudget:: 500\n"),
    ),
    Example(
        "reason-unasked",
        deal(notes="## 2026-05-02 stage ⟦lost⟧\n\n## 2026-10-09 stage lead\n"),
        files={"deals/gone.md": _LOST},
    ),
    Example(
        "unpaid-start",
        deal(
            notes="## 2026-10-09 ⟦order⟧ from jane-roe\n\n"
            "## 2026-10-19 payment from jane-roe\namount:: 500\n"
        ),
    ),
    Example(
        "win-one-sided",
        deal(
            stage="stage: won",
            front="their-win: ⟦Ships in time⟧",
            notes="## 2026-10-09 stage won\n- [x] decision-map\n",
        ),
    ),
    Example(
        "close-in-past",
        deal(front="close: ⟦2026-11-19⟧"),
    ),
    Example(
        "created-in-future",
        deal(front="created: ⟦2026-11-21⟧"),
    ),
    Example(
        "duplicate-note",
        deal(
            notes="## 2026-10-24 call with jane-roe — Prices\n\n"
            "## ⟦2026-10-24⟧ call with jane-roe — Prices\n"
        ),
    ),
    Example(
        "note-year-off",
        deal(
            notes="## 2025-12-20 call\n\n## ⟦2025-01-05⟧ email to jane-roe\n\n"
            "## 2026-01-20 meeting with jane-roe\n"
        ),
    ),
    Example(
        "far-away",
        deal(front="close: ⟦2062-12-01⟧"),
    ),
    Example("negative-value", deal(front="value: ⟦-5000⟧")),
    Example(
        "company-is-person",
        deal(front="company: ⟦jane-roe⟧"),
    ),
    Example(
        "ambiguous-percent",
        deal(front="probability: ⟦0.5%⟧"),
    ),
    Example(
        "role-is-contact",
        deal(front="contacts: [jane-roe ⟦john-smith⟧]"),
        files={"contacts/john-smith.md": "---\nname: John Smith\n---\n"},
    ),
    Example(
        "referral-by-name",
        deal(front="source: ⟦referral Greta Ohm⟧"),
    ),
    Example(
        "several-in-one",
        deal(front="tags: [⟦fair; berlin⟧]"),
    ),
    Example(
        "audience-nameless",
        PIPELINE + "audiences:\n  partners: {deals: {show: [title, ⟦company⟧]}}\n",
        path="pipeline.yml",
    ),
    Example(
        "unknown-role",
        PIPELINE.replace("lead: {", "lead: {role: ⟦sales-manger⟧, ")
        + "roles: {sales-manager: Sells}\n",
        path="pipeline.yml",
    ),
    Example(
        "stage-like-inherited",
        PIPELINE + "  small:\n    extends: sales\n    stages:\n      ⟦negotation⟧: {}\n",
        path="pipeline.yml",
        files={
            "deals/acme.md": "---\ntitle: ACME rollout\nowner: maria\npipeline: small\nstage: lead\n"
            "next: 2026-12-01 Call\n---\n"
        },
    ),
    Example(
        "no-next-step",
        "---\ntitle: Bad\nowner: maria\nstage: ⟦lead⟧\n---\n",
    ),
    Example(
        "comment-in-value",
        deal(front="channel: Fair ⟦#4⟧"),
    ),
    Example(
        "misplaced-field",
        deal(notes="## 2026-10-24 call\n\nGood call.\n⟦value⟧:: 48000\n"),
    ),
    Example(
        "heading-like-note",
        deal(notes="## 2026-10-24 meeting\n\nGood.\n\n## ⟦30.10.2026⟧ call with jane-roe\n"),
    ),
    Example(
        "commented-out",
        deal(notes="⟦<!--⟧\n## 2026-10-24 call with jane-roe\n-->\n"),
    ),
    Example(
        "fenced-note",
        deal(
            notes="## 2026-10-01 call\n\n⟦```⟧\nTotal 48000\n\n## 2026-10-24 call with jane-roe\n\n"
            "```\nTotal 52000\n```\n"
        ),
    ),
    Example("unknown-link", deal(notes="See [[⟦acmee⟧]].\n")),
)

_NOTED = deal(notes="## 2026-10-24 call with jane-roe — Too dear\n")
_ENTERED = deal(stage="stage: qualification", notes="## 2026-10-24 stage qualification\n")
_SHOWN = "audiences:\n  partners: {deals: {where: 'tag:partner', show: [title]}}\n"
CHANGES = (
    Example(
        "audience-shows-more",
        deal(front="tags: [partner]").replace("Bad", "⟦Bad⟧"),
        files={"pipeline.yml": PIPELINE + _SHOWN},
        before=deal(),
    ),
    Example(
        "backdated-note",
        deal(notes="## ⟦2026-10-24⟧ call with jane-roe — Too dear\n"),
        before=deal(),
    ),
    Example("deal-deleted", "⟦⟧", "deals/gone.md", before=_LOST),
    Example(
        "deal-reassigned",
        deal(owner="owner: ⟦tomas⟧"),
        files={"pipeline.yml": PIPELINE.replace("team:\n", "team:\n  tomas: {name: Tomas Berg}\n")},
        before=deal(),
    ),
    Example(
        "history-rewritten",
        deal(notes="## ⟦2026-10-24⟧ call with jane-roe — Quite cheap\n"),
        before=_NOTED,
    ),
    Example(
        "probability-raised",
        deal(front="probability: ⟦80%⟧"),
        before=deal(front="probability: 20%"),
    ),
    Example("stage-redated", _ENTERED.replace("2026-10-24", "⟦2026-09-24⟧"), before=_ENTERED),
)
"""What only a change can be: `check --base` tells of it. The base is of 2026-11-01."""

ELSEWHERE = ("symlink", "unreadable-file")
"""Codes whose example is no text; see tests/load/test_loader.py."""


def page() -> str:
    """docs/problems.md."""
    head = (
        "# Problems\n\nEvery problem that `dealog check` can report, with an example. "
        "The carets show what the problem points at; below them stand the problem and "
        "what to do.\n"
        "Errors make `check` exit with 1, warnings do so with `--strict`.\n\n"
        "`dealog check --fix` makes the repairs that are named here, and no others: see "
        "[writing.md](writing.md#repairs). What it says nothing of has to be judged by people.\n"
    )
    shown = {e.code: f"\n{_shown(e)}\n{_said(e)}" for e in EXAMPLES}
    shown |= {e.code: f"\n{_was(e)}{_shown(e)}\n{_said_of_change(e)}" for e in CHANGES}
    parts = (
        f"\n## {code}\n\n{severity.capitalize()}. {means}\n{shown.get(code, '')}{_repaired(when)}"
        for code, severity, means, when in CODES
    )
    return head + "".join(parts)


def _repaired(when: str) -> str:
    return f"\n`--fix` repairs it {when}.\n" if when else ""


def files_of(example: Example) -> dict[str, bytes]:
    """The base journal with the example in it."""
    texts = {**BASE, **example.files, example.path: re.sub("[⟦⟧]", "", example.bad)}
    return {path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()}


def _said(example: Example) -> str:
    """What `dealog check` says of an example."""
    (problem,) = load(MemoryTree(files_of(example)), lambda: dt.date(2030, 1, 1)).problems
    return f"    {problem.message}\n    help: {problem.help}\n"


def suspicions_of(example: Example) -> tuple[Problem, ...]:
    """What `check --base` says of the change of an example, beside all problems."""
    after = files_of(example)
    before = {**after, example.path: example.before.encode()}
    if example.path not in BASE and not example.bad.strip("⟦⟧"):
        after.pop(example.path)
    clock = dt.date(2030, 1, 1)
    pair = load_pair(MemoryTree(before), MemoryTree(after), lambda: clock, None)
    assert pair.before is not None
    assert pair.before.seen is not None
    assert pair.after.seen is not None
    assert (pair.before.problems, pair.after.problems) == ((), ())
    sides = Side(pair.before.seen), Side(pair.after.seen)
    odd = compare(Sides(*sides, pair.after.today, dt.date(2026, 11, 1))).suspicions
    seen = [(side.seen, side.problems) for side in (pair.before, pair.after) if side.seen]
    return (*odd, *first_shown(seen[0], seen[1], pair.changed, pair.after.today))


def _said_of_change(example: Example) -> str:
    (problem,) = suspicions_of(example)
    return f"    {problem.message}\n    help: {problem.help}\n"


def _was(example: Example) -> str:
    """The lines that are no longer there."""
    now = re.sub("[⟦⟧]", "", example.bad).splitlines()
    gone = [line for line in example.before.splitlines() if line not in now]
    lines = gone if now else gone[-1:]
    return "".join(f"    was: {line}\n" for line in lines if line)


def _shown(example: Example) -> str:
    before, rest = example.bad.split("⟦")
    marked = rest.split("⟧")[0].replace("\udcf6", "\ufffd")
    line = (before.rsplit("\n", 1)[-1] + rest.replace("⟧", "", 1).split("\n")[0]).replace(
        "\udcf6", "\ufffd"
    )
    column = len(before.rsplit("\n", 1)[-1])
    if not marked:
        return f"    {example.path}\n"
    return f"    {line}\n    {' ' * column}{'^' * len(marked)}\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - what it is for
