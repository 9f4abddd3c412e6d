"""A new journal: the files that `dealog init` writes.

The presets are complete pipeline.yml files that may be used as they are. Next to each lies
an example deal that fits it; `{today-9}` in an example stands for the day nine days ago.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from importlib.resources import files

from site_builder.presets.attributes import FILE, with_attributes

PRESETS: Mapping[str, str] = {
    "simple": "Five stages, for the first deal within five minutes",
    "acquisition": "Winning customers in seven stages, with goals, steps and evidence",
    "development": "Acquisition, and a second pipeline for those who have bought before",
    "modules": "Eight modules from the networking database to the loop, with roles",
}
"""The names of the presets, and a line on each, in the order in which to offer them."""

COMPANY_PATH = "contacts/juniper-lane.md"
PERSON_PATH = "contacts/nora-quill.md"
DEAL_PATH = "deals/juniper-lane-ordering.md"

_DAY = re.compile(r"\{today([+-]\d+)?\}")


def new_journal(preset: str, today: dt.date) -> Mapping[str, bytes]:
    """Return the files of a new journal: path relative to its folder -> content.

    The examples in its READMEs are dated around ``today``. Raises KeyError for a name that
    is not in ``PRESETS``.
    """
    texts = {
        "pipeline.yml": _pipeline(preset),
        "deals/README.md": _deals_readme(preset, today),
        "contacts/README.md": _contacts_readme(today),
        FILE: with_attributes(""),
        ".gitignore": "_site/\n.*.dealog-tmp\n.obsidian/workspace*.json\n",
    }
    return {path: text.encode() for path, text in texts.items()}


def examples(preset: str, today: dt.date) -> Mapping[str, bytes]:
    """Return the example files that the READMEs of a new journal show: path -> content."""
    texts = {
        COMPANY_PATH: _example("company", today),
        PERSON_PATH: _example("person", today),
        DEAL_PATH: _example(preset, today),
    }
    return {path: text.encode() for path, text in texts.items()}


def _pipeline(preset: str) -> str:
    if preset not in PRESETS:
        raise KeyError(preset)
    return _read(f"{preset}.yml")


def _deals_readme(preset: str, today: dt.date) -> str:
    return _fill(_read("deals.README.md"), path=DEAL_PATH, example=_example(preset, today))


def _contacts_readme(today: dt.date) -> str:
    return _fill(
        _read("contacts.README.md"),
        company_path=COMPANY_PATH,
        company=_example("company", today),
        person_path=PERSON_PATH,
        person=_example("person", today),
    )


def _example(name: str, today: dt.date) -> str:
    def written(match: re.Match[str]) -> str:
        return (today + dt.timedelta(days=int(match[1] or 0))).isoformat()

    return _DAY.sub(written, _read(f"{name}.example.md"))


def _fill(text: str, **parts: str) -> str:
    for name, part in parts.items():
        text = text.replace("{" + name + "}", part)
    return text


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
