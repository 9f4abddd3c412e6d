"""Markdown of notes and summaries to HTML that is safe to put on a page.

A note is untrusted. Before it is converted it is bounded (``bounds``); afterwards everything
is sanitised (``sanitised``, imported when a text needs more than the fast path). What is over
the bounds is shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING, NamedTuple, cast

import markupsafe
from markupsafe import Markup

from site_builder.journal.made_once import Recent
from site_builder.markup.bounds import SHORT, over_bounds
from site_builder.source.links import with_names

if TYPE_CHECKING:
    from site_builder.markup.dialect import Notes
    from site_builder.markup.inline import Resolve

_Inline = Callable[[str], str | None]
"""What writes the inside of a paragraph or an item; None if it is not simple."""


class Prose(NamedTuple):
    """HTML for a page. ``plain`` says that the text was over the bounds, and is shown as
    it was written."""

    html: Markup
    plain: bool = False


class Writer:
    """Turns notes into HTML, for one site.

    ``resolve`` finds the page of an id in ``[[id]]``: its address, relative to the pages
    that the HTML is for, and its name.
    """

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._notes: Notes | None = None
        self._written: Recent[tuple[str, int], Prose] = Recent(_TEXTS)

    def html(self, text: str, level: int = 4) -> Prose:
        """The HTML of a text; its first heading is an ``h{level}``."""
        if not text:
            return _NOTHING
        key = text, level
        return self._written.get(key) or self._written.keep(key, self._write(text, level))

    def line(self, text: str) -> str:
        """A text that is no Markdown, with links in it."""
        return Markup(with_names(escape(text), self._link)) if "[[" in text else written(text)

    def _link(self, id: str, words: str) -> str | None:
        page = self._resolve(id)
        return page and f'<a href="{page[0]}">{words or escape(page[1])}</a>'

    def _write(self, text: str, level: int) -> Prose:
        simple = simple_html(text, self._resolve)
        if simple is not None:
            return Prose(str.__new__(Markup, simple))  # `Markup()` first looks what it is
        if over_bounds(text) is None:
            try:
                return Prose(Markup(self._converted(text, level)))
            except RecursionError:
                self._notes = None  # it is left in the middle of it
        return Prose(Markup(f'<pre class="plain" tabindex="0">{escape(text)}</pre>'), True)

    def _converted(self, text: str, level: int) -> str:
        from site_builder.markup.dialect import Notes
        from site_builder.markup.sanitised import full_html

        self._notes = self._notes or Notes(self._resolve)
        return full_html(text, self._notes, level)


def written(text: str) -> str:
    """A text for pages: markup where signs in it mean something there. So no text is equal to
    markup that is made otherwise, and what is kept by what it says is never the wrong one."""
    return markupsafe.escape(text) if _SPECIAL.search(text) else text


_SPECIAL = re.compile("[&<>\"']")
_NOTHING = Prose(Markup(""))
_TEXTS = 4_000


def simple_html(text: str, resolve: Resolve) -> str | None:
    """The same HTML for a text of plain paragraphs and plain lists; None for any other.

    Most notes are such, and this is many times faster. What is let through as markup is
    ``**strong**``, ``*emphasis*`` and ``[[id]]`` around simple words; all else is escaped.
    """
    signs = _signs(text)
    if signs is None or (len(text) > SHORT and over_bounds(text)):
        return None
    inline = partial(_simple_inline, resolve) if signs else str  # which leaves it as it is
    text = text.strip("\n")
    if "\n" not in text and text[:2] != "- ":  # most texts are one paragraph in one line
        return _simple_paragraph(text, inline)
    out: list[str | None] = []
    items: list[str] = []
    for block in text.split("\n\n"):
        if block[:2] == "- ":
            items.append(block)
            continue
        if items:
            out.append(_simple_list(items, inline))
            items = []
        out.append(_simple_paragraph(block, inline))
    if items:
        out.append(_simple_list(items, inline))
    # Where None is not among them all are texts, which no type follows from `in`.
    return None if None in out else "\n".join(cast("list[str]", out))


def _signs(text: str) -> bytes | None:
    """All the simple signs in a text, such as stars and brackets: none in most. None, if there
    is something that has to be left to the whole dialect."""
    # Bytes are looked through at once, characters one by one; odd ones are never printable.
    if not (text.isascii() or text.replace("\n", "").isprintable()) and _MARKED.search(text):
        return None
    signs = text.encode().translate(None, _MERE_TEXT)
    if signs and (
        signs.translate(None, _SIMPLE_SIGNS)
        or any(sign in signs and means.search(text) for sign, means in _MEANING)
    ):
        return None
    return signs


def _simple_paragraph(text: str, inline: _Inline) -> str | None:
    words = _joined(text.split("\n")) if "\n" in text else text if _is_plain(text) else None
    html = None if words is None else inline(words)
    return None if html is None else f"<p>{html}</p>"


def _joined(lines: list[str]) -> str | None:
    """Lines of one paragraph, those after the first without the blanks before them; None where
    one is not plain."""
    lines[1:] = [line.lstrip(" ") for line in lines[1:]]
    return "\n".join(lines) if all(map(_is_plain, lines)) else None


def _is_plain(line: str) -> bool:
    """Whether a line says something, and neither begins as a list, quote, heading or rule
    would, nor with a blank, nor ends in a break."""
    if line[:1].isalpha():  # as most do
        return line[-1] != " "
    return _PLAIN_LINE.fullmatch(line) is not None


def _simple_list(blocks: list[str], inline: _Inline) -> str | None:
    """A list of items. A blank line in it makes paragraphs of them."""
    is_loose = len(blocks) > 1
    written = [item for block in blocks for item in _ITEM_START.split(block)]
    items = [_simple_item(item, is_loose, inline) for item in written]
    # As above: none of them is None.
    return None if None in items else "\n".join(["<ul>", *cast("list[str]", items), "</ul>"])


def _simple_item(item: str, loose: bool, inline: _Inline) -> str | None:
    box = _BOXES.get(item[2:6], "")
    words = _joined(item[6 if box else 2 :].split("\n"))
    html = None if words is None else inline(words)
    if html is None:
        return None
    start = '<li class="task">' if box else "<li>"
    return f"{start}\n<p>{box}{html}</p>\n</li>" if loose else f"{start}{box}{html}</li>"


def _simple_inline(resolve: Resolve, text: str) -> str | None:
    # At once, for it changes nothing that the patterns look at; the rest is never in here.
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if _is_bare(text):
        return text
    out: list[str] = []
    parts = _WORDS.split(text)
    for at in range(0, len(parts) - 1, 4):
        plain, strong, emphasis, id = parts[at : at + 4]
        page = resolve(id) if id else None
        stuck = plain[-1] not in " \n(" if plain else at > 0
        if stuck or not _is_bare(plain) or (id and page is None):
            return None
        out.append(plain)
        if page is not None:
            out.append(f'<a href="{page[0]}">{_escaped(page[1].strip())}</a>')
        else:
            out.append(f"<strong>{strong}</strong>" if strong else f"<em>{emphasis}</em>")
    if not _is_bare(parts[-1]):
        return None
    out.append(parts[-1])
    return "".join(out)


def _is_bare(text: str) -> bool:
    return "*" not in text and "[" not in text and "]" not in text


def _escaped(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\xa0", "&nbsp;")


# Whatever could mean something in Markdown, and what the sanitiser would write otherwise.
_MARKED = re.compile(
    r"[\\`|\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff"
    r"\ufffe\uffff]"
)
_SIMPLE_SIGNS = b"*[]&<>/_~"
_MERE_TEXT = bytes(
    code
    for code in range(256)
    if code not in _SIMPLE_SIGNS and (code > 127 or not _MARKED.match(chr(code)))
)
# What such a sign means something in; anywhere else it is itself.
_MEANING = (
    (b"&", re.compile(r"&#?\w+;")),
    (b"<", re.compile(r"<[^\s<>]+>")),
    (b"/", re.compile("://")),
    (b"_", re.compile(r"(?<!\w)_")),
    (b"~", re.compile("~~")),
)
_ITEM_START = re.compile(r"\n(?=- )")
# Simple words in stars or double brackets; what stands before them is looked at apart.
_WORDS = re.compile(
    r"(?:\*\*(\w(?:[\w ,.:!-]*[\w.:!])?)\*\*|\*(\w(?:[\w ,.:!-]*[\w.:!])?)\*"
    r"|\[\[([a-z0-9-]{1,100})\]\])(?=[ \n.,;:?)]|$)"
)
_PLAIN_LINE = re.compile(r"(?![ \-+=>#:]|\d+[.)]).*[^ ]")
_BOX = '<span class="box{}"><span class="unseen">{}: </span></span>'
BOX_DONE, BOX_OPEN = _BOX.format(" box-done", "done"), _BOX.format("", "open")
"""The boxes of tasks, with a word for those who listen."""
_BOXES = {"[x] ": BOX_DONE, "[X] ": BOX_DONE, "[ ] ": BOX_OPEN}
