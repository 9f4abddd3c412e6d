"""dealog's commands run in this process, and files for them to run on."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.cli.main import main


def write(root: Path, files: dict[str, str]) -> None:
    """Write the files of a journal."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit code of a command, and what it wrote to its two outputs."""
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err
