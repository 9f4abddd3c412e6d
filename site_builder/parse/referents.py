"""What deals and contacts may refer to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, Known
from site_builder.journal.pipeline import Step
from site_builder.journal.schema import Schema
from site_builder.parse.asked import Asked
from site_builder.parse.plain_values import Meanings, meanings


@dataclass(frozen=True)
class Referents:
    """What a file may refer to: the schema, and the ids of all contacts and deals, also of
    those whose own files are broken."""

    schema: Schema
    contacts: frozenset[str]
    deals: frozenset[str]
    begun: dt.date = dt.date.max
    """The last day that has begun: no later one is proposed for what has happened."""
    called: Callable[[str], Mapping[str, str]] = lambda _folder: {}
    """Ids by the names and addresses in lower case, of `contacts` or `deals`. It takes a while,
    so it is for what is wrong."""
    asked: Asked = field(default_factory=Asked)
    """What is asked of these ids, if they note it down."""

    def named(self, name: str) -> str:
        """The contact of a name; nothing where there is none."""
        id = self.called("contacts").get(name.strip().lower(), "")
        return id if id in self.contacts else ""

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Known]]:
        """The fields of deals, by the pipeline's id and the name."""
        return {
            pipeline.id: DEAL_FIELDS
            | {f.name: Known(f.type, options=f.options) for f in pipeline.fields}
            for pipeline in self.schema.pipelines
        }

    @cached_property
    def meanings(self) -> Mapping[str, Meanings]:
        """What texts mean in the fields of deals, by the pipeline's id."""
        return {
            pipeline.id: meanings(self.fields[pipeline.id], self.schema, *self.there, pipeline)
            for pipeline in self.schema.pipelines
        }

    @cached_property
    def contact_meanings(self) -> Meanings:
        """What texts mean in the fields of contacts."""
        return meanings(CONTACT_FIELDS, self.schema, *self.there)

    @cached_property
    def there(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The ids of contacts and of deals, each by itself. To look one up here takes a fraction of
        the time, for it is noted down by none: ask ``contacts`` and ``deals`` for those that are
        not found."""
        return {id: id for id in self.contacts}, {id: id for id in self.deals}

    @cached_property
    def steps(self) -> Mapping[str, Mapping[str, Step]]:
        """The steps of all stages, by the pipeline's id and their own."""
        return {
            pipeline.id: {step.id: step for stage in pipeline.stages for step in stage.steps}
            for pipeline in self.schema.pipelines
        }
