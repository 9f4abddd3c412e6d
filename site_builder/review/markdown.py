"""What a change does as Markdown for a comment on a pull request or the summary of a job. It is
bounded, and nothing that stands in a journal means anything in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.problems.terminal import printable
from site_builder.review.told import Row, Table, Told

MOST_BYTES = 60_000
"""What a comment may hold on GitHub is 65,536 characters."""
_MOST_LETTERS = 300
_FEWER = (1_000, 300, 100, 50, 20, 10, 5, 2, 0)
_APART = "&#8203;"  # nobody sees it, and what stands beside it is no name or number any more
_SIGNS = re.compile(r"[\\`*_\[\]<>&|~$]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;", "|": "&#124;", "`": "&#96;"}
_CALLS = re.compile(r"[@#!%~&$^](?=\w)|(?<=\w)[@#!](?=\w)|:(?=[\w+-]+:)")
_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(?=:)|(www)(?=\.)|(gh)(?=-[0-9])")
_COMMIT = re.compile(r"\b[0-9a-f]{7,64}\b")
_SHORTER = 6  # than what is taken for one


def markdown(told: Told) -> str:
    """A headline, tables, and detail folded: at most 60,000 bytes of it. Of the longest tables the
    last rows are counted, where all is too long."""
    for most in _FEWER:
        text = "".join(_parts(told, most))
        if len(text.encode()) <= MOST_BYTES:
            return text
    return "".join(_parts(told._replace(tables=()), 0))


def _parts(told: Told, most: int) -> Iterator[str]:
    yield f"### {escaped(told.headline)}\n\n"
    for line in told.about:
        yield f"{escaped(line)}\n\n"
    for table in told.tables:
        yield from _table(table, most)


def _table(table: Table, most: int) -> Iterator[str]:
    shown, more = table.rows[:most], len(table.rows) - most
    if table.folded:
        yield f"<details><summary>{table.title} ({len(table.rows)})</summary>\n\n"
    else:
        yield f"**{escaped(table.title)}**\n\n"
    if shown:
        yield _row(table.columns)
        yield "|" + " --- |" * len(table.columns) + "\n"
        yield from map(_row, shown)
        yield "\n"
    if more > 0:
        yield f"… and {more} more: `dealog diff` lists them.\n\n"
    if table.folded:
        yield "</details>\n\n"


def _row(cells: Row) -> str:
    return "|" + "".join(f" {escaped(cell)} |" for cell in cells) + "\n"


def escaped(text: str) -> str:
    """A text that means nothing in Markdown or HTML, and calls nobody: no mark, link, mention,
    number of an issue, address, commit or emoji."""
    shown = text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
    shown = _ADDRESS.sub("\\g<0>\0", _CALLS.sub("\\g<0>\0", printable(shown)))
    shown = _COMMIT.sub(_in_parts, shown)
    shown = _SIGNS.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), shown)
    return shown.replace("\0", _APART)


def _in_parts(match: re.Match[str]) -> str:
    text = match[0]
    return "\0".join(text[at : at + _SHORTER] for at in range(0, len(text), _SHORTER))
