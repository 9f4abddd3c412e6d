"""Comments in Markdown, which hide nothing in a journal: notes and ticks in them still count."""

from __future__ import annotations

from bisect import bisect

from site_builder.problems.patterns import pattern
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.lines import place_in
from site_builder.source.note_headings import fences, is_within

_BEGIN = r"(?m)^ {0,3}(<!--|%%)"
_ENDS = {"<!--": "-->", "%%": "%%"}
_MOST = 1_000


def may_have_comments(text: str) -> bool:
    """Whether there may be comments in a text."""
    # A single sign is looked for in a fraction of the time, and most texts have none.
    return ("<" in text and "<!--" in text) or ("%" in text and "%%" in text)


def comments(text: str, *, has_notes: bool = False, whole: str = "") -> list[tuple[int, int]]:
    """Where the comments that begin a line stand in a text, in order: `<!-- … -->`, and `%% … %%`
    as Obsidian has them. One that never ends goes on to the end of the text, but for a `%%` that
    ends one which began in another text of the same file, of which ``whole`` has all."""
    if not may_have_comments(text):
        return []
    fenced = fences(text, has_notes=has_notes)
    found: list[tuple[int, int]] = []
    end = 0
    for match in pattern(_BEGIN).finditer(text):
        if match.start() >= end and not is_within(match.start(1) + 1, fenced):
            stop = text.find(_ENDS[match[1]], match.end())
            if stop < 0 and match[1] == "%%" and whole and not whole.count("%%") % 2:
                break
            end = len(text) if stop < 0 else stop + len(_ENDS[match[1]])
            found.append((match.start(1), end))
            if len(found) >= _MOST:
                break
    return found


def commented_notes(path: str, body: str, starts: list[int], line: int) -> list[Problem]:
    """A warning for each comment with notes in it. ``starts`` has where the notes of a body
    begin, which begins in a ``line``."""
    told = []
    for start, end in comments(body, has_notes=True):
        count = bisect(starts, end) - bisect(starts, start)
        if count:
            mark = body[start : start + (4 if body[start] == "<" else 2)]
            place = place_in(path, body, start, len(mark), line)
            told.append(_still_counts(place, mark, count))
    return told


def _still_counts(place: Span, mark: str, count: int) -> Problem:
    what = "the note" if count == 1 else f"the {count:,} notes"
    ends = f"`{mark}` and `{_ENDS[mark]}`" if mark != "%%" else "both `%%`"
    return Problem(
        "commented-out",
        f"`{mark}` begins a comment, which hides nothing: {what} in it still "
        f"count{'s' if count == 1 else ''}.",
        f"Delete what is not to count, or put it between two lines of "
        f"three backticks to make it text; otherwise remove {ends}.",
        place,
        Severity.WARNING,
    )
