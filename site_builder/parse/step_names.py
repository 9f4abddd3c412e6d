"""Steps by what people call them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import final

from site_builder.journal.pipeline import Step
from site_builder.parse.ids import slug
from site_builder.parse.near_notes.loose_ticks import parts_of
from site_builder.problems.suggest import within

_MAX_COMPARED = 300
_LONG_NAME = 100


@final
class StepNames:
    """Some steps, ``by_id``, and the words that mean one of them."""

    def __init__(self, by_id: Mapping[str, Step]) -> None:
        self.by_id = by_id
        self._compared: dict[str, str] = {}

    def called(self, name: str) -> str:
        """The id of the step that has this id or name, in whatever letters; nothing where there
        is none."""
        if len(name) > _LONG_NAME:
            return ""
        steps, id = self._by_slug, slug(name)
        return steps.get(id, "") or steps.get(id.removeprefix("the-").removeprefix("step-"), "")

    def listed(self, text: str) -> list[str]:
        """The ids of the steps that a text lists, where it lists several and nothing else."""
        steps = list(map(self.called, parts_of(text)))
        return steps if len(steps) > 1 and all(steps) else []

    def near(self, written: str) -> str:
        """The id of the step that a text nearly is, or that has it as its name; nothing where
        there is none, or in a file in which comparing has taken long enough."""
        text = written.lower()
        if (named := self._by_name.get(text)) is not None:
            return named
        if text not in self._compared:
            if len(self._compared) >= _MAX_COMPARED:
                return ""
            near = (step for step in self.by_id if within(text, step, 2))
            self._compared[text] = next(near, "")
        return self._compared[text]

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {step.name.lower(): id for id, step in self.by_id.items()}

    @cached_property
    def _by_slug(self) -> Mapping[str, str]:
        named = {slug(step.name): id for id, step in self.by_id.items()}
        return named | {id: id for id in self.by_id}
