"""Cells that name a deal or contact: by source id, by a field, by id, by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.edit.existing import Shelf
from site_builder.exchange.csv.numbers import Fault, shown
from site_builder.exchange.map.mapping import Origin
from site_builder.journal.fields import SOURCE_ID
from site_builder.problems.suggest import listed


@dataclass(slots=True)
class References:
    """What can be referred to: files that are there, and those of this run.

    ``new`` has the ids that this run gives out, by source id; ``used`` collects what has
    been referred to, and from where.
    """

    deals: Shelf
    contacts: Shelf
    new_noun: str
    new: dict[str, str] = field(default_factory=dict)
    used: dict[tuple[str, str], Origin] = field(default_factory=dict)

    def find(self, noun: str, text: str, origin: Origin) -> str | Fault:
        """The id of the one deal or contact that a text means."""
        found = self._matches(self.deals if noun == "deal" else self.contacts, text, origin)
        if len(found) == 1:
            self.used[noun, found[0]] = origin
            return found[0]
        named = f"{SOURCE_ID}: {origin.source}:{shown(text)}" if origin.source else shown(text)
        if found:
            return Fault(
                f"unknown-{noun}",
                f"{len(found)} {noun}s have `{named}`, so it is not clear which is meant.",
                f"Refer to them by what only one has. They are {listed(found[:5])}.",
            )
        return Fault(
            f"unknown-{noun}",
            f"There is no {noun} with `{named}`.",
            f"Import the {noun}s first, or say in the map how they are found: "
            "`source: NAME` or `match: FIELD`.",
        )

    def _matches(self, shelf: Shelf, text: str, origin: Origin) -> list[str]:
        new = self.new if shelf.noun == self.new_noun else {}
        if origin.source:
            source = f"{origin.source}:{text}"
            if source in new:
                return [new[source]]
            file = shelf.by_source.get(source)
            return [file.id] if file is not None else []
        if origin.match:
            return [file.id for file in shelf.with_value(origin.match, text)]
        if text.lower() in shelf.by_id:
            return [text.lower()]
        name = "title" if shelf.noun == "deal" else "name"
        return [file.id for file in shelf.with_value(name, text)]
