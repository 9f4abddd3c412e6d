"""Notes' Markdown: what it shows, what it refuses, how long it may take."""

from __future__ import annotations

import sys
from bisect import bisect

import html5lib
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from markupsafe import escape

from site_builder.markup import prose
from site_builder.markup.bounds import MAX_CHARACTERS, over_bounds
from site_builder.markup.dialect import Notes
from site_builder.markup.prose import Writer, simple_html
from site_builder.markup.sanitised import full_html
from tests.effort import milliseconds
from tests.examples import some

PAGES = {
    "acme": ("../deals/acme.html", "Acme rollout"),
    "jane-roe": ("../contacts/jane-roe.html", "Jane Roe"),
}
FULL = Notes(PAGES.get)


def shown(text: str, level: int = 4) -> str:
    return str(Writer(PAGES.get).html(text, level).html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>"),
        ("R & D < 3 > 2", "<p>R &amp; D &lt; 3 &gt; 2</p>"),
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("text\n- a\n- b", "<p>text</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n  - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("text\n2. no list", "<p>text\n2. no list</p>"),
        ("a\n\n    not code", "<p>a</p>\n<p>not code</p>"),
        ("```\n<b>\n  - c\n```", "<pre><code>&lt;b&gt;\n  - c\n</code></pre>"),
        ("> said\n> - a", "<blockquote>\n<p>said</p>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>"),
        ("[x]: https://a.example", None),
    ],
)
def test_the_dialect(text: str, html: str | None) -> None:
    if html is None:
        assert "[x]:" in shown(text)
    else:
        assert shown(text) == html


def test_wiki_links_lead_to_pages_and_unknown_ones_stay_text() -> None:
    assert shown("see [[acme]]") == '<p>see <a href="../deals/acme.html">Acme rollout</a></p>'
    assert 'jane-roe.html">her</a>' in shown("see [[jane-roe|her]]")
    assert 'jane-roe.html">Jane Roe</a>' in shown("see [[jane-roe| ]]")
    for no_id in ("[[Acme]]", "[[ acme ]]", "[[acme ]]"):
        assert shown(f"see {no_id}") == f"<p>see {no_id}</p>"
    assert shown("see [[nobody]]") == "<p>see [[nobody]]</p>"
    assert "<a" not in shown("`[[acme]]`")


def test_task_lines_are_boxes_with_a_word() -> None:
    html = shown("- [x] needs-analysis: *done*\n- [ ] call\n- [y] no box")
    assert html.count('<li class="task">') == 2
    assert '<span class="box box-done"><span class="unseen">done: </span></span>' in html
    assert '<span class="box"><span class="unseen">open: </span></span>call' in html
    assert "<li>[y] no box</li>" in html


def test_a_link_that_looks_like_a_task_is_a_link() -> None:
    assert '<a href="https://a.example"' in shown("- [x](https://a.example)")


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,x)",
        "[a](//evil.example/x)",
        "[a](../../etc)",
        "[a](ftp://a.example)",
        "<javascript:alert(1)>",
        "![a](javascript:alert(1))",
        '<a href="https://a.example" onclick="x()">a</a>',
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '<p style="x">a</p>',
    ],
)
def test_nothing_dangerous_comes_through(text: str) -> None:
    tree = html5lib.parseFragment(shown(text), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag not in ("script", "img", "svg", "iframe")
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        assert element.get("href", "https:").startswith(("https:", "http:", "mailto:", "tel:"))


def test_links_out_carry_no_referrer_and_pictures_become_links() -> None:
    assert shown("![Site plan](https://a.example/p.png)") == (
        '<p><a href="https://a.example/p.png" rel="noreferrer nofollow">Site plan</a></p>'
    )
    assert 'href="mailto:a@b.example"' in shown("[m](mailto:a@b.example)")
    assert 'href="https://a.example/x_y"' in shown("see https://a.example/x_y, and")


def test_headings_stand_below_the_note_and_skip_no_level() -> None:
    html = shown("### a\n\n# b\n\n## c\n\n#### d")
    assert [html[i + 1 : i + 3] for i in range(len(html)) if html[i : i + 2] == "<h"] == [
        "h4",
        "h4",
        "h5",
        "h6",
    ]
    assert "<h3>a</h3>" in shown("# a", level=3)


def test_tables_scroll_and_align_without_style_attributes() -> None:
    html = shown("|a|b|\n|--|-:|\n|1|[[acme]]|")
    assert '<div aria-label="Table" class="scroll" role="group" tabindex="0">' in html
    assert '<th class="num">b</th>' in html and "style" not in html
    assert '<td class="num"><a href="../deals/acme.html">' in html


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a" * 50_001, "characters"),
        ("a\n" * 1_500, "lines"),
        ("[" * 12_000, "signs"),
        ("[a](" * 5_000, "signs"),
        ("*a _b_ " * 5_000, "signs"),
        ("|a" * 5_000 + "\n" + "|-" * 5_000, "signs"),
        ("\n".join(" " * 4 * depth + "- a" for depth in range(100)), "nests"),
        ("\n".join("\t" * depth + "- a" for depth in range(30)), "nests"),
        (">" * 1_000 + " a", "nests"),
        ("- " * 20 + "a", "nests"),
        ("> - 1. * " * 4 + "a", "nests"),
    ],
)
def test_what_is_over_the_bounds_is_shown_as_written(text: str, why: str) -> None:
    excess = over_bounds(text)
    assert excess is not None and why in excess.reason
    written = Writer(PAGES.get).html(text)
    assert written.plain
    tree = html5lib.parseFragment(str(written.html), namespaceHTMLElements=False)
    assert "".join(tree.itertext()) == text


def test_a_text_that_exhausts_the_stack_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, "over_bounds", lambda text: None)
    writer = Writer(PAGES.get)
    assert writer.html("1. " * 5_000).plain
    assert writer.html("`a` *b*").html == "<p><code>a</code> <em>b</em></p>"


def test_no_text_is_equal_to_markup_that_is_made_of_another() -> None:
    """For what pages have in common is found again by what it says."""
    line = Writer(PAGES.get).line
    linked = line("[[acme]]")
    typed = line(str(linked))
    assert typed != linked and escape(typed) == escape(str(linked))
    assert line("so it is") == "so it is" and escape(line("C&A's")) == escape("C&A's")


def test_nothing_is_shown_as_nothing() -> None:
    assert Writer(PAGES.get).html("").html == ""


# fmt: off
PATTERNS = ["[", "[a](<", "[[", "*", "**a", "*a**b", "_a_", "`", "` a", "<", "<http:", "# a\n",
            "a\n=\n", "---\n", "``` x\n", "```\n", "\\", "&", "![", "|a", "> a\n", "- a\n\n", "1. ",
            "https://", "https://a.example ", "***", "*_", "~~~\n", "a  \n", "\t- a\n", "- [x] a\n",
            "> - a\n", " \n", "\x02", "\u00a0", "[a](b \"", "a_b*c_d*", "<a@b.example>", "[x]: a\n",
            "[" + "a" * 400, "[[acme" + "a" * 90, "[a](b (c" + "a" * 400, "[x [y] ", "a longer line\n---\n"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_short_text_takes_long(pattern: str) -> None:
    """The largest text of a pattern within the bounds; see also test_effort."""
    repeats = range(1, MAX_CHARACTERS // len(pattern) + 1)
    most = bisect(repeats, 0, key=lambda times: over_bounds(pattern * times) is not None)
    assert milliseconds(lambda: shown(pattern * most), 150) < 150


WORDS = st.sampled_from(
    ["Met", "Jane", "R&D", "a < b", "10:30", "costs 48 000", "x.", "(y)", "fine,", "#3", "é", "😀",
     "-", "1.", ">", "+", "=", ":", " ", "[", "]", "&amp;", "'q'", '"r"', "*b*", "**c**", "*d e*", "[[acme]]", "[[acme]],", "(*f*)", "*", "**", "*g", "h*", "[[nobody]]",
     "**i j.", "k**", "", "a@b.example",
     "---", "===", "| a", "://", "2)", "~", "\u00a0", "^", "$", "%", "{", "}", "/", "“t”", "…", "[x]",
     "news!", "!", "!(", "![", "C&A", "&c", "&copy", "&copy;", "&#35;", "&#x41", "~5k", "~~", "~~a~~", "~~~", "a~", "<", "<5", "<b>", "<b", "a<b", "<=", "</b>", "<!--", "<a@b.example>", "<http:x>",
     "snake_case", "_a_", "a_", "_b", "_", "__", "__init__", "é_é", "(_", "**Note:**", "*No!*", "**a_b**", "*_a*", "**a!", "*b: c*"]
)
LINES = st.builds(
    lambda start, words: start + " ".join(words),
    st.sampled_from(
        ["", "", "", "- ", "- [x] ", "- [ ] ", "- [X] ", "  ", " ", "    ", "      ", "  - ", "> ", "* "]
    ),
    st.lists(WORDS, max_size=5),
)
TEXTS = st.builds("\n".join, st.lists(st.one_of(LINES, st.just("")), max_size=8))


@some(500)
@given(TEXTS)
def test_the_fast_way_writes_what_the_full_way_writes(text: str) -> None:
    fast = simple_html(text, PAGES.get)
    if fast is not None:
        assert fast == full_html(text, FULL)


# fmt: off
USUAL_WORDS = st.sampled_from(
    ["Met", "news!", "!", "C&A", "R&D", "&copy", "~5k", "~", "<", "<5", "x<y", ">", "a_b", "é_1", "a_",
     "*b*", "**c d**", "**Note:**", "*No!*", "[[acme]]", "[[acme]]!", "(so)", "10:30", "3.", "–", "/", "#3"]
)
# fmt: on
USUAL_LINES = st.builds(
    lambda start, words: f"{start}Ann {' '.join(words)}.",
    st.sampled_from(["", "", "- ", "- [x] ", "  ", "    "]),
    st.lists(USUAL_WORDS, max_size=4),
)
USUAL_TEXTS = st.builds(
    lambda lines, ends: "".join(map("".join, zip(lines, ends, strict=False))),
    st.lists(USUAL_LINES, min_size=1, max_size=5),
    st.lists(st.sampled_from(["\n", "\n", "\n\n"]), min_size=5, max_size=5),
)


@some(500)
@given(USUAL_TEXTS)
def test_the_fast_way_writes_usual_texts_as_the_full_way_does(text: str) -> None:
    fast = simple_html(text, PAGES.get)
    event("fast" if fast is not None else "full")
    if fast is not None:
        assert fast == full_html(text, FULL)


@some(250)
@given(st.text(max_size=60))
def test_the_fast_way_agrees_on_any_text(text: str) -> None:
    fast = simple_html(text, PAGES.get)
    if fast is not None:
        assert fast == full_html(text, FULL)


@given(st.text(st.characters(exclude_characters="&:<_~"), max_size=20))
def test_marks_are_found_among_bytes_as_among_characters(text: str) -> None:
    assert (prose._signs(text) is None) == (prose._MARKED.search(text) is not None)


def test_every_odd_character_is_a_mark() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    found = [c for c in every if prose._signs(f"a{c}") is None]
    assert found == prose._MARKED.findall("".join(every))


def test_the_fast_way_is_taken_by_usual_notes() -> None:
    assert (
        simple_html("Met Jane at the fair: she likes it.\n\n- [x] a: yes\n- b & c", PAGES.get)
        is not None
    )
    assert simple_html("has [[acme]], *one* and **two** of them", PAGES.get) is not None
    assert simple_html("has [[nobody]]", PAGES.get) is None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Great news!", "<p>Great news!</p>"),
        ("C&A asked, R&D too", "<p>C&amp;A asked, R&amp;D too</p>"),
        ("~5k, for ~40", "<p>~5k, for ~40</p>"),
        ("x < y, and <5 > 3", "<p>x &lt; y, and &lt;5 &gt; 3</p>"),
        ("orders_2026_final.csv", "<p>orders_2026_final.csv</p>"),
        ("one\n  two", "<p>one\ntwo</p>"),
        ("- one\n  and two\n- three", "<ul>\n<li>one\nand two</li>\n<li>three</li>\n</ul>"),
        ("**Decision:** yes", "<p><strong>Decision:</strong> yes</p>"),
    ],
)
def test_signs_that_mean_nothing_there_go_the_fast_way(text: str, html: str) -> None:
    assert simple_html(text, PAGES.get) == html == full_html(text, FULL)


MARKDOWN = st.text(alphabet="ab *_`[]()<>!#-+|:~\\\n\t&1.=x/", max_size=80)


@some(250)
@given(MARKDOWN)
def test_any_text_becomes_well_formed_html(text: str) -> None:
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(shown(text))
