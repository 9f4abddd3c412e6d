"""Texts as an audience is shown them."""

from __future__ import annotations

import time

import pytest

from site_builder.audiences.called import Called
from site_builder.audiences.texts import Texts
from tests.audiences.disguises import still_named

TEXTS = Texts(
    {"acme": "acme-one", "jane": "contact-1"},
    {"acme"},
    ["Jane Roe", "Kestrel", "Jo", "Müller & Söhne"],
)
NAMES = (
    "Hid Den",
    "Will",
    "Acme",
    "Acme Inc.",
    "C++",
    "Will & Sons",
    "王小明",
    "Bo",
    "ann_lee@hid.example",
    "Erika-Muster",
    "O'Neil",
    "Zo\u00eb Lind",
)
NAMED = Texts({"jane-roe": "jane"}, {"jane-roe"}, NAMES)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("To [[acme]] and [[acme|them]].", "To [[acme-one]] and [[acme-one|them]]."),
        ("[[deals/acme#Calls|them]] | [[acme\\|a]]", "[[acme-one|them]] | [[acme-one\\|a]]"),
        ("[[jane]], [[jane|Jane]]", "[[contact-1]], [[contact-1]]"),
        ("[[other]], [[other|Words]], [[a b]], [[]]", "…, …, …, …"),
        ("`[[other]]`", "`…`"),
        ("Jane Roe's, with Jane Roe; Jane Roeder", "…'s, with …; Jane Roeder"),
        ("Kestrels and kestrel, Kestrel.", "Kestrels and kestrel, …."),
        ("Jo of Müller & Söhne", "Jo of …"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_names_nobody_who_is_not_shown(text: str, shown: str) -> None:
    assert TEXTS.free(text) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Hid Den came", "… came"),
        ("with Hid\nDen and Hid  Den", "with … and …"),
        ("> said Hid\n> Den", "> said …"),
        ("HID DEN and hid den", "… and …"),
        ("Will will", "… will"),
        ("Acme Inc. and Acme Inc", "… and … Inc"),
        ("Will & Sons", "…"),
        ("Will &amp; Sons", "…"),
        ("C++ and C", "… and C"),
        ("和王小明开会", "和…开会"),
        ("_Hid Den_ and __Will__", "_…_ and __…__"),
        ("**Hid** Den, Hid **Den**; *Hid* _Den_.", "…, …; …."),
        ("**Hid Den** and Hid\\\nDen", "**…** and …"),
        ("Hid&nbsp;Den, H&#105;d Den, H\u00adid Den, Hid&#x20;D&shy;en", "…, …, …, …"),
        ("Hid&ensp;Den, Hid&#10;Den", "…, …"),
        ("ann_lee&#64;hid.example, ann\\_lee\\@hid.example", "…, …"),
        ("ann_lee [at] hid.example, ANN_LEE(at)hid dot example", "…, …"),
        ("ann\\_lee **at** hid.example, [ann_lee](b) @ hid.example", "…, …"),
        ("2 &lt; 3 &amp; &#42;&#42;no&#42;&#42;", "2 &lt; 3 &amp; &#42;&#42;no&#42;&#42;"),
        ("Hid, Den", "Hid, Den"),
        ("Hidden, Hid Dens, Goodwill", "Hidden, Hid Dens, Goodwill"),
        ("Bo", "Bo"),
        ("Erika&#45;Muster, Erika\u2011Muster, Erika\\-Muster", "…, …, …"),
        ("H**id** Den, *Hi*d **De**n, ~~H~~id `Den`", "…, …, …"),
        ("**H**id Den** x", "… x"),
        ("[Hid](https://x.example/a) Den, Hid [D](<b>)[en](c).", "…, …."),
        ("[a Hid](b) Den, Hid [Den c](d)", "[a …, … c](d)"),
        ("![Hid](x.png) **Den**; [Hid][1] Den", "…; …"),
        ("[[jane-roe|Hid]] Den, Hid [[jane-roe|Den]]!", "…, …!"),
        ("H<b>id</b> Den, Hid<br>Den, H<!-- x -->id Den", "…, …, …"),
        ("Will &#38; Sons, Will &AMP; Sons", "…, …"),
        ("(ann_le<e@hid.example>)", "(…>)"),
        ("ann&lowbar;l*e*e@hid.example and C&#43;&plus;", "… and …"),
        ("O\u2019Neil, O\u02bcNe&#105;l, O'NEIL", "…, …, …"),
        ("Zoe\u0308 Lind, Hi\u200dd Den, \uff28id Den, H\u0456d Den", "…, …, …, …"),
        ("(x Hid](Den) and x](H**id** Den)", "(x Hid](Den) and x](…)"),
        ("**a** _b_ [c](d) [[jane-roe]] <e> &copy; \\* f\u2019s", "**a** _b_ [c](d) [[jane]] <e> &copy; \\* f\u2019s"),
    ],
)  # fmt: skip
def test_names_are_hidden_where_they_are_written_out_whole(written: str, shown: str) -> None:
    assert NAMED.free(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[[jane-roe]]", "[[jane]]"),
        ("[[jane-roe|her]]", "[[jane|her]]"),
        (r"| [[jane-roe\|her]] |", r"| [[jane\|her]] |"),
        ("[[contacts/jane-roe#notes|her]]", "[[jane|her]]"),
        ("[[jane-roe|Hid Den]]", "[[jane|…]]"),
        ("[[hid-den]] [[hid-den|x]] [[]]", "… … …"),
        ("[[hid-den|x\ny]]", "…"),
    ],
)
def test_links_lead_to_what_is_shown(written: str, shown: str) -> None:
    assert NAMED.free(written) == shown


def test_where_a_link_leads_is_left_as_it_is() -> None:
    texts = Texts({"jane": "jane-roe-two"}, {"jane"}, ["jane-roe", "Jane Roe"])
    assert texts.free("[[jane|Jane Roe]] [[jane]]") == "[[jane-roe-two|…]] [[jane-roe-two]]"
    assert texts.free("../contacts/jane-roe.html, jane roe-two") == "../contacts/….html, …-two"


def test_a_name_within_a_name_is_hidden_with_it() -> None:
    texts = Texts({}, (), ["Jane Roe Smith", "Roe"])
    assert texts.free("J**a**ne Roe Smith, Roe Smith") == "…, … Smith"
    assert Texts({}, (), ["Jane Roe", "Roe Smith"]).free("Jane Roe Smith") == "… Smith"


SAID_BEFORE = (
    "T. and Ms Text",
    "Kestrel and hid-den",
    "of Jo Bay",
    "jo at x.example",
    "hid-den",
    "[[jane]] and Kestrel",
    "plain",
)


def test_what_was_made_before_stands_where_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("Kestrel", "hid-den", "Jo Bay", "jo@x.example")
    before = Texts({"jane": "Jane"}, {"jane"}, names)
    for text in SAID_BEFORE:
        before.free(text)
    ids = {"jane": "jane-1"}
    for fewer in (names[:1], names[1:], (*names, "plain")):
        again = Texts(ids, ids, fewer, before=before.made)
        alone = Texts(ids, ids, fewer)
        assert [*map(again.free, SAID_BEFORE)] == [*map(alone.free, SAID_BEFORE)]
    others = Texts(ids, ids, names, Called(["Plain Text"], ()), before=before.made)
    assert others.free("T. and Ms Text") == "T. and Ms …"
    again = Texts(ids, ids, names[:1], before=before.made)
    monkeypatch.delattr("site_builder.audiences.hidden.Hidden.without")
    assert again.free("plain") == "plain"


@pytest.mark.parametrize(
    ("line", "is_shown"),
    [
        ("Asked: a value, 5", True), ("**Decision:** value:: 5", True), ("- **Valued** = 5", True),
        ("value : 5", False), ("**Value:** 5", False), ("> - _value_ = 5", False), ("v**alue**: 5", False),
        ("[value](x y:: z): 5", False), ("_terms_ ::x", False), ("terms: 5", True),
        ("value ~~: 5~~", False), ("- Value ~~=~~ 5", False),
    ],
)  # fmt: skip
def test_lines_that_were_to_be_fields_are_no_text(line: str, is_shown: bool) -> None:
    assert (TEXTS.free(line) == line) == is_shown


def test_many_names_that_begin_alike_take_no_longer() -> None:
    def seconds(count: int) -> float:
        texts = Texts({}, (), [f"The Customer {number}" for number in range(count)])
        start = time.process_time()
        texts.free("The Customer is right. " * 2_000)
        return time.process_time() - start

    assert seconds(20_000) < 20 * seconds(20) + 0.2


def test_nobody_reads_a_name_in_whatever_marks_it_is_written() -> None:
    tried, found = still_named(seed=1, count=150)
    assert tried > 60
    assert found == []
