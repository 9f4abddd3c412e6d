"""The sanitiser by itself: it lets nothing through that the dialect let through."""

from __future__ import annotations

import pytest

from site_builder.markup.dialect import Notes
from site_builder.markup.sanitised import full_html

PAGES = {"acme": ("../deals/acme.html", "Acme")}


class Hostile(Notes):
    """A converter that lets everything through, as one with a bug would."""

    def convert(self, text: str, level: int) -> str:
        return text


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="../../etc">a</a>', "<a>a</a>"),
        ('<a href="//evil.example">a</a>', "<a>a</a>"),
        ('<a href="../deals/acme.html">a</a>', '<a href="../deals/acme.html">a</a>'),
        ('<p style="x" onclick="y" id="main" class="site">a</p>', "<p>a</p>"),
        ("<img src=x><script>x</script>", ""),
        ('<del cite="https://evil.example" onclick="y">a</del>', "<del>a</del>"),
        ('<span class="box skip">a</span>', '<span class="box">a</span>'),
        ('<div role="alert" tabindex="5">a</div>', "<div>a</div>"),
    ],
)
def test_the_sanitiser_alone_lets_nothing_through(html: str, clean: str) -> None:
    assert full_html(html, Hostile(PAGES.get)) == clean
