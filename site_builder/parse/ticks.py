"""Steps that notes tick, and ticks that look as if they did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from site_builder.journal.note import StepMark
from site_builder.parse.near_notes.loose_headings import in_text
from site_builder.parse.near_notes.loose_ticks import (
    LooseTick,
    has_loose_ticks,
    loose_ticks,
    named_in,
    parts_of,
)
from site_builder.parse.notes import Noted
from site_builder.parse.reader import slug
from site_builder.problems.patterns import late
from site_builder.problems.problem import Severity
from site_builder.problems.suggest import listed, within
from site_builder.source.comments import comments
from site_builder.source.note_drafts import NoteDraft
from site_builder.source.note_headings import fences, is_within

# With the line's end before it instead of `^`, for a search for a letter is many times faster.
_TASK = re.compile(r"\n[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[([ xX]{1,3})\][ \t]+([^\n]*)")
_STEP = late(r"[a-z0-9]+(?:-[a-z0-9]+)*(?![a-z0-9_]|-[a-z0-9])")
_MAX_COMPARED = 300
_MOST_SHOWN = 60
_LONG_NAME = 100
_Task = re.Match[str]
_Stretches = list[tuple[int, int]]


class Ticked(Noted):
    """Reads the steps that the notes of one document tick."""

    def _steps(self, draft: NoteDraft) -> tuple[StepMark, ...]:
        if not self._known_steps:
            return ()
        text = draft.text
        found = list(_TASK.finditer("\n" + text)) if "[" in text else []
        is_all = not has_loose_ticks(text, len(found), self._may_have_odd_ticks)
        if is_all and not found:
            return ()
        if fenced := fences(text):
            found = [match for match in found if not is_within(_box(match), fenced)]
        hidden = comments(text)
        if hidden:
            self._commented(draft, found, hidden)
        if not is_all:
            but = {_box(match) for match in found}
            for tick in _outside(loose_ticks(text, but), fenced, hidden):
                if help := self._loose_help(tick):
                    self._marks_nothing(draft, tick, "is not written as a tick is", help)
        return tuple(self._marks(draft, found))

    def _loose_help(self, tick: LooseTick) -> str:
        """What to type instead of a tick in another form; nothing where it means no step."""
        if several := self._listed(f"{tick.name}, {tick.said}"):
            return _lines_for(several)
        if step := self._step_called(tick.name) or self._near_step(tick.name):
            return f"Write `{_line(step, tick.said)}` in a line of its own."
        several = self._listed(tick.name)
        return _lines_for(several, tick.said) if several else ""

    def _listed(self, text: str) -> list[str]:
        """The steps that a text lists, where it lists several and nothing else."""
        steps = list(map(self._step_called, parts_of(text)))
        return steps if len(steps) > 1 and all(steps) else []

    def _marks(self, draft: NoteDraft, found: list[_Task]) -> Iterator[StepMark]:
        steps = self._known_steps
        for match in found:
            id, _, text = match[2].partition(":")
            id = id.strip()
            if id not in steps or len(match[1]) > 1:
                self._no_step(id, match, draft)
            elif match[1] in "xX":
                span = in_text(draft, match.start(2) - 1, len(id))
                yield StepMark(steps[id], text.strip(), span)

    def _commented(self, draft: NoteDraft, found: list[_Task], hidden: _Stretches) -> None:
        """Warn of ticks in comments."""
        for match in found:
            step = match[2].partition(":")[0].strip()
            is_done = match[1] in "xX" and step in self._known_steps
            if is_done and is_within(_box(match), hidden):
                self.problem(
                    "commented-out",
                    f"`{step}` is ticked in a comment, which hides nothing: it still counts.",
                    f"Write `- [ ] {step}` to take the tick back.",
                    in_text(draft, match.start(2) - 1, len(step)),
                    Severity.WARNING,
                )

    @cached_property
    def _steps_by_name(self) -> dict[str, str]:
        return {step.name.lower(): id for id, step in self._known_steps.items()}

    @cached_property
    def _steps_by_slug(self) -> dict[str, str]:
        named = {slug(step.name): id for id, step in self._known_steps.items()}
        return named | {id: id for id in self._known_steps}

    @cached_property
    def _compared(self) -> dict[str, str]:
        return {}

    def _step_called(self, name: str) -> str:
        """The step that has this id or name, in whatever letters."""
        if len(name) > _LONG_NAME:
            return ""
        steps, id = self._steps_by_slug, slug(name)
        return steps.get(id, "") or steps.get(id.removeprefix("the-").removeprefix("step-"), "")

    def _near_step(self, written: str) -> str:
        """The step that a text nearly is, or that has it as its name; nothing where there is
        none, or in a file in which comparing has taken long enough."""
        text = written.lower()
        if (named := self._steps_by_name.get(text)) is not None:
            return named
        if text not in self._compared:
            if len(self._compared) >= _MAX_COMPARED:
                return ""
            near = (step for step in self._known_steps if within(text, step, 2))
            self._compared[text] = next(near, "")
        return self._compared[text]

    def _no_step(self, written: str, match: _Task, draft: NoteDraft) -> None:
        """Warn of a task line that looks as if it marked a step."""
        help = self._step_help(written, match)
        if not help:
            return
        self.problem(
            "unknown-step",
            f"`{written}` is not a step of the pipeline `{self.pipeline and self.pipeline.id}`, "
            "so it marks nothing.",
            help,
            in_text(draft, match.start(2) - 1, len(written)),
            Severity.WARNING,
        )

    def _step_help(self, written: str, match: _Task) -> str:
        """What to type instead of a task line; nothing where it means no step."""
        is_ticked = match[1].strip().lower() in ("x", "xx", "xxx")
        if written in self._known_steps:
            what = "without blanks" if " " in match[1] else "with one `x`"
            help = f"Write it {what} in the brackets: `- [x] {written}`."
            return help if is_ticked else ""
        if near := self._near_step(written) or self._near_step(match[2].strip()):
            return f"Did you mean `{near}`?"
        return self._ticked_help(written, match[2]) if is_ticked else ""

    def _ticked_help(self, written: str, line: str) -> str:
        steps = self._known_steps
        if several := self._listed(written):
            return _lines_for(several, line.partition(":")[2].strip())
        begin = _STEP.match(written)
        if begin is not None and begin[0] in steps:
            rest = written[begin.end() :].strip("—–-,;. ")
            return f"Write a colon behind the step: `{begin[0]}: {rest}`."
        name, said = named_in(line)
        if step := self._step_called(name):
            return f"Write `{_line(step, said)}`."
        is_others = any(written in steps for steps in self.known_ids.steps.values())
        return f"Its steps: {listed(list(steps)[:12])}." if is_others else ""

    def _ticks_outside(self, draft: NoteDraft, headings: list[tuple[int, int]]) -> None:
        """Warn of ticks of steps where none is marked: above the first note, up to a heading
        that looks as if it began one, and in files of contacts."""
        if not has_loose_ticks(draft.text, 0, self._may_have_odd_ticks):
            return
        end = headings[0][0] if headings else len(draft.text)
        text = draft.text
        for tick in _outside(loose_ticks(text, ()), fences(text), comments(text)):
            step = self._step_called(tick.name)
            if step and tick.start < end:
                help = f"Put `{_line(step, tick.said)}` {self._where_steps_are}."
                self._marks_nothing(draft, tick, f"stands {self._outside_notes}", help)

    _outside_notes = "above the first note"
    _where_steps_are = "below the heading of the note in which it was done"

    def _marks_nothing(self, draft: NoteDraft, tick: LooseTick, why: str, help: str) -> None:
        shown = draft.text[tick.start : tick.end].replace("\ufe0f", "")
        self.problem(
            "unknown-step",
            f"`{shown[:_MOST_SHOWN]}` {why}, so it marks nothing.",
            help,
            in_text(draft, tick.start, tick.end - tick.start),
            Severity.WARNING,
        )


def _box(match: _Task) -> int:
    """Where the brackets of a task line stand in a text."""
    return match.start(1) - 2


def _outside(ticks: Iterator[LooseTick], *stretches: _Stretches) -> Iterator[LooseTick]:
    """The ticks in none of some stretches of their text."""
    for tick in ticks:
        if not any(is_within(tick.start + 1, some) for some in stretches):
            yield tick


def _lines_for(steps: list[str], said: str = "") -> str:
    return f"Write a line for each: {listed([_line(step, said) for step in steps])}."


def _line(step: str, said: str = "") -> str:
    return f"- [x] {step}: {said}" if said else f"- [x] {step}"
