"""Names of fields that nobody knows: which field was meant, and what to type instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from site_builder.problems.suggest import listed

MOST_LISTED = 40
# In other programs' words. Where a word can mean several, the first that is not there yet.
_OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "account": ("company",),
    "amount": ("value",),
    "assigned-to": ("owner",),
    "assignee": ("owner",),
    "cell": ("phone",),
    "client": ("company",),
    "created-at": ("created",),
    "created-on": ("created",),
    "customer": ("company",),
    "date": ("created",),
    "deadline": ("close",),
    "description": ("summary",),
    "details": ("summary",),
    "due": ("close",),
    "due-date": ("close",),
    "employer": ("company",),
    "expected-close": ("close",),
    "full-name": ("name",),
    "homepage": ("website",),
    "job": ("role",),
    "job-title": ("role",),
    "kind": ("type",),
    "label": ("title", "name"),
    "manager": ("owner",),
    "mobile": ("phone",),
    "name": ("title",),
    "next-action": ("next",),
    "next-step": ("next",),
    "organisation": ("company",),
    "organization": ("company",),
    "phase": ("stage",),
    "position": ("role",),
    "price": ("value",),
    "referred-by": ("introduced-by",),
    "rep": ("owner",),
    "responsible": ("owner",),
    "salesperson": ("owner",),
    "state": ("stage", "status"),
    "status": ("stage",),
    "tel": ("phone",),
    "telephone": ("phone",),
    "text": ("summary",),
    "title": ("name", "role"),
    "url": ("website",),
    "web": ("website",),
    "win-probability": ("probability",),
}
TYPES_OF_STAGES = {
    "active": "open", "default": "open", "normal": "open", "new": "open", "success": "won",
    "win": "won", "closed-won": "won", "closed won": "won", "dead": "lost", "lose": "lost",
    "failed": "lost", "closed-lost": "lost", "closed lost": "lost", "paused": "parked",
    "on-hold": "parked", "hold": "parked", "sleeping": "parked", "waiting": "parked",
}  # fmt: skip
"""Types of stages in other programs' words."""
_TEXTS = frozenset(
    "note notes summary summry sumary comment comments description details text body log "
    "history activity activities remark remarks memo".split()
)


def other_word(name: str, names: Collection[str], given: Collection[str]) -> str:
    """The field that a name of another program stands for; nothing where there is none, or
    where that is given already."""
    folded = name.strip().lower().replace("_", "-").replace(" ", "-")
    meant = _OTHER_WORDS.get(folded, ())
    return next((field for field in meant if field in names and field not in given), "")


def by_value(said: str, names: Iterable[str], given: Collection[str]) -> str:
    """The field that takes a value such as `company`, whatever name stands before it; nothing
    where there is none, or where that is given already."""
    meant = "type" if said in ("company", "person") else ""
    return meant if meant in names and meant not in given else ""


def is_text(name: str) -> bool:
    """Whether a name is one that people give to the text of notes, or of a summary."""
    return name.strip().lower() in _TEXTS


def kept(name: str, slug: str) -> str:
    """How a field is kept that is no field of ours."""
    return f"`x-{slug or 'own'}: …` to keep `{name.strip()}` as a field of your own"


def choice(names: Collection[str]) -> str:
    """The fields there are."""
    return f"The fields there are: {listed([*names][:MOST_LISTED])}."
