"""The templates of a site, and the Jinja that renders them."""

from __future__ import annotations

from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, ChoiceLoader, Environment, StrictUndefined

from site_builder.site.template_errors import Folder

TESTED = ("3.1.4", "3.1.5", "3.1.6")
"""The versions of Jinja whose inner methods ``fast_jinja`` was tested with. With any other
one pages are the same, and take about twice as long to render."""


def environment(
    folders: list[Path],
    kind: type[Environment] | None = None,
    compiled: BytecodeCache | None = None,
) -> Environment:
    """The templates in these folders, those of the first before those of the next. ``kind``
    is for tests that compare with Jinja's own; ``compiled`` keeps what it compiles."""
    jinja = (kind or quickest())(
        loader=ChoiceLoader([Folder(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=compiled,
    )
    jinja.globals.clear()
    return jinja


def quickest() -> type[Environment]:
    """The quick way where this version of Jinja was tested with it, else Jinja's own."""
    if vars(jinja2).get("__version__") not in TESTED:
        return Environment
    from site_builder.site.fast_jinja import FastEnvironment

    return FastEnvironment
