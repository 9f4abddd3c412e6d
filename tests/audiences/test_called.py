from __future__ import annotations

import pytest

from site_builder.audiences.called import Called
from site_builder.audiences.texts import Texts
from tests.audiences.disguises import PERSON, called_texts, last_names_read

NAMES = [
    "Jane Roe",
    "Ann van der Stone",
    "Will Acme",
    "Single",
    "Otto Xaver Qhid",
    "Zo\u00eb M\u00fcller-L\u00fcd",
    "Sean O'Neil",
    "S\u00f8ren Kj\u00e6r\u0142",
    "Otto Peter",
    "Max Koch",
    "Li Wu",
]
_TEXTS = Texts({}, (), NAMES, Called(NAMES, {"Acme", "Peters"}))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Ms Roe, Dr. Roe, Herr **Roe**", "Ms \u2026, Dr. \u2026, Herr **\u2026**"),
        ("asked Frau\nRoe", "asked Frau\n\u2026"),
        ("Ms van der Stone and Mrs Stone", "Ms \u2026 and Mrs \u2026"),
        (
            "O.Qhid; O. X. Qhid; O.X.Qhid; O Qhid; Ot. Qhid",
            "\u2026; \u2026; \u2026; \u2026; \u2026",
        ),
        ("Dr. Otto X. Qhid; OTTO QHID; Otto-Qhid; o.qhid", "Dr. \u2026; \u2026; \u2026; \u2026"),
        (
            "Qhid, O.; Qhid Otto; qhid_otto; Dr. QHID; Mr X. Qhid",
            "\u2026.; \u2026; \u2026; Dr. \u2026; Mr \u2026",
        ),
        (
            "Zoe Mueller-Lued; Z. Muller-Lud; Frau M\u00fcller-L\u00fcd",
            "\u2026; \u2026; Frau \u2026",
        ),
        ("Soren Kjaerl; Soeren Kjaerl; S. Kjaerl", "\u2026; \u2026; \u2026"),
        ("Ms.Roe, an Herrn Roe, Dr.Roe.", "Ms.\u2026, an Herrn \u2026, Dr.\u2026."),
        ("Mr O'Neil; S. O\u2019Neil", "Mr \u2026; \u2026"),
        (
            "I Roe, A Stone, otto and qhid; Otto, then Qhid",
            "I Roe, A Stone, otto and qhid; Otto, then Qhid",
        ),
        ("J. Roe, A. Stone", "\u2026, \u2026"),
        ("Roe, Jane", "\u2026"),
        ("to jane.roe@x.example, Jane_Roe or jane-roe", "to \u2026@x.example, \u2026 or \u2026"),
        ("#janeroe JaneRoe JANEROE", "#\u2026 \u2026 \u2026"),
        ("B. Roe; J. roe; Ms roe, Ms Jane", "B. Roe; J. roe; Ms roe, Ms Jane"),
        ("Mr Acme, janeroes. Jane. Roe", "Mr Acme, janeroes. Jane. Roe"),
        ("W. Acme and Acme, Will", "\u2026 and \u2026"),
        ("one, Single. Ms Single", "one, \u2026. Ms \u2026"),
        (
            "Frau M\u00fcller-L\u00fcds Rat; Z. Mueller-Lueds; Jane Roes, ROES JANE",
            "Frau \u2026 Rat; \u2026; \u2026, \u2026",
        ),
        ("J. Roes; Dr. Roes; jane.roes; the Roes", "\u2026; Dr. \u2026; \u2026; the Roes"),
        ("Max Kochs, the Kochs; M. Koches, Herr Kochs", "\u2026, the Kochs; \u2026, Herr \u2026"),
        ("A. van der Stone, J. van Roe; J. du Roe", "\u2026, \u2026; \u2026"),
        ("A. v. d. Stone; Ann v.d. Stone; J. v. Roe", "\u2026; \u2026; \u2026"),
        ("Otto Peters, Mr Peters; Otto Peter", "Otto Peters, Mr Peters; \u2026"),
        ("Li Wus Rat; Herrn Wus; the Wus", "\u2026 Rat; Herrn \u2026; the Wus"),
        ("I van Roe; j. van Roe; J. met Roe", "I van Roe; j. van Roe; J. met Roe"),
    ],
)
def test_people_are_not_named_in_other_ways_than_their_names(said: str, left: str) -> None:
    assert _TEXTS.free(said) == left


_OF_ANYBODY = (
    "{0} {1}; {0} {1}s; {1}, {0}; Ms {1}; Herrn {1}s; {2}. {1}; {2}.{1}; {2}. van {1}; "
    "Dr. **{1}**; {0}.{1}; *{0}* {1}\u2019s; [{0}](x) {1}; {0}\n{1}"
)
_ENDINGS = ["Roe", "M\u00fcller", "Koch", "Vasquez", "Jones", "Kj\u00e6r\u0142"]


def test_whoever_it_is_the_same_is_left() -> None:
    left = "\u2026; \u2026; \u2026; Ms \u2026; Herrn \u2026; \u2026; \u2026; \u2026; "
    left += "Dr. **\u2026**; \u2026; \u2026\u2019s; \u2026; \u2026"
    for first, last in zip(("Jane", "Zo\u00eb") * 3, _ENDINGS, strict=True):
        name, said = f"{first} {last}", _OF_ANYBODY.format(first, last, first[0])
        assert Texts({}, (), [name], Called([name], ())).free(said) == left


def test_nobody_reads_who_is_meant_however_that_is_written() -> None:
    every = [*called_texts(1, 120)]
    made = Texts({"acme": "acme"}, {"acme"}, [PERSON], Called([PERSON], ()))
    assert last_names_read(every, made) == []
    assert len(last_names_read(every, Texts({}, (), [PERSON]))) > 60
