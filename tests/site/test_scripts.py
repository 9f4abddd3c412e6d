"""The script of all pages is all its parts, in one order, makes nothing of texts but texts, and asks
for nothing elsewhere; data is handed over by scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from site_builder.pages.data import Data
from site_builder.site.render import templates_dir
from site_builder.site.scripts import PARTS, data, joined

SCRIPTS = templates_dir() / "scripts"


def test_every_part_is_in_it_once() -> None:
    assert sorted(PARTS) == sorted(path.stem for path in SCRIPTS.iterdir())


def test_parts_are_joined_in_their_order_without_comments(tmp_path: Path) -> None:
    for name in PARTS:
        (tmp_path / f"{name}.js").write_text(
            f"// {name}\n\nconst x = 1; // so\n  // more\n", "utf-8"
        )
    script = joined(tmp_path).decode()
    assert script.startswith('(() => {\n"use strict";\n') and script.endswith("})();\n")
    assert script.count("const x = 1; // so\n") == len(PARTS)
    assert not re.search("^ *//", script, re.MULTILINE)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_says_what_it_is_of_and_is_small(name: str) -> None:
    script = (SCRIPTS / f"{name}.js").read_text("utf-8")
    assert script.startswith("// ") and script.endswith("\n") and "\n\n\n" not in script
    assert len(script.splitlines()) < 300


def test_it_makes_no_markup_and_no_code_of_texts_and_asks_for_nothing() -> None:
    script = joined(SCRIPTS).decode()
    unsafe = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|fetch\(|XMLHttp|import\(|\.style\b|Date\.now|new Date\(\)"
    assert re.findall(unsafe, script) == []
    assert re.findall(r"https?://[^\"]*", script) == []


def test_data_is_one_call_with_a_value() -> None:
    value = {"a": ["</script>", "\u2028", 'x"', None, 0]}
    text = data(Data("deals", value)).decode()
    call = re.fullmatch(r'dealog\.given\("deals",(.*)\);\n', text, re.DOTALL)
    assert call and json.loads(call[1]) == value
