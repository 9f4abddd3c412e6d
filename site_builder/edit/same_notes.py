"""Which notes of several versions of a file are the same, and how two rows of them make one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from site_builder.edit.parts import NotePart
from site_builder.edit.weave import Three


def by_name(notes: Three[tuple[NotePart, ...]]) -> Three[dict[str, NotePart]]:
    """Notes by names, so that what is the same note in several versions has one name."""
    own = {f"base {n}": note for n, note in enumerate(notes.base)}
    return Three(own, _named(notes.base, notes.ours), _named(notes.base, notes.theirs))


def _named(base: Sequence[NotePart], side: Sequence[NotePart]) -> dict[str, NotePart]:
    """The notes of a side by the names of those of the base that they are: alike in all, or in
    their heading, or in what stands below it. Others are named by what they say."""
    found: dict[int, str] = {}
    left = dict(enumerate(base))
    for alike in (_whole, _heading, _body):
        waiting: dict[object, list[int]] = {}
        for n, note in left.items():
            if (key := alike(note)) is not None:
                waiting.setdefault(key, []).append(n)
        for at, note in enumerate(side):
            if at not in found and (same := waiting.get(alike(note))):
                found[at] = f"base {same[0]}"
                del left[same.pop(0)]
    seen = Counter[str]()
    named = {}
    for at, note in enumerate(side):
        seen[note.text] += at not in found
        named[found.get(at, f"new {seen[note.text]} {note.text}")] = note
    return named


def _whole(note: NotePart) -> object:
    return note.text


def _heading(note: NotePart) -> object:
    return note.heading


def _body(note: NotePart) -> object:
    return note.body or None


def in_one_row(
    left: Sequence[str], right: Sequence[str], notes: dict[str, NotePart], is_falling: bool
) -> list[str]:
    """Two rows of notes in one, each in its own order, by their dates."""
    a, b, made = list(left), list(right), list[str]()
    while a and b:
        if a[0] == b[0]:
            made.append(a.pop(0))
            b.pop(0)
            continue
        first, second = (notes[row[0]] for row in (a, b))
        keys = (first.order, first.text), (second.order, second.text)
        is_ours = keys[0] > keys[1] if is_falling else keys[0] < keys[1]
        made.append((a if is_ours else b).pop(0))
    return made + a + b
