"""What can be made again, kept between runs in the user's cache folder, apart for each journal.

What is kept is plain: numbers, texts and rows of them, which can run no code. It goes by a
digest of itself and of all that it depends on: dealog, Python, what dealog needs, the machine,
and where the journal lies. So what is damaged, old, or another's is as good as not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import stat
import sys
from pathlib import Path
from typing import Any

from site_builder.files import whole_files
from site_builder.files.stamps import stamps_below

_DIGEST = 32
_NAME_LENGTH = 32
_OTHERS = 0o077


class Cache:
    """What is kept for one journal, by names. Nothing that goes wrong here is an error."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def read(self, name: str) -> Any:
        """What was kept by this name, or None."""
        try:
            if not (_is_ours(self._folder.parent) and _is_ours(self._folder)):
                return None
            data = (self._folder / name).read_bytes()
            body = memoryview(data)[_DIGEST:]
            is_whole = data[:_DIGEST] == self._digest(body)
            return marshal.loads(body) if is_whole else None  # noqa: S302 - plain values alone
        except (OSError, EOFError, ValueError, TypeError):
            return None

    def write(self, name: str, value: Any) -> bool:
        """Keep numbers, texts and rows of them by a name; whether that could be done."""
        try:
            body = marshal.dumps(value)
            for folder in (self._folder.parent, self._folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not _is_ours(folder):
                    return False
            whole_files.sweep(os.fspath(self._folder))
            whole_files.replace(os.fspath(self._folder / name), self._digest(body) + body)
        except (OSError, ValueError):
            return False
        return True

    def _digest(self, body: bytes | memoryview) -> bytes:
        digest = hashlib.sha256(self._key)
        digest.update(body)
        return digest.digest()


def cache_of(journal: Path, *never_in: Path) -> Cache | None:
    """What is kept for a journal; None where there is no place for it, or that lies in the journal
    or in one of some other folders."""
    root = folder_of_all()
    try:
        home = journal.resolve(strict=True)
        if root is None or any(_is_in(root.resolve(), f.resolve()) for f in (home, *never_in)):
            return None
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:_NAME_LENGTH]
        return Cache(root / name, _key(home))
    except (OSError, RuntimeError):
        return None


def folder_of_all() -> Path | None:
    """Where everything is kept, for all journals; None where the user has no such place."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and os.path.isabs(given):
        return Path(given, "dealog")
    with contextlib.suppress(RuntimeError):
        return Path.home() / ".cache" / "dealog"
    return None


def clear() -> int:
    """Remove all that is kept, for all journals; how many bytes it took."""
    root = folder_of_all()
    if root is None or not _is_ours(root):
        return 0
    import shutil

    size = sum(size for _, _, size, _ in stamps_below(os.fspath(root)).values())
    shutil.rmtree(root)
    return size


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, no link to one, to which nobody but this user may write."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    return os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & _OTHERS)


def _is_in(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def _key(home: Path) -> bytes:
    place = home.stat()
    return repr(
        (home, place.st_dev, place.st_ino, _machine(), sys.version, _code(), _needs())
    ).encode()


def _machine() -> tuple[str, str]:
    name = os.uname().nodename if sys.platform != "win32" else os.environ.get("COMPUTERNAME", "")
    id = ""
    with contextlib.suppress(OSError, ValueError):
        id = Path("/etc/machine-id").read_text("ascii").strip()
    return name, id


def _code() -> bytes:
    """Changes with dealog itself, a checkout in which somebody works among it."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256(os.fsencode(package))
    for folder in (package, package.parent / "templates"):
        for path, stamp in sorted(stamps_below(os.fspath(folder)).items()):
            if not path.endswith(".pyc"):
                digest.update(repr((path, stamp)).encode())
    return digest.digest()


def _needs() -> list[str]:
    """The packages that are installed, with their versions."""
    found: list[str] = []
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found += [name for name in os.listdir(folder or ".") if name.endswith(".dist-info")]
    return sorted(found)
