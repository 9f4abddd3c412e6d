"""Which requests are heard: those that can be read in one way alone; and which may change files:
those of a page of this very run alone."""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection
from email.errors import FirstHeaderLineIsContinuationDefect, MissingHeaderBodySeparatorDefect
from email.message import Message
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

MOST_BYTES = 2 * 1024 * 1024
"""How long a request may be: a text of 256 KB, with its line ends and quotes escaped."""
HEADER = "X-Dealog-Token"
_DEFECTS = (MissingHeaderBodySeparatorDefect, FirstHeaderLineIsContinuationDefect)
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_FETCHED = {
    "Sec-Fetch-Site": ("same-origin",),
    "Sec-Fetch-Dest": ("empty",),
    "Sec-Fetch-Mode": ("cors", "same-origin"),
}
"""What a browser says of a request that a script of the same origin sends."""


class Refusal(NamedTuple):
    """Why a request is refused."""

    status: HTTPStatus
    why: str


def fault_of(headers: Message, version: str) -> str:
    """Why what stands before a request's body can be read in more than one way, and so by another
    program otherwise than by this one (RFC 9112, 3.2, 5 and 6.3); nothing where it can't."""
    hosts, lengths = (headers.get_all(name) or [] for name in ("Host", "Content-Length"))
    if any(isinstance(one, _DEFECTS) for one in headers.defects) or _has_controls(headers):
        return "A header is a name, a colon and a value on one line."
    if len(hosts) > 1 or (not hosts and version == "HTTP/1.1"):
        return "A request names one host."
    if len(lengths) > 1 or not all(_is_number(str(length)) for length in lengths):
        return "A request says once, in digits, how long it is."
    if headers.get("Transfer-Encoding") is not None and lengths:
        return "A request is as long as it says, or comes in parts, and not both."
    return ""


def refusal_of_address(target: str, headers: Message, names: Collection[str]) -> Refusal | None:
    """Why what is asked for is not this server's, which has such ``names``; None where it is. A
    target that names a host means that one, whatever the header says (RFC 9112, 3.2.2)."""
    is_own = _only(headers, "Host").lower() in names
    if not target.startswith("/"):
        url = _address(target)
        if url is None:
            return Refusal(HTTPStatus.BAD_REQUEST, "This is no address.")
        is_own = is_own and url.scheme == "http" and url.netloc.lower() in names
    return None if is_own else _forbidden("This server answers to its own address alone.")


def _address(target: str) -> SplitResult | None:
    """The parts of a whole address; nothing where it is none."""
    try:
        url = urlsplit(target)
    except ValueError:
        return None
    return url if url.scheme else None


def has_body(headers: Message) -> bool:
    """Whether something follows the headers of a request."""
    return headers.get("Transfer-Encoding") is not None or headers.get("Content-Length", "0") != "0"


def _has_controls(headers: Message) -> bool:
    """Whether a value goes over lines, or has in it what nobody sees."""
    return any(_CONTROLS.search(str(value)) for value in headers.values())


def refusal(headers: Message, token: str) -> Refusal | None:
    """Why a request, whose address is this server's, may change nothing; None where it may.
    ``token`` is that of this run."""
    host, origin = _only(headers, "Host").lower(), _only(headers, "Origin").lower()
    if origin != f"http://{host}":
        return _forbidden("A page of this server alone may change anything.")
    if any(_only(headers, name) not in values for name, values in _FETCHED.items()):
        return _forbidden("A page alone may change anything, by a request of its own script.")
    if not hmac.compare_digest(_only(headers, HEADER).encode("latin-1", "replace"), token.encode()):
        return _forbidden("This page is of an earlier run: load it again.")
    return _refusal_of_body(headers)


def _refusal_of_body(headers: Message) -> Refusal | None:
    if _only(headers, "Content-Type") != "application/json":
        return Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Only JSON is understood.")
    length = _only(headers, "Content-Length")
    if headers.get("Transfer-Encoding") is not None or not _is_number(length):
        return Refusal(HTTPStatus.LENGTH_REQUIRED, "A request says how long it is.")
    if int(length) > MOST_BYTES:
        return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is too much at once.")
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12


def _only(headers: Message, name: str) -> str:
    """A header that stands there once; nothing for others."""
    found = headers.get_all(name) or []
    return str(found[0]) if len(found) == 1 else ""


def _forbidden(why: str) -> Refusal:
    return Refusal(HTTPStatus.FORBIDDEN, why)
