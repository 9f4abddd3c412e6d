"""What a page shows, as a digest: what shows the same by the same template is the same page."""

from __future__ import annotations

import pickle
from hashlib import sha256
from io import BytesIO


def digest_of(*said: object) -> bytes:
    """Changes with anything that values hold; nothing where they hold what can't be compared,
    such as functions. Nothing is ever read from it."""
    data = BytesIO()
    pickler = pickle.Pickler(data, protocol=5)
    pickler.fast = True  # or it would matter which of equal parts are one object
    try:
        pickler.dump(said)
    except (pickle.PicklingError, AttributeError, TypeError, ValueError, RecursionError):
        return b""
    return sha256(data.getbuffer()).digest()
