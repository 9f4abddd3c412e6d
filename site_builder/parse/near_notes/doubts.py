"""Notes whose headings are wrong: what to type, and what they are taken for until then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from site_builder.journal import values
from site_builder.journal.fields import RUNGS
from site_builder.journal.kinds import WHATEVER, KindRole
from site_builder.journal.note_spans import Places
from site_builder.journal.values import Bad
from site_builder.parse.ids import is_id
from site_builder.parse.near_notes.dated_headings import Words, dated
from site_builder.parse.near_notes.loose_headings import told
from site_builder.parse.near_notes.mending import ONE_OF_US, Heading, mended
from site_builder.parse.reading import Reading
from site_builder.parse.references import not_in_team
from site_builder.problems import wording
from site_builder.problems.patterns import pattern
from site_builder.problems.problem import Span
from site_builder.problems.suggest import listed, nearest
from site_builder.problems.written_dates import NO_DAY
from site_builder.source.heading_words import DAYS, STUCK_DATE
from site_builder.source.note_drafts import NoteDraft, Slip, Token

_NO_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:29|3[01])"
_FIRST = r"\s*(\S+)"
_NAME = r"[^\s,;\[\]|]+"
_SAID = "what was said"
_SOMEBODY = "CONTACT-ID"
_MOST_READ = 300


class _Wrong(NamedTuple):
    """One thing that is wrong with a heading. ``help`` goes before the line to type, where
    that is needed."""

    code: str
    message: str
    help: str
    span: Span
    needs_line: bool = True


def corrected(reading: Reading, draft: NoteDraft) -> NoteDraft | None:
    """The note as it should have been written, what is wrong with it being reported; None
    where nothing says on which day it was."""
    reading.reader.guesses += 1
    if reading.reader.has_guessed and _has_but_no_kind(reading, draft):
        return _of_any_kind(reading, draft)
    return _mended_note(reading, draft)


def _mended_note(reading: Reading, draft: NoteDraft) -> NoteDraft | None:
    heading = _mended(
        reading, draft, reading.plain_words if reading.reader.has_guessed else reading.words
    )
    is_rung = heading.kind in reading.schema.rungs
    if is_rung and reading.own_id and draft.direction == "to" and not draft.parties:
        # Left out, it would say that they climbed, and not we.
        heading = heading._replace(direction="to", parties=(reading.own_id,))
    elif is_rung and not (reading.own_id or heading.parties or draft.direction):
        heading = _with_somebody(reading, heading)
    wrong = list(_wrong(reading, draft, heading))
    if is_rung and draft.direction and not (draft.parties or reading.own_id):
        wrong = wrong[1:]  # the rung itself tells that it says nobody's name
    if heading.kind == KindRole.STAGE.value and heading.days and not reading.kind.has_stages:
        wrong = []  # that it stands in the wrong file is told
    if (reading.is_markdown or draft.heading) and wrong:
        # One line is typed anew, whatever is wrong in it.
        wrong = [min(wrong, key=lambda each: each.span)]
    line = _line(draft, heading, reading.is_markdown) if wrong else ""
    for each in wrong:
        help = f"{each.help} {line}{_to_fill(reading, heading)}." if each.needs_line else each.help
        reading.problem(each.code, each.message, help, each.span)
    if len(heading.days) != 1 or heading.parties == (_SOMEBODY,):
        return None
    meant = _as_meant(draft, heading)
    meant.has_any_kind = draft.kind not in reading.schema.kinds and heading.kind == WHATEVER
    return meant


def _to_fill(reading: Reading, heading: Heading) -> str:
    """What can stand in place of a stage that a line to type does not name."""
    if heading.kind != KindRole.STAGE.value or heading.stage or reading.pipeline is None:
        return ""
    stages = listed([stage.id for stage in reading.pipeline.present])
    return f", with one of {stages} in place of `STAGE-ID`"


def _has_but_no_kind(reading: Reading, draft: NoteDraft) -> bool:
    """Whether nothing is wrong with a heading but its kind."""
    kind = draft.kind
    is_kind = not kind or kind in reading.schema.kinds or kind in RUNGS
    if draft.slip is not None or is_kind or isinstance(values.date(draft.date), Bad):
        return False
    return draft.time is None or not isinstance(values.time(draft.time.text), Bad)


def _of_any_kind(reading: Reading, draft: NoteDraft) -> NoteDraft:
    """A note whose kind there is not, which is reported without a guess."""
    message = f"`{draft.kind}` is not a kind of note."
    reading.problem("unknown-kind", message, _no_kind_help(draft), draft.places.kind)
    draft.has_any_kind = True
    return draft


def _with_somebody(reading: Reading, heading: Heading) -> Heading:
    """A rung that says nobody's name with the first that its headline has."""
    people = reading.words.people
    words = heading.headline[:_MOST_READ].split()
    names = (word.strip(".,:;()[]") for word in words)
    known = next((n for n in names if n in people.contacts or n in people.team), "")
    return heading._replace(direction="from", parties=(known or _SOMEBODY,), is_guess=bool(known))


def _mended(reading: Reading, draft: NoteDraft, words: Words) -> Heading:
    text = draft.heading.lstrip(" #") if draft.heading else _written(draft, draft.kind)
    date = dated(text, words)
    if date is not None and not date.date.days[0].endswith(NO_DAY):
        return mended(date.date.days, date.rest, words)
    first = pattern(_FIRST).match(text)
    rest = text[first.end() if first else 0 :]
    stuck = STUCK_DATE.fullmatch(first[1]) if first else None
    if first is None or stuck is None or isinstance(values.date(stuck[1]), Bad):
        return mended(_last_day(reading, draft.date), rest, words)
    if (days := DAYS.fullmatch(first[1])) is None:
        return mended((stuck[1],), f"{stuck[2]}{rest}", words)
    heading = mended((days[1],), rest, words)
    return heading._replace(headline=_until(heading.headline, days[1], days[2]))


def _last_day(reading: Reading, date: str) -> tuple[str, ...]:
    """The last day of the month of a date that does not exist, such as the 31st of June,
    if that has come."""
    match = pattern(_NO_DAY).match(date)
    day = values.last_day(match[0]) if match else None
    return (day.isoformat(),) if day and day <= reading.known.begun else ()


def _wrong(reading: Reading, draft: NoteDraft, heading: Heading) -> Iterator[_Wrong]:
    if draft.slip is not None:
        yield _slip(reading, draft, draft.slip, heading)
    date = values.date(draft.date)
    if isinstance(date, Bad):
        yield _wrong_date(reading, draft, heading, date)
    time = values.time(draft.time.text) if draft.time else None
    if draft.time and isinstance(time, Bad):
        help = "Write" if heading.time else time.help
        if heading.time and not reading.is_markdown:
            help = f"Write `{heading.time}`."
        yield _Wrong("invalid-note", time.message, help, draft.time.span, help == "Write")
    if draft.kind and draft.kind not in reading.schema.kinds:
        help = _kind_help(reading, draft, heading)
        message = f"`{draft.kind}` is not a kind of note."
        yield _Wrong("unknown-kind", message, help, draft.places.kind, help == "Write")


def _slip(reading: Reading, draft: NoteDraft, slip: Slip, heading: Heading) -> _Wrong:
    by, help = draft.by, slip.help
    if by is None or heading.by in ("", by.text):
        return _Wrong("invalid-note", slip.message, help, slip.span)
    if heading.by == ONE_OF_US and by.span <= slip.span:
        name, span = _named_by(reading, draft, by)
        message, help = not_in_team(reading, name)
        return _Wrong("unknown-person", message, help, span, needs_line=False)
    help = help.replace(f"`by {by.text}`", f"`by {heading.by}`")
    return _Wrong("invalid-note", slip.message, help, slip.span)


def _named_by(reading: Reading, draft: NoteDraft, by: Token) -> tuple[str, Span]:
    """The contact's name that stands behind `by`, and where."""
    people, start = reading.words.people, by.span.column - 1
    for match in pattern(_NAME).finditer(draft.heading, start, start + _MOST_READ):
        name = draft.heading[start : match.end()]
        if people.find(name):
            return name, by.span._replace(end_column=match.end() + 1)
    return by.text, by.span


def _wrong_date(reading: Reading, draft: NoteDraft, heading: Heading, date: Bad) -> _Wrong:
    gaps = "" if heading.days else wording.with_gaps(draft.date)
    help = wording.how_to_fill(gaps) if gaps else "Write"
    if not reading.is_markdown:
        help = _day_help(draft, heading, f"{help} `{gaps}`." if gaps else date.help)
    return _Wrong("invalid-note", date.message, help, draft.places.date, reading.is_markdown)


def _day_help(draft: NoteDraft, heading: Heading, otherwise: str) -> str:
    """What to type for a date in YAML that says more than a day."""
    if heading.days and DAYS.fullmatch(draft.date):
        return f"Write the first day: `{heading.days[0]}`."
    if heading.days and heading.time and not draft.time:
        return f"Write {listed(heading.days, ' or ')}, and `time: {heading.time}` beside it."
    return otherwise


def _kind_help(reading: Reading, draft: NoteDraft, heading: Heading) -> str:
    if not reading.schema.rungs and draft.kind in RUNGS:
        return f"This journal has no rungs: write `rungs: [{', '.join(RUNGS)}]` in pipeline.yml."
    if heading.kind == WHATEVER != nearest(draft.kind, [WHATEVER]):
        is_shown = reading.is_markdown and heading.days
        return _no_kind_help(draft, f", such as {told(heading)}" if is_shown else "")
    if not reading.is_markdown and heading.stage and not draft.stage:
        return f"Write `kind: stage` and `stage: {heading.stage}`."
    is_all = heading.lines()[:1] == (f"## {_written(draft, heading.kind)}",)
    if (is_all and draft.slip is None) or not reading.is_markdown:
        return f"Did you mean `{heading.kind}`?"
    return "Write"


def _no_kind_help(draft: NoteDraft, example: str = "") -> str:
    own = "; your own go under `kinds` in pipeline.yml." if is_id(draft.kind) else "."
    return f"Use `note`, `call`, `meeting`, `email` or another kind{example}{own}"


def _until(headline: str, first: str, last: str) -> str:
    """A headline that tells the last day of several, of which the first is told by the date."""
    until = f"until {last if len(last) > 2 else f'{first[:8]}{last:0>2}'}"
    return f"{headline} ({until})" if headline else until


def _line(draft: NoteDraft, heading: Heading, is_markdown: bool) -> str:
    if not heading.days:
        heading = heading._replace(days=(wording.with_gaps(draft.date) or "YYYY-MM-DD",))
    if not is_markdown:
        return listed(heading.items(), " or ")
    if not draft.kind and heading.kind == WHATEVER and not heading.headline:
        return told(heading._replace(kind="call", headline=_SAID))
    return told(heading)


def _written(draft: NoteDraft, kind: str) -> str:
    """A heading of the usual form and of some kind, without its mark."""
    parts = [draft.date, draft.time.text if draft.time else "", kind, draft.stage]
    if draft.parties:
        parts += [draft.direction, ", ".join(party.text for party in draft.parties)]
    if draft.by:
        parts += ["by", draft.by.text]
    if draft.headline:
        parts += ["—", draft.headline]
    return " ".join(filter(None, parts))


def _as_meant(draft: NoteDraft, heading: Heading) -> NoteDraft:
    """The draft that the right heading would make, its parts where they stand in the wrong one."""
    old = [*draft.parties, *filter(None, (draft.by, draft.time))]
    spans = {token.text: token.span for token in old}

    def place(text: str) -> Span:
        at = draft.heading.find(text)
        if at < 0 and (said := _in_words(text).search(draft.heading)):
            at = said.start()
        line = draft.places.line
        found = Span(draft.places.path, line, at + 1, line, at + 1 + len(text))
        return spans.get(text) or (found if at >= 0 and text else draft.span)

    stage = (draft.places.stage or place(heading.stage)) if heading.stage else None
    return replace(
        draft,
        places=Places(draft.span, draft.places.date, draft.places.kind, stage),
        date=heading.days[0],
        time=Token(heading.time, place(heading.time)) if heading.time else None,
        kind=heading.kind,
        stage=heading.stage,
        direction=heading.direction,
        parties=tuple(Token(id, place(id)) for id in heading.parties),
        by=_by(draft, heading, place),
        headline=heading.headline,
        slip=None,
    )


def _in_words(id: str) -> re.Pattern[str]:
    """An id as it stands in a heading that has its words apart."""
    return re.compile(re.escape(id).replace(r"\-", "[- ]"), re.IGNORECASE)


def _by(draft: NoteDraft, heading: Heading, place: Callable[[str], Span]) -> Token | None:
    if heading.by != ONE_OF_US:
        return Token(heading.by, place(heading.by)) if heading.by else None
    return None if draft.heading else draft.by  # a line is told, a value tells itself
