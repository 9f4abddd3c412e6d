"""Sentences of which some words lead somewhere."""

from __future__ import annotations

from site_builder.pages.links import Link
from site_builder.pages.sentence import Figure, Sentence, Words, counted, joined, parts_of, together
from site_builder.pages.sheet import Sheet
from tests.by_hand import rendered

LOST = Link("6 <lost>", "#lost")


def test_a_sentence_is_its_text_and_its_parts() -> None:
    said = Sentence("Most: ", Sentence(LOST, " of "), Link("9", "deals.html"))
    assert said == "Most: 6 <lost> of 9"
    assert parts_of(said) == (Link("Most: "), LOST, Link(" of "), Link("9", "deals.html"))
    page = rendered("sheet.html", Sheet("T", said, ()))
    linked = 'Most: <a href="#lost">6 &lt;lost&gt;</a> of <a href="deals.html">9</a>'
    assert f'<p class="answer">{linked}</p>' in page
    assert '<p class="answer">A &lt;b&gt;</p>' in rendered("sheet.html", Sheet("T", "A <b>", ()))
    assert 'class="answer"' not in rendered("sheet.html", Sheet("T", Sentence(), ()))


def test_a_figure_that_scripts_work_out_says_so() -> None:
    some, none = counted(2, "2 due", "#due", "due"), counted(0, "0 due", "#due", "due")
    assert (some, none) == (Figure("2 due", "#due", "due"), Figure("0 due", "", "due"))
    page = rendered("sheet.html", Sheet("T", Sentence(some, "; ", none), ()))
    said = '<span data-figure="due"><a href="#due">2 due</a></span>; <span data-figure="due">0 due</span>'
    assert f'<p class="answer">{said}</p>' in page


def test_parts_are_joined_by_what_there_is_of_them() -> None:
    assert joined("; ", ["", LOST, "", Sentence("a")]).parts == (LOST, Link("; "), Link("a"))
    parts: list[Words] = ["a", "b", LOST]
    assert [together(parts[:n]) for n in (1, 2, 3)] == ["a", "a and b", "a, b and 6 <lost>"]
    assert (counted(0, "0 due", "#due"), counted(1, "1 due", "#due")) == (
        "0 due", Link("1 due", "#due"))  # fmt: skip
