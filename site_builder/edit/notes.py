"""A new note in a file, and what else of the file follows it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from site_builder.edit.existing import Existing
from site_builder.edit.front import NotPlain, refuse_braces, set_field
from site_builder.edit.splices import Splice, before_line
from site_builder.edit.writing import NewNote, item, note, one_line, scalar
from site_builder.journal import values
from site_builder.journal.history import COMPANY_STATE, NOTE_STATE
from site_builder.journal.kinds import KindRole
from site_builder.journal.values import Bad
from site_builder.source.note_drafts import NoteDraft

_STATE = (*NOTE_STATE, *COMPANY_STATE)
_NO_NOTES = re.compile(r"^notes:[ \t]*(\[[ \t]*\])?[ \t]*(?:#.*)?$")

_NOT_A_LIST = (
    "The notes of {path} are not a list with a line each: begin each with `- ` below `notes:`."
)

Order = tuple[dt.date, dt.time, bool]


def with_note(file: Existing, new: NewNote, earlier: NewNote | None = None) -> list[Splice]:
    """What puts a note where its date belongs, in the file's own order, and has the front matter
    follow where no later note sets the same field; and an ``earlier`` note that front matter does
    not follow. Raises NotPlain."""
    orders, own = orders_of(file.document.notes), _order_of_new(new)
    splices = [put(file, at, blocks) for at, blocks in _placed(file, orders, new, earlier)]
    later = [d for d, order in zip(file.document.notes, orders, strict=True) if order > own]
    kept = {name for draft in later for name in sets(draft)}
    for name, value in state_of(new):
        if name not in kept and file.text_of(name) != value:
            splices.append(set_field(file, name, value))
    return splices


def _placed(
    file: Existing, orders: Sequence[Order], new: NewNote, earlier: NewNote | None
) -> Iterator[tuple[int, list[str]]]:
    """Blocks of lines by the note before which they stand, in the file's own order."""
    notes = [new] if earlier is None else [earlier, new]
    made: dict[int, list[str]] = {}
    for one in reversed(notes) if runs_newest_first(orders) else notes:
        block = note(one) if file.path.endswith(".md") else yaml_note(one)
        made.setdefault(place_in_order(orders, _order_of_new(one)), []).append(block)
    yield from made.items()


def state_of(new: NewNote) -> list[tuple[str, str]]:
    """The fields of the deal or company that a note sets."""
    stage = [("stage", new.stage)] if new.stage else []
    return stage + [(name, value) for name, value in new.fields if name in _STATE]


def sets(draft: NoteDraft) -> set[str]:
    """The names of the fields of its deal or company that a note of a file sets."""
    stage = {"stage"} if draft.stage else set()
    return stage | {f.name.text for f in draft.fields if f.name.text in _STATE}


def orders_of(notes: Sequence[NoteDraft]) -> list[Order]:
    """Where each note of a file belongs: by day and time, what sums up behind others. One without
    a time belongs with the one before it on its day."""
    dates = [dt.date.min if isinstance(d := values.date(n.date), Bad) else d for n in notes]
    step = -1 if _falls(dates) else 1
    made: list[Order] = []
    for date, draft in list(zip(dates, notes, strict=True))[::step]:
        time = values.time(draft.time.text) if draft.time else None
        if not isinstance(time, dt.time):
            time = made[-1][1] if made and made[-1][0] == date else dt.time()
        made.append((date, time, draft.kind == KindRole.CHANGE.value))
    return made[::step]


def _order_of_new(new: NewNote) -> Order:
    """Without a time it is behind all others of its day."""
    return new.date, new.time or dt.time.max, new.role is KindRole.CHANGE


def runs_newest_first(orders: Sequence[Order]) -> bool:
    """Whether more notes are followed by an older one than by a newer one."""
    return _falls([order[0] for order in orders])


def _falls(dates: Sequence[dt.date]) -> bool:
    days = list(pairwise(dates))
    return sum(a > b for a, b in days) > sum(a < b for a, b in days)


def place_in_order(orders: Sequence[Order], new: Order) -> int:
    """Before which of a file's notes a new one stands."""
    if runs_newest_first(orders):
        return next((at for at, order in enumerate(orders) if order <= new), len(orders))
    return next((at + 1 for at in reversed(range(len(orders))) if orders[at] <= new), 0)


def in_time(file: Existing) -> list[NoteDraft]:
    """The notes of a file from the oldest to the newest."""
    notes, orders = file.document.notes, orders_of(file.document.notes)
    step = -1 if runs_newest_first(orders) else 1
    pairs = list(zip(orders, notes, strict=True))[::step]
    return [draft for _, draft in sorted(pairs, key=lambda pair: pair[0])]


def put(file: Existing, at: int, blocks: Sequence[str]) -> Splice:
    """What puts notes, each as a block of lines in the form of the file and without an indent,
    before one of those that are there, or behind all. Raises NotPlain."""
    if file.path.endswith(".md"):
        return _in_markdown(file, at, "\n".join(blocks))
    return _in_yaml(file, at, "".join(blocks))


def below_summary(file: Existing, text: str) -> Splice:
    """What puts lines below the text that stands above the notes of a Markdown file."""
    return _in_markdown(file, 0, text)


def _in_markdown(file: Existing, at: int, text: str) -> Splice:
    notes = file.document.notes
    if at < len(notes):
        line = notes[at].span.line
        above = file.text.split("\n")[line - 2]
        return before_line(line, ("\n" if above.strip() else "") + text + "\n")
    return _at_end(file.text, text)


def _at_end(text: str, new: str) -> Splice:
    lines = text.split("\n")
    gap = "" if text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    place = len(lines), len(lines[-1]) + 1
    return Splice(*place, *place, gap + new)


def _in_yaml(file: Existing, at: int, block: str) -> Splice:
    notes, lines = file.document.notes, file.text.split("\n")
    if not notes:
        return _first_in_yaml(file, lines, _indented(block, "  "))
    rows = [dash_row(lines, draft) for draft in notes]
    indent = " " * (len(lines[rows[0]]) - len(lines[rows[0]].lstrip()))
    text = _indented(block, indent)
    if at < len(rows):
        return before_line(rows[at] + 1, text)
    end = end_of_item(lines, rows[-1], len(indent))
    if end == len(lines):
        return Splice(end, len(lines[-1]) + 1, end, len(lines[-1]) + 1, f"\n{text}")
    return before_line(end + 1, text)


def _first_in_yaml(file: Existing, lines: list[str], text: str) -> Splice:
    refuse_braces(file)
    for n, line in enumerate(lines, 1):
        match = _NO_NOTES.match(line)
        if match is not None:
            start, end = match.span(1) if match[1] else (len("notes:"), len("notes:"))
            head = line[:start].rstrip() + line[end:].rstrip()
            return Splice(n, 1, n, len(line) + 1, f"{head}\n{text.rstrip()}")
        if line.startswith("notes:"):
            raise NotPlain(_NOT_A_LIST.format(path=file.path))
    last = lines[-1]
    gap = "\n" if last else ""
    place = len(lines), len(last) + 1
    return Splice(*place, *place, f"{gap}notes:\n{text}")


def dash_row(lines: list[str], draft: NoteDraft) -> int:
    """The row, from 0, of the dash before a note."""
    for row in range(draft.span.line - 1, -1, -1):
        if lines[row].lstrip().startswith("-"):
            return row
        if lines[row].strip() and row < draft.span.line - 1:
            break
    raise NotPlain(_NOT_A_LIST.format(path=draft.span.path))


def end_of_item(lines: list[str], row: int, indent: int) -> int:
    """The row behind an item's last line that says something."""
    end = row + 1
    for at in range(row + 1, len(lines)):
        line = lines[at]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        end = at + 1 if line.strip() else end
    return end


def rows_of_item(lines: list[str], row: int) -> list[str]:
    """The lines of a note, the dash of which stands in a row, without their indent."""
    indent = len(lines[row]) - len(lines[row].lstrip())
    return [line[indent:] for line in lines[row : end_of_item(lines, row, indent)]]


def yaml_note(new: NewNote) -> str:
    """A note as an item of a list in YAML."""
    rows = list(_yaml_rows(new))
    return "".join(f"{'  ' if n else '- '}{row}\n" if row else "\n" for n, row in enumerate(rows))


def _indented(block: str, indent: str) -> str:
    return "".join(indent + line if line.strip() else line for line in block.splitlines(True))


def _yaml_rows(new: NewNote) -> Iterator[str]:
    yield f"date: {new.date}"
    if new.clock:
        yield f"time: {new.clock}"
    yield f"kind: {new.kind}"
    if new.stage:
        yield f"stage: {new.stage}"
    if new.parties:
        several = f"[{', '.join(map(item, new.parties))}]"
        yield f"{new.direction or 'with'}: {several if new.parties[1:] else scalar(new.parties[0])}"
    if new.by:
        yield f"by: {new.by}"
    if new.headline:
        yield f"headline: {scalar(one_line(new.headline))}"
    filled = ((name, one_line(value)) for name, value in new.fields if value.strip())
    yield from (f"{name}: {scalar(value)}" for name, value in filled)
    text = new.text.strip("\n").rstrip()
    if text:
        yield "text: |2" if text[0].isspace() else "text: |"  # or the first line says how deep
        yield from (f"  {line.rstrip()}" if line.strip() else "" for line in text.split("\n"))
