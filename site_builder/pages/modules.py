"""The page of modules: the chain from a contact to a delivery and back, and where the money was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights import modules as facts
from site_builder.insights.modules import Flow, Module, Modules
from site_builder.insights.share import Share
from site_builder.insights.topics import Topic
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.jobs import deliveries, invoices, unpapered, work
from site_builder.pages.links import Link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.proposals import FEWEST, proposals
from site_builder.pages.sentence import Sentence, Words, counted, joined
from site_builder.pages.sheet import (
    Cell,
    Row,
    Section,
    Sheet,
    Table,
    groups,
    number,
    numbers,
    percent_from,
    share_or_few,
)
from site_builder.problems import counting

_NAMES = {
    "contacts": ("Networking database", "spoken with"),
    "outreach": ("Initial outreach", "answered"),
    "dialogue": ("Dialogue", "got a proposal"),
    "proposal": ("Proposal", "won"),
    "invoice": ("Invoice", "half paid"),
    "processing": ("Order processing", "delivered"),
    "delivery": ("Order delivery", "in time"),
    "loop": ("Loop", "in touch"),
}
"""What each module is called, and what it is to go on from it."""
_GOALS = {
    "contacts": "Know whom to talk to, and how to reach them",
    "outreach": "Get an answer to a first message",
    "dialogue": "Find what could change, and propose it",
    "proposal": "Services, terms, deadline and budget that they accept",
    "invoice": "Paid, or half of it in advance, before work starts",
    "processing": "Begin with a work order, and bring it to a delivery",
    "delivery": "On the day that was proposed",
    "loop": "Keep in touch after the win, at least monthly",
}
_CHAIN = (
    "People in the first two modules, deals in the others; each counts in every module that it "
    "reached. Dialogue is real contact that did not come from us alone, work begins with the "
    "first `order` or `delivery`. Who did not go on from a module may do so yet. "
    f"{percent_from(FEWEST, 'people or deals')}"
)
_WENT_ON = (
    "A deal went on that entered a later open or won stage since it entered this one first, also "
    f"past the next. {percent_from(FEWEST, 'deals')}"
)


def modules(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.modules)
    if not any(module.share.of for module in found.modules):
        return Sheet("Modules", "", (), empty=_EMPTY)
    return Sheet(
        "Modules",
        _answer(found),
        (
            _chain(found, context),
            *work(found, context),
            *unpapered(found, context),
            *invoices(found, context),
            *deliveries(found, context),
            *proposals(found, context),
            *_stages(found, context.journal.schema.pipelines),
            _counted(found),
        ),
    )


_EMPTY = (
    "Nobody to talk to yet. Here stands how many go on from contact to outreach, dialogue, "
    "proposal, invoice, work and delivery."
)


def _answer(found: Modules) -> str:
    """What is wrong with the money and the dates, or how many proposals are accepted."""
    parts = list[Words]()
    if found.proposals.sent:
        accepted = _some_of("proposal", found.proposals.accepted, found.proposals.sent, "proposal")
        parts.append(Sentence(accepted, " accepted"))
    if found.unpaid_starts:
        begun = counting.count(len(found.unpaid_starts), "job")
        parts.append(Link(f"{begun} begun unpaid", "#unpaid"))
    if found.deliveries_late:
        late = counting.count(len(found.deliveries_late), "deal")
        parts.append(Link(f"{late} with a late delivery", "#late"))
    if found.unpapered and found.jobs:
        bare = counting.count(len(found.unpapered), "win")
        parts.append(Link(f"{bare} without paper", "#unpapered"))
    if not parts and found.outreach.sent:
        parts.append(_first_messages(found))
    return joined(" · ", parts) or "Nothing proposed yet"


def _first_messages(found: Modules) -> Sentence:
    """How many first messages are answered; those that have time left are told apart."""
    sent = found.outreach
    if sent.sent == sent.waiting:
        first = counting.count(sent.sent, "first message")
        return Sentence(Link(first, "#chain"), " may be answered yet")
    answered = _some_of("outreach", sent.answered, sent.sent - sent.waiting, "first message")
    waiting = Link(f"{counting.grouped(sent.waiting)} more may be yet", "#chain")
    return Sentence(answered, " answered", *("; ", waiting) * bool(sent.waiting))


def _some_of(module: str, some: int, of: int, noun: str) -> Sentence:
    """How many went on from a module, of how many."""
    on = counted(some, counting.grouped(some), f"#{module}-on")
    return Sentence(on, " of ", counted(of, counting.count(of, noun), f"#{module}-all"))


def _chain(found: Modules, context: Context) -> Section:
    columns = numbers("Module", "Reached", "Went on", "Did not")
    return Section(
        "chain",
        "The chain",
        _people(found, context),
        tables=(Table("The eight modules", columns, tuple(map(_module, _reached(found)))),),
        rule=f"{_CHAIN} {_window(found)} {_loop(context)}",
    )


def _counted(found: Modules) -> Section:
    return Section(
        "counted",
        "Who is counted in the chain",
        made_of=groups(row for one in found.modules for row in _who(one)),
    )


def _people(found: Modules, context: Context) -> str:
    people = found.modules[0].share.of
    who = counting.count(people, "person", "people")
    rest = [_NAMES[one.module][0] for one in found.modules if not one.share.of]
    none = f"; none in {', '.join(rest)} yet" if rest else ""
    return f"{who}, {counting.count(len(context.journal.deals), 'deal')}{none}"


def _reached(found: Modules) -> list[Module]:
    """The modules that anybody has reached: the others have nothing to tell."""
    return [one for one in found.modules if one.share.of]


def _module(one: Module) -> Row:
    name, on = _NAMES[one.module]
    return Row(
        Cell(name, aside=_GOALS[one.module]),
        (
            number(one.share.of, f"modules.html#{one.module}-all"),
            _share(one, on),
            number(len(one.not_yet), f"modules.html#{one.module}-not"),
        ),
    )


def _share(one: Module, on: str) -> Cell:
    path = f"modules.html#{one.module}-on" if one.went_on else ""
    cell = share_or_few(one.share, FEWEST, path)
    said = cell.aside.replace(";", f" {on};", 1) if cell.aside else on
    return cell._replace(aside=said)


def _who(one: Module) -> Iterator[tuple[str, str, Sequence[Deal | Contact]]]:
    name, on = _NAMES[one.module]
    yield f"{one.module}-all", f"{name}: all", (*one.went_on, *one.not_yet)
    yield f"{one.module}-on", f"{name}: {on}", one.went_on
    yield f"{one.module}-not", f"{name}: not {on}", one.not_yet


def _window(found: Modules) -> str:
    """What counts as an answer."""
    sent = found.outreach
    first = "An answer to the first message that went from us counts"
    if sent.within is None:
        return f"{first} whenever it came."
    rule = (
        f"{first} within {formats.length(sent.within)}, the longest `within` of a `response-rate`"
    )
    if not sent.waiting:
        return f"{rule}."
    they = "person that has" if sent.waiting == 1 else "people that have"
    return f"{rule}; left out: {counting.grouped(sent.waiting)} {they} had less time so far."


def _loop(context: Context) -> str:
    every = context.journal.schema.follow_up.loop or facts.LOOP
    return (
        f"In touch is a won deal with one of whose people there was real contact, from us too, in "
        f"the last {formats.length(every)}; where it names none, with anybody of its company."
    )


def _stages(found: Modules, pipelines: Sequence[Pipeline]) -> Iterator[Section]:
    """Per pipeline how many deals went on from each stage that there is today."""
    for pipeline in pipelines:
        flows = [one for one in found.stages if one.pipeline == pipeline.id]
        shown = [one for one in flows if one.stage.number and one.stage.is_open and one.entered]
        if shown:
            rows = tuple(
                Row(
                    Cell(one.stage.name),
                    (
                        number(one.entered, f"modules.html#{_entered(one)}"),
                        share_or_few(Share(one.went_on, one.entered), FEWEST, _stayed(one)),
                    ),
                )
                for one in shown
            )
            columns = numbers("Stage", "Entered", "Went on")
            yield Section(
                f"stages-{pipeline.id}",
                f"{pipeline.name}, stage by stage",
                tables=(Table(f"Conversions of {pipeline.name}", columns, rows),),
                rule=_WENT_ON,
                made_of=groups(row for one in shown for row in _of_stage(one)),
                is_closed=True,
            )


def _of_stage(one: Flow) -> Iterator[tuple[str, str, Sequence[Deal]]]:
    yield _entered(one), f"Entered {one.stage.name}", one.deals
    yield _stayed(one).partition("#")[2], f"Did not go on from {one.stage.name}", one.stayed


def _entered(one: Flow) -> str:
    return f"{one.pipeline}.{one.stage.id}:entered"


def _stayed(one: Flow) -> str:
    return f"modules.html#{one.pipeline}.{one.stage.id}" if one.stayed else ""


PAGE = page_of_facts(
    "modules",
    modules,
    facts.modules,
    NavGroup.LEARN,
    "Modules",
    lambda _, topics: Topic.PAPER in topics,
)
