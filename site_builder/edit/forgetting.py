"""A contact who asks to be forgotten, taken out of all files of a journal."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from site_builder.edit.changes import Change
from site_builder.edit.desk import Desk, is_whole
from site_builder.edit.disguised import Disguised, spaced
from site_builder.edit.existing import Existing, unheard, with_bytes
from site_builder.edit.front import take_field
from site_builder.edit.mentions import Renaming, renaming_of
from site_builder.edit.refusals import GATE, NotDone, Wrong
from site_builder.edit.shelves import whole_files
from site_builder.edit.splices import Splice, spliced
from site_builder.edit.unnamed import unnamed
from site_builder.files.tree import CONFIG, MAX_BYTES
from site_builder.journal.contact import Contact
from site_builder.journal.mails import of_mail
from site_builder.problems.problem import Problem, Severity
from site_builder.source.document import decode
from site_builder.source.yaml_nodes import Scalar

_FEW = 20
_SHORTEST = 3
_NEAR = 80
_ADDRESSES = ("email", "phone", "url")


class Left(NamedTuple):
    """A line that may still speak of somebody, and the column (1-based) where it does: a word of
    the name stands in it, the id, or what may be their name or number written otherwise. Line and
    column are 0 where it is the name of the file."""

    path: str
    line: int
    column: int
    text: str


class Forgotten(NamedTuple):
    """What takes a contact out of a journal: the ``changes``; what is ``wrong`` then, and was not;
    the lines ``left`` for somebody to look at, of ``how_many``; the ``path`` of its file; the
    ``patterns`` for git filter-repo, by which it is found elsewhere, and the ``word`` that stands
    in its place."""

    changes: tuple[Change, ...]
    wrong: tuple[Problem, ...]
    left: tuple[Left, ...]
    how_many: int
    path: str
    patterns: tuple[str, ...]
    word: str


class _Meant(NamedTuple):
    """What means a contact and nobody else: its id, which the ``renaming`` has, with the word for
    it; ``texts``, the ``words`` among which mean it in a sentence too; and what is ``disguised``.
    The name and what means others as well is only ``seen``."""

    renaming: Renaming
    texts: tuple[str, ...]
    words: tuple[str, ...]
    seen: tuple[str, ...]
    disguised: Disguised


def forgotten(desk: Desk, said: str, *, is_sure: bool = False) -> Forgotten:
    """What takes a contact out. Raises NotDone where that can't be done, and Wrong where a file
    would be wrong then. Unless it ``is_sure`` who is meant, a part of an id is refused."""
    found = desk.find(said, ("contacts",))
    opened = desk.open(found)
    contact = opened.subject
    assert isinstance(contact, Contact)
    if not is_sure and not is_whole(said, found):
        raise NotDone(
            f"Is it `{contact.id}`, {contact.name}, who is to be forgotten? "
            f"Say the whole id: `dealog forget {contact.id}`."
        )
    meant = _meant(desk, contact)
    made, left = _taken_out(desk, opened.file, meant)
    return Forgotten(
        tuple(made),
        _wrong(desk, made),
        tuple(left[:_FEW]),
        len(left),
        opened.file.path,
        tuple(_patterns(contact, meant)),
        meant.renaming.new,
    )


def _patterns(contact: Contact, meant: _Meant) -> Iterator[str]:
    """What finds a contact in all that was ever written, each an expression."""
    yield from (spaced(text) for text in meant.words if text != contact.email)
    yield from meant.disguised.patterns(no_mail=contact.email not in meant.texts)


def _meant(desk: Desk, contact: Contact) -> _Meant:
    deals, others = desk.ids("deals"), _others(desk, contact)
    team = [person.name for person in desk.schema.team.values()]
    shared = _shared(others)
    every = tuple(_texts(contact, has_id=contact.id not in deals))
    disguised = Disguised(contact, others, team, {*deals, *(one.id for one in others)})
    texts = tuple(
        text for text in every if text.casefold() not in shared and not disguised.shares_web(text)
    )
    word = "a company" if contact.is_company else "somebody"
    return _Meant(
        renaming_of(desk, "contacts", contact.id, word),
        texts,
        # A number may be an amount too, and an address may be written otherwise.
        tuple(text for text in texts if text != contact.phone and not disguised.has_web(text)),
        (contact.name, *(text for text in every if text not in texts)),
        disguised,
    )


def _taken_out(desk: Desk, own: Existing, meant: _Meant) -> tuple[list[Change], list[Left]]:
    """The changes that take a contact out, whose ``own`` file goes, and the lines that are left."""
    made, left = [Change(own.path, own.data, None)], list[Left]()
    for file in whole_files(desk):
        if file.path != own.path:
            after = _without(desk, file, meant)
            left += _left(after.path, after.text, meant, after.id)
            if after.data != file.data:
                made.append(Change(file.path, file.data, after.data))
    config = decode(CONFIG, desk.ready.tree.read(CONFIG, MAX_BYTES), unheard) or ""
    return made, [*left, *_left(CONFIG, config, meant)]


def _others(desk: Desk, contact: Contact) -> list[Contact]:
    files = [f for f in desk.ready.listed.found if f.folder == "contacts" and f.id != contact.id]
    subjects = (read.subject for read in desk.ready.reading(files))
    return [each for each in subjects if isinstance(each, Contact)]


def _shared(others: Iterable[Contact]) -> frozenset[str]:
    """The names and addresses, in small letters, that mean another contact as well."""
    return frozenset(
        text.casefold() for each in others for text in (each.name.strip(), *_addresses(each))
    )


def _wrong(desk: Desk, made: Sequence[Change]) -> tuple[Problem, ...]:
    """What is wrong after changes and was not: a gate that asks for whom is gone is to be told, and
    anything else is to be mended first."""
    problems = desk.problems_after(made)
    errors = [p for p in problems if p.severity is Severity.ERROR and p.code != GATE]
    if errors:
        source = {c.path: decode(c.path, c.after, unheard) or "" for c in made if c.after}
        raise Wrong("Nothing was written, for this would be wrong.", errors, source)
    return tuple(problems)


def _texts(contact: Contact, *, has_id: bool) -> Iterator[str]:
    """The texts that mean this contact wherever they stand: the name, where it has several words,
    addresses, and the id where it has a hyphen and is no deal's too."""
    if " " in contact.name.strip():
        yield contact.name.strip()
    yield from _addresses(contact)
    if has_id and "-" in contact.id:
        yield contact.id


def _addresses(contact: Contact) -> Iterator[str]:
    yield from filter(None, (contact.email, contact.phone, contact.website, *contact.social))


def _without(desk: Desk, file: Existing, meant: _Meant) -> Existing:
    """A file without the contact in its fields, where these say one of its texts, its headings
    and its links, and then without its words, and what else surely means it, however they are
    written."""
    renaming = meant.renaming
    splices = [*_addressed(desk, file, meant)]
    if renaming.old in file.text:
        splices += unnamed(desk, file, renaming)
    if splices:
        file = with_bytes(file, spliced(file.data, splices))
    bom = b"\xef\xbb\xbf" if file.data.startswith(b"\xef\xbb\xbf") else b""
    text = file.data.removeprefix(bom).decode("utf-8")
    plain = _plain(renaming, meant.words)
    made = plain.sub(lambda found: _said(text, found.start(), renaming.new), text)
    made = _undisguised(made, renaming.new, meant.disguised)
    return file if made == text else with_bytes(file, bom + made.encode("utf-8"))


def _undisguised(text: str, word: str, disguised: Disguised) -> str:
    made, at = list[str](), 0
    for found in disguised.found(text):
        if found.is_sure:
            made += [text[at : found.start], _said(text, found.start, word)]
            at = found.end
    return "".join([*made, text[at:]])


def _addressed(desk: Desk, file: Existing, meant: _Meant) -> Iterator[Splice]:
    """What takes away the addresses in fields that pipelines give their deals: a word in place of
    one would be none."""
    own, gone = desk.schema.own_fields, {text.casefold() for text in meant.texts}
    for entry in file.document.front.entries:
        name, node = entry.key.text, entry.value
        is_own = file.path.startswith("deals/") and name in own and own[name].type in _ADDRESSES
        if is_own and isinstance(node, Scalar) and _is_address(node.text, gone, meant.disguised):
            yield from filter(None, [take_field(file, name)])


def _is_address(text: str, gone: Collection[str], disguised: Disguised) -> bool:
    said = text.strip()
    return said.casefold() in gone or disguised.has_phone(text) or disguised.has_web(said)


def _said(text: str, start: int, word: str) -> str:
    """The word in the place of what means somebody, which begins a sentence or does not."""
    before = text[max(0, start - _NEAR) : start].rstrip(" ")
    return word[:1].upper() + word[1:] if before[-1:] in ("", "\n", ".", "!", "?") else word


def _plain(renaming: Renaming, texts: Sequence[str]) -> re.Pattern[str]:
    """The texts as words, in any case and with any blanks between them, and links to the contact
    with their words."""
    link = (
        rf"\[\[[ ]*(?:contacts/)?{re.escape(renaming.old)}(?:#[^\[\]|\n]*)?(?:\\?\|[^\[\]\n]*)?\]\]"
    )
    longest = sorted(texts, key=len, reverse=True)
    words = [r"[^\S\n]+".join(map(re.escape, text.split())) for text in longest]
    plain = [rf"(?<![\w@/-]){word}(?![\w-])" for word in words if word]
    plain += [of_mail(text) for text in texts if "@" in text and "/" not in text]
    return re.compile("|".join([link] * renaming.has_links + plain) or "(?!)", re.IGNORECASE)


def _left(path: str, text: str, meant: _Meant, id: str = "") -> Iterator[Left]:
    """The lines of a file, and its own ``id``, in which a word of the contact's id stands or one of
    what is only seen, or what may be one of these in disguise."""
    old = meant.renaming.old.split("-")
    words = {*" ".join(meant.seen).split(), *old, *meant.disguised.words}
    known = [re.escape(word) for word in sorted(words) if len(word) >= _SHORTEST]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(known) or '(?!)'})(?!\w)", re.IGNORECASE)
    if pattern.search(id.replace("-", " ")):
        yield Left(path, 0, 0, id)
    starts = [one.start for one in meant.disguised.found(text)]
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        said = pattern.search(line)
        places = [said.start()] if said else []
        first = bisect_left(starts, at)
        if first < len(starts) and starts[first] <= at + len(line):
            places.append(starts[first] - at)
        if places:
            yield Left(path, number, min(places) + 1, line.strip())
        at += len(line) + 1
