"""What `dealog init --ci` writes: what a host of git runs for a journal, or a host of its site."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from site_builder import __version__
from site_builder.cli.exits import Refused, link_in_the_way
from site_builder.cli.loading import refuse_missing
from site_builder.cli.printing import from_here, out, say
from site_builder.files import whole_files
from site_builder.files.tree import CONFIG, FolderTree
from site_builder.hosts.workflows import GITLAB, can_name, files_for
from site_builder.journal.schema import Schema
from site_builder.load.preparing import read_config
from site_builder.problems.counting import count
from site_builder.problems.problem import Problem, errors_in

_SAID = {
    "github": "GitHub Pages of a private repository are public on most plans. Nothing is deployed "
    "before Pages are switched on there, and the variable DEALOG_PAGES is `yes`: docs/ci.md.",
    "gitlab": "GitLab Pages of a private project are public where their access control is off. "
    "Nothing is deployed before the variable DEALOG_PAGES is `yes`: docs/ci.md.",
    "netlify": "Every site on Netlify is public until a password is set there. Nothing is "
    "published before the variable DEALOG_PAGES is `yes`: docs/publishing.md.",
    "cloudflare": "Every site on Cloudflare Pages is public until there is a policy for it. "
    "Nothing is built there before dealog-site.sh says `yes`: docs/publishing.md.",
    "server": "A site on a server is public unless that asks for passwords, as the two files for "
    "nginx and Caddy have it: docs/publishing.md.",
}
_INSTALLED = (
    f"They install dealog {__version__} from PyPI. Where it is not there yet, give `DEALOG` in "
    "them the address of a git repository and a commit, before you push them: docs/ci.md."
)
_FORMS = (
    "For links from the site's pages to the forms, write `repository: https://github.com/…` and "
    f"`issue-forms: yes` into {CONFIG}."
)


def write_for(host: str, folder: Path) -> None:
    """Write what a host runs for the journal of a folder, at the top of its git repository. What
    is there and says something else stays, and is told. Raises Refused."""
    schema = _schema(folder)
    home = folder.resolve()
    top = next((up for up in (home, *home.parents) if os.path.lexists(up / ".git")), home)
    inside = home.relative_to(top).as_posix()
    if not can_name(inside):
        raise Refused(
            f"The folder `{inside}` can't be named in a workflow: use letters, digits, `-`, `_` "
            "and `.` in its name. Nothing was written for the host."
        )
    made = files_for(host, schema, inside)
    written, kept = _written(top, made)
    for path in written:
        out(f"{from_here(top / path)}\n")
    for path in kept:
        say(f"{from_here(top / path)} is left as it is: it says something else.{_help(path)}")
    there = len(made) - len(written) - len(kept)
    are_there = f"; {there} {'is' if there == 1 else 'are'} there already" if there else ""
    said = f"{len(written)} of {count(len(made), 'file')} written for {host}{are_there}."
    say(f"{said} {_SAID[host]}")
    if written and host != "server":
        say(_INSTALLED)
    if host == "github" and not schema.repository.issues:
        say(_FORMS)


def _schema(folder: Path) -> Schema:
    refuse_missing(folder)
    problems: list[Problem] = []
    schema, _ = read_config(FolderTree(folder), problems.append)
    if schema is None or errors_in(problems):
        raise Refused(f"{CONFIG} has errors: `dealog check` tells them.")
    return schema


def _help(path: str) -> str:
    if path == GITLAB:
        return " Add to its `include:` the line `- local: .gitlab/dealog.yml`."
    return " For ours, move it away and do this again."


def _written(top: Path, made: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """Write what is not there; the paths that were written, and those where something else is.
    Raises Refused where a link is in the way."""
    for path in made:
        parts = [top / part for part in (path, *map(str, Path(path).parents)) if part != "."]
        linked = next((part for part in parts if part.is_symlink()), None)
        if linked is not None:
            raise link_in_the_way(linked)
    new = [path for path in made if not os.path.lexists(top / path)]
    kept = [path for path in made if path not in new and not _is_ours(top / path, made[path])]
    for path in new:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        whole_files.create(os.fspath(top / path), made[path])
    return new, kept


def _is_ours(place: Path, data: bytes) -> bool:
    return place.is_file() and whole_files.holds(os.fspath(place), data)
