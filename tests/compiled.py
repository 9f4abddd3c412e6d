"""Templates that are compiled once in a process, for all sites that its tests make."""

from __future__ import annotations

from pathlib import Path
from types import CodeType
from typing import ClassVar

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from site_builder.site import templating


class Remembered(BytecodeCache):
    """Templates as they were compiled earlier in this process."""

    _known: ClassVar[dict[tuple[str, str], CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


def environment(folders: list[Path], compiled: BytecodeCache | None = None) -> Environment:
    """As `templating.environment`; what keeps what it compiles may be given too."""
    return templating.environment(folders, compiled=compiled or Remembered())
