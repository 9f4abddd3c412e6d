"""The fields of deals, contacts and notes, and the kinds of notes that are built in."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.journal.kinds import Kind, KindRole, Tangibility

CATEGORIES = ("commit", "best-case", "pipeline", "omitted")
STATUSES = ("cold", "warm", "hot", "won", "lost")
RUNGS = ("know", "like", "trust", "respect")
LEVELS = ("shopper", "client", "member", "ambassador", "positive-activist")
"""The ladder and the levels of journals that name none themselves."""


@dataclass(frozen=True, slots=True)
class Known:
    """A built-in field: its type, by the name in ``field_types``, whether it is a list, its
    options."""

    type: str
    is_list: bool = False
    options: tuple[str, ...] = ()


SOURCE_ID = "x-source-id"
"""The field that says which row of which export a deal, contact or note came from."""

DEAL_FIELDS = {
    "title": Known("text"),
    "company": Known("contact"),
    "contacts": Known("participant", is_list=True),
    "owner": Known("person"),
    "pipeline": Known("pipeline"),
    "stage": Known("stage"),
    "value": Known("money"),
    "probability": Known("percent"),
    "category": Known("choice", options=CATEGORIES),
    "close": Known("date"),
    "created": Known("date"),
    "source": Known("source"),
    "channel": Known("text"),
    "next": Known("dated-text"),
    "wake": Known("date"),
    "renews": Known("date"),
    "need": Known("yes/no"),
    "want": Known("yes/no"),
    "their-win": Known("text"),
    "our-win": Known("text"),
    "lost-reason": Known("lost-reason"),
    "tags": Known("text", is_list=True),
}
DEAL_REQUIRED = ("title", "owner", "stage")

CONTACT_FIELDS = {
    "name": Known("text"),
    "type": Known("choice", options=("person", "company")),
    "company": Known("contact"),
    "role": Known("text"),
    "email": Known("email"),
    "phone": Known("phone"),
    "social": Known("url", is_list=True),
    "website": Known("url"),
    "status": Known("choice", options=STATUSES),
    "level": Known("level"),
    "introduced-by": Known("contact"),
    "owner": Known("person"),
    "touch-every": Known("interval"),
    "milestones": Known("dated-text", is_list=True),
    "tags": Known("text", is_list=True),
}
CONTACT_REQUIRED = ("name",)

STATE_FIELDS = {
    "value": Known("money"),
    "close": Known("date"),
    "probability": Known("percent"),
    "category": Known("choice", options=CATEGORIES),
    "owner": Known("person"),
}
"""What any note of a deal can set."""

COMPANY_STATE_FIELDS = {"level": Known("level")}
"""What any note of a company can set."""

KIND_FIELDS: dict[str, dict[str, Known]] = {
    "stage": {
        "asked-by": Known("choice", options=("customer", "us")),
        "override": Known("text"),
        "lost-reason": Known("lost-reason"),
    },
    "invoice": {"amount": Known("money"), "due": Known("date")},
    "payment": {"amount": Known("money")},
    "proposal": {
        "services": Known("text"),
        "terms": Known("text"),
        "deadline": Known("date-or-text"),
        "budget": Known("money-or-text"),
    },
    "delivery": {"due": Known("date")},
    "intervention": {"trigger": Known("text")},
    "knowledge": {"learned": Known("text")},
    "referral": {"who": Known("contact")},
}
"""What only notes of some kinds can say."""

NOTE_FIELDS = {
    **STATE_FIELDS,
    **COMPANY_STATE_FIELDS,
    **{name: known for group in KIND_FIELDS.values() for name, known in group.items()},
}
"""All fields that notes can have."""

_INTANGIBLE = "note call meeting email message event gift intervention knowledge".split()
_TANGIBLE = "proposal invoice payment contract order delivery document".split()

KINDS = {
    **{id: Kind(id, Tangibility.INTANGIBLE) for id in _INTANGIBLE},
    **{id: Kind(id, Tangibility.TANGIBLE) for id in _TANGIBLE},
    **{
        id: Kind(id, Tangibility.NEITHER, KindRole.MARK) for id in ("milestone", "news", "referral")
    },
    "stage": Kind("stage", Tangibility.NEITHER, KindRole.STAGE),
    "change": Kind("change", Tangibility.NEITHER, KindRole.CHANGE),
}
"""Kinds of notes that every journal has, beside its rungs and its own kinds."""


def attribute(name: str) -> str:
    """What a field is called in the model: `lost_reason` of `lost-reason`."""
    return name.replace("-", "_")
