from __future__ import annotations

from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.parse.fronts import ContactFront, DealFront


def test_every_field_has_its_type() -> None:
    assert [*DealFront.__annotations__] == [*DEAL_FIELDS]
    assert [*ContactFront.__annotations__] == [*CONTACT_FIELDS]
