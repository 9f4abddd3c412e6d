from __future__ import annotations

import random

import pytest

from site_builder.edit.dupes import Sign, dupes
from site_builder.files.tree import FolderTree, MemoryTree
from site_builder.journal.journal import Journal
from site_builder.load.loader import load
from tests.catalogue import PIPELINE
from tests.edit.desks import TODAY
from tests.places import ROOT


def journal(**contacts: str) -> Journal:
    files = {
        f"contacts/{id.replace('_', '-')}.md": f"---\n{fields}\n---\n{text}"
        for id, said in contacts.items()
        for fields, _, text in [said.partition("\n---\n")]
    }
    return _loaded({"pipeline.yml": PIPELINE, **files})


def _loaded(files: dict[str, str]) -> Journal:
    loaded = load(MemoryTree({p: t.encode() for p, t in files.items()}), lambda: TODAY).journal
    assert loaded is not None
    return loaded


ACME = "name: Acme\ntype: company"


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("name: Jane Roe\nemail: jane@x.example", "name: J\nemail: Jane@X.example", Sign.MAIL),
        ("name: Jane Roe\nphone: 0170 7654321 / 030 1234567", "name: J. Roe\nphone: +49 30 1234567", Sign.PHONE),
        ("name: Jane Roe\nphone: +49 30 1234567", "name: J. Roe\nphone: 030/123 45 67", Sign.PHONE),
        ("name: Jane Roe\nphone: +49 (0)30 1234567 ext 4", "name: Jane\nphone: 0049301234567", Sign.PHONE),
        ("name: Jane Roe\nsocial: [https://www.x.example/j/]", "name: Z\nsocial: [http://x.example/j]", Sign.SOCIAL),
        ("name: Jane Roe", "name: Dr. jane RÖE", Sign.NAME),
        ("name: Jane Roe", "name: Roe, Jane", Sign.NAME),
        ("name: Jane Roe\ncompany: acme", "name: J. Roe\ncompany: acme", Sign.NEARLY),
        ("name: Jon Roe\ncompany: acme", "name: John Roe\ncompany: acme", Sign.NEARLY),
        ("name: Johanna Quillfeather", "name: Johanna Quilfeather\ncompany: acme", Sign.NEARLY),
        ("name: Blue Fir\ntype: company", "name: BLUE FIR GmbH\ntype: company", Sign.NAME),
        ("name: Blue Fir\ntype: company", "name: Bluefir Ltd\ntype: company", Sign.NEARLY),
        ("name: Kestrel Foods\ntype: company", "name: Kestral Foods\ntype: company", Sign.NEARLY),
        ("name: A\ntype: company\nwebsite: https://q.example", "name: B\ntype: company\nwebsite: https://www.q.example/", Sign.WEBSITE),
        ("name: A\ntype: company\nphone: 030 1234567", "name: B\ntype: company\nphone: 030 1234567", Sign.PHONE),
    ],
)  # fmt: skip
def test_likely_the_same(one: str, other: str, sign: Sign) -> None:
    (pair,) = dupes(journal(one=one, other=other, acme=ACME))
    assert {pair.gone.id, pair.kept.id} == {"one", "other"}
    assert pair.sign is sign


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("name: Jane Roe", "name: Jane Poe"),
        ("name: Jane Roe\ncompany: acme", "name: Jim Roe\ncompany: acme"),
        ("name: Jane", "name: Jane"),
        ("name: Jane Roe\nphone: 030 1234567", "name: Max Lind\nphone: 030 1234567"),
        ("name: Jane Roe\nphone: 030 1234567", "name: Jane Poe\nphone: 040 1234567"),
        ("name: J. Roe\ncompany: acme", "name: Jane Roe"),
        ("name: Branch 1\ntype: company", "name: Branch 2\ntype: company"),
        ("name: Kestrel Foods\ntype: company", "name: Kestrel Films\ntype: company"),
        (
            "name: Acme Foods\ntype: company\nemail: a@x.example",
            "name: Acme Foods\nemail: a@x.example",
        ),
        ("name: Jane Roe", "name: Jane Roe\n---\nNot [[one]]."),
    ],
)
def test_two(one: str, other: str) -> None:
    assert dupes(journal(one=one, other=other, acme=ACME)) == []


def test_a_shared_mailbox_tells_of_like_names_alone() -> None:
    names = ("Jane Roe", "Max Lind", "Ida Roth", "Cy Webb", "Jane R.")
    contacts = {f"c{n}": f"name: {name}\nemail: info@x.example" for n, name in enumerate(names)}
    (pair,) = dupes(journal(**contacts))
    assert {pair.gone.id, pair.kept.id} == {"c0", "c4"}


def test_several_can_be_merged_one_after_the_other() -> None:
    contacts = {
        "b": "name: B\nemail: a@x.example\nrole: R",
        "a": "name: A Long\nemail: a@x.example\nphone: 030 1234567\nrole: R\n---\n## 2026-11-01 call\n",
        "c": "name: Long C\nphone: 030 1234567",
        "d": "name: Long C",
    }
    found = [(pair.gone.id, pair.kept.id) for pair in dupes(journal(**contacts))]
    assert found == [("d", "c"), ("c", "a"), ("b", "a")]


def test_few_false_alarms() -> None:
    loaded = load(FolderTree(ROOT), lambda: TODAY).journal
    assert loaded is not None and dupes(loaded) == []


def test_ten_thousand_are_compared_each_with_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    from site_builder.edit import dupes as module

    chance, counted = random.Random(1), [0]
    syllables = "ka lo mi ra te vo sun der bar qui ne fal go hin ju".split()
    ratio = module._ratio

    def counting(one: str, other: str) -> float:
        counted[0] += 1
        return ratio(one, other)

    monkeypatch.setattr(module, "_ratio", counting)
    names = [
        "".join(chance.choices(syllables, k=3)) + " " + "".join(chance.choices(syllables, k=3))
        for _ in range(2_000)
    ]
    dupes(
        journal(
            **{f"c{n}": f"name: {name}\ncompany: acme" for n, name in enumerate(names)}, acme=ACME
        )
    )
    assert counted[0] < 2_000 * 2 * 13
