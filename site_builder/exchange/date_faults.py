"""Why a cell is no date, and what to type: the text's own fault, before the map's format."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from site_builder.edit.writing import item
from site_builder.exchange.csv.dates import CANDIDATES, EXCEL, EXCEL_START, read, read_as
from site_builder.exchange.csv.numbers import Fault, shown

_NUMBER = re.compile(r"-?([0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:[eE]\+?[0-9]{1,3})?")
_EMPTY = re.compile(r"-?0*(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"([0-9]{2})[., ']([0-9]{3})([.,][0-9]+)?")
_NOTHING = re.compile(
    r"0+[/.-]0+[/.-]0+[0:. ]*|0?1[/.-]00?[/.-]1900|00?[/.-]0?1[/.-]1900|1900-01-00"
)
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?"
_BARE_TIME = re.compile(rf"{_TIME} ?[A-Za-z]{{0,5}}(?:[+-][0-9:]{{1,5}})?")
_ZONED = re.compile(rf"(.*[ T,]{_TIME}) ?\(?([A-Za-z]{{1,5}})\)?")


def unreadable(text: str, formats: Sequence[str]) -> Fault:
    """What is wrong with a cell that can't be read as a date, and what to type."""
    if EXCEL in formats and (grouped := _GROUPED.fullmatch(text)):
        return _with_thousands(text, grouped[1] + grouped[2], grouped[3] or "")
    if EXCEL in formats and _NUMBER.fullmatch(text):
        return _no_serial(text)
    if text.strip("0") == "":
        return _no_day(text, "spreadsheets show an empty cell as 0")
    if _NOTHING.fullmatch(text):
        what = f"`{shown(text)}` is how programs write that there is no date."
        help = f'Say in the map that it means nothing: `blank: ["{text}"]`.'
        return Fault("invalid-value", what, help)
    if _BARE_TIME.fullmatch(text):
        return _no_day(text, "it is a time alone")
    zoned = _ZONED.fullmatch(text)
    if zoned and read(zoned[1], formats):
        what = f"`{zoned[2]}` behind the time of `{shown(text)}` is no time zone that is read."
        help = "Leave it out of the cell, or write how far it is from UTC, such as `+01:00`."
        return Fault("invalid-value", what, help)
    return _other_format(text, formats)


def _with_thousands(text: str, days: str, part: str) -> Fault:
    """What is wrong with a number of a spreadsheet's day that was set for readers."""
    meant = EXCEL_START + dt.timedelta(days=int(days))
    what = f"`{shown(text)}` seems to have a sign for thousands: `{days}` would be {meant}."
    return Fault("invalid-value", what, f"Mend the cell: `{days}{part}`.")


def _no_serial(text: str) -> Fault:
    """What is wrong with a number that is no day of a spreadsheet."""
    if _EMPTY.fullmatch(text):
        return _no_day(text, "spreadsheets show an empty cell as 0")
    return _no_day(text, "those of spreadsheets run from 61, in March 1900, to 2958465, in 9999")


def _no_day(text: str, why: str) -> Fault:
    help = f'Mend the cell, or say that it means nothing: `values: {{"{text}": ""}}`.'
    return Fault("invalid-value", f"`{shown(text)}` is no day: {why}.", help)


def _other_format(text: str, formats: Sequence[str]) -> Fault:
    like = f" like `{formats[0]}`" if formats else ""
    fitting = [f for f in (*CANDIDATES, "YYYYMMDD", EXCEL) if read_as(text, f)]
    ways = [*formats, *fitting[:1]] if fitting else ["DD/MM/YYYY", "D Mon, YYYY"]
    stated = ways[0] if len(ways) == 1 else f"[{', '.join(map(item, ways))}]"
    help = f"Mend the cell, or add its format to the map: `dates: {stated}`."
    return Fault("invalid-value", f"`{shown(text)}` is not a date{like}.", help)
