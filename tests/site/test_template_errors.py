"""A journal's own template that is wrong: the build says where and why."""

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.pages.frame import NavItem, SiteContext
from site_builder.pages.page import Page
from site_builder.pages.registry import all_pages, site_context
from site_builder.site.render import Renderer
from site_builder.site.template_errors import TemplateWrong
from tests.by_hand import TODAY
from tests.catalogue import BASE
from tests.commands import run, write

SITE = SiteContext("Kestrel & Vane", TODAY.isoformat(), "20 Nov 2026", (NavItem("A", "a.html"),))


def told(folder: Path, template: str, text: str | bytes, name: str = "any.html") -> str:
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    with pytest.raises(TemplateWrong) as raised:
        Renderer(SITE, folder).render(Page("a.html", template, lambda: None))
    again = pickle.loads(pickle.dumps(raised.value))
    assert type(again) is TemplateWrong and str(again) == str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("<p>\n{% if %}", 2, "Expected an expression, got 'end of statement block'"),
        ("\n\n{{ foo }}", 3, "'foo' is undefined"),
        ("\n{{ 1/0 }}", 2, "division by zero"),
        ("\n{{ site.nothing }}", 2, "no attribute 'nothing'"),
        ('\n{% include "nope.html" %}', 2, "there is no template `nope.html`"),
        (b"ok\nok\n\xff", 3, "this is not UTF-8: save the file as UTF-8"),
        ("\n{% autoescape false %}{{ root }}{% endautoescape %}", 2, "always escaped"),
    ],
)
def test_file_line_and_reason(tmp_path: Path, text: str | bytes, line: int, why: str) -> None:
    message = told(tmp_path, "any.html", text)
    assert message.startswith(f"templates/any.html, line {line}: ")
    assert why in message
    assert str(tmp_path) not in message


def test_the_innermost_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "outer.html").write_text('{% include "inner.html" %}')
    message = told(tmp_path, "outer.html", "\n{{ foo }}", "inner.html")
    assert message.startswith("templates/inner.html, line 2: ")


def test_a_built_in_template_that_lacks_what_an_own_one_dropped(tmp_path: Path) -> None:
    message = told(tmp_path, "problems.html", "{# no macros any more #}", "macros.html")
    assert message.startswith("templates/: dealog's own problems.html, line ")


def test_a_template_that_includes_itself(tmp_path: Path) -> None:
    message = told(tmp_path, "any.html", '{% include "any.html" %}')
    assert message.startswith("templates/any.html") and "recursion" in message


def test_without_templates_of_its_own_it_is_a_bug_of_ours() -> None:
    with pytest.raises(Exception, match="has no attribute 'answer'") as raised:
        Renderer(SITE).render(Page("a.html", "notfound.html", lambda: None))
    assert not isinstance(raised.value, TemplateWrong)


def test_a_bug_in_a_view_is_no_fault_of_the_templates(tmp_path: Path) -> None:
    def view() -> object:
        raise KeyError("ours")

    with pytest.raises(KeyError):
        Renderer(SITE, tmp_path).render(Page("a.html", "notfound.html", view))


@pytest.mark.parametrize("name", ["base.html", "deal.html", "header.html"])
def test_the_build_refuses_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write(tmp_path, {**BASE, f"templates/{name}": "\n{{ 1/0 }}{% if %}"})
    code, out, err = run("-C", tmp_path, "build", capsys=capsys)
    assert (code, out) == (2, "")
    assert f"dealog: templates/{name}, line 2: Expected an expression" in err
    assert "Traceback" not in err and "bug" not in err


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    own = tmp_path / "templates"
    (own / "assets").mkdir(parents=True)
    (own / "notfound.html").symlink_to(secret)
    (own / "assets" / "style.css").symlink_to(secret)
    loaded = load(MemoryTree(dict(BASE)), lambda: dt.date(2026, 11, 20))
    renderer = Renderer(site_context(loaded), own)
    page = next(page for page in all_pages(loaded) if page.path == "404.html")
    assert b"secret" not in renderer.render(page)
    assert b"secret" not in dict(renderer.assets())["assets/style.css"]
