"""Which pipeline a deal is in: its other fields are read by it."""

from __future__ import annotations

from site_builder.journal.pipeline import Pipeline
from site_builder.parse.reading import Reading
from site_builder.problems.characters import plain
from site_builder.problems.problem import Span
from site_builder.problems.suggest import listed, within
from site_builder.source.yaml_nodes import Listing, Scalar, is_unset

_LONG_NAME = 20


def pipeline_of(reading: Reading) -> Pipeline | None:
    """The deal's pipeline; None where it has none or, reported, does not say which."""
    node = reading.document.front.get("pipeline")
    if node is not None and not is_unset(node):
        return reading.schema.pipeline(node.text) if isinstance(node, Scalar) else None
    if len(reading.schema.pipelines) == 1:
        return reading.schema.pipelines[0]
    if isinstance(node, Listing):
        return None  # which is told
    if (written := _misspelt(reading)) is not None:
        return reading.schema.pipeline(written)
    if reading.schema.pipelines and "pipelines" not in reading.schema.unsure:
        names = listed([pipeline.id for pipeline in reading.schema.pipelines])
        reading.problem(
            "missing-field",
            "This deal has no `pipeline`, and the journal has several.",
            f"Add `pipeline:` with one of {names}.",
            node.span if node is not None else Span.start_of(reading.document.path),
        )
    return None


def _misspelt(reading: Reading) -> str | None:
    """What a field says whose name is nearly `pipeline`: the others are read by it."""
    for entry in reading.document.front.entries:
        name = plain(entry.key.text).lower()
        if entry.key.text != "pipeline" and len(name) < _LONG_NAME and within(name, "pipeline", 2):
            return entry.value.text if isinstance(entry.value, Scalar) else ""
    return None


def known_pipeline(reading: Reading, scalar: Scalar) -> Pipeline | None:
    """The pipeline of an id; None, reported, where there is none."""
    pipeline = reading.schema.pipeline(scalar.text)
    if pipeline is None:
        reading.problem(
            "unknown-pipeline",
            f"There is no pipeline `{scalar.text}`.",
            reading.reader.guess(
                scalar.text, [p.id for p in reading.schema.pipelines], "The pipelines"
            )
            or "Name one of those under `pipelines` in pipeline.yml.",
            scalar.span,
        )
    return pipeline
