"""Steps that notes tick, and ticks that look as if they did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_builder.journal.note import StepMark
from site_builder.journal.pipeline import Step
from site_builder.parse.near_notes.in_text import in_text
from site_builder.parse.near_notes.loose_ticks import (
    LooseTick,
    loose_ticks,
    may_have_loose_ticks,
    named_in,
)
from site_builder.parse.reading import Reading
from site_builder.problems.characters import named, strange_in
from site_builder.problems.patterns import late, pattern
from site_builder.problems.suggest import listed
from site_builder.source.comments import comments
from site_builder.source.note_drafts import NoteDraft
from site_builder.source.note_headings import fences, is_within

# With the line's end before it instead of `^`, for a search for a letter is many times faster.
_TASK = re.compile(r"\n[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[([ xX]{1,3})\][ \t]+([^\n]*)")
_STEP = late(r"[a-z0-9]+(?:-[a-z0-9]+)*(?![a-z0-9_]|-[a-z0-9])")
_BOXES = r"^(?:\[[ xX]\][ \t]*)+"
_BEFORE_SAID = "—–-,;.:：= "
_NUMBERED = r"^[0-9]{1,3}[.)][ \t]+"
_MOST_SHOWN = 60
_MOST_IN_A_ROW = 20
_Task = re.Match[str]
_Stretches = list[tuple[int, int]]


def ticked_steps(reading: Reading, draft: NoteDraft) -> tuple[StepMark, ...]:
    """The steps that a note of a deal ticks; what looks as if it did is warned of."""
    if not reading.kind.has_stages:
        ticks_outside(reading, draft, [])
        return ()
    steps = reading.steps
    return _ticked(reading, draft, steps) if steps else ()


def _ticked(reading: Reading, draft: NoteDraft, steps: Mapping[str, Step]) -> tuple[StepMark, ...]:
    text = draft.text
    found = list(_TASK.finditer("\n" + text)) if "[" in text else []
    is_all = not may_have_loose_ticks(text, len(found), reading.may_have_odd_ticks)
    if is_all and not found:
        return ()
    if fenced := fences(text):
        found = [match for match in found if not is_within(_box(match), fenced)]
    hidden = comments(text, whole=reading.document.joined)
    if hidden:
        _commented(reading, draft, found, hidden)
    if not is_all:
        but = {_box(match) for match in found}
        for tick in _outside(loose_ticks(text, but), fenced, hidden):
            if help := _loose_help(reading, tick):
                _marks_nothing(reading, draft, tick, "is not written as a tick is", help)
    return tuple(_marks(reading, draft, steps, found))


def _loose_help(reading: Reading, tick: LooseTick) -> str:
    """What to type instead of a tick in another form; nothing where it means no step."""
    if tick.is_cell and not reading.step_names.called(tick.name):
        return ""
    if several := reading.step_names.listed(f"{tick.name}, {tick.said}"):
        return _lines_for(reading, several)
    if step := reading.step_names.called(tick.name) or reading.step_names.near(tick.name):
        reading.nearly_said.add(step)
        return f"Write `{_line(step, tick.said)}` in a line of its own."
    several = reading.step_names.listed(tick.name)
    return _lines_for(reading, several, tick.said) if several else ""


def _marks(
    reading: Reading, draft: NoteDraft, steps: Mapping[str, Step], found: list[_Task]
) -> Iterator[StepMark]:
    for match in found:
        id, _, text = match[2].partition(":")
        id = id.strip()
        if id not in steps or len(match[1]) > 1:
            _no_step(reading, id, match, draft)
        elif match[1] in "xX":
            span = in_text(draft, match.start(2) - 1, len(id))
            yield StepMark(steps[id], text.strip(), span)


def _commented(reading: Reading, draft: NoteDraft, found: list[_Task], hidden: _Stretches) -> None:
    """Warn of ticks in comments."""
    for match in found:
        step = match[2].partition(":")[0].strip()
        is_done = match[1] in "xX" and step in reading.steps
        if is_done and is_within(_box(match), hidden):
            reading.warn(
                "commented-out",
                f"`{step}` is ticked in a comment, which hides nothing: it still counts.",
                f"Write `- [ ] {step}` to take the tick back.",
                in_text(draft, match.start(2) - 1, len(step)),
            )


def _no_step(reading: Reading, written: str, match: _Task, draft: NoteDraft) -> None:
    """Warn of a task line that looks as if it marked a step."""
    help = _step_help(reading, written, match)
    if not help:
        return
    written = written or match[2].strip()
    reading.warn(
        "unknown-step",
        f"`{written}` is not a step of the pipeline `{reading.pipeline and reading.pipeline.id}`, "
        "so it marks nothing.",
        help,
        in_text(draft, match.start(2) - 1, len(written)),
    )


def _step_help(reading: Reading, written: str, match: _Task) -> str:
    """What to type instead of a task line; nothing where it means no step."""
    is_ticked = match[1].strip().lower() in ("x", "xx", "xxx")
    if written in reading.steps:
        what = "without blanks" if " " in match[1] else "with one `x`"
        help = f"Write it {what} in the brackets: `- [x] {written}`."
        reading.nearly_said.update((written,) if is_ticked else ())
        return help if is_ticked else ""
    if near := reading.step_names.near(written) or reading.step_names.near(match[2].strip()):
        reading.nearly_said.update((near,) if is_ticked else ())
        return f"Did you mean `{near}`?"
    return _ticked_help(reading, written, match[2]) if is_ticked else ""


def _ticked_help(reading: Reading, written: str, line: str) -> str:
    steps = reading.steps
    if several := reading.step_names.listed(written) or _in_a_row(reading, written):
        return _lines_for(reading, several, line.partition(":")[2].strip())
    if step := reading.step_names.called(pattern(_BOXES).sub("", written)):
        reading.nearly_said.add(step)
        return f"Write `{_line(step, line.partition(':')[2].strip())}`."
    begin = _STEP.match(written)
    if begin is not None and begin[0] in steps:
        reading.nearly_said.add(begin[0])
        rest = written[begin.end() :].strip(_BEFORE_SAID)
        return f"Write a colon behind the step: `{begin[0]}: {rest}`."
    name, said = named_in(pattern(_NUMBERED).sub("", line))
    if step := reading.step_names.called(name):
        reading.nearly_said.add(step)
        return f"Write `{_line(step, said)}`."
    is_others = any(written in steps for steps in reading.known.steps.values())
    return f"Its steps: {listed(list(steps)[:12])}." if is_others else ""


def _in_a_row(reading: Reading, written: str) -> list[str]:
    """The steps that stand side by side in a text of nothing else."""
    words = written.split()[:_MOST_IN_A_ROW]
    return words if len(words) > 1 and all(word in reading.steps for word in words) else []


def ticks_outside(reading: Reading, draft: NoteDraft, headings: list[tuple[int, int]]) -> None:
    """Warn of ticks of steps where none is marked: above the first note, up to a heading
    that looks as if it began one, and in files of contacts."""
    if not may_have_loose_ticks(draft.text, 0, reading.may_have_odd_ticks):
        return
    end = headings[0][0] if headings else len(draft.text)
    text = draft.text
    hidden = comments(text, whole=reading.document.joined)
    for tick in _outside(loose_ticks(text, ()), fences(text), hidden):
        lines = _meant_outside(reading, tick) if tick.start < end else []
        if lines:
            help = f"Put {listed(lines)} {reading.kind.where_steps_are}."
            _marks_nothing(reading, draft, tick, f"stands {reading.kind.outside_notes}", help)


def _meant_outside(reading: Reading, tick: LooseTick) -> list[str]:
    """The lines that a tick would be in a note; none where it means no step."""
    names = reading.step_names
    if tick.is_cell and not names.called(tick.name):
        return []
    several = names.listed(f"{tick.name}, {tick.said}") or names.listed(tick.name)
    if several := several or _in_a_row(reading, tick.name):
        return list(map(_line, several))
    step = names.called(tick.name)
    if not step and reading.kind.has_stages:
        step = names.near(tick.name)
    if step:
        return [_line(step, tick.said)]
    begin = _STEP.match(tick.name)
    if begin is None or begin[0] not in reading.steps:
        return []
    said = f"{tick.name[begin.end() :]} {tick.said}".strip(_BEFORE_SAID)
    return [_line(begin[0], said)]


def _marks_nothing(
    reading: Reading, draft: NoteDraft, tick: LooseTick, why: str, help: str
) -> None:
    shown = draft.text[tick.start : tick.end].replace("\ufe0f", "")
    begin = draft.text.rfind("\n", 0, tick.start) + 1
    odd = strange_in(draft.text[begin : tick.start])
    there = f"; there is {named(odd)}, before it" if odd else ""
    reading.warn(
        "unknown-step",
        f"`{shown[:_MOST_SHOWN]}` {why}, so it marks nothing{there}.",
        help,
        in_text(draft, tick.start, tick.end - tick.start),
    )


def _box(match: _Task) -> int:
    """Where the brackets of a task line stand in a text."""
    return match.start(1) - 2


def _outside(ticks: Iterator[LooseTick], *stretches: _Stretches) -> Iterator[LooseTick]:
    """The ticks in none of some stretches of their text."""
    for tick in ticks:
        if not any(is_within(tick.start + 1, some) for some in stretches):
            yield tick


def _lines_for(reading: Reading, steps: list[str], said: str = "") -> str:
    reading.nearly_said.update(steps)
    return f"Write a line for each: {listed([_line(step, said) for step in steps])}."


def _line(step: str, said: str = "") -> str:
    return f"- [x] {step}: {said}" if said else f"- [x] {step}"
