"""``dealog serve``: the site, as it is while its files change."""

from __future__ import annotations

import datetime as dt
import gc
import threading
from pathlib import Path

import click

from site_builder.cli.exits import Refused
from site_builder.cli.loading import clock, no_journal, refuse_missing
from site_builder.cli.options import today_option
from site_builder.cli.printing import print_text, say, where_from
from site_builder.files.tree import CONFIG, FolderTree
from site_builder.load.preparing import NoJournal, read_config
from site_builder.serve.editing import Editing
from site_builder.serve.server import HOST, Server
from site_builder.serve.session import Broken, Session
from site_builder.serve.watching import Watch

PORT = 8000
_TRIED = 20


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"Which port; 0 for any that is free.  [default: {PORT}, or the next that is free]",
)
@click.option(
    "--edit", "is_editing", is_flag=True, help="Let its pages change the journal's files."
)
@click.option("--audience", metavar="NAME", help="Only what this audience is shown.")
@today_option
@click.pass_obj
def serve(
    folder: Path, port: int | None, is_editing: bool, audience: str | None, today: dt.date | None
) -> None:
    """Show the site on this machine, and follow changes of files.

    A page that is open shows a change by itself; what is wrong stands on top of it until it is
    mended. Nothing is written, but with --edit by what is done on a page: cards are moved, notes
    added and files edited there, and `dealog undo` takes back the last of it. End it with Ctrl-C.
    """
    refuse_missing(folder)
    if audience is not None and is_editing:
        raise Refused("What an audience is shown can't be edited: leave out --edit or --audience.")
    watch = Watch(folder)  # before the journal is read, so that nothing is missed
    session = _session(folder, today, audience or "")
    gc.freeze()  # looking through a large journal for what is unused would halt every tenth answer
    gc.enable()  # and what each answer leaves would pile up
    server = _server(session, port, Editing(session, folder, clock) if is_editing else None)
    follow = threading.Thread(target=_follow, args=(watch, server.session), daemon=True)
    follow.start()
    say(f"http://{HOST}:{server.port}/  (Ctrl-C ends it)")
    for line in server.session.wrong:
        say(line)
    serving = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    serving.start()
    try:
        # Ctrl-C interrupts the main thread, wherever that is: one that only waits is never amid
        # an answer, nor in a finaliser, where it would be lost.
        while serving.is_alive():
            serving.join(0.5)
    finally:
        watch.stop()
        server.server_close()


def _session(folder: Path, today: dt.date | None, audience: str) -> Session:
    if audience:
        _refuse_unknown(folder, audience)
    try:
        return Session(folder, clock, today, audience)
    except NoJournal:
        raise no_journal(folder) from None
    except Broken as broken:
        text = (folder / CONFIG).read_text("utf-8", "replace")
        print_text(broken.problems, {CONFIG: text}, where_from(folder), err=True)
        what = f"What the audience `{audience}` is shown" if audience else CONFIG
        raise Refused(f"{what} can't be understood.") from None


def _refuse_unknown(folder: Path, audience: str) -> None:
    """Raises Refused where there is no such audience, with those that there are."""
    from site_builder.cli.audiences import audience_of

    try:
        schema, _ = read_config(FolderTree(folder), lambda _problem: None)
    except NoJournal:
        raise no_journal(folder) from None
    if schema is not None:
        audience_of(schema, audience)


def _server(session: Session, port: int | None, editing: Editing | None) -> Server:
    """The server on a port, or on the first that is free. Raises Refused where none is."""
    ports = range(PORT, PORT + _TRIED) if port is None else (port,)
    for each in ports:
        try:
            return Server(session, each, editing)
        except OSError as error:
            failed = error
    more = "Give another with --port." if port is not None else "Give one with --port."
    raise Refused(f"Port {ports[0]} can't be used: {failed.strerror or failed}. {more}")


def _follow(watch: Watch, session: Session) -> None:
    for burst in watch.bursts():
        before = session.wrong
        session.changed(burst)
        if session.wrong != before:
            for line in session.wrong or ("All is well again.",):
                say(line)
