"""``dealog move``, ``won`` and ``lost``: a deal in another stage."""

from __future__ import annotations

from collections.abc import Sequence

import click

from site_builder.cli.edits import dated_edits
from site_builder.cli.exits import Refused
from site_builder.cli.signed import Signed
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import Fields, moved, stage_named, stage_of_type, with_currency
from site_builder.edit.job import Job
from site_builder.journal.pipeline import Stage, StageType
from site_builder.problems.suggest import did_you_mean, listed

_GATES = (
    "Nothing was written. Do first what the gates require, as the help says, or pass them with "
    "--override REASON."
)
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
    opened = job.open(deal)
    to = stage_named(opened.deal, stage)
    if to.type is StageType.LOST and job.desk.schema.lost_reasons:
        several = sum(each.type is StageType.LOST for each in opened.deal.pipeline.present) > 1
        where = f" --stage {to.id}" if several else ""
        raise Refused(f"A loss has a reason: `dealog lost {opened.file.id} --reason …{where}`.")
    fields = _fields({"asked-by": asked_by, "override": override})
    _move(job, opened, to, fields, words)


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
    opened = job.open(deal)
    to = _ending(opened, StageType.WON, stage)
    fields = _fields({"value": value, "asked-by": asked_by, "override": override})
    _move(job, opened, to, fields, words)


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
    opened = job.open(deal)
    to = _ending(opened, StageType.LOST, stage)
    fields = _fields({"lost-reason": _reason(job.desk, reason), "asked-by": asked_by})
    _move(job, opened, to, fields, words)


def _reason(desk: Desk, said: str | None) -> str:
    reasons = desk.schema.lost_reasons
    if not said:
        ways = f": {listed(reasons)}" if reasons else ""
        raise Refused(f"Why was it lost? Give --reason{ways}.")
    named = [id for id, name in reasons.items() if said.strip().lower() in (id, name.lower())]
    if not named and said != "other":
        help = did_you_mean(said, list(reasons), "The reasons")
        raise Refused(f"There is no lost reason `{said}`. {help}".rstrip())
    return named[0] if named else said


def _fields(given: dict[str, str | None]) -> Fields:
    return tuple((name, value) for name, value in given.items() if value)


def _ending(opened: Opened, type: StageType, said: str | None) -> Stage:
    """The stage in which a deal is won, or lost: the one that was said, or the only one."""
    to = stage_named(opened.deal, said) if said else stage_of_type(opened.deal, type)
    if to.type is not type:
        raise Refused(f"`{to.id}` is no {type} stage: use `dealog move`.")
    return to


def _move(job: Job, opened: Opened, to: Stage, fields: Fields, words: Sequence[str]) -> None:
    fields, headline = with_currency(opened.file, fields), " ".join(words).strip()
    splices = moved(opened, to, job.day, job.person, headline, fields)
    job.change(opened, splices, f"move to {to.id}", notes=1, gates=_GATES)
