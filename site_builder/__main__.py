"""``python -m site_builder`` is ``dealog``; so is the installed command."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

INTERRUPTED = 130


def run() -> None:
    """Run the command line and end the process at once: a large journal takes a second to
    be taken apart in memory, which nobody needs."""
    gc.disable()  # what a command loads and makes stays until it ends: collecting is time lost
    try:
        from site_builder.cli.main import main  # noqa: PLC0415 - so that Ctrl-C is caught from here on

        main()
    except KeyboardInterrupt:
        code: int | str | None = INTERRUPTED
    except SystemExit as ended:
        code = ended.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    run()
