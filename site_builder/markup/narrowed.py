"""Python-Markdown without what a text has no sign for: most texts have few signs, and each
processor would look through all of the text for its own."""

from __future__ import annotations

from typing import TypeVar

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import Registry

from site_builder.journal.made_once import Recent
from site_builder.markup.layout import CODE

T = TypeVar("T")
_Processors = tuple[Registry[BlockProcessor], Registry[InlineProcessor], Registry[Treeprocessor]]

_MOST = 500
_LINKS = ("[", "<", "://")
_NEEDS: dict[str, tuple[str, ...]] = {
    # blocks
    "indent": ("    ",),
    "fence": (CODE,),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "hr": ("-", "_", "*"),
    "ulist": ("- ", "* ", "+ "),
    "quote": (">",),
    # marks within lines
    "backtick": ("`",),
    "escape": ("\\",),
    "ampersand": ("\\&",),
    "link": ("[",),
    "wiki": ("[[",),
    "picture": ("![",),
    "autolink": ("<",),
    "bare": ("://",),
    "backslash_break": ("\\\n",),
    "linebreak": ("  \n",),
    "em_strong": ("*", "_"),
    "struck": ("~~",),
    # what is done with both
    "tasks": ("[",),
    "headings": ("#", "=", "-"),
    "tables": ("|",),
    "links": _LINKS,
    "unescape": ("\\",),
}
"""What a text has to have, any of it, for a processor to find something; all others always run."""
_SIGNS = tuple(sorted({sign for needs in _NEEDS.values() for sign in needs}))


class Narrowed:
    """Has a Markdown run those processors alone that a text has a sign for."""

    def __init__(self, md: Markdown) -> None:
        """Takes all that are registered by now."""
        inline = md.treeprocessors["inline"]
        assert isinstance(inline, InlineProcessor)
        self._md, self._inline = md, inline
        self._all = md.parser.blockprocessors, inline.inlinePatterns, md.treeprocessors
        self._kept: Recent[tuple[str, ...], _Processors] = Recent(_MOST)

    def to(self, text: str) -> None:
        """Narrow it to a text, as its blocks will be parsed."""
        signs = tuple([sign for sign in _SIGNS if sign in text])
        blocks, marks, steps = self._kept.get(signs) or self._kept.keep(signs, self._for(signs))
        self._md.parser.blockprocessors, self._md.treeprocessors = blocks, steps
        self._inline.inlinePatterns = marks

    def _for(self, signs: tuple[str, ...]) -> _Processors:
        idle = [name for name, needs in _NEEDS.items() if set(signs).isdisjoint(needs)]
        blocks, marks, steps = self._all
        return _without(blocks, idle), _without(marks, idle), _without(steps, idle)


def _without(registry: Registry[T], names: list[str]) -> Registry[T]:
    found = registry[:]
    for name in names:
        found.deregister(name, strict=False)
    return found
