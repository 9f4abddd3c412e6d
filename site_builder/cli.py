"""The command line: the only module that prints, exits and reads the clock."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from site_builder import __version__, formats, report, terminal
from site_builder.diagnostics import Problem, Severity, errors_in
from site_builder.load import Loaded, NoJournal, load
from site_builder.model import Schema
from site_builder.repository import Repository
from site_builder.tree import CONFIG, FolderTree, meant_name

FINE, PROBLEMS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


if TYPE_CHECKING:
    _DayType = click.ParamType[dt.date]
else:  # older versions of click have no generic types
    _DayType = click.ParamType


class Day(_DayType):
    """A calendar day, written as 2026-11-20."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        if isinstance(value, dt.date):
            return value
        from site_builder import values

        date = values.date(str(value))
        if isinstance(date, values.Bad):
            self.fail(f"{date.message} {date.help}", param, ctx)
        return date


today_option = click.option(
    "--today",
    type=Day(),
    help="See the journal as of this day.  [default: as-of, SOURCE_DATE_EPOCH, the clock]",
)


class Refused(click.ClickException):
    """Wrong usage or configuration."""

    exit_code = USAGE

    def show(self, file: object = None) -> None:
        _say(f"dealog: {self.message}")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The journal's folder.  [default: this folder]",
)
@click.version_option(__version__, prog_name="dealog")
@click.pass_context
def dealog(context: click.Context, folder: Path) -> None:
    """A sales pipeline kept as plain text in git.

    A journal is a folder with pipeline.yml, deals/ and contacts/.
    """
    context.obj = folder


@dealog.command()
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print the problems.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@today_option
@click.pass_obj
def check(folder: Path, shape: str, strict: bool, today: dt.date | None) -> None:
    """Print all problems of the journal.

    Exits with 1 if there are errors (with --strict, also if there are warnings).
    """
    loaded = _load(folder, today, only_check=True)
    _print_problems(loaded, shape, _where(folder))
    if shape == "text" and loaded.journal is not None:
        _say_where_files_are_shown(folder, loaded.journal.schema.repository)
    _exit_for(loaded, strict)


@dealog.command()
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to write the site.  [default: _site in the journal]",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@today_option
@click.pass_obj
def build(folder: Path, target: Path | None, strict: bool, today: dt.date | None) -> None:
    """Render the site.

    With problems it still builds all that can be built, lists the rest on problems.html,
    and exits with 1 if any is an error.
    """
    from site_builder import build as building
    from site_builder.claim import OutputRefused
    from site_builder.output import Output
    from site_builder.template_errors import TemplateWrong

    target = target or folder / "_site"
    output = Output(target, folder)
    try:
        output.claim(partial(_say, f"Another build writes to {target}: waiting for its end."))
        loaded = _load(folder, today)  # only now, so that the last to build has the last word
        _refuse_unbuildable(loaded, target, folder)
        built = building.build(loaded, output, _templates(folder), _progress())
    except (OutputRefused, TemplateWrong) as refused:
        raise Refused(str(refused)) from None
    finally:
        output.release()
    _show_problems(loaded, _where(folder), strict)
    _say(
        f"{target}: {formats.count(built.pages, 'page')}, "
        f"{formats.count(built.written.changed, 'file')} changed, {built.written.pruned} removed. "
        f"As of {loaded.today}; {report.summary(loaded.problems).lower()}."
    )
    _exit_for(loaded, strict)


def _refuse_unbuildable(loaded: Loaded, target: Path, folder: Path) -> None:
    if loaded.journal is None:
        _show_problems(loaded, _where(folder))
        _say(f"{CONFIG} can't be understood, so nothing was built; {target} is as it was.")
        raise SystemExit(PROBLEMS)
    if not loaded.journal.schema.visibility:
        _show_problems(loaded, _where(folder))
        raise Refused(
            f"`visibility` in {CONFIG} is neither `private` nor `public`, so nothing was built."
        )
    if loaded.journal.schema.visibility == "public":
        raise Refused(
            f"`visibility: public` in {CONFIG}: a public site is built for an audience only."
        )


@dealog.command()
@click.argument("target", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@click.option(
    "--preset",
    default="acquisition",
    show_default=True,
    metavar="NAME",
    help="Which pipeline to begin with: acquisition, development, modules or simple.",
)
@click.pass_obj
def init(folder: Path, target: Path | None, preset: str) -> None:
    """Begin a new journal in DIR (default: this folder)."""
    from site_builder import whole_files
    from site_builder.init import PRESETS, new_journal
    from site_builder.suggest import did_you_mean

    if preset not in PRESETS:
        raise Refused(
            f"There is no preset `{preset}`. {did_you_mean(preset, PRESETS, 'The presets')}"
        )
    root = folder / target if target else folder
    files = new_journal(preset, _clock().date())
    there = sorted(path for path, data in files.items() if _is_in_the_way(root, path, data))
    if there:
        raise Refused(f"{root / there[0]} is there already; nothing was written.")
    for path, data in sorted(files.items(), key=lambda file: file[0] == CONFIG):  # that last
        if not os.path.lexists(root / path):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            whole_files.create(os.fspath(root / path), data)
    _say(
        f"A new journal in {root}: its stages are in {CONFIG}. "
        "Begin with deals/README.md, then `dealog check`."
    )


def _is_in_the_way(root: Path, path: str, data: bytes) -> bool:
    """Whether something is there that is not what a killed `init` left; a journal's own
    .gitignore may stay."""
    place = root / path
    if path == ".gitignore" or not os.path.lexists(place):
        return place.parent != root and place.parent.is_symlink()
    is_ours = path != CONFIG and place.is_file() and not place.is_symlink()
    return not is_ours or place.read_bytes() != data


@dealog.command("import")
@click.argument("csv", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    required=True,
    metavar="MAP.yml",
    help="Says what the columns are: see docs/import.md.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be written; write nothing.")
@click.pass_obj
def import_(folder: Path, csv: Path, map_file: Path, dry_run: bool) -> None:
    """Import deals, contacts, notes or stages from a CSV file.

    Files that are there are never overwritten; a second run changes nothing. Exits with 1
    if rows were refused, with 2 if the map does not fit.
    """
    from site_builder.exchange import applying, importing, plan

    schema = _schema(folder)
    map_text = _decoded(map_file)
    names = importing.lookup_files(map_file.name, map_text, schema)
    beside = {
        name: (csv.parent / name).read_bytes() for name in names if (csv.parent / name).is_file()
    }
    planned = importing.plan_import(
        csv.name, _bytes(csv), map_file.name, map_text, schema, FolderTree(folder), beside
    )
    problems = plan.grouped(planned.problems)
    given = {path.name: _from_here(path) for path in (csv, map_file)}
    given |= {name: _from_here(csv.parent / name) for name in beside}
    where = _where(folder)
    _print_text(
        problems, {map_file.name: map_text}, lambda path: given.get(path) or where(path), err=True
    )
    if planned.map_is_wrong:
        raise Refused(f"{map_file} does not fit, so nothing was written.")
    if not dry_run:
        try:
            applying.apply(planned, folder, partial(_say, "Another import is under way; waiting."))
        except applying.ChangedMeanwhileError as changed:
            raise Refused(f"{changed}; run the import again.") from None
    _out(report.printable_lines(plan.summary(planned, dry_run=dry_run)))
    if dry_run and (example := planned.example) is not None:
        whole = report.printable_lines(example.data.decode("utf-8-sig"))
        _out(f"\nOne of them whole, {example.path}:\n\n{whole}")
    if errors_in(problems):
        raise SystemExit(PROBLEMS)


def _schema(folder: Path) -> Schema:
    """The schema of the journal, which has to be there and right before anything comes in."""
    from site_builder.load import read_config

    problems: list[Problem] = []
    try:
        schema, text = read_config(FolderTree(folder), problems.append)
    except NoJournal:
        raise _no_journal(folder) from None
    if schema is None or errors_in(problems):
        _print_text(problems, {CONFIG: text}, _where(folder), err=True)
        raise Refused(f"Mend {CONFIG} first; nothing was imported.")
    return schema


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror}.") from None


def _decoded(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Refused(f"{path} is not UTF-8: save it as UTF-8.") from None


def _no_journal(folder: Path) -> Refused:
    above = next((up for up in folder.resolve().parents if (up / CONFIG).is_file()), None)
    help = "Go to a journal's folder, name it with -C DIR, or begin one with `dealog init`."
    if above is not None:
        help = f"There is one above: `dealog -C {os.path.relpath(above)} …`"
    names = sorted(path.name for path in folder.iterdir() if meant_name(path.name) == CONFIG)
    if names:
        help = f"Rename {names[0]} to {CONFIG}."
    return Refused(f"{folder.resolve().name}/ is no journal: it has no {CONFIG}. {help}")


def _load(folder: Path, today: dt.date | None, only_check: bool = False) -> Loaded:
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.")
    try:
        return load(FolderTree(folder), _clock, today, only_check)
    except NoJournal:
        raise _no_journal(folder) from None


def _clock() -> dt.datetime:
    """Now: SOURCE_DATE_EPOCH (seconds, UTC) if it is set, otherwise by the local clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return dt.datetime.now().astimezone()
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused(
            f"SOURCE_DATE_EPOCH is `{epoch}`, which is no number of seconds since 1970."
        ) from None


def _templates(folder: Path) -> Path | None:
    own = folder / "templates"
    return own if own.is_dir() and not own.is_symlink() else None


def _where(folder: Path) -> report.Where:
    """The paths of a journal's files from where one stands."""
    stand = _from_here(folder)
    before = "" if stand == "." else f"{stand.rstrip('/')}/"
    return lambda path: before + path


def _from_here(path: Path) -> str:
    try:
        return Path(os.path.relpath(path)).as_posix()
    except (OSError, ValueError):  # this folder is gone, or the other is on another drive
        return path.as_posix()


def _print_problems(loaded: Loaded, shape: str, where: report.Where) -> None:
    if shape == "json":
        encoding = (sys.stdout.encoding or "").lower()
        _out(report.as_json(loaded.problems, in_ascii=not encoding.startswith("utf")))
    elif shape == "github":
        _out(report.github(loaded.problems, where))
    else:
        _print_text(loaded.problems, loaded.sources, where)
        _say(_verdict(loaded))


def _print_text(
    problems: Sequence[Problem],
    sources: report.Sources,
    where: report.Where,
    err: bool = False,
) -> None:
    stream = sys.stderr if err else sys.stdout
    is_coloured = terminal.is_coloured(os.environ, stream.isatty())
    look = report.Look(
        report.coloured if is_coloured else report.plain,
        terminal.columns(os.environ, _columns_of(stream)),
        where,
    )
    click.echo(report.text(problems, sources, look), err=err, nl=False, color=is_coloured)


def _columns_of(stream: TextIO) -> int:
    """How wide a stream's terminal is; 0 where it is none, or one that does not know."""
    try:
        return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    except (OSError, ValueError):
        return 0


def _say_where_files_are_shown(folder: Path, repository: Repository) -> None:
    if repository.reading:
        _say(f"`repository` is taken for {repository.reading}.")
    home = folder.resolve()
    top = next((up for up in (home, *home.parents) if (up / ".git").exists()), None)
    inside = "" if top is None or top == home else home.relative_to(top).as_posix()
    if top is not None and repository.source and inside != repository.folder:
        _say(
            f"The journal lies in {f'`{inside}`' if inside else 'the top folder'} of this git "
            "repository, so that links to its files may lead nowhere: give `repository` the "
            "address of that folder, as the browser shows it."
        )


def _verdict(loaded: Loaded) -> str:
    if not loaded.problems and loaded.journal is not None:
        deals, contacts = len(loaded.journal.deals), len(loaded.journal.contacts)
        what = f"{formats.count(deals, 'deal')} and {formats.count(contacts, 'contact')}"
        return f"No problems in {what}, as of {loaded.today}."
    files = formats.count(len({p.span.path for p in loaded.problems}), "file")
    return f"{report.summary(loaded.problems)} in {files}, as of {loaded.today}."


def _show_problems(loaded: Loaded, where: report.Where, strict: bool = True) -> None:
    """Print the problems of a build; warnings only where they count."""
    shown = [p for p in loaded.problems if strict or p.severity is Severity.ERROR]
    _print_text(shown, loaded.sources, where, err=True)
    if len(shown) < len(loaded.problems):
        _say("`dealog check` and problems.html show the warnings.")


def _exit_for(loaded: Loaded, strict: bool) -> None:
    if errors_in(loaded.problems) or (strict and loaded.problems):
        raise SystemExit(PROBLEMS)


def _progress() -> Callable[[int, int], None]:
    """Shows pages written on a terminal, once a build has taken a second."""
    started = time.monotonic()
    is_shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def show(done: int, all: int) -> None:
        if is_shown and time.monotonic() - started > 1:
            end = "\r\033[K" if done >= all else ""
            click.echo(
                f"\r{done * 100 // max(all, 1)}% of {all} pages{end}",
                err=True,
                nl=False,
            )

    return show


def _out(text: str) -> None:
    click.echo(text, nl=False)


def _say(text: str) -> None:
    """Names of files and folders come along, so that nothing in them may drive a terminal."""
    click.echo(report.printable_lines(text), err=True)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit with its code: see docs/format.md."""
    _open_streams()
    try:
        dealog.main(args=arguments, prog_name="dealog", standalone_mode=False)
        code = FINE
    except click.exceptions.Exit as done:
        code = done.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except click.ClickException as refused:
        refused.show()
        code = USAGE
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else BUG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINE
    except OSError as error:
        _say(
            f"dealog: {error.strerror}: {error.filename}"
            if error.filename
            else f"dealog: {error.strerror or error}"
        )
        code = USAGE
    except Exception as bug:
        _report_bug(bug)
        code = BUG
    sys.exit(code)


def _open_streams() -> None:
    """Give a process that was started with a closed stream one that leads nowhere, and have
    characters that a stream's encoding lacks written out."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - until the process ends
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _report_bug(bug: Exception) -> None:
    import traceback

    frame = traceback.extract_tb(bug.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    _say(
        f"dealog: a bug of ours, sorry: {type(bug).__name__}: {bug} ({place}).\n"
        "Please report it where you got dealog from. DEALOG_DEBUG=1 prints the whole story."
    )
    if os.environ.get("DEALOG_DEBUG"):
        traceback.print_exception(bug)
