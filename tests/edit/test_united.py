from __future__ import annotations

import pytest

from site_builder.edit.mentions import Renaming
from site_builder.edit.united import united
from tests.edit.desks import after, existing

RENAMING = Renaming(True, "j-roe", "jane-roe")


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("contacts: [j-roe, ann]", "contacts: [jane-roe, ann]"),
        ("contacts: [j-roe champion, ann, jane-roe]", "contacts: [jane-roe champion, ann]"),
        ("contacts: [jane-roe user, j-roe, ann]", "contacts: [jane-roe user, ann]"),
        ("contacts: [jane-roe, j-roe user]", "contacts: [jane-roe user]"),
        ("contacts: [j-roe user, jane-roe user]", "contacts: [jane-roe user]"),
        ("contacts: [j-roe user, jane-roe buyer]", "contacts: [jane-roe user and buyer]"),
        (
            'contacts: ["[[j-roe|J, R]] user", ann, "[[jane-roe]]"]  # x',
            'contacts: ["[[jane-roe|J, R]] user", ann]  # x',
        ),
        (
            "contacts:\n  - ann\n  - j-roe user\n  - jane-roe",
            "contacts:\n  - ann\n  - jane-roe user",
        ),
        ("contacts: [jane-roe, ann] # j-roe", "contacts: [jane-roe, ann] # j-roe"),
        ("contacts: [jane-roe, j-roe-smith]", "contacts: [jane-roe, j-roe-smith]"),
        ("company: j-roe", "company: jane-roe"),
    ],
)
def test_fields(line: str, made: str) -> None:
    file = existing(f"---\ntitle: A\n{line}\nx-a: b\n---\n")
    assert after(file, *united(file, RENAMING)) == f"---\ntitle: A\n{made}\nx-a: b\n---\n"


@pytest.mark.parametrize(
    ("heading", "made"),
    [
        ("call with j-roe, ann by max", "call with jane-roe, ann by max"),
        ("call with j-roe, jane-roe by max — A", "call with jane-roe by max — A"),
        ("call with ann, jane-roe, j-roe", "call with ann, jane-roe"),
        ("call with [[j-roe|J]], ann, [[jane-roe|Jane]] — A", "call with [[jane-roe|J]], ann — A"),
        (
            "call with [[jane-roe]], [[j-roe|J, R]] — [[j-roe]]",
            "call with [[jane-roe]] — [[jane-roe]]",
        ),
    ],
)
def test_headings(heading: str, made: str) -> None:
    file = existing(f"---\ntitle: A\n---\n## 2026-11-01 {heading}\n")
    assert after(file, *united(file, RENAMING)) == f"---\ntitle: A\n---\n## 2026-11-01 {made}\n"


def test_notes_in_yaml() -> None:
    text = (
        "title: A\nnotes:\n- date: 2026-11-01\n  kind: call\n  with: [jane-roe, 'j-roe']\n"
        "- date: 2026-11-01\n  kind: call\n  with:\n  - j-roe\n  - jane-roe\n  text: '[[j-roe]]'\n"
    )
    file = existing(text, "deals/a.yml")
    assert after(file, *united(file, RENAMING)) == (
        "title: A\nnotes:\n- date: 2026-11-01\n  kind: call\n  with: [jane-roe]\n"
        "- date: 2026-11-01\n  kind: call\n  with:\n  - jane-roe\n  text: '[[jane-roe]]'\n"
    )
