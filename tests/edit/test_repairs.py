from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import pytest

from site_builder.edit.repairs import Repaired, repaired
from site_builder.files.git import Version
from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.problems.codes import REPAIRED
from tests import catalogue
from tests.catalogue import BASE, EXAMPLES, Example, deal

DAY = dt.date(2026, 11, 20)
FROM_GIT = ("stage-mismatch", "field-mismatch")
"""What is repaired only where git tells of the past: see test_newer."""
JUDGED = ("invalid-value", "referral-by-name")
"""Examples of a code that is repaired elsewhere, whose help leaves something to be judged."""


def mended(files: Mapping[str, bytes | str], *versions: Version) -> Repaired:
    tree = MemoryTree({**BASE, **files})
    return repaired(tree, lambda: DAY, None, lambda _path: versions)


def after(made: Repaired, path: str = "deals/bad.md") -> str | None:
    """The text of a file that repairs have changed; None where they have not."""
    return next((c.after.decode() for c in made.changes if c.path == path and c.after), None)


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if e.code in REPAIRED], ids=lambda e: e.code
)
def test_every_example_of_a_code_that_is_repaired(example: Example) -> None:
    files = catalogue.files_of(example)
    made = mended(files)
    if example.code in (*FROM_GIT, *JUDGED):
        assert made.repairs == ()
        return
    assert [repair.code for repair in made.repairs] == [example.code]
    assert made.loaded.problems == ()
    # What stands around the marked stretch's line is left alone.
    before, now = (
        files[example.path].decode().split("\n"),
        (after(made, example.path) or "").split("\n"),
    )
    assert len(before) == len(now)
    assert sum(a != b for a, b in zip(before, now, strict=True)) == 1


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if e.code not in REPAIRED], ids=lambda e: e.code
)
def test_every_example_of_a_code_that_people_have_to_judge(example: Example) -> None:
    made = mended(catalogue.files_of(example))
    assert (made.repairs, made.changes) == ((), ())


FIXED = [
    ("owner: Maria", "owner: maria"),
    ("owner: Maria Lopez", "owner: maria"),
    ("owner: 'marai' # ours", "owner: 'maria' # ours"),
    ("stage: Lead", "stage: lead"),
    ("pipeline: Sales", "pipeline: sales"),
    ('contacts: ["[[jane-ro]] champion"]', 'contacts: ["[[jane-roe]] champion"]'),
    ("contacts: Jane Roe champion", "contacts: [jane-roe champion]"),
    ("close: 24.12.2026", "close: 2026-12-24"),
    ("close: 24 Dec 2026", "close: 2026-12-24"),
    ("close: Thursday, 24 Dezember 2026", "close: 2026-12-24"),
    ("close: '24.12.2026'", "close: '2026-12-24'"),
    ("value: €48000", "value: 48000 EUR"),
    ("value: 48.000,50", "value: 48000.50"),
    ("value: 48.000.000", "value: 48000000"),
    ("value: 48k", "value: 48000"),
    ("probability: 55", "probability: 55%"),
    ("need: Y", "need: yes"),
    ("category: Best Case", "category: best-case"),
    ("next: 2026-12-01: Call", "next: 2026-12-01 Call"),
    ("Channel: fair", "channel: fair"),
    ("channel = fair", "channel: fair"),
    ("channel:\u00a0fair", "channel: fair"),
    ("chan\u200bnel: fair", "channel: fair"),
    ("channel: “fair: Berlin”", 'channel: "fair: Berlin"'),
    ('"channel": "fair",', "channel: fair"),
    ("  channel: fair", "channel: fair"),
    ("- channel: fair", "channel: fair"),
    ("channel: &fair", 'channel: "&fair"'),
]  # fmt: skip


@pytest.mark.parametrize(("front", "meant"), FIXED)
def test_fields_that_are_repaired(front: str, meant: str) -> None:
    check(deal(front=front), front, meant)


def check(text: str, wrong: str, meant: str) -> None:
    """A file becomes right, and nothing else of it changes, whatever its line ends."""
    name = meant.partition(":")[0]
    if name in ("owner", "stage", "next"):
        text = re.sub(
            rf"^{name}: (?:maria|lead|2026-12-01 Call Jane)\n", "", text, flags=re.MULTILINE
        )
    for end in ("\n", "\r\n"):
        written = ("\ufeff" + text).replace("\n", end).encode()
        made = mended({"deals/bad.md": written})
        assert made.loaded.problems == ()
        assert after(made) == ("\ufeff" + text).replace(wrong, meant).replace("\n", end)
        assert mended({"deals/bad.md": (after(made) or "").encode()}).repairs == ()


@pytest.mark.parametrize(
    "front",
    [
        "value: 48,000",  # thousands to some and decimals to others
        "value: $48000",  # of which country
        "value: 25.000",
        "close: 04.05.2027",  # May or April
        "close: 24 Dec",  # of which year
        "close: Q4 2026",
        "email: jane@x.example, joe@x.example",
        "tags: [a; b]",
        "channel: [fair",
        "channel: Fair #4",
        "channel: Fair: Berlin   # in May",  # a comment, or what the value is
        'channel: "Fair # in May',
        "source: referral Greta Ohm",
        "contacts: [jane]",
        "partner-deal: acme-2",
        "owner: maria",
    ],
)
def test_what_can_be_meant_otherwise_stays(front: str) -> None:
    made = mended({"deals/bad.md": deal(front=front)})
    assert made.changes == ()
    assert made.loaded.problems


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("## 2026-10-24 9.30 call with jane-roe", "## 2026-10-24 09:30 call with jane-roe"),
        ("## 2026-10-24 9:30 call with jane-roe", "## 2026-10-24 09:30 call with jane-roe"),
        ("## 2026-10-24 Call with Jane Roe", "## 2026-10-24 call with jane-roe"),
        ("## 2026-10-24: call with jane-roe", "## 2026-10-24 call with jane-roe"),
        ("##2026-10-24 call with jane-roe", "## 2026-10-24 call with jane-roe"),
        ("## 2026-10-24 call with jane-roe Prices", "## 2026-10-24 call with jane-roe — Prices"),
        ("## 2026-10-24 stage Lead", "## 2026-10-24 stage lead"),
        ("### 2026-10-24 call with jane-roe", "## 2026-10-24 call with jane-roe"),
        ("## 24.10.2026 call with jane-roe", "## 2026-10-24 call with jane-roe"),
        ("## 24 Oct 2026 call with jane-roe", "## 2026-10-24 call with jane-roe"),
        ("## 2026-10-24 call\n- [x] needs-analisys: all", "## 2026-10-24 call\n- [x] needs-analysis: all"),
        ("## 2026-10-24 call\n- [ x ] needs-analysis: all", "## 2026-10-24 call\n- [x] needs-analysis: all"),
        ("## 2026-10-24 call\n- [x] needs-analysis all", "## 2026-10-24 call\n- [x] needs-analysis: all"),
        ("## 2026-10-24 call\n[x] needs-analysis", "## 2026-10-24 call\n- [x] needs-analysis"),
        ("## 2026-10-24 change\nvalue:: 1.000,50\n", "## 2026-10-24 change\nvalue:: 1000.50\n"),
    ],
)  # fmt: skip
def test_notes_that_are_repaired(wrong: str, meant: str) -> None:
    front = "value: 1000.50" if "value" in wrong else ""
    check(
        deal(front=front, notes=f"Begun.\n\n## 2026-10-01 call\n\n{wrong}\n\nGood.\n"), wrong, meant
    )


@pytest.mark.parametrize(
    "note", ["## 10.11. call with jane-roe", "## 04.05.2026 call", "## 2026-10-24"]
)
def test_headings_that_can_be_meant_otherwise_stay(note: str) -> None:
    made = mended({"deals/bad.md": deal(notes=f"## 2026-10-01 call\n\n{note}\n")})
    assert made.changes == ()
    assert made.loaded.problems


def test_a_name_near_two_others_stays() -> None:
    other = {"contacts/jane-rot.md": "---\nname: Jane Rot\n---\n"}
    made = mended({**other, "deals/bad.md": deal(front="contacts: [jane-ro]")})
    assert made.changes == ()


def test_a_name_that_is_misspelt_everywhere_stays() -> None:
    """It may be right, and misspelt where it was given."""
    team = catalogue.PIPELINE.replace("maria: {name", "mraia: {name")
    files = {f"deals/{name}.md": deal() for name in ("a", "b", "c")}
    assert mended({"pipeline.yml": team, **files}).changes == ()


def test_a_name_of_ours_may_be_misspelt_everywhere() -> None:
    files = {f"deals/{name}.md": deal(front="chanel: fair") for name in ("a", "b", "c")}
    assert len(mended(files).repairs) == 3


def test_a_stage_by_the_id_that_it_had() -> None:
    config = catalogue.PIPELINE.replace("negotiation: {}", "negotiation: {was: [terms]}")
    text = deal(stage="stage: terms", notes="## 2026-10-01 call\n- [x] decision-map\n")
    made = mended({"pipeline.yml": config, "deals/bad.md": text})
    assert after(made) == text.replace("terms", "negotiation")


def test_several_repairs_in_a_file_and_what_they_uncover() -> None:
    text = deal(
        front="channel: Fair: Berlin\nvalue: 48.000,00\ncontacts: [jane-ro]",
        notes="## 2026-10-24 change\nvalue:: 50000\n",
    )
    made = mended({"deals/bad.md": text})
    assert [repair.code for repair in made.repairs] == [
        "yaml-syntax",
        "invalid-value",
        "unknown-contact",
    ]
    # The note says another value than the front matter, which could not be read before.
    assert [problem.code for problem in made.loaded.problems] == ["field-mismatch"]


def test_a_repair_that_brings_another_problem_is_not_made() -> None:
    """The field is there already."""
    text = deal(front="chanel: fair\nchannel: web")
    made = mended({"deals/bad.md": text})
    assert made.changes == ()
    assert [problem.code for problem in made.loaded.problems] == ["unknown-field"]


def test_pipeline_yml_is_repaired_first() -> None:
    config = catalogue.PIPELINE.replace("currency: EUR", "curency: EUR")
    made = mended({"pipeline.yml": config, "deals/bad.md": deal(owner="owner: marai")})
    assert after(made, "pipeline.yml") == catalogue.PIPELINE
    assert made.loaded.problems == ()


def test_a_broken_pipeline_yml_leaves_the_rest_alone() -> None:
    made = mended({"pipeline.yml": "journal: [", "deals/bad.md": deal(owner="owner: marai")})
    assert made.changes == ()


def test_a_field_that_only_a_note_has() -> None:
    text = deal(notes="## 2026-10-24 change\nvalue:: 48000\n")
    made = mended({"deals/bad.md": text})
    assert after(made) == text.replace("stage: lead\n", "stage: lead\nvalue: 48000 EUR\n")


def test_notes_and_front_matter_without_a_past() -> None:
    text = deal(stage="stage: qualification", notes="## 2026-10-24 stage lead\n")
    assert mended({"deals/bad.md": text}).changes == ()


def test_what_is_repaired_is_what_check_then_says() -> None:
    files = {"deals/bad.md": deal(owner="owner: marai", front="close: 2026-11-19")}
    made = mended(files)
    written = {change.path: change.after or b"" for change in made.changes}
    tree = MemoryTree({**BASE, **files, **written})
    assert load(tree, lambda: DAY).problems == made.loaded.problems
    assert [problem.code for problem in made.loaded.problems] == ["close-in-past"]


def test_a_file_of_nothing_but_slips_takes_no_long_time() -> None:
    notes = "".join(f"## 2026-10-{n % 28 + 1:02} meting — {n}\n" for n in range(300))
    made = mended({"deals/bad.md": deal(notes=notes)})
    assert len(made.changes) <= 1
