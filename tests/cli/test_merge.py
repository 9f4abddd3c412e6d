from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import contents, run, write

FILES = {
    "contacts/jane-roe.md": "---\nname: Jane Roe\nemail: jane@acme.example\n---\n",
    "contacts/j-roe.md": (
        "---\nname: J. Roe\nemail: Jane@acme.example\nphone: 030 1\n---\n\n## 2026-11-01 call\n"
    ),
    "contacts/ann.yml": "name: Ann\nintroduced-by: j-roe\n",
    "contacts/acme-inc.md": "---\nname: Acme\ntype: company\n---\n",
    "deals/two.md": (
        "---\ntitle: Two\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"
        "contacts: [j-roe champion, jane-roe]\n---\n\n## 2026-11-01 call with j-roe — [[j-roe|J]]\n"
    ),
}


@pytest.fixture
def people(journal: Path) -> Path:
    write(journal, FILES)
    return journal


@pytest.mark.parametrize("words", [["j-roe", "jane"], ["j-roe", "into", "jane-roe"]])
def test_a_contact_becomes_another_everywhere_and_back(
    people: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(people)
    code, out, _ = run("-C", people, "merge", *words, "--prefer", "jane", capsys=capsys)
    assert (code, "  - name: J. Roe" in out) == (0, True)
    after = contents(people)
    assert "contacts/j-roe.md" not in after
    assert after["contacts/jane-roe.md"].decode() == (
        "---\nname: Jane Roe\nemail: jane@acme.example\nphone: 030 1\n---\n\n## 2026-11-01 call\n\n"
        "## 2026-11-20 note — Merged with j-roe\n\n- name: J. Roe (of j-roe)\n"
    )
    assert after["contacts/ann.yml"] == b"name: Ann\nintroduced-by: jane-roe\n"
    assert b"contacts: [jane-roe champion]\n" in after["deals/two.md"]
    assert after["deals/two.md"].endswith(b"with jane-roe \xe2\x80\x94 [[jane-roe|J]]\n")
    assert run("-C", people, "check", capsys=capsys)[0] == 0
    assert run("-C", people, "undo", capsys=capsys)[0] == 0
    assert contents(people) == before


def test_what_differs_is_shown_and_asked_for(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(people)
    code, out, err = run("-C", people, "merge", "j-roe", "jane-roe", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == (
        "dealog: `j-roe` and `jane-roe` differ, and nothing was written:\n"
        "  name\n    j-roe     J. Roe\n    jane-roe  Jane Roe\n"
        "Say whose stays: --prefer jane-roe or --prefer j-roe; of one field, --take name for that "
        "of j-roe, or --take name=…. What does not stay is kept in a note.\n"
    )
    assert contents(people) == before


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        (["--take", "name"], "J. Roe"),
        (["--take", "name=Jane A. Roe"], "Jane A. Roe"),
        (["--prefer", "j-roe"], "J. Roe"),
        (["--prefer", "j-roe", "--take", "name=Jane"], "Jane"),
    ],
)
def test_what_stays_is_said(
    people: Path, choice: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", people, "merge", "j-roe", "jane-roe", *choice, capsys=capsys)[0] == 0
    text = (people / "contacts/jane-roe.md").read_text()
    assert text.startswith(f"---\nname: {name}\n")
    assert "- name: Jane Roe (of jane-roe)\n" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["j-roe", "j-roe"], "`j-roe` can't be merged into itself"),
        (["j-roe", "acme-inc"], "`j-roe` is a person and `acme-inc` a company"),
        (["j-roe", "jane-roe", "ann"], "Two at a time: `dealog merge OLD into CONTACT`"),
        (["j-roe", "jane-roe", "--prefer", "ann"], "`ann` is none of the two: --prefer jane-roe"),
        (["j-roe", "jane-roe", "--take", "phone"], "do not differ in `phone`. They differ in"),
        (["j-roe", "deals/two"], "is no contact"),
        (["nobody", "jane-roe"], "There is no contact `nobody`"),
    ],
)
def test_what_can_t_be(
    people: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(people)
    code, _, err = run("-C", people, "merge", *arguments, capsys=capsys)
    assert (code, said in err) == (2, True)
    assert contents(people) == before


def test_no_link_comes_to_mean_a_deal(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(people, {"deals/jane-roe.md": FILES["deals/two.md"]})
    said = ["merge", "contacts/j-roe", "contacts/jane-roe", "--prefer", "contacts/jane-roe"]
    code, _, err = run("-C", people, *said, capsys=capsys)
    assert (code, "would lead to the deal `jane-roe`: give that another id" in err) == (2, True)
    assert "`dealog rename deals/jane-roe NEW-ID`" in err


def test_nothing_is_merged_beside_files_that_can_t_be_read(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(people, {"contacts/bad.md": "no front matter"})
    code, _, err = run("-C", people, "merge", "j-roe", "jane-roe", capsys=capsys)
    assert (code, "1 file can't be read whole, as contacts/bad.md" in err) == (2, True)


def test_what_would_be_wrong_is_not_written(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(people)
    said = ["merge", "j-roe", "jane-roe", "--prefer", "jane-roe", "--by", "maria"]
    write(
        people,
        {"contacts/j-roe.md": FILES["contacts/j-roe.md"].replace("030 1", "030 1\nstatus: x")},
    )
    assert run("-C", people, *said, capsys=capsys)[0] == 0  # it was wrong before
    run("-C", people, "undo", capsys=capsys)
    write(people, {"contacts/j-roe.md": before["contacts/j-roe.md"].decode() + "\na" * 131_000})
    code, _, err = run("-C", people, *said, capsys=capsys)
    assert (code, "`contacts/jane-roe.md` would be larger than 256 KB" in err) == (2, True)
