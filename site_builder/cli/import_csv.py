"""``dealog import``: a CSV file into the journal."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from site_builder.cli.exits import PROBLEMS, Refused, bytes_of
from site_builder.cli.loading import no_journal, refuse_missing
from site_builder.cli.printing import from_here, out, print_text, say, where_from
from site_builder.exchange import applying, importing, plan
from site_builder.files.tree import CONFIG, FOLDERS, FolderTree
from site_builder.journal.schema import Schema
from site_builder.load.preparing import NoJournal, read_config
from site_builder.problems import report
from site_builder.problems.problem import Problem, errors_in

_A_MAP = """\b
A map says what the columns are, as this one for deals:
\b
  import: deals              # or contacts, notes, stages
  source: old-crm            # a name for where this comes from
  key: Record ID             # the column that tells rows apart
  dates: MM/DD/YYYY          # as the file has them
  numbers: 1,234.56
  currency: EUR
  stages: {Qualified: talking, Closed Won: won}
  fields:                    # ours: the name of a column
    title: Deal Name
    owner: Deal Owner
    stage: Deal Stage
    value: Amount

Begin with --dry-run: it tells what does not fit, and what to write instead. All that a map can
say is in docs/import.md, where dealog's source is."""


@click.command("import", epilog=_A_MAP)
@click.argument("csv", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    required=True,
    metavar="MAP.yml",
    help="Says what the columns are: see below.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be written; write nothing.")
@click.pass_obj
def import_csv(folder: Path, csv: Path, map_file: Path, dry_run: bool) -> None:
    """Import deals, contacts, notes or stages from a CSV file.

    Files that are there are never overwritten; a second run changes nothing. Exits with 1
    if rows were refused, with 2 if the map does not fit.
    """
    schema = _schema(folder)
    _refuse_links(folder)
    map_text = _decoded(map_file)
    names = importing.lookup_files(map_file.name, map_text, schema)
    beside = {name: bytes_of(csv.parent / name) for name in names if (csv.parent / name).is_file()}
    planned = importing.plan_import(
        csv.name, _given(csv), map_file.name, map_text, schema, FolderTree(folder), beside
    )
    problems = plan.grouped(planned.problems)
    given = {path.name: from_here(path) for path in (csv, map_file)}
    given |= {name: from_here(csv.parent / name) for name in beside}
    where = where_from(folder)
    print_text(
        problems, {map_file.name: map_text}, lambda path: given.get(path) or where(path), err=True
    )
    if planned.map_is_wrong:
        raise Refused(f"{map_file} does not fit, so nothing was written.")
    if not dry_run:
        try:
            waiting = partial(say, "Another import is under way; waiting.")
            if not applying.apply(planned, folder, waiting, f"Import {csv.name}"):
                say("`dealog undo` can't take this back: what it needs could not be kept.")
        except applying.ChangedMeanwhileError as changed:
            raise Refused(f"{changed}; run the import again.") from None
    out(report.printable_lines(plan.summary(planned, dry_run=dry_run)))
    if dry_run and (example := planned.example) is not None:
        whole = report.printable_lines(example.data.decode("utf-8-sig"))
        out(f"\nOne of them whole, {example.path}:\n\n{whole}")
    if errors_in(problems):
        raise SystemExit(PROBLEMS)


def _schema(folder: Path) -> Schema:
    """The schema of the journal, which has to be there and right before anything comes in."""
    refuse_missing(folder)
    problems: list[Problem] = []
    try:
        schema, text = read_config(FolderTree(folder), problems.append)
    except NoJournal:
        raise no_journal(folder) from None
    if schema is None or errors_in(problems):
        print_text(problems, {CONFIG: text}, where_from(folder), err=True)
        raise Refused(f"Mend {CONFIG} first; nothing was imported.")
    return schema


def _refuse_links(folder: Path) -> None:
    """Refuse a journal of which a folder is a link, through which nothing is written."""
    for name in FOLDERS:
        if (folder / name).is_symlink():
            raise Refused(
                f"{from_here(folder / name)} is a symbolic link, which is not followed, so nothing "
                "was imported: put the folder itself in its place."
            )


def _given(path: Path) -> bytes:
    """All of a file. A pipe is waited for, as one that a shell makes; a device may never end."""
    if path.is_char_device() or path.is_block_device():
        raise Refused(f"{path} can't be read: it is a device, and no file.")
    return bytes_of(path)


def _decoded(path: Path) -> str:
    try:
        return _given(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Refused(f"{path} is not UTF-8: save it as UTF-8.") from None
