from __future__ import annotations

import datetime as dt
import re

import pytest

from site_builder.audiences.projection import projection
from site_builder.files.tree import MemoryTree
from site_builder.journal.audience import Audience
from site_builder.journal.deal import Deal
from site_builder.load.loader import load
from tests.catalogue import BASE, deal

TODAY = dt.date(2026, 11, 20)
FILES = {
    **BASE,
    "contacts/hidden-guy.md": "---\nname: Hidden Guyson\nemail: guy@hid.example\nphone: +49 30 12\n"
    "website: https://www.hid.example/en\nsocial: [https://sorel.example]\n---\n",
    "contacts/shown-one.md": "---\nname: Ann Sorel\nemail: a@sorel.example\nsocial: [https://x.example/ann]\n---\n",
    "contacts/far-off.md": "---\nname: Kim Faraway\n---\n",
    "contacts/firm.md": "---\nname: Firm\ntype: company\n---\n",
    "contacts/of-firm.md": "---\nname: Bo Firmin\ncompany: firm\nintroduced-by: far-off\n---\n",
    "deals/secret-deal.md": deal(),
}


def shown(text: str, *, deals: tuple[str, ...], title: str = "Bad") -> Deal:
    """What is shown of a deal in which the one contact takes part, and the other does not."""
    mine = deal(f"tags: [them]\ncontacts: [shown-one]\n{text}").replace("Bad", title)
    found = load(MemoryTree({**FILES, "deals/mine-48k.md": mine}), lambda: TODAY).seen
    assert found is not None
    audience = Audience("them", deals, ("name",), where="tag:them")
    (made,) = projection(found, audience, TODAY, ()).deals
    return made


def test_a_referral_by_somebody_who_is_not_shown_is_no_source() -> None:
    made = shown("source: referral hidden-guy", deals=("source",))
    assert (made.source, made.referral) == ("", "")


def test_a_referral_is_told_by_the_id_that_is_shown() -> None:
    made = shown("source: referral shown-one", deals=("source",))
    assert (made.source, made.referral) == ("referral ann-sorel", "ann-sorel")


def test_an_address_says_nothing_of_where_a_title_links_to() -> None:
    made = shown(
        "", deals=("title",), title="Sites with [[secret-deal|Zq words]] and [[hidden-guy]]"
    )
    assert (made.id, made.title) == ("sites-with-and", "Sites with … and …")


def test_an_id_that_is_not_shown_is_no_word_of_a_text() -> None:
    made = shown("their-win: Beat hidden-guy, HIDDEN GUYSON; mine-48k", deals=("their-win",))
    assert made.their_win == "Beat …, …; …"


CHANGED = """---
name: Ann Sorel
company: firm
---

## 2026-11-02 trust — First Saturday off

## 2026-11-03 respect
"""
FIRM = """---
name: Firm
type: company
---

## 2026-11-02 change — They told the guild
level:: ambassador

## 2026-11-03 change
level:: client
"""


def of_contact(id: str, *show: str) -> list[tuple[str, str]]:
    """The kinds of the notes that are shown of a contact who takes part, with whom they name, and
    their headlines."""
    files = {**FILES, "contacts/ann.md": CHANGED, "contacts/firm.md": FIRM}
    files["deals/mine.md"] = deal("contacts: [ann]\ncompany: firm")
    found = load(MemoryTree(files), lambda: TODAY).seen
    assert found is not None
    audience = Audience("them", ("title",), ("name", *show), notes=True)
    contacts = projection(found, audience, TODAY, ()).contacts
    (one,) = [contact for contact in contacts if contact.id == id]
    return [(" ".join([note.kind.id, *note.parties]), note.headline) for note in one.notes]


def test_that_a_level_or_rung_changed_is_not_told_where_it_is_not_shown() -> None:
    assert of_contact("ann") == [("note", "First Saturday off")]
    assert of_contact("firm") == [("note", "They told the guild")]
    assert of_contact("firm", "level") == [("change", "They told the guild"), ("change", "")]


TEAM = BASE["pipeline.yml"].replace(
    "team:", "team:\n  zoe: {name: Zoe Al van der Stone, email: z@k.example}", 1
)


def free(
    text: str,
    *contacts: str,
    deals: tuple[str, ...] = ("summary",),
    more: str = "",
    notes: str = "",
) -> str:
    """What is shown of a deal's summary, in which two take part; with ``more`` fields and notes."""
    files = {**FILES, "pipeline.yml": TEAM}
    files["deals/mine.md"] = (
        deal(f"contacts: [hidden-guy, shown-one]\n{more}") + f"\n{text}\n{notes}"
    )
    found = load(MemoryTree(files), lambda: TODAY).seen
    assert found is not None
    audience = Audience("them", deals, contacts, where="contact:hidden-guy")
    (made,) = projection(found, audience, TODAY, ()).deals
    return made.summary.strip()


def test_people_who_are_not_shown_are_not_named_in_other_ways() -> None:
    assert (
        free("Ms Faraway; K. Faraway; kim.faraway; far away")
        == "Ms \u2026; \u2026; \u2026; far away"
    )
    assert free("Als Zoe kam") == "Als \u2026 kam"
    assert free("Guyson is not far; Faraway is.") == "\u2026 is not far; Faraway is."


def test_people_who_are_not_shown_are_not_named_for_short() -> None:
    said = "Zoe told Ann and Hidden: stone von der Stone, a Hidden cost, Zoes; hidden, Zoest."
    hidden = "… told … and …: stone von der …, a … cost, …; hidden, Zoest."
    assert free(said) == hidden
    hidden = "… told Ann and Hidden: stone von der …, a Hidden cost, …; hidden, Zoest."
    assert free(said, "name") == hidden


NAMING = {
    "referral": ("source: referral far-off", ""),
    "party": ("", "\n## 2026-11-02 call with far-off\n"),
    "who": ("", "\n## 2026-11-02 referral\nwho:: far-off\n"),
    "link": ("", "\n## 2026-11-02 call\n\nAs [[contacts/far-off#note-2026-01-01|she]] said.\n"),
    "a win": ("their-win: What [[far-off]] wants", ""),
    "our win": ("our-win: What [[far-off]] has", ""),
    "headline": ("", "\n## 2026-11-02 call — Of [[far-off]]\n"),
    "introduced": ("company: firm", ""),
}


@pytest.mark.parametrize(("more", "notes"), NAMING.values(), ids=NAMING)
def test_whom_a_shown_deal_names_anywhere_is_not_named_for_short(more: str, notes: str) -> None:
    assert free("Kim knows.", more=more, notes=notes) == "\u2026 knows."


def test_who_works_with_a_shown_contact_is_not_named_for_short() -> None:
    """Whom the file of that contact names, as that of a deal does: its company, and so its people."""
    mine = deal("contacts: [ann]") + "\nFirmin knows.\n"
    ann = "---\nname: Ann Sorel\n{}---\n"
    said = []
    for more in ("", "company: firm\n"):
        files = {**FILES, "contacts/ann.md": ann.format(more), "deals/mine.md": mine}
        found = load(MemoryTree(files), lambda: TODAY).seen
        assert found is not None
        audience = Audience("them", ("summary",), ("name",), where="contact:ann")
        (made,) = projection(found, audience, TODAY, ()).deals
        said.append(made.summary.strip())
    assert said == ["Firmin knows.", "… knows."]


def test_whom_a_named_contact_introduced_is_not_named_for_short() -> None:
    """But others are, who were introduced by nobody that a shown deal names."""
    mine = deal("contacts: [hidden-guy]") + "\nLou and Pat know.\n"
    of = {"lou": "hidden-guy", "pat": "firm"}
    files = {
        f"contacts/{id}.md": f"---\nname: {id.title()} Newman\nintroduced-by: {by}\n---\n"
        for id, by in of.items()
    }
    found = load(MemoryTree({**FILES, **files, "deals/mine.md": mine}), lambda: TODAY).seen
    assert found is not None
    audience = Audience("them", ("summary",), (), where="contact:hidden-guy")
    (made,) = projection(found, audience, TODAY, ()).deals
    assert made.summary.strip() == "… and Pat know."


def test_names_of_companies_deals_and_the_team_are_no_words_where_they_are_not_shown() -> None:
    """Of which nothing is known but the name as it is."""
    said = "Firm has it, Secret Harbour too; Hidden Guyson, Zoe Al van der Stone, no firm"
    mine = deal("contacts: [hidden-guy]") + f"\n{said}\n"
    secret = deal().replace("Bad", "Secret Harbour")
    files = {**FILES, "pipeline.yml": TEAM, "deals/mine.md": mine, "deals/secret-deal.md": secret}
    found = load(MemoryTree(files), lambda: TODAY).seen
    assert found is not None
    audience = Audience("them", ("summary",), (), where="contact:hidden-guy")
    (made,) = projection(found, audience, TODAY, ()).deals
    assert made.summary.strip() == "… has it, … too; …, …, no firm"


def test_the_journal_s_own_name_stays_where_people_are_called_as_it_is() -> None:
    """It is at the head of each page. A whole name is none of its words."""
    own = re.sub("(?m)^journal:.*", "journal: Zoe & Stone", TEAM)
    mine = deal("contacts: [hidden-guy]") + "\nZoe & Stone said: Zoe Al van der Stone, Guyson\n"
    found = load(MemoryTree({**FILES, "pipeline.yml": own, "deals/mine.md": mine}), lambda: TODAY)
    assert found.seen is not None
    audience = Audience("them", ("summary",), (), where="contact:hidden-guy")
    (made,) = projection(found.seen, audience, TODAY, ()).deals
    assert made.summary.strip() == "Zoe & Stone said: …, …"


def test_addresses_and_numbers_are_no_words_where_they_are_not_shown() -> None:
    said = (
        "Mail guy@hid.example, Z@k.example or <a@sorel.example>; +49 30 12, https://x.example/ann"
    )
    assert free(said) == "Mail …, … or <…>; …, …"
    assert free("guy [at] hid (dot) example, z at k.example", "name") == "…, …"
    assert free("guy [at] hid dot example", "email") == "guy [at] hid dot example"
    some = "Mail …, … or <a@sorel.example>; …, https://x.example/ann"
    assert free(said, "email", "social").replace("guy@hid.example", "…") == some


def test_an_address_of_the_web_is_found_in_each_form_unless_it_is_shown() -> None:
    hid = "HID.example, http://hid.example/x, [hid.**example**](x)"
    said = f"{hid}, sorel.example, info@sorel.example"
    assert free(said) == "…, …, […](x), …, info@…"
    assert free("www.x.example/ANN/, x.example/anna", "name") == "…, x.example/anna"
    assert free(said, "email") == said  # for there they have their mail
    assert free(said, "website") == f"{hid}, …, info@…"
    assert free(said, "social") == "…, …, […](x), sorel.example, info@sorel.example"


def test_a_field_that_stands_astray_is_no_text() -> None:
    said = "Before.\n\nvalue:: 48000\n> Close :: 2026-11-30\n- lost-reason:: price\n\n"
    text = "values:: are text.\nDue: when they sign\nTerms: 30 days\nNo value: 48000"
    assert free(said + text) == f"Before.\n\n{text}"


@pytest.mark.parametrize(
    "line",
    [
        *("**value**:: 48000", "_value_:: 48000", "1. value:: 48000", "- [ ] value:: 48000"),
        *("# value:: 48000", "| value:: | 48000 |", "(value:: 48000)", "[value:: 48000]"),
        *("`value:: 48000`", "value\\:: 48000"),
        *("value\uff1a\uff1a 48000", "value\u2237 48000", "value\u200b:: 48000"),
        *("\u00a0value:: 48000", "\ufeffvalue:: 48000", "v\u0430lue:: 48000"),
        *("- lost\u2011reason:: 48000", "**lost-reason**:: 48000", "v&#97;lue&#58;: 48000"),
        *("value: 48000", "Budget = \u20ac 48k", "- **Close**: 2026-12-24", "| due: 24 Dec |"),
        *("v**al**ue: 48000", "[Val](x)ue:: 48000", "value&#61; 48000", "V<b>alue</b>: 48000"),
    ],
)
def test_a_field_astray_is_no_text_in_whatever_signs(line: str) -> None:
    assert free(f"Before.\n\n{line}\n\nBehind: 48 \u20ac.") == "Before.\n\nBehind: 48 \u20ac."
