from __future__ import annotations

import pytest

from site_builder.exchange.csv.decoding import decode
from site_builder.problems.problem import Problem


def look(text: str, stated: str = "") -> list[Problem]:
    problems: list[Problem] = []
    decode("f.csv", text.encode(), stated, problems.append)
    return problems


def twice(text: str, wrong: str = "cp1252") -> str:
    return text.encode().decode(wrong)


@pytest.mark.parametrize(
    "word",
    ["Café", "Müller", "Straße", "à", "5 €", "it’s", "“good", "a – b", "Łódź", "cœur", "Москва",
     "Ελλάδα", "北京", "東京", "😀", "™", "→", "naïve", "ÉCOLE"],
)  # fmt: skip
def test_text_that_was_encoded_twice_is_seen(word: str) -> None:
    (problem,) = look("a,b\n1," + twice(word, "latin-1") + "\n")
    assert (problem.code, problem.severity) == ("encoded-twice", "warning")
    assert problem.span.line == 2
    if " " not in word:
        assert f"may have been `{word}`" in problem.message


@pytest.mark.parametrize(
    "text",
    ["Café, Müller, 5 €, it’s “good” – 東京 😀", "“Ä”, »Å«, „Ö“", "“IRMÃ” VOILÂ\xa0:", "SÃO PAULO",
     "SOCIÉTÉ\xa0: x", "café”…, pâ”", "Å\xa0", "É»", "Âme", "plain"],
)  # fmt: skip
def test_text_that_is_as_it_should_be_is_left(text: str) -> None:
    assert look(text) == []


def test_the_first_place_is_told_and_how_many_there_are() -> None:
    (problem,) = look('a,b\n"x ' + twice("Café du Nord") + '",' + twice("Ü") + twice("–") + "\n")
    assert problem.span == ("f.csv", 2, 4, 2, 9)
    assert problem.message == (
        "`CafÃ©` looks as if it had been encoded twice, and may have been `Café` "
        "(3 places, the first is this)."
    )
    assert problem.help.startswith("Export it again")


@pytest.mark.parametrize("stated", ["cp1252", "latin-1"])
def test_where_the_map_did_it_the_help_says_so(stated: str) -> None:
    (problem,) = look("a\nCafé\n", stated)
    assert problem.help == f"The file is UTF-8: take `encoding: {stated}` out of the map."
