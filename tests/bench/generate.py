"""A large journal out of nothing: same size, same bytes.

As many contacts as deals, a fifth of them companies; five notes a deal. The deals follow
the acquisition preset, reach all its stages and have no problem, so that a benchmark spends
its time on what a journal costs and not on messages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

from site_builder.presets.new_journal import new_journal
from tests.bench.writing import THINGS, text

Written = Callable[[Random, str], str]
"""Writes a text about a company."""

TODAY = dt.date(2026, 11, 20)
PEOPLE_OF_A_COMPANY = 4
TEAM = ("maria", "tomas", "aiko", "samuel")

_FIRST = "Ada Ben Cleo Dario Elif Femi Greta Hugo Ines Jonas Kira Leo Mina Nils Olga Pia".split()
_LAST = "Abt Brook Castell Dorn Eklund Fairley Grau Holm Iseli Jarvis Kestle Lorne Marsh".split()
_TRADES = "Bakery Freight Optics Timber Dental Print Marine Textile Clinic Foundry".split()
_PLACES = "North Harbour Mill Station Castle River Market Orchard Bridge Garden".split()
_KINDS = ("call with", "meeting with", "email from", "email to", "message to")
_STAGES = (
    "raw-lead", "marketing", "qualification", "solution-design", "decision", "negotiation",
    "agreement",
)  # fmt: skip
_STEPS = {
    "qualification": "decision-map",
    "decision": "soft-yes",
    "negotiation": "terms-agreed",
}
_ENDS = (*_STAGES, "agreement", "lost", "lost", "parked")


def write_journal(folder: Path, deals: int, laden: bool = False) -> None:
    """Write a journal with that many deals, and as many contacts, into an empty folder."""
    (folder / "deals").mkdir(parents=True)
    (folder / "contacts").mkdir()
    for path, file in journal_files(deals, laden):
        (folder / path).write_text(file, encoding="utf-8", newline="\n")


def journal_files(deals: int, laden: bool = False) -> Iterator[tuple[str, str]]:
    """The files of such a journal: path and text. ``laden`` is for texts full of marks."""
    written = partial(text, laden=laden)
    companies = max(1, deals // (PEOPLE_OF_A_COMPANY + 1))
    yield "pipeline.yml", pipeline_of(TEAM, f"as-of: {TODAY}\n\n")
    for number in range(companies):
        yield f"contacts/{_company(number)}.md", _company_text(number, written)
    for number in range(deals - companies):
        yield f"contacts/{_person(number)}.md", _person_text(number, companies, written)
    for number in range(deals):
        yield (
            f"deals/deal-{number:05}.md",
            _deal_text(number, companies, deals - companies, written),
        )


def pipeline_of(team: Sequence[str], more: str = "") -> str:
    """The acquisition preset with another team, and with more lines above it."""
    text = new_journal("acquisition", TODAY)["pipeline.yml"].decode()
    start, rest = text.split("team:\n", 1)
    rest = rest[rest.index("\n\n") :]
    people = "".join(f"  {id}: {{name: {id.title()}}}\n" for id in team)
    return f"{start}{more}team:\n{people}{rest}"


def _company(number: int) -> str:
    return f"{_PLACES[number % 10]}-{_TRADES[number // 10 % 10]}-{number:05}".lower()


def _person(number: int) -> str:
    return f"{_FIRST[number % 16]}-{_LAST[number // 16 % 13]}-{number:05}".lower()


def _name(id: str) -> str:
    return " ".join(word.title() for word in id.split("-")[:2])


def _day(days_ago: int) -> str:
    return (TODAY - dt.timedelta(days=days_ago)).isoformat()


def _company_text(number: int, written: Written) -> str:
    id = _company(number)
    random = Random(f"company {number}")
    return (
        f"---\nname: {_name(id)}\ntype: company\nwebsite: https://{id}.example\n"
        f"owner: {random.choice(TEAM)}\ntags: [{id.split('-')[1]}]\n---\n\n"
        f"{written(random, id)}\n\n## {_day(400 + number % 50)} news — Opened a new place\n\n"
        f"{written(random, id)}\n"
    )


def _person_text(number: int, companies: int, written: Written) -> str:
    id = _person(number)
    company = _company(number // PEOPLE_OF_A_COMPANY % companies)
    random = Random(f"person {number}")
    rungs = "".join(
        f"\n## {_day(800 - 100 * step)} {rung}\n" for step, rung in enumerate(("know", "like"))
    )
    return (
        f"---\nname: {_name(id)}\ncompany: {company}\nrole: Head of {random.choice(THINGS)}\n"
        f"email: {id}@{company}.example\nsocial: [https://social.example/@{id}]\n"
        f"owner: {random.choice(TEAM)}\n---\n\n{written(random, company)}\n{rungs}"
        f"\n## {_day(600)} trust\n\n## {_day(500)} respect\n"
    )


def _deal_text(number: int, companies: int, people: int, written: Written) -> str:
    random = Random(f"deal {number}")
    company = number % companies
    first = company * PEOPLE_OF_A_COMPANY
    contacts = [_person(n) for n in (first, first + 1) if n < people] or [_company(company)]
    end = _ENDS[number % len(_ENDS)]
    began = random.randrange(60, 300)
    notes = _notes(random, end, began, contacts[0], partial(written, random, _company(company)))
    front = _front_matter(random, end, began, [_company(company), *contacts])
    summary = written(random, _company(company))
    return f"---\n{front}---\n\n{summary}\n\n" + "\n\n".join(notes) + "\n"


def _front_matter(random: Random, end: str, began: int, parties: list[str]) -> str:
    company, *contacts = parties
    thing = random.choice(THINGS)
    fields = {
        "title": f"{_name(company)}, {thing}",
        "company": company,
        "contacts": "[" + ", ".join(contacts) + "]",
        "owner": random.choice(TEAM),
        "stage": end,
        "value": str(random.randrange(1, 90) * 1000),
        "close": _day(-random.randrange(20, 120) if end != "agreement" else 5),
        "created": _day(began),
        "source": random.choice(("Trade fair", "Website", "Old customer")),
        "their-win": f"Less work with {thing}",
        "our-win": "A reference in their trade",
        "present-state": f"Trouble with {thing}",
        "desired-state": f"No more thought about {thing}",
        "buying-process": "The head of the department proposes, the board signs",
        "solution": f"Our people take over {thing}",
        "tags": f"[{random.choice(_TRADES).lower()}]",
    }
    fields |= _last_fields(random, end)
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _last_fields(random: Random, end: str) -> dict[str, str]:
    if end == "lost":
        return {"lost-reason": random.choice(("price", "timing", "no-decision"))}
    if end == "parked":
        return {"wake": _day(-random.randrange(30, 200))}
    if end == "agreement":
        return {}
    return {"next": f"{_day(-random.randrange(1, 30))} Ask about {random.choice(THINGS)}"}


def _notes(
    random: Random, end: str, began: int, contact: str, written: Callable[..., str]
) -> list[str]:
    path = _path(random, end)
    gap = (began - 2) // 5
    days = [began - gap * index for index in range(5)]
    notes = [_exchange(random, days[0], contact, written(ticks=_steps_before(path[-1])))]
    for index, stage in enumerate(path, start=1):
        notes.append(f"## {_day(days[index])} stage {stage}\n\n{written()}")
    rest = days[len(notes) :]
    return notes + [_exchange(random, day, contact, written()) for day in rest]


def _path(random: Random, end: str) -> list[str]:
    """Up to three stages, one after the other, that lead to the last."""
    if end not in _STAGES:
        return [_STAGES[random.randrange(5)], end]
    last = _STAGES.index(end)
    return list(_STAGES[max(0, last - random.randrange(3)) : last + 1])


def _steps_before(end: str) -> tuple[str, ...]:
    stages = _STAGES[: _STAGES.index(end)] if end in _STAGES else _STAGES
    return tuple(step for stage, step in _STEPS.items() if stage in stages)


def _exchange(random: Random, days_ago: int, contact: str, said: str) -> str:
    heading = f"## {_day(days_ago)} {random.choice(_KINDS)} {contact} — About "
    return f"{heading}{random.choice(THINGS)}\n\n{said}"
