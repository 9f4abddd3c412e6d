"""The schemas refuse what `check` calls an error of a field's name or value, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from site_builder.journal.field_types import FIELD_TYPES
from tests import slips
from tests.catalogue import BASE, EXAMPLES, Example, files_of
from tests.editors.verdicts import Verdict, validators, verdicts
from tests.places import ROOT
from tests.stories import story

pytestmark = pytest.mark.usefixtures("files_read_once")

UNSEEN: Mapping[str, str] = {
    "comment-in-value": "what is behind ` #` is no value to YAML, and an empty one is fine",
    "duplicate-id": "that is about another file",
    "duplicate-key": "JSON has each key once; the YAML language server tells it by itself",
    "field-mismatch": "front matter is held to notes, which are Markdown or another field",
    "forbidden-yaml": "a tag or an anchor is gone once YAML is read",
    "future-note": "a schema knows no day",
    "gate-unmet": "front matter is held to the ticks and moves in notes",
    "invalid-id": "that is about the name of the file",
    "stage-mismatch": "front matter is held to notes",
    "unknown-contact": "a file that was added since the schema was made is no mistake",
    "unknown-deal": "likewise",
}
"""What no schema can see, by code."""
OF_OTHER_LINES = re.compile(
    r"is not declared under `fields`|is not a stage of the pipeline that is extended"
    r"|is not a pipeline\.|is not in the team|is not one of the `rungs`|is not one of the `levels`"
    r"|stands in `(?:fields|stages)`|extends itself"
)
"""In pipeline.yml: ids that another line of the same file declares. They are proposed, and others
not refused, for they may be new there."""


def unlike(verdict: Verdict) -> bool:
    """Whether the two judge otherwise, of what both can see."""
    seen = [
        error
        for error in verdict.errors
        if error.code not in UNSEEN
        and not (verdict.path == "pipeline.yml" and OF_OTHER_LINES.search(error.message))
    ]
    return bool(verdict.refused) != bool(seen) and not (verdict.refused and verdict.errors)


def demo_texts() -> dict[str, str]:
    paths = [ROOT / "pipeline.yml", *ROOT.glob("deals/**/*.*"), *ROOT.glob("contacts/**/*.*")]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(paths)}


@pytest.mark.parametrize("seed", range(4))
def test_what_check_accepts_is_accepted_in_random_journals(seed: int) -> None:
    files = story(seed)
    assert [v for v in verdicts(files, validators(files)) if unlike(v) or v.refused] == []


@pytest.mark.parametrize("files", [slips.FILES, demo_texts(), BASE], ids=["slips", "demo", "base"])
def test_what_check_accepts_is_accepted(files: Mapping[str, str]) -> None:
    found = list(verdicts(files, validators(files)))
    assert len(found) > 2
    assert [v for v in found if v.refused] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_examples_of_problems_are_judged_alike(example: Example) -> None:
    files = {path: data.decode("utf-8", "replace") for path, data in files_of(example).items()}
    by = validators({**BASE, **{p: t for p, t in files.items() if p == "pipeline.yml"}})
    found = list(verdicts(files, by, example.path))
    assert [v for v in found if unlike(v)] == []


@pytest.mark.parametrize("path", slips.FILES)
def test_slips_are_judged_alike(path: str) -> None:
    by, told, compared = validators(slips.FILES), [], 0
    for n, slip in enumerate(slips.slipped(path)):
        if n % 6 and slip.kind != "twice":
            continue
        for verdict in verdicts({**slips.FILES, path: slip.text}, by, path):
            compared += 1
            if unlike(verdict):
                told.append((slip.line, slip.kind, verdict.refused, verdict.codes))
    assert told == []
    assert compared > 3


VALUES: Mapping[str, str] = {
    "text": "a|2026|true|0x1F|'# 4'|'a: b'|[a]|{a: b}|''|",
    "number": "12|-3.5|+3|'012'|1_000|1,5|a|'12 '|true|1234567890123456|'1.1234567890'|[1]|",
    "money": "48000|48 000|48_000.50|48000 USD|USD 48000|EUR48000|48,000|48.000,50|€ 48|48000 usd"
    "|48000 ABC|USD 48000 EUR|4 8000|-5|1234567890123456|about 5|true|'1.1234567'|",
    "percent": "55%|0.55|55 %|1|'1'|0|100%|100.5%|101%|55|'55'|-1%|1.5|a|55%%|",
    "date": "2026-10-24|2024-02-29|2023-02-29|2000-02-29|1900-02-29|2026-02-30|2026-04-31"
    "|2026-4-3|20261024|2026|0000-01-01|2026-13-01|2026-00-10|2026-10-24T10:00|soon|",
    "duration": "36h|14d|2w|6m|0d|1y|14 d|14|d|999999h|36500d|36501d|",
    "yes/no": "yes|no|true|false|Yes|NO|True|on|1|y|maybe|",
    "choice": "smb|large|2026|Smb|medium|true|",
    "person": "maria|Maria|mario|",
    "contact": "jane-roe|'[[jane-roe]]'|'[[jane-roe|Jane]]'|'[[contacts/jane-roe#Calls]]'"
    "|Jane Roe|jane-roe champion|[[jane-roe]]|'[[jane-roe'|contacts/jane-roe.md|",
    "deal": "acme|'[[acme]]'|Acme rollout|",
    "url": "https://a.example|HTTP://a.example/b?c#d|mailto:a@b.example|tel:+4420|a.example"
    "|ftp://a.example|https://|https://a b|'https://<a>'|",
    "email": "a@b.example|a.b+c@d.e.example|a@b|a b@c.example|@c.example|a@b..example|a@@b.example|",
    "phone": "+44 20 7946 0000|0207|(020) 7946-0000 ext 3|12|none|020 7946 0000 or 1|+|",
}
"""Values of each type that a pipeline's own field can have, good and bad, as they are typed."""
SPELT: Mapping[str, set[str]] = {
    "number": {"+3"},  # the number 3, once YAML is read
    "phone": {"12"},  # and here 12, of which nobody knows whether it was `0012`
    "duration": {"36501d", "999999h"},  # over a hundred years, which no pattern counts
}
"""Values that are wrong in a way that no schema sees."""


def typed(type: str, value: str) -> dict[str, str]:
    options = ", options: [smb, large, 2026, true]" if type == "choice" else ""
    config = BASE["pipeline.yml"].replace(
        "partner-deal: {type: deal}", f"own: {{type: {type}{options}}}"
    )
    lines = f"title: Own\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nown: {value}\n"
    return {**BASE, "pipeline.yml": config, "deals/own.yml": lines}


def test_all_types_have_values() -> None:
    assert set(VALUES) == set(FIELD_TYPES)


@pytest.mark.parametrize("type", VALUES)
def test_values_are_judged_alike(type: str) -> None:
    by = validators(typed(type, ""))
    split = re.split(r"\|(?![^\[]*\]\])", VALUES[type])
    found = {v: next(verdicts(typed(type, v), by, "deals/own.yml"), None) for v in split}
    assert {v for v, one in found.items() if one and unlike(one)} == SPELT.get(type, set())
    judged = [bool(one.refused) for one in found.values() if one]
    assert {True, False} <= set(judged)
