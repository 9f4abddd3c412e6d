"""Who takes part in a deal: a contact and, behind it, in what role."""

from __future__ import annotations

from site_builder.journal.deal import Participant
from site_builder.parse.ids import is_id, slug
from site_builder.parse.plain_values import contact_as_role, contact_in_role, participants_in
from site_builder.parse.reading import Reading
from site_builder.parse.references import stretch, unknown_id
from site_builder.problems.characters import seen
from site_builder.source.flat import side_by_side
from site_builder.source.links import first_id
from site_builder.source.yaml_nodes import Scalar

_LONGEST_NAME = 5


def participant(reading: Reading, scalar: Scalar) -> Participant | None:
    """A contact of the deal, and in what role; None, reported, where it is nobody's id."""
    id, at, role = first_id(scalar.text)
    ids = reading.known.contacts
    if id in ids:
        if other := contact_in_role(role, ids):
            begin = len(scalar.text) - len(role)
            several = participants_in(scalar.text, ids)
            _missing_comma(reading, scalar, begin + other.start(), other[0], several)
        elif (meant := contact_as_role(role, ids)) not in ("", id):
            bare = role.strip()
            _missing_comma(reading, scalar, scalar.text.index(bare, at), bare, [id, meant])
        reading.last_party = "" if role else id
        return Participant(id, role.strip())
    if (bare := seen(scalar.text)) != scalar.text and first_id(bare).id in ids:
        message = f"`{scalar.text}` does not begin with the id of a contact."
        reading.problem("unknown-contact", message, f"Write `{bare}`.", scalar.span)
        return None
    several = participants_in(scalar.text, ids)
    if len(several) > 1 and first_id(several[0]).id in ids:
        help = side_by_side(reading.reader.in_block, scalar, several)
        reading.problem(
            "unknown-contact",
            f"There is no contact `{id}`.",
            help,
            stretch(scalar, at, len(id)),
        )
        return None
    if meant := _named_first(reading, scalar.text.split()):
        message = f"`{scalar.text}` does not begin with the id of a contact."
        reading.problem("unknown-contact", message, f"Write `{meant}`.", scalar.span)
        return None
    behind = ""
    if reading.last_party:
        behind = f"Create `contacts/{id}.md`, or take out the comma where it is the role of "
        behind += f"the one before: `{reading.last_party} {id}`."
    unknown_id(reading, id, ids, "contact", stretch(scalar, at, len(id)), behind)
    return None


def _missing_comma(
    reading: Reading, scalar: Scalar, at: int, word: str, several: list[str]
) -> None:
    """Warn of a contact that a role is, or begins or goes on with."""
    reading.warn(
        "role-is-contact",
        f"`{word}` is a contact, and is read as a role here.",
        side_by_side(reading.reader.in_block, scalar, several),
        stretch(scalar, at, len(word)),
    )


def _named_first(reading: Reading, words: list[str]) -> str:
    """A participant that begins with a name in place of an id, as it should be written."""
    for count in range(min(len(words), _LONGEST_NAME), 1, -1):
        name = " ".join(words[:count])
        id = slug(name) if not is_id(words[0]) else ""
        id = id if id in reading.known.contacts else reading.known.named(name)
        if id:
            return " ".join([id, *words[count:]])
    return ""
