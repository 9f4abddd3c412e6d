"""A journal of a few files, and one deal, that is served while a test changes it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.serve.editing import Editing
from site_builder.serve.server import Server
from site_builder.serve.session import Session
from tests.commands import write

DAY = dt.date(2026, 11, 20)
DEAL = "---\ntitle: One\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"


@contextmanager
def served(
    journal: Path, deal: str = DEAL, *, is_editing: bool = False, audience: str = ""
) -> Iterator[Server]:
    """A server of a journal with this as `deals/one.md`, whose pages may change files where it
    ``is_editing``, or of what an ``audience`` is shown of it."""
    write(journal, {"deals/one.md": deal})
    session = Session(journal, lambda: DAY, audience=audience)
    editing = Editing(session, journal, lambda: DAY) if is_editing else None
    with Server(session, 0, editing) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield server
        server.shutdown()
        serving.join()
