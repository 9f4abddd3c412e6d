"""Commands that move a deal, to copy: each does what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.pages.moves import NO_MOVE, Move, move_on, moves
from tests.by_hand import LEAD, LOST, PARKED, PIPELINE, WON, deal
from tests.commands import run, write

DEAL = "---\ntitle: One\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"


def test_on_is_the_next_stage_of_the_way() -> None:
    assert move_on(deal("a", LEAD)).command == f"dealog move a {PIPELINE.way[1].id}"
    assert move_on(deal("a", PIPELINE.way[-2])) == Move(WON.name, "dealog won a")
    assert move_on(deal("a", PARKED)).command == f"dealog move a {LEAD.id}"
    assert move_on(deal("a", WON)) == move_on(deal("a", LOST)) == NO_MOVE


def test_where_there_are_several_ends_the_stage_is_said() -> None:
    other = replace(WON, id="signed", name="Signed")
    pipeline = replace(PIPELINE, stages=(*PIPELINE.stages, other))
    one = replace(deal("a", LEAD), pipeline=pipeline)
    commands = [move.command for move in moves(one)]
    assert f"dealog won a --stage {WON.id}" in commands
    assert "dealog won a --stage signed" in commands


def test_every_command_is_understood(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, {"deals/one.md": DEAL})
    site = journal / "_site"
    run("-C", journal, "build", "-o", site, capsys=capsys)
    page = (site / "deals/one.html").read_text()
    commands = [part.split("</code>")[0] for part in page.split("<code>dealog ")[1:]]
    assert len(commands) > 3
    for command in commands:
        words = command.replace("REASON", "price").split()
        code, _, err = run("-C", journal, *words, capsys=capsys)
        assert code == 0 or "error[gate-unmet]" in err, command
        write(journal, {"deals/one.md": DEAL})
