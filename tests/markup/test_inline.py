"""The marks within lines, and the blocks around them, shown as GitHub shows them."""

from __future__ import annotations

import re

import pytest

from site_builder.markup.prose import Writer

PAGES = {
    "acme": ("../deals/acme.html", "Acme *rollout*"),
    "jane-roe": ("../contacts/jane-roe.html", "Jane Roe"),
}


def shown(text: str) -> str:
    """The HTML without what every link out has."""
    return str(Writer(PAGES.get).html(text).html).replace(' rel="noreferrer nofollow"', "")


def in_line(text: str) -> str:
    """The HTML of a text of one paragraph."""
    html = shown(text)
    assert html.startswith("<p>") and html.count("<p>") == 1
    return html.removeprefix("<p>").removesuffix("</p>")


def a(href: str, words: str) -> str:
    return f'<a href="{href}">{words}</a>'


ACME, JANE = a("../deals/acme.html", "Acme *rollout*"), a("../contacts/jane-roe.html", "Jane Roe")
B = "https://b.example"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        # Links
        (f"[a b]({B})", a(B, "a b")),
        (f"[*a* `b`]({B} 'title')", a(B, "<em>a</em> <code>b</code>")),
        (f"[a](<{B}/x y>)", a(f"{B}/x y", "a")),
        (f"[a]({B}/x_(y)_z)", a(f"{B}/x_(y)_z", "a")),
        (f"[a]({B}/x\\)y?b&amp;c)", a(f"{B}/x)y?b&amp;c", "a")),
        (f"[a]( {B} )", a(B, "a")),
        ("[a](<b)c>)", "<span>a</span>"),
        (f"[]({B})", a(B, B)),
        (f"[ ]({B})", a(B, B)),
        ("[a](b c)", "[a](b c)"),
        (f"[a] ({B}/)", f"[a] ({a(B + '/', B + '/')})"),
        ("[a]", "[a]"),
        (f"\\[a]({B})", f"[a]({a(B, B)})"),
        ("[a](tel:+44)", a("tel:+44", "a")),
        ("[a](ftp://b.example)", "<span>a</span>"),
        ("[a](&#106;avascript:b)", "<span>a</span>"),
        # Links in links
        (f"[{B}/x]({B}/y)", a(f"{B}/y", f"{B}/x")),
        (f"[see https://a.example now]({B})", a(B, "see https://a.example now")),
        (f"[<https://a.example>]({B})", a(B, "https://a.example")),
        (f"[a [b]({B}) c](https://c.example)", a("https://c.example", f"a [b]({B}) c")),
        (f"[what [[acme]] said]({B})", a(B, "what Acme *rollout* said")),
        (f"[[acme]]({B})", f"{ACME}({a(B, B)})"),
        (f"[[[acme]]]({B})", a(B, "Acme *rollout*")),
        # Pictures
        (f"![a *b* `c` d_e_f]({B}/c.png)", a(f"{B}/c.png", "a <em>b</em> <code>c</code> d_e_f")),
        (f"[![a *b*](https://img.example/b.svg)]({B})", a(B, "<span>a <em>b</em></span>")),
        (f"![a *b* [c](https://c.example)]({B})", a(B, "a *b* c")),
        (f"![]({B}/c.png)", a(f"{B}/c.png", f"{B}/c.png")),
        (f"[![badge](https://img.example/b.svg)]({B})", a(B, "badge")),
        (f"![a [b](https://c.example)]({B})", a(B, "a b")),
        (f"\\![a]({B})", f"!{a(B, 'a')}"),
        ("![a](javascript:b)", "<span>a</span>"),
        # Addresses by themselves
        (f"see {B}/x_y, and", f"see {a(B + '/x_y', B + '/x_y')}, and"),
        (f"({B}/)", f"({a(B + '/', B + '/')})"),
        (f"{B}/A_(b)", a(f"{B}/A_(b)", f"{B}/A_(b)")),
        (f"({B}/A_(b)).", f"({a(f'{B}/A_(b)', f'{B}/A_(b)')})."),
        (f"{B}/?a[]=1&b=2!", f"{a(f'{B}/?a[]=1&amp;b=2', f'{B}/?a[]=1&amp;b=2')}!"),
        (f"[see {B}/x]", f"[see {a(B + '/x', B + '/x')}]"),
        (f"**{B}**; *{B}*:", f"<strong>{a(B, B)}</strong>; <em>{a(B, B)}</em>:"),
        (f'"{B}" and {B}\'s', f"\"{a(B, B)}\" and {a(B, B)}'s"),
        ("HTTPS://b.example", a("HTTPS://b.example", "HTTPS://b.example")),
        ("ahttps://b.example https:// https://.", "ahttps://b.example https:// https://."),
        ("<ann@juniper.example>", a("mailto:ann@juniper.example", "ann@juniper.example")),
        (f"<{B}/x?y> <tel:+44>", f"{a(B + '/x?y', B + '/x?y')} {a('tel:+44', 'tel:+44')}"),
        ("<mailto:ann@b.example>", a("mailto:ann@b.example", "mailto:ann@b.example")),
        ("<o'neil+x@b.example> <ann@b>", a("mailto:o'neil+x@b.example", "o'neil+x@b.example") + " " + a("mailto:ann@b", "ann@b")),
        ("<a b@c> <b> <@c> <javascript:d>", "&lt;a b@c&gt; &lt;b&gt; &lt;@c&gt; &lt;javascript:d&gt;"),
        # Links to our pages
        ("[[acme]], [[jane-roe|her *own*]]", f"{ACME}, {a('../contacts/jane-roe.html', 'her *own*')}"),
        (r"[[jane-roe\|her]]", a("../contacts/jane-roe.html", "her")),
        ("[[jane-roe|]] [[nobody|x]]", f"{JANE} [[nobody|x]]"),
        ("*[[jane-roe]]*'s", f"<em>{JANE}</em>'s"),
        (r"\[[acme]]", "[[acme]]"),
        # Escapes and entities
        (r"pay \$500 to \$700, \~ten days", "pay $500 to $700, ~ten days"),
        (r"\*a\* \_b\_ \`c\` \# \+ \- \. \! \( \{ \< \> \& \" \' \\", "*a* _b_ `c` # + - . ! ( { &lt; &gt; &amp; \" ' \\"),
        (r"C:\new\a 1\2", r"C:\new\a 1\2"),
        (r"\&copy; \&amp; \\&copy;", "&amp;copy; &amp;amp; \\©"),
        (r"`\*`", r"<code>\*</code>"),
        ("&copy; &#228; &#xe4; &nbsp;&amp;lt; &amp;amp;", "© ä ä &nbsp;&amp;lt; &amp;amp;"),
        (r"`&copy;`", "<code>&amp;copy;</code>"),
        # Breaks
        ("Ann\\\nJuniper Lane", "Ann<br>\nJuniper Lane"),
        ("Ann  \n   Lane  ", "Ann<br>\nLane"),
        ("Ann \nLane\\", "Ann\nLane\\"),
        # Emphasis
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("***a** b*", "<em><strong>a</strong> b</em>"),
        ("***a* b**", "<strong><em>a</em> b</strong>"),
        ("**a*b*c**", "<strong>a<em>b</em>c</strong>"),
        ("a*b*c a_b_c __d__", "a<em>b</em>c a_b_c <strong>d</strong>"),
        ("2 * 3 * 4 and * a*", "2 * 3 * 4 and * a*"),
        ("**a*", "*<em>a</em>"),
        ("*a _b* c_", "<em>a _b</em> c_"),
        ("**Price:** (**b**)", "<strong>Price:</strong> (<strong>b</strong>)"),
        ("*a\nb*", "<em>a\nb</em>"),
        ("~10 to ~20 ~~a", "~10 to ~20 ~~a"),
        # Struck
        ("~~a b~~, ~~c~~d (~~e\nf~~)", "<del>a b</del>, <del>c</del>d (<del>e\nf</del>)"),
        ("~~a *b* `c~~`~~ **~~d~~** *e ~~f~~*", "<del>a <em>b</em> <code>c~~</code></del> <strong><del>d</del></strong> <em>e <del>f</del></em>"),
        ("~~€500~~ ~~(a)~~ ~~[[jane-roe]]~~", f"<del>€500</del> <del>(a)</del> <del>{JANE}</del>"),
        (f"~~{B}/x~~ [~~a~~]({B})", f"<del>{a(B + '/x', B + '/x')}</del> {a(B, '<del>a</del>')}"),
        ("~~ a~~ ~~b ~~ ~~c", "~~ a~~ ~~b ~~ ~~c"),
        (r"~~~a~~~ \~~b~~ ~~c\~~", "~~~a~~~ ~~b~~ ~~c~~"),
        ("~~a~~~", "~~a~~~"),
        ("a~~(b)~~c 5~10 and 20~30, ~/a and ~/b", "a~~(b)~~c 5~10 and 20~30, ~/a and ~/b"),
        # Code
        ("`a` ``b`c`` ` d ` `e", "<code>a</code> <code>b`c</code> <code>d</code> `e"),
        ("`a\nb` *`c*`", "<code>a b</code> *<code>c*</code>"),
        ("`[[acme]]` `https://b.example`", "<code>[[acme]]</code> <code>https://b.example</code>"),
        # Signs that are no headings
        ("#partner #spring-fair", "#partner #spring-fair"),
        ("#3 on their list", "#3 on their list"),
        ("They call it\n#urgent", "They call it\n#urgent"),
        ("####### a", "####### a"),
        # What stays text
        ("<b>a</b> <!-- c -->", "&lt;b&gt;a&lt;/b&gt; &lt;!-- c --&gt;"),
        ("[a][b] [^1]", "[a][b] [^1]"),
        ("a | b", "a | b"),
    ],
)  # fmt: skip
def test_marks_in_a_line(text: str, html: str) -> None:
    assert in_line(text) == html


def test_a_break_is_no_break_at_the_end_of_a_heading() -> None:
    assert shown("# a  \nb") == "<h4>a</h4>\n<p>b</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        # Fences
        ("1. First\n   ```\n   a\n    b\n   ```\n2. Second", "<ol><li>First<pre><code>a\n b\n</code></pre></li><li>Second</li></ol>"),
        ("1. a\n\n    ```\n    - [x] b\n    ```\n\n2. c", "<ol><li><p>a</p><pre><code>- [x] b\n</code></pre></li><li><p>c</p></li></ol>"),
        ("> ```\n> a\n>\n> b\n> ```\n> c", "<blockquote><pre><code>a\n\nb\n</code></pre><p>c</p></blockquote>"),
        ("- a\n  ```\n  b\n  ```\nc", "<ul><li>a<pre><code>b\n</code></pre></li></ul><p>c</p>"),
        ("- a\n  - b\n    ```\n    c\n    ```\n  d", "<ul><li><p>a</p><ul><li>b<pre><code>c\n</code></pre></li></ul><p>d</p></li></ul>"),
        (" ```\n a\n  b\n ```", "<pre><code>a\n b\n</code></pre>"),
        ('```text title="x.txt"\n## a\n````', "<pre><code>## a\n</code></pre>"),
        ("a\n~~~\n```\n~~~\nb", "<p>a</p><pre><code>```\n</code></pre><p>b</p>"),
        ("```\n&amp; <b>\n```", "<pre><code>&amp;amp; &lt;b&gt;\n</code></pre>"),
        ("```\n```", "<pre><code>\n</code></pre>"),
        ("```\na", "<p>```\na</p>"),
        # Lists
        ("- a\n2. b", '<ul><li>a</li></ul><ol start="2"><li>b</li></ol>'),
        ("- a\n1. b\n- c", "<ul><li>a</li></ul><ol><li>b</li></ol><ul><li>c</li></ul>"),
        ("- a\n* b\n* c\n+ d", "<ul><li>a</li></ul><ul><li>b</li><li>c</li></ul><ul><li>d</li></ul>"),
        ("- a\n\n* b\n- c\n- d", "<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li><li>d</li></ul>"),
        ("- a\n  - b\n  * c\n- d", "<ul><li>a<ul><li>b</li></ul><ul><li>c</li></ul></li><li>d</li></ul>"),
        ("- a\n  * b\n- c\n  * d", "<ul><li>a<ul><li>b</li></ul></li><li>c<ul><li>d</li></ul></li></ul>"),
        ("- a\n  1. b\n  - c", "<ul><li>a<ol><li>b</li></ol><ul><li>c</li></ul></li></ul>"),
        ("> - a\n> * b", "<blockquote><ul><li>a</li></ul><ul><li>b</li></ul></blockquote>"),
        ("- a\n  * c is text\n  b", "<ul><li>a<ul><li>c is text\nb</li></ul></li></ul>"),
        ("1. a\n1) b\n2) c", "<ol><li>a</li></ol><ol><li>b</li><li>c</li></ol>"),
        ("- a\n> b", "<ul><li>a</li></ul><blockquote><p>b</p></blockquote>"),
        ("> a\n- b", "<blockquote><p>a</p></blockquote><ul><li>b</li></ul>"),
        # Lists with blank lines: all items are paragraphs, or none
        ("- a\n- b\n\n- c", "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n\n- b\n- c\n- d", "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li><li><p>d</p></li></ul>"),
        ("1. *a*\n2. b\n\n   c", "<ol><li><p><em>a</em></p></li><li><p>b</p><p>c</p></li></ol>"),
        ("- a\n- b\n  - c\n\n  - d", "<ul><li>a</li><li>b<ul><li><p>c</p></li><li><p>d</p></li></ul></li></ul>"),
        ("- a\n  - b\n  - c\n\n- d", "<ul><li><p>a</p><ul><li>b</li><li>c</li></ul></li><li><p>d</p></li></ul>"),
        ("- a\n\n  - b\n- c", "<ul><li><p>a</p><ul><li>b</li></ul></li><li><p>c</p></li></ul>"),
        ("- a\n  - b\n\n  * c", "<ul><li><p>a</p><ul><li>b</li></ul><ul><li>c</li></ul></li></ul>"),
        ("- [x] a\n- [ ] b\n\n- c", ('<ul><li class="task"><p><span class="box box-done"><span class="unseen">done: </span></span>a</p></li>'
         '<li class="task"><p><span class="box"><span class="unseen">open: </span></span>b</p></li><li><p>c</p></li></ul>')),
        ("3) a\n9) b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("a\n2) b", "<p>a\n2) b</p>"),
        ("a\n-\nb", "<h4>a</h4><p>b</p>"),
        ("a\n*\nb", "<p>a\n*\nb</p>"),
        ("- a\n  b\nc\n\nd", "<ul><li>a\nb\nc</li></ul><p>d</p>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("-\n- a", "<ul><li></li><li>a</li></ul>"),
        ("- > a\n  > b\n- # c", "<ul><li><blockquote><p>a\nb</p></blockquote></li><li><h4>c</h4></li></ul>"),
        ("- a\n      - b\n  - c", "<ul><li>a<ul><li>b</li><li>c</li></ul></li></ul>"),
        ("1. [ ] a\n2. [x] *b*", ('<ol><li class="task"><span class="box"><span class="unseen">open: </span></span>a</li>'
         '<li class="task"><span class="box box-done"><span class="unseen">done: </span></span><em>b</em></li></ol>')),
        # Rules and underlined headings
        ("- a\n---\nb", "<ul><li>a</li></ul><hr><p>b</p>"),
        ("> a\n---", "<blockquote><p>a</p></blockquote><hr>"),
        ("> a\n===", "<blockquote><p>a\n===</p></blockquote>"),
        ("a\n---\nb\n==", "<h4>a</h4><h4>b</h4>"),
        ("a\n*b* c\n---\nd\ne\nf\n===\ng", "<h4>a\n<em>b</em> c</h4><h4>d\ne\nf</h4><p>g</p>"),
        ("a\n\nb\n  c\n  ---", "<p>a</p><h4>b\nc</h4>"),
        ("a  \nb\n---", "<h4>a<br>\nb</h4>"),
        ("a\n---\n---\nb", "<h4>a</h4><hr><p>b</p>"),
        ("- a\n  ---\nb", "<ul><li><h4>a</h4></li></ul><p>b</p>"),
        ("- a\n  b\n  ===\n- c", "<ul><li><h4>a\nb</h4></li><li>c</li></ul>"),
        ("- a\n===\n", "<ul><li>a\n===</li></ul>"),
        ("> a\n> b\n> ---", "<blockquote><h4>a\nb</h4></blockquote>"),
        ("a\n---x", "<p>a\n---x</p>"),
        ("* * *\n- - -\n___\n--", "<hr><hr><hr><p>--</p>"),
        ("a\n***\nb", "<p>a</p><hr><p>b</p>"),
        # Headings
        ("a\n# b\nc", "<p>a</p><h4>b</h4><p>c</p>"),
        ("# a ## \n## b#\n#\n### #", "<h4>a</h4><h5>b#</h5><h4></h4><h5></h5>"),
        ("   # a", "<h4>a</h4>"),
        # Quotes
        (">a\n> b\nc\n\n> d", "<blockquote><p>a\nb\nc</p></blockquote><blockquote><p>d</p></blockquote>"),
        ("a\n> - b\n>   - c", "<p>a</p><blockquote><ul><li>b<ul><li>c</li></ul></li></ul></blockquote>"),
        ("> a\n- [ ] b", ('<blockquote><p>a</p></blockquote><ul><li class="task"><span class="box">'
         '<span class="unseen">open: </span></span>b</li></ul>')),
        ("> a\n2. b", '<blockquote><p>a</p></blockquote><ol start="2"><li>b</li></ol>'),
        ("> a\n-", "<blockquote><p>a</p></blockquote><ul><li></li></ul>"),
        ("> - a\nb\n1. c", "<blockquote><ul><li>a\nb</li></ul></blockquote><ol><li>c</li></ol>"),
        ("- a\n  - b\n  > c\n  > d", "<ul><li><p>a</p><ul><li>b</li></ul><blockquote><p>c\nd</p></blockquote></li></ul>"),
        ("> > a\n> b", "<blockquote><blockquote><p>a\nb</p></blockquote></blockquote>"),
        # Tables
        ("**Prices:**\n| site | price |\n|---|-:|\n| North | 100 |",
         ('<p><strong>Prices:</strong></p><table><thead><tr><th>site</th><th class="num">price</th></tr></thead>'
         '<tbody><tr><td>North</td><td class="num">100</td></tr></tbody></table>')),
        ("| who |\n|---|\n| Ann |\nand two more",
         "<table><thead><tr><th>who</th></tr></thead><tbody><tr><td>Ann</td></tr></tbody></table><p>and two more</p>"),
        ("a | b\n:-: | -\n1 | 2\n- c", ('<table><thead><tr><th class="centred">a</th><th>b</th></tr></thead>'
         '<tbody><tr><td class="centred">1</td><td>2</td></tr></tbody></table><ul><li>c</li></ul>')),
        ("|a|b|\n|:-|-:|\n|1|2|", ('<table><thead><tr><th>a</th><th class="num">b</th></tr></thead>'
         '<tbody><tr><td>1</td><td class="num">2</td></tr></tbody></table>')),
        ("|a|b|c|\n|-|-|-|\n|1|\n|1|2|3|4|", ('<table><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead><tbody>'
         '<tr><td>1</td><td></td><td></td></tr><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>')),
        ("|a|\n|-|", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td></td></tr></tbody></table>"),
        ("|a|b|\n|-|", "<p>|a|b|\n|-|</p>"),
        ("- |a|\n  |-|\n  |b|", "<ul><li><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table></li></ul>"),
        ("> |a|\n> |-|\n> |b|", "<blockquote><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table></blockquote>"),
        ("|a|b|\n|-|-|\n|`1\\|2`|\\||", "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code>1|2</code></td><td>|</td></tr></tbody></table>"),
        (r"|[[jane-roe\|her]]|b|" + "\n|-|-|\n|[[jane-roe|Jane]]|[[x y|z]]|",
         (f"<table><thead><tr><th>{JANE.replace('Jane Roe', 'her')}</th><th>b</th></tr></thead>"
         f"<tbody><tr><td>{JANE.replace('Jane Roe', 'Jane')}</td><td>[[x y</td></tr></tbody></table>")),
        # What is only indented is text
        ("a\n\n      b\n      c", "<p>a</p><p>b\nc</p>"),
    ],
)  # fmt: skip
def test_blocks(text: str, html: str) -> None:
    flat = re.sub(
        r"\s*\n(?=</?(?:p|ul|ol|li|h\d|hr|table|t\w+|tr|pre|blockquote|div)\b)", "", shown(text)
    )
    flat = re.sub(r"(</?(?:ul|ol|li|table|thead|tbody|tr|blockquote|div)>)\n", r"\1", flat)
    assert re.sub(r"<div [^>]*>|</div>", "", flat) == html
