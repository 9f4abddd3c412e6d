"""Pages in Chromium, and all that goes wrong in them or goes elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    Response,
    ViewportSize,
)

from site_builder.site.render import templates_dir
from site_builder.site.style_sheet import joined
from tests.browser.looks import AXE_IF_ASKED

DESK = 1280
HEIGHT = 800
FORGET = "localStorage.clear(); sessionStorage.clear()"


@dataclass(frozen=True)
class Look:
    """How a page is looked at: at which width in pixels, in which scheme, with scripts or without."""

    width: int = DESK
    scheme: Literal["light", "dark"] = "light"
    scripts: bool = True


def resize(page: Page, width: int, height: int = HEIGHT) -> None:
    """Set the size of a page, which takes a while even where it has that size."""
    size: ViewportSize = {"width": width, "height": height}
    if page.viewport_size != size:
        page.set_viewport_size(size)


def _context(browser: Browser, look: Look, *, bypass_csp: bool = False) -> BrowserContext:
    return browser.new_context(
        bypass_csp=bypass_csp,
        viewport={"width": look.width, "height": HEIGHT},
        color_scheme=look.scheme,
        java_script_enabled=look.scripts,
    )


@dataclass
class Tabs:
    """Tabs that are used for one page after the other: that takes a third of the time of a
    context for each. For pages that keep nothing but what is stored."""

    browser: Browser
    _kept: dict[str, tuple[Page, Watch]] = field(default_factory=dict)

    @contextmanager
    def opened(self, site: str, path: str, look: Look = Look()) -> Iterator[tuple[Page, list[str]]]:
        """A page, and all that went wrong or elsewhere so far."""
        with self._tab("scripts" if look.scripts else "plain", look) as (page, watching):
            faults = watching.begin(site)
            page.goto(site + path)
            yield page, faults
            page.evaluate(FORGET)

    @contextmanager
    def drawn(self, html: str, width: int) -> Iterator[Page]:
        """A page of no site, with our style sheet."""
        with self._tab("drawn", Look(width)) as (page, _):
            page.set_content(html)
            page.add_style_tag(content=joined(templates_dir() / "styles").decode())
            yield page

    @contextmanager
    def _tab(self, kind: str, look: Look) -> Iterator[tuple[Page, Watch]]:
        page, watching = self._kept.pop(kind) if kind in self._kept else self._new(kind, look)
        try:
            resize(page, look.width)
            page.emulate_media(media="null", color_scheme=look.scheme, forced_colors="null")
            yield page, watching
        except BaseException:
            page.context.close()
            raise
        page.goto("about:blank")
        self._kept[kind] = page, watching

    def _new(self, kind: str, look: Look) -> tuple[Page, Watch]:
        page = _context(self.browser, look, bypass_csp=kind == "drawn").new_page()
        if kind == "scripts":
            page.add_init_script(AXE_IF_ASKED)
        return page, Watch(page)


class Watch:
    """Notes dialogs, messages of the console and requests that fail or leave the site."""

    def __init__(self, page: Page) -> None:
        self._site, self._faults = "", list[str]()
        page.on("dialog", self._dialog)
        page.on("console", self._message)
        page.on("pageerror", lambda error: self._faults.append(str(error)))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def begin(self, site: str) -> list[str]:
        """The list that fills from now on; ``site`` is the address that all requests begin with."""
        self._site, self._faults = site, []
        return self._faults

    def _message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._faults.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._site, "data:")):
            self._faults.append(f"request of {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what is still loading where a page is left
            self._faults.append(f"failed: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._faults.append(f"{response.status}: {response.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self._faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()
