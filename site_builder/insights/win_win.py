"""What each side gains from a deal, and where that is written down for one side or for none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.journal.deal import Deal

State = Literal["won", "open", "parked"]
STATES: tuple[State, ...] = ("won", "open", "parked")


class Sides(NamedTuple):
    """Of which deals in a state both sides are written down, or one alone, or neither."""

    state: State
    both: tuple[Deal, ...]
    one_sided: tuple[Deal, ...]
    neither: tuple[Deal, ...]

    @property
    def share(self) -> Share:
        """The share of those with both."""
        return Share(len(self.both), len(self.both) + len(self.one_sided) + len(self.neither))


@dataclass(frozen=True, slots=True)
class WinWin:
    """The deals of a journal by what they say of both sides; lost ones gain nobody anything."""

    states: tuple[Sides, ...]


def win_win(insights: Insights) -> WinWin:
    """All deals that are not lost."""
    found: dict[State, list[list[Deal]]] = {state: [[], [], []] for state in STATES}
    for deal in insights.journal.deals:
        state = _state(deal, insights)
        if state is not None:
            found[state][empty_sides(deal)].append(deal)
    return WinWin(tuple(Sides(state, *map(tuple, found[state])) for state in STATES))


def empty_sides(deal: Deal) -> int:
    """Of how many sides nothing is written down."""
    return (not deal.their_win) + (not deal.our_win)


def _state(deal: Deal, insights: Insights) -> State | None:
    ended = insights.standings[deal.id].outcome
    if ended is not None:
        return "won" if ended.is_won else None
    return "open" if deal.stage.is_open else "parked"
