"""The templates of a site, and the Jinja that renders them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from site_builder.markup.formats import unbroken
from site_builder.site.template_errors import Folder


class AlwaysEscaped(Extension):
    """Refuses templates that leave the escaping to anything else than ``true``."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        is_tag = False
        for token in stream:
            if is_tag and token.test("name:autoescape") and not _is_true(stream):
                why = "templates are always escaped"
                raise TemplateSyntaxError(why, token.lineno, stream.name, stream.filename)
            is_tag = token.type == "block_begin"
            yield token


def _is_true(stream: TokenStream) -> bool:
    return stream.current.test_any("name:true", "name:True") and stream.look().type == "block_end"


def environment(folders: list[Path], compiled: BytecodeCache | None = None) -> Environment:
    """The templates in these folders, those of the first before those of the next; ``compiled``
    keeps what it compiles."""
    jinja = Environment(
        loader=ChoiceLoader([Folder(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=compiled,
        extensions=[AlwaysEscaped],
    )
    jinja.globals.clear()
    jinja.filters["unbroken"] = unbroken
    return jinja
