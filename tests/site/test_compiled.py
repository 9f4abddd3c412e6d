"""Templates that an earlier run compiled: taken for what they were, and for nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest

from site_builder.files.cache import Cache, cache_of
from site_builder.pages.frame import SiteContext
from site_builder.pages.notfound import not_found
from site_builder.pages.page import Page
from site_builder.site import compiled, render, templating
from site_builder.site.render import Renderer
from site_builder.site.template_errors import TemplateWrong
from tests.commands import contents, run

SITE = SiteContext("Kestrel & Vane", "2026-11-20", "20 Nov 2026", ())
PAGE = Page("404.html", "notfound.html", not_found)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "journal").mkdir()
    found = cache_of(tmp_path / "journal")
    assert found is not None
    return found


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled from now on; other tests are no help."""
    monkeypatch.setattr(render, "environment", templating.environment)
    names: list[str] = []
    compile_one = jinja2.Environment.compile

    def counted(self: jinja2.Environment, source: str, name: str, *args: Any, **more: Any) -> Any:
        names.append(name)
        return compile_one(self, source, name, *args, **more)

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    return names


def page(cache: Cache, own: Path | None = None) -> bytes:
    renderer = Renderer(SITE, own, cache)
    made = renderer.render(PAGE)
    renderer.keep_templates()
    return made


def test_what_was_compiled_is_not_compiled_again(cache: Cache, compilations: list[str]) -> None:
    first = page(cache)
    assert "base.html" in compilations
    compilations.clear()
    assert page(cache) == first == Renderer(SITE).render(PAGE)
    # Only the one without a cache has compiled them.
    assert len(compilations) == len(set(compilations)) > 0


def test_dealogs_own_are_kept_for_all_journals_and_a_journals_own_for_it_alone(
    cache: Cache, tmp_path: Path, compilations: list[str]
) -> None:
    (tmp_path / "other").mkdir()
    other = cache_of(tmp_path / "other")
    assert other is not None
    page(cache)
    compilations.clear()
    page(other)
    assert compilations == []
    own = tmp_path / "templates"
    own.mkdir()
    (own / "notfound.html").write_text("mine")
    assert page(cache, own) == b"mine"
    compilations.clear()
    assert page(cache, own) == b"mine" and compilations == []
    assert page(other, own) == b"mine" and compilations != []


def test_a_template_that_changed_is_compiled(cache: Cache, tmp_path: Path) -> None:
    for text in ("one", "two", "{{ site.name }}"):
        (tmp_path / "notfound.html").write_text(text)
        page(cache, tmp_path)
    assert page(cache, tmp_path) == b"Kestrel &amp; Vane"


def test_two_of_one_text_are_told_apart_by_their_place(cache: Cache, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notfound.html").write_text("{{ view.nothing }}")
        with pytest.raises(TemplateWrong, match=r"^templates/notfound.html, line 1:"):
            page(cache, tmp_path / name)


def test_an_error_is_told_at_its_line_from_what_was_kept(cache: Cache, tmp_path: Path) -> None:
    text = "{% if view is string %}\n{{ view.nothing }}\n{% endif %}ok"
    (tmp_path / "notfound.html").write_text(text)
    page(cache, tmp_path)
    renderer = Renderer(SITE, tmp_path, cache)
    with pytest.raises(TemplateWrong, match=r"^templates/notfound.html, line 2:"):
        renderer.render(Page("a.html", "notfound.html", lambda: "x"))


def test_what_is_damaged_is_compiled_again(cache: Cache, compilations: list[str]) -> None:
    first = page(cache)
    file = cache.of_all.folder / compiled._NAME
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    compilations.clear()
    assert page(cache) == first and "base.html" in compilations


def test_all_that_can_be_are_loaded_ahead_and_the_others_told_of_when_needed(
    tmp_path: Path, compilations: list[str]
) -> None:
    (tmp_path / "odd.html").write_text("{% if %}")
    renderer = Renderer(SITE, tmp_path)
    renderer.load_templates()
    assert {"base.html", "deal.html", "note.html"} <= set(compilations)
    compilations.clear()
    renderer.render(PAGE)
    assert compilations == []
    with pytest.raises(TemplateWrong, match=r"^templates/odd.html, line 1:"):
        renderer.render(Page("a.html", "odd.html", lambda: None))


def test_nothing_is_kept_without_a_cache(
    journal: Path, cache_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(cache_home)
    assert run("-C", journal, "build", "--no-cache", capsys=capsys)[0] == 0
    assert contents(cache_home) == before
