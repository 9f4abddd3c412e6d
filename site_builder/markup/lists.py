"""Lists in notes, as GitHub shows them: another bullet begins another list, and where one item
of a list is a paragraph, all are."""

from __future__ import annotations

import re
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    ListIndentProcessor,
    OListProcessor,
    UListProcessor,
)
from markdown.treeprocessors import Treeprocessor

from site_builder.markup.layout import CODE

_MARK = re.compile(r" {0,3}(?:([-*+])|[0-9]+([.)])) ")
_LISTS = ("ul", "ol")


def add_lists(md: Markdown) -> None:
    """Let notes have these lists, in place of Python-Markdown's."""
    md.parser.blockprocessors.register(_Indented(md.parser), "indent", 90)
    md.parser.blockprocessors.register(_Numbered(md.parser), "olist", 40)
    md.parser.blockprocessors.register(_Bulleted(md.parser), "ulist", 30)
    md.treeprocessors.register(_Loose(md), "loose", 40)


def is_item(block: str) -> bool:
    """Whether lines begin with an item of a list."""
    return _MARK.match(block) is not None


class _Items(OListProcessor):
    """Items with one mark: a bullet, or what stands behind the number."""

    ITEM = ""
    LAZY_OL = False
    SIBLING_TAGS: ClassVar[list[str]] = ["ul", "ol"]

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._mark = ""
        self.RE = re.compile(f" {{0,3}}{self.ITEM} +(.*)")
        self.CHILD_RE = re.compile(f" {{0,3}}(({self.ITEM})) +(.*)")
        self.INDENT_RE = re.compile(r" {4,7}([0-9]+[.)]|[-*+]) +.*")

    def run(self, parent: Element, blocks: list[str]) -> None:
        own, *others = _by_mark(blocks.pop(0))
        blocks[:0] = others
        mark = self._mark = _mark(own)
        super().run(parent, [own])
        if parent.tag not in _LISTS:
            parent[-1].set("mark", mark)

    def lastChild(self, parent: Element) -> Element | None:
        """What items may go on in: no list with another mark."""
        last = super().lastChild(parent)
        return None if last is None or last.get("mark", self._mark) != self._mark else last


class _Numbered(_Items):
    ITEM = "[0-9]+[.)]"


class _Bulleted(_Items, UListProcessor):
    ITEM = "[-*+]"


class _Indented(ListIndentProcessor):
    """What stands within an item behind a blank line. Where that is between the items of a list
    in it, the item itself stays as it is."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        level, above = self.get_level(parent, blocks[0])
        item = above[-1] if above.tag in _LISTS and len(above) else None
        inner = None if item is None else self.lastChild(item)
        mark = _mark(self.looseDetab(blocks[0], level))
        if item is None or inner is None or not mark or inner.get("mark") != mark:
            super().run(parent, blocks)
            return
        text, item.text = item.text, ""
        super().run(parent, blocks)
        item.text = text


def _by_mark(block: str) -> list[str]:
    """The lines of a block, anew where an item has another mark than the one before."""
    found, mark = list[list[str]](), ""
    for line in block.split("\n"):
        if (other := _mark(line)) and other != mark:
            mark = other
            found.append([])
        found[-1].append(line)
    return ["\n".join(lines) for lines in found]


def _mark(line: str) -> str:
    item = _MARK.match(line)
    return item[1] or item[2] if item else ""


class _Loose(Treeprocessor):
    """In a list with a blank line between its items, or within one, all are paragraphs."""

    def run(self, root: Element) -> None:
        for holder in [one for one in root.iter() if one.tag in _LISTS]:
            holder.attrib.pop("mark", None)
            if any(_is_paragraph(part) for item in holder for part in item):
                for item in holder:
                    _in_paragraphs(item)


def _is_paragraph(part: Element) -> bool:
    return part.tag == "p" and not (part.text or "").startswith(CODE)


def _in_paragraphs(item: Element) -> None:
    parts = list(item)
    texts = [item.text, *(part.tail for part in parts)]
    item.text = None
    for place in reversed(range(len(texts))):
        if place:
            parts[place - 1].tail = None
        if text := (texts[place] or "").strip():
            paragraph = Element("p")
            paragraph.text = text
            item.insert(place, paragraph)
