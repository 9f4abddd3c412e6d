from __future__ import annotations

from site_builder.parse.reader import MAX_GUESSES, Reader


def test_so_much_is_guessed_in_a_file_and_no_more() -> None:
    reader = Reader(lambda _problem: None)
    said = [bool(reader.guess("laed", ("lead", "won"))) for _ in range(MAX_GUESSES + 2)]
    assert said == [True] * MAX_GUESSES + [False] * 2
