"""``dealog move``, ``won`` and ``lost``: a deal in another stage."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from site_builder.cli import completing
from site_builder.cli.edits import dated_edits
from site_builder.cli.exits import PROBLEMS
from site_builder.cli.printing import say, say_also
from site_builder.cli.signed import Signed

if TYPE_CHECKING:
    from site_builder.edit.job import Job

override_option = click.option(
    "--override", metavar="REASON", help="Why gates that are not met are passed."
)
pull_option = click.option(
    "--asked-by", type=click.Choice(["customer", "us"]), help="Who wanted the move."
)


@click.command(cls=Signed)
@click.argument("deal", shell_complete=completing.deal_ids)
@click.argument("stage", shell_complete=completing.stages)
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
    """Move a deal to a stage: the note, and the stage of the file.

    A lost stage needs its reason: use `dealog lost`. Gates that are not met are named, and
    nothing is written, unless --override says why they are passed; on a terminal that is asked.
    """
    from site_builder.edit import moving

    def move_for(reason: str) -> str:
        return moving.move(job, deal, stage, " ".join(words), reason, asked_by or "")

    say_also(_past_gates(job, override or "", move_for))


@click.command(cls=Signed)
@click.argument("deal", shell_complete=completing.deal_ids)
@click.argument("words", nargs=-1, metavar="[TEXT]")
@click.option("--value", metavar="MONEY", help="What it was won for.")
@click.option(
    "--stage",
    metavar="STAGE",
    shell_complete=completing.won_stages,
    help="Which of several won stages.",
)
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
    from site_builder.edit import moving

    def win_for(reason: str) -> str:
        said = (value or "", stage or "", reason, asked_by or "")
        return moving.won(job, deal, " ".join(words), *said)

    say_also(_past_gates(job, override or "", win_for))


@click.command(cls=Signed)
@click.argument("deal", shell_complete=completing.deal_ids)
@click.argument("words", nargs=-1, metavar="[TEXT]")
@click.option(
    "--reason", metavar="REASON", shell_complete=completing.reasons, help="One of `lost-reasons`."
)
@click.option(
    "--stage",
    metavar="STAGE",
    shell_complete=completing.lost_stages,
    help="Which of several lost stages.",
)
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
    from site_builder.edit import moving

    say_also(moving.lost(job, deal, reason or "", " ".join(words), stage or "", asked_by or ""))


def _past_gates(job: Job, reason: str, move_for: Callable[[str], str]) -> str:
    """Make a move for a reason; where nothing but gates stands in its way and somebody sits at a
    terminal, that is asked first. Returns what the move does."""
    from site_builder.edit.refusals import Wrong

    try:
        return move_for(reason)
    except Wrong as wrong:
        if not wrong.is_of_gates_alone or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        job.hand.tell(wrong.problems, wrong.sources)
        return move_for(_why())


def _why() -> str:
    """Why gates are passed, as somebody types it. Ends the command where nothing is typed."""
    asked = "Why all the same? (empty: leave it)"
    typed = click.prompt(asked, "", show_default=False, prompt_suffix=" ", err=True)
    reason = " ".join(str(typed).split())
    if not reason:
        say("dealog: Nothing was written.")
        raise SystemExit(PROBLEMS)
    return reason
