"""The lines of .gitattributes that have git merge a journal's files as what they are."""

from __future__ import annotations

DRIVER = "dealog"
"""The name of the merge driver, in .gitattributes and in a repository's configuration."""
FILE = ".gitattributes"
_ABOUT = "# dealog merges notes by date and fields name by name: `dealog setup-git` in each clone"
_LINES = (
    _ABOUT,
    *(f"{path} merge={DRIVER}" for path in ("/deals/**", "/contacts/**", "/pipeline.yml")),
)


def with_attributes(text: str) -> str:
    """A .gitattributes with our lines, behind its own; the same text where it has them."""
    there = text.splitlines()
    missing = [line for line in _LINES if line not in there]
    if missing == [_ABOUT]:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    gap = end if text and not text.endswith("\n") else ""
    return text + gap + "".join(line + end for line in missing)


def without_attributes(text: str) -> str:
    """A .gitattributes without our lines."""
    return "".join(line for line in text.splitlines(keepends=True) if line.rstrip() not in _LINES)
