"""A journal of texts that are hard on a page: words of eighty letters, names that read from right to
left beside such that don't, emoji, long addresses, tables and code in notes; two pipelines, twelve
stages, sums of six currencies; and every kind of page that there is. It has no problem."""

from __future__ import annotations

from collections.abc import Iterator

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
"""Eighty letters without a place to break."""
HEBREW = "פרויקט 12 (שלב 3)"
ARABIC = "شركة النور للتصميم (٣)"
EMOJI = "Über 👩🏽‍🏭 & Söhne 🚚💨 <b>"
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Zimmermannsen-Obrist"
"""Fifty-six letters, with two places to break."""
NAME = "Bartholomäus Fröhlic"
"""Twenty letters."""
ADDRESS = "https://example.org/" + "a-very-long-path/" * 9 + "?q=" + "0123456789" * 6
REASON = (f"{HEBREW}: too dear for them, and {WORD} stood in the way of it; they would rather wait "
          "until the next year has begun.")  # fmt: skip
CURRENCIES = ("CHF", "EUR", "JPY", "GBP", "SEK", "NOK")
TITLES = (f"{WORD} for the north", HEBREW, EMOJI, f"{ARABIC} and Sons", "Plain", f"A {WORD}")
OWNERS = ("anna", "bart", "dina", "emil")
OPEN = tuple(f"s{number}" for number in range(1, 10))
BEFORE = ("entry", "ripe")
"""The open stages of the second pipeline."""

_NAMES = (WORD, HEBREW, ARABIC, "On hold – «not yet» 🚧", *(f"Stage {n}" for n in range(5, 10)))
MANY_NOTES, MANY_DEALS, MANY_CONTACTS = 205, 102, 27
"""More than stand on a page of a deal or contact."""


def odd_journal() -> Iterator[tuple[str, str]]:
    """Its files: path and text."""
    yield "pipeline.yml", "\n".join((*_head(), *_pipelines(), ""))
    yield from _contacts()
    for number in range(36):
        yield f"deals/open-{number:02}.md", _open(number)
    for number in range(9):
        yield f"deals/won-{number}.md", _won(number)
        yield f"deals/lost-{number}.md", _lost(number)
    yield "deals/parked.md", _parked()
    yield "deals/full.md", _full()
    yield "deals/many-notes.md", _front(1, "s2") + _notes("call", MANY_NOTES)
    for number in range(MANY_DEALS):
        yield f"deals/many-{number:03}.md", _one_of_many(number)


def _head() -> Iterator[str]:
    yield f"journal: {ARABIC} & {WORD}"
    yield "visibility: private\ncurrency: EUR\nas-of: 2026-11-20\nrates: {JPY: 0.006}"
    yield "team:"
    names = (WORD, LONG_NAME, NAME, f"{HEBREW} 🧵")
    for id, name in zip(OWNERS, names, strict=True):
        yield f'  {id}: {{name: "{name}", email: {id}@kestrel.example}}'
    yield "targets: {2026: 9000000, 2026-Q4: 1500000.50, anna/2026-Q4: 900000, 2027-Q1: 1250000}"
    yield "kinds: {workshop-with-all-of-their-people: intangible}"
    yield f"views:\n  all: {{name: '{HEBREW} & {WORD}', query: 'id:open,won'}}"
    yield f"  {'long-' * 19}view: owner:anna -title:{WORD}\n  none: {{name: '{ARABIC}', query: zzz}}"


def _pipelines() -> Iterator[str]:
    yield f'pipelines:\n  one:\n    name: "{HEBREW} & {WORD}"\n    fields:'
    yield f'      segment: {{type: choice, name: "Segment {ARABIC}", options: [{WORD}, other]}}'
    yield f'      aim: {{type: text, name: "{WORD}"}}'
    yield "    stages:"
    for place, (id, name) in enumerate(zip(OPEN, _NAMES, strict=True)):
        yield f'      {id}:\n        name: "{name}"\n        probability: {5 + 10 * place}%'
        yield f'        goal: "{name} and {WORD}"\n        stale-after: 14d\n        steps:'
        yield f'          asked-{id}: "Asked {name}"\n          told-{id}: "{HEBREW} {place}"'
        yield f'          third-{id}: "{EMOJI}"'
    yield f'      done: {{name: "{ARABIC} ✓", type: won}}'
    yield f'      gone: {{name: "{HEBREW} ✗", type: lost}}'
    yield "      asleep: {type: parked}"
    yield f'  two:\n    name: "{EMOJI}"\n    stages:'
    yield f'      entry: {{name: "{WORD}", probability: 10%}}\n      ripe: {{probability: 60%}}'
    yield "      signed: {type: won}\n      off: {type: lost}"


def _contacts() -> Iterator[tuple[str, str]]:
    yield (
        "contacts/hebrew.md",
        _person("hebrew", HEBREW, f"company: house\nrole: {WORD}\nphone: +49 30 1234567"),
    )
    yield (
        "contacts/arabic.md",
        _person("arabic", ARABIC, f"company: house\nrole: {HEBREW}\nemail: a@x.example"),
    )
    yield (
        "contacts/long.md",
        _person("long", LONG_NAME, f"company: word\nemail: {'long' * 14}@x.example"),
    )
    yield "contacts/emoji.md", _person("emoji", EMOJI, "introduced-by: hebrew\nrole: 🧵")
    yield "contacts/house.md", _company(f"{ARABIC} GmbH") + _notes("news", 5)
    yield "contacts/many.md", _company(f"Many of {HEBREW}") + _notes("news", MANY_NOTES)
    yield "contacts/word.md", _company(WORD)
    for number in range(MANY_CONTACTS):
        name = f"{(HEBREW, NAME, EMOJI)[number % 3]} {number}"
        met = _person(f"met-{number:02}", name, "introduced-by: many\ncompany: word")
        yield f"contacts/met-{number:02}.md", met


def _person(id: str, name: str, more: str) -> str:
    rungs = f"\n## 2026-09-01 know — Met\n\n## 2026-09-02 know to {id}\n\n## 2026-10-01 like\n"
    milestone = f'milestones: ["2026-05-01 {HEBREW}, and {WORD}"]'
    tags = f"tags: [{WORD}, {HEBREW}]\n{milestone}"
    return f'---\nname: "{name}"\n{more}\n{tags}\n---\n{WORD} and {HEBREW}.\n{rungs}'


def _company(name: str) -> str:
    return (
        f'---\nname: "{name}"\ntype: company\nlevel: client\nwebsite: {ADDRESS}\nowner: bart\n'
        f"social: [{ADDRESS}]\n---\n{HEBREW}\n"
    )


def _notes(head: str, count: int) -> str:
    return "".join(
        f"\n## {2021 + n // 110}-{n // 20 % 10 + 1:02}-{n % 20 + 1:02} {head} — {TITLES[n % 6]}\n\n{HEBREW} {n}\n"
        for n in range(count)
    )


def _value(number: int) -> str:
    return f"{1250000 + number}.50 {CURRENCIES[number % 6]}"


def _front(number: int, stage: str, more: str = "", pipeline: str = "one") -> str:
    return (
        f'---\ntitle: "{TITLES[number % 6]} {number}"\nowner: {OWNERS[number % 4]}\n'
        f"stage: {stage}\npipeline: {pipeline}\nvalue: {_value(number)}\n"
        f"company: {('house', 'word')[number % 2]}\n"
        f"contacts: [{('hebrew', 'long', 'arabic', 'emoji')[number % 4]} {WORD}, met-0{number % 9}]\n"
        f"tags: [{WORD}, {HEBREW}]\n{more}---\n"
    )


def _open(number: int) -> str:
    stages = (*OPEN, *BEFORE)
    stage = stages[number % len(stages)]
    pipeline = "two" if stage in BEFORE else "one"
    next = (f"next: 2026-{10 + number % 3}-{20 + number % 8} {(WORD, HEBREW, EMOJI)[number % 3]}, and call\n"
            * (number % 5 > 0))  # fmt: skip
    close = f"close: 202{6 + number % 2}-{(12, 3, 6)[number % 3]:02}-10\n"
    sure = "category: " + ("commit", "best-case", "pipeline", "omitted")[number % 4] + "\n"
    entered = (
        f"\n## 2026-{8 + number % 3:02}-0{1 + number % 9} stage {stage} — {TITLES[number % 6]}\n"
    )
    return _front(number, stage, next + close + sure, pipeline) + entered


def _won(number: int) -> str:
    day = ("2026-11-17", "2026-10-05", "2026-03-01")[number % 3]
    return _front(number, "done") + f"\n## 2026-02-02 stage s1\n\n## {day} stage done — {HEBREW}\n"


def _lost(number: int) -> str:
    reason = f'lost-reason: "{REASON}"\n'
    return (
        _front(number, "gone", reason)
        + f"\n## 2026-02-02 stage s1\n\n## 2026-11-1{number} stage gone\n"
    )


def _parked() -> str:
    return _front(4, "asleep", "wake: 2026-11-01\n") + "\n## 2026-02-02 stage asleep\n"


def _full() -> str:
    """A deal with all that can be said of one."""
    more = (
        f"next: 2026-11-20 {WORD} {HEBREW} [[arabic]]\nclose: 2026-12-15\nprobability: 35%\n"
        f"category: commit\nsource: referral hebrew\nchannel: {WORD}\nsegment: {WORD}\n"
        f"aim: {ARABIC} {WORD}\ntheir-win: {HEBREW}\nour-win: {WORD}\n"
    )
    return (
        _front(0, "s4", more)
        + f"{WORD}\n\n{HEBREW}, [{WORD}]({ADDRESS})\n{_text()}"
        + _notes("call with hebrew, arabic by bart", 6)
    )


def _text() -> str:
    return f"""
## 2026-10-20 stage s1 — {WORD}

## 2026-11-02 stage s4 — {HEBREW}

## 2026-11-03 09:30 email to hebrew, long by bart — {EMOJI} {WORD}

{HEBREW} and more, {ADDRESS}

- {ARABIC}
- [x] asked-s1: {WORD}
- [x] told-s2: {HEBREW}
- [ ] {WORD}

| {WORD} | {HEBREW} | b | c | d |
|---|--:|:-:|---|---|
| `code_{"x" * 60}` | 1 250 000.50 | {ARABIC} | {EMOJI} | {ADDRESS} |

> {WORD}, {HEBREW}

```
{"all_on_one_line(" * 12} {HEBREW}
```

## 2026-11-04 proposal to arabic — {ARABIC}
terms:: {WORD} {HEBREW}
services:: {EMOJI}
budget:: {_value(0)}
value:: {_value(0)}

## 2026-11-05 workshop-with-all-of-their-people with hebrew
"""


def _one_of_many(number: int) -> str:
    """A deal of a company of very many, in a stage that few pages show."""
    return (
        f'---\ntitle: "{TITLES[number % 6]} {number}"\nowner: dina\nstage: off\npipeline: two\n'
        f"company: many\nsource: referral many\nlost-reason: {HEBREW}\n---\n\n## 2025-05-05 stage off\n"
    )
