"""``dealog dupes``: contacts that are likely the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from site_builder.cli.asking import looked_at
from site_builder.cli.exits import exit_beside
from site_builder.cli.options import format_option, today_option
from site_builder.cli.printing import has_ascii_alone, out, say
from site_builder.edit.dupes import Pair, Sign, dupes
from site_builder.exchange.facts import VERSION, Json, as_json
from site_builder.problems import counting, terminal

_WHY = {
    Sign.MAIL: "Both have the mail `{value}`.",
    Sign.PHONE: "Both have the phone number `{value}`.",
    Sign.SOCIAL: "Both have the address `{value}`.",
    Sign.WEBSITE: "Both have the website `{value}`.",
    Sign.NAME: "`{gone}` and `{kept}` are the same name.",
    Sign.NEARLY: "`{gone}` and `{kept}` are nearly the same name{where}.",
}


@click.command(name="dupes")
@format_option("text", "json", help="How to print them.")
@today_option
@click.pass_obj
def likely_dupes(folder: Path, shape: str, today: dt.date | None) -> None:
    """Print contacts that are likely the same, with what to type.

    They have a mail, phone number, address or name in common. Two that are two can be said to be: a
    link in the file of one, as `Not [[jane-roe]].`, keeps them apart.

    Exits with 1 if the journal has errors, which may keep contacts out of it.
    """
    loaded, insights = looked_at(folder, today)
    found = dupes(insights.journal)
    if shape == "json":
        pairs: list[Json] = [_facts(pair) for pair in found]
        said: dict[str, Json] = {"version": VERSION, "today": str(insights.today), "pairs": pairs}
        out(as_json(said, in_ascii=has_ascii_alone()) + "\n")
    else:
        out("\n".join(_told(pair) for pair in found))
    every = counting.count(len(insights.journal.contacts), "contact")
    say(f"{counting.count(len(found), 'likely pair')} among {every}, as of {insights.today}.")
    exit_beside(loaded.findings)


def command_of(pair: Pair) -> str:
    """What to type to make one of two."""
    return f"dealog merge {pair.gone.id} into {pair.kept.id}"


def _told(pair: Pair) -> str:
    is_one_name = pair.sign is Sign.NAME and pair.gone.name == pair.kept.name
    why = ("Both are called `{kept}`." if is_one_name else _WHY[pair.sign]).format(
        value=pair.value,
        gone=pair.gone.name,
        kept=pair.kept.name,
        where=f" in `{pair.gone.company}`" if pair.gone.company == pair.kept.company != "" else "",
    )
    lines = (f"{pair.gone.id} → {pair.kept.id}", f"  {why}", f"  {command_of(pair)}")
    return "".join(f"{terminal.printable(line)}\n" for line in lines)


def _facts(pair: Pair) -> dict[str, Json]:
    return {
        "gone": pair.gone.id,
        "kept": pair.kept.id,
        "sign": pair.sign.value,
        "value": pair.value,
        "command": command_of(pair),
    }
