"""Two journals to all that a change does."""

from __future__ import annotations

from tests.comparisons import between, deal

BROKEN = "---\n[\n---\n"


def test_what_can_t_be_understood_on_one_side_is_in_no_figure() -> None:
    rich = {"deals/x.md": deal("value: 5000\ncategory: commit")}
    for before, after in ((rich, {"deals/x.md": BROKEN}), ({"deals/x.md": BROKEN}, rich)):
        made = between(before, after)
        assert (made.deals, made.suspicions) == ((), ())
        assert all(row.before == row.after for row in made.forecast)
        assert [one.path for one in made.uncompared] == ["deals/x.md"]


def test_what_can_t_be_understood_before_and_after_is_told_where_it_changed() -> None:
    assert between({"deals/x.md": BROKEN}, {"deals/x.md": BROKEN}).uncompared == ()
    (one,) = between({"deals/x.md": BROKEN}, {"deals/x.md": BROKEN + "x"}).uncompared
    assert (one.before, one.after) == (True, True)


def test_a_new_file_that_can_t_be_understood_is_told() -> None:
    (one,) = between({}, {"contacts/x.md": BROKEN}).uncompared
    assert (one.path, one.before, one.after) == ("contacts/x.md", False, True)


def test_nothing_changed() -> None:
    made = between({"deals/x.md": deal("value: 5")}, {"deals/x.md": deal("value: 5")})
    assert (made.deals, made.contacts, made.climbs, made.schema) == ((), (), (), ())
    assert (made.introduced, made.solved, made.suspicions, made.uncompared) == ((), (), (), ())
