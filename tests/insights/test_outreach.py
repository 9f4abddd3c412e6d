"""First outreach: to whom we spoke first, and who answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from site_builder.insights.insights import Insights
from site_builder.insights.outreach import Outreach, outreaches, window
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Measure, Pipeline
from tests.by_hand import LEAD, OFFER, SCHEMA, TODAY, day, deal, journal, note


def to_or_from(when: str, kind: str, way: Literal["to", "from", "with"]) -> Note:
    return replace(note(when, kind, "jane-roe"), direction=way)


def found(*notes: Note) -> list[Outreach]:
    return list(outreaches(Insights(journal(deal("a", notes=notes)), TODAY)))


def test_the_first_exchange_went_from_us_and_any_other_answers() -> None:
    (one,) = found(
        to_or_from("2026-01-01", "email", "to"),
        to_or_from("2026-01-03", "email", "to"),
        to_or_from("2026-01-05", "call", "with"),
    )
    assert (one.contact.id, one.sent, one.answered) == (
        "jane-roe", day("2026-01-01"), day("2026-01-05"),
    )  # fmt: skip


def test_whoever_spoke_first_or_was_met_needed_none() -> None:
    assert found(to_or_from("2026-01-01", "email", "from")) == []
    assert found(to_or_from("2026-01-01", "meeting", "with")) == []
    assert found() == []


def test_what_is_no_message_is_no_outreach() -> None:
    """Somebody who is told of a deal that is under way is not reached by its proposal."""
    answer = to_or_from("2026-01-05", "call", "from")
    for kind in ("proposal", "knowledge", "call"):
        assert found(to_or_from("2026-01-01", kind, "to"), answer) == []
    assert len(found(to_or_from("2026-01-01", "message", "to"), answer)) == 1


def test_a_mere_note_is_neither() -> None:
    (one,) = found(
        to_or_from("2025-12-01", "note", "with"),
        to_or_from("2026-01-01", "email", "to"),
        to_or_from("2026-01-02", "note", "with"),
    )
    assert (one.sent, one.answered) == (day("2026-01-01"), None)


def test_an_answer_counts_within_the_time_there_is() -> None:
    one = Outreach(journal().contacts[0], day("2026-01-01"), day("2026-01-11"))
    assert one.is_answered(None) and one.is_answered(dt.timedelta(10))
    assert not one.is_answered(dt.timedelta(9))
    late = one._replace(answered=None)
    assert late.is_waiting(dt.timedelta(10), day("2026-01-10"))
    assert not late.is_waiting(dt.timedelta(10), day("2026-01-11"))
    assert not late.is_waiting(None, day("2026-01-02"))
    assert not one.is_waiting(dt.timedelta(20), day("2026-01-12"))


def test_the_longest_time_of_a_response_rate_counts() -> None:
    def rated(days: int | None) -> Measure:
        within = None if days is None else dt.timedelta(days)
        return Measure("response-rate", Decimal("0.4"), within)

    stages = (
        replace(LEAD, measures=(rated(14),)),
        replace(OFFER, measures=(rated(30), rated(None))),
    )
    schema = replace(SCHEMA, pipelines=(Pipeline("sales", "Sales", stages),))
    assert window(schema) == dt.timedelta(30)
    assert window(SCHEMA) is None
