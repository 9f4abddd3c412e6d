from __future__ import annotations

import pytest

from site_builder.diagnostics import Problem
from site_builder.exchange.decoding import ENCODINGS, decode

TEXT = "name\nJosé,€ 5\n"


def read(data: bytes, stated: str = "") -> tuple[str | None, list[Problem]]:
    problems: list[Problem] = []
    return decode("f.csv", data, stated, problems.append), problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert read(TEXT.encode(encoding), "latin-1" if encoding != "utf-8" else "")[0] == TEXT


def test_a_stated_encoding_is_used() -> None:
    assert read(TEXT.encode("cp1252"), "cp1252") == (TEXT, [])


def test_other_bytes_are_a_problem_that_shows_the_way() -> None:
    text, (problem,) = read(TEXT.encode("cp1252"))
    assert text is None
    assert problem.code == "not-utf8"
    assert problem.span[1:3] == (2, 4)
    assert "encoding: cp1252" in problem.help
    assert "José" in problem.help


def test_utf16_without_a_mark_is_seen() -> None:
    text, (problem,) = read("name,b\nx,y".encode("utf-16-le"))
    assert text is None
    assert "utf-16-le" in problem.help


def test_line_ends_become_plain() -> None:
    assert read(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_on_the_list_exists(encoding: str) -> None:
    assert read("a,b\n".encode(encoding), encoding)[0] == "a,b\n"
