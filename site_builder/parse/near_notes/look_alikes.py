"""What looks as if it meant something in a note and is only text: each gets a warning."""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_builder.journal.kinds import Kind
from site_builder.journal.note_spans import Places
from site_builder.parse.near_notes.in_text import in_text
from site_builder.parse.near_notes.loose_ticks import named_in
from site_builder.parse.reading import Reading
from site_builder.parse.ticks import ticks_outside
from site_builder.problems.characters import (
    ODD,
    in_plain_signs,
    named,
    odd_in,
    plain,
    plain_colons,
    strange_in,
)
from site_builder.problems.patterns import late
from site_builder.problems.problem import Span
from site_builder.problems.suggest import either, listed
from site_builder.source.links import linked_id
from site_builder.source.note_drafts import NoteDraft
from site_builder.source.note_headings import fences, is_within

_LOOSE_FIELD = late(
    r"^[ \t]*(?:[-*+][ \t]+)?[*_]*([A-Za-z]+(?:-[A-Za-z]+)*)[*_]*[ \t]*::", re.MULTILINE
)
_ONE_COLON = re.compile(r"([A-Za-z][A-Za-z-]*)(::?)(?=[ \t\n]|\Z)([^\n]*)(?:\n|\Z)")
_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200}?)(?:\\?\|[^\[\]\n]*)?\]\]")
_MOST_GUESSED = 100
_FOREIGN_LINE = late(r"^[^\n:：]{0,100}:{0,2}[^\x00-\x7f][^\n]*", re.MULTILINE)
_OF_CONFLICTS = tuple(sign * 7 for sign in "<|=>")
_LONG = 200
_WELL_WRITTEN = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)::(?:[ \t][^\n]*)?(?:\n|\Z)")
_OF_FILE = late(r".*\.(?!md$)[A-Za-z0-9]{2,5}(?:#.*)?")
_INDEX = late(r"[-+]?[0-9]+(?:[,:; ][-+0-9,:; ]*)?|\s*[-!$].*")
_CODE = late(r"`[^`\n]+`")


def note_look_alikes(reading: Reading, draft: NoteDraft, kind: Kind) -> None:
    """Report what looks as if it did something but is only text."""
    text = draft.text
    # A single sign is looked for in a fraction of the time, and most texts have none.
    headings = _headings(reading, draft) if reading.may_have_headings else []
    if ":" in text:
        _one_colon(reading, draft, kind)
        if "::" in text:
            _loose_fields(reading, draft, headings)
    if reading.may_have_odd_signs:
        _odd_fields(reading, draft)
    if "[" in text and "[[" in text:
        _links(reading, draft, headings)


def _headings(reading: Reading, draft: NoteDraft) -> list[tuple[int, int]]:
    from site_builder.parse.near_notes.loose_headings import loose_headings

    return loose_headings(reading, draft)


def _one_colon(reading: Reading, draft: NoteDraft, kind: Kind) -> None:
    """Warn of ``name: value`` straight below the heading."""
    if draft.text_line != draft.places.line + 1 + len(draft.fields) or not reading.is_markdown:
        return
    at = 0
    while (match := _ONE_COLON.match(draft.text, at)) is not None:
        name = match[1].lower()
        if match[2] == ":" and name in reading.fields_of(kind):
            reading.nearly_said.add(name)
            reading.warn(
                "misplaced-field",
                f"`{match[1]}:` is only text here.",
                f"Write two colons to set the field: `{name}:: {match[3].strip() or '…'}`.",
                in_text(draft, match.start(1), len(match[1])),
            )
        at = match.end()


def _loose_fields(reading: Reading, draft: NoteDraft, headings: list[tuple[int, int]]) -> None:
    """Warn of fields that do not stand straight below a heading, be it one to mend."""
    fenced, meant = fences(draft.text), _with_lines_below(draft.text, headings)
    first, rest = _kept_out(reading, draft)
    for match in _LOOSE_FIELD.finditer(draft.text):
        name, at = match[1].lower(), match.start(1)
        is_field = name in reading.kind.settable
        if is_field and not (is_within(at, fenced) or is_within(at, meant)):
            reading.nearly_said.add(name)
            if ODD.match(draft.text, match.end()) or at in rest:
                continue  # which is told by its name, or with the line above
            more = listed([f"{rest[place]}:: …" for place in rest]) if at == first else ""
            reading.warn(
                "misplaced-field",
                f"`{match[1]}::` is only text here.",
                f"Write `{name}:: …` straight below the note's heading, at the start of the "
                f"line and with a space behind the colons, to set the field"
                f"{f'; and below it {more}' if more else ''}."
                if reading.is_markdown
                else f"Write `{name}: …` beside `text`, as a key of the note, to set it.",
                in_text(draft, match.start(1), len(match[1])),
            )


def _kept_out(reading: Reading, draft: NoteDraft) -> tuple[int, Mapping[int, str]]:
    """Fields that stand where they should, but for one line straight below the heading: where the
    first of them is to be told, unless that line is told itself, and the names of the others by
    their places."""
    text = draft.text
    if draft.text_line != draft.places.line + 1 + len(draft.fields) or not reading.is_markdown:
        return -1, {}
    at, names = text.find("\n") + 1, {}
    while at and (match := _WELL_WRITTEN.match(text, at)) and at < len(text):
        if match[1] not in reading.kind.settable:
            break
        names[at] = match[1]
        at = match.end()
    line = text.partition("\n")[0]
    if line[:7] in _OF_CONFLICTS:
        return -1, names  # that this line is left over is told
    written = _ONE_COLON.match(line) or _LOOSE_FIELD.match(in_plain_signs(line[:_LONG]))
    is_told = written is not None and written[1].lower() in reading.kind.settable
    first = -1 if is_told or not names else next(iter(names))
    return first, {place: name for place, name in names.items() if place != first}


def _odd_fields(reading: Reading, draft: NoteDraft) -> None:
    """Warn of fields that are none for a character that looks like another or like nothing."""
    fenced = fences(draft.text)
    for match in _FOREIGN_LINE.finditer(draft.text):
        line = match[0]
        written = _LOOSE_FIELD.match(line)
        is_plain = written is not None and not ODD.match(line, written.end())
        if is_plain or is_within(match.start() + 1, fenced):
            continue
        field = _LOOSE_FIELD.match(in_plain_signs(line[:_LONG]))
        if field is not None and (name := field[1].lower()) in reading.kind.settable:
            reading.nearly_said.add(name)
            cuts = range(_LONG + 1)
            end = next(n for n in cuts if _LOOSE_FIELD.match(in_plain_signs(line[:n])))
            char = named(_odd_sign(line[: end + 1]))
            reading.warn(
                "misplaced-field",
                f"`{name}::` is only text here: there is {char}, in it.",
                f"Write `{name}:: {plain(line[end:]).strip() or '…'}` straight below the "
                "note's heading, each sign typed anew.",
                in_text(draft, match.start(), end),
            )


def _odd_sign(text: str) -> str:
    colon = next((sign for sign in text if plain_colons(sign) != sign), "")
    return colon or strange_in(text) or odd_in(text)


def _links(reading: Reading, draft: NoteDraft, headings: list[tuple[int, int]]) -> None:
    """Warn of ``[[links]]`` that lead nowhere, but for those in headings told already."""
    ids = reading.known
    contacts, deals = ids.there
    # That no deal has an id is noted down also where a contact has it: one may come to be.
    others = [m for m in _LINK.finditer(draft.text) if m[1] not in deals and m[1] not in ids.deals]
    bad = [m for m in others if m[1] not in contacts and m[1] not in ids.contacts]
    fenced = fences(draft.text) if bad else []
    inline = [match.span() for match in _CODE.finditer(draft.text)] if bad else []
    for match in bad:
        if any(is_within(match.start(), some) for some in (fenced, inline, headings)):
            continue
        if _is_escaped(draft.text, match.start()) or _is_escaped(draft.text, match.end(1)):
            continue
        if _is_no_link(draft.text, match) or _is_box(reading, draft.text, match):
            continue
        if match[1] in reading.steps and _is_ticked(draft.text, match.start()):
            continue  # that it marks nothing is told
        reading.warn(
            "unknown-link",
            f"`[[{match[1]}]]` is neither a deal nor a contact.",
            _link_meant(reading, match[1])
            or reading.reader.guess(match[1], either(ids.deals, ids.contacts))
            or "Write the id of a deal or contact.",
            in_text(draft, match.start(1), len(match[1])),
        )


def _is_no_link(text: str, match: re.Match[str]) -> bool:
    """Whether brackets hold the place of something in a list, as `a[[0]]`, a condition of a shell,
    or the name of a file such as a picture."""
    is_index = text[match.start() - 1 : match.start()].isalnum() or _INDEX.fullmatch(match[1])
    return bool(is_index or _OF_FILE.fullmatch(match[1]))


def _is_box(reading: Reading, text: str, match: re.Match[str]) -> bool:
    """Whether brackets are the box of a step, of which it is told that it marks nothing."""
    if match[1] not in ("x", "X") or not _is_ticked(text, match.start()):
        return False
    behind = text[match.end() : match.end() + _LONG].partition("\n")[0]
    return bool(reading.step_names.called(named_in(behind)[0]))


def _link_meant(reading: Reading, text: str) -> str:
    """A help sentence for an id that stands behind a folder or before a heading."""
    link, ids = linked_id(f"[[{text}]]"), reading.known
    is_known = link is not None and (link.id in ids.deals or link.id in ids.contacts)
    return f"Did you mean `{link.id}`?" if link is not None and is_known else ""


def summary_look_alikes(reading: Reading) -> None:
    """Report links that lead nowhere, and headings that look like notes, above the notes."""
    d = reading.document
    _commented_headings(reading)
    if not d.summary:
        return
    if reading.is_markdown and ":" in d.summary and d.summary_column == 1:
        _fields_below_front(reading)
    if not ("[" in d.summary or reading.may_have_headings or reading.may_have_odd_ticks):
        return
    # Only the first line of a Markdown summary has lost the blanks before it.
    text, column = d.summary, d.summary_column
    if reading.is_markdown:
        text, column = d.summary_lead + text, 1
    here = Span.start_of(d.path)
    draft = NoteDraft(Places(here), "", "", text=text, text_line=d.summary_line)
    draft.text_column, draft.text_span = column, d.summary_span
    headings = _headings(reading, draft) if reading.may_have_headings else []
    if "[[" in text:
        _links(reading, draft, headings)
    ticks_outside(reading, draft, headings)


def _fields_below_front(reading: Reading) -> None:
    """Warn of fields of the front matter in the first lines below its end."""
    d = reading.document
    draft = NoteDraft(Places(Span.start_of(d.path)), "", "", text=d.summary)
    draft.text_line = d.summary_line
    at = 0
    while (match := _ONE_COLON.match(d.summary, at)) and match[1] in reading.kind.in_front:
        said = match[3].strip()
        if match[2] == ":":
            reading.warn(
                "misplaced-field",
                f"`{match[1]}:` is only text here.",
                f"Move `{match[1]}: {said or '…'}` above the line `---` to set the field.",
                in_text(draft, match.start(1), len(match[1])),
            )
        at = match.end()


def _commented_headings(reading: Reading) -> None:
    """Warn of comments in YAML that look like the headings of notes."""
    headings, to_rename = reading.document.headings
    if not headings:
        return
    from site_builder.parse.near_notes.dated_headings import dated
    from site_builder.parse.near_notes.loose_headings import how_to_begin
    from site_builder.parse.near_notes.mending import kind_said, mended

    for at, heading in enumerate(headings):
        words = reading.words if at < _MOST_GUESSED else reading.plain_words
        date = dated(heading.text, words)
        is_sure = date is not None and date.date.has_year and len(heading.mark) == 2
        if date is None or not (is_sure or kind_said(date.rest, words)):
            continue
        reading.headings_told += 1
        help = how_to_begin(mended(date.date.days, date.rest, words), is_markdown=False)
        path, line, begin = reading.document.path, heading.line, heading.column
        reading.warn(
            "heading-like-note",
            "`#` begins a comment in YAML, so this heading begins no note.",
            help if reading.document.notes else f"{help} Or {to_rename}.",
            Span(path, line, begin, line, begin + len(heading.mark)),
        )


def _with_lines_below(text: str, headings: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of headings, each with the lines below it up to an empty one."""
    found, empty = [], 0
    for start, end in headings:
        if empty < end:
            empty = text.find("\n\n", end)
            empty = empty if empty >= 0 else len(text)
        found.append((start, empty))
    return found


def _is_ticked(text: str, at: int) -> bool:
    """Whether nothing but a tick stands before a place in its line."""
    before = text[max(text.rfind("\n", 0, at) + 1, at - 20) : at]
    return sum(map(str.isalnum, before)) < 2


def _is_escaped(text: str, at: int) -> bool:
    """Whether a backslash before a place makes the sign there text."""
    before = text[max(0, at - _LONG) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
