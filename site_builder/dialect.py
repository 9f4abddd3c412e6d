"""The Markdown of notes: Python-Markdown, cut and mended for untrusted, hurried prose.

Cut: raw HTML, images (a remote one would tell its server who reads; a link is shown
instead), reference links, indented code. Mended: a list may follow a line of text without
a blank line, and nests by any indentation that lines up with its text. Added: fenced
code, tables, task boxes, bare web addresses as links, and ``[[id]]`` or ``[[id|label]]``
as links to deals and contacts. Links lead to http, https, mailto and tel only. Headings
move below the heading they stand under, and never skip a level.

What comes out is still to be sanitised: see ``prose``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import ImageInlineProcessor, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

Resolve = Callable[[str], tuple[str, str] | None]
"""From the id in a wiki link to the page's address and name; None if nothing has it."""

_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_ITEM = re.compile(r"( *)([-*+]|\d{1,9}\.)( +|$)(.*)")
_TASK = re.compile(r"\[([ xX])\](?: +|$)")
_BARE = r"(?<![\w@/])(https?://[^\s<>\"'`|]*[^\s<>\"'`|.,:;!?)\]*_~])"
_WIKI = r"\[\[([^\[\]|\n]{1,120})(?:\|([^\[\]\n]*))?\]\]"
_WITHOUT_BLOCKS = ("code", "reference")
_WITHOUT_INLINE = ("html", "entity", "reference", "short_reference", "short_image_ref")


class Notes:
    """Markdown of notes to unsanitised HTML, for one site."""

    def __init__(self, resolve: Resolve) -> None:
        self._headings = _Headings()
        self._markdown = _markdown(resolve, self._headings)

    def convert(self, text: str, level: int) -> str:
        """The HTML of a text whose first heading is to be an ``h{level}``."""
        self._headings.level = level
        return self._markdown.reset().convert(text)


def _markdown(resolve: Resolve, headings: _Headings) -> Markdown:
    parts = [FencedCodeExtension(), TableExtension(), SaneListExtension()]
    md = Markdown(extensions=parts, output_format="html")
    md.preprocessors.deregister("html_block")
    for name in _WITHOUT_BLOCKS:
        md.parser.blockprocessors.deregister(name)
    for name in (*_WITHOUT_INLINE, "image_link", "image_reference"):
        md.inlinePatterns.deregister(name)
    md.preprocessors.register(_Lists(md), "lists", 5)
    md.inlinePatterns.register(_Picture(r"!\[", md), "picture", 165)
    md.inlinePatterns.register(_Wiki(_WIKI, md, resolve), "wiki", 170)
    md.inlinePatterns.register(_Bare(_BARE, md), "bare", 100)
    headings.md = md
    md.treeprocessors.register(headings, "headings", 5)
    md.treeprocessors.register(_Tasks(md), "tasks", 30)
    md.treeprocessors.register(_Tables(md), "tables", 4)
    md.treeprocessors.register(_Links(md), "links", 3)
    return md


class _Lists(Preprocessor):
    """Indents lists as Python-Markdown wants them, and lets them follow text directly."""

    def run(self, lines: list[str]) -> list[str]:
        return _mended_lists(lines)


def _mended_lists(lines: list[str]) -> list[str]:
    out: list[str] = []
    columns: list[int] = []
    in_paragraph = False
    for quoted, group in groupby(lines, key=lambda line: line.startswith(">")):
        if quoted:
            inner = _mended_lists([line[1:].removeprefix(" ") for line in group])
            out.extend(f"> {line}" for line in inner)
            columns, in_paragraph = [], True
            continue
        for line in group:
            item = _ITEM.match(line)
            if item and _begins(item, in_paragraph, columns):
                out.extend([""] if in_paragraph else [])
                out.append(_item(item, columns))
                in_paragraph = False
            else:
                in_paragraph = bool(line) and (in_paragraph or not out or not out[-1])
                out.append(_text(line, columns, in_paragraph))
    return out


def _begins(item: re.Match[str], in_paragraph: bool, columns: list[int]) -> bool:
    """Whether it is an item: in the middle of a text, a number other than 1 is not."""
    return bool(columns) or not in_paragraph or item.group(2) in ("-", "*", "+", "1.")


def _item(item: re.Match[str], columns: list[int]) -> str:
    indent, marker, gap, text = item.groups()
    while columns and len(indent) < columns[-1]:
        columns.pop()
    line = f"{'    ' * len(columns)}{marker} {text}"
    columns.append(len(indent) + len(marker) + max(1, min(len(gap), 4)))
    return line


def _text(line: str, columns: list[int], in_paragraph: bool) -> str:
    bare = line.lstrip(" ")
    if not columns or not bare:
        return line if bare else ""
    if not in_paragraph:  # it goes on from the item's own line
        return "    " * (len(columns) - 1) + bare
    while columns and len(line) - len(bare) < columns[-1]:
        columns.pop()
    return "    " * len(columns) + bare


class _Picture(ImageInlineProcessor):
    """An image becomes a link to it: nothing is fetched because a page was opened."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        image, start, end = super().handleMatch(m, data)
        if not isinstance(image, Element):
            return None, None, None
        link = Element("a", {"href": image.get("src", "")})
        link.text = AtomicString(image.get("alt") or image.get("src", ""))
        return link, start, end


class _Wiki(InlineProcessor):
    """``[[id]]`` as a link to the page of that deal or contact."""

    def __init__(self, pattern: str, md: Markdown, resolve: Resolve) -> None:
        super().__init__(pattern, md)
        self._resolve = resolve

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        page = self._resolve(m.group(1))
        if page is None:
            return None, None, None
        href, name = page
        link = Element("a", {"href": href, "class": "wiki"})
        link.text = AtomicString((m.group(2) or "").strip() or name.strip())
        return link, m.start(0), m.end(0)


class _Bare(InlineProcessor):
    """A web address in the text is a link without being told."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        link = Element("a", {"href": m.group(1)})
        link.text = AtomicString(m.group(1))
        return link, m.start(0), m.end(0)


class _Tasks(Treeprocessor):
    """``[x]`` at the start of a list item is a box, and a word for those who listen.

    It runs before inline patterns, so that ``[x](…)`` is still a link.
    """

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            holder = item[0] if not (item.text or "").strip() and len(item) else item
            text = holder.text or ""
            task = _TASK.match(text) if holder is item or holder.tag == "p" else None
            if task:
                item.set("class", "task")
                self._box(holder, task.group(1) != " ", text[task.end() :])

    def _box(self, holder: Element, done: bool, rest: str) -> None:
        box = Element("span", {"class": "box box-done" if done else "box"})
        word = SubElement(box, "span", {"class": "unseen"})
        word.text = AtomicString("done: " if done else "open: ")
        box.tail = rest
        holder.text = None
        holder.insert(0, box)


class _Headings(Treeprocessor):
    """Moves headings below the one that the text stands under, skipping no level."""

    level = 4

    def run(self, root: Element) -> None:
        above = self.level - 1
        for heading in root.iter():
            if len(heading.tag) == 2 and heading.tag[0] == "h" and heading.tag[1].isdigit():
                wanted = int(heading.tag[1]) + self.level - 1
                above = min(wanted, above + 1, 6)
                heading.tag = f"h{above}"


class _Tables(Treeprocessor):
    """Tables scroll by themselves, and align by class: a policy forbids style attributes."""

    def run(self, root: Element) -> None:
        for parent in [p for p in root.iter() if any(c.tag == "table" for c in p)]:
            for place, child in enumerate(parent):
                if child.tag == "table":
                    parent[place] = self._scrolling(child)
        for cell in [c for c in root.iter() if c.tag in ("td", "th")]:
            if "right" in cell.attrib.pop("style", ""):
                cell.set("class", "num")

    def _scrolling(self, table: Element) -> Element:
        holder = Element("div", {"class": "scroll", "role": "group", "tabindex": "0"})
        holder.set("aria-label", "Table")
        holder.append(table)
        holder.tail, table.tail = table.tail, None
        return holder


class _Links(Treeprocessor):
    """Links that lead elsewhere than to the allowed schemes become their text."""

    def run(self, root: Element) -> None:
        for link in [e for e in root.iter() if e.tag == "a"]:
            link.attrib.pop("title", None)
            if link.attrib.pop("class", "") == "wiki":
                continue
            if _SCHEME.match(link.get("href", "")):
                link.set("rel", "noreferrer nofollow")
            else:
                link.tag = "span"
                link.attrib.clear()
