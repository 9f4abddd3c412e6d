"""``dealog move``, ``won`` and ``lost``: a deal in another stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from site_builder.cli.edits import (
    by_option,
    carry_out,
    commit_option,
    date_option,
    desk_of,
    edits,
    past_day,
    person_of,
)
from site_builder.cli.exits import Refused
from site_builder.cli.options import today_option
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import Fields, moved, stage_named, stage_of_type, with_currency
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


@click.command()
@click.argument("deal")
@click.argument("stage")
@click.argument("words", nargs=-1, metavar="[TEXT]")
@override_option
@pull_option
@date_option
@by_option
@commit_option
@today_option
@click.pass_obj
@edits
def move(
    folder: Path,
    deal: str,
    stage: str,
    words: Sequence[str],
    override: str | None,
    asked_by: str | None,
    said_day: str,
    by: str | None,
    is_committed: bool,
    today: dt.date | None,
) -> None:
    """Move a deal to a stage: the note, and the stage in its front matter.

    A lost stage needs its reason: use `dealog lost`. Gates that are not met are named, and
    nothing is written, unless --override says why they are passed.
    """
    desk = desk_of(folder, today)
    opened = desk.open(desk.find(deal))
    to = stage_named(opened.deal, stage)
    if to.type is StageType.LOST and desk.schema.lost_reasons:
        several = sum(each.type is StageType.LOST for each in opened.deal.pipeline.present) > 1
        where = f" --stage {to.id}" if several else ""
        raise Refused(f"A loss has a reason: `dealog lost {opened.file.id} --reason …{where}`.")
    fields = _fields({"asked-by": asked_by, "override": override})
    _carry_out(folder, desk, opened, to, fields, words, said_day, by, is_committed)


@click.command()
@click.argument("deal")
@click.argument("words", nargs=-1, metavar="[TEXT]")
@click.option("--value", metavar="MONEY", help="What it was won for.")
@click.option("--stage", metavar="STAGE", help="Which of several won stages.")
@override_option
@pull_option
@date_option
@by_option
@commit_option
@today_option
@click.pass_obj
@edits
def won(
    folder: Path,
    deal: str,
    words: Sequence[str],
    value: str | None,
    stage: str | None,
    override: str | None,
    asked_by: str | None,
    said_day: str,
    by: str | None,
    is_committed: bool,
    today: dt.date | None,
) -> None:
    """Move a deal to the stage in which it is won."""
    desk = desk_of(folder, today)
    opened = desk.open(desk.find(deal))
    to = stage_named(opened.deal, stage) if stage else stage_of_type(opened.deal, StageType.WON)
    if to.type is not StageType.WON:
        raise Refused(f"`{to.id}` is no won stage: use `dealog move`.")
    fields = _fields({"value": value, "asked-by": asked_by, "override": override})
    _carry_out(folder, desk, opened, to, fields, words, said_day, by, is_committed)


@click.command()
@click.argument("deal")
@click.argument("words", nargs=-1, metavar="[TEXT]")
@click.option("--reason", metavar="REASON", help="One of `lost-reasons`.")
@click.option("--stage", metavar="STAGE", help="Which of several lost stages.")
@pull_option
@date_option
@by_option
@commit_option
@today_option
@click.pass_obj
@edits
def lost(
    folder: Path,
    deal: str,
    words: Sequence[str],
    reason: str | None,
    stage: str | None,
    asked_by: str | None,
    said_day: str,
    by: str | None,
    is_committed: bool,
    today: dt.date | None,
) -> None:
    """Move a deal to the stage in which it is lost, with the reason."""
    desk = desk_of(folder, today)
    opened = desk.open(desk.find(deal))
    to = stage_named(opened.deal, stage) if stage else stage_of_type(opened.deal, StageType.LOST)
    if to.type is not StageType.LOST:
        raise Refused(f"`{to.id}` is no lost stage: use `dealog move`.")
    fields = _fields({"lost-reason": _reason(desk, reason), "asked-by": asked_by})
    _carry_out(folder, desk, opened, to, fields, words, said_day, by, is_committed)


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


def _carry_out(
    folder: Path,
    desk: Desk,
    opened: Opened,
    to: Stage,
    fields: Fields,
    words: Sequence[str],
    said_day: str,
    by: str | None,
    is_committed: bool,
) -> None:
    who, fields = person_of(desk, folder, by), with_currency(opened.file, fields)
    splices = moved(opened, to, past_day(desk, said_day), who, " ".join(words).strip(), fields)
    carry_out(
        folder,
        desk,
        opened,
        splices,
        notes=1,
        commit=f"{opened.file.id}: move to {to.id}" if is_committed else "",
        gates=_GATES,
    )
