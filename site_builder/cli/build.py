"""``dealog build``: a journal to its site."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.exits import PROBLEMS, Refused, exit_for
from site_builder.cli.loading import Reading, cache_for, refuse_missing
from site_builder.cli.options import no_cache_option, today_option
from site_builder.cli.printing import print_text, progress, say, where_from
from site_builder.files.tree import CONFIG
from site_builder.load.findings import Findings
from site_builder.problems import counting, report
from site_builder.problems.problem import Severity
from site_builder.site import last_build
from site_builder.site.claim import OutputRefused
from site_builder.site.output import Output, Written

if TYPE_CHECKING:
    from site_builder.load.loader import Loaded
    from site_builder.site.build import Built


@click.command()
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to write the site.  [default: _site in the journal]",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@no_cache_option
@today_option
@click.pass_obj
def build(
    folder: Path, target: Path | None, strict: bool, no_cache: bool, today: dt.date | None
) -> None:
    """Render the site.

    With problems it still builds all that can be built, lists the rest on problems.html,
    and exits with 1 if any is an error.
    """
    refuse_missing(folder)  # or the output would make it
    target = target or folder / "_site"
    output = Output(target, folder)
    try:
        output.claim(partial(say, f"Another build writes to {target}: waiting for its end."))
        # Only now, so that the last to build has the last word.
        found, pages, written = _built(folder, target, output, today, no_cache)
    except OutputRefused as refused:
        raise Refused(str(refused)) from None
    finally:
        output.release()
    _show_problems(found, where_from(folder), strict)
    say(
        f"{target}: {counting.count(pages, 'page')}, "
        f"{counting.count(written.changed, 'file')} changed, {written.pruned} removed. "
        f"As of {found.today}; {report.summary(found.problems).lower()}."
    )
    exit_for(found, strict)


def _built(
    folder: Path, target: Path, output: Output, today: dt.date | None, no_cache: bool
) -> tuple[Findings, int, Written]:
    """What was found, how many pages there are, and what was written of them; nothing, where
    the folder holds them already."""
    cache = cache_for(folder, no_cache, target)
    reading = Reading(folder, today, cache)
    templates = _templates(folder)
    digest = last_build.digest_of_templates(templates)
    last = last_build.kept(cache, target) if cache else None
    found = reading.still_found() if last else None
    if (
        found
        and last
        and reading.last
        and (last.state, last.templates)
        == (
            reading.last.state,
            digest,
        )
        and last.is_there(target)
    ):
        return found, last.pages, Written(0, len(last.stamps), 0)
    loaded = reading.load()
    _refuse_unbuildable(loaded, target, folder)
    built = _rendered(loaded, output, templates)
    if cache and reading.last:
        last_build.keep(cache, target, reading.last.state, digest, built.pages)
    return loaded.findings, built.pages, built.written


def _rendered(loaded: Loaded, output: Output, templates: Path | None) -> Built:
    from site_builder.site import build as building
    from site_builder.site.template_errors import TemplateWrong

    try:
        return building.build(loaded, output, templates, progress())
    except TemplateWrong as wrong:
        raise Refused(str(wrong)) from None


def _refuse_unbuildable(loaded: Loaded, target: Path, folder: Path) -> None:
    if loaded.journal is None:
        _show_problems(loaded.findings, where_from(folder))
        say(f"{CONFIG} can't be understood, so nothing was built; {target} is as it was.")
        raise SystemExit(PROBLEMS)
    if not loaded.journal.schema.visibility:
        _show_problems(loaded.findings, where_from(folder))
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


def _show_problems(found: Findings, where: report.Where, strict: bool = True) -> None:
    """Print the problems of a build; warnings only where they count."""
    shown = [p for p in found.problems if strict or p.severity is Severity.ERROR]
    print_text(shown, found.sources, where, err=True)
    if len(shown) < len(found.problems):
        say("`dealog check` and problems.html show the warnings.")
