"""What the help of a problem says to type, typed: the help is the repair, so they can't differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from site_builder.edit.splices import Splice, alike
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem
from site_builder.source.line_slips import EMPTY_LINE

_NAMED = late(r"(?:- )?\{?[\w/-]+::?(?: .*|$)")
_GAP = late(r"…|\b(?:DATE|TIME|TEXT|ID|REASON|[A-Z]+-ID|YYYY|KIND)\b|-(?:MM|DD)\b")
_QUOTES = ('"', "'")


@dataclass(frozen=True, slots=True)
class Typed:
    """A repair of a line: the splice, and what stood there and stands there then, as people see
    it. ``is_meant`` is whether the help asks if that was meant, ``is_certain`` whether nothing
    else can be."""

    splice: Splice
    before: str
    after: str
    is_meant: bool = False
    is_certain: bool = False


_Typist = Callable[[Problem, Sequence[str], str], Typed | None]


def typed(problem: Problem, lines: Sequence[str]) -> Typed | None:
    """What the help says to type in the place of a problem; None where it says more than one
    thing, or leaves something to be filled in. ``lines`` are those of its file."""
    if problem.span.line != problem.span.end_line or problem.span.line > len(lines):
        return None
    for form, typist in _FORMS:
        if (match := form.fullmatch(problem.help)) is not None:
            text = match[1] if match.re.groups else ""
            return None if _GAP.search(text) else typist(problem, lines, text)
    return None


def _over(problem: Problem, lines: Sequence[str], start: int, end: int, text: str) -> Typed:
    """Text in the place of a stretch of the problem's line, columns from 0."""
    row = problem.span.line
    line = lines[row - 1]
    return Typed(Splice(row, start + 1, row, end + 1, text), line[start:end], text)


def _whole(problem: Problem, lines: Sequence[str], text: str, indent: int = 0) -> Typed:
    """A line in the place of the problem's; what of it stays is not touched."""
    line = lines[problem.span.line - 1]
    made = line[:indent] + text
    start = alike(line, made)
    same = alike(line[start:][::-1], made[start:][::-1])
    splice = _over(problem, lines, start, len(line) - same, made[start : len(made) - same]).splice
    return Typed(splice, line.strip(), made.strip())


def _here(problem: Problem, lines: Sequence[str], text: str) -> Typed | None:
    """In the place of the value, whose quotes stay."""
    line, start = lines[problem.span.line - 1], problem.span.column - 1
    end = min(problem.span.end_column - 1, len(line))
    old = line[start:end]
    if len(old) > 1 and old[0] in _QUOTES and old[0] == old[-1] and text[:1] not in "\"'[{":
        start, end = start + 1, end - 1
    return _over(problem, lines, start, end, text) if start < end else None


def _meant(problem: Problem, lines: Sequence[str], text: str) -> Typed | None:
    found = _here(problem, lines, text)
    return found and replace(found, is_meant=True)


def _called_now(problem: Problem, lines: Sequence[str], text: str) -> Typed | None:
    found = _here(problem, lines, text)
    return found and replace(found, is_certain=True)


def _write(problem: Problem, lines: Sequence[str], text: str) -> Typed | None:
    """A whole line, where what is to be typed looks like one, or else a value."""
    line = lines[problem.span.line - 1]
    if not (_NAMED.fullmatch(text) or text.startswith(("## ", "- ", " "))):
        return _here(problem, lines, text)
    name = re.match(r"(?:- )?([\w/-]+):", text)
    if name and re.search(rf"[{{,] *{re.escape(name[1])}\b", line) and not text.startswith("- {"):
        return None  # a part of a line in braces
    return _whole(problem, lines, text, 0 if text[:1] == " " else _indent(line))


def _at_start(problem: Problem, lines: Sequence[str], text: str) -> Typed | None:
    return _whole(problem, lines, text)


def _tick(problem: Problem, lines: Sequence[str], text: str) -> Typed | None:
    """A tick in the place of one in another form: what stands behind it stays."""
    line = lines[problem.span.line - 1]
    return _over(problem, lines, _indent(line), problem.span.end_column - 1, text)


def _named(problem: Problem, lines: Sequence[str], text: str) -> Typed | None:
    return _here(problem, lines, text.removesuffix(":"))


def _put(problem: Problem, lines: Sequence[str], count: str) -> Typed | None:
    """So many blanks before a line."""
    line, blanks = lines[problem.span.line - 1], 1 if count == "a" else int(count)
    lead = len(line) - len(line.lstrip(" \t"))
    made = _over(problem, lines, 0, lead, " " * blanks)
    return Typed(made.splice, line.strip(), f"{line.strip()}` behind `{' ' * blanks}")


def _empty(problem: Problem, lines: Sequence[str], _text: str) -> Typed | None:
    return _over(problem, lines, 0, len(lines[problem.span.line - 1]), "")


def _dashes(problem: Problem, lines: Sequence[str], _text: str) -> Typed | None:
    return _whole(problem, lines, "---")


def _dashes_above(problem: Problem, _lines: Sequence[str], _text: str) -> Typed | None:
    row = problem.span.line
    return Typed(Splice(row, 1, row, 1, "---\n"), "", "---")


def _dashes_first(problem: Problem, lines: Sequence[str], _text: str) -> Typed | None:
    """Nothing above the line `---`, where there are only blanks."""
    row, column = problem.span.line, problem.span.column
    if any(line.strip() for line in lines[: row - 1]):
        return None
    return Typed(Splice(1, 1, row, column, ""), "what is blank above `---`", "")


def _unseen(problem: Problem, lines: Sequence[str], _text: str) -> Typed | None:
    """Nothing in the place of what shows nothing, and a blank for what looks like one."""
    line, at = lines[problem.span.line - 1], problem.span.column - 1
    sign = line[at : at + 1]
    if not sign:
        return None
    made = _over(problem, lines, at, at + 1, " " if sign.isspace() else "")
    return Typed(made.splice, f"U+{ord(sign):04X}", made.after)


def _tab(problem: Problem, lines: Sequence[str], _text: str) -> Typed | None:
    line, at = lines[problem.span.line - 1], problem.span.column - 1
    end = at + len(line[at:]) - len(line[at:].lstrip("\t"))
    return _over(problem, lines, at, end, " ") if end > at else None


def _unbracketed(problem: Problem, lines: Sequence[str], _text: str) -> Typed | None:
    """A value without the brackets around it."""
    line, start = lines[problem.span.line - 1], problem.span.column - 1
    end = problem.span.end_column - 1
    old = line[start:end]
    inside = old[1:-1].strip()
    if old[:1] != "[" or old[-1:] != "]" or not inside or {*inside} & {*"[],"}:
        return None
    return _over(problem, lines, start, end, inside)


def _closed(problem: Problem, lines: Sequence[str], text: str) -> Typed | None:
    """A value whose quote is closed at the end of its line."""
    if _NAMED.fullmatch(text):
        return _write(problem, lines, text)
    line, start = lines[problem.span.line - 1], problem.span.column - 1
    return _over(problem, lines, start, len(line), text)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


_FORMS: tuple[tuple[re.Pattern[str], _Typist], ...] = tuple(
    (re.compile(form), typist)
    for form, typist in (
        (r"Did you mean `([^`]+)`\?", _meant),
        (r"Write `([^`]+)`\.", _write),
        (r"Write `([^`]+)`, as that stage is called now\.", _called_now),
        (r"Write `([^`]+)` at the start of its line\.", _at_start),
        (r"Write `(## [^`]+)` to begin a note\.", _write),
        (r"(?:Put a space behind the date|Name parties before our person): `(## [^`]+)`\.", _write),
        (r"Write `(- \[x\] [^`]+)` in a line of its own\.", _write),
        (r"Write it (?:without blanks|with one `x`) in the brackets: `([^`]+)`\.", _tick),
        (r"Write a colon behind the step: `([^`]+)`\.", _here),
        (r"Write the name anew: `([^`]+)`\.", _named),
        (r"Close it with the same mark at the end of the value: `([^`]+)`\.", _closed),
        (r"Leave out the square brackets behind `[^`]+`\.", _unbracketed),
        (r"Put (a|[0-9]+) spaces? before it, as before (?:`[^`]*`|the line above)\.", _put),
        (re.escape(EMPTY_LINE), _empty),
        (r"Write the line anew: `---`\.", _dashes),
        (r"Write `---` (?:in its place|at the start of its line)\.", _dashes),
        (r"Put a line `---` above (?:this one|`[^`]+`)\.", _dashes_above),
        (r"Make `---` the very first of the file\.", _dashes_first),
        (r"Write a blank in its place, or nothing: it is invisible in most editors\.", _unseen),
        (r"Replace the tab by spaces\.", _tab),
    )
)
"""The forms of help that say one thing to type, and who types it."""
