"""No help tells anybody to remove what they wrote, and what each command does is said in a line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import click
import pytest

from site_builder.cli.main import dealog
from tests.places import PACKAGE, ROOT

# What may be told to be removed, for it says nothing that is not said elsewhere: a second one
# of two that say the same, a mark, a link, an empty line.
HARMLESS = (
    "Remove one.",
    "Remove one of the two.",
    "Remove one of the two notes; what is below both fits below one.",
    "Remove the comma, or write the value that is missing.",
    "Put the file itself here, or remove the link.",
    "Write one behind it, or remove the line.",
    "Write the column's name, or remove the line.",
    "Remove it: this journal has no levels.",
    "Remove `",  # what stands behind a heading and has no words
    "` is in the way: remove it.",  # a file in the output folder
    "Delete what is not to count, or put it between two lines of ",
    "three backticks to make it text; otherwise remove ",  # the marks of a comment
    " removed. ",  # of the site's own files
    "remove the rest, and build again.",  # of the site, once what is somebody's is moved away
)


def _texts() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text("utf-8")
        if not _MAYBE.search(text):
            continue
        tree = ast.parse(text)
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.Expr)
        docs = {
            id(node.value)
            for parent in ast.walk(tree)
            if isinstance(parent, documented)
            for node in (parent.body if not isinstance(parent, ast.Expr) else [parent])
            if isinstance(node, ast.Expr)
        }
        constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
        for constant in constants:
            if isinstance(constant.value, str) and id(constant) not in docs:
                yield path.name, constant.value


DOUBTFUL = re.compile(r"\b(?:[Rr]emove|[Dd]elete|[Tt]ake (?:it|them) out)\w*\b ?")
_MAYBE = re.compile("[Rr]emove|[Dd]elete|[Tt]ake")
"""A word that each doubtful text has, also where a line of code ends within it."""


def test_no_help_says_to_remove_what_somebody_wrote() -> None:
    found = [(name, text) for name, text in _texts() if " " in text and DOUBTFUL.search(text)]
    assert [each for each in found if not any(harmless in each[1] for harmless in HARMLESS)] == []
    assert [
        harmless for harmless in HARMLESS if not any(harmless in text for _, text in found)
    ] == []


def _commands(group: click.Group, name: str = "dealog") -> Iterator[tuple[str, int, click.Command]]:
    """All commands, with the room for what each does on a terminal of 80 columns."""
    names = group.list_commands(click.Context(group))
    room = 80 - 2 - 6 - max(map(len, names))
    for each in names:
        command = group.get_command(click.Context(group), each)
        assert command is not None
        yield f"{name} {each}", room, command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {each}")


@pytest.mark.parametrize(
    ("room", "command"), [pytest.param(room, c, id=name) for name, room, c in _commands(dealog)]
)
def test_what_a_command_does_is_said_in_a_line(room: int, command: click.Command) -> None:
    said = command.get_short_help_str(room)
    assert said.endswith((".", "`")) and not said.endswith("...")


def test_apostrophes_are_those_that_keyboards_have() -> None:
    """What is said can be searched for as it is typed; what people write may have others."""
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js"), *(ROOT / "docs").glob("*.md")]
    files += [*(ROOT / "templates").glob("*.html"), *(ROOT / "templates" / "scripts").glob("*.js")]
    texts = [text for file in files if "’" in (text := file.read_text("utf-8"))]
    assert [
        text[m.start() - 20 : m.end() + 20] for text in texts for m in _CURLY.finditer(text)
    ] == []


_CURLY = re.compile(r"[\w>})]’")
