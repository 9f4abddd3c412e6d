from __future__ import annotations

import pytest

from site_builder.edit.notes import with_note
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.edit.splices import Splice
from site_builder.edit.writing import NewNote
from tests.edit.desks import TODAY, desk, opened

DEAL = "---\ntitle: A\nowner: maria\nstage: lead\n---\n"


def ids(*names: str) -> dict[str, bytes | str]:
    return {f"deals/{name}.md": DEAL for name in names}


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("acme", "acme"),
        ("acme-r", "acme-rollout"),
        ("roll", "acme-rollout"),
        ("ver", "beaver-dam"),
        ("Beaver Dam", "beaver-dam"),
        ("deals/acme", "acme"),
        ("deals/acme.md", "acme"),
    ],
)
def test_an_id_may_be_said_in_part(said: str, id: str) -> None:
    assert desk(ids("acme", "acme-rollout", "beaver-dam")).find(said).id == id


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("bee", "`bee` may be `bee-one`, `bee-two`: which one?"),
        ("bea-one", "There is no deal `bea-one`. Did you mean `bee-one`?"),
        ("ben-two", "There is no deal `ben-two`. Did you mean `bee-two`?"),
        ("twoo", "There is no deal `twoo`. Did you mean `bee-two`?"),
        ("", "There is no deal ``."),
        ("contacts/acme", "`contacts/acme` is no deal."),
    ],
)
def test_what_is_not_plain_is_told(said: str, message: str) -> None:
    with pytest.raises(NotDone) as refused:
        desk(ids("bee-one", "bee-two")).find(said)
    assert str(refused.value).startswith(message)


def test_ids_that_may_be_meant_are_named_in_their_order() -> None:
    with pytest.raises(NotDone, match="may be `bee-one`, `bee-one-2`: which one"):
        desk(ids("bee-one", "bee-one-2")).find("bee")


@pytest.mark.parametrize(
    ("count", "end"),
    [(8, "`zeta-7`: which"), (9, "`zeta-7` and 1 more: which"), (20, " and 12 more: which")],
)
def test_of_many_that_may_be_meant_eight_are_named_and_the_others_counted(
    count: int, end: str
) -> None:
    with pytest.raises(NotDone, match=f"`zeta` may be `zeta-0`, .*{end} one"):
        desk(ids(*(f"zeta-{n:02}".replace("-0", "-") for n in range(count)))).find("zeta")


def test_an_id_of_both_is_told_by_its_folder() -> None:
    made = desk({**ids("acme"), "contacts/acme.md": "---\nname: Acme\n---\n"})
    with pytest.raises(NotDone, match="`contacts/acme`, `deals/acme`: which one"):
        made.find("acme", ("deals", "contacts"))
    with pytest.raises(NotDone, match="There is no contact `contacts/b`"):
        made.find("contacts/b", ("deals", "contacts"))
    assert made.find("contacts/acme", ("deals", "contacts")).folder == "contacts"


def test_a_misspelt_word_of_several_ids_is_told_with_all_of_them() -> None:
    with pytest.raises(NotDone, match="Did you mean `juniper-hill-tills` or `juniper-lane-ovens`"):
        desk(ids("juniper-lane-ovens", "juniper-hill-tills")).find("junper")


def test_of_several_of_both_kinds_each_is_told_by_its_folder() -> None:
    made = desk({**ids("zeta-two"), "contacts/zeta-one.md": "---\nname: Acme\n---\n"})
    with pytest.raises(NotDone, match="`contacts/zeta-one`, `deals/zeta-two`: which one"):
        made.find("zeta", ("deals", "contacts"))


def test_a_file_that_can_t_be_read_is_not_changed() -> None:
    made = desk({"deals/a.md": "---\ntitle: A\nowner: [\n---\n"})
    with pytest.raises(Wrong) as wrong:
        made.open(made.find("a"))
    assert [p.code for p in wrong.value.problems][:1] == ["yaml-syntax"]


def test_a_change_tells_what_it_would_make_wrong_and_nothing_else() -> None:
    made, file = opened(DEAL.replace("owner: maria\n", "owner: maria\nvalue: x\n"))
    change = made.changed(file, [Splice(5, 8, 5, 12, "leed")])
    assert [p.code for p in made.new_problems(file, change)] == ["unknown-stage"]


def test_no_edit_may_change_what_other_notes_say() -> None:
    made, file = opened(DEAL + "\n## 2026-11-01 call — One\n\n```\nopen\n")
    new = NewNote(TODAY, "call", text="```\n\n## 2026-11-02 call\n")
    with pytest.raises(NotDone, match="without changing what its other notes say"):
        made.changed(file, with_note(file.file, new), 1)
