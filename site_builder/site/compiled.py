"""Templates as they were compiled, kept between runs: to compile them takes longer than a small
site.

They are code, as what Python keeps in ``__pycache__`` is: whoever could change them could change
dealog itself.
"""

from __future__ import annotations

import marshal

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from site_builder.files.cache import Cache

_NAME = "templates"


class Compiled(BytecodeCache):
    """What a cache keeps of compiled templates. Each goes by its name, its place, and a digest of
    what is written in it; all of them by what the cache goes by: dealog, Jinja, Python."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._kept: dict[str, tuple[str, bytes]] = cache.read(_NAME) or {}
        self._is_more = False

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.code = marshal.loads(code)  # noqa: S302 - the cache knows it for our own

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._kept[bucket.key] = bucket.checksum, marshal.dumps(bucket.code)
        self._is_more = True

    def keep(self) -> None:
        """Keep for the next run what was compiled in this one."""
        if self._is_more:
            self._cache.write(_NAME, self._kept)
        self._is_more = False
