from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest

from site_builder.cli.merge_file import merge_lines
from site_builder.edit.three_way import Merged, merged
from site_builder.edit.weave import Three
from tests.catalogue import PIPELINE, deal

NOTES = "Begun.\n\n## 2026-10-01 call\n\nGood.\n\n## 2026-10-05 stage lead\n"
BASE = deal(front="value: 500\ntags: [a, b]", notes=NOTES)


def no_lines(ours: bytes, base: bytes, theirs: bytes) -> Merged:
    raise AssertionError("merged line by line")


def both(base: str, ours: str, theirs: str, path: str = "deals/bad.md") -> str:
    """What two versions become without a conflict, either way."""
    made = {
        merged(path, Three(base.encode(), *(side.encode() for side in sides)), no_lines)
        for sides in ((ours, theirs), (theirs, ours))
    }
    ((data, conflicts),) = made
    assert conflicts == 0
    return data.decode()


def marked(base: str, ours: str, theirs: str, path: str = "deals/bad.md") -> Merged:
    three = Three(base.encode(), ours.encode(), theirs.encode())
    return merged(path, three, partial(merge_lines, 7))


def swap(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_notes_of_both_stand_by_date() -> None:
    ours = BASE + "\n## 2026-11-03 call — Ours\n\nOur text.\n\n## 2026-11-09 call — Late\n"
    theirs = BASE + "\n## 2026-11-05 email — Theirs\n"
    assert both(BASE, ours, theirs) == BASE + (
        "\n## 2026-11-03 call — Ours\n\nOur text.\n\n## 2026-11-05 email — Theirs\n"
        "\n## 2026-11-09 call — Late\n"
    )


def test_newest_first_they_stand_so_too() -> None:
    base = deal(notes="Begun.\n\n## 2026-10-05 call\n\n## 2026-10-01 call\n")
    ours = swap(base, ("## 2026-10-05", "## 2026-11-03 call\n\n## 2026-10-05"))
    theirs = swap(base, ("## 2026-10-05", "## 2026-11-05 email\n\n## 2026-10-05"))
    made = "## 2026-11-05 email\n\n## 2026-11-03 call\n\n## 2026-10-05"
    assert both(base, ours, theirs) == swap(base, ("## 2026-10-05", made))


def test_the_same_note_is_there_once() -> None:
    ours = BASE + "\n## 2026-11-03 call — Same\n"
    theirs = BASE + "\n## 2026-11-03 call — Same\n\n## 2026-11-04 call\n"
    assert both(BASE, ours, theirs) == theirs


def test_notes_of_one_moment_are_both_there() -> None:
    made = both(BASE, BASE + "\n## 2026-11-03 call — A\n", BASE + "\n## 2026-11-03 call — B\n")
    assert made == BASE + "\n## 2026-11-03 call — A\n\n## 2026-11-03 call — B\n"


def test_fields_side_by_side() -> None:
    ours = swap(BASE, ("value: 500\n", "value: 500 # theirs\nchannel: fair\n"))
    theirs = swap(
        BASE, ("stage: lead\n", "stage: lead\ncompany: acme\n"), ("500\n", "500\nneed: yes\n")
    )
    assert both(BASE, ours, theirs) == swap(
        BASE,
        ("stage: lead\n", "stage: lead\ncompany: acme\n"),
        ("value: 500\n", "value: 500 # theirs\nchannel: fair\nneed: yes\n"),
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "made"),
    [
        ("[a, b]", "[a, b, c]", "[z, a, b]", "[z, a, b, c]"),
        ("[a, b]", "[a]", "[a, b, c]", "[a, c]"),
        ("[a, b]", "[a, b, d]", "[a, b, c]", "[a, b, c, d]"),
        ('["a: x", b]', '["a: x", b, c]', '["a: x"]', '["a: x", c]'),
        ("[a] # ours", "[a, b] # ours", "[a, c] # ours", "[a, b, c] # ours"),
        ("\n  - a\n  - b", "\n  - a\n  - b\n  - c", "\n  - z\n  - a", "\n  - z\n  - a\n  - c"),
        ("\n  - a", "[a, b]", "\n  - a\n  - c", "[a, b, c]"),
    ],
)
def test_items_of_lists(base: str, ours: str, theirs: str, made: str) -> None:
    text = deal(front="tags: §")
    gap = "" if base[:1] == "\n" else " "
    values = (value if value[:1] == "\n" else f" {value}" for value in (base, ours, theirs, made))
    assert gap in ("", " ")
    b, o, t, m = (text.replace(" §", value) for value in values)
    assert both(b, o, t) == m


@pytest.mark.parametrize("base", ["[a,\n  b]", "[[a], b]", "[a, b, b]", "[a, a\n  b]"])
def test_a_list_that_is_not_item_by_item_is_a_conflict(base: str) -> None:
    text = deal(front=f"tags: {base}")
    made = marked(text, swap(text, ("b]", "b, c]")), swap(text, ("[a", "[z, a")))
    assert made.conflicts == 1 and b"b, c]\n" in made.data and b"[z, a" in made.data


def test_who_takes_part_is_told_by_the_id() -> None:
    text = deal(front="contacts: [§]")
    b, o, t = (text.replace("§", v) for v in ("jane", "jane champion", "jane, tom user"))
    assert both(b, o, t) == text.replace("§", "jane champion, tom user")
    made = marked(b, o, text.replace("§", "jane buyer"))
    assert made.conflicts == 1


def test_the_field_follows_the_later_note() -> None:
    ours = swap(BASE, ("value: 500", "value: 700")) + "\n## 2026-11-03 change\nvalue:: 700\n"
    theirs = swap(BASE, ("value: 500", "value: 900")) + "\n## 2026-11-05 change\nvalue:: 900\n"
    made = both(BASE, ours, theirs)
    assert made == theirs.replace(
        "## 2026-11-05", "## 2026-11-03 change\nvalue:: 700\n\n## 2026-11-05"
    )


def test_so_it_does_where_the_later_note_says_what_was() -> None:
    ours = swap(BASE, ("value: 500", "value: 700")) + "\n## 2026-11-03 change\nvalue:: 700\n"
    theirs = BASE + "\n## 2026-11-05 change\nvalue:: 500\n"
    assert "\nvalue: 500\n" in both(BASE, ours, theirs)


def test_a_field_that_no_note_explains_is_a_conflict() -> None:
    ours = swap(BASE, ("value: 500", "value: 700")) + "\n## 2026-11-03 change\nvalue:: 700\n"
    theirs = swap(BASE, ("value: 500", "value: 900"))
    made = marked(BASE, ours, theirs)
    assert made.conflicts == 1
    assert (
        "\n<<<<<<< ours\nvalue: 700\n=======\nvalue: 900\n>>>>>>> theirs\ntags:"
        in made.data.decode()
    )


def test_two_moves_of_one_day_are_a_conflict_in_one_line() -> None:
    ours, theirs = (
        swap(BASE, ("stage: lead", f"stage: {to}")) + f"\n## 2026-11-03 stage {to}\n"
        for to in ("qualification", "decision")
    )
    made = marked(BASE, ours, theirs)
    text = made.data.decode()
    assert made.conflicts == 1
    assert "<<<<<<< ours\nstage: qualification\n=======\nstage: decision\n>>>>>>> theirs\n" in text
    assert text.endswith("\n## 2026-11-03 stage decision\n\n## 2026-11-03 stage qualification\n")


SOLD = deal(
    front="value: 500\nclose: 2026-12-01\nprobability: 20%\ncategory: pipeline",
    notes="## 2026-11-01 change\nvalue:: 500\n",
)
CLOCKED = deal(front="value: 500", notes="## 2026-11-03 09:00 change\nvalue:: 500\n")


def noted(base: str, *rows: str) -> str:
    """A deal with some notes of a day, each `heading; field:: value; …`, whose front matter says
    what they set last."""
    for row in rows:
        heading, *fields = row.split("; ")
        base += "\n" + "\n".join((f"## 2026-11-03 {heading}", *fields)) + "\n"
        told = [field.split(":: ") for field in fields]
        told += [heading.split()[:2]] if heading.startswith("stage") else []
        for name, value in told:
            base = re.sub(rf"^{name}: .*", f"{name}: {value}", base, count=1, flags=re.MULTILINE)
    return base


@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [
        ("value", ["change; value:: 700"], ["stage decision; value:: 600"]),
        ("value", ["change; value:: 700"], ["call; value:: 600"]),
        ("value", ["change; value:: 700"], ["change; close:: 2026-12-22", "call; value:: 600"]),
        ("value", ["change; value:: 700"], ["call; value:: 600", "change; value:: 500"]),
        ("close", ["change; close:: 2026-12-22"], ["stage decision; close:: 2026-12-23"]),
        ("probability", ["change; probability:: 60%"], ["stage decision; probability:: 90%"]),
        ("category", ["change; category:: commit"], ["call; category:: best-case"]),
        ("owner", ["change; owner:: jonah"], ["call; owner:: ines"]),
        ("value", ["10:30 call", "change; value:: 700"], ["change; value:: 600"]),
        ("value", ["10:30 call; value:: 700"], ["change; value:: 600"]),
        ("stage", ["10:30 call", "stage decision"], ["stage negotiation"]),
    ],
)
def test_two_values_of_one_day_are_a_conflict_whatever_notes_set_them(
    name: str, ours: list[str], theirs: list[str]
) -> None:
    one, other = noted(SOLD, *ours), noted(SOLD, *theirs)
    for sides in ((one, other), (other, one)):
        made = marked(SOLD, *sides)
        left, right = (re.findall(rf"^{name}: .*\n", side, re.MULTILINE)[0] for side in sides)
        assert made.conflicts == 1
        assert f"<<<<<<< ours\n{left}=======\n{right}>>>>>>> theirs\n" in made.data.decode()


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "made"),
    [
        # Both noted the same, one of them before, or what the other had noted.
        (SOLD, ["change; value:: 600", "change; value:: 700"], ["call; value:: 700"], "700"),
        (SOLD, ["call; value:: 700"], ["call; value:: 700", "stage lead; value:: 600"], "600"),
        (SOLD, ["change; value:: 700", "call; value:: 600"], ["call"], "600"),
        # The clock tells, where all notes of the day give it.
        (CLOCKED, ["10:30 change; value:: 700"], ["14:00 call; value:: 600"], "600"),
        (CLOCKED, ["10:30 call; value:: 700"], ["10:00 change; value:: 600"], "700"),
    ],
)
def test_of_one_day_the_field_follows_the_note_that_is_known_to_be_later(
    base: str, ours: list[str], theirs: list[str], made: str
) -> None:
    assert f"\nvalue: {made}\n" in both(base, noted(base, *ours), noted(base, *theirs))


def test_the_field_follows_the_last_of_several_notes_of_one_day() -> None:
    ours = noted(SOLD, "change; value:: 600", "change; value:: 700")
    theirs = swap(SOLD, ("value: 500", "value: 900")) + "\n## 2026-11-05 call\nvalue:: 900\n"
    assert "\nvalue: 900\n" in both(SOLD, ours, theirs)


def test_a_field_follows_the_note_before_one_that_a_side_deleted() -> None:
    base = noted(SOLD, "change; value:: 700")
    assert "\nvalue: 500\n" in both(base, SOLD, noted(base, "call"))


def test_a_field_is_a_conflict_where_the_last_note_is_of_neither_side() -> None:
    base = noted(SOLD, "change; value:: 700")
    theirs = swap(base, ("## 2026-11-03", "## 2026-11-02 call\nvalue:: 600\n\n## 2026-11-03"))
    for sides in ((SOLD, theirs), (theirs, SOLD)):
        assert marked(base, *sides).conflicts == 1


def test_a_level_noted_twice_on_one_day_is_a_conflict() -> None:
    base = "---\nname: Acme\nlevel: lead\n---\n\n## 2026-10-01 change\nlevel:: lead\n"
    ours, theirs = (
        swap(base, ("level: lead", f"level: {level}"))
        + f"\n## 2026-11-03 {kind}\nlevel:: {level}\n"
        for kind, level in (("call", "client"), ("change", "prospect"))
    )
    made = marked(base, ours, theirs, "contacts/acme.md")
    assert made.conflicts == 1
    assert b"ours\nlevel: client\n=======\nlevel: prospect\n>>>>>>>" in made.data


def test_an_edited_note_and_another() -> None:
    ours = swap(BASE, ("Good.", "Very good."))
    theirs = swap(BASE, ("stage lead", "stage lead by maria"))
    assert both(BASE, ours, theirs) == swap(
        BASE, ("Good.", "Very good."), ("stage lead", "stage lead by maria")
    )


def test_a_note_that_both_edited_is_merged_in_itself() -> None:
    base = BASE + "\n## 2026-11-01 call\n\nOne.\n\nTwo.\n\nThree.\n"
    made = marked(base, swap(base, ("One.", "1.")), swap(base, ("Three.", "3.")))
    assert made == (swap(base, ("One.", "1."), ("Three.", "3.")).encode(), 0)
    assert marked(base, swap(base, ("One.", "1.")), swap(base, ("One.", "One!"))).conflicts == 1


def test_a_note_that_one_deleted() -> None:
    gone = swap(BASE, ("## 2026-10-01 call\n\nGood.\n\n", ""))
    assert both(BASE, gone, BASE + "\n## 2026-11-01 call\n") == gone + "\n## 2026-11-01 call\n"
    made = marked(BASE, gone, swap(BASE, ("Good.", "Very good.")))
    assert made.conflicts == 1
    assert "Very good." in made.data.decode()


def test_a_field_that_one_deleted() -> None:
    gone = swap(BASE, ("value: 500\n", ""))
    assert both(BASE, gone, swap(BASE, ("[a, b]", "[a]"))) == swap(gone, ("[a, b]", "[a]"))
    assert marked(BASE, gone, swap(BASE, ("value: 500", "value: 600"))).conflicts == 1


@pytest.mark.parametrize("summary", ["", "Begun.\n", "\nBegun.\n"])
def test_a_summary_and_the_first_note(summary: str) -> None:
    base, told = deal(notes=summary), deal(notes=f"{summary}More.\n")
    noted = deal(notes=f"{summary}\n## 2026-11-01 call\n")
    assert both(base, told, noted) == deal(notes=f"{summary}More.\n\n## 2026-11-01 call\n")
    other = deal(notes=f"{summary}\n## 2026-11-02 call\n")
    made = f"{summary}\n## 2026-11-01 call\n\n## 2026-11-02 call\n"
    assert both(base, noted, other) == deal(notes=made)


def test_a_file_that_both_began() -> None:
    ours, theirs = (
        deal(notes="## 2026-11-01 call\n"),
        deal(front="need: yes", notes="## 2026-11-02 call\n"),
    )
    made = both("", ours, theirs)
    assert made == deal(front="need: yes", notes="## 2026-11-01 call\n\n## 2026-11-02 call\n")


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_and_marks_stay(end: str) -> None:
    base, ours, theirs = (
        ("\ufeff" + text).replace("\n", end)
        for text in (BASE, BASE + "\n## 2026-11-01 call\n", BASE + "\n## 2026-11-02 call\n")
    )
    made = both(base, ours, theirs)
    assert made == ("\ufeff" + BASE + "\n## 2026-11-01 call\n\n## 2026-11-02 call\n").replace(
        "\n", end
    )


def test_line_ends_that_one_side_changed() -> None:
    theirs = (BASE + "\n## 2026-11-02 call\n").replace("\n", "\r\n")
    made = both(BASE, BASE + "\n## 2026-11-01 call\n", theirs)
    assert made.count("\r\n") == made.count("\n")


def test_a_file_without_a_final_line_end() -> None:
    bare = BASE.rstrip("\n")
    made = both(bare, bare + "\n\n## 2026-11-01 call", bare + "\n\n## 2026-11-02 call")
    assert made == bare + "\n\n## 2026-11-01 call\n\n## 2026-11-02 call"


YAML = """\
# Ours
title: Bad
owner: maria
stage: lead
notes:
  - date: 2026-10-01
    kind: call
    text: |
      Good.

      - [ ] task
  - {date: 2026-10-05, kind: stage, stage: lead}
"""


def test_notes_in_yaml() -> None:
    note = "  - date: 2026-11-{}\n    kind: call\n"
    ours, theirs = YAML + note.format("03"), YAML + note.format("01") + note.format("05")
    theirs = swap(theirs, ("stage: lead\n", "stage: lead\nchannel: fair\n"))
    made = swap(YAML, ("stage: lead\n", "stage: lead\nchannel: fair\n"))
    assert both(YAML, ours, theirs, "deals/bad.yml") == made + "".join(
        note.format(day) for day in ("01", "03", "05")
    )


def test_pipeline_yml_by_its_own_names() -> None:
    ours = swap(PIPELINE, ("Lopez}\n", "Lopez}\n  jonah: {name: Jonah}\n"))
    theirs = swap(
        PIPELINE,
        ("Lopez}\n", "Lopez}\n  ines: {name: Ines}\n"),
        ("negotiation: {}", "negotiation: {probability: 70%}"),
        ("currency: EUR", "currency: USD"),
    )
    made = swap(
        theirs, ("  ines: {name: Ines}\n", "  ines: {name: Ines}\n  jonah: {name: Jonah}\n")
    )
    assert both(PIPELINE, ours, theirs, "pipeline.yml") == made


@pytest.mark.parametrize(
    "broken",
    [
        lambda text: text.replace("owner: maria", "owner: maria: x"),
        lambda text: text.replace("\n", "\r\n", 3),
        lambda text: text.replace("---\n", "", 1),
        lambda text: "{" + text,
        lambda text: text.replace("Good.", "<<<<<<< x\nGood.\n=======\n>>>>>>> y"),
    ],
)
def test_what_can_t_be_parted_is_merged_as_git_does(broken: Callable[[str], str]) -> None:
    ours, theirs = broken(BASE + "\n## 2026-11-01 call\n"), BASE + "\n## 2026-11-02 call\n"
    asked = []

    def lines(*three: bytes) -> Merged:
        asked.append(three)
        return merge_lines(7, *three)

    three = Three(broken(BASE).encode(), ours.encode(), theirs.encode())
    made = merged("deals/bad.md", three, lines)
    assert asked == [(three.ours, three.base, three.theirs)]
    assert b"2026-11-01" in made.data and b"2026-11-02" in made.data


def test_files_that_are_no_text_are_left_to_git() -> None:
    with pytest.raises(AssertionError, match="line by line"):
        both("\x00", "\x00a", "\x00b", "deals/README.md")


def test_a_comment_in_a_list_that_both_changed_is_never_lost() -> None:
    base = deal(front="tags:\n  - a\n  - b # why\n  # below")
    ours = swap(base, ("  - a\n", "  - z\n  - a\n"))
    for theirs in (swap(base, ("# why", "# for Ann")), swap(base, ("# below", "# told"))):
        for sides in ((ours, theirs), (theirs, ours)):
            made = marked(base, *sides).data.decode()
            assert all(line in made.split("\n") for line in theirs.split("\n"))
            assert "  - z\n" in made


def test_a_comment_that_both_kept_stays_where_the_item_above_it_goes() -> None:
    base = deal(front="tags:\n  - a\n  # of b\n  - b")
    ours = swap(base, ("  - a\n", ""))
    theirs = swap(base, ("  - b\n", "  - b\n  - c\n"))
    assert "  # of b\n" in marked(base, ours, theirs).data.decode()


def test_a_comment_at_a_field_stays_where_the_later_note_sets_it() -> None:
    base = BASE + "\n## 2026-11-01 change\nvalue:: 500\n"
    ours = swap(base, ("value: 500", "value: 700")) + "\n## 2026-11-03 change\nvalue:: 700\n"
    theirs = swap(base, ("value: 500", "value: 500 # net"))
    assert "# net" in marked(base, ours, theirs).data.decode()


def test_a_comment_at_a_field_stays_where_both_noted_the_same_on_one_day() -> None:
    ours = swap(noted(SOLD, "change; value:: 500"), ("value: 500", "value: 500 # net"))
    assert "\nvalue: 500 # net\n" in both(SOLD, ours, noted(SOLD, "call; value:: 500"))


def test_front_matter_without_fields() -> None:
    base = "---\n---\nA\n"
    made = both(base, "---\ntitle: A\n---\nA\n", base + "\n## 2026-11-01 call\n")
    assert made == "---\ntitle: A\n---\nA\n\n## 2026-11-01 call\n"
