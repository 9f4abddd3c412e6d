"""`team` and `targets` of pipeline.yml: people, and what they and all together are to win."""

from __future__ import annotations

from collections.abc import Mapping as Names

from site_builder.journal import values
from site_builder.journal.schema import Target
from site_builder.journal.team import Person
from site_builder.parse import mappings
from site_builder.parse.amounts import money
from site_builder.parse.ids import titled
from site_builder.parse.mappings import Entries, entries_of, node_of, text_of, typed_of
from site_builder.parse.pipeline_yml.config import Config
from site_builder.parse.pipeline_yml.vocabulary import read_ids
from site_builder.problems import wording
from site_builder.problems.patterns import late
from site_builder.problems.problem import Severity, Span
from site_builder.problems.suggest import did_you_mean
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Scalar

PERSON_FIELDS = ("name", "email", "roles")
_PERIOD = late(r"(?:(.+)/)?([0-9]{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?)")
_FORMS = "Write `2026`, `2026-Q4` or `2026-11`, and `maria/2026-Q4` for one person."


def read_team(config: Config, e: Entries) -> dict[str, Person]:
    """The people of the team by id."""
    entries = entries_of(config.reader, "team", e)
    people = mappings.own(config.reader, entries, "person")
    return {id: _person(config, id, entry.value) for id, entry in people}


def _person(config: Config, id: str, node: Node) -> Person:
    reader = config.reader
    if isinstance(node, Scalar):
        return Person(id, node.text or titled(id))
    if not isinstance(node, Mapping):
        reader.scalar(id, node)
        return Person(id, titled(id))
    e = mappings.known(reader, f"the person `{id}`", node, PERSON_FIELDS)
    email = typed_of(reader, "email", e, values.email)
    roles = read_ids(reader, "roles", e, "role")
    written = node_of("roles", e)
    for item in written.items if roles and isinstance(written, Listing) else ():
        config.name_role(item)
    return Person(id, text_of(reader, "name", e) or titled(id), email or "", roles)


def read_targets(config: Config, e: Entries, team: Names[str, Person]) -> tuple[Target, ...]:
    """The targets that make sense; what is wrong is reported and left out."""
    entries = entries_of(config.reader, "targets", e)
    made = [_target(config, entry, team) for entry in entries]
    return tuple(target for target in made if target is not None)


def _target(config: Config, entry: Entry, team: Names[str, Person]) -> Target | None:
    reader, name = config.reader, entry.key.text
    match = _PERIOD.fullmatch(name)
    scalar = reader.scalar(name, entry.value)
    amount = money(reader, scalar, config.currency) if scalar else None
    if match is None:
        meant = wording.period(name)
        help = f"Write `{meant}`." if meant else _FORMS
        reader.invalid(f"`{name}` is not a period.", help, entry.key.span)
        return None
    if match[1] and match[1] not in team:
        _unknown_person(config, match[1], match[2], team, entry.key.span)
        return None
    if amount and scalar and amount.amount < 0:
        help = f"Write `{name}: {scalar.text.replace('-', '', 1)}`."
        message = f"A target of `{scalar.text}` is less than nothing."
        reader.problem("negative-value", message, help, scalar.span, Severity.WARNING)
    return Target(match[2], amount, team.get(match[1])) if amount else None


def _unknown_person(
    config: Config, id: str, period: str, team: Names[str, Person], span: Span
) -> None:
    if "team" in config.unsure:
        return
    near = config.reader.near(id, team)
    help = f"Write `{near}/{period}`." if near else did_you_mean(id, team, "The team")
    help = help or f"Add them to `team`: `{id}: {{name: …}}`."
    config.reader.problem("unknown-person", f"`{id}` is not in the team.", help, span)
