"""The Markdown of notes: Python-Markdown, cut and mended for untrusted, hurried prose.

Cut: raw HTML, images (a remote one would tell its server who reads; a link is shown
instead), reference links, indented code. Mended: blocks need no blank line between them
(``layout``), fences of code are those that readers see, and inline marks are as GitHub has
them (``inline``). Added: tables, task boxes, bare web addresses as links, and ``[[id]]`` or
``[[id|label]]`` as links to deals and contacts. Links lead to http, https, mailto and tel
only. Headings move below the heading they stand under, and never skip a level.

What comes out is still to be sanitised: see ``prose``.
"""

from __future__ import annotations

import re
import string
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    HashHeaderProcessor,
    HRProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from site_builder.markup.inline import Resolve, add_inline
from site_builder.markup.layout import CODE, laid_out, without_code
from site_builder.markup.lists import add_lists, is_item
from site_builder.markup.narrowed import Narrowed

_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_ALIGNED = {"right": "num", "center": "centred"}
_TASK = re.compile(r"\[([ xX])\](?: +|$)")


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
    md = Markdown(extensions=[TableExtension()], output_format="html")
    md.ESCAPED_CHARS = list(string.punctuation)
    md.preprocessors.deregister("html_block")
    for name in ("code", "reference"):
        md.parser.blockprocessors.deregister(name)
    md.parser.blockprocessors.register(_Code(md.parser), "fence", 85)
    md.parser.blockprocessors.register(_Hashes(md.parser), "hashheader", 70)
    md.parser.blockprocessors.register(_Underlined(md.parser), "setextheader", 60)
    md.parser.blockprocessors.register(_Rule(md.parser), "hr", 50)
    md.parser.blockprocessors.register(_Quote(md.parser), "quote", 20)
    add_lists(md)
    add_inline(md, resolve)
    headings.md = md
    md.treeprocessors.register(headings, "headings", 5)
    md.treeprocessors.register(_Tasks(md), "tasks", 30)
    md.treeprocessors.register(_Tables(md), "tables", 4)
    md.treeprocessors.register(_Links(md), "links", 3)
    md.preprocessors.register(_Lines(md), "lines", 5)
    return md


class _Lines(Preprocessor):
    """Keeps the code, and lays out the other lines as Python-Markdown wants them."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._narrowed = Narrowed(md)

    def run(self, lines: list[str]) -> list[str]:
        found = laid_out(without_code("\n".join(lines), self._kept))
        self._narrowed.to("\n".join(found))
        return found

    def _kept(self, lines: list[str]) -> str:
        code = escape("\n".join(lines).rstrip("\n"), quote=False)
        return self.md.htmlStash.store(f"<pre><code>{code}\n</code></pre>")


class _Code(BlockProcessor):
    """Lines that stand for code become paragraphs, which are replaced at last. In an item,
    they are indented as its text is; behind items within it, those are theirs."""

    _LINE = re.compile(rf"(?:^|\n){CODE}[0-9]+\x03(?:\n|$)")
    _IN_ITEM = re.compile(rf"(?:^|\n) *{CODE}[0-9]+\x03(?:\n|$)")
    _ITEM = re.compile(r" {0,3}(?:[-*+]|[0-9]+[.)]) ")

    def test(self, parent: Element, block: str) -> bool:
        return CODE in block and self._found(parent, block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        code = self._found(parent, block)
        assert code is not None
        if before := block[: code.start()]:
            self.parser.parseBlocks(parent, [before])
        SubElement(parent, "p").text = code[0].strip(" \n")
        if after := block[code.end() :]:
            blocks.insert(0, after)

    def _found(self, parent: Element, block: str) -> re.Match[str] | None:
        is_own = parent.tag == "li" and not self._ITEM.match(block)
        return (self._IN_ITEM if is_own else self._LINE).search(block)


class _Hashes(HashHeaderProcessor):
    """A heading has a blank behind its signs: `#partner` is text."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?= |\n|$)(?P<header>[^\n]*)(?:\n|$)")


class _Underlined(SetextHeaderProcessor):
    """A heading above a line of `=` or `-` may have several lines."""

    RE = re.compile(r"(?P<text>[^\n]++(?:\n[^\n]++)*?)\n(?P<line>=+|-+) *(?:\n|$)")

    def test(self, parent: Element, block: str) -> bool:
        return super().test(parent, block) and not is_item(block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        underlined = self.RE.match(block)
        assert underlined is not None
        heading = SubElement(parent, "h1" if underlined["line"][0] == "=" else "h2")
        heading.text = underlined["text"].strip()
        if after := block[underlined.end() :]:
            blocks.insert(0, after)


class _Rule(HRProcessor):
    """A line across is a block by itself; anywhere else it underlines."""

    SEARCH_RE = re.compile(rf"\A{HRProcessor.RE}")


class _Quote(BlockQuoteProcessor):
    """A quote behind a blank line is another one."""

    def lastChild(self, parent: Element) -> Element | None:
        return None


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
            for code in cell.iter("code"):
                code.text = AtomicString((code.text or "").replace("\\|", "|"))
            style = cell.attrib.pop("style", "")
            for side, name in _ALIGNED.items():
                if side in style:
                    cell.set("class", name)

    def _scrolling(self, table: Element) -> Element:
        holder = Element("div", {"class": "scroll", "role": "group", "tabindex": "0"})
        holder.set("aria-label", "Table")
        holder.append(table)
        holder.tail, table.tail = table.tail, None
        return holder


class _Links(Treeprocessor):
    """Links that lead elsewhere than to the allowed schemes become their text."""

    def run(self, root: Element) -> None:
        for link in list(root.iter("a")):
            link.attrib.pop("title", None)
            if link.attrib.pop("class", "") == "wiki":
                continue
            if not len(link) and not (link.text or "").strip():
                link.text = link.get("href")
            if _SCHEME.match(link.get("href", "")):
                link.set("rel", "noreferrer nofollow")
            else:
                link.tag = "span"
                link.attrib.clear()
