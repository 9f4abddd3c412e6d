"""What all tests have in common."""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from site_builder.files import cache
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.site import render
from site_builder.source.document import read_document
from tests import sequences
from tests.catalogue import BASE
from tests.commands import write
from tests.compiled import environment
from tests.read_once import once

settings.register_profile("dealog", deadline=None)  # a busy machine is no fault of what is tried
settings.load_profile("dealog")

gc.disable()  # until all tests are collected, which stay


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins while there is enough else for other workers."""
    items.sort(key=lambda item: item.get_closest_marker("early") is None)


def pytest_collection_finish() -> None:
    """What is unused is looked for among what tests make alone, and now and then."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


@pytest.fixture(autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder apart from the user's. Tests have their journals in folders of their own, and
    so meet nothing of what others kept but compiled templates."""
    home = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Each template is compiled once for all sites that a worker makes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(render, "environment", environment)
        yield


@pytest.fixture(scope="session", autouse=True)
def code_looked_at_once() -> Iterator[None]:
    """Nobody works in dealog's code while it is tested: one look tells all commands that a worker
    runs what it is."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cache, "_code", functools.cache(cache._code))
        yield


@pytest.fixture(scope="session", autouse=True)
def base_schema_read_once() -> Iterator[None]:
    """Most journals that tests try something in are the catalogue's, whose pipelines stay."""
    with pytest.MonkeyPatch.context() as patched:
        read = once(read_schema, only=[BASE["pipeline.yml"]])
        patched.setattr("site_builder.load.preparing.read_schema", read)
        yield


@pytest.fixture
def templates_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of many builds. Not for those of what is kept of templates."""
    monkeypatch.setattr(render, "environment", sequences.environment)


@pytest.fixture
def files_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried is one file of many alike journals: the others are read once. Not for tests of
    how long reading takes."""
    monkeypatch.setattr("site_builder.load.preparing.read_schema", once(read_schema))
    monkeypatch.setattr("site_builder.load.reading.read_document", once(read_document))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The folder of the base journal of the catalogue."""
    write(tmp_path, dict(BASE))
    return tmp_path
