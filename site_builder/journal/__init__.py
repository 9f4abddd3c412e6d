"""The nouns of a journal, what held on which day, and the fields and types that there are.

Everything is frozen, typed, and knows where it was written. Nothing here reads files or the
clock. A contact or deal is referred to by its id, which the loader has checked:
``journal.contact(id)`` never fails on an id found in a journal. People, stages and pipelines are
referred to directly.

Probabilities are fractions from 0 to 1; durations are ``timedelta``; money is ``Decimal`` with an
ISO 4217 code (``XXX``, "no currency", where a journal names none).
"""
