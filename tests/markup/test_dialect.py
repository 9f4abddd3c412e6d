"""The dialect by itself: it is cut before anything is sanitised, so that each guards alone."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup.dialect import Notes
from site_builder.markup.sanitised import full_html
from site_builder.source.code_blocks import codes
from tests.examples import some

PAGES = {"acme": ("../deals/acme.html", "Acme"), "odd": ("https://evil.example/", "Odd")}


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](../../etc)",
        "[a](//evil.example)",
        "<ftp://a.example>",
        "![a](data:image/png;base64,xx)",
        "<img src=x onerror=alert(1)>",
        "&#106;avascript:x",
    ],
)
def test_the_dialect_alone_lets_nothing_through(text: str) -> None:
    html = Notes(PAGES.get).convert(text, 4)
    assert "href" not in html and "src=" not in html.replace("&lt;img src=", "")


LINES = st.sampled_from(
    ["w", "- w", "  w", "    w", "1. w", "2) w", "   - w", "> w", "> - w", ">   w", "> > w", "# w", "w\\", "", "", ">", "-",
     "---", "===", "|w|w|", "|-|-|", "* * *", "```", "``` w", "  ```", "   ```", "    ```", "- ```", "> ```", "> - ```",
     ">   ```", "~~~~", "- > ~~~", "  > ~~~", "1. ~~~", "- - w", "- - ```"]
)  # fmt: skip


@some(800)
@given(st.lists(LINES, max_size=14))
def test_pages_show_as_code_what_readers_take_for_it_and_lose_no_word(lines: list[str]) -> None:
    told = [re.sub("w", f"w{row}w", line) for row, line in enumerate(lines)]
    html = full_html("\n".join(told), Notes(PAGES.get))
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    shown = ["".join(code.itertext()) for code in tree.iter("pre")]
    assert shown == ["\n".join(code.lines).rstrip("\n") + "\n" for code in codes("\n".join(told))]
    fenced = {row for code in codes("\n".join(told)) for row in (code.first, code.last)}
    words = {row for row, line in enumerate(lines) if "w" in line and row not in fenced}
    assert words <= {int(word) for word in re.findall("w([0-9]+)w", "".join(tree.itertext()))}


CODE = "<pre><code>x\n</code></pre>"


def _fenced(indent: str) -> str:
    return f"{indent}```sh\n{indent}x\n{indent}```\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            f"1. a\n\n{_fenced('   ')}2. b\n3. c",
            f"<ol><li><p>a</p>{CODE}</li><li><p>b</p></li><li><p>c</p></li></ol>",
        ),
        (
            f"- a\n\n{_fenced('  ')}  behind\n- b",
            f"<ul><li><p>a</p>{CODE}<p>behind</p></li><li><p>b</p></li></ul>",
        ),
        (
            f"- a\n{_fenced('  ')}\n{_fenced('  ')}- b",
            f"<ul><li><p>a</p>{CODE}{CODE}</li><li><p>b</p></li></ul>",
        ),
        (
            f"> - a\n>\n{_fenced('>   ')}> - b",
            f"<blockquote><ul><li><p>a</p>{CODE}</li><li><p>b</p></li></ul></blockquote>",
        ),
        (
            f"- a\n  - b\n\n{_fenced('    ')}  - c\n- d",
            (
                f"<ul><li><p>a</p><ul><li><p>b</p>{CODE}</li><li><p>c</p></li></ul></li>"
                "<li><p>d</p></li></ul>"
            ),
        ),
        (f"- a\n{_fenced('  ')}- b", f"<ul><li>a{CODE}</li><li>b</li></ul>"),
    ],
)
def test_code_behind_a_blank_line_swallows_no_item(text: str, html: str) -> None:
    assert _without_breaks(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            f"- a\n  - b\n{_fenced('    ')}  - c\n- d",
            f"<ul><li>a<ul><li>b{CODE}</li><li>c</li></ul></li><li>d</li></ul>",
        ),
        (
            f"1. a\n   1. b\n{_fenced('      ') * 2}   2. c",
            f"<ol><li>a<ol><li>b{CODE}{CODE}</li><li>c</li></ol></li></ol>",
        ),
        (
            f"- a\n  - b\n{_fenced('    ')}    behind\n  - c",
            f"<ul><li>a<ul><li>b{CODE}behind</li><li>c</li></ul></li></ul>",
        ),
        (
            f"- a\n  - b\n    - c\n{_fenced('      ')}    - d\n  - e",
            f"<ul><li>a<ul><li>b<ul><li>c{CODE}</li><li>d</li></ul></li><li>e</li></ul></li></ul>",
        ),
        (
            f"- a\n  - b\n{_fenced('  ')}  - c",
            f"<ul><li>a<ul><li>b</li></ul>{CODE}<ul><li>c</li></ul></li></ul>",
        ),
    ],
)
def test_code_stays_within_its_nested_item(text: str, html: str) -> None:
    assert _without_breaks(text) == html


def test_an_item_further_out_behind_a_blank_line_is_not_within() -> None:
    html = "<ul><li><p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul></li><li><p>d</p></li></ul>"
    assert _without_breaks("- a\n  - b\n\n  - c\n- d") == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> a\nb\n> c", "<blockquote><p>a~b~c</p></blockquote>"),
        ("> a\nb\nc\n> d\ne", "<blockquote><p>a~b~c~d~e</p></blockquote>"),
        ("> a\n===\n===\n> b", "<blockquote><p>a~===~===~b</p></blockquote>"),
        (
            "> > a\nb\n> c",
            "<blockquote><blockquote><p>a~b~c</p></blockquote></blockquote>",
        ),
        ("> - a\nb", "<blockquote><ul><li>a~b</li></ul></blockquote>"),
        ("> - a\nb\n> - c", "<blockquote><ul><li>a~b</li><li>c</li></ul></blockquote>"),
        ("> 1. a\nb\n> 2. c", "<blockquote><ol><li>a~b</li><li>c</li></ol></blockquote>"),
        ("> a\nb\n> - c", "<blockquote><p>a~b</p><ul><li>c</li></ul></blockquote>"),
        ("1. > a", "<ol><li><blockquote><p>a</p></blockquote></li></ol>"),
        ("- > a\n  b\n  > c", "<ul><li><blockquote><p>a~b~c</p></blockquote></li></ul>"),
        ("> # a\nb\n> c", ("<blockquote><h4>a</h4></blockquote><p>b</p>"
                           "<blockquote><p>c</p></blockquote>")),
        ("> a\n\nb\n> c", ("<blockquote><p>a</p></blockquote><p>b</p>"
                          "<blockquote><p>c</p></blockquote>")),
        ("> a\n- b\n> c", ("<blockquote><p>a</p></blockquote><ul><li>b</li></ul>"
                         "<blockquote><p>c</p></blockquote>")),
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
    ],
)  # fmt: skip
def test_a_quote_goes_on_with_text_that_has_no_mark(text: str, html: str) -> None:
    assert _without_breaks(text, "~") == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- - b\n  * c", "<ul><li><ul><li>b</li></ul><ul><li>c</li></ul></li></ul>"),
        ("- + a\n  + b", "<ul><li><ul><li>a</li><li>b</li></ul></li></ul>"),
        (
            "1. - a\n   * b\n2. c",
            "<ol><li><ul><li>a</li></ul><ul><li>b</li></ul></li><li>c</li></ol>",
        ),
        (
            "- - - a\n    - b\n  - c\n- d",
            "<ul><li><ul><li><ul><li>a</li><li>b</li></ul></li><li>c</li></ul></li><li>d</li></ul>",
        ),
        ("- 1. a\n  2. b\n- c", "<ul><li><ol><li>a</li><li>b</li></ol></li><li>c</li></ul>"),
        ("- - a\n  b\n- c", "<ul><li><ul><li>a~b</li></ul></li><li>c</li></ul>"),
        ("- * * *\n- b", "<ul><li><hr></li><li>b</li></ul>"),
        ("- [ ] - a", "<ul><li>[ ] - a</li></ul>"),
    ],
)
def test_an_item_that_begins_with_items_has_them_as_lists(text: str, html: str) -> None:
    boxed = re.sub(r'<span class="box">.*?</span></span>', "[ ] ", _without_breaks(text, "~"))
    assert boxed.replace(' class="task"', "") == html


def _without_breaks(text: str, within: str = "") -> str:
    """The HTML with ``within`` in place of the ends of lines within a text."""
    html = re.sub(r"(?<=[^>\n])\n(?=[^<\n])", within, Notes(PAGES.get).convert(text, 4))
    return html.replace("\n", "").replace("x</code>", "x\n</code>")
