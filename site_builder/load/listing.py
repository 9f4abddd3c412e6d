"""Which files of a tree are deals and contacts, and what is wrong with the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
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
from site_builder.load.file_names import has_other_ending, meant_id, own_id, right_name, stem
from site_builder.parse.ids import MAX_ID, is_id
from site_builder.problems.characters import named, odd_in
from site_builder.problems.problem import Problem, Span

_ENDINGS = (".md", ".yml", ".yaml")
_NOTICE = "README.md"
"""What stands in a folder for its readers, and is none of its deals or contacts."""
_OURS = tuple(f"{folder}/" for folder in FOLDERS)
_INTO = f"Write what is true of it into `{CONFIG}`"
_NONE: AbstractSet[str] = frozenset()
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


def is_plain(listed: Listed) -> bool:
    """Whether all files are deals and contacts, or plainly none."""
    return not listed.unsure and not any(listed.meant.values())


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
            id = name.rpartition(".")[0]
            found.append(_new(Found, (folder.partition("/")[0], id, path, is_id(id))))
        elif not _is_passed_over(name, kind):
            others.append(file)
    ids = frozenset(f"{file.folder}/{file.id}" for file in found) if others else _NONE
    problems.extend(problem for file in others for problem in no_file(file, ids))
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
        is_other = kind == FILE and has_other_ending(name)
        if path.startswith(f"{folder}/") and kind != FOLDER and not is_other:
            yield meant_id(stem(name))


def _unseen(file: TreeFile) -> str:
    """The folder of ours that a path is, is meant to be or leads into, of which nothing is seen."""
    root, _, rest = file.path.partition("/")
    is_led_away = file.kind == FOLDER or (file.kind == LINK and "." not in _name(rest))
    is_seen = root in FOLDERS and rest and not is_led_away
    folder = "" if is_seen else meant_name(root)
    return folder if folder in FOLDERS else ""


def no_file(file: TreeFile, ids: AbstractSet[str] = _NONE) -> Iterator[Problem]:
    """What is wrong with a file that is no deal or contact, unless it is pipeline.yml. ``ids``
    are those that are taken, behind their folders."""
    path, kind, fault = file.path, file.kind, file.fault
    root = path.partition("/")[0]
    if kind == FOLDER:
        yield _unreadable("folder", path, fault)
    elif kind != FILE:
        yield _not_followed(path) if kind == LINK else _special(path)
    elif path.startswith(_OURS):
        yield _stray(root, path, ids)
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


def _stray(folder: str, path: str, ids: AbstractSet[str]) -> Problem:
    what, better = folder.removesuffix("s"), right_name(_name(path))
    id = better.rpartition(".")[0]
    message = f"`{_name(path)}` is neither a {what} nor its notes."
    help = f"Files in {folder}/ end in `.md`, `.yml` or `.yaml`; keep others elsewhere."
    if f"{folder}/{id}" in ids:
        help = f"There is a {what} `{id}`: keep what this file is beside it elsewhere."
    elif better:
        help = f"Rename it to `{better}`, or keep it elsewhere."
    return _wrong(path, "stray-file", message, help)


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
            problems.append(_misnamed(file, seen))
        yield file


def _misnamed(file: Found, seen: Mapping[tuple[str, str], str]) -> Problem:
    folder, what, ending = file.folder, file.folder.removesuffix("s"), file.path.rsplit(".", 1)[1]
    better = meant_id(file.id, lambda id: (folder, id) in seen)
    odd = odd_in(file.id)
    message = f"`{file.id}` can't be the id of a {what}"
    message += f": there is {named(odd)}, in it." if odd else "."
    if (earlier := seen.get((folder, better), file.path)) != file.path:
        own = own_id(file.id)
        help = f"`{earlier}` is `{better}`: take what is new over there, and this file away; or "
        help += "give it a name of its own" + (f": `{own}.{ending}`." if own != better else ".")
        return _wrong(file.path, "invalid-id", message, help)
    long = f" and at most {MAX_ID} characters" if len(file.id) > MAX_ID else ""
    rename = f"Rename the file to `{better}.{ending}`: " if better else "Rename it: "
    help = f"{rename}lower-case letters, digits and single hyphens{long}."
    return _wrong(file.path, "invalid-id", message, help)


def _unreadable(what: str, path: str, reason: str) -> Problem:
    message = f"The {what} can't be read: {reason}."
    return _wrong(path, "unreadable-file", message, "Make it readable, or move it elsewhere.")


def _name(path: str) -> str:
    return path.rpartition("/")[2]
