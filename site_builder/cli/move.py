"""``dealog move``, ``won`` and ``lost``: a deal in another stage."""

from __future__ import annotations

from collections.abc import Sequence

import click

from site_builder.cli.edits import dated_edits
from site_builder.cli.signed import Signed
from site_builder.edit import moving
from site_builder.edit.job import Job

override_option = click.option(
    "--override", metavar="REASON", help="Why gates that are not met are passed."
)
pull_option = click.option(
    "--asked-by", type=click.Choice(["customer", "us"]), help="Who wanted the move."
)


@click.command(cls=Signed)
@click.argument("deal")
@click.argument("stage")
@click.argument("words", nargs=-1, metavar="[TEXT]")
@override_option
@pull_option
@dated_edits
def move(
    job: Job,
    deal: str,
    stage: str,
    words: Sequence[str],
    override: str | None,
    asked_by: str | None,
) -> None:
    """Move a deal to a stage: the note, and the stage in its front matter.

    A lost stage needs its reason: use `dealog lost`. Gates that are not met are named, and
    nothing is written, unless --override says why they are passed.
    """
    moving.move(job, deal, stage, " ".join(words), override or "", asked_by or "")


@click.command(cls=Signed)
@click.argument("deal")
@click.argument("words", nargs=-1, metavar="[TEXT]")
@click.option("--value", metavar="MONEY", help="What it was won for.")
@click.option("--stage", metavar="STAGE", help="Which of several won stages.")
@override_option
@pull_option
@dated_edits
def won(
    job: Job,
    deal: str,
    words: Sequence[str],
    value: str | None,
    stage: str | None,
    override: str | None,
    asked_by: str | None,
) -> None:
    """Move a deal to the stage in which it is won."""
    said = (value or "", stage or "", override or "", asked_by or "")
    moving.won(job, deal, " ".join(words), *said)


@click.command(cls=Signed)
@click.argument("deal")
@click.argument("words", nargs=-1, metavar="[TEXT]")
@click.option("--reason", metavar="REASON", help="One of `lost-reasons`.")
@click.option("--stage", metavar="STAGE", help="Which of several lost stages.")
@pull_option
@dated_edits
def lost(
    job: Job,
    deal: str,
    words: Sequence[str],
    reason: str | None,
    stage: str | None,
    asked_by: str | None,
) -> None:
    """Move a deal to the stage in which it is lost, with the reason."""
    moving.lost(job, deal, reason or "", " ".join(words), stage or "", asked_by or "")
