"""pipeline.yml to a ``Schema``: pipelines, stages, steps, team, rules."""

from __future__ import annotations

import re
from typing import Literal

from site_builder import values
from site_builder.conflicts import is_half_merged
from site_builder.diagnostics import Span
from site_builder.fields import CONTACT_FIELDS, KINDS, LEVELS, RUNGS
from site_builder.follow_up import read_follow_up
from site_builder.forges import read_repository
from site_builder.model import (
    NO_CURRENCY,
    FollowUp,
    Kind,
    KindRole,
    Person,
    Rate,
    Schema,
    Tangibility,
    Target,
)
from site_builder.pipelines import PipelineReader
from site_builder.rates import currency_code, read_rates
from site_builder.stages import Entries, titled
from site_builder.suggest import did_you_mean
from site_builder.yaml_nodes import Entry, Listing, Mapping, Node, Report, Scalar
from site_builder.yaml_text import read_mapping
from site_builder.zones import zone_name

_FIELDS = (
    "journal",
    "currency",
    "visibility",
    "as-of",
    "time-zone",
    "fiscal-year-starts",
    "rates",
    "repository",
    "forge",
    "team",
    "roles",
    "lost-reasons",
    "targets",
    "rungs",
    "levels",
    "kinds",
    "follow-up",
    "contact-requires",
    "pipelines",
    "audiences",
)
_PERSON_FIELDS = ("name", "email", "roles")
_PERIOD = re.compile(r"(?:(.+)/)?([0-9]{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?)")


def read_schema(path: str, text: str, report: Report) -> Schema | None:
    """The schema that a pipeline.yml describes; None where there is no making sense of it,
    or no pipeline in it.

    What is wrong in parts is reported and left out.
    """
    root = None if is_half_merged(path, text, report) else read_mapping(path, text, 1, report)
    if root is None:
        return None
    reader = _SchemaReader(report)
    entries = reader.known("pipeline.yml", root, _FIELDS)
    for name, help in (
        (
            "visibility",
            "Add `visibility: private`, or `public` where the site may be read by anyone.",
        ),
        ("pipelines", "Add `pipelines:` with at least one pipeline and its stages."),
    ):
        if name not in entries or reader.is_empty(entries[name].value):
            reader.problem(
                "missing-field", f"pipeline.yml has no `{name}`.", help, Span.start_of(path)
            )
    schema = reader.schema(entries)
    return schema if schema.pipelines else None


class _SchemaReader(PipelineReader):
    """Reads the parts of a pipeline.yml, one method a part."""

    currency = NO_CURRENCY

    @staticmethod
    def is_empty(node: Node) -> bool:
        if isinstance(node, Scalar):
            return not node.text.strip()
        return isinstance(node, Mapping) and not node.entries

    def schema(self, e: Entries) -> Schema:
        self.currency = self._currency(e) or NO_CURRENCY
        self.rungs = self._rungs(e)
        levels = self._ladder("levels", e, "level", LEVELS)
        team = self._team(e)
        made = Schema(
            name=self._text("journal", e) or "Pipeline",
            currency=self.currency,
            visibility=self._visibility(e),
            pipelines=self._pipelines(e),
            team=team,
            as_of=self.typed("as-of", e["as-of"].value, values.date) if "as-of" in e else None,
            time_zone=self._time_zone(e),
            fiscal_year_starts=self._fiscal_year(e),
            rates=self._rates(e),
            repository=read_repository(self, e.get("repository"), e.get("forge")),
            roles=self._names("roles", e, "role"),
            lost_reasons=self._names("lost-reasons", e, "reason"),
            targets=self._targets(e, team),
            rungs=self.rungs,
            levels=levels,
            kinds=self._kinds(e),
            follow_up=self._follow_up(e, levels),
            contact_requires=self._contact_requires(e),
        )
        if made.roles:
            self._strange_roles(made.roles)
        return made

    # --- the head ---------------------------------------------------------------------

    def _currency(self, e: Entries) -> str | None:
        scalar = self.scalar("currency", e["currency"].value) if "currency" in e else None
        return None if scalar is None else currency_code(self, scalar)

    def _visibility(self, e: Entries) -> Literal["private", "public", ""]:
        scalar = self.scalar("visibility", e["visibility"].value) if "visibility" in e else None
        text = self.one_of(scalar, ("private", "public"), "a visibility") if scalar else None
        return "private" if text == "private" else "public" if text == "public" else ""

    def _time_zone(self, e: Entries) -> str:
        if "time-zone" not in e:
            return ""
        return self.typed("time-zone", e["time-zone"].value, zone_name) or ""

    def _fiscal_year(self, e: Entries) -> int:
        if "fiscal-year-starts" not in e:
            return 1
        scalar = self.scalar("fiscal-year-starts", e["fiscal-year-starts"].value)
        if scalar is None:
            return 1
        if re.fullmatch(r"0?[1-9]|1[0-2]", scalar.text):
            return int(scalar.text)
        self.invalid(
            f"`{scalar.text}` is not a month.",
            "Write its number, from `1` for January to `12`.",
            scalar.span,
        )
        return 1

    def _rates(self, e: Entries) -> dict[str, Rate]:
        written = self.entries("rates", e["rates"].value if "rates" in e else None)
        return read_rates(self, written, self.currency)

    def _ids(self, name: str, e: Entries, what: str) -> tuple[str, ...]:
        if name not in e:
            return ()
        items = self.items(name, e[name].value)
        return self.each_once(name, (i for i in items if self.id(i, what)))

    def _ladder(self, name: str, e: Entries, what: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        """Ids from the lowest to the highest: the usual ones, unless a list names others."""
        written = self._ids(name, e, what)
        return written if name in e and isinstance(e[name].value, Listing) else usual

    def _rungs(self, e: Entries) -> tuple[str, ...]:
        rungs = self._ladder("rungs", e, "rung", RUNGS)
        clashing = [rung for rung in rungs if rung in KINDS]
        for item in self.items("rungs", e["rungs"].value) if clashing else ():
            if item.text in clashing:
                self.invalid(
                    f"`{item.text}` is a kind of notes already, so it can't be a rung.",
                    "Choose another name.",
                    item.span,
                )
        return tuple(rung for rung in rungs if rung not in clashing)

    def _names(self, name: str, e: Entries, what: str) -> dict[str, str]:
        """A mapping of ids to what they are called."""
        found: dict[str, str] = {}
        for entry in self.entries(name, e[name].value if name in e else None):
            if self.id(entry.key, what):
                found[entry.key.text] = self.text(entry.key.text, entry.value) or titled(
                    entry.key.text
                )
        return found

    def _kinds(self, e: Entries) -> dict[str, Kind]:
        found = dict(KINDS) | {r: Kind(r, Tangibility.NEITHER, KindRole.RUNG) for r in self.rungs}
        for entry in self.entries("kinds", e["kinds"].value if "kinds" in e else None):
            if not self.id(entry.key, "kind"):
                continue
            scalar = self.scalar(entry.key.text, entry.value)
            if entry.key.text in found:
                self._taken_kind(entry.key)
            elif scalar and (
                text := self.one_of(scalar, ("tangible", "intangible"), "a sort of kind")
            ):
                found[entry.key.text] = Kind(entry.key.text, Tangibility(text))
        return found

    def _taken_kind(self, name: Scalar) -> None:
        is_rung = name.text in self.rungs
        self.invalid(
            f"`{name.text}` is a rung, and so a kind, already."
            if is_rung
            else f"`{name.text}` is a kind already.",
            "Choose another name, or name your own ladder: `rungs: [lowest, …, highest]`."
            if is_rung
            else "Choose another name, or remove the line.",
            name.span,
        )

    def _follow_up(self, e: Entries, levels: tuple[str, ...]) -> FollowUp:
        node = e["follow-up"].value if "follow-up" in e else None
        return read_follow_up(self, node, levels)

    def _contact_requires(self, e: Entries) -> tuple[str, ...]:
        if "contact-requires" not in e:
            return ()
        names = [*CONTACT_FIELDS, "news"]
        return tuple(
            i.text
            for i in self.items("contact-requires", e["contact-requires"].value)
            if self.one_of(i, names, "a field of contacts", "unknown-field")
        )

    # --- people and targets -----------------------------------------------------------

    def _team(self, e: Entries) -> dict[str, Person]:
        team: dict[str, Person] = {}
        for entry in self.entries("team", e["team"].value if "team" in e else None):
            if self.id(entry.key, "person"):
                team[entry.key.text] = self._person(entry.key.text, entry.value)
        return team

    def _person(self, id: str, node: Node) -> Person:
        if isinstance(node, Scalar):
            return Person(id, node.text or titled(id))
        if not isinstance(node, Mapping):
            self.scalar(id, node)
            return Person(id, titled(id))
        e = self.known(f"the person `{id}`", node, _PERSON_FIELDS)
        email = self.typed("email", e["email"].value, values.email) if "email" in e else None
        roles = self._ids("roles", e, "role")
        for item in (
            e["roles"].value.items if roles and isinstance(e["roles"].value, Listing) else ()
        ):
            self._name_role(item)
        return Person(id, self._text("name", e) or titled(id), email or "", roles)

    def _targets(self, e: Entries, team: dict[str, Person]) -> tuple[Target, ...]:
        found = []
        for entry in self.entries("targets", e["targets"].value if "targets" in e else None):
            target = self._target(entry, team)
            if target is not None:
                found.append(target)
        return tuple(found)

    def _target(self, entry: Entry, team: dict[str, Person]) -> Target | None:
        match = _PERIOD.fullmatch(entry.key.text)
        scalar = self.scalar(entry.key.text, entry.value)
        money = self.money(scalar, self.currency) if scalar else None
        if match is None:
            self.invalid(
                f"`{entry.key.text}` is not a period.",
                "Write `2026`, `2026-Q4` or `2026-11`, and `maria/2026-Q4` for one person.",
                entry.key.span,
            )
            return None
        if match[1] and match[1] not in team:
            self.problem(
                "unknown-person",
                f"`{match[1]}` is not in the team.",
                did_you_mean(match[1], team, "The team"),
                entry.key.span,
            )
            return None
        return Target(match[2], money, team.get(match[1])) if money else None
