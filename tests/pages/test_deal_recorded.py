"""What a deal's page shows of what git has recorded."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights.insights import Insights
from site_builder.journal.recordings import Commit, Entry, FieldRecorded, Recorded, Recordings
from site_builder.journal.repository import Repository
from site_builder.journal.team import Person
from site_builder.pages.context import Context
from site_builder.pages.deal import deal_page
from site_builder.pages.deal_recorded import SHOWN, RecordedHistory, recorded_history
from tests.by_hand import PIPELINE, SCHEMA, TALKS, TODAY, day, deal, journal, rendered

ONE = deal(
    "a",
    pipeline=replace(
        PIPELINE, stages=(*PIPELINE.stages[:2], replace(TALKS, was=("chat",)), *PIPELINE.stages[3:])
    ),
)
HOST = Repository(commits="https://git.example/k/p/commit/")


def entry(*fields: tuple[Recorded, str, str], id: str = "0123456789abcdef") -> Entry:
    return Entry(
        Commit(id, day("2026-11-03"), "Ann", "ann@p.example"),
        False,
        tuple(FieldRecorded(*f) for f in fields),
        (),
    )


def context(*entries: Entry, host: Repository = HOST) -> Context:
    made = journal(ONE, schema=replace(SCHEMA, repository=host))
    return Context(Insights(made, TODAY, recorded=Recordings({"deals/a": entries})))


def history(*entries: Entry) -> RecordedHistory:
    found = recorded_history(ONE, context(*entries))
    assert found is not None
    return found


def said(*fields: tuple[Recorded, str, str]) -> str:
    (change,) = history(entry(*fields)).changes
    return "".join(f"{f.lead}{f.name} {f.before}>{f.after}" for f in change.fields)


def test_values_are_told_as_pages_write_them() -> None:
    assert (
        said(("stage", "lead", "chat"), ("value", "", "48000"))
        == "Stage Lead>Talks · Value >€48\u202f000"
    )
    assert (
        said(("close", "2026-12-01", ""), ("probability", "0.3", "55%"))
        == "Close 1 Dec 2026>none · Probability 30%>55%"
    )


def test_what_is_of_no_type_is_told_as_it_was_written() -> None:
    assert (
        said(("stage", "", "gone"), ("value", "5", "much"), ("close", "", "soon"))
        == "Stage >gone · Value €5>much · Close >soon"
    )
    assert said(("value", "", "x" * 99)) == f"Value >{'x' * 60}…"


def test_what_says_the_same_in_other_letters_is_no_change() -> None:
    same = entry(("value", "48000", "48 000 EUR"), ("probability", "0.3", "30%"))
    assert recorded_history(ONE, context(same)) is None
    assert said(("value", "1", "1.00"), ("stage", "talks", "lead")) == "Stage Talks>Lead"


def test_the_newest_come_first_and_the_oldest_are_counted() -> None:
    entries = [entry(("value", str(n), str(n + 1)), id=f"{n:010}") for n in range(SHOWN + 2)]
    found = history(*entries)
    assert (found.total, len(found.changes), found.more) == (
        "102 changes",
        SHOWN,
        "and 2 older changes",
    )
    assert found.changes[0].commit == "0000000101"


def test_who_is_of_the_team_has_the_name_that_they_have_there() -> None:
    one = entry(("value", "1", "2"))
    team = {"maria": Person("maria", "Maria Lopez", "ann@p.example")}
    made = journal(ONE, schema=replace(SCHEMA, team=team))
    other = one._replace(commit=one.commit._replace(address="ann@home.example"))
    known = Recordings({"deals/a": (one, other)})
    found = recorded_history(ONE, Context(Insights(made, TODAY, recorded=known)))
    assert found is not None
    assert [change.author for change in found.changes] == ["Ann", "Maria Lopez"]


def test_the_page_leads_to_the_commit_where_its_host_is_known() -> None:
    moved = entry(("stage", "lead", "talks"))
    html = rendered("deal.html", deal_page(context(moved), ONE))
    assert (
        '<a href="https://git.example/k/p/commit/0123456789abcdef"><code>0123456789</code></a>'
        in html
    )
    assert '<time datetime="2026-11-03">3 Nov 2026</time>' in html and "<bdi>Ann</bdi>" in html
    plain = rendered("deal.html", deal_page(context(moved, host=Repository()), ONE))
    assert "<bdi>Ann</bdi> <code>0123456789</code>" in plain


def test_without_a_record_the_page_says_nothing_of_it() -> None:
    assert "Recorded in git" not in rendered("deal.html", deal_page(context(), ONE))
    assert recorded_history(ONE, Context(Insights(journal(ONE), TODAY))) is None
