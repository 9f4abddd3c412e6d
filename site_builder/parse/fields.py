"""Front matter to typed values, and what is missing in it.

Values by the names of their fields are `Any`: of which type one is depends on the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from site_builder.journal import values
from site_builder.journal.fields import Known
from site_builder.journal.values import Bad
from site_builder.parse.plain_values import Meanings
from site_builder.parse.reading import DEAL_FILE, Reading
from site_builder.parse.references import stretch
from site_builder.parse.typed_values import value_of
from site_builder.problems import field_names
from site_builder.problems.patterns import late
from site_builder.problems.problem import Span
from site_builder.source.flat import side_by_side, split
from site_builder.source.yaml_nodes import Entry, Node, Scalar, is_lost, is_unset
from site_builder.source.yaml_plain import PlainMapping

LOST_NOTES = "notes"
_ITEM = " - "
_SEVERAL = late(r",(?![0-9])|;")
_NOTHING = (None, "", ())


def read_fields(reading: Reading, known: Mapping[str, Known], meanings: Meanings) -> dict[str, Any]:
    """The front matter's fields by name, typed; empty and bad ones are left out."""
    front = reading.document.front
    if isinstance(front, PlainMapping):
        return _plain_fields(reading, front, known, meanings)
    found: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    for entry in front.entries:
        name, node = entry.key.text, entry.value
        value = _field(reading, entry, known)
        if value or value not in _NOTHING:
            found[name] = value
            spans[name] = node.span
        elif name not in known:
            continue
        elif not is_unset(node) and not (name in spans and is_lost(node)):
            spans[name] = node.span
    reading.spans = _with_misspelt(reading, spans)
    return found


def _plain_fields(
    reading: Reading, front: PlainMapping, known: Mapping[str, Known], meanings: Meanings
) -> dict[str, Any]:
    """The same of plain lines, most of which need no node, and none of which is unset."""
    found: dict[str, Any] = {}
    strange: list[str] = []
    single, many = meanings
    for row, (name, plain, flow) in enumerate(front.lines):
        if plain:
            value = single[name](plain) if name in single else None
        else:
            value = many[name](flow) if name in many else None
        if value is None:
            value = _field(reading, front.entry(row), known)
            if name not in known:
                strange.append(name)
        if value or value not in _NOTHING:
            found[name] = value
    reading.spans = _with_misspelt(reading, front.places(tuple(strange)))
    return found


def _with_misspelt(reading: Reading, spans: Mapping[str, Span]) -> Mapping[str, Span]:
    """The places of fields, with those of fields whose names are misspelt: they are not
    missing."""
    return {**reading.misspelt, **spans} if reading.misspelt else spans


def _field(reading: Reading, entry: Entry, known: Mapping[str, Known]) -> Any:
    """The value of a field; None where it is none, which is reported."""
    name, node = entry.key.text, entry.value
    kind = known.get(name)
    if kind is not None:
        read = _values if kind.is_list else value_of
        return read(reading, name, kind, node)
    if not name.startswith("x-") and not entry.key.is_lost:
        _unknown(reading, entry, known)
    return None


def _may_be_known(reading: Reading, name: str, names: Iterable[str]) -> bool:
    """Whether a field of a deal can be one of its pipeline, of which not all is known."""
    may_be_own = "pipelines" in reading.schema.unsure and not reading.reader.near(name, names)
    return reading.pipeline is None or may_be_own


def _unknown(reading: Reading, entry: Entry, names: Iterable[str]) -> None:
    name, help = entry.key.text, ""
    if reading.kind is DEAL_FILE and _may_be_known(reading, name, names):
        return
    if name == LOST_NOTES and not reading.is_markdown:
        return
    if not reading.is_markdown:
        names = (*names, "summary", "notes")
    elif field_names.is_text(name):
        help = (
            "Write it below the closing `---`: a note as `## DATE note` with its text below, "
            f"a summary as it is. Or write {field_names.kept(name, name)}."
        )
    from site_builder.parse.unknown_fields import unknown_field

    said = entry.value.text if isinstance(entry.value, Scalar) else ""
    typed = field_names.by_value(said, names, reading.given)
    help = f"Write `{typed}: {said}`." if typed else help
    where, span = f"a {reading.kind.name}", entry.key.span
    meant = unknown_field(reading.reader, name, where, names, span, reading.given, help) or typed
    if meant:
        reading.misspelt.setdefault(meant, entry.value.span)


def _values(reading: Reading, name: str, known: Known, node: Node) -> tuple[Any, ...]:
    items = reading.reader.items(name, node, reading.meant)
    made = [
        value_of(reading, name, known, item)
        for item in items
        if _is_one(reading, known, name, item)
    ]
    return tuple([value for value in made if value or value not in _NOTHING])


def _is_one(reading: Reading, known: Known, name: str, item: Scalar) -> bool:
    """Whether an item of a list is no address beside another; of a text that may be meant as
    several, a warning says so."""
    if known.type == "url":
        several, is_bad = _addresses(item.text), True
    else:
        several, is_bad = _texts_in(item, known), False
    if len(several) < 2:
        return True
    message = f"`{item.text}` is one value of `{name}`."
    help = side_by_side(reading.reader.in_block, item, several)
    if is_bad:
        reading.invalid(message, help, item.span)
    else:
        help = f"{help[:-1]}; where it is one, put it in quotes."
        reading.warn("several-in-one", message, help, _inner(item, several[-1]))
    return not is_bad


def _inner(item: Scalar, last: str) -> Span:
    """Where the ``last`` of several values stands that is further in; all of a value in a line."""
    if item.span.line == item.span.end_line or not item.text.endswith(last):
        return item.span
    return stretch(item, len(item.text) - len(last), len(last))


def _addresses(text: str) -> list[str]:
    """The addresses that stand side by side in a text of nothing else."""
    words = [word.strip(",;") for word in text.split()]
    return [] if any(isinstance(values.url(word), Bad) for word in words) else words


def _texts_in(item: Scalar, known: Known) -> list[str]:
    """What a text in a list may be meant as, unless it is in quotes."""
    if item.style or known.type not in ("text", "dated-text"):
        return []
    if item.span.line < item.span.end_line and _ITEM in item.text:  # hyphens further in
        return [part.strip() for part in item.text.split(_ITEM)]
    is_text = known.type == "text" and _SEVERAL.search(item.text)
    return split(item.text) if is_text else []


def gaps_in(reading: Reading, found: Mapping[str, Any], required: Iterable[str]) -> tuple[str, ...]:
    """Report required fields that are not there; what there is no good value of, and the
    notes if those could not be read."""
    missing = _missing(reading, found, required)
    if reading.is_markdown:
        return missing
    lacks_notes = LOST_NOTES in reading.given or LOST_NOTES in reading.misspelt
    return (*missing, LOST_NOTES) if lacks_notes else missing


def _missing(
    reading: Reading, found: Mapping[str, Any], required: Iterable[str]
) -> tuple[str, ...]:
    """Report required fields that are not there; the names of those without a good value."""
    missing = tuple([name for name in required if name not in found])
    for name in missing:
        if name not in reading.spans and not _is_lost(reading):
            _is_missing(reading, name)
    return missing


def _is_missing(reading: Reading, name: str) -> None:
    empty = reading.document.front.get(name)
    reading.problem(
        "missing-field",
        f"This {reading.kind.name} has no `{name}`.",
        f"Write it behind `{name}:`." if empty else f"Add a line `{name}: …` to its front matter.",
        empty.span if empty else Span.start_of(reading.document.path),
    )


def _is_lost(reading: Reading) -> bool:
    """Whether nothing of the front matter could be read, so that nothing is missing."""
    written = reading.document.front.entries
    return not reading.document.whole and all(is_lost(e.value) for e in written)
