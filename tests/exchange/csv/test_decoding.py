from __future__ import annotations

import pytest

from site_builder.exchange.csv.decoding import ENCODINGS, decode
from site_builder.problems.problem import Problem

TEXT = "name\nJosé,€ 5\n"


def read(data: bytes, stated: str = "") -> tuple[str | None, list[Problem]]:
    problems: list[Problem] = []
    return decode("f.csv", data, stated, problems.append), problems


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04\x14\0a,b\n", "a spreadsheet or an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a spreadsheet or a document of an older"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x1f\x8b\x08", "compressed"),
    ],
)
@pytest.mark.parametrize("stated", ["", "cp1252"])
def test_a_file_of_another_kind_is_told_as_such(data: bytes, what: str, stated: str) -> None:
    text, (problem,) = read(data, stated)
    assert text is None
    assert (problem.code, problem.span[1:3]) == ("invalid-csv", (1, 1))
    assert problem.message.startswith(f"The file is {what}")
    assert problem.help == "Open it, and save or export it as CSV."


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


WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("stated", ["", "cp1252", "latin-1"])
@pytest.mark.parametrize(
    "csv",
    [
        "name\nx",
        "name,b\nx,y",
        TEXT,
        "Имя,Фирма\r\nИван,Ромашка\r\n",
        "姓名,公司\n王小明,北京公司\n",
    ],
)
def test_two_or_four_bytes_a_character_are_seen_without_a_mark(
    encoding: str, stated: str, csv: str
) -> None:
    text, (problem,) = read(csv.encode(encoding), stated)
    assert text is None
    assert (problem.code, problem.span) == ("invalid-csv", ("f.csv", 1, 1, 1, 1))
    assert problem.help == f"State it in the map: `csv: {{encoding: {encoding}}}`."
    for as_told in (encoding, encoding[:6]):
        assert read(csv.encode(encoding), as_told) == (csv.replace("\r\n", "\n"), [])


def test_the_other_end_first_is_seen_even_if_stated() -> None:
    text, (problem,) = read(TEXT.encode("utf-16-be"), "utf-16-le")
    assert text is None
    assert "UTF-16-BE, not UTF-16-LE" in problem.message


@pytest.mark.parametrize("data", [b"Id,Na\0me\n1,2\n", b"a,b\n\0\0\0\0", b"\0", b""])
def test_stray_nuls_are_left_to_their_cells(data: bytes) -> None:
    assert read(data) == (data.decode(), [])


def test_a_wide_file_that_is_cut_off_says_so() -> None:
    text, (problem,) = read(TEXT.encode("utf-16-le")[:-1], "utf-16-le")
    assert text is None
    assert "cut off" in problem.help


def test_a_stated_encoding_that_utf8_is_not_is_to_be_taken_out() -> None:
    text, (problem,) = read("a\nÁ\n".encode(), "cp1252")
    assert text is None
    assert problem.span[1:3] == (2, 2)
    assert problem.help == "The file is UTF-8: take `encoding: cp1252` out of the map."
    _, (other,) = read(b"\x81\xff", "cp1252")
    assert "encoding: mac-roman" in other.help


def test_line_ends_become_plain() -> None:
    assert read(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_on_the_list_exists(encoding: str) -> None:
    assert read("a,b\n".encode(encoding), encoding)[0] == "a,b\n"
