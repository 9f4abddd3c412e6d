"""Values of fields as people say them at a keyboard: parts of ids, days, bare amounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_builder.edit.called import called
from site_builder.edit.desk import Desk
from site_builder.edit.entries import in_same_currency
from site_builder.edit.refusals import NotDone
from site_builder.edit.when import day_of, is_day
from site_builder.journal.team import Person
from site_builder.problems.suggest import did_you_mean

_FOLDERS = {"contact": "contacts", "deal": "deals"}


def said_value(desk: Desk, type: str, said: str, before: str = "", *, is_past: bool = False) -> str:
    """What a field of a type is to hold: ids whole, days as dates, an amount in the currency of the
    one ``before``. What is none of these stays, for `check` to tell. Raises NotDone."""
    text = said.strip()
    if type in ("date", "date-or-text", "dated-text"):
        return _dated(desk, type, text, is_past)
    if type == "money":
        return in_same_currency(text, before)
    if type == "person":
        return person_named(desk, text).id
    if type == "participant":
        return _participant(desk, text)
    if type == "source" and text.startswith("referral ") and " " not in text[9:].strip():
        return f"referral {_id(desk, 'contact', text[9:].strip())}"
    return _id(desk, type, text) if type in _FOLDERS and text else text


def said_items(desk: Desk, type: str, words: Sequence[str]) -> tuple[str, ...]:
    """The values of a list: each word is one, or several between commas; of days with texts, each
    begins with its day."""
    parts = list(_dated_parts(desk, words)) if type == "dated-text" else _parts(words)
    return tuple(said_value(desk, type, part) for part in parts)


def person_named(desk: Desk, said: str) -> Person:
    """Somebody of the team, by id, name, or the beginning of one that no other has. Raises
    NotDone."""
    team = desk.schema.team
    id = called(said, {person.id: person.name for person in team.values()})
    if id:
        return team[id]
    raise NotDone(f"Nobody of the team is `{said}`. {did_you_mean(said, list(team), 'The team')}")


def _dated(desk: Desk, type: str, text: str, is_past: bool) -> str:
    day, blank, rest = text.partition(" ") if type == "dated-text" else (text, "", "")
    if not is_day(day, desk.today):
        return text
    return f"{day_of(day, desk.today, is_past=is_past)}{blank}{rest}"


def _participant(desk: Desk, text: str) -> str:
    name, _, role = text.partition(" ")
    if text.startswith("[["):
        return text
    try:
        return f"{_id(desk, 'contact', name)} {role.strip()}".strip()
    except NotDone as refused:
        raise NotDone(
            f"{refused} A role stands with its contact in quotes: 'jane-roe champion'."
        ) from None


def _id(desk: Desk, type: str, said: str) -> str:
    return said if said.startswith("[[") else desk.find(said, (_FOLDERS[type],)).id


def _parts(words: Iterable[str]) -> list[str]:
    return [each.strip() for word in words for each in word.split(",") if each.strip()]


def _dated_parts(desk: Desk, words: Sequence[str]) -> Iterable[str]:
    part: list[str] = []
    for word in words:
        if part and is_day(word.strip().partition(" ")[0], desk.today):
            yield " ".join(part)
            part = []
        part.append(word.strip())
    yield " ".join(part)
