"""Edits by a hand that only holds what it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from site_builder.edit.changes import Change
from site_builder.edit.job import Job, _each_once
from site_builder.edit.moving import lost, move, won
from site_builder.edit.noting import log_note
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.edit.starting import DealSaid, begin_deal
from site_builder.edit.steps import plan_next, tick
from site_builder.problems.problem import Problem, Span
from tests.edit.desks import TODAY, desk

DEAL = "---\ntitle: Two sites\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"


class Held:
    """What a hand was given."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []
        self.told: list[str] = []

    def write(self, made: Sequence[Change], message: str) -> None:
        self.made += [(message, (change.after or b"").decode()) for change in made]

    def tell(self, problems: Sequence[Problem], sources: Mapping[str, str]) -> None:
        self.told += [problem.code for problem in problems]


def job(hand: Held, person: str = "maria") -> Job:
    return Job(
        Path("nowhere"),
        lambda: desk({"deals/two-sites.md": DEAL}),
        lambda: TODAY,
        hand,
        "today",
        person,
    )


@pytest.mark.parametrize(
    ("deed", "message", "more"),
    [
        (
            lambda job: move(job, "two", "qual", "They called"),
            "two-sites: move to qualification",
            "## 2026-11-20 stage qualification by maria — They called\n",
        ),
        (
            lambda job: won(job, "two", value="500", override="Known"),
            "two-sites: move to won",
            "## 2026-11-20 stage won by maria\nvalue:: 500\noverride:: Known\n",
        ),
        (
            lambda job: lost(job, "two", "Price"),
            "two-sites: move to lost",
            "## 2026-11-20 stage lost by maria\nlost-reason:: price\n",
        ),
        (
            lambda job: log_note(job, "two", lambda: "Called Jane\nGood.", None, {}),
            "two-sites: call — Called Jane",
            "## 2026-11-20 call by maria — Called Jane\n\nGood.\n",
        ),
        (
            lambda job: tick(job, "two", ["decision-map"]),
            "two-sites: done decision-map",
            "- [x] decision-map\n",
        ),
        (
            lambda job: plan_next(job, "two", "fri", "Send it"),
            "two-sites: next 2026-11-27 Send it",
            "next: 2026-11-27 Send it\n---\n",
        ),
        (
            lambda job: begin_deal(job, "New one", DealSaid(next="fri Call them")),
            "new-one: new deal",
            "\n## 2026-11-20 stage lead by maria\n",
        ),
    ],
)
def test_deeds(deed: Callable[[Job], None], message: str, more: str) -> None:
    held = Held()
    deed(job(held))
    ((said, text),) = held.made
    assert said == message and text.endswith(more)


def test_what_would_be_wrong_is_not_made() -> None:
    held = Held()
    with pytest.raises(Wrong, match="Do first what the gates require") as wrong:
        move(job(held), "two", "decision")
    assert [problem.code for problem in wrong.value.problems] == ["gate-unmet"]
    with pytest.raises(NotDone, match="Nobody of the team is `marai`. Did you mean `maria`"):
        move(job(held, "marai"), "two", "qual")
    assert not held.made and not held.told


def test_what_is_to_be_said_of_a_change_is_told_after_it() -> None:
    held = Held()
    plan_next(job(held), "two", "none", "")
    assert len(held.made) == 1 and held.told == ["no-next-step"]


def test_gates_are_told_in_the_order_of_their_stages() -> None:
    span = Span("deals/a.md", 1, 1, 1, 2)
    found = [Problem("gate-unmet", f"without what `{gate}` requires", "", span) for gate in "zab"]
    assert _each_once([*found, found[0]]) == tuple(found)
