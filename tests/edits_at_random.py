"""Commands that edit, said at random, with what each may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from tests.odd_files import COMPANIES, DEALS, PEOPLE

TEXTS = (
    "Called Ann about it", "One — two: three", "🙂 ümlaut \"q\" 'p'", "Met Bob\nand\n\n- [ ] so\n\tthen  ",
    "a" * 130, "x # y", "-5% off", "[[ann]] said: `no`", "Line\n```\n## 2026-01-01 call\n```\nmore", "yes",
    "~~~\nopen", "A\n\n## 2026-01-01 call with ann", "  blank at first\n  and then", "Emailed Cy: # 4 {a} [b]",
)  # fmt: skip
VALUES: Mapping[str, Sequence[str]] = {
    "title": ("New: title # 1", "'q'", "yes"), "value": ("700", "1 500 USD"), "close": ("fri", "2027-01-31"),
    "channel": ("Fair & co", "- x"), "tags": ("n", "one,two"), "next": ("+3d Ask: it",), "need": ("yes",),
    "contacts": ("bob champion",), "company": ("blue",), "source": ("referral cy", "A fair"), "category": ("commit",),
    "probability": ("40%",), "owner": ("ida",), "size": ("large",), "x-mine": ("anything: at all",),
    "name": ("Zoë O'Neil",), "email": ("z@x.example",), "phone": ("+49 1",), "milestones": ("+9d Day, so",),
    "role": ("Head: of # all",), "level": ("client",), "introduced-by": ("cy",), "their-win": ("One line",),
}  # fmt: skip
T = TypeVar("T")
NOTED = ("value", "close", "probability", "category", "owner")


@dataclass
class Edit:
    """A command, and what it may change: ``fields`` and ``notes`` of the file ``of`` an id, one
    that is new, or mentions of ``old``, which becomes ``new``."""

    words: list[str]
    of: str = ""
    fields: tuple[str, ...] = ()
    notes: int = 0
    old: str = ""
    new: str = ""
    texts: list[str] = field(default_factory=list)


@dataclass
class Scene:
    """A chance, which deals and contacts there are, and the number of the edit."""

    random: Random
    deals: Sequence[str]
    people: Sequence[str]
    number: int

    def pick(self, some: Sequence[T]) -> T:
        return self.random.choice(some)

    @property
    def day(self) -> list[str]:
        return ["--date", self.pick(("today", "-3d", "2026-10-05", "2025-01-01"))]


def log(scene: Scene) -> Edit:
    subject, text = scene.pick([*scene.deals, *scene.people]), scene.pick(TEXTS)
    how: Sequence[list[str]] = ([], ["--kind", "email", "--to", "ann"], ["--time", "08:15"])
    fields: tuple[str, ...] = scene.pick(((), (), ("value", "close")))
    fields = fields if subject in scene.deals else ()
    sets = [word for name in fields for word in ("--set", f"{name}={VALUES[name][0]}")]
    words = ["log", *scene.pick(how), *scene.day, *sets, "--", subject, text]
    return Edit(words, subject, fields, 1, texts=[text])


def set_field(scene: Scene) -> Edit:
    subject = scene.pick([*scene.deals, *scene.people])
    name = scene.pick([n for n in VALUES if n in known_in(subject) or n.startswith("x-")])
    is_taken = scene.pick((False, False, True))
    value = ["--none", "--", subject, name]
    if not is_taken:
        value = ["--", subject, name, scene.pick(VALUES[name])]
    is_noted = not is_taken and (name in NOTED if subject in scene.deals else name == "level")
    return Edit(["set", *value], subject, (name,), int(is_noted))


def move(scene: Scene) -> Edit:
    kind, deal = scene.pick(("move", "won", "lost")), scene.pick(scene.deals)
    stage = [scene.pick(("lead", "talk", "rest", "review"))] if kind == "move" else []
    more = ["--override", "So: it is"]
    if kind == "lost":
        more = ["--reason", scene.pick(("price", "Timing"))]
    more += ["--value", "900"] if kind == "won" and scene.pick((0, 1)) else []
    words = [kind, *more, *scene.day, "--", deal, *stage, scene.pick(("", "Word: it"))]
    return Edit(words, deal, ("stage", "lost-reason", "value"), 1)


def next_step(scene: Scene) -> Edit:
    deal, said = scene.pick(scene.deals), scene.pick((["none"], ["-2d", "Ask: x # y"]))
    return Edit(["next", deal, *said], deal, ("next",))


def done(scene: Scene) -> Edit:
    deal = scene.pick(scene.deals)
    steps = scene.random.sample(("asked", "shown", "walk"), scene.pick((1, 2)))
    return Edit(["done", *scene.day, deal, *steps], deal, (), 1)


def new(scene: Scene) -> Edit:
    what = scene.pick((["deal", "--owner", "max", "--pipeline", "sales"], ["contact"]))
    return Edit(["new", *what, "--id", f"zz-{scene.number}", "--", scene.pick(TEXTS)])


def rename(scene: Scene) -> Edit:
    old, id = scene.pick([*scene.deals, *scene.people]), f"zz-{scene.number}"
    return Edit(["rename", old, id], old=old, new=f"{old.partition('/')[0]}/{id}")


def merge(scene: Scene) -> Edit:
    old, other = scene.random.sample(list(scene.people), 2)
    words = ["merge", *scene.day, old, "into", other, "--prefer", scene.pick((old, other))]
    return Edit(words, old=old, new=other)


EDITS: tuple[Callable[[Scene], Edit], ...] = (
    log, log, log, set_field, set_field, set_field, move, move, move, next_step, done, new, rename, merge,
)  # fmt: skip


def an_edit(random: Random, ids: Sequence[str], number: int) -> Edit:
    """A command that may be given where there are these deals and contacts."""
    deals = [name for id in DEALS if (name := f"deals/{id}") in ids]
    people = [name for id in (*PEOPLE, *COMPANIES) if (name := f"contacts/{id}") in ids]
    return random.choice(EDITS)(Scene(random, deals, people, number))


def known_in(subject: str) -> frozenset[str]:
    """The fields of deals, or of contacts."""
    own = ("size", "rival", "before")
    is_deal = subject.startswith("deals/")
    return frozenset((*DEAL_FIELDS, *own) if is_deal else CONTACT_FIELDS)
