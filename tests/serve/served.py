"""A journal of a few files, and one deal, that is served while a test changes it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.serve.server import Server
from site_builder.serve.session import Session
from tests.commands import write

DAY = dt.date(2026, 11, 20)
DEAL = "---\ntitle: One\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"


@contextmanager
def served(journal: Path, deal: str = DEAL) -> Iterator[Server]:
    """A server of a journal with this as `deals/one.md`."""
    write(journal, {"deals/one.md": deal})
    with Server(Session(journal, lambda: DAY), 0) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield server
        server.shutdown()
        serving.join()
