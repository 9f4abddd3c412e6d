from __future__ import annotations

from time import process_time
from timeit import repeat

import pytest

from site_builder.markup.as_read import is_as_written, readings


def read(text: str) -> list[str]:
    return [one.said for one in readings(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**J**ane _R_oe, ~~x~~ `y` \\*z\\*", ["Jane Roe, x y z"]),
        ("Erika&#45;M&#x75;ster &amp; S&ouml;hne &nosuch; &ast;&shy;", ["Erika-Muster & Söhne &nosuch; "]),
        ("[Mo](https://x.example/a)na", ["Mona", "Mo(https://x.example/a)na"]),
        ("![Mo](<a(b> 'c (d')na", ["Mona", "Mo(<a(b> 'c (d')na", "Mona", "Mona"]),
        ("[Mo](a\\)(b(c)))na [x] (y)", ["Mona x (y)", "Mo(a)(b(c)))na x (y)"]),
        ("[Mo][1]na", ["Mo1na", "Mona"]),
        ("[[acme|Mo]]na [[a/b\\|c]] [[acme]]x", ["Mona c |x"]),
        ("<b>Mo</b>na<br/>W<!-- x -->eiss", ["<b>Mo</b>na<br/>W<!-- x -->eiss", "Mona Weiss", "bMo/bnabr/W!-- x --eiss"]),
        ("<ann@x.example> 2 < 3", [*["<ann@x.example> 2 < 3"] * 2, "ann@x.example 2  3"]),
        ("O\u2019Brien \u2013 Ｊ\u0430ne Zoe\u0308 a\u200db\u034f", ["O'Brien - Jane Zoë ab"]),
        ("plain", ["plain"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_what_is_read(text: str, said: list[str]) -> None:
    assert read(text) == said
    assert read(f"{text} é") == [
        f"{one} é" for one in said
    ]  # ASCII is looked through in another way


@pytest.mark.parametrize(
    ("text", "part", "place"),
    [
        ("x **J**ane", "Jane", "J**ane"),
        ("x &#74;ane y", "Jane", "&#74;ane"),
        ("a[J](b)an&#101;.", "Jane", "J](b)an&#101;"),
        ("Zoe\u0308!", "Zoë", "Zoe\u0308"),
        ("so **Jane** is", "Jane", "Jane"),
        ("Zoe\u0308\u034f Jane", "Jane", "Jane"),
    ],
)
def test_where_it_stands(text: str, part: str, place: str) -> None:
    first = next(readings(text))
    at = first.said.index(part)
    start, end = first.place(at, at + len(part))
    assert text[start:end] == place


def test_most_texts_are_read_as_they_are_written() -> None:
    same = ("Called Jane Roe: 2 > 1 & (more), $5!", "Müller - Söhne, Zoë, 北京", "")
    assert all(is_as_written(text) and {*read(text)} == {text} for text in same)
    other = ("*a", "a_b", "`", "~", "\\", "[", "]", "&#1", "&amp;", "<b", "</b", "<!", "O\u2019B",
             "a\u2013b", "e\u0308", "\u200b", "Ｊ", "J\u0430ne")  # fmt: skip
    assert not any(map(is_as_written, other))


HARD = ("[", "](", "](a", "[[", "[[a|", "<a ", "<!--", "&#1", "\\", "![", "(<", "](x 'a", "e\u0308")


@pytest.mark.parametrize("sign", HARD)
def test_no_text_takes_long(sign: str) -> None:
    text = sign * (40_000 // len(sign))
    assert min(repeat(lambda: read(text), timer=process_time, number=1, repeat=3)) < 0.5
