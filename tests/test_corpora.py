"""Texts that were collected to break programs, in every place where somebody may write one."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache

import html5lib
import pytest
from icalendar import Calendar

from site_builder.exchange.listed import as_csv
from site_builder.insights.insights import Insights
from site_builder.markup.prose import Writer
from tests import corpora, hostile
from tests.journals import loaded

if not os.environ.get("CI"):
    pytest.importorskip("brs_kb", reason="needs brs-kb, which `make test` installs")

EVERY = 50
"""One text in so many is put into every place here; `make soak` puts all of them there."""


@cache
def texts() -> Sequence[str]:
    return (*corpora.scripting(), *corpora.naughty())


def test_there_are_many() -> None:
    assert len(corpora.scripting()) > 4_400 and len(corpora.naughty()) > 470
    assert len(corpora.yaml_cases()) == 402


@pytest.fixture(scope="module", params=range(2))
def made(request: pytest.FixtureRequest) -> Mapping[str, str]:
    """What a site has that was made of some of the texts, each in some of all places."""
    made = hostile.made_of(hostile.journal(texts()[request.param :: EVERY], request.param))
    return dict(made)  # for each is looked at by several tests


def test_no_page_has_more_than_dealog_s_own_elements_and_addresses(made: Mapping[str, str]) -> None:
    pages = {path: text for path, text in made.items() if path.endswith(".html")}
    assert {path: found for path, html in pages.items() if (found := hostile.faults(html))} == {}
    assert sum(html.count("alert") for html in pages.values()) > 300


def test_no_feed_has_more_than_dealog_s_own_lines(made: Mapping[str, str]) -> None:
    read = Calendar.from_ical(made["follow-ups.ics"])
    events = read.walk("VEVENT")
    assert len(events) == made["follow-ups.ics"].count("BEGIN:VEVENT") > 10
    assert {name for event in events for name in event} == set(
        "UID DTSTAMP DTSTART SUMMARY DESCRIPTION CATEGORIES TRANSP".split()
    )


def test_data_for_scripts_is_one_call_with_one_value(made: Mapping[str, str]) -> None:
    scripts = {path: text for path, text in made.items() if path.endswith(".js")}
    assert scripts
    for path, text in scripts.items():
        call = re.fullmatch(r'dealog\.given\("[a-z0-9/-]+",(.*)\);\n', text, re.DOTALL)
        assert call and json.loads(call[1]) is not None, path


@pytest.mark.parametrize("part", range(4))
def test_no_note_becomes_more_than_a_note_may(part: int) -> None:
    """All of them, many a fragment: what one leaves open would show in those behind it."""
    write = Writer({"acme": ("../deals/acme.html", "Acme")}.get).html
    for at in range(part * 100, len(texts()), 400):
        html = "".join(f"<div>{write(text).html}</div>" for text in texts()[at : at + 100])
        made = html5lib.parseFragment(html, namespaceHTMLElements=False)
        assert [
            fault for each in made.iter() if each is not made for fault in hostile.faults_of(each)
        ] == []
        assert [child.tag for child in made] == ["div"] * len(texts()[at : at + 100])


_RUNS = "=+-@＝＋－＠\t\r\n"


def test_no_cell_of_a_spreadsheet_is_run() -> None:
    dangerous = [text for text in texts() if text[:1] and text[0] in _RUNS]
    dangerous += [f"{sign}cmd|' /C calc'!A0" for sign in _RUNS]
    assert len(dangerous) > 20
    files = {}
    for number, text in enumerate(dangerous):
        said = json.dumps(re.sub(r"\s", " ", text).strip())
        front = f"owner: maria\nstage: lead\nnext: 2026-12-01 x\ntitle: {said}\ntags: [{said}]\n"
        files[f"deals/d-{number}.md"] = f"---\n{front}---\n"
    result = loaded(files)
    assert result.seen
    rows = list(csv.reader(io.StringIO(as_csv(Insights(result.seen, result.today).every_deal))))
    assert len(rows) > 20
    for cell in (cell for row in rows for cell in row if cell):
        assert cell[0] not in _RUNS or re.fullmatch(r"-[\d.]+", cell), cell


def test_any_yaml_is_read_or_told_in_its_own_file() -> None:
    files = {}
    for id, text in corpora.yaml_cases():
        name = id.lower()
        files[f"contacts/c-{name}.yml"] = text
        files[f"deals/d-{name}.md"] = f"---\n{text}\n---\n\n## 2026-10-10 call\n\n{text}"
        files[f"deals/y-{name}.yml"] = f"title: A\nowner: maria\nstage: lead\nnotes:\n{text}"
    told = {problem.span.path for problem in loaded(files).problems}
    assert told == files.keys()


def test_any_yaml_in_place_of_the_pipelines_is_told() -> None:
    for id, text in corpora.yaml_cases():
        told = {problem.span.path for problem in loaded({"pipeline.yml": text}).problems}
        assert "pipeline.yml" in told, id
