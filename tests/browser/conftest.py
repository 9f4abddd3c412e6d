"""One Chromium a worker; the demo site over file:// and below a sub-path of a local server, the site
of odd texts over file://."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import demo
from tests.browser.tabs import DESK, Tabs

SUB_PATH = "team/journal"
Way = tuple[int, Literal["light", "dark"]]
"""A width in pixels and a scheme."""
SMALL_PHONE = 320
WAYS: tuple[Sequence[Way], ...] = (
    ((SMALL_PHONE, "dark"), (DESK, "light")),
    ((DESK, "dark"), (SMALL_PHONE, "light")),
    ((SMALL_PHONE, "light"), (DESK, "dark")),
    ((DESK, "light"), (SMALL_PHONE, "dark")),
)
"""Axe sees a page that both sites have in one way in each, which have neither the width nor the
scheme in common, and one that one site has in both."""
ONE_RENDERER = (
    "--disable-features=site-per-process",
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
    "--num-raster-threads=1",
)
"""All pages in one process: a new one for each address takes longer than most tests."""
UNDRAWN = ("--enable-begin-frame-control", "--run-all-compositor-stages-before-draw")
"""Frames are drawn where they are asked for, by nobody here."""
WITHOUT_WINDOWS = "headless-shell"
NAMES = (f"chromium-{WITHOUT_WINDOWS}", "chromium", "chromium-browser", "google-chrome")
"""The first one has no windows, and takes two thirds of the time of the others."""


def chromium() -> str | None:
    """Where the system's Chromium is: `DEALOG_CHROMIUM`, or the first one on the PATH."""
    named = os.environ.get("DEALOG_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output readable."""


Launch = Callable[..., Browser]
"""Begins a browser, with these options besides what all have."""


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    path = chromium()
    if path is None:
        message = "no Chromium found: install one, or name it in DEALOG_CHROMIUM"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    always = [*ONE_RENDERER, *(["--no-sandbox"] if as_root else [])]
    with sync_playwright() as playwright:

        def launched(*options: str) -> Browser:
            return playwright.chromium.launch(executable_path=path, args=[*always, *options])

        yield launched


@pytest.fixture(scope="session")
def browser(launch: Launch) -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture(scope="session")
def measured(launch: Launch) -> Iterator[Tabs]:
    """Tabs for what is measured and not used: where the browser can, they are laid out and not drawn,
    in three quarters of the time."""
    with launch(*(UNDRAWN if WITHOUT_WINDOWS in (chromium() or "") else ())) as browser:
        yield Tabs(browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / SUB_PATH
    folder.parent.mkdir(parents=True)
    return demo.build(folder)


@pytest.fixture(scope="session")
def over_http(site: Path) -> Iterator[str]:
    """The address of the site below a sub-path, with a slash at its end."""
    root = site.parents[SUB_PATH.count("/")]
    handler = functools.partial(_Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{SUB_PATH}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def over_file(site: Path) -> str:
    """The address of the site as files, with a slash at its end."""
    return site.as_uri() + "/"


@dataclass(frozen=True)
class LookedAt:
    """A site: where its files are, its address, with a slash at its end, and the path of a page of
    each type it has.
    ``scrolls`` are the classes of what may scroll by itself; words of up to ``unbroken`` letters
    stand in one line."""

    name: str
    folder: Path
    address: str
    pages: Mapping[str, str]
    scrolls: frozenset[str]
    unbroken: int


@pytest.fixture(scope="session")
def demo_site(site: Path, over_http: str) -> LookedAt:
    scrolls = frozenset({"board", "source"})
    pages = demo.one_of_each(site)
    return LookedAt("demo", site, over_http, pages, scrolls, 14)


@pytest.fixture(scope="session")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> LookedAt:
    """The site of odd texts, as files. It has a page of each type. Of six currencies and tables in
    notes there is too much for a narrow window."""
    folder = tmp_path_factory.mktemp("odd")
    journal = demo.write_odd(folder / "journal")
    site = demo.build(folder / "site", journal)
    pages = demo.one_of_each(site, journal)
    scrolls = frozenset({"board", "source", "scroll", "folded scroll"})
    return LookedAt("odd", site, site.as_uri() + "/", pages, scrolls, 0)
