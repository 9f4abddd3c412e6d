"""Mail addresses in texts, also as they are hidden from robots."""

from __future__ import annotations

import time

import pytest

from site_builder.audiences.texts import Texts
from site_builder.journal.mails import Mails
from tests.audiences.disguises import MAIL, mail_texts, mails_read, without

MAILS = Mails(["jane.roe@acme.example", "jo+x@a-b.example", "Ann@x.example", "Talk @ Acme", "@jo"])


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("jane.roe@acme.example, JANE.ROE@Acme.Example.", "…, …."),
        ("jane.roe [at] acme.example; jane.roe(at)acme dot example", "…; …"),
        ("jane.roe @ acme.example, jane dot roe at acme punkt example", "…, …"),
        ("jane.roe {ät} acme (dot) example <jane.roe <at> acme.example>", "… <…>"),
        ("jane.roe at acme . example, jane.roe at acme. Example", "…, jane.roe at acme. Example"),
        (
            "x?to=jane.roe%40acme.example, jane.roe%40acme.examples",
            "x?to=…, jane.roe%40acme.examples",
        ),
        ("jane.roe%t acme.example jane.roe%41acme.example", None),
        ("jo+x\nat a-b.example ann AT x.example", "… …"),
        ("xjane.roe@acme.example, jane.roe at acme.examples, jane.roe at acme", None),
        ("roe at acme.example, jo at a-b.example, jane.roe, at acme.example", None),
        ("Talk at Acme, jane.roe met acme.example, at @ at", None),
    ],
)
def test_an_address_is_found_as_robots_are_not_to_find_it(said: str, left: str | None) -> None:
    assert without(said, MAILS.spans(said)) == (said if left is None else left)


def test_nobody_reads_an_address_however_it_is_written() -> None:
    assert mails_read(mail_texts(1, 100), Texts({}, (), [MAIL])) == []


@pytest.mark.parametrize("part", ["jane.roe at ", "@", "at\n", " "])
def test_no_text_takes_long(part: str) -> None:
    text, start = f"jane.roe{part * 60_000}@", time.process_time()
    assert without(text, MAILS.spans(text)) == text
    assert time.process_time() - start < 2
