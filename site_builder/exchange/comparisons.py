"""What a change does, as JSON for other programs: docs/diff.md has each key."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.exchange.facts import Json, plain
from site_builder.exchange.facts import as_json as in_json
from site_builder.files.git_objects import Commit
from site_builder.journal.deal import Deal
from site_builder.journal.history import outcome
from site_builder.journal.periods import Period
from site_builder.problems.problem import Problem
from site_builder.review.compare import Comparison
from site_builder.review.contacts import ContactChange
from site_builder.review.deals import DealChange
from site_builder.review.fields import FieldChange
from site_builder.review.headline import headline, slips, touches_pipeline, weighted_deltas
from site_builder.review.notes import NoteChange
from site_builder.review.sums import Expected, Row

VERSION = 1


def as_json(made: Comparison, base: Commit, head: Commit | None, in_ascii: bool = False) -> str:
    """A comparison of a commit with another, or with the working tree, as text."""
    return in_json(as_facts(made, base, head), in_ascii)


def as_facts(made: Comparison, base: Commit, head: Commit | None) -> dict[str, Json]:
    """The same in values that JSON has."""
    return {
        "version": VERSION,
        "base": _commit(base),
        "head": _commit(head) if head else None,
        "today": made.today.isoformat(),
        "headline": headline(made),
        "changed": touches_pipeline(made),
        "weighted": [plain(money) for money in weighted_deltas(made)],
        "deals": [_deal(change) for change in made.deals],
        "slipped": [_slip(*slip) for slip in slips(made)],
        "contacts": [_contact(change) for change in made.contacts],
        "rungs": [plain(climb) for climb in made.climbs],
        "pipeline": [plain(change) for change in made.schema],
        "problems": {
            "introduced": _problems(made.introduced),
            "solved": _problems(made.solved),
        },
        "suspicions": _problems(made.suspicions),
        "forecast": [_row(row) for row in made.forecast],
        "not_compared": [plain(one) for one in made.uncompared],
    }


def _commit(commit: Commit) -> Json:
    return {"commit": commit.id, "day": commit.day.isoformat()}


def _deal(change: DealChange) -> Json:
    return {
        "id": change.id,
        "what": change.what,
        "was": change.was,
        "turn": change.turn,
        "before": _stands(change.before),
        "after": _stands(change.after),
        "moves": [plain(move) for move in change.moves],
        "fields": _fields(change.fields),
        "pushed": change.pushed,
        "notes": _notes(change.notes),
        "steps": list(change.steps),
        "undone": list(change.undone),
    }


def _stands(deal: Deal | None) -> Json:
    if deal is None:
        return None
    ended = outcome(deal)
    return {
        "title": deal.title,
        "pipeline": deal.pipeline.id,
        "stage": deal.stage.id,
        "state": ended.type.value if ended else deal.stage.type.value,
        "ended": plain(ended.day) if ended else None,
        "owner": deal.owner.id,
        "value": plain(deal.value),
        "close": plain(deal.close),
        "probability": plain(deal.probability),
        "category": deal.category,
    }


def _slip(change: DealChange, before: Period, after: Period) -> Json:
    return {"id": change.id, "before": before.label, "after": after.label}


def _contact(change: ContactChange) -> Json:
    return {
        "id": change.id,
        "what": change.what,
        "was": change.was,
        "name": change.contact.name,
        "fields": _fields(change.fields),
        "notes": _notes(change.notes),
    }


def _fields(changes: Iterable[FieldChange]) -> list[Json]:
    return [plain(change) for change in changes]


def _notes(changes: Iterable[NoteChange]) -> list[Json]:
    return [_note(change) for change in changes]


def _note(change: NoteChange) -> Json:
    note, was = change.note, change.before
    return {
        "what": change.how,
        "date": note.date.isoformat(),
        "was_dated": was.date.isoformat() if was and change.how == "redated" else None,
        "kind": note.kind.id,
        "stage": note.stage.id if note.stage else None,
        "by": note.by.id if note.by else None,
        "headline": note.headline,
    }


def _problems(problems: Iterable[Problem]) -> list[Json]:
    return [
        {
            "code": one.code,
            "severity": one.severity.value,
            "path": one.span.path,
            "line": one.span.line,
            "column": one.span.column,
            "message": one.message,
            "help": one.help,
        }
        for one in problems
    ]


def _row(row: Row) -> Json:
    return {"period": row.period, "before": _sums(row.before), "after": _sums(row.after)}


def _sums(sums: Expected) -> Json:
    return {
        "deals": sums.deals,
        "open": plain(sums.open),
        "weighted": plain(sums.weighted),
        "won_deals": sums.won_deals,
        "won": plain(sums.won),
    }
