"""Where a deal comes from, where that is a referral by a contact."""

from __future__ import annotations

from site_builder.parse.ids import slug
from site_builder.parse.plain_values import participants_in
from site_builder.parse.reading import Reading
from site_builder.parse.references import id_meant, stretch, unknown_id
from site_builder.problems.characters import seen
from site_builder.problems.patterns import late
from site_builder.problems.problem import Span
from site_builder.problems.suggest import listed
from site_builder.source.links import first_id, linked_id
from site_builder.source.yaml_nodes import Scalar

_REFERRALS = ("referral", "referrals", "referred", "referrer", "reference")
_OF_REFERRAL = late(r"([A-Za-z]+)[\s:,–—-]+(?=\S)")
_BY = late(r"^(?:(?:from|by|of|via|through|-|–|—|:)\s+)+")


def referral(reading: Reading, text: str, node: Scalar) -> tuple[str, str]:
    """A source that begins with `referral`, and the id of the contact that it names."""
    word, _, rest = text.partition(" ")
    id, at, more = first_id(rest)
    if (bare := seen(text)) != text and _referred_to(reading, bare):
        _referral_by_name(reading, text, bare.partition(" ")[2], node.span)
        return text, ""
    if word != "referral" or not id or more:
        if name := _referred(reading, text):
            _referral_by_name(reading, text, name, node.span)
        return text, ""
    if id in reading.known.contacts:
        return f"referral {id}", id
    place = stretch(node, node.text.index(rest) + at, len(id))
    unknown_id(reading, id, reading.known.contacts, "contact", place)
    return "", ""


def _referred_to(reading: Reading, text: str) -> bool:
    """Whether a source is a referral by a contact."""
    word, _, rest = text.partition(" ")
    return word == "referral" and first_id(rest).id in reading.known.contacts


def _referred(reading: Reading, text: str) -> str:
    """Who a source names that is a referral in other words or a link alone; nothing where it
    is no referral."""
    if linked_id(text):
        return text
    parts = _OF_REFERRAL.match(text)
    word = parts[1].lower() if parts else ""
    is_one = word == "referral" or bool(word and reading.reader.near(word, _REFERRALS))
    return _BY.sub("", text[parts.end() :].strip()) if parts and is_one else ""


def _credited(reading: Reading, name: str, is_sure: bool) -> tuple[str, ...]:
    """The contacts that a name is, or that stand side by side in it."""
    contacts = reading.known.contacts
    several = [first_id(one).id for one in participants_in(name, contacts)]
    if len(several) > 1:
        meant = [id_meant(reading, one, contacts, "contact") for one in several]
        return tuple(filter(None, meant))
    known = next((i for i in (*several, slug(name)) if i in contacts), "")
    known = known or (reading.known.named(name) if is_sure else "")
    return (known,) if known else ()


def _referral_by_name(reading: Reading, text: str, name: str, span: Span) -> None:
    """Warn of a source that is a referral and names no id. `Referral Program` can be what
    another program calls it, so what is not `referral` in small letters has to name one."""
    id, is_sure = slug(name), text.startswith("referral ")
    if credited := _credited(reading, name, is_sure):
        either = listed([f"source: referral {id}" for id in credited], " or ")
        help = f"Write {either}" + (": only one of them fits." if credited[1:] else ".")
    elif is_sure and id and name[0].isupper():
        help = (
            f"Create `contacts/{id}.md` and write `source: referral {id}`, or begin it with "
            "another word."
        )
    else:
        return
    reading.warn(
        "referral-by-name",
        f"`{text}` is only text, so nobody is credited with this referral.",
        help,
        span,
    )
