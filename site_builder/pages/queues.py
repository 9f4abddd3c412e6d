"""The page of queues: what each role is to work on, and how old the oldest of it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from site_builder.insights import queues as facts
from site_builder.insights.queues import NO_ROLE, WHATS, Queues, Task, What
from site_builder.insights.topics import Topic, Topics
from site_builder.journal.deal import Deal
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.pages import dues
from site_builder.pages.context import Context
from site_builder.pages.links import Link, handover_path, subject_link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence
from site_builder.pages.sheet import (
    Cell,
    Column,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    group,
    number,
    numbers,
)
from site_builder.problems import counting

PATH = "queues.html"
EACH = 15
"""How many of a task are listed of a role."""
NAMES: Mapping[What, str] = {
    "complete": "Contacts to complete",
    "outreach": "First outreach due",
    "dialogue": "Dialogues",
    "proposal": "Proposals to write",
    "unanswered": "Unanswered",
    "forgotten": "Deals forgotten",
    "follow-up": "Follow-ups missed",
    "note": "Notes missing",
}
_SHORT = (
    "Complete", "Outreach", "Dialogue", "Proposal", "Unanswered", "Forgotten", "Missed", "No notes",
)  # fmt: skip
_RULES: Mapping[What, str] = {
    "complete": (
        "A contact that lacks what `contact-requires` of pipeline.yml names is to be completed; a "
        "company lacks no mail and no phone where one of its people has one."
    ),
    "outreach": "A first outreach is due to whom there was no real contact with yet.",
    "dialogue": "A dialogue is an open deal with real contact; it is as old as the last of it.",
    "proposal": (
        "A proposal is to be written for a deal that has none and stands where most deals of its "
        "pipeline had their first one, or later."
    ),
    "unanswered": "Unanswered is a message of theirs that waits for longer than `reply-within`.",
    "forgotten": "Forgotten is a deal that is silent for longer than `stale-after` of its stage.",
    "follow-up": "A follow-up is missed once its day is over.",
    "note": "Notes are missing where none but moves tells of an open deal, or none of its people.",
}  # fmt: skip
_AGES: Mapping[What, str] = {
    "complete": "known for {days}",
    "outreach": "known for {days}",
    "dialogue": "last contact {ago}",
    "proposal": "{days} in its stage",
    "unanswered": "sent {ago}",
    "forgotten": "silent for {days}",
    "follow-up": "due {ago}",
    "note": "known for {days}",
}
"""How old a task is, in words that say from what that counts."""
_OWNERS = (
    "A task of a deal counts with the owner of the deal; one of a contact with the owner of the "
    "contact, or else of its deal or company. Each list says from when the age of a task counts."
)
_EMPTY = (
    "Nobody has anything to do today. Queues fill from open deals, by the `role` of their stage, "
    "and from contacts that lack what `contact-requires` of pipeline.yml names."
)


def queues(context: Context, _key: str = "") -> Sheet:
    """The page."""
    roles = found(context).roles
    every = [task for tasks in roles.values() for task in tasks]
    shown = {role: tasks for role, tasks in roles.items() if tasks}
    sections = [_section(role, tasks, context) for role, tasks in shown.items()]
    if every:
        sections = [_by_role(roles, context), _by_person(every, context), *sections]
    return Sheet("Queues", _answer(shown, context), tuple(sections), empty=_EMPTY)


def found(context: Context) -> Queues:
    """The queues, worked out once for all pages."""
    return context.once(_found)


def _found(context: Context) -> Queues:
    return facts.queues(context.insights, dues.found(context).due)


def _answer(roles: Mapping[str, Sequence[Task]], context: Context) -> str:
    """How much there is for how many roles, and the oldest of it."""
    every = [task for tasks in roles.values() for task in tasks]
    if not every:
        return ""
    named = len(roles.keys() - {NO_ROLE})
    for_whom = [f"for {counting.count(named, 'role')}"] if named else []
    for_whom += [f"for {'none' if named else 'no role'}"] if NO_ROLE in roles else []
    tasks = f"{counting.count(len(every), 'task')} {' and '.join(for_whom)}"
    return Sentence(Link(tasks, "#roles"), _waited(every, context))


def _waited(tasks: Sequence[Task], context: Context) -> str:
    """How long the oldest of some tasks has waited; nothing where none has, or nobody knows."""
    days = _oldest(tasks, context)
    if not days:
        return ""
    oldest = min(tasks, key=_since)
    waited = Link(formats.days(days), subject_link(oldest.subject).path)
    return Sentence("; the oldest has waited for ", waited)


def _since(task: Task) -> dt.date:
    return task.since or dt.date.max


def _oldest(tasks: Iterable[Task], context: Context) -> int | None:
    days = [(context.today - task.since).days for task in tasks if task.since]
    return max(0, *days) if days else None


def role_name(role: str) -> str:
    """A role as it is read."""
    return role[:1].upper() + role[1:].replace("-", " ") if role else "No role"


def _anchor(role: str) -> str:
    return f"role-{role}" if role else "role."


def _by_role(roles: Mapping[str, Sequence[Task]], context: Context) -> Section:
    columns = (
        Column("Role"),
        Column("Tasks"),
        Column("Oldest"),
        Column("Worked by", is_number=False),
    )
    rows = [
        Row(
            Cell(role_name(role), f"{PATH}#{_anchor(role)}" if tasks else ""),
            (
                number(len(tasks), f"{PATH}#{_anchor(role)}"),
                _age(_oldest(tasks, context)),
                Cell(_worked_by(role, context)),
            ),
        )
        for role, tasks in roles.items()
    ]
    return Section("roles", "By role", tables=(Table("Tasks by role", columns, tuple(rows)),))


def _age(days: int | None) -> Cell:
    return Cell("" if days is None else formats.days(days))


def _worked_by(role: str, context: Context) -> str:
    team = context.journal.schema.team.values()
    return ", ".join(person.name for person in team if role in person.roles) or "nobody"


def _by_person(every: Sequence[Task], context: Context) -> Section:
    kinds = [what for what in WHATS if any(task.task == what for task in every)]
    columns = numbers("Person", *(_SHORT[WHATS.index(what)] for what in kinds), "Oldest")
    people = by_person(every)
    rows = [_person_row(_who(one), tasks, kinds, context, "nobody") for one, tasks in people]
    total = _person_row(Cell("Everyone"), every, kinds, context, "everyone")._replace(is_sum=True)
    nobodys = [task for task in every if task.person is None]
    made_of = [
        _group(whose, what, same)
        for whose, tasks in (("nobody", nobodys), ("everyone", every))
        for what in kinds
        if (same := [task for task in tasks if task.task == what])
    ]
    return Section(
        "people",
        "By person",
        tables=(Table("Tasks by person", columns, (*rows, total)),),
        rule=_OWNERS,
        made_of=tuple(made_of),
        is_closed=True,
    )


def by_person(tasks: Iterable[Task]) -> list[tuple[Person | None, list[Task]]]:
    """The tasks of each person by id, and last those of nobody."""
    found: dict[str, tuple[Person | None, list[Task]]] = {}
    for task in tasks:
        id = task.person.id if task.person else ""
        found.setdefault(id, (task.person, []))[1].append(task)
    return [found[id] for id in sorted(found, key=lambda id: (not id, id))]


def _who(person: Person | None) -> Cell:
    name = dues.person_name(person)
    return Cell(name, f"{handover_path(person.id)}#tasks") if person else Cell(name)


def _person_row(
    name: Cell, tasks: Sequence[Task], kinds: Sequence[What], context: Context, whose: str
) -> Row:
    """How much of each kind somebody has; without a page of theirs it leads to the groups of
    those ``whose`` it is."""
    counts = [
        number(
            sum(task.task == what for task in tasks),
            name.path or f"{PATH}#{_group_anchor(whose, what)}",
        )
        for what in kinds
    ]
    return Row(name, (*counts, _age(_oldest(tasks, context))))


def _group_anchor(whose: str, what: What) -> str:
    return f":{whose}.{what}"


def _group(whose: str, what: What, tasks: Sequence[Task]) -> Group:
    subjects = [task.subject for task in tasks]
    return group(_group_anchor(whose, what), f"{NAMES[what]}, {whose}", subjects)


def _section(role: str, tasks: Sequence[Task], context: Context) -> Section:
    kinds = [what for what in WHATS if any(task.task == what for task in tasks)]
    goal = context.journal.schema.roles.get(role, "")
    first = _head(kinds[0], sum(task.task == kinds[0] for task in tasks))
    rules = [_RULES[what] for what in kinds]
    if role == NO_ROLE:
        rules.insert(0, "No role of pipeline.yml works on these.")
    return Section(
        _anchor(role),
        role_name(role),
        "; ".join(filter(None, (goal, first[:1].lower() + first[1:] if goal else first))),
        tables=tuple(_tables(kinds, tasks, context)),
        rule=" ".join(rules),
    )


def _tables(kinds: Sequence[What], tasks: Sequence[Task], context: Context) -> Iterator[Table]:
    """A table of each kind: the first is what to begin with, and the others are closed."""
    for what in kinds:
        same = [task for task in tasks if task.task == what]
        age = _age_words(what, same, context)
        old = f"; the oldest: {age}" if age else ""
        closed = "" if what == kinds[0] else f"{NAMES[what]}: {counting.grouped(len(same))}{old}"
        yield replace(table(what, same, context), closed=closed)


def _age_words(what: What, tasks: Sequence[Task], context: Context) -> str:
    """How old the oldest of some tasks is; nothing where that is not known."""
    days = _oldest(tasks, context)
    if days is None:
        return ""
    return _AGES[what].format(days=formats.days(days), ago=formats.from_now(-days))


def table(what: What, tasks: Sequence[Task], context: Context) -> Table:
    """Tasks of a kind, the oldest first, and how many more there are."""
    columns = (
        Column(_head(what, len(tasks))),
        *_columns(what),
        Column("Owner", is_number=False),
        Column("Age"),
    )
    rows = tuple(_row(task, what, context) for task in tasks[:EACH])
    return Table(NAMES[what], columns, rows, is_lines=True)


def _head(what: What, tasks: int) -> str:
    """What so many tasks of a kind are called, and how many of them are listed, if not all."""
    count = counting.grouped(tasks)
    return (
        f"{NAMES[what]}: the oldest {EACH} of {count}"
        if tasks > EACH
        else f"{NAMES[what]}: {count}"
    )


def _columns(what: What) -> Iterator[Column]:
    if what in _DETAILS:
        yield Column(_DETAILS[what], is_number=False)


_DETAILS: Mapping[What, str] = {
    "complete": "Lacks",
    "follow-up": "Missed",
    "dialogue": "Stage",
    "proposal": "Stage",
    "forgotten": "Stage",
}


_MISSED: Mapping[str, str] = {
    "after-meeting": "meeting",
    "loop": "the loop",
    "next": "next step",
    "no-reply": "silence",
    "touch": "rhythm",
    "wake": "waking",
}
"""What kinds of follow-ups are called, where their ids are no words."""


def _row(task: Task, what: What, context: Context) -> Row:
    age = Cell(_age_words(what, [task], context))
    detail = (Cell(_detail(task)),) if what in _DETAILS else ()
    return Row(_subject(task, context), (*detail, Cell(dues.person_name(task.person)), age))


def _detail(task: Task) -> str:
    if task.lacks:
        return ", ".join(_MISSED.get(what, what) for what in task.lacks)
    return task.subject.stage.name if isinstance(task.subject, Deal) else ""


def _subject(task: Task, context: Context) -> Cell:
    text, path, _ = subject_link(task.subject)
    company = context.companies[task.subject.company].text
    return Cell(text, path, company if company not in text else "")


def _shows(schema: Schema, topics: Topics) -> bool:
    """For several people, or for more than one alone sees on the overview."""
    is_shared = len(schema.team) > 1 or Topic.MANY in topics
    asked = schema.contact_requires or facts.role_ids(schema)
    is_work = not topics.isdisjoint((Topic.OPEN, Topic.CONTACT))
    return is_work and is_shared and bool(asked)


PAGE = page_of_facts("queues", queues, facts.queues, NavGroup.TODAY, "Queues", _shows)
