"""What a page shows is told apart by all that it holds, and by nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from markupsafe import Markup

from site_builder.pages.links import Link
from site_builder.site.shown import digest_of


def test_it_makes_no_difference_which_parts_are_one_object() -> None:
    one, other = str(b"Ann Roe", "ascii"), str(b"Ann Roe", "ascii")
    assert one is not other
    assert digest_of((Link(one), Link(one))) == digest_of((Link(one), Link(other))) != b""


def test_anything_that_it_holds_makes_a_difference() -> None:
    said = ["a", "b", Markup("a"), Link("a"), Link("a", "b"), ("a",), ("a", "b"), 1, Decimal(1),
            dt.date(2026, 11, 20), None, ""]  # fmt: skip
    assert len({digest_of("all say this", one) for one in said}) == len(said)


def test_what_can_not_be_compared_is_nothing() -> None:
    around: list[object] = []
    around.append(around)
    for one in (lambda: None, (n for n in "ab"), around):
        assert digest_of(("a", one)) == b""
