"""The map: deals and contacts as dots, clustered by what they have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder.insights import clusters as facts
from site_builder.insights.clusters import Cluster, Clustering
from site_builder.insights.topics import Topic, Topics
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.markup.dots import MOST, Disc, Dot
from site_builder.markup.dots import clusters as drawn
from site_builder.pages import coverage
from site_builder.pages.context import Context
from site_builder.pages.links import Link, subject_link
from site_builder.pages.page import Nav, NavGroup, PageKind
from site_builder.pages.sentence import Sentence
from site_builder.pages.sheet import Cell, Column, Row, Section, Sheet, Table, groups, number
from site_builder.pages.windows import footed
from site_builder.problems import counting

PATH = "map.html"
_RULE = {
    "deals": "Each dot is a deal, the larger the more it is worth; filled where it is open, pale "
    "with a rim where it is won, a ring where it is lost, a dashed one where it is parked.",
    "contacts": "Each dot is a contact; filled where it has an open deal.",
}
_WHOLE_RULE = (
    "Of so many deals each circle is a cluster: pale where all in it are won, a ring where all "
    "are lost, a dashed one where all are parked, and filled else."
)


def map_page(context: Context, key: str = "") -> Sheet:
    """The page of a clustering, the first where none is named."""
    found = context.facts(facts.clusterings).by
    here = next((one for one in found if _key(one, found) == key), None)
    if here is None:
        empty = "No deals yet. Each is a dot here, clustered by its stage and what else it says."
        return Sheet("Map", "", (), empty=empty)
    return Sheet(
        f"Map, {_label(here).lower()}" if key else "Map",
        _answer(here, context.journal.schema),
        (_section(here, context, key),),
        _rule(here),
        picks=tuple(Link(_label(one), _path(_key(one, found))) for one in found),
        path=_path(key),
    )


def _rule(here: Clustering) -> str:
    if _is_whole(here):
        return _WHOLE_RULE if here.of == "deals" else ""
    return _RULE[here.of]


def _keys(context: Context) -> Iterator[str]:
    found = context.facts(facts.clusterings).by
    yield ""
    yield from (_key(one, found) for one in found[1:])


def _key(one: Clustering, found: tuple[Clustering, ...]) -> str:
    return "" if one is found[0] else f"{one.of}.{one.field}"


def _path(key: str) -> str:
    return f"map-{key}.html" if key else PATH


def _label(one: Clustering) -> str:
    return f"{one.of.capitalize()} by {one.label.lower()}"


def _answer(here: Clustering, schema: Schema) -> str:
    """Which cluster is the largest, and what part of all it is; where several are, how large; and
    how many are in none, for they have no value. That of several values of few is none of its
    own."""
    sizes = [len(one.members) if one.name else 0 for one in here.clusters]
    count = sum(len(one.members) for one in here.clusters)
    all_of = Link(_counted(count, here), f"{here.of}.html")
    most = max(sizes)
    largest = Link(counting.grouped(most), f"#in-{sizes.index(most) + 1}")
    rest = _without(here)
    if sizes.count(most) > 1:
        clusters = Link(_clusters(here), "#clusters")
        return Sentence(clusters, " among ", all_of, ", none of more than ", largest, rest)
    name = formats.isolated(_name(here, here.clusters[sizes.index(most)], schema))
    return Sentence(f"The largest cluster is “{name}”, ", largest, " of ", all_of, rest)


def _without(here: Clustering) -> Sentence:
    """How many have no value; nothing where all have one."""
    last = here.clusters[-1]
    if not _is_without(last):
        return Sentence()
    count = len(last.members)
    have = f" ha{'s' if count == 1 else 've'} no {formats.isolated(here.label)}"
    return Sentence("; ", Link(counting.grouped(count), f"#in-{len(here.clusters)}"), have)


def _is_without(one: Cluster) -> bool:
    return not (one.name or one.others)


def _clusters(here: Clustering) -> str:
    """How many clusters there are, without that of those which have no value."""
    return counting.count(sum(not _is_without(one) for one in here.clusters), "cluster")


def _counted(count: int, here: Clustering) -> str:
    return counting.count(count, here.of.removesuffix("s"))


def _is_whole(here: Clustering) -> bool:
    """Whether each cluster is drawn as one circle, for there are too many dots."""
    return sum(len(one.members) for one in here.clusters) > MOST


def _section(here: Clustering, context: Context, key: str) -> Section:
    schema = context.journal.schema
    drawn_whole = "; a circle is as large as there are many in it" if _is_whole(here) else ""
    rows = [(f"in-{at}", _name(here, one, schema), one) for at, one in enumerate(here.clusters, 1)]
    return Section(
        "clusters",
        _label(here),
        f"{_clusters(here)}{_without(here)}{drawn_whole}",
        drawn(_label(here), [_disc(*row, context) for row in rows]),
        (_table(here, rows, schema, key),),
        made_of=groups((anchor, name, one.members) for anchor, name, one in rows),
    )


def _disc(anchor: str, name: str, one: Cluster, context: Context) -> Disc:
    count = counting.grouped(len(one.members))
    return Disc(name, f"#{anchor}", count, tuple(_dots(one, context)))


def _dots(one: Cluster, context: Context) -> Iterator[Dot]:
    largest = context.once(_largest)
    for member in one.members:
        name, path, _ = subject_link(member)
        if isinstance(member, Deal):
            size = _amount(member, context) / largest if largest else 0.0
            yield Dot(name, path, member.stage.type, size)
        else:
            yield Dot(name, path, _kind_of(member, context))


def _kind_of(contact: Contact, context: Context) -> str:
    return "open" if context.insights.contact_standings[contact.id].open_deals else "none"


def _largest(context: Context) -> float:
    return max((_amount(deal, context) for deal in context.journal.deals), default=0.0)


def _amount(deal: Deal, context: Context) -> float:
    """What a deal is worth in the journal's currency; nothing where nobody knows."""
    worth = context.insights.standings[deal.id].worth
    own = worth is not None and worth.currency == context.journal.schema.currency
    return max(float(worth.amount), 0.0) if worth is not None and own else 0.0


def _table(
    here: Clustering, rows: list[tuple[str, str, Cluster]], schema: Schema, key: str
) -> Table:
    is_valued = here.of == "deals" and any(one.total.lines for _, _, one in rows)
    columns = (Column(here.label.capitalize()), Column(here.of.capitalize()))
    made = []
    for anchor, name, one in rows:
        value = Cell(coverage.told(one.total, schema)) if is_valued else None
        count = number(len(one.members), f"{_path(key)}#{anchor}")
        made.append(Row(Cell(name), (count, value) if value else (count,)))
    return Table(_label(here), (*columns, Column("Value")) if is_valued else columns, tuple(made))


def _name(here: Clustering, one: Cluster, schema: Schema) -> str:
    if one.others:
        return "others"
    if not one.name:
        return f"no {here.label}"
    if here.field == "owner":
        return schema.team[one.name].name
    return _stage_name(one.name, schema) if here.field == "stage" else one.name


def _stage_name(name: str, schema: Schema) -> str:
    id, _, stage_id = name.partition("/")
    pipeline = schema.pipeline(id)
    stage = pipeline.stage(stage_id) if pipeline else None
    assert pipeline is not None and stage is not None
    return stage.name if len(schema.pipelines) == 1 else f"{pipeline.name}: {stage.name}"


def _sheet(context: Context, key: str) -> Sheet:
    """For a terminal: the first clustering, and the tables of all others below it."""
    first, *others = context.facts(facts.clusterings).by or (None,)
    made = map_page(context, key)
    if first is None:
        return made
    sections = [_section(one, context, _key(one, (first, *others))) for one in others]
    return replace(made, sections=(*made.sections, *sections))


def _shows(schema: Schema, topics: Topics) -> bool:
    """With something to cluster deals by beside their stages."""
    return Topic.SOME in topics and any(
        field.type == "choice" for pipe in schema.pipelines for field in pipe.fields
    )


PAGE = PageKind(
    name="map",
    view=footed(map_page),
    keys=_keys,
    path=_path,
    nav=Nav(NavGroup.PEOPLE, "Map", PATH, shows=_shows),
    facts=facts.clusterings,
    sheet=footed(_sheet),
    is_sheet=True,
)
