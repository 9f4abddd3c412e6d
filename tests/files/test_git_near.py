from __future__ import annotations

from pathlib import Path

from site_builder.files.git_near import is_in_repository


def test_a_repository_lies_in_a_folder_or_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    assert not is_in_repository(folder)
    assert not is_in_repository(tmp_path / "nowhere")
    (tmp_path / "a" / ".git").write_text("gitdir: elsewhere")
    assert is_in_repository(folder) and is_in_repository(folder.parent)


def test_links_that_lead_round_in_a_circle_are_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert not is_in_repository(tmp_path / "a")
