"""``dealog check``: all problems of a journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from site_builder.cli.exits import Refused, exit_for
from site_builder.cli.loading import findings_from
from site_builder.cli.options import format_option, no_cache_option, today_option
from site_builder.cli.printing import has_ascii_alone, out, print_text, say, where_from
from site_builder.journal.repository import Repository
from site_builder.load.findings import Findings
from site_builder.problems import counting, report
from site_builder.problems.problem import Problem


@click.command()
@format_option(
    "text", "json", "github", "gitlab", "sarif", "junit", help="How to print the problems."
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--fix", "is_fixed", is_flag=True, help="Make the safe repairs, and print what remains."
)
@click.option("--diff", "is_shown", is_flag=True, help="Show what --fix would do instead.")
@click.option(
    "--base",
    metavar="REV",
    help="Print the problems of what changed since this branch left REV, and what looks odd in it.",
)
@no_cache_option
@today_option
@click.pass_obj
def check(
    folder: Path,
    shape: str,
    strict: bool,
    base: str | None,
    is_fixed: bool,
    is_shown: bool,
    no_cache: bool,
    today: dt.date | None,
) -> None:
    """Print all problems of the journal.

    Exits with 1 if there are errors (with --strict, also if there are warnings).
    """
    if base is not None:
        if is_fixed or is_shown:
            raise Refused("--base goes with neither --fix nor --diff: give them by themselves.")
        from site_builder.cli.revisions import findings_since

        found = findings_since(folder, base, today)
    else:
        found = findings_from(folder, today, no_cache)
    if (is_fixed or is_shown) and found.problems:
        from site_builder.cli import repairing

        if is_shown:
            repairing.show(folder, today)
            exit_for(found, strict)
            return
        found = repairing.fix(folder, today, is_text=shape == "text")
    _print_problems(found, shape, where_from(folder), base, strict)
    if shape == "text" and found.repository is not None:
        _say_where_files_are_shown(folder, found.repository)
    exit_for(found, strict)


def _print_problems(
    found: Findings, shape: str, where: report.Where, base: str | None, strict: bool
) -> None:
    if shape == "json":
        out(report.as_json(found.problems, in_ascii=has_ascii_alone()))
    elif shape == "github":
        out(report.github(found.problems, where))
    elif shape == "text":
        print_text(found.problems, found.sources, where)
        say(_verdict(found, base))
    else:
        out(_for_other_programs(found.problems, shape, where, strict))


def _for_other_programs(
    problems: Sequence[Problem], shape: str, where: report.Where, strict: bool
) -> str:
    if shape == "gitlab":
        from site_builder.problems.gitlab import gitlab

        return gitlab(problems, where)
    if shape == "sarif":
        from site_builder.problems.sarif import sarif

        return sarif(problems, where)
    from site_builder.problems.junit import junit

    return junit(problems, where, strict)


def _say_where_files_are_shown(folder: Path, repository: Repository) -> None:
    if repository.reading:
        say(f"`repository` is taken for {repository.reading}.")
    home = folder.resolve()
    top = next((up for up in (home, *home.parents) if (up / ".git").exists()), None)
    inside = "" if top is None or top == home else home.relative_to(top).as_posix()
    if top is not None and repository.source and inside != repository.folder:
        say(_elsewhere(top, inside, repository))


def _elsewhere(top: Path, inside: str, repository: Repository) -> str:
    """What to say of an address of another folder than the journal's. Where a branch has a slash
    in its name, its address is right though it is read wrongly."""
    branch = repository.longer_branch(inside)
    slash = f"the branch is `{branch}`, write `%2F` for the slash in its name: "
    slash += f"`{repository.address_of(branch, inside)}`."
    if branch and (inside or _has_branch(top, branch)):
        return f"If {slash}"
    return (
        f"The journal lies in {f'`{inside}`' if inside else 'the top folder'} of this git "
        "repository, so that links to its files may lead nowhere: give `repository` the "
        f"address of that folder, as the browser shows it.{f' Or, if {slash}' if branch else ''}"
    )


def _has_branch(top: Path, branch: str) -> bool:
    """Whether a git repository is known to have a branch."""
    git = top / ".git"
    try:
        if (git / "HEAD").read_text("utf-8").strip() == f"ref: refs/heads/{branch}":
            return True
        return any((git / "refs" / at / branch).is_file() for at in ("heads", "remotes/origin"))
    except (OSError, ValueError):
        return False


def _verdict(found: Findings, base: str | None) -> str:
    if base is not None and not found.problems:
        return f"No problems in what changed since {base}, as of {found.today}."
    if not found.problems and found.repository is not None:
        deals, contacts = found.deals, found.contacts
        what = f"{counting.count(deals, 'deal')} and {counting.count(contacts, 'contact')}"
        return f"No problems in {what}, as of {found.today}."
    files = counting.count(len({p.span.path for p in found.problems}), "file")
    return f"{report.summary(found.problems)} in {files}, as of {found.today}."
