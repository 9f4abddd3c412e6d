"""Deals and contacts clustered by what they have in common: a map rather than a funnel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.schema import Schema

MOST = 12
"""How many clusters there are before the smallest are one."""
REST = ""
"""The key of the cluster of those that say nothing."""

Subject = TypeVar("Subject", Deal, Contact)


class Cluster(NamedTuple):
    """Those that have the same value of a field: ``name`` is the value, nothing where they have
    none; ``others`` says that it is several values of few. ``total`` is what deals are worth."""

    name: str
    members: tuple[Deal, ...] | tuple[Contact, ...]
    total: Totals
    others: bool = False


@dataclass(frozen=True, slots=True)
class Clustering:
    """The deals or contacts by the values of a field; ``label`` is what the field is called. The
    stages of deals stand in their order, other clusters the largest first, those of no value
    last."""

    of: Literal["deals", "contacts"]
    field: str
    label: str
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Clusterings:
    """All that deals and contacts can be clustered by, where some of them say different things."""

    by: tuple[Clustering, ...]


class _Field(NamedTuple, Generic[Subject]):
    """A field of deals or contacts, by which they are clustered."""

    name: str
    label: str
    value: Callable[[Subject], str]


def clusterings(insights: Insights) -> Clusterings:
    """All clusterings: by stage, then by what the journal records."""
    return Clusterings(tuple(_clusterings(insights)))


def _clusterings(insights: Insights) -> Iterator[Clustering]:
    journal = insights.journal
    stages = [
        (pipeline.id, stage.id)
        for pipeline in journal.schema.pipelines
        for stage in pipeline.stages
    ]
    order = {name: at for at, name in enumerate(map(_stage_name, stages))}
    by_stage = _clusters(_BY_STAGE, journal.deals, insights)
    if by_stage:
        yield Clustering(
            "deals", "stage", "stage", tuple(sorted(by_stage, key=lambda c: order[c.name]))
        )
    for field in _fields(journal.schema):
        yield from _clustering(field, "deals", journal.deals, insights)
    for of_contacts in _contact_fields(insights):
        yield from _clustering(of_contacts, "contacts", journal.contacts, insights)


def _stage_name(ids: tuple[str, str]) -> str:
    return "/".join(ids)


_BY_STAGE: _Field[Deal] = _Field(
    "stage", "stage", lambda deal: _stage_name((deal.pipeline.id, deal.stage.id))
)


def _fields(schema: Schema) -> list[_Field[Deal]]:
    choices = {
        field.name: field.label or field.name
        for pipeline in schema.pipelines
        for field in pipeline.fields
        if field.type == "choice"
    }
    return [
        *(_Field(name, label, _choice(name)) for name, label in choices.items()),
        _Field("source", "source", _source),
        _Field("channel", "channel", lambda deal: deal.channel),
        _Field("owner", "owner", lambda deal: deal.owner.id),
    ]


def _contact_fields(insights: Insights) -> list[_Field[Contact]]:
    return [
        _Field("status", "status", lambda contact: insights.contact_standings[contact.id].status),
        _Field("level", "level", lambda contact: _level(contact, insights)),
    ]


def _choice(name: str) -> Callable[[Deal], str]:
    def value(deal: Deal) -> str:
        return next((str(e.value) for e in deal.extras if e.field.name == name), REST)

    return value


def _source(deal: Deal) -> str:
    return "referral" if deal.referral else deal.source


def _level(contact: Contact, insights: Insights) -> str:
    """Its own, or that of its company."""
    company = contact if contact.is_company else insights.journal.contact(contact.company)
    return company.level if company else REST


def _clustering(
    field: _Field[Subject],
    of: Literal["deals", "contacts"],
    subjects: Sequence[Subject],
    insights: Insights,
) -> Iterator[Clustering]:
    clusters = _clusters(field, subjects, insights)
    if sum(bool(cluster.name) or cluster.others for cluster in clusters) > 1:
        yield Clustering(of, field.name, field.label, clusters)


def _clusters(
    field: _Field[Subject], subjects: Iterable[Subject], insights: Insights
) -> tuple[Cluster, ...]:
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        found.setdefault(field.value(subject), []).append(subject)
    rest = found.pop(REST, [])
    sizes = Counter({name: len(members) for name, members in found.items()})
    names = sorted(found, key=lambda name: (-sizes[name], name))
    is_order = field is _BY_STAGE
    kept = names if is_order or len(names) <= MOST else names[: MOST - 1]
    few = [one for name in names[len(kept) :] for one in found[name]]
    clusters = [_cluster(name, found[name], insights) for name in kept]
    if few:
        clusters.append(_cluster(REST, few, insights)._replace(others=True))
    return tuple(clusters + ([_cluster(REST, rest, insights)] if rest else []))


def _cluster(name: str, members: Sequence[Subject], insights: Insights) -> Cluster:
    standings = [insights.standings[one.id] for one in members if one.path.startswith("deals/")]
    return Cluster(name, tuple(members), insights.total([one.worth for one in standings]))
