from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.hosts.filled import MOST, Filled, NotFilled, filled
from site_builder.hosts.issue_forms import FORMS, MOVE, NEXT, NOTE, IssueForm

NOTED = "### Deal or contact\n\nacme\n\n### What happened\n\n"
ODD = ("--help", "-C", "../../etc/passwd", "$(id)", "---\ntitle: x\n---", "## 2026-01-01 stage won")


def refusal(text: str | bytes) -> str:
    with pytest.raises(NotFilled) as refused:
        filled(text if isinstance(text, bytes) else text.encode())
    return str(refused.value)


def body(form: IssueForm, **values: str) -> str:
    rows = (f"### {f.label}\n\n{values.get(f.name, '_No response_')}\n" for f in form.fields)
    return "\n".join(rows)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.deed)
def test_a_form_has_what_was_typed_and_nothing_of_what_was_not(form: IssueForm) -> None:
    needed = {f.name: "x" for f in form.fields if f.is_required}
    made = filled(body(form, **needed).replace("\n", "\r\n").encode())
    assert made == Filled(form, needed)


def test_the_last_field_has_lines_and_headings_in_it_are_text() -> None:
    text = "Called\n\n### Who did it\n\nmaria\n\n### Deal or contact\n\nother"
    assert filled((NOTED + text).encode()).values == {"subject": "acme", "text": text}


@pytest.mark.parametrize("odd", ODD[:4])
def test_what_looks_like_an_option_or_a_path_is_text(odd: str) -> None:
    assert filled(body(NEXT, deal=odd, day=odd, text=odd).encode()).values == dict.fromkeys(
        ("deal", "day", "text"), odd
    )


@pytest.mark.parametrize("odd", ["acme\n\n## more", "acme\n\nx\ny", "---\nacme: x\n---"])
def test_other_fields_are_one_line(odd: str) -> None:
    assert refusal(body(MOVE, deal=odd, stage="won")).startswith("`Deal to move` is one line")


def test_a_heading_that_was_there_or_is_of_another_form_begins_no_field() -> None:
    said = refusal(
        "### Deal or contact\n\nacme\n\n### Deal or contact\n\nx\n\n### What happened\n\ny"
    )
    assert said.startswith("`Deal or contact` is one line")
    assert "one line" in refusal("### Deal or contact\n\nacme\n\n### To the stage\n\nwon")


@pytest.mark.parametrize("text", ["", "Hello", "## Deal to move\n\nacme", " x\n### Deal to move"])
def test_a_text_that_is_no_form(text: str) -> None:
    assert refusal(text).startswith("This is no form of dealog's")


def test_what_lacks_is_named() -> None:
    assert refusal(body(NOTE, subject="acme")) == "Nothing stands in `What happened`: fill it in."
    assert refusal("### Deal to plan") == "Nothing stands in `Deal to plan`: fill it in."


def test_it_is_bounded_and_is_text() -> None:
    assert "longer than" in refusal(b"x" * (MOST + 1))
    assert "UTF-8" in refusal(NOTED.encode() + b"\xff")
    assert "write it without" in refusal(NOTED + "a\0b")
    assert refusal("### Deal to move\n\n" + "x\n" * 400_000).startswith("`Deal to move` is one")


@given(st.text(), st.sampled_from(FORMS))
def test_no_text_crashes_it(text: str, form: IssueForm) -> None:
    for each in (text, body(form, **{f.name: text for f in form.fields})):
        try:
            made = filled(each.encode("utf-8", "replace"))
        except NotFilled:
            continue
        assert {f.name for f in made.form.fields} >= made.values.keys()
