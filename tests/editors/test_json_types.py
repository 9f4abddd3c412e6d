"""No type, field or name that the parser knows is without its shape and its words."""

from __future__ import annotations

from site_builder.editors import front_matter, json_types, words
from site_builder.editors.files import SCHEMAS
from site_builder.editors.json_types import Names, few
from site_builder.exchange.facts import Json
from site_builder.journal.field_types import TYPES_BY_NAME
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, NOTE_FIELDS
from site_builder.source.yaml_notes import NOTE_KEYS
from tests.editors.verdicts import loaded
from tests.slips import FILES
from tests.test_every_line import GROUPS


def names() -> Names:
    journal = loaded(FILES).journal
    assert journal is not None
    return Names(journal.schema)


def properties(shape: Json) -> list[set[str]]:
    """The names of all mappings in a schema."""
    inner = shape.values() if isinstance(shape, dict) else shape if isinstance(shape, list) else ()
    found = [names for each in inner for names in properties(each)]
    own = shape.get("properties") if isinstance(shape, dict) else None
    return [*found, set(own)] if isinstance(own, dict) else found


def test_each_type_has_its_shapes() -> None:
    assert json_types.SHAPES.keys() == TYPES_BY_NAME.keys()
    assert front_matter.KINDS.keys() == TYPES_BY_NAME.keys()


def test_each_field_has_its_words() -> None:
    assert words.DEAL_WORDS.keys() == DEAL_FIELDS.keys()
    assert words.CONTACT_WORDS.keys() == CONTACT_FIELDS.keys()
    assert words.NOTE_WORDS.keys() == {*NOTE_KEYS, *NOTE_FIELDS}


def test_each_field_is_in_its_schema() -> None:
    deal, contact = SCHEMAS["deal"](names()), SCHEMAS["contact"](names())
    assert {*DEAL_FIELDS, "present-state", "segment", "partner"} <= properties(deal)[-1]
    assert set(CONTACT_FIELDS) <= properties(contact)[-1]
    assert any(set(NOTE_KEYS) < each for each in properties(deal))


def test_each_name_of_pipeline_yml_is_in_its_schema() -> None:
    found = properties(SCHEMAS["pipeline"](names()))
    for group in GROUPS.values():
        assert set(group) in found


def test_only_few_ids_are_proposed() -> None:
    at, over = ({f"c{n}": "" for n in range(count)} for count in (100, 101))
    assert (len(few(at)), len(few(over))) == (100, 0)
    full = str(SCHEMAS["deal"](Names(names().schema, at)))
    assert "'c99'" in full
    assert "'c99'" not in str(SCHEMAS["deal"](Names(names().schema, over)))
