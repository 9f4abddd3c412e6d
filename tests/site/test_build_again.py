"""Journals changed at random: a build and a check over what was kept say and leave what those
from nothing do. Each kind of change once here, and back; ``make soak`` runs a thousand journals in
eight steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import sequences
from tests.commands import contents, write

pytestmark = pytest.mark.usefixtures("templates_loaded_once")
JOURNALS = 3


@pytest.mark.parametrize("seed", range(JOURNALS))
def test_what_was_kept_changes_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each journal is changed in several ways for sure, one after another: in up to four others by
    chance, and back."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ways = [change for change, _ in sequences.CHANGES[seed::JOURNALS]]
    sequences.play(tmp_path / "scene", seed, sure=ways)


def test_a_file_of_nothing_that_comes_or_goes_changes_what_others_are_sure_to_lack(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, {"contacts/ann.md": "---\nname: Ann\n---\n\n## 2026-10-01 like from ann\n"})
    told = []
    for data in (None, "", None):
        if data is None:
            (journal / "contacts/bo.md").unlink(missing_ok=True)
        else:
            write(journal, {"contacts/bo.md": data})
        told.append(sequences.run("-C", journal, "build")[2].rpartition("As of 2026-11-20; ")[2])
    assert told == ["1 warning.\n", "1 error.\n", "1 warning.\n"]


@pytest.mark.parametrize(
    ("role", "id"), [("kim", "kim"), ("lead kim", "kim"), ("Kim Roe", "kim-roe")]
)
def test_a_contact_that_comes_or_goes_changes_what_a_role_is_taken_for(
    role: str, id: str, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where several deals have the same text, which is read once."""
    deal = f"---\ntitle: Two\nowner: max\nstage: lead\ncontacts: [ann {role}]\n---\n"
    ann = "---\nname: Ann\n---\n"
    write(journal, {"contacts/ann.md": ann, "deals/a.md": deal, "deals/b.md": deal})
    file = journal / f"contacts/{id}.md"
    for data in ("", "---\nname: Kim\n---\n", ""):
        file.write_text(data)
        if not data:
            file.unlink()
        sequences.run("-C", journal, "build", "-o", tmp_path / "kept")
        sequences.run("-C", journal, "build", "-o", tmp_path / "clean", "--no-cache")
        assert contents(tmp_path / "kept") == contents(tmp_path / "clean"), data


def test_a_step_that_is_missed_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison itself can fail: a page that the site lacks is seen."""
    scene = sequences.Scene(tmp_path, 1)
    sequences.compared(scene)
    lacking = {**sequences.clean(scene)[0], "lacking.html": b""}
    monkeypatch.setattr(sequences, "clean", lambda scene: (lacking, (0, "", "")))
    with pytest.raises(AssertionError, match="lacking"):
        sequences.compared(scene)
