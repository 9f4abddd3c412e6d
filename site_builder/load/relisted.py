"""A journal of which a few files came or went, where it need not be listed anew to know which there
are now."""

from __future__ import annotations

from bisect import insort_left
from collections.abc import Collection, Iterable
from dataclasses import replace
from operator import attrgetter

from site_builder.files.tree import CONFIG, Tree, is_usable
from site_builder.load.last_load import digest_of
from site_builder.load.listing import Found, is_ours, is_plain
from site_builder.load.preparing import Prepared, referents
from site_builder.parse.ids import is_id

_PATH = attrgetter("path")


def relisted(ready: Prepared, come: Collection[str], gone: Collection[str]) -> Prepared | None:
    """All that has to be known before deals and contacts are read, where some files have come and
    others of them are gone. None where all are to be listed: where pipeline.yml is another, and
    where a name of a file is amiss, before or now, for what is said of it depends on the others."""
    schema = ready.schema
    if schema is None or digest_of(ready.tree, CONFIG) != ready.config:
        return None
    if not is_plain(ready.listed) or _is_any_amiss(ready):
        return None
    stay = [file for file in ready.listed.found if file.path not in gone]
    if not _are_ids(come, stay):
        return None
    for path in come:
        insort_left(stay, _found(path), key=_PATH)
    listed = ready.listed._replace(found=tuple(stay))
    reading = replace(ready.reading, known=referents(ready.tree, listed, schema, ready.day))
    return ready._replace(listed=listed, reading=reading)


def is_there(tree: Tree, path: str) -> bool:
    """Whether anything stands at a path."""
    try:
        tree.read(path, 1)
    except FileNotFoundError:
        return False
    except OSError:  # it is there, and no file
        return True
    return True


def _is_any_amiss(ready: Prepared) -> bool:
    """Whether anything is wrong with the name or kind of a file."""
    return any(problem.span.path != CONFIG for problem in ready.problems)


def _are_ids(paths: Iterable[str], others: Iterable[Found]) -> bool:
    """Whether the names of all files can be ids, and are those of no others."""
    found = [_found(path) for path in paths]
    taken = {(file.folder, file.id) for file in others} if found else set()
    new = {(file.folder, file.id) for file in found}
    return (
        len(new) == len(found)
        and new.isdisjoint(taken)
        and all(file.is_named and _is_in_order(file.path) for file in found)
    )


def _is_in_order(path: str) -> bool:
    is_hidden = any(part.startswith(".") for part in path.split("/"))
    return is_ours(path) and is_usable(path) and path.isprintable() and not is_hidden


def _found(path: str) -> Found:
    id = path.rpartition("/")[2].rpartition(".")[0]
    return Found(path.partition("/")[0], id, path, is_id(id))
