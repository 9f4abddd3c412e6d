"""``dealog build``: a journal to its site."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.exits import PROBLEMS, Refused, exit_for
from site_builder.cli.loading import cache_for, loaded_by, look_at, refuse_missing
from site_builder.cli.options import no_cache_option, rev_option, today_option
from site_builder.cli.printing import print_text, progress, say, where_from
from site_builder.files.git_near import is_in_repository
from site_builder.files.memory import Memory
from site_builder.files.tree import CONFIG, own_templates
from site_builder.load.findings import Findings
from site_builder.problems import counting, report
from site_builder.problems.problem import Severity
from site_builder.site import last_build
from site_builder.site.claim import OutputRefused
from site_builder.site.output import Output, Written

if TYPE_CHECKING:
    from site_builder.files.cache import Cache
    from site_builder.journal.recordings import Recordings
    from site_builder.load.loaded import Loaded
    from site_builder.load.look import Look
    from site_builder.site.build import Built
    from site_builder.site.last_build import LastBuild


@click.command()
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to write the site.  [default: _site in the journal]",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    metavar="NAME",
    help="Only what this audience is shown; several, each in a folder of its name.",
)
@rev_option
@no_cache_option
@today_option
@click.pass_obj
def build(
    folder: Path,
    target: Path | None,
    strict: bool,
    audiences: tuple[str, ...],
    rev: str | None,
    no_cache: bool,
    today: dt.date | None,
) -> None:
    """Render the site.

    With problems it still builds all that can be built, lists the rest on problems.html,
    and exits with 1 if any is an error.

    With --audience it has what pipeline.yml lists for that audience and nothing else; given
    several times, each gets a folder of its name below DIR. Files that could not be read whole
    are left out of it.
    """
    refuse_missing(folder)  # or the output would make it
    target = target or folder / "_site"
    if audiences:
        _build_parts(folder, target, audiences, strict, rev, no_cache, today)
        return
    output = Output(target, folder)
    try:
        output.claim(partial(say, f"Another build writes to {target}: waiting for its end."))
        # Only now, so that the last to build has the last word.
        found, pages, written = _built(folder, target, output, today, no_cache, rev)
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


def _build_parts(
    folder: Path,
    target: Path,
    names: tuple[str, ...],
    strict: bool,
    rev: str | None,
    no_cache: bool,
    today: dt.date | None,
) -> None:
    """Build the sites of audiences."""
    from site_builder.cli.audiences import build_part, others_beside, parts_of

    def load() -> Loaded:
        loaded = loaded_by(look_at(folder, today, None, rev).load, folder)
        _refuse_unbuildable(loaded, target, folder, is_part=True)
        return loaded

    loaded = load()
    parts = parts_of(loaded, names, target)
    for part in parts:
        build_part(part, folder, no_cache, load)
    for other in others_beside(parts, target):
        say(f"{other} holds a site that was not built now, and shows what it did.")
    _show_problems(loaded.findings, where_from(folder), strict, "`dealog check` shows")
    exit_for(loaded.findings, strict)


def _built(
    folder: Path,
    target: Path,
    output: Output,
    today: dt.date | None,
    no_cache: bool,
    rev: str | None,
) -> tuple[Findings, int, Written]:
    """What was found, how many pages there are, and what was written of them; nothing, where
    the folder holds them already."""
    cache = cache_for(folder, no_cache or rev is not None, target)
    look = look_at(folder, today, cache, rev)
    templates = own_templates(folder)
    digest = last_build.digest_of_templates(templates)
    last = last_build.kept(cache, target) if cache else None
    if last and last.templates == digest and last.is_there(target):
        found, state = look.still_found(), _state(folder)
        is_same = look.last is not None and look.last.state == last.state
        if found and is_same and state == last.recorded:
            return found, len(last.pages), Written(0, len(last.stamps), 0)
        if again := _built_again(look, target, last, output, templates, folder, state):
            return again
    state = _state(folder)
    found, built = _built_whole(look, target, folder, output, templates, rev)
    if cache and look.last:
        last_build.keep(cache, target, look.last.state, digest, built.shown, state)
    return found, built.pages, built.written


def _state(folder: Path) -> str:
    """Changes with what git has recorded; nothing where there is no git."""
    if not is_in_repository(folder):
        return ""
    from site_builder.files.git_history import state_of

    return state_of(folder)


def _recorded(folder: Path, rev: str | None, cache: Cache | None) -> Recordings | None:
    if not is_in_repository(folder):
        return None
    from site_builder.review.recorded import recorded

    return recorded(folder, rev, cache)


def _built_again(
    look: Look,
    target: Path,
    last: LastBuild,
    output: Output,
    templates: Path | None,
    folder: Path,
    state: str,
) -> tuple[Findings, int, Written] | None:
    """The same where only what changed was built; None where everything has to be."""
    from site_builder.site import build_again
    from site_builder.site.template_errors import TemplateWrong

    try:
        known = _recorded(folder, None, look.cache)
        again = build_again.again(look, target, last, output, templates, progress(), known, state)
    except TemplateWrong as wrong:
        raise Refused(str(wrong)) from None
    return again and (again[0], again[1].pages, again[1].written)


def _built_whole(
    look: Look,
    target: Path,
    folder: Path,
    output: Output,
    templates: Path | None,
    rev: str | None,
) -> tuple[Findings, Built]:
    from site_builder.site import build as building
    from site_builder.site import build_again
    from site_builder.site.template_errors import TemplateWrong

    loaded = loaded_by(look.load, folder)
    _refuse_unbuildable(loaded, target, folder)
    known, memory = _recorded(folder, rev, look.cache), Memory(lambda: look.cache)
    loaded = replace(loaded, recorded=known, memory=memory)
    if rev is not None:
        from site_builder.cli.revisions import commit_at

        loaded = replace(loaded, revision=commit_at(folder, rev))
    if look.cache and look.last:
        build_again.keep(look.cache, target, look.last.state, loaded)
        loaded = replace(loaded, files=())  # so that nobody holds them while pages are made
    try:
        built = building.build(loaded, output, templates, progress(), look.cache)
    except TemplateWrong as wrong:
        raise Refused(str(wrong)) from None
    memory.keep()
    return loaded.findings, built


def _refuse_unbuildable(loaded: Loaded, target: Path, folder: Path, is_part: bool = False) -> None:
    if loaded.journal is None:
        _show_problems(loaded.findings, where_from(folder))
        say(f"{CONFIG} can't be understood, so nothing was built; {target} is as it was.")
        raise SystemExit(PROBLEMS)
    if not loaded.journal.schema.visibility:
        _show_problems(loaded.findings, where_from(folder))
        raise Refused(
            f"`visibility` in {CONFIG} is neither `private` nor `public`, so nothing was built."
        )
    if loaded.journal.schema.visibility == "public" and not is_part:
        from site_builder.cli.audiences import public_needs_one

        raise Refused(public_needs_one(loaded.journal.schema.audiences))


def _show_problems(
    found: Findings,
    where: report.Where,
    strict: bool = True,
    others: str = "`dealog check` and problems.html show",
) -> None:
    """Print the problems of a build; warnings only where they count. ``others`` says what shows
    those that are not printed."""
    shown = [p for p in found.problems if strict or p.severity is Severity.ERROR]
    print_text(shown, found.sources, where, err=True)
    if len(shown) < len(found.problems):
        say(f"{others} the warnings.")
