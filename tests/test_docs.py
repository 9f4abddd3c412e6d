"""What the manuals give to be typed fits where they say that it does: a new journal, or the demo's."""

from __future__ import annotations

import re

import pytest

from tests.journals import loaded
from tests.places import DOCS, PACKAGE, ROOT


@pytest.mark.parametrize("preset", ["acquisition", "development", "modules", "simple"])
def test_the_audiences_of_their_manual_fit_below_what_a_new_journal_has(preset: str) -> None:
    text = (PACKAGE / "presets" / f"{preset}.yml").read_text("utf-8")
    block = re.findall(r"^```yaml\n(.*?)^```$", _manual("audiences"), re.MULTILINE | re.DOTALL)[0]
    found = loaded({"pipeline.yml": f"{text}\n{block}"}).problems
    assert [problem for problem in found if problem.span.path == "pipeline.yml"] == []


def test_stages_in_the_manual_of_queries_are_the_demo_s() -> None:
    config = (ROOT / "pipeline.yml").read_text("utf-8")
    stages = ",".join(re.findall(r"stage:([\w,-]+)", _manual("query"))).split(",")
    assert len(stages) > 2
    assert [stage for stage in stages if f"\n      {stage}:\n" not in config] == []


def _manual(name: str) -> str:
    return (DOCS / f"{name}.md").read_text("utf-8")
