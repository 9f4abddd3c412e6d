from __future__ import annotations

from typing import get_type_hints

from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, attribute
from site_builder.parse.fronts import ContactFront, DealFront


def test_every_field_has_its_name() -> None:
    deal = get_type_hints(DealFront)
    assert [*deal] == [n for f in DEAL_FIELDS for n in _names(f)]
    assert [*get_type_hints(ContactFront)] == [attribute(f) for f in CONTACT_FIELDS if f != "type"]


def _names(field: str) -> list[str]:
    return ["source", "referral"] if field == "source" else [attribute(field)]
