"""What the texts of cells mean in a journal: people, stages, choices, money and the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_builder.edit.writing import one_line
from site_builder.exchange.csv.money import column_currency, money
from site_builder.exchange.csv.numbers import MEND, Fault, Rounded, kept, number, percent, shown
from site_builder.exchange.map.mapping import ImportMap, Origin
from site_builder.journal import values
from site_builder.journal.field_types import TYPES_BY_NAME
from site_builder.journal.fields import Known
from site_builder.journal.pipeline import Pipeline, ids_of
from site_builder.journal.schema import Schema
from site_builder.journal.values import Bad
from site_builder.parse.ids import slug
from site_builder.problems.suggest import did_you_mean, nearest

_YES = ("yes", "y", "true", "t", "1", "on")
_NO = ("no", "n", "false", "f", "0", "off")
_BARE_URL = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#]\S*)?")


def in_table(table: Mapping[str, str], text: str) -> str:
    """What a table says of a text, else the text; case counts only if it decides."""
    if text in table:
        return table[text]
    folded = text.casefold()
    return next((value for key, value in table.items() if key.casefold() == folded), text)


class Meanings:
    """Reads texts as a map and a schema have them. Each method returns what a journal
    would write, or a Fault. ``strangers`` counts people who are not of the team."""

    def __init__(self, map: ImportMap, schema: Schema) -> None:
        self.map, self.schema = map, schema
        self.strangers: dict[str, int] = {}

    def simple(self, known: Known, text: str) -> str | Rounded | Fault:
        """A text by its type, where nothing but the text counts."""
        if known.type == "person":
            return self.person(text)
        if known.type == "percent":
            return percent(text, self.map.numbers, self.map.percents)
        if known.type == "number":
            made = number(text, self.map.numbers)
            return made if isinstance(made, Fault) else kept(made)
        if known.type == "yes/no":
            return _yes_no(text)
        if known.type == "lost-reason" and not self.schema.lost_reasons:
            return one_line(text)
        if known.type in ("choice", "lost-reason", "level"):
            return self._choice(known, text)
        if known.type == "dated-text":
            return _dated_text(text)
        return _checked(known.type, text)

    def person(self, text: str) -> str | Fault:
        """The id of someone of the team, by the map's table, id, name or e-mail."""
        text = in_table(self.map.people, one_line(text))
        folded = text.casefold()
        for id, person in self.schema.team.items():
            if folded in (id, person.name.casefold(), person.email.casefold() or id):
                return id
        self.strangers[text] = self.strangers.get(text, 0) + 1
        return Fault(
            "unknown-person",
            f"`{shown(text)}` is nobody of the team.",
            "Add them to `team` in pipeline.yml, or list them in the map under `people`.",
        )

    def stage(self, text: str, pipeline: Pipeline | None) -> str | Fault:
        """The id of a stage, by the map's table, id or name."""
        if pipeline is None:
            what = "The deal's pipeline is not known."
            return Fault("missing-field", what, "Say it in the map: `pipeline: ID`.")
        text = in_table(self.map.stages, one_line(text))
        for stage in pipeline.stages:
            if text.casefold() in (stage.id, stage.name.casefold()):
                return stage.id
        if (now := pipeline.renamed(text.casefold())) is not None:
            return now.id
        ids = ids_of(pipeline.stages)
        meant = ids.get(nearest(text, ids) or "", text)
        near = did_you_mean(meant, [s.id for s in pipeline.stages], "Its stages")
        return Fault(
            "unknown-stage",
            f"`{shown(text)}` is not a stage of the pipeline `{pipeline.id}`.",
            f"List it in the map under `stages`, as `Closed Won: won`. {near}".strip(),
        )

    def currency(self, text: str, origin: Origin, column: str) -> str | Fault:
        """The code that a cell of a currency column means."""
        stated = (origin.currency or self.map.currency, self.schema.currency)
        return column_currency(text, column, stated)

    def money(self, text: str, origin: Origin, currency: str) -> str | Rounded | Fault:
        """An amount, in the row's currency, that of its origin or that of the map."""
        stated = currency or origin.currency or self.map.currency
        return money(text, self.map.numbers, stated, self.schema.currency, origin.divide,
                     by_column=bool(currency))  # fmt: skip

    def _choice(self, known: Known, text: str) -> str | Fault:
        options = dict.fromkeys(known.options, "")
        if known.type == "lost-reason":
            options = {**self.schema.lost_reasons, "other": ""}
        elif known.type == "level":
            options = dict.fromkeys(self.schema.levels, "")
        for option, name in options.items():
            if text in (option, name) or slug(text) in (slug(option), slug(name) or None):
                return option
        near = did_you_mean(text, options, "The options")
        return Fault(
            "invalid-value",
            f"`{shown(text)}` is not one of the options.",
            f"List it in the map under `values`. {near}".strip(),
        )


def _yes_no(text: str) -> str | Fault:
    folded = text.lower()
    if folded in _YES or folded in _NO:
        return "yes" if folded in _YES else "no"
    what = f"`{shown(text)}` is neither yes nor no."
    return Fault("invalid-value", what, "Mend it, or list it in the map under `values`.")


def _dated_text(text: str) -> str | Fault:
    day, _, what = one_line(text).partition(" ")
    if what and not isinstance(values.date(day), Bad):
        return f"{day} {what}"
    return Fault(
        "invalid-value",
        f"`{shown(text)}` is not a date and a text.",
        'Make it of two columns: `{template: "{Due Date|date} {Next Step}"}`.',
    )


def _checked(type: str, text: str) -> str | Fault:
    if type == "url" and _BARE_URL.fullmatch(text):
        text = f"https://{text}"
    read = TYPES_BY_NAME[type].read
    bad = read(text) if read is not None else None
    return Fault("invalid-value", bad.message, MEND) if isinstance(bad, Bad) else text
