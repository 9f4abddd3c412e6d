"""Deals and contacts written at random in every form that a journal allows: Markdown and YAML, all
line ends, byte order marks, quotes, comments, blocks, tabs, emoji, no last line end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

PIPELINE = """\
journal: Kestrel
currency: EUR
visibility: private
as-of: 2026-11-20
team:
  max: {name: Max Lind}
  ida: {name: Ida Roth}
lost-reasons: {price: Price, timing: Timing}
kinds: {workshop: intangible}
pipelines:
  sales:
    fields:
      rival: {type: contact}
      before: {type: deal}
      size: {type: choice, options: [small, large]}
    stages:
      lead: {steps: {asked: Asked, shown: Shown}}
      talks: {requires: [need], steps: {walk: {name: Walked, required: yes}}, was: [chat]}
      won: {type: won}
      lost: {type: lost}
      rest: {type: parked}
  renewals:
    stages:
      review: {}
      renewed: {type: won}
      gone: {type: lost}
"""
PEOPLE = ("ann", "ann-lee", "bob", "eve-ann", "cy")
COMPANIES = ("acme", "acme-inc", "blue-fir")
DEALS = ("alfa", "beta", "gamma-ray", "delta")
DAYS = ("2026-03-01", "2026-09-30", "2026-10-05", "2026-10-05", "2026-11-01", "2026-11-19")
PROSE = (
    "Plain words, and ann as a word.",
    "See [[{who}]] — and [[{who}|words]] 🙂.",
    "```\n## 2026-01-01 call with {who}\n[[{who}]]\n```",
    "- [ ] a task\n- [x] another one\n\n  with a\ttab",
    '| a | b |\n|---|---|\n| [[{who}\\|x]] | "q" |',
    "A line  \nbroken, with ümlauts and 'quotes': `[[{who}]]`",
    "### A heading\n\n> ## quoted\n\n    code # no comment",
    "~~~\nnever closed",
)


class Odd:
    """Writes files at random."""

    def __init__(self, random: Random) -> None:
        self.random, self.pick = random, random.choice

    def some(self, texts: Sequence[str], odds: float = 0.5) -> list[str]:
        return [text for text in texts if self.random.random() < odds]

    def who(self) -> str:
        return self.pick((*PEOPLE, *COMPANIES))

    def prose(self) -> str:
        return self.pick(PROSE[:-1]).replace("{who}", self.who())

    def quoted(self, text: str) -> str:
        """A value in one of the ways to write it."""
        plain = text if text[:1].isalnum() and ": " not in text and " #" not in text else ""
        single, double = "'" + text.replace("'", "''") + "'", '"' + text.replace('"', '\\"') + '"'
        return self.pick([single, double, *([plain] * 4 if plain else [])])

    def listing(self, name: str, items: Sequence[str]) -> str:
        """A list in brackets, or with a line each."""
        if self.pick((True, True, False)):
            return f"{name}: [{', '.join(items)}]{self.pick(('', '', '  # why'))}\n"
        indent = self.pick(("  ", ""))
        rows = [f"{indent}- {each}{self.pick(('', '', ' # so'))}\n" for each in items]
        return f"{name}:\n{''.join(rows)}"

    def line(self, name: str, value: str) -> str:
        gap, end = self.pick((" ", " ", "   ", "\t")), self.pick(("", "", "", "  # note", " "))
        return f"{name}:{gap}{self.quoted(value)}{end}\n"

    def fields(self, lines: list[str]) -> str:
        """Front matter with comments and blank lines between."""
        more = [
            f"{self.pick(('# a comment', '#no blank', '# wörds 🙂'))}\n",
            "\n",
            "x-own: 'as it is'\n",
        ]
        lines += self.some(more, 0.3)
        if self.pick((True, False)):
            self.random.shuffle(lines)
        return "".join(lines)

    def deal(self, id: str) -> str:
        """The front matter of a deal."""
        is_renewal = self.pick((True, False, False))
        roles = ("", "", " champion", " economic buyer")
        people = [p + self.pick(roles) for p in self.random.sample(PEOPLE, self.pick((0, 1, 2, 3)))]
        people = [
            f'"[[{p.split()[0]}|W]]{p[len(p.split()[0]) :]}"' if self.random.random() < 0.2 else p
            for p in people
        ]
        own = [self.line("rival", self.pick(COMPANIES)), self.line("before", self.pick(DEALS))]
        own.append(self.line("size", "small"))
        lines = [self.line("title", f"Deal {id}"), self.line("owner", self.pick(("max", "ida")))]
        lines.append(self.line("pipeline", "renewals" if is_renewal else "sales"))
        lines.append(
            self.line("stage", self.pick(("review",) if is_renewal else ("lead", "talks")))
        )
        lines += self.some([
            self.line("company", self.pick(COMPANIES)), self.line("value", self.pick(("500", "1 200 USD"))),
            self.line("close", "2026-12-24"), self.line("next", f"2026-12-01 Ask [[{self.who()}]]: it"),
            self.line("source", f"referral {self.who()}"), self.line("channel", "A fair: Köln"),
            self.listing("tags", ["a", "'b c'", "é"]), "their-win: |\n  Two lines:\n  # no comment\n",
            "our-win: >-\n  folded\n  words\n", *([] if is_renewal else own),
        ])  # fmt: skip
        return self.fields([*lines, self.listing("contacts", people)] if people else lines)

    def contact(self, id: str) -> str:
        """The front matter of a contact."""
        lines = [self.line("name", id.title())]
        if id in COMPANIES:
            lines += [
                "type: company\n",
                *self.some([self.line("website", f"https://{id}.example")]),
            ]
        else:
            lines += self.some(
                [self.line("company", self.pick(COMPANIES)), self.line("role", "Head")]
            )
        others = [each for each in PEOPLE if each != id]
        lines += self.some([
            self.line("email", f"{id}@x.example"), self.line("phone", self.pick(("+49 30 1234567", "030/1234567"))),
            self.line("introduced-by", self.pick(others)), self.listing("tags", ["press", "x"]),
            self.listing("milestones", ["2026-12-24 Birthday", "'2027-01-01 Day: one'"]),
            self.listing("social", [f"https://x.example/{id}"]), self.line("x-source-id", f"crm/{id}"),
        ])  # fmt: skip
        return self.fields(lines)

    def note(self, day: str, is_markdown: bool) -> str:
        kind = self.pick(("call", "email", "meeting", "note", "workshop"))
        way = self.pick(("", "", "with", "to", "from"))
        people = self.random.sample((*PEOPLE, "ida"), self.pick((1, 1, 2))) if way else []
        time, by = self.pick(("", "", "09:30")), self.pick(("", "max"))
        headline, text = (
            self.pick(("", "Said [[ann-lee]]", "One: two — three")),
            self.pick(("", self.prose())),
        )
        if is_markdown:
            words = ["##", day, time, kind, way, ", ".join(people), by and f"by {by}"]
            head = " ".join(filter(None, words)) + (
                f" {self.pick('—–-')} {headline}" if headline else ""
            )
            gap = self.pick(("", "\n"))
            return f"{head}\n{gap}{text}\n" if text else f"{head}\n"
        rows = [f"date: {day}", time and f'time: "{time}"', f"kind: {kind}", by and f"by: {by}"]
        several = "".join(people) if not people[1:] else f"[{', '.join(people)}]"
        rows += [way and f"{way}: {several}", headline and f"headline: {self.quoted(headline)}"]
        rows = list(filter(None, rows))
        if text:
            rows += ["text: |", *("  " + line if line else "" for line in text.split("\n"))]
        lines = (("  " if n else "- ") + row if row else "" for n, row in enumerate(rows))
        return "".join(f"{line}\n" for line in lines)

    def text(self, front: str) -> tuple[str, str]:
        """A whole file, and its ending."""
        days = sorted(self.random.choices(DAYS, k=self.pick((0, 1, 2, 3, 5))))
        days = days[::-1] if self.pick((True, False, False)) else days
        if self.pick((True, True, False)):
            gap = self.pick(("\n", "", "\n\n"))
            notes = gap.join(self.note(day, True) for day in days)
            above = self.pick(("", "\n", f"\n{self.prose()}\n\n"))
            return f"---\n{front}---\n{above}{notes}", ".md"
        indent = self.pick(("", "  "))
        items = "".join(self.note(day, False) for day in days)
        rows = "".join(indent + row if row.strip() else row for row in items.splitlines(True))
        summary = self.pick(("", "summary: |\n  Some words.\n  # of it\n"))
        empty = self.pick(("", "notes: []\n", "notes:\n"))
        return front + summary + (f"notes:\n{rows}" if rows else empty), self.pick(
            (".yml", ".yaml")
        )

    def data(self, text: str) -> bytes:
        """A text as bytes, with one kind of line ends, perhaps without the last one."""
        if self.pick((True, False, False)) and not text.endswith("\n\n"):
            text = text.removesuffix("\n")
        text = text.replace("\n", self.pick(("\n", "\n", "\r\n")))
        return self.pick((b"", b"", b"\xef\xbb\xbf")) + text.encode()


def journal(random: Random) -> dict[str, bytes]:
    """The files of a whole journal, in which all can be read."""
    odd = Odd(random)
    files = {"pipeline.yml": PIPELINE.encode()}
    for kind, ids, front in (
        ("deals", DEALS, odd.deal), ("contacts", (*PEOPLE, *COMPANIES), odd.contact)
    ):  # fmt: skip
        for id in ids:
            text, ending = odd.text(front(id))
            files[f"{kind}/{odd.pick(('', '', 'old/'))}{id}{ending}"] = odd.data(text)
    return files


def write_journal(folder: Path, random: Random) -> None:
    """Write a whole journal, in which all files can be read."""
    for path, data in journal(random).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
