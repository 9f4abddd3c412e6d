"""What a snippet becomes, with the first of each choice, is what `check` accepts."""

from __future__ import annotations

import re

import pytest

from site_builder.editors.snippets import snippets_of
from site_builder.presets.new_journal import PRESETS, new_journal
from tests.editors.verdicts import TODAY, loaded

_DAY = {"CURRENT_YEAR": "2026", "CURRENT_MONTH": "11", "CURRENT_DATE": "20"}


def expanded(body: object) -> str:
    assert isinstance(body, list)
    text = "\n".join(map(str, body))
    text = re.sub(r"\$\{(CURRENT_[A-Z]+)\}", lambda day: _DAY[day[1]], text)
    text = re.sub(r"\$\{[0-9]\|([^,|]*)[^|]*\|\}", r"\1", text)
    return re.sub(r"\$[0-9]", "", re.sub(r"\$\{[0-9]:([^}]*)\}", r"\1", text))


@pytest.mark.parametrize("preset", PRESETS)
def test_what_snippets_write_is_accepted(preset: str) -> None:
    files = {path: data.decode() for path, data in new_journal(preset, TODAY).items()}
    journal = loaded(files).journal
    assert journal is not None
    made = snippets_of(journal.schema)
    text = {name: expanded(one["body"]) for name, one in made.items() if isinstance(one, dict)}
    files["contacts/nora.md"] = text["A contact"] + text["A note"]
    files["deals/a.md"] = text["A deal"] + text["A stage note"] + text["A note"]
    front = text["A deal"].strip().strip("-")
    rows = text["A note (YAML)"].rstrip().replace("\n", "\n  ")
    files["deals/b.yml"] = f"{front}notes:\n  {rows}\n"
    found = loaded(files)
    assert [p.message for p in found.problems if p.code != "several-in-one"] == []
    assert found.journal is not None
    assert [len(deal.notes) for deal in found.journal.deals] == [2, 1]


def test_a_journal_without_people_has_places_to_type_in() -> None:
    files = {"pipeline.yml": "visibility: private\npipelines: {p: {stages: {a: {}}}}\n"}
    journal = loaded(files).journal
    assert journal is not None
    assert "owner: ${2:owner}" in str(snippets_of(journal.schema))
