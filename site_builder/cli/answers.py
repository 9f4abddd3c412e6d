"""What commands tell of a journal, known from before as long as no file and no day is another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeVar

from site_builder.cli.exits import Refused
from site_builder.cli.loading import cache_for, loaded_by, look_at, refuse_missing
from site_builder.files.memory import Memory
from site_builder.files.plain import Form
from site_builder.insights.insights import Insights
from site_builder.load.findings import Findings
from site_builder.load.loader import Loaded

T = TypeVar("T")


class Question(NamedTuple):
    """Which journal a command is asked about, as of which day and revision, and by what ``name``
    its answers are known, apart for each of the texts and numbers that it is ``about``."""

    folder: Path
    today: dt.date | None
    rev: str | None
    no_cache: bool
    name: str
    about: tuple[object, ...]


def answer(asked: Question, make: Callable[[Insights], T], form: Form) -> tuple[Findings, T]:
    """What is found in a journal, and the answer. Raises Refused where there is no journal."""
    refuse_missing(asked.folder)
    cache = cache_for(asked.folder, asked.no_cache or asked.rev is not None)
    look = look_at(asked.folder, asked.today, cache, asked.rev)
    memory, found = Memory(lambda: cache), look.still_found()
    loaded = None if found else loaded_by(look.read, asked.folder)

    def made() -> T:
        whole = loaded or loaded_by(look.read, asked.folder)
        result = make(_insights(whole, memory))
        memory.keep()
        return result

    if look.last is None:
        result = made()
    else:
        key = sha256(look.last.state + repr(asked.about).encode("utf-8", "replace")).digest()
        result = memory.of(f"answers-{asked.name}", key, made, form)
    if found is None:
        assert loaded is not None
        found = loaded.findings
    return found, result


def _insights(loaded: Loaded, memory: Memory) -> Insights:
    if loaded.seen is None:
        raise Refused("pipeline.yml has errors: `dealog check` tells them.")
    return Insights(loaded.seen, loaded.today, memory=memory)
