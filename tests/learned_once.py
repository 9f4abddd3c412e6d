"""What a journal's past has taught, learned once for all sites and commands of a worker that have the
same journal on the same day. Tests of what is kept, and how long it takes, learn for themselves."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from site_builder.files.plain import Form
from site_builder.forecast import lessons
from site_builder.forecast.lessons import Lessons
from site_builder.journal.journal import Journal

_MOST = 60


class _Learned(NamedTuple):
    """What was made by a name, with texts and numbers ``more``, of a journal's past on a day: plain,
    as between runs, for what is made of a journal has its own pipelines."""

    name: str
    more: tuple[object, ...]
    today: dt.date
    past: Journal
    plain: object


_LATELY: deque[_Learned] = deque(maxlen=_MOST)
_kept = Lessons.kept


def _kept_once(self: Lessons, name: str, make: Callable[[], object], *more: object) -> object:
    """As `Lessons.kept`, and what it keeps is kept as ever; only to make it takes no time again. No
    digest is trusted: the whole journal is compared."""
    asked = name, more, self._insights.today, self._insights.past
    form = Form(lessons._KINDS, self._schema.pipelines)

    def once() -> object:
        for one in _LATELY:
            if one[:4] == asked:
                return form.thing(one.plain)
        made = make()
        _LATELY.appendleft(_Learned(*asked, form.plain(made)))
        return made

    return _kept(self, name, once, *more)


@pytest.fixture(autouse=True)
def learned_once() -> Iterator[None]:
    """For all tests of the rooms whose conftest.py has it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Lessons, "kept", _kept_once)
        yield


@pytest.fixture
def learned_anew(learned_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests there that learn for themselves."""
    monkeypatch.setattr(Lessons, "kept", _kept)
