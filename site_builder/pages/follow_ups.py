"""The page of follow-ups: what is overdue, due today and coming, by person, each with who and
why; and how fast messages were answered."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from site_builder.insights import follow_ups as facts
from site_builder.insights.follow_ups import LAPSES, Due, FollowUps, of_person
from site_builder.insights.named import name_of
from site_builder.insights.topics import Topic, Topics
from site_builder.journal.schema import FollowUp, Schema
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.pages import dues, reply_times
from site_builder.pages.context import Context
from site_builder.pages.dues import NOBODY, SOON
from site_builder.pages.first_few import seen_at_once
from site_builder.pages.links import FOLLOW_UPS, feed_path, handover_path, subject_link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.scopes import scope
from site_builder.pages.sentence import Figure, Sentence, Words, counted
from site_builder.pages.sheet import (
    SHOWN,
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

EACH = 15
"""How many that are overdue, due today or coming are listed of a person."""
HELD = 200
"""How many entries a calendar feed holds at most."""
FIRST = 5
"""How many that are overdue stand open."""
_PEOPLE = numbers("Person", "Overdue", "Today", f"{SOON} days", "Later")
_SAID: Mapping[dues.State, str] = {
    "overdue": "overdue",
    "today": "today",
    "soon": "coming",
    "later": "later",
}
_STATES = tuple(_SAID)
_UNKNOWN = (
    "Nothing is to be followed up. Here stands what is due, once deals have a `next` step or "
    "pipeline.yml has a `follow-up` line."
)


def _shows(schema: Schema, topics: Topics) -> bool:
    """Once something is due by a rule of pipeline.yml, beside which next steps stand here too, or
    by what a contact says itself."""
    if Topic.RHYTHM in topics:
        return True
    rules = schema.follow_up
    is_looped = rules.loop is not None and topics.issuperset((Topic.WON, Topic.CONTACT))
    is_touched = bool(rules.touch) and Topic.CONTACT in topics
    return is_looped or is_touched or (rules != FollowUp() and Topic.DUE in topics)


def follow_ups(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = dues.found(context)
    due = dues.listed(found.due)
    return Sheet(
        "Follow-ups",
        _answer(due, context),
        tuple(_sections(due, found, context)),
        empty=_UNKNOWN,
        is_filtered=bool(due),
    )


def _sections(due: Sequence[Due], found: FollowUps, context: Context) -> Iterator[Section]:
    people = _whose(due)
    if len(people) > 1:
        yield _by_person(due, context)
    for person in people:
        yield _of_person(person, of_person(due, person), context)
    if due:
        yield _rules(due, context)
    if found.replies.in_time.of or found.replies.waiting:
        yield replace(reply_times.section(found.replies, context), is_whole=True)
    if due or context.journal.schema.follow_up != FollowUp():
        yield _feeds(due, context)


def _answer(due: Sequence[Due], context: Context) -> str:
    """What is overdue and due today, and the oldest of it."""
    if not due:
        return "Nothing is due" if context.journal.schema.follow_up != FollowUp() else ""
    people, states = _whose(due), _states(due, context.today)

    def told(state: dues.State, words: str) -> Words:
        at = _of_everyone(state) if len(people) > 1 else _anchor(people[0])
        said = f"{counting.grouped(states[state])} {words}"
        return counted(states[state], said, f"#{at}", f"due-{state}-words")

    soon = told("soon", f"in the next {SOON} days")
    if not states["overdue"] and not states["today"]:
        return Sentence("Nothing is overdue or due today; ", soon)
    ahead = Sentence("; ", told("today", "due today"), ", ", soon)
    if not states["overdue"]:
        return Sentence("Nothing is overdue", ahead)
    old = min(due, key=lambda one: one.date)
    since = formats.near_day(old.date, context.today)
    oldest = Figure(since, subject_link(old.subject).path, "nothing")
    lead = Figure(", the oldest since ", "", "nothing")
    return Sentence(told("overdue", "overdue"), lead, oldest, ahead)


def _states(due: Sequence[Due], today: dt.date) -> Counter[str]:
    return Counter([dues.state(one, today) for one in due])


def _anchor(person: Person | None) -> str:
    return f"of-{person.id}" if person else "of.nobody"


def _by_person(due: Sequence[Due], context: Context) -> Section:
    rows = [_person_row(person, of_person(due, person), context) for person in _whose(due)]
    paths = [f"{FOLLOW_UPS}#{_of_everyone(state)}" for state in _STATES]
    everyone = Row(Cell("Everyone"), _counts(due, context, paths), is_sum=True)
    table = Table("What is due, by person", _PEOPLE, (*rows, everyone))
    by_state = _by_state(due, context.today)
    made_of = [_due_of(state, ones) for state, ones in by_state.items() if ones]
    made_of += _later_by_person(by_state["later"])
    return Section("people", "By person", tables=(table,), made_of=tuple(made_of), is_closed=True)


def _by_state(due: Sequence[Due], today: dt.date) -> dict[dues.State, list[Due]]:
    return {state: [one for one in due if dues.state(one, today) == state] for state in _STATES}


def _of_everyone(state: dues.State) -> str:
    return f":due.{state}"


def _due_of(state: dues.State, ones: Sequence[Due]) -> Group:
    label = f"{_SAID[state].capitalize()}, everyone"
    return _due(_of_everyone(state), label, ones, scope(when=state))


def _later(person: Person | None) -> str:
    return f"{_of_everyone('later')}.{_anchor(person)}"


def _later_by_person(later: Sequence[Due]) -> Iterator[Group]:
    """What is due later, which the sections of people do not list."""
    for person in _whose(later):
        label, of = f"Later, {dues.person_name(person)}", person.id if person else NOBODY
        ones = of_person(later, person)
        yield _due(_later(person), label, ones, scope(when="later", for_=of))


def _person_row(person: Person | None, theirs: Sequence[Due], context: Context) -> Row:
    path = f"{FOLLOW_UPS}#{_anchor(person)}"
    of = scope(for_=person.id if person else NOBODY)
    paths = [*[path] * (len(_STATES) - 1), f"{FOLLOW_UPS}#{_later(person)}"]
    counts = _counts(theirs, context, paths)
    return Row(Cell(dues.person_name(person), path), counts, of=of)


def _counts(due: Sequence[Due], context: Context, paths: Sequence[str]) -> tuple[Cell, ...]:
    states = _states(due, context.today)
    return tuple(
        number(states[state], path)._replace(figure=f"due-{state}")
        for state, path in zip(_STATES, paths, strict=True)
    )


def _whose(due: Sequence[Due]) -> list[Person | None]:
    """Those for whom anything is to do, by id, and last nobody."""
    by_id = {one.person.id: one.person for one in due if one.person}
    nobody = [None] if any(one.person is None for one in due) else []
    return [*(by_id[id] for id in sorted(by_id)), *nobody]


def _feeds(due: Sequence[Due], context: Context) -> Section:
    team = context.journal.schema.team
    everyone = Row(Cell("Everyone"), (Cell(feed_path(), feed_path()),))
    people = [
        Row(Cell(team[id].name, handover_path(id)), (Cell(feed_path(id), feed_path(id)),))
        for id in sorted(team)
    ]
    cap = f", at most the {HELD} nearest to today" if len(due) > HELD else ""
    rule = (
        "To subscribe, give a calendar the address of a link here, as the browser copies it from "
        f"where the site is served. A feed holds what is overdue and what is coming{cap}; what is "
        "done is gone from it when the site is built again."
    )
    columns = (Column("Of"), Column("Feed", is_number=False))
    table = Table("Calendar feeds", columns, (everyone, *people))
    return Section("feeds", "Calendar feeds", tables=(table,), rule=rule)


def _of_person(person: Person | None, theirs: Sequence[Due], context: Context) -> Section:
    by_state = _by_state(theirs, context.today)
    parts = [_part(state, len(ones)) for state, ones in by_state.items() if ones]
    return Section(
        _anchor(person),
        dues.person_name(person),
        ", ".join(parts),
        tables=tuple(_due_and_coming(dues.person_name(person), by_state, context)),
        of=scope(for_=person.id if person else NOBODY),
        figure="due-parts",
    )


def _due_and_coming(
    name: str, by_state: Mapping[dues.State, Sequence[Due]], context: Context
) -> Iterator[Table]:
    """What is due today and the longest overdue, and closed the rest and what is coming."""
    late, now, soon = (by_state[state][:EACH] for state in _STATES[:-1])
    first = seen_at_once(len(late), FIRST)
    if late or now:
        yield dues.table(f"What is due: {name}", (*late[:first], *now), context)
    if late[first:]:
        closed = f"{counting.grouped(len(late) - first)} more overdue"
        table = dues.table(f"What else is overdue: {name}", late[first:], context)
        yield replace(table, closed=closed)
    if soon:
        of = " of those" if len(by_state["soon"]) > EACH else ""
        closed = f"{counting.grouped(len(soon))}{of} coming in the next {SOON} days"
        table = dues.table(f"What is coming: {name}", soon, context)
        yield replace(table, closed=closed)


def _part(state: dues.State, count: int) -> str:
    first = f" (the first {EACH} here)" if count > EACH and state != "later" else ""
    return f"{counting.grouped(count)} {_SAID[state]}{first}"


def _rules(due: Sequence[Due], context: Context) -> Section:
    """By which rules anything is due, and how much by each."""
    rows, made_of = list[Row](), list[Group]()
    for kind, rule in _sentences(context.journal.schema.follow_up):
        parts = _by_rule(kind, due, context.today)
        if any(parts.values()):
            cells = [
                number(len(ones), f"{FOLLOW_UPS}#{_of_rule(kind, when)}")._replace(
                    figure=f"due-{when}"
                )
                for when, ones in parts.items()
            ]
            rows.append(Row(Cell(_KINDS[kind]), (*cells, Cell(rule)), of=scope(kind=kind)))
            made_of += [_due_by(kind, when, ones) for when, ones in parts.items() if ones]
    columns = (
        Column("What"),
        Column("Overdue"),
        Column("Not yet"),
        Column("When it is due", False),
    )
    table = Table("The rules", columns, tuple(rows))
    rule = (
        "Only real contact restarts a clock: an exchange of any kind but a mere note. In the file "
        "of a deal that is one noted there, for a contact any that names it. Parked deals owe "
        "nothing but to be woken, lost ones only answers and asking why. Of the loop and another "
        "rhythm of a contact the one that is due first is listed."
    )
    closed = f"{counting.count(len(rows), 'rule')}, and how much is due by each"
    return Section(
        "rules",
        "Rules",
        tables=(table,),
        rule=rule,
        made_of=tuple(made_of),
        is_closed=True,
        closed=closed,
    )


def _by_rule(kind: str, due: Sequence[Due], today: dt.date) -> dict[str, list[Due]]:
    """What is due by a rule: what is overdue, and what is not yet."""
    ones = [one for one in due if one.kind == kind]
    return {
        "overdue": [one for one in ones if one.date < today],
        "ahead": [one for one in ones if one.date >= today],
    }


def _due_by(kind: str, when: str, ones: Sequence[Due]) -> Group:
    label = f"{_KINDS[kind]}, {'overdue' if when == 'overdue' else 'not yet'}"
    return _due(_of_rule(kind, when), label, ones, scope(kind=kind, when=when))


def _due(anchor: str, label: str, ones: Sequence[Due], of: str) -> Group:
    """What is due, as a group of what these scripts count."""
    return group(anchor, label, [one.subject for one in ones])._replace(
        of=of,
        subjects=tuple(name_of(one.subject) for one in ones[:SHOWN]),
    )


def _of_rule(kind: str, when: str) -> str:
    return f":{kind}.{when}"


_KINDS = {
    "reply": "Answers",
    "after-meeting": "Meetings",
    "no-reply": "Silence",
    "next": "Next steps",
    "wake": "Sleepers",
    "renewal": "Renewals",
    "milestone": "Milestones",
    "loop": "The loop",
    "touch": "Rhythms",
}


def _sentences(rules: FollowUp) -> Iterator[tuple[str, str]]:
    """What holds, a sentence for each kind."""
    yield from _clocks(rules)
    yield (
        "next",
        (
            "A next step is due on its day, that of a won deal if it is after the win. Of a loss "
            "without a reason it is asking them why, from the day of the loss."
        ),
    )
    yield "wake", "A parked deal is woken on its wake date."
    yield "renewal", "A won deal is talked about on the day it renews."
    yield (
        "milestone",
        (
            "Contacts are congratulated on a milestone from its day on, until there is contact or "
            f"{formats.length(LAPSES)} have passed."
        ),
    )
    if rules.loop is not None:
        yield "loop", f"Contacts of won deals hear from us every {formats.length(rules.loop)}."
    yield (
        "touch",
        (
            "Contacts hear from us as often as they say themselves or else the shortest rule says "
            "that holds for them; today, where they never have."
        ),
    )


def _clocks(rules: FollowUp) -> Iterator[tuple[str, str]]:
    if rules.reply_within is not None:
        within = formats.short_length(rules.reply_within)
        yield "reply", f"An email or message of theirs is answered within {within}."
    if rules.after_meeting is not None:
        within = formats.short_length(rules.after_meeting)
        yield "after-meeting", f"A meeting is followed up within {within}."
    if rules.no_reply:
        waits = counting.together([formats.short_length(wait) for wait in rules.no_reply])
        yield (
            "no-reply",
            (
                "After our emails and messages in a row without an answer we write again in "
                f"{waits}, and then no more."
            ),
        )


PAGE = page_of_facts(
    "follow-ups", follow_ups, facts.follow_ups, NavGroup.TODAY, "Follow-ups", _shows
)
