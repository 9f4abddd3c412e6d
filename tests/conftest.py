"""What all tests have in common."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import ClassVar

import pytest
from hypothesis import settings
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from site_builder.site import render, templating
from tests.catalogue import BASE
from tests.commands import write

settings.register_profile("dealog", deadline=None)  # a busy machine is no fault of what is tried
settings.load_profile("dealog")


@pytest.fixture(autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder apart from the user's. Tests have their journals in folders of their own, and
    so meet nothing of what others kept but compiled templates."""
    home = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home


class Remembered(BytecodeCache):
    """Templates as they were compiled earlier in this process."""

    _known: ClassVar[dict[tuple[str, str], CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


def environment(folders: list[Path], compiled: BytecodeCache | None = None) -> Environment:
    return templating.environment(folders, compiled=compiled or Remembered())


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Each template is compiled once for all sites that a worker makes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(render, "environment", environment)
        yield


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The folder of the base journal of the catalogue."""
    write(tmp_path, dict(BASE))
    return tmp_path
