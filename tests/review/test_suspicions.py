"""What should make a reviewer look twice, each at its place, and what gives no cause."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.catalogue import BASE
from tests.comparisons import between, deal, looks

_TWO = {
    **BASE,
    "pipeline.yml": BASE["pipeline.yml"].replace("team:\n", "team:\n  tomas: {name: Tomas}\n"),
}
OLD = "## 2026-10-05 call with jane-roe — Prices\n\nGood.\n\n"
ENTRY = "## 2026-10-06 stage qualification\n\n"
LOST = deal("lost-reason: price", "## 2026-10-06 stage lost\n", "lost")


def codes(before: str, after: str, begun: dt.date | None = dt.date(2026, 11, 1)) -> list[str]:
    made = between({"deals/x.md": before}, {"deals/x.md": after}, begun=begun)
    assert all(problem.help for problem in made.suspicions)
    return [problem.code for problem in made.suspicions]


def test_places() -> None:
    before = {
        "deals/x.md": deal("probability: 20%", OLD + ENTRY, "qualification"),
        "deals/y.md": LOST,
    }
    after = deal(
        "probability: 40%",
        OLD.replace("Good", "Bad") + ENTRY.replace("10-06", "09-06"),
        "qualification",
    )
    made = between(before, {"deals/x.md": after.replace("maria", "tomas")}, base=_TWO)
    assert looks(made) == [
        ("deal-reassigned", "deals/x.md", 3, 8),
        ("probability-raised", "deals/x.md", 6, 14),
        ("history-rewritten", "deals/x.md", 9, 4),
        ("stage-redated", "deals/x.md", 13, 4),
        ("deal-deleted", "deals/y.md", 1, 1),
    ]
    said = " ".join(problem.message + problem.help for problem in made.suspicions)
    assert "from `20%` to `40%`" in said
    assert "`x` was `maria`'s and is now `tomas`'s" in said
    assert "says something else than it did: text" in said
    assert "entered `qualification` on 2026-10-06, and now on 2026-09-06" in said


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (OLD, "", ["history-rewritten"]),
        (OLD, OLD + ENTRY.replace("10-06", "11-02"), []),
        (OLD, OLD + ENTRY, ["backdated-note"]),
        (OLD, OLD + ENTRY + "override:: Told only now\n", ["backdated-note"]),
        (OLD, OLD + ENTRY.replace("\n\n", "\noverride:: Told only now\n"), []),
        (ENTRY, ENTRY.replace("\n\n", "\noverride:: They asked for it\n"), []),
        (ENTRY, ENTRY.replace("10-06", "10-07").replace("\n\n", "\noverride:: Typed wrongly\n"), []),
        (OLD, OLD.replace("10-05", "10-04"), ["history-rewritten"]),
        (OLD, OLD.replace("Good.", "Good."), []),
        (ENTRY, ENTRY.replace("stage qualification", "call"), ["history-rewritten", "backdated-note"]),
    ],
)  # fmt: skip
def test_notes(before: str, after: str, found: list[str]) -> None:
    stage = "qualification" if "stage" in before else "lead"
    now = "qualification" if "stage" in after else "lead"
    assert codes(deal(notes=before, stage=stage), deal(notes=after, stage=now)) == found


def test_without_a_commit_before_nothing_is_backdated() -> None:
    assert codes(deal(notes=OLD), deal(notes=OLD + ENTRY, stage="qualification"), None) == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (deal("probability: 20%"), deal("probability: 40%"), ["probability-raised"]),
        (deal("probability: 40%"), deal("probability: 20%"), []),
        (deal("probability: 40%"), deal(), []),
        (deal(), deal("probability: 40%"), []),
        (deal("probability: 20%"), deal("probability: 40%", "## 2026-11-02 call\n"), []),
    ],
)
def test_probabilities(before: str, after: str, found: list[str]) -> None:
    assert codes(before, after) == found


def test_the_first_estimate_is_raised_over_what_the_stage_says() -> None:
    base = {
        **BASE,
        "pipeline.yml": BASE["pipeline.yml"].replace("lead: {", "lead: {probability: 30%, "),
    }
    for estimate, found in (("20%", []), ("40%", ["probability-raised"])):
        made = between(
            {"deals/x.md": deal()}, {"deals/x.md": deal(f"probability: {estimate}")}, base=base
        )
        assert [problem.code for problem in made.suspicions] == found


def test_a_note_that_says_who_owns_it_is_the_place_of_a_deal_that_was_reassigned() -> None:
    note = "## 2026-11-02 call\nowner:: tomas\n"
    made = between(
        {"deals/x.md": deal()}, {"deals/x.md": deal(notes=note, owner="tomas")}, base=_TWO
    )
    assert looks(made) == [("deal-reassigned", "deals/x.md", 9, 9)]


def test_deals_that_go() -> None:
    won = deal(
        stage="won", notes="## 2026-10-06 call\n- [x] decision-map\n\n## 2026-10-06 stage won\n"
    )
    for text, found in ((LOST, ["deal-deleted"]), (won, ["deal-deleted"]), (deal(notes=OLD), [])):
        assert [p.code for p in between({"deals/x.md": text}, {}).suspicions] == found
    assert between({"deals/x.md": LOST}, {"deals/y.md": LOST}).suspicions == ()


def test_a_new_deal_brings_its_past_and_is_looked_at_only_where_it_was_won_then() -> None:
    assert (
        between({}, {"deals/x.md": deal(notes=OLD + ENTRY, stage="qualification")}).suspicions == ()
    )
    won = "## 2026-10-06 stage won\n- [x] decision-map\n"
    made = between({}, {"deals/x.md": deal(notes=OLD + won, stage="won")})
    assert looks(made) == [("backdated-note", "deals/x.md", 12, 4)]


def test_a_note_that_went_into_another_file_is_no_rewritten_history() -> None:
    person = "---\nname: X\n---\n\n"
    made = between(
        {"deals/x.md": deal(notes=OLD), "contacts/x.md": person},
        {"deals/x.md": deal(), "contacts/x.md": person + OLD},
    )
    assert made.suspicions == ()
    twice = between(
        {"deals/x.md": deal(notes=OLD), "deals/y.md": deal(notes=OLD).replace("Roll", "R"),
         "contacts/x.md": person},
        {"deals/x.md": deal(), "deals/y.md": deal().replace("Roll", "R"),
         "contacts/x.md": person + OLD},
    )  # fmt: skip
    assert [problem.code for problem in twice.suspicions] == ["history-rewritten"]


def test_merged_contacts_rewrite_no_history() -> None:
    one, two = "---\nname: Jane Roe\n---\n\n", "---\nname: J. Roe\nemail: J@r.example\n---\n\n"
    kept = two.replace("J@", "j@").replace("J. Roe", "Jane Roe-Ford")
    note = "## 2026-10-01 know\n\nSaid of [[{0}]].\n\n"
    before = {
        "contacts/a.md": two + note.format("a"),
        "contacts/b.md": kept,
        "contacts/jane-roe.md": one,
        "deals/x.md": deal("contacts: [a]", "## 2026-10-05 call with a\n"),
    }
    after = {
        **before,
        "contacts/b.md": kept + note.format("b"),
        "deals/x.md": deal("contacts: [b]", "## 2026-10-05 call with b\n"),
    }
    after.pop("contacts/a.md")
    made = between(before, after)
    assert [(c.id, c.what) for c in made.contacts] == [("a", "removed"), ("b", "changed")]
    assert (made.suspicions, made.deals, made.climbs) == ((), (), ())


@pytest.mark.parametrize(
    ("before", "after", "says", "typed"),
    [
        (
            deal("probability: 20%", OLD),
            deal("probability: 40%", OLD),
            "with `probability:: 40%` in it",
            deal("probability: 40%", OLD + "## 2026-11-19 note — They said so\nprobability:: 40%\n"),
        ),
        (deal(notes=OLD), deal(notes=OLD.replace("10-05", "10-02")), "Write 2026-10-05 again", deal(notes=OLD)),
        (
            deal("", ENTRY, "qualification"),
            deal("", ENTRY.replace("10-06", "09-06"), "qualification"),
            "put `override:: REASON` ",
            deal("", ENTRY.replace("10-06", "09-06").replace("\n\n", "\noverride:: REASON\n"), "qualification"),
        ),
        (deal(), deal(owner="tomas"), "write `owner: maria` again", deal()),
        (deal(notes=OLD), deal(), "Put it back", deal(notes=OLD)),
        (LOST, None, "Put `deals/x.md` back", LOST),
    ],
)  # fmt: skip
def test_typing_what_the_help_says_leaves_nothing_to_look_at(
    before: str, after: str | None, says: str, typed: str
) -> None:
    gone = {} if after is None else {"deals/x.md": after}
    (problem,) = between({"deals/x.md": before}, gone, base=_TWO).suspicions
    assert says in problem.help
    assert looks(between({"deals/x.md": before}, {"deals/x.md": typed}, base=_TWO)) == []
