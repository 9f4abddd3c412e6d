"""What plain texts mean: the same as what they are read as in full."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.field_types import FIELD_TYPES
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.journal.schema import Schema
from site_builder.parse.contact import parse_contact
from site_builder.parse.deal import parse_deal
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.parse.plain_values import SIMPLE
from site_builder.parse.referents import Referents
from site_builder.problems.problem import Problem
from site_builder.source.document import Document, read_document
from site_builder.source.yaml_plain import PlainMapping
from tests.examples import some

OWN = [f"own-{type}".replace("/", "-") for type in FIELD_TYPES]
FIELDS = "".join(
    f"      {name}: {{type: {type}{', options: [big, small]' * (type == 'choice')}}}\n"
    for name, type in zip(OWN, FIELD_TYPES, strict=True)
)
SALES = f"""\
  sales:
    fields:
{FIELDS}    stages: {{lead: {{}}, won: {{type: won}}, lost: {{type: lost}}}}
"""
OTHER = "  other:\n    stages: {call: {}, won: {type: won}, lost: {type: lost}}\n"
HEAD = (
    "journal: J\ncurrency: EUR\nvisibility: private\nteam: {maria: {name: Maria}}\npipelines:\n"
    + SALES
)


def schema(text: str) -> Schema:
    problems: list[Problem] = []
    made = read_schema("pipeline.yml", text, problems.append)
    assert made is not None and problems == []
    return made


BARE = schema(HEAD)
RICH = schema(HEAD + OTHER + "lost-reasons: {price: Price}\nlevels: [shopper, client]\n")

VALUES = st.sampled_from(
    "maria|jane-roe|acme|nobody|lead|won|call|sales|other|2026-01-09|2026-02-30|2026-01-09 Call|"
    "48000|48 000 USD|25.000|4,5|1e5|0|0%|55%|yes|no|No|big|price|shopper|commit|hot|company|"
    "14d|9x|a@b.example|+44 20 7946|https://a.example/x|referral jane-roe|referral nobody|"
    "x: y|a  |a\xa0|[a]|[jane-roe]|[jane-roe  boss, jane-roe]|[nobody, jane-roe]|[a , b  c] |"
    "[2026-01-09 Call, x]|[https://a.example]|true|~|null|5".split("|")
)
NAMES = [*DEAL_FIELDS, *CONTACT_FIELDS, *OWN, "x-own", "titel"]
LINES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([": ", ":   "]), VALUES),
    min_size=1,
    max_size=8,
    unique_by=lambda line: line[0],
)


def parsed(document: Document, schema: Schema) -> tuple[Deal | None, Contact, list[Problem]]:
    problems: list[Problem] = []
    known = Referents(schema, frozenset(["jane-roe", "acme"]), frozenset(["acme"]))
    deal = parse_deal(document, "acme", known, problems.append)
    return deal, parse_contact(document, "jane-roe", known, problems.append), problems


@given(LINES, st.sampled_from([BARE, RICH]))
@some(250)
def test_texts_mean_what_they_are_read_as(
    lines: list[tuple[str, str, str]], schema: Schema
) -> None:
    front = "".join(f"{name}{colon}{value}\n" for name, colon, value in lines)
    document = read_document("deals/acme.md", f"---\n{front}---\n", lambda problem: None)
    assert document is not None
    if isinstance(document.front, PlainMapping):
        in_full = replace(document, front=document.front.as_mapping())
        assert parsed(document, schema) == parsed(in_full, schema)


def test_most_types_have_meanings() -> None:
    known = Referents(RICH, frozenset(["jane-roe"]), frozenset())
    deals, contacts = known.meanings["sales"], known.contact_meanings
    assert deals.single.keys() == {*DEAL_FIELDS, *OWN} - {"next", "contacts", "tags"}
    assert deals.listed.keys() == {"contacts", "tags"}
    assert contacts.single.keys() | contacts.listed.keys() == CONTACT_FIELDS.keys() - {"milestones"}
    assert SIMPLE.keys() <= {*FIELD_TYPES, "interval"}  # which no pipeline gives its deals


def test_what_recurs_is_read_once() -> None:
    meaning = Referents(RICH, frozenset(["jane-roe"]), frozenset()).meanings["sales"]
    value = meaning.single["value"]("48 000 USD")
    assert value is not None and meaning.single["value"]("48 000 USD") is value
    assert meaning.listed["tags"]("[a, b]") == ("a", "b")
    assert meaning.listed["contacts"]("[jane-roe boss, nobody]") is None
    assert meaning.single["value"]("25.000") is None
