"""Dates in quotes: what the help says to type is right, in the quotes and without."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest

from tests.catalogue import PIPELINE, deal
from tests.journals import loaded

Files = dict[str, str | bytes]
YAML = "title: Y\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"


def _next(value: str) -> Files:
    return {"deals/bad.md": deal().replace("2026-12-01 Call Jane", value)}


def _close(value: str) -> Files:
    return {"deals/bad.md": deal(front=f"close: {value}")}


def _milestones(value: str) -> Files:
    return {"contacts/tom.md": f"---\nname: Tom\nmilestones: [{value}]\n---\n"}


def _note(value: str) -> Files:
    return {"deals/y.yml": f"{YAML}notes:\n- {{date: {value}, kind: call}}\n"}


def _note_field(value: str) -> Files:
    note = f"- {{date: 2026-10-01, kind: change, close: {value}}}"
    return {"deals/y.yml": f"{YAML}x-close: 2026-10-30\nnotes:\n{note}\n"}


def _rate(value: str) -> Files:
    rates = f"rates: {{USD: {{{value}: 0.9}}}}\n"
    return {"pipeline.yml": PIPELINE.replace("pipelines:", f"{rates}pipelines:", 1)}


TODAY = dt.date(2026, 10, 30)
WRITTEN = (
    "2026-10-30 ", " 2026-10-30", "30.10.2026", "30.10.2026 ", "30.10.26", "30/10/2026", "Oct 30, 2026",
    "30 October 2026", "2026-10-30T09:00", "2026/10/30", "20261030", "2026-10-30,", "(2026-10-30)", "Fri 30 Oct 2026",
)  # fmt: skip


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(
    ("files", "words"),
    [(_close, ""), (_next, " Call Jane"), (_milestones, " Ten years"), (_note, ""), (_note_field, ""), (_rate, "")],
)  # fmt: skip
def test_what_to_type_is_right(
    quote: str, written: str, files: Callable[[str], Files], words: str
) -> None:
    if words and written.endswith(" "):
        return  # only more blanks than are needed
    wrong = loaded(files(f"{quote}{written}{words}{quote}"), TODAY).problems
    (problem,) = [p for p in wrong if p.code != "field-mismatch"]
    assert problem.code in ("invalid-value", "invalid-note")
    typed = re.findall("`(?!time: )([^`]*)`", problem.help)  # that is another line
    assert typed and f"2026-10-30{words}" in typed
    for each in typed:
        for put in (each, f"{quote}{each}{quote}"):
            codes = {p.code for p in loaded(files(put), TODAY).problems}
            assert codes <= {"field-mismatch"}, put
