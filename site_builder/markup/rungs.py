"""Two ladders beside each other for each of many: they of us, we of them, with the day of each
rung, how long it took, and what its note says. They are tables, the highest rung above. Every text
is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

_THEY, _WE = "they of us", "we of them"


class Rung(NamedTuple):
    """A rung that was reached: its day, where that is told, and what stands behind it. One that
    ``is_quick`` came within days of one below. ``note`` is what its note says, if anything."""

    text: str
    href: str
    aside: str
    is_quick: bool = False
    note: str = ""


class Pair(NamedTuple):
    """Whose the ladders are, what stands behind the name, and both, the lowest rung first; None
    where one was not reached."""

    name: str
    href: str
    aside: str
    theirs: tuple[Rung | None, ...]
    ours: tuple[Rung | None, ...]


OPEN = 12
"""So many stand open; more are folded."""


def ladders(label: str, rungs: Sequence[str], pairs: Sequence[Pair]) -> Markup:
    """The ladders of all; ``label`` says what they are."""
    first, more = _list(label, rungs, pairs[:OPEN]), pairs[OPEN:]
    if not more:
        return first
    fold = '{}<details class="fold"><summary>{} more</summary>{}</details>'
    return Markup(fold).format(first, len(more), _list(f"{label}, {OPEN + 1} on", rungs, more))


def _list(label: str, rungs: Sequence[str], pairs: Sequence[Pair]) -> Markup:
    made = Markup("").join([_pair(rungs, pair) for pair in pairs])
    return Markup('<ul class="ladders" aria-label="{}">{}</ul>').format(label, made)


def _pair(rungs: Sequence[str], pair: Pair) -> Markup:
    aside = Markup(' <bdi class="covers">{}</bdi>').format(pair.aside) if pair.aside else ""
    rows = Markup("").join(
        [
            Markup('<tr><th scope="row">{}</th>{}{}</tr>').format(
                rungs[at], _rung(pair.theirs[at], _THEY), _rung(pair.ours[at], _WE)
            )
            for at in reversed(range(len(rungs)))
        ]
    )
    return Markup(
        '<li><a href="{}"><bdi>{}</bdi></a>{}<table class="ladder" aria-label="{}"><thead><tr>'
        '<th scope="col"><span class="unseen">Rung</span></th><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></li>'
    ).format(pair.href, pair.name, aside, pair.name, _THEY, _WE, rows)


def _rung(rung: Rung | None, whose: str) -> Markup:
    if rung is None:
        return Markup("<td></td>")
    kind = ' class="is-quick"' if rung.is_quick else ""
    aside = Markup(" <span{}>{}</span>").format(Markup(kind), rung.aside) if rung.aside else ""
    note = Markup('<bdi class="rung-note">{}</bdi>').format(rung.note) if rung.note else ""
    return Markup('<td class="reached" data-label="{}"><a href="{}">{}</a>{}{}</td>').format(
        whose, rung.href, rung.text, aside, note
    )
