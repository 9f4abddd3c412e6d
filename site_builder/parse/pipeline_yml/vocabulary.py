"""The words of a journal in pipeline.yml: rungs, levels, roles, reasons and kinds of notes."""

from __future__ import annotations

from site_builder.journal.fields import CONTACT_FIELDS, KINDS, RUNGS
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.parse import mappings
from site_builder.parse.ids import titled
from site_builder.parse.mappings import Entries, entries_of
from site_builder.parse.pipeline_yml.config import Config
from site_builder.parse.reader import Reader
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Scalar, is_empty


def read_ids(reader: Reader, name: str, e: Entries, what: str) -> tuple[str, ...]:
    """A list of ids, each once."""
    if name not in e:
        return ()
    items = reader.items(name, e[name].value)
    return reader.each_once(name, (item for item in items if reader.id(item, what)))


def read_ladder(
    reader: Reader, name: str, e: Entries, what: str, usual: tuple[str, ...]
) -> tuple[str, ...]:
    """Ids from the lowest to the highest: the usual ones, unless a list names others."""
    written = read_ids(reader, name, e, what)
    return written if name in e and isinstance(e[name].value, Listing) else usual


def read_rungs(reader: Reader, e: Entries) -> tuple[str, ...]:
    """The rungs of the ladder, from the lowest."""
    rungs = read_ladder(reader, "rungs", e, "rung", RUNGS)
    clashing = [rung for rung in rungs if rung in KINDS]
    for item in reader.items("rungs", e["rungs"].value) if clashing else ():
        if item.text in clashing:
            reader.invalid(
                f"`{item.text}` is a kind of notes already, so it can't be a rung.",
                "Choose another name.",
                item.span,
            )
    return tuple(rung for rung in rungs if rung not in clashing)


def read_names(reader: Reader, name: str, e: Entries, what: str) -> dict[str, str]:
    """A mapping of ids to what they are called."""
    found: dict[str, str] = {}
    entries = entries_of(reader, name, e)
    for id, entry in mappings.own(reader, entries, what):
        found[id] = reader.text(id, entry.value) or titled(id)
    return found


def read_kinds(config: Config, e: Entries) -> dict[str, Kind]:
    """The kinds of notes: those of every journal, its rungs and its own."""
    reader = config.reader
    found = dict(KINDS) | {r: Kind(r, Tangibility.NEITHER, KindRole.RUNG) for r in config.rungs}
    entries = entries_of(reader, "kinds", e)
    for id, entry in mappings.own(reader, entries, "kind"):
        scalar = reader.scalar(id, entry.value)
        if id in found:
            _taken_kind(config, entry.key)
        elif scalar and (
            text := reader.one_of(scalar, ("tangible", "intangible"), "a sort of kind")
        ):
            found[id] = Kind(id, Tangibility(text))
        elif id == entry.key.text and has_nothing(entry.value):
            message = f"The kind `{entry.key.text}` does not say which sort it is."
            help = f"Write `{entry.key.text}: intangible`, or `tangible`."
            reader.invalid(message, help, entry.key.span)
    return found


def _taken_kind(config: Config, name: Scalar) -> None:
    is_rung = name.text in config.rungs
    config.reader.invalid(
        f"`{name.text}` is a rung, and so a kind, already."
        if is_rung
        else f"`{name.text}` is a kind already.",
        "Choose another name, or name your own ladder: `rungs: [lowest, …, highest]`."
        if is_rung
        else "Choose another name; that kind needs no line here.",
        name.span,
    )


def read_contact_requires(reader: Reader, e: Entries) -> tuple[str, ...]:
    """The fields that every contact is to have."""
    if "contact-requires" not in e:
        return ()
    names = [*CONTACT_FIELDS, "news"]
    items = reader.items("contact-requires", e["contact-requires"].value)
    what = "a field of contacts"
    return tuple(i.text for i in items if reader.one_of(i, names, what, "unknown-field"))


def has_nothing(node: Node) -> bool:
    """Whether nothing is written there, not even the name of a field."""
    return is_empty(node) or (isinstance(node, Mapping) and not node.entries)
