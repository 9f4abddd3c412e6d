"""`follow-up` of pipeline.yml: how soon, and how often, to be in touch again."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from site_builder.journal.schema import FollowUp, Touch
from tests.catalogue import PIPELINE
from tests.journals import codes, site
from tests.schemas import HEAD, PIPES, good, read


def days(count: int) -> dt.timedelta:
    return dt.timedelta(count)


def test_all_of_it_is_read() -> None:
    line = (
        "follow-up: {after-meeting: 24h, no-reply: [2d, 4d, 7d], reply-within: 24h, loop: 30d, "
        "touch: {level client: 30d, tag press: 90d, status hot: 7d, tag key account: 2w}}\n"
    )
    assert good(HEAD + PIPES + line).follow_up == FollowUp(
        days(1), (days(2), days(4), days(7)), days(1), days(30),
        (Touch("level", "client", days(30)), Touch("tag", "press", days(90)),
         Touch("status", "hot", days(7)), Touch("tag", "key account", days(14))),
    )  # fmt: skip


@pytest.mark.parametrize("line", ["follow-up:\n", "follow-up: {touch: }\n", "follow-up: {}\n"])
def test_nothing_is_nothing(line: str) -> None:
    assert good(HEAD + PIPES + line).follow_up == FollowUp()


@pytest.mark.parametrize(
    ("touch", "code", "column", "help"),
    [
        ("{level clint: 30d}", "invalid-value", 21, "Did you mean `level client`?"),
        ("{level rich: 30d}", "invalid-value", 21, "`level shopper`, `level client`"),
        ("{status hott: 7d}", "invalid-value", 21, "Did you mean `status hot`?"),
        ("{status angry: 7d}", "invalid-value", 21, "`status cold`, `status warm`"),
        ("{levle client: 30d}", "unknown-field", 21, "Write `level client: …`."),
        ("{level-client: 30d}", "unknown-field", 21, "Write `level client: …`."),
        ("{Level client: 30d}", "unknown-field", 21, "Write `level client: …`."),
        ("{client: 30d}", "unknown-field", 21, "Write `level client: …`."),
        ("{hot: 30d}", "unknown-field", 21, "Write `status hot: …`."),
        ("{press: 30d}", "unknown-field", 21, "Write `tag press: …`."),
        ("{tag: {press: 30d}}", "unknown-field", 21, "Write `tag press: …`."),
        ("{tag: 30d}", "unknown-field", 21, "Write `tag NAME: …`."),
        ("{tag press: often}", "invalid-value", 32, "`14d`"),
        ("{tag press: [30d]}", "invalid-value", 32, "one value"),
        ("{tag a: 3d, tag  a: 4d}", "invalid-value", 32, "Keep one"),
        (
            "{role buyer: 30d}",
            "unknown-field",
            21,
            "Only `level`, `tag` and `status` can be named: write `tag buyer: …`, and give those contacts the tag `buyer`.",
        ),
        (
            "{owner maria: 30d}",
            "unknown-field",
            21,
            "Only `level`, `tag` and `status` can be named: write `tag maria: …`",
        ),
        ("{role: 30d}", "unknown-field", 21, "Write `tag role: …`."),
        ("{key account: 30d}", "unknown-field", 21, "Write `tag key account: …`."),
        ("30d", "invalid-value", 20, "Write `touch: {level client: 30d"),
        ("[level client]", "invalid-value", 20, "Write `touch: {level client: 30d"),
    ],
)
def test_slips_say_what_to_type(touch: str, code: str, column: int, help: str) -> None:
    _, problems = read(f"follow-up: {{touch: {touch}}}\n" + HEAD + PIPES)
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [(code, 1, column)]
    assert help in problems[0].help


def test_own_names_are_kept_for_oneself() -> None:
    assert good(HEAD + PIPES + "follow-up: {touch: {x-mine: 30d}}\n").follow_up.touch == ()


def test_a_journal_without_levels_has_none_to_go_by() -> None:
    _, problems = read(HEAD + PIPES + "levels: []\nfollow-up: {touch: {level client: 3d}}\n")
    assert [(p.code, p.help) for p in problems] == [
        ("invalid-value", "Remove it: this journal has no levels.")
    ]


# --- what it means for a contact ------------------------------------------------------

TOUCH = PIPELINE + (
    "follow-up: {touch: {level client: 30d, level member: 20d, tag press: 90d, status hot: 7d}}\n"
)
CALL = "## 2026-11-10 call\n"


def shown(front: str, *, notes: str = "", company: str = "level: client") -> str:
    """What the page of a contact says of how often to be in touch."""
    files = {
        "pipeline.yml": TOUCH,
        "contacts/ohm.md": f"---\nname: Ohm\ntype: company\n{company}\n---\n",
        "contacts/jane-roe.md": f"---\nname: Jane Roe\n{front}\n---\n{notes}",
    }
    assert codes(files) == []
    page = site(files)["contacts/jane-roe.html"]
    if "Keep in touch every" not in page:
        return ""
    fact = page[page.index("Keep in touch every") :].split("</dd>")[0]
    return " ".join(re.sub("<[^>]*>", " ", fact).split()).removeprefix("Keep in touch every ")


@pytest.mark.parametrize(
    ("front", "every", "why"),
    [
        ("", "", ""),
        ("tags: [press]", "90 days", "by tag press"),
        ("tags: [press]\nstatus: hot", "7 days", "by status hot"),
        ("tags: [press]\ncompany: ohm", "30 days", "by level client"),
        ("touch-every: 60d\nstatus: hot", "60 days", ""),
        ("type: company\nlevel: member\ntags: [press]", "20 days", "by level member"),
        ("type: company\ntags: [other]", "", ""),
    ],
)
def test_its_own_wins_then_the_shortest(front: str, every: str, why: str) -> None:
    says = shown(front, notes=CALL)
    assert every in says and ("by " in says) == bool(why) and why in says
    assert bool(says) == bool(every)


def test_it_says_when_next() -> None:
    assert "next in 20 days, by level client" in shown("company: ohm", notes=CALL)
    assert "no contact yet, by level client" in shown("company: ohm")


def test_a_status_that_is_worked_out_counts() -> None:
    files = {
        "pipeline.yml": TOUCH,
        "deals/acme.md": "---\ntitle: A\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"
        "contacts: [jane-roe]\n---\n## 2026-11-10 call\n",
    }
    assert codes(files) == []
    assert "by status hot" in site(files)["contacts/jane-roe.html"]


def test_contact_with_one_of_them_counts_for_the_company() -> None:
    files = {
        "pipeline.yml": TOUCH,
        "contacts/ohm.md": "---\nname: Ohm\ntype: company\nlevel: client\n---\n",
        "contacts/jane-roe.md": f"---\nname: Jane Roe\ncompany: ohm\n---\n{CALL}",
    }
    assert codes(files) == []
    assert "next in 20 days, by level client" in site(files)["contacts/ohm.html"]
