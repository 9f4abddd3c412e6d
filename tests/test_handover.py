from __future__ import annotations

import datetime as dt
import signal
import time
from functools import partial

import pytest

from site_builder import handover, load, parallel
from site_builder.model import Journal
from site_builder.tree import MemoryTree
from tests.catalogue import BASE, deal

FILES = {
    **BASE,
    **{
        f"deals/d{n}.md": deal(stage="stage: qualification", front=f"value: {n} USD\ncontacts: [jane-roe]",
                               notes=f"## 2026-10-01 stage qualification by maria\nvalue:: {n} USD\n- [x] needs-analysis\n")
        for n in range(40)
    },
    "deals/bad.md": deal(stage="stage: nowhere"),
}  # fmt: skip


def read() -> load.Loaded:
    return load.load(MemoryTree(FILES), lambda: dt.date(2026, 11, 20))


def test_several_processes_read_what_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read()
    monkeypatch.setattr(parallel, "share_of", lambda tasks, worth: 3)
    together = read()
    assert together == alone


def test_the_schema_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "share_of", lambda tasks, worth: 3)
    journal = read().journal
    assert isinstance(journal, Journal)
    stage = journal.schema.pipelines[0].stages[1]
    for made in journal.deals[1:]:
        assert made.stage is stage
        assert made.owner is journal.schema.team["maria"]
        assert made.notes[0].kind is journal.schema.kinds["stage"]
        assert made.notes[0].steps[0].step is stage.steps[0]


def test_what_crosses_is_the_same() -> None:
    journal = read().journal
    assert journal is not None
    data = handover.encoder(journal.schema)(journal.deals)
    assert handover.decoder(journal.schema)(data) == journal.deals


def test_results_come_in_order() -> None:
    assert parallel.run([partial(pow, 2, n) for n in range(4)]) == [1, 2, 4, 8]


def test_what_goes_wrong_in_a_process_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        parallel.run([partial(divmod, 1, 1), partial(divmod, 1, 0)])


class OddError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def test_an_exception_that_cannot_travel_sends_its_words() -> None:
    def fail() -> None:
        raise OddError("wh", "at")

    with pytest.raises(RuntimeError, match="OddError: what"):
        parallel.run([lambda: None, fail])


def test_what_goes_wrong_here_ends_the_others_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        parallel.run([partial(signal.raise_signal, signal.SIGINT), partial(time.sleep, 60)])
    assert time.monotonic() - began < 30


def test_few_tasks_are_worth_no_process() -> None:
    assert parallel.share_of(10, 1_000) == 1
