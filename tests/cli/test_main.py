"""Which command is meant."""

from __future__ import annotations

import pytest

from site_builder.cli.exits import USAGE
from site_builder.cli.main import main


def test_a_command_that_there_is_not_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["chek"])
    assert ended.value.code == USAGE
    assert "No such command `chek`. Did you mean `check`?" in capsys.readouterr().err
