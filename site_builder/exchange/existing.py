"""What a journal has already: its deals and contacts, by id, by source id, by any field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.diagnostics import Problem, Severity
from site_builder.exchange.writing import SOURCE_ID
from site_builder.source import MAX_BYTES, Document, decode, read_document
from site_builder.tree import Tree
from site_builder.yaml_nodes import Listing, Scalar

_ENDINGS = (".md", ".yml", ".yaml")


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


@dataclass(frozen=True)
class Shelf:
    """All deals, or all contacts, of a journal. ``ids`` has those of unreadable files too."""

    noun: str
    files: tuple[Existing, ...] = ()
    ids: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    _fields: dict[str, Mapping[str, tuple[Existing, ...]]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Existing]:
        return {file.id: file for file in self.files}

    @cached_property
    def by_source(self) -> Mapping[str, Existing]:
        """Files by the ``x-source-id`` they carry."""
        return {
            source: file for file in reversed(self.files) if (source := file.text_of(SOURCE_ID))
        }

    def with_value(self, name: str, text: str) -> tuple[Existing, ...]:
        """The files whose field has this text, whatever its case."""
        if name not in self._fields:
            found: dict[str, tuple[Existing, ...]] = {}
            for file in self.files:
                value = file.value(name)
                for each in {
                    v.casefold() for v in (value if isinstance(value, tuple) else (value,)) if v
                }:
                    found[each] = (*found.get(each, ()), file)
            self._fields[name] = found
        return self._fields[name].get(text.casefold(), ())


def shelve(tree: Tree, folder: str, noun: str) -> Shelf:
    """Read all files of ``deals/`` or ``contacts/``. What can't be read is a warning, for
    nobody can tell which row it came from."""
    problems: list[Problem] = []
    paths = sorted(_paths(tree, folder))
    files = [made for path in paths if (made := _read(tree, path, problems)) is not None]
    ids = frozenset(_stem(path) for path in paths)
    return Shelf(noun, tuple(files), ids, tuple(problems))


def _paths(tree: Tree, folder: str) -> Iterator[str]:
    for file in tree.files():
        name = file.path.rsplit("/", 1)[-1]
        is_ours = (
            file.path.startswith(f"{folder}/") and not file.is_link and name.endswith(_ENDINGS)
        )
        if is_ours and name.lower() != "readme.md":
            yield file.path


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()


def _read(tree: Tree, path: str, problems: list[Problem]) -> Existing | None:
    found: list[Problem] = []
    data = tree.read(path, MAX_BYTES + 1)
    text = decode(path, data, found.append)
    document = read_document(path, text, found.append) if text is not None else None
    if text is None or document is None:
        problems.extend(_unreadable(problem) for problem in found[:1])
        return None
    return Existing(_stem(path), path, data, text, document)


def _unreadable(problem: Problem) -> Problem:
    return Problem(
        problem.code,
        f"The file can't be read, so what it was imported from is not known: {problem.message}",
        "Mend it before you import, or its row may be written a second time.",
        problem.span,
        Severity.WARNING,
    )
