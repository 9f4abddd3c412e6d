"""pipeline.yml to a ``Schema``: pipelines, stages, steps, team, rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal, TypeVar

from site_builder.journal import values
from site_builder.journal.fields import CONTACT_FIELDS, KINDS, LEVELS, RUNGS
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.journal.money import NO_CURRENCY, Rate
from site_builder.journal.schema import FollowUp, Schema, Target
from site_builder.journal.team import Person
from site_builder.parse.mappings import Entries, value_of
from site_builder.parse.pipeline_yml.follow_up import read_follow_up
from site_builder.parse.pipeline_yml.forges import read_repository
from site_builder.parse.pipeline_yml.pipelines import PipelineReader
from site_builder.parse.pipeline_yml.rates import currency_code, read_rates
from site_builder.parse.pipeline_yml.stages import titled
from site_builder.parse.pipeline_yml.zones import zone_name
from site_builder.problems import wording
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.problems.suggest import did_you_mean
from site_builder.problems.written_dates import month_number
from site_builder.source.conflicts import is_half_merged
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Report, Scalar, is_empty
from site_builder.source.yaml_text import read_mapping

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
_REFERRED_TO = ("team", "pipelines", "kinds", "rungs", "levels", "lost-reasons", "as-of")
T = TypeVar("T")
_PERIOD = late(r"(?:(.+)/)?([0-9]{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?)")


def read_schema(path: str, text: str, report: Report) -> Schema | None:
    """The schema that a pipeline.yml describes; None where there is no making sense of it,
    or no pipeline in it.

    What is wrong in parts is reported and left out.
    """
    if is_half_merged(path, text, report):
        return None
    broken: list[Problem] = []
    root = read_mapping(path, text, 1, broken.append)
    for problem in broken:
        report(problem)
    if root is None:
        return None
    reader = _SchemaReader(report)
    entries = reader.known("pipeline.yml", root, _FIELDS)
    reader.mark_lost(entries, [problem.span.line for problem in broken])
    for name, help in (
        (
            "visibility",
            "Add `visibility: private`, or `public` where the site may be read by anyone.",
        ),
        ("pipelines", "Add `pipelines:` with at least one pipeline and its stages."),
    ):
        if name not in entries or _has_nothing(entries[name].value):
            place = entries[name].key.span if name in entries else Span.start_of(path)
            reader.problem("missing-field", f"pipeline.yml has no `{name}`.", help, place)
    schema = reader.schema(entries)
    return schema if schema.pipelines else None


def _is_in(span: Span, lines: Iterable[int]) -> bool:
    return any(span.line <= line <= span.end_line for line in lines)


def _has_nothing(node: Node) -> bool:
    return is_empty(node) or (isinstance(node, Mapping) and not node.entries)


class _SchemaReader(PipelineReader):
    """Reads the parts of a pipeline.yml, one method a part."""

    currency = NO_CURRENCY

    def schema(self, e: Entries) -> Schema:
        self.currency = self._currency(e) or NO_CURRENCY
        self.rungs = self._part("rungs", self._rungs, e)
        levels = self._part("levels", self._levels, e)
        team = self._part("team", self._team, e)
        made = Schema(
            name=self._text("journal", e) or "Pipeline",
            currency=self.currency,
            visibility=self._visibility(e),
            pipelines=self._part("pipelines", self._pipelines, e),
            team=team,
            as_of=self._part("as-of", self._as_of, e),
            time_zone=self._time_zone(e),
            fiscal_year_starts=self._fiscal_year(e),
            rates=self._rates(e),
            repository=read_repository(self, e.get("repository"), e.get("forge")),
            roles=self._names("roles", e, "role"),
            lost_reasons=self._part("lost-reasons", self._lost_reasons, e),
            targets=self._targets(e, team),
            rungs=self.rungs,
            levels=levels,
            kinds=self._part("kinds", self._kinds, e),
            follow_up=self._follow_up(e, levels),
            contact_requires=self._contact_requires(e),
        )
        if made.roles:
            self._strange_roles(made.roles)
        return replace(made, unsure=frozenset(self.unsure))

    def _part(self, name: str, read: Callable[[Entries], T], e: Entries) -> T:
        """A part of pipeline.yml, marked as unsure where not all of it could be read."""
        before = self.errors
        made = read(e)
        if self.errors > before:
            self.unsure.add(name)
        return made

    def mark_lost(self, e: Entries, broken: Iterable[int]) -> None:
        """Mark what could not be read as YAML in these lines, and what an unknown field at the
        top may have been meant for."""
        for name in _REFERRED_TO:
            node = value_of(e, name)
            if name in self.after or (node is not None and _is_in(node.span, broken)):
                self.unsure.add(name)
            is_bare = node is None and name in ("team", "pipelines")
            if self.errors and (is_bare or (isinstance(node, Scalar) and not node.text.strip())):
                self.unsure.add(name)

    def _as_of(self, e: Entries) -> dt.date | None:
        return self.typed_of("as-of", e, values.date)

    def _lost_reasons(self, e: Entries) -> dict[str, str]:
        return self._names("lost-reasons", e, "reason")

    def _levels(self, e: Entries) -> tuple[str, ...]:
        return self._ladder("levels", e, "level", LEVELS)

    # --- the head ---------------------------------------------------------------------

    def _currency(self, e: Entries) -> str | None:
        scalar = self.scalar_of("currency", e)
        return None if scalar is None else currency_code(self, scalar)

    def _visibility(self, e: Entries) -> Literal["private", "public", ""]:
        entry = e.get("visibility")
        if entry is None or entry.key.text != "visibility":  # whose name is misspelt
            return ""
        scalar = self.scalar("visibility", entry.value)
        text = self.one_of(scalar, ("private", "public"), "a visibility") if scalar else None
        return "private" if text == "private" else "public" if text == "public" else ""

    def _time_zone(self, e: Entries) -> str:
        return self.typed_of("time-zone", e, zone_name) or ""

    def _fiscal_year(self, e: Entries) -> int:
        scalar = self.scalar_of("fiscal-year-starts", e)
        if scalar is None:
            return 1
        if re.fullmatch(r"0?[1-9]|1[0-2]", scalar.text):
            return int(scalar.text)
        month = month_number(scalar.text)
        help = f"Write `{month}`." if month else "Write its number, from `1` for January to `12`."
        self.invalid(f"`{scalar.text}` is not a month.", help, scalar.span)
        return 1

    def _rates(self, e: Entries) -> dict[str, Rate]:
        written = self.entries_of("rates", e)
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
        entries = self.entries_of(name, e)
        for id, entry in self.own(entries, what):
            found[id] = self.text(id, entry.value) or titled(id)
        return found

    def _kinds(self, e: Entries) -> dict[str, Kind]:
        found = dict(KINDS) | {r: Kind(r, Tangibility.NEITHER, KindRole.RUNG) for r in self.rungs}
        entries = self.entries_of("kinds", e)
        for id, entry in self.own(entries, "kind"):
            scalar = self.scalar(id, entry.value)
            if id in found:
                self._taken_kind(entry.key)
            elif scalar and (
                text := self.one_of(scalar, ("tangible", "intangible"), "a sort of kind")
            ):
                found[id] = Kind(id, Tangibility(text))
            elif id == entry.key.text and _has_nothing(entry.value):
                message = f"The kind `{entry.key.text}` does not say which sort it is."
                help = f"Write `{entry.key.text}: intangible`, or `tangible`."
                self.invalid(message, help, entry.key.span)
        return found

    def _taken_kind(self, name: Scalar) -> None:
        is_rung = name.text in self.rungs
        self.invalid(
            f"`{name.text}` is a rung, and so a kind, already."
            if is_rung
            else f"`{name.text}` is a kind already.",
            "Choose another name, or name your own ladder: `rungs: [lowest, …, highest]`."
            if is_rung
            else "Choose another name; that kind needs no line here.",
            name.span,
        )

    def _follow_up(self, e: Entries, levels: tuple[str, ...]) -> FollowUp:
        node = value_of(e, "follow-up")
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
        entries = self.entries_of("team", e)
        for id, entry in self.own(entries, "person"):
            team[id] = self._person(id, entry.value)
        return team

    def _person(self, id: str, node: Node) -> Person:
        if isinstance(node, Scalar):
            return Person(id, node.text or titled(id))
        if not isinstance(node, Mapping):
            self.scalar(id, node)
            return Person(id, titled(id))
        e = self.known(f"the person `{id}`", node, _PERSON_FIELDS)
        email = self.typed_of("email", e, values.email)
        roles = self._ids("roles", e, "role")
        written = value_of(e, "roles")
        for item in written.items if isinstance(written, Listing) and roles else ():
            self._name_role(item)
        return Person(id, self._text("name", e) or titled(id), email or "", roles)

    def _targets(self, e: Entries, team: dict[str, Person]) -> tuple[Target, ...]:
        found = []
        for entry in self.entries_of("targets", e):
            target = self._target(entry, team)
            if target is not None:
                found.append(target)
        return tuple(found)

    def _target(self, entry: Entry, team: dict[str, Person]) -> Target | None:
        match = _PERIOD.fullmatch(entry.key.text)
        scalar = self.scalar(entry.key.text, entry.value)
        money = self.money(scalar, self.currency) if scalar else None
        if match is None:
            meant = wording.period(entry.key.text)
            forms = "Write `2026`, `2026-Q4` or `2026-11`, and `maria/2026-Q4` for one person."
            help = f"Write `{meant}`." if meant else forms
            self.invalid(f"`{entry.key.text}` is not a period.", help, entry.key.span)
            return None
        if match[1] and match[1] not in team:
            self._unknown_target(match[1], match[2], team, entry.key.span)
            return None
        if money and scalar and money.amount < 0:
            help = f"Write `{entry.key.text}: {scalar.text.replace('-', '', 1)}`."
            message = f"A target of `{scalar.text}` is less than nothing."
            self.problem("negative-value", message, help, scalar.span, Severity.WARNING)
        return Target(match[2], money, team.get(match[1])) if money else None

    def _unknown_target(self, id: str, period: str, team: dict[str, Person], span: Span) -> None:
        if "team" in self.unsure:
            return
        near = self.near(id, team)
        help = f"Write `{near}/{period}`." if near else did_you_mean(id, team, "The team")
        help = help or f"Add them to `team`: `{id}: {{name: …}}`."
        self.problem("unknown-person", f"`{id}` is not in the team.", help, span)
