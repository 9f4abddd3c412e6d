from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from random import Random

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.forecast.courses import Course
from site_builder.load.loader import load
from tests import worlds
from tests.catalogue import deal
from tests.commands import run, write
from tests.forecast.test_backtest import proposals
from tests.journals import Site
from tests.places import ROOT
from tests.query.cases import JOURNAL
from tests.worlds import world

DEAL = {"id", "pipeline", "stage", "owner", "value", "currency", "close", "category",
        "probability", "used", "n", "within"}  # fmt: skip
PERIOD = {"period", "open", "weighted", "p10", "p50", "p90", "won", "target", "chance"}


def test_it_is_told_to_other_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("-C", ROOT, "forecast", "--format", "json", capsys=capsys)
    found = json.loads(out)
    assert (code, list(found)[:2], found["currency"]) == (0, ["version", "today"], "EUR")
    assert found["deals"]
    assert found["parked"]
    for one in (*found["deals"], *found["parked"]):
        assert set(one) == DEAL
        assert set(one["probability"]) == {"stage", "own", "learned"}
        assert set(one["within"]) == {"30", "90", "180", "eventually"}
        assert one["probability"]["learned"] == one["within"]["90"]
    parts = (*found["periods"], found["undated"], found["overdue"])
    every = sum(float(one["open"]) for one in parts)
    for one in parts:
        assert set(one) >= PERIOD
        assert set(one["weighted"]) == {"stage", "own", "learned"}
        assert float(one["won"]) <= float(one["p10"]) <= float(one["p50"]) <= float(one["p90"])
        most = float(one["open"]) if one["moved"] is None else every  # comes from elsewhere
        assert float(one["p90"]) <= float(one["won"]) + most + 0.01
    assert err == f"{len(found['deals'])} open deals, as of 2026-11-20.\n"
    shown = json.loads(run("-C", ROOT, "show", "forecast", "--format", "json", capsys=capsys)[1])
    assert shown == {**found, "page": "forecast"}


@pytest.mark.parametrize(
    ("by", "first"), [("month", "2026-01"), ("quarter", "2026-Q1"), ("year", "2026")]
)
def test_periods_are_those_that_are_asked_for(
    by: str, first: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = run("-C", ROOT, "forecast", "--by", by, "--format", "json", capsys=capsys)
    assert json.loads(out)["periods"][0]["period"] == first
    code, out, _ = run("-C", ROOT, "forecast", "--by", by, capsys=capsys)
    assert code == 0
    assert f"{first} " in out


def test_a_query_picks_deals_and_not_what_is_learned_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = json.loads(run("-C", ROOT, "forecast", "--format", "json", capsys=capsys)[1])
    part = json.loads(
        run("-C", ROOT, "forecast", "owner:maria", "--format", "json", capsys=capsys)[1]
    )
    assert part["deals"] == [one for one in whole["deals"] if one["owner"] == "maria"]
    assert part["choices"] == whole["choices"]


def test_targets_are_of_all_deals_and_of_no_query(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ((), ("owner:maria",)):
        command = ("-C", ROOT, "forecast", *words, "--format", "json")
        found = json.loads(run(*command, capsys=capsys)[1])
        named = [one["period"] for one in found["periods"] if one["target"] or one["chance"]]
        assert bool(named) == (not words)
    shown = run("-C", ROOT, "show", "forecast", "owner:maria", capsys=capsys)[1]
    assert "won" in shown and "targeted" not in shown


@pytest.mark.parametrize("wide", [80, 100, 120])
def test_nothing_is_cut_off_in_a_terminal(
    wide: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(wide))
    _, out, _ = run("-C", ROOT, "forecast", capsys=capsys)
    lines = out.splitlines()
    assert "…" not in out and max(map(len, lines)) <= wide
    assert next(line for line in lines if "learned" in line).split()[-1] == "chance"
    assert any(line.split()[:1] == ["2026-Q4"] for line in lines)


def test_the_horizon_is_that_of_what_is_learned(capsys: pytest.CaptureFixture[str]) -> None:
    out = run("-C", ROOT, "forecast", "--horizon", "30", "--format", "json", capsys=capsys)[1]
    for one in json.loads(out)["deals"]:
        assert one["probability"]["learned"] == one["within"]["30"]


def test_it_says_how_much_is_proven_and_what_is_not_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    said = run("-C", ROOT, "forecast", capsys=capsys)[1]
    verdict = run("-C", ROOT, "backtest", capsys=capsys)[1].splitlines()[0].strip()
    scores = verdict[verdict.index("Over 2") : verdict.index("By what")]
    assert verdict.replace(scores, "") in said and verdict not in said
    assert "What was learned counts until a period's end; of overdue, for 90 days from" in said
    assert "\nNot in it are deals that are not in the journal yet. Such brought to past" in said
    write(tmp_path, dict(JOURNAL))
    said = run("-C", tmp_path, "forecast", capsys=capsys)[1]
    assert "Nothing is proven yet" not in said and "Too little is known to judge" in said
    for path in tmp_path.glob("deals/*"):
        path.unlink()
    assert "\nNothing is proven yet" in run("-C", tmp_path, "forecast", capsys=capsys)[1]


def test_it_says_of_how_many_deals_nothing_is_learned_and_how_many_no_sum_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    said = run("-C", ROOT, "forecast", capsys=capsys)[1]
    assert "\n10 of 23 open deals without a value: in no sum.\n" in said
    assert "\n1 more open deal of the category omitted: in no sum.\n" in said
    (omitted,) = (line for line in said.splitlines() if line.strip().startswith("port-saltby"))
    assert omitted.split()[-1] == "omitted"
    assert ": 2026-Q4 0.1 wins (1 of 11 wins of 8 periods), " in said
    assert "nothing is learned" not in said
    front = "---\ntitle: T\nowner: ann\nstage: lead\n---\n"
    ended = "---\ntitle: T\nowner: ann\nstage: won\nvalue: 5\n---\n## 2026-02-01 stage lead\n"
    settings = {path: text for path, text in JOURNAL.items() if not path.startswith("deals/")}
    write(tmp_path, {**settings, "deals/loose.md": front})
    assert "nothing is learned" not in run("-C", tmp_path, "forecast", capsys=capsys)[1]
    write(tmp_path, {"deals/done.md": f"{ended}\n## 2026-05-01 stage won\n"})
    said = run("-C", tmp_path, "forecast", capsys=capsys)[1]
    assert "\nOf each of 1 of 1 open deal nothing is learned, for its stage has no date.\n" in said
    found = json.loads(run("-C", tmp_path, "forecast", "--format", "json", capsys=capsys)[1])
    assert found["unlearned"] == [{"id": "loose", "why": "undated"}]


def test_a_name_stays_whole_where_there_is_hardly_room_for_percents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    front = (
        "title: T\nowner: ann\nstage: lead\nclose: 2026-12-01\nvalue: 12345678\nprobability: 99.9%"
    )
    settings = {path: text for path, text in JOURNAL.items() if not path.startswith("deals/")}
    write(tmp_path, {**settings, "deals/sure.md": f"---\n{front}\n---\n"})
    assert "\n sure " in run("-C", tmp_path, "forecast", capsys=capsys)[1]


def test_an_amount_without_a_rate_says_its_currency_and_that_no_sum_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    front = "title: T\nowner: ann\nstage: lead\nclose: 2026-12-01\nvalue: 15000 CHF"
    write(tmp_path, {**JOURNAL, "deals/apart.md": f"---\n{front}\n---\n"})
    said = run("-C", tmp_path, "forecast", capsys=capsys)[1]
    assert (
        "\n15k\u202fCHF open and 7k\u202fCHF won are in no sum: pipeline.yml has no rate for CHF.\n"
        in said
    )
    (row,) = (line for line in said.splitlines() if line.startswith(" apart "))
    assert " 15\u202f000\u202fCHF " in row


SETTINGS = """\
journal: Cut
currency: EUR
visibility: private
team: {ann: {name: Ann}}
lost-reasons: {price: Too dear}
pipelines:
"""
STAGES = """\
    stages:
      lead: {name: Lead, probability: 10%}
      offer: {name: Offer, probability: 50%}
      talks: {name: Talks, probability: 80%}
      parked: {name: Parked, type: parked}
      won: {name: Won, type: won}
      lost: {name: Lost, type: lost}
"""


def kinds() -> dict[str, tuple[Course, ...]]:
    """Courses of each kind that is told of: of PEPs, years later, so that all are of one time."""
    later = worlds.BEGAN - dt.date(2000, 7, 1).toordinal()
    peps = [
        Course(one.id, tuple(day + later for day in one.days), one.states) for one in proposals()
    ]
    return {
        "peps": tuple(one for one in peps if one.days[0] < worlds.BEGAN + 400),
        "maven": worlds.outlived(50),
        "zoho": world(worlds.coin, 50, 2),
    }


def written(until: int) -> dict[str, str]:
    """The files of what had been noted by a day."""
    files = {"pipeline.yml": SETTINGS + "".join(f"  {kind}:\n{STAGES}" for kind in kinds())}
    for kind, courses in kinds().items():
        for course in courses:
            if cut := course.until(until):
                files[f"deals/{kind}-{course.id}.md"] = deal_of(kind, cut)
    return files


def deal_of(kind: str, course: Course) -> str:
    draw = Random(course.id)
    close = dt.date.fromordinal(course.days[0] + draw.randrange(20, 200))
    said = f"value: {draw.randrange(1, 90)}00\nclose: {close}\nprobability: {draw.randrange(21) * 5}%\n"
    moves = list(zip(course.days, course.states, strict=True))
    stage = worlds.STAGES[course.states[-1]].id
    reason = "lost-reason: price\n" * (stage == "lost")
    notes = [
        f"\n## {dt.date.fromordinal(day)} stage {worlds.STAGES[state].id}\n" for day, state in moves
    ]
    notes[0] += said.replace(": ", ":: ")
    front = f"---\ntitle: T\nowner: ann\npipeline: {kind}\nstage: {stage}\n{said}{reason}---\n"
    return front + "".join(reversed(notes))


COMMANDS = ("forecast", "backtest")
PAGES = ("forecast.html", "forecast-belief.html")


def test_nothing_later_moves_a_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of deals like real proposals, Maven's and Zoho's: the journal as it is and cut at a day."""
    end, day = worlds.BEGAN + 600, dt.date.fromordinal(worlds.BEGAN + 400)
    whole, cut = written(end), written(day.toordinal())
    assert len(whole) > len(cut) > 100
    said = []
    for name, files in (("whole", whole), ("cut", cut)):
        write(tmp_path / name, files)
        told = ("--today", str(day), "--format", "json")
        outs = [run("-C", tmp_path / name, command, *told, capsys=capsys) for command in COMMANDS]
        pages = Site(load(MemoryTree(dict(files)), lambda: day))
        mains = [pages[path].partition("<main")[2] for path in PAGES]
        said.append((outs, mains))
    assert said[0] == said[1]
    outs, mains = said[0]
    assert [code for code, _, _ in outs] == [0, 0]
    assert json.loads(outs[1][1])["n"] > 200
    assert all(len(main) > 9_000 for main in mains)


@pytest.mark.parametrize("command", ["forecast", "backtest", "list"])
def test_errors_are_told_of_beside_what_goes_on(
    command: str, journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"deals/bad.md": deal(stage="stage: leed")})
    code, _, err = run("-C", journal, command, capsys=capsys)
    assert (code, err.endswith("The journal has 1 error: `dealog check` tells.\n")) == (1, True)
