"""Where files name two contacts that become one: one id in place of both, once in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from site_builder.edit.existing import Existing
from site_builder.edit.mentions import Renaming, renamed
from site_builder.edit.splices import Splice, over
from site_builder.edit.writing import item, scalar
from site_builder.journal.fields import DEAL_FIELDS
from site_builder.problems.problem import Span
from site_builder.source.links import first_id
from site_builder.source.yaml_nodes import Listing, Scalar

_LINK_END = re.compile(r"(?:[ ]*(?:\\?\||#)[^\]\n]*)?\]\][\"']?")


def united(file: Existing, renaming: Renaming) -> list[Splice]:
    """What puts the new id wherever a file names the old one; of a list that has both, one goes,
    and who takes part in a deal in two roles does so in both."""
    if renaming.old not in file.text:
        return []
    made = [*_in_front(file, renaming), *_in_headings(file, renaming)]
    apart = [s for s in renamed(file, renaming) if not any(_is_in(s, other) for other in made)]
    return sorted([*apart, *made])


def _is_in(splice: Splice, other: Splice) -> bool:
    return other[:2] <= splice[:2] and splice[2:4] <= other[2:4]


def _in_front(file: Existing, renaming: Renaming) -> Iterator[Splice]:
    if not file.path.startswith("deals/"):
        return
    for entry in file.document.front.entries:
        known, node = DEAL_FIELDS.get(entry.key.text), entry.value
        if known is None or known.type != "participant" or not isinstance(node, Listing):
            continue
        items = [each for each in node.items if isinstance(each, Scalar)]
        rows = _rows([first_id(each.text).id for each in items], renaming)
        if len(rows) > 1 and len(items) == len(node.items):
            text = _with_roles([items[row] for row in rows], renaming)
            yield over(items[rows[0]].span, (scalar if node.is_block else item)(text))
            for row in rows[1:]:
                yield _without(file, items[row - 1].span, items[row].span)


def _with_roles(items: Sequence[Scalar], renaming: Renaming) -> str:
    """The first of some mentions of one contact, by the new id and with the roles of all."""
    first = items[0].text
    match = renaming.at_first.match(first)
    if match is not None:
        at = match.end() - len(renaming.old)
        first = first[:at] + renaming.new + first[match.end() :]
    own = first_id(first).rest.strip()
    roles = dict.fromkeys(first_id(each.text).rest.strip() for each in items[1:])
    more = [role for role in roles if role and role != own]
    joined = " and ".join([own, *more] if own else more)
    return f"{first[: len(first) - len(own)].rstrip()} {joined}".rstrip()


def _in_headings(file: Existing, renaming: Renaming) -> Iterator[Splice]:
    for draft in file.document.notes:
        parties = draft.parties
        for row in _rows([token.text for token in parties], renaming)[1:]:
            yield _without(file, parties[row - 1].span, parties[row].span)


def _rows(ids: Sequence[str], renaming: Renaming) -> list[int]:
    """Where in a list the contact stands, by either id, if by both."""
    rows = [row for row, id in enumerate(ids) if id in (renaming.old, renaming.new)]
    return rows if any(ids[row] == renaming.old for row in rows) else []


def _without(file: Existing, before: Span, span: Span) -> Splice:
    """What takes one of a list away, which is not its first."""
    if span.line > before.end_line:
        return Splice(span.line, 1, span.end_line + 1, 1, "")
    line = file.text.split("\n")[span.line - 1]
    start, end = (_behind_link(line, column) for column in (before.end_column, span.end_column))
    return Splice(span.line, start, span.line, end, "")


def _behind_link(line: str, column: int) -> int:
    """Where a link ends whose id ends in a column; that column where there is none."""
    match = _LINK_END.match(line, column - 1)
    return match.end() + 1 if match else column
