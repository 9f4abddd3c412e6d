"""The README's tour, run as it stands: the commands work, and print what it says they print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MISTAKE = "dealog check --today 2026-11-20\n"
MUCH_LATER = "2000000000"  # in 2033, as seconds: whoever takes the tour then sees the same


class Block(NamedTuple):
    """Shell commands, and what the README says they print ("" where it says nothing)."""

    commands: str
    prints: str


def tour() -> tuple[Block, ...]:
    section = README.split("## A five-minute tour\n", 1)[1].split("\n## More\n", 1)[0]
    blocks = re.findall(r"^```(sh|text)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return tuple(_pairs(blocks))


def _pairs(blocks: list[tuple[str, str]]) -> Iterator[Block]:
    for number, (language, text) in enumerate(blocks):
        if language == "sh":
            after = blocks[number + 1] if number + 1 < len(blocks) else ("sh", "")
            yield Block(text, after[1] if after[0] == "text" else "")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """`dealog` on the PATH, installed or not, long after the day of the tour."""
    command = tmp_path / "bin" / "dealog"
    command.parent.mkdir()
    python = shlex.quote(sys.executable)
    command.write_text(f'#!/bin/sh\nexec {python} -m site_builder "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": MUCH_LATER,
        "NO_COLOR": "1",
        "GIT_AUTHOR_NAME": "Nora",
        "GIT_AUTHOR_EMAIL": "nora@juniper-lane.example",
        "GIT_COMMITTER_NAME": "Nora",
        "GIT_COMMITTER_EMAIL": "nora@juniper-lane.example",
        "COLUMNS": "100",
    }


def test_the_tour_runs_as_written(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "checkout"
    folder.mkdir()
    seen_mistake = False
    for block in tour():
        script = f"set -e\n{block.commands}"
        done = subprocess.run(
            ["/bin/sh", "-c", f"{script}\npwd > {tmp_path}/.where"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if block.prints:
            assert (done.stdout + done.stderr).strip() == block.prints.strip()
        is_mistake = block.commands == MISTAKE
        seen_mistake |= is_mistake
        assert done.returncode == int(is_mistake), (block.commands, done.stdout, done.stderr)
        if not done.returncode:
            folder = Path((tmp_path / ".where").read_text().strip())
    assert seen_mistake
    assert (folder / ".git" / "HEAD").read_text() == "ref: refs/heads/main\n"  # as docs call it
    deal = (folder / "_site" / "deals" / "juniper-lane-ordering.html").read_text(encoding="utf-8")
    assert "They lose an order a week" in deal and "in 4 days" in deal and "overdue" not in deal


def test_the_tour_says_how_the_command_is_found_before_it_needs_it() -> None:
    first, *others = [block.commands for block in tour()]
    assert first == 'export PATH="$PWD/.venv/bin:$PATH"\n'
    assert others[0].startswith("dealog ")


def test_the_two_commands_of_the_readme_are_targets_of_make() -> None:
    targets = re.findall(
        r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    wanted = re.findall(r"^make (\w+)$", README, re.MULTILINE)
    assert len(wanted) == 2
    assert set(wanted) <= set(targets)


def test_who_can_read_what_is_said_plainly() -> None:
    """Of the repository, its history, sites, and Pages; and that each host has its paragraphs."""
    section = README.split("## Who can read what\n", 1)[1].partition("\n## ")[0]
    said = " ".join(section.split())
    assert "**The repository shows everything** to whoever can read it" in said
    assert "history keeps it" in said and "`dealog forget`" in said
    assert "**A Pages site of a private repository is public on most plans.**" in said
    publishing = (ROOT / "docs/publishing.md").read_text("utf-8")
    hosts = {"GitHub Pages", "GitLab Pages", "Netlify", "Cloudflare Pages", "A server of yours"}
    told = {part.partition("\n")[0]: part for part in publishing.split("\n## ")}
    assert hosts <= told.keys()
    assert all("**Private:**" in told[host] for host in hosts - {"A server of yours"})
    assert "auth_basic" in told["A server of yours"] and "basic_auth" in told["A server of yours"]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_links_between_files_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text)
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing
