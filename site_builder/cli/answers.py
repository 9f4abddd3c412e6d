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
from site_builder.load.loaded import Loaded
from site_builder.load.look import Look

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
    memory, found, name = Memory(lambda: cache), look.still_found(), f"answers-{asked.name}"
    loaded = None
    if found is None or not memory.knows(name, _key(asked, look)):
        loaded = loaded_by(look.read, asked.folder)
        found = loaded.findings  # as it was read, which may be later than what still held

    def made() -> T:
        assert loaded is not None
        result = make(_insights(loaded, memory))
        memory.keep()
        return result

    if look.last is None:
        return found, made()
    return found, memory.of(name, _key(asked, look), made, form)


def _key(asked: Question, look: Look) -> bytes:
    """Changes with what the last look found, and with the question."""
    state = look.last.state if look.last is not None else b""
    return sha256(state + repr(asked.about).encode("utf-8", "replace")).digest()


def _insights(loaded: Loaded, memory: Memory) -> Insights:
    if loaded.seen is None:
        raise Refused("pipeline.yml has errors: `dealog check` tells them.")
    return Insights(loaded.seen, loaded.today, memory=memory)
