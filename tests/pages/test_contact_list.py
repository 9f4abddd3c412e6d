"""Long lists of a contact: its page has the first, pages of their own have all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.pages import contact_list as pages
from site_builder.pages.contact import ContactPage, contact_page
from site_builder.pages.context import Context
from tests.by_hand import SCHEMA, TODAY, context, deal, rendered

ACME = Contact("acme", "contacts/acme.md", "Acme <&>", is_company=True)


def made(count: int) -> Context:
    """A company with so many people, all introduced by it, and as many deals that it referred."""
    people = [
        Contact(f"c{n:03}", f"contacts/c{n:03}.md", f"C <{n}>", company="acme", role="Buyer")
        for n in range(count)
    ]
    introduced = [replace(one, introduced_by="acme") for one in people]
    deals = [deal(f"d{n:03}", referral="acme") for n in range(count)]
    return context(Journal(SCHEMA, tuple(deals), (ACME, *introduced)), TODAY)


def brought(view: ContactPage, label: str) -> list[str]:
    (fact,) = [fact for fact in view.facts if fact.label == label]
    return [link.text for link in fact.links]


@pytest.mark.parametrize(("count", "shown", "more"), [(25, 25, []), (26, 25, ["and 1 more "])])
def test_the_facts_of_a_contact_have_the_first(count: int, shown: int, more: list[str]) -> None:
    view = contact_page(made(count), ACME)
    introduced, referred = brought(view, "Introduced"), brought(view, "Referred")
    assert (introduced[25:], referred[25:]) == (
        [f"{text}contact" for text in more],
        [f"{text}deal" for text in more],
    )
    assert introduced[:25] == [f"C <{n}>" for n in range(shown)]
    html = rendered("contact.html", view)
    for link in ('"><bdi>C &lt;24&gt;</bdi></a>, <a href="../contacts/acme.introduced.html"><bdi>and 1 more contact</bdi></a>',
                 ', <a href="../contacts/acme.referred.html"><bdi>and 1 more deal</bdi></a>'):  # fmt: skip
        assert (link in html) is bool(more)


@pytest.mark.parametrize(
    ("count", "shown", "more"),
    [(100, 100, ""), (101, 100, "and 1 more person"), (102, 100, "and 2 more people")],
)
def test_the_page_of_a_company_has_the_first_people(count: int, shown: int, more: str) -> None:
    view = contact_page(made(count), ACME)
    people = view.people
    assert (len(people.first), len(people.folded), people.more.text) == (5, shown - 5, more)
    assert people.fold == "95 more people"
    link = f'<p class="more small"><a href="../contacts/acme.people.html">{more}</a></p>'
    assert (link in rendered("contact.html", view)) is bool(more)
    paths = [*map(pages.PAGE.path, pages.PAGE.keys(made(count)))]
    assert ("contacts/acme.people.html" in paths) is bool(more)


def test_who_has_no_file_has_no_pages() -> None:
    contacts = made(101).journal.contacts[1:]
    assert not [*pages.PAGE.keys(context(Journal(SCHEMA, (), contacts), TODAY))]


def test_pages_of_their_own_have_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PER_PAGE", 100)
    many = made(101)
    found = {pages.PAGE.path(key): pages.PAGE.view(many, key) for key in pages.PAGE.keys(many)}
    assert [*found] == [
        f"contacts/acme.{name}{number}.html"
        for name in ("people", "introduced", "referred")
        for number in ("", ".2")
    ]
    for name, title, answer in (
        ("people", "People of", "101 people"),
        ("introduced", "Introduced by", "101 contacts"),
        ("referred", "Referred by", "101 deals"),
    ):
        first, last = found[f"contacts/acme.{name}.html"], found[f"contacts/acme.{name}.2.html"]
        assert isinstance(first, pages.ContactListPage) and isinstance(last, pages.ContactListPage)
        assert (first.title, first.answer, first.range, last.range) == (
            title, answer, "1 to 100", "101 to 101"
        )  # fmt: skip
        assert len({*first.parts, *last.parts}) == 101
        assert last.pages[1].path == last.path and last.home.path == "../contacts/acme.html"
        kept = first.parts
    assert kept[0] == ("D000", "../deals/d000.html", "")
    html = rendered("contact_list.html", found["contacts/acme.people.2.html"])
    assert "<h1>People of <bdi>Acme &lt;&amp;&gt;</bdi></h1>" in html
    assert 'href="contacts/acme.people.2.html" aria-current="page"' in html
    assert (
        '<a href="../contacts/c100.html"><bdi>C &lt;100&gt;</bdi></a> <bdi class="muted small">Buyer</bdi>'
        in html
    )
