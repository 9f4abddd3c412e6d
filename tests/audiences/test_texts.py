from __future__ import annotations

import pytest

from site_builder.audiences.texts import Texts

TEXTS = Texts(
    {"acme": "acme-one", "jane": "contact-1"},
    {"acme"},
    ["Jane Roe", "Kestrel", "Jo", "Müller & Söhne"],
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("To [[acme]] and [[acme|them]].", "To [[acme-one]] and [[acme-one|them]]."),
        ("[[deals/acme#Calls|them]] | [[acme\\|a]]", "[[acme-one|them]] | [[acme-one|a]]"),
        ("[[jane]], [[jane|Jane]]", "[[contact-1]], [[contact-1]]"),
        ("[[other]], [[other|Words]], [[a b]], [[]]", "…, …, …, …"),
        ("`[[other]]`", "`…`"),
        ("Jane Roe's, with Jane Roe; Jane Roeder", "…'s, with …; Jane Roeder"),
        ("Kestrels and kestrel, Kestrel.", "Kestrels and kestrel, …."),
        ("Jo of Müller & Söhne", "Jo of …"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_names_nobody_who_is_not_shown(text: str, shown: str) -> None:
    assert TEXTS.free(text) == shown
