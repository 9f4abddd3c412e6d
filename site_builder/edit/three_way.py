"""Two versions of a file merged, from what both began with: field by field, note by note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from site_builder.edit.existing import existing, unheard
from site_builder.edit.last_set import LastSet, Whose
from site_builder.edit.list_items import is_block, items_of, with_items
from site_builder.edit.parts import (
    Field,
    NoParts,
    NotePart,
    Parts,
    comments_in,
    fields_in,
    is_block_mapping,
    parts_of,
    parts_of_mapping,
)
from site_builder.edit.same_notes import by_name, in_one_row
from site_builder.edit.splices import raw_lines
from site_builder.edit.weave import Three, under, woven
from site_builder.files.tree import CONFIG
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.journal.history import COMPANY_STATE, NOTE_STATE
from site_builder.source.document import decode
from site_builder.source.yaml_nodes import Mapping, Scalar
from site_builder.source.yaml_text import read_mapping

_BOM = "\ufeff"
_STATE = ("stage", *NOTE_STATE, *COMPANY_STATE)


class Merged(NamedTuple):
    """What became of two versions, and how many conflicts are marked in it."""

    data: bytes
    conflicts: int


Lines = Callable[[bytes, bytes, bytes], Merged]
"""Merges ours and theirs, the base between them, line by line, as git does."""


def merged(path: str, files: Three[bytes], lines: Lines) -> Merged:
    """Two versions of a deal, a contact or pipeline.yml in one. What can't be parted safely is
    merged line by line; no line that one of them has is lost."""
    if (settled := files.settled) is not None:
        return Merged(settled, 0)
    try:
        texts = files.each(_text)
        merging = _Merging(path, lines)
        text = merging.whole(texts.each(lambda text: _parts(path, text)))
        _refuse_lost(path, texts, text, merging)
    except NoParts:
        return lines(files.ours, files.base, files.theirs)
    end, mark = files.each(_line_end), files.each(_mark)
    made = mark.chosen + text.replace("\n", end.chosen)
    return Merged(made.encode(), merging.conflicts)


def _text(data: bytes) -> str:
    """The text with plain line ends. Raises NoParts where it has several kinds of them."""
    text = decode(CONFIG, data, unheard)
    if text is None:
        raise NoParts
    ends = {line[len(line.rstrip("\r\n")) :] for line in raw_lines(data.decode())} - {""}
    if len(ends) > 1:
        raise NoParts
    return text


def _line_end(data: bytes) -> str:
    line = next(iter(raw_lines(data.decode())), "")
    return line[len(line.rstrip("\r\n")) :] or "\n"


def _mark(data: bytes) -> str:
    return _BOM if data.decode().startswith(_BOM) else ""


def _parts(path: str, text: str) -> Parts:
    if not text.strip():
        return Parts(end="")
    if path == CONFIG or path.endswith(f"/{CONFIG}"):
        mapping = read_mapping(path, text, 1, unheard)
        if mapping is None:
            raise NoParts
        return parts_of_mapping(text, mapping)
    file = existing("a", path, text.encode(), unheard)
    if file is None:
        raise NoParts
    return parts_of(file)


def _refuse_lost(path: str, texts: Three[str], made: str, merging: _Merging) -> None:
    """Raises NoParts where a line would be lost that one side added, or that both kept; and where
    what is made of two good files is none."""
    base, ours, theirs = texts.each(lambda text: Counter(filter(None, text.split("\n"))))
    there = Counter(made.split("\n"))
    wanted = (ours - base) | (theirs - base) | (ours & theirs & base)
    if any(line not in there and line not in merging.replaced for line in wanted):
        raise NoParts
    if not merging.conflicts:
        again = _parts(path, made)
        if len(again.notes) != merging.notes:
            raise NoParts


@dataclass
class _Merging:
    """A merge under way: its conflicts, its notes, and the lines that others took the place of."""

    path: str
    lines: Lines
    conflicts: int = 0
    notes: int = 0
    replaced: set[str] = field(default_factory=set)

    def whole(self, three: Three[Parts]) -> str:
        """A whole file merged."""
        if not three.base.fields and not three.base.above:  # both began the file
            began = replace(three.ours, fields=(), notes=(), summary="")
            three = three._replace(base=began)
        above = self.text(three.each(lambda parts: parts.above))
        named = by_name(three.each(lambda parts: parts.notes))
        names = self._in_one_row(three, named)
        fields = self.fields(three.each(lambda parts: parts.fields), LastSet(named, names))
        below = self.text(three.each(lambda parts: parts.below))
        summary = self.summary(three.each(lambda parts: parts.summary))
        head = self.text(three.each(lambda parts: parts.notes_head))
        notes = self.notes_of(names, named)
        if notes and summary.strip() and not any(p.notes and p.summary.strip() for p in three):
            summary = summary.rstrip("\n") + "\n\n"
        whole = above + fields + below + summary + (head if notes else "") + notes
        end = three.each(lambda parts: parts.end)
        return whole.rstrip("\n") + (end.settled or max(end, key=len))

    def summary(self, three: Three[str]) -> str:
        """The text above the notes merged, and apart from it the blank lines behind it."""
        bare = three.each(lambda text: text.rstrip("\n"))
        text = self.text(bare.each(lambda text: f"{text}\n" if text else ""))
        gap = three.each(lambda text: text[len(text.rstrip("\n")) :])
        settled = max(gap, key=len) if gap.settled is None else gap.settled
        return text.rstrip("\n") + (settled or "\n" * bool(text))

    def text(self, three: Three[str]) -> str:
        """Lines merged: as they are where one side changed them, or else as git does."""
        if (settled := three.settled) is not None:
            return settled
        made = self.lines(three.ours.encode(), three.base.encode(), three.theirs.encode())
        self.conflicts += made.conflicts
        return made.data.decode()

    def fields(self, three: Three[tuple[Field, ...]], state: LastSet | None = None) -> str:
        """Fields merged name by name."""
        named = three.each(lambda side: {f.name: f for f in side})
        names = woven(three.each(lambda side: [f.name for f in side]), self._usual)
        return "".join(self.field(under(name, named), state) for name in names)

    def _usual(self, ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
        known = [*(DEAL_FIELDS if self.path.startswith("deals/") else CONTACT_FIELDS)]
        return sorted({*ours, *theirs}, key=lambda n: (known.index(n) if n in known else 99, n))

    def field(self, sides: Three[Field | None], state: LastSet | None) -> str:
        """A field merged: the one of the later note, where notes set it; a list by its items;
        fields of its own by their names; else by lines."""
        three = sides.each(lambda side: side.text if side else "")
        name = next(side.name for side in sides if side)
        if state and name in _STATE and three.ours != three.theirs:
            whose = state.whose(name)
            if whose is Whose.NEITHER:
                return self.text(three._replace(base=""))
            later = _later(name, sides, whose, state) if whose else ""
            if later and _keeps_comments(sides, later):
                self.replaced.update(f"{three.ours}{three.theirs}".split("\n"))
                return later
        if three.settled is not None:
            return three.settled
        return self._items(sides) or self._inner(sides) or self.text(three)

    def _inner(self, sides: Three[Field | None]) -> str:
        """Fields of a field, where all versions have them in lines of their own."""
        base, ours, theirs = sides
        if not (base and ours and theirs) or not all(map(is_block_mapping, (base, ours, theirs))):
            return ""
        try:
            inner = Three(base, ours, theirs).each(_opened)
        except NoParts:
            return ""
        return self.text(inner.each(lambda side: side[0])) + self.fields(
            inner.each(lambda side: side[1])
        )

    def _items(self, sides: Three[Field | None]) -> str:
        """A list merged by its items; nothing where one of them is no list in one line."""
        base, ours, theirs = sides
        if ours is None or theirs is None:
            return ""
        before, left, right = items_of(base) if base else {}, items_of(ours), items_of(theirs)
        if before is None or left is None or right is None:
            return ""
        items, made = Three(before, left, right), list[str]()
        for key in woven(items.each(lambda side: [*side]), _sorted):
            item = under(key, items).each(lambda text: text or "").settled
            if item is None:
                return ""
            made += [item] if item else []
        is_moved = base is not None and is_block(base) == is_block(ours)
        text = with_items(theirs if is_moved else ours, made)
        if not _keeps_comments(sides, text):
            return ""
        self.replaced.update(f"{ours.text}{theirs.text}".split("\n"))
        return text

    def _in_one_row(self, three: Three[Parts], named: Three[dict[str, NotePart]]) -> list[str]:
        """The names of all notes, new ones where their dates belong among those of the other."""
        every = {**named.base, **named.theirs, **named.ours}
        is_falling = three.each(lambda parts: parts.is_falling).chosen

        def by_date(left: Sequence[str], right: Sequence[str]) -> list[str]:
            return in_one_row(left, right, every, is_falling)

        return woven(named.each(lambda side: [*side]), by_date)

    def notes_of(self, names: Sequence[str], named: Three[dict[str, NotePart]]) -> str:
        """Notes united: each once."""
        made = list[str]()
        for name in names:
            there = under(name, named)
            text = self.text(there.each(lambda note: f"{note.text}\n" if note else ""))
            if text:
                made.append(text + "\n" * self._gap(there))
        self.notes = len(made)
        return "".join(made)

    def _gap(self, three: Three[NotePart | None]) -> int:
        """How many blank lines stand behind a note where another follows."""
        gaps = [note.gap for note in three if note and note.gap is not None]
        return max(gaps, default=1 if self.path.endswith(".md") else 0)


def _sorted(left: Sequence[str], right: Sequence[str]) -> list[str]:
    return sorted({*left, *right})


def _later(name: str, sides: Three[Field | None], whose: Whose, state: LastSet) -> str:
    """The field of the side whose note sets it last, where the other has nothing that its own
    notes don't say; else nothing."""
    base, ours, theirs = sides
    is_ours = whose is Whose.OURS
    later, other = (ours, theirs) if is_ours else (theirs, ours)
    said = state.said(name, Whose.THEIRS if is_ours else Whose.OURS)
    is_told = said is not None and _value(other).split()[:1] == said.split()[:1]
    is_unchanged = (other.text if other else "") == (base.text if base else "")
    return later.text if later and (is_unchanged or is_told) else ""


def _value(field_: Field | None) -> str:
    return field_.node.text.strip() if field_ and isinstance(field_.node, Scalar) else ""


def _keeps_comments(sides: Three[Field | None], made: str) -> bool:
    """Whether what is made of a field has each comment that a side wrote, or both kept."""
    base, ours, theirs = sides.each(lambda side: comments_in(side) if side else Counter[str]())
    rows = [row.rstrip() for row in made.split("\n")]
    wanted = (ours - base) | (theirs - base) | (ours & theirs)
    return all(any(row.endswith(comment) for row in rows) for comment in wanted)


def _opened(field_: Field) -> tuple[str, tuple[Field, ...]]:
    """The line of a field that has fields of its own, and these. Raises NoParts."""
    node, rows = field_.node, field_.text.split("\n")[:-1]
    assert isinstance(node, Mapping)
    first = node.entries[0].key.span
    at = first.line - field_.row
    while at > 1 and rows[at - 1].lstrip().startswith("#"):
        at -= 1
    head, before = rows[:at], [""] * (field_.row - 1)
    inner = fields_in(
        [*before, *rows], node.entries, field_.row + at, field_.row + len(rows) - 1, first.column
    )
    return "".join(f"{row}\n" for row in head), inner
