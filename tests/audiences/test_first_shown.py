from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from site_builder.audiences.first_shown import first_shown
from site_builder.files.tree import MemoryTree
from site_builder.load.pair import load_pair
from tests.catalogue import BASE, deal

TODAY = dt.date(2026, 11, 20)
HEAD = BASE["pipeline.yml"] + "audiences:\n"
THEM = HEAD + "  them: {deals: {where: 'tag:them', show: [title]}}\n"
ONE = {"pipeline.yml": THEM, "deals/one.md": deal("tags: [them]")}


def told(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, int, str]]:
    pair = load_pair(
        MemoryTree({**BASE, **before}), MemoryTree({**BASE, **after}), lambda: TODAY, None
    )
    assert pair.before is not None and pair.before.seen is not None
    assert pair.after.seen is not None
    was, now = (pair.before.seen, pair.before.problems), (pair.after.seen, pair.after.problems)
    found = first_shown(was, now, pair.changed, TODAY)
    return [(p.span.path, p.span.line, p.message) for p in found]


def test_nothing_new_is_no_news() -> None:
    assert told(ONE, ONE) == []
    assert told(ONE, {**ONE, "deals/two.md": deal()}) == []


def test_a_deal_that_comes_to_be_meant_is_told_in_its_file() -> None:
    tagged = {**ONE, "deals/two.md": deal("tags: [them]")}
    message = "The audience `them` is shown this deal for the first time."
    assert told({**ONE, "deals/two.md": deal()}, tagged) == [("deals/two.md", 2, message)]
    assert told(ONE, tagged) == [("deals/two.md", 2, message)]


def test_what_pipeline_yml_brings_is_told_there() -> None:
    line = THEM.count("\n")
    wider = {**ONE, "pipeline.yml": THEM.replace("tag:them", "-tag:nobody")}
    message = "The audience `them` is shown 1 deal: `acme` for the first time."
    assert told(ONE, wider) == [("pipeline.yml", line, message)]
    more = THEM.replace("[title]}}", "[title, value]}, contacts: {show: [name]}, notes: yes}")
    assert [message for _, _, message in told(ONE, {**ONE, "pipeline.yml": more})] == [
        "The audience `them` is shown `value` of deals for the first time.",
        "The audience `them` is shown `name` of contacts for the first time.",
        "The audience `them` is shown notes for the first time.",
    ]


def test_a_new_audience_is_told_with_all_that_it_is_shown() -> None:
    new = HEAD + "  all: {deals: {show: [title]}, contacts: {show: [name]}}\n"
    many = {f"deals/deal-{n:02}.md": deal("contacts: [jane-roe]") for n in range(12)}
    first, deals, contacts = (
        message for _, _, message in told(many, {**many, "pipeline.yml": new})
    )
    assert first == "The audience `all` is there for the first time."
    assert deals.startswith("The audience `all` is shown 13 deals: `acme`, `deal-00`, `deal-01`,")
    assert deals.endswith(" `deal-06` and 5 more for the first time.")
    assert contacts == "The audience `all` is shown 1 contact: `jane-roe` for the first time."


def test_of_an_audience_that_is_not_understood_nothing_is_told() -> None:
    assert told(ONE, {**ONE, "pipeline.yml": THEM.replace("tag:", "tga:")}) == []
