"""``dealog init``: a new journal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click
from click.core import ParameterSource

from site_builder.cli.exits import Refused
from site_builder.cli.loading import clock
from site_builder.cli.printing import say
from site_builder.editors import files
from site_builder.editors.json_types import Names
from site_builder.files import whole_files
from site_builder.files.tree import CONFIG, MemoryTree
from site_builder.hosts.workflows import HOSTS
from site_builder.load.preparing import read_config
from site_builder.presets.new_journal import PRESETS, new_journal
from site_builder.problems.suggest import did_you_mean

_OURS = (CONFIG, "deals/", "contacts/")


@click.command()
@click.argument("target", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@click.option(
    "--preset",
    default="acquisition",
    show_default=True,
    metavar="NAME",
    help="Which pipeline to begin with: acquisition, development, modules or simple.",
)
@click.option(
    "--ci",
    "host",
    type=click.Choice(HOSTS),
    help="Also what a host runs or reads of it: in a journal that is there, this alone.",
)
@click.pass_context
def init(context: click.Context, target: Path | None, preset: str, host: str | None) -> None:
    """Begin a new journal in DIR (default: this folder).

    With --ci github or gitlab it also gets checks of what is proposed, a site built each day and,
    on GitHub, forms for those without git (docs/ci.md); with netlify, cloudflare or server what its
    site is published with (docs/publishing.md). A journal that is there gets them too. No file that
    says something else is overwritten.
    """
    folder: Path = context.obj
    root = folder / target if target else folder
    if host is None or not os.path.lexists(root / CONFIG):
        _begin(root, preset)
    elif context.get_parameter_source("preset") is not ParameterSource.DEFAULT:
        raise Refused(f"{root / CONFIG} is there already: leave --preset out.")
    if host is not None:
        from site_builder.cli.hosting import write_for

        write_for(host, root)


def _begin(root: Path, preset: str) -> None:
    """Write a new journal."""
    if preset not in PRESETS:
        raise Refused(
            f"There is no preset `{preset}`. {did_you_mean(preset, PRESETS, 'The presets')}"
        )
    journal = new_journal(preset, clock().date())
    made = {**journal, **_for_editors(journal)}
    there = sorted(path for path, data in made.items() if _is_in_the_way(root, path, data))
    if there:
        raise Refused(f"{root / there[0]} is there already; nothing was written.")
    for path, data in sorted(made.items(), key=lambda file: file[0] == CONFIG):  # that last
        if not os.path.lexists(root / path):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            whole_files.create(os.fspath(root / path), data)
    where = "" if root == Path() else f" in {root}"
    say(
        f"A new journal{where} of the preset `{preset}`: its stages are in {CONFIG}. "
        "Begin with deals/README.md, then `dealog check`; in git, `dealog setup-git` once in each "
        "clone."
    )


def _for_editors(journal: Mapping[str, bytes]) -> dict[str, bytes]:
    """What editors read of a journal that has no deals yet."""
    schema, _ = read_config(MemoryTree(journal), lambda _problem: None)
    assert schema is not None
    return {**files.begun(), **files.made_of(Names(schema))}


def _is_in_the_way(root: Path, path: str, data: bytes) -> bool:
    """Whether something is there that is not what a killed `init` left; a folder's own .gitignore
    and what it has for editors may stay."""
    place = root / path
    if not path.startswith(_OURS) or not os.path.lexists(place):
        return place.parent != root and place.parent.is_symlink()
    is_ours = path != CONFIG and place.is_file() and not place.is_symlink()
    return not is_ours or place.read_bytes() != data
