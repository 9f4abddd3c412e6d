"""SARIF 2.1.0, read by models that were generated from its published schema."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest

from site_builder.problems.sarif import sarif
from tests.problems.odd_problems import PROBLEMS

models = pytest.importorskip("pydantic_sarif.model")


def test_it_is_what_the_schema_says() -> None:
    text = sarif(PROBLEMS, lambda path: f"sales/{path}")
    assert text.isascii() and "\x1b" not in text
    # No key but those of the schema is let through.
    log = models.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(
        text.replace("\\ud800", "?")
    )
    (run,) = log.runs
    assert (log.version.value, run.tool.driver.name) == ("2.1.0", "dealog")
    assert [rule.id for rule in run.tool.driver.rules] == ["invalid-value", "stage-skipped", "yaml-syntax"]  # fmt: skip
    for result, problem in zip(run.results, PROBLEMS, strict=True):
        assert run.tool.driver.rules[result.ruleIndex].id == result.ruleId == problem.code
        assert result.level.value == problem.severity.value
        place = result.locations[0].physicalLocation
        assert unquote(place.artifactLocation.uri) == f"sales/{problem.span.path}"
        assert (place.region.startLine, place.region.startColumn) == problem.span[1:3]
        assert (place.region.endLine, place.region.endColumn) == problem.span[3:5]
    prints = {result.partialFingerprints["problem/v1"] for result in run.results}
    assert len(prints) == len(PROBLEMS)


def test_what_a_journal_says_is_no_link() -> None:
    (text, *_) = (one["message"]["text"] for one in json.loads(sarif(PROBLEMS))["runs"][0]["results"])  # fmt: skip
    assert "\\[x\\](http://x.example)" in text


def test_no_problems_are_a_run_without_results() -> None:
    (run,) = json.loads(sarif(()))["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
