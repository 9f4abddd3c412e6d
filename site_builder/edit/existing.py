"""What a journal has already: its deals and contacts, by id, by source id, by any field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.edit.refusals import TooLarge
from site_builder.files.tree import FILE, FOLDER, MAX_BYTES, Tree, TreeFile
from site_builder.journal.fields import SOURCE_ID
from site_builder.load.listing import is_ours, no_file, not_read
from site_builder.problems.problem import Problem, Severity
from site_builder.source.document import Document, decode, read_document
from site_builder.source.yaml_nodes import Listing, Report, Scalar


@dataclass(frozen=True, slots=True)
class Existing:
    """A file that is there: its bytes, its text with plain line ends, what it says."""

    id: str
    path: str
    data: bytes
    text: str
    document: Document

    def value(self, name: str) -> str | tuple[str, ...]:
        """The text of a front matter field, or its items; empty if it is not there."""
        node = self.document.front.get(name)
        if isinstance(node, Listing):
            return tuple(item.text for item in node.items if isinstance(item, Scalar))
        return node.text.strip() if isinstance(node, Scalar) else ""

    def text_of(self, name: str) -> str:
        """The text of a front matter field of a single value."""
        value = self.value(name)
        return value if isinstance(value, str) else ""


def existing(id: str, path: str, data: bytes, report: Report) -> Existing | None:
    """A file of these bytes; None, with a problem reported, where it can't be read."""
    text = decode(path, data, report)
    document = read_document(path, text, report) if text is not None else None
    if text is None or document is None:
        return None
    return Existing(id, path, data, text, document)


def with_bytes(file: Existing, data: bytes) -> Existing:
    """A file that was read, after a change that leaves it readable. Raises TooLarge."""
    if len(data) > MAX_BYTES:
        raise TooLarge(f"`{file.path}` would be larger than {MAX_BYTES // 1024} KB.")
    changed = existing(file.id, file.path, data, unheard)
    assert changed is not None
    return changed


def unheard(problem: Problem) -> None:
    """Hears what is told elsewhere."""


@dataclass(frozen=True)
class Shelf:
    """All deals, or all contacts, of a journal. ``ids`` has those of unreadable files too."""

    noun: str
    files: tuple[Existing, ...] = ()
    ids: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    _fields: dict[str, Mapping[str, Sequence[Existing]]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Existing]:
        return {file.id: file for file in self.files}

    @cached_property
    def by_source(self) -> Mapping[str, Existing]:
        """Files by each ``x-source-id`` they carry: several, where they were merged."""
        found: dict[str, Existing] = {}
        for file in reversed(self.files):
            value = file.value(SOURCE_ID)
            found.update((each, file) for each in ((value,) if isinstance(value, str) else value))
        found.pop("", None)
        return found

    def with_value(self, name: str, text: str) -> Sequence[Existing]:
        """The files whose field has this text, whatever its case."""
        if name not in self._fields:
            self._fields[name] = self._by_value(name)
        return self._fields[name].get(text.casefold(), ())

    def _by_value(self, name: str) -> Mapping[str, Sequence[Existing]]:
        found: dict[str, list[Existing]] = {}
        for file in self.files:
            value = file.value(name)
            texts = value if isinstance(value, tuple) else (value,)
            for each in {text.casefold() for text in texts if text}:
                found.setdefault(each, []).append(file)
        return found


def shelve(tree: Tree, folder: str, noun: str) -> Shelf:
    """Read all files of ``deals/`` or ``contacts/``. What can't be read is a warning, for
    nobody can tell which row it came from."""
    problems: list[Problem] = []
    found = sorted(_files(tree, folder))
    files = [made for file in found if (made := _read(tree, file, problems)) is not None]
    ids = frozenset(_stem(file.path) for file in found)
    return Shelf(noun, tuple(files), ids, tuple(problems))


def _files(tree: Tree, folder: str) -> Iterator[TreeFile]:
    """The folder's deals or contacts, those that are no plain files among them, and folders
    that can't be looked into."""
    for file in tree.files():
        if file.path.startswith(f"{folder}/") and (file.kind == FOLDER or is_ours(file.path)):
            yield file


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()


def _read(tree: Tree, file: TreeFile, problems: list[Problem]) -> Existing | None:
    found: list[Problem] = []
    path = file.path
    if file.kind != FILE:
        problems.extend(_unreadable(problem) for problem in no_file(file))
        return None
    try:
        data = tree.read(path, MAX_BYTES + 1)
    except OSError as error:
        problems.append(_unreadable(not_read(path, error)))
        return None
    made = existing(_stem(path), path, data, found.append)
    if made is None:
        problems.extend(_unreadable(problem) for problem in found[:1])
    elif made.document.front.get(SOURCE_ID) is None:
        problems.extend([_unreadable(p) for p in found if p.code == "yaml-syntax"][:1])
    return made


def _unreadable(problem: Problem) -> Problem:
    return Problem(
        problem.code,
        f"The file can't be read, so what it was imported from is not known: {problem.message}",
        "Mend it before you import, or its row may be written a second time.",
        problem.span,
        Severity.WARNING,
    )
