"""Signs in texts that most files have none of, so that a closer look is needed at few."""

from __future__ import annotations


def may_have_headings(text: str) -> bool:
    """Whether there may be headings in a text with a line's end before it. Most have none, and
    a single sign is looked for in a fraction of the time."""
    return (
        "#" in text
        or "＃" in text
        or ("*" in text and "\n**" in text)
        or ("=" in text and ("==" in text or "\n=" in text))
        or ("_" in text and "\n__" in text)
        or "--" in text
        or "\n-\n" in text
        or text.endswith("\n-")
    )
