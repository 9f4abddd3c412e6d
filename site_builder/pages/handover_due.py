"""What is due of somebody whose work is handed over: all of it, or nobody will think of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from site_builder.insights.follow_ups import Due
from site_builder.insights.topics import LISTED
from site_builder.pages import dues
from site_builder.pages.context import Context
from site_builder.pages.sentence import joined
from site_builder.pages.sheet import Section
from site_builder.problems import counting

EACH = 25
"""How many deals of a kind are told, and of other things listed; of what is due more is folded."""


def what_is_due(found: Sequence[Due], context: Context) -> Section:
    """The section of what is due."""
    every = dues.listed(found)
    shown = every[:LISTED]
    later = [one for one in shown if dues.state(one, context.today) == "later"]
    soon = [one for one in shown if one not in later]
    parts = (
        ("What is due", soon[:EACH], ""),
        ("What is due then", soon[EACH:], "more"),
        ("What is due later", later, f"due in more than {dues.SOON} days"),
    )
    tables = tuple(
        replace(dues.table(label, some, context), closed=_folded(some, words))
        for label, some, words in parts
        if some
    )
    said = joined("; ", (overdue(found, context), cut_to(len(shown), len(every), "the next")))
    return Section("due", "What is due", said, tables=tables)


def _folded(some: Sequence[Due], words: str) -> str:
    return f"{counting.grouped(len(some))} {words}" if words else ""


def overdue(due: Sequence[Due], context: Context) -> str:
    """How many are overdue; nothing where none is."""
    late = sum(dues.state(one, context.today) == "overdue" for one in dues.listed(due))
    return f"{counting.grouped(late)} overdue" if late else ""


def cut_to(shown: int, every: int, which: str) -> str:
    """How many of all are listed, where they are not all."""
    return f"{which} {shown} of {counting.grouped(every)}" if shown < every else ""
