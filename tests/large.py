"""A journal that is large in every way that makes pages grow: very many deals, most of them stale,
half of them with one company of very many people and referred by one contact, who introduced all
these; a deal and a contact with very many notes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.generate import pipeline_of

_STAGES = ("raw-lead", "qualification", "decision", "agreement", "lost", "parked")
_OWNERS = ("maria", "otto")
_CONTACT = "---\nname: {}\ntype: {}\n---\n"


def large_journal(deals: int, of_one_company: int, notes: int) -> Iterator[tuple[str, str]]:
    """So many deals, so many of them with the company ``acme``, which has as many people, and so
    many notes each of the deal ``long`` and of the contact ``jane``, who is with both."""
    yield "pipeline.yml", pipeline_of(_OWNERS)
    for number in range(10):
        yield f"contacts/co-{number}.md", _CONTACT.format(f"Company {number}", "company")
    yield "contacts/acme.md", _CONTACT.format("Acme", "company")
    yield "contacts/jane.md", _CONTACT.format("Jane", "person") + _notes(notes, "news")
    for number in range(of_one_company):
        yield f"contacts/person-{number:04}.md", _person(number)
    for number in range(deals):
        company = "acme" if number < of_one_company else f"co-{number % 10}"
        yield f"deals/deal-{number:05}.md", _deal(number, company)
    front = "---\ntitle: Long\nowner: maria\nstage: raw-lead\ncontacts: [jane]\n---\n"
    yield "deals/long.md", front + _notes(notes, "call with jane")


def _person(number: int) -> str:
    return (
        f"---\nname: Person Number {number}\ncompany: acme\nrole: Head of all things\n"
        "introduced-by: jane\n---\n"
    )


def _deal(number: int, company: str) -> str:
    stage = _STAGES[number % len(_STAGES)]
    source = "source: referral jane\n" if company == "acme" else ""
    more = {"lost": "lost-reason: price\n", "parked": "wake: 2026-11-01\n", "agreement": ""}
    return (
        f"---\ntitle: Deal {number}, the second half of it\nowner: {_OWNERS[number % 7 % 2]}\n"
        f"stage: {stage}\ncompany: {company}\n{source}value: {number + 1}\nclose: 2026-{number % 12 + 1:02}-05\n"
        f"{more.get(stage, 'next: 2026-11-02 Ask about the next one')}\n---\n"
        f"\n## 2026-{number % 10 + 1:02}-{number % 28 + 1:02} stage {stage}\n\nThey asked for {number}.\n"
    )


def _notes(count: int, head: str) -> str:
    """One a day, in as many years as it takes."""
    return "".join(
        f"\n## {2010 + n // 300}-{n // 25 % 12 + 1:02}-{n % 25 + 1:02} {head}\n\nIt is {n} now.\n"
        for n in range(count)
    )
