"""Lines of a text without those that an audience is not shown, and without where they stood."""

from __future__ import annotations

from collections.abc import Iterable


def without_gone(lines: Iterable[str | None]) -> str:
    """The lines of a text that remain, None being those that are gone: as if nobody had written
    these, so without a blank line that only stood between them and what is around them."""
    made, is_behind = list[str](), False
    for line in lines:
        if line is None:
            is_behind = True
        elif not (is_behind and _is_blank(line) and (not made or _is_blank(made[-1]))):
            made.append(line)
            is_behind = False
    while is_behind and made and _is_blank(made[-1]):
        made.pop()
    return "\n".join(made)


def _is_blank(line: str) -> bool:
    """Whether a line parts what is around it, and says nothing: also one of a quote."""
    return not line.strip(" \t\r>")
