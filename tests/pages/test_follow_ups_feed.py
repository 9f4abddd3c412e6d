"""The calendar feeds of what is due."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.load.loader import load
from site_builder.pages import dues
from site_builder.pages.context import Context
from site_builder.pages.follow_ups import HELD
from site_builder.pages.follow_ups_feed import PAGE, follow_ups_feed
from site_builder.site.calendars import calendar
from tests.by_hand import OTTO, deal, planned
from tests.commands import contents, run, write
from tests.insights.test_follow_ups import JANE, said
from tests.pages.test_follow_ups import made
from tests.stories import TODAY, story

NEXT = planned("2026-12-01", "Ring")


def feed(context: Context, key: str) -> bytes:
    return calendar(follow_ups_feed(context, key))


def events(data: bytes) -> list[Event]:
    return [one for one in Calendar.from_ical(data).walk("VEVENT") if isinstance(one, Event)]


def told(data: bytes) -> list[tuple[str, str]]:
    return [(str(one["summary"]), str(one.decoded("dtstart"))) for one in events(data)]


def test_one_of_all_and_one_of_each_person() -> None:
    deals = deal("a", next=NEXT, company="jane-roe"), deal("b", next=NEXT, owner=OTTO)
    found = made(*deals)
    assert list(PAGE.keys(found)) == ["", "maria", "otto"]
    assert [PAGE.path(key) for key in PAGE.keys(found)] == [
        "follow-ups.ics",
        "follow-ups-maria.ics",
        "follow-ups-otto.ics",
    ]
    assert told(feed(found, "")) == [
        ("Maria Lopez: Ring – A (Jane Roe)", "2026-12-01"), ("Otto Brandt: Ring – B", "2026-12-01"),
    ]  # fmt: skip
    assert told(feed(found, "otto")) == [("Ring – B", "2026-12-01")]


@pytest.mark.parametrize("seed", range(4))
def test_it_has_what_the_page_lists(seed: int) -> None:
    """Of the loop and another rhythm of a contact the one that is due first."""
    loaded = load(MemoryTree(story(seed)), lambda: TODAY)
    assert loaded.seen is not None
    found = Context(Insights(loaded.seen, TODAY))
    due = dues.found(found).due
    assert len(dues.listed(due)) < len(due) <= HELD
    listed = sorted((one.date, one.kind) for one in dues.listed(due))
    days = follow_ups_feed(found, "").days
    assert sorted((one.date, one.category) for one in days) == listed
    assert len({one.uid for one in days}) == len(days)


def test_a_thing_to_do_keeps_its_uid_when_its_day_moves() -> None:
    def uids(*deals: object) -> list[str]:
        return [str(one["uid"]) for one in events(feed(made(*deals), ""))]  # type: ignore[arg-type] # deals

    before = uids(deal(next=NEXT), deal("e", notes=(said("2026-11-10", "email", "to"),)))
    twice = said("2026-11-10", "email", "to"), said("2026-11-11", "email", "to")
    after = uids(deal(next=planned("2026-12-09", "Write")), deal("e", notes=twice))
    assert before == after and len(set(before)) == 2
    assert all(uid.endswith(".dealog") for uid in before)


def test_milestones_of_a_contact_have_uids_of_their_own() -> None:
    days = planned("2026-12-01", "A"), planned("2026-12-01", "B"), planned("2026-12-02", "A")
    found = made(contacts=(replace(JANE, milestones=days),))
    uids = [str(one["uid"]) for one in events(feed(found, ""))]
    assert len(set(uids)) == 3
    last = made(contacts=(replace(JANE, milestones=days[2:]),))
    assert [str(one["uid"]) for one in events(feed(last, ""))] == uids[2:]


def test_of_very_much_the_nearest_is_held() -> None:
    many = [deal(f"d{n:03}", next=planned("2026-11-21")) for n in range(HELD)]
    far = deal("far", next=planned("2027-11-21"))
    held = told(feed(made(far, *many), ""))
    assert len(held) == HELD and not [title for title, _ in held if "Far" in title]


PIPELINE = """\
journal: J
currency: EUR
visibility: private
as-of: 2026-11-20
team: {ann: {name: Ann}, ben: {name: Ben}}
follow-up: {reply-within: 24h}
pipelines: {sales: {stages: {lead: {}, won: {type: won}}}}
"""
DEAL = "---\ntitle: Acme\nowner: ann\nstage: lead\n---\n\n## 2026-11-12 email from jane\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "journal"
    write(
        root,
        {
            "pipeline.yml": PIPELINE,
            "deals/acme.md": DEAL,
            "contacts/jane.md": "---\nname: Jane\n---\n",
        },
    )
    return root


def test_a_rebuild_doubles_nothing_and_what_is_done_is_gone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = folder / "_site"
    assert run("-C", folder, "build", capsys=capsys)[0] == 0
    first = contents(site)
    assert told(first["follow-ups.ics"]) == [
        ("Ann: Answer Jane's email of 12 Nov – Acme", "2026-11-13")
    ]
    assert told(first["follow-ups-ben.ics"]) == []
    write(folder, {"contacts/jane.md": "---\nname: Jane Roe\n---\n"})
    assert run("-C", folder, "build", capsys=capsys)[0] == 0
    again = contents(site)
    assert told(again["follow-ups-ann.ics"]) == [
        ("Answer Jane Roe's email of 12 Nov – Acme", "2026-11-13")
    ]
    assert events(again["follow-ups.ics"])[0]["uid"] == events(first["follow-ups.ics"])[0]["uid"]
    write(folder, {"deals/acme.md": f"{DEAL}\n## 2026-11-19 email to jane\n"})
    assert run("-C", folder, "build", capsys=capsys)[0] == 0
    done = contents(site)
    assert told(done["follow-ups.ics"]) == told(done["follow-ups-ann.ics"]) == []
    assert run("-C", folder, "build", "--no-cache", capsys=capsys)[0] == 0
    assert contents(site) == done
