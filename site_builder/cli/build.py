"""``dealog build``: a journal to its site."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import click

from site_builder.cli.exits import PROBLEMS, Refused, exit_for
from site_builder.cli.loading import loaded_from, refuse_missing
from site_builder.cli.options import today_option
from site_builder.cli.printing import print_text, progress, say, where_from
from site_builder.files.tree import CONFIG
from site_builder.load.loader import Loaded
from site_builder.problems import counting, report
from site_builder.problems.problem import Severity
from site_builder.site import build as building
from site_builder.site.claim import OutputRefused
from site_builder.site.output import Output
from site_builder.site.template_errors import TemplateWrong


@click.command()
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
    refuse_missing(folder)  # or the output would make it
    target = target or folder / "_site"
    output = Output(target, folder)
    try:
        output.claim(partial(say, f"Another build writes to {target}: waiting for its end."))
        loaded = loaded_from(folder, today)  # only now, so that the last to build has the last word
        _refuse_unbuildable(loaded, target, folder)
        built = building.build(loaded, output, _templates(folder), progress())
    except (OutputRefused, TemplateWrong) as refused:
        raise Refused(str(refused)) from None
    finally:
        output.release()
    _show_problems(loaded, where_from(folder), strict)
    say(
        f"{target}: {counting.count(built.pages, 'page')}, "
        f"{counting.count(built.written.changed, 'file')} changed, {built.written.pruned} removed. "
        f"As of {loaded.today}; {report.summary(loaded.problems).lower()}."
    )
    exit_for(loaded, strict)


def _refuse_unbuildable(loaded: Loaded, target: Path, folder: Path) -> None:
    if loaded.journal is None:
        _show_problems(loaded, where_from(folder))
        say(f"{CONFIG} can't be understood, so nothing was built; {target} is as it was.")
        raise SystemExit(PROBLEMS)
    if not loaded.journal.schema.visibility:
        _show_problems(loaded, where_from(folder))
        raise Refused(
            f"`visibility` in {CONFIG} is neither `private` nor `public`, so nothing was built."
        )
    if loaded.journal.schema.visibility == "public":
        raise Refused(
            f"`visibility: public` in {CONFIG}: a public site is built for an audience only."
        )


def _templates(folder: Path) -> Path | None:
    own = folder / "templates"
    return own if own.is_dir() and not own.is_symlink() else None


def _show_problems(loaded: Loaded, where: report.Where, strict: bool = True) -> None:
    """Print the problems of a build; warnings only where they count."""
    shown = [p for p in loaded.problems if strict or p.severity is Severity.ERROR]
    print_text(shown, loaded.sources, where, err=True)
    if len(shown) < len(loaded.problems):
        say("`dealog check` and problems.html show the warnings.")
