from __future__ import annotations

import pytest

from site_builder.parse.pipeline_yml import (
    measures,
    own_fields,
    pipelines,
    schema,
    stages,
    steps,
    targets,
)
from site_builder.parse.pipeline_yml.follow_up import FOLLOW_UP_FIELDS
from site_builder.parse.pipeline_yml.views import VIEW_FIELDS
from site_builder.source.yaml_values import is_field_name


@pytest.mark.parametrize(
    "names",
    [
        schema.JOURNAL_FIELDS, targets.PERSON_FIELDS, pipelines.PIPELINE_FIELDS, own_fields.FIELD_FIELDS,
        stages.STAGE_FIELDS, steps.STEP_FIELDS, measures.MEASURE_FIELDS, FOLLOW_UP_FIELDS,
        VIEW_FIELDS,
    ],
)  # fmt: skip
def test_every_field_of_pipeline_yml_is_known_by_name(names: tuple[str, ...]) -> None:
    assert [name for name in names if not is_field_name(name)] == []
