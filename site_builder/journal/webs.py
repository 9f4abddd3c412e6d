"""Addresses of the web, and where they stand in texts, whatever of them is written there: with or
without scheme, `www.` and what follows the path, in any case, with `[.]` or `dot` for a point."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple
from urllib.parse import unquote

from site_builder.journal.mails import DOT

_LABEL = r"[^\W_]++(?:-+[^\W_]+)*"
_ENDS = r"\s<>()\[\]{}\"'`|*"
_REST = rf"(?:\\?[/?#&]|%2[36F]|%3F)(?:[^{_ENDS}]*[^{_ENDS}.,;:!?_~])?"
"""What may stand behind a host, without the marks of the sentence in which it stands."""
_SAID = re.compile(rf"(?i)(?<![^\W_])(?<!-)(?:https?://)?({_LABEL}(?:{DOT}{_LABEL})+)(?::[0-9]+)?")
_BEHIND = re.compile(rf"(?i)(?:{_REST})?")
_CODE = re.compile(r"(?<=%)[0-9A-Fa-f]{2}")
"""A sign within an address that is part of another one, as `%2F` for a slash."""
_CODES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SIGNS = "~-_./?#&=@+:"
"""What is read, beside letters, where it is written as in `%7E`."""
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
"""What Markdown does not show before a sign."""
_MOST_CODE = 12
"""So many characters may be written for one of a path."""
_DOT = re.compile(rf"(?i){DOT}")
_ADDRESS = re.compile(
    rf"(?i)https?://(?:[^/?#@\s]*@)?({_LABEL}(?:\.{_LABEL})+)\.?(?::[0-9]+)?(\S*)"
)
_PART_ENDS = re.compile(r"(?![^\W_]|_[^\W_]|[%~-]|[.@+][^\W_])")
"""Where a path may end of which a longer one is a part."""
_WORD = re.compile(r"[^\W_]+")
_WWW = "www."
_MOST_LABELS = 10
"""So many words of a host are looked at, the last: more of them say nothing of whose it is."""
_MERE_QUERY = re.compile(
    r"[?&](?:utm_\w*|locale|lang|hl|ref|trk|originalsubdomain|igshid|fbclid|gclid)=[^&]*"
)
"""What tells where somebody came from, and not where they are led."""
_ROUTES = ("/", "!")
"""With these begins a fragment that leads somewhere, as a path does, where there is none."""
_FRONT = re.compile(
    r"(?:/(?:index\.\w+|home|(?:cs|da|de|en|es|fi|fr|it|ja|nb|nl|no|pl|pt|ru|sv|zh)(?:[-_][a-z]{2})?))+"
)
"""The path of a front page, which is no more than its host."""


class Place(NamedTuple):
    """A host, without `www.`, and a path, which has a slash before it and none behind."""

    host: str
    path: str


_ByHost = dict[str, dict[int, set[str]]]
"""The paths of places by host and by their length, the shortest first."""


class Web(NamedTuple):
    """Where an address stands in a text, and the place that it leads to, or what is within that."""

    start: int
    end: int
    place: Place


class Webs:
    """The places of some ``addresses``, to be found in texts; but for those that ``known``
    addresses lead to or within, or of which the host is that of ``mails``."""

    def __init__(
        self, addresses: Iterable[str], known: Iterable[str] = (), mails: Iterable[str] = ()
    ) -> None:
        mine = {place for text in addresses if (place := place_of(text))}
        others = [place for text in known if (place := place_of(text))]
        others += [Place(mail.rpartition("@")[2].casefold(), "") for mail in mails]
        every = _by_host(mine)
        self._paths = _by_host(mine.difference(*[_leading(*place, every) for place in others]))
        self._longest = max([len(place.path) for place in mine], default=0) + 2
        words = [_WORD.findall(host) for host in self._paths]
        self._firsts = frozenset(next(filter(str.isascii, each), each[-1]) for each in words)
        self._lasts = frozenset(each[-1] for each in words)

    def __bool__(self) -> bool:
        return bool(self._paths)

    def __contains__(self, address: object) -> bool:
        """Whether an address is one of those that are found."""
        place = place_of(address) if isinstance(address, str) else None
        return place is not None and place in _leading(*place, self._paths)

    @property
    def neighbours(self) -> Iterator[tuple[str, str]]:
        """All words, in small letters, that stand side by side in one of them."""
        for host, paths in self._paths.items():
            for path in chain(*paths.values()):
                yield from pairwise(_WORD.findall(f"{host}{path}"))

    @property
    def places(self) -> Iterator[Place]:
        """Where they lead to, in their order."""
        for host, paths in sorted(self._paths.items()):
            yield from (Place(host, path) for path in sorted(chain(*paths.values())))

    def may_be_in(self, words: Collection[str]) -> bool:
        """Whether one may stand in a text of such words, which are in small letters."""
        return not (self._firsts.isdisjoint(words) or self._lasts.isdisjoint(words))

    def spans(self, text: str) -> Iterator[Web]:
        """Where they stand in a text, whole: with what is before the host and behind the path."""
        done = 0
        for said in _SAID.finditer(text) if self._paths else ():
            if said.start() >= done and (found := self._at(said, text)):
                done = found.end
                yield found

    def _at(self, said: re.Match[str], text: str) -> Web | None:
        """What is said there, in whole; or behind the `%2F` of another address; or before what is
        tied to its last word, as in `acme.example-based`: no last word of a host has a dash."""
        rest = _read(text[said.end() : said.end() + self._longest * _MOST_CODE])
        code = _CODE.match(text, said.start(1))
        for start in (code.end(), said.start()) if code else (said.start(),):
            host = text[max(start, said.start(1)) : said.end(1)]
            if place := next(_leading(_host(host), rest, self._paths), None):
                return Web(start, _end(text, said.end()), place)
            *_, last = _DOT.split(host)
            whole = host.removesuffix("-" + last.partition("-")[2])
            if place := next(_leading(_host(whole), "", self._paths), None):
                return Web(start, said.end(1) - len(host) + len(whole), place)
        return None


def _read(path: str) -> str:
    """A path in small letters, as it is read: `/~jane` for `/%7EJane` and for `/\\~jane`."""
    if "\\" in path:
        path = _ESCAPE.sub("", path)
    return (_CODES.sub(_decoded, path) if "%" in path else path).casefold()


def _decoded(code: re.Match[str]) -> str:
    said = unquote(code[0])
    return said if all(sign.isalnum() or sign in _SIGNS for sign in said) else code[0]


def _host(said: str) -> str:
    return _DOT.sub(".", said).casefold()


def _end(text: str, at: int) -> int:
    """Where an address ends of which the host does there."""
    behind = _BEHIND.match(text, at)
    return behind.end() if behind else at


def place_of(address: str) -> Place | None:
    """The place that an address of the web leads to; None where it is none, as of mail."""
    said = _ADDRESS.fullmatch(address.strip().casefold())
    if said is None:
        return None
    path, _, fragment = said[2].partition("#")
    if path in ("", "/") and fragment[:1] in _ROUTES:
        path = f"/#{fragment}"
    path = _read(_MERE_QUERY.sub("", path)).rstrip("/?_~.,;:!")
    return Place(said[1].removeprefix(_WWW), "" if _FRONT.fullmatch(path) else path)


def of_web(place: Place) -> str:
    """What finds a place, however it is written, as an expression for bytes."""
    host = DOT.join(map(re.escape, place.host.split(".")))
    ends = (
        r"(?!%(?!2[36F]|3[ADF]))(?![~-])(?![.@+]?\w)"
        if place.path
        else r"(?!\w)(?!-[\w-]*\.\w)(?!\.\w)"
    )
    path = "".join(map(_of_sign, place.path))
    labels = rf"(?:[0-9A-Za-z-]+\.){{0,{_MOST_LABELS}}}"
    before = (
        rf"(?:(?<=%[0-9A-Fa-f]{{2}})|(?<![\w-])(?<!%(?=[0-9A-Fa-f]{{2}})))(?:https?://)?{labels}"
    )
    return rf"{before}{host}(?::[0-9]+)?{path}{ends}(?:{_REST})?"


def _of_sign(sign: str) -> str:
    """What finds a sign of a path, also as `%7E` writes it, and behind a backslash."""
    if sign.isascii():
        return sign if sign.isalnum() else rf"(?:\\?{re.escape(sign)}|{_coded(sign)})"
    return f"(?:{'|'.join(form for each in (sign, sign.upper()) for form in (each, _coded(each)))})"


def _coded(sign: str) -> str:
    return "".join([f"%{byte:02X}" for byte in sign.encode()])


def _by_host(places: Iterable[Place]) -> _ByHost:
    found: _ByHost = {}
    for host, path in sorted(places, key=lambda place: len(place.path)):
        found.setdefault(host, {}).setdefault(len(path), set()).add(path)
    return found


def _leading(said: str, rest: str, places: _ByHost) -> Iterator[Place]:
    """The places that a host and what stands behind it lead to or within: of each host that it is
    part of, the shortest path first."""
    for host in _hosts(said):
        for length, paths in places.get(host, {}).items():
            is_end = not length or _PART_ENDS.match(rest, length)
            if is_end and rest[:length] in paths:
                yield Place(host, rest[:length])


def _hosts(host: str) -> Iterator[str]:
    """A host, and each that it is part of, but for the last word alone."""
    labels = host.split(".")[-_MOST_LABELS:]
    yield from (".".join(labels[at:]) for at in range(len(labels) - 1))


NO_WEBS = Webs(())
