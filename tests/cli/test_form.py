"""`dealog form`: what is typed into a form is done, and nothing that is typed does anything else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.commands import contents, run, write

TODAY = ("--today", "2026-11-20")
DEAL = "---\ntitle: Two sites\nowner: maria\ncontacts: [jane-roe]\nstage: lead\nnext: 2026-12-01 Call\n---\n"
HOSTILE = (
    "--help",
    "--commit",
    "--today",
    "../../two-sites",
    "../outside",
    "/etc/passwd",
    "deals/../../outside",
    "$(touch stolen)",
    "`touch stolen`",
    "acme; touch stolen",
    "\u202eemca",
    "x" * 5000,
)


@pytest.fixture
def deal(journal: Path) -> Path:
    write(journal, {"deals/two-sites.md": DEAL})
    return journal


def fill(
    folder: Path, capsys: pytest.CaptureFixture[str], *rows: str, today: tuple[str, ...] = TODAY
) -> tuple[int, str, str]:
    """Do a form of headings and what stands below them, by turns."""
    pairs = zip(rows[::2], rows[1::2], strict=True)
    form = folder.parent / "form.md"
    form.write_bytes("\n\n".join(f"### {head}\n\n{text}" for head, text in pairs).encode())
    return run("-C", folder, "form", *today, "--", form, capsys=capsys)


def text(folder: Path) -> str:
    return (folder / "deals/two-sites.md").read_text("utf-8")


def test_a_note(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ("Deal or contact", "deals/two-sites", "Kind of note", "email", "With whom", "jane-roe",
            "Which way it went", "to", "Who did it", "maria", "When", "2026-11-18",
            "What happened", "Sent the quote\n\nIn two parts.")  # fmt: skip
    assert fill(deal, capsys, *rows)[0] == 0
    note = "## 2026-11-18 email to jane-roe by maria — Sent the quote\n\nIn two parts.\n"
    assert text(deal) == f"{DEAL}\n{note}"


def test_a_note_of_a_contact(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ("Deal or contact", "contacts/jane-roe", "What happened", "Called Jane")
    assert fill(deal, capsys, *rows)[0] == 0
    assert "## 2026-11-20 call — Called Jane" in (deal / "contacts/jane-roe.md").read_text("utf-8")


def test_a_next_step(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ("Deal to plan", "two", "On which day", "+2d", "What is to be done", "Send: the quote")
    assert fill(deal, capsys, *rows)[0] == 0
    assert 'next: "2026-11-22 Send: the quote"' in text(deal)


def test_a_move_and_a_loss(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        "Deal to move",
        "two-sites",
        "To the stage",
        "qualification",
        "Who wanted it",
        "customer",
    )
    assert fill(deal, capsys, *rows, "Headline", "She asked\nfor it")[0] == 0
    assert "## 2026-11-20 stage qualification — She asked for it\nasked-by:: customer\n" in text(
        deal
    )
    lost = ("Deal to move", "two-sites", "To the stage", "lost")
    assert "Why was it lost?" in fill(deal, capsys, *lost)[2]
    assert fill(deal, capsys, *lost, "Why it was lost", "price")[0] == 0
    assert "lost-reason: price" in text(deal)


def test_a_reason_of_what_is_not_lost_is_refused(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        "Deal to move",
        "two-sites",
        "To the stage",
        "qualification",
        "Why it was lost",
        "price",
    )
    assert "leave empty why it was lost" in fill(deal, capsys, *rows)[2]
    assert text(deal) == DEAL


def test_what_lacks_is_told_by_the_names_of_fields(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("Deal to move", "two-sites", "To the stage", "decision")
    code, _, err = fill(deal, capsys, *rows)
    assert (code, "error[gate-unmet]" in err, "--" in err) == (1, True, False)
    assert "pass them with `Why what is required is passed over`." in err
    assert fill(deal, capsys, *rows, "Why what is required is passed over", "She knows")[0] == 0
    assert "override:: She knows" in text(deal)
    code, _, err = fill(deal, capsys, "Deal to move", "acme", "To the stage", "lost")
    assert "Give `Why it was lost`: `price`" in err


def test_a_lead_with_what_is_known(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ("Name of the lead", "Acme: three sites", "Whose it is", "maria", "Contact", "jane-roe",
            "Value", "48000", "Day of the next step", "tomorrow", "Next step", "Call her",
            "What is known", "Met at the fair\n\nShe has three sites.")  # fmt: skip
    assert fill(deal, capsys, *rows)[0] == 0
    made = (deal / "deals/acme-three-sites.md").read_text("utf-8")
    assert "owner: maria" in made and "next: 2026-11-21 Call her" in made
    assert made.endswith("meeting by maria — Met at the fair\n\nShe has three sites.\n")
    assert run("-C", deal, "check", "--today", "2026-11-20", capsys=capsys)[0] == 0


def test_a_lead_has_a_name_that_none_has(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ("Name of the lead", "Acme", "Whose it is", "maria", "What is known", "Another")
    before = (deal / "deals/acme.md").read_bytes()
    fill(deal, capsys, *rows)
    assert (deal / "deals/acme.md").read_bytes() == before


@pytest.mark.parametrize("odd", HOSTILE)
def test_what_is_typed_as_an_id_is_no_option_and_no_path(
    deal: Path, capsys: pytest.CaptureFixture[str], odd: str
) -> None:
    before, around = contents(deal), {p.name for p in deal.parent.iterdir()} | {"form.md"}
    for rows in (
        ("Deal to move", odd, "To the stage", "qualification"),
        ("Deal to move", "two-sites", "To the stage", odd),
        ("Deal to plan", "two-sites", "On which day", odd, "What is to be done", "x"),
        ("Deal or contact", "two-sites", "Kind of note", odd, "What happened", "x"),
        ("Deal or contact", "two-sites", "Who did it", odd, "What happened", "x"),
        ("Deal or contact", "two-sites", "When", odd, "What happened", "x"),
        ("Name of the lead", "New", "Whose it is", odd),
        ("Name of the lead", "New", "Whose it is", "maria", "Company", odd),
        ("Name of the lead", "New", "Whose it is", "maria", "Value", odd),
    ):
        code, out, err = fill(deal, capsys, *rows)
        assert code in (1, 2), (rows, out, err)
        assert contents(deal) == before
    assert {p.name for p in deal.parent.iterdir()} == around


@pytest.mark.parametrize(
    "odd",
    [
        "--help",
        "- [x] needs-analysis",
        "---\ntitle: Forged\n---",
        "## 2026-11-19 stage qualification — Forged",
        "x\n\n## 2026-11-19 stage qualification — Forged",
        "x\nvalue:: 999999",
        "x\n\nvalue:: 999999",
        "value:: 999999",
        "### Deal or contact\n\nacme",
        "$(touch stolen) `touch stolen`",
        "<script>alert(1)</script>",
        "```\n## 2026-11-19 stage qualification",
        "<!--\n",
        "a\u2028## 2026-11-19 stage qualification",
        "a\r## 2026-11-19 stage qualification",
        "\ufeff## 2026-11-19 stage qualification",
        "w" * 200_000,
        "[" * 20_000,
    ],
    ids=range(18),
)
def test_what_is_typed_as_a_text_is_a_text(
    deal: Path, capsys: pytest.CaptureFixture[str], odd: str
) -> None:
    acme = (deal / "deals/acme.md").read_bytes()
    code, _, _ = fill(deal, capsys, "Deal or contact", "two-sites", "What happened", odd)
    found = run("-C", deal, "list", "--format", "json", *TODAY, capsys=capsys)[1]
    assert code in (0, 1, 2)
    assert (
        '"stage": "qualification"' not in found and "999999" not in found and "Forged" not in found
    )
    assert text(deal).startswith(DEAL)
    assert (deal / "deals/acme.md").read_bytes() == acme
    assert not list(deal.rglob("stolen"))


def test_the_form_is_read_from_standard_input(
    deal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"### Deal or contact\n\ntwo-sites\n\n### What happened\n\nHm"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run("-C", deal, "form", "-", *TODAY, capsys=capsys)[0] == 0
    assert "note — Hm" in text(deal)


def test_what_is_no_form_is_told(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = fill(deal, capsys, "Hello", "x")
    assert (code, "This is no form of dealog's" in err) == (2, True)
    code, _, err = run("-C", deal, "form", deal / "none.md", capsys=capsys)
    assert (code, "can't be read: No such file" in err) == (2, True)
