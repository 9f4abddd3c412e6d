"""Two journals that differ in nothing but what an audience is not shown have the same site: nothing
can be inferred from it, whoever compares, counts or measures."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping

import pytest

from site_builder.audiences.projection import projection
from site_builder.files.tree import MemoryTree
from site_builder.journal.audience import Audience
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, NOTE_FIELDS
from site_builder.journal.journal import Journal
from site_builder.load.loader import load
from site_builder.parse.pipeline_yml.pipelines import PIPELINE_FIELDS
from site_builder.parse.pipeline_yml.schema import JOURNAL_FIELDS
from site_builder.parse.pipeline_yml.stages import STAGE_FIELDS
from tests.audiences import canaries

pytestmark = pytest.mark.usefixtures("files_read_once")

Files = Mapping[str, str]
WIDE = Audience("a", ("title", "stage", "contacts"), ("name",), notes=True, where="tag:shown")
NARROW = Audience("a", ("need",), (), where="tag:shown")
_MORE = """
## 2026-10-10 call with zqperson — Twice
Zqothername and Ms Zqother said:

- [x] zqbare

## 2026-10-11 call with zqperson
- one

value:: 5001

- two

- [x] zqbare

## 2026-10-12 note by zqowner

- [x] zqbare
"""
_FILES = {
    **canaries.FILES,
    "pipeline.yml": canaries.PIPELINE
    + """\
  zqsecond:
    name: Zqsecondname
    extends: zqpipeline
""",
    "deals/zqdeal.md": canaries.DEAL + _MORE,
    "contacts/zqperson.md": canaries.PERSON + "\n## 2026-09-02 zqknow \u2014 Hey\n",
    "deals/zqlater.md": canaries.DEAL.split("---\nZq")[0].replace("stage: zqlost", "stage: zqstage")
    + "---\n",
}
D, H, P, C, E, Y = (
    "deals/zqdeal.md",
    "deals/zqhidden.md",
    "contacts/zqperson.md",
    "contacts/zqcompany.md",
    "contacts/zqother.md",
    "pipeline.yml",
)
# A file, a text that stands in it once, and what stands there instead.
HIDDEN = [
    (Y, "time-zone: Europe/Lisbon", "time-zone: Europe/Berlin"),
    (Y, "fiscal-year-starts: 3", "fiscal-year-starts: 5"),
    (Y, "repository: https://forge.example/zqrepo/zqrepo", "repository: https://forge.example/a/b"),
    (Y, "forge: gitea", "forge: gitlab"),
    (Y, "issue-forms: no\n", ""),
    (Y, "rates: {USD: 0.9371}", "rates: {USD: 0.5, GBP: 1.2}"),
    (Y, "Zqownername, email: zqowner@zqteam.example, roles: [zqjob]", "Other, email: o@o.example"),
    (Y, "Zqwritername}", "Another}\n  more: {name: More}"),
    (Y, "roles: {zqjob: Zqjobname}", "roles: {zqjob: Job, other: Other}"),
    (
        Y,
        "lost-reasons: {zqreason: Zqreasonname}",
        "lost-reasons: {zqreason: Reason, zqelse: Other}",
    ),
    (Y, "targets: {2026: 7654301, zqowner/2026: 7654302}", "targets: {2027: 1}"),
    (Y, "rungs: [zqknow, zqlike]", "rungs: [zqlike, zqknow, zqmore]"),
    (Y, "levels: [zqlow, zqlevel]", "levels: [zqlevel, zqlow, zqtop]"),
    (Y, "kinds: {zqkind: tangible}", "kinds: {zqkind: intangible, zqsort: tangible}"),
    (Y, "follow-up: {after-meeting: 173h", "follow-up: {after-meeting: 1h"),
    (Y, "contact-requires: [email]", "contact-requires: [phone]"),
    (Y, "probability-from: stage\n", ""),
    (Y, "views: {zqview: {name: Zqviewname", "views: {zqview: {name: Other"),
    (Y, "pipelines:\n", "audiences: {b: {deals: {show: [value]}}}\npipelines:\n"),
    (Y, "name: Zqpipelinename", "name: Other"),
    (Y, "name: Zqlabel", "name: Other"),
    (Y, "options: [zqoption, zqother]", "options: [zqmore, zqoption, zqother]"),
    (Y, "      zqstage:\n", "      zqstage:\n        type: won\n"),
    (Y, "fields:\n", "fields:\n      zq-more: {type: text}\n"),
    (
        Y,
        "zqfirst: {name: Zqfirstname, was: [zqwas]}",
        "zqfirst: {name: Other, was: [zqbefore]}\n      zqnew: {name: New, retired: yes}",
    ),
    (Y, "probability: 37.17%", "probability: 1%"),
    (Y, "        role: zqjob\n", ""),
    (Y, "goal: Zqgoal", "goal: Other"),
    (Y, "measures: [{measure: entered, target: 9817", "measures: [{measure: entered, target: 5"),
    (Y, "knowledge: Zqknowledge", "knowledge: Other"),
    (Y, "buyer: Zqbuyer", "buyer: Other\n        requires: [value, wake]"),
    (Y, "steps: {zqstep: Zqstepname", "steps: {zqmore: More, zqstep: Other"),
    (Y, "stale-after: 179d", "stale-after: 1d"),
    (Y, "relationship: zqknow", "relationship: zqlike"),
    (Y, "extends: zqpipeline", "extends: zqpipeline\n    skip: [zqfirst]"),
    (D, "company: zqcompany\n", ""),
    (D, "owner: zqowner\npipeline", "owner: zqwriter\npipeline"),
    (D, "pipeline: zqpipeline", "pipeline: zqsecond"),
    (D, "value: 7654311\nprob", "value: 12 USD\nprob"),
    (D, "probability: 37.13%\ncat", "probability: 5%\ncat"),
    (D, "category: best-case\nclose", "category: omitted\nclose"),
    (D, "close: 2041-01-02\ncreated", "created"),
    (D, "created: 2021-01-02\n", ""),
    (D, "source: Zqsource", "source: referral zqother"),
    (D, "channel: Zqchannel", "channel: Other"),
    (D, "next: 2043-01-02 Zqnext", "next: 2026-11-19 Other"),
    (D, "wake: 2044-01-02\n", ""),
    (D, "renews: 2045-01-02", "renews: 2026-11-19"),
    (D, "want: yes", "want: no"),
    (D, "their-win: Zqtheirwin\n", ""),
    (D, "our-win: Zqourwin", "our-win: Other"),
    (D, "lost-reason: zqreason\ntags", "tags"),
    (D, "tags: [zqtag, shown]", "tags: [shown, more]"),
    (D, "zq-own: Zqownvalue", "zq-own: Other"),
    (D, "zq-choice: zqoption", "zq-choice: zqother"),
    (D, "zq-number: 9818\n", ""),
    (D, "zq-person: zqwriter", "zq-person: zqowner"),
    (D, "zq-contact: zqother", "zq-contact: zqperson"),
    (D, "zq-deal: zqhidden", "zq-deal: zqdeal"),
    (D, "zq-money: 7654312", "zq-money: 5"),
    (D, "zq-yes: yes", "zq-yes: no"),
    (D, "x-more: zqmore\n", ""),
    (D, "Zqsummary [[zqhidden]] [[zqother|Zqwords]]", "Other"),
    (D, "by zqowner — Zqentered", "by zqwriter — Zqentered"),
    (D, "asked-by:: customer", "asked-by:: us"),
    (D, "override:: Zqoverride\n", ""),
    (D, "value:: 7654313", "value:: 5"),
    (D, "close:: 2047-01-02\n", ""),
    (D, "probability:: 37.15%", "probability:: 5%"),
    (D, "category:: commit\n", "category:: omitted\n"),
    (D, "owner:: zqwriter\n", ""),
    (D, "to zqperson by zqwriter", "to zqperson, zqother, zqowner"),
    (D, "services:: Zqservices", "services:: Other"),
    (D, "terms:: Zqterms\n", ""),
    (D, "deadline:: 2048-01-02", "deadline:: Other"),
    (D, "budget:: 7654314", "budget:: Other"),
    (D, "- [x] zqstep: zqsaid", "- [x] zqbare: zqsaid"),
    (D, "- [x] zqbare\n\n## 2026-10-03", "\n## 2026-10-03"),
    (D, "said:\n\n- [x] zqbare\n", "said:\n"),
    (D, "value:: 5001\n\n", ""),
    (D, "two\n\n- [x] zqbare\n", "two\n"),
    (D, "\n## 2026-10-12 note by zqowner\n\n- [x] zqbare\n", ""),
    (D, "amount:: 7654315", "amount:: 5 USD"),
    (D, "due:: 2049-01-02\n", ""),
    (D, "trigger:: Zqtrigger", "trigger:: Other"),
    (D, "learned:: Zqlearned", "learned:: Other"),
    (D, "who:: zqother", "who:: zqperson"),
    (D, "zqknow from zqperson\n", "zqlike to zqperson\n\n## 2026-10-10 change\nvalue:: 9\n"),
    (D, "lost-reason:: zqreason", "lost-reason:: other"),
    (H, "title: Zqhiddentitle", "title: Other"),
    (H, "owner: zqwriter", "owner: zqowner"),
    (H, "stage: zqfirst", "stage: zqlost\nlost-reason: zqreason\nvalue: 9999999"),
    (H, "company: zqother", "contacts: [zqperson, zqother]\ncompany: zqcompany"),
    (H, "next: 2043-01-03 Zqhiddennext", "next: 2026-11-19 Other"),
    (H, "source: referral zqperson", "source: Other\nclose: 2026-12-01"),
    (H, "## 2026-10-01 call with zqother — Zqhiddencall", "## 2026-11-19 meeting with zqperson"),
    (P, "type: person\n", ""),
    (P, "company: zqcompany\n", ""),
    (P, "role: Zqpersonrole", "role: Other"),
    (P, "email: zq@zqmail.example", "email: o@o.example"),
    (P, 'phone: "+351998877"', 'phone: "+351998878"'),
    (P, "social: [https://zqsocial.example/x]\n", ""),
    (P, "website: https://zqsite.example/x", "website: https://o.example/"),
    (P, "status: hot\n", "status: lost\n"),
    (P, "introduced-by: zqother\n", ""),
    (P, "owner: zqwriter", "owner: zqowner"),
    (P, "touch-every: 183d\n", ""),
    (P, "milestones: [2050-01-02 Zqmilestone]", "milestones: [2026-11-21 Other]"),
    (P, "tags: [zqpeople]", "tags: [other]"),
    (P, "Zqpersonsummary\n", "Other\n\n## 2026-08-31 zqknow\n"),
    (P, "## 2026-09-01 call by zqwriter", "## 2026-09-01 change\n\n## 2026-09-01 call"),
    (P, "zqknow \u2014 Hey", "note \u2014 Hey"),
    (C, "level: zqlevel", "level: zqlow"),
    (C, "level:: zqlow\n", ""),
    (E, "type: company\n", "company: zqcompany\nowner: zqowner\nstatus: won\n"),
]
# The same of what the narrower audience is not shown either.
HIDDEN_IN_PART = [
    (D, "title: Zqtitle of it", "title: Another"),
    (D, "[zqperson zqrole]", "[zqother, zqperson other]"),
    (D, "stage: zqlost", "stage: zqstage"),
    (D, "## 2026-10-09 stage zqlost", "## 2026-10-19 stage zqlost"),
    (D, "— Twice\n", "— Other\n"),
    (D, "Zqnotetext", "Other"),
    (P, "name: Zqpersonname", "name: Zqother Person"),
    (P, "Zqcalltext", "Other\n\n## 2026-09-10 meeting\n"),
    (C, "name: Zqcompanyname", "name: Zqfirm"),
    (E, "name: Zqothername", "name: A"),
    (Y, "name: Zqstagename", "name: Other"),
    (Y, "      zqlost: {name: Zqlostname, type: lost}", "      zqlost: {name: Other, type: lost}"),
]


def _of_all(old: str, new: str) -> Callable[[Files], Files]:
    """Renames something wherever it stands."""
    return lambda files: {k.replace(old, new): v.replace(old, new) for k, v in files.items()}


def _moved(old: str, new: str) -> Callable[[Files], Files]:
    """Moves a file, to which nothing of the others leads."""
    return lambda files: {(new if k == old else k): v for k, v in files.items()}


WHOLE: Mapping[str, Callable[[Files], Files]] = {
    "a folder": _moved("deals/zqdeal.md", "deals/2026/zqdeal.md"),
    "the order of files": lambda files: dict(reversed([*files.items()])),
    "line ends": lambda files: {k: v.replace("\n", "\r\n") for k, v in files.items()},
    "a name that is written": _of_all("Zqothername", "Else, Somebody"),
    "another name that is written": lambda files: {
        **files,
        D: files[D].replace("Zqothername", "Zqhiddentitle"),
    },
    "an id that is written": _of_all("zqother", "zqelse"),
    "a person's id": _of_all("zqwriter", "aawriter"),
    "a deal more": lambda files: {**files, "deals/aaa.md": files[H], "deals/zzz.md": files[H]},
    "a deal less": lambda files: {
        **{k: v.replace("zqhidden", "zqdeal") for k, v in files.items() if k != H}
    },
    "a contact more": lambda files: {**files, "contacts/aaa.md": "---\nname: Abe\n---\n"},
}


def _id(one: tuple[str, str, str]) -> str:
    return re.sub(r"\W+", "-", one[1])[:40]


def _changed(files: Files, path: str, old: str, new: str) -> Files:
    assert files[path].count(old) == 1, f"`{old}` is to stand in {path} once"
    return {**files, path: files[path].replace(old, new)}


def _shown(files: Files, audience: Audience) -> Journal:
    found = load(MemoryTree(files), lambda: canaries.TODAY)
    assert found.seen is not None, [p.message for p in found.problems]
    made = projection(found.seen, audience, canaries.TODAY, found.problems)
    assert len(made.deals) == 2, [p.message for p in found.problems]
    return made


@functools.cache
def _before(audience: Audience) -> str:
    return repr(_shown(_FILES, audience))


@pytest.mark.parametrize("change", HIDDEN, ids=_id)
def test_what_is_not_shown_changes_nothing(change: tuple[str, str, str]) -> None:
    files = _changed(_FILES, *change)
    assert repr(_shown(files, WIDE)) == _before(WIDE)
    assert repr(_shown(files, NARROW)) == _before(NARROW)


@pytest.mark.parametrize("change", HIDDEN_IN_PART, ids=_id)
def test_what_is_shown_to_others_changes_nothing(change: tuple[str, str, str]) -> None:
    files = _changed(_FILES, *change)
    assert repr(_shown(files, NARROW)) == _before(NARROW)
    assert repr(_shown(files, WIDE)) != _before(WIDE)


@pytest.mark.parametrize("name", WHOLE)
def test_files_of_which_nothing_is_shown_change_nothing(name: str) -> None:
    files = WHOLE[name](_FILES)
    assert repr(_shown(files, WIDE)) == _before(WIDE)
    assert repr(_shown(files, NARROW)) == _before(NARROW)


@pytest.mark.parametrize("audience", [WIDE, NARROW], ids=["wide", "narrow"])
def test_all_of_it_together_changes_no_byte_of_the_site(audience: Audience) -> None:
    every = HIDDEN if audience is WIDE else [*HIDDEN, *HIDDEN_IN_PART]
    files: Files = functools.reduce(lambda made, one: _changed(made, *one), every, _FILES)
    for name in ("a folder", "the order of files", "a contact more"):
        files = WHOLE[name](files)
    after = canaries.rendered(_shown(files, audience), audience)
    assert after == canaries.rendered(_shown(_FILES, audience), audience)


def _words(changes: Iterable[tuple[str, str, str]], path: str) -> str:
    return "\n".join([f"\n{old}\n{new}" for file, old, new in changes if file.startswith(path)])


def test_every_field_is_changed() -> None:
    """A field that is added to the format is to be added here."""
    every = [*HIDDEN, *HIDDEN_IN_PART]
    deals, contacts = _words(every, "deals/"), _words(every, "contacts/")
    assert {n for n in DEAL_FIELDS if f"{n}: " not in deals} == {"need"}
    assert {n for n in CONTACT_FIELDS if f"{n}: " not in contacts} == set()
    assert {n for n in NOTE_FIELDS if f"{n}:: " not in deals + contacts} == set()
    names = {*JOURNAL_FIELDS, *PIPELINE_FIELDS, *STAGE_FIELDS}
    config = _words(every, "pipeline.yml")
    shown = {"journal", "currency", "visibility", "as-of"}
    around = {"team", "pipelines", "fields", "stages"}  # of the others
    assert {n for n in names if f"{n}: " not in config} == shown | around
