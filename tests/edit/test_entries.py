from __future__ import annotations

import difflib
import random

import pytest

from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import (
    changed,
    done,
    in_same_currency,
    moved,
    planned,
    stage_in,
    stage_named,
    stage_of_type,
    steps_named,
)
from site_builder.edit.notes import with_note
from site_builder.edit.refusals import NotDone
from site_builder.edit.splices import Splice
from site_builder.edit.writing import NewNote
from site_builder.files.tree import MemoryTree
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import StageType
from site_builder.load.preparing import prepare
from site_builder.load.reading import Keep
from tests.catalogue import PIPELINE
from tests.edit.desks import TODAY, after, desk, opened
from tests.stories import story

DEAL = "---\ntitle: A\nowner: maria\nstage: lead\nvalue: 48000 USD\n---\n"


def test_a_move_is_a_note_and_the_stage_in_front_matter() -> None:
    _, file = opened(DEAL)
    to = stage_named(file.deal, "decision")
    fields = (("asked-by", "customer"),)
    made = after(file.file, *moved(file, to, TODAY, "maria", "They asked", fields)[0])
    assert made == DEAL.replace("lead", "decision") + (
        "\n## 2026-11-20 stage decision by maria — They asked\nasked-by:: customer\n"
    )


def test_a_loss_sets_its_reason_once() -> None:
    _, file = opened(DEAL)
    to = stage_of_type(file.deal, StageType.LOST)
    made = after(file.file, *moved(file, to, TODAY, "", "", (("lost-reason", "price"),))[0])
    assert made.count("lost-reason: price\n") == 1
    assert made.endswith("stage lost\nlost-reason:: price\n")


GATE = PIPELINE.replace("      negotiation: {}", "      negotiation: {requires: [value]}")
BEGUN = DEAL.replace("lead", "negotiation")
CALL = "\n## 2026-10-01 call\n"
ENTRY = "\n## 2026-10-05 stage negotiation\n"
SO_FAR = "\n## 2026-10-01 change\nvalue:: 48000 USD\n"


@pytest.mark.parametrize("is_falling", [False, True])
@pytest.mark.parametrize(("to", "what"), [("", "change"), ("won", "stage won")])
def test_what_a_passed_gate_required_stays_known_when_a_note_sets_it(
    to: str, what: str, is_falling: bool
) -> None:
    rows = [CALL, ENTRY]
    made = desk(
        {"pipeline.yml": GATE, "deals/a.md": BEGUN + "".join(rows[:: -1 if is_falling else 1])}
    )
    file = made.open(made.find("a", ("deals",)))
    fields = (("value", "51000 USD"),)
    splices, notes = (
        moved(file, stage_named(file.deal, to), TODAY, "", "", fields)
        if to
        else changed(file, *fields[0], TODAY, "")
    )
    change = made.changed(file, splices, notes)
    assert [p.code for p in made.new_problems(file, change)] == []
    rows = [CALL, SO_FAR, ENTRY, f"\n## 2026-11-20 {what}\nvalue:: 51000 USD\n"]
    head = BEGUN.replace("48000", "51000").replace("negotiation", to or "negotiation")
    assert change.after == (head + "".join(rows[:: -1 if is_falling else 1])).encode()


@pytest.mark.parametrize(
    ("text", "pipeline"),
    [
        (BEGUN + CALL, PIPELINE),  # no gate asks for it
        (BEGUN + CALL + "value:: 48000 USD\n", GATE),  # and what is known already,
        (BEGUN, GATE),  # and has no day
        (BEGUN + CALL.replace("10-01", "11-20"), GATE),
    ],
)
def test_what_is_known_or_nobody_asks_for_is_not_written_down_again(
    text: str, pipeline: str
) -> None:
    made = desk({"pipeline.yml": pipeline, "deals/a.md": text})
    file = made.open(made.find("a", ("deals",)))
    assert changed(file, "value", "51000 USD", TODAY, "")[1] == 1


def test_a_deal_is_not_moved_to_where_it_stands() -> None:
    _, file = opened(DEAL)
    with pytest.raises(NotDone, match="stands in `lead` already"):
        moved(file, file.deal.stage, TODAY, "", "", ())


@pytest.mark.parametrize(("said", "id"), [("dec", "decision"), ("Lead", "lead"), ("won", "won")])
def test_stages_may_be_said_in_part(said: str, id: str) -> None:
    _, file = opened(DEAL)
    assert stage_in(file.deal.pipeline, said).id == id


def test_a_stage_that_there_is_not() -> None:
    _, file = opened(DEAL)
    with pytest.raises(NotDone, match="has no stage `negociation`. Did you mean `negotiation`"):
        stage_named(file.deal, "negociation")


def test_what_has_a_history_is_set_by_a_note_that_tells_what_was_before() -> None:
    _, file = opened(DEAL)
    splices, notes = changed(file, "value", "51 000 USD", TODAY, "maria")
    assert notes == 1
    assert after(file.file, *splices) == DEAL.replace("48000", "51 000") + (
        "\n## 2026-11-20 change by maria — value was 48000 USD\nvalue:: 51 000 USD\n"
    )
    _, again = opened(after(file.file, *splices))
    assert (
        "value was"
        not in after(again.file, *changed(again, "value", "52 000 USD", TODAY, "")[0])
        .split("stage")[-1]
        .split("51 000 USD\n")[-1]
    )


def test_what_has_none_is_set_in_front_matter_alone() -> None:
    _, file = opened(DEAL)
    splices, notes = changed(file, "channel", "fair", TODAY, "maria")
    assert (notes, after(file.file, *splices)) == (0, DEAL.replace("USD\n", "USD\nchannel: fair\n"))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("stage", "won", "use `dealog move a won`"),
        ("stage", "", "use `dealog move a STAGE`"),
        ("vlaue", "1", "has no field `vlaue`. Did you mean `value`"),
        ("title", "A", "`title` of `a` is `A` already"),
        ("close", "", "has no `close`"),
    ],
)
def test_what_can_t_be_set(name: str, value: str, message: str) -> None:
    _, file = opened(DEAL)
    with pytest.raises(NotDone, match=message):
        changed(file, name, value, TODAY, "")


def test_notes_can_t_take_away_what_one_of_them_set() -> None:
    note = "\n## 2026-11-0{0} change\nvalue:: 4{0}000 USD\n"
    _, file = opened(DEAL + note.format(1) + note.format(2))
    (one, other) = [row for row, line in enumerate(file.file.text.split("\n"), 1) if "::" in line]
    path = file.file.path
    with pytest.raises(NotDone, match="away again.*type `dealog set a value VALUE`") as refused:
        changed(file, "value", "", TODAY, "")
    assert f"set by a note ({path}:{one}, {path}:{other});" in str(refused.value)


@pytest.mark.parametrize(
    ("value", "before", "made"),
    [
        ("51000", "48000 USD", "51000 USD"),
        ("51 000.50", "USD 48000", "USD 51 000.50"),
        ("51000 EUR", "48000 USD", "51000 EUR"),
        ("51000", "48000", "51000"),
        ("much", "48000 USD", "much"),
    ],
)
def test_an_amount_keeps_its_currency(value: str, before: str, made: str) -> None:
    assert in_same_currency(value, before) == made


def test_a_next_step_and_steps_done() -> None:
    _, file = opened(DEAL)
    assert "next: 2026-11-20 Call: now\n" not in after(
        file.file, *planned(file.file, TODAY, "Call: now")
    )
    assert 'next: "2026-11-20 Call: now"\n' in after(
        file.file, *planned(file.file, TODAY, "Call: now")
    )
    made = after(file.file, *done(file, steps_named(file.deal, ["needs-analysis"]), TODAY, "maria"))
    assert made == DEAL + (
        "\n## 2026-11-20 note by maria — Needs analysis done\n\n- [x] needs-analysis\n"
    )
    _, again = opened(made)
    with pytest.raises(NotDone, match="done already"):
        steps_named(again.deal, ["needs-analysis"])
    with pytest.raises(NotDone, match="Did you mean `decision-map`"):
        steps_named(again.deal, ["decision-mapp"])


def test_of_a_pipeline_with_many_steps_those_of_the_stage_that_are_left_are_named() -> None:
    steps = ", ".join(f"s-{number}: Step" for number in range(13))
    files = {
        "pipeline.yml": f"{PIPELINE}      tried: {{steps: {{seen: Seen, felt: Felt}}}}\n"
        f"      used: {{steps: {{{steps}}}}}\n",
        "deals/a.md": DEAL.replace("lead", "tried") + "\n## 2026-11-01 call\n\n- [x] seen\n",
    }
    made = desk(files)
    deal = made.open(made.find("a", ("deals",)))
    with pytest.raises(NotDone, match="has no step `zzz`. Of `tried` are left: `felt`.$"):
        steps_named(deal.deal, ["zzz"])


def test_random_edits_of_random_journals_change_nothing_but_their_span() -> None:
    edits = sum(_edited(seed) for seed in range(5))
    assert edits > 100


def _edited(seed: int) -> int:
    files = story(seed)
    ready = prepare(MemoryTree(files), lambda: TODAY, TODAY, Keep.NOTHING)
    assert ready.schema is not None
    made, chance = Desk(ready, ready.schema), random.Random(seed)
    edits = 0
    for found in ready.listed.found:
        file = made.open(found)
        for splices, notes in _some_edits(file, chance):
            change = made.changed(file, splices, notes)
            assert change.after is not None
            _spans_alone(file.file.data.decode(), change.after.decode(), splices)
            bad = [p for p in made.new_problems(file, change) if p.code != "gate-unmet"]
            assert [p for p in bad if p.severity == "error"] == []
            edits += 1
    return edits


def _some_edits(file: Opened, chance: random.Random) -> list[tuple[list[Splice], int]]:
    day = TODAY.replace(day=chance.randint(1, 20))
    text = chance.choice(["", "One\n\n- two\n", "| a |\n|---|\n| b |"])
    note = NewNote(day, "call", headline=chance.choice(["", "Ünder: # [x]"]), text=text)
    found = [(with_note(file.file, note), 1)]
    if isinstance(file.subject, Deal):
        deal = file.subject
        found.append((planned(file.file, day, 'Say "hello": #1'), 0))
        stages = [s for s in deal.pipeline.present if s is not deal.stage and s.type == "open"]
        if stages:
            found.append(moved(file, chance.choice(stages), TODAY, "ann", "", (("value", "7"),)))
        value = f"{chance.randint(1, 99)}000.5"
        found.append(changed(file, "value", value, TODAY, "ann"))
        found.append(changed(file, "tags", (f"tag{value}", "b"), TODAY, ""))
    return found


def _spans_alone(before: str, after: str, splices: list[Splice]) -> None:
    """The lines that go are those of splices that replace something; the others stay in order."""
    replaced = {
        n
        for s in splices
        for n in range(s.line, s.end_line + (s.end_column > 1))
        if s[:2] != s[2:4]
    }
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag in ("delete", "replace"):
            assert {n + 1 for n in range(start, end)} <= replaced
