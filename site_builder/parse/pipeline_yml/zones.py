"""Time zones, by the names that they have in the IANA database."""

from __future__ import annotations

import datetime as dt
from functools import cache

from site_builder.journal.values import Bad
from site_builder.problems.suggest import nearest

_EXAMPLES = "Write the zone of a city, such as `Europe/Lisbon` or `America/New_York`."
_NO_PLACES = frozenset(("localtime", "posixrules", "Factory"))  # which each machine has its own of
_LEAST_GUESSED = 5


def zone_name(text: str) -> str | Bad:
    """The text, if it is the name of a zone."""
    if text in _names():
        return text
    near = _meant(text)
    help = f"Did you mean `{near}`?" if near else _EXAMPLES
    return Bad(f"`{text}` is not a time zone.", help)


def zone(name: str) -> dt.tzinfo:
    """The zone of a good name."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


@cache
def _names() -> frozenset[str]:
    """The same on every machine, whatever its own database has."""
    from importlib import resources

    try:
        listed = resources.files("tzdata").joinpath("zones").read_text("utf-8")
    except ModuleNotFoundError:
        from zoneinfo import available_timezones

        return frozenset(available_timezones()) - _NO_PLACES
    return frozenset(listed.split()) - _NO_PLACES


def _meant(text: str) -> str:
    """The zone that somebody probably meant by another case, a city or a slip; never by an
    abbreviation or an offset, for one is easily taken for another."""
    places = [name for name in _names() if not name.startswith("Etc/")]
    places.sort(key=lambda name: (len(name), name), reverse=True)
    known = {_folded(name.rsplit("/", 1)[-1]): name for name in places}
    known |= {_folded(name): name for name in _names()}
    folded = _folded(text)
    if folded in known:
        return known[folded]
    is_guessed = len(text) >= _LEAST_GUESSED and not (
        any(sign in "+0123456789" for sign in text)
        or any(name.startswith(f"{folded}/") for name in known)
    )
    near = nearest(folded, known) if is_guessed else None
    return known[near] if near else ""


def _folded(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(" ", "-")
