"""The pipelines that an audience is shown: of pipeline.yml no more than the names of the stages in
which shown deals stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.journal.audience import Audience
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.parse.ids import titled

HIDDEN_STAGE = Stage("", "", 0)
"""Where deals stand for those who are not shown where."""

_Key = tuple[str, str, str]
"""The id of a pipeline as it is shown, and the id and name of a stage."""


class Stages:
    """The pipelines and stages of some deals. Where the pipelines are not shown, all are one, in
    which stages of one id and name are one, in an order that is the same whichever of the pipelines
    the deals are in."""

    def __init__(
        self, every: Iterable[Pipeline], deals: Sequence[Deal], audience: Audience
    ) -> None:
        self._is_shown = "stage" in audience.deals
        self._is_parted = "pipeline" in audience.deals
        there = set(self._stood_in(deals, audience.notes)) if self._is_shown else set[_Key]()
        ids = {self._pipeline_id(deal.pipeline) for deal in deals}
        rows: dict[str, dict[tuple[str, str], None]] = {}
        for pipeline in every:
            id = self._pipeline_id(pipeline)
            if id in ids:
                row = rows.setdefault(id, {})
                for stage in pipeline.stages:
                    if (id, stage.id, stage.name) in there:
                        row.setdefault((stage.id, stage.name))
        self._stages = {
            id: {key: Stage(*key, number) for number, key in enumerate(row, 1)}
            for id, row in rows.items()
        }
        self._pipelines = {
            id: Pipeline(id, titled(id), tuple(stages.values()) or (HIDDEN_STAGE,))
            for id, stages in self._stages.items()
        }

    @property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """All of them; there is at least one."""
        return tuple(self._pipelines.values()) or (Pipeline("", "", (HIDDEN_STAGE,)),)

    def pipeline_of(self, deal: Deal) -> Pipeline:
        """The pipeline that a deal is shown in."""
        return self._pipelines[self._pipeline_id(deal.pipeline)]

    def stage_in(self, deal: Deal, stage: Stage) -> Stage:
        """A stage of the deal's pipeline as it is shown."""
        if not self._is_shown:
            return HIDDEN_STAGE
        return self._stages[self._pipeline_id(deal.pipeline)][stage.id, stage.name]

    def _pipeline_id(self, pipeline: Pipeline) -> str:
        return pipeline.id if self._is_parted else ""

    def _stood_in(self, deals: Iterable[Deal], has_notes: bool) -> Iterator[_Key]:
        for deal in deals:
            id = self._pipeline_id(deal.pipeline)
            yield id, deal.stage.id, deal.stage.name
            for note in deal.notes if has_notes else ():
                if note.stage is not None:
                    yield id, note.stage.id, note.stage.name
