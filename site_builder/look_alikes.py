"""What looks as if it meant something in a note and is only text: each gets a warning."""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_builder import values
from site_builder.diagnostics import Severity, Span
from site_builder.fields import KIND_FIELDS, Known
from site_builder.headings import NoteDraft, fences, is_within
from site_builder.model import Kind
from site_builder.places import Places
from site_builder.suggest import either
from site_builder.typed import Typed

_LOOSE_FIELD = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?[*_]*([A-Za-z]+(?:-[A-Za-z]+)*)[*_]*[ \t]*::", re.MULTILINE
)
_ONE_COLON = re.compile(r"([A-Za-z][A-Za-z-]*)(::?)(?=[ \t\n]|\Z)([^\n]*)(?:\n|\Z)")
_LOOSE_HEADING = re.compile(
    r"^ {0,3}(#{1,6})(?!#)[ \t]*"
    r"([0-9]{4}([-./])[0-9]{1,2}\3[0-9]{1,2}|[0-9]{1,2}([-./])[0-9]{1,2}\4[0-9]{4})"
    r"(?![0-9./-])([^\n]*)$",
    re.MULTILINE,
)
_HEADINGS = ("\n#", "\n #", "\n  #", "\n   #")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME_SHAPE = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|[^\[\]\n]*)?\]\]")
_CODE = re.compile(r"`[^`\n]+`")
_KIND_FIELDS = frozenset(name for group in KIND_FIELDS.values() for name in group)


class LookAlikes(Typed):
    """Warns of fields, headings and links in texts that set, begin and link nothing."""

    settable: frozenset[str] = _KIND_FIELDS
    """The names of all fields that notes of the document can set."""

    def _fields_of(self, kind: Kind) -> Mapping[str, Known]:
        return KIND_FIELDS.get(kind.id, {})

    def _look_alikes(self, draft: NoteDraft, kind: Kind) -> None:
        """Report what looks as if it did something but is only text."""
        text = draft.text
        # A single sign is looked for in a fraction of the time, and most texts have none.
        if ":" in text:
            if "::" in text:
                self._loose_fields(draft)
            self._one_colon(draft, kind)
        if "[" in text and "[[" in text:
            self._links(draft)
        if "#" in text:
            self._loose_headings(draft)

    def _one_colon(self, draft: NoteDraft, kind: Kind) -> None:
        """Warn of ``name: value`` straight below the heading."""
        if draft.text_line != draft.places.line + 1 + len(draft.fields) or not self._is_markdown:
            return
        at = 0
        while (match := _ONE_COLON.match(draft.text, at)) is not None:
            name = match[1].lower()
            if match[2] == ":" and name in self._fields_of(kind):
                self.problem(
                    "misplaced-field",
                    f"`{match[1]}:` is only text here.",
                    f"Write two colons to set the field: `{name}:: {match[3].strip() or '…'}`.",
                    in_text(draft, match.start(1), len(match[1])),
                    Severity.WARNING,
                )
            at = match.end()

    def _loose_headings(self, draft: NoteDraft) -> None:
        """Warn of headings that begin with a date, as those of notes do, and are text."""
        text = f"\n{draft.text}" if self._is_markdown else ""
        if not any(begin in text for begin in _HEADINGS):
            return
        found = list(_LOOSE_HEADING.finditer(draft.text))
        fenced = fences(draft.text) if found else []
        for match in found:
            right = _ISO.fullmatch(match[2]) is not None
            if is_within(match.start(1), fenced) or not (
                self._begins_with_kind(match[5]) if right else match[1] == "##"
            ):
                continue
            group = 1 if right else 2
            self.problem(
                "heading-like-note",
                f"This heading is only text: `{match[group]}` begins no note.",
                _note_heading(match[2], match[5], right),
                in_text(draft, match.start(group), len(match[group])),
                Severity.WARNING,
            )

    def _begins_with_kind(self, rest: str) -> bool:
        words = [word for word in rest.split()[:2] if not _TIME_SHAPE.fullmatch(word)]
        return bool(words) and words[0] in self.schema.kinds

    @property
    def _is_markdown(self) -> bool:
        return self.document.path.endswith(".md")

    def _loose_fields(self, draft: NoteDraft) -> None:
        fenced = fences(draft.text)
        for match in _LOOSE_FIELD.finditer(draft.text):
            name = match[1].lower()
            if name in self.settable and not is_within(match.start(1), fenced):
                self.problem(
                    "misplaced-field",
                    f"`{match[1]}::` is only text here.",
                    f"Write `{name}:: …` straight below the note's heading, at the start of the "
                    "line and with a space behind the colons, to set the field.",
                    in_text(draft, match.start(1), len(match[1])),
                    Severity.WARNING,
                )

    def _links(self, draft: NoteDraft) -> None:
        """Warn of ``[[links]]`` that lead nowhere."""
        ids = self.known_ids
        found = _LINK.finditer(draft.text)
        bad = [m for m in found if m[1] not in ids.deals and m[1] not in ids.contacts]
        fenced = fences(draft.text) if bad else []
        inline = [match.span() for match in _CODE.finditer(draft.text)] if bad else []
        for match in bad:
            if is_within(match.start(), fenced) or is_within(match.start(), inline):
                continue
            self.problem(
                "unknown-link",
                f"`[[{match[1]}]]` is neither a deal nor a contact.",
                self.guess(match[1], either(ids.deals, ids.contacts))
                or "Write the id of a deal or contact.",
                in_text(draft, match.start(1), len(match[1])),
                Severity.WARNING,
            )

    def summary_look_alikes(self) -> None:
        """Report links that lead nowhere, and headings that look like notes, above the notes."""
        d = self.document
        if "[[" not in d.summary and "#" not in d.summary:
            return
        # Only the first line of a Markdown summary has lost the blanks before it.
        text, column = d.summary, d.summary_column
        if self._is_markdown:
            text, column = " " * (column - 1) + text, 1
        here = Span.start_of(d.path)
        draft = NoteDraft(Places(here), "", "", text=text, text_line=d.summary_line)
        draft.text_column, draft.text_span = column, d.summary_span
        self._links(draft)
        self._loose_headings(draft)


def _note_heading(date: str, rest: str, right: bool) -> str:
    """What to write for a heading that was meant to begin a note."""
    words = rest.strip()
    shown = f" {words[:60].rstrip()}{' …' if len(words) > 60 else ''}" if words else " call …"
    if meant := date if right else values.meant_date(date):
        return f"Write `## {meant}{shown}` to begin a note."
    return f"Write the date as year-month-day to begin a note: `## YYYY-MM-DD{shown}`."


def in_text(draft: NoteDraft, start: int, length: int) -> Span:
    """Where a stretch of a note's text stands in its file."""
    row = draft.text.count("\n", 0, start)
    column = start - draft.text.rfind("\n", 0, start) + draft.text_column - 1
    line, last = draft.text_line + row, draft.text_span
    if last is not None and (line, column + length) > (last.end_line, last.end_column):
        return last
    return Span(draft.places.path, line, column, line, column + length)
