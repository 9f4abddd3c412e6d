"""New notes into a file that is there: nothing else of it changes but the fields that
the newest note sets."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from site_builder.edit.existing import Existing
from site_builder.edit.writing import NewNote, guarded, in_order, note, one_line, scalar
from site_builder.journal import values
from site_builder.journal.fields import SOURCE_ID
from site_builder.journal.history import COMPANY_STATE, NOTE_STATE
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.values import Bad
from site_builder.problems.problem import Span
from site_builder.source.note_drafts import NoteDraft

Identity = tuple[str, ...]
_STATE = (*NOTE_STATE, *COMPANY_STATE)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file with its new notes: the bytes, and the front matter that followed them
    (field, before, after)."""

    data: bytes
    followed: tuple[tuple[str, str, str], ...] = ()


def not_yet_there(
    notes: Iterable[NewNote], file: Existing, pipeline: Pipeline | None = None
) -> list[NewNote]:
    """The notes that the file does not have.

    A note with a source id is known by it, so it may be edited in the file; any other by
    its date, time, kind, stage, headline and the first line of its text. Two alike in the
    CSV need two alike in the file. Stages that were called otherwise before are the same.
    """
    there = Counter(_identity_of(draft, pipeline) for draft in file.document.notes)
    there.update(_source_of(draft) for draft in file.document.notes)
    missing = []
    for new in notes:
        identity = (new.source_id,) if new.source_id else identity_of(new)
        if there[identity] > 0:
            there[identity] -= 1
        else:
            missing.append(new)
    return missing


def identity_of(new: NewNote) -> Identity:
    """What a note without a source id is recognised by."""
    first = guarded(new.text).partition("\n")[0]
    return (new.date.isoformat(), new.clock, new.kind, new.stage, one_line(new.headline), first)


def _identity_of(draft: NoteDraft, pipeline: Pipeline | None) -> Identity:
    now = pipeline.renamed(draft.stage) if pipeline and draft.stage else None
    return (
        draft.date,
        draft.time.text if draft.time else "",
        draft.kind,
        now.id if now else draft.stage,
        draft.headline,
        draft.text.partition("\n")[0],
    )


def _source_of(draft: NoteDraft) -> Identity:
    return tuple(f.value.text for f in draft.fields if f.name.text == SOURCE_ID)


def last_state(notes: Sequence[NewNote]) -> dict[str, str]:
    """The deal's fields after these notes, as far as the notes set them."""
    state: dict[str, str] = {}
    for each in in_order(notes):
        if each.stage:
            state["stage"] = each.stage
        state.update((name, value) for name, value in each.fields if name in _STATE)
    return state


def attach(file: Existing, notes: Sequence[NewNote]) -> Attached:
    """The file with the notes put where their dates belong, in the file's own order.

    A field of front matter follows if the newest note that sets it is one of the new.
    """
    head, chunks = _cut(file)
    falls = _runs_newest_first(chunks)
    for new in in_order(notes):
        at = _place(chunks, new, falls)
        chunks.insert(at, _Chunk(new.order, note(new), last_state([new])))
    in_time = sorted(chunks[::-1] if falls else chunks, key=lambda chunk: chunk.order)
    wanted = _wanted(in_time)
    followed = []
    for name, value in wanted.items():
        before = file.text_of(name)
        if before != value:
            followed.append((name, before, value))
    head = _with_front(head, file, followed)
    return Attached(
        _encoded(_joined([head, *(chunk.text for chunk in chunks)]), file), tuple(followed)
    )


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A stretch of the file: a note with all text up to the next. ``sets`` is what a new
    note sets, ``old_sets`` what one that was there sets."""

    order: tuple[dt.date, dt.time, bool]
    text: str
    sets: dict[str, str] | None = None
    old_sets: frozenset[str] = frozenset()


def _cut(file: Existing) -> tuple[str, list[_Chunk]]:
    """The text before the first note, and each note."""
    lines, drafts = _lines(file.text), file.document.notes
    borders = [*(draft.span.line - 1 for draft in drafts), len(lines)]
    texts = ["".join(lines[start:end]) for start, end in pairwise(borders)]
    return "".join(lines[: borders[0]]), list(map(_chunk, drafts, texts))


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.removesuffix("\n").split("\n")]


def _chunk(draft: NoteDraft, text: str) -> _Chunk:
    date = values.date(draft.date)
    time = values.time(draft.time.text) if draft.time else dt.time()
    order = (
        dt.date.min if isinstance(date, Bad) else date,
        dt.time() if isinstance(time, Bad) else time,
        draft.kind == KindRole.CHANGE.value,
    )
    sets = {f.name.text for f in draft.fields if f.name.text in _STATE} | (
        {"stage"} if draft.stage else set()
    )
    return _Chunk(order, text, None, frozenset(sets))


def _runs_newest_first(chunks: Sequence[_Chunk]) -> bool:
    dates = [chunk.order[0] for chunk in chunks]
    pairs = list(pairwise(dates))
    return sum(a > b for a, b in pairs) > sum(a < b for a, b in pairs)


def _place(chunks: Sequence[_Chunk], new: NewNote, newest_first: bool) -> int:
    if newest_first:
        return next(
            (at for at, chunk in enumerate(chunks) if chunk.order <= new.order), len(chunks)
        )
    return next((at + 1 for at in reversed(range(len(chunks))) if chunks[at].order <= new.order), 0)


def _wanted(chunks: Sequence[_Chunk]) -> dict[str, str]:
    """Fields whose last word is a new note's."""
    wanted: dict[str, str] = {}
    for chunk in chunks:
        for name in chunk.old_sets:
            wanted.pop(name, None)
        wanted.update(chunk.sets or {})
    return wanted


def _with_front(head: str, file: Existing, changes: Iterable[tuple[str, str, str]]) -> str:
    """The head of the file with fields of its front matter replaced or added."""
    lines = _lines(head)
    added: list[str] = []
    for name, _, value in changes:
        node = file.document.front.get(name)
        if node is not None and node.span.line == node.span.end_line:
            _splice(lines, node.span, scalar(value))
        else:
            added.append(f"{name}: {scalar(value)}\n")
    if added:
        stage = file.document.front.get("stage")
        behind = stage.span.line if stage is not None else 1
        lines[behind:behind] = added
    return "".join(lines)


def _splice(lines: list[str], span: Span, text: str) -> None:
    line = lines[span.line - 1]
    before = line[: span.column - 1]
    gap = " " if before.endswith(":") else ""
    lines[span.line - 1] = before + gap + text + line[span.end_column - 1 :]


def _joined(chunks: Iterable[str]) -> str:
    made = ""
    for chunk in chunks:
        if made and chunk and not made.endswith("\n\n"):
            made += "\n"
        made += chunk
    return made.rstrip("\n") + "\n"


def _encoded(text: str, file: Existing) -> bytes:
    """The text in the file's own line ends and with its byte order mark, if it has one."""
    if b"\r\n" in file.data:
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if file.data.startswith(b"\xef\xbb\xbf") else b"") + text.encode()
