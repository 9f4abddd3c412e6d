"""Addresses of the web in texts, whatever of them is written there."""

from __future__ import annotations

import re

import pytest

from site_builder.journal.webs import Webs, of_web
from tests.audiences.disguises import without
from tests.effort import soon

WEBS = Webs(
    [
        *("https://www.acme-foods.example/", "https://social.example/in/Jane-Roe/?utm_source=x&hl=de"),
        *("http://p.example/profile.php?id=12", "https://roe.example/en/index.html", "https://q.example/de"),
        *("mailto:jane@roe.example", "https://localhost/", "", "https://hub.example/ann"),
        *("https://home.example/~jane", "https://wiki.example/J%C3%BCrgen_Möller"),
        *("https://matrix.example/#/@jane:matrix.example", "https://app.example/#about"),
        *("https://big.example", "https://shared.example/team", "https://mail.example"),
    ],
    ["https://shop.big.example/x", "https://hub.example/ann/more", "https://shared.example/other"],
    ["ann@Mail.example", ""],
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("acme-foods.example, www.acme-foods.example, http://acme-foods.example.", "…, …, …."),
        ("https://www.acme-foods.example/, HTTPS://Acme-Foods.Example/a/b?c=d#e", "…, …"),
        ("[site](https://acme-foods.example/) <acme-foods.example:8080/x> (acme-foods.example)",
         "[site](…) <…> (…)"),
        ("info@acme-foods.example, shop.acme-foods.example; Acme-Foods.example's, _acme-foods.example_",
         "info@…, …; …'s, _…_"),
        ("acme-foods[.]example, acme-foods dot example\nhxxp://acme-foods.example", "…, …\nhxxp://…"),
        ("notacme-foods.example not-acme-foods.example acme-foods.example.org acme-foods.examples", None),
        ("acme-foods, acme foods.example, example", None),
        ("social.example/in/jane-roe https://de.social.example/in/Jane-Roe/ social.example/in/jane-roe?x=1",
         "… … …"),
        ("social.example, social.example/in/ann, social.example/in/jane-roe-2 social.example/in/jane-roes",
         None),
        ("p.example/profile.php?id=12&x=1 p.example/profile.php?id=123 p.example/profile.php",
         "… p.example/profile.php?id=123 p.example/profile.php"),
        ("roe.example, q.example/en", "…, …"),
        ("big.example shop.big.example mail.example hub.example/ann hub.example shared.example", None),
        ("shared.example/team", "…"),
        ("https://a.example/2020/https://roe.example/x a.example/?u=http%3A%2F%2Froe.example%2Fx, roe.example-made",
         "https://a.example/2020/… a.example/?u=http%3A%2F%2F…, …-made"),
        (r"home.example/%7Ejane home.example/\~Jane/x home.example\/~jane home.example/%7ejanet home.example/%7Ejane%20x",
         "… … … home.example/%7ejanet home.example/%7Ejane%20x"),
        ("wiki.example/Jürgen_Möller wiki.example/J%C3%BCrgen_M%c3%96ller?x wiki.example/J%FCrgen_Möller",
         "… … wiki.example/J%FCrgen_Möller"),
        ("a.example/?u=https%3A%2F%2Fsocial.example%2Fin%2Fjane-roe%3Fx a.example/?u=https%3A%2F%2Fwww.roe.example",
         "a.example/?u=https%3A%2F%2F… a.example/?u=https%3A%2F%2F…"),
        ("matrix.example/#/@jane:matrix.example, matrix.example/#/%40jane%3Amatrix.example app.example/x",
         "…, … …"),
        ("matrix.example/#/@ann:matrix.example matrix.example matrix.example/#/@jane:matrix.example2", None),
        ("roe.example-made.example, roe.example-a.b.example, a%2Froes.example", None),
    ],
)  # fmt: skip
def test_an_address_is_found_in_each_form(said: str, left: str | None) -> None:
    assert without(said, WEBS.spans(said)) == (said if left is None else left)
    words = re.findall(r"[^\W_]+", said.casefold())
    assert left is None or WEBS.may_be_in(words)
    if "_" not in said:  # which is part of a word there
        found = "|".join(map(of_web, WEBS.places))
        assert re.sub(f"(?i){found}".encode(), "…".encode(), said.encode()).decode() == (
            left or said
        )


@pytest.mark.parametrize("part", ["a.", "a-", "a dot ", "acme-foods.example/", "www.", "/a", ".,"])
def test_no_text_takes_long(part: str) -> None:
    text = f"{part * 30_000}x"

    def found() -> None:
        for said in (text, f"acme-foods.example{text}", f"acme-foods.example/{text}"):
            without(said, WEBS.spans(said))
            re.sub(f"(?i){'|'.join(map(of_web, WEBS.places))}".encode(), b"", said.encode())
            Webs([f"https://{said}"], [f"https://{said}"])

    soon(found, 2_000)
