from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exchange.csv.table import Dialect, Table, read_table
from site_builder.problems.problem import Problem


def read(
    text: str, delimiter: str = "", header: tuple[str, ...] = (), *, escape: bool = False
) -> Table:
    problems: list[Problem] = []
    made = read_table("f.csv", text, Dialect(delimiter, escape), header, problems.append)
    assert made is not None
    return made


def test_finds_the_delimiter_in_the_first_line() -> None:
    for mark in ",;\t|":
        assert read(f"a{mark}b\n1{mark}2\n").rows[0].cells == ("1", "2")
    assert read('"a,b,c,d";e;f\n1;2;3\n').header == ("a,b,c,d", "e", "f")
    made = read("a;b\n1,5,0,0;2,5,0,0\n")
    assert (made.header, made.rows[0].cells) == (("a", "b"), ("1,5,0,0", "2,5,0,0"))
    assert read("a;b").header == ("a", "b")


def test_a_stated_delimiter_and_the_sep_line_of_excel_decide() -> None:
    assert read("a;b,c\n", ",").header == ("a;b", "c")
    made = read("sep=;\na,b;c\n1;2\n")
    assert made.header == ("a,b", "c")
    assert made.rows[0].line == 3


def test_quoted_cells_keep_delimiters_quotes_and_line_breaks() -> None:
    made = read('a,b\n"1,5","say ""hi""\nthere"\n2,3\n')
    assert made.rows[0].cells == ("1,5", 'say "hi"\nthere')
    assert made.rows[1].line == 4


def test_a_cell_knows_its_place_behind_quoted_line_breaks() -> None:
    made = read('a,b,c\n"x\ny",2,"z"\n')
    assert made.span(made.rows[0], 0)[1:] == (2, 1, 3, 3)
    assert made.span(made.rows[0], 2)[1:] == (3, 6, 3, 9)


def test_an_unclosed_quote_costs_its_row_only() -> None:
    made = read('a,b\n1,"2\n3,4\n')
    assert [(row.fault, row.cells) for row in made.rows] == [
        ("unclosed", ("1", '"2')),
        ("", ("3", "4")),
    ]


def test_text_behind_a_closing_quote_is_a_fault() -> None:
    (row,) = read('a,b\n"1"x,2\n').rows
    assert row.fault == "behind"
    assert row.cells == ('"1"x', "2")


def test_blank_lines_are_no_rows() -> None:
    assert len(read("a,b\n\n1,2\n\n").rows) == 1


def test_a_repeated_column_has_a_number() -> None:
    made = read("Phone,Name,Phone\n1,2,3\n")
    assert made.repeated == {"Phone": (1, 3)}
    assert made.index["Phone#2"] == 2


def test_a_header_can_be_given() -> None:
    assert read("1,2\n", header=("a", "b")).rows[0].cells == ("1", "2")


def test_a_backslash_can_take_from_a_mark_what_it_means() -> None:
    made = read(
        'a,b,c\n"1","Rack 19\\" wide","x\\\\"\n\\N,"two\\nlines\\\nand ""q""",a\\,b\n1,\\\n2,3\n',
        escape=True,
    )
    assert [row.cells for row in made.rows] == [
        ("1", 'Rack 19" wide', "x\\"),
        ("", 'two\nlines\nand "q"', "a,b"),
        ("1", "\n2", "3"),
    ]
    assert [row.line for row in made.rows] == [2, 3, 5]
    assert made.span(made.rows[1], 2)[1:] == (4, 12, 4, 16)
    assert made.span(made.rows[0], 2)[1:] == (2, 22, 2, 27)


def test_without_a_word_of_the_map_a_backslash_is_a_letter() -> None:
    assert read("a,b\nC:\\x,\\N\n").rows[0].cells == ("C:\\x", "\\N")
    assert read('a,b\n"1\\"" x",2\n').rows[0].cells == ('1\\" x', "2")


def test_an_unclosed_quote_costs_its_row_only_with_backslashes_too() -> None:
    made = read('a,b\n1,"2\\"\n3,4\n', escape=True)
    assert [(row.fault, row.cells[0]) for row in made.rows] == [("unclosed", "1"), ("", "3")]


@pytest.mark.parametrize("text", ['"a,', '"\\",', "\\,", '""\\"', '"a\\\n'])
@pytest.mark.parametrize("escape", [True, False])
def test_no_marks_take_long(text: str, escape: bool) -> None:
    assert read("a\n" + text * 30_000, ",", escape=escape).rows


CELL = st.text(st.sampled_from('ab ,"\n;'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5))
@settings(deadline=None)
def test_reads_what_the_csv_module_writes(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["h"], *rows])
    assert [list(row.cells) for row in read(out.getvalue(), ",").rows] == rows


@given(st.text(st.sampled_from('a,"\n\\'), max_size=40), st.booleans())
@settings(deadline=None)
def test_reads_as_many_characters_as_there_are(text: str, escape: bool) -> None:
    made = read_table("f.csv", text, Dialect(",", escape), ("a",), lambda problem: None)
    if made is not None:
        for row in made.rows:
            for column in range(len(row.cells)):
                assert made.span(row, column).line >= row.line


@given(
    st.lists(st.lists(st.text(st.sampled_from('an ,"\\\n;')), min_size=2), min_size=1, max_size=4)
)
@settings(deadline=None)
def test_reads_what_the_csv_module_escapes(rows: list[list[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(
        out, lineterminator="\n", doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL
    )
    writer.writerows([["h"], *rows])
    assert [list(row.cells) for row in read(out.getvalue(), ",", escape=True).rows] == rows
