"""What is said of random changes of random journals, worked out once more from the raw files."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from decimal import Decimal

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.load.pair import load_pair
from site_builder.review.compare import Comparison, compare
from site_builder.review.sides import Sides
from tests import changes
from tests.comparisons import side
from tests.stories import STAGES, TODAY, RawFile, raw, story

BEGUN = dt.date(2026, 11, 10)
RATES = {"EUR": Decimal(1), "USD": Decimal("0.9")}
CHANCES = {"talks": 20, "offer": 50, "signing": 80, "review": 60}
Files = dict[str, str]


def made(before: Files, after: Files) -> Comparison:
    pair = load_pair(MemoryTree(before), MemoryTree(after), lambda: TODAY, None)
    assert pair.before is not None
    return compare(Sides(side(pair.before), side(pair.after), TODAY, BEGUN))


def deals(files: Files) -> dict[str, RawFile]:
    """The deals that have begun by the day."""
    return {file.id: file for file in raw(files, "deals")}


def matched(before: Files, after: Files) -> dict[str, tuple[RawFile | None, RawFile | None]]:
    """Deals as they were and are: of one that went and one that came with one title and pipeline,
    where there is only one of each, both are the same."""
    was, now = deals(before), deals(after)
    gone = [was[id] for id in was if id not in now]
    come = [now[id] for id in now if id not in was]
    pairs = {id: (was[id], now[id]) for id in was if id in now}
    left_gone, left_come = list(gone), list(come)
    for one in gone:
        same = [other for other in come if _name(other) == _name(one)]
        if len(same) == 1 and sum(_name(other) == _name(one) for other in gone) == 1:
            pairs[same[0].id] = one, same[0]
            left_gone.remove(one)
            left_come.remove(same[0])
    found: dict[str, tuple[RawFile | None, RawFile | None]] = {**pairs}
    found |= {one.id: (one, None) for one in left_gone}
    return found | {one.id: (None, one) for one in left_come}


def _name(file: RawFile) -> tuple[str, str]:
    return file.front["title"], file.front["pipeline"]


def ended(file: RawFile | None) -> str:
    """Whether a deal is won or lost, or neither."""
    if file is None:
        return ""
    types = [STAGES[file.front["pipeline"]][move.stage] for move in file.moves] or [file.type]
    found = ""
    for type in types:
        if type == "parked":
            found = found if found == "won" else ""
        else:
            found = "" if type == "open" else type
    return found


@pytest.mark.parametrize("seed", range(24))
def test_deals(seed: int) -> None:
    before = story(seed, deals=14, people=6)
    after = changes.changed(before, seed)
    found = {change.id: change for change in made(before, after).deals}
    pairs = matched(before, after)
    for id, (was, now) in pairs.items():
        change = found.pop(id, None)
        if was == now and was is not None and change is not None:  # what raw files don't tell
            assert not (change.turn or change.moves or change.steps)
            assert {field.field for field in change.fields} <= {"summary"}
            continue
        if was == now:
            continue
        assert change is not None, id
        what = "added" if was is None else "removed" if now is None else "changed"
        what = "renamed" if was and now and was.id != now.id else what
        assert (change.what, change.was) == (what, was.id if what == "renamed" and was else None)
        if now is not None and ended(now) != ended(was) and ended(now):
            assert change.turn == ended(now)
        elif was is not None and now is not None and ended(was) and now.type == "open":
            assert change.turn == "reopened"
        if was is not None and now is not None:
            _same_fields(change.fields, was, now)
            _same_moves([move.after for move in change.moves], was, now)
            ticks = {tick for note in now.notes for tick in note.ticks}
            assert set(change.steps) == ticks - {t for note in was.notes for t in note.ticks}
    assert found == {}


def _same_fields(fields: tuple[object, ...], was: RawFile, now: RawFile) -> None:
    names = ("value", "close", "probability", "category", "owner", "company", "channel", "contacts")
    told = {field.field for field in fields if field.field in names}  # type: ignore[attr-defined]  # each is a FieldChange
    assert told == {name for name in names if was.front.get(name) != now.front.get(name)}


def _same_moves(found: list[str], was: RawFile, now: RawFile) -> None:
    stages = [move.stage for move in now.moves]
    if now.moves[: len(was.moves)] == was.moves:  # nothing but added
        expected = stages[len(was.moves) :]
        stood = was.front["stage"]
        assert found == [s for at, s in enumerate(expected) if at or s != stood]
    elif was.front["stage"] != now.front["stage"]:
        assert found[-1] == now.front["stage"]


@pytest.mark.parametrize("seed", range(24))
def test_notes_and_looks(seed: int) -> None:
    before = story(seed, deals=14, people=6)
    after = changes.changed(before, seed)
    comparison = made(before, after)
    texts = {
        folder: (_notes(before, folder), _notes(after, folder)) for folder in ("deals", "contacts")
    }
    names = {change.id: change.was or change.id for change in comparison.deals}
    told = {change.id: change.notes for change in comparison.deals}
    told |= {change.id: change.notes for change in comparison.contacts}
    for was, now in texts.values():
        for id in {*was, *now} - {old for id, old in names.items() if old != id}:
            old, new = was.get(names.get(id, id), Counter()), now.get(id, Counter())
            how = Counter(note.how for note in told.get(id, ()))
            assert (new - old).total() == how["added"] + how["edited"] + how["redated"], id
            assert (old - new).total() == how["removed"] + how["edited"] + how["redated"], id
    _same_looks(comparison, before, after)


def _notes(files: Files, folder: str) -> dict[str, Counter[str]]:
    """The notes of each file, blanks aside."""
    found = {}
    for path, text in files.items():
        if path.startswith(f"{folder}/"):
            body = text.split("---\n", 2)[2]
            parts = [p for p in re.split(r"(?m)^(?=## )", body) if p.startswith("## ")]
            id = path.rpartition("/")[2].removesuffix(".md")
            found[id] = Counter(" ".join(part.split()) for part in parts)
    return found


def _same_looks(comparison: Comparison, before: Files, after: Files) -> None:
    codes = Counter((p.code, p.span.path) for p in comparison.suspicions)
    for id, (was, now) in matched(before, after).items():
        path = f"deals/{id}.md"
        reassigned = was and now and was.front["owner"] != now.front["owner"]
        assert codes[("deal-reassigned", path)] == bool(reassigned)
        if was and not now:
            assert codes[("deal-deleted", path)] == bool(ended(was))
        if was and now and _chance(now) is not None:
            usual = CHANCES.get(was.front["stage"])
            old = _chance(was) if _chance(was) is not None else usual
            up = old is not None and (_chance(now) or 0) > old
            noted = sum(len(file.notes) for file in (now,)) > len(was.notes)
            if not noted and len(now.notes) == len(was.notes):
                changed = _chance(now) != _chance(was)
                assert codes[("probability-raised", path)] == (up and changed), id


def _chance(file: RawFile) -> int | None:
    said = file.front.get("probability")
    return int(said.removesuffix("%")) if said else None


@pytest.mark.parametrize("seed", range(12))
def test_forecast(seed: int) -> None:
    before = story(seed, deals=14, people=6)
    after = changes.changed(before, seed)
    total = made(before, after).forecast[-1]
    for files, sums in ((before, total.before), (after, total.after)):
        open_deals = [d for d in deals(files).values() if d.type == "open" and d.front.get("category") != "omitted"]  # fmt: skip
        assert sums.deals == len(open_deals)
        weighted: Counter[str] = Counter()
        for deal in open_deals:
            chance = _chance(deal)
            chance = chance if chance is not None else CHANCES.get(deal.front["stage"])
            if "value" in deal.front and chance is not None:
                amount, currency = deal.front["value"].split()
                home = "EUR" if currency in RATES else currency
                weighted[home] += Decimal(amount) * RATES.get(currency, 1) * chance / 100  # type: ignore[assignment]  # a Counter of decimals
        for line in sums.weighted.lines:
            assert line.amount == weighted.pop(line.currency, 0)
        assert not +weighted
