"""Where a file names a deal or contact, and another id in its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from site_builder.edit.desk import Desk
from site_builder.edit.existing import Existing
from site_builder.edit.splices import Splice
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.source.code_blocks import code_rows
from site_builder.source.yaml_nodes import Entry, Listing, Node, Scalar

_OF_CONTACTS = frozenset(("contact", "participant", "source"))
_NOTE_FIELDS = ("who",)
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True, slots=True)
class Renaming:
    """An id that gets another name. ``own_fields`` are the fields that pipelines give their deals
    and that hold ids of its kind, ``other_fields`` those that hold ids of the other kind;
    ``has_links`` is whether links of that id lead to it."""

    is_contact: bool
    old: str
    new: str
    own_fields: Collection[str] = ()
    has_links: bool = True
    other_fields: Collection[str] = ()

    @property
    def of_other_kind(self) -> Renaming:
        """The same id, where it means a contact in place of a deal, or a deal in place of one."""
        return replace(
            self,
            is_contact=not self.is_contact,
            own_fields=self.other_fields,
            other_fields=self.own_fields,
        )

    @property
    def at_first(self) -> re.Pattern[str]:
        """The id as the first word of a value, or behind `referral`, in quotes and the brackets of
        a link or without. What follows it may be a role, or words."""
        link = r"(?:\[\[[ ]*(?:[^\[\]|#\n]*/)?)?"
        return re.compile(rf"\s*[\"']?\s*(?:referral\s+)?{link}{re.escape(self.old)}(?![\w-])")

    @property
    def in_link(self) -> re.Pattern[str]:
        """The id in the brackets of a link, behind them and a folder of its own."""
        others = "deals/" if self.is_contact else "contacts/"
        folder = rf"(?!{others})(?:[^\[\]|#\n]*/)?"
        return re.compile(rf"(?<=\[\[){folder}{re.escape(self.old)}(?=\s*(?:\\?\||#|\]\]))")


def renamed(file: Existing, renaming: Renaming) -> list[Splice]:
    """What puts the new id wherever a file names the old one: in fields, in headings of notes and
    in links, and nowhere else."""
    if renaming.old not in file.text:
        return []
    lines = file.text.split("\n")
    places = {*_in_values(file, lines, renaming)}
    if renaming.has_links:
        others = {*_in_values(file, lines, renaming.of_other_kind)}
        places |= {*_in_links(file, lines, renaming)} - others
    length = len(renaming.old)
    return [Splice(line, at, line, at + length, renaming.new) for line, at in sorted(places)]


def _in_values(file: Existing, lines: list[str], renaming: Renaming) -> Iterator[tuple[int, int]]:
    """Where a file has the id for one of this kind: in its fields and in its notes."""
    for entry in naming(file, renaming):
        for node in entry.value.items if isinstance(entry.value, Listing) else (entry.value,):
            yield from _in_node(lines, node, renaming)
    for draft in file.document.notes if renaming.is_contact else ():
        tokens = [*draft.parties, *(f.value for f in draft.fields if f.name.text in _NOTE_FIELDS)]
        for token in tokens:
            yield from _in_node(lines, Scalar(token.text, token.span), renaming)


def naming(file: Existing, renaming: Renaming) -> Iterator[Entry]:
    """The fields of front matter whose values are ids of this kind."""
    known = DEAL_FIELDS if file.path.startswith("deals/") else CONTACT_FIELDS
    for entry in file.document.front.entries:
        name, type = entry.key.text, known.get(entry.key.text)
        if name in renaming.own_fields or (
            renaming.is_contact and type is not None and type.type in _OF_CONTACTS
        ):
            yield entry


def _in_node(lines: list[str], node: Node, renaming: Renaming) -> Iterator[tuple[int, int]]:
    """Where a value has the id first: what stands behind it is a role or the words of a link."""
    if not isinstance(node, Scalar):
        return
    span, first = node.span, renaming.at_first
    for row in range(span.line, span.end_line + 1):
        line = lines[row - 1] if row <= len(lines) else ""
        start = span.column - 1 if row == span.line else 0
        end = span.end_column - 1 if row == span.end_line else len(line)
        match = first.match(line, start, end)
        if match is not None:
            yield row, match.end() - len(renaming.old) + 1
            return


def _in_links(file: Existing, lines: list[str], renaming: Renaming) -> Iterator[tuple[int, int]]:
    code = _code(file)
    for row, line in enumerate(lines, 1):
        if "[[" not in line or row in code:
            continue
        spans = [match.span() for match in _CODE_SPAN.finditer(line)] if "`" in line else []
        for match in renaming.in_link.finditer(line):
            if not any(start < match.start() < end for start, end in spans):
                yield row, match.end() - len(renaming.old) + 1


def _code(file: Existing) -> set[int]:
    """The lines of a file that are code: a text in YAML is indented, and so may fences be."""
    return {
        row + 1
        for first, last in code_rows(file.text, has_notes=file.path.endswith(".md"))
        for row in range(first, last + 1)
    }


def renaming_of(desk: Desk, folder: str, old: str, new: str) -> Renaming:
    """What it takes to call a deal or contact otherwise in all files of a journal."""
    is_contact = folder == "contacts"
    fields = {name: field.type for name, field in desk.schema.own_fields.items()}
    has_links = not (is_contact and old in desk.ids("deals"))
    mine, others = own_fields(fields, is_contact), own_fields(fields, not is_contact)
    return Renaming(is_contact, old, new, mine, has_links, others)


def own_fields(fields: Mapping[str, str], is_contact: bool) -> frozenset[str]:
    """Of the fields that pipelines give their deals, by their types, those that hold such ids."""
    return frozenset(
        n for n, type in fields.items() if type == ("contact" if is_contact else "deal")
    )
