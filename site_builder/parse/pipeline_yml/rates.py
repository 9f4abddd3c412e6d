"""`rates` of pipeline.yml: what other currencies are worth, always or from days on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from site_builder.journal import money_values, values
from site_builder.journal.money import NO_CURRENCY, Rate
from site_builder.journal.values import Bad
from site_builder.parse.reader import Reader
from site_builder.problems.patterns import late
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Scalar, is_empty

_FIGURES = late("[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_HOW = "`{0}: 0.92`, or dated, `{0}: {{2025-01-01: 0.95, 2026-07-01: 0.92}}`"


def currency_code(reader: Reader, scalar: Scalar) -> str | None:
    """The currency code that is written there; None, reported, where it is none."""
    if scalar.text in money_values.CURRENCIES:
        return scalar.text
    reader.invalid(
        f"`{scalar.text}` is not a currency code.",
        money_values.did_you_mean_code(scalar.text) or money_values.SOME_CODES,
        scalar.span,
    )
    return None


def read_rates(reader: Reader, entries: Iterable[Entry], home: str) -> dict[str, Rate]:
    """The rates by currency; what is wrong is reported and left out. ``home`` is the journal's
    own currency."""
    found: dict[str, Rate] = {}
    for pair in _pairs(entries):
        code = currency_code(reader, pair.key)
        if pair.comma:
            _refuse_comma(reader, pair)
        elif code is not None:
            rate = _Reading(reader, code, home).rate(pair.value)
            if rate is not None:
                found[code] = rate
    return found


class _Pair(NamedTuple):
    """A name with its value; ``comma`` are the decimals that YAML takes for the next name, as in
    `{USD: 0,92}`."""

    key: Scalar
    value: Node
    comma: Scalar | None = None


def _pairs(entries: Iterable[Entry]) -> Iterator[_Pair]:
    written = list(entries)
    at = 0
    while at < len(written):
        key, value = written[at].key, written[at].value
        after = written[at + 1] if at + 1 < len(written) else None
        split = after is not None and _is_digits(value) and _is_digits(after.key)
        if after is not None and split and is_empty(after.value):
            yield _Pair(key, value, after.key)
            at += 2
        else:
            yield _Pair(key, value)
            at += 1


def _is_digits(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.isdecimal()


def _refuse_comma(reader: Reader, pair: _Pair) -> None:
    value, decimals = pair.value, pair.comma
    if not isinstance(value, Scalar) or decimals is None:
        return
    end = decimals.span
    reader.invalid(
        f"`{value.text},{decimals.text}` has a comma.",
        f"Write it with a point: `{value.text}.{decimals.text}`.",
        value.span._replace(end_line=end.end_line, end_column=end.end_column),
    )


class _Reading(NamedTuple):
    """Reads what one currency is worth."""

    reader: Reader
    code: str
    home: str

    def rate(self, node: Node) -> Rate | None:
        if isinstance(node, Mapping):
            return self._dated(node)
        if isinstance(node, Listing):
            self._refuse(f"`{self.code}` is a list.", node)
            return None
        worth = self._worth(self.code, node)
        return None if worth is None else Rate.always(worth)

    def _dated(self, node: Mapping) -> Rate | None:
        if not node.entries:
            self._refuse(f"`{self.code}` has no rate.", node)
        steps = []
        for pair in _pairs(node.entries):
            day = self._day(pair)
            if pair.comma:
                _refuse_comma(self.reader, pair)
            elif day is not None and (worth := self._step(pair)) is not None:
                steps.append((day, worth))
        return Rate(tuple(sorted(steps))) if steps else None

    def _day(self, pair: _Pair) -> dt.date | None:
        day = values.date(pair.key.text)
        if not isinstance(day, Bad):
            return day
        self.reader.invalid(day.message, _turned(pair) or day.help, pair.key.span)
        return None

    def _step(self, pair: _Pair) -> Decimal | None:
        if is_empty(pair.value):
            self._refuse(f"`{pair.key.text}` has no rate.", pair.key)
            return None
        return self._worth(pair.key.text, pair.value)

    def _worth(self, name: str, node: Node) -> Decimal | None:
        worth = self.reader.typed(name, node, self._number)
        if worth is not None and worth <= 0:
            self.reader.invalid(
                f"A rate of `{worth}` makes no sense.",
                f"Write what one {self.code} is worth in {self._home}.",
                node.span,
            )
        elif worth is not None and self.code == self.home and worth != 1:
            self.reader.invalid(
                f"One {self.code} is worth one {self.code}: it is the journal's own currency.",
                "Write `1` or leave it out, or correct `currency`.",
                node.span,
            )
        else:
            return worth
        return None

    def _number(self, text: str) -> Decimal | Bad:
        number = values.number(text)
        if isinstance(number, Bad):
            help = f"Write what one {self.code} is worth in {self._home}: `{_plain(text)}`."
            return Bad(number.message, help)
        return number

    @property
    def _home(self) -> str:
        return "the journal's currency" if self.home == NO_CURRENCY else self.home

    def _refuse(self, message: str, node: Node) -> None:
        how = _HOW.format(self.code)
        self.reader.invalid(message, f"Write what one {self.code} is worth: {how}.", node.span)


def _plain(text: str) -> str:
    """The number in a text such as `95%` or `0,95 EUR`, as it is to be typed."""
    found = _FIGURES.search(text)
    if found is None or "/" in text:
        return "0.92"
    number = Decimal(found[0].replace(",", "."))
    return f"{(number / 100 if '%' in text else number).normalize():f}"


def _turned(pair: _Pair) -> str:
    """What to type where the day does not stand before a colon and a blank."""
    key, value = pair.key.text, pair.value
    if _good(values.number, key) and isinstance(value, Scalar) and _good(values.date, value.text):
        return f"Write the day first: `{value.text}: {key}`."
    day, _, rate = key.partition(":")
    if _good(values.date, day) and _good(values.number, rate) and is_empty(value):
        return f"Write a blank behind the colon: `{day}: {rate}`."
    return ""


def _good(read: Callable[[str], object], text: str) -> bool:
    return not isinstance(read(text), Bad)
