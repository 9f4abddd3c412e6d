"""Which files of a tree are deals and contacts, and what is wrong with the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from site_builder.files.tree import (
    CONFIG,
    FILE,
    FOLDER,
    FOLDERS,
    LINK,
    TEMPLATES,
    Kind,
    NoFile,
    TreeFile,
    is_usable,
    meant_name,
)
from site_builder.parse.reader import MAX_ID, is_id, slug
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Span

_ENDINGS = (".md", ".yml", ".yaml")
_NOTICE = "README.md"
"""What stands in a folder for its readers, and is none of its deals or contacts."""
_OTHER_ENDING = late(
    r"\.(?:(md|markdown|mdown|mkdn?|mdx|txt)|(ya?ml))(?:\.(?:txt|md|ya?ml))?$", re.IGNORECASE
)
_OURS = tuple(f"{folder}/" for folder in FOLDERS)
_INTO = f"Write what is true of it into `{CONFIG}`"
_WRITTEN_OUT = late(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")
_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


class Found(NamedTuple):
    """A deal's or contact's file, by its folder and id. ``is_named`` tells whether that can
    be an id."""

    folder: str
    id: str
    path: str
    is_named: bool


class Listed(NamedTuple):
    """The files of deals and contacts, each id once; the ids of others, by folder, that have a
    problem and are those of deals or contacts once it is mended; and the folders in which there
    may be any, for some of them can't be looked into."""

    found: tuple[Found, ...]
    meant: Mapping[str, frozenset[str]]
    unsure: frozenset[str]

    def ids(self, folder: str) -> frozenset[str]:
        """All ids that deals or contacts have, or will have."""
        named = [file.id for file in self.found if file.folder == folder and file.is_named]
        return self.meant[folder].union(named)


def is_ours(path: str) -> bool:
    """Whether a path is that of a deal or contact, if a plain file stands there."""
    name = _name(path)
    return (
        path.startswith(_OURS)
        and name.endswith(_ENDINGS)
        and name != _NOTICE
        and not name.startswith(".")
    )


def journal_files(files: Iterable[TreeFile], problems: list[Problem]) -> Listed:
    """The files of deals and contacts. What is wrong with the names and kinds of files is added
    to the problems."""
    found: list[Found] = []
    others: list[TreeFile] = []
    for file in sorted(files, key=attrgetter("path")):
        path, kind = file.path, file.kind
        folder, _, name = path.rpartition("/")
        if kind is FILE and is_ours(path):
            stem = name.rpartition(".")[0]
            found.append(_new(Found, (folder.partition("/")[0], stem, path, is_id(stem))))
        elif not _is_passed_over(name, kind):
            others.append(file)
            problems.extend(no_file(file))
    problems.extend(_odd_folders(found))
    once = tuple(_each_once(found, problems))
    others.extend(TreeFile(file.path) for file in once if not file.is_named)
    meant = {folder: frozenset(_meant_ids(folder, others)) for folder in FOLDERS}
    return Listed(once, meant, frozenset(filter(None, map(_unseen, others))))


def _is_passed_over(name: str, kind: Kind) -> bool:
    """Whether nothing is said of a file. Links are named, but for those with which Emacs locks
    a file."""
    return (name.startswith(".") or name == _NOTICE) and (kind != LINK or name.startswith(".#"))


def _meant_ids(folder: str, files: Iterable[TreeFile]) -> Iterator[str]:
    """The ids that files of a folder have once they are mended."""
    for file in files:
        path, kind, name = file.path, file.kind, _name(file.path)
        is_other = kind == FILE and "." in name and not _OTHER_ENDING.search(name)
        if path.startswith(f"{folder}/") and kind != FOLDER and not is_other:
            yield slug(_meant(_stem(name)))


def _unseen(file: TreeFile) -> str:
    """The folder of ours that a path is, is meant to be or leads into, of which nothing is seen."""
    root, _, rest = file.path.partition("/")
    is_seen = rest and file.kind != FOLDER and not (file.kind == LINK and "." not in _name(rest))
    folder = "" if is_seen else meant_name(root)
    return folder if folder in FOLDERS else ""


def no_file(file: TreeFile) -> Iterator[Problem]:
    """What is wrong with a file that is no deal or contact, unless it is pipeline.yml."""
    path, kind, fault = file.path, file.kind, file.fault
    root = path.partition("/")[0]
    if kind == FOLDER:
        yield _unreadable("folder", path, fault)
    elif kind != FILE:
        yield _not_followed(path) if kind == LINK else _special(path)
    elif path.startswith(_OURS):
        yield _stray(root, path)
    elif path.startswith(f"{TEMPLATES}/"):
        yield _unusable(path)
    elif root in FOLDERS:
        message = f"`{root}` is a file, not a folder."
        yield _wrong(root, "stray-file", message, "Move it away.")
    elif root != (meant := meant_name(root)) and meant:
        message = f"`{root}` is not read: its name is `{meant}`."
        help = f"Rename it to `{meant}`"
        if root.lower() != meant:
            help = _INTO if meant == CONFIG else f"{help}, or move what is in it there"
        yield _wrong(root, "stray-file", message, f"{help}.")


def not_read(path: str, error: OSError) -> Problem:
    """What to say of a file that is there and can't be read."""
    if isinstance(error, NoFile):
        return _not_followed(path) if error.kind == LINK else _special(path)
    return _unreadable("file", path, error.strerror or "unknown reason")


def _wrong(path: str, code: str, message: str, help: str) -> Problem:
    """A problem of a file as a whole."""
    return Problem(code, message, help, Span.start_of(path))


def _not_followed(path: str) -> Problem:
    message = f"`{_name(path)}` is a symbolic link, which is not followed."
    return _wrong(path, "symlink", message, "Put the file itself here, or remove the link.")


def _special(path: str) -> Problem:
    message = f"`{_name(path)}` is a named pipe, a socket or a device, and no file."
    return _wrong(path, "stray-file", message, "Move it out of the journal.")


def _unusable(path: str) -> Problem:
    what = "has a backslash in it, or what is not UTF-8 or can't be seen"
    message = f"The name `{_name(path)}` {what}."
    return _wrong(path, "stray-file", message, "Rename it: letters, digits, points and hyphens.")


def _odd_folders(found: list[Found]) -> Iterator[Problem]:
    """Folders whose names can't be part of an address. What lies in them is read."""
    folders = {file.path.rpartition("/")[0] for file in found if not is_usable(file.path)}
    above = {folder[:end] for folder in folders for end in _ends(folder)}
    yield from (_unusable(folder) for folder in sorted(above) if not is_usable(_name(folder)))


def _ends(path: str) -> Iterator[int]:
    """Where the path of each folder on the way ends."""
    yield from (match.start() for match in re.finditer(r"/|\Z", path))


def _stray(folder: str, path: str) -> Problem:
    message = f"`{_name(path)}` is neither a {folder.removesuffix('s')} nor its notes."
    help = f"Files in {folder}/ end in `.md`, `.yml` or `.yaml`; keep others elsewhere."
    if better := _renamed(path):
        help = f"Rename it to `{_name(better)}`, or keep it elsewhere."
    return _wrong(path, "stray-file", message, help)


def _stem(name: str) -> str:
    return _OTHER_ENDING.sub("", name)


def _renamed(name: str) -> str:
    """A file's name with the ending that it was to have; nothing where that is not known."""
    ending = _OTHER_ENDING.search(name)
    if ending is None:
        return ""
    return name[: ending.start()] + (".md" if ending[1] else f".{ending[2].lower()}")


def _each_once(found: list[Found], problems: list[Problem]) -> Iterator[Found]:
    """The first file of each id; where another file's name only looks like it, that is later."""
    seen: dict[tuple[str, str], str] = {}
    for file in sorted(found, key=attrgetter("is_named"), reverse=True):  # which keeps their order
        folder, id, path, is_named = file
        earlier = seen.setdefault((folder, id.lower()), path)
        if earlier != path:
            message = f"`{id}` is the id of `{earlier}` too."
            problems.append(_wrong(path, "duplicate-id", message, "Rename one of the two files."))
            continue
        if not is_named:
            problems.append(_misnamed(file))
        yield file


def _misnamed(file: Found) -> Problem:
    better, ending = slug(_meant(file.id)), file.path.rsplit(".", 1)[1]
    long = f" and at most {MAX_ID} characters" if len(file.id) > MAX_ID else ""
    rename = f"Rename the file to `{better}.{ending}`: " if better else "Rename it: "
    message = f"`{file.id}` can't be the id of a {file.folder.removesuffix('s')}."
    help = f"{rename}lower-case letters, digits and single hyphens{long}."
    return _wrong(file.path, "invalid-id", message, help)


def _meant(id: str) -> str:
    """What a file's name was to be: bytes that are not UTF-8 are mostly of Western Europe."""
    return _WRITTEN_OUT.sub(_unwritten, id)


def _unwritten(match: re.Match[str]) -> str:
    if match[1]:
        return bytes.fromhex(match[1]).decode("cp1252", "replace")
    return chr(int(match[2] or match[3], 16))


def _unreadable(what: str, path: str, reason: str) -> Problem:
    message = f"The {what} can't be read: {reason}."
    return _wrong(path, "unreadable-file", message, "Make it readable, or move it elsewhere.")


def _name(path: str) -> str:
    return path.rpartition("/")[2]
