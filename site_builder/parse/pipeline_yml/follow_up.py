"""`follow-up` of pipeline.yml: how soon to be in touch again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping as Names

from site_builder.journal import values
from site_builder.journal.fields import CONTACT_FIELDS, STATUSES
from site_builder.journal.schema import FollowUp, Touch
from site_builder.parse import mappings
from site_builder.parse.mappings import typed_of
from site_builder.parse.reader import Reader
from site_builder.problems.patterns import late
from site_builder.problems.suggest import listed, nearest
from site_builder.source.yaml_nodes import Entry, Mapping, Node, Scalar

FOLLOW_UP_FIELDS = ("after-meeting", "no-reply", "reply-within", "loop", "touch")
_BY = ("level", "tag", "status")
_RULE = late(r"(level|tag|status)(?:[ \t]*[-:=/_][ \t]*|[ \t]+)(\S.*)", re.IGNORECASE)
_OFTEN = "Write how often, as in `30d`."
_HOW = "Write `touch: {level client: 30d, tag press: 90d, status hot: 7d}`."


def read_follow_up(reader: Reader, node: Node | None, levels: tuple[str, ...]) -> FollowUp:
    """What is written there; what is wrong is reported and left out."""
    if not isinstance(node, Mapping):
        mappings.entries(reader, "follow-up", node)
        return FollowUp()
    e = mappings.known(reader, "`follow-up`", node, FOLLOW_UP_FIELDS)
    return FollowUp(
        typed_of(reader, "after-meeting", e, values.duration),
        _waits(reader, e["no-reply"].value) if "no-reply" in e else (),
        typed_of(reader, "reply-within", e, values.duration),
        typed_of(reader, "loop", e, values.duration),
        _Touches(reader, levels).read(e["touch"].value) if "touch" in e else (),
    )


def _waits(reader: Reader, node: Node) -> tuple[dt.timedelta, ...]:
    items = reader.items("no-reply", node)
    waits = [reader.good(values.duration(item.text), item.span) for item in items]
    return tuple(wait for wait in waits if wait is not None)


class _Touches:
    """Reads how often to be in touch, by level, tag or status."""

    def __init__(self, reader: Reader, levels: tuple[str, ...]) -> None:
        self.reader = reader
        self.known: Names[str, tuple[str, ...]] = {"level": levels, "status": STATUSES}

    def read(self, node: Node) -> tuple[Touch, ...]:
        if isinstance(node, Scalar) and not node.text.strip():
            return ()
        if not isinstance(node, Mapping):
            message = "`touch` says how often by level, tag or status."
            self.reader.invalid(message, _HOW, node.span)
            return ()
        found: dict[tuple[str, str], Touch] = {}
        for entry in node.entries:
            touch = self._touch(entry)
            if touch is not None and found.setdefault((touch.by, touch.name), touch) is not touch:
                message = f"`{touch.by} {touch.name}` stands twice in `touch`."
                self.reader.invalid(message, "Keep one of the two.", entry.key.span)
        return tuple(found.values())

    def _touch(self, entry: Entry) -> Touch | None:
        by, _, name = " ".join(entry.key.text.split()).partition(" ")
        if by not in _BY or not name:
            self._unknown(entry, by, name)
            return None
        every = self.reader.typed(entry.key.text, entry.value, values.duration)
        if by in self.known and name not in self.known[by]:
            self._unknown_name(by, name, entry.key)
            return None
        if every == dt.timedelta() and isinstance(entry.value, Scalar):
            message = f"`{entry.value.text}` is no time between two contacts."
            self.reader.invalid(message, _OFTEN, entry.value.span)
            return None
        return Touch(by, name, every) if every is not None else None

    def _unknown(self, entry: Entry, by: str, name: str) -> None:
        """Report a key that is no rule: with the rule that was meant, where that is clear."""
        text = entry.key.text
        if text.startswith("x-"):
            return
        if isinstance(entry.value, Mapping) and by in _BY:
            inner = next((each.key.text for each in entry.value.entries), "NAME")
            message, meant = f"`{text}` takes a name beside it.", f"{by} {inner}"
        else:
            message = f"`{text}` is neither a level, a tag nor a status."
            meant = self._meant(text, by, name)
        help = f"Write `{meant}: …`." if meant else _by_tag(name)
        self.reader.problem("unknown-field", message, help, entry.key.span)

    def _meant(self, text: str, by: str, name: str) -> str:
        if match := _RULE.fullmatch(text):
            return f"{match[1].lower()} {match[2]}"
        if near := nearest(by, _BY):
            return f"{near} {name or 'NAME'}"
        kind = next((kind for kind, names in self.known.items() if text in names), "")
        is_field = bool(name) and nearest(by, CONTACT_FIELDS) is not None
        return "" if is_field and not kind else f"{kind or 'tag'} {text}"

    def _unknown_name(self, by: str, name: str, key: Scalar) -> None:
        known = self.known[by]
        near = nearest(name, known)
        names = listed([f"{by} {each}" for each in known])
        help = f"Did you mean `{by} {near}`?" if near else f"Use one of: {names}."
        if not known:
            help = "Remove it: this journal has no levels."
        where = "one of the `levels`" if by == "level" else "a status of contacts"
        self.reader.invalid(f"`{name}` is not {where}.", help, key.span)


def _by_tag(name: str) -> str:
    """What to do where contacts are to be told apart by something else."""
    return (
        "Only `level`, `tag` and `status` can be named: "
        f"write `tag {name}: …`, and give those contacts the tag `{name}`."
    )
