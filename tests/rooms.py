"""The rooms of the package, top to bottom, as CONTRIBUTING.md shows them.

``python -m tests.rooms`` writes them there.
"""

from __future__ import annotations

import ast
import functools
import tomllib
from pathlib import Path

from tests.places import PACKAGE, ROOT

BEGIN, END = "<!-- rooms -->\n", "<!-- end of rooms -->\n"


@functools.cache
def rooms() -> list[str]:
    """The rooms that there are, from the top: a room uses only those below it."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    layers = tomllib.loads(text)["tool"]["importlinter"]["contracts"][0]["layers"]
    return [name for name in layers if not name.startswith("(")]


def job(folder: Path) -> str:
    """What a folder is for: what the docstring of its ``__init__.py`` begins with."""
    text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    return text.partition("\n\n")[0].replace("\n", " ")


def table() -> str:
    """The rooms with their jobs and modules, in Markdown."""
    rows = [_row(PACKAGE / room, f"`{room}/`") for room in rooms()]
    return "| room | its one job | modules |\n|---|---|---|\n" + "".join(rows)


def _row(folder: Path, name: str) -> str:
    modules = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    row = f"| {name} | {job(folder)} | {', '.join(modules)} |\n"
    inner = sorted(path.parent for path in folder.glob("*/__init__.py"))
    return row + "".join(_row(each, f"`{folder.name}/{each.name}/`") for each in inner)


def with_table(text: str) -> str:
    """The text of CONTRIBUTING.md with the table as it is now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    page = ROOT / "CONTRIBUTING.md"
    page.write_text(with_table(page.read_text("utf-8")), "utf-8")
