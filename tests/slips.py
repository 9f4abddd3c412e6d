"""A healthy journal with a history, and the slips that fingers make in any of its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

PIPELINE = """\
journal: Halden & Daughters
currency: EUR
visibility: private
as-of: 2026-11-20
fiscal-year-starts: 4
rates: {USD: 0.92, GBP: 1.17}
repository: https://git.example/halden/pipeline
team:
  maria: {name: Maria Lopez, email: maria@halden.example, roles: [closer]}
  jonah:
    name: Jonah Vane
    roles: [closer]
roles:
  closer: Brings deals to their end
lost-reasons: {price: Price, timing: Timing}
targets: {2026: 400000, 2026-Q4: 120000, maria/2026-Q4: 60000}
rungs: [know, like, trust]
levels: [shopper, client]
kinds: {workshop: intangible}
follow-up: {after-meeting: 24h, no-reply: [2d, 4d], loop: 30d}
contact-requires: [email, news]
pipelines:
  sales:
    name: Sales
    fields:
      present-state: {type: text, name: Present state}
      segment: {type: choice, options: [smb, large]}
      partner:
        type: contact
    stages:
      lead:
        probability: 10%
        stale-after: 14d
      offer:
        name: Offer made
        probability: 40%
        role: closer
        goal: A clear yes or no
        measures:
          - {measure: conversion, target: 50%, within: 30d}
        steps:
          needs: {name: Needs heard, required: yes}
          map: Who decides
        requires: [present-state, value]
        relationship: like
      decision: {probability: 60%, requires: [segment]}
      won: {type: won}
      lost:
        type: lost
      parked: {type: parked}
  renewals:
    extends: sales
    skip: [lead, parked]
    stages:
      offer: {probability: 70%}
forge: gitlab
"""

FILES: Mapping[str, str] = {
    "pipeline.yml": PIPELINE,
    "deals/halden.md": """\
---
title: Halden kilns
company: halden
contacts: [jane-roe champion, tom-berg]
owner: maria
pipeline: sales
stage: decision
value: 48000 USD
probability: 55%
category: commit
close: 2026-12-24
created: 2026-09-01
source: referral tom-berg
channel: Fair in Halden
next: 2026-12-01 Call Jane
need: yes
their-win: Less waste
our-win: |
  A name in ceramics
  and a case
tags:
  - kilns
  - north
present-state: Two old kilns
segment: smb
partner: tom-berg
---
They fire clay.

## 2026-09-02 stage lead

## 2026-09-10 meeting with jane-roe by maria — Saw the kilns
value:: 40000 USD

- [x] needs: all of them

## 2026-09-12 like from jane-roe

## 2026-10-01 stage offer
asked-by:: customer

## 2026-10-20 workshop with jane-roe, tom-berg
value:: 48000 USD
owner:: maria
close:: 2026-12-24

## 2026-11-02 stage decision
""",
    "deals/lapp.yml": """\
title: Lapp lamps
owner: jonah
pipeline: renewals
stage: lost
lost-reason: price
value: 1200
present-state: Dark
summary: They hang lamps.
notes:
  - date: 2026-10-01
    kind: stage
    stage: offer
  - date: 2026-10-05
    kind: call
    with: [tom-berg]
    text: |
      - [x] needs
  - date: 2026-10-09
    kind: stage
    stage: lost
""",
    "contacts/jane-roe.md": """\
---
name: Jane Roe
company: halden
role: Head of kilns
email: jane@halden.example
phone: +44 20 7946 0000
social: [https://social.example/jane]
status: hot
introduced-by: tom-berg
owner: maria
touch-every: 30d
milestones: [2026-12-24 Ten years]
tags: [kilns]
---
## 2026-08-01 know
""",
    "contacts/tom-berg.md": "---\nname: Tom Berg\n---\n",
    "contacts/halden.md": """\
---
name: Halden
type: company
website: https://halden.example
level: client
---
""",
}

Slip = Callable[[str], str | None]


def _field(line: str) -> tuple[str, str, str] | None:
    """The indent, name and value of a line; none where it has no plain name and value."""
    found = re.fullmatch(r"( *(?:- )?)([\w/-]+): (\S.*)", line)
    return (found[1], found[2], found[3]) if found else None


def _value(change: Callable[[str], str]) -> Slip:
    def slip(line: str) -> str | None:
        field = _field(line)
        return f"{field[0]}{field[1]}: {change(field[2])}" if field else None

    return slip


def _name(change: Callable[[str], str]) -> Slip:
    def slip(line: str) -> str | None:
        found = re.fullmatch(r"( *(?:- )?)([\w/-]+)(:.*)", line)
        return f"{found[1]}{change(found[2])}{found[3]}" if found else None

    return slip


def _swapped(word: str) -> str:
    return f"{word[0]}{word[2]}{word[1]}{word[3:]}" if len(word) > 2 else word + "x"


def _sub(pattern: str, by: str) -> Slip:
    def slip(line: str) -> str | None:
        made = re.sub(pattern, by, line, count=1)
        return None if made == line else made

    return slip


SLIPS: Mapping[str, Slip] = {
    "no blank behind the colon": _sub(r"^( *[\w/-]+): (?=\S)", r"\1:"),
    "no colon": _sub(r"^( *[\w/-]+):", r"\1"),
    "an equals sign": _sub(r"^( *[\w/-]+): (?=\S)", r"\1 = "),
    "a wide colon": _sub(r"^( *[\w/-]+): (?=\S)", r"\1："),
    "indented": lambda line: "  " + line if line.strip() else None,
    "a tab before": lambda line: "\t" + line if line.strip() else None,
    "a dash before": _sub(r"^(?=\w)", "- "),
    "a quote sign before": _sub(r"^(?=\w)", "> "),
    "outdented": _sub("^  ", ""),
    "swapped letters": _name(_swapped),
    "a capital": _name(str.capitalize),
    "all capitals": _name(str.upper),
    "a letter too many": _name(lambda name: name + "x"),
    "a no-break space": _sub(r"^( *[\w/-]+): (?=\S)", "\\1:\u00a0"),
    "a zero-width space": _name(lambda name: name[:2] + "\u200b" + name[2:]),
    "an open quote": _value(lambda value: f'"{value}'),
    "an open bracket": _value(lambda value: f"[{value}"),
    "printer's quotes": _value(lambda value: f"“{value}: x”"),
    "a colon in it": _value(lambda value: f"{value}: x"),
    "an at sign": _value(lambda value: f"@{value}"),
    "a number sign": _value(lambda value: f"#{value}"),
    "a link": _value(lambda value: f"[[{value}]]"),
    "a list of it": _value(lambda value: f"[{value}]"),
    "a mapping of it": _value(lambda value: f"{{{value}: x}}"),
    "swapped in the value": _value(_swapped),
    "a capital in the value": _value(str.capitalize),
    "nothing": _value(lambda _: ""),
    "twice": lambda line: f"{line}\n{line}" if re.match("[a-z]", line) else None,
    "a mark of git's before": lambda line: f"=======\n{line}",
    "another mark of git's": lambda line: f"{line}\n>>>>>>> theirs",
    "a comma behind": _sub(r"(?<=[\w}\]])$", ","),
    "no closing bracket": _sub(r"[\]}]$", ""),
    "no opening bracket": _sub(r"(?<=: )[\[{]", ""),
    "semicolons": _sub(", ", "; "),
    "no blanks behind colons": _sub(r"(\{\w+):\s", r"\1:"),
    "no brackets": _sub(r"\[(.*?)\]", r"\1"),
    "letters of a brace's name": _sub(r"\{(\w)(\w)", r"{\2\1"),
}


class Slipped(NamedTuple):
    """A file with a slip in one line, counted from 1, and how many lines it has become."""

    path: str
    kind: str
    line: int
    rows: int
    text: str


def slipped(path: str, only: range | None = None) -> Iterator[Slipped]:
    """A file of the journal with every slip in each of its lines."""
    lines = FILES[path].split("\n")
    ends = ("---", "notes:")
    end = next((n for n, line in enumerate(lines) if n and line in ends), len(lines) - 1)
    for row in only or range(1 if path.endswith(".md") else 0, end):
        for kind, slip in SLIPS.items():
            made = slip(lines[row])
            if made is not None and made != lines[row]:
                text = "\n".join([*lines[:row], made, *lines[row + 1 :]])
                yield Slipped(path, kind, row + 1, made.count("\n") + 1, text)
