"""The map in CONTRIBUTING.md names every module and folder of the package."""

from __future__ import annotations

from tests.places import ROOT


def test_the_map_names_every_module() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    package = ROOT / "site_builder"
    modules = [path.name for path in package.glob("*.py") if not path.name.startswith("__")]
    folders = [path.name for path in package.iterdir() if (path / "__init__.py").is_file()]
    missing = [name for name in modules if f"`{name}`" not in text.replace("site_builder/", "")]
    missing += [
        name
        for name in folders
        if f"`site_builder/{name}/`" not in text and f"`{name}/`" not in text
    ]
    assert missing == []
