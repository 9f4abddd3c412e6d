"""A query as a test of records: what each word means for the field it is asked of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from site_builder.parse.ids import slug
from site_builder.problems.suggest import did_you_mean, listed
from site_builder.query.fields import ANY, NONE, QueryField, Sort
from site_builder.query.folding import folded
from site_builder.query.language import Mistake, Sign, Term, terms
from site_builder.query.records import Record, Value
from site_builder.query.spans import Calendar

Test = Callable[[tuple[Value, ...]], bool]

_NUMBER = re.compile(r"(-?)([0-9][0-9 _]*(?:\.[0-9]+)?|\.[0-9]+)(%|k|m|d|w)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[0-9]{3}(?:\.[0-9]+)?[km]?")
_EITHER_WAY = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "d": 1, "w": 7}
_YES = {"true": "yes", "false": "no"}


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood: which records it means."""

    text: str
    tests: tuple[Callable[[Record], bool], ...]

    def __call__(self, record: Record) -> bool:
        return all(test(record) for test in self.tests)


def query(text: str, fields: Mapping[str, QueryField], calendar: Calendar) -> Query:
    """What a query means in a journal, on a day. Raises Mistake where it can't be understood."""
    return Query(text, tuple(_test(term, fields, calendar) for term in terms(text)))


def _test(
    term: Term, fields: Mapping[str, QueryField], calendar: Calendar
) -> Callable[[Record], bool]:
    if not term.field:
        words = [folded(word) for word in term.words]
        return lambda record: any(word in record.words for word in words) is not term.is_not
    field = fields.get(term.field)
    if field is None:
        raise _unknown_field(term, fields)
    if field.views is not None:
        return _in_views(term, field.views, field, fields, calendar)
    _refuse_thousands(term, field)
    tests = [_word(word, term, field, calendar) for word in term.words]
    name = field.name

    def test(record: Record) -> bool:
        found = record.values.get(name, ())
        return any(test(found) for test in tests) is not term.is_not

    return test


def _in_views(
    term: Term,
    views: Mapping[str, str],
    field: QueryField,
    fields: Mapping[str, QueryField],
    calendar: Calendar,
) -> Callable[[Record], bool]:
    """The test that one of some saved views means a record. A view names no others."""
    own = {name: one for name, one in fields.items() if one is not field}
    tests = []
    for word in term.words:
        _refuse_order(term, word)
        tests.append(query(views[_known_id(word, term, field)], own, calendar))
    return lambda record: any(test(record) for test in tests) is not term.is_not


def _refuse_thousands(term: Term, field: QueryField) -> None:
    """Refuse a comma in an amount to compare with: it would be an or."""
    others = term.words[1:]
    if field.unit == "money" and term.sign != ":" and others and _THOUSANDS.fullmatch(others[0]):
        amount = "".join(term.words)
        raise Mistake(
            f"A comma means or: `{','.join(term.words)}` are {len(term.words)} amounts.",
            f"Write `{term.field}{term.sign}{amount}`.",
            term.start,
            term.end,
        )


def _unknown_field(term: Term, fields: Mapping[str, QueryField]) -> Mistake:
    near = did_you_mean(term.field, fields)
    help = near or f"The fields: {listed(sorted(fields))}."
    quoted = f' For the words as they stand, write `"{term.field}:{term.words[0]}"`.'
    return Mistake(f"There is no field `{term.field}`.", help + quoted, term.start, term.end)


def _word(word: str, term: Term, field: QueryField, calendar: Calendar) -> Test:
    """The test that one word is of a field's values."""
    bare = word.strip().lower()
    if bare in (NONE, ANY):
        _refuse_order(term, word)
        return (lambda found: not found) if bare == NONE else bool
    match field.sort:
        case Sort.DATE:
            return _of_days(word, term, calendar)
        case Sort.NUMBER:
            return _of_numbers(word, term, field)
        case Sort.ONE:
            _refuse_order(term, word)
            return _of_ids(word, term, field)
    _refuse_order(term, word)
    return _of_texts(folded(word.strip()), field, term)


def _of_texts(word: str, field: QueryField, term: Term) -> Test:
    """The test of texts for a part of one or, with `=`, for a whole one: of an id and its name,
    which stand on two lines, for either."""
    if not term.is_whole:
        return lambda found: any(isinstance(value, str) and word in value for value in found)
    lines = 1 if field.sort is Sort.NAMED else 0
    return lambda found: any(
        isinstance(value, str) and word in value.split("\n", lines) for value in found
    )


def _refuse_order(term: Term, word: str) -> None:
    if term.sign != ":":
        raise Mistake(
            f"`{term.field}` has no order, so nothing is `{term.sign}` in it.",
            f"Write `{term.field}:{word}`.",
            term.start,
            term.end,
        )


def _of_ids(word: str, term: Term, field: QueryField) -> Test:
    meant = _known_id(word, term, field)
    return lambda found: meant in found


def _known_id(word: str, term: Term, field: QueryField) -> str:
    meant = _id(word.strip(), field)
    if meant is None:
        near = did_you_mean(word, field.known or {}, "There are")
        what = f"`{word}` is no value of `{term.field}`."
        raise Mistake(what, near or "See pipeline.yml for those there are.", term.start, term.end)
    return meant


def _id(word: str, field: QueryField) -> str | None:
    """The id that a word is, or that goes with a name; any word where ids are not known."""
    low = folded(word)
    if field.known is None:
        return low
    named = {folded(name): id for id, name in reversed([*field.known.items()]) if name}
    before = {folded(old): id for old, id in (field.was or {}).items()}
    meant = before | named | {folded(id): id for id in field.known}
    return next((meant[form] for form in (low, _YES.get(low), slug(word)) if form in meant), None)


def _of_days(word: str, term: Term, calendar: Calendar) -> Test:
    span = calendar.span(word)
    if span is None:
        raise Mistake(f"`{word}` is no day or period.", calendar.help(word), term.start, term.end)
    first, last = span.first.isoformat(), span.last.isoformat()
    return _ordered(term.sign, first, last)


def _of_numbers(word: str, term: Term, field: QueryField) -> Test:
    number = _number(word.strip(), field.unit)
    if field.unit == "money" and _EITHER_WAY.fullmatch(word.strip()):
        whole, part = word.strip().split(".")
        raise Mistake(
            f"`{word}` can be read in two ways.",
            f"Write `{whole}{part}`, or `{_decimal(whole, part)}` if the point is a decimal point.",
            term.start,
            term.end,
        )
    if number is None:
        help = {"money": "`10000`, `10k`", "percent": "`50%`", "days": "`30`, `2w`"}.get(field.unit)
        forms = f"Write a number, as {help}." if help else "Write a number."
        raise Mistake(f"`{word}` is no number.", forms, term.start, term.end)
    return _ordered(term.sign, number, number)


def _decimal(whole: str, part: str) -> str:
    """What `18.000` or `18.125` is written as where it has decimals: not with three of them."""
    return f"{whole}.{part}".rstrip("0").rstrip(".") if part.endswith("0") else f"{whole}.{part}0"


def _number(word: str, unit: str) -> Decimal | None:
    match = _NUMBER.fullmatch(word)
    if match is None:
        return None
    sign, digits, end = match[1], re.sub("[ _]", "", match[2]), (match[3] or "").lower()
    allowed = {"percent": "%", "days": "dwm"}.get(unit, "km")
    if end and end not in allowed:
        return None
    number = Decimal(sign + digits)
    if end == "%" or (unit == "percent" and abs(number) > 1):
        return number / 100
    return number * (30 if unit == "days" and end == "m" else _TIMES[end])


def _ordered(sign: Sign, first: str | Decimal, last: str | Decimal) -> Test:
    """The test of values against a stretch from a first to a last one."""

    def test(found: tuple[Value, ...]) -> bool:
        return any(value is not None and _fits(sign, value, first, last) for value in found)

    return test


def _fits(sign: Sign, value: str | Decimal, first: str | Decimal, last: str | Decimal) -> bool:
    low, high = (_key(value) < _key(first)), (_key(value) > _key(last))
    match sign:
        case "<":
            return low
        case ">":
            return high
        case "<=":
            return not high
        case ">=":
            return not low
    return not low and not high


def _key(value: str | Decimal) -> tuple[Decimal, str]:
    return (Decimal(0), value) if isinstance(value, str) else (value, "")
