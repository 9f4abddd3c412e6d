"""The page of all that one of the team would hand over: what is due and promised, where each deal
stands, in a paragraph of facts, and whom they keep in touch with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights import handover as facts
from site_builder.insights.handover import DealState, Handover, Promised, Works
from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.journal.pipeline import StageType
from site_builder.markup import formats
from site_builder.pages import dues, queues, reasons, windows
from site_builder.pages.context import Context
from site_builder.pages.handover_due import EACH, cut_to, overdue, what_is_due
from site_builder.pages.links import (
    Link,
    contact_link,
    deal_path,
    handover_path,
    listed,
    named,
    subject_link,
)
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path
from site_builder.pages.page import PageKind
from site_builder.pages.sentence import Sentence, joined
from site_builder.pages.sheet import (
    Cell,
    Row,
    Section,
    Sheet,
    Story,
    Table,
    group,
    number,
    numbers,
    texts,
)
from site_builder.problems import counting

_TYPES = (
    (StageType.OPEN, "open", "Open deals"),
    (StageType.PARKED, "parked", "Parked deals"),
    (StageType.WON, "won", "Won deals"),
)
_WHATS = {"next": "Next step", "delivery": "Delivery", "payment": "Their payment"}


def handover(context: Context, key: str) -> Sheet:
    """The page of the person whose id the key is."""
    person = context.journal.schema.team[key]
    # The state of a deal is told for as many as there is room for.
    found = facts.theirs(person, context.once(_works), lambda one: one)
    return Sheet(
        f"Handing over: {formats.isolated(person.name)}",
        _answer(found, context),
        tuple(_sections(found, context)),
        empty="Nothing is theirs: no deal, no contact, nothing due.",
        foot=windows.of(d for d in context.journal.deals if d.owner.id == key),
    )


def _works(context: Context) -> Works:
    """What is whose, worked out once for all people."""
    return facts.works(context.insights, dues.found(context).due, queues.found(context))


def _answer(found: Handover[Standing], context: Context) -> str:
    types = [one.deal.stage.type for one in found.deals]
    counts = [(types.count(type), f"{word} deal", word) for type, word, _ in _TYPES]
    counts += [(found.lost, "lost deal", "lost"), (len(found.contacts), "contact", "contacts")]
    parts = [Link(counting.count(n, noun), f"#{at}") for n, noun, at in counts if n]
    if not parts:
        return ""
    late = overdue(found.due, context)
    return Sentence(joined(", ", parts), "; ", Link(late, "#due") if late else "nothing overdue")


def _sections(found: Handover[Standing], context: Context) -> Iterator[Section]:
    if found.due:
        yield what_is_due(found.due, context)
    if found.promised:
        yield _promised(found.promised, context)
    for type, anchor, title in _TYPES:
        deals = [one for one in found.deals if one.deal.stage.type is type]
        if deals:
            yield _deals(deals, anchor, title, context)
    if found.lost:
        yield _lost(found, context)
    if found.contacts:
        yield _contacts(found, context)
    if found.tasks:
        yield _tasks(found, context)


def _promised(promised: Sequence[Promised], context: Context) -> Section:
    rows = tuple(_promise(one, context) for one in promised[:EACH])
    rule = (
        "Promised are next steps, a delivery by the deadline of a proposal that no delivery "
        "followed, and their payment of an invoice that none followed."
    )
    return Section(
        "promised",
        "What is promised",
        cut_to(len(rows), len(promised), "the first"),
        tables=(Table("What is promised", texts("Deal", "What", "For"), rows, is_lines=True),),
        rule=rule,
    )


def _promise(one: Promised, context: Context) -> Row:
    text, path, _ = subject_link(one.subject)
    note = note_path(one.subject, one.note) if one.note else ""
    day = formats.near_day(one.date, context.today)
    what = Cell(_WHATS[one.what], note, named(one.text, context.journal))
    return Row(Cell(text, path), (what, Cell(day, aside=formats.in_days(one.date, context.today))))


def _deals(deals: Sequence[Standing], anchor: str, title: str, context: Context) -> Section:
    rest = [one.deal for one in deals[EACH:]]
    told = [facts.state(one, context.insights) for one in deals[:EACH]]
    is_open = anchor == "open"
    return Section(
        anchor,
        title,
        counting.grouped(len(deals)) if is_open else "",
        closed="" if is_open else counting.count(len(deals), f"{anchor} deal"),
        stories=tuple(_story(one, context) for one in told),
        made_of=(group(f"{anchor}-more", "The others", rest),) if rest else (),
    )


def _lost(found: Handover[Standing], context: Context) -> Section:
    """The lost deals, of which there is nothing to hand over but that they are theirs."""
    owned = context.once(_works).deals[found.person.id]
    deals = [one.deal for one in owned if one.deal.stage.type is StageType.LOST]
    count = counting.count(found.lost, "lost deal")
    made_of = group("lost-deals", "Lost", deals)
    return Section("lost", "Lost deals", closed=count, made_of=(made_of,))


def _story(one: DealState, context: Context) -> Story:
    company = context.companies[one.id.company].text
    parts = [
        *_place(one),
        *_worth(one, context),
        *_people(one, context),
        *_last(one, context),
        *_plans(one, context),
    ]
    aside = company if company not in one.id.title else ""
    return Story(Link(one.id.title, deal_path(one.id)), aside, tuple(parts))


def _place(one: DealState) -> Iterator[Link]:
    pipeline = one.id.pipeline
    number = pipeline.place_of(one.stage) if one.stage.is_open else 0
    place = f", stage {number} of {len(pipeline.way)}" if number else ""
    where = ", a retired stage" if one.stage.retired else place
    for_days = f", for {formats.days(one.days)}" if one.days is not None else ""
    yield Link(f"{formats.isolated(one.stage.name)}{where}{for_days}")
    if one.done.of:
        left = (
            f"; left: {', '.join(formats.isolated(step.name) for step in one.left)}"
            if one.left
            else ""
        )
        yield Link(f"; {one.done.n} of {counting.count(one.done.of, 'step')} done{left}")
    yield Link(". ")


def _worth(one: DealState, context: Context) -> Iterator[Link]:
    own = one.id.probability
    parts = [
        formats.money(one.value) if one.value else "no value yet",
        f"own estimate {formats.percent(own)}" if own is not None and one.stage.is_open else "",
        f"close expected {formats.near_day(one.close, context.today)}"
        if one.close and one.stage.is_open
        else "",
    ]
    said = ", ".join(filter(None, parts))
    yield Link(f"{said[:1].upper()}{said[1:]}. ")


def _people(one: DealState, context: Context) -> Iterator[Link]:
    links = []
    for part in one.id.contacts:
        link = contact_link(context.journal, part.contact)
        role = f" ({part.role.replace('-', ' ')})" if part.role else ""
        links.append(link._replace(text=f"{link.text}{role}"))
    if links:
        yield Link("With ")
        yield from listed(links)
        yield Link(". ")


def _last(one: DealState, context: Context) -> Iterator[Link]:
    note = one.last_contact
    if note is None:
        yield Link("No real contact yet. ")
        return
    kind = kind_text(note, one.id, context.insights).lower()
    day = formats.near_day(note.date, context.today)
    head = f" – {formats.isolated(named(note.headline, context.journal))}" if note.headline else ""
    yield Link("Last contact: ")
    yield Link(f"{kind} of {day}", note_path(one.id, note))
    yield Link(f"{_ended(head)} ")


def _ended(said: str) -> str:
    """A sentence with a full stop, where nothing ends it yet."""
    return said if said.endswith((".", "?", "!", "…")) else f"{said}."


def _plans(one: DealState, context: Context) -> Iterator[Link]:
    deal = one.id
    if deal.next and deal.stage.type is not StageType.PARKED:
        day = formats.near_day(deal.next.date, context.today)
        said = _ended(formats.isolated(named(deal.next.text, context.journal)))
        yield Link(f"Next, on {day}: {said} ")
    if deal.wake and deal.stage.type is StageType.PARKED:
        yield Link(f"Sleeps until {formats.near_day(deal.wake, context.today)}. ")
    if deal.renews and deal.stage.type is StageType.WON:
        yield Link(f"Renews on {formats.near_day(deal.renews, context.today)}. ")
    if one.stale:
        names = ", ".join(reasons.NAMES[code].lower() for code in one.stale)
        yield Link(f"Stale: {names}.")


def _contacts(found: Handover[Standing], context: Context) -> Section:
    every = sorted(
        found.contacts, key=lambda one: (-one.open_deals, one.last_contact is None, one.id.name)
    )
    columns = (*texts("Contact", "Status", "Last contact"), *numbers("Open deals"))
    rows = []
    for one in every[:EACH]:
        company = context.companies[one.id.company].text
        last = one.last_contact
        said = formats.near_day(last, context.today) if last else "never"
        text, path, _ = subject_link(one.id)
        cells = (Cell("", "", one.status), Cell(said), number(one.open_deals, path))
        rows.append(Row(Cell(text, path, company), cells))
    rest = cut_to(len(rows), len(every), "the first")
    rule = "A contact is kept in touch with by its owner, else by that of its deal or company."
    table = Table("Contacts", columns, tuple(rows))
    closed = counting.count(len(every), "contact")
    return Section("contacts", "Contacts", rest, tables=(table,), rule=rule, closed=closed)


def _tasks(found: Handover[Standing], context: Context) -> Section:
    kinds = dict.fromkeys(task.task for task in sorted(found.tasks, key=lambda one: one.order))
    tables = tuple(
        queues.table(what, [t for t in found.tasks if t.task == what], context) for what in kinds
    )
    count = counting.count(len(found.tasks), "task")
    return Section("tasks", "In the queues", tables=tables, closed=count)


def _of_key(insights: Insights, key: str) -> Handover[DealState]:
    return facts.handover(insights, insights.journal.schema.team[key])


PAGE = PageKind(
    name="handover",
    view=handover,
    keys=lambda context: sorted(context.journal.schema.team),
    path=handover_path,
    within="follow-ups",
    facts_of=_of_key,
    each="person",
    is_sheet=True,
)
