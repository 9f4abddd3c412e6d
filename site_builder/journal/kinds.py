"""Kinds of notes, and what a note of a kind does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

WHATEVER = "note"
"""The kind of a note that says of itself no other."""
PAPER = ("proposal", "invoice", "payment", "order", "delivery")
"""The kinds of notes that tell what was proposed, paid, begun and delivered."""


class Tangibility(StrEnum):
    """Formal and contractual, or informal and human; some notes are neither."""

    TANGIBLE = "tangible"
    INTANGIBLE = "intangible"
    NEITHER = "neither"


class KindRole(StrEnum):
    """What a kind of note does to the state of its deal or contact."""

    EXCHANGE = "exchange"  # an interaction; with the customer unless the kind is `note`
    MARK = "mark"  # milestone, news, referral: something learned, no exchange
    STAGE = "stage"
    RUNG = "rung"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of note, built in or the journal's own."""

    id: str
    tangibility: Tangibility
    role: KindRole = KindRole.EXCHANGE
