"""Templates compiled our way: nothing but the cost may differ from Jinja's own."""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError
from markupsafe import Markup, escape

from site_builder.files.tree import FolderTree
from site_builder.load.loader import load
from site_builder.pages.registry import all_pages, site_context
from site_builder.site.render import Renderer
from site_builder.site.templating import TESTED, environment, quickest
from tests.by_hand import TODAY
from tests.places import ROOT

BASE = """\
<title>{% block title %}untitled{% endblock %}</title>
{% block main %}{% for one in view.many %}{% block row scoped %}[{{ one }}]{% endblock %}
{% endfor %}{% endblock %}
{% block foot %}{{ foot }}{{ self.title() }}{% endblock %}
"""
MACROS = """\
{% macro link(text, path="#") %}<a href="{{ path }}">{{ text }}</a>{% endmacro %}
{% macro box(title) %}<b>{{ title }}</b>{{ caller() }}{% endmacro %}
{% macro any() %}{{ varargs|join(" ") }}{{ kwargs.a }}{% endmacro %}
{% macro seen() %}{{ one is defined }}{% endmacro %}
"""
ROW = "{{ view.text }}{{ one is defined }}"
PAGES = (
    "{{ view.text }}{{ view.markup }}{{ view.number }}{{ view.nothing is defined }}{{ none }}",
    "{% extends 'base.html' %}{% block title %}{{ super() }}, {{ view.text }}{% endblock %}",
    "{% extends 'base.html' %}{% block row %}<{{ one }}>{{ super() }}{% endblock %}",
    "{% extends 'base.html' %}{% block foot %}{{ super() }}{% include 'row.html' %}{% endblock %}",
    "{% if view.text %}{% extends 'base.html' %}{% endif %}{% block title %}a{% endblock %}",
    "{% import 'macros.html' as ui %}{{ ui.link(view.text) }}{{ ui.link(view.markup, path='&') }}",
    "{% import 'macros.html' as ui %}{% call ui.box('<') %}{{ view.text }}{% endcall %}",
    "{% from 'macros.html' import any, seen with context %}{{ any(1, '<', a=view.markup) }}{{ seen() }}",
    "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m('<') }}{{ m('<', 2) }}{{ m(b=1, a=2) }}",
    "{% macro deep(x) %}{% if x %}({{ x }}{{ deep(x - 1) }}){% endif %}{% endmacro %}{{ deep(3) }}",
    "{% set a, b = '<', view.markup %}{{ a ~ b }}{% set c %}{{ a }}<i>{% endset %}{{ c }}",
    "{% block main %}{% set c %}{{ view.text }}<i>{% endset %}{{ c }}{% endblock %}",
    "{% block main %}{% for a in view.many if a.upper() == a %}{{ loop.index }}{{ a }}{% endfor %}{% endblock %}",
    "{% for a in view.tree recursive %}{{ a[0] }}{{ loop(a[1]) }}{% endfor %}",
    "{% filter upper %}{{ view.text }}{% block main %}b{% endblock %}{% endfilter %}",
    "{% with a = view.many %}{{ a|join('&') }}{{ a[0] }}{{ a.0 }}{{ view['text'] }}{% endwith %}",
    "{% include ['missing.html', 'row.html'] %}{{ view.dict.key }}{{ view.dict['key'] }}",
    "{{ view.many.nothing is defined }}{{ view.text.upper() }}{{ 'yes' if view.text else 'no' }}",
)


class View:
    text = "R&D <b>"
    markup = Markup("<i>R&amp;D</i>")
    number = 7
    many = ("a", "B", "<")
    tree = (("a", (("<", ()),)), ("c", ()))
    dict = {"key": "'v'"}  # noqa: RUF012


quick_only = pytest.mark.skipif(
    quickest() is Environment, reason=f"this Jinja is none of {', '.join(TESTED)}"
)


def rendered(folder: Path, kind: type[Environment] | None = None) -> str:
    jinja = environment([folder], kind)
    return jinja.get_template("page.html").render(view=View(), foot=Markup("<hr>"), one="1")


@quick_only
@pytest.mark.parametrize("page", PAGES)
def test_every_construct_gives_what_jinja_gives(tmp_path: Path, page: str) -> None:
    for name, text in {"base": BASE, "macros": MACROS, "row": ROW, "page": page}.items():
        (tmp_path / f"{name}.html").write_text(text)
    assert rendered(tmp_path) == rendered(tmp_path, Environment)


@pytest.mark.parametrize(
    "page",
    [
        "{{ view.nothing }}",
        "{% block main %}{{ view.text.nothing }}{% endblock %}",
        "{% if view.nothing %}{% endif %}",
        "{{ nothing.at_all }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}",
    ],
)
def test_what_is_missing_is_the_same_error(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.html").write_text(page)
    said = []
    for kind in (None, Environment):
        with pytest.raises(UndefinedError) as raised:
            rendered(tmp_path, kind)
        said.append(str(raised.value))
    assert said[0] == said[1]


@pytest.mark.parametrize("call", ["m(1, 2)", "m(b=1)", "m(1, a=2)"])
def test_a_macro_takes_what_it_names(tmp_path: Path, call: str) -> None:
    (tmp_path / "page.html").write_text(f"{{% macro m(a) %}}{{% endmacro %}}{{{{ {call} }}}}")
    for kind in (None, Environment):
        with pytest.raises(TypeError, match="macro 'm'"):
            rendered(tmp_path, kind)


def site_with(version: str | None, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """All pages of the demo as they are with one version of Jinja."""
    if version is None:
        monkeypatch.delattr(jinja2, "__version__")
    else:
        monkeypatch.setattr(jinja2, "__version__", version)
    site = load(FolderTree(ROOT), lambda: TODAY)
    renderer = Renderer(site_context(site))
    return [renderer.render(page) for page in all_pages(site)]


@quick_only
@pytest.mark.parametrize("version", ["3.2.0", "3.1.99", None])
def test_with_an_unknown_jinja_the_demo_site_is_what_jinja_makes_of_it(
    version: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = site_with(TESTED[-1], monkeypatch)
    # Whatever such a version no longer has, what relies on it is not even imported.
    monkeypatch.setitem(sys.modules, "site_builder.site.fast_jinja", None)
    assert site_with(version, monkeypatch) == ours


@quick_only
def test_this_jinja_is_taken_the_quick_way() -> None:
    assert quickest().__name__ == "FastEnvironment"


@quick_only
@given(st.text(alphabet="ab&<>\"'é€😀 ", max_size=20))
def test_texts_are_escaped_as_everywhere(text: str) -> None:
    from site_builder.site.fast_jinja import escape_text

    assert escape_text(text) == str(escape(text))
