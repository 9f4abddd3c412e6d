"""dealog's commands run in this process, and files for them to run on and that they leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.cli.main import main


def write(root: Path, files: dict[str, str]) -> None:
    """Write the files of a journal."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by their paths in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit code of a command, and what it wrote to its two outputs."""
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err
