"""A mapping that is broken somewhere: the rest of it is read, and what is broken is told once."""

from __future__ import annotations

import pytest

from site_builder.problems.problem import Problem
from site_builder.source.yaml_entries import read_entries
from site_builder.source.yaml_nodes import Mapping

BROKEN = ["[x", "{x", "'x", '"x', "@x", "*x", "!t x", "x: y"]


@pytest.mark.parametrize("value", BROKEN)
@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\nc: 2", "\nc: 2\n"])
def test_of_one_line_that_is_broken_only_that_is_lost(value: str, end: str) -> None:
    """Also of the last one, whether or not its file ends there."""
    told: list[Problem] = []
    mapping, _ = read_entries("f.yml", f"a: 1\nb: {value}{end}", 1, told.append)
    assert isinstance(mapping, Mapping)
    found = {entry.key.text: entry.value for entry in mapping.entries}
    assert found.keys() == ({"a", "b", "c"} if "c" in end else {"a", "b"})
    assert getattr(found["a"], "text", None) == "1"
    assert [problem.span.line for problem in told] == [2]
