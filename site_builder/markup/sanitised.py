"""Notes in the whole dialect of Markdown, sanitised."""

from __future__ import annotations

import re

import nh3

from site_builder.markup.dialect import Notes


def full_html(text: str, notes: Notes, level: int = 4) -> str:
    """Convert with the whole dialect and sanitise. The text must be within the bounds."""
    return _CLEANER.clean(notes.convert(text.expandtabs(4), level))


_TAGS = set(
    "p br ul ol li em strong del code pre blockquote hr table thead tbody tr th td a span div "
    "h1 h2 h3 h4 h5 h6".split()
)
_OUR_PAGE = re.compile(r"(?:\.\./)?(?:deals|contacts)/[a-z0-9-]+\.html")


def _our_page(url: str) -> str | None:
    return url if _OUR_PAGE.fullmatch(url) else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href", "rel"}, "ol": {"start"}, "div": {"aria-label"}},
    tag_attribute_values={"div": {"role": {"group"}, "tabindex": {"0"}}},
    allowed_classes={
        "li": {"task"},
        "span": {"box", "box-done", "unseen"},
        "div": {"scroll"},
        "td": {"num", "centred"},
        "th": {"num", "centred"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative=_our_page,
    link_rel=None,
)
