from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.commands import run, write

HEEDING = """import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("site_builder", run_name="__main__")
"""
"""dealog, where it was started in the background of a shell, so that interrupts are ignored."""

DEAL = "---\ntitle: One\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"


def test_it_serves_follows_changes_and_ends(journal: Path) -> None:
    write(journal, {"deals/one.md": DEAL})
    command = [sys.executable, "-c", HEEDING, "-C", str(journal), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        address = re.match(r"(http://127\.0\.0\.1:\d+/) ", serving.stderr.readline())
        assert address is not None
        url = address[1]
        assert b"One" in urllib.request.urlopen(f"{url}deals/one.html", timeout=30).read()
        write(journal, {"deals/one.md": "no front matter"})
        told = urllib.request.urlopen(f"{url}-/changes?since=0", timeout=60).read()
        assert b"does not begin with front matter" in told
        assert "deals/one.md:1:1" in serving.stderr.readline()
        assert b"One" in urllib.request.urlopen(f"{url}deals/one.html", timeout=30).read()
        os.kill(serving.pid, signal.SIGINT)
        assert serving.wait(30) == 130
    assert not (journal / "_site").exists()


INTERRUPTED = """import runpy, signal
from site_builder.serve.server import Server

class Ends:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
Server.service_actions = lambda server: Ends() and None
runpy.run_module("site_builder", run_name="__main__")
"""
"""dealog, interrupted while the thread that answers ends an object: an exception is lost there."""


def test_no_interrupt_is_lost(journal: Path) -> None:
    write(journal, {"deals/one.md": DEAL})
    command = [sys.executable, "-c", INTERRUPTED, "-C", str(journal), "serve", "--port", "0"]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 130


def test_a_port_that_is_taken_is_told(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, _, err = run("-C", journal, "serve", "--port", str(port), capsys=capsys)
    assert code == 2
    assert f"Port {port} can't be used: Address already in use. Give another with --port." in err


def test_a_broken_pipeline_is_told_as_check_would(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (journal / "pipeline.yml").write_text("pipelines: [\n")
    code, _, err = run("-C", journal, "serve", capsys=capsys)
    assert (code, "error[yaml-syntax]" in err) == (2, True)


def test_what_an_audience_is_shown_is_not_edited_and_unknown_ones_are_refused(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (journal / "pipeline.yml").open("a") as file:
        file.write("audiences: {them: {deals: {show: [title]}}}\n")
    code, _, err = run("-C", journal, "serve", "--audience", "them", "--edit", capsys=capsys)
    assert code == 2 and "leave out --edit or --audience" in err
    code, _, err = run("-C", journal, "serve", "--audience", "thm", capsys=capsys)
    assert code == 2 and "Did you mean `them`?" in err
