"""``dealog schema``: JSON Schemas of a journal's files, and what else editors read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from site_builder.cli.exits import Refused, link_in_the_way
from site_builder.cli.loading import loaded_by, look_at, refuse_missing
from site_builder.cli.printing import from_here, out, say
from site_builder.editors import files
from site_builder.editors.json_types import Names
from site_builder.files import whole_files
from site_builder.files.tree import CONFIG
from site_builder.load.loaded import Loaded
from site_builder.problems import counting
from site_builder.problems.problem import errors_in


@click.command()
@click.argument("of", type=click.Choice([*files.SCHEMAS]), required=False)
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=f"Where to write them.  [default: {files.FOLDER} in the journal]",
)
@click.option(
    "--editors",
    is_flag=True,
    help="Also what `dealog init` writes for editors; what else you put into it stays.",
)
@click.pass_obj
def schema(folder: Path, of: str | None, target: Path | None, editors: bool) -> None:
    """Write JSON Schemas from this journal's own stages and people.

    Of pipeline.yml, deals and contacts: editors complete and check `.yml` files by them.

    With the name of one, print it; with -o write it there. Run it again when pipeline.yml has
    changed. docs/editors.md says how editors find them.
    """
    if editors and (of or target):
        raise Refused("`--editors` writes all, into the journal: leave the name and -o out.")
    names = _names(folder)
    if of and target is None:
        out(files.as_bytes(files.SCHEMAS[of](names)).decode())
        return
    if editors:
        _renew(folder, names)
        return
    made = files.schemas(names)
    wanted = {files.schema_name(of): made[files.schema_name(of)]} if of else made
    if target is None:
        wanted = {f"{files.FOLDER}/{name}": data for name, data in wanted.items()}
    _say_written(_write(target or folder, wanted), len(wanted))


def _names(folder: Path) -> Names:
    """What files of the journal can name. Raises Refused where pipeline.yml has errors."""
    refuse_missing(folder)
    loaded = loaded_by(look_at(folder, None, None).load, folder)
    journal = loaded.journal
    if journal is None or _has_errors(loaded):
        raise Refused(f"{CONFIG} has errors: `dealog check` tells them.")
    contacts = {contact.id: contact.name for contact in journal.contacts}
    return Names(journal.schema, contacts, {deal.id: deal.title for deal in journal.deals})


def _has_errors(loaded: Loaded) -> bool:
    return errors_in([p for p in loaded.problems if p.span.path == CONFIG]) > 0


def _renew(folder: Path, names: Names) -> None:
    """Make what is made from pipeline.yml anew, and begin what is not there."""
    made, kept = files.made_of(names), []
    for path, data in made.items():
        there = _bytes_of(folder / path)
        if there is None or path.startswith(f"{files.FOLDER}/"):
            continue
        new = files.renewed(data, there)
        made[path] = there if new is None else new
        kept += [path] if new is None else []
    begun = {p: data for p, data in files.begun().items() if not os.path.lexists(folder / p)}
    _say_written(_write(folder, {**begun, **made}), len(begun) + len(made))
    for path in kept:
        say(f"{from_here(folder / path)} is left as it is: it is no plain JSON.")


def _bytes_of(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None


def _write(folder: Path, made: Mapping[str, bytes]) -> list[Path]:
    """Write what is not there already like that; the files that were written. Raises Refused
    where a link is in the way."""
    places = {folder / path: data for path, data in made.items()}
    for place in places:
        linked = next((p for p in (place, place.parent) if p != folder and p.is_symlink()), None)
        if linked is not None:
            raise link_in_the_way(linked)
    written = [place for place, data in places.items() if _bytes_of(place) != data]
    for place in written:
        place.parent.mkdir(parents=True, exist_ok=True)
        whole_files.replace(os.fspath(place), places[place], settled=True)
    return written


def _say_written(written: list[Path], of: int) -> None:
    for place in written:
        out(f"{from_here(place)}\n")
    rest = "" if len(written) == of else "; the others are as they should be"
    say(f"{len(written)} of {counting.count(of, 'file')} written{rest}.")
