from __future__ import annotations

import pytest

from site_builder.edit.beginnings import id_for, new_contact, new_deal, pipeline_named
from site_builder.edit.refusals import NotDone
from tests.edit.desks import TODAY, desk

DEAL = "---\ntitle: A\nowner: maria\nstage: lead\n---\n"


def test_a_deal_begins_with_its_fields_in_their_order_and_its_first_stage() -> None:
    made = desk({})
    (line,) = made.schema.pipelines
    front = [("value", "48 000"), ("title", "A: b"), ("owner", "maria"), ("close", "")]
    begun = new_deal(made, "a", line, line.first_open, front, TODAY, "maria")
    assert begun.path == "deals/a.md"
    assert begun.text == (
        '---\ntitle: "A: b"\nowner: maria\nstage: lead\nvalue: 48 000\n---\n'
        "\n## 2026-11-20 stage lead by maria\n"
    )


def test_a_contact_has_what_was_given() -> None:
    begun = new_contact(desk({}), "jane-poe", [("name", "Jane Poe"), ("email", "")])
    assert begun.text == "---\nname: Jane Poe\n---\n"


def test_ids_come_from_names_and_are_not_given_twice() -> None:
    made = desk({"deals/acme.md": DEAL, "deals/acme-2.md": DEAL})
    assert id_for(made, "deals", None, "Ácme!") == "acme-3"
    assert id_for(made, "deals", "own", "Acme") == "own"
    assert len(id_for(made, "deals", None, "a" * 300)) <= 100
    assert id_for(made, "deals", None, "株式会社") == ""


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("acme", "There is a deal `acme` already"),
        ("Two Sites", "can't be an id: .* Did you mean `two-sites`"),
        ("", "can't be an id: .* Give one with --id"),
    ],
)
def test_ids_that_can_t_be(id: str, message: str) -> None:
    made = desk({"deals/acme.md": DEAL})
    (line,) = made.schema.pipelines
    with pytest.raises(NotDone, match=message):
        new_deal(made, id, line, line.first_open, [], TODAY, "")


def test_pipelines_by_id_or_name() -> None:
    made = desk({})
    assert pipeline_named(made, None).id == pipeline_named(made, "Sales").id == "sales"
    with pytest.raises(NotDone, match="no pipeline `sails`. Did you mean `sales`"):
        pipeline_named(made, "sails")
