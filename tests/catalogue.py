"""Every code of a problem with a journal that has it: documentation and test in one.

In an example, ⟦…⟧ stands around the exact stretch that the problem points at; an empty
⟦⟧ marks a place. `python -m tests.catalogue` prints docs/problems.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load

E, W = "error", "warning"

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
    """A code, what it means, and the file in which it happens."""

    code: str
    severity: str
    means: str
    bad: str
    path: str = "deals/bad.md"
    files: Mapping[str, str] = field(default_factory=dict)


def deal(
    front: str = "", notes: str = "", stage: str = "stage: lead", owner: str = "owner: maria"
) -> str:
    """A deal's file that is fine but for what is put into it."""
    lines = ["title: Bad", owner, stage, "next: 2026-12-01 Call Jane", front]
    return "---\n" + "".join(line + "\n" for line in lines if line) + "---\n" + notes


EXAMPLES = (
    Example(
        "yaml-syntax",
        E,
        "The front matter is not YAML; the usual slips have a help of their own.",
        deal(front="channel: Fair⟦:⟧ Berlin"),
    ),
    Example("duplicate-key", E, "A field is given twice.", deal(front="⟦owner⟧: maria")),
    Example(
        "forbidden-yaml",
        E,
        "YAML's anchors, aliases, tags and merge keys have no place in a journal.",
        deal(front="channel: ⟦!!str⟧ fair"),
    ),
    Example(
        "unknown-field",
        E,
        "A field that nobody knows. Names that begin with `x-` are yours.",
        deal(front="⟦chanel⟧: fair"),
    ),
    Example(
        "missing-field",
        E,
        "A field that must be there is not.",
        "⟦⟧---\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n",
    ),
    Example(
        "invalid-value", E, "A value is not of its field's type.", deal(front="close: ⟦2026-02-30⟧")
    ),
    Example(
        "ambiguous-amount",
        W,
        "Three digits stand behind the point, which to many means thousands. In currencies with "
        "three decimals, such as KWD, that is fine.",
        deal(front="value: ⟦25.000⟧"),
    ),
    Example(
        "unknown-stage",
        E,
        "A stage that the deal's pipeline does not have.",
        deal(stage="stage: ⟦qualifcation⟧"),
    ),
    Example(
        "retired-stage",
        E,
        "A deal stands in a stage that pipeline.yml says is retired.",
        deal(stage="stage: ⟦demo⟧"),
        files={"pipeline.yml": PIPELINE + "      demo: {retired: yes}\n"},
    ),
    Example("unknown-person", E, "Somebody who is not in the team.", deal(owner="owner: ⟦marai⟧")),
    Example(
        "unknown-contact",
        E,
        "A contact that has no file.",
        deal(front="contacts: [⟦jane-ro⟧ champion]"),
    ),
    Example("unknown-deal", E, "A deal that has no file.", deal(front="partner-deal: ⟦acmee⟧")),
    Example(
        "unknown-pipeline",
        E,
        "A pipeline that pipeline.yml does not have.",
        deal(front="pipeline: ⟦sale⟧"),
    ),
    Example(
        "invalid-id", E, "A file's name can't be an id.", "⟦⟧" + deal(), path="deals/Bad Deal.md"
    ),
    Example(
        "duplicate-id",
        E,
        "Two files have one id; folders mean nothing.",
        "⟦⟧" + deal(),
        path="deals/late/acme.md",
    ),
    Example(
        "invalid-note",
        E,
        "A note's heading is wrong. The note is read as the help says; without a day it is left out.",
        deal(notes="## 2026-10-24 call with jane-roe ⟦Wants a quote⟧\n"),
    ),
    Example(
        "unknown-kind",
        E,
        "A kind of note that nobody knows.",
        deal(notes="## 2026-10-24 ⟦meting⟧ with jane-roe\n"),
    ),
    Example(
        "future-note",
        E,
        "A note is dated after today.",
        deal(notes="## ⟦2026-11-21⟧ call with jane-roe\n"),
    ),
    Example(
        "stage-mismatch",
        E,
        "Front matter and the last stage note disagree.",
        deal(stage="stage: ⟦qualification⟧", notes="## 2026-10-24 stage lead\n"),
    ),
    Example(
        "field-mismatch",
        E,
        "Front matter and the last note that sets a field disagree.",
        deal(front="value: ⟦40000⟧", notes="## 2026-10-24 change\nvalue:: 48000\n"),
    ),
    Example(
        "gate-unmet",
        E,
        "A deal went on without what an earlier stage requires.",
        deal(
            stage="stage: decision",
            notes="## 2026-10-01 stage qualification\n\n## 2026-10-24 stage ⟦decision⟧\n",
        ),
    ),
    Example(
        "lost-reason-missing",
        E,
        "A deal is lost and nothing says why.",
        deal(stage="stage: ⟦lost⟧", notes="## 2026-10-24 stage lost\n"),
    ),
    Example(
        "too-large",
        E,
        "A file, or the nesting in it, is beyond what a journal needs.",
        deal(front="channel: " + "[" * 31 + "⟦[⟧" + "]" * 32),
    ),
    Example(
        "no-file-links",
        W,
        "From `repository` it can't be told where the journal's files are shown, so that pages "
        "don't link to them.",
        f"repository: ⟦https://git.example/kestrel/pipeline⟧\n{PIPELINE}",
        path="pipeline.yml",
    ),
    Example("not-utf8", E, "The file is not UTF-8.", deal(front="channel: Messe K⟦\udcf6⟧ln")),
    Example(
        "stray-file",
        E,
        "A file that is neither a deal nor a contact, something that is no file, or a name that is "
        "right but for its case or that can't be seen in full.",
        "⟦⟧hello",
        path="deals/notes.txt",
    ),
    Example(
        "unknown-step",
        W,
        "A task line is nearly a step of the pipeline, has its name in place of its id, lacks the "
        "colon behind it, is not written as a tick is, or stands in no note of a deal: it marks nothing.",
        deal(notes="## 2026-10-24 call with jane-roe\n- [x] ⟦needs-analisys⟧: all of it\n"),
    ),
    Example(
        "outcome-undated",
        W,
        "A deal is won or lost, and no note says since when.",
        deal(
            stage="stage: ⟦won⟧",
            front="created: 2026-01-05\nclose: 2026-10-20",
            notes="## 2026-10-01 call\n- [x] decision-map\n",
        ),
    ),
    Example(
        "stage-skipped",
        W,
        "A deal leapt over stages.",
        deal(
            stage="stage: negotiation",
            notes="## 2026-10-01 stage qualification\n- [x] decision-map\n\n## 2026-10-24 stage ⟦negotiation⟧\n",
        ),
    ),
    Example(
        "rung-skipped",
        W,
        "A rung of the relationship was reached without the one below it.",
        deal(notes="## 2026-10-24 ⟦trust⟧ from jane-roe\n"),
    ),
    Example(
        "trust-missing",
        W,
        "A deal is ahead of its relationship.",
        deal(
            stage="stage: ⟦decision⟧",
            front="contacts: [jane-roe]",
            notes="## 2026-10-24 call\n- [x] decision-map\n",
        ),
    ),
    Example(
        "close-in-past",
        W,
        "An open deal should have closed by now.",
        deal(front="close: ⟦2026-11-19⟧"),
    ),
    Example(
        "created-in-future",
        W,
        "A deal is said to begin after today. The site does not show it before.",
        deal(front="created: ⟦2026-11-21⟧"),
    ),
    Example(
        "duplicate-note",
        W,
        "A note stands twice in a file, and would count twice.",
        deal(
            notes="## 2026-10-24 call with jane-roe — Prices\n\n"
            "## ⟦2026-10-24⟧ call with jane-roe — Prices\n"
        ),
    ),
    Example(
        "note-year-off",
        W,
        "A note is dated a year before or after the notes around it.",
        deal(
            notes="## 2025-12-20 call\n\n## ⟦2025-01-05⟧ email to jane-roe\n\n"
            "## 2026-01-20 meeting with jane-roe\n"
        ),
    ),
    Example(
        "far-away",
        W,
        "A deal's `close`, `next` or `wake` is more than five years away.",
        deal(front="close: ⟦2062-12-01⟧"),
    ),
    Example("negative-value", W, "A deal's value is below nothing.", deal(front="value: ⟦-5000⟧")),
    Example(
        "company-is-person",
        W,
        "A person is named as a company, or the company's file does not say that it is one.",
        deal(front="company: ⟦jane-roe⟧"),
    ),
    Example(
        "ambiguous-percent",
        W,
        "A percentage may be meant a hundred times as large or small: `0.5%` as 50%, `1` as 1%.",
        deal(front="probability: ⟦0.5%⟧"),
    ),
    Example(
        "role-is-contact",
        W,
        "A contact stands as the role of another: a comma is missing between the two.",
        deal(front="contacts: [jane-roe ⟦john-smith⟧]"),
        files={"contacts/john-smith.md": "---\nname: John Smith\n---\n"},
    ),
    Example(
        "referral-by-name",
        W,
        "A referral names somebody, and no id of a contact.",
        deal(front="source: ⟦referral Greta Ohm⟧"),
    ),
    Example(
        "several-in-one",
        W,
        "A text in a list is one with a comma or semicolon in it, and may be meant as several.",
        deal(front="tags: [⟦fair; berlin⟧]"),
    ),
    Example(
        "unknown-role",
        W,
        "A stage or person has a role that is not among those of the journal.",
        PIPELINE.replace("lead: {", "lead: {role: ⟦sales-manger⟧, ")
        + "roles: {sales-manager: Sells}\n",
        path="pipeline.yml",
    ),
    Example(
        "stage-like-inherited",
        W,
        "A pipeline that extends another adds a stage that is nearly one it inherits.",
        PIPELINE + "  small:\n    extends: sales\n    stages:\n      ⟦negotation⟧: {}\n",
        path="pipeline.yml",
        files={
            "deals/acme.md": "---\ntitle: ACME rollout\nowner: maria\npipeline: small\nstage: lead\n"
            "next: 2026-12-01 Call\n---\n"
        },
    ),
    Example(
        "no-next-step",
        W,
        "An open deal has no next step.",
        "---\ntitle: Bad\nowner: maria\nstage: ⟦lead⟧\n---\n",
    ),
    Example(
        "comment-in-value",
        W,
        "A value loses its end to a YAML comment.",
        deal(front="channel: Fair ⟦#4⟧"),
    ),
    Example(
        "misplaced-field",
        W,
        "What looks like a field of a note is only text: it does not stand straight below the "
        "heading, or is not written `name:: value`, with two colons.",
        deal(notes="## 2026-10-24 call\n\nGood call.\n⟦value⟧:: 48000\n"),
    ),
    Example(
        "heading-like-note",
        W,
        "A heading looks like a note's, but is only text: its date is written otherwise, it is not of "
        "the second level, or it has a character in it that nobody sees.",
        deal(notes="## 2026-10-24 meeting\n\nGood.\n\n## ⟦30.10.2026⟧ call with jane-roe\n"),
    ),
    Example(
        "commented-out",
        W,
        "A comment, `<!-- … -->` or `%% … %%`, hides nothing: the note or tick in it still counts.",
        deal(notes="⟦<!--⟧\n## 2026-10-24 call with jane-roe\n-->\n"),
    ),
    Example(
        "fenced-note",
        W,
        "A fence of code that nothing closes where the code ends goes on to the next fence, and hides "
        "the notes before that.",
        deal(
            notes="## 2026-10-01 call\n\n⟦```⟧\nTotal 48000\n\n## 2026-10-24 call with jane-roe\n\n"
            "```\nTotal 52000\n```\n"
        ),
    ),
    Example("unknown-link", W, "A `[[link]]` leads nowhere.", deal(notes="See [[⟦acmee⟧]].\n")),
)

ELSEWHERE = {
    "symlink": (E, "A symbolic link. Links are not followed, and where they lead is not shown."),
    "unreadable-file": (E, "The operating system does not let the file or folder be read."),
}
"""Codes whose example is no text; see tests/test_load.py."""


def page() -> str:
    """docs/problems.md."""
    head = (
        "# Problems\n\nEvery problem that `dealog check` can report, with an example. "
        "The carets show what the problem points at; below them stand the problem and "
        "what to do.\n"
        "Errors make `check` exit with 1, warnings do so with `--strict`.\n"
    )
    shown = {e.code: (e.severity, e.means, f"\n{_shown(e)}\n{_said(e)}") for e in EXAMPLES}
    shown |= {code: (*about, "") for code, about in ELSEWHERE.items()}
    parts = (
        f"\n## {code}\n\n{severity.capitalize()}. {means}\n{example}"
        for code, (severity, means, example) in sorted(shown.items())
    )
    return head + "".join(parts)


def files_of(example: Example) -> dict[str, bytes]:
    """The base journal with the example in it."""
    texts = {**BASE, **example.files, example.path: re.sub("[⟦⟧]", "", example.bad)}
    return {path: text.encode("utf-8", "surrogateescape") for path, text in texts.items()}


def _said(example: Example) -> str:
    """What `dealog check` says of an example."""
    (problem,) = load(MemoryTree(files_of(example)), lambda: dt.date(2030, 1, 1)).problems
    return f"    {problem.message}\n    help: {problem.help}\n"


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
