"""Notes in YAML files: a list of mappings with the fields that headings have."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from site_builder.journal.fields import NOTE_FIELDS
from site_builder.journal.note_spans import Places
from site_builder.problems.patterns import pattern
from site_builder.problems.problem import Problem, Span
from site_builder.problems.suggest import nearest
from site_builder.source.flat import unquoted_link
from site_builder.source.heading_words import DIRECTIONS
from site_builder.source.note_drafts import NoteDraft, NoteField, Slip, Token
from site_builder.source.yaml_nodes import (
    Entry,
    Listing,
    Mapping,
    Node,
    Report,
    Scalar,
    is_empty,
    is_lost,
    only_item,
)

NOTE_KEYS = ("date", "time", "kind", "to", "from", "with", "by", "headline", "text", "stage")
_OTHER_WORDS = {
    "day": "date", "when": "date", "on": "date", "at": "time", "type": "kind", "author": "by",
    "person": "by", "title": "headline", "subject": "headline", "summary": "headline",
    "note": "text", "notes": "text", "body": "text", "content": "text", "description": "text",
    "details": "text", "comment": "text", "comments": "text", "contact": "with",
    "contacts": "with", "participants": "with", "parties": "with",
}  # fmt: skip
_HEADING = r"(?:#{1,6}[ \t]*)?[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ \t]|$)"
_ALL_KEYS = frozenset((*NOTE_KEYS, *NOTE_FIELDS))


def is_note_key(word: str) -> bool:
    """Whether notes have a key or field of this name."""
    return word in _ALL_KEYS


def text_place(scalar: Scalar) -> tuple[int, int]:
    """The line and column where a text begins; exact for one line and for `|` blocks."""
    quote = 1 if scalar.style in ("'", '"') else 0
    return scalar.span.line, scalar.span.column + quote


def yaml_note(node: Node, report: Report) -> NoteDraft | None:
    """The draft of a note written as a mapping; None, with a problem reported, where it is
    none or lacks its date."""
    if is_lost(node):
        return None  # what is wrong with it is told
    if pattern(_HEADING).match(heading := _heading_in(node)):
        return _as_heading(heading, _whole(node))
    if not isinstance(node, Mapping):
        help = "Write `- date: 2026-11-20`, and `kind: call` below it."
        report(Problem("invalid-note", "This note is not a list of fields.", help, node.span))
        return None
    node = _with_meant_keys(node, report)
    own = {e.key.text: e.value for e in node.entries if e.key.text in NOTE_KEYS}
    single = {key: value for key, value in own.items() if key not in DIRECTIONS}
    texts = {key: _token(key, value, report) for key, value in single.items()}
    date, kind = texts.get("date"), texts.get("kind")
    if date is None:
        _yaml_incomplete(node, "date", "Add `date:` to it.", own, report)
        return None
    if kind is None:
        kind = _yaml_kind(node, own, report)
    stage = _yaml_stage(kind, texts.get("stage"), own, report)
    places = Places(node.span, date.span, kind.span, stage.span if stage else None)
    draft = NoteDraft(places, date.text, kind.text, texts.get("time"), by=texts.get("by"))
    draft.has_any_kind = not texts.get("kind")
    draft.stage = stage.text if stage else ""
    headline, text = texts.get("headline"), own.get("text")
    draft.headline = headline.text if headline else ""
    if isinstance(text, Scalar):
        draft.text = text.text.strip("\n").rstrip()
        draft.text_line, draft.text_column = text_place(text)
        draft.text_span = None if text.is_block else text.span
    _yaml_parties(draft, own, report)
    draft.fields = tuple(_yaml_fields(node, report))
    return draft


def _heading_in(node: Node) -> str:
    """What an item of the list says that is a text, or a text behind another and a colon."""
    if isinstance(node, Mapping) and len(node.entries) == 1:
        key, value = node.entries[0]
        if isinstance(value, Scalar) and key.text == "date":
            return value.text if " " in value.text.strip() else ""
        if isinstance(value, Scalar):
            return f"{key.text}{' — ' if ' ' in key.text.strip() else ' '}{value.text}"
    return node.text if isinstance(node, Scalar) else ""


def _whole(node: Node) -> Span:
    """Where an item of one entry, or a text, stands: not up to the line below it."""
    if not isinstance(node, Mapping):
        return node.span
    last = node.entries[0].value.span
    return node.span._replace(end_line=last.end_line, end_column=last.end_column)


def _as_heading(heading: str, place: Span) -> NoteDraft:
    """A note that is written as its heading would be in Markdown."""
    draft = NoteDraft(Places(place, place, place, None), "", "", heading=heading)
    draft.slip = Slip("This note is written as a heading, and not as fields.", "Write", place)
    return draft


def _with_meant_keys(node: Mapping, report: Report) -> Mapping:
    """The note with its misspelt keys, which are reported, as they were meant."""
    given = {entry.key.text for entry in node.entries}
    if given.issubset(_ALL_KEYS):
        return node
    entries = []
    for entry in node.entries:
        name = entry.key.text
        meant = "" if name in _ALL_KEYS or name.startswith("x-") else _meant_key(name, given)
        if meant:
            given.add(meant)
            message = f"`{name}` is not a key of a note."
            report(Problem("unknown-field", message, f"Did you mean `{meant}`?", entry.key.span))
        key = entry.key._replace(text=meant) if meant else entry.key
        entries.append(Entry(key, entry.value))
    return Mapping(tuple(entries), node.span)


def _meant_key(name: str, given: Collection[str]) -> str:
    """The key of a note that a name stands for; nothing where it is more like a field's, or
    where that key is given already."""
    meant = _OTHER_WORDS.get(name.strip().lower()) or nearest(name, _ALL_KEYS)
    return meant if meant in NOTE_KEYS and meant not in given else ""


def _yaml_kind(node: Mapping, own: dict[str, Node], report: Report) -> Token:
    """What is taken for the kind of a note that names none."""
    if "stage" in own and not is_empty(own["stage"]):
        meant, help = "stage", "Add `kind: stage` to it."
    else:
        meant, help = "note", "Add `kind: note` or another kind to it."
    _yaml_incomplete(node, "kind", help, own, report)
    return Token(meant, node.span)


def _yaml_incomplete(
    node: Mapping, missing: str, help: str, own: dict[str, Node], report: Report
) -> None:
    if missing in own and not is_empty(own[missing]):
        return  # it is there, and what is wrong with it has been reported
    place = node.span._replace(end_line=node.span.line, end_column=node.span.column)
    report(Problem("invalid-note", f"This note has no `{missing}`.", help, place))


def _yaml_fields(node: Mapping, report: Report) -> Iterator[NoteField]:
    for entry in node.entries:
        if entry.key.text in NOTE_KEYS:
            continue
        value = _token(entry.key.text, entry.value, report)
        if value is not None:
            yield NoteField(Token(entry.key.text, entry.key.span), value)


def _yaml_stage(
    kind: Token, stage: Token | None, own: dict[str, Node], report: Report
) -> Token | None:
    """The stage, where the note is of a kind that has one."""
    if kind.text == "stage" and stage is None and ("stage" not in own or is_empty(own["stage"])):
        report(
            Problem(
                "invalid-note",
                "This stage note does not say which stage.",
                "Add `stage: STAGE-ID` to it.",
                kind.span,
            )
        )
    elif stage is not None and kind.text != "stage":
        report(
            Problem(
                "invalid-note",
                f"A `{kind.text}` note has no `stage`.",
                "Make it `kind: stage`, or leave `stage` empty.",
                stage.span,
            )
        )
        return None
    return stage


def _yaml_parties(draft: NoteDraft, own: dict[str, Node], report: Report) -> None:
    for direction in DIRECTIONS.values():
        node = own.get(direction)
        if node is None or is_empty(node):
            continue
        if draft.direction:
            report(
                Problem(
                    "invalid-note",
                    "A note has only one of `to`, `from` and `with`; "
                    f"this one has `{draft.direction}` too.",
                    "Name all parties in one of them, and our person in `by`.",
                    node.span,
                )
            )
            continue
        draft.direction = direction
        is_list = isinstance(node, Listing) and unquoted_link(node) is None
        items = node.items if isinstance(node, Listing) and is_list else (node,)
        named = [_token(direction, item, report) for item in items]
        draft.parties = [party for party in named if party is not None]


def _single(node: Listing | Mapping) -> str:
    """The one value that a list was meant to be; nothing where it has several."""
    if (link := unquoted_link(node)) is not None:
        return link.partition("|")[0].strip()
    only = only_item(node)
    return only.text.strip() if isinstance(only, Scalar) else ""


def _token(name: str, node: Node, report: Report) -> Token | None:
    if not isinstance(node, Scalar):
        meant, link = _single(node), unquoted_link(node)
        help = f"Write one value behind the colon{f': `{meant}`' if meant else ''}."
        if link is not None and name in DIRECTIONS:
            help = f'Write `{meant}`, or in quotes `"[[{link}]]"`.'
        report(Problem("invalid-value", f"`{name}` is not a single value.", help, node.span))
        return Token(meant, node.span) if meant else None
    text = node.text if node.text.strip() else ""
    return Token(text, node.span) if text or not (name in NOTE_KEYS or node.is_lost) else None
