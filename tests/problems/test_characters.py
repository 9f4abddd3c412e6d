"""What nobody sees, by its name."""

from __future__ import annotations

import time

import pytest

from site_builder.problems.characters import latin, named, odd_in, plain, plain_dashes, strange_in


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\u00a0", "U+00A0, no-break space"),
        ("\u2009", "U+2009, thin space"),
        ("\u200b", "U+200B, zero width space"),
        ("\ufeff", "U+FEFF, byte order mark"),
        ("\u00ad", "U+00AD, soft hyphen"),
        ("\u202e", "U+202E, right-to-left override"),
        ("\u2013", "U+2013, en dash"),
        ("\ue000", "U+E000"),
    ],
)
def test_a_character_has_a_name(char: str, name: str) -> None:
    assert named(char) == name


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("##\u00a02026\u201311\u201310", "## 2026-11-10"),
        ("\ufeff## \u200e2026\u00ad-11-10", "## 2026-11-10"),
        ("＃＃\u3000２０２６－11-10", "## 2026-11-10"),
        ("٢٠٢٦", "2026"),
        ("Müller — 5 €", "Müller - 5 €"),
    ],
)
def test_what_is_odd_becomes_plain(text: str, meant: str) -> None:
    assert plain_dashes(text) == meant
    assert odd_in(text) != ""
    assert odd_in(meant.replace("ü", "u")) == ""


def test_dashes_stay_where_they_mean_something() -> None:
    assert plain("a\u00a0— b") == "a — b"


@pytest.mark.parametrize(
    ("text", "meant", "strange"),
    [
        ("\u0441all", "call", "\u0441"),
        ("v\u0430lue", "value", "\u0430"),
        ("\u0441\u043emmit", "commit", "\u043e"),
        ("k\u03bfw", "kow", "\u03bf"),
        ("Анна Lee, тест, α-β, Müller", "Анна Lee, тест, α-β, Müller", ""),
        ("`ann\u2011lee`", "`ann\u2011lee`", "\u2011"),
        ("`\u22121000`", "`\u22121000`", "\u2212"),
        ("`–1000`", "`–1000`", "–"),
        ("Mon–Fri — from 9–10", "Mon–Fri — from 9–10", ""),
        ("a\u200bb", "a\u200bb", "\u200b"),
        ("plain", "plain", ""),
    ],
)
def test_what_looks_like_another_character(text: str, meant: str, strange: str) -> None:
    assert latin(text) == meant
    assert strange_in(text) == strange


def test_long_texts_of_look_alikes_take_no_time() -> None:
    begin = time.process_time()
    for text in ("\u043e" * 250_000 + "a", "a\u043e" * 120_000, "\u043e " * 120_000):
        latin(text)
        strange_in(text)
    assert time.process_time() - begin < 2
