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


class Kept(Remembered):
    """The same, where what is compiled is kept between runs, too: there as if compiled just now."""

    def __init__(self, kept: BytecodeCache) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        self._kept.load_bytecode(bucket)
        known = self._known.get((bucket.key, bucket.checksum))
        if bucket.code is None and known is not None:
            bucket.code = known
            self._kept.dump_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        super().dump_bytecode(bucket)
        self._kept.dump_bytecode(bucket)


def environment(folders: list[Path], compiled: BytecodeCache | None = None) -> Environment:
    """As `templating.environment`; what keeps what it compiles may be given too."""
    return templating.environment(folders, compiled=Kept(compiled) if compiled else Remembered())
