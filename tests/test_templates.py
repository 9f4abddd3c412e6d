"""Templates by themselves: users replace them one by one, and read them."""

from __future__ import annotations

import re

import pytest

from site_builder.site.render import templates_dir

FILES = sorted(file.name for file in templates_dir().glob("*.html"))
_JINJA = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%-?\s*(?P<word>\w+)(?P<rest>.*?)%\}", re.DOTALL)
_SAID, _HELD = "\ue000", "\ue001"
"""What stands for an expression, and for a statement or comment."""
_MARK = re.compile(rf"<(?P<end>/?)(?P<name>[a-z][\w{_SAID}]*)[^<>]*?(?P<whole>/?)>|{_HELD}")
_EMPTY = {"meta", "link", "br", "rect", "input"}
_AROUND = {"block", "call", "for", "if", "macro"}


def read(name: str) -> str:
    return (templates_dir() / name).read_text("utf-8")


def slips(template: str) -> list[str]:
    """Elements that end elsewhere than they begin: in another file, macro or branch."""
    held = iter([jinja for jinja in _JINJA.finditer(template) if not jinja[0].startswith("{{")])
    found, opened = list[str](), list[str]()
    around: list[list[str]] = []
    for mark in _MARK.finditer(_JINJA.sub(_stand_in, template)):
        for _ in range(mark[0].count(_HELD) - (mark[0] == _HELD)):
            next(held)
        if mark[0] == _HELD:
            found += _at_border(next(held)["word"], opened, around)
        elif mark["end"]:
            if not opened or opened.pop() != mark["name"]:
                found.append(f"{mark[0]} ends nothing")
        elif mark["name"] not in _EMPTY and not mark["whole"]:
            opened.append(mark["name"])
    return found + [f"<{name}> never ends" for name in opened]


def _stand_in(jinja: re.Match[str]) -> str:
    return _SAID if jinja[0].startswith("{{") else _HELD


def _at_border(word: str | None, opened: list[str], around: list[list[str]]) -> list[str]:
    if word in _AROUND:
        around.append(opened.copy())
    elif word in ("else", "elif"):
        return [f"{word} within {opened}"] * (opened != around[-1])
    elif word is not None and word.startswith("end"):
        return [f"{word} within {opened}"] * (opened != around.pop())
    return []


@pytest.mark.parametrize("name", FILES)
def test_what_a_template_begins_it_ends(name: str) -> None:
    assert slips(read(name)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "<div><p>{{ it }}</div></p>",
        "<div>",
        "</div>",
        "{% macro head() %}<h3>{% endmacro %}</h3>",
        "{% if it %}<b>{% endif %}{{ it }}{% if it %}</b>{% endif %}",
        "{% if it %}<b>{{ it }}{% else %}</b>{% endif %}",
        '<p class="{% if it %}a{% endif %}{{ it }}"><b>',
    ],
)
def test_what_ends_elsewhere_is_seen(wrong: str) -> None:
    assert slips(wrong)


@pytest.mark.parametrize("name", FILES)
def test_templates_name_what_they_use(name: str) -> None:
    """None takes a view or a row apart by position: a new field would break users' own."""
    assert not re.findall(
        r"\{%-?\s*for\s+\w+\s*,.*?%\}|\{%-?\s*set [^%]*=\s*view\s*-?%\}", read(name)
    )
