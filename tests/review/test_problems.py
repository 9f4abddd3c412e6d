"""Problems that a change introduced, and those it solved."""

from __future__ import annotations

from tests.comparisons import between, deal

UNKNOWN = "contacts: [nobody]"


def found(before: dict[str, str], after: dict[str, str]) -> tuple[list[str], list[str]]:
    made = between(before, after)
    return [p.code for p in made.introduced], [p.code for p in made.solved]


def test_introduced_and_solved() -> None:
    assert found({"deals/x.md": deal()}, {"deals/x.md": deal(UNKNOWN)}) == (["unknown-contact"], [])
    assert found({"deals/x.md": deal(UNKNOWN)}, {"deals/x.md": deal()}) == ([], ["unknown-contact"])


def test_a_problem_that_stands_elsewhere_in_its_file_or_in_a_renamed_file_is_the_same() -> None:
    both = {"deals/x.md": deal(UNKNOWN)}, {"deals/x.md": deal(f"value: 5\n{UNKNOWN}")}
    assert found(*both) == ([], [])
    assert found({"deals/x.md": deal(UNKNOWN)}, {"deals/y.md": deal(UNKNOWN)}) == ([], [])


def test_a_problem_that_names_what_was_renamed_is_the_same() -> None:
    late = deal("close: 2026-01-01")
    codes = [p.code for p in between({}, {"deals/x.md": late}).introduced]
    assert "close-in-past" in codes
    assert found({"deals/x.md": late}, {"deals/y.md": late}) == ([], [])


def test_one_more_of_the_same_is_one_more() -> None:
    one, two = "## 2026-10-01 cal\n\n", "## 2026-10-02 cal\n\n"
    assert found({"deals/x.md": deal(notes=one)}, {"deals/x.md": deal(notes=one + two)}) == (
        ["unknown-kind"],
        [],
    )


def test_each_of_several_alike_stands_for_one() -> None:
    notes = [f"## 2026-10-0{day} cal\n\n" for day in (1, 2, 3)]
    two, three = ({"deals/x.md": deal(notes="".join(notes[:n]))} for n in (2, 3))
    assert found(two, three) == (["unknown-kind"], [])
    assert found(three, two) == ([], ["unknown-kind"])


def test_a_problem_in_a_file_that_did_not_change() -> None:
    person = {"contacts/xenia.md": "---\nname: X\n---\n"}
    with_x = {"deals/x.md": deal("contacts: [xenia]")}
    assert found({**person, **with_x}, with_x) == (["unknown-contact"], [])
