"""Which requests may change files: those of a page of this very run alone."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from email.message import Message
from http import HTTPStatus
from typing import NamedTuple

MOST_BYTES = 2 * 1024 * 1024
"""How long a request may be: a text of 256 KB, with its line ends and quotes escaped."""
HEADER = "X-Dealog-Token"
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


def refusal(headers: Message, names: Collection[str], token: str) -> Refusal | None:
    """Why a request may change nothing; None where it may. ``names`` are those of this server,
    ``token`` is that of its run."""
    host, origin = _only(headers, "Host").lower(), _only(headers, "Origin").lower()
    if host not in names or origin != f"http://{host}":
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
