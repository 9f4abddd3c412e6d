"""What is meant by a word: an id or name, or the beginning of one that no other has."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.edit.refusals import NotDone
from site_builder.problems.suggest import listed


def called(said: str, names: Mapping[str, str], before: Mapping[str, str] | None = None) -> str:
    """The id that is meant among ids with their names, of which some were called otherwise
    ``before``; nothing where there is none. Raises NotDone where there are several."""
    word = said.strip().lower()
    was = (before or {}).get(word)
    exact = [id for id, name in names.items() if word in (id, name.lower()) or id == was]
    found = exact or [id for id, name in names.items() if _begins(word, id, name)]
    if len(found) > 1:
        raise NotDone(f"`{said}` may be {listed(found)}: which one?")
    return found[0] if found else ""


def _begins(word: str, id: str, name: str) -> bool:
    return bool(word) and (id.startswith(word) or name.lower().startswith(word))
