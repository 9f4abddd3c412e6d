"""A field set, as somebody says it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import changed, type_of
from site_builder.edit.job import BOTH, Job
from site_builder.edit.refusals import NotDone
from site_builder.edit.said_values import said_items, said_value
from site_builder.edit.writing import FrontValue


def set_field(job: Job, subject: str, field: str, words: Sequence[str], is_taken: bool) -> None:
    """Set a field of a deal or contact, or take it away. Raises NotDone."""
    opened = job.open(subject, BOTH)
    name, equals, text = field.partition("=")
    if equals and text and not words:
        command = shlex.join(["dealog", "set", subject, name, text])
        raise NotDone(f"A field and its value are two words: `{command}`.")
    if is_taken == bool(words):
        raise NotDone(f"Give `{field}` a value, or take it away with --none.")
    value = _value(job.desk, opened, field, words)
    splices, notes = changed(opened, field, value, job.day, job.person)
    what = f"set {field} to {' '.join(words)}" if words else f"take {field} away"
    job.change(opened, splices, what, notes=notes)


def _value(desk: Desk, opened: Opened, field: str, words: Sequence[str]) -> FrontValue:
    type, is_list = type_of(field, opened.subject)
    if not words:
        return () if is_list else ""
    if is_list:
        return said_items(desk, type, words)
    before = opened.file.text_of(field)
    return said_value(desk, type, " ".join(words), before, is_past=field == "created")
