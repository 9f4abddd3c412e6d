"""Days and periods that a query can name, seen from a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from site_builder.journal.periods import Period, day_after, month_of, quarter_of, year_of
from site_builder.journal.said_days import meant, said_day

_PERIOD = re.compile(r"([0-9]{4})(?:-(?:q([1-4])|([0-9]{2})))?")
_RELATIVE = re.compile(r"(this|last|next)-(week|month|quarter|year)")
_FORMS = (
    "Write `2026-11-30`, `2026-11`, `2026-Q4`, `2026`, `today`, `+7d`, `-2w` or `this-month` "
    "(`last-`, `next-`; `week`, `quarter`, `year`)."
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days and periods that words mean: seen from ``today``, in fiscal years that begin in a
    month."""

    today: dt.date
    starts: int = 1

    def span(self, word: str) -> Period | None:
        """The first and the last day of what a word means; None where it is no day or period."""
        low = word.strip().lower()
        relative, written = _RELATIVE.fullmatch(low), _PERIOD.fullmatch(low)
        if relative is not None:
            return self._relative(relative[1], relative[2])
        if written is not None:
            return self._written(int(written[1]), written[2], written[3])
        day = said_day(low, self.today)
        return None if day is None else Period(low, day, day)

    def help(self, word: str) -> str:
        """What to write in place of a word that is no day or period."""
        return meant(word, self.today) or _FORMS

    def _written(self, year: int, quarter: str | None, month: str | None) -> Period | None:
        if year == 0 or (month and not 1 <= int(month) <= 12):
            return None
        if month:
            return month_of(dt.date(year, int(month), 1))
        found = self._year(year)
        for _ in range(int(quarter or 0) - 1):
            first = quarter_of(found.first, self.starts)
            found = Period(found.label, day_after(first.last), found.last)
        return quarter_of(found.first, self.starts) if quarter else found

    def _year(self, year: int) -> Period:
        """The fiscal year of a number: named by the calendar year in which it ends."""
        month = self.starts
        return year_of(dt.date(year if month == 1 else max(1, year - 1), month, 1), month)

    def _relative(self, which: str, unit: str) -> Period:
        of: dict[str, Callable[[dt.date], Period]] = {
            "week": _week,
            "month": month_of,
            "quarter": lambda day: quarter_of(day, self.starts),
            "year": lambda day: year_of(day, self.starts),
        }
        now = of[unit](self.today)
        if which == "this":
            return now
        if which == "next":
            return of[unit](day_after(now.last))
        return of[unit](now.first if now.first == dt.date.min else now.first - dt.timedelta(1))


def _week(day: dt.date) -> Period:
    """The week of a day, from Monday to Sunday."""
    back, ahead = day.weekday(), 6 - day.weekday()
    first = dt.date.min if (day - dt.date.min).days < back else day - dt.timedelta(back)
    last = dt.date.max if (dt.date.max - day).days < ahead else day + dt.timedelta(ahead)
    return Period(f"{first}", first, last)
