"""Each page of facts has a test that recomputes its figures from the raw files of random journals."""

from __future__ import annotations

import re

import pytest

from site_builder.pages.registry import pages_of_facts, pages_of_facts_by_key
from tests.places import ROOT

KINDS = {**pages_of_facts(), **pages_of_facts_by_key()}
ELSEWHERE = {"forecast": "forecast/test_figures.py"}
"""Of which pages another room is asked. What saved views mean is what queries do."""


@pytest.mark.parametrize("name", sorted(KINDS.keys() - {"views"}))
def test_its_figures_are_recomputed(name: str) -> None:
    kind = KINDS[name]
    found = kind.facts or kind.facts_of
    assert found is not None
    module = name if found.__module__.startswith("site_builder.pages") else found.__module__.rpartition(".")[2]  # fmt: skip
    text = (ROOT / "tests" / ELSEWHERE.get(name, f"insights/test_{module}.py")).read_text("utf-8")
    (test,) = re.findall(r"(?ms)^def test_\w*raw_files\w*\(.*?(?=^def |\Z)", text)[:1]
    assert "story(" in text and re.search(r"\b(?:raw|Raw|_Told|_of_files)\(", test)
