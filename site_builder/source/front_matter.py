"""Where the fields of a Markdown file begin and end, and what stands there instead of `---`."""

from __future__ import annotations

import re
from typing import NamedTuple

from site_builder.problems.characters import ODD, named, plain_dashes
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Span
from site_builder.source.yaml_nodes import Report

_OPENING = late(r"---[ \t]*(?:\n|\Z)")
CLOSING = late(r"\n---[ \t]*(?=\n|\Z)")
"""The line that ends the fields, from the end of the line before."""
_FIELD = late(r"[\"'“]?[A-Za-z][A-Za-z0-9_ -]{0,60}[\"'”]?[ \t\u00a0]*[:：]")
_NOTE = late(r"[ \t]*#{1,6}[ \t]*[0-9]{4}-[0-9]")
_RULE = late(r"[ \t]*[-_=*~+.—–‐‑−]{2,}[ \t]*|[ \t]*[—–]+[ \t]*")
_BEHIND = late(r"---[ \t]*\S.*")
_MOST_LINES = 400
_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


class Front(NamedTuple):
    """Where the fields of a text begin and end, and where its Markdown begins."""

    start: int
    end: int
    body: int


def find_front(path: str, text: str, report: Report) -> Front | None:
    """The front matter of a Markdown file; None, with a problem reported, where it has none."""
    # In most files nothing stands behind either, and a text is found faster than a pattern.
    if text.startswith("---\n"):
        end = text.find("\n---", 3)
        if end >= 0 and text.startswith("\n", end + 4):
            return _new(Front, (4, end + 1, end + 5))
    if not _OPENING.match(text):
        report(_no_opening(path, text))
        return None
    start = text.find("\n") + 1
    closing = CLOSING.search(text, start - 1) if start else None
    if closing is None:
        report(_no_closing(path, text, start))
        return None
    return _new(Front, (start, closing.start() + 1, closing.end() + 1))


def is_astray(path: str, text: str, front: Front, report: Report) -> bool:
    """Whether what stands between the first two lines `---` are not the fields, or more than
    they are, which is reported. Where all of it is plain lines of fields it need not be asked."""
    start, end, body = front
    # Only what swallowed some Markdown has one of these, and hardly ever anything else.
    fields = text[start - 1 : end]
    if "\n\n" in fields or "\n#" in fields or "\n..." in fields:
        row = _end_of_fields(text[start:end].split("\n")[:-1], only_sure=True)
        if row is not None:
            report(_no_closing(path, text[:end], start))
            return True
    if start == end and _FIELD.match(text[body - 1 :].lstrip()):
        report(_problem(path, 2, "---", "The fields stand below the second `---`.", _MOVE))
        return True
    return False


_MOVE = "Move the second line `---` down, to between the fields and the notes."
_FORM = "Begin it with a line `---`, fields such as `title: …`, and a line `---`."
_FIRST = "The file does not begin with front matter"


def _problem(path: str, line: int, shown: str, message: str, help: str) -> Problem:
    column = len(shown) - len(shown.lstrip()) + 1 if shown.strip() else 1
    return Problem(
        "yaml-syntax", message, help, Span(path, line, column, line, len(shown.rstrip()) + 1)
    )


def _no_opening(path: str, text: str) -> Problem:
    lines = text.split("\n", _MOST_LINES)
    row = next((row for row, line in enumerate(lines) if plain_dashes(line).strip()), None)
    if row is None:
        return Problem("yaml-syntax", f"{_FIRST}.", _FORM, Span.start_of(path))
    first = lines[row]
    message, help = _instead_of_opening(first, row)
    if message:
        return _problem(path, row + 1, first, f"{_FIRST}: {message}", help)
    if _FIELD.match(first):
        help = f"Put a line `---` above `{first.strip()[:60]}`."
        closing = next((line for line in lines[row:] if line.rstrip() == "---"), None)
        more = "" if closing else " Put another between the fields and the notes."
        return _problem(path, row + 1, first, f"{_FIRST}: its first `---` is missing.", help + more)
    below = next((n for n, line in enumerate(lines) if line.rstrip() == "---"), None)
    if below is not None and any(map(_FIELD.match, lines[below + 1 : below + 2])):
        help = "Put the line `---` first, and move what stands above it below the second `---`."
        return _problem(path, below + 1, "---", f"{_FIRST}: something stands above it.", help)
    return Problem("yaml-syntax", f"{_FIRST}.", _FORM, Span.start_of(path))


def _instead_of_opening(first: str, row: int) -> tuple[str, str]:
    """What is wrong with a first line that was meant to be `---`, and what to type."""
    bare = first.strip()
    odd = ODD.search(first)
    if odd and plain_dashes(first).strip() == "---":
        return f"the character {named(odd[0])} stands beside `---`.", "Write the line anew: `---`."
    if bare == "---":
        where = "blanks stand before" if first[:1] in " \t" else "blank lines stand above"
        return f"{where} `---`.", "Make `---` the very first of the file."
    if bare == "+++":
        return (
            "this is TOML, and a journal is written in YAML.",
            'Write `---` for each `+++`, and `name: value` for `name = "value"`.',
        )
    if bare[:1] == "{" or bare in ("---json", ";;;"):
        return (
            "this is JSON, and a journal is written in YAML.",
            "Write `---`, each field as `name: value` in a line of its own, and `---`.",
        )
    if bare.startswith(("```", "~~~")):
        return "it stands in a fence of code.", f"Write `---` for each `{bare[:3]}`."
    if _RULE.fullmatch(first):
        return f"`{bare}` is not `---`.", "Write three hyphens, `---`, above and below the fields."
    if _BEHIND.fullmatch(first) and row == 0:
        return f"something stands behind `---`: `{bare[3:].strip()[:60]}`.", "Write `---` alone."
    return "", ""


def _no_closing(path: str, text: str, start: int) -> Problem:
    """Where the line that closes the fields is missing, or is another."""
    lines = text[start:].split("\n", _MOST_LINES) if start else [""]
    row = _end_of_fields(lines, only_sure=False)
    open = "The front matter is never closed"
    if row is None:
        last = max((n for n, line in enumerate(lines[:_MOST_LINES]) if line.strip()), default=-1)
        help = "Put a line `---` between the fields and the notes."
        shown = lines[last] if last >= 0 else "---"
        return _problem(path, last + 2, shown, f"{open}.", help)
    shown = lines[row]
    odd = ODD.search(shown)
    if odd and plain_dashes(shown).strip() == "---":
        message = f"{open}: the character {named(odd[0])} stands beside `---`."
        return _problem(path, row + 2, shown, message, "Write the line anew: `---`.")
    if shown.strip() == "---":
        message = f"{open}: blanks stand before `---`."
        return _problem(path, row + 2, shown, message, "Write `---` at the start of its line.")
    if _is_rule(shown):
        message = f"{open}: `{shown.strip()[:60]}` is not `---`."
        return _problem(path, row + 2, shown, message, "Write `---` in its place.")
    if _BEHIND.fullmatch(shown):
        message = f"{open}: something stands behind `---`."
        help = "Write `---` alone, and what stands behind it in the next line."
        return _problem(path, row + 2, shown, message, help)
    help = "Put a line `---` above this one."
    return _problem(path, row + 2, shown, f"{open} before this line.", help)


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(plain_dashes(line)) is not None or _RULE.fullmatch(line) is not None


def _end_of_fields(lines: list[str], only_sure: bool) -> int | None:
    """The first line that is no field any more; where only what is sure counts, a note or
    something like `---` in its place."""
    for row, line in enumerate(lines[:_MOST_LINES]):
        if _NOTE.match(line) or (line.strip() and _is_rule(line)) or _BEHIND.fullmatch(line):
            return row
        if only_sure or not line.strip() or line[:1] in " \t-#":
            continue
        after_blank = row > 0 and not lines[row - 1].strip()
        if after_blank and not _FIELD.match(line):
            return row
    if only_sure:
        return None
    heading = (n for n, line in enumerate(lines[:_MOST_LINES]) if re.match("#{1,6} ", line))
    return next(heading, None)
