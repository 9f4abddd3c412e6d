"""What the front matter of deals and contacts says, typed, by the names of the fields. What is
empty or bad is not there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TypedDict

from site_builder.journal.deal import Participant
from site_builder.journal.money import Money
from site_builder.journal.note import Category, DatedText
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.team import Person

DealFront = TypedDict(
    "DealFront",
    {
        "title": str,
        "company": str,
        "contacts": tuple[Participant, ...],
        "owner": Person,
        "pipeline": Pipeline,
        "stage": Stage,
        "value": Money,
        "probability": Decimal,
        "category": Category,
        "close": dt.date,
        "created": dt.date,
        "source": str,
        "channel": str,
        "next": DatedText,
        "wake": dt.date,
        "renews": dt.date,
        "need": bool,
        "want": bool,
        "their-win": str,
        "our-win": str,
        "lost-reason": str,
        "tags": tuple[str, ...],
    },
    total=False,
)

ContactFront = TypedDict(
    "ContactFront",
    {
        "name": str,
        "type": str,
        "company": str,
        "role": str,
        "email": str,
        "phone": str,
        "social": tuple[str, ...],
        "website": str,
        "status": str,
        "level": str,
        "introduced-by": str,
        "owner": Person,
        "touch-every": dt.timedelta,
        "milestones": tuple[DatedText, ...],
        "tags": tuple[str, ...],
    },
    total=False,
)
