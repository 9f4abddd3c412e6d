from __future__ import annotations

from typing import Any

from site_builder.hosts.issue_forms import FOLDER, FORMS, MOVE, NOTE, is_form, issue_forms
from site_builder.serve.deeds import DEEDS
from tests.journals import loaded
from tests.runners import load_yaml


def made(pipeline: str | None = None) -> dict[str, dict[str, Any]]:
    journal = loaded({"pipeline.yml": pipeline} if pipeline else {}).journal
    assert journal is not None
    files = issue_forms(journal.schema)
    return {path: load_yaml(data.decode()) for path, data in files.items()}


def fields(form: dict[str, Any]) -> dict[str, Any]:
    return {field["id"]: field for field in form["body"]}


def test_forms_are_as_github_reads_them() -> None:
    for form in made().values():
        assert form.keys() == {"name", "description", "title", "body"}
        labels = [field["attributes"]["label"] for field in form["body"]]
        assert len(set(labels)) == len(labels)
        for field in form["body"]:
            assert field["type"] in ("input", "textarea", "dropdown")
            options = field["attributes"].get("options", ())
            assert (field["type"] == "dropdown") == bool(options)
            assert len(set(options)) == len(options)
            assert all(isinstance(each, str) and each.lower() != "none" for each in options)


def test_what_a_journal_has_is_offered() -> None:
    forms = made()
    assert "lead" in fields(forms[f"{FOLDER}/{MOVE.file}"])["stage"]["attributes"]["options"]
    assert fields(forms[f"{FOLDER}/{MOVE.file}"])["by"]["attributes"]["options"] == ["maria"]
    kinds = fields(forms[f"{FOLDER}/{NOTE.file}"])["kind"]["attributes"]["options"]
    assert "call" in kinds and not {"stage", "change", "know"} & set(kinds)
    assert "pipeline" not in fields(forms[f"{FOLDER}/dealog-new-lead.yml"])


def test_names_that_yaml_would_guess_at_stay_texts() -> None:
    stages = "      no: No\n      none: None\n      0123: x\n"
    text = f"visibility: private\npipelines:\n  sales:\n    stages:\n{stages}"
    move = fields(made(text)[f"{FOLDER}/{MOVE.file}"])
    assert move["stage"]["attributes"]["options"] == ["no", "0123"]
    assert "by" not in move and "reason" not in move


def test_the_fields_of_a_form_are_those_of_its_deed() -> None:
    for form in FORMS:
        names = {field.name for field in form.fields} - {"reason"}  # which has a deed of its own
        text = {"text"} if form.deed == "new" else set()  # which becomes a note
        assert names - text <= {*DEEDS[form.deed].names, "by", "date"}


def test_the_first_heading_tells_which_form_it_is() -> None:
    firsts = [form.fields[0].label for form in FORMS]
    assert len(set(firsts)) == len(firsts)
    assert all(f"'### {first}'" in is_form() for first in firsts)
