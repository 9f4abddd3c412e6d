"""The manifest of an output folder: which pages builds wrote there, and what they wrote.

It has a line for each page: the SHA-256 digest of what was written, two blanks, and the
path in the folder, as ``sha256sum --check`` takes them. While a build is under way it adds a
line before it writes a page, so that a page may stand there twice: both are ours. A last line
that is cut off is none. Where the pages are of an audience a first line says that much, and
not of which. Older versions wrote bare paths. Beside lines with a digest a bare path is
nothing that a build wrote.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from site_builder.files import whole_files

MANIFEST = ".dealog-manifest"
_APART = b"# what an audience is shown\n"
"""A first line, which is a comment to ``sha256sum``."""
_LINE = re.compile(r"(?:([0-9a-f]{64})  )?(.*)", re.DOTALL)
_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)

Digests = tuple[str, ...]


class Manifest:
    """The manifest of a folder, to which each page is added before it is written."""

    def __init__(self, folder: str, *, is_apart: bool = False) -> None:
        """``is_apart`` says that the pages are of an audience."""
        self._place = f"{folder}/{MANIFEST}"
        self._first = _APART if is_apart else b""
        self._log: int | None = None

    def begin(self, pages: Mapping[str, Digests]) -> None:
        """Have these pages in it, and keep it open for more."""
        self._write((digest, path) for path, digests in pages.items() for digest in digests)
        self._log = os.open(self._place, _APPEND)

    def add(self, path: str, data: bytes) -> None:
        """Add a page that is to be written. May be called in any process forked meanwhile."""
        assert self._log is not None
        whole_files.write_all(self._log, _line(_digest(data), path), self._place)

    def finish(self, paths: Iterable[str]) -> None:
        """Have these pages in it alone, each with what was written last."""
        self.close()
        pages = parsed(Path(self._place).read_bytes())
        self._write((pages[path][-1], path) for path in paths if pages.get(path))

    def close(self) -> None:
        """Keep it open no longer."""
        if self._log is not None:
            os.close(self._log)
        self._log = None

    def _write(self, lines: Iterable[tuple[str, str]]) -> None:
        ordered = sorted(lines, key=lambda line: line[1])
        data = self._first + b"".join(_line(digest, path) for digest, path in ordered)
        if not os.path.exists(self._place) or not whole_files.holds(self._place, data):
            whole_files.replace(self._place, data, settled=True)


def parsed(data: bytes) -> dict[str, Digests]:
    """The pages of a manifest, and the digests of what builds wrote there, the last one last.
    None are known of the pages that an older version lists. Raises ValueError for what is no
    text."""
    pages_alone = data.removeprefix(_APART)
    lines = [match.groups() for match in map(_LINE.fullmatch, _lines(pages_alone)) if match]
    has_digests = any(digest for digest, _ in lines)
    pages: dict[str, Digests] = {}
    for digest, path in lines:
        if digest or not has_digests:
            pages[path] = (*pages.get(path, ()), *([digest] if digest else ()))
    return pages


def is_of_audience(data: bytes) -> bool:
    """Whether a manifest says that its pages are of an audience."""
    return data.startswith(_APART)


def digest_of(place: str) -> str:
    """What the manifest would say of a file as it is."""
    return _digest(Path(place).read_bytes())


def _lines(data: bytes) -> list[str]:
    try:
        return data.decode().split("\n")[:-1]
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None


def _line(digest: str, path: str) -> bytes:
    return f"{digest}  {path}\n".encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
