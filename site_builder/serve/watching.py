"""Which files of a journal change, told once for each burst of changes."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from site_builder.files.tree import CONFIG, FOLDERS, TEMPLATES

QUIET = 0.02
"""How many seconds without a change end a burst."""
LONGEST = 0.5
"""After how many seconds a burst is told that goes on and on."""
_OURS = (*FOLDERS, TEMPLATES)
_CHANGES = frozenset(("created", "modified", "moved", "deleted", "closed"))


class Watch:
    """Watches the folders and pipeline.yml of a journal, until it is stopped."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._events: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._inside: dict[str, ObservedWatch] = {}
        self._observer: BaseObserver = Observer()
        try:
            self._start()
        except OSError:  # the system watches no more than so many folders
            self._inside.clear()
            self._observer = PollingObserver()
            self._start()

    def bursts(self) -> Iterator[frozenset[str]]:
        """The paths that changed, burst by burst; one that ends with ``/`` stands for a whole
        folder. Ends when the watch is stopped."""
        while (first := self._events.get()) is not None:
            found, end = {first}, time.monotonic() + LONGEST
            while time.monotonic() < end:
                try:
                    path = self._events.get(timeout=QUIET)
                except queue.Empty:
                    break
                if path is None:
                    return
                found.add(path)
            self._follow(found)
            yield frozenset(found)

    def stop(self) -> None:
        """End the bursts."""
        self._observer.stop()
        self._events.put(None)

    def _start(self) -> None:
        self._observer.schedule(_Handler(self._tell), os.fspath(self._root), recursive=False)
        for name in _OURS:
            self._look_into(name)
        self._observer.start()

    def _look_into(self, name: str) -> None:
        """Watch a folder that is there, anew where it was watched: it may be another one."""
        known = self._inside.pop(name, None)
        if known is not None:
            self._observer.unschedule(known)
        place = self._root / name
        if place.is_dir() and not place.is_symlink():
            handler = _Handler(self._tell)
            self._inside[name] = self._observer.schedule(handler, os.fspath(place), recursive=True)

    def _follow(self, found: set[str]) -> None:
        """Watch folders of ours that have come, or come again."""
        for name in _OURS:
            if f"{name}/" in found:
                self._look_into(name)

    def _tell(self, path: str, is_folder: bool) -> None:
        try:
            said = Path(path).relative_to(self._root).as_posix()
        except ValueError:
            return
        top, _, rest = said.partition("/")
        is_hidden = any(part.startswith(".") for part in said.split("/"))
        if is_hidden or (top not in _OURS and said != CONFIG):
            return
        if is_folder and rest and top != TEMPLATES:
            self._events.put(f"{said}/")
        elif rest or said == CONFIG:
            self._events.put(said)
        else:
            self._events.put(f"{top}/")


class _Handler(FileSystemEventHandler):
    """Hands on what changes; looking at a file changes nothing."""

    def __init__(self, tell: Callable[[str, bool], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _CHANGES:
            return
        # A folder counts as changed with each file in it, which is told by itself.
        if event.is_directory and event.event_type in ("modified", "closed"):
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self._tell(os.fsdecode(path), event.is_directory)
