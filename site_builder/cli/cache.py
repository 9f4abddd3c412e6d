"""``dealog cache``: what is kept between runs."""

from __future__ import annotations

import click

from site_builder.cli.printing import say
from site_builder.files import cache as kept


@click.group()
def cache() -> None:
    """Handle what dealog keeps so that the next run is quicker."""


@cache.command()
def clear() -> None:
    """Clear away all that is kept, of all journals. Journals and sites stay as they are.

    What `dealog undo` would take back is among it.
    """
    size, where = kept.clear(), kept.folder_of_all()
    if size:
        given = f"{where}: {max(1, round(size / 1_000_000))} MB given back"
        say(f"{given}, and with it what `dealog undo` would have taken back.")
    else:
        say("Nothing is kept.")
