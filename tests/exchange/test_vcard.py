"""Cards of contacts."""

from __future__ import annotations

from site_builder.exchange.vcard import vcards
from site_builder.journal.contact import Contact
from tests.by_hand import journal


def test_no_text_and_no_address_breaks_out_of_its_line() -> None:
    odd = "Jane\r\nNOTE:x\nEND:VCARD\x00\x0b Roe"
    jane = Contact(
        "jane",
        "contacts/jane.md",
        odd,
        role=odd,
        email="jane@roe.example\nNOTE:x",
        phone="1\nNOTE:x",
        website="https://roe.example/\r\nNOTE:x",
        social=("https://social.example/\x00\nNOTE:x",),
        tags=("a\nNOTE:x",),
    )
    lines = vcards([jane], journal()).split("\r\n")
    names = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert names == [
        "BEGIN", "VERSION", "FN", "N", "TITLE", "EMAIL;TYPE=INTERNET", "TEL", "URL", "URL",
        "CATEGORIES", "END", "",
    ]  # fmt: skip
    assert all(line.isprintable() for line in lines)
