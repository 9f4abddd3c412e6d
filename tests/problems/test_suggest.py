"""“Did you mean”: what is suggested, and that it costs little where much is wrong."""

from __future__ import annotations

import difflib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problems import suggest

NUMBERED = frozenset(f"contact-number-{n:05}" for n in range(4_000))
WORDS = st.text("ab-é", max_size=12)


def swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("jane-reo", ["jane-roe", "john-roe"], "jane-roe"),
        ("ajne-roe", ["jane-roe", "john-roe"], "jane-roe"),
        ("Jane Roe", ["jane-roe", "john-roe"], "jane-roe"),
        ("closing", ["close", "value"], "close"),
        ("decision", ["decision-map", "soft-yes"], "decision-map"),
        ("jane-ro", ["jane-rot", "jane-rob"], "jane-rot"),
        ("jane-ro", ["jane-rob", "jane-rot"], "jane-rot"),
        ("greta-ohm", ["jane-roe", "john-roe"], None),
        ("", ["jane-roe"], None),
        ("x" * 101, ["x" * 100], None),
    ],
)
def test_what_is_meant(word: str, known: list[str], meant: str | None) -> None:
    assert suggest.nearest(word, known) == meant


def test_it_is_what_difflib_finds() -> None:
    random = Random(6)
    names = [
        "-".join("".join(random.choices("abdeilmnorst", k=random.randrange(3, 8))) for _ in "ab")
        for _ in range(90)
    ]
    for _ in range(300):
        meant = random.choice(names)
        written = swapped(meant, random.randrange(len(meant) - 1))
        (found,) = difflib.get_close_matches(written, names, n=1, cutoff=0.7)
        assert suggest.nearest(written, names) == found


@given(WORDS, WORDS)
def test_letters_never_tell_of_less_than_two_words_share(a: str, b: str) -> None:
    shared = (suggest._letters(a) & suggest._letters(b)).bit_count()
    alike = suggest._Row(a).alike(b) if a or b else 0
    assert 2 * shared >= alike * (len(a) + len(b)) - 1e-9
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    assert alike * (len(a) + len(b)) >= 2 * sum(block.size for block in blocks) - 1e-9


def test_a_word_is_compared_closely_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    alike = suggest._Row.alike

    def counted(row: suggest._Row, other: str) -> float:
        compared.append(other)
        return alike(row, other)

    monkeypatch.setattr(suggest._Row, "alike", counted)
    written = [swapped(word, 9) for word in sorted(NUMBERED)[::40]]
    found = [suggest.nearest(word, NUMBERED) for word in written]
    assert [swapped(word or "", 9) for word in found] == written
    assert len(compared) < 30 * len(written)  # of 120 that begin or end like it
