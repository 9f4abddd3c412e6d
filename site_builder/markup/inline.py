"""The marks within lines of notes: those of Python-Markdown, cut and mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from xml.etree.ElementTree import Element

from markdown import Markdown, treeprocessors
from markdown.inlinepatterns import (
    BacktickInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString, code_escape

Resolve = Callable[[str], tuple[str, str] | None]
"""From the id in a wiki link to the page's address and name; None if nothing has it."""

Match = tuple[Element | str | None, int | None, int | None]
"""What a processor gives; patterns, of which Python-Markdown makes processors a kind, are not given
the text and give no places, so that mypy sees each method that overrides theirs as wrong."""

_NO_MATCH: Match = (None, None, None)
_NOT_IN_NOTES = (
    "html entity reference short_reference short_image_ref image_link image_reference automail"
).split()
_WIKI = "[a-z0-9-]{1,100}"
_ESCAPED_BAR = f"\x02{ord('|')}\x03"
_WIKI_LINK = rf"\[\[({_WIKI})(?:(\||\x02klzzwxh:[0-9]+\x03)([^\[\]\n]*))?\]\]"
_LINK = r"(?<!!)\[(?!\[" + _WIKI + r"(?:\]|\||\x02))"
_MAILBOX = r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*"
_ANGLE = rf"<((?i:https?://|mailto:|tel:)[^\s<>]+|{_MAILBOX})>"
_BARE = r"(?<![\w@/])(?i:https?)://(?:[^\s<>\"'`|\x02]|\x02[0-9]+\x03)+"
_STRUCK = r"(?<!~)~~(?=[^~\s])(?:(?=[\w\x02])|(?<![\w\x03]~~))"
_STRUCK_END = re.compile(r"(?<=[^~\s])~~(?!~)(?:(?<=[\w\x03]~~)|(?![\w\x02]))")
_EMPHASIS = re.compile("[*_]|~~")
_MOST_BRACKETS = 40  # in the words of a link
_BRACKET = re.compile(r"[\[\]]")
_TARGET = re.compile(
    r"\(\s*(?:<([^<>\n]*)>|([^\s()<\x00-\x1f](?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)


def add_inline(md: Markdown, resolve: Resolve) -> None:
    """Let notes have what they can have within lines, and nothing else."""
    for name in _NOT_IN_NOTES:
        md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(_Code(r"(?<!\\)(?:(\\\\)+(?=`)|`+)"), "backtick", 190)
    md.inlinePatterns.register(_Link(_LINK, md), "link", 160)
    md.inlinePatterns.register(_Wiki(_WIKI_LINK, md, resolve), "wiki", 155)
    md.inlinePatterns.register(_Picture(r"!\[", md), "picture", 150)
    md.inlinePatterns.register(_Angle(_ANGLE, md), "autolink", 120)
    md.inlinePatterns.register(_Bare(_BARE, md), "bare", 105)
    md.inlinePatterns.register(_Struck(_STRUCK, md), "struck", 55)
    md.inlinePatterns.register(_Ampersand(r"(?<!\\)(?:\\\\)*\\&", md), "ampersand", 185)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash_break", 101)


class _Code(BacktickInlineProcessor):
    """What stands between as many backticks, found in little time."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override] # see Match
        marks = m[0]
        if marks[0] != "`":
            return marks.replace("\\\\", self.ESCAPED_BSLASH), m.start(), m.end()
        closing = re.compile(f"(?<!`){marks}(?!`)").search(data, m.end())
        if closing is None:
            return None, m.start(), m.end()
        code = Element("code")
        text = data[m.end() : closing.start()].strip().replace("\n", " ")
        code.text = AtomicString(code_escape(text))
        return code, m.start(), closing.end()


class _Ampersand(InlineProcessor):
    """An ampersand behind a backslash begins no character's name: ``\\&copy;``."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override] # see Match
        return "&amp;", m.end() - 2, m.end()


class _Struck(InlineProcessor):
    """What stands between two pairs of tildes."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override] # see Match
        closing = _STRUCK_END.search(data, m.end())
        if closing is None:
            return _NO_MATCH
        struck = Element("del")
        struck.text = data[m.end() : closing.start()]
        return struck, m.start(), closing.end()


class _InLinks(InlineProcessor):
    """What is a link by itself, and words in the words of another link."""

    def link(self, href: str, words: str) -> Element | str:
        if "a" in self._inline().ancestors:
            return words
        link = Element("a", {"href": href})
        link.text = AtomicString(words)
        return link

    def _inline(self) -> treeprocessors.InlineProcessor:
        inline = self.md.treeprocessors["inline"]
        assert isinstance(inline, treeprocessors.InlineProcessor)
        return inline


class _Link(LinkInlineProcessor):
    """``[words](address)``; Python-Markdown reads it sign by sign, which takes long."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        depth = 1
        for bracket in islice(_BRACKET.finditer(data, index), _MOST_BRACKETS):
            depth += 1 if bracket[0] == "[" else -1
            if not depth:
                return data[index : bracket.start()], bracket.end(), True
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        target = _TARGET.match(data, index)
        if target is None:
            return "", None, index, False
        href = target[1] if target[1] is not None else target[2]
        return self.unescape(href), None, target.end(), True


class _Picture(_Link, _InLinks):
    """An image becomes a link to it: nothing is fetched because a page was opened."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override] # see Match
        words, index, handled = self.getText(data, m.end())
        if not handled:
            return _NO_MATCH
        href, _title, end, handled = self.getLink(data, index)
        if not handled:
            return _NO_MATCH
        link = self.link(href, self.unescape(words) or href)
        if _EMPHASIS.search(words) and not self._has_link(words):
            link = link if isinstance(link, Element) else Element("span")
            link.text = words  # whose marks are then found
        return link, m.start(), end

    def _has_link(self, words: str) -> bool:
        stash = self._inline().stashed_nodes
        nodes = (stash.get(held[1]) for held in INLINE_PLACEHOLDER_RE.finditer(words))
        return any(isinstance(node, Element) and node.tag == "a" for node in nodes)


class _Wiki(_InLinks):
    """``[[id]]`` as a link to the page of that deal or contact."""

    def __init__(self, pattern: str, md: Markdown, resolve: Resolve) -> None:
        super().__init__(pattern, md)
        self._resolve = resolve

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override] # see Match
        page = self._resolve(m[1])
        if page is None or self.unescape(m[2] or "|") not in ("|", _ESCAPED_BAR):
            return _NO_MATCH
        href, name = page
        link = self.link(href, self.unescape(m[3] or "").strip() or name.strip())
        if isinstance(link, Element):
            link.set("class", "wiki")
        return link, m.start(), m.end()


class _Angle(_InLinks):
    """``<ann@x.example>`` and ``<https://x.example>``."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override] # see Match
        href = m[1] if ":" in m[1] else f"mailto:{m[1]}"
        return self.link(href, m[1]), m.start(), m.end()


class _Bare(InlineProcessor):
    """A web address in the text is a link without being told."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override] # see Match
        address = _without_ending(m[0])
        if address.endswith("://"):
            return _NO_MATCH
        link = Element("a", {"href": address})
        link.text = AtomicString(address)
        return link, m.start(), m.start() + len(address)


def _without_ending(address: str) -> str:
    """An address without the signs that end the sentence, or close brackets opened before."""
    more = {
        ")": address.count(")") - address.count("("),
        "]": address.count("]") - address.count("["),
    }
    end = len(address)
    while end:
        last = address[end - 1]
        if last in more and more[last] > 0:
            more[last] -= 1
        elif last not in ".,:;!?*_~":
            break
        end -= 1
    return address[:end]
