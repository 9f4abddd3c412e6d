"""A pull request with eight kinds of change, two of them suspicious, on a repository with a year of
history: what its comment says, and that it can be read in a minute."""

from __future__ import annotations

import html
import re

import pytest

from tests.commands import run
from tests.repositories import QUIET, Repo
from tests.year_of_history import year

DAY = "2026-11-20"


def front(text: str, **fields: str) -> str:
    """A file with fields of its front matter otherwise; one that is nothing is not there."""
    for name, value in fields.items():
        field = name.replace("_", "-")
        text, n = re.subn(rf"(?m)^{field}: .*\n", f"{field}: {value}\n" if value else "", text)
        if not n and value:
            text = text.replace("\nstage: ", f"\n{field}: {value}\nstage: ", 1)
    return text


def proposed(repo: Repo) -> Repo:
    """The branch: won, lost, moved with a skip, grown, slipped, new, an old note rewritten, and a
    probability raised without a word."""
    deals = {path.stem: path.read_text("utf-8") for path in (repo.folder / "deals").iterdir()}
    of = {
        stage: sorted(id for id, text in deals.items() if f"\nstage: {stage}\n" in text)
        for stage in ("lead", "talks", "offer")
    }
    won, grown = of["offer"][:2]
    slipped = next(
        id for id in of["offer"][2:] + of["talks"] if re.search(r"(?m)^close: 2026-1", deals[id])
    )
    lost, raised = _unlike(slipped, of["talks"], deals)
    skipped, rewritten = of["lead"][:2]
    made = {
        won: front(deals[won], stage="won", next="")
        + f"\n## {DAY} stage won by maria — They signed\n",
        lost: front(deals[lost], stage="lost", lost_reason="price", next="")
        + f"\n## {DAY} stage lost by otto\nlost-reason:: price\n",
        grown: front(deals[grown], value="120000")
        + f"\n## {DAY} call with {grown}-buyer by maria — Two more sites\nvalue:: 120000\n",
        slipped: front(deals[slipped], close="2027-02-15")
        + f"\n## {DAY} change by otto\nclose:: 2027-02-15\n",
        skipped: front(deals[skipped], stage="offer", value=front_value(deals[skipped]))
        + f"\n## {DAY} stage offer by ines — They were in a hurry\n",
        raised: front(deals[raised], probability="85%"),
    }
    texts = {**deals, **made}
    texts[rewritten] = re.sub(
        r" — (First|More) words", " — They love us @everyone #12", texts[rewritten], count=1
    )
    files = {f"deals/{id}.md": text for id, text in texts.items() if text != deals[id]}
    new = (
        "---\ntitle: Harbour cranes\ncontacts: [harbour-cranes-buyer]\nowner: maria\nstage: lead\nvalue: 30000\n"
        f"created: {DAY}\nnext: 2026-12-01 Call\n---\n\n## {DAY} email from harbour-cranes-buyer — Asks for a price\n"
    )
    files |= {
        "deals/harbour-cranes.md": new,
        "contacts/harbour-cranes-buyer.md": "---\nname: Buyer of Harbour cranes\n---\n",
    }
    repo.git("checkout", "-q", "-b", "proposal")
    repo.commit(files, day=DAY)
    return repo


def _unlike(slipped: str, talks: list[str], deals: dict[str, str]) -> tuple[str, str]:
    """A deal to lose, and one whose probability no note has set."""
    left = [id for id in talks if id != slipped]
    raised = next(id for id in left if "probability::" not in deals[id])
    return next(id for id in left if id != raised), raised


def front_value(text: str) -> str:
    found = re.search(r"(?m)^value: (.*)$", text)
    return found[1] if found else "20000"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return proposed(year(tmp_path_factory.mktemp("pr") / "journal", commits=300, deals=24))


@pytest.fixture
def comment(repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    code, out, err = run(
        "-C", repo.folder, "diff", "main...", "--format", "markdown", capsys=capsys
    )
    assert (code, err) == (0, "")
    return out


def test_the_headline_says_it_all(comment: str) -> None:
    head = comment.partition("\n")[0]
    assert head.startswith("### ")
    for part in ("weighted", "1 won", "1 lost", "1 slipped", "1 new", "2 things to look at twice"):
        assert part in head.lower(), part


def test_it_can_be_read_in_a_minute(comment: str) -> None:
    shown = html.unescape(comment).replace("\N{ZERO WIDTH SPACE}", "")
    open_part = re.sub(r"(?s)<details>.*?</details>", "", shown)
    words = re.findall(r"[A-Za-z0-9€%.,-]+", open_part)
    assert len(words) <= 290 and len(open_part.splitlines()) <= 60
    assert len(comment.encode()) < 10_000
    assert comment.index("Look twice") < comment.index("**Deals**")


def test_each_of_the_eight_is_told(comment: str) -> None:
    for word in (
        "won",
        "lost",
        "new",
        "skipped",
        "120",
        "2027-02-15",
        "says something else",
        "went up from",
    ):
        assert word in comment, word


def test_it_calls_nobody(comment: str) -> None:
    assert not re.search(r"@everyone|(?<!\w)#12\b", comment)
