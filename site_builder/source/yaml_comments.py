"""Comments of a YAML file that look like headings: to YAML, `#` begins no heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from site_builder.problems.patterns import pattern
from site_builder.problems.problem import Problem
from site_builder.source.note_headings import section_starts
from site_builder.source.yaml_nodes import Entry, Listing, Node, Report, Scalar
from site_builder.source.yaml_values import NAME

_LINE = r"(?m)^---[ \t]*$"
_FIELD = rf"[ ]*(?:- )?{NAME}:(?: |$)"
_HEADING = r"(?m)^([ \t]*)(##+)(?=[^\n]*\d)([^\n]*)"


class CommentedHeading(NamedTuple):
    """A line that is a comment and looks like a heading: where it stands, and its marks and
    text."""

    line: int
    column: int
    mark: str
    text: str


class CommentedHeadings(NamedTuple):
    """All of a file, and what to do where its notes are written as in Markdown."""

    headings: tuple[CommentedHeading, ...] = ()
    to_rename: str = ""


NO_HEADINGS = CommentedHeadings()


def commented_headings(path: str, text: str, entries: Iterable[Entry]) -> CommentedHeadings:
    """The comments of a file that look like headings with a number, where ``entries`` are its
    fields: what stands in their values is no comment."""
    # A few signs are looked for in a fraction of the time, and most files have none.
    if "##" not in text:
        return NO_HEADINGS
    found = [*_headings(text)]
    inside = {row for e in entries for row in _rows(e.value)} if found else set()
    headings = tuple([heading for heading in found if heading.line not in inside])
    return CommentedHeadings(headings, _to_rename(path, text) if headings else "")


def _headings(text: str) -> Iterator[CommentedHeading]:
    line, at = 1, 0
    for match in pattern(_HEADING).finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        yield CommentedHeading(line, len(match[1]) + 1, match[2], match[3])


def _rows(node: Node) -> Iterator[int]:
    """The lines that values stand in, but for those in which the first of them begin."""
    if isinstance(node, Scalar):
        span = node.span
        yield from range(span.line + (not node.is_block), span.end_line + 1)
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _rows(item)
    else:
        for entry in node.entries:
            yield from _rows(entry.value)


def _to_rename(path: str, text: str) -> str:
    """What to do with a YAML file whose notes are written as in Markdown."""
    name = path.rpartition("/")[2].rpartition(".")[0]
    is_open = pattern(_LINE).match(text) is not None
    is_closed = len([*islice(pattern(_LINE).finditer(text), 2)]) > is_open
    where = " and ".join((*["above"] * (not is_open), *["below"] * (not is_closed)))
    return f"rename the file to `{name}.md`" + (
        f", and put a line `---` {where} its fields" if where else ""
    )


def with_markdown_told(path: str, text: str, report: Report) -> Report:
    """Takes problems, and tells once of notes that are written as in Markdown, in place of all
    that YAML makes of them."""
    notes = section_starts(text) if "##" in text else []
    if not notes:
        return report
    before = text[: notes[0]]
    above = before.rstrip()
    begins = above if above.endswith("\n---") else before
    line = begins.count("\n") + 1
    rows, told = text.split("\n"), list[Problem]()

    def take(problem: Problem) -> None:
        row, is_syntax = problem.span.line, problem.code == "yaml-syntax"
        if not is_syntax or row < line or pattern(_FIELD).match(rows[min(row, len(rows)) - 1]):
            report(problem)
        elif not told:
            told.append(problem)
            help = f"Notes below the fields are for `.md` files: {_to_rename(path, text)}."
            message = "`##` begins no note in YAML, and what stands below it is none."
            report(Problem(problem.code, message, help, problem.span))

    return take
