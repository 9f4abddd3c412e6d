"""A journal in which everything that can be written is unlike anything else: wherever it gets to, it
is found there. What is not shown of it has `zq` in it, or a number or year that nothing else has."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping

from site_builder.audiences.projection import projection
from site_builder.files.tree import MemoryTree
from site_builder.journal.audience import Audience
from site_builder.journal.journal import Journal
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages.frame import SiteContext
from site_builder.pages.shown.registry import shown_pages, shown_site
from site_builder.site.render import Renderer

TODAY = dt.date(2026, 11, 20)
PIPELINE = """\
journal: Open Journal
currency: EUR
visibility: private
as-of: 2026-11-20
time-zone: Europe/Lisbon
fiscal-year-starts: 3
repository: https://forge.example/zqrepo/zqrepo
forge: gitea
issue-forms: no
rates: {USD: 0.9371}
team:
  zqowner: {name: Zqownername, email: zqowner@zqteam.example, roles: [zqjob]}
  zqwriter: {name: Zqwritername}
roles: {zqjob: Zqjobname}
lost-reasons: {zqreason: Zqreasonname}
targets: {2026: 7654301, zqowner/2026: 7654302}
rungs: [zqknow, zqlike]
levels: [zqlow, zqlevel]
kinds: {zqkind: tangible}
follow-up: {after-meeting: 173h, no-reply: [174d], reply-within: 175h, loop: 176d, touch: {tag zqtag: 177d}}
contact-requires: [email]
probability-from: stage
views: {zqview: {name: Zqviewname, query: "state:open"}}
pipelines:
  zqpipeline:
    name: Zqpipelinename
    fields:
      zq-own: {type: text, name: Zqlabel}
      zq-choice: {type: choice, options: [zqoption, zqother]}
      zq-number: {type: number}
      zq-person: {type: person}
      zq-contact: {type: contact}
      zq-deal: {type: deal}
      zq-length: {type: duration}
      zq-url: {type: url}
      zq-email: {type: email}
      zq-phone: {type: phone}
      zq-money: {type: money}
      zq-percent: {type: percent}
      zq-date: {type: date}
      zq-yes: {type: yes/no}
    stages:
      zqfirst: {name: Zqfirstname, was: [zqwas]}
      zqstage:
        name: Zqstagename
        probability: 37.17%
        role: zqjob
        goal: Zqgoal
        measures: [{measure: entered, target: 9817, within: 178d}]
        knowledge: Zqknowledge
        buyer: Zqbuyer
        steps: {zqstep: Zqstepname, zqbare: Zqbarename}
        stale-after: 179d
        relationship: zqknow
      zqlost: {name: Zqlostname, type: lost}
"""
DEAL = """\
---
title: Zqtitle of it
company: zqcompany
contacts: [zqperson zqrole]
owner: zqowner
pipeline: zqpipeline
stage: zqlost
value: 7654311
probability: 37.13%
category: best-case
close: 2041-01-02
created: 2021-01-02
source: Zqsource
channel: Zqchannel
next: 2043-01-02 Zqnext
wake: 2044-01-02
renews: 2045-01-02
need: yes
want: yes
their-win: Zqtheirwin
our-win: Zqourwin
lost-reason: zqreason
tags: [zqtag, shown]
zq-own: Zqownvalue
zq-choice: zqoption
zq-number: 9818
zq-person: zqwriter
zq-contact: zqother
zq-deal: zqhidden
zq-length: 181d
zq-url: https://zqurl.example/x
zq-email: zq@zqemail.example
zq-phone: "+351998181"
zq-money: 7654312
zq-percent: 37.14%
zq-date: 2046-01-02
zq-yes: yes
x-source-id: zqsourceid
x-more: zqmore
---
Zqsummary [[zqhidden]] [[zqother|Zqwords]]

## 2026-10-01 stage zqstage by zqowner — Zqentered
asked-by:: customer
override:: Zqoverride
value:: 7654313
close:: 2047-01-02
probability:: 37.15%
category:: commit
owner:: zqwriter

## 2026-10-02 proposal to zqperson by zqwriter — Zqproposal
services:: Zqservices
terms:: Zqterms
deadline:: 2048-01-02
budget:: 7654314

Zqnotetext [[contacts/zqperson|Zqwords]] and Zqpersonname.

- [x] zqstep: zqsaid
- [x] zqbare

## 2026-10-03 invoice to zqperson
amount:: 7654315
due:: 2049-01-02

## 2026-10-04 intervention with zqperson
trigger:: Zqtrigger

## 2026-10-05 knowledge to zqperson
learned:: Zqlearned

## 2026-10-06 referral from zqperson
who:: zqother

## 2026-10-07 zqkind with zqperson — Zqown

## 2026-10-08 zqknow from zqperson

## 2026-10-09 stage zqlost
lost-reason:: zqreason
value:: 7654311
close:: 2041-01-02
probability:: 37.13%
category:: best-case
owner:: zqowner
"""
PERSON = """\
---
name: Zqpersonname
type: person
company: zqcompany
role: Zqpersonrole
email: zq@zqmail.example
phone: "+351998877"
social: [https://zqsocial.example/x]
website: https://zqsite.example/x
status: hot
introduced-by: zqother
owner: zqwriter
touch-every: 183d
milestones: [2050-01-02 Zqmilestone]
tags: [zqpeople]
---
Zqpersonsummary

## 2026-09-01 call by zqwriter — Zqcall
Zqcalltext
"""
COMPANY = """\
---
name: Zqcompanyname
type: company
level: zqlevel
---
## 2026-09-02 change
level:: zqlow

## 2026-09-03 change
level:: zqlevel
"""
HIDDEN = """\
---
title: Zqhiddentitle
owner: zqwriter
pipeline: zqpipeline
stage: zqfirst
company: zqother
next: 2043-01-03 Zqhiddennext
source: referral zqperson
---
## 2026-10-01 call with zqother — Zqhiddencall
"""
FILES: Mapping[str, str] = {
    "pipeline.yml": PIPELINE,
    "deals/zqdeal.md": DEAL,
    "deals/zqhidden.md": HIDDEN,
    "contacts/zqperson.md": PERSON,
    "contacts/zqcompany.md": COMPANY,
    "contacts/zqother.md": "---\nname: Zqothername\ntype: company\n---\n",
}
CANARY = re.compile(
    r"zq\w*|76543\d\d|37\.1\d|0\.371\d|0\.9371|981[78]|998181|998877"
    r"|\b17[3-9]\b|\b18[13]\b|\b204\d\b|\b2050\b|\b2021\b",
    re.IGNORECASE,
)
_SPACES = re.compile("[\u202f\u00a0]")


@functools.cache
def read() -> Loaded:
    """The journal."""
    return load(MemoryTree(FILES), lambda: TODAY)


def shown(audience: Audience) -> Journal:
    """What an audience is shown of it."""
    found = read()
    assert found.seen is not None
    return projection(found.seen, audience, TODAY, found.problems)


def rendered(journal: Journal, audience: Audience) -> dict[str, bytes]:
    """All files of a site but those that every site has."""
    pages = shown_pages(journal, audience, TODAY)
    site = shown_site(journal, pages, TODAY)
    renderer = _renderer(site)
    renderer.say(site)
    return {**dict(renderer.for_hosts()), **{page.path: renderer.render(page) for page in pages}}


@functools.lru_cache(maxsize=1)
def _renderer_of_all() -> list[Renderer]:
    return []


def _renderer(site: SiteContext) -> Renderer:
    """One renderer for all sites, for to make one takes longer than to use it."""
    made = _renderer_of_all()
    if not made:
        made.append(Renderer(site))
    return made[0]


def canaries_in(site: Mapping[str, bytes]) -> Iterator[str]:
    """All that is found of what is unlike anything else, in bytes and names."""
    for path, data in site.items():
        for text in (path, _SPACES.sub("", data.decode())):
            yield from (found.lower() for found in CANARY.findall(text))
