"""From save to reloaded page, in a real browser: how long a page that is looked at takes to show a
change of a file, of a large journal that is served.

The clock starts before the file is written and stops in the page, when it has replaced what it
shows and again when that is laid out. Shown are medians. The first change is not counted.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.bench import generate

LIMIT = 0.15
"""Seconds from save to reloaded page."""
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_LOOK = """() => { window.seen = []; document.addEventListener("dealog:again", () => {
  const replaced = performance.timeOrigin + performance.now();
  document.body.getBoundingClientRect();
  window.seen.push([replaced / 1000, (performance.timeOrigin + performance.now()) / 1000]);
}) }"""
_DEAL = "deals/deal-00005.md"


class Looked(NamedTuple):
    """A page that is looked at, the file that changes, and what becomes of its text. With ``{}`` in
    its path it is another one each time, which was not there."""

    name: str
    page: str
    path: str
    change: Callable[[str, int], str]


def _noted(text: str, turn: int) -> str:
    return f"{text}\n## {generate.TODAY} call — About {turn}\n"


def _moved(text: str, turn: int) -> str:
    stage = ("solution-design", "decision")[turn % 2]
    text = re.sub(r"(?m)^stage: .*$", f"stage: {stage}", text, count=1)
    return f"{text}\n## {generate.TODAY} stage {stage}\noverride:: Tried\n"


def _begun(_text: str, turn: int) -> str:
    return f"---\ntitle: Begun {turn}\nowner: maria\nstage: qualification\n---\n"


LOOKED = (
    Looked("deal's page, a note", "deals/deal-00005.html", _DEAL, _noted),
    Looked("board, a note", "board.html", _DEAL, _noted),
    Looked("board, a move", "board.html", "deals/deal-00023.md", _moved),
    Looked("board, a new deal", "board.html", "deals/begun-{}.md", _begun),
    Looked("overview, a note", "index.html", _DEAL, _noted),
    Looked("overview, a move", "index.html", "deals/deal-00023.md", _moved),
    Looked("stale page, a note", "stale.html", _DEAL, _noted),
    Looked("forecast, a note", "forecast.html", _DEAL, _noted),
)


def measured(folder: Path, deals: int, repeat: int) -> list[tuple[str, float, float, str]]:
    """Measure each page so often, and print a table; what is to hold, as targets."""
    journal = folder / "served"
    if not journal.exists():
        generate.write_journal(journal, deals)
    targets = []
    with _served(journal) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for looked in LOOKED:
            times = _times(browser.new_page(), address, journal, looked, repeat)
            shown, laid_out = (statistics.median(column) for column in zip(*times, strict=True))
            print(f"{looked.name:24} {shown * 1000:6.0f} ms, laid out {laid_out * 1000:6.0f} ms")
            targets.append((f"{looked.name}, from save to reloaded page", shown, LIMIT, " s"))
        browser.close()
    return targets


def _times(
    page: Page, address: str, journal: Path, looked: Looked, repeat: int
) -> list[tuple[float, float]]:
    times = []
    files = [_path(journal, looked, turn) for turn in range(repeat + 1)]
    kept = {file: _text(file) for file in files}
    page.goto(f"{address}{looked.page}")
    page.evaluate(_LOOK)
    for turn in range(repeat + 1):
        file = files[turn]
        text = looked.change(kept[file], turn)
        began = time.time()
        file.write_text(text, "utf-8")
        page.wait_for_function("n => seen.length > n", arg=int(page.evaluate("seen.length")))
        replaced, laid_out = page.evaluate("seen.at(-1)")
        times.append((replaced - began, laid_out - began))
        time.sleep(1.5)  # until all is still again: a move is settled once it is shown
    for file, before in kept.items():
        if before:
            file.write_text(before, "utf-8")
        else:
            file.unlink()
    page.close()
    return times[1:]


def _path(journal: Path, looked: Looked, turn: int) -> Path:
    return journal / looked.path.format(turn)


def _text(file: Path) -> str:
    return file.read_text("utf-8") if file.exists() else ""


@contextmanager
def _served(journal: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "site_builder", "-C", str(journal), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        found = re.match(r"(http://\S+/) ", serving.stderr.readline())
        assert found is not None
        try:
            yield found[1]
        finally:
            serving.kill()


def _chromium() -> str | None:
    return next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
