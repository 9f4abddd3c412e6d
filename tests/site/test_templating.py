"""How templates are rendered: what is missing is an error, and all texts are escaped."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from site_builder.site.templating import environment


class View:
    text = "R&D <b>"
    markup = Markup("<i>R&amp;D</i>")


def rendered(folder: Path, page: str) -> str:
    (folder / "page.html").write_text(page)
    return environment([folder]).get_template("page.html").render(view=View())


def test_texts_are_escaped_and_markup_is_not(tmp_path: Path) -> None:
    page = "{% macro m(a) %}{{ a }}{% endmacro %}{{ view.text }}{{ view.markup }}{{ m(view.text) }}"
    assert rendered(tmp_path, page) == "R&amp;D &lt;b&gt;<i>R&amp;D</i>R&amp;D &lt;b&gt;"


@pytest.mark.parametrize(
    "page",
    [
        "{{ view.nothing }}",
        "{% block main %}{{ view.text.nothing }}{% endblock %}",
        "{% if view.nothing %}{% endif %}",
        "{{ nothing.at_all }}",
        "{{ range(3) }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}",
    ],
)
def test_what_is_missing_is_an_error(tmp_path: Path, page: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(tmp_path, page)


@pytest.mark.parametrize("call", ["m(1, 2)", "m(b=1)", "m(1, a=2)"])
def test_a_macro_takes_what_it_names(tmp_path: Path, call: str) -> None:
    with pytest.raises(TypeError, match="macro 'm'"):
        rendered(tmp_path, f"{{% macro m(a) %}}{{% endmacro %}}{{{{ {call} }}}}")


def test_a_line_of_a_tag_alone_leaves_nothing(tmp_path: Path) -> None:
    assert rendered(tmp_path, "a\n  {% if view %}\nb\n  {% endif %}\nc") == "a\nb\nc"


@pytest.mark.parametrize("how", ["false", "view.text", "true and false", "not true", "true  "])
@pytest.mark.parametrize("tag", ["{% autoescape HOW %}", "{%- autoescape HOW -%}"])
def test_no_template_turns_the_escaping_off(tmp_path: Path, how: str, tag: str) -> None:
    page = "a\n" + tag.replace("HOW", how) + "{{ view.text }}{% endautoescape %}"
    if how.strip() == "true":
        assert rendered(tmp_path, page).endswith("R&amp;D &lt;b&gt;")
        return
    with pytest.raises(TemplateSyntaxError, match="always escaped") as raised:
        rendered(tmp_path, page)
    assert raised.value.lineno == 2
