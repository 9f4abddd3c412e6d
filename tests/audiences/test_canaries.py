from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from site_builder.audiences.projection import NOBODY, projection
from site_builder.audiences.stages import HIDDEN_STAGE
from site_builder.audiences.values import projected
from site_builder.journal.audience import SHOWN_OF_CONTACTS, SHOWN_OF_DEALS, Audience
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.field_types import FIELD_TYPES
from site_builder.journal.fields import (
    CONTACT_FIELDS,
    DEAL_FIELDS,
    KINDS,
    NOTE_FIELDS,
    attribute,
)
from site_builder.journal.kinds import Kind, Tangibility
from site_builder.journal.note import NO_FIELDS, Note
from site_builder.journal.schema import Schema
from site_builder.parse.pipeline_yml.pipelines import PIPELINE_FIELDS
from site_builder.parse.pipeline_yml.schema import JOURNAL_FIELDS
from site_builder.parse.pipeline_yml.stages import STAGE_FIELDS
from site_builder.problems.problem import Severity
from tests.audiences.canaries import (
    COMPANY,
    DEAL,
    PERSON,
    PIPELINE,
    TODAY,
    canaries_in,
    read,
    rendered,
    shown,
)

ONE = "tag:shown"
OWN = tuple(
    f"zq-{name}"
    for name in "own choice number person contact deal length url email "
    "phone money percent date yes".split()
)


def test_the_journal_says_everything_that_can_be_said() -> None:
    """A field that is added to the format is to be added here."""
    fronts = {"deals": DEAL_FIELDS, "contacts": CONTACT_FIELDS}
    for text, known in ((DEAL, fronts["deals"]), (PERSON + COMPANY, fronts["contacts"])):
        assert {name for name in known if f"\n{name}: " not in text} == set()
    assert {name for name in NOTE_FIELDS if f"\n{name}:: " not in DEAL + COMPANY} == set()
    assert {type for type in FIELD_TYPES if f"{{type: {type}" not in PIPELINE} == set()
    names = (*JOURNAL_FIELDS, *PIPELINE_FIELDS, *STAGE_FIELDS)
    unsaid = {"audiences", "extends", "skip", "requires", "retired"}
    assert {name for name in names if f"{name}:" not in PIPELINE} <= unsaid
    assert not [p for p in read().problems if p.severity is Severity.ERROR]


AUDIENCES = {
    "nothing": Audience("a", deals=("category",), where=ONE),
    "of the format": Audience("a", ("title", "stage"), ("type",), where=ONE),
    "with notes": Audience("a", ("category",), ("status",), notes=True, where=ONE),
    "of no deal": Audience("a", SHOWN_OF_DEALS, SHOWN_OF_CONTACTS, notes=True, where="tag:nowhere"),
}
ALLOWED = {
    "nothing": set[str](),
    "of the format": {"zqtitle", "zqlostname", "zqlost"},
    # What is written in words is shown as it stands, but for names and links.
    "with notes": {"zqnotetext", "zqsaid", "zqproposal", "zqown", "zqcall"}
    | {"zqcalltext", "zqkind"},
    "of no deal": set[str](),
}


@pytest.mark.parametrize("name", AUDIENCES)
def test_what_is_not_listed_stands_in_no_byte_and_no_name(name: str) -> None:
    audience = AUDIENCES[name]
    found = set(canaries_in(rendered(shown(audience), audience)))
    assert found - ALLOWED[name] == set()


LISTED = ("company", "contacts", "owner", "source", "zq-contact", "zq-deal", "zq-person")


def test_whom_fields_name_stands_only_where_they_are_shown_themselves() -> None:
    """Of contacts, companies and deals nothing, of the team what an owner's id says."""
    audience = Audience("a", LISTED, (), where=ONE)
    assert set(canaries_in(rendered(shown(audience), audience))) <= {"zqowner", "zqsource", "zq"}
    (deal,) = shown(audience).deals
    assert (deal.company, deal.contacts, deal.owner.name) == ("", (), "Zqowner")
    with_names = Audience("a", (*LISTED, "stage"), ("name", "company"), where=ONE)
    found = set(canaries_in(rendered(shown(with_names), with_names)))
    assert {"zqpersonname", "zqcompanyname"} <= found
    assert not found & {"zqothername", "zqhidden", "zqhiddentitle", "zqownername", "zqwriter"}


@pytest.mark.parametrize("name", ["nothing", "of the format", "with notes"])
def test_pages_with_figures_say_of_what_they_are(name: str) -> None:
    audience = AUDIENCES[name]
    site = rendered(shown(audience), audience)
    pages = [path for path in ("index.html", "board.html", "deals.html") if path in site]
    assert len(pages) > 1
    for path in pages:
        assert b"All figures are of what is shown here, and of nothing else." in site[path], path


def test_without_the_projection_everything_would_be_found() -> None:
    whole, audience = read().seen, Audience("a", SHOWN_OF_DEALS, SHOWN_OF_CONTACTS, notes=True)
    assert whole is not None
    found = set(canaries_in(rendered(whole, audience)))
    assert len(found) > 60
    assert {"zqhiddentitle", "zqhidden", "zqownername", "7654311", "zqother"} <= found


def _default(kind: type[Any], name: str) -> object:
    field = next(field for field in dataclasses.fields(kind) if field.name == name)
    made = field.default_factory
    return field.default if made is dataclasses.MISSING else made()


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        (Deal, {"id", "path", "title", "owner", "pipeline", "stage"}),
        (Contact, {"id", "path", "name"}),
    ],
    ids=["deals", "contacts"],
)
def test_of_what_is_not_listed_there_is_nothing_whatever_the_format_has(
    kind: type[Any], own: set[str]
) -> None:
    """All fields of the classes are walked: one that is added is held as well."""
    journal = shown(Audience("a", ("need",), ("status",), where=ONE))
    subjects = journal.deals if kind is Deal else journal.contacts
    assert subjects
    for one in subjects:
        for field in dataclasses.fields(kind):
            if field.name not in own | {"need", "status"}:
                assert getattr(one, field.name) == _default(kind, field.name), field.name
    (deal,) = journal.deals
    assert (deal.owner, deal.stage, deal.pipeline.id) == (NOBODY, HIDDEN_STAGE, "")
    assert (deal.id, deal.path, deal.title) == ("deal-1", "deals/deal-1.md", "Deal 1")


def test_of_notes_there_is_what_they_say_whatever_the_format_has() -> None:
    journal = shown(Audience("a", ("need",), (), notes=True, where=ONE))
    kept = {"date", "kind", "places", "headline", "text", "ordinal", "direction", "time"}
    for note in journal.deals[0].notes:
        assert note.fields is NO_FIELDS
        for field in dataclasses.fields(Note):
            if field.name not in kept:
                assert getattr(note, field.name) == _default(Note, field.name), field.name


def test_of_pipeline_yml_there_is_the_name_the_currency_and_names_of_stages() -> None:
    journal = shown(Audience("a", ("stage",), (), notes=True, where=ONE))
    own = {"name", "currency", "visibility", "pipelines", "team"}
    for field in dataclasses.fields(Schema):
        if field.name not in own:
            assert getattr(journal.schema, field.name) == _default(Schema, field.name), field.name
    assert journal.schema.team == {}
    (pipeline,) = journal.schema.pipelines
    assert (pipeline.id, pipeline.name, pipeline.fields) == ("", "", ())
    assert [(s.id, s.name) for s in pipeline.stages] == [
        ("zqstage", "Zqstagename"),
        ("zqlost", "Zqlostname"),
    ]
    for stage in pipeline.stages:
        assert dataclasses.replace(stage, id="", name="", number=0) == HIDDEN_STAGE


def _others(value: Any) -> Iterator[Any]:
    """Other values of the same sort."""
    match value:
        case bool():
            yield not value
        case str():
            yield "zqchanged"
        case Decimal():
            yield value / 2
        case dt.date():
            yield value + dt.timedelta(1)
        case tuple():
            yield ()


@pytest.mark.parametrize("listed", [("title",), ("close", "stage"), ("tags", "company")])
def test_a_field_that_is_not_listed_changes_no_byte(listed: tuple[str, ...]) -> None:
    """Whatever a deal says there, also where it can't be told from other words."""
    whole, audience = read().seen, Audience("a", listed, ("name",), where="")
    assert whole is not None
    before = projection(whole, audience, TODAY, ())
    attrs = {attribute(name) for name in listed}
    fixed = {"id", "path", "notes", "pipeline", "stage", "owner", "company", "contacts"} | attrs
    for field in dataclasses.fields(Deal):
        if field.name in fixed:
            continue
        for other in _others(getattr(whole.deals[0], field.name)):
            changed = dataclasses.replace(whole.deals[0], **{field.name: other})
            after = dataclasses.replace(whole, deals=(changed, *whole.deals[1:]))
            assert projection(after, audience, TODAY, ()).deals == before.deals, field.name


@pytest.mark.parametrize("name", [n for n in DEAL_FIELDS if n not in ("stage", "pipeline")])
def test_a_field_of_deals_that_is_listed_is_shown(name: str) -> None:
    """So that each type of fields is known here."""
    journal = shown(Audience("a", (name,), ("name", "type"), where=ONE))
    value = getattr(journal.deals[0], attribute(name))
    assert value not in (None, "", (), NOBODY)


@pytest.mark.parametrize("name", [n for n in CONTACT_FIELDS if n != "introduced-by"])
def test_a_field_of_contacts_that_is_listed_is_shown(name: str) -> None:
    journal = shown(Audience("a", ("company", "contacts"), ("company", name), where=ONE))
    attr = "is_company" if name == "type" else attribute(name)
    assert any(getattr(one, attr) not in (None, "", (), False) for one in journal.contacts)


@pytest.mark.parametrize("name", OWN)
def test_a_field_of_a_pipeline_is_shown_by_its_name_where_it_is_listed(name: str) -> None:
    journal = shown(Audience("a", ("title", "owner", "zq-own", name), ("name",), where=""))
    extras = {e.field.name: e for d in journal.deals for e in d.extras}
    assert extras[name].field.options == ()
    assert "Zqlabel" not in repr(extras)


@pytest.mark.parametrize("name", NOTE_FIELDS)
def test_a_field_of_notes_is_shown_where_it_is_listed(name: str) -> None:
    audience = Audience("a", (name, "stage", "owner"), ("name", name), notes=True)
    journal = shown(audience)
    notes = [note for one in journal.subjects for note in one.notes]
    values = [getattr(note.fields, attribute(name)) for note in notes]
    assert [value for value in values if value not in (None, "")]


def test_a_type_that_nobody_knows_is_shown_to_nobody() -> None:
    found: Any = None
    assert projected("zq", "secret-type", found) is None


def test_kinds_of_notes_are_what_their_headings_say() -> None:
    """But a rung without words is none, and of which sort an own kind is says pipeline.yml."""
    journal = shown(Audience("a", ("need",), (), notes=True, where=ONE))
    kinds = [note.kind for note in journal.deals[0].notes]
    assert [
        one.id for one in kinds
    ] == "proposal invoice intervention knowledge referral zqkind".split()
    assert all(one == KINDS[one.id] for one in kinds[:-1])
    assert kinds[-1] == Kind("zqkind", Tangibility.NEITHER)
