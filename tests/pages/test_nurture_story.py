"""The story of a deal that sleeps or slept."""

from __future__ import annotations

from dataclasses import replace

from site_builder.journal.note import Note
from site_builder.pages.nurture import nurture
from tests.by_hand import LEAD, PARKED, WON, context, deal, journal, note


def said(date: str, headline: str) -> Note:
    return replace(note(date, "call"), headline=headline)


def told(*notes: Note) -> list[tuple[str, str]]:
    """Its pieces, each with the anchor that it leads to."""
    made = nurture(context(journal(deal("a", notes[-1].stage or PARKED, notes))))
    (one,) = made.sections[0].stories
    assert (one.head.text, one.head.path) == ("A", "deals/a.html")
    return [(part.lead + part.text, part.path.partition("#")[2]) for part in one.parts]


BEGAN = note("2026-01-01", "stage", stage=LEAD)
PUT_TO_BED = note("2026-02-01", "stage", stage=PARKED)


def test_each_stretch_says_how_long_it_was_and_what_was_said() -> None:
    silent = [note(f"2026-01-0{n}", "call") for n in (3, 4)]
    first = (BEGAN, said("2026-01-02", "Not now."), *silent)
    notes = (*first, PUT_TO_BED, said("2026-11-20", "Greetings"))
    assert told(*notes) == [
        ("Awake from 1 Jan 2026 for 31 days", ""), (": Not now", "note-2026-01-02"),
        ("; and 2 more without a headline", ""), (". ", ""),
        ("Asleep since 1 Feb 2026 for 292 days", ""), (": Greetings", "note-2026-11-20"), (". ", ""),
    ]  # fmt: skip


def test_of_much_that_was_said_the_last_is_told_and_the_rest_counted() -> None:
    many = [said(f"2026-02-0{n}", f"Said {n}") for n in range(2, 7)]
    woken = replace(note("2026-03-01", "stage", stage=WON), headline="Signed")
    assert [text for text, _ in told(BEGAN, PUT_TO_BED, *many, woken)][2:] == [
        "Asleep from 1 Feb 2026 for 28 days", ": 2 earlier", "; Said 4", "; Said 5", "; Said 6", ". ",
        "Won on 1 Mar 2026", ": Signed", ". ",
    ]  # fmt: skip


def test_every_sleeper_has_its_story_whatever_its_notes_say() -> None:
    silent = deal("a", PARKED, (BEGAN, replace(PUT_TO_BED, headline="Was Lead")))
    undated = deal("b", PARKED)
    called = deal("c", PARKED, (BEGAN, note("2026-01-02", "call"), PUT_TO_BED))
    (asleep,) = nurture(context(journal(silent, undated, called))).sections
    assert ["".join(part.lead + part.text for part in one.parts) for one in asleep.stories] == [
        "Awake from 1 Jan 2026 for 31 days. Asleep since 1 Feb 2026 for 292 days: Was Lead. ",
        "Asleep since nobody knows when.",
        "Awake from 1 Jan 2026 for 31 days: Call on 2 Jan. Asleep since 1 Feb 2026 for 292 days. ",
    ]
    assert asleep.stories[2].parts[1].path == "deals/c.html#note-2026-01-02"
