from __future__ import annotations

import pytest

from site_builder.edit.refusals import NotDone
from site_builder.edit.said_values import person_named, said_items, said_value
from tests.catalogue import PIPELINE
from tests.edit.desks import desk

FILES = {
    "pipeline.yml": PIPELINE.replace(
        "team:\n", "team:\n  max: {name: Max Lind}\n  mara: {name: Mara Roth}\n"
    ),
    "contacts/bob-poe.md": "---\nname: Bob Poe\n---\n",
}
DESK = desk(FILES)


@pytest.mark.parametrize(
    ("type", "said", "means"),
    [
        ("contact", "jane", "jane-roe"),
        ("contact", "[[jane-roe|Jane]]", "[[jane-roe|Jane]]"),
        ("contact", "", ""),
        ("deal", "acm", "acme"),
        ("participant", "bob economic buyer", "bob-poe economic buyer"),
        ("participant", "[[bob-poe]] user", "[[bob-poe]] user"),
        ("source", "referral jane", "referral jane-roe"),
        ("source", "referral by jane", "referral by jane"),
        ("source", "A fair", "A fair"),
        ("date", "fri", "2026-11-27"),
        ("date", "30.11.2026", "30.11.2026"),
        ("date-or-text", "+2d", "2026-11-22"),
        ("date-or-text", "in spring", "in spring"),
        ("dated-text", "tomorrow Ask  Bob", "2026-11-21 Ask  Bob"),
        ("money", "500", "500 USD"),
        ("person", "max", "max"),
        ("person", "Mara Roth", "mara"),
        ("person", "mari", "maria"),
        ("text", "fri", "fri"),
    ],
)
def test_what_is_said(type: str, said: str, means: str) -> None:
    assert said_value(DESK, type, said, "300 USD") == means


def test_a_day_that_is_past() -> None:
    assert said_value(DESK, "date", "fri", is_past=True) == "2026-11-13"


@pytest.mark.parametrize(
    ("type", "words", "means"),
    [
        ("participant", ["jane champion", "bob"], ("jane-roe champion", "bob-poe")),
        ("participant", ["jane,bob user"], ("jane-roe", "bob-poe user")),
        ("text", ["a", "b, c"], ("a", "b", "c")),
        (
            "dated-text",
            ["2026-12-24", "50,", "at", "last", "tomorrow Fair"],
            ("2026-12-24 50, at last", "2026-11-21 Fair"),
        ),
    ],
)
def test_lists(type: str, words: list[str], means: tuple[str, ...]) -> None:
    assert said_items(DESK, type, words) == means


@pytest.mark.parametrize(
    ("type", "said", "why"),
    [
        ("contact", "joe", "There is no contact `joe`."),
        ("participant", "champion", "A role stands with its contact in quotes"),
        ("person", "mar", "`mar` may be `mara`, `maria`: which one?"),
        ("person", "marai", "Nobody of the team is `marai`. Did you mean `mar"),
    ],
)
def test_nobody_and_several(type: str, said: str, why: str) -> None:
    with pytest.raises(NotDone, match="(?s).*") as refused:
        said_value(DESK, type, said)
    assert why in str(refused.value)


def test_a_person_by_the_id_that_begins_another() -> None:
    assert person_named(DESK, "max").name == "Max Lind"
