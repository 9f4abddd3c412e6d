"""Contacts that are likely the same person or company: by mail, phone, address or name."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import combinations, pairwise, product, starmap
from typing import NamedTuple

from site_builder.insights.named import named_in
from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.journal.phones import FEWEST_DIGITS, digits_of, numbers_in
from site_builder.query.folding import folded

_NEAR = 12
"""With how many behind it in the order of names each name is compared."""
_SHARED = 3
"""What more people than these have is a switchboard or the like, and tells of those alone whose
names are alike."""
_ALIKE, _WORDS, _FIRST_NAMES, _LOOSELY = 90, 85, 80, 60
_SCHEME = re.compile(r"^[a-z]+:(?://)?(?:www\.)?")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset("dr prof mr mrs ms herr frau dipl ing phd".split())
_FORMS = frozenset(
    "ab ag as aps bv cie co company corp corporation eurl gbr gesellschaft gmbh inc incorporated "
    "kft kg kgaa limited llc llp ltd mbh nv ohg oy oyj plc pty sa sarl sas se sl spa sro srl "
    "the".split()
)


class Sign(StrEnum):
    """Why two contacts are likely the same."""

    MAIL = "email"
    PHONE = "phone"
    SOCIAL = "social"
    WEBSITE = "website"
    NAME = "name"
    NEARLY = "similar-name"


class Pair(NamedTuple):
    """Two that are likely the same, and why; ``kept`` is the one of which more is written."""

    gone: Contact
    kept: Contact
    sign: Sign
    value: str


class _Named(NamedTuple):
    """A contact with the words of its name, without titles and the forms of companies; those of a
    person also in the order of letters, for some write `Roe, Jane`."""

    contact: Contact
    words: list[str]
    bare: str


Likely = Iterator[tuple[_Named, _Named, Sign, str]]
Keys = Callable[[Contact], Iterable[str]]


def dupes(journal: Journal) -> list[Pair]:
    """Contacts that are likely the same, in the order in which they can be merged: one that goes
    is in no later pair. Two of which one names the other are two."""
    weights = _weights(journal)
    found: dict[tuple[str, str], tuple[Sign, str]] = {}
    for are_companies in (False, True):
        some = [_named(c) for c in journal.contacts if c.is_company is are_companies]
        for one, other, sign, value in _alike(some, are_companies):
            ids = sorted((one.contact.id, other.contact.id))
            found.setdefault((ids[0], ids[1]), (sign, value))
    by_id = {contact.id: contact for contact in journal.contacts}
    apart = cache(lambda id: frozenset(named_in(by_id[id])))
    near: dict[str, list[str]] = {}
    for one_id, other_id in list(found):
        if f"contacts/{one_id}" not in apart(other_id) and f"contacts/{other_id}" not in apart(
            one_id
        ):
            near.setdefault(one_id, []).append(other_id)
            near.setdefault(other_id, []).append(one_id)
    order = sorted(near, key=lambda id: (-weights[id], len(id), id))
    steps = [step for steps in _steps(order, near) for step in steps]
    return [
        Pair(by_id[gone], by_id[kept], *found[min(gone, kept), max(gone, kept)])
        for gone, kept in steps
    ]


def _steps(order: Sequence[str], near: dict[str, list[str]]) -> Iterator[list[tuple[str, str]]]:
    """Of those that hang together, who goes into whom, the farthest from the best first."""
    place = {id: n for n, id in enumerate(order)}
    seen = set[str]()
    for best in order:
        if best in seen:
            continue
        seen.add(best)
        steps, waiting = list[tuple[str, str]](), deque([best])
        while waiting:
            kept = waiting.popleft()
            for gone in sorted(near[kept], key=place.__getitem__):
                if gone not in seen:
                    seen.add(gone)
                    steps.append((gone, kept))
                    waiting.append(gone)
        yield steps[::-1]


def _weights(journal: Journal) -> Counter[str]:
    """How much is written of each contact: notes, fields and deals."""
    weights = Counter({c.id: 2 * len(c.notes) + len(c.spans) for c in journal.contacts})
    weights.update(id for deal in journal.deals for id in deal.people)
    return weights


def _named(contact: Contact) -> _Named:
    words = _WORD.findall(folded(contact.name))
    idle = _FORMS if contact.is_company else _TITLES
    words = [word for word in words if word not in idle] or words
    return _Named(contact, words, " ".join(words if contact.is_company else sorted(words)))


def _alike(some: Sequence[_Named], are_companies: bool) -> Likely:
    """Pairs that have something in common, the surest first; some of them several times."""
    keys: tuple[tuple[Sign, Keys], ...] = (
        (Sign.MAIL, lambda c: [c.email.lower()]),
        (Sign.SOCIAL, lambda c: map(_address, c.social)),
        (Sign.WEBSITE, lambda c: [_address(c.website)] if c.is_company else []),
    )
    for sign, key in keys:
        for value, group in _groups(some, key):
            yield from ((one, other, sign, value) for one, other in _few(group))
    yield from _by_phone(some, are_companies)
    yield from _by_name(some, are_companies)


def _groups(some: Iterable[_Named], keys: Keys) -> Iterator[tuple[str, list[_Named]]]:
    """Those that share a key, where several do."""
    groups: dict[str, list[_Named]] = {}
    for one in some:
        for key in dict.fromkeys(keys(one.contact)):
            if key:
                groups.setdefault(key, []).append(one)
    return ((key, group) for key, group in groups.items() if len(group) > 1)


def _few(group: list[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """The pairs of a few, or of many those that are next to one another and alike."""
    if len(group) <= _SHARED:
        return combinations(group, 2)
    return ((a, b) for a, b in _neighbours(group) if _are_loosely_alike(a, b))


def _neighbours(some: Iterable[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """Each with the next few in the order of names, forwards and backwards."""
    for step in (1, -1):
        rows = sorted(some, key=lambda one: (one.bare[::step], one.contact.id))
        for at, one in enumerate(rows):
            yield from ((one, other) for other in rows[at + 1 : at + 1 + _NEAR])


def _by_phone(some: Sequence[_Named], are_companies: bool) -> Likely:
    for _, group in _groups(some, lambda c: [n[-FEWEST_DIGITS:] for n in _numbers(c)]):
        for one, other in _few(group):
            two = product(_numbers(one.contact), _numbers(other.contact))
            is_same = any(starmap(_is_one_number, two))
            if is_same and (are_companies or _are_loosely_alike(one, other)):
                yield one, other, Sign.PHONE, one.contact.phone


def _numbers(contact: Contact) -> list[str]:
    """The digits of each of somebody's numbers."""
    return [digits_of(number) for number in numbers_in(contact.phone)]


def _is_one_number(one: str, other: str) -> bool:
    """Whether two numbers are one, of which an area or a country may be left out."""
    short, long = sorted((one, other), key=len)
    return len(short) >= FEWEST_DIGITS and long.endswith(short)


def _by_name(some: Sequence[_Named], are_companies: bool) -> Likely:
    names: dict[str, list[_Named]] = {}
    for one in some:
        names.setdefault(one.bare, []).append(one)
    for group in names.values():
        for one, other in pairwise(group):
            if are_companies or len(one.words) > 1 or _are_together(one, other):
                yield one, other, Sign.NAME, one.contact.name
    is_alike = _are_companies_alike if are_companies else _are_people_alike
    for one, other in _neighbours(some):
        if is_alike(one, other):
            yield one, other, Sign.NEARLY, other.contact.name


def _are_companies_alike(one: _Named, other: _Named) -> bool:
    """Whether each word is nearly that of the other, or all are that were written together."""
    if len(one.words) == len(other.words):
        pairs = zip(one.words, other.words, strict=True)
        return len(one.bare) > 5 and all(_ratio(*pair) >= _WORDS for pair in pairs)
    return _ratio(one.bare.replace(" ", ""), other.bare.replace(" ", "")) >= _ALIKE


def _are_people_alike(one: _Named, other: _Named) -> bool:
    """Whether names of one company are nearly the same, or of one and nobody knows which."""
    companies = {one.contact.company, other.contact.company} - {""}
    if len(companies) > 1 or len(one.words) < 2 or len(other.words) < 2:
        return False
    if one.words[-1] == other.words[-1] and _are_together(one, other):
        short, long = sorted((one.words[0], other.words[0]), key=len)
        is_initial = len(short) == 1 and long.startswith(short)
        return is_initial or _ratio(short, long) >= _FIRST_NAMES
    return _ratio(one.bare, other.bare) >= _ALIKE


def _are_together(one: _Named, other: _Named) -> bool:
    return bool(one.contact.company) and one.contact.company == other.contact.company


def _are_loosely_alike(one: _Named, other: _Named) -> bool:
    return not {*one.words}.isdisjoint(other.words) or _ratio(one.bare, other.bare) >= _LOOSELY


def _ratio(one: str, other: str) -> float:
    """How alike two names are, to 100; names with different numbers in them not at all."""
    from rapidfuzz import fuzz

    if _NUMBER.findall(one) != _NUMBER.findall(other):
        return 0
    return fuzz.ratio(one, other)


def _address(url: str) -> str:
    return _SCHEME.sub("", url.lower()).rstrip("/")
