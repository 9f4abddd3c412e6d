"""The parts that pages of facts are made of."""

from __future__ import annotations

from dataclasses import replace

from site_builder.insights.share import Share
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Column,
    Row,
    Section,
    Sheet,
    Table,
    group,
    group_of_notes,
    groups,
    number,
    over,
    share_cell,
)
from tests.by_hand import day, deal, note, rendered


def test_a_group_lists_some_and_counts_the_rest() -> None:
    deals = [deal(f"d{n}") for n in range(SHOWN + 1)]
    made = group("lost", "Lost", deals)
    assert (len(made.links), made.number, made.more) == (SHOWN, "26", "and 1 more")
    assert group("lost", "Lost", deals[:-1]).more == ""


def test_groups_of_nothing_are_left_out() -> None:
    assert [one.anchor for one in groups([("a", "A", []), ("b", "B", [deal("d")])])] == ["b"]


def test_a_count_of_nothing_leads_nowhere() -> None:
    assert number(0, "x.html") == Cell("0")
    assert number(1200, "x.html") == Cell("1\u202f200", "x.html")


def test_a_share_says_what_it_is_of_and_how_sure_it_is() -> None:
    assert share_cell(Share(3, 12)) == Cell("25%", "", "3 of 12; 9 to 53%")
    assert share_cell(Share(0, 0)) == Cell("–")


def test_what_is_closed_stands_in_a_fold_under_what_it_says() -> None:
    rows = (Row(Cell("Acme"), ()),)
    due, coming = Table("Due", (Column("Deal"),), rows), Table("Coming", (Column("Deal"),), rows)
    coming = replace(coming, closed="1 coming <soon>")
    section = Section("s", "Part", "Some", "", (due, coming))
    fold = '<details class="fold part-fold"><summary{}>{}</summary>'
    page = rendered("sheet.html", Sheet("T", "", (section,), is_filtered=True))
    before, _, inside = page.partition(
        fold.format(' data-figure="folded"', "1 coming &lt;soon&gt;")
    )
    assert (
        'aria-label="Due"' in before and 'aria-label="Coming"' in inside.partition("</details>")[0]
    )
    page = rendered("sheet.html", Sheet("T", "", (replace(section, closed="2 deals"),)))
    before, _, inside = page.partition(fold.format("", "2 deals"))
    assert '<h2 id="s"><bdi>Part</bdi></h2>' in before and 'aria-label="Due"' in inside
    assert page.count("<details") == page.count("</details>") == 2


def test_what_figures_are_made_of_is_folded_where_it_is_much() -> None:
    def folded(*sizes: int) -> bool:
        made = [
            (f"g{n}", "G", [deal(f"d{at}") for at in range(size)]) for n, size in enumerate(sizes)
        ]
        return Section("s", "Part", made_of=groups(made)).is_folded

    assert [folded(15, 15), folded(15, 16), folded(*[1] * 9), folded(*[1] * 10)] == [False, True, False, True]  # fmt: skip
    assert not Section("s", "Part", is_closed=True).is_folded


def test_every_part_is_in_the_page() -> None:
    table = Table("Losses", (Column("Stage"), Column("Deals"), Column("Why", is_number=False)),
                  (Row(Cell("Lead"), (Cell("3", "#x"), Cell("late", status="overdue")), id="here"),
                   Row(Cell("All"), (Cell("3", aside="of 4"), Cell("")), is_sum=True)))  # fmt: skip
    made = groups([("lost", "Lost <i>", [deal("acme")])])
    page = rendered(
        "sheet.html",
        Sheet(
            "T", "Answer", (Section("s", "Part", "Some", "", (table,), "A rule", made),), "For all"
        ),
    )
    for text in ('<p class="answer">Answer</p>', "For all</p>", '<h2 id="s"><bdi>Part</bdi></h2><p>Some</p>', 'aria-label="Losses"',
                 '<tr id="here"><th scope="row"><bdi>Lead</bdi></th><td class="num" data-label="Deals"><a href="#x"><bdi>3</bdi></a></td>',
                 '<span class="status is-overdue">late</span>', '<tr class="sum">', '<bdi class="covers">of 4</bdi>',
                 "A rule</p>", '<dt id="lost"><bdi>Lost &lt;i&gt;</bdi>', '<a href="deals/acme.html"><bdi>Acme</bdi></a>'):  # fmt: skip
        assert text in page


def test_a_page_without_sections_says_what_would_fill_it() -> None:
    page = rendered("sheet.html", Sheet("T", "", (), "A rule", "Write `stage: lost`."))
    assert "A rule" not in page
    assert "Write <code>stage: lost</code>." in page


def test_a_table_of_many_columns_does_not_stand_on_a_phone() -> None:
    assert not Table("", (Column(""),) * 4, ()).is_wide
    assert Table("", (Column(""),) * 5, ()).is_wide


def test_a_group_of_notes_leads_to_each_the_newest_first() -> None:
    one = deal(notes=(note("2026-01-01", "call"), note("2026-01-02", "email")))
    made = group_of_notes("calls", "Calls", [(one, one.notes[0]), (one, one.notes[1])])
    assert [link.path for link in made.links] == [
        "deals/d.html#note-2026-01-02",
        "deals/d.html#note-2026-01-01",
    ]
    many = group_of_notes("calls", "Calls", [(one, one.notes[0])] * (SHOWN + 1))
    assert (many.number, len(many.links), many.more) == ("26", SHOWN, "and 1 more")


def test_many_groups_are_folded() -> None:
    def page(count: int) -> str:
        made = groups([(f"g{n}", "G", [deal("d")]) for n in range(count)])
        return rendered("sheet.html", Sheet("T", "", (Section("s", "S", made_of=made),)))

    assert "<details" not in page(9)
    assert "<summary>What the figures are made of</summary>" in page(10)


def test_how_long_something_went_on() -> None:
    assert (
        over([day("2026-01-03"), day("2026-01-01")]) == "over 3 days, from 1 Jan 2026 to 3 Jan 2026"
    )
    assert over([day("2026-01-03"), day("2026-01-03")]) == "on 3 Jan 2026"
    assert over([]) == ""


def test_a_closed_section_folds_what_little_its_figures_are_made_of() -> None:
    few = groups([("g", "G", [deal("d")])])
    closed = Section("s", "S", made_of=few, is_closed=True)
    assert closed.is_folded and not replace(closed, is_closed=False).is_folded
    assert not replace(closed, made_of=()).is_folded


def test_a_table_of_several_currencies_has_its_sums_below_each_other_on_a_phone() -> None:
    def drawn(has_sums: bool) -> str:
        table = Table("T", (Column("A"),) * 3, (), has_sums=has_sums)
        return rendered("sheet.html", Sheet("T", "", (Section("s", "S", tables=(table,)),)))

    assert 'class="sheet pairs sums"' in drawn(has_sums=True)
    assert 'class="sheet"' in drawn(has_sums=False)
