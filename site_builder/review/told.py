"""What a change does, in words: a headline and tables, for a terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.insights.totals import Totals
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.history import outcome
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.journal.periods import Period
from site_builder.markup import formats
from site_builder.problems.problem import Problem
from site_builder.review.compare import Comparison
from site_builder.review.contacts import ContactChange
from site_builder.review.deals import DealChange, Move
from site_builder.review.fields import STATE, FieldChange, Value
from site_builder.review.headline import headline, slips
from site_builder.review.notes import NoteChange

Row = tuple[str, ...]
_NONE = "–"
_HOW = {"added": "added", "removed": "gone", "edited": "edited", "redated": "redated"}


class Table(NamedTuple):
    """A table; one that is ``folded`` is detail."""

    title: str
    columns: Row
    rows: tuple[Row, ...]
    folded: bool = False


class Told(NamedTuple):
    """The headline, what it is about, and the tables."""

    headline: str
    about: tuple[str, ...]
    tables: tuple[Table, ...]


def told(made: Comparison, about: Sequence[str]) -> Told:
    """All that a change does, in words. ``about`` says what is compared."""
    tables = (table for make in _TABLES for table in make(made))
    return Told(headline(made), tuple(about), tuple(table for table in tables if table.rows))


def _looks(made: Comparison) -> Iterator[Table]:
    yield Table("Look twice", ("Where", "What"), _placed(made.suspicions))


def _placed(problems: Sequence[Problem]) -> tuple[Row, ...]:
    return tuple((f"{p.span.path}:{p.span.line}", p.message) for p in problems)


def _left(made: Comparison) -> Iterator[Table]:
    rows = tuple((one.path, _when(one.before, one.after)) for one in made.uncompared)
    title = "Not compared, and in no figure here: these files have errors"
    yield Table(title, ("File", "When"), rows)


def _when(before: bool, after: bool) -> str:
    return "before and after" if before and after else "before" if before else "after"


def _deals(made: Comparison) -> Iterator[Table]:
    rows = [row for change in made.deals for row in _fates(change)]
    yield Table("Deals", ("Deal", "What", "Stage", "Value"), tuple(rows))


def _fates(change: DealChange) -> Iterator[Row]:
    deal = change.deal
    if change.what == "renamed":
        yield _named(deal), f"renamed, was {change.was}", deal.stage.name, _value(deal)
    if change.what in ("added", "removed"):
        turn = f", {change.turn}" if change.turn else ""
        what = f"{'new' if change.what == 'added' else 'removed'}{turn}"
        yield _named(deal), what, deal.stage.name, _value(deal)
    elif change.turn:
        yield _named(deal), _turn(change), deal.stage.name, _value(deal)


def _turn(change: DealChange) -> str:
    ended = outcome(change.after) if change.after and change.turn in ("won", "lost") else None
    reason = change.after.lost_reason if change.after and change.turn == "lost" else ""
    on = f" on {ended.day}" if ended and ended.day else ""
    return f"{change.turn}{on}{f': {reason}' if reason else ''}"


def _value(deal: Deal) -> str:
    ended = outcome(deal)
    value = ended.value if ended else deal.value
    return formats.money(value) if value else _NONE


def _named(subject: Deal | Contact) -> str:
    name = subject.title if isinstance(subject, Deal) else subject.name
    return f"{name} ({subject.id})"


def _moves(made: Comparison) -> Iterator[Table]:
    rows = [
        (
            _named(change.deal),
            *(_stage(change.deal, id) for id in (move.before, move.after)),
            str(move.day or _NONE),
            _remarks(change.deal, move),
        )
        for change in made.deals
        for move in change.moves
    ]
    yield Table("Moves", ("Deal", "From", "To", "On", "Remarks"), tuple(rows))


def _stage(deal: Deal, id: str) -> str:
    stage = deal.pipeline.stage(id)
    return stage.name if stage else id


def _remarks(deal: Deal, move: Move) -> str:
    skipped = ", ".join(_stage(deal, id) for id in move.skipped)
    said = ["backward"] if move.back else []
    said += [f"skipped {skipped}"] if skipped else []
    said += [f"without {', '.join(move.lacked)}"] if move.lacked else []
    said += [f"override: {move.override}"] if move.override else []
    said += [] if move.day else ["no note tells of it"]
    return "; ".join(said)


def _states(made: Comparison) -> Iterator[Table]:
    slipped = {slip.change.id: (slip.before, slip.after) for slip in slips(made)}
    rows = [
        (_named(c.deal), f.field, _shown(f.before), _shown(f.after), _aside(c, f, slipped))
        for c in made.deals
        for f in c.fields
        if f.field in STATE
    ]
    title = "Value, close, probability, category, owner"
    yield Table(title, ("Deal", "Field", "Before", "After", "Remarks"), tuple(rows))


def _aside(
    change: DealChange, field: FieldChange, slipped: dict[str, tuple[Period, Period]]
) -> str:
    if field.field == "value" and isinstance(field.before, Money):
        now = field.after
        if isinstance(now, Money) and now.currency == field.before.currency:
            return formats.signed(Money(now.amount - field.before.amount, now.currency))
    if field.field != "close":
        return ""
    said = [f"put off {_times(change.pushed)}"] if change.pushed else []
    if change.id in slipped:
        quarters = slipped[change.id]
        said.append(" to ".join(quarter.label for quarter in quarters))
    return "; ".join(said)


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def _shown(value: Value) -> str:
    if isinstance(value, Money):
        return formats.money(value)
    if isinstance(value, Decimal):
        return formats.percent(value) if 0 <= value <= 1 else f"{value:f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _NONE if value is None else str(value)


def _forecast(made: Comparison) -> Iterator[Table]:
    changed = [row for row in made.forecast if row.before != row.after]
    rows = [
        (
            row.period,
            f"{row.before.deals} → {row.after.deals}",
            _both(row.before.weighted, row.after.weighted),
            _both(row.before.won, row.after.won),
        )
        for row in changed
    ]
    columns = ("Period", "Open deals", "Weighted", "Won")
    yield Table("Forecast, before → after", columns, tuple(rows))


def _both(before: Totals, after: Totals) -> str:
    was, now = _sum(before), _sum(after)
    return was if was == now else f"{was} → {now}"


def _sum(total: Totals) -> str:
    return " + ".join(formats.rounded(line) for line in total.lines) or "0"


def _notes(made: Comparison) -> Iterator[Table]:
    rows = [_note(c.deal, one) for c in made.deals if c.after for one in c.notes]
    rows += [_note(c.contact, one) for c in made.contacts if c.after for one in c.notes]
    yield Table("Notes", ("Of", "What", "Date", "Note"), tuple(rows), folded=True)


def _note(subject: Deal | Contact, one: NoteChange) -> Row:
    return _named(subject), _HOW[one.how], str(one.note.date), _said(one.note)


def _said(note: Note) -> str:
    stage = f" {note.stage.id}" if note.stage else ""
    parties = f" {note.direction} {', '.join(note.parties)}" if note.parties else ""
    return f"{note.kind.id}{stage}{parties}" + (f" — {note.headline}" if note.headline else "")


def _steps(made: Comparison) -> Iterator[Table]:
    rows = [
        (_named(change.deal), ", ".join(change.steps) or _NONE, ", ".join(change.undone) or _NONE)
        for change in made.deals
        if change.steps or change.undone
    ]
    yield Table("Steps", ("Deal", "Done", "No longer done"), tuple(rows), folded=True)


def _contacts(made: Comparison) -> Iterator[Table]:
    rows = [(_named(one.contact), _fate(one)) for one in made.contacts if _fate(one)]
    yield Table("Contacts", ("Contact", "What"), tuple(rows), folded=True)


def _fate(change: ContactChange) -> str:
    said = {"added": "new", "removed": "removed", "renamed": f"renamed, was {change.was}"}
    first = [said[change.what]] if change.what in said else []
    return "; ".join([*first, *map(_changed, change.fields)])


def _changed(one: FieldChange) -> str:
    if one.field == "summary":
        return "summary rewritten"
    return f"{one.field}: {_shown(one.before)} → {_shown(one.after)}"


def _climbs(made: Comparison) -> Iterator[Table]:
    rows = [
        (one.contact, _way(one.direction), one.before or _NONE, one.after or _NONE)
        for one in made.climbs
    ]
    yield Table("Rungs", ("Contact", "Way", "Before", "After"), tuple(rows), folded=True)


def _way(direction: str) -> str:
    return "from them to us" if direction == "from" else "from us to them"


def _others(made: Comparison) -> Iterator[Table]:
    rows = [
        (_named(change.deal), _changed(field))
        for change in made.deals
        for field in change.fields
        if field.field not in STATE
    ]
    yield Table("Other fields of deals", ("Deal", "What"), tuple(rows), folded=True)


def _schema(made: Comparison) -> Iterator[Table]:
    rows = tuple((one.part, one.what) for one in made.schema)
    yield Table("pipeline.yml", ("Part", "What"), rows)


def _problems(made: Comparison) -> Iterator[Table]:
    columns = ("Where", "What")
    yield Table("Problems introduced", columns, _placed(made.introduced))
    yield Table("Problems solved", columns, _placed(made.solved), folded=True)


_TABLES: tuple[Callable[[Comparison], Iterator[Table]], ...] = (
    *(_looks, _left, _deals, _moves, _states, _forecast, _schema, _problems),
    *(_notes, _steps, _contacts, _climbs, _others),
)
