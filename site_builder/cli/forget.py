"""``dealog forget``: a contact who asks to be forgotten."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from site_builder.cli import completing
from site_builder.cli.changing import shown
from site_builder.cli.edits import edits
from site_builder.cli.printing import out, print_text, say, where_from
from site_builder.problems import counting

if TYPE_CHECKING:
    from site_builder.edit.forgetting import Forgotten
    from site_builder.edit.job import Job
    from site_builder.files.git import Past


@click.command()
@click.argument("contact", shell_complete=completing.contact_ids)
@click.option("--diff", "is_shown", is_flag=True, help="Show what would be done instead.")
@edits
def forget(job: Job, contact: str, is_shown: bool) -> None:
    """Take a contact who asks to be forgotten out of the journal.

    Its file goes, and wherever others name it: in fields and lists, among the parties of notes, in
    links, and in texts, where the name has several words. Notes that say how it stands with that
    contact go. What may still speak of it is listed, and what git's history holds. It wants the
    whole id; with --diff a part of it does.
    """
    from site_builder.edit import forgetting

    found = forgetting.forgotten(job.desk, contact, is_sure=is_shown)
    if is_shown:
        out(shown(found.changes, where_from(job.folder)))
    else:
        job.write(found.changes, "Forget a contact")
        print_text(found.wrong, {}, where_from(job.folder), err=True)
    for line in (*_left(found), *_elsewhere(job, found, is_done=not is_shown)):
        say(line)


def _left(found: Forgotten) -> Iterator[str]:
    """What somebody has to look at."""
    if not found.left:
        return
    yield f"Look at {counting.count(found.how_many, 'place')} that may still speak of them:"
    for left in found.left:
        where = (
            f"{left.path}:{left.line}:{left.column}" if left.line else f"{left.path}, by its name"
        )
        yield f"  {where}: {left.text}"
    if found.how_many > len(found.left):
        yield f"  and {found.how_many - len(found.left)} more"


def _elsewhere(job: Job, found: Forgotten, *, is_done: bool) -> Iterator[str]:
    """What still has them, and how they are taken out there."""
    from site_builder.edit.kept import last_edit
    from site_builder.files import git

    if is_done:
        if last_edit(job.folder).changes == list(found.changes):
            yield (
                "`dealog undo` brings it back until the next change; after `dealog cache clear` "
                "nothing does."
            )
        yield "Sites, calendars and exports have them until they are made anew."
    past = git.past_of(job.folder, found.path)
    if past is None:
        return
    yield (
        f"git's history still has them: {found.path} in {counting.count(past.commits, 'commit')}, "
        "and whatever others named them by. Whoever has a clone can read that. To rewrite it, "
        "which changes every commit since and wants everybody to clone anew:"
    )
    yield from _commands(found, past)


def _commands(found: Forgotten, past: Past) -> Iterator[str]:
    """What rewrites the history, line by line, to be typed as it is printed: what a contact says of
    itself runs nothing. Without a remote it is typed in the top folder."""
    lines = [f"regex:(?i){pattern}==>{found.word}" for pattern in found.patterns]
    remote = shlex.quote(past.remote)
    yield "  pip install git-filter-repo"
    yield f"  git clone {remote if past.remote else '--no-local .'} ../rewritten && cd ../rewritten"
    by_texts = ""
    if lines:
        yield f"  printf '%s\\n' {shlex.join(lines)} > ../forget.txt"
        by_texts = (
            " --replace-text ../forget.txt --replace-message ../forget.txt && rm ../forget.txt"
        )
    paths = " ".join(f"--path {shlex.quote(path)}" for path in past.paths)
    yield f"  git filter-repo --invert-paths {paths}{by_texts}"
    if past.remote:
        yield f"  git remote add origin {remote}"
        yield "  git push --force --all && git push --force --tags"
    yield (
        "Hosts keep what pull requests and caches have: ask yours to drop that. Other deals and "
        "contacts that the lines above name in old commits are named by no id there any more."
    )
