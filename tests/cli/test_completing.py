from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from site_builder.cli.main import dealog
from tests.cli.test_late_imports import imported
from tests.commands import write

PIPELINE = """\
journal: K
currency: EUR
visibility: private
as-of: 2026-11-20
team: {maria: {name: Maria}, max: {name: Max}}
lost-reasons: {price: Price}
kinds: {workshop: intangible}
pipelines:
  sales:
    fields: {size: {type: choice, options: [small, large]}, rival: {type: contact}}
    stages:
      lead: {name: Lead, steps: {asked: Asked, shown: Shown}}
      old: {retired: yes}
      won: {type: won}
      lost: {type: lost}
  renewals:
    stages: {review: {}, renewed: {type: won}, kept: {type: won}}
"""
DEAL = "---\ntitle: A\nowner: max\npipeline: sales\nstage: lead\n---\n## 2026-11-01 note\n\n- [x] asked\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {
            "pipeline.yml": PIPELINE,
            "deals/2026/acme-sites.md": DEAL,
            "deals/acme.yml": "title: A\nowner: max\npipeline: renewals\nstage: review\n",
            "deals/twin.md": DEAL,
            "deals/README.md": "Read me.",
            "contacts/twin.md": "---\nname: T\n---\n",
            "contacts/jane-roe.md": "---\nname: Jane\n---\n",
        },
    )
    return tmp_path


def offered(folder: Path, *words: str) -> list[str]:
    """What completes the last of some words behind `dealog -C DIR`."""
    asked = BashComplete(dealog, {}, "dealog", "_DEALOG_COMPLETE")
    found = asked.get_completions(["-C", str(folder), *words[:-1]], words[-1])
    return [item.value for item in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["mo"], ["move"]),
        (["log", ""], ["acme", "acme-sites", "contacts/twin", "deals/twin", "jane-roe"]),
        (["log", "roe"], ["jane-roe"]),
        (["log", "deals/"], ["deals/twin"]),
        (["move", "a"], ["acme", "acme-sites"]),
        (["move", "acme", ""], ["kept", "renewed", "review"]),
        (["move", "acme-s", ""], ["lead", "lost", "won"]),
        (["move", "deals/twin", "l"], ["lead", "lost"]),
        (["won", "acme", "--stage", ""], ["kept", "renewed"]),
        (["lost", "acme-sites", "--stage", ""], ["lost"]),
        (["lost", "acme-sites", "--reason", ""], ["other", "price"]),
        (["done", "acme-sites", ""], ["shown"]),
        (["done", "acme-sites", "shown", ""], []),
        (["set", "acme-sites", "s"], ["size", "source"]),
        (["set", "acme", "s"], ["source"]),
        (["set", "jane", "st"], ["status"]),
        (["set", "acme-sites", "size", ""], ["large", "small"]),
        (["set", "acme-sites", "rival", "t"], ["twin"]),
        (["set", "acme", "category", "b"], ["best-case"]),
        (["set", "acme", "owner", "m"], ["maria", "max"]),
        (["set", "acme", "need", ""], ["no", "yes"]),
        (["set", "acme", "contacts", "j"], ["jane-roe"]),
        (["set", "acme", "title", ""], []),
        (["log", "acme", "--by", "mar"], ["maria"]),
        (["log", "acme", "--kind", "wo"], ["workshop"]),
        (["log", "acme", "--with", "j"], ["jane-roe"]),
        (["merge", "jane-roe", ""], ["twin"]),
        (["merge", "jane-roe", "into", "t"], ["twin"]),
        (["merge", "jane-roe", "into", "twin", "--prefer", ""], ["jane-roe", "twin"]),
        (["rename", "j"], ["jane-roe"]),
        (["new", "deal", "X", "--pipeline", ""], ["renewals", "sales"]),
        (["new", "deal", "X", "--pipeline", "sales", "--stage", "l"], ["lead", "lost"]),
        (["new", "deal", "X", "--stage", "r"], ["renewed", "review"]),
        (["next", "acme", "to"], ["today", "tomorrow"]),
        (["log", "--ki"], ["--kind"]),
        (["move", "nobody", ""], []),
    ],
)
def test_what_is_offered(folder: Path, words: list[str], found: list[str]) -> None:
    assert offered(folder, *words) == found


def test_a_name_that_is_no_id_reaches_no_shell(folder: Path) -> None:
    write(folder, {"deals/$(touch x).md": DEAL, "deals/a;b.md": DEAL, "deals/a\nb.md": DEAL})
    assert offered(folder, "move", "") == ["acme", "acme-sites", "twin"]


@pytest.mark.parametrize("text", ["", "journal: [", "\x00"])
def test_a_broken_journal_is_no_noise(
    folder: Path, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "pipeline.yml").write_text(text)
    assert offered(folder, "move", "acme", "") == []
    assert offered(folder, "set", "acme", "owner", "") == []
    assert "jane-roe" in offered(folder, "log", "j")
    assert offered(folder / "nowhere", "log", "") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_in_bash(folder: Path) -> None:
    (folder / "bin").mkdir()
    command = folder / "bin/dealog"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m site_builder "$@"\n')
    command.chmod(0o755)
    script = (
        'eval "$(_DEALOG_COMPLETE=bash_source dealog)"; complete -p dealog >/dev/null || exit 9\n'
        'COMP_WORDS=(dealog move acme-s ""); COMP_CWORD=3; _dealog_completion dealog\n'
        'echo "${COMPREPLY[@]}"'
    )
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("lead lost won\n", "")


def test_options_are_known_without_what_edits() -> None:
    found = imported("-c", "import site_builder.cli.log, site_builder.cli.merge")
    assert not {"yaml", "site_builder.edit", "site_builder.load.loader"} & found
