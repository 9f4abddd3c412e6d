"""Markdown in which nothing that stands in a journal means anything, and of which there is not too
much."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from site_builder.review.markdown import MOST_BYTES, escaped, markdown
from site_builder.review.told import Table, Told, told
from tests.comparisons import between, deal

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ODD = [
    "a | b", "`code` ``x``", "*b* _i_ __b__ ~~s~~", "<b>x</b> <script>alert(1)</script>", "&lt; &amp; &#64;",
    "@maria and @org/team", "a@b.example", "#123 GH-12 org/repo#12 !5 ~label %m $snippet &epic", "[x](http://x.example)",
    "![i](http://x.example/i.png)", "https://x.example www.x.example", "deadbeef1234567 0123456789", ":tada: 12:30",
    "$x$ $$y$$", "\\", "a\\|b", "\n# head\n- item\n> quote\n```", "<!-- x", "</details>", "[[acme|words]]", "\u202eabc\x1b[2J",
    "- [x] step", "1. x", "+ x", "=====", "---", "| --- |", "::notice::x", "%0A", "mailto:a@b.example", "~~~",
]  # fmt: skip
CALLS = re.compile(r"(?i)(?<!\w)@\w|(?<![&\w])#\w|\w[@#]\w|https?:|www\.|\bgh-[0-9]|:\w+:|\b[0-9a-f]{7,40}\b|[!~$^]\w")  # fmt: skip


def shown(text: str) -> str:
    """What a reader shows of a cell with a text; it has to be nothing but text."""
    made = markdown(Told("Headline", (), (Table("T", ("A", "B"), ((text, "end"),)),)))
    html = str(READER.render(made))
    assert html.count("<td>") == 2, made
    cell = html.partition("<td>")[2].partition("</td>")[0]
    assert "<" not in cell, cell
    return (
        cell.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    )


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_text(text: str) -> None:
    found = shown(text)
    assert CALLS.search(found) is None, found
    plain = "".join(c if c.isprintable() else " " if c == "\t" else "\ufffd" for c in text)
    assert found.replace("\u200b", "").strip() == plain.strip()


@given(st.text(alphabet=st.sampled_from("ab1 @#|`*_~<>[]()!&;:$\\-./\nwh"), max_size=40))
def test_any_text_is_text(text: str) -> None:
    found = shown(text)
    assert CALLS.search(found) is None, found
    assert found.replace("\u200b", "").strip() == text.replace("\n", "\ufffd").strip()


def test_long_cells_are_cut() -> None:
    assert len(escaped("x" * 5_000)) < 400


def test_headline_first_and_detail_folded() -> None:
    made = between(
        {"deals/x.md": deal("value: 5")}, {"deals/x.md": deal("value: 6", "## 2026-11-05 call\n")}
    )
    text = markdown(told(made, ["From a to b."]))
    lines = text.split("\n")
    assert lines[0] == "### 1 changed"
    assert lines[2] == "From a to b."
    assert "| Rollout (x) | value | €5 | €6 | +€1 |" in text
    assert text.index("**Value") < text.index("<details><summary>Notes (1)</summary>\n\n| Of |")
    assert text.count("<details>") == text.count("</details>")


@pytest.mark.parametrize("rows", [0, 10, 400, 30_000])
def test_it_is_bounded_and_says_what_is_cut(rows: int) -> None:
    many = tuple((f"deal {n}", "@x " * 120) for n in range(rows))
    made = markdown(Told("H", (), (Table("Few", ("A",), (("one",),)), Table("Many", ("A", "B"), many, True))))  # fmt: skip
    assert len(made.encode()) <= MOST_BYTES
    assert "| one |" in made
    shown_rows = made.count("| deal ")
    more = re.search(r"… and (\d+) more: `dealog diff` lists them\.", made)
    assert shown_rows + (int(more[1]) if more else 0) == rows


def test_no_change_is_said_plainly() -> None:
    assert markdown(told(between({}, {}), ["From a to b."])) == (
        "### No change to the pipeline\n\nFrom a to b.\n\n"
    )
