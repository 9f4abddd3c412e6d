"""The style sheet is all its parts, in one order, and asks for nothing elsewhere."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from site_builder.site.render import templates_dir
from site_builder.site.style_sheet import PARTS, joined

STYLES = templates_dir() / "styles"


def test_every_part_is_in_it_once() -> None:
    assert sorted(PARTS) == sorted(path.stem for path in STYLES.iterdir())


def test_parts_are_joined_in_their_order_without_comments(tmp_path: Path) -> None:
    for name in PARTS:
        css = f"/* {name} */\n\n.{name} {{\n  top: 0;\n}}\n\n/* So:\n   */\np {{}}\n"
        (tmp_path / f"{name}.css").write_text(css, "utf-8")
    assert joined(tmp_path).decode() == "\n".join(
        [f".{name} {{\n  top: 0;\n}}\n\np {{}}\n" for name in PARTS]
    )


@pytest.mark.parametrize("name", PARTS)
def test_a_part_says_what_it_is_of_and_is_whole(name: str) -> None:
    css = (STYLES / f"{name}.css").read_text("utf-8")
    assert css.startswith("/* ") and css.endswith("}\n") and "\n\n\n" not in css
    assert css.count("{") == css.count("}")
    assert len(css.splitlines()) < 300


@pytest.mark.parametrize("name", PARTS)
def test_what_fits_is_asked_by_the_size_of_letters(name: str) -> None:
    """So that large text has the layout of a small window."""
    css = (STYLES / f"{name}.css").read_text("utf-8")
    assert re.findall(r"@media.*width: [\d.]+px", css) == []


def test_it_is_light() -> None:
    """9 KB, 3 more for the tables and six kinds of drawings of some twenty pages of facts, and 3 for
    what scripts add: 15 in all."""
    assert len(gzip.compress(joined(STYLES))) <= 15_000


def test_it_asks_for_nothing_elsewhere() -> None:
    assert not re.search(rb"url\(|@import|@font-face", joined(STYLES))
